//! One pass over a loan book in Parquet into the sums that a regression needs.
//!
//! The query engine reads only the needed columns of the needed rows, in parts, on a few threads; each part becomes
//! [`GroupedSums`] and the parts are merged. Memory grows with cells (combinations of cluster and factor levels),
//! never with rows. Level codes keep the order of the levels, so neither threads nor the order of the rows can change a
//! code: whole numbers are shifted by the smallest of the file's statistics, texts and all other keys are looked up in the
//! sorted list of distinct values, which takes one extra pass over that column. For a study the same pass counts what it
//! must know beside its regression ([`StudyCount`]).
//!
//! Rows with a missing value in a needed column are left out and counted. Left out: recoding (see
//! [`ScanRequest::through`]), variances that need each row's residual, and engines on other machines.

mod coding;
mod engine;
mod numbers;
mod tally;

pub(crate) use engine::list_files;

use crate::error::{Fault, RecordsError};
use crate::mapping::{Mapping, no_such_column};
use coding::Coding;
use datafusion::arrow::array::{Array, Float64Array};
use engine::Source;
use numbers::Selection;
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use tally::Tally;
use whatworks_domain::{OutcomeTotals, SumsRequest};
use whatworks_stats::regression::{Engine, GroupedSums, RegressionError, RowBatch, advise_engine};

/// What a study counts beside the sums of its regression.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StudyCount {
    /// Column that tells people apart; each row is a person when absent. They are counted up to `most_cells`.
    pub person: Option<String>,
}

/// What a scan is to add up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScanRequest {
    /// Outcomes and regressors, in the order of the sums' columns.
    pub columns: Vec<String>,
    /// Analytic weights.
    pub weights: Option<String>,
    /// Cluster key.
    pub cluster: Option<String>,
    /// Factors to absorb.
    pub factors: Vec<String>,
    /// What a study counts beside the sums; `columns` are then outcome, arm and covariates.
    pub study: Option<StudyCount>,
    /// Only rows whose column holds this value.
    pub rows: BTreeMap<String, String>,
    /// Threads that read.
    pub threads: usize,
    /// Cells from which the scan gives up in favour of memory; 4 million take about 2 GB with seven columns.
    pub most_cells: u64,
    /// Goes on when memory would suit the data better, up to `most_cells`.
    pub insist: bool,
}

impl Default for ScanRequest {
    fn default() -> Self {
        Self {
            columns: Vec::new(),
            weights: None,
            cluster: None,
            factors: Vec::new(),
            study: None,
            rows: BTreeMap::new(),
            threads: 2,
            most_cells: 4_000_000,
            insist: false,
        }
    }
}

impl ScanRequest {
    /// The scan of one outcome of a study.
    pub fn of_study(request: &SumsRequest) -> Self {
        let columns = [&request.outcome, &request.arm].into_iter().chain(&request.covariates);
        Self {
            columns: columns.cloned().collect(),
            cluster: Some(request.cluster.clone()),
            factors: request.factors.clone(),
            study: Some(StudyCount { person: request.person.clone() }),
            rows: request.rows.clone(),
            ..Self::default()
        }
    }

    /// The same request in the file's own names, or `None` when the mapping does more to a needed column than rename
    /// and describe it: then the records are read into memory, where recoding happens.
    pub fn through(&self, mapping: &Mapping) -> Option<Self> {
        if !mapping.missing.is_empty() || !mapping.rows.is_empty() {
            return None;
        }
        let named = |name: &String| -> Option<String> {
            let Some(spec) = mapping.columns.get(name) else { return Some(name.clone()) };
            let plain = spec.multiply.is_none()
                && spec.missing.is_empty()
                && spec.numbers.is_empty()
                && spec.column_type.is_none()
                && spec.date_format.is_none();
            plain.then(|| spec.from.clone())
        };
        let optional = |name: &Option<String>| match name {
            Some(name) => named(name).map(Some),
            None => Some(None),
        };
        Some(Self {
            columns: self.columns.iter().map(named).collect::<Option<_>>()?,
            weights: optional(&self.weights)?,
            cluster: optional(&self.cluster)?,
            factors: self.factors.iter().map(named).collect::<Option<_>>()?,
            study: match &self.study {
                Some(study) => Some(StudyCount { person: optional(&study.person)? }),
                None => None,
            },
            rows: self
                .rows
                .iter()
                .map(|(name, value)| {
                    // A row may be chosen by a label, which the file does not hold.
                    let labelled = mapping.columns.get(name).is_some_and(|spec| !spec.labels.is_empty());
                    named(name).filter(|_| !labelled).map(|name| (name, value.clone()))
                })
                .collect::<Option<_>>()?,
            ..*self
        })
    }

