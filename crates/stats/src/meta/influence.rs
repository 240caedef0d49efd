//! Influence of each study on a pooled mean (Viechtbauer and Cheung 2010, Research Synthesis Methods 1).
//!
//! With (−i) for the fit without study i and h for the leverage of the full fit:
//! studentised deleted residual (y_i − μ₍₋ᵢ₎)/√(v_i + τ²₍₋ᵢ₎ + se²₍₋ᵢ₎); DFFITS
//! (μ − μ₍₋ᵢ₎)/√(h_i(v_i + τ²₍₋ᵢ₎)); Cook's distance (μ − μ₍₋ᵢ₎)²/se²; covariance ratio se²₍₋ᵢ₎/se²;
//! DFBETAS (μ − μ₍₋ᵢ₎)/√(1/Σ(v + τ²₍₋ᵢ₎)⁻¹), the sum over all studies.

use super::leave_one_out::for_each_omission;
use super::method::Tau2Method;
use super::pool::pool;
use super::weighted::{Weights, weighted_mean};
use super::{MetaError, validate};

/// Influence of one study.
#[derive(Debug, Clone, PartialEq)]
pub struct Influence {
    /// The study (position in the input).
    pub study: usize,
    /// Externally studentised residual.
    pub studentised_residual: f64,
    /// DFFITS.
    pub dffits: f64,
    /// Cook's distance.
    pub cook: f64,
    /// Covariance ratio.
    pub covariance_ratio: f64,
    /// Leverage: the study's share of the weight.
    pub hat: f64,
    /// τ² without the study.
    pub tau2_deleted: f64,
    /// Q at equal-effects weights without the study.
    pub q_deleted: f64,
    /// DFBETAS of the mean.
    pub dfbetas: f64,
    /// Weight in percent.
    pub weight_percent: f64,
}

/// Influence of every study under Wald standard errors; needs k ≥ 2.
///
/// # Errors
/// [`MetaError`] for unusable input or fewer than two studies.
pub fn influence(y: &[f64], v: &[f64], method: Tau2Method) -> Result<Vec<Influence>, MetaError> {
    validate(y, v, 2)?;
    let pooled = pool(y, v, method)?;
    let mut rows = Vec::with_capacity(y.len());
    for_each_omission(y, v, method, |fit| {
        let (study, tau2) = (fit.omitted, fit.tau2);
        let (mu, sum_w) = weighted_mean(fit.y, fit.v, Weights::Inverse(tau2));
        let (_, sum_w_all) = weighted_mean(y, v, Weights::Inverse(tau2));
        let total = v[study] + tau2;
        let hat = pooled.weights[study];
        let change = pooled.mu - mu;
        rows.push(Influence {
            study,
            studentised_residual: (y[study] - mu) / (total + 1.0 / sum_w).sqrt(),
            dffits: change / (hat * total).sqrt(),
            cook: change * change * pooled.sum_w,
            covariance_ratio: pooled.sum_w / sum_w,
            hat,
            tau2_deleted: tau2,
            q_deleted: if y.len() == 2 { 0.0 } else { fit.equal.rss },
            dfbetas: change * sum_w_all.sqrt(),
            weight_percent: 100.0 * hat,
        });
    });
    Ok(rows)
}
