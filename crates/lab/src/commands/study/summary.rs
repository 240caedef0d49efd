//! What a person sees on the terminal after a run: the effects with their uncertainty, what to know, where it lies.

use crate::output::say;
use std::path::Path;
use whatworks_domain::study::{EstimateRow, StudyResult};

pub(super) fn print_summary(result: &StudyResult, out: &Path) {
    say!("{}: {} against {}", result.study.title, result.practice.name, result.practice.comparator_name);
    for row in &result.estimates {
        say!("{}", line(row));
    }
    for warning in result.warnings.iter().chain(&result.refusals) {
        say!("note: {} {}", warning.text, warning.hint);
    }
    let released = result.releases.iter().filter(|release| !release.file.is_empty()).count();
    say!("{released} of {} findings may leave the institution.", result.releases.len());
    for release in result.releases.iter().filter(|release| release.file.is_empty()) {
        for reason in &release.reasons {
            say!("kept in: {}: {}", release.finding_id, reason.text);
        }
    }
    say!("report: {}", out.join("report.html").display());
}

fn line(row: &EstimateRow) -> String {
    let kind = if row.kind == "harm" { " [harm]" } else { "" };
    let group = if row.subgroup.is_empty() { String::new() } else { format!(", {}", row.subgroup) };
    format!(
        "  {}{kind}{group}: {} (95 % interval {} to {}) {}; {} rows, {} {}",
        row.outcome_name,
        short(row.estimate),
        short(row.ci_low),
        short(row.ci_high),
        row.unit,
        row.n,
        row.estimand,
        row.vcov,
    )
}

/// Four significant digits.
fn short(value: f64) -> String {
    if value == 0.0 || !value.is_finite() {
        return format!("{value}");
    }
    let digits = 3 - value.abs().log10().floor() as i32;
    format!("{value:.*}", digits.clamp(0, 12) as usize)
}
