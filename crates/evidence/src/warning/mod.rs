//! Early warning: each client's chance of distress in the next periods, from the institution's own history.
//!
//! [`History`] → [`Cut`] (what was known before a period, and nothing after) → [`Feature`]s → a ridge logit fitted on the
//! periods whose outcome was known at the cut-off, its penalty chosen forward in time → judged on the periods after it →
//! a list of as many clients as the officers can visit, each with three reasons in words.
//!
//! Distress: more than `distress_days` days late in any of the next `horizon` periods. At risk are clients with a record
//! in the period before the cut who are not in distress already. A client who leaves with part of the window unseen has
//! no outcome and is counted apart. Sex, age and area are never features; they are what the table of fairness is by.
//!
//! Left out: survival models with competing exits, features that compare clients with their branch, and any use of the
//! list beyond the institution: it names clients, so it never becomes a finding.

mod cut;
mod features;
mod judge;
mod leaks;
mod rows;
#[cfg(test)]
mod tests;
mod train;

use std::num::NonZeroUsize;

use thiserror::Error;
use whatworks_stats::logit::LogitError;

pub use cut::{ClientHistory, Cut, History, Periods, Record};
pub use features::{Feature, Theme, standard_features};
pub use judge::{AGE_BANDS, Fairness, Performance, SMALL_GROUP};
pub use leaks::find_leaks;
pub use rows::{Rows, RowsCount, rows_at};
pub use train::{Coefficient, EarlyWarning, Listed, warn};

/// Features made anew from a history: the guard against leaks calls it with histories that were tampered with.
pub type FeatureMaker<'a> = dyn Fn(&History) -> Vec<Feature> + 'a;

/// What to warn of, and how many clients can be visited.
#[derive(Debug, Clone, PartialEq)]
pub struct WarningSettings {
    /// Periods that the warning looks ahead, at least 1.
    pub horizon: i64,
    /// More days late than this is distress.
    pub distress_days: f64,
    /// The cut-off: the model is fitted on what was known before this period and judged from it on.
    pub test_from: i64,
    /// Clients on the list of each period.
    pub capacity: usize,
    /// Threads at most.
    pub threads: NonZeroUsize,
}

/// Why no warning can be given.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum WarningFault {
    /// A feature reads what happened after the cut.
    #[error("the feature “{0}” reads what happened after the cut-off")]
    Leak(String),
    /// The history is too short or holds no distress.
    #[error("{0}")]
    TooLittle(String),
    /// A setting outside its range.
    #[error("{0}")]
    Setting(&'static str),
    /// The mathematics stopped.
    #[error(transparent)]
    Logit(#[from] LogitError),
}
