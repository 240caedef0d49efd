//! Delimited text (RFC 4180, read tolerantly): rows of cells with exact line numbers.
//!
//! Own splitter rather than a general one, because a fault must name the line on which its row begins, an unclosed
//! quote must be told from a long cell, and text after a closing quote must not vanish. Delimiter: of comma, semicolon,
//! tab and bar, the one that splits the head into the most columns, evenly. Blank rows are passed over; a row with too
//! few or too many cells is a fault (empty cells beyond the header's are let pass, spreadsheets write them).

use super::{ReadOptions, column_names, encoding};
use crate::error::{Fault, Faults, RecordsError};
use crate::number::{DecimalMark, MarkCount};
use crate::table::{Column, Provenance, Table, Texts, Values};
use std::borrow::Cow;

/// Faults listed before only counting goes on.
const LISTED_FAULTS: usize = 20;
/// Rows looked at to find the delimiter.
const HEAD_ROWS: usize = 100;
/// Rows looked at to find the decimal mark.
const MARK_ROWS: usize = 1000;

pub(super) fn read(
    bytes: &[u8],
    options: &ReadOptions,
    mut provenance: Provenance,
) -> Result<Table, RecordsError> {
    let (text, encoding) = encoding::decode(bytes, options.encoding.as_deref())?;
    let (text, first_line, noted) = without_delimiter_note(&text);
    if text.trim().is_empty() {
        return Err(RecordsError::refused(Fault::file(
            "the file is empty",
            "the first line names the columns",
        )));
    }
    let delimiter = options.delimiter.or(noted).unwrap_or_else(|| find_delimiter(text));
    if !delimiter.is_ascii() || matches!(delimiter, '"' | '\n' | '\r') {
        return Err(RecordsError::refused(
            Fault::file("this cannot be a delimiter", "use a comma, semicolon, tab or bar")
                .quoting(&delimiter.to_string()),
        ));
    }
    let mut rows = Rows { text, at: 0, line: first_line, delimiter: delimiter as u8 };
    let mut cells = Vec::new();
    let header_line = rows.next(&mut cells).map_err(RecordsError::refused)?.unwrap_or(first_line);
    while cells.last().is_some_and(|cell| cell.trim().is_empty()) {
        cells.pop();
    }
    let names = column_names(cells.iter().map(AsRef::as_ref), header_line)?;
    let mut columns: Vec<Texts> = names.iter().map(|_| Texts::default()).collect();
    let mut lines = Vec::new();
    let mut faults = Faults::new(LISTED_FAULTS);
    let mut marks = MarkCount::default();
    loop {
        let line = match rows.next(&mut cells) {
            Ok(Some(line)) => line,
            Ok(None) => break,
            Err(fault) => {
                // After a broken quote nothing further can be trusted.
                faults.add(|| fault);
                break;
            }
        };
        let beyond = cells.iter().skip(names.len()).any(|cell| !cell.trim().is_empty());
        if cells.len() < names.len() || beyond {
            faults.add(|| {
                Fault::file(
                    format!("the row has {} cells, the header {}", cells.len(), names.len()),
                    "put quotes around a text that holds the delimiter, and give every row all its cells",
                )
                .at_line(line)
            });
            continue;
        }
        for (column, cell) in columns.iter_mut().zip(&cells) {
            let cell = cell.trim();
            if lines.len() < MARK_ROWS {
                marks.see(cell);
            }
            column.push((!cell.is_empty()).then_some(cell));
        }
        lines.push(line);
    }
    provenance.encoding = Some(encoding);
    provenance.delimiter = Some(delimiter);
    // With commas between the cells a comma inside one needs quotes, which is how numbers with thousands marks come.
    let found = if delimiter == ',' { DecimalMark::Point } else { marks.mark() };
    provenance.decimal_comma = options.decimal.unwrap_or(found) == DecimalMark::Comma;
    let columns = names
        .into_iter()
        .zip(columns)
        .map(|(name, texts)| Column::plain(name, Values::Texts(texts)))
        .collect();
    faults.finish(Table { columns, lines, provenance })
}

