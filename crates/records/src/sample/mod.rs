//! The analysis sample: the rows and columns a study needs, in an order that the file's order cannot change.
//!
//! Rows are ordered by client key and then by everything else in the row, so that shuffled files give the same sample.
//! Nothing is dropped here but the rows that are not of the study; complete cases are taken outcome by outcome later.
//! A cell that should be a number and is not becomes missing and is listed. Left out: joins and aggregation.

use crate::error::{Fault, Faults, RecordsError};
use crate::mapping::{Mapped, Mapping, no_such_column};
use crate::number;
use crate::source::read_table;
use crate::table::{Column, Provenance, Table, Values};
use serde::Serialize;
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::path::Path;
use whatworks_domain::sample::{AnalysisSample, Category, SampleRequest};
use whatworks_domain::study::FlowStep;

/// Missing columns that are listed.
const LISTED_FAULTS: usize = 100;

/// A sample and what was met while it was made.
#[derive(Debug, Clone, PartialEq)]
pub struct SampleReading {
    /// Rows, columns and the flow from the file to them.
    pub sample: AnalysisSample,
    /// Cells of the needed columns that did not fit (missing in the sample). A study should not run on them unseen.
    pub bad_cells: Faults,
    /// The file, as it was read.
    pub provenance: Provenance,
}

/// Several rows of one client in one period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Repeat {
    /// The client key.
    pub client: String,
    /// The period; empty when the study has none.
    pub period: String,
    /// Number of rows.
    pub rows: u64,
}

/// Reads a file, applies the mapping and takes the sample.
///
/// # Errors
/// As [`read_table`], [`Mapping::apply`] and [`take_sample`].
pub fn read_sample(
    path: &Path,
    mapping: &Mapping,
    request: &SampleRequest,
) -> Result<SampleReading, RecordsError> {
    take_sample(&mapping.apply(read_table(path, &mapping.read)?)?, request)
}

/// Takes the sample from a mapped table.
///
/// Numbers: true/false and yes/no read as 1/0, dates as days since 1970-01-01. Categories are value labels where there
/// are any, else codes.
///
/// # Errors
/// [`RecordsError::Refused`] when a needed column is not there.
pub fn take_sample(mapped: &Mapped, request: &SampleRequest) -> Result<SampleReading, RecordsError> {
    let table = &mapped.table;
    check_columns(table, request)?;
    let (rows, flow) = study_rows(mapped, request);
    let needed = |name: &String| table.find_column(name);
    let of_sources: Vec<&str> = request
        .numbers
        .iter()
        .chain(&request.categories)
        .filter_map(needed)
        .map(|c| c.source_name.as_str())
        .collect();
    let mut bad_cells = mapped.bad_cells.in_columns(&of_sources);
    let numbers: BTreeMap<String, Vec<f64>> = request
        .numbers
        .iter()
        .filter_map(|name| table.find_column(name))
        .map(|column| (column.name.clone(), read_numbers(table, column, &rows, &mut bad_cells)))
        .collect();
    let categories: BTreeMap<String, Category> = request
        .categories
        .iter()
        .filter_map(|name| table.find_column(name))
        .map(|column| (column.name.clone(), read_category(column, &rows)))
        .collect();
    let key = request
        .client
        .as_deref()
        .and_then(|name| table.find_column(name))
        .map(|column| read_category(column, &rows));
    let order = canonical_order(rows.len(), key.as_ref(), &numbers, &categories);
    let clients = order
        .iter()
        .map(|at| match &key {
            Some(key) => key.levels.get(key.codes[*at] as usize).cloned().unwrap_or_default(),
            None => table.line(rows[*at]).to_string(),
        })
        .collect();
    let sample = AnalysisSample {
        rows: order.len(),
        clients,
        numbers: numbers
            .into_iter()
            .map(|(name, cells)| (name, order.iter().map(|at| cells[*at]).collect()))
            .collect(),
        categories: categories
            .into_iter()
            .map(|(name, category)| {
                let codes = order.iter().map(|at| category.codes[*at]).collect();
                (name, Category { codes, levels: category.levels })
            })
            .collect(),
        flow,
    };
    Ok(SampleReading { sample, bad_cells, provenance: table.provenance.clone() })
}

