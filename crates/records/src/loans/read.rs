//! Row groups of Parquet files into the rows that are kept: only the needed columns are decoded, and only rows that pass
//! are looked at further.

use super::Lists;
use super::book::LoanBook;
use super::names::Known;
use super::row::{Kind, PARTS, Row, Shares, UNKNOWN};
use super::warning::LoanWarning;
use crate::error::{Fault, RecordsError};
use crate::scan::list_files;
use datafusion::arrow::array::{
    Array, ArrayRef, AsArray, BooleanArray, Float64Array, Int32Array, Int64Array, RecordBatch,
    StringViewArray,
};
use datafusion::arrow::compute::{cast, filter_record_batch};
use datafusion::arrow::datatypes::{DataType, Float64Type, Int32Type, Int64Type};
use datafusion::parquet::arrow::ProjectionMask;
use datafusion::parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReaderBuilder,
};
use std::collections::BTreeMap;
use std::fs::File;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

/// Rows decoded at a time: small enough that a batch stays in the processor's cache.
const BATCH_ROWS: usize = 8192;

fn engine(error: impl std::fmt::Display) -> RecordsError {
    RecordsError::Engine(error.to_string())
}

/// A row group to read.
pub(super) struct Part {
    path: PathBuf,
    kind: Kind,
    metadata: ArrowReaderMetadata,
    group: usize,
    columns: Vec<usize>,
}

/// The row groups of a file or folder; checks that the columns are there.
pub(super) fn parts(path: &Path, kind: Kind, book: &LoanBook) -> Result<Vec<Part>, RecordsError> {
    let mut parts = Vec::new();
    for path in list_files(path)? {
        let metadata =
            ArrowReaderMetadata::load(&open(&path)?, ArrowReaderOptions::default()).map_err(|error| {
                RecordsError::refused(Fault::file(
                    format!("{} cannot be read as Parquet: {error}", path.display()),
                    "write it again, or leave it out of the folder",
                ))
            })?;
        let schema = metadata.schema();
        let mut columns = Vec::new();
        for name in needed(kind, book) {
            columns.push(schema.index_of(name).map_err(|_| {
                RecordsError::refused(
                    Fault::file(
                        format!("{} has no such column", path.display()),
                        "name the column as the file does",
                    )
                    .in_column(name),
                )
            })?);
        }
        for group in 0..metadata.metadata().num_row_groups() {
            let (path, metadata, columns) = (path.clone(), metadata.clone(), columns.clone());
            parts.push(Part { path, kind, metadata, group, columns });
        }
    }
    Ok(parts)
}

fn open(path: &Path) -> Result<File, RecordsError> {
    File::open(path).map_err(|source| RecordsError::File { path: path.display().to_string(), source })
}

fn needed(kind: Kind, book: &LoanBook) -> Vec<&str> {
    let mut names: Vec<&str> = Vec::new();
    match (kind, &book.instalments, &book.clients) {
        (Kind::Due, Some((_, columns)), _) => {
            names.extend([
                &*columns.client,
                &columns.due,
                &columns.amount,
                &columns.paid,
                &columns.paid_amount,
            ]);
        }
        (Kind::Client, _, Some((_, columns))) => {
            names.push(&columns.client);
            names.extend([&columns.income, &columns.group].into_iter().flatten().map(String::as_str));
            names.extend(columns.person.iter().map(String::as_str));
        }
        _ => {
            let columns = &book.columns;
            names.extend([&*columns.client, &columns.disbursed, &columns.term_days, &columns.instalment]);
            let optional = [
                &columns.lender,
                &columns.income,
                &columns.outstanding,
                &columns.days_late,
                &columns.closed,
                &columns.currency,
                &columns.group,
            ];
            names.extend(optional.into_iter().flatten().map(String::as_str));
            names.extend(columns.person.iter().chain(book.rows.keys()).map(String::as_str));
        }
    }
    names
}

/// What a thread's reading came to.
pub(super) struct Ended {
    /// Rows of the loans files.
    pub(super) rows: u64,
    pub(super) warnings: BTreeMap<LoanWarning, u64>,
    pub(super) ids: BTreeMap<u64, String>,
}

/// One thread's reading.
pub(super) struct Reader<'a> {
    book: &'a LoanBook,
    lenders: Known<'a>,
    groups: Known<'a>,
    currencies: Known<'a>,
    keep_ids: bool,
    ended: Ended,
}

