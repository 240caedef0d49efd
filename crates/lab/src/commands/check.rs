//! `whatworks-lab check`: what a careful analyst would ask about the records before estimating anything.

use super::study::records_failure;
use super::{Outcome, read_text};
use crate::output::say;
use anyhow::Context;
use clap::Args;
use std::path::PathBuf;
use time::OffsetDateTime;
use whatworks_records::quality::{QualityOptions, QualityReport, Severity, check_quality};
use whatworks_records::{Mapping, read_table};

#[derive(Args)]
pub(crate) struct Arguments {
    /// Client records: CSV, XLSX, Parquet, Stata or SPSS
    file: PathBuf,
    /// What the columns mean, a TOML file
    #[arg(long)]
    mapping: Option<PathBuf>,
    /// Text encoding of an old file, such as windows-1252
    #[arg(long)]
    encoding: Option<String>,
    /// Sheet of a spreadsheet; the first when absent
    #[arg(long)]
    sheet: Option<String>,
    /// Print one JSON document
    #[arg(long)]
    json: bool,
}

#[expect(clippy::disallowed_methods, reason = "the program is where the real clock is read")]
pub(crate) fn run(arguments: &Arguments) -> Outcome {
    let mut mapping = match &arguments.mapping {
        Some(path) => {
            Mapping::parse(&read_text(path)?).map_err(|error| records_failure("the mapping", error))?
        }
        None => Mapping::default(),
    };
    if arguments.encoding.is_some() {
        mapping.read.encoding.clone_from(&arguments.encoding);
    }
    if arguments.sheet.is_some() {
        mapping.read.sheet.clone_from(&arguments.sheet);
    }
    let failed = |error| records_failure("the records", error);
    let mapped =
        mapping.apply(read_table(&arguments.file, &mapping.read).map_err(failed)?).map_err(failed)?;
    let today = OffsetDateTime::now_utc().date();
    let report = check_quality(&mapped, &QualityOptions::new(today));
    if arguments.json {
        say!("{}", serde_json::to_string_pretty(&report).context("writing JSON")?);
    } else {
        print_report(&report);
    }
    Ok(())
}

fn print_report(report: &QualityReport) {
    say!("{}: {} rows, {} columns", report.source.path, report.rows, report.columns.len());
    if report.findings.is_empty() {
        say!("nothing was found that needs a look");
    }
    for finding in &report.findings {
        let word = match finding.severity {
            Severity::Problem => "PROBLEM",
            Severity::Warning => "warning",
            Severity::Note => "note",
        };
        let column = finding.column.as_deref().map_or_else(String::new, |column| format!(" in {column}"));
        say!("{word}{column}: {}", finding.text);
        if !finding.rows.is_empty() {
            let rows: Vec<String> = finding.rows.iter().map(u64::to_string).collect();
            let more = finding.count.saturating_sub(finding.rows.len() as u64);
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            say!("  lines {}{more}", rows.join(", "));
        }
        if !finding.hint.is_empty() {
            say!("  {}", finding.hint);
        }
    }
    say!(
        "{} problems, {} warnings, {} notes",
        report.count(Severity::Problem),
        report.count(Severity::Warning),
        report.count(Severity::Note)
    );
}
