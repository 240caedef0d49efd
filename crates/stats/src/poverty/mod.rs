//! Poverty rates from scorecards: scores to likelihoods, likelihoods to the rate of a group, its error, its change, and how
//! many interviews that takes.
//!
//! A scorecard gives each score from 0 to 100 a likelihood of being below a poverty line ([`Lookup`]). The rate of a group
//! is the mean likelihood, never the likelihood of the mean score ([`group_rate`]). Errors, changes and sample sizes are
//! those of the Simple Poverty Scorecard (Schreiner, "Simple Poverty Scorecard Tool: Ethiopia", 2016, sections 5 to 7):
//! α, the precision factor of the line, is how much wider a scorecard's interval is than that of a direct measurement.
//!
//! α and bias are those of the survey behind the scorecard: they hold for its country and its year and drift from there.
//! A change is not an impact. Left out: how scorecards are made; comparisons between scorecards, whose errors differ.

mod lookup;
mod planning;
mod rate;

use thiserror::Error;

pub use lookup::{Lookup, SCORES};
pub use planning::{
    interviews_for_change, interviews_for_change_of_same, interviews_for_rate, interviews_from_population,
    planned_transitions,
};
pub use rate::{
    Change, GroupRate, LineAccuracy, change_between_samples, change_of_same, finite_population, group_rate,
};

/// Why a rate cannot be computed.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum PovertyError {
    /// A table that does not have a likelihood for each score.
    #[error("a table has one likelihood for each score from 0 to 100: {have} given")]
    Table {
        /// How many were given.
        have: usize,
    },
    /// A likelihood outside 0 to 100 per cent.
    #[error("score {score}: {percent} is no percentage")]
    Percent {
        /// The score.
        score: usize,
        /// What was given.
        percent: f64,
    },
    /// A score outside 0 to 100.
    #[error("{score} is no score: they go from 0 to 100")]
    Score {
        /// The score.
        score: i64,
    },
    /// A score for which the table has no likelihood.
    #[error("the table has no likelihood for score {score}")]
    NoLikelihood {
        /// The score.
        score: usize,
    },
    /// A likelihood that is no share.
    #[error("household {}: the likelihood has to be between 0 and 1", row + 1)]
    Likelihood {
        /// The row, from 0.
        row: usize,
    },
    /// No household.
    #[error("there is no household to take the mean of")]
    Nobody,
    /// Lists of different lengths.
    #[error("{have} households in one list, {need} in the other")]
    Length {
        /// One.
        have: usize,
        /// The other.
        need: usize,
    },
    /// More households in the sample than there are.
    #[error("the population has {population} households, fewer than the {n} of the sample")]
    Population {
        /// Households in the population.
        population: f64,
        /// Households in the sample.
        n: usize,
    },
}
