//! The analysis sample: the columns of a study, one row per client (and period), in a fixed order; and, for records too
//! many to hold, what a scan counts instead of it.
//!
//! Rows are ordered by client key, ties by the whole row, before anything becomes a matrix; the order of the file never
//! reaches a result. Missing numbers are NaN, missing categories [`Category::MISSING`]; nothing is filled in.

use crate::study::FlowStep;
use std::collections::BTreeMap;

/// What a study needs from the records.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SampleRequest {
    /// Column of the client key; row number in the file when absent.
    pub client: Option<String>,
    /// Columns read as numbers (true and false read as 1 and 0).
    pub numbers: Vec<String>,
    /// Columns read as categories.
    pub categories: Vec<String>,
    /// Only rows whose column holds this value, as text.
    pub rows: BTreeMap<String, String>,
}

/// A column of categories as codes into its levels.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Category {
    /// One code a row.
    pub codes: Vec<u32>,
    /// The values, sorted as text (as numbers when all are numbers).
    pub levels: Vec<String>,
}

impl Category {
    /// Code of a missing value.
    pub const MISSING: u32 = u32::MAX;
}

/// The columns of a study.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct AnalysisSample {
    /// Number of rows.
    pub rows: usize,
    /// Client key of each row.
    pub clients: Vec<String>,
    /// Numeric columns by name, each of `rows` values; NaN is missing.
    pub numbers: BTreeMap<String, Vec<f64>>,
    /// Categorical columns by name.
    pub categories: BTreeMap<String, Category>,
    /// From the file to these rows.
    pub flow: Vec<FlowStep>,
}

/// What a scan adds up for one outcome, where the rows are too many to hold.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SumsRequest {
    /// Column of the outcome.
    pub outcome: String,
    /// Column of the arm, 1 and 0.
    pub arm: String,
    /// Further regressors.
    pub covariates: Vec<String>,
    /// Column of the clusters.
    pub cluster: String,
    /// Columns of the factors to absorb.
    pub factors: Vec<String>,
    /// Column that tells people apart; each row is a person when absent.
    pub person: Option<String>,
    /// Only rows whose column holds this value, as text.
    pub rows: BTreeMap<String, String>,
}

/// Rows and people of a study of one outcome, counted in a scan.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct OutcomeTotals {
    /// Rows in the file.
    pub rows_in_file: u64,
    /// Rows that the plan keeps.
    pub rows_kept: u64,
    /// Columns in the order in which rows that lack them were dropped, and how many; the outcome last.
    pub dropped: Vec<(String, u64)>,
    /// A value of the arm that is neither 0 nor 1, where there is one.
    pub strange_arm: Option<f64>,
    /// The comparison and the treated.
    pub arms: [ArmTotals; 2],
    /// Smaller and larger value of an outcome that takes no more than two.
    pub two_values: Option<(f64, f64)>,
    /// Different rows of arm and covariates, and rows in the smallest; counting stops at
    /// [`OutcomeTotals::MOST_COVARIATE_CELLS`].
    pub covariate_cells: u64,
    /// Rows in the smallest of them; 0 when counting stopped.
    pub smallest_covariate_cell: u64,
}

impl OutcomeTotals {
    /// Different rows of covariates at which counting stops: far more than a regression has parameters.
    pub const MOST_COVARIATE_CELLS: u64 = 4096;
}

/// One arm of a study, counted in a scan.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ArmTotals {
    /// Rows with everything but the outcome.
    pub rows: u64,
    /// Of them those with the outcome.
    pub recorded: u64,
    /// Mean of the outcome.
    pub mean: f64,
    /// Standard deviation of the outcome, divisor n − 1.
    pub sd: f64,
    /// The people behind the recorded rows; `None` when they are too many to tell apart or some cannot be told.
    pub people: Option<PeopleTotals>,
}

/// People and what each adds to a total.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct PeopleTotals {
    /// How many.
    pub count: u64,
    /// Sum of the outcome's absolute values.
    pub absolute_sum: f64,
    /// The two largest parts of it, by person, the largest first.
    pub largest: [f64; 2],
    /// People who have the larger of two values; 0 for other outcomes.
    pub with_larger: u64,
}
