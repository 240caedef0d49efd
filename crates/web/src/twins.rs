//! The CSV and JSON twins of a list: one table of columns gives both, the API and its description.
//!
//! CSV: RFC 4180 with a header row, UTF-8, CRLF. A text that a spreadsheet would run as a formula (it starts with
//! `=`, `+`, `-`, `@`, TAB or CR) is written after an apostrophe; numbers are written as they are, sign and all.

use crate::state::Evidence;
use crate::visit::{Media, Outcome, Refusal, Rendered, Visit};
use serde_json::{Map, Value};

/// One value of a list.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// A text; blank means "not known".
    Text(String),
    /// Several texts, separated by `;` in CSV.
    List(Vec<String>),
    /// A number.
    Number(Option<f64>),
    /// A whole number.
    Whole(Option<u64>),
    /// Yes or no.
    Flag(Option<bool>),
}

/// The sort of value that a column holds, for its description.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Text.
    Text,
    /// List of texts.
    List,
    /// Number or null.
    Number,
    /// Whole number or null.
    Whole,
    /// Boolean or null.
    Flag,
}

/// A column of a list of `T`.
pub struct Column<T: 'static> {
    /// Its name in both files.
    pub name: &'static str,
    /// Sort of value.
    pub kind: Kind,
    /// Text key of what it means.
    pub meaning: &'static str,
    /// Its value.
    pub value: fn(&Evidence, &T) -> Cell,
}

impl Cell {
    /// The cell as CSV text.
    pub fn csv(&self) -> String {
        match self {
            Self::Text(text) => defuse(text),
            Self::List(texts) => defuse(&texts.join(";")),
            Self::Number(number) => number.map(|number| number.to_string()).unwrap_or_default(),
            Self::Whole(number) => number.map(|number| number.to_string()).unwrap_or_default(),
            Self::Flag(flag) => {
                flag.map(|flag| if flag { "yes" } else { "no" }).unwrap_or_default().to_owned()
            }
        }
    }
    /// The cell as JSON.
    pub fn json(&self) -> Value {
        match self {
            Self::Text(text) => Value::from(text.as_str()),
            Self::List(texts) => Value::from(texts.clone()),
            Self::Number(number) => number.map_or(Value::Null, Value::from),
            Self::Whole(number) => number.map_or(Value::Null, Value::from),
            Self::Flag(flag) => flag.map_or(Value::Null, Value::from),
        }
    }
}

/// A text that no spreadsheet runs.
fn defuse(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}

/// A list as a CSV file.
///
/// # Errors
/// A refusal with status 500 when the writer fails; it writes to memory.
pub fn csv<'a, T: 'static>(
    visit: &Visit,
    file: &str,
    columns: &[Column<T>],
    rows: impl IntoIterator<Item = &'a T>,
) -> Outcome {
    let failed = |_| Refusal::internal(visit.lang);
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    writer.write_record(columns.iter().map(|column| column.name)).map_err(failed)?;
    for row in rows {
        let cells = columns.iter().map(|column| (column.value)(&visit.evidence, row).csv());
        writer.write_record(cells).map_err(failed)?;
    }
    let body = writer.into_inner().map_err(|_| Refusal::internal(visit.lang))?;
    Ok(Rendered::new(Media::Csv, body).as_download(&format!("whatworks-{file}.csv")))
}

/// One item as a JSON object.
pub fn object<T: 'static>(evidence: &Evidence, columns: &[Column<T>], item: &T) -> Value {
    let pairs = columns.iter().map(|column| (column.name.to_owned(), (column.value)(evidence, item).json()));
    Value::Object(pairs.collect::<Map<_, _>>())
}

/// A list as a JSON document: version and digest of the evidence, how many, the items.
///
/// # Errors
/// As [`Rendered::json`].
pub fn json<'a, T: 'static>(
    visit: &Visit,
    name: &str,
    columns: &[Column<T>],
    rows: impl IntoIterator<Item = &'a T>,
) -> Outcome {
    let items: Vec<Value> = rows.into_iter().map(|row| object(&visit.evidence, columns, row)).collect();
    let mut document = Map::new();
    document.insert("version".to_owned(), visit.evidence.version.into());
    document.insert("digest".to_owned(), visit.evidence.digest.as_str().into());
    document.insert("count".to_owned(), items.len().into());
    document.insert(name.to_owned(), Value::Array(items));
    Rendered::json(visit, &document)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_is_defused_and_a_number_is_not_damaged() {
        for (text, written) in [
            ("=cmd()", "'=cmd()"),
            ("+1", "'+1"),
            ("-x", "'-x"),
            ("@sum", "'@sum"),
            ("\tx", "'\tx"),
            ("\rx", "'\rx"),
            ("a=b", "a=b"),
            ("", ""),
        ] {
            assert_eq!(Cell::Text(text.to_owned()).csv(), written);
        }
        assert_eq!(Cell::Number(Some(-4.549_12)).csv(), "-4.54912");
        assert_eq!(Cell::Number(None).csv(), "");
        assert_eq!(Cell::Number(Some(f64::NAN)).json(), Value::Null);
    }
}
