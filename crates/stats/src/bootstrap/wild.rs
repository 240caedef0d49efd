//! The wild cluster bootstrap of one coefficient: draws, p-values, intervals.

use rand::Rng;

use super::BootstrapError;
use super::draws::draw_all;
use super::inversion::{PValues, Shifted, invert, p_values};
use super::problem::WildProblem;
use super::weights::{Source, WildWeights};
use crate::regression::Term;

/// How to bootstrap.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WildOptions {
    /// Distribution of the weights; none: [`WildWeights::default_for`] the number of clusters.
    pub weights: Option<WildWeights>,
    /// Whether residuals come from the fit under the null hypothesis (the default, which keeps the size
    /// better) or from the unrestricted fit.
    pub impose_null: bool,
    /// Random draws B. All combinations of Rademacher or Webb weights are used instead when they are no more.
    pub draws: usize,
    /// The value of the coefficient under the null hypothesis.
    pub null: f64,
    /// Level of the intervals, 0.95 say.
    pub level: f64,
}

impl Default for WildOptions {
    /// Null of 0 imposed, 9,999 draws, default weights, 95 % intervals.
    fn default() -> Self {
        Self { weights: None, impose_null: true, draws: 9_999, null: 0.0, level: 0.95 }
    }
}

/// Outcome of a wild cluster bootstrap.
#[derive(Debug, Clone, PartialEq)]
pub struct WildBootstrap {
    /// The term tested.
    pub term: Term,
    /// Its estimate.
    pub estimate: f64,
    /// CR1S standard error.
    pub std_error: f64,
    /// (estimate − null)/standard error.
    pub statistic: f64,
    /// Clusters G.
    pub clusters: usize,
    /// Weights used.
    pub weights: WildWeights,
    /// Whether the null was imposed.
    pub null_imposed: bool,
    /// Draws made.
    pub draws: usize,
    /// Whether these were all combinations of weights that exist.
    pub complete: bool,
    /// p-values of the null.
    pub p_values: PValues,
    /// Values of the coefficient that the symmetric test does not reject; an end may be infinite.
    pub interval_symmetric: (f64, f64),
    /// Values that the equal-tailed test does not reject; an end may be infinite.
    pub interval_equal_tailed: (f64, f64),
    /// Draws whose own variance is 0 (too few clusters vary); they count as beyond.
    pub without_variance: usize,
}

pub(crate) const MOST_DRAWS: usize = 10_000_000;

/// Runs a wild cluster bootstrap.
///
/// # Errors
/// [`BootstrapError::Draws`], [`BootstrapError::Level`], [`BootstrapError::NotFinite`].
pub fn wild_bootstrap<R: Rng + ?Sized>(
    problem: &WildProblem,
    options: &WildOptions,
    rng: &mut R,
) -> Result<WildBootstrap, BootstrapError> {
    if options.draws == 0 || options.draws > MOST_DRAWS {
        return Err(BootstrapError::Draws(options.draws));
    }
    if !(options.level > 0.0 && options.level < 1.0) {
        return Err(BootstrapError::Level(options.level));
    }
    if !options.null.is_finite() {
        return Err(BootstrapError::NotFinite);
    }
    let weights = options.weights.unwrap_or_else(|| WildWeights::default_for(problem.clusters));
    let (mut source, count) = Source::new(weights, problem.clusters, options.draws, rng);
    let complete = source.enumerates();
    let mut draws = draw_all(problem, &mut source, count);
    if !options.impose_null {
        for draw in &mut draws {
            *draw = Shifted { numerator: [draw.numerator[0], 0.0], variance: [draw.variance[0], 0.0, 0.0] };
        }
    }
    let error = problem.plain_error();
    let test = |value: f64| {
        let shift = problem.estimate - value;
        p_values(&draws, complete, shift / error, shift)
    };
    let null_shift = problem.estimate - options.null;
    let std_error = error * problem.correction.sqrt();
    Ok(WildBootstrap {
        term: problem.term,
        estimate: problem.estimate,
        std_error,
        statistic: null_shift / std_error,
        clusters: problem.clusters,
        weights,
        null_imposed: options.impose_null,
        draws: count,
        complete,
        p_values: test(options.null),
        interval_symmetric: invert(problem.estimate, error, options.level, |r| test(r).symmetric),
        interval_equal_tailed: invert(problem.estimate, error, options.level, |r| test(r).equal_tailed),
        without_variance: draws.iter().filter(|draw| draw.at(null_shift).1 == 0.0).count(),
    })
}
