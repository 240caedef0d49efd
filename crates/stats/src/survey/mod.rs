//! Statistics of samples that were drawn in strata and clusters with weights from a finite population.
//!
//! [`Design`] says how; [`mean`], [`total`], [`ratio`] (over all or a [`Domain`]) and [`quantiles`] give estimates with
//! errors that follow from it, [`design_effect`] how much less a clustered sample tells than a simple one. Checked against
//! R's survey 4.1. Left out: regression, replicate weights, calibration.

mod design;
mod estimate;
mod quantile;
mod variance;

use thiserror::Error;

pub use design::{Design, LonelyUnit, Stage};
pub use estimate::{Domain, SurveyEstimate, design_effect, mean, ratio, total};
pub use quantile::{SurveyQuantile, quantiles};

/// Why a sample cannot be used as it stands. Rows count from 0.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum SurveyError {
    /// A list with another number of values than there are rows.
    #[error("every list needs one value for each of the {rows} rows")]
    Length {
        /// Rows.
        rows: usize,
    },
    /// A weight that is negative or not a number, or no positive weight at all.
    #[error("row {}: a weight has to be a number of at least 0, and one of all above 0", row + 1)]
    Weight {
        /// The row.
        row: usize,
    },
    /// A value that is not a number.
    #[error("row {}: the value is not a number", row + 1)]
    Value {
        /// The row.
        row: usize,
    },
    /// A stratum with fewer units than were drawn from it.
    #[error("row {}: its stratum has fewer units than were drawn", row + 1)]
    Population {
        /// The row.
        row: usize,
    },
    /// No stage.
    #[error("a design needs a stage: every row a unit, at least")]
    NoStage,
    /// Strata with a single unit.
    #[error(
        "{strata} strata have one unit each, so their variance is unknown: join them with others, or say how to count them"
    )]
    Lonely {
        /// How many.
        strata: usize,
    },
    /// Nothing to average over.
    #[error("there is nothing to divide by")]
    Empty,
    /// A share outside 0 to 1.
    #[error("{share} is no share between 0 and 1")]
    Share {
        /// The share.
        share: f64,
    },
}

fn same_length(have: usize, rows: usize) -> Result<(), SurveyError> {
    if have == rows { Ok(()) } else { Err(SurveyError::Length { rows }) }
}
