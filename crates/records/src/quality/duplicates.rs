//! Rows that stand twice, and client keys that stand twice in one period or not at all.

use super::{MISSING, QualityFinding, Severity, Subject};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn check(subject: &Subject<'_>) -> Vec<QualityFinding> {
    let mut findings = Vec::new();
    let rows = subject.table.rows();
    // A row's digest stands for the row: 36 columns of a million rows would not fit in memory twice.
    let mut seen: BTreeSet<[u8; 16]> = BTreeSet::new();
    let digest = |row: usize| {
        let mut hasher = Sha256::new();
        for codes in &subject.codes {
            hasher.update(codes.of_row[row].to_le_bytes());
        }
        let mut short = [0; 16];
        short.copy_from_slice(&hasher.finalize()[..16]);
        short
    };
    let repeated: Vec<usize> = (0..rows).filter(|row| !seen.insert(digest(*row))).collect();
    if !repeated.is_empty() {
        let severity = if subject.client.is_some() { Severity::Problem } else { Severity::Warning };
        findings.push(subject.of_rows(
            "duplicate-row",
            severity,
            None,
            &repeated,
            format!("{} rows repeat an earlier row in every cell", repeated.len()),
            "if they are the same record, keep one; without a client key nobody can tell",
        ));
    }
    let Some(client) = subject.client else { return findings };
    let column = subject.column(client);
    let keys = &subject.codes[client].of_row;
    let without: Vec<usize> = (0..rows).filter(|row| keys[*row] == MISSING).collect();
    if !without.is_empty() {
        findings.push(subject.of_rows(
            "repeated-client",
            Severity::Problem,
            Some(column),
            &without,
            format!("{} rows have no client key", without.len()),
            "give every row the key of its client",
        ));
    }
    let period = |row: usize| subject.period.map_or(0, |at| subject.codes[at].of_row[row]);
    let mut first: BTreeMap<(u32, u32), usize> = BTreeMap::new();
    let again: Vec<usize> = (0..rows)
        .filter(|row| keys[*row] != MISSING)
        .filter(|row| first.insert((keys[*row], period(*row)), *row).is_some())
        .collect();
    if !again.is_empty() {
        let within = if subject.period.is_some() { "in one period" } else { "in the file" };
        findings.push(subject.of_rows(
            "repeated-client",
            Severity::Problem,
            Some(column),
            &again,
            format!("{} rows repeat a client key {within}", again.len()),
            "keep one row per client and period, or name the column that tells the periods apart (role time)",
        ));
    }
    findings
}
