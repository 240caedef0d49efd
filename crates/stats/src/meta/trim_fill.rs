//! Trim and fill (Duval and Tweedie 2000, JASA 95 and Biometrics 56): how many studies seem to be missing
//! on one side of the funnel, and the pool after their mirror images are added.
//!
//! Studies are sorted towards the side away from the gap. Until k₀ settles: pool without the k₀ most
//! extreme, rank the absolute deviations from that mean, and estimate k₀ from the signed ranks.
//! R₀ = (longest run of extreme positive ranks) − 1; L₀ = (4S − k(k + 1))/(2k − 1);
//! Q₀ = k − ½ − √(2k² − 4S + ¼), with S the sum of positive signed ranks.

use super::interval::{Interval, interval};
use super::metaregression::{Design, TestKind, meta_regression};
use super::method::{IntervalMethod, Tau2Method, named};
use super::pool::{Pooled, pool};
use super::{MetaError, UnknownMethod, validate, validate_level};
use crate::num::larger;
use std::fmt;
use std::str::FromStr;

/// Estimator of the number of missing studies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TrimFillEstimator {
    /// L₀, from the sum of ranks. Name `l0`.
    L0,
    /// R₀, from the run of extreme ranks. Name `r0`.
    R0,
    /// Q₀, from the sum of ranks. Name `q0`.
    Q0,
}

named!(TrimFillEstimator, "trim and fill estimator", (L0, "l0"), (R0, "r0"), (Q0, "q0"));

/// The side of the funnel on which studies are missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MissingSide {
    /// Below the mean. Name `left`.
    Left,
    /// Above the mean. Name `right`.
    Right,
}

named!(MissingSide, "side of the funnel", (Left, "left"), (Right, "right"));

/// Result of trim and fill.
#[derive(Debug, Clone, PartialEq)]
pub struct TrimFill {
    /// Number of studies estimated to be missing.
    pub missing: usize,
    /// Its standard error.
    pub missing_se: f64,
    /// The side they are missing on.
    pub side: MissingSide,
    /// Estimates filled in, in increasing order of the mirrored study's distance.
    pub filled_y: Vec<f64>,
    /// Their sampling variances.
    pub filled_v: Vec<f64>,
    /// The pool with the filled studies.
    pub pooled: Pooled,
    /// Its confidence interval.
    pub interval: Interval,
}

const MOST_ROUNDS: usize = 100;

/// Trim and fill for k ≥ 3 studies. Without a `side`, the sign of the regression slope on the standard
/// error decides: a negative slope means studies are missing on the right.
///
/// # Errors
/// [`MetaError`] for unusable input, fewer than three studies or a level outside (0, 1).
pub fn trim_and_fill(
    y: &[f64],
    v: &[f64],
    method: Tau2Method,
    estimator: TrimFillEstimator,
    side: Option<MissingSide>,
    interval_method: IntervalMethod,
    level: f64,
) -> Result<TrimFill, MetaError> {
    validate(y, v, 3)?;
    validate_level(level)?;
    let side = match side {
        Some(side) => side,
        None => slope_side(y, v, method, level)?,
    };
    let sign = if side == MissingSide::Right { -1.0 } else { 1.0 };
    let mut order: Vec<usize> = (0..y.len()).collect();
    order.sort_by(|&a, &b| (sign * y[a]).total_cmp(&(sign * y[b])));
    let sorted_y: Vec<f64> = order.iter().map(|&i| sign * y[i]).collect();
    let sorted_v: Vec<f64> = order.iter().map(|&i| v[i]).collect();

    let k = y.len();
    let mut trimmed = 0;
    let mut round = 0;
    let (centre, estimate) = loop {
        let centre = pool(&sorted_y[..k - trimmed], &sorted_v[..k - trimmed], method)?.mu;
        let estimate = missing_studies(&sorted_y, centre, estimator);
        round += 1;
        let next = estimate.rounded.min(k - 1);
        if next == trimmed || round == MOST_ROUNDS {
            break (centre, estimate);
        }
        trimmed = next;
    };
    let filled_y: Vec<f64> =
        sorted_y[k - trimmed..].iter().map(|value| sign * (2.0 * centre - value)).collect();
    let filled_v = sorted_v[k - trimmed..].to_vec();
    let all_y: Vec<f64> = y.iter().chain(&filled_y).copied().collect();
    let all_v: Vec<f64> = v.iter().chain(&filled_v).copied().collect();
    let pooled = pool(&all_y, &all_v, method)?;
    let ci = interval(&pooled, interval_method, level)?;
    Ok(TrimFill {
        missing: trimmed,
        missing_se: estimate.std_error,
        side,
        filled_y,
        filled_v,
        pooled,
        interval: ci,
    })
}

