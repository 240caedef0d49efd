//! What an estimate estimates. Effects of being offered, of taking up, and mere associations never meet in a pool.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// The quantity that a finding estimates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Estimand {
    /// Intention to treat: the effect of being offered the practice.
    #[serde(rename = "ITT")]
    Itt,
    /// Average effect on those who received the practice.
    #[serde(rename = "ATT")]
    Att,
    /// Local average treatment effect: on those whom the offer moved to take it up.
    #[serde(rename = "LATE")]
    Late,
    /// A difference that goes along with the practice; no claim that the practice caused it.
    #[serde(rename = "association")]
    Association,
}

/// Whether an estimand speaks of cause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EstimandClass {
    /// ITT, ATT and LATE.
    Effect,
    /// An association.
    Association,
}

impl Estimand {
    /// All estimands, the offer first.
    pub const ALL: [Self; 4] = [Self::Itt, Self::Att, Self::Late, Self::Association];

    /// The name used in files and addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Itt => "ITT",
            Self::Att => "ATT",
            Self::Late => "LATE",
            Self::Association => "association",
        }
    }

    /// Whether it speaks of cause.
    pub fn class(self) -> EstimandClass {
        match self {
            Self::Itt | Self::Att | Self::Late => EstimandClass::Effect,
            Self::Association => EstimandClass::Association,
        }
    }
}

impl fmt::Display for Estimand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Estimand {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL
            .into_iter()
            .find(|estimand| estimand.as_str().eq_ignore_ascii_case(text.trim()))
            .ok_or_else(|| format!("“{text}” is no estimand; ITT, ATT, LATE or association"))
    }
}
