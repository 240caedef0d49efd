//! Cumulative meta-analysis: the pool of the first 1, 2, …, k studies in a given order (Lau et al. 1992).

use super::interval::interval;
use super::method::{IntervalMethod, Tau2Method};
use super::pool::pool;
use super::{MetaError, validate, validate_level};

/// The pool after one more study.
#[derive(Debug, Clone, PartialEq)]
pub struct Cumulative {
    /// The study added at this step (position in the input).
    pub added: usize,
    /// Mean effect of the studies so far.
    pub mu: f64,
    /// Standard error.
    pub std_error: f64,
    /// Lower end of the interval.
    pub low: f64,
    /// Upper end of the interval.
    pub high: f64,
    /// p-value of μ = 0.
    pub p_value: f64,
    /// Between-study variance.
    pub tau2: f64,
    /// I², percent.
    pub i2: f64,
}

/// Pools the studies one after another in `order`, a permutation of 0..k.
///
/// # Errors
/// [`MetaError`] for unusable input or an order that is not a permutation.
pub fn cumulative(
    y: &[f64],
    v: &[f64],
    order: &[usize],
    method: Tau2Method,
    interval_method: IntervalMethod,
    level: f64,
) -> Result<Vec<Cumulative>, MetaError> {
    validate(y, v, 1)?;
    validate_level(level)?;
    let mut seen = vec![false; y.len()];
    for &index in order {
        match seen.get_mut(index) {
            Some(flag) if !*flag => *flag = true,
            _ => return Err(MetaError::NotAPermutation),
        }
    }
    if order.len() != y.len() {
        return Err(MetaError::NotAPermutation);
    }
    let (mut y_so_far, mut v_so_far) = (Vec::with_capacity(y.len()), Vec::with_capacity(y.len()));
    let mut steps = Vec::with_capacity(y.len());
    for &added in order {
        y_so_far.push(y[added]);
        v_so_far.push(v[added]);
        let pooled = pool(&y_so_far, &v_so_far, method)?;
        let ci = interval(&pooled, interval_method, level)?;
        steps.push(Cumulative {
            added,
            mu: pooled.mu,
            std_error: ci.std_error,
            low: ci.low,
            high: ci.high,
            p_value: ci.p_value,
            tau2: pooled.tau2,
            i2: pooled.i2,
        });
    }
    Ok(steps)
}
