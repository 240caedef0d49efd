//! Estimators of the between-study variance τ².
//!
//! With weights w = 1/(v + τ²), W = diag(w), design X (k × p) and
//! P = W − W X (XᵀWX)⁻¹ XᵀW, everything needed is a trace or a quadratic form of P:
//!
//! * DL, HE, HS, SJ: closed forms of the residual sum of squares under fixed weights.
//! * PM = EB: yᵀPy = k − p. yᵀPy is convex and decreasing in τ², and its reciprocal concave, so Newton on
//!   the reciprocal is monotone from the left and cannot fail.
//! * ML: yᵀPPy = tr W.  REML: yᵀPPy = tr P (Harville 1977; Viechtbauer 2005). The gradient is scanned on a
//!   geometric grid over [0, 10·var(y) + max v]; every + to − change brackets a local maximum, which
//!   safeguarded Newton solves to full precision; several maxima, and τ² = 0, are compared by their
//!   likelihood. Beyond max(4·var(y), max v) the gradient is negative, so the bound loses nothing.
//!
//! Left out: the approximate and iterated moment estimators.

use super::method::Tau2Method;
use super::weighted::{Model, Moments, Score, Traces, Weights};
use crate::num::{larger, maximum, minimum, squared_deviations};

/// Ratio of neighbouring grid points. Each 1/(v + τ²) is a logistic curve in ln τ², about four units wide; at
/// steps of ln 1.25 two maxima in one step differ in likelihood by rounding only.
const GRID_RATIO: f64 = 1.25;

/// Largest τ² the search considers: 10·var(y) + max v.
pub(crate) fn upper_bound(y: &[f64], v: &[f64]) -> f64 {
    let spread = if y.len() > 1 { squared_deviations(y) / (y.len() - 1) as f64 } else { 0.0 };
    10.0 * spread + maximum(v)
}

/// The τ² values at which the gradient is scanned: 0, then powers of the grid ratio up to the upper bound.
/// The powers do not depend on the data, so that a fit with and without a study sees the same points.
pub(crate) fn scan_grid(y: &[f64], v: &[f64]) -> Vec<f64> {
    let high = upper_bound(y, v);
    let step = GRID_RATIO.ln();
    let mut power = ((minimum(v) / 8.0).ln() / step).floor();
    let mut grid = vec![0.0];
    loop {
        let t = (power * step).exp();
        grid.push(t);
        if t >= high {
            return grid;
        }
        power += 1.0;
    }
}

/// One Newton step of the (restricted) likelihood from `tau2`, where the score is `score`.
pub(crate) fn newton_step(score: &Score, restricted: bool, tau2: f64) -> f64 {
    tau2 - gradient(score, restricted) / gradient_slope(score, restricted)
}

/// Gradient of the (restricted) log-likelihood in τ², doubled.
pub(crate) fn gradient(score: &Score, restricted: bool) -> f64 {
    score.ypp - if restricted { score.trace_p } else { score.sum_w }
}

/// Derivative of [`gradient`] in τ².
fn gradient_slope(score: &Score, restricted: bool) -> f64 {
    (if restricted { score.trace_pp } else { score.sum_w2 }) - 2.0 * score.yppp
}

/// Estimates τ² (never negative). `warm` is a starting value for the iterative estimators: it changes the
/// cost, not the answer.
pub(crate) fn estimate<M: Model>(model: &mut M, method: Tau2Method, warm: Option<f64>) -> f64 {
    let (k, p) = (model.studies(), model.columns());
    if k <= p {
        return 0.0;
    }
    let df = (k - p) as f64;
    let raw = match method {
        Tau2Method::EqualEffects => 0.0,
        Tau2Method::He => {
            let m = model.moments(Weights::Unit);
            (m.rss - m.trace_pv) / m.trace_p
        }
        Tau2Method::Dl | Tau2Method::Hs => {
            let m = model.moments(Weights::Inverse(0.0));
            from_equal_effects(method, &m, k, df).unwrap_or(0.0)
        }
        Tau2Method::Sj => {
            let crude = crude_variance(model.estimates());
            if crude > 0.0 { crude * model.moments(Weights::Inverse(crude)).rss / df } else { 0.0 }
        }
        Tau2Method::Pm | Tau2Method::Eb => generalised_q_root(model, df, warm),
        Tau2Method::Ml => maximise(model, false, warm),
        Tau2Method::Reml => maximise(model, true, warm),
    };
    larger(0.0, raw)
}

