//! The records of a plan: file, mapping, sample.

use super::Registered;
use crate::commands::{Failure, read_named};
use whatworks_domain::study::DataSummary;
use whatworks_domain::{AnalysisSample, SampleRequest};
use whatworks_evidence::packet::Digest;
use whatworks_records::mapping::ColumnMapping;
use whatworks_records::{Fault, Format, Mapping, RecordsError, Role, read_table};

/// The mapping of a plan and its digest; empty without a mapping file.
pub(super) fn mapping_of(registered: &Registered) -> Result<(Mapping, String), Failure> {
    let data = &registered.plan.data;
    let Some(file) = &data.mapping else {
        return Ok((Mapping::from_columns(&data.columns), String::new()));
    };
    if !data.columns.is_empty() {
        let problem = "the plan names both a mapping file and columns";
        return Err(Failure::refused(problem, "put the columns into the mapping file"));
    }
    let path = registered.folder.join(file);
    let bytes = read_named(&path)?;
    let text =
        std::str::from_utf8(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes)).map_err(|error| {
            let problem = format!("{}: not UTF-8 at byte {}", path.display(), error.valid_up_to());
            Failure::refused(problem, "save the mapping as UTF-8")
        })?;
    let mapping = Mapping::parse(text).map_err(|error| records_failure("the mapping", error))?;
    Ok((mapping, Digest::of(&bytes).as_str().to_owned()))
}

/// The names among `wanted` that the mapped records lack.
pub(super) fn missing_columns(registered: &Registered, wanted: &[&str]) -> Result<Vec<String>, Failure> {
    let (mapping, _) = mapping_of(registered)?;
    let path = registered.folder.join(&registered.plan.data.file);
    let failed = |error| records_failure("the records", error);
    let mapped = mapping.apply(read_table(&path, &mapping.read).map_err(failed)?).map_err(failed)?;
    let missing = wanted.iter().filter(|name| mapped.table.find_column(name).is_none());
    Ok(missing.map(|name| (*name).to_owned()).collect())
}

/// Reads the records of a plan and draws the columns asked for.
pub(super) fn read_sample(
    registered: &Registered,
    request: &SampleRequest,
) -> Result<(AnalysisSample, DataSummary), Failure> {
    let data = &registered.plan.data;
    let (mapping, mapping_sha256) = mapping_of(registered)?;
    let mut request = request.clone();
    let is_client = |column: &ColumnMapping| column.role == Some(Role::Client);
    if let Some((name, _)) = mapping.columns.iter().find(|(_, column)| is_client(column)) {
        request.client = Some(name.clone());
    }
    let path = registered.folder.join(&data.file);
    let reading = whatworks_records::read_sample(&path, &mapping, &request)
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
        RecordsError::Cancelled => {
            Failure::refused("stopped before the study was done", "nothing was written; run it again")
        }
        RecordsError::File { path, source } if source.kind() == std::io::ErrorKind::NotFound => {
            Failure::refused(
                format!("{path}: there is no such file"),
                "check the path; it is relative to the plan",
            )
        }
        other => Failure::Failed(anyhow::Error::new(other)),
    }
}

fn hint_of(fault: &Fault) -> String {
    if fault.hint.is_empty() { "check the file and the mapping".into() } else { fault.hint.clone() }
}
