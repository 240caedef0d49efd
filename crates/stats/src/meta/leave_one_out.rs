//! Leave-one-out: the pool without each study in turn.
//!
//! The likelihood gradient over the τ² grid is computed once for all studies; taking one study out of its
//! sums costs O(1) per grid point, so the global search of every refit is nearly free. Where the
//! subtraction loses digits (one study holds nearly all the weight, or the gradient is close to zero) the
//! gradient is computed directly. Newton then starts at the τ² of all studies, so that a refit agrees with
//! a pool of the remaining studies to rounding.

use super::interval::{critical_value, mean_std_error, over_std_error, two_sided_p};
use super::method::{IntervalMethod, Tau2Method};
use super::pool::i2_h2;
use super::tau2::{Brackets, best_of, estimate, from_equal_effects, gradient, newton_step, scan_grid};
use super::weighted::{MeanModel, Model, Moments, PowerSums, Weights, weighted_mean};
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
    /// Degrees of freedom of t; `None` for the normal.
    pub df: Option<f64>,
    /// Between-study variance.
    pub tau2: f64,
    /// I², percent.
    pub i2: f64,
    /// H².
    pub h2: f64,
    /// Cochran's Q.
    pub q: f64,
    /// Its degrees of freedom, k − 2.
    pub q_df: usize,
}

impl LeaveOneOut {
    /// Two-sided p-value of μ = 0.
    pub fn p_value(&self) -> f64 {
        two_sided_p(over_std_error(self.mu, self.std_error), self.df)
    }

    /// p-value of Q; 1 when a single study is left.
    pub fn q_p(&self) -> f64 {
        if self.q_df == 0 { 1.0 } else { chi_squared_sf(self.q, self.q_df as f64) }
    }
}

/// Share of the summed weight beyond which a study is not subtracted but left out of a fresh sum.
const LARGEST_SHARE: f64 = 0.999;
/// Relative size of a gradient below which its sign is recomputed without subtraction.
const DOUBTFUL: f64 = 1e-9;

/// Sums at one grid point, estimates centred on the weighted mean there.
struct GridSums {
    tau2: f64,
    centre: f64,
    sums: PowerSums,
}

impl GridSums {
    fn new(y: &[f64], v: &[f64], tau2: f64) -> Self {
        let centre = weighted_mean(y, v, Weights::Inverse(tau2)).0;
        Self { tau2, centre, sums: PowerSums::over(y, v, tau2, centre) }
    }

    /// Doubled likelihood gradient without one study; `None` when subtraction is not safe.
    fn gradient_without(&self, yi: f64, vi: f64, restricted: bool) -> Option<f64> {
        let w = 1.0 / (vi + self.tau2);
        let all = &self.sums;
        if w > LARGEST_SHARE * all.s1 {
            return None;
        }
        let wr = w * (yi - self.centre);
        let s1 = all.s1 - w;
        let s2 = all.s2 - w * w;
        let mean = (all.s1y - wr) / s1;
        let ypp = all.s2yy - wr * wr - mean * (2.0 * (all.s2y - w * wr) - mean * s2);
        let value = ypp - if restricted { 2.0 * (all.pairs - w * s1) / s1 } else { s1 };
        (value.abs() > DOUBTFUL * (all.s2yy + all.s1)).then_some(value)
    }

    /// τ² one Newton step from here, without one study: a start, so lost digits do not matter.
    fn start_without(&self, yi: f64, vi: f64, restricted: bool) -> f64 {
        let score = self.sums.without(yi - self.centre, 1.0 / (vi + self.tau2)).score().0;
        newton_step(&score, restricted, self.tau2)
    }
}

/// Copies `from` without position `skip` into `into` (one shorter).
fn copy_without(from: &[f64], skip: usize, into: &mut [f64]) {
    into[..skip].copy_from_slice(&from[..skip]);
    into[skip..].copy_from_slice(&from[skip + 1..]);
}

/// One leave-one-out fit: the remaining studies, their equal-effects moments and τ².
pub(crate) struct Omission<'a> {
    pub omitted: usize,
    pub y: &'a [f64],
    pub v: &'a [f64],
    pub equal: Moments,
    pub tau2: f64,
}

/// Fits the model without each study in turn and hands every fit to `visit`, in input order.
pub(crate) fn for_each_omission(
    y: &[f64],
    v: &[f64],
    method: Tau2Method,
    mut visit: impl FnMut(&Omission<'_>),
) {
    let k = y.len();
    if k < 2 {
        return;
    }
    let method = if k == 2 { Tau2Method::EqualEffects } else { method };
    let restricted = method == Tau2Method::Reml;
    let mut all = MeanModel::new(y, v);
    let full = estimate(&mut all, method, None);
    let centre = all.moments(Weights::Inverse(full)).mu;
    let grid = if restricted || method == Tau2Method::Ml { scan_grid(y, v) } else { Vec::new() };
    let at_full = GridSums::new(y, v, full);
    let sums: Vec<GridSums> = grid.iter().map(|&t| GridSums::new(y, v, t)).collect();
    let mut brackets = Brackets::default();
    let (mut rest_y, mut rest_v) = (vec![0.0; k - 1], vec![0.0; k - 1]);
    for omitted in 0..k {
        copy_without(y, omitted, &mut rest_y);
        copy_without(v, omitted, &mut rest_v);
        let mut model = MeanModel::centred(&rest_y, &rest_v, centre);
        let equal = model.moments(Weights::Inverse(0.0));
        let tau2 = if let Some(tau2) = from_equal_effects(method, &equal, k - 1, (k - 2) as f64) {
            tau2
        } else if sums.is_empty() {
            estimate(&mut model, method, Some(full))
        } else {
            brackets.fill(&grid, |j| {
                sums[j]
                    .gradient_without(y[omitted], v[omitted], restricted)
                    .unwrap_or_else(|| gradient(&model.score(grid[j]), restricted))
            });
            let start = at_full.start_without(y[omitted], v[omitted], restricted);
            best_of(&mut model, restricted, Some(start), &brackets)
        };
        visit(&Omission { omitted, y: &rest_y, v: &rest_v, equal, tau2 });
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
    for_each_omission(y, v, method, |fit| {
        let tau2 = fit.tau2;
        let mean = if tau2 == 0.0 {
            fit.equal
        } else {
            MeanModel::centred(fit.y, fit.v, fit.equal.mu).moments(Weights::Inverse(tau2))
        };
        let std_error = mean_std_error(interval_method, mean.sum_w, mean.rss, q_df);
        let (i2, h2) = i2_h2(used, fit.equal.rss, q_df, tau2, q_df as f64 / fit.equal.trace_p);
        rows.push(LeaveOneOut {
            omitted: fit.omitted,
            mu: mean.mu,
            std_error,
            low: mean.mu - critical * std_error,
            high: mean.mu + critical * std_error,
            df,
            tau2,
            i2,
            h2,
            q: if q_df == 0 { 0.0 } else { fit.equal.rss },
            q_df,
        });
    });
    Ok(rows)
}
