//! Empirical Bayes (BLUP) estimates of each study's own effect: λ·y + (1 − λ)·μ with the reliability
//! λ = τ²/(τ² + v), and standard error √(λ·v + (1 − λ)²·se(μ)²) (Raudenbush and Bryk 1985).

use super::MetaError;
use super::interval::{Interval, critical_value};
use super::pool::Pooled;

/// A shrunken study effect.
#[derive(Debug, Clone, PartialEq)]
pub struct Blup {
    /// Shrunken estimate.
    pub estimate: f64,
    /// Standard error, treating τ² as known.
    pub std_error: f64,
    /// Lower end of its interval, at the level and with the quantile of the mean's interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// Shrunken effects of the studies that `pooled` and `interval` came from.
///
/// # Errors
/// [`MetaError::LengthMismatch`] when `y` or `v` is not of length `pooled.k`.
pub fn blup(pooled: &Pooled, interval: &Interval, y: &[f64], v: &[f64]) -> Result<Vec<Blup>, MetaError> {
    for (what, have) in [("estimates", y.len()), ("variances", v.len())] {
        if have != pooled.k {
            return Err(MetaError::LengthMismatch { what, have, need: pooled.k });
        }
    }
    let (_, critical) = critical_value(interval.method_used, pooled.q_df, interval.level);
    let mean_variance = interval.std_error * interval.std_error;
    Ok(y.iter()
        .zip(v)
        .map(|(y, v)| {
            let total = pooled.tau2 + v;
            let (own, common) = (pooled.tau2 / total, v / total);
            let estimate = own * y + common * pooled.mu;
            let std_error = (own * v + common * common * mean_variance).sqrt();
            Blup {
                estimate,
                std_error,
                low: estimate - critical * std_error,
                high: estimate + critical * std_error,
            }
        })
        .collect())
}