/// The side given by the slope of y on its standard error; left when the standard errors do not differ.
fn slope_side(y: &[f64], v: &[f64], method: Tau2Method, level: f64) -> Result<MissingSide, MetaError> {
    let design = Design {
        names: vec!["intercept".to_owned(), "standard error".to_owned()],
        rows: v.iter().flat_map(|v| [1.0, v.sqrt()]).collect(),
    };
    let fit = meta_regression(y, v, &design, method, TestKind::Wald, level)?;
    Ok(match fit.coefficients.get(1) {
        Some(slope) if slope.estimate < 0.0 => MissingSide::Right,
        _ => MissingSide::Left,
    })
}

/// An estimate of k₀.
struct Missing {
    rounded: usize,
    std_error: f64,
}

/// Estimates the number of missing studies from the ranks of sorted estimates around a centre.
fn missing_studies(sorted: &[f64], centre: f64, estimator: TrimFillEstimator) -> Missing {
    let k = sorted.len();
    let mut by_size: Vec<usize> = (0..k).collect();
    by_size.sort_by(|&a, &b| (sorted[a] - centre).abs().total_cmp(&(sorted[b] - centre).abs()));
    let (mut positive_sum, mut largest_negative) = (0.0, 0.0);
    for (position, &i) in by_size.iter().enumerate() {
        let rank = (position + 1) as f64;
        let deviation = sorted[i] - centre;
        if deviation > 0.0 {
            positive_sum += rank;
        } else if deviation < 0.0 {
            largest_negative = rank;
        }
    }
    let kf = k as f64;
    let raw = match estimator {
        TrimFillEstimator::R0 => kf - largest_negative - 1.0,
        TrimFillEstimator::L0 => (4.0 * positive_sum - kf * (kf + 1.0)) / (2.0 * kf - 1.0),
        TrimFillEstimator::Q0 => kf - 0.5 - larger(0.0, 2.0 * kf * kf - 4.0 * positive_sum + 0.25).sqrt(),
    };
    // Ties go to the even neighbour, so that counts agree with other programs on them.
    let rounded = larger(0.0, raw.round_ties_even());
    // The variance of the sum of ranks at the estimate before rounding.
    let count = raw;
    let rank_variance =
        (kf * (kf + 1.0) * (2.0 * kf + 1.0) + 10.0 * count.powi(3) + 27.0 * count * count + 17.0 * count
            - 18.0 * kf * count * count
            - 18.0 * kf * count
            + 6.0 * kf * kf * count)
            / 24.0;
    let std_error = match estimator {
        TrimFillEstimator::R0 => (2.0 * larger(0.0, count) + 2.0).sqrt(),
        TrimFillEstimator::L0 => 4.0 * larger(0.0, rank_variance).sqrt() / (2.0 * kf - 1.0),
        TrimFillEstimator::Q0 => {
            2.0 * larger(0.0, rank_variance).sqrt()
                / ((kf - 0.5) * (kf - 0.5) - count * (2.0 * kf - count - 1.0)).sqrt()
        }
    };
    Missing { rounded: rounded as usize, std_error }
}
