//! Stata files, releases 102 to 119: numbers, dates, texts and long texts, labels, tagged missing values.
//!
//! Single-precision numbers are widened exactly. `%td` and `%tc` columns become dates (the day, for `%tc`); weeks, months,
//! quarters and half-years stay Stata's numbers. Missing values `.a` to `.z` are counted by their letter. Files before
//! Stata 14 declare no encoding and are read as Windows-1252 unless told otherwise. Left out: characteristics, notes.

use super::{ReadOptions, column_names, encoding};
use crate::error::{Fault, RecordsError};
use crate::table::{Column, Provenance, Table, Texts, Values};
use dta::stata::dta::dta_error::DtaError;
use dta::stata::dta::dta_reader::DtaReader;
use dta::stata::dta::long_string_ref::LongStringRef;
use dta::stata::dta::long_string_table::LongStringTable;
use dta::stata::dta::value::Value;
use dta::stata::dta::value_label_table::ValueLabelTable;
use dta::stata::dta::variable_type::VariableType;
use dta::stata::missing_value::MissingValue;
use dta::stata::stata_byte::StataByte;
use dta::stata::stata_double::StataDouble;
use dta::stata::stata_float::StataFloat;
use dta::stata::stata_int::StataInt;
use dta::stata::stata_long::StataLong;
use dta::stata::temporal::TemporalKind;
use std::collections::BTreeMap;
use std::io::Cursor;
use time::{Date, Duration, Month};

const MILLISECONDS_A_DAY: f64 = 86_400_000.0;

/// Cells of one variable while the rows are read.
enum Cells {
    Numbers(Vec<f64>),
    Texts(Texts),
    /// Long texts stand after the rows; until then, where each will be found.
    LongTexts(Vec<LongStringRef>),
}

pub(super) fn read(
    bytes: &[u8],
    options: &ReadOptions,
    mut provenance: Provenance,
) -> Result<Table, RecordsError> {
    let mut reader = DtaReader::new();
    if let Some(label) = &options.encoding {
        reader = reader.encoding(encoding::find_encoding(label)?);
    }
    let broken = |error: DtaError| {
        RecordsError::refused(Fault::file(
            format!("the Stata file cannot be read: {error}"),
            "open it in Stata and save it again; for texts of an older file, declare the encoding",
        ))
    };
    let mut start = reader
        .from_reader(Cursor::new(bytes))
        .read_header()
        .map_err(broken)?
        .read_schema()
        .map_err(broken)?;
    start.skip_to_end().map_err(broken)?;
    let mut rows = start.into_record_reader().map_err(broken)?;
    let schema = rows.schema().clone();
    let encoding = rows.encoding();
    let variables = schema.variables();
    let names = column_names(variables.iter().map(dta::stata::dta::variable::Variable::name), 0)?;
    let mut cells: Vec<Cells> = variables
        .iter()
        .map(|variable| match variable.variable_type() {
            VariableType::FixedString(_) => Cells::Texts(Texts::default()),
            VariableType::LongString => Cells::LongTexts(Vec::new()),
            _ => Cells::Numbers(Vec::new()),
        })
        .collect();
    let mut missing: Vec<BTreeMap<String, u64>> = vec![BTreeMap::new(); variables.len()];
    let mut count = 0_u64;
    while let Some(record) = rows.read_record().map_err(broken)? {
        for ((value, cells), missing) in record.values().iter().zip(&mut cells).zip(&mut missing) {
            match (value, cells) {
                (Value::String(text), Cells::Texts(texts)) => {
                    let text = text.trim();
                    texts.push((!text.is_empty()).then_some(text));
                }
                (Value::LongStringRef(reference), Cells::LongTexts(references)) => {
                    references.push(*reference);
                }
                (value, Cells::Numbers(numbers)) => numbers.push(number_of(value).unwrap_or_else(|tag| {
                    if let Some(tag) = tag.filter(|tag| *tag != MissingValue::System) {
                        *missing.entry(tag.to_string()).or_default() += 1;
                    }
                    f64::NAN
                })),
                (_, Cells::Texts(texts)) => texts.push(None),
                (_, Cells::LongTexts(_)) => {}
            }
        }
        count += 1;
    }
    let mut long_texts = LongStringTable::for_reading();
    let mut after = rows.into_long_string_reader().map_err(broken)?;
    after.read_remaining_into(&mut long_texts).map_err(broken)?;
    let mut labels = ValueLabelTable::new();
    after.into_value_label_reader().map_err(broken)?.read_remaining_into(&mut labels).map_err(broken)?;

    let mut columns = Vec::with_capacity(variables.len());
    for (((variable, name), cells), missing_codes) in variables.iter().zip(names).zip(cells).zip(missing) {
        let values = match cells {
            Cells::Numbers(numbers) => dated(numbers, variable.format()),
            Cells::Texts(texts) => Values::Texts(texts),
            Cells::LongTexts(references) => {
                let mut texts = Texts::default();
                for reference in &references {
                    let found = long_texts.get(reference);
                    let text = found.as_ref().and_then(|text| text.data_str(encoding));
                    texts.push(text.as_deref().map(str::trim).filter(|text| !text.is_empty()));
                }
                Values::Texts(texts)
            }
        };
        let mut column = Column::plain(name, values);
        column.label = Some(variable.label().trim().to_owned()).filter(|label| !label.is_empty());
        column.missing_codes = missing_codes;
        if let Some(set) = labels.get(variable.value_label_name()) {
            column.value_labels = set
                .entries()
                .iter()
                .map(|entry| (entry.value().to_string(), entry.label().to_owned()))
                .collect();
        }
        columns.push(column);
    }
    provenance.encoding = Some(encoding.name().to_owned());
    Ok(Table { columns, lines: (1..=count).collect(), provenance })
}

/// The number of a cell, or what kind of missing it is.
fn number_of(value: &Value<'_>) -> Result<f64, Option<MissingValue>> {
    match value {
        Value::Byte(StataByte::Present(number)) => Ok(f64::from(*number)),
        Value::Int(StataInt::Present(number)) => Ok(f64::from(*number)),
        Value::Long(StataLong::Present(number)) => Ok(f64::from(*number)),
        Value::Float(StataFloat::Present(number)) => Ok(f64::from(*number)),
        Value::Double(StataDouble::Present(number)) => Ok(*number),
        Value::Byte(StataByte::Missing(tag))
        | Value::Int(StataInt::Missing(tag))
        | Value::Long(StataLong::Missing(tag))
        | Value::Float(StataFloat::Missing(tag))
        | Value::Double(StataDouble::Missing(tag)) => Err(Some(*tag)),
        Value::String(_) | Value::LongStringRef(_) => Err(None),
    }
}

/// Dates, when the variable's display format says that its numbers are days or milliseconds since 1960.
fn dated(numbers: Vec<f64>, format: &str) -> Values {
    let a_day = match TemporalKind::from_format(format) {
        Some(TemporalKind::Date) => 1.0,
        Some(TemporalKind::DateTime | TemporalKind::DateTimeLeap) => MILLISECONDS_A_DAY,
        _ => return Values::Numbers(numbers),
    };
    let Ok(epoch) = Date::from_calendar_date(1960, Month::January, 1) else {
        return Values::Numbers(numbers);
    };
    let date = |number: f64| {
        let days = (number / a_day).floor();
        // Beyond the calendar's range a date cannot be meant.
        (days.abs() < 4e6).then(|| epoch.checked_add(Duration::days(days as i64))).flatten()
    };
    Values::Dates(numbers.into_iter().map(date).collect())
}
