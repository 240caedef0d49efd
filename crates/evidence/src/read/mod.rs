//! Reading findings from text: which file it is, what is merely odd, what is refused and where.
//!
//! Three readers over one table reader: [`effects`] takes any plain findings table for `whatworks pool`, [`findings`]
//! the full table of the evidence base, [`votes`] the votes of a discussion. What is merely odd is read right (a byte-order mark, semicolons or tabs,
//! decimal commas, Windows-1252 text, a true minus sign, blank lines); what is wrong is refused with row, column and a
//! hint. All faults are collected up to [`MAX_FAULTS`], never only the first.

mod effects;
mod findings;
mod newlines;
mod number;
mod table;
mod votes;

pub use effects::{EffectColumns, EffectTable, effects};
pub use findings::findings;
pub use table::{Encoding, Oddities};
pub use votes::{VoteTable, votes};

use std::fmt;

/// Faults listed before reading stops.
pub const MAX_FAULTS: usize = 20;

/// One thing wrong with one cell, row or file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowFault {
    /// Line of the file, 1 for the header; `None` when the whole file is meant.
    pub row: Option<u64>,
    /// Column, as the file names it.
    pub column: Option<String>,
    /// What is wrong.
    pub problem: String,
    /// How to mend it.
    pub hint: String,
}

impl fmt::Display for RowFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(row) = self.row {
            write!(f, "row {row}, ")?;
        }
        if let Some(column) = &self.column {
            write!(f, "column {column}: ")?;
        }
        f.write_str(&self.problem)
    }
}

/// Why a table was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", .faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
pub struct ReadError {
    /// What is wrong, in file order, at most [`MAX_FAULTS`].
    pub faults: Vec<RowFault>,
    /// Whether there may be more.
    pub truncated: bool,
}

impl ReadError {
    fn file(problem: impl Into<String>, hint: impl Into<String>) -> Self {
        let fault = RowFault { row: None, column: None, problem: problem.into(), hint: hint.into() };
        Self { faults: vec![fault], truncated: false }
    }
}

/// Collects faults until there are too many to be of use.
#[derive(Debug, Default)]
struct Faults(Vec<RowFault>);

impl Faults {
    fn add(&mut self, row: u64, column: &str, problem: impl Into<String>, hint: impl Into<String>) {
        let fault = RowFault {
            row: Some(row),
            column: Some(column.to_owned()),
            problem: problem.into(),
            hint: hint.into(),
        };
        self.0.push(fault);
    }
    fn full(&self) -> bool {
        self.0.len() >= MAX_FAULTS
    }
    fn finish<T>(self, value: T) -> Result<T, ReadError> {
        if self.0.is_empty() {
            return Ok(value);
        }
        let truncated = self.full();
        Err(ReadError { faults: self.0, truncated })
    }
}
