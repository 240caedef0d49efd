//! The posterior of τ on an adaptive Gauss–Legendre grid.
//!
//! With w = 1/(v + τ²) and Λ = 1/s₀² + Σw, the mean of μ given τ is m = (m₀/s₀² + Σwy)/Λ, its variance
//! 1/Λ, and ln p(y | τ) = ½Σ ln w − ½ ln(s₀²Λ) − ½[Σw(y − m)² + (m − m₀)²/s₀²] − (k/2) ln 2π.
//!
//! τ = s·sinh x, with s the smaller of 1/√Σ(1/v) and the prior's scale, is linear where the likelihood is
//! flat and logarithmic beyond, so ten orders of magnitude are a few dozen units of x. Panels of 16 points
//! are laid from x = 0 until the remaining mass (and second moment) is negligible, then halved until the
//! last Legendre coefficients of the density vanish. The poles of the integrand lie at imaginary τ of size
//! √v, hence about π/2 from the real x axis: a panel of width 1.25 converges like 4⁻³².

use super::BayesError;
use super::prior::{Prior, TauPrior};
use super::rule::{POINTS, coefficients, interpolate, rule, series};
use crate::distributions::LN_TWO_PI;
use crate::num::{larger, maximum, minimum, smaller};

/// Width of the first panels.
const FIRST_WIDTH: f64 = 1.25;
/// Widest panel in the far tail.
const WIDEST: f64 = 6.0;
/// Log of the mass, relative to the top, at which the tail ends.
const TAIL_END: f64 = -34.0;
/// Size of a panel's last two Legendre coefficients, relative to the whole mass, above which it is halved.
/// The 16-point rule integrates twice as many coefficients, so the mass itself is far more exact than this.
const PANEL_TOLERANCE: f64 = 1e-10;
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

/// A panel of 16 consecutive nodes.
#[derive(Debug, Clone, PartialEq)]
struct Panel {
    low: f64,
    high: f64,
    /// Mass below the panel.
    below: f64,
    /// Mass inside.
    mass: f64,
    first: usize,
    /// Legendre coefficients of the density over the panel's own coordinate.
    series: [f64; POINTS],
}