    /// Every column that must be there and hold a value, once each. A study's outcome comes last and its arm first, in
    /// the order in which rows are dropped.
    fn needed(&self) -> Vec<&str> {
        let (last, columns) = match (&self.study, self.columns.split_first()) {
            (Some(_), Some((outcome, rest))) => (Some(outcome), rest),
            _ => (None, self.columns.as_slice()),
        };
        let (first, others) = columns.split_at(usize::from(self.study.is_some()).min(columns.len()));
        let keys = self.weights.iter().chain(&self.cluster).chain(&self.factors);
        let mut found: Vec<&str> = Vec::new();
        for name in first.iter().chain(keys).chain(others).chain(last) {
            if !found.contains(&name.as_str()) {
                found.push(name);
            }
        }
        found
    }
}

/// What came out of a scan.
#[derive(Debug, Clone)]
pub struct Scan {
    /// The sums; `None` when the scan gave up because memory suits the data better (`engine` says so).
    pub sums: Option<GroupedSums>,
    /// Which engine suits the data.
    pub engine: Engine,
    /// Rows in the files.
    pub rows_in_files: u64,
    /// Rows read that belong to the request's `rows`.
    pub rows_selected: u64,
    /// Selected rows that lack a needed value and are not in the sums.
    pub rows_missing: u64,
    /// Selected rows that lack a value, by column (a row may count in several).
    pub missing_by_column: BTreeMap<String, u64>,
    /// Cells met.
    pub cells: u64,
    /// What a study counts, when it was asked for and there are sums.
    pub totals: Option<OutcomeTotals>,
}

/// Cells that take no memory worth speaking of.
const FEW_CELLS: u64 = 1 << 16;

/// One thread's share.
struct Part {
    sums: GroupedSums,
    selected: u64,
    missing: u64,
    missing_by_column: Vec<u64>,
    /// Rows that a column cost, those before it had left.
    dropped: Vec<u64>,
    tally: Option<Tally>,
}

