//! A penalised logit that a person can read, and how well its probabilities hold afterwards.
//!
//! * [`fit_logit`]: ridge, lasso or between, on standardised columns; [`Logit::contributions`] splits a probability into
//!   what each column adds.
//! * [`choose_penalty`]: the penalty by validation forward in time: fitted on what was known by then, judged on what came
//!   after. Never by random folds, which let the future explain the past.
//! * [`calibration`]: intercept and slope with errors, reliability by tenths, Brier score.
//! * [`discrimination`]: area under the receiver operating characteristic, with its interval.
//! * [`flag_most`], [`at_capacity`], [`by_group`]: who stands on a list of stated length, how many of them and of all had
//!   the event, and the same by group.
//!
//! Columns are indices and outcomes are yes or no; what they mean is the caller's business. Left out: interactions,
//! trees, standard errors of penalised coefficients (they have none that mean what readers expect).

mod calibration;
mod capacity;
mod choice;
mod discrimination;
mod fit;

use thiserror::Error;

pub use calibration::{Calibration, Tenth, calibration};
pub use capacity::{Capacity, GroupReading, at_capacity, by_group, flag_most};
pub use choice::{PenaltyChoice, TimedRows, choose_penalty};
pub use discrimination::{Discrimination, discrimination};
pub use fit::{Logit, LogitRows, Penalty, fit_logit};

/// Why a logit or a measure of it cannot be computed.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum LogitError {
    /// Slices that describe the same rows differ in length.
    #[error("{what}: {have} given, {need} needed")]
    Length {
        /// What was given.
        what: &'static str,
        /// How many.
        have: usize,
        /// How many are needed.
        need: usize,
    },
    /// An infinite value; NaN stands for missing and is allowed.
    #[error("column {column} of row {row} is infinite")]
    Infinite {
        /// The row, from 0.
        row: usize,
        /// The column, from 0.
        column: usize,
    },
    /// All outcomes are alike, so nothing tells them apart.
    #[error("all {0} outcomes are alike")]
    OneOutcome(usize),
    /// A setting outside its range.
    #[error("{0}")]
    Setting(&'static str),
    /// A probability outside [0, 1].
    #[error("the probability of row {0} is not between 0 and 1")]
    Probability(usize),
}

pub(crate) fn same_length(what: &'static str, have: usize, need: usize) -> Result<(), LogitError> {
    if have == need { Ok(()) } else { Err(LogitError::Length { what, have, need }) }
}

/// Lengths, probabilities and that both outcomes occur.
pub(crate) fn check_forecast(probability: &[f64], happened: &[bool]) -> Result<(), LogitError> {
    same_length("outcomes", happened.len(), probability.len())?;
    if let Some(row) = probability.iter().position(|p| !(0.0..=1.0).contains(p)) {
        return Err(LogitError::Probability(row));
    }
    let events = happened.iter().filter(|yes| **yes).count();
    if events == 0 || events == happened.len() {
        return Err(LogitError::OneOutcome(happened.len()));
    }
    Ok(())
}

/// 1/(1 + e^−η), without overflow.
pub(crate) fn logistic(eta: f64) -> f64 {
    if eta >= 0.0 {
        1.0 / (1.0 + (-eta).exp())
    } else {
        let power = eta.exp();
        power / (1.0 + power)
    }
}

/// Numbers between 0 and 1 that look drawn, for tests.
#[cfg(test)]
pub(crate) fn digit(row: usize, at: usize) -> f64 {
    // SplitMix64 (Steele, Lea and Flood 2014).
    let mut z = ((row * 64 + at) as u64).wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    ((z ^ (z >> 31)) >> 11) as f64 / 9_007_199_254_740_992.0
}