/// A key column.
enum Keys {
    Whole(Int64Array),
    Texts(StringViewArray),
}

impl<'a> Reader<'a> {
    pub(super) fn new(book: &'a LoanBook, lists: &'a Lists, keep_ids: bool) -> Self {
        Self {
            book,
            lenders: Known::new(&lists.lenders),
            groups: Known::new(&lists.groups),
            currencies: Known::new(&lists.currencies),
            keep_ids,
            ended: Ended { rows: 0, warnings: BTreeMap::new(), ids: BTreeMap::new() },
        }
    }

    pub(super) fn ended(self) -> Ended {
        self.ended
    }

    /// Reads a row group; `go_on` is told after each batch how many rows are held.
    pub(super) fn read(
        &mut self,
        part: &Part,
        shares: &mut Shares<'_>,
        go_on: &dyn Fn(usize) -> Result<(), RecordsError>,
    ) -> Result<(), RecordsError> {
        let builder =
            ParquetRecordBatchReaderBuilder::new_with_metadata(open(&part.path)?, part.metadata.clone());
        let mask = ProjectionMask::roots(builder.parquet_schema(), part.columns.iter().copied());
        let batches = builder
            .with_projection(mask)
            .with_row_groups(vec![part.group])
            .with_batch_size(BATCH_ROWS)
            .build()
            .map_err(engine)?;
        for batch in batches {
            let batch = batch.map_err(engine)?;
            match part.kind {
                Kind::Due => self.dues(&batch, shares)?,
                Kind::Client => self.clients(&batch, shares)?,
                Kind::Loan | Kind::Closed => self.loans(&batch, shares)?,
            }
            go_on(shares.held())?;
        }
        Ok(())
    }

    fn warn(&mut self, warning: LoanWarning) {
        *self.ended.warnings.entry(warning).or_default() += 1;
    }

    fn loans(&mut self, batch: &RecordBatch, shares: &mut Shares<'_>) -> Result<(), RecordsError> {
        let (book, as_of) = (self.book, self.book.as_of);
        self.ended.rows += batch.num_rows() as u64;
        let filtered;
        let batch = if book.rows.is_empty() {
            batch
        } else {
            filtered = self.chosen(batch)?;
            &filtered
        };
        let columns = &book.columns;
        let disbursed = days(batch, &columns.disbursed)?;
        let terms = days(batch, &columns.term_days)?;
        let closed = columns.closed.as_deref().map(|name| days(batch, name)).transpose()?;
        let mut keep = vec![false; batch.num_rows()];
        for (row, keep) in keep.iter_mut().enumerate() {
            if disbursed.is_null(row) || terms.is_null(row) || terms.value(row) < 1 {
                self.warn(LoanWarning::LoanWithoutDates);
                continue;
            }
            let from = disbursed.value(row);
            let runs = from <= as_of && i64::from(from) + i64::from(terms.value(row)) > as_of.into();
            *keep = match &closed {
                Some(closed) if closed.is_valid(row) && closed.value(row) <= as_of => {
                    let day = closed.value(row);
                    i64::from(day) < i64::from(from) + i64::from(terms.value(row))
                        && as_of.abs_diff(day) <= book.look_back.into()
                }
                _ => runs,
            };
        }
        let batch = filter_record_batch(batch, &BooleanArray::from(keep)).map_err(engine)?;
        let disbursed = days(&batch, &columns.disbursed)?;
        let closed = columns.closed.as_deref().map(|name| days(&batch, name)).transpose()?;
        let clients = keys(&batch, &columns.client)?;
        let instalments = numbers(&batch, &columns.instalment)?;
        let optional = |name: &Option<String>| name.as_deref().map(|name| numbers(&batch, name)).transpose();
        let (incomes, outstanding) = (optional(&columns.income)?, optional(&columns.outstanding)?);
        let days_late = optional(&columns.days_late)?;
        let key = |name: &Option<String>| name.as_deref().map(|name| keys(&batch, name)).transpose();
        let (lenders, groups, currencies) =
            (key(&columns.lender)?, key(&columns.group)?, key(&columns.currency)?);
        let people = people(&batch, &columns.person)?;
        for at in 0..batch.num_rows() {
            let Some(client) = self.client(&clients, at) else { continue };
            let mut row = Row::of(Kind::Loan, client);
            row.day = disbursed.value(at);
            if let Some(closed) =
                closed.as_ref().filter(|closed| closed.is_valid(at) && closed.value(at) <= as_of)
            {
                row.kind = Kind::Closed;
                row.day = closed.value(at);
            }
            row.instalment = amount(&instalments, at);
            row.income = incomes.as_ref().map_or(f64::NAN, |incomes| number(incomes, at));
            row.outstanding = outstanding.as_ref().map_or(UNKNOWN, |outstanding| amount(outstanding, at));
            row.days_late = days_late.as_ref().map_or(0, |late| number(late, at) as u16);
            row.lender = code(&mut self.lenders, lenders.as_ref(), at)?;
            row.group = code(&mut self.groups, groups.as_ref(), at)?;
            row.currency = code(&mut self.currencies, currencies.as_ref(), at)? as u8;
            row.person = person(&people, at);
            shares.add(row);
        }
        Ok(())
    }

