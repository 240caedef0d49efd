//! Priors: μ normal; τ half-normal, uniform or half-Cauchy. All are proper, all scales are those of the
//! data.

use super::BayesError;

/// Prior of the between-study standard deviation τ ≥ 0.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum TauPrior {
    /// Half-normal with this scale: density ∝ exp(−τ²/2s²).
    HalfNormal(f64),
    /// Uniform on [0, upper].
    Uniform(f64),
    /// Half-Cauchy with this scale: density ∝ 1/(1 + τ²/s²). With a single study its posterior has no
    /// second moment of τ, so the standard deviations of τ and of a new effect are infinite.
    HalfCauchy(f64),
}

impl TauPrior {
    /// The scale or upper end.
    pub fn scale(self) -> f64 {
        match self {
            Self::HalfNormal(scale) | Self::Uniform(scale) | Self::HalfCauchy(scale) => scale,
        }
    }

    /// Log density at τ ≥ 0 (inside the support).
    pub fn log_density(self, tau: f64) -> f64 {
        match self {
            Self::HalfNormal(scale) => {
                let z = tau / scale;
                0.5 * std::f64::consts::FRAC_2_PI.ln() - scale.ln() - 0.5 * z * z
            }
            Self::Uniform(upper) => -upper.ln(),
            Self::HalfCauchy(scale) => {
                let z = tau / scale;
                std::f64::consts::FRAC_2_PI.ln() - scale.ln() - (z * z).ln_1p()
            }
        }
    }

    /// The end of the support; `None` when it has none.
    pub fn upper(self) -> Option<f64> {
        match self {
            Self::Uniform(upper) => Some(upper),
            Self::HalfNormal(_) | Self::HalfCauchy(_) => None,
        }
    }
}

/// Prior of the hierarchical model: μ ~ N(`mu_mean`, `mu_sd`²) and τ.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Prior {
    /// Mean of μ.
    pub mu_mean: f64,
    /// Standard deviation of μ, > 0.
    pub mu_sd: f64,
    /// Prior of τ.
    pub tau: TauPrior,
}

impl Prior {
    /// Checks that the parameters are finite and the scales positive (1e-45 to 1e90).
    pub(crate) fn validate(&self) -> Result<(), BayesError> {
        let usable = |value: f64| (1e-45..=1e90).contains(&value);
        if !(self.mu_mean.is_finite() && self.mu_mean.abs() <= 1e90) {
            return Err(BayesError::Prior { name: "mu_mean", value: self.mu_mean });
        }
        if !usable(self.mu_sd) {
            return Err(BayesError::Prior { name: "mu_sd", value: self.mu_sd });
        }
        if !usable(self.tau.scale()) {
            return Err(BayesError::Prior { name: "tau scale", value: self.tau.scale() });
        }
        Ok(())
    }
}