/// Clients with several rows in one period, in key order. `period` names a column of the sample.
pub fn find_repeats(sample: &AnalysisSample, period: Option<&str>) -> Vec<Repeat> {
    let period_of = |row: usize| -> String {
        let Some(name) = period else { return String::new() };
        if let Some(category) = sample.categories.get(name) {
            return category.levels.get(category.codes[row] as usize).cloned().unwrap_or_default();
        }
        sample.numbers.get(name).map_or_else(String::new, |cells| crate::table::number_code(cells[row]))
    };
    let mut counts: BTreeMap<(String, String), u64> = BTreeMap::new();
    for (row, client) in sample.clients.iter().enumerate().filter(|(_, client)| !client.is_empty()) {
        *counts.entry((client.clone(), period_of(row))).or_default() += 1;
    }
    counts
        .into_iter()
        .filter(|(_, rows)| *rows > 1)
        .map(|((client, period), rows)| Repeat { client, period, rows })
        .collect()
}

fn check_columns(table: &Table, request: &SampleRequest) -> Result<(), RecordsError> {
    let mut faults = Faults::new(LISTED_FAULTS);
    let named =
        request.client.iter().chain(&request.numbers).chain(&request.categories).chain(request.rows.keys());
    for name in named {
        if table.find_column(name).is_none() {
            faults.add(|| no_such_column(name, table.columns.iter().map(|column| column.name.as_str())));
        }
    }
    faults.finish(())
}

/// The rows of the study, in file order, and the steps that led to them.
fn study_rows(mapped: &Mapped, request: &SampleRequest) -> (Vec<usize>, Vec<FlowStep>) {
    let table = &mapped.table;
    let in_file = table.provenance.rows;
    let step = |step: &str, rows: u64, dropped: u64, reason: String| FlowStep {
        step: step.to_owned(),
        rows,
        dropped,
        reason,
    };
    let mut flow = vec![step("Rows in the file", in_file, 0, String::new())];
    if mapped.rows_left_out > 0 {
        let left = table.rows() as u64;
        flow.push(step(
            "Rows that the mapping keeps",
            left,
            mapped.rows_left_out,
            "outside the mapping's rows".to_owned(),
        ));
    }
    let mut rows: Vec<usize> = (0..table.rows()).collect();
    for (name, wanted) in &request.rows {
        let Some(column) = table.find_column(name) else { continue };
        let before = rows.len();
        rows.retain(|row| {
            column.values.code(*row).is_some_and(|code| code == *wanted)
                || column.display(*row).is_some_and(|text| text == *wanted)
        });
        let dropped = (before - rows.len()) as u64;
        let reason = if dropped > 0 { format!("{name} is not {wanted}") } else { String::new() };
        flow.push(step(&format!("Rows with {name} = {wanted}"), rows.len() as u64, dropped, reason));
    }
    (rows, flow)
}

fn read_numbers(table: &Table, column: &Column, rows: &[usize], bad: &mut Faults) -> Vec<f64> {
    match &column.values {
        Values::Numbers(cells) => rows.iter().map(|row| cells[*row]).collect(),
        Values::Dates(cells) => {
            let days = |row: &usize| {
                cells[*row].map_or(f64::NAN, |date| f64::from(date.to_julian_day() - UNIX_EPOCH_JULIAN_DAY))
            };
            rows.iter().map(days).collect()
        }
        Values::Texts(cells) => rows
            .iter()
            .map(|row| {
                let Some(cell) = cells.get(*row) else { return f64::NAN };
                truth(cell).or_else(|| number::parse(cell, table.decimal_mark(), None).ok()).unwrap_or_else(
                    || {
                        bad.add_in(&column.source_name, || {
                            Fault::file("is not a number", "mend the cell, or tell the mapping what it means")
                                .at_line(table.line(*row))
                                .in_column(&column.source_name)
                                .quoting(cell)
                        });
                        f64::NAN
                    },
                )
            })
            .collect(),
    }
}

