//! Names of the estimators and intervals: the vocabulary that settings and results share.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

/// A name that is none of the known methods.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("\"{name}\" is not a known {kind}")]
pub struct UnknownMethod {
    /// What was looked up.
    pub kind: &'static str,
    /// The name given.
    pub name: String,
}

/// Gives an enum of methods its list, names, `Display` and `FromStr`.
macro_rules! named {
    ($type:ident, $kind:literal, $(($variant:ident, $name:literal)),+ $(,)?) => {
        impl $type {
            /// Every variant, in order of declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The name used in settings and results.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }
        }

        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl FromStr for $type {
            type Err = UnknownMethod;

            fn from_str(name: &str) -> Result<Self, Self::Err> {
                Self::ALL
                    .iter()
                    .copied()
                    .find(|method| method.as_str().eq_ignore_ascii_case(name))
                    .ok_or_else(|| UnknownMethod { kind: $kind, name: name.to_owned() })
            }
        }
    };
}

/// Estimator of the between-study variance τ².
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tau2Method {
    /// Equal effects (one common effect, also called fixed effect): τ² = 0 by assumption. Name `ee`.
    EqualEffects,
    /// DerSimonian and Laird (1986), method of moments with weights 1/v. Name `dl`.
    Dl,
    /// Paule and Mandel (1982), the root of the generalised Q equation. Name `pm`.
    Pm,
    /// Empirical Bayes, Morris (1983): solves the same equation as Paule–Mandel. Name `eb`.
    Eb,
    /// Maximum likelihood. Name `ml`.
    Ml,
    /// Restricted maximum likelihood. Name `reml`.
    Reml,
    /// Sidik and Jonkman (2005), two steps from the crude variance. Name `sj`.
    Sj,
    /// Hedges and Olkin (1985), method of moments with equal weights. Name `he`.
    He,
    /// Hunter and Schmidt (1990). Name `hs`.
    Hs,
}

named!(
    Tau2Method,
    "estimator of the between-study variance",
    (EqualEffects, "ee"),
    (Dl, "dl"),
    (Pm, "pm"),
    (Eb, "eb"),
    (Ml, "ml"),
    (Reml, "reml"),
    (Sj, "sj"),
    (He, "he"),
    (Hs, "hs"),
);

/// Confidence interval of the mean effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum IntervalMethod {
    /// Hartung–Knapp with the variance factor max(1, q): never narrower than the Wald standard error
    /// (Röver, Knapp and Friede 2015). Name `hk-floor`.
    HkFloor,
    /// Hartung–Knapp–Sidik–Jonkman without the floor (Knapp and Hartung 2003). Name `hk`.
    Hk,
    /// Wald: standard error √(1/Σw), normal quantile. Name `wald`.
    Wald,
}

named!(IntervalMethod, "confidence interval", (HkFloor, "hk-floor"), (Hk, "hk"), (Wald, "wald"));

/// Prediction interval for the effect in a new setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PredictionMethod {
    /// t with k − 2 degrees of freedom (Higgins, Thompson and Spiegelhalter 2009). Name `k-2`.
    KMinus2,
    /// t with k − 1 degrees of freedom. Name `k-1`.
    KMinus1,
    /// Standard normal quantile. Name `normal`.
    Normal,
}

named!(PredictionMethod, "prediction interval", (KMinus2, "k-2"), (KMinus1, "k-1"), (Normal, "normal"),);

pub(crate) use named;
