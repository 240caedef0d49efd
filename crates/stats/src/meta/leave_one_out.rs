//! Leave-one-out: the pool without each study in turn.
//!
//! The likelihood gradient over the τ² grid is computed once for all studies; taking one study out of its
//! sums costs O(1) per grid point, so the global search of every refit is nearly free. Where the
//! subtraction loses digits (one study holds nearly all the weight, or the gradient is close to zero) the
//! gradient is computed directly. Newton then starts at the τ² of all studies, so that a refit agrees with
//! a pool of the remaining studies to rounding.

use super::interval::{critical_value, mean_std_error, two_sided_p};
use super::method::{IntervalMethod, Tau2Method};
use super::pool::{i2_h2, q_and_typical_variance, residual_sum};
use super::tau2::{Brackets, best_of, estimate, gradient, scan_grid};
use super::weighted::{MeanModel, Model, Weights, weighted_mean};
use super::{MetaError, validate, validate_level};
use crate::distributions::chi_squared_sf;

/// The pool without one study.
#[derive(Debug, Clone, PartialEq)]
pub struct LeaveOneOut {
    /// The study left out (position in the input).
    pub omitted: usize,
    /// Mean effect of the others.
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
    /// H².
    pub h2: f64,
    /// Cochran's Q.
    pub q: f64,
    /// Its p-value.
    pub q_p: f64,
}

/// Share of the summed weight beyond which a study is not subtracted but left out of a fresh sum.
const LARGEST_SHARE: f64 = 0.999;
/// Relative size of a gradient below which its sign is recomputed without subtraction.
const DOUBTFUL: f64 = 1e-9;

/// Sums at one grid point, estimates centred on the weighted mean there.
struct GridSums {
    tau2: f64,
    centre: f64,
    s1: f64,
    s2: f64,
    s2y: f64,
    s2yy: f64,
}

impl GridSums {
    fn new(y: &[f64], v: &[f64], tau2: f64) -> Self {
        let (centre, s1) = weighted_mean(y, v, Weights::Inverse(tau2));
        let mut sums = Self { tau2, centre, s1, s2: 0.0, s2y: 0.0, s2yy: 0.0 };
        for (yi, vi) in y.iter().zip(v) {
            let w = 1.0 / (vi + tau2);
            let wr = w * (yi - centre);
            sums.s2 += w * w;
            sums.s2y += w * wr;
            sums.s2yy += wr * wr;
        }
        sums
    }

    /// Doubled likelihood gradient without one study; `None` when subtraction is not safe.
    fn gradient_without(&self, yi: f64, vi: f64, restricted: bool) -> Option<f64> {
        let w = 1.0 / (vi + self.tau2);
        if w > LARGEST_SHARE * self.s1 {
            return None;
        }
        let r = yi - self.centre;
        let s1 = self.s1 - w;
        let s2 = self.s2 - w * w;
        let mean = -w * r / s1;
        let ypp = self.s2yy - w * w * r * r - 2.0 * mean * (self.s2y - w * w * r) + mean * mean * s2;
        let value = ypp - if restricted { s1 - s2 / s1 } else { s1 };
        (value.abs() > DOUBTFUL * (self.s2yy + self.s1)).then_some(value)
    }
}

/// Copies `from` without position `skip` into `into` (one shorter).
fn copy_without(from: &[f64], skip: usize, into: &mut [f64]) {
    into[..skip].copy_from_slice(&from[..skip]);
    into[skip..].copy_from_slice(&from[skip + 1..]);
}

/// τ² of every leave-one-out fit and the fit's own numbers, handed to `visit` in input order.
pub(crate) fn for_each_omission(
    y: &[f64],
    v: &[f64],
    method: Tau2Method,
    mut visit: impl FnMut(usize, &[f64], &[f64], f64),
) {
    let k = y.len();
    if k < 2 {
        return;
    }
    let restricted = method == Tau2Method::Reml;
    let iterative = restricted || method == Tau2Method::Ml;
    let full = estimate(&mut MeanModel { y, v }, method, None);
    let grid = if iterative && k > 2 { scan_grid(y, v) } else { Vec::new() };
    let sums: Vec<GridSums> = grid.iter().map(|&t| GridSums::new(y, v, t)).collect();
    let mut brackets = Brackets::default();
    let (mut rest_y, mut rest_v) = (vec![0.0; k - 1], vec![0.0; k - 1]);
    for omitted in 0..k {
        copy_without(y, omitted, &mut rest_y);
        copy_without(v, omitted, &mut rest_v);
        let mut model = MeanModel { y: &rest_y, v: &rest_v };
        let tau2 = if sums.is_empty() {
            let used = if k == 2 { Tau2Method::EqualEffects } else { method };
            estimate(&mut model, used, Some(full))
        } else {
            brackets.fill(&grid, |j| {
                sums[j]
                    .gradient_without(y[omitted], v[omitted], restricted)
                    .unwrap_or_else(|| gradient(&model.score(grid[j]), restricted))
            });
            best_of(&mut model, restricted, Some(full), &brackets)
        };
        visit(omitted, &rest_y, &rest_v, tau2);
    }
}

/// Pools the studies without each one in turn, in input order. Empty for k = 1.
///
/// # Errors
/// [`MetaError`] for unusable input or a level outside (0, 1).
pub fn leave_one_out(
    y: &[f64],
    v: &[f64],
    method: Tau2Method,
    interval_method: IntervalMethod,
    level: f64,
) -> Result<Vec<LeaveOneOut>, MetaError> {
    validate(y, v, 1)?;
    validate_level(level)?;
    if y.len() < 2 {
        return Ok(Vec::new());
    }
    let q_df = y.len() - 2;
    let (df, critical) = critical_value(interval_method, q_df, level);
    let used = if q_df == 0 { Tau2Method::EqualEffects } else { method };
    let mut rows = Vec::with_capacity(y.len());
    for_each_omission(y, v, method, |omitted, rest_y, rest_v, tau2| {
        let (mu, sum_w) = weighted_mean(rest_y, rest_v, Weights::Inverse(tau2));
        let generalised_q = residual_sum(rest_y, rest_v, mu, tau2);
        let std_error = mean_std_error(interval_method, sum_w, generalised_q, q_df);
        let (q, typical) = q_and_typical_variance(rest_y, rest_v);
        let (i2, h2) = i2_h2(used, q, q_df, tau2, typical);
        rows.push(LeaveOneOut {
            omitted,
            mu,
            std_error,
            low: mu - critical * std_error,
            high: mu + critical * std_error,
            p_value: two_sided_p(mu / std_error, df),
            tau2,
            i2,
            h2,
            q,
            q_p: if q_df == 0 { 1.0 } else { chi_squared_sf(q, q_df as f64) },
        });
    });
    Ok(rows)
}