/// Julian day of 1970-01-01.
const UNIX_EPOCH_JULIAN_DAY: i32 = 2_440_588;

fn truth(cell: &str) -> Option<f64> {
    match cell.to_ascii_lowercase().as_str() {
        "true" | "yes" => Some(1.0),
        "false" | "no" => Some(0.0),
        _ => None,
    }
}

fn read_category(column: &Column, rows: &[usize]) -> Category {
    // Codes first: a level is looked up once a distinct value, not once a row.
    let mut seen: BTreeMap<Key<'_>, u32> = BTreeMap::new();
    let mut first_rows: Vec<usize> = Vec::new();
    let raw: Vec<u32> = rows
        .iter()
        .map(|row| match Key::of(&column.values, *row) {
            None => Category::MISSING,
            Some(key) => *seen.entry(key).or_insert_with(|| {
                first_rows.push(*row);
                first_rows.len() as u32 - 1
            }),
        })
        .collect();
    let texts: Vec<String> = first_rows.iter().map(|row| column.display(*row).unwrap_or_default()).collect();
    let mut levels = texts.clone();
    sort_levels(&mut levels);
    levels.dedup();
    let order: BTreeMap<&str, u32> =
        levels.iter().enumerate().map(|(at, level)| (level.as_str(), at as u32)).collect();
    let sorted: Vec<u32> =
        texts.iter().map(|text| order.get(text.as_str()).copied().unwrap_or(Category::MISSING)).collect();
    let codes = raw
        .into_iter()
        .map(|code| if code == Category::MISSING { code } else { sorted[code as usize] })
        .collect();
    Category { codes, levels }
}

/// Sorts texts as numbers when all are numbers, else as texts.
pub(crate) fn sort_levels(levels: &mut [String]) {
    let number = |text: &String| text.parse::<f64>().ok().filter(|number| number.is_finite());
    if levels.iter().all(|level| number(level).is_some()) {
        levels.sort_by(|a, b| {
            number(a).partial_cmp(&number(b)).unwrap_or(Ordering::Equal).then_with(|| a.cmp(b))
        });
    } else {
        levels.sort();
    }
}

/// A cell as an ordered key without a text being made for it.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Key<'a> {
    Number(u64),
    Text(&'a str),
    Day(i32),
}

impl<'a> Key<'a> {
    fn of(values: &'a Values, row: usize) -> Option<Self> {
        match values {
            Values::Numbers(cells) => {
                let number = *cells.get(row)?;
                // Zero and negative zero are one value.
                (!number.is_nan()).then(|| Self::Number((number + 0.0).to_bits()))
            }
            Values::Texts(cells) => cells.get(row).map(Self::Text),
            Values::Dates(cells) => {
                cells.get(row).copied().flatten().map(|date| Self::Day(date.to_julian_day()))
            }
        }
    }
}

