//! Pools estimates into a mean effect: μ̂ = Σwy/Σw with w = 1/(v + τ̂²).
//!
//! Q = Σ(y − μ̂₀)²/v under equal-effects weights. For random effects I² = 100·τ²/(τ² + s²) and
//! H² = (τ² + s²)/s² with the typical sampling variance s² = (k − 1)/(Σw₀ − Σw₀²/Σw₀), w₀ = 1/v (Higgins
//! and Thompson 2002); for equal effects they come from Q: I² = 100·max(0, (Q − df)/Q), H² = Q/df.

use super::method::Tau2Method;
use super::tau2;
use super::weighted::{MeanModel, Model, Weights, weighted_mean};
use super::{MetaError, validate};
use crate::distributions::chi_squared_sf;
use crate::num::larger;

/// A pooled mean effect with the heterogeneity of its studies. Estimates are in the unit of `y`, variances
/// in its square.
#[derive(Debug, Clone, PartialEq)]
pub struct Pooled {
    /// Number of studies.
    pub k: usize,
    /// The estimator asked for.
    pub method_requested: Tau2Method,
    /// The estimator that gave `tau2`. It equals the one asked for, except that a single study is always
    /// pooled with [`Tau2Method::EqualEffects`]: it cannot say anything about τ².
    pub method_used: Tau2Method,
    /// Mean effect.
    pub mu: f64,
    /// Between-study variance, ≥ 0.
    pub tau2: f64,
    /// Standard error of `tau2`; `None` for equal effects and for k = 1.
    pub se_tau2: Option<f64>,
    /// Weight of each study, in input order; they sum to 1.
    pub weights: Vec<f64>,
    /// Σ 1/(v + τ²): the Wald standard error is its inverse square root.
    pub sum_w: f64,
    /// Σ (y − μ)²/(v + τ²): the generalised Q at the estimated τ².
    pub generalised_q: f64,
    /// Cochran's Q.
    pub q: f64,
    /// Its degrees of freedom, k − 1.
    pub q_df: usize,
    /// P(χ² > Q); 1 for k = 1.
    pub q_p: f64,
    /// I² in percent; 0 for k = 1.
    pub i2: f64,
    /// H²; 1 for k = 1.
    pub h2: f64,
    /// Log-likelihood at the estimates, with all constants.
    pub log_likelihood: f64,
    /// Restricted log-likelihood at the estimates, with all constants.
    pub restricted_log_likelihood: f64,
}

/// Pools `y` with sampling variances `v` (same length k ≥ 1).
///
/// # Errors
/// [`MetaError`] when the arrays are empty, differ in length, or hold a value that is not finite or a
/// variance that is not positive.
pub fn pool(y: &[f64], v: &[f64], method: Tau2Method) -> Result<Pooled, MetaError> {
    validate(y, v, 1)?;
    let k = y.len();
    let method_used = if k == 1 { Tau2Method::EqualEffects } else { method };
    let mut model = MeanModel::new(y, v);
    let tau2 = tau2::estimate(&mut model, method_used, None);
    let se_tau2 = tau2::standard_error(&mut model, method_used, tau2);
    let (mu, sum_w) = weighted_mean(y, v, Weights::Inverse(tau2));
    let weights = v.iter().map(|v| 1.0 / (v + tau2) / sum_w).collect();
    let generalised_q = residual_sum(y, v, mu, tau2);
    let (q, typical) = q_and_typical_variance(y, v);
    let q_df = k - 1;
    let (i2, h2) = i2_h2(method_used, q, q_df, tau2, typical);
    let likelihood = model.log_likelihood(tau2);
    Ok(Pooled {
        k,
        method_requested: method,
        method_used,
        mu,
        tau2,
        se_tau2,
        weights,
        sum_w,
        generalised_q,
        q,
        q_df,
        q_p: if q_df == 0 { 1.0 } else { chi_squared_sf(q, q_df as f64) },
        i2,
        h2,
        log_likelihood: likelihood.full,
        restricted_log_likelihood: likelihood.restricted,
    })
}

/// Σ (y − μ)²/(v + τ²).
#[inline]
pub(crate) fn residual_sum(y: &[f64], v: &[f64], mu: f64, tau2: f64) -> f64 {
    y.iter().zip(v).map(|(y, v)| (y - mu) * (y - mu) / (v + tau2)).sum()
}

/// Cochran's Q and the typical sampling variance s²; s² is NaN for one study.
#[inline]
pub(crate) fn q_and_typical_variance(y: &[f64], v: &[f64]) -> (f64, f64) {
    let mut model = MeanModel::new(y, v);
    let moments = model.moments(Weights::Inverse(0.0));
    let df = y.len() as f64 - 1.0;
    (if df > 0.0 { moments.rss } else { 0.0 }, df / moments.trace_p)
}

/// I² in percent and H².
#[inline]
pub(crate) fn i2_h2(method: Tau2Method, q: f64, df: usize, tau2: f64, typical: f64) -> (f64, f64) {
    if df == 0 {
        return (0.0, 1.0);
    }
    if method == Tau2Method::EqualEffects {
        let df = df as f64;
        let i2 = if q > 0.0 { larger(0.0, 100.0 * ((q - df) / q)) } else { 0.0 };
        return (i2, q / df);
    }
    (100.0 * (tau2 / (tau2 + typical)), tau2 / typical + 1.0)
}