    fn dues(&mut self, batch: &RecordBatch, shares: &mut Shares<'_>) -> Result<(), RecordsError> {
        let book = self.book;
        let Some((_, columns)) = &book.instalments else { return Ok(()) };
        let clients = keys(batch, &columns.client)?;
        let (due, paid) = (days(batch, &columns.due)?, days(batch, &columns.paid)?);
        let (amounts, paid_amounts) =
            (numbers(batch, &columns.amount)?, numbers(batch, &columns.paid_amount)?);
        for at in 0..batch.num_rows() {
            let amount_due = amount(&amounts, at);
            if due.is_null(at) || amount_due == UNKNOWN {
                self.warn(LoanWarning::InstalmentIncomplete);
                continue;
            }
            let day = due.value(at);
            if day > book.as_of || book.as_of.abs_diff(day) > book.look_back.into() {
                continue;
            }
            let Some(client) = self.client(&clients, at) else { continue };
            // What is paid after the day, or only in part, is not paid on the day.
            let settled =
                paid.is_valid(at) && paid.value(at) <= book.as_of && amount(&paid_amounts, at) >= amount_due;
            let until = if settled { paid.value(at) } else { book.as_of };
            let mut row = Row::of(Kind::Due, client);
            row.days_late = u16::try_from((i64::from(until) - i64::from(day)).max(0)).unwrap_or(u16::MAX);
            shares.add(row);
        }
        Ok(())
    }

    fn clients(&mut self, batch: &RecordBatch, shares: &mut Shares<'_>) -> Result<(), RecordsError> {
        let Some((_, columns)) = &self.book.clients else { return Ok(()) };
        let clients = keys(batch, &columns.client)?;
        let incomes = columns.income.as_deref().map(|name| numbers(batch, name)).transpose()?;
        let groups = columns.group.as_deref().map(|name| keys(batch, name)).transpose()?;
        let people = people(batch, &columns.person)?;
        for at in 0..batch.num_rows() {
            let Some(client) = self.client(&clients, at) else { continue };
            let mut row = Row::of(Kind::Client, client);
            row.income = incomes.as_ref().map_or(f64::NAN, |incomes| number(incomes, at));
            row.group = code(&mut self.groups, groups.as_ref(), at)?;
            row.person = person(&people, at);
            shares.add(row);
        }
        Ok(())
    }

    /// The rows whose columns hold the values asked for.
    fn chosen(&self, batch: &RecordBatch) -> Result<RecordBatch, RecordsError> {
        let mut keep = vec![true; batch.num_rows()];
        for (name, value) in &self.book.rows {
            let texts = texts(column(batch, name)?)?;
            for (row, keep) in keep.iter_mut().enumerate() {
                *keep &= texts.is_valid(row) && texts.value(row) == value;
            }
        }
        filter_record_batch(batch, &BooleanArray::from(keep)).map_err(engine)
    }

    /// A client's key; a whole number and its text are one client.
    fn client(&mut self, keys: &Keys, at: usize) -> Option<u64> {
        let key = match keys {
            Keys::Whole(numbers) => numbers.is_valid(at).then(|| numbers.value(at).cast_unsigned()),
            Keys::Texts(texts) => (texts.is_valid(at) && !texts.value(at).is_empty()).then(|| {
                let text = texts.value(at);
                match text.parse::<i64>() {
                    Ok(number) if number.to_string() == text => number.cast_unsigned(),
                    _ => {
                        let mut hash = DefaultHasher::new();
                        text.hash(&mut hash);
                        hash.finish()
                    }
                }
            }),
        };
        let Some(key) = key else {
            self.warn(LoanWarning::RowWithoutClient);
            return None;
        };
        if self.keep_ids {
            self.ended.ids.entry(key).or_insert_with(|| match keys {
                Keys::Whole(numbers) => numbers.value(at).to_string(),
                Keys::Texts(texts) => texts.value(at).to_owned(),
            });
        }
        Some(key)
    }
}