/// Scans a Parquet file, or all the `.parquet` files of a folder, once.
///
/// `progress` is told the rows read so far and the rows there are, from any thread. The scan stops soon after `cancel` is
/// set.
///
/// # Errors
/// [`RecordsError::Refused`] for a column that is not there or is not numeric, and for negative weights;
/// [`RecordsError::Cancelled`]; [`RecordsError::File`] and [`RecordsError::Engine`] when reading fails.
pub fn scan_parquet(
    path: &Path,
    request: &ScanRequest,
    progress: &(dyn Fn(u64, u64) + Sync),
    cancel: &AtomicBool,
) -> Result<Scan, RecordsError> {
    let source = Source::open(path, request.threads)?;
    check_columns(&source, request)?;
    let total = source.rows();
    let keys: Vec<&str> = request.cluster.iter().chain(&request.factors).map(String::as_str).collect();
    let mut codings = Vec::with_capacity(keys.len());
    for key in &keys {
        match Coding::find(&source, key, request, cancel)? {
            Some(coding) => codings.push(coding),
            None => return Ok(given_up(total, 0, request.most_cells)),
        }
    }
    let needed = request.needed();
    let person = request.study.as_ref().and_then(|study| study.person.as_deref());
    let coding_of_person = match person {
        Some(name) => Coding::find(&source, name, request, cancel)?,
        None => None,
    };
    // Who a row is of must be read; a row without it is not dropped.
    let mut read = needed.clone();
    read.extend(person.filter(|name| !needed.contains(name)));
    let person_place = person.and_then(|name| read.iter().position(|known| *known == name));
    let place = |name: &str| needed.iter().position(|known| *known == name).unwrap_or_default();
    let column_places: Vec<usize> = request.columns.iter().map(|name| place(name)).collect();
    let weight_place = request.weights.as_deref().map(place);
    let key_places: Vec<usize> = keys.iter().map(|name| place(name)).collect();
    let (outcome_place, arm_place) = (needed.len() - 1, column_places.get(1).copied());
    // A column may serve as number and as key.
    let is_number = |at: usize| column_places.contains(&at) || weight_place == Some(at);
    let done = AtomicU64::new(0);
    let gave_up = AtomicBool::new(false);
    let make = || Part {
        sums: GroupedSums::new(request.columns.len(), request.factors.len(), request.cluster.is_some()),
        selected: 0,
        missing: 0,
        missing_by_column: vec![0; needed.len()],
        dropped: vec![0; needed.len()],
        tally: request.study.as_ref().map(|_| {
            let mut tally = Tally::new(person.is_some(), request.most_cells);
            if person.is_some() && coding_of_person.is_none() {
                tally.lose_people();
            }
            tally
        }),
    };
    let parts = source.drive(&read, &request.rows, make, |part, batch| {
        if cancel.load(Ordering::Relaxed) {
            return Err(RecordsError::Cancelled);
        }
        if gave_up.load(Ordering::Relaxed) {
            return Ok(ControlFlow::Break(()));
        }
        let arrays = batch.columns();
        let rows = batch.num_rows();
        let mut selection = Selection::new(rows);
        let mut numeric = Vec::with_capacity(arrays.len());
        for (at, array) in arrays.iter().take(needed.len()).enumerate() {
            if let Some(tally) = part.tally.as_mut().filter(|_| at == outcome_place) {
                let arms: Option<&Float64Array> =
                    arm_place.and_then(|arm| numeric.get(arm)).and_then(Option::as_ref);
                tally.add_base(&selection.numbers(arms));
            }
            let number = if is_number(at) || array.data_type().is_floating() {
                Some(numbers::to_numbers(array)?)
            } else {
                None
            };
            let before = selection.kept();
            part.missing_by_column[at] += selection.need(array, number.as_ref());
            part.dropped[at] += (before - selection.kept()) as u64;
            numeric.push(number);
        }
        let mut columns = Vec::with_capacity(column_places.len());
        for at in &column_places {
            columns.push(selection.numbers(numeric[*at].as_ref()));
        }
        let weights = weight_place.map(|at| selection.numbers(numeric[at].as_ref()));
        let mut codes = Vec::with_capacity(codings.len());
        for (coding, at) in codings.iter().zip(&key_places) {
            codes.push(selection.codes(coding.codes(&arrays[*at])?));
        }
        let (clusters, factors) = codes.split_at(usize::from(request.cluster.is_some()));
        if let Some(tally) = part.tally.as_mut() {
            let people = match (&coding_of_person, person_place.map(|at| &arrays[at])) {
                (Some(coding), Some(array)) if array.logical_null_count() == 0 => {
                    Some(selection.codes(coding.codes(array)?))
                }
                _ => None,
            };
            tally.add(&columns, people.as_deref()).map_err(|error| refuse(&error))?;
        }
        let columns: Vec<&[f64]> = columns.iter().map(AsRef::as_ref).collect();
        let factors: Vec<&[u32]> = factors.iter().map(Vec::as_slice).collect();
        part.selected += rows as u64;
        part.missing += selection.dropped();
        if selection.kept() > 0 {
            part.sums
                .add_rows(&RowBatch {
                    columns: &columns,
                    weights: weights.as_deref(),
                    clusters: clusters.first().map(Vec::as_slice),
                    factors: &factors,
                })
                .map_err(|error| refuse(&error))?;
        }
        // Cells only grow: when a part alone has too many for all rows there are, the whole has.
        let cells = part.sums.cells();
        let hopeless = cells > FEW_CELLS && advise_engine(total, cells) == Engine::Memory;
        if cells > request.most_cells || (hopeless && !request.insist) {
            gave_up.store(true, Ordering::Relaxed);
            return Ok(ControlFlow::Break(()));
        }
        let so_far = done.fetch_add(rows as u64, Ordering::Relaxed) + rows as u64;
        progress(so_far, total);
        Ok(ControlFlow::Continue(()))
    })?;
    finish(parts, &needed, request, total, gave_up.into_inner())
}

