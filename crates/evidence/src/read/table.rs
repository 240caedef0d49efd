//! A delimited text as rows of cells: encoding, delimiter and decimal mark are found from the head of the file.
//!
//! Streams: memory does not grow with the number of rows. Encoding: UTF-8 with or without byte-order mark, else
//! Windows-1252 (a superset of Latin-1), said so. UTF-16 and binary files are refused with what to do. Delimiter: of
//! comma, semicolon, tab and bar, the one that occurs most often in the header outside quotes. Decimal mark: the comma if
//! the delimiter is not the comma and more cells of the head look like `1,5` than like `1.5`.

use super::newlines::Newlines;
use super::number::DecimalMark;
use super::{Faults, ReadError};
use std::io::{BufReader, Chain, Cursor, Read};

/// Bytes looked at before reading: enough for a header and a few hundred rows.
const HEAD_BYTES: usize = 64 * 1024;
/// Longest header that is accepted, in columns.
const MAX_COLUMNS: usize = 2000;

/// How the bytes were read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8.
    Utf8,
    /// Windows-1252.
    Windows1252,
}

/// What was odd about a file and was read right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Oddities {
    /// Byte between cells.
    pub delimiter: u8,
    /// Whether numbers use a decimal comma.
    pub decimal_comma: bool,
    /// Encoding of the text.
    pub encoding: Encoding,
    /// Whether a byte-order mark stood at the start.
    pub byte_order_mark: bool,
}

/// An open table: the header is read, the rows come one at a time.
pub(super) struct Table<R: Read> {
    reader: csv::Reader<Source<R>>,
    record: csv::ByteRecord,
    pub(super) columns: Vec<String>,
    pub(super) oddities: Oddities,
    pub(super) decimal_mark: DecimalMark,
    /// Lines before the header that are not counted by the reader.
    skipped_lines: u64,
}

/// One row, lent until the next is read.
pub(super) struct Row<'a> {
    /// Line of the file on which the row starts.
    pub(super) line: u64,
    record: &'a csv::ByteRecord,
}

impl Row<'_> {
    /// The text of a cell; cells beyond the row's end are empty.
    pub(super) fn text(&self, column: usize) -> std::borrow::Cow<'_, str> {
        let bytes = self.record.get(column).unwrap_or_default();
        match std::str::from_utf8(bytes) {
            Ok(text) => text.trim().into(),
            Err(_) => encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.trim().to_owned().into(),
        }
    }
}

fn header_delimiter(header: &[u8]) -> u8 {
    let mut counts = [(b',', 0_usize), (b';', 0), (b'\t', 0), (b'|', 0)];
    let mut quoted = false;
    for byte in header {
        if *byte == b'"' {
            quoted = !quoted;
        } else if !quoted && let Some(count) = counts.iter_mut().find(|(delimiter, _)| delimiter == byte) {
            count.1 += 1;
        }
    }
    // The first of equals wins, so a header without any delimiter is read as one comma-separated column.
    counts.iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(delimiter, _)| *delimiter)
}

/// `1,500` and `12,345,678`: three digits after every mark, so the mark may stand for thousands.
fn looks_like_thousands(cell: &str) -> bool {
    let mut groups = cell.trim_start_matches(['+', '-']).split(',');
    let first = groups.next().unwrap_or_default();
    let is_group = |group: &str, sizes: std::ops::RangeInclusive<usize>| {
        sizes.contains(&group.len()) && group.bytes().all(|byte| byte.is_ascii_digit())
    };
    is_group(first, 1..=3) && !first.starts_with('0') && groups.all(|group| is_group(group, 3..=3))
}

fn head_decimal_mark(head: &[u8], delimiter: u8) -> DecimalMark {
    if delimiter == b',' {
        return DecimalMark::Point;
    }
    let text = String::from_utf8_lossy(head);
    let (mut points, mut commas, mut thousands) = (0_usize, 0_usize, 0_usize);
    for cell in text.split([char::from(delimiter), '\n', '\r']) {
        let cell = cell.trim().trim_matches('"');
        let numeric = cell.bytes().all(|byte| byte.is_ascii_digit() || b"+-.,eE".contains(&byte));
        if numeric && cell.bytes().any(|byte| byte.is_ascii_digit()) {
            points += usize::from(cell.contains('.'));
            commas += usize::from(cell.contains(','));
            thousands += usize::from(cell.contains(',') && looks_like_thousands(cell));
        }
    }
    // If every comma could be a thousands mark nobody can tell: the comma is not taken for a decimal mark, and the
    // reader refuses the first such number with a hint.
    if commas > points && commas > thousands { DecimalMark::Comma } else { DecimalMark::Point }
}

/// Header names as the contract spells them: lower case, spaces and hyphens as underscores.
pub(super) fn canonical(name: &str) -> String {
    name.trim().trim_start_matches('\u{feff}').to_lowercase().replace([' ', '-'], "_")
}

/// What a table reads from: the head that was looked at, then the rest, with even line ends.
pub(super) type Source<R> = Newlines<BufReader<Chain<Cursor<Vec<u8>>, R>>>;