/// The estimators that are functions of the equal-effects fit alone; `None` for the others.
pub(crate) fn from_equal_effects(method: Tau2Method, equal: &Moments, k: usize, df: f64) -> Option<f64> {
    match method {
        Tau2Method::EqualEffects => Some(0.0),
        Tau2Method::Dl => Some(larger(0.0, (equal.rss - df) / equal.trace_p)),
        Tau2Method::Hs => Some(larger(0.0, (equal.rss - k as f64) / equal.sum_w)),
        _ => None,
    }
}

/// The crude variance var(y)·(k − 1)/k from which Sidik–Jonkman starts.
fn crude_variance(y: &[f64]) -> f64 {
    squared_deviations(y) / y.len() as f64
}

/// The τ² at which the generalised Q statistic yᵀPy equals `target`; 0 when it is below at τ² = 0.
pub(crate) fn generalised_q_root<M: Model>(model: &mut M, target: f64, warm: Option<f64>) -> f64 {
    if target <= 0.0 {
        return f64::INFINITY;
    }
    let at_zero = model.score(0.0);
    if at_zero.rss <= target {
        return 0.0;
    }
    let mut t = 0.0;
    let mut score = at_zero;
    if let Some(start) = warm.filter(|start| *start > 0.0 && start.is_finite()) {
        t = start;
        score = model.score(t);
    }
    for _ in 0..500 {
        // Newton on 1/Q: its tangent undershoots, so from the left the iterates only rise.
        let step = score.rss / score.ypp * (score.rss / target - 1.0);
        if !step.is_finite() {
            break;
        }
        let next = larger(0.0, t + step);
        let done = (next - t).abs() <= 1e-8 * next;
        t = next;
        if done {
            break;
        }
        score = model.score(t);
    }
    t
}

/// Brackets of the maxima of the (restricted) likelihood found on a grid.
#[derive(Debug, Default)]
pub(crate) struct Brackets {
    /// Intervals whose gradient goes from positive to not positive.
    pub intervals: Vec<(f64, f64)>,
    /// Whether τ² = 0 is a local maximum.
    pub zero: bool,
}

impl Brackets {
    /// Reads the brackets off the gradients at the grid points.
    pub(crate) fn fill(&mut self, grid: &[f64], mut gradient_at: impl FnMut(usize) -> f64) {
        self.intervals.clear();
        let mut previous = gradient_at(0);
        self.zero = previous <= 0.0;
        for j in 1..grid.len() {
            let current = gradient_at(j);
            if previous > 0.0 && current <= 0.0 {
                self.intervals.push((grid[j - 1], grid[j]));
            }
            previous = current;
        }
        if previous > 0.0 {
            let last = grid[grid.len() - 1];
            self.intervals.push((last, last));
        }
    }
}

/// Global maximum of the (restricted) likelihood over the scan grid.
fn maximise<M: Model>(model: &mut M, restricted: bool, warm: Option<f64>) -> f64 {
    let grid = scan_grid(model.estimates(), model.variances());
    let mut brackets = Brackets::default();
    brackets.fill(&grid, |j| gradient(&model.score(grid[j]), restricted));
    best_of(model, restricted, warm, &brackets)
}

