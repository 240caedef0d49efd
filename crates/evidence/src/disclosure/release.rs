//! What is about to be released, as plain numbers: cells, the model behind an estimate, quantiles.
//!
//! The exact counts stay inside the institution: they are what the rules judge, not what is released.

use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Who is in a cell: for each dimension that is restricted (arm, region, sex), the values that are let in. A dimension
/// that is not named is not restricted; no dimension at all is everybody.
pub type Filters = BTreeMap<String, BTreeSet<String>>;

/// A release: the cells that its numbers are made of, and how.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Release {
    /// Name of the release: the finding's id, or a table's.
    pub id: String,
    /// The people that could be in it: the sample's id, which stays when the file grows. A file with three clients more
    /// is the same universe, and the difference is those three.
    pub universe: String,
    /// The variable whose values are summed or averaged. Different variables cannot be subtracted from one another.
    pub variable: String,
    /// Every cell whose count, mean or total the release shows or implies: each arm, and each arm of each subgroup.
    pub cells: Vec<Cell>,
    /// The regression that gave the estimate; `None` for a table.
    pub regression: Option<Regression>,
    /// Quantiles shown, medians among them.
    pub quantiles: Vec<Quantile>,
}

/// One cell.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Cell {
    /// Who is in it.
    pub filters: Filters,
    /// Clients in it: people, not rows.
    pub n: u64,
    /// Clients in the whole that it is a part of and not in it: the rest of the arm for a subgroup of an arm. `None`
    /// when the cell is a whole.
    pub complement: Option<u64>,
    /// The count as it will be shown; `None` when it is not shown.
    pub released_n: Option<u64>,
    /// What is shown about the people in it.
    pub content: Content,
}

/// What a cell says about its people.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Content {
    /// Only how many they are.
    Count,
    /// A mean or total of a magnitude, in the variable's unit.
    Magnitude {
        /// Sum of the absolute values.
        absolute_sum: f64,
        /// The two largest absolute contributions, by person, the largest first.
        largest: [f64; 2],
    },
    /// A share.
    Share {
        /// How many have the property.
        numerator: u64,
        /// Whether 0 or 100 % follows from the design and so tells nothing about anybody: nobody in the comparison arm
        /// was offered the product.
        structural: bool,
    },
}

/// The regression behind an estimate.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Regression {
    /// Rows.
    pub observations: u64,
    /// Estimated coefficients, the constant among them. Effects of absorbed factors are not counted here, since they
    /// are never released; the residual degrees of freedom count them.
    pub parameters: u64,
    /// Rows less all that was estimated, absorbed effects included.
    pub residual_df: f64,
    /// How the covariates split the people; `None` when it was not computed, which fails.
    pub saturation: Option<Saturation>,
}

/// How finely the covariates (treatment among them, absorbed factors not) split the people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saturation {
    /// Different rows of covariates.
    pub distinct_cells: u64,
    /// Clients in the smallest of those cells.
    pub smallest_cell: u64,
}

/// A quantile that is shown.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Quantile {
    /// What it is of.
    pub name: String,
    /// 0 (the minimum) to 1 (the maximum).
    pub probability: f64,
    /// Clients below it.
    pub below: u64,
    /// Clients above it.
    pub above: u64,
}

impl Cell {
    /// The cell in words: `arm = control, region = north or south`; "everybody" without a filter.
    pub fn name(&self) -> String {
        name_of(&self.filters)
    }
}

/// Filters in words.
pub(super) fn name_of(filters: &Filters) -> String {
    if filters.is_empty() {
        return "everybody".to_owned();
    }
    let parts: Vec<String> = filters
        .iter()
        .map(|(dimension, values)| {
            let values: Vec<&str> = values.iter().map(String::as_str).collect();
            format!("{dimension} = {}", values.join(" or "))
        })
        .collect();
    parts.join(", ")
}
