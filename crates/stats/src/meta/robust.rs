//! Cluster-robust variance of a pooled mean, one study a cluster: CR2 (Bell and McCaffrey 2002; Tipton
//! 2015) under the working model V + τ²I, with Satterthwaite degrees of freedom.
//!
//! For an intercept alone with weights w = 1/Φ, Φ = v + τ², the residual variance of study i under the
//! working model is Φ_i − 1/Σw, so the adjustment is A_i = (1 − w_i/Σw)^(−½) and the variance
//! Σ w_i² A_i² e_i² / (Σw)². With G_i = w_i A_i (e_i − m), m the unit vector of the mean, the degrees of
//! freedom are 2·(E V)²/var V = (Σ p_ii)²/Σ p_ij², p_ij = cov(w_i A_i e_i, w_j A_j e_j).

use super::MetaError;
use super::interval::{over_std_error, two_sided_p};
use super::pool::Pooled;

/// Robust standard error of a mean with its test.
#[derive(Debug, Clone, PartialEq)]
pub struct Robust {
    /// CR2 standard error.
    pub std_error: f64,
    /// Satterthwaite degrees of freedom.
    pub df: f64,
    /// μ over its standard error.
    pub statistic: f64,
    /// Two-sided p-value of μ = 0 under t.
    pub p_value: f64,
}

/// CR2 standard error of a pooled mean; needs k ≥ 2.
///
/// # Errors
/// [`MetaError::TooFewStudies`] or [`MetaError::LengthMismatch`].
pub fn robust_mean(pooled: &Pooled, y: &[f64], v: &[f64]) -> Result<Robust, MetaError> {
    for (what, have) in [("estimates", y.len()), ("variances", v.len())] {
        if have != pooled.k {
            return Err(MetaError::LengthMismatch { what, have, need: pooled.k });
        }
    }
    if pooled.k < 2 {
        return Err(MetaError::TooFewStudies { have: pooled.k, need: 2 });
    }
    let sum_w = pooled.sum_w;
    // 1 − share as a sum of the others, so that a study with nearly all the weight keeps its digits.
    let rest: Vec<f64> = (0..pooled.k)
        .map(|i| pooled.weights.iter().enumerate().filter(|(j, _)| *j != i).map(|(_, share)| share).sum())
        .collect();
    let adjusted: Vec<f64> =
        pooled.weights.iter().zip(&rest).map(|(share, rest)| share / rest.sqrt()).collect();
    let variance: f64 = adjusted.iter().zip(y).map(|(g, y)| g * g * (y - pooled.mu) * (y - pooled.mu)).sum();
    // cov(e_i, e_j) = Φ_i·[i = j] − 1/Σw, and Φ_i − 1/Σw = Φ_i(1 − w_i/Σw)
    let (mut trace, mut squares) = (0.0, 0.0);
    for (i, gi) in adjusted.iter().enumerate() {
        for (j, gj) in adjusted.iter().enumerate() {
            let covariance = if i == j { (v[i] + pooled.tau2) * rest[i] } else { -1.0 / sum_w };
            let p = gi * gj * covariance;
            squares += p * p;
            if i == j {
                trace += p;
            }
        }
    }
    let std_error = variance.sqrt();
    let df = trace * trace / squares;
    let statistic = over_std_error(pooled.mu, std_error);
    Ok(Robust { std_error, df, statistic, p_value: two_sided_p(statistic, Some(df)) })
}
