//! Column mapping: what an institution's columns are called, mean and are measured in.
//!
//! A mapping is a TOML file (read by [`Mapping::parse`], described in `docs/mapping.md`) or, in a study plan, just
//! `columns = {client = "hhid"}` ([`Mapping::from_columns`]). [`Mapping::apply`] turns a table as read into a typed one.
//!
//! Rules: columns that the mapping does not name keep their name and get the type all their cells fit (numbers, dates
//! as YYYY-MM-DD, else texts; `007` is a text). A declared type is kept to: a cell that does not fit is listed with line,
//! column and value, and becomes missing. Left out: formulas over several columns and joins of files.

mod apply;
mod parse;
mod suggest;

use crate::dates::DateFormat;
use crate::error::{Fault, Faults, RecordsError};
use crate::source::ReadOptions;
use crate::table::{Quantity, Role, Table};
use std::collections::BTreeMap;

/// Bad cells listed unless told otherwise.
pub const LISTED_BAD_CELLS: usize = 100;

/// What the cells of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnType {
    /// Numbers.
    Number,
    /// Texts, whatever they look like.
    Text,
    /// Calendar dates.
    Date,
}

/// What the mapping says about one column.
#[derive(Debug, Clone, PartialEq)]
pub struct ColumnMapping {
    /// Name in the file.
    pub from: String,
    /// What the column is for.
    pub role: Option<Role>,
    /// What its cells are; found from the cells when not given.
    pub column_type: Option<ColumnType>,
    /// What its numbers count or measure.
    pub quantity: Option<Quantity>,
    /// How its dates are written.
    pub date_format: Option<DateFormat>,
    /// Unit after the multiplier.
    pub unit: Option<String>,
    /// Every number is multiplied by this.
    pub multiply: Option<f64>,
    /// Codes that mean missing in this column.
    pub missing: Vec<String>,
    /// Text → number, before anything else is read (`Yes` → 1).
    pub numbers: BTreeMap<String, f64>,
    /// Code → text; a code that is not here is reported by the quality checks.
    pub labels: BTreeMap<String, String>,
    /// Description.
    pub label: Option<String>,
    /// Smallest value that can be true.
    pub lowest: Option<f64>,
    /// Largest value that can be true.
    pub highest: Option<f64>,
}

impl ColumnMapping {
    /// A column that is only renamed.
    pub fn renamed(from: impl Into<String>) -> Self {
        Self {
            from: from.into(),
            role: None,
            column_type: None,
            quantity: None,
            date_format: None,
            unit: None,
            multiply: None,
            missing: Vec::new(),
            numbers: BTreeMap::new(),
            labels: BTreeMap::new(),
            label: None,
            lowest: None,
            highest: None,
        }
    }
}

/// A whole mapping.
#[derive(Debug, Clone, PartialEq)]
pub struct Mapping {
    /// How the file is to be read.
    pub read: ReadOptions,
    /// Thousands mark of the file's numbers.
    pub thousands: Option<char>,
    /// Codes that mean missing in every column, besides the empty cell and the usual ones (`NA`, `.`, …).
    pub missing: Vec<String>,
    /// Whether columns that are not named here are kept.
    pub keep_others: bool,
    /// Rows that are kept: column in the file → the values it may have.
    pub rows: BTreeMap<String, Vec<String>>,
    /// New name → what it is.
    pub columns: BTreeMap<String, ColumnMapping>,
    /// Bad cells listed before only counting goes on.
    pub listed_bad_cells: usize,
}

impl Default for Mapping {
    fn default() -> Self {
        Self {
            read: ReadOptions::default(),
            thousands: None,
            missing: Vec::new(),
            keep_others: true,
            rows: BTreeMap::new(),
            columns: BTreeMap::new(),
            listed_bad_cells: LISTED_BAD_CELLS,
        }
    }
}

/// A table with names, types and labels, and the cells that did not fit.
#[derive(Debug, Clone, PartialEq)]
pub struct Mapped {
    /// The typed table. A bad cell is missing in it.
    pub table: Table,
    /// Cells that did not fit their column's type, in column order, then row order.
    pub bad_cells: Faults,
    /// Rows of the file that the mapping's `[rows]` left out.
    pub rows_left_out: u64,
}

impl Mapping {
    /// Reads a mapping file.
    ///
    /// # Errors
    /// [`RecordsError::Refused`] with line and suggestion: a key that does not exist, a value of the wrong kind.
    pub fn parse(text: &str) -> Result<Self, RecordsError> {
        parse::parse(text)
    }

    /// The short form in a study plan: new name → name in the file.
    pub fn from_columns(columns: &BTreeMap<String, String>) -> Self {
        let columns = columns.iter().map(|(name, from)| {
            let mut column = ColumnMapping::renamed(from);
            column.role = parse::role_of_name(name);
            (name.clone(), column)
        });
        Self { columns: columns.collect(), ..Self::default() }
    }

    /// Applies the mapping to a table as read.
    ///
    /// # Errors
    /// [`RecordsError::Refused`] when the mapping names a column that the table lacks, or two columns get one name.
    /// Bad cells are no error: they are in [`Mapped::bad_cells`].
    pub fn apply(&self, table: Table) -> Result<Mapped, RecordsError> {
        apply::apply(self, table)
    }
}

/// The refusal of a column that is not there, with the nearest name that is.
pub fn no_such_column<'a>(name: &str, there: impl IntoIterator<Item = &'a str>) -> Fault {
    let names: Vec<&str> = there.into_iter().collect();
    let hint = if let Some(near) = suggest::nearest(name, names.iter().copied()) {
        format!("did you mean “{near}”?")
    } else {
        let shown: Vec<&str> = names.iter().copied().take(12).collect();
        let more = if names.len() > shown.len() { ", …" } else { "" };
        format!("the file has {}{more}", shown.join(", "))
    };
    Fault::file("the file has no such column", hint).in_column(name)
}
