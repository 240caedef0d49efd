//! Readers: a file's bytes become a [`Table`].
//!
//! The format is told by the file's first bytes, then by its extension. The bytes that are hashed are the bytes that are
//! read. Text files give texts (types come with the mapping); the other formats give the types they declare. Left out:
//! archives, databases, and files larger than [`ReadOptions::most_bytes`], which belong in Parquet and a scan.

mod csv;
mod encoding;
mod parquet;
mod spreadsheet;
#[cfg(feature = "spss")]
mod spss;
mod stata;

use crate::error::{Fault, RecordsError};
use crate::number::DecimalMark;
use crate::table::{Format, Provenance, Table};
use sha2::{Digest, Sha256};
use std::io::Read;
use std::path::Path;

/// Most columns a table may have.
const MOST_COLUMNS: usize = 10_000;

/// What the reader is told about a file; everything it is not told, it finds out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadOptions {
    /// Text encoding, by its WHATWG label (`utf-8`, `windows-1252`, `utf-16le`, …).
    pub encoding: Option<String>,
    /// Delimiter of a text file.
    pub delimiter: Option<char>,
    /// Decimal mark of a text file.
    pub decimal: Option<DecimalMark>,
    /// Sheet of a spreadsheet; the first by default.
    pub sheet: Option<String>,
    /// Largest file that is read into memory, bytes.
    pub most_bytes: u64,
}

impl Default for ReadOptions {
    fn default() -> Self {
        Self { encoding: None, delimiter: None, decimal: None, sheet: None, most_bytes: 4 << 30 }
    }
}

/// Reads a file of client records.
///
/// # Errors
/// [`RecordsError::File`] when the system refuses, [`RecordsError::Refused`] when the file cannot be read right.
pub fn read_table(path: &Path, options: &ReadOptions) -> Result<Table, RecordsError> {
    let shown = path.display().to_string();
    let failed = |source| RecordsError::File { path: shown.clone(), source };
    let file = std::fs::File::open(path).map_err(failed)?;
    let mut bytes = Vec::new();
    file.take(options.most_bytes.saturating_add(1)).read_to_end(&mut bytes).map_err(failed)?;
    read_bytes(&bytes, &shown, options)
}

/// Reads the bytes of a file; `path` tells its extension and stands in the provenance.
///
/// # Errors
/// [`RecordsError::Refused`] when the bytes cannot be read right.
pub fn read_bytes(bytes: &[u8], path: &str, options: &ReadOptions) -> Result<Table, RecordsError> {
    if bytes.len() as u64 > options.most_bytes {
        return Err(RecordsError::refused(Fault::file(
            format!("the file is larger than {} MB", options.most_bytes >> 20),
            "save it as Parquet and run the study on that",
        )));
    }
    let format = find_format(bytes, path)?;
    let provenance = Provenance {
        path: path.to_owned(),
        sha256: hexadecimal(&Sha256::digest(bytes)),
        bytes: bytes.len() as u64,
        rows: 0,
        format,
        encoding: None,
        delimiter: None,
        decimal_comma: false,
        sheet: None,
    };
    let mut table = match format {
        Format::Csv => csv::read(bytes, options, provenance)?,
        Format::Spreadsheet => spreadsheet::read(bytes, options, provenance)?,
        Format::Parquet => parquet::read(bytes, provenance)?,
        Format::Stata => stata::read(bytes, options, provenance)?,
        #[cfg(feature = "spss")]
        Format::Spss => spss::read(bytes, provenance)?,
        #[cfg(not(feature = "spss"))]
        Format::Spss => return Err(RecordsError::refused(no_spss())),
    };
    table.provenance.rows = table.rows() as u64;
    Ok(table)
}

/// SHA-256 of a file's bytes in hexadecimal, read in pieces.
///
/// # Errors
/// [`RecordsError::File`] when the system refuses.
pub fn digest_file(path: &Path) -> Result<String, RecordsError> {
    let failed = |source| RecordsError::File { path: path.display().to_string(), source };
    let mut file = std::fs::File::open(path).map_err(failed)?;
    let mut digest = Sha256::new();
    let mut piece = vec![0; 1 << 20];
    loop {
        match file.read(&mut piece).map_err(failed)? {
            0 => return Ok(hexadecimal(&digest.finalize())),
            read => digest.update(&piece[..read]),
        }
    }
}

/// The format, by the first bytes and then by the extension.
fn find_format(bytes: &[u8], path: &str) -> Result<Format, RecordsError> {
    let extension = Path::new(path)
        .extension()
        .and_then(|extension| extension.to_str())
        .unwrap_or_default()
        .to_lowercase();
    let by_bytes = match bytes {
        [b'P', b'A', b'R', b'1', ..] => Some(Format::Parquet),
        [b'P', b'K', 3, 4, ..] | [0xd0, 0xcf, 0x11, 0xe0, ..] => Some(Format::Spreadsheet),
        [b'$', b'F', b'L', b'2' | b'3', ..] => Some(Format::Spss),
        _ if bytes.starts_with(b"<stata_dta>") => Some(Format::Stata),
        _ => None,
    };
    if by_bytes == Some(Format::Spreadsheet)
        && !matches!(extension.as_str(), "xlsx" | "xlsm" | "xlsb" | "xls" | "ods")
    {
        return Err(RecordsError::refused(Fault::file(
            "this is a compressed or office file, not a table",
            "unpack it, or if it is a spreadsheet give it the ending .xlsx",
        )));
    }
    // Stata files before release 117 begin with their release number and have no mark of their own.
    if by_bytes.is_none() && extension == "dta" {
        return Ok(Format::Stata);
    }
    if by_bytes.is_none()
        && matches!(extension.as_str(), "xlsx" | "xlsm" | "xlsb" | "xls" | "ods" | "parquet" | "sav" | "zsav")
    {
        return Err(RecordsError::refused(Fault::file(
            format!("the file ends in .{extension} but its bytes are of another kind"),
            "export it again, or give it the right ending",
        )));
    }
    Ok(by_bytes.unwrap_or(Format::Csv))
}

fn hexadecimal(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Names of columns as the file gives them, cleaned: trimmed, nameless columns numbered, none twice.
fn column_names<'a>(
    header: impl IntoIterator<Item = &'a str>,
    line: u64,
) -> Result<Vec<String>, RecordsError> {
    let mut names: Vec<String> = Vec::new();
    for (at, name) in header.into_iter().enumerate() {
        let name = name.trim();
        names.push(if name.is_empty() { format!("column_{}", at + 1) } else { name.to_owned() });
    }
    if names.len() > MOST_COLUMNS {
        return Err(RecordsError::refused(
            Fault::file(
                format!("the header has {} columns; {MOST_COLUMNS} is the most", names.len()),
                "give one row per client, one column per question",
            )
            .at_line(line),
        ));
    }
    let mut seen = std::collections::BTreeSet::new();
    match names.iter().find(|name| !seen.insert(name.as_str())) {
        Some(twice) => Err(RecordsError::refused(
            Fault::file("the header names this column twice", "give each column its own name")
                .at_line(line)
                .in_column(twice),
        )),
        None => Ok(names),
    }
}

/// SPSS needs a second column library, so it is built only on demand.
#[cfg(not(feature = "spss"))]
fn no_spss() -> Fault {
    Fault::file(
        "this program was built without the SPSS reader (feature `spss`)",
        "build it with --features spss, or save the file as Stata (.dta) or CSV",
    )
}