fn code(known: &mut Known<'_>, keys: Option<&Keys>, at: usize) -> Result<u16, RecordsError> {
    match keys {
        Some(Keys::Whole(numbers)) if numbers.is_valid(at) => known.whole(numbers.value(at)),
        Some(Keys::Texts(texts)) if texts.is_valid(at) => known.text(texts.value(at)),
        _ => Ok(0),
    }
}

fn column<'a>(batch: &'a RecordBatch, name: &str) -> Result<&'a ArrayRef, RecordsError> {
    batch.column_by_name(name).ok_or_else(|| engine(format!("the column {name} was not read")))
}

fn unfit(name: &str, hint: &str) -> RecordsError {
    RecordsError::refused(Fault::file("the column is of the wrong kind", hint).in_column(name))
}

/// Whole numbers of days, whatever kind of day.
fn days(batch: &RecordBatch, name: &str) -> Result<Int32Array, RecordsError> {
    let array = column(batch, name)?;
    let days = match array.data_type() {
        DataType::Int32 => return Ok(array.as_primitive::<Int32Type>().clone()),
        DataType::Date64 | DataType::Timestamp(..) => cast(array, &DataType::Date32).map_err(engine)?,
        kind if kind.is_numeric() || matches!(kind, DataType::Date32 | DataType::Null) => array.clone(),
        _ => return Err(unfit(name, "write it as a date or a whole number of days")),
    };
    let days = cast(&days, &DataType::Int32).map_err(engine)?;
    Ok(days.as_primitive::<Int32Type>().clone())
}

fn numbers(batch: &RecordBatch, name: &str) -> Result<Float64Array, RecordsError> {
    let array = column(batch, name)?;
    let kind = array.data_type();
    if !kind.is_numeric() && *kind != DataType::Null {
        return Err(unfit(name, "write it as a number"));
    }
    if *kind == DataType::Float64 {
        return Ok(array.as_primitive::<Float64Type>().clone());
    }
    Ok(cast(array, &DataType::Float64).map_err(engine)?.as_primitive::<Float64Type>().clone())
}

fn texts(array: &ArrayRef) -> Result<StringViewArray, RecordsError> {
    Ok(cast(array, &DataType::Utf8View).map_err(engine)?.as_string_view().clone())
}

fn keys(batch: &RecordBatch, name: &str) -> Result<Keys, RecordsError> {
    let array = column(batch, name)?;
    if !array.data_type().is_integer() || *array.data_type() == DataType::UInt64 {
        return texts(array).map(Keys::Texts);
    }
    Ok(Keys::Whole(cast(array, &DataType::Int64).map_err(engine)?.as_primitive::<Int64Type>().clone()))
}

/// NaN when missing or not finite; zero and negative zero are one.
fn number(numbers: &Float64Array, at: usize) -> f64 {
    let number = if numbers.is_valid(at) { numbers.value(at) + 0.0 } else { f64::NAN };
    if number.is_finite() { number } else { f64::NAN }
}

/// An amount in parts; missing, negative and beyond 2⁵³ parts are not known.
fn amount(numbers: &Float64Array, at: usize) -> i64 {
    let parts = (number(numbers, at) * PARTS).round();
    if (0.0..9.0e15).contains(&parts) { parts as i64 } else { UNKNOWN }
}

fn people(batch: &RecordBatch, names: &[String]) -> Result<Vec<StringViewArray>, RecordsError> {
    names.iter().map(|name| texts(column(batch, name)?)).collect()
}

/// A hash of what is known of a person; 0 unless every field is.
fn person(fields: &[StringViewArray], at: usize) -> u32 {
    if fields.is_empty() || fields.iter().any(|field| field.is_null(at)) {
        return 0;
    }
    let mut hash = DefaultHasher::new();
    for field in fields {
        field.value(at).hash(&mut hash);
    }
    (hash.finish() as u32).max(1)
}
