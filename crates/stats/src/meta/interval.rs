//! Confidence and prediction intervals of a pooled mean.
//!
//! * Wald: se² = 1/Σw, normal quantile.
//! * Hartung–Knapp: se² = q/Σw with q = Σw(y − μ)²/(k − 1), t with k − 1 degrees of freedom.
//! * with floor: the factor is max(1, q).
//! * Prediction: μ ± c·√(τ² + se²), c from t(k − 2), t(k − 1) or the normal.

use super::method::{IntervalMethod, PredictionMethod, Tau2Method};
use super::pool::Pooled;
use super::{MetaError, validate_level};
use crate::distributions::{
    normal_quantile, normal_two_sided_p, students_t_quantile, students_t_two_sided_p,
};
use crate::num::larger;

/// A two-sided confidence interval with its test of μ = 0.
#[derive(Debug, Clone, PartialEq)]
pub struct Interval {
    /// The method asked for.
    pub method_requested: IntervalMethod,
    /// The method used: Wald when k = 1, where Hartung–Knapp does not exist.
    pub method_used: IntervalMethod,
    /// Confidence level, such as 0.95.
    pub level: f64,
    /// Standard error of the mean.
    pub std_error: f64,
    /// μ divided by its standard error.
    pub statistic: f64,
    /// Degrees of freedom of t; `None` for the normal.
    pub df: Option<f64>,
    /// Two-sided p-value of μ = 0.
    pub p_value: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// Standard error of a mean with the variance factor of the method.
#[inline]
pub(crate) fn mean_std_error(method: IntervalMethod, sum_w: f64, generalised_q: f64, df: usize) -> f64 {
    let wald = 1.0 / sum_w;
    let factor = match method {
        IntervalMethod::Wald => 1.0,
        _ if df == 0 => 1.0,
        IntervalMethod::Hk => generalised_q / df as f64,
        IntervalMethod::HkFloor => larger(1.0, generalised_q / df as f64),
    };
    (factor * wald).sqrt()
}

/// Degrees of freedom and the two-sided quantile of the method.
pub(crate) fn critical_value(method: IntervalMethod, df: usize, level: f64) -> (Option<f64>, f64) {
    let p = 0.5 + 0.5 * level;
    if method == IntervalMethod::Wald || df == 0 {
        (None, normal_quantile(p))
    } else {
        (Some(df as f64), students_t_quantile(p, df as f64))
    }
}

/// An estimate over its standard error; 0 for an estimate of 0, whose standard error may be 0 as well when
/// every study reports the same number.
#[inline]
pub(crate) fn over_std_error(estimate: f64, std_error: f64) -> f64 {
    if estimate == 0.0 { 0.0 } else { estimate / std_error }
}

/// Two-sided p-value of a statistic under t or the normal.
#[inline]
pub(crate) fn two_sided_p(statistic: f64, df: Option<f64>) -> f64 {
    match df {
        Some(df) => students_t_two_sided_p(statistic, df),
        None => normal_two_sided_p(statistic),
    }
}

/// Confidence interval of the pooled mean at `level` (0 < level < 1).
///
/// # Errors
/// [`MetaError::Level`].
pub fn interval(pooled: &Pooled, method: IntervalMethod, level: f64) -> Result<Interval, MetaError> {
    validate_level(level)?;
    let std_error = mean_std_error(method, pooled.sum_w, pooled.generalised_q, pooled.q_df);
    let (df, critical) = critical_value(method, pooled.q_df, level);
    let statistic = over_std_error(pooled.mu, std_error);
    Ok(Interval {
        method_requested: method,
        method_used: if df.is_none() { IntervalMethod::Wald } else { method },
        level,
        std_error,
        statistic,
        df,
        p_value: two_sided_p(statistic, df),
        low: pooled.mu - critical * std_error,
        high: pooled.mu + critical * std_error,
    })
}

/// Prediction interval (low, high) for the effect in a new setting, at the level of `interval`.
///
/// `None` under equal effects, for k = 1, and for [`PredictionMethod::KMinus2`] at k = 2.
pub fn prediction(pooled: &Pooled, interval: &Interval, method: PredictionMethod) -> Option<(f64, f64)> {
    if pooled.method_used == Tau2Method::EqualEffects || pooled.k < 2 {
        return None;
    }
    let p = 0.5 + 0.5 * interval.level;
    let critical = match method {
        PredictionMethod::Normal => normal_quantile(p),
        PredictionMethod::KMinus1 => students_t_quantile(p, (pooled.k - 1) as f64),
        PredictionMethod::KMinus2 if pooled.k > 2 => students_t_quantile(p, (pooled.k - 2) as f64),
        PredictionMethod::KMinus2 => return None,
    };
    let half = critical * (pooled.tau2 + interval.std_error * interval.std_error).sqrt();
    Some((pooled.mu - half, pooled.mu + half))
}
