//! The quality report of client records: what a careful analyst would ask about before estimating anything.
//!
//! Every check is a function of the mapped table; nothing is mended here. A finding names the column and the lines, says
//! what was seen and what to do. Values of cells that may be personal data are never repeated, only their shape. Left
//! out: judgement about the design (balance, attrition of the estimate), which belongs to the study.
//!
//! The report's JSON is a contract; its fields are described in `docs/quality.md`.

mod codes;
mod collinear;
mod dates;
mod duplicates;
mod heaping;
mod missing;
mod outliers;
mod personal;
mod ranges;
mod words;

use crate::mapping::Mapped;
use crate::table::{Column, Provenance, Role, Table, Values};
use serde::Serialize;
use time::Date;

/// Lines listed in a finding.
const LISTED_LINES: usize = 20;

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// To be mended before a study.
    Problem,
    /// To be looked at; may be right.
    Warning,
    /// Good to know.
    Note,
}

/// One thing that was seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct QualityFinding {
    /// Short fixed word: `bad-cell`, `duplicate-row`, `repeated-client`, `impossible-value`, `outlier`, `heaping`,
    /// `missing`, `missing-by-arm`, `unknown-code`, `date-form`, `date-range`, `date-order`, `constant`, `collinear`,
    /// `mixed-types`, `personal-data`.
    pub check: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// The column, as the file names it; `None` when rows as a whole are meant.
    pub column: Option<String>,
    /// The first 20 lines of the file (or row numbers) it concerns; empty when the whole column is meant.
    pub rows: Vec<u64>,
    /// How many rows it concerns.
    pub count: u64,
    /// What was seen.
    pub text: String,
    /// What to do.
    pub hint: String,
}

/// One column in short.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ColumnSummary {
    /// Name after the mapping.
    pub name: String,
    /// Name in the file.
    pub source_name: String,
    /// `numbers`, `texts` or `dates`.
    pub kind: &'static str,
    /// What it is for, when that is known.
    pub role: Option<Role>,
    /// Missing cells.
    pub missing: u64,
    /// Distinct values.
    pub distinct: u64,
}

/// The report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct QualityReport {
    /// Rows that were checked.
    pub rows: u64,
    /// Columns that were checked, in the file's order.
    pub columns: Vec<ColumnSummary>,
    /// What was seen: problems first, then warnings, then notes; within them in the order of the checks.
    pub findings: Vec<QualityFinding>,
    /// The file, as it was read.
    pub source: Provenance,
}

impl QualityReport {
    /// Number of findings of a severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity == severity).count()
    }
}

/// What the checks are told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QualityOptions {
    /// Dates after this day lie in the future.
    pub today: Date,
    /// Column of the arm, when no column has the role treatment.
    pub arm: Option<String>,
    /// Column of the client key, when no column has the role client.
    pub client: Option<String>,
    /// Column of the period, when no column has the role time.
    pub period: Option<String>,
}

impl QualityOptions {
    /// Checks as of a day; columns are found by their roles.
    pub fn new(today: Date) -> Self {
        Self { today, arm: None, client: None, period: None }
    }
}

/// What the checks work on: the table, which column is what, and distinct values counted once.
struct Subject<'a> {
    table: &'a Table,
    today: Date,
    client: Option<usize>,
    arm: Option<usize>,
    period: Option<usize>,
    /// Distinct values of each column as dense codes; `None` where the cell is missing.
    codes: Vec<Codes>,
}

/// A column as dense codes in order of first appearance.
struct Codes {
    /// Code of each row; `u32::MAX` where missing.
    of_row: Vec<u32>,
    distinct: usize,
}

const MISSING: u32 = u32::MAX;

impl<'a> Subject<'a> {
    fn new(table: &'a Table, options: &QualityOptions) -> Self {
        let find = |name: &Option<String>, role: Role| {
            table.columns.iter().position(|column| column.role == Some(role)).or_else(|| {
                let name = name.as_deref()?;
                table.columns.iter().position(|column| column.name == name)
            })
        };
        Self {
            table,
            today: options.today,
            client: find(&options.client, Role::Client),
            arm: find(&options.arm, Role::Treatment),
            period: find(&options.period, Role::Time),
            codes: table.columns.iter().map(codes_of).collect(),
        }
    }