/// Takes off a spreadsheet's own note of the delimiter (`sep=;`): the rest, its first line's number, the delimiter.
fn without_delimiter_note(text: &str) -> (&str, u64, Option<char>) {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let first = first.trim_end_matches('\r');
    match first.get(..4) {
        Some(note) if note.eq_ignore_ascii_case("sep=") && first[4..].chars().count() == 1 => {
            (rest, 2, first[4..].chars().next())
        }
        _ => (text, 1, None),
    }
}

/// The delimiter that splits the head evenly into the most columns; else the most frequent in the header.
fn find_delimiter(text: &str) -> char {
    let mut best = (false, 0_usize, ',');
    for delimiter in [',', ';', '\t', '|'] {
        let mut rows = Rows { text, at: 0, line: 1, delimiter: delimiter as u8 };
        let mut cells = Vec::new();
        let (mut width, mut even) = (0, true);
        for at in 0..HEAD_ROWS {
            match rows.next(&mut cells) {
                Ok(Some(_)) if at == 0 => width = cells.len(),
                Ok(Some(_)) => even &= cells.len() == width,
                Ok(None) => break,
                Err(_) => {
                    even = false;
                    break;
                }
            }
        }
        let candidate = (even && width > 1, width, delimiter);
        if (candidate.0, candidate.1) > (best.0, best.1) {
            best = candidate;
        }
    }
    best.2
}

/// The rows of a text, one at a time.
struct Rows<'a> {
    text: &'a str,
    at: usize,
    line: u64,
    delimiter: u8,
}

impl<'a> Rows<'a> {
    /// Fills `cells` with the next row that is not blank; gives the line on which it begins, `None` at the end.
    fn next(&mut self, cells: &mut Vec<Cow<'a, str>>) -> Result<Option<u64>, Fault> {
        loop {
            cells.clear();
            if self.at >= self.text.len() {
                return Ok(None);
            }
            let line = self.line;
            while self.cell(cells)? {}
            if cells.iter().any(|cell| !cell.trim().is_empty()) {
                return Ok(Some(line));
            }
        }
    }

    /// Reads one cell and what ends it; true when another follows in the same row.
    fn cell(&mut self, cells: &mut Vec<Cow<'a, str>>) -> Result<bool, Fault> {
        let bytes = self.text.as_bytes();
        let start = self.at;
        let mut open = start;
        while open < bytes.len() && bytes[open] == b' ' && self.delimiter != b' ' {
            open += 1;
        }
        let cell = if bytes.get(open) == Some(&b'"') {
            self.at = open + 1;
            self.quoted(cells.len())?
        } else {
            let delimiter = self.delimiter;
            let length =
                bytes[start..].iter().position(|byte| *byte == delimiter || *byte == b'\n' || *byte == b'\r');
            self.at = length.map_or(bytes.len(), |length| start + length);
            Cow::Borrowed(&self.text[start..self.at])
        };
        cells.push(cell);
        match bytes.get(self.at) {
            Some(byte) if *byte == self.delimiter => {
                self.at += 1;
                Ok(true)
            }
            Some(_) => {
                self.at += if bytes[self.at..].starts_with(b"\r\n") { 2 } else { 1 };
                self.line += 1;
                Ok(false)
            }
            None => Ok(false),
        }
    }

