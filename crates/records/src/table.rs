//! One plain columnar table, whatever file it came from.
//!
//! Numbers hold NaN where a value is missing; texts and dates hold `None`. A table remembers where it came from
//! ([`Provenance`]) and on which line of the file each row began. Left out: indices, joins, and any type beyond number,
//! text and date; a code is a number or a text with value labels.

use crate::number::DecimalMark;
use serde::Serialize;
use std::collections::BTreeMap;
use time::Date;

/// A column of texts in one allocation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Texts {
    text: String,
    /// End of each cell in `text`, in bytes.
    ends: Vec<usize>,
    present: Vec<bool>,
}

impl Texts {
    /// Adds a cell at the end.
    pub fn push(&mut self, cell: Option<&str>) {
        self.text.push_str(cell.unwrap_or_default());
        self.ends.push(self.text.len());
        self.present.push(cell.is_some());
    }

    /// The cell of a row; `None` when missing or beyond the end.
    pub fn get(&self, row: usize) -> Option<&str> {
        if !self.present.get(row).copied().unwrap_or(false) {
            return None;
        }
        let start = row.checked_sub(1).map_or(0, |before| self.ends[before]);
        Some(&self.text[start..self.ends[row]])
    }

    /// Number of cells.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is no cell.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// All cells in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Option<&str>> {
        (0..self.len()).map(|row| self.get(row))
    }
}

impl<'a> FromIterator<Option<&'a str>> for Texts {
    fn from_iter<I: IntoIterator<Item = Option<&'a str>>>(cells: I) -> Self {
        let mut texts = Self::default();
        for cell in cells {
            texts.push(cell);
        }
        texts
    }
}

/// The cells of a column.
#[derive(Debug, Clone, PartialEq)]
pub enum Values {
    /// Numbers; NaN is missing.
    Numbers(Vec<f64>),
    /// Texts; an empty cell is missing.
    Texts(Texts),
    /// Calendar dates.
    Dates(Vec<Option<Date>>),
}

impl Values {
    /// Number of cells.
    pub fn len(&self) -> usize {
        match self {
            Self::Numbers(cells) => cells.len(),
            Self::Texts(cells) => cells.len(),
            Self::Dates(cells) => cells.len(),
        }
    }

    /// Whether there is no cell.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether the cell of a row is missing (a row beyond the end is).
    pub fn is_missing(&self, row: usize) -> bool {
        match self {
            Self::Numbers(cells) => cells.get(row).is_none_or(|cell| cell.is_nan()),
            Self::Texts(cells) => cells.get(row).is_none(),
            Self::Dates(cells) => cells.get(row).is_none_or(Option::is_none),
        }
    }

    /// The cell as text: numbers in their shortest form, dates as YYYY-MM-DD; `None` when missing.
    pub fn code(&self, row: usize) -> Option<String> {
        match self {
            Self::Numbers(cells) => {
                cells.get(row).filter(|cell| !cell.is_nan()).map(|cell| number_code(*cell))
            }
            Self::Texts(cells) => cells.get(row).map(str::to_owned),
            Self::Dates(cells) => cells.get(row).copied().flatten().map(|date| date.to_string()),
        }
    }

    /// What the column holds, in one word.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Numbers(_) => "numbers",
            Self::Texts(_) => "texts",
            Self::Dates(_) => "dates",
        }
    }

    /// The cells of `rows`, in that order.
    #[must_use]
    pub fn take(&self, rows: &[usize]) -> Self {
        match self {
            Self::Numbers(cells) => {
                Self::Numbers(rows.iter().map(|row| cells.get(*row).copied().unwrap_or(f64::NAN)).collect())
            }
            Self::Texts(cells) => Self::Texts(rows.iter().map(|row| cells.get(*row)).collect()),
            Self::Dates(cells) => {
                Self::Dates(rows.iter().map(|row| cells.get(*row).copied().flatten()).collect())
            }
        }
    }
}

/// A number as a code: shortest digits that read back, no trailing `.0`, no negative zero.
pub fn number_code(number: f64) -> String {
    if number == 0.0 { "0".to_owned() } else { format!("{number}") }
}

