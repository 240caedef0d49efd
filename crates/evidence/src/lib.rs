//! The argument: how findings pool, how certain that is, how practices rank by value to clients.
//!
//! Pure functions over `domain` and `stats`: no clock, no database, no page. Orchestration lives here, arithmetic in
//! `stats`. The path: [`read`] or [`effect`] → [`synthesis`] (eligibility, double-count guard, scale suspicion, measure,
//! pool) → [`certainty`] and [`verdict`] → [`map`] and [`ranking`]. Votes of a discussion go through [`opinion`]; an institution's
//! early warnings, which never leave it, through [`warning`].

pub mod base;
pub mod certainty;
pub mod claims;
pub mod disclosure;
pub mod effect;
pub mod eligibility;
pub mod estimate;
pub mod map;
pub mod opinion;
pub mod packet;
pub mod ranking;
pub mod read;
pub mod scale;
pub mod summary;
pub mod synthesis;
pub mod verdict;
pub mod warning;

/// The words of the mathematics that callers of this crate need, so that they need not depend on `stats` themselves.
pub mod stats {
    pub use whatworks_stats::bayes::TauPrior;
    pub use whatworks_stats::meta::{IntervalMethod, PredictionMethod, Tau2Method};
}
