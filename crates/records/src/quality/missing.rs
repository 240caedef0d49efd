//! Missing cells by column, and whether they differ between the arms (Pearson's chi-squared test).

use super::{MISSING, QualityFinding, Severity, Subject, percent};
use whatworks_stats::distributions::chi_squared_sf;

/// Share of missing cells from which a column is told, and from which it is a warning.
const TOLD: f64 = 0.05;
const MUCH: f64 = 0.20;
/// The arms differ when the test says so at this level and the shares lie this far apart.
const LEVEL: f64 = 0.01;
const APART: f64 = 0.02;
/// A column with more distinct values than this is no arm.
const MOST_ARMS: usize = 20;

pub(super) fn check(subject: &Subject<'_>) -> Vec<QualityFinding> {
    let mut findings = Vec::new();
    let rows = subject.table.rows() as u64;
    if rows == 0 {
        return findings;
    }
    for (at, column) in subject.table.columns.iter().enumerate() {
        let codes = &subject.codes[at].of_row;
        let missing = codes.iter().filter(|code| **code == MISSING).count() as u64;
        let share = missing as f64 / rows as f64;
        if share >= TOLD {
            let mut text = if missing == rows {
                "every cell is missing".to_owned()
            } else {
                format!("{missing} of {rows} cells ({}) are missing", percent(missing, rows))
            };
            if !column.missing_codes.is_empty() {
                let by_code: Vec<String> = column
                    .missing_codes
                    .iter()
                    .take(5)
                    .map(|(code, count)| format!("{code}: {count}"))
                    .collect();
                text = format!("{text} (coded {})", by_code.join(", "));
            }
            let severity = if share >= MUCH { Severity::Warning } else { Severity::Note };
            let hint = if missing == rows {
                "leave the column out"
            } else {
                "say why in the report; a study uses complete rows outcome by outcome"
            };
            findings.push(Subject::of_column("missing", severity, column, missing, text, hint));
        }
        if let Some(arm) = subject.arm.filter(|arm| *arm != at)
            && missing > 0
            && missing < rows
        {
            findings.extend(by_arm(subject, at, arm));
        }
    }
    findings
}

fn by_arm(subject: &Subject<'_>, at: usize, arm: usize) -> Option<QualityFinding> {
    let arms = subject.codes[arm].distinct;
    if !(2..=MOST_ARMS).contains(&arms) {
        return None;
    }
    let mut counts = vec![(0_u64, 0_u64); arms];
    let mut example = vec![0_usize; arms];
    for (row, (arm, code)) in subject.codes[arm].of_row.iter().zip(&subject.codes[at].of_row).enumerate() {
        if let Some(count) = counts.get_mut(*arm as usize) {
            count.0 += u64::from(*code == MISSING);
            count.1 += 1;
            example[*arm as usize] = row;
        }
    }
    let (missing, rows) = counts.iter().fold((0, 0), |sum, count| (sum.0 + count.0, sum.1 + count.1));
    if missing == 0 || missing == rows {
        return None;
    }
    let overall = missing as f64 / rows as f64;
    let shares = || counts.iter().map(|(missing, rows)| *missing as f64 / *rows as f64);
    let statistic: f64 = counts
        .iter()
        .map(|(missing, rows)| {
            let expected = *rows as f64 * overall;
            let difference = *missing as f64 - expected;
            // The cell of the present rows has the same squared difference.
            difference * difference * (1.0 / expected + 1.0 / (*rows as f64 - expected))
        })
        .sum();
    let p = chi_squared_sf(statistic, (arms - 1) as f64);
    let (least, most) = shares().fold((1.0_f64, 0.0_f64), |(least, most), share| {
        (if share < least { share } else { least }, if share > most { share } else { most })
    });
    if !(p < LEVEL && most - least >= APART) {
        return None;
    }
    let column = subject.column(arm);
    let mut parts: Vec<(String, String)> = counts
        .iter()
        .zip(&example)
        .map(|((missing, rows), row)| (column.display(*row).unwrap_or_default(), percent(*missing, *rows)))
        .collect();
    parts.sort();
    let parts: Vec<String> = parts.into_iter().map(|(arm, share)| format!("{arm}: {share}")).collect();
    Some(Subject::of_column(
        "missing-by-arm",
        Severity::Warning,
        subject.column(at),
        missing,
        format!(
            "missing cells differ between the arms of {} ({}; p = {p:.2e})",
            column.source_name,
            parts.join(", ")
        ),
        "find out why: if one arm was followed up better, the comparison is biased; plan bounds",
    ))
}
