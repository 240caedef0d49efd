//! Q-profile confidence interval of τ² (Viechtbauer 2007, Statistics in Medicine 26): the τ² at which the
//! generalised Q statistic equals the quantiles of chi-squared with k − 1 degrees of freedom, and the
//! I² and H² that belong to its ends.

use super::method::Tau2Method;
use super::pool::{i2_h2, q_and_typical_variance};
use super::tau2::generalised_q_root;
use super::weighted::MeanModel;
use super::{MetaError, validate, validate_level};
use crate::distributions::chi_squared_quantile;

/// Confidence interval of τ² with the I² (percent) and H² at its ends.
#[derive(Debug, Clone, PartialEq)]
pub struct Tau2Interval {
    /// Confidence level.
    pub level: f64,
    /// Lower end of τ².
    pub tau2_low: f64,
    /// Upper end of τ². Both ends are 0 when even τ² = 0 makes Q smaller than its lower quantile: the
    /// studies agree better than chance and no τ² is compatible at this level.
    pub tau2_high: f64,
    /// I² at the lower end, percent.
    pub i2_low: f64,
    /// I² at the upper end, percent.
    pub i2_high: f64,
    /// H² at the lower end.
    pub h2_low: f64,
    /// H² at the upper end.
    pub h2_high: f64,
}

/// Q-profile interval of τ² at `level`, for k ≥ 2 studies.
///
/// # Errors
/// [`MetaError`] for unusable input, fewer than two studies or a level outside (0, 1).
pub fn tau2_q_profile(y: &[f64], v: &[f64], level: f64) -> Result<Tau2Interval, MetaError> {
    validate(y, v, 2)?;
    validate_level(level)?;
    let df = y.len() - 1;
    let mut model = MeanModel::new(y, v);
    let upper_quantile = chi_squared_quantile(0.5 + 0.5 * level, df as f64);
    let lower_quantile = chi_squared_quantile(0.5 - 0.5 * level, df as f64);
    let tau2_low = generalised_q_root(&mut model, upper_quantile, None);
    let tau2_high = generalised_q_root(&mut model, lower_quantile, Some(tau2_low));
    let (q, typical) = q_and_typical_variance(y, v);
    // The bounds are τ²-based whatever estimator the pool used.
    let at = |tau2| i2_h2(Tau2Method::Reml, q, df, tau2, typical);
    let ((i2_low, h2_low), (i2_high, h2_high)) = (at(tau2_low), at(tau2_high));
    Ok(Tau2Interval { level, tau2_low, tau2_high, i2_low, i2_high, h2_low, h2_high })
}
