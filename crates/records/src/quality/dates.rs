//! Dates in the future, before 1900, in the wrong order, or left as text.

use super::words::words;
use super::{QualityFinding, Severity, Subject};
use crate::dates::DateFormat;
use crate::table::{Column, Values};
use time::Date;

/// Years before this are typing errors, in records of living clients.
const FIRST_YEAR: i32 = 1900;
/// Pairs of words in column names of which the first must not come after the second.
const IN_ORDER: [(&str, &str); 7] = [
    ("start", "end"),
    ("begin", "end"),
    ("open", "close"),
    ("disbursement", "repayment"),
    ("disbursement", "maturity"),
    ("birth", "interview"),
    ("baseline", "endline"),
];
/// Forms in which undeclared dates are looked for.
const FORMS: [&str; 6] = ["YYYY-MM-DD", "DD/MM/YYYY", "MM/DD/YYYY", "DD.MM.YYYY", "DD-MM-YYYY", "YYYY/MM/DD"];

pub(super) fn check(subject: &Subject<'_>) -> Vec<QualityFinding> {
    let mut findings = Vec::new();
    let dated: Vec<(&Column, &[Option<Date>])> = subject
        .table
        .columns
        .iter()
        .filter_map(|column| match &column.values {
            Values::Dates(cells) => Some((column, cells.as_slice())),
            _ => None,
        })
        .collect();
    for (column, cells) in &dated {
        let mut wrong = |what: &str, hint: &str, is_wrong: &dyn Fn(Date) -> bool| {
            let rows: Vec<usize> = (0..cells.len()).filter(|row| cells[*row].is_some_and(is_wrong)).collect();
            if !rows.is_empty() {
                let text = format!("{} dates lie {what}", rows.len());
                findings.push(subject.of_rows(
                    "date-range",
                    Severity::Problem,
                    Some(column),
                    &rows,
                    text,
                    hint,
                ));
            }
        };
        wrong(
            "in the future",
            "mend them; a due date that may lie ahead belongs in another column",
            &|date| date > subject.today && !may_lie_ahead(column),
        );
        wrong("before 1900", "mend them, or declare the code for an unknown date as missing", &|date| {
            date.year() < FIRST_YEAR
        });
    }
    for (earlier, before) in &dated {
        for (later, after) in &dated {
            if !must_follow(&earlier.source_name, &later.source_name) {
                continue;
            }
            let rows: Vec<usize> = (0..before.len())
                .filter(|row| matches!((before[*row], after[*row]), (Some(first), Some(second)) if first > second))
                .collect();
            if !rows.is_empty() {
                findings.push(subject.of_rows(
                    "date-order",
                    Severity::Problem,
                    Some(earlier),
                    &rows,
                    format!("{} dates come after {}", rows.len(), later.source_name),
                    "mend whichever of the two is wrong",
                ));
            }
        }
    }
    findings.extend(subject.table.columns.iter().filter_map(|column| left_as_text(subject, column)));
    findings
}

fn may_lie_ahead(column: &Column) -> bool {
    words(&column.source_name)
        .iter()
        .any(|word| ["due", "maturity", "next", "planned", "end"].contains(&word.as_str()))
}

/// Whether two names differ in one pair of words that has an order.
fn must_follow(earlier: &str, later: &str) -> bool {
    let (earlier, later) = (words(earlier), words(later));
    IN_ORDER.iter().any(|(first, second)| {
        earlier.iter().any(|word| word == first) && later.iter().any(|word| word == second)
    })
}

/// A text column most of whose cells are dates of one form.
fn left_as_text(subject: &Subject<'_>, column: &Column) -> Option<QualityFinding> {
    let Values::Texts(cells) = &column.values else { return None };
    let present = cells.iter().flatten().count();
    if present == 0 {
        return None;
    }
    let mut best: Option<(usize, &str, Vec<usize>)> = None;
    for form in FORMS {
        let format = DateFormat::parse(form)?;
        let others: Vec<usize> = (0..cells.len())
            .filter(|row| cells.get(*row).is_some_and(|cell| format.read(cell).is_none()))
            .collect();
        let read = present - others.len();
        if 2 * read > present && best.as_ref().is_none_or(|(most, ..)| read > *most) {
            best = Some((read, form, others));
        }
    }
    let (read, form, others) = best?;
    Some(subject.of_rows(
        "date-form",
        Severity::Warning,
        Some(column),
        &others,
        format!("{read} of {present} cells look like dates written {form}; the column was left as text"),
        &format!("declare date_format = \"{form}\" (or the right one) for it in the mapping"),
    ))
}
