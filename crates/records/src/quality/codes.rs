//! Codes that the label set does not name, and columns that are almost numbers.

use super::{MISSING, QualityFinding, Severity, Subject, percent};
use crate::number;
use crate::table::Values;
use std::collections::BTreeMap;

/// Share of cells that read as numbers from which a text column is told.
const MOSTLY_NUMBERS: f64 = 0.5;
/// Codes named in a finding.
const NAMED_CODES: usize = 5;

pub(super) fn check(subject: &Subject<'_>) -> Vec<QualityFinding> {
    let mut findings = Vec::new();
    for (at, column) in subject.table.columns.iter().enumerate() {
        let codes = &subject.codes[at];
        if !column.value_labels.is_empty() {
            // One look-up a distinct value.
            let mut known: BTreeMap<u32, bool> = BTreeMap::new();
            let mut unknown: BTreeMap<String, u64> = BTreeMap::new();
            let mut rows = Vec::new();
            for (row, code) in codes.of_row.iter().enumerate().filter(|(_, code)| **code != MISSING) {
                let is_known = *known.entry(*code).or_insert_with(|| {
                    column.values.code(row).is_some_and(|code| column.value_labels.contains_key(&code))
                });
                if !is_known {
                    rows.push(row);
                    *unknown.entry(column.values.code(row).unwrap_or_default()).or_default() += 1;
                }
            }
            // A labelled scale (0 = none) labels a few of many numbers on purpose.
            let scale = unknown.len() > column.value_labels.len().max(20);
            if !rows.is_empty() && !scale {
                let named: Vec<String> = unknown
                    .iter()
                    .take(NAMED_CODES)
                    .map(|(code, count)| format!("{code} ({count} times)"))
                    .collect();
                let more = if unknown.len() > NAMED_CODES { ", …" } else { "" };
                findings.push(subject.of_rows(
                    "unknown-code",
                    Severity::Problem,
                    Some(column),
                    &rows,
                    format!("{} cells hold a code that has no label: {}{more}", rows.len(), named.join(", ")),
                    "add the code to the labels, declare it missing, or mend the cells",
                ));
            }
        }
        if let Values::Texts(cells) = &column.values {
            let mark = subject.table.decimal_mark();
            let is_number = |cell: &str| number::parse(cell, mark, None).is_ok();
            let present = cells.iter().flatten().count();
            let others: Vec<usize> =
                (0..cells.len()).filter(|row| cells.get(*row).is_some_and(|cell| !is_number(cell))).collect();
            let numbers = present - others.len();
            let mostly =
                present > 0 && !others.is_empty() && numbers as f64 > MOSTLY_NUMBERS * present as f64;
            if mostly {
                findings.push(subject.of_rows(
                    "mixed-types",
                    Severity::Warning,
                    Some(column),
                    &others,
                    format!(
                        "{} of the cells are numbers, {} are not",
                        percent(numbers as u64, present as u64),
                        others.len()
                    ),
                    "declare the odd ones as missing codes or as numbers = {…} in the mapping, or mend them",
                ));
            }
        }
    }
    findings
}
