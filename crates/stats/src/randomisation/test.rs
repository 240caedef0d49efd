//! The randomisation test: p-values and the interval of a constant effect.

use rand::Rng;

use super::RandomisationError;
use super::assignments::{count, draw, visit_all};
use super::units::{Experiment, Units};
use crate::bootstrap::{PValues, Shifted, invert, p_values};

/// How to test.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RandomisationOptions {
    /// Random assignments B. All that are possible are used instead when they are no more.
    pub draws: usize,
    /// The constant effect τ₀ under the null hypothesis.
    pub null: f64,
    /// Level of the intervals, 0.95 say.
    pub level: f64,
}

impl Default for RandomisationOptions {
    /// No effect, 9,999 draws, 95 %.
    fn default() -> Self {
        Self { draws: 9_999, null: 0.0, level: 0.95 }
    }
}

/// Outcome of a randomisation test.
#[derive(Debug, Clone, PartialEq)]
pub struct RandomisationTest {
    /// Coefficient of the treatment, in units of the outcome.
    pub estimate: f64,
    /// Its standard error clustered by unit, times √(G/(G − 1)) (CR1).
    pub std_error: f64,
    /// (estimate − null)/standard error.
    pub statistic: f64,
    /// Units G.
    pub units: usize,
    /// Treated units.
    pub treated_units: usize,
    /// Assignments that could have been drawn; infinite beyond the range of f64.
    pub assignments: f64,
    /// Assignments used.
    pub draws: usize,
    /// Whether these were all.
    pub complete: bool,
    /// p-values of the null by the studentised statistic.
    pub p_values: PValues,
    /// Constant effects that the symmetric test does not reject; an end may be infinite.
    pub interval_symmetric: (f64, f64),
    /// Constant effects that the equal-tailed test does not reject; an end may be infinite.
    pub interval_equal_tailed: (f64, f64),
    /// Assignments under which the statistic has no variance; they count as beyond.
    pub without_variance: usize,
}

const MOST_DRAWS: usize = 10_000_000;

/// Runs a randomisation test.
///
/// # Errors
/// Any [`RandomisationError`].
pub fn randomisation_test<R: Rng + ?Sized>(
    experiment: &Experiment,
    options: &RandomisationOptions,
    rng: &mut R,
) -> Result<RandomisationTest, RandomisationError> {
    if options.draws == 0 || options.draws > MOST_DRAWS {
        return Err(RandomisationError::Draws(options.draws));
    }
    if !(options.level > 0.0 && options.level < 1.0) {
        return Err(RandomisationError::Level(options.level));
    }
    if !options.null.is_finite() {
        return Err(RandomisationError::NotFinite);
    }
    let units = Units::new(experiment)?;
    let (observed, square) = units.evaluate(&units.observed);
    let estimate = observed.numerator[0] / square;
    let error = observed.at(estimate).1 / square;
    if !(estimate.is_finite() && error > 0.0) {
        return Err(RandomisationError::NoVariance);
    }
    let assignments = count(&units.strata);
    let complete = assignments <= options.draws as f64;
    let mut draws: Vec<Shifted> = Vec::new();
    if complete {
        visit_all(&units.strata, units.count(), |assignment| draws.push(units.evaluate(assignment).0));
    } else {
        let mut order: Vec<Vec<usize>> = units.strata.iter().map(|s| s.units.clone()).collect();
        let mut assignment = vec![0.0; units.count()];
        for _ in 0..options.draws {
            draw(&units.strata, &mut order, &mut assignment, rng);
            draws.push(units.evaluate(&assignment).0);
        }
    }
    let statistic = |effect: f64| {
        let (numerator, root) = observed.at(effect);
        numerator / root
    };
    let test = |effect: f64| p_values(&draws, complete, statistic(effect), effect);
    let groups = units.count() as f64;
    let correction = (groups / (groups - 1.0)).sqrt();
    Ok(RandomisationTest {
        estimate,
        std_error: error * correction,
        statistic: statistic(options.null) / correction,
        units: units.count(),
        treated_units: units.observed.iter().filter(|d| **d > 0.0).count(),
        assignments,
        draws: draws.len(),
        complete,
        p_values: test(options.null),
        interval_symmetric: invert(estimate, error, options.level, |effect| test(effect).symmetric),
        interval_equal_tailed: invert(estimate, error, options.level, |effect| test(effect).equal_tailed),
        without_variance: draws.iter().filter(|draw| draw.at(options.null).1 == 0.0).count(),
    })
}
