//! The posterior of τ on an adaptive Gauss–Legendre grid.
//!
//! With w = 1/(v + τ²) and Λ = 1/s₀² + Σw, the mean of μ given τ is m = (m₀/s₀² + Σwy)/Λ, its variance
//! 1/Λ, and ln p(y | τ) = ½Σ ln w − ½ ln(s₀²Λ) − ½[Σw(y − m)² + (m − m₀)²/s₀²] − (k/2) ln 2π.
//!
//! τ = s·sinh x, with s the smaller of 1/√(1/s₀² + Σ1/v) and the scale of τ's prior, is linear where the likelihood is
//! flat and logarithmic beyond, so ten orders of magnitude are a few dozen units of x. A coarse scan finds
//! where the density (and the density times τ²) is not negligible; panels of 32 points cover that stretch
//! and are halved until the last Legendre coefficients of the density are small. The poles of the integrand
//! lie at imaginary τ of size √v, hence about π/2 from the real x axis, so convergence is geometric.

use super::BayesError;
use super::prior::{Prior, TauPrior};
use super::rule::{POINTS, coefficients, rule};
use crate::distributions::LN_TWO_PI;
use crate::num::{larger, maximum, minimum, smaller};

/// Step of the coarse scan in x.
const SCAN_STEP: f64 = 0.6;
/// Largest step of the scan beyond the data, where the log density is nearly a line in x.
const WIDEST_STEP: f64 = 3.0;
/// Most points of the scan.
const MOST_SCANNED: usize = 4_000;
/// Log of the density, relative to the top, that counts as negligible.
const NEGLIGIBLE_LOG: f64 = -29.0;
/// Widest panel within the scale of the data, and beyond.
const WIDEST: f64 = 5.0;
const WIDEST_TAIL: f64 = 8.0;
/// Estimated error of a panel, relative to the whole mass, above which it is halved.
const PANEL_TOLERANCE: f64 = 1e-12;
/// Most panels ever made.
const MOST_PANELS: usize = 2_000;

/// A node of the grid.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Node {
    pub tau: f64,
    /// Posterior probability carried by the node; all sum to 1.
    pub weight: f64,
    /// Mean and variance of μ given τ.
    pub mu_mean: f64,
    pub mu_variance: f64,
}

/// A panel of consecutive nodes.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Panel {
    pub low: f64,
    pub high: f64,
    /// Log of the normalised density in x at the nodes.
    pub log_density: [f64; POINTS],
    pub first: usize,
}

/// The posterior of τ, with the normal posterior of μ at each node.
#[derive(Debug, Clone, PartialEq)]
pub struct TauGrid {
    pub(crate) scale: f64,
    pub(crate) panels: Vec<Panel>,
    pub(crate) nodes: Vec<Node>,
    pub(crate) log_marginal: f64,
    /// Whether E[τ²] exists.
    pub(crate) second_moment: bool,
}

/// A panel while the grid is being refined.
#[derive(Clone)]
struct Draft {
    low: f64,
    high: f64,
    tau: [f64; POINTS],
    log_density: [f64; POINTS],
    mu_mean: [f64; POINTS],
    mu_variance: [f64; POINTS],
    resolved: bool,
}

/// Evaluates the integrand.
struct Integrand<'a> {
    y: &'a [f64],
    v: &'a [f64],
    prior: &'a Prior,
    scale: f64,
    /// Products of eight v + τ² neither overflow nor vanish below this τ².
    plain_limit: f64,
    plain_start: bool,
    w: Vec<f64>,
}

