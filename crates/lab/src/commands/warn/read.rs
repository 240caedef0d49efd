//! Period records become histories.
//!
//! Rules, each counted and told: a row without days late is left out; of two rows for one client and period the later in
//! the file stays (two people may share an id: ask who entered them); days late below zero count as none. A row without
//! a client or a period that can be read is refused with its line.

use super::plan::{EarlyWarningPlan, NEEDED, NUMBERS, WORDS};
use crate::commands::Failure;
use crate::commands::study::records_failure;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use whatworks_evidence::warning::{ClientHistory, History, Record};
use whatworks_records::mapping::{ColumnMapping, ColumnType};
use whatworks_records::{Column, Fault, Faults, Mapping, RecordsError, Table, Values, read_table};

/// Faults listed before only counting goes on.
const LISTED: usize = 20;

/// Histories with what was odd about their rows.
#[derive(Debug)]
pub(crate) struct Reading {
    /// The histories.
    pub(crate) history: History,
    /// SHA-256 of the file.
    pub(crate) sha256: String,
    /// Rows of the file.
    pub(crate) rows: u64,
    /// A code and a sentence for each rule that was applied.
    pub(crate) warnings: Vec<(&'static str, String)>,
}

/// Reads the file of a section.
pub(super) fn read_history(section: &EarlyWarningPlan, base: &Path) -> Result<Reading, Failure> {
    let path = base.join(&section.file);
    let mut mapping = Mapping { keep_others: false, ..Mapping::default() };
    for (name, from) in &section.columns {
        let mut column = ColumnMapping::renamed(from);
        let is_number = name == "days_late" || NUMBERS.contains(&name.as_str());
        column.column_type = match name.as_str() {
            // Dates and numbers are told from their cells.
            "period" | "joined" => None,
            _ if is_number => Some(ColumnType::Number),
            _ => Some(ColumnType::Text),
        };
        mapping.columns.insert(name.clone(), column);
    }
    let failed = |error| records_failure("the period records", error);
    let mapped = mapping.apply(read_table(&path, &mapping.read).map_err(failed)?).map_err(failed)?;
    if !mapped.bad_cells.is_empty() {
        return Err(failed(RecordsError::Refused(mapped.bad_cells)));
    }
    histories(section, &mapped.table).map_err(|faults| failed(RecordsError::Refused(faults)))
}

/// Names in order, and the code of every row.
struct Codes {
    names: Vec<String>,
    codes: Vec<Option<u32>>,
}

fn codes(column: Option<&Column>, rows: usize) -> Codes {
    let Some(column) = column else { return Codes { names: Vec::new(), codes: vec![None; rows] } };
    let cells: Vec<Option<String>> = (0..rows).map(|row| column.display(row)).collect();
    let names: BTreeSet<&String> = cells.iter().flatten().collect();
    let names: Vec<String> = names.into_iter().cloned().collect();
    let code =
        |cell: &Option<String>| cell.as_ref().map(|cell| names.partition_point(|name| name < cell) as u32);
    let codes = cells.iter().map(code).collect();
    Codes { names, codes }
}

fn histories(section: &EarlyWarningPlan, table: &Table) -> Result<Reading, Faults> {
    let rows = table.rows();
    let periods = section.periods();
    let column = |name: &str| table.find_column(name);
    let number = |name: &str, row: usize| match column(name).map(|column| &column.values) {
        Some(Values::Numbers(cells)) => cells[row],
        _ => f64::NAN,
    };
    let [client, period, _] = NEEDED.map(column);
    let [joined, sector, sex, area] = WORDS.map(column);
    let (sector, sex, area) = (codes(sector, rows), codes(sex, rows), codes(area, rows));
    let mut faults = Faults::new(LISTED);
    let mut clients: BTreeMap<String, Vec<Record>> = BTreeMap::new();
    let (mut no_days, mut negative) = (0_u64, 0_u64);
    for row in 0..rows {
        let line = table.line(row);
        let Some(key) = client.and_then(|column| column.display(row)) else {
            faults
                .add(|| Fault::file("the client is missing", "every row belongs to a client").at_line(line));
            continue;
        };
        let text = period.and_then(|column| column.display(row)).unwrap_or_default();
        let Some(at) = periods.parse(&text) else {
            let hint = "write a month like 2025-01, or a whole number with period = \"number\"";
            faults.add(|| Fault::file("this is not a period", hint).at_line(line).quoting(&text));
            continue;
        };
        let days_late = number("days_late", row);
        if days_late.is_nan() {
            no_days += 1;
            continue;
        }
        negative += u64::from(days_late < 0.0);
        let joined = joined.and_then(|column| column.display(row)).and_then(|text| periods.parse(&text));
        clients.entry(key).or_default().push(Record {
            period: at,
            days_late: if days_late < 0.0 { 0.0 } else { days_late },
            due: number("due", row),
            paid: number("paid", row),
            balance: number("balance", row),
            loans: number("loans", row),
            income: number("income", row),
            joined: joined.map_or(f64::NAN, |at| at as f64),
            age: number("age", row),
            sector: sector.codes[row],
            sex: sex.codes[row],
            area: area.codes[row],
        });
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let given: usize = clients.values().map(Vec::len).sum();
    let clients: Vec<ClientHistory> =
        clients.into_iter().map(|(client, records)| ClientHistory::new(client, records)).collect();
    let twice = given - clients.iter().map(ClientHistory::len).sum::<usize>();
    let mut warnings = Vec::new();
    let mut warn = |code: &'static str, count: u64, text: &str| {
        if count > 0 {
            warnings.push((code, format!("{count} rows {text}")));
        }
    };
    warn("days_late_missing", no_days, "have no days late and were left out");
    warn("days_late_negative", negative, "have days late below zero, which count as none");
    warn(
        "client_period_repeated",
        twice as u64,
        "repeat a client and period; the later in the file stays. Two people may share an id",
    );
    for name in NUMBERS {
        if column(name).is_none() {
            warnings
                .push(("column_absent", format!("no column is named for {name}, so nothing rests on it")));
        }
    }
    Ok(Reading {
        history: History { periods, clients, sectors: sector.names, sexes: sex.names, areas: area.names },
        sha256: table.provenance.sha256.clone(),
        rows: table.provenance.rows,
        warnings,
    })
}
