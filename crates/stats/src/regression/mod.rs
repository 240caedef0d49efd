//! Linear regression with absorbed factors and robust variances, in memory or from grouped sums.
//!
//! Model: y = Xβ + Σ_f D_f α_f + e, weighted by w ≥ 0 (analytic weights, as R `lm(weights)`): β minimises
//! Σ w e². The factors' coefficients α are removed first (Frisch–Waugh–Lovell), exactly; then
//! β = (X̃ᵀWX̃)⁻¹ X̃ᵀWỹ. All sums run in about 32 digits, so no published digit shows the order of the rows.
//!
//! * [`fit`] works on columns in memory, [`covariance`] adds any [`Variance`].
//! * [`GroupedSums`] takes rows in one pass and keeps sums only; [`fit_grouped`] and [`covariance_grouped`] give the
//!   same numbers from them, in memory that does not grow with the rows.
//! * [`coefficient_tests`] turns both into t statistics, p-values and intervals.
//!
//! Columns are indices; what they mean is the caller's business. Left out: instruments, resampling,
//! non-linear models, multi-way clustering beyond two.

mod absorb;
mod bell_mccaffrey;
mod bell_mccaffrey_weighted;
mod cell_index;
mod cholesky;
mod codes;
mod double_double;
mod fit;
mod grouped;
mod grouped_fit;
mod matrix;
mod moments;
mod normal;
mod sample;
mod schur;
mod test;
mod totals;
mod variance;

use thiserror::Error;

pub use absorb::Absorption;
pub use fit::{AbsorbedFactor, Fit, MemoryFit, Residualised, fit, residualise};
pub use grouped::{Engine, GroupedSums, RowBatch, advise_engine};
pub use grouped_fit::{GroupedDesign, GroupedFit, covariance_grouped, fit_grouped};
pub use matrix::SquareMatrix;
pub use sample::{Sample, Term};
pub use test::{CoefficientTest, coefficient_tests};
pub use totals::{CellTotal, ClusterTotal};
pub use variance::{ClusterMoments, Covariance, Variance, cluster_moments, covariance};

/// Why a regression or its variance cannot be computed.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum RegressionError {
    /// Two columns that describe the same rows differ in length.
    #[error("{what} has {have} rows, {need} expected")]
    LengthMismatch {
        /// The column with the wrong length.
        what: &'static str,
        /// Its length.
        have: usize,
        /// The length of the outcome.
        need: usize,
    },
    /// A batch that does not fit the sums as they were declared.
    #[error("{0}")]
    Shape(&'static str),
    /// A number is NaN or infinite.
    #[error("{what} {column} is not a finite number in row {row}")]
    NotFinite {
        /// The kind of column.
        what: &'static str,
        /// Its index among columns of the kind.
        column: usize,
        /// The row, from 0.
        row: usize,
    },
    /// A weight is negative, NaN or infinite.
    #[error("the weight of row {row} is not a finite number of at least 0")]
    Weight {
        /// The row, from 0.
        row: usize,
    },
    /// Sums of products are too large for f64.
    #[error("the sums of products overflow: rescale the columns")]
    Overflow,
    /// No row has a positive weight.
    #[error("no rows with a positive weight")]
    NoRows,
    /// A column index that does not exist.
    #[error("there is no column {0}")]
    NoColumn(usize),
    /// The number of cluster dimensions does not fit the variance.
    #[error("{variance} needs {need} cluster dimensions, {have} given")]
    ClusterDimensions {
        /// The variance asked for.
        variance: Variance,
        /// Dimensions given.
        have: usize,
        /// Dimensions needed.
        need: usize,
    },
    /// Fewer than two clusters.
    #[error("a clustered variance needs at least 2 clusters, {0} given")]
    TooFewClusters(usize),
    /// The variance is not defined or not offered for this fit.
    #[error("{variance} is not available: {reason}")]
    Unavailable {
        /// The variance asked for.
        variance: Variance,
        /// Why.
        reason: &'static str,
    },
    /// A confidence level outside the open interval (0, 1).
    #[error("confidence level {0} is not between 0 and 1")]
    Level(f64),
}
