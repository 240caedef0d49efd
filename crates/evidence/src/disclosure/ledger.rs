//! What an institution has released so far: one JSON object a line, added to and never edited.
//!
//! The ledger stays inside the institution. Besides the rounded count that was shown it keeps the exact one, because a
//! difference of two rounded counts cannot be told from a difference of one client; a line without the exact count is
//! compared by what the rounding leaves possible.

use super::policy::Policy;
use super::release::{Filters, Release};
use serde::{Deserialize, Serialize};
use std::fmt;

/// One release, as remembered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LedgerEntry {
    /// Name of the release.
    pub release: String,
    /// The people that could be in it.
    pub universe: String,
    /// The variable whose values were summed or averaged.
    pub variable: String,
    /// Its cells.
    pub cells: Vec<LedgerCell>,
}

/// One cell of a release.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LedgerCell {
    /// Who is in it.
    pub filters: Filters,
    /// The count as it was shown, a multiple of the base.
    pub released_n: u64,
    /// The exact count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub n: Option<u64>,
}

/// A line of a ledger that cannot be read. Nothing is released against a ledger with such a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerFault {
    /// The line, from 1.
    pub line: usize,
    /// What the reader found.
    pub text: String,
}

impl fmt::Display for LedgerFault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "line {} of the ledger of releases: {}", self.line, self.text)
    }
}

impl std::error::Error for LedgerFault {}

/// All earlier releases, the oldest first.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Ledger {
    /// The releases.
    pub entries: Vec<LedgerEntry>,
}

impl Ledger {
    /// Reads a ledger; empty lines are passed over.
    ///
    /// # Errors
    /// The first line that is no entry.
    pub fn read(text: &str) -> Result<Self, LedgerFault> {
        let mut entries = Vec::new();
        for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let entry = serde_json::from_str(line)
                .map_err(|error| LedgerFault { line: index + 1, text: error.to_string() })?;
            entries.push(entry);
        }
        Ok(Self { entries })
    }

    /// The releases over one universe and variable.
    pub fn over(&self, universe: &str, variable: &str) -> Vec<&LedgerEntry> {
        self.entries.iter().filter(|e| e.universe == universe && e.variable == variable).collect()
    }
}

impl LedgerEntry {
    /// What to remember of a release, once it has left.
    pub fn of(release: &Release, policy: &Policy) -> Self {
        Self {
            release: release.id.clone(),
            universe: release.universe.clone(),
            variable: release.variable.clone(),
            cells: release
                .cells
                .iter()
                .map(|cell| LedgerCell {
                    filters: cell.filters.clone(),
                    released_n: policy.rounded(cell.n),
                    n: Some(cell.n),
                })
                .collect(),
        }
    }

    /// The entry as a line, with its end.
    pub fn to_line(&self) -> String {
        // Strings, counts and ordered maps with text keys always have a JSON form.
        serde_json::to_string(self).map(|line| line + "\n").unwrap_or_default()
    }
}
