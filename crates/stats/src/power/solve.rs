//! Power, minimum detectable effect and sample size from a standard error and its degrees of freedom.

use super::PowerError;
use super::design::{Design, Units, precision, within};
use super::noncentral::rejection;
use crate::distributions::students_t_quantile;

/// The test that is planned.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Test {
    /// Level α, in (0, 1).
    pub alpha: f64,
    /// Whether both directions count; one-sided tests look for a positive effect.
    pub two_sided: bool,
}

impl Default for Test {
    /// Two-sided at 5 %.
    fn default() -> Self {
        Self { alpha: 0.05, two_sided: true }
    }
}

impl Test {
    fn critical(&self, df: f64) -> Result<f64, PowerError> {
        within("level", self.alpha, "in (0, 0.5]", |x| x > 0.0 && x <= 0.5)?;
        within("degrees of freedom", df, "at least 1", |x| x >= 1.0)?;
        Ok(students_t_quantile(1.0 - if self.two_sided { 0.5 * self.alpha } else { self.alpha }, df))
    }
}

/// The smallest effect found with the power asked for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Detectable {
    /// Of the assignment (intention to treat), in standard deviations of the outcome.
    pub intention_to_treat: f64,
    /// On those who take up: over the difference in take-up.
    pub on_takers: f64,
}

/// Chance that a t test rejects, given the true effect, its standard error (same unit) and degrees of freedom.
///
/// # Errors
/// [`PowerError::OutOfRange`].
pub fn power_of(effect: f64, std_error: f64, df: f64, test: &Test) -> Result<f64, PowerError> {
    within("effect", effect, "a finite number", |_| true)?;
    within("standard error", std_error, "positive", |x| x > 0.0)?;
    Ok(rejection(effect / std_error, df, test.critical(df)?, test.two_sided))
}

/// The positive effect that a t test finds with the power asked for, given a standard error and its degrees
/// of freedom: also the minimum detectable effect that a finished study achieved. Unit of `std_error`.
///
/// # Errors
/// [`PowerError::OutOfRange`]: the power has to lie between α and 1.
pub fn detectable_effect(std_error: f64, df: f64, wanted: f64, test: &Test) -> Result<f64, PowerError> {
    within("standard error", std_error, "positive", |x| x > 0.0)?;
    let critical = test.critical(df)?;
    within("power", wanted, "between the level and 1", |x| x > test.alpha && x < 1.0)?;
    let reached = |delta: f64| rejection(delta, df, critical, test.two_sided) >= wanted;
    let mut high = critical + 1.0;
    while !reached(high) && high < 1e6 {
        high *= 2.0;
    }
    let mut low = 0.0;
    // Sixty halvings reach the last digits of any noncentrality met here.
    for _ in 0..60 {
        let middle = 0.5 * (low + high);
        if reached(middle) {
            high = middle;
        } else {
            low = middle;
        }
    }
    Ok(high * std_error)
}

/// Power of a design for an intention-to-treat effect in standard deviations of the outcome.
///
/// # Errors
/// As [`precision`] and [`power_of`].
pub fn power(design: &Design, effect: f64, test: &Test) -> Result<f64, PowerError> {
    let precision = precision(design)?;
    power_of(effect, precision.std_error, precision.df, test)
}

/// The smallest effect a design finds with power `wanted`.
///
/// # Errors
/// As [`precision`] and [`detectable_effect`].
pub fn minimum_detectable_effect(
    design: &Design,
    wanted: f64,
    test: &Test,
) -> Result<Detectable, PowerError> {
    let precision = precision(design)?;
    let effect = detectable_effect(precision.std_error, precision.df, wanted, test)?;
    Ok(Detectable { intention_to_treat: effect, on_takers: effect / design.take_up })
}

/// The smallest whole number of units (clients, or clusters of the design's size) with which the design finds
/// an intention-to-treat effect (standard deviations) with power `wanted`; the count in `design` is not used.
///
/// # Errors
/// As [`power`]; [`PowerError::Unreachable`] when 10⁹ units do not reach it.
pub fn sample_needed(design: &Design, effect: f64, wanted: f64, test: &Test) -> Result<u64, PowerError> {
    within("effect", effect, "not 0", |x| x != 0.0)?;
    within("power", wanted, "between the level and 1", |x| x > test.alpha && x < 1.0)?;
    let reached = |units: u64| -> Result<bool, PowerError> {
        let count = units as f64;
        let units = match design.units {
            Units::Individuals { .. } => Units::Individuals { count },
            Units::Clusters { mean_size, size_cv, icc, .. } => {
                Units::Clusters { count, mean_size, size_cv, icc }
            }
        };
        match power(&Design { units, ..*design }, effect, test) {
            Err(PowerError::DegreesOfFreedom(_)) => Ok(false),
            found => Ok(found? >= wanted),
        }
    };
    let (mut low, mut high) = (1, 2);
    while !reached(high)? {
        if high > 1_000_000_000 {
            return Err(PowerError::Unreachable);
        }
        (low, high) = (high, 2 * high);
    }
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        if reached(middle)? {
            high = middle;
        } else {
            low = middle;
        }
    }
    Ok(high)
}