/// Places of the rows ordered by client key, then by all numbers and categories in the order of their names.
fn canonical_order(
    rows: usize,
    key: Option<&Category>,
    numbers: &BTreeMap<String, Vec<f64>>,
    categories: &BTreeMap<String, Category>,
) -> Vec<usize> {
    let mut order: Vec<usize> = (0..rows).collect();
    let columns: Vec<&Vec<f64>> = numbers.values().collect();
    let codes: Vec<&Vec<u32>> = categories.values().map(|category| &category.codes).collect();
    order.sort_by(|a, b| {
        let by_key = key.map_or(Ordering::Equal, |key| key.codes[*a].cmp(&key.codes[*b]));
        let by_numbers = || {
            columns
                .iter()
                .map(|cells| (cells[*a] + 0.0).total_cmp(&(cells[*b] + 0.0)))
                .find(|order| order.is_ne())
        };
        let by_codes = || codes.iter().map(|cells| cells[*a].cmp(&cells[*b])).find(|order| order.is_ne());
        by_key.then_with(|| by_numbers().or_else(by_codes).unwrap_or(Ordering::Equal))
    });
    order
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{ReadOptions, read_bytes};

    fn sample(text: &str, request: &SampleRequest) -> SampleReading {
        let table = read_bytes(text.as_bytes(), "t.csv", &ReadOptions::default()).unwrap();
        take_sample(&Mapping::default().apply(table).unwrap(), request).unwrap()
    }

    fn request(client: Option<&str>) -> SampleRequest {
        SampleRequest {
            client: client.map(str::to_owned),
            numbers: vec!["y".to_owned(), "treated".to_owned()],
            categories: vec!["village".to_owned()],
            rows: BTreeMap::new(),
        }
    }

    const TEXT: &str = "id,y,treated,village,site\n10,1.5,yes,b,n\n9,,no,a,n\n10,0.5,yes,b,s\n8,2,no,,n\n";

    #[test]
    fn rows_come_in_client_order_whatever_the_file_says() {
        let found = sample(TEXT, &request(Some("id"))).sample;
        assert_eq!(found.clients, ["8", "9", "10", "10"]);
        assert_eq!(found.numbers["treated"], [0.0, 0.0, 1.0, 1.0]);
        assert_eq!(found.numbers["y"][2..], [0.5, 1.5]);
        assert!(found.numbers["y"][1].is_nan());
        assert_eq!(found.categories["village"].codes, [Category::MISSING, 0, 1, 1]);
        assert_eq!(found.categories["village"].levels, ["a", "b"]);
        let mut lines: Vec<&str> = TEXT.lines().collect();
        lines[1..].reverse();
        let reversed = sample(&lines.join("\n"), &request(Some("id"))).sample;
        assert_eq!(format!("{reversed:?}"), format!("{found:?}"));
        let repeats = find_repeats(&found, None);
        assert_eq!(repeats, [Repeat { client: "10".to_owned(), period: String::new(), rows: 2 }]);
        assert_eq!(find_repeats(&found, Some("y")), []);
    }

    #[test]
    fn without_a_key_the_whole_row_gives_the_order() {
        let found = sample(TEXT, &request(None)).sample;
        // By `treated`, then `y`: columns count in the order of their names.
        assert_eq!(found.clients, ["5", "3", "4", "2"]);
        assert_eq!(found.numbers["y"][2..], [0.5, 1.5]);
    }

    #[test]
    fn rows_outside_the_study_are_counted() {
        let mut wanted = request(Some("id"));
        wanted.rows.insert("site".to_owned(), "n".to_owned());
        let found = sample(TEXT, &wanted).sample;
        let steps: Vec<(u64, u64)> = found.flow.iter().map(|step| (step.rows, step.dropped)).collect();
        assert_eq!(steps, [(4, 0), (3, 1)]);
        assert_eq!(found.flow[1].reason, "site is not n");
    }

    #[test]
    fn bad_cells_and_missing_columns_are_told() {
        let found = sample("y,treated,village\n1,1,a\nabout 3,0,b\n", &request(None));
        assert_eq!(found.bad_cells.total, 1);
        assert!(
            found.bad_cells.listed[0].to_string().starts_with("line 3, column y: “about 3” is not a number")
        );
        // A column that the study does not need is full of them: the study's own are still told.
        let rows: String = (0..200).map(|row| format!("{row},1,a,soon\n")).collect::<Vec<_>>().concat();
        let text = format!("y,treated,village,day\n{rows}about 3,1,b,late\n");
        let table = read_bytes(text.as_bytes(), "t.csv", &ReadOptions::default()).unwrap();
        let mapping =
            Mapping::parse("[columns.day]\ntype = \"date\"\n[columns.y]\ntype = \"number\"\n").unwrap();
        let mapped = mapping.apply(table).unwrap();
        assert_eq!((mapped.bad_cells.total, mapped.bad_cells.listed.len()), (202, 101));
        let found = take_sample(&mapped, &request(None)).unwrap();
        assert_eq!((found.bad_cells.total, found.bad_cells.listed.len()), (1, 1));
        let table = read_bytes(b"y,treatd,village\n1,1,a\n", "t.csv", &ReadOptions::default()).unwrap();
        let refused =
            take_sample(&Mapping::default().apply(table).unwrap(), &request(None)).unwrap_err().to_string();
        assert!(refused.contains("did you mean “treatd”?"), "{refused}");
    }
}