/// Rows of a Parquet file, as it states them; `None` for a file of another kind.
///
/// # Errors
/// [`RecordsError::File`] when the system refuses, [`RecordsError::Refused`] for a file that is broken.
pub fn count_parquet_rows(path: &Path) -> Result<Option<u64>, RecordsError> {
    engine::count_rows(path)
}

/// Merges the parts.
fn finish(
    parts: Vec<Part>,
    needed: &[&str],
    request: &ScanRequest,
    total: u64,
    gave_up: bool,
) -> Result<Scan, RecordsError> {
    let selected = parts.iter().map(|part| part.selected).sum();
    if gave_up {
        let cells = parts.iter().map(|part| part.sums.cells()).fold(0, Ord::max);
        return Ok(given_up(total, selected, cells));
    }
    let missing = parts.iter().map(|part| part.missing).sum();
    let missing_by_column = needed
        .iter()
        .enumerate()
        .map(|(at, name)| ((*name).to_owned(), parts.iter().map(|part| part.missing_by_column[at]).sum()))
        .collect();
    let dropped = needed
        .iter()
        .enumerate()
        .map(|(at, name)| ((*name).to_owned(), parts.iter().map(|part| part.dropped[at]).sum()))
        .collect();
    let mut parts = parts.into_iter();
    let (mut sums, mut tally) = if let Some(first) = parts.next() {
        (first.sums, first.tally)
    } else {
        let (columns, factors) = (request.columns.len(), request.factors.len());
        (GroupedSums::new(columns, factors, request.cluster.is_some()), None)
    };
    for part in parts {
        sums.merge(&part.sums).map_err(|error| refuse(&error))?;
        if let (Some(tally), Some(other)) = (&mut tally, part.tally) {
            tally.merge(other).map_err(|error| refuse(&error))?;
        }
    }
    let counted = tally.map(Tally::totals);
    Ok(Scan {
        totals: counted.map(|totals| OutcomeTotals {
            rows_in_file: total,
            rows_kept: selected,
            dropped,
            ..totals
        }),
        engine: sums.advise(),
        cells: sums.cells(),
        sums: Some(sums),
        rows_in_files: total,
        rows_selected: selected,
        rows_missing: missing,
        missing_by_column,
    })
}

fn given_up(total: u64, selected: u64, cells: u64) -> Scan {
    Scan {
        sums: None,
        engine: Engine::Memory,
        rows_in_files: total,
        rows_selected: selected,
        rows_missing: 0,
        missing_by_column: BTreeMap::new(),
        cells,
        totals: None,
    }
}

fn refuse(error: &RegressionError) -> RecordsError {
    RecordsError::refused(Fault::file(
        format!("the rows cannot be added up: {error}"),
        "mend the column, or leave it out",
    ))
}

fn check_columns(source: &Source, request: &ScanRequest) -> Result<(), RecordsError> {
    let names = source.names();
    let person = request.study.iter().filter_map(|study| study.person.as_deref());
    for name in request.needed().into_iter().chain(request.rows.keys().map(String::as_str)).chain(person) {
        if !names.contains(&name) {
            return Err(RecordsError::refused(no_such_column(name, names.iter().copied())));
        }
    }
    for name in request.columns.iter().chain(&request.weights) {
        if !source.is_number(name) {
            return Err(RecordsError::refused(
                Fault::file(
                    "the column does not hold numbers",
                    "read the file into memory with a mapping that makes it numbers",
                )
                .in_column(name),
            ));
        }
    }
    if request.columns.is_empty() {
        return Err(RecordsError::refused(Fault::file("no column is asked for", "name an outcome")));
    }
    Ok(())
}