impl Integrand<'_> {
    /// (ln p(τ, y), mean, variance of μ) at τ.
    #[inline]
    fn at(&mut self, tau: f64) -> (f64, f64, f64) {
        let t = tau * tau;
        let prior_precision = 1.0 / (self.prior.mu_sd * self.prior.mu_sd);
        let (mut precision, mut weighted) = (prior_precision, 0.0);
        let centre = self.prior.mu_mean;
        for ((yi, vi), w) in self.y.iter().zip(self.v).zip(self.w.iter_mut()) {
            *w = 1.0 / (vi + t);
            precision += *w;
            weighted += *w * (yi - centre);
        }
        let shift = weighted / precision;
        let mean = centre + shift;
        let mut quadratic = shift * shift * prior_precision;
        for (yi, w) in self.y.iter().zip(&self.w) {
            let r = (yi - centre) - shift;
            quadratic += w * r * r;
        }
        let mut log_weights = 0.0;
        if self.plain_start && t < self.plain_limit {
            for chunk in self.w.chunks(8) {
                log_weights += chunk.iter().product::<f64>().ln();
            }
        } else {
            log_weights = self.w.iter().map(|w| w.ln()).sum();
        }
        let log_likelihood = 0.5
            * (log_weights
                - (precision / prior_precision).ln()
                - quadratic
                - self.y.len() as f64 * LN_TWO_PI);
        (log_likelihood + self.prior.tau.log_density(tau), mean, 1.0 / precision)
    }

    /// τ and the log of dτ/dx at x.
    fn map(&self, x: f64) -> (f64, f64) {
        let up = x.exp();
        let sinh = if x < 0.5 { x.sinh() } else { 0.5 * (up - 1.0 / up) };
        (self.scale * sinh, (self.scale * 0.5 * (up + 1.0 / up)).ln())
    }

    /// Log density in x, raised by the power of τ whose moment must be exact as well.
    fn raised(&mut self, x: f64, moment: f64) -> f64 {
        let (tau, log_slope) = self.map(x);
        self.at(tau).0 + log_slope + moment * (tau / self.scale).ln_1p()
    }

    fn panel(&mut self, low: f64, high: f64) -> Draft {
        let mut draft = Draft {
            low,
            high,
            tau: [0.0; POINTS],
            log_density: [0.0; POINTS],
            mu_mean: [0.0; POINTS],
            mu_variance: [0.0; POINTS],
            resolved: false,
        };
        let (centre, half) = (0.5 * (low + high), 0.5 * (high - low));
        for i in 0..POINTS {
            let x = centre + half * rule().nodes[i];
            let (tau, log_slope) = self.map(x);
            let (value, mean, variance) = self.at(tau);
            draft.tau[i] = tau;
            draft.log_density[i] = value + log_slope;
            draft.mu_mean[i] = mean;
            draft.mu_variance[i] = variance;
        }
        draft
    }
}

impl TauGrid {
    /// Builds the grid for validated input.
    pub(crate) fn new(y: &[f64], v: &[f64], prior: &Prior) -> Result<Self, BayesError> {
        prior.validate()?;
        // Also the standard deviation of μ at τ = 0, on which the spread of a new effect turns.
        let total_precision: f64 = v.iter().map(|v| 1.0 / v).sum::<f64>() + 1.0 / (prior.mu_sd * prior.mu_sd);
        let scale = smaller(1.0 / total_precision.sqrt(), prior.tau.scale());
        let mut integrand = Integrand {
            y,
            v,
            prior,
            scale,
            plain_limit: 1e35,
            plain_start: minimum(v) > 1e-35 && maximum(v) < 1e35,
            w: vec![0.0; y.len()],
        };
        let second_moment = y.len() > 1 || !matches!(prior.tau, TauPrior::HalfCauchy(_));
        let mut drafts = lay_panels(&mut integrand, second_moment);
        refine(&mut integrand, &mut drafts);
        Ok(Self::assemble(&drafts, scale, second_moment))
    }

