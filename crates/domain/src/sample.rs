//! The analysis sample: the columns of a study, one row per client (and period), in a fixed order.
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
