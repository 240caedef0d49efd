//! Adjusted p-values when several hypotheses are tested at once.
//!
//! * Family-wise error: Bonferroni, Šidák, Holm (1979), Holm–Šidák, Hochberg (1988), Hommel (1988), and the
//!   Romano–Wolf step-down over resampled statistics ([`romano_wolf`]).
//! * False discovery rate: Benjamini–Hochberg (1995), Benjamini–Yekutieli (2001), the two-stage procedures of
//!   Benjamini, Krieger and Yekutieli (2006) at a fixed level, and the sharpened q-values of Anderson (2008)
//!   ([`Adjustment::SharpenedQ`]), which search the level at which each hypothesis is first rejected.
//!
//! An adjusted p-value is the smallest level at which the procedure rejects the hypothesis (the two-stage
//! procedures at a fixed level excepted: see [`Adjustment::TwoStageBky`]). Results keep the order of the input.
//!
//! Left out: weighted hypotheses, gatekeeping and graphical procedures, adaptive π₀ estimates (Storey 2002).

mod step;
mod stepdown;

use thiserror::Error;

pub use step::{Adjustment, adjust};
pub use stepdown::{RomanoWolf, romano_wolf};

/// Why a family of tests cannot be adjusted.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum MultipleTestingError {
    /// A p-value outside [0, 1], or NaN.
    #[error("p-value {index} is not between 0 and 1")]
    NotAProbability {
        /// Position, from 0.
        index: usize,
    },
    /// The level of a two-stage procedure lies outside (0, 1).
    #[error("level {0} is not between 0 and 1")]
    Level(f64),
    /// The resampled statistics are not whole rows of one statistic per hypothesis, or there is none.
    #[error("{have} resampled statistics given, a positive multiple of {hypotheses} expected")]
    Shape {
        /// Resampled statistics given.
        have: usize,
        /// Hypotheses.
        hypotheses: usize,
    },
    /// An observed or resampled statistic is NaN.
    #[error("statistic {index} is not a number")]
    NotANumber {
        /// Position in the slice it came from, from 0.
        index: usize,
    },
}
