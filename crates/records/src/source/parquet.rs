//! Parquet files read whole into a table; files too large for that are scanned instead.
//!
//! Numbers of every width become f64; whole numbers beyond 2⁵³ become texts, since they are keys and must stay exact.
//! Dates and moments become dates. Nested columns are left out of the table, named in no error: a client record is flat.

use super::column_names;
use crate::error::{Fault, RecordsError};
use crate::table::{Column, Provenance, Table, Texts, Values};
use datafusion::arrow::array::{Array, ArrayRef, AsArray};
use datafusion::arrow::compute::{cast, concat};
use datafusion::arrow::datatypes::{DataType, Date32Type, Float64Type, Int64Type, UInt64Type};
use datafusion::arrow::error::ArrowError;
use datafusion::parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use time::{Date, Duration, Month};

/// Largest whole number up to which every whole number is an f64.
const EXACT: u64 = 1 << 53;

pub(super) fn read(bytes: &[u8], provenance: Provenance) -> Result<Table, RecordsError> {
    let broken = |error: String| {
        RecordsError::refused(Fault::file(
            format!("the Parquet file cannot be read: {error}"),
            "write it again; ZSTD, Snappy and no compression are understood",
        ))
    };
    let builder = ParquetRecordBatchReaderBuilder::try_new(bytes::Bytes::copy_from_slice(bytes))
        .map_err(|error| broken(error.to_string()))?;
    let schema = builder.schema().clone();
    let names = column_names(schema.fields().iter().map(|field| field.name().as_str()), 0)?;
    let mut parts: Vec<Vec<ArrayRef>> = vec![Vec::new(); names.len()];
    let mut rows = 0_u64;
    for batch in builder.build().map_err(|error| broken(error.to_string()))? {
        let batch = batch.map_err(|error| broken(error.to_string()))?;
        rows += batch.num_rows() as u64;
        for (parts, column) in parts.iter_mut().zip(batch.columns()) {
            parts.push(column.clone());
        }
    }
    let mut columns = Vec::with_capacity(names.len());
    for ((name, parts), field) in names.into_iter().zip(parts).zip(schema.fields()) {
        if field.data_type().is_nested() {
            continue;
        }
        let values = values(&parts, field.data_type()).map_err(|error| {
            RecordsError::refused(
                Fault::file(
                    format!("cells of this kind are not read: {error}"),
                    "store it as a number, text or date",
                )
                .in_column(&name),
            )
        })?;
        columns.push(Column::plain(name, values));
    }
    Ok(Table { columns, lines: (1..=rows).collect(), provenance })
}

fn values(parts: &[ArrayRef], kind: &DataType) -> Result<Values, ArrowError> {
    if parts.is_empty() {
        return Ok(Values::Numbers(Vec::new()));
    }
    let borrowed: Vec<&dyn Array> = parts.iter().map(AsRef::as_ref).collect();
    let whole = concat(&borrowed)?;
    match kind {
        DataType::Int64
            if whole.as_primitive::<Int64Type>().iter().flatten().any(|key| key.unsigned_abs() > EXACT) =>
        {
            texts(&whole)
        }
        DataType::UInt64 if whole.as_primitive::<UInt64Type>().iter().flatten().any(|key| key > EXACT) => {
            texts(&whole)
        }
        DataType::Null => Ok(Values::Numbers(vec![f64::NAN; whole.len()])),
        kind if kind.is_temporal()
            && !matches!(
                kind,
                DataType::Duration(_) | DataType::Interval(_) | DataType::Time32(_) | DataType::Time64(_)
            ) =>
        {
            let days = cast(&whole, &DataType::Date32)?;
            let days = days.as_primitive::<Date32Type>();
            let epoch = Date::from_calendar_date(1970, Month::January, 1).ok();
            let date = |days: i32| epoch.and_then(|epoch| epoch.checked_add(Duration::days(i64::from(days))));
            Ok(Values::Dates(days.iter().map(|days| days.and_then(date)).collect()))
        }
        kind if kind.is_numeric() || *kind == DataType::Boolean => {
            let numbers = cast(&whole, &DataType::Float64)?;
            let numbers = numbers.as_primitive::<Float64Type>();
            let finite = |number: Option<f64>| number.filter(|number| number.is_finite()).unwrap_or(f64::NAN);
            Ok(Values::Numbers(numbers.iter().map(finite).collect()))
        }
        _ => texts(&whole),
    }
}

fn texts(whole: &ArrayRef) -> Result<Values, ArrowError> {
    let cells = cast(whole, &DataType::LargeUtf8)?;
    let mut texts = Texts::default();
    for cell in cells.as_string::<i64>() {
        texts.push(cell.map(str::trim).filter(|text| !text.is_empty()));
    }
    Ok(Values::Texts(texts))
}
