//! What is wrong with a file, a mapping or a cell: where it stands, what it is, how to mend it.
//!
//! Faults are collected up to a limit and counted beyond it, so that an analyst mends a file in one round.

use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt;

/// Longest piece of a cell that is quoted in a fault, in characters.
const QUOTED_CHARACTERS: usize = 40;

/// One thing wrong with one cell, row, column or file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// Line of the file (the header of a text file is line 1), or row number for formats without lines.
    pub line: Option<u64>,
    /// Column, as the file or the mapping names it.
    pub column: Option<String>,
    /// The cell as it stands in the file, cut to 40 characters.
    pub value: Option<String>,
    /// What is wrong.
    pub problem: String,
    /// How to mend it.
    pub hint: String,
}

impl Fault {
    /// A fault of a whole file.
    pub fn file(problem: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { line: None, column: None, value: None, problem: problem.into(), hint: hint.into() }
    }

    /// The same fault, at a line.
    #[must_use]
    pub fn at_line(mut self, line: u64) -> Self {
        self.line = Some(line);
        self
    }

    /// The same fault, in a column.
    #[must_use]
    pub fn in_column(mut self, column: impl Into<String>) -> Self {
        self.column = Some(column.into());
        self
    }

    /// The same fault, quoting the cell.
    #[must_use]
    pub fn quoting(mut self, value: &str) -> Self {
        self.value = Some(shorten(value));
        self
    }
}

/// The start of a text, with an ellipsis when it was cut.
fn shorten(value: &str) -> String {
    match value.char_indices().nth(QUOTED_CHARACTERS) {
        Some((end, _)) => format!("{}…", &value[..end]),
        None => value.to_owned(),
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.line, &self.column) {
            (Some(line), Some(column)) => write!(f, "line {line}, column {column}: ")?,
            (Some(line), None) => write!(f, "line {line}: ")?,
            (None, Some(column)) => write!(f, "column {column}: ")?,
            (None, None) => {}
        }
        if let Some(value) = &self.value {
            write!(f, "“{value}” ")?;
        }
        write!(f, "{} (hint: {})", self.problem, self.hint)
    }
}

/// Faults in the order they were met: the first are listed, all are counted; those of cells column by column, so that one
/// column full of them hides no other's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Faults {
    /// The first faults.
    pub listed: Vec<Fault>,
    /// How many there are in all.
    pub total: u64,
    #[serde(skip)]
    limit: usize,
    /// Faults added for a column.
    #[serde(skip)]
    by_column: BTreeMap<String, u64>,
}

impl Faults {
    /// Lists at most `limit` faults.
    pub fn new(limit: usize) -> Self {
        Self { listed: Vec::new(), total: 0, limit, by_column: BTreeMap::new() }
    }

    /// A list of one.
    pub fn one(fault: Fault) -> Self {
        Self { listed: vec![fault], total: 1, limit: 1, by_column: BTreeMap::new() }
    }

    /// Adds a fault; it is built only when it will be listed.
    pub fn add(&mut self, fault: impl FnOnce() -> Fault) {
        self.total += 1;
        if self.listed.len() < self.limit {
            self.listed.push(fault());
        }
    }

    /// Adds a fault of a cell; the limit holds for each column by itself.
    pub fn add_in(&mut self, column: &str, fault: impl FnOnce() -> Fault) {
        self.total += 1;
        let before = if let Some(count) = self.by_column.get_mut(column) {
            *count += 1;
            *count - 1
        } else {
            self.by_column.insert(column.to_owned(), 1);
            0
        };
        if before < self.limit as u64 {
            self.listed.push(fault());
        }
    }

    /// The faults of cells in some of the columns.
    #[must_use]
    pub fn in_columns(&self, columns: &[&str]) -> Self {
        let wanted = |column: &str| columns.contains(&column);
        let by_column: BTreeMap<String, u64> = self
            .by_column
            .iter()
            .filter(|(column, _)| wanted(column))
            .map(|(column, count)| (column.clone(), *count))
            .collect();
        Self {
            listed: self
                .listed
                .iter()
                .filter(|fault| fault.column.as_deref().is_some_and(wanted))
                .cloned()
                .collect(),
            total: by_column.values().sum(),
            limit: self.limit,
            by_column,
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.total == 0
    }

    /// `value` when there are no faults, else the refusal that lists them.
    ///
    /// # Errors
    /// [`RecordsError::Refused`] when there is a fault.
    pub fn finish<T>(self, value: T) -> Result<T, RecordsError> {
        if self.is_empty() { Ok(value) } else { Err(RecordsError::Refused(self)) }
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, fault) in self.listed.iter().enumerate() {
            if at > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{fault}")?;
        }
        let more = self.total.saturating_sub(self.listed.len() as u64);
        if more > 0 {
            write!(f, "\nand {more} more")?;
        }
        Ok(())
    }
}

/// Why records could not be had.
#[derive(Debug, thiserror::Error)]
pub enum RecordsError {
    /// The operating system refused (exit code 2).
    #[error("{path}: {source}")]
    File {
        /// The path as given.
        path: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// The input does not allow it; each fault says how to mend it (exit code 1).
    #[error("{0}")]
    Refused(Faults),
    /// The caller's cancel flag was raised.
    #[error("stopped before the end; nothing was written")]
    Cancelled,
    /// The query engine failed (exit code 2).
    #[error("the query engine failed: {0}")]
    Engine(String),
}

impl RecordsError {
    /// A refusal of one fault.
    pub fn refused(fault: Fault) -> Self {
        Self::Refused(Faults::one(fault))
    }
}
