//! Values that cannot be: outside the mapping's limits, negative counts, impossible ages and shares.
//!
//! What a column counts is declared in the mapping (`quantity`), which makes a breach a problem; else it is guessed
//! from the words of its name, which makes it a warning.

use super::words::holds;
use super::{QualityFinding, Severity, Subject};
use crate::table::{Column, Quantity, number_code};

/// Oldest age that is let pass, years.
const OLDEST: f64 = 120.0;

pub(super) fn check(subject: &Subject<'_>) -> Vec<QualityFinding> {
    let mut findings = Vec::new();
    for (_, column, cells) in subject.numeric() {
        let mut beyond = |severity: Severity, what: &str, hint: &str, is_wrong: &dyn Fn(f64) -> bool| {
            let rows: Vec<usize> = (0..cells.len()).filter(|row| is_wrong(cells[*row])).collect();
            if !rows.is_empty() {
                let text = format!("{} values are {what}", rows.len());
                findings.push(subject.of_rows("impossible-value", severity, Some(column), &rows, text, hint));
            }
        };
        let (lowest, highest) = column.limits;
        if let Some(lowest) = lowest {
            let what = format!("below {}, the lowest the mapping allows", number_code(lowest));
            beyond(Severity::Problem, &what, "mend the cells or the limit", &|value| value < lowest);
        }
        if let Some(highest) = highest {
            let what = format!("above {}, the highest the mapping allows", number_code(highest));
            beyond(Severity::Problem, &what, "mend the cells or the limit", &|value| value > highest);
        }
        let (severity, quantity) = match column.quantity {
            Some(quantity) => (Severity::Problem, Some(quantity)),
            None => (Severity::Warning, guess(column, cells)),
        };
        let hint =
            "mend the cells, declare their code for missing, or set the column's quantity in the mapping";
        match quantity {
            Some(Quantity::Count) => {
                beyond(severity, "negative, though this is a count", hint, &|value| value < 0.0);
                beyond(severity, "not whole, though this is a count", hint, &|value| {
                    value.fract() != 0.0 && !value.is_nan()
                });
            }
            Some(Quantity::Age) => {
                beyond(severity, "no age in years (0 to 120)", hint, &|value| {
                    !(0.0..=OLDEST).contains(&value) && !value.is_nan()
                });
            }
            Some(Quantity::Share) => {
                beyond(severity, "no share (0 to 1)", hint, &|value| {
                    !(0.0..=1.0).contains(&value) && !value.is_nan()
                });
            }
            Some(Quantity::Percent) => {
                beyond(severity, "no percentage (0 to 100)", hint, &|value| {
                    !(0.0..=100.0).contains(&value) && !value.is_nan()
                });
            }
            Some(Quantity::Amount) | None => {}
        }
    }
    findings
}

/// What a column counts, by the words of its name. A share written in per cent is taken for one.
fn guess(column: &Column, cells: &[f64]) -> Option<Quantity> {
    let name = &column.source_name;
    if !column.value_labels.is_empty() {
        return None;
    }
    if holds(name, &["age"]) && !holds(name, &["square", "squared", "sq", "log", "group", "range"]) {
        return Some(Quantity::Age);
    }
    if holds(name, &["percent", "percentage", "pct"]) {
        return Some(Quantity::Percent);
    }
    if holds(name, &["share", "proportion", "fraction"]) {
        let above = cells.iter().filter(|value| **value > 1.0).count();
        return Some(if above * 2 > cells.len() { Quantity::Percent } else { Quantity::Share });
    }
    holds(name, &["count", "number", "num", "children", "members"]).then_some(Quantity::Count)
}
