//! Values far from the rest, by median and MAD.
//!
//! A value is far out when |x − median| > 8 · 1.4826 · MAD (the modified z-score of Iglewicz and Hoaglin 1993, with a wider
//! bound because money is skewed). When one value makes up half the column (zero, often), the rest is judged without it.

use super::{QualityFinding, Severity, Subject, percent};
use crate::table::{Role, number_code};

/// Robust standard deviations beyond which a value is far out.
const FAR_OUT: f64 = 8.0;
/// MAD to standard deviation under normality.
const NORMAL_SCALE: f64 = 1.4826;
/// Columns with fewer distinct values are codes or counts, not amounts.
const FEWEST_DISTINCT: usize = 12;
/// Fewest values that are judged.
const FEWEST_VALUES: usize = 20;

pub(super) fn check(subject: &Subject<'_>) -> Vec<QualityFinding> {
    let mut findings = Vec::new();
    for (at, column, cells) in subject.numeric() {
        let is_key = matches!(
            column.role,
            Some(Role::Client | Role::Cluster | Role::Strata | Role::Time | Role::Cohort)
        );
        if is_key || !column.value_labels.is_empty() || subject.codes[at].distinct < FEWEST_DISTINCT {
            continue;
        }
        let mut present: Vec<(f64, usize)> =
            cells.iter().copied().zip(0..).filter(|(value, _)| !value.is_nan()).collect();
        present.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut sorted: Vec<f64> = present.iter().map(|(value, _)| *value).collect();
        let whole = sorted.len();
        // A value that makes half the column is the median itself.
        if let Some(median) = median(&sorted) {
            let same = sorted.iter().filter(|value| **value == median).count();
            if 2 * same >= whole {
                sorted.retain(|value| *value != median);
            }
        }
        if sorted.len() < FEWEST_VALUES {
            continue;
        }
        let Some(centre) = median(&sorted) else { continue };
        let mut distances: Vec<f64> = sorted.iter().map(|value| (value - centre).abs()).collect();
        distances.sort_by(f64::total_cmp);
        let scale = NORMAL_SCALE * median(&distances).unwrap_or_default();
        if scale <= 0.0 {
            continue;
        }
        let mut far: Vec<(f64, usize)> = present
            .into_iter()
            .filter(|(value, _)| sorted.binary_search_by(|known| known.total_cmp(value)).is_ok())
            .map(|(value, row)| ((value - centre).abs() / scale, row))
            .filter(|(distance, _)| *distance > FAR_OUT)
            .collect();
        if far.is_empty() {
            continue;
        }
        far.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let furthest = far.first().map_or(0.0, |(distance, _)| *distance);
        let rows: Vec<usize> = far.iter().map(|(_, row)| *row).collect();
        let text = format!(
            "{} values ({}) lie more than 8 robust standard deviations from the median {}; the furthest, {:.0}, comes first",
            rows.len(),
            percent(rows.len() as u64, whole as u64),
            number_code(centre),
            furthest
        );
        findings.push(subject.of_rows(
            "outlier",
            Severity::Warning,
            Some(column),
            &rows,
            text,
            "check unit and decimals of these cells; if they are right, plan winsorising or a log before looking",
        ));
    }
    findings
}

/// Median of sorted values.
fn median(sorted: &[f64]) -> Option<f64> {
    let middle = sorted.len() / 2;
    let upper = *sorted.get(middle)?;
    if sorted.len() % 2 == 1 {
        return Some(upper);
    }
    let lower = *sorted.get(middle.checked_sub(1)?)?;
    Some(f64::midpoint(lower, upper))
}