    /// Reads a quoted cell from after its opening quote to the delimiter or line end after it.
    fn quoted(&mut self, column: usize) -> Result<Cow<'a, str>, Fault> {
        let bytes = self.text.as_bytes();
        let (start, start_line) = (self.at, self.line);
        let mut doubled = false;
        loop {
            match bytes.get(self.at) {
                None => {
                    return Err(Fault::file(
                        format!("a quote opens in cell {} and is never closed", column + 1),
                        "close the quote, or take it out",
                    )
                    .at_line(start_line));
                }
                Some(b'"') if bytes.get(self.at + 1) == Some(&b'"') => {
                    doubled = true;
                    self.at += 2;
                }
                Some(b'"') => break,
                Some(b'\n') => {
                    self.line += 1;
                    self.at += 1;
                }
                Some(b'\r') => {
                    self.line += u64::from(bytes.get(self.at + 1) != Some(&b'\n'));
                    self.at += 1;
                }
                Some(_) => self.at += 1,
            }
        }
        let inside = &self.text[start..self.at];
        self.at += 1;
        while self.at < bytes.len() && bytes[self.at] == b' ' && self.delimiter != b' ' {
            self.at += 1;
        }
        let ended =
            bytes.get(self.at).is_none_or(|byte| *byte == self.delimiter || *byte == b'\n' || *byte == b'\r');
        if !ended {
            return Err(Fault::file(
                format!("text follows the closing quote of cell {}", column + 1),
                "write a quote inside a quoted text twice, as in \"a 5\"\" pipe\"",
            )
            .at_line(start_line));
        }
        Ok(if doubled { Cow::Owned(inside.replace("\"\"", "\"")) } else { Cow::Borrowed(inside) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::read_bytes;

    fn table(text: &str) -> Result<Table, RecordsError> {
        read_bytes(text.as_bytes(), "t.csv", &ReadOptions::default())
    }

    fn cells(table: &Table, column: usize) -> Vec<Option<String>> {
        (0..table.rows()).map(|row| table.columns[column].values.code(row)).collect()
    }

    #[test]
    fn quotes_delimiters_and_line_ends_are_read_right() {
        for (text, delimiter) in [
            ("a,b\n1,\"x, y\"\n2,\"say \"\"hi\"\"\"\n", ','),
            ("a;b\r\n1;\"x, y\"\r\n2;\"say \"\"hi\"\"\"\r\n", ';'),
            ("a\tb\r1\tx, y\r2\tsay \"hi\"\r", '\t'),
            ("a|b\n\n1|x, y\n|\n2 | \"say \"\"hi\"\"\" \n", '|'),
            ("sep=;\na;b;\n1;x, y;\n2;say \"hi\";", ';'),
        ] {
            let table = table(text).unwrap();
            assert_eq!(table.provenance.delimiter, Some(delimiter), "{text:?}");
            assert_eq!(table.columns.len(), 2, "{text:?}");
            assert_eq!(cells(&table, 0), [Some("1".to_owned()), Some("2".to_owned())], "{text:?}");
            assert_eq!(
                cells(&table, 1),
                [Some("x, y".to_owned()), Some("say \"hi\"".to_owned())],
                "{text:?}"
            );
        }
    }

    #[test]
    fn a_row_knows_the_line_on_which_it_begins() {
        let table = table("a,b\r\n1,\"two\r\nlines\"\r\n\r\n2,\"\"\r\n").unwrap();
        assert_eq!(table.lines, [2, 5]);
        assert_eq!(cells(&table, 1), [Some("two\r\nlines".to_owned()), None]);
    }

    #[test]
    fn what_cannot_be_read_right_is_refused_with_its_line() {
        for (text, expect) in [
            ("a,b\n1,2\n3\n4,5,6\n", "line 3: the row has 1 cells, the header 2"),
            ("a,b\n1,\"x\n2,3\n", "line 2: a quote opens in cell 2 and is never closed"),
            ("a,b\n1,\"x\" y\n", "line 2: text follows the closing quote of cell 2"),
            ("a,b, a\n1,2,3\n", "line 1, column a: the header names this column twice"),
            (" \n", "the file is empty"),
        ] {
            let refused = table(text).unwrap_err().to_string();
            assert!(refused.starts_with(expect), "{text:?}: {refused}");
        }
        let RecordsError::Refused(faults) = table("a,b\n1,2\n3\n4,5,6\n").unwrap_err() else {
            panic!("a refusal")
        };
        assert_eq!(faults.total, 2);
    }

    #[test]
    fn the_decimal_comma_is_found() {
        for (text, expect) in
            [("a;b\n1,5;x\n2,25;y\n", true), ("a;b\n1.5;x\n", false), ("a,b\n\"1,5\",x\n", false)]
        {
            assert_eq!(table(text).unwrap().provenance.decimal_comma, expect, "{text:?}");
        }
    }

    #[test]
    fn a_single_column_needs_no_delimiter() {
        let table = table("client\n1\n2\n").unwrap();
        assert_eq!((table.columns.len(), table.rows()), (1, 2));
    }
}