    fn assemble(drafts: &[Draft], scale: f64, second_moment: bool) -> Self {
        let top = drafts.iter().fold(f64::NEG_INFINITY, |top, d| larger(top, maximum(&d.log_density)));
        let rule = rule();
        let mut nodes = Vec::with_capacity(drafts.len() * POINTS);
        let mut total = 0.0;
        for draft in drafts {
            let half = 0.5 * (draft.high - draft.low);
            for i in 0..POINTS {
                let weight = half * rule.weights[i] * (draft.log_density[i] - top).exp();
                total += weight;
                nodes.push(Node {
                    tau: draft.tau[i],
                    weight,
                    mu_mean: draft.mu_mean[i],
                    mu_variance: draft.mu_variance[i],
                });
            }
        }
        for node in &mut nodes {
            node.weight /= total;
        }
        let log_marginal = top + total.ln();
        let panels = drafts
            .iter()
            .enumerate()
            .map(|(index, draft)| Panel {
                low: draft.low,
                high: draft.high,
                log_density: draft.log_density.map(|value| value - log_marginal),
                first: index * POINTS,
            })
            .collect();
        Self { scale, panels, nodes, log_marginal, second_moment }
    }

    /// Number of quadrature nodes.
    pub fn node_count(&self) -> usize {
        self.nodes.len()
    }
}

/// Where the density matters, by a coarse scan: the stretch of x, and the end of the scale of the data.
struct Stretch {
    low: f64,
    high: f64,
    sight: f64,
}

/// Scans outwards from x = 0 and closes in on the ends of the stretch that matters.
fn find_stretch(integrand: &mut Integrand<'_>, moment: f64) -> Stretch {
    let prior = integrand.prior;
    // Beyond the largest distance and standard error in sight the likelihood only falls.
    let furthest =
        integrand.y.iter().map(|y| (y - prior.mu_mean).abs()).fold(maximum(integrand.v).sqrt(), larger);
    let sight = (furthest / integrand.scale).asinh() + 1.0;
    let end = prior.tau.upper().map(|upper| (upper / integrand.scale).asinh());
    let mut scan: Vec<(f64, f64)> = Vec::with_capacity(32);
    let mut top = f64::NEG_INFINITY;
    let (mut x, mut step) = (0.0, SCAN_STEP);
    if let Some(end) = end {
        step = smaller(step, 0.5 * end);
    }
    while scan.len() < MOST_SCANNED {
        let value = integrand.raised(x, moment);
        scan.push((x, value));
        top = larger(top, value);
        if end == Some(x) || (x > sight && value < top + NEGLIGIBLE_LOG) {
            break;
        }
        if x > sight {
            step = smaller(WIDEST_STEP, 1.3 * step);
        }
        x += step;
        if let Some(end) = end.filter(|end| x > end - 0.1 * step) {
            x = end;
        }
    }
    top = sharpen(integrand, moment, &mut scan, top);
    let threshold = top + NEGLIGIBLE_LOG;
    let first = scan.iter().position(|point| point.1 > threshold).unwrap_or(0);
    let last = scan.iter().rposition(|point| point.1 > threshold).unwrap_or(scan.len() - 1);
    let mut close_in = |outside: Option<&(f64, f64)>, inside: f64| {
        let Some(&(mut outside, _)) = outside else { return inside };
        let mut inside = inside;
        for _ in 0..3 {
            let middle = 0.5 * (outside + inside);
            if integrand.raised(middle, moment) > threshold {
                inside = middle;
            } else {
                outside = middle;
            }
        }
        outside
    };
    let low = close_in(first.checked_sub(1).and_then(|i| scan.get(i)), scan[first].0);
    let high = close_in(scan.get(last + 1), scan[last].0);
    Stretch { low, high, sight }
}