/// Solves every bracket and returns the τ² with the highest likelihood; the smaller τ² wins a tie.
pub(crate) fn best_of<M: Model>(
    model: &mut M,
    restricted: bool,
    warm: Option<f64>,
    brackets: &Brackets,
) -> f64 {
    let candidates = brackets.intervals.len() + usize::from(brackets.zero);
    if candidates == 1 {
        return match brackets.intervals.first() {
            Some(&(low, high)) => solve_gradient(model, restricted, low, high, warm),
            None => 0.0,
        };
    }
    let mut best = 0.0;
    let mut best_likelihood = f64::NEG_INFINITY;
    if brackets.zero {
        best_likelihood = likelihood(model, restricted, 0.0);
    }
    for &(low, high) in &brackets.intervals {
        let t = solve_gradient(model, restricted, low, high, warm);
        let value = likelihood(model, restricted, t);
        if value > best_likelihood {
            best = t;
            best_likelihood = value;
        }
    }
    best
}

/// The (restricted) log-likelihood at τ².
fn likelihood<M: Model>(model: &mut M, restricted: bool, tau2: f64) -> f64 {
    let value = model.log_likelihood(tau2);
    if restricted { value.restricted } else { value.full }
}

/// Root of the gradient in [low, high] by Newton, falling back on bisection when a step leaves the bracket.
fn solve_gradient<M: Model>(
    model: &mut M,
    restricted: bool,
    mut low: f64,
    mut high: f64,
    warm: Option<f64>,
) -> f64 {
    if low >= high {
        return high;
    }
    let mut t = warm.filter(|start| *start > low && *start < high).unwrap_or(0.5 * (low + high));
    for _ in 0..200 {
        let score = model.score(t);
        let value = gradient(&score, restricted);
        if value > 0.0 {
            low = t;
        } else {
            high = t;
        }
        let step = value / gradient_slope(&score, restricted);
        // Convergence is quadratic: after a step below 3e-8 of τ² only rounding is left.
        if step.abs() <= 3e-8 * t {
            return t - step;
        }
        let next = t - step;
        t = if next > low && next < high { next } else { 0.5 * (low + high) };
        if high - low <= 1e-15 * high {
            break;
        }
    }
    t
}

/// Standard error of the τ² estimate: moment estimators from the variance of the quadratic form under
/// normality, likelihood estimators from the expected information, PM and EB from Morris's formula.
/// `None` for equal effects and when k ≤ p.
pub(crate) fn standard_error<M: Model>(model: &mut M, method: Tau2Method, tau2: f64) -> Option<f64> {
    let (k, p) = (model.studies(), model.columns());
    if k <= p {
        return None;
    }
    let df = (k - p) as f64;
    let kf = k as f64;
    // var(yᵀPy) = 2 tr(PΣPΣ) with Σ = V + τ²I.
    let quadratic = |t: Traces| 2.0 * t.pvpv + 4.0 * tau2 * t.pvp + 2.0 * tau2 * tau2 * t.pp;
    let variance = match method {
        Tau2Method::EqualEffects => return None,
        Tau2Method::He => quadratic(model.traces(Weights::Unit)) / (df * df),
        Tau2Method::Dl | Tau2Method::Hs => {
            let spread = quadratic(model.traces(Weights::Inverse(0.0)));
            let m = model.moments(Weights::Inverse(0.0));
            let scale = if method == Tau2Method::Dl { m.trace_p } else { m.sum_w };
            spread / (scale * scale)
        }
        Tau2Method::Sj => {
            let crude = crude_variance(model.estimates());
            if crude <= 0.0 {
                return None;
            }
            quadratic(model.traces(Weights::Inverse(crude))) * (crude / df) * (crude / df)
        }
        Tau2Method::Pm | Tau2Method::Eb => {
            let sum_w = model.score(tau2).sum_w;
            2.0 * kf * kf / df / (sum_w * sum_w)
        }
        Tau2Method::Ml => 2.0 / model.score(tau2).sum_w2,
        Tau2Method::Reml => 2.0 / model.traces(Weights::Inverse(tau2)).pp,
    };
    Some(larger(0.0, variance).sqrt())
}
