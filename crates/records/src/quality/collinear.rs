//! Columns that hold one value only, and numeric columns that are another column in another unit.
//!
//! Two columns are collinear when their squared correlation over the rows that have both exceeds 1 − 10⁻¹⁰. Exact
//! dependence on several columns is told by the regression that drops one.

use super::{MISSING, QualityFinding, Severity, Subject};
use crate::table::Column;

/// Rows on which pairs are screened before all rows are looked at.
const SCREENED: usize = 2000;
/// Fewest rows that must have both values.
const FEWEST: usize = 10;
/// 1 − r² below which two columns say the same.
const SAME: f64 = 1e-10;

pub(super) fn check(subject: &Subject<'_>) -> Vec<QualityFinding> {
    let mut findings = Vec::new();
    for (column, codes) in subject.table.columns.iter().zip(&subject.codes) {
        let present = codes.of_row.iter().filter(|code| **code != MISSING).count() as u64;
        if codes.distinct == 1 && present > 1 {
            findings.push(Subject::of_column(
                "constant",
                Severity::Note,
                column,
                present,
                "every cell that is not missing holds the same value".to_owned(),
                "it can't explain anything; leave it out of the covariates",
            ));
        }
    }
    let columns: Vec<(&Column, &[f64])> = subject
        .numeric()
        .filter(|(at, ..)| subject.codes[*at].distinct > 1)
        .map(|(_, column, cells)| (column, cells))
        .collect();
    for (at, (column, cells)) in columns.iter().enumerate() {
        let twin = columns[..at].iter().find(|(_, other)| {
            let head = cells.len().min(SCREENED);
            unexplained(&cells[..head], &other[..head]).is_none_or(|rest| rest < SAME)
                && unexplained(cells, other).is_some_and(|rest| rest < SAME)
        });
        if let Some((other, _)) = twin {
            findings.push(Subject::of_column(
                "collinear",
                Severity::Note,
                column,
                cells.iter().filter(|cell| !cell.is_nan()).count() as u64,
                format!("it is {} in another unit (correlation ±1)", other.source_name),
                "name only one of the two as covariate",
            ));
        }
    }
    findings
}

/// 1 − r² over the rows that have both; `None` when there are too few, or one is constant there.
fn unexplained(a: &[f64], b: &[f64]) -> Option<f64> {
    let pairs = || a.iter().zip(b).filter(|(x, y)| !x.is_nan() && !y.is_nan());
    let count = pairs().count();
    if count < FEWEST {
        return None;
    }
    let (sum_x, sum_y) = pairs().fold((0.0, 0.0), |sum, (x, y)| (sum.0 + x, sum.1 + y));
    let (mean_x, mean_y) = (sum_x / count as f64, sum_y / count as f64);
    let (mut xx, mut xy, mut yy) = (0.0, 0.0, 0.0);
    for (x, y) in pairs() {
        let (x, y) = (x - mean_x, y - mean_y);
        xx += x * x;
        xy += x * y;
        yy += y * y;
    }
    (xx > 0.0 && yy > 0.0).then(|| 1.0 - (xy / xx) * (xy / yy))
}
