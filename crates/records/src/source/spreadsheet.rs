//! Spreadsheets (XLSX, XLSM, XLSB, XLS, ODS): one sheet, its first used row is the header.
//!
//! A column whose cells are all numbers holds numbers, all dates holds dates, else texts (numbers among them in their
//! shortest form). Formulas give their stored value; an error value (`#DIV/0!`) is kept as text so that it is reported as
//! a bad cell and not lost. Left out: merged headers, several tables on one sheet, times of day.

use super::{ReadOptions, column_names};
use crate::error::{Fault, RecordsError};
use crate::table::{Column, Provenance, Table, Texts, Values, number_code};
use calamine::{Data, Range, Reader, Sheets};
use std::io::Cursor;
use time::{Date, Month};

pub(super) fn read(
    bytes: &[u8],
    options: &ReadOptions,
    mut provenance: Provenance,
) -> Result<Table, RecordsError> {
    let broken = |error: calamine::Error| {
        RecordsError::refused(Fault::file(
            format!("the spreadsheet cannot be read: {error}"),
            "open it and save it again as .xlsx, without a password",
        ))
    };
    let mut book: Sheets<_> = calamine::open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(broken)?;
    let names = book.sheet_names();
    let sheet = match &options.sheet {
        Some(wanted) if names.contains(wanted) => wanted.clone(),
        Some(wanted) => {
            return Err(RecordsError::refused(
                Fault::file("there is no such sheet", format!("the sheets are {}", names.join(", ")))
                    .quoting(wanted),
            ));
        }
        None => names.first().cloned().ok_or_else(|| {
            RecordsError::refused(Fault::file("the spreadsheet has no sheet", "put the table on a sheet"))
        })?,
    };
    let range = book.worksheet_range(&sheet).map_err(broken)?;
    let first_line = u64::from(range.start().map_or(0, |(row, _)| row)) + 1;
    let header: Vec<String> =
        range.rows().next().map(|row| row.iter().map(text_of).collect()).unwrap_or_default();
    let named = header.iter().filter(|name| !name.trim().is_empty()).count();
    if named == 0 {
        return Err(RecordsError::refused(
            Fault::file("the sheet is empty", "its first row names the columns").quoting(&sheet),
        ));
    }
    if named == 1 && header.len() > 2 {
        return Err(RecordsError::refused(
            Fault::file(
                "the first row is a title, not the names of the columns",
                "delete the rows above the header",
            )
            .at_line(first_line),
        ));
    }
    let names = column_names(header.iter().map(String::as_str), first_line)?;
    // Rows without any value stand between tables and at the end; they are no clients.
    let rows: Vec<usize> = (1..range.height())
        .filter(|row| (0..range.width()).any(|at| range.get((*row, at)).is_some_and(|cell| !is_blank(cell))))
        .collect();
    let columns = names
        .into_iter()
        .enumerate()
        .filter(|(at, _)| {
            !header[*at].trim().is_empty()
                || rows.iter().any(|row| range.get((*row, *at)).is_some_and(|cell| !is_blank(cell)))
        })
        .map(|(at, name)| Column::plain(name, values(&range, at, &rows)))
        .collect();
    provenance.sheet = Some(sheet);
    Ok(Table { columns, lines: rows.iter().map(|row| first_line + *row as u64).collect(), provenance })
}

fn is_blank(cell: &Data) -> bool {
    match cell {
        Data::Empty => true,
        Data::String(text) => text.trim().is_empty(),
        _ => false,
    }
}

fn values(range: &Range<Data>, column: usize, rows: &[usize]) -> Values {
    let cells = || rows.iter().map(|row| range.get((*row, column)).unwrap_or(&Data::Empty));
    let filled = || cells().filter(|cell| !is_blank(cell));
    if filled().all(|cell| number_of(cell).is_some()) {
        return Values::Numbers(cells().map(|cell| number_of(cell).unwrap_or(f64::NAN)).collect());
    }
    if filled().all(|cell| date_of(cell).is_some()) {
        return Values::Dates(cells().map(date_of).collect());
    }
    let mut texts = Texts::default();
    for cell in cells() {
        let text = text_of(cell);
        let text = text.trim();
        texts.push((!text.is_empty()).then_some(text));
    }
    Values::Texts(texts)
}

fn number_of(cell: &Data) -> Option<f64> {
    match cell {
        Data::Int(number) => Some(*number as f64),
        Data::Float(number) => Some(*number).filter(|number| number.is_finite()),
        Data::Bool(value) => Some(f64::from(u8::from(*value))),
        _ => None,
    }
}

fn date_of(cell: &Data) -> Option<Date> {
    match cell {
        Data::DateTime(moment) if moment.is_datetime() => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            Date::from_calendar_date(i32::from(year), Month::try_from(month).ok()?, day).ok()
        }
        Data::DateTimeIso(text) => crate::dates::DateFormat::iso().read(text),
        _ => None,
    }
}

fn text_of(cell: &Data) -> String {
    match cell {
        Data::Empty => String::new(),
        Data::String(text) | Data::DurationIso(text) => text.clone(),
        Data::Error(error) => error.to_string(),
        cell => date_of(cell)
            .map(|date| date.to_string())
            .or_else(|| number_of(cell).map(number_code))
            .unwrap_or_else(|| cell.to_string()),
    }
}