    fn column(&self, at: usize) -> &'a Column {
        &self.table.columns[at]
    }

    /// The numeric columns: place, column, cells.
    fn numeric(&self) -> impl Iterator<Item = (usize, &'a Column, &'a [f64])> {
        self.table.columns.iter().enumerate().filter_map(|(at, column)| match &column.values {
            Values::Numbers(cells) => Some((at, column, cells.as_slice())),
            _ => None,
        })
    }

    /// A finding about rows of a column.
    fn of_rows(
        &self,
        check: &'static str,
        severity: Severity,
        column: Option<&Column>,
        rows: &[usize],
        text: String,
        hint: &str,
    ) -> QualityFinding {
        QualityFinding {
            check,
            severity,
            column: column.map(|column| column.source_name.clone()),
            rows: rows.iter().take(LISTED_LINES).map(|row| self.table.line(*row)).collect(),
            count: rows.len() as u64,
            text,
            hint: hint.to_owned(),
        }
    }

    /// A finding about a whole column.
    fn of_column(
        check: &'static str,
        severity: Severity,
        column: &Column,
        count: u64,
        text: String,
        hint: &str,
    ) -> QualityFinding {
        QualityFinding {
            check,
            severity,
            column: Some(column.source_name.clone()),
            rows: Vec::new(),
            count,
            text,
            hint: hint.to_owned(),
        }
    }
}

fn codes_of(column: &Column) -> Codes {
    use std::collections::BTreeMap;
    fn dense<K: Ord>(keys: impl Iterator<Item = Option<K>>) -> Codes {
        let mut seen: BTreeMap<K, u32> = BTreeMap::new();
        let of_row = keys
            .map(|key| {
                key.map_or(MISSING, |key| {
                    let next = seen.len() as u32;
                    *seen.entry(key).or_insert(next)
                })
            })
            .collect();
        Codes { of_row, distinct: seen.len() }
    }
    match &column.values {
        Values::Numbers(cells) => {
            dense(cells.iter().map(|cell| (!cell.is_nan()).then(|| (*cell + 0.0).to_bits())))
        }
        Values::Texts(cells) => dense(cells.iter()),
        Values::Dates(cells) => dense(cells.iter().copied()),
    }
}

/// Runs every check.
pub fn check_quality(mapped: &Mapped, options: &QualityOptions) -> QualityReport {
    let table = &mapped.table;
    let subject = Subject::new(table, options);
    let mut findings = bad_cells(mapped);
    findings.extend(personal::check(&subject));
    findings.extend(duplicates::check(&subject));
    findings.extend(ranges::check(&subject));
    findings.extend(codes::check(&subject));
    findings.extend(dates::check(&subject));
    findings.extend(missing::check(&subject));
    findings.extend(collinear::check(&subject));
    findings.extend(outliers::check(&subject));
    findings.extend(heaping::check(&subject));
    findings.sort_by_key(|finding| finding.severity);
    let columns = table
        .columns
        .iter()
        .zip(&subject.codes)
        .map(|(column, codes)| ColumnSummary {
            name: column.name.clone(),
            source_name: column.source_name.clone(),
            kind: column.values.kind(),
            role: column.role,
            missing: codes.of_row.iter().filter(|code| **code == MISSING).count() as u64,
            distinct: codes.distinct as u64,
        })
        .collect();
    QualityReport { rows: table.rows() as u64, columns, findings, source: table.provenance.clone() }
}

/// Cells that did not fit the type their column was given, one finding a column.
fn bad_cells(mapped: &Mapped) -> Vec<QualityFinding> {
    let mut findings: Vec<QualityFinding> = Vec::new();
    for fault in &mapped.bad_cells.listed {
        let line = fault.line.unwrap_or_default();
        if let Some(known) = findings.iter_mut().find(|known| known.column == fault.column) {
            known.count += 1;
            if known.rows.len() < LISTED_LINES {
                known.rows.push(line);
            }
            continue;
        }
        findings.push(QualityFinding {
            check: "bad-cell",
            severity: Severity::Problem,
            column: fault.column.clone(),
            rows: vec![line],
            count: 1,
            text: format!("a cell {}", fault.problem),
            hint: fault.hint.clone(),
        });
    }
    let unlisted = mapped.bad_cells.total - mapped.bad_cells.listed.len() as u64;
    if let (Some(last), true) = (findings.last_mut(), unlisted > 0) {
        last.text =
            format!("{}; {unlisted} more bad cells of this or later columns are not listed", last.text);
    }
    findings
}

/// A share in per cent, for people.
fn percent(part: u64, whole: u64) -> String {
    if whole == 0 { "0 %".to_owned() } else { format!("{:.1} %", 100.0 * part as f64 / whole as f64) }
}
