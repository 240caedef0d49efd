//! The records of a plan: file, mapping, sample.

use super::Registered;
use crate::commands::{Failure, read_named, read_text};
use whatworks_domain::study::DataSummary;
use whatworks_domain::{AnalysisSample, SampleRequest};
use whatworks_evidence::packet::Digest;
use whatworks_records::{Fault, Format, Mapping, RecordsError};

/// Reads the records of a plan and draws the columns asked for.
pub(super) fn read_sample(
    registered: &Registered,
    request: &SampleRequest,
) -> Result<(AnalysisSample, DataSummary), Failure> {
    let data = &registered.plan.data;
    let (mapping, mapping_sha256) = match &data.mapping {
        Some(file) => {
            let path = registered.folder.join(file);
            let text = read_text(&path)?;
            let mapping = Mapping::parse(&text).map_err(|error| records_failure("the mapping", error))?;
            (mapping, Digest::of(&read_named(&path)?).as_str().to_owned())
        }
        None => (Mapping::from_columns(&data.columns), String::new()),
    };
    let path = registered.folder.join(&data.file);
    let reading = whatworks_records::read_sample(&path, &mapping, request)
        .map_err(|error| records_failure("the records", error))?;
    if !reading.bad_cells.is_empty() {
        return Err(records_failure("the records", RecordsError::Refused(reading.bad_cells)));
    }
    let summary = DataSummary {
        file: path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned()),
        sha256: reading.provenance.sha256,
        format: format_name(reading.provenance.format).to_owned(),
        rows: reading.provenance.rows,
        mapping_sha256,
    };
    Ok((reading.sample, summary))
}

fn format_name(format: Format) -> &'static str {
    match format {
        Format::Csv => "csv",
        Format::Spreadsheet => "xlsx",
        Format::Parquet => "parquet",
        Format::Stata => "stata",
        Format::Spss => "spss",
    }
}

/// A failure of the readers: what the file or the plan is at fault for is a refusal with every place.
pub(crate) fn records_failure(what: &str, error: RecordsError) -> Failure {
    match error {
        RecordsError::Refused(faults) => {
            let mut lines: Vec<String> = faults.listed.iter().map(|fault| format!("  {fault}")).collect();
            let more = faults.total - faults.listed.len() as u64;
            if more > 0 {
                lines.push(format!("  and {more} more"));
            }
            let hint = faults.listed.first().map(hint_of).unwrap_or_default();
            Failure::refused(format!("{what} cannot be read:\n{}", lines.join("\n")), hint)
        }
        other => Failure::Failed(anyhow::Error::new(other)),
    }
}

fn hint_of(fault: &Fault) -> String {
    if fault.hint.is_empty() { "check the file and the mapping".into() } else { fault.hint.clone() }
}