/// Raises the top of the scan to the peak between its points, by parabolas, and adds the points tried.
/// A height within one half is enough.
fn sharpen(integrand: &mut Integrand<'_>, moment: f64, scan: &mut Vec<(f64, f64)>, mut top: f64) -> f64 {
    for _ in 0..12 {
        let Some(peak) = scan.iter().position(|point| point.1 == top) else { return top };
        if peak == 0 || peak + 1 >= scan.len() {
            return top;
        }
        let ((x0, f0), (x1, f1), (x2, f2)) = (scan[peak - 1], scan[peak], scan[peak + 1]);
        let (left, right) = ((f1 - f0) / (x1 - x0), (f1 - f2) / (x2 - x1));
        // The parabola through the three points turns at x1 + shift.
        let bend = left + right;
        let slope = (left * (x2 - x1) - right * (x1 - x0)) / (x2 - x0);
        let shift = 0.5 * slope * (x2 - x0) / bend;
        let gain = 0.5 * slope * shift;
        let worth_it = bend > 0.0 && gain > 0.5;
        if !worth_it {
            return top;
        }
        let x = x1 + smaller(larger(shift, 0.9 * (x0 - x1)), 0.9 * (x2 - x1));
        let value = integrand.raised(x, moment);
        scan.insert(if x > x1 { peak + 1 } else { peak }, (x, value));
        top = larger(top, value);
    }
    top
}

/// Panels over the stretch that matters.
fn lay_panels(integrand: &mut Integrand<'_>, second_moment: bool) -> Vec<Draft> {
    let stretch = find_stretch(integrand, if second_moment { 2.0 } else { 1.0 });
    let mut turn = smaller(larger(stretch.sight, stretch.low), stretch.high);
    if stretch.high - turn < 2.0 {
        turn = stretch.high;
    }
    let mut drafts = Vec::new();
    for (low, high, widest) in [(stretch.low, turn, WIDEST), (turn, stretch.high, WIDEST_TAIL)] {
        let pieces = ((high - low) / widest).ceil();
        for piece in 0..pieces as usize {
            let from = low + (high - low) * piece as f64 / pieces;
            let to = low + (high - low) * (piece as f64 + 1.0) / pieces;
            drafts.push(integrand.panel(from, to));
        }
    }
    drafts
}

/// Halves panels until the density is resolved everywhere.
fn refine(integrand: &mut Integrand<'_>, drafts: &mut Vec<Draft>) {
    let rule = rule();
    loop {
        let top = drafts.iter().fold(f64::NEG_INFINITY, |top, d| larger(top, maximum(&d.log_density)));
        let relative = |draft: &Draft| {
            let half = 0.5 * (draft.high - draft.low);
            let mut density = [0.0; POINTS];
            for (d, log) in density.iter_mut().zip(&draft.log_density) {
                *d = half * (log - top).exp();
            }
            density
        };
        let mut total = 0.0;
        for draft in drafts.iter() {
            let density = relative(draft);
            total += density.iter().zip(&rule.weights).map(|(d, w)| d * w).sum::<f64>();
        }
        let mut any = false;
        let count = drafts.len();
        let mut next = Vec::with_capacity(count + 4);
        for mut draft in drafts.drain(..) {
            if !draft.resolved {
                let c = coefficients(&relative(&draft));
                // The rule is exact for twice as many coefficients as it has points; the decay over the
                // second half of them is carried on to the first one it misses.
                let pair = |l: usize| c[l].abs() + c[l - 1].abs();
                let decay = pair(POINTS - 1) / pair(POINTS / 2 - 1);
                let error = pair(POINTS - 1) * decay * decay;
                draft.resolved = error <= PANEL_TOLERANCE * total
                    || pair(POINTS - 1) <= PANEL_TOLERANCE * total
                    || draft.high - draft.low <= 1e-9 * (1.0 + draft.high)
                    || count >= MOST_PANELS;
            }
            if draft.resolved {
                next.push(draft);
            } else {
                any = true;
                let middle = 0.5 * (draft.low + draft.high);
                next.push(integrand.panel(draft.low, middle));
                next.push(integrand.panel(middle, draft.high));
            }
        }
        *drafts = next;
        if !any {
            return;
        }
    }
}
