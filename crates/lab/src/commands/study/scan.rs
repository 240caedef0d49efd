//! Records that are added up in a scan instead of being held in memory: when, and what comes of it.
//!
//! A Parquet file of many rows is scanned once for each outcome when the plan can be carried by sums, the mapping does no
//! more than rename, and there are much fewer cells than rows. Otherwise, and when the scan itself refuses, the rows are
//! read into memory, where a fault of the file is told with its place. What sums cannot give is named in the result.

use super::Registered;
use super::records::{mapping_of, records_failure};
use crate::commands::Failure;
use crate::output::stop_flag;
use crate::progress::Progress;
use whatworks_domain::study::DataSummary;
use whatworks_evidence::estimate::{OutcomeSums, sums_requests};
use whatworks_records::{RecordsError, Role, ScanRequest, count_parquet_rows, digest_file, scan_parquet};

/// Rows from which a Parquet file is scanned when nothing else is said: in memory they would take about 100 bytes each
/// and column, and an institution's machine has a few gigabytes.
pub(super) const SCAN_FROM: u64 = 2_000_000;

/// The sums of every outcome and the file they are of; `None` when the rows are to be read into memory.
pub(super) fn scan_outcomes(
    registered: &Registered,
    scan_from: u64,
    progress: &Progress,
) -> Result<Option<(Vec<OutcomeSums>, DataSummary)>, Failure> {
    let data = &registered.plan.data;
    let path = registered.folder.join(&data.file);
    // A file that is not there or broken is told of where it is read.
    let Ok(Some(rows)) = count_parquet_rows(&path) else { return Ok(None) };
    if rows < scan_from {
        return Ok(None);
    }
    let (mapping, mapping_sha256) = mapping_of(registered)?;
    let client = mapping.columns.iter().find(|(_, column)| column.role == Some(Role::Client));
    let named = data.columns.contains_key("client").then_some("client");
    let client = client.map(|(name, _)| name.as_str()).or(named);
    let Ok(requests) = sums_requests(&registered.plan, client) else { return Ok(None) };
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let mut outcomes = Vec::with_capacity(requests.len());
    let count = requests.len() as f64;
    for (at, request) in requests.iter().enumerate() {
        let Some(request) = ScanRequest::of_study(request).through(&mapping) else { return Ok(None) };
        let show = |done: u64, all: u64| {
            progress.show("adding up the records", (at as f64 + done as f64 / all.max(1) as f64) / count);
        };
        match scan_parquet(&path, &ScanRequest { threads, ..request }, &show, stop_flag()) {
            Ok(scan) => match scan.sums.zip(scan.totals) {
                Some((sums, totals)) => outcomes.push(OutcomeSums { sums, totals }),
                None => return Ok(None),
            },
            Err(RecordsError::Refused(_)) => return Ok(None),
            Err(error) => return Err(records_failure("the records", error)),
        }
    }
    let summary = DataSummary {
        file: path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned()),
        sha256: digest_file(&path).map_err(|error| records_failure("the records", error))?,
        format: "parquet".into(),
        rows,
        mapping_sha256,
    };
    Ok(Some((outcomes, summary)))
}