/// The posterior of τ, with the normal posterior of μ at each node.
#[derive(Debug, Clone, PartialEq)]
pub struct TauGrid {
    scale: f64,
    panels: Vec<Panel>,
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
    /// Products of four v + τ² neither overflow nor vanish below this τ².
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
            for chunk in self.w.chunks(4) {
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
            let up = x.exp();
            let sinh = if x < 0.5 { x.sinh() } else { 0.5 * (up - 1.0 / up) };
            draft.tau[i] = self.scale * sinh;
            let (value, mean, variance) = self.at(draft.tau[i]);
            draft.log_density[i] = value + (self.scale * 0.5 * (up + 1.0 / up)).ln();
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
        let total_precision: f64 = v.iter().map(|v| 1.0 / v).sum();
        let scale = smaller(1.0 / total_precision.sqrt(), prior.tau.scale());
        let mut integrand = Integrand {
            y,
            v,
            prior,
            scale,
            plain_limit: 1e70,
            plain_start: minimum(v) > 1e-70 && maximum(v) < 1e70,
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
        let mut panels = Vec::with_capacity(drafts.len());
        let mut nodes = Vec::with_capacity(drafts.len() * POINTS);
        let mut total = 0.0;
        for draft in drafts {
            let half = 0.5 * (draft.high - draft.low);
            let mut density = [0.0; POINTS];
            let mut mass = 0.0;
            let first = nodes.len();
            for i in 0..POINTS {
                density[i] = half * (draft.log_density[i] - top).exp();
                let weight = density[i] * rule.weights[i];
                mass += weight;
                nodes.push(Node {
                    tau: draft.tau[i],
                    weight,
                    mu_mean: draft.mu_mean[i],
                    mu_variance: draft.mu_variance[i],
                });
            }
            panels.push(Panel {
                low: draft.low,
                high: draft.high,
                below: total,
                mass,
                first,
                series: coefficients(&density),
            });
            total += mass;
        }
        for node in &mut nodes {
            node.weight /= total;
        }
        for panel in &mut panels {
            panel.below /= total;
            panel.mass /= total;
            for c in &mut panel.series {
                *c /= total;
            }
        }
        Self { scale, panels, nodes, log_marginal: top + total.ln(), second_moment }
    }

    /// Position of the quantile `p` of τ: its panel and the coordinate in it, by safeguarded Newton on the
    /// integrated Legendre series.
    fn locate(&self, p: f64) -> (&Panel, f64) {
        let index = self.panels.partition_point(|panel| panel.below <= p).saturating_sub(1);
        let panel = &self.panels[index];
        let target = p - panel.below;
        let (mut low, mut high) = (-1.0, 1.0);
        let mut x = if panel.mass > 0.0 { 2.0 * target / panel.mass - 1.0 } else { 0.0 };
        x = smaller(larger(x, -1.0), 1.0);
        for _ in 0..100 {
            let (density, integral) = series(&panel.series, x);
            let error = integral - target;
            if error > 0.0 {
                high = x;
            } else {
                low = x;
            }
            let step = error / density;
            if step.abs() <= 1e-15 {
                break;
            }
            let next = x - step;
            x = if next > low && next < high { next } else { 0.5 * (low + high) };
            if high - low < 1e-16 {
                break;
            }
        }
        (panel, x)
    }

    /// The x = asinh(τ/s) of a panel coordinate, as τ.
    fn tau_at(&self, panel: &Panel, coordinate: f64) -> f64 {
        let x = 0.5 * (panel.low + panel.high) + 0.5 * (panel.high - panel.low) * coordinate;
        self.scale * x.sinh()
    }

    /// Posterior quantile of τ.
    pub fn tau_quantile(&self, p: f64) -> f64 {
        let (panel, coordinate) = self.locate(p);
        self.tau_at(panel, coordinate)
    }

    /// Posterior quantile of τ with the mean and standard deviation of μ given that τ.
    pub(crate) fn tau_and_mu(&self, p: f64) -> (f64, f64, f64) {
        let (panel, coordinate) = self.locate(p);
        let nodes = &self.nodes[panel.first..panel.first + POINTS];
        let mean = interpolate(|i| nodes[i].mu_mean, coordinate);
        let variance = interpolate(|i| nodes[i].mu_variance, coordinate);
        (self.tau_at(panel, coordinate), mean, variance.sqrt())
    }

    /// Number of quadrature nodes.
    pub fn node_count(&self) -> usize {
        self.nodes.len()
    }
}

/// Lays panels from x = 0 outwards until what remains is negligible.
fn lay_panels(integrand: &mut Integrand<'_>, second_moment: bool) -> Vec<Draft> {
    let prior = integrand.prior;
    // Beyond the largest distance and standard error in sight the likelihood only falls.
    let furthest =
        integrand.y.iter().map(|y| (y - prior.mu_mean).abs()).fold(maximum(integrand.v).sqrt(), larger);
    let sight = (furthest / integrand.scale).asinh() + 1.0;
    let end = prior.tau.upper().map(|upper| (upper / integrand.scale).asinh());
    let moment = if second_moment { 2.0 } else { 1.0 };
    let mut drafts = Vec::new();
    let mut top = f64::NEG_INFINITY;
    let (mut low, mut width) = (0.0, FIRST_WIDTH);
    while drafts.len() < MOST_PANELS {
        let mut high = low + width;
        let last = end.is_some_and(|end| high >= end - 0.25 * width);
        if let Some(end) = end.filter(|_| last) {
            high = end;
        }
        let draft = integrand.panel(low, high);
        let with_moment = |i: usize| draft.log_density[i] + moment * (draft.tau[i] / integrand.scale).ln_1p();
        let mut panel_top = f64::NEG_INFINITY;
        for i in 0..POINTS {
            panel_top = larger(panel_top, with_moment(i));
        }
        let remaining = with_moment(POINTS - 1);
        drafts.push(draft);
        top = larger(top, panel_top);
        low = high;
        if last || (low > sight && remaining < top + TAIL_END) {
            break;
        }
        if low > sight {
            width = smaller(WIDEST, 1.5 * width);
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
                let rest = c[POINTS - 1].abs() + c[POINTS - 2].abs();
                draft.resolved = rest <= PANEL_TOLERANCE * total
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
