//! SPSS files (`.sav`, `.zsav`): numbers, dates, texts, variable and value labels, declared missing values.
//!
//! Values that the file declares missing become missing and are counted by their code; a declared range counts under each
//! value met. Moments become dates; durations become seconds. Left out: multiple-response sets, roles, attributes.

use super::column_names;
use crate::error::{Fault, RecordsError};
use crate::table::{Column, Provenance, Table, Texts, Values, number_code};
use ambers::{MissingSpec, SpssMetadata, Value};
use arrow57::array::{Array, ArrayRef, AsArray};
use arrow57::compute::cast;
use arrow57::datatypes::{DataType, Date32Type, Float64Type, Int64Type};
use arrow57::error::ArrowError;
use std::collections::BTreeMap;
use std::io::Cursor;
use time::{Date, Duration, Month};

const MICROSECONDS: f64 = 1e6;

pub(super) fn read(bytes: &[u8], mut provenance: Provenance) -> Result<Table, RecordsError> {
    let broken = |error: String| {
        RecordsError::refused(Fault::file(
            format!("the SPSS file cannot be read: {error}"),
            "open it in SPSS or PSPP and save it again",
        ))
    };
    let (batch, about) =
        ambers::read_sav_from_reader(Cursor::new(bytes)).map_err(|error| broken(error.to_string()))?;
    let schema = batch.schema();
    let names = column_names(schema.fields().iter().map(|field| field.name().as_str()), 0)?;
    let mut columns = Vec::with_capacity(names.len());
    for (name, array) in names.into_iter().zip(batch.columns()) {
        let mut missing_codes = BTreeMap::new();
        let declared = about.variable_missing_values.get(&name).map_or(&[][..], Vec::as_slice);
        let values = values(array, declared, &mut missing_codes)
            .map_err(|error| broken(format!("{name}: {error}")))?;
        let mut column = Column::plain(name, values);
        column.label = about.label(&column.name).map(str::to_owned).filter(|label| !label.is_empty());
        column.value_labels = labels(&about, &column.name);
        column.missing_codes = missing_codes;
        columns.push(column);
    }
    provenance.encoding = Some(about.file_encoding);
    Ok(Table { columns, lines: (1..=batch.num_rows() as u64).collect(), provenance })
}

fn labels(about: &SpssMetadata, name: &str) -> BTreeMap<String, String> {
    let code = |value: &Value| match value {
        Value::Numeric(number) => number_code(*number),
        Value::String(text) => text.trim().to_owned(),
    };
    about
        .value_labels(name)
        .map(|set| set.iter().map(|(value, label)| (code(value), label.clone())).collect())
        .unwrap_or_default()
}

fn values(
    array: &ArrayRef,
    declared: &[MissingSpec],
    missing_codes: &mut BTreeMap<String, u64>,
) -> Result<Values, ArrowError> {
    let mut count = |code: String| *missing_codes.entry(code).or_default() += 1;
    match array.data_type() {
        DataType::Date32 | DataType::Timestamp(..) => {
            let days = cast(array, &DataType::Date32)?;
            let epoch = Date::from_calendar_date(1970, Month::January, 1).ok();
            let date = |days: i32| epoch.and_then(|epoch| epoch.checked_add(Duration::days(i64::from(days))));
            Ok(Values::Dates(
                days.as_primitive::<Date32Type>().iter().map(|days| days.and_then(date)).collect(),
            ))
        }
        DataType::Duration(_) => {
            let whole = cast(array, &DataType::Int64)?;
            let seconds = |cell: Option<i64>| cell.map_or(f64::NAN, |cell| cell as f64 / MICROSECONDS);
            Ok(Values::Numbers(whole.as_primitive::<Int64Type>().iter().map(seconds).collect()))
        }
        kind if kind.is_numeric() => {
            let is_missing = |number: f64| {
                declared.iter().any(|spec| match spec {
                    MissingSpec::Value(code) => *code == number,
                    MissingSpec::Range { lo, hi } => (*lo..=*hi).contains(&number),
                    MissingSpec::StringValue(_) => false,
                })
            };
            let numbers = cast(array, &DataType::Float64)?;
            let cell = |cell: Option<f64>| match cell {
                Some(number) if is_missing(number) => {
                    count(number_code(number));
                    f64::NAN
                }
                Some(number) if number.is_finite() => number,
                _ => f64::NAN,
            };
            Ok(Values::Numbers(numbers.as_primitive::<Float64Type>().iter().map(cell).collect()))
        }
        _ => {
            let cells = cast(array, &DataType::LargeUtf8)?;
            let mut texts = Texts::default();
            for cell in cells.as_string::<i64>() {
                let cell = cell.map(str::trim).filter(|cell| !cell.is_empty());
                let is_missing = cell.is_some_and(|cell| {
                    declared
                        .iter()
                        .any(|spec| matches!(spec, MissingSpec::StringValue(code) if code.trim() == cell))
                });
                if is_missing {
                    count(cell.unwrap_or_default().to_owned());
                }
                texts.push(cell.filter(|_| !is_missing));
            }
            Ok(Values::Texts(texts))
        }
    }
}