impl<R: Read> Table<R> {
    /// Opens a text and reads its header.
    pub(super) fn open(mut source: R) -> Result<Self, ReadError> {
        let mut head = Vec::with_capacity(HEAD_BYTES);
        let failed = |error: std::io::Error| {
            ReadError::file(
                format!("the file cannot be read: {error}"),
                "check that the path is a readable text file",
            )
        };
        source.by_ref().take(HEAD_BYTES as u64).read_to_end(&mut head).map_err(failed)?;
        if head.starts_with(&[0xff, 0xfe]) || head.starts_with(&[0xfe, 0xff]) {
            return Err(ReadError::file("the file is UTF-16 text", "save it again as “CSV UTF-8”"));
        }
        if head.starts_with(b"PK\x03\x04") {
            return Err(ReadError::file(
                "this is a spreadsheet or zip file, not a text table",
                "open it and save the sheet as “CSV UTF-8”",
            ));
        }
        if head.contains(&0) {
            return Err(ReadError::file("the file is binary, not a text table", "give a CSV file"));
        }
        let mut skipped_lines = 0;
        let byte_order_mark = head.starts_with(&[0xef, 0xbb, 0xbf]);
        if byte_order_mark {
            head.drain(..3);
        }
        // Excel's own note of the delimiter is no header.
        if head.len() > 5 && head[..4].eq_ignore_ascii_case(b"sep=") {
            let end = head.iter().position(|byte| *byte == b'\n').map_or(head.len(), |at| at + 1);
            skipped_lines = 1;
            head.drain(..end);
        }
        if head.iter().all(u8::is_ascii_whitespace) {
            return Err(ReadError::file("the file is empty", "the first line names the columns"));
        }
        let header = head.split(|byte| *byte == b'\n' || *byte == b'\r').find(|line| !line.is_empty());
        let delimiter = header_delimiter(header.unwrap_or_default());
        let decimal_mark = head_decimal_mark(&head, delimiter);
        // A multi-byte character may be cut at the head's end; only an error before that means another encoding.
        let encoding = match std::str::from_utf8(&head) {
            Err(error) if error.error_len().is_some() => Encoding::Windows1252,
            _ => Encoding::Utf8,
        };
        let chained = Newlines::new(BufReader::with_capacity(1 << 16, Cursor::new(head).chain(source)));
        let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(chained);
        let names =
            reader.byte_headers().map_err(|error| ReadError::file(format!("{error}"), "give a CSV file"))?;
        let columns: Vec<String> =
            (0..names.len()).map(|column| canonical(&Row { line: 1, record: names }.text(column))).collect();
        if columns.len() > MAX_COLUMNS {
            return Err(ReadError::file(
                format!("the header has {} columns; {MAX_COLUMNS} is the most", columns.len()),
                "give one row per finding",
            ));
        }
        let oddities = Oddities {
            delimiter,
            decimal_comma: decimal_mark == DecimalMark::Comma,
            encoding,
            byte_order_mark,
        };
        Ok(Self { reader, record: csv::ByteRecord::new(), columns, oddities, decimal_mark, skipped_lines })
    }
}

impl<R: Read> Table<R> {
    /// The place of a column.
    pub(super) fn find_column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column == name)
    }

    /// Columns whose name stands twice.
    pub(super) fn double_column(&self) -> Option<&str> {
        let mut seen = std::collections::BTreeSet::new();
        self.columns.iter().find(|name| !name.is_empty() && !seen.insert(name.as_str())).map(String::as_str)
    }

    /// The line on which the row just read began: every line ends with one `\n` (see [`Newlines`]).
    fn start_line(&self) -> u64 {
        let breaks_in = |cell: &[u8]| cell.split(|byte| *byte == b'\n').count() - 1;
        let inside: usize = self.record.iter().map(breaks_in).sum();
        (self.reader.position().line() + self.skipped_lines).saturating_sub(1 + inside as u64)
    }

    /// A quote that is never closed swallows every row after it: the last row then holds line breaks.
    fn check_quotes(&self, faults: &mut Faults) {
        let holds_breaks = self.record.iter().any(|cell| cell.contains(&b'\n'));
        if holds_breaks && self.reader.get_ref().is_inside_quotes() {
            let at = self.record.iter().position(|cell| cell.contains(&b'\n')).unwrap_or(0);
            let column = self.columns.get(at).map_or("", String::as_str);
            // Such a row has no line end of its own after its cells.
            faults.add(
                self.start_line() + 1,
                column,
                "a quote opens here and is never closed, so the rows after it would be lost",
                "close the quote, or take it out",
            );
        }
    }

    /// Reads on; blank rows are passed over, rows with too many cells are faults.
    pub(super) fn next_row(&mut self, faults: &mut Faults) -> Result<Option<Row<'_>>, ReadError> {
        loop {
            match self.reader.read_byte_record(&mut self.record) {
                Ok(true) => self.check_quotes(faults),
                Ok(false) => return Ok(None),
                Err(error) => {
                    return Err(ReadError::file(
                        format!("reading stopped: {error}"),
                        "check the quotes around that row",
                    ));
                }
            }
            if self.record.iter().all(|cell| cell.iter().all(u8::is_ascii_whitespace)) {
                continue;
            }
            let line = self.start_line();
            if self.record.len() > self.columns.len() {
                let last = self.columns.last().map_or("", String::as_str);
                faults.add(
                    line,
                    last,
                    format!("the row has {} cells, the header {}", self.record.len(), self.columns.len()),
                    "put quotes around a text that holds the delimiter; write decimals with a point",
                );
                if faults.full() {
                    return Ok(None);
                }
                continue;
            }
            break;
        }
        let line = self.start_line();
        Ok(Some(Row { line, record: &self.record }))
    }
}