/// What a column is for; the words of the study plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// The client's or household's key.
    Client,
    /// The arm.
    Treatment,
    /// The unit that was assigned.
    Cluster,
    /// The stratum within which assignment was drawn.
    Strata,
    /// The period of a row.
    Time,
    /// When a unit was first treated.
    Cohort,
    /// The instrument.
    Instrument,
    /// Take-up, or another endogenous variable.
    Endogenous,
    /// Sampling or analytic weights.
    Weights,
    /// An outcome.
    Outcome,
    /// A covariate.
    Covariate,
}

/// What a number counts or measures; it decides which values are impossible.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Quantity {
    /// Whole, not negative.
    Count,
    /// Years of age: 0 to 120.
    Age,
    /// 0 to 1.
    Share,
    /// 0 to 100.
    Percent,
    /// An amount of money; may be negative (a loss).
    Amount,
}

/// One column of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Name after the mapping; the file's own name before.
    pub name: String,
    /// Name in the file.
    pub source_name: String,
    /// Description, from the file or the mapping.
    pub label: Option<String>,
    /// Unit of the numbers.
    pub unit: Option<String>,
    /// What the column is for.
    pub role: Option<Role>,
    /// What its numbers count or measure.
    pub quantity: Option<Quantity>,
    /// Smallest and largest value that can be true, from the mapping.
    pub limits: (Option<f64>, Option<f64>),
    /// The cells.
    pub values: Values,
    /// Code → text; codes are written as [`Values::code`] writes them.
    pub value_labels: BTreeMap<String, String>,
    /// How many cells are missing under which code (`-99`, Stata's `.a`); plain blanks are not counted here.
    pub missing_codes: BTreeMap<String, u64>,
}

impl Column {
    /// A column with nothing but a name and cells.
    pub fn plain(name: impl Into<String>, values: Values) -> Self {
        let name = name.into();
        Self {
            source_name: name.clone(),
            name,
            label: None,
            unit: None,
            role: None,
            quantity: None,
            limits: (None, None),
            values,
            value_labels: BTreeMap::new(),
            missing_codes: BTreeMap::new(),
        }
    }

    /// The cell as a reader would want it: its value label, else its code; `None` when missing.
    pub fn display(&self, row: usize) -> Option<String> {
        let code = self.values.code(row)?;
        Some(self.value_labels.get(&code).cloned().unwrap_or(code))
    }
}

/// The kind of file a table came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// Delimited text.
    Csv,
    /// Excel or OpenDocument spreadsheet.
    Spreadsheet,
    /// Apache Parquet.
    Parquet,
    /// Stata.
    Stata,
    /// SPSS.
    Spss,
}

/// Where a table came from and how its bytes were read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Provenance {
    /// The path as it was given.
    pub path: String,
    /// SHA-256 of the file's bytes, in hexadecimal.
    pub sha256: String,
    /// Size of the file, bytes.
    pub bytes: u64,
    /// Rows of the table, before any is left out.
    pub rows: u64,
    /// Kind of file.
    pub format: Format,
    /// Text encoding as it was read, in the WHATWG's name.
    pub encoding: Option<String>,
    /// Delimiter as it was read.
    pub delimiter: Option<char>,
    /// Whether numbers were read with a decimal comma.
    pub decimal_comma: bool,
    /// Sheet that was read.
    pub sheet: Option<String>,
}

/// A table: columns of equal length.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// The columns, in the file's order.
    pub columns: Vec<Column>,
    /// Line of the file on which each row began, or its row number for formats without lines.
    pub lines: Vec<u64>,
    /// Where it came from.
    pub provenance: Provenance,
}

impl Table {
    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.lines.len()
    }

    /// The column of a name.
    pub fn find_column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// The first column with a role.
    pub fn find_role(&self, role: Role) -> Option<&Column> {
        self.columns.iter().find(|column| column.role == Some(role))
    }

    /// The line of the file on which a row began.
    pub fn line(&self, row: usize) -> u64 {
        self.lines.get(row).copied().unwrap_or_default()
    }

    /// The decimal mark of the file's numbers.
    pub fn decimal_mark(&self) -> DecimalMark {
        if self.provenance.decimal_comma { DecimalMark::Comma } else { DecimalMark::Point }
    }

    /// The table of `rows`, in that order.
    #[must_use]
    pub fn take(&self, rows: &[usize]) -> Self {
        let columns = self
            .columns
            .iter()
            .map(|column| Column { values: column.values.take(rows), ..column.clone() })
            .collect();
        let lines = rows.iter().map(|row| self.line(*row)).collect();
        Self { columns, lines, provenance: self.provenance.clone() }
    }
}
