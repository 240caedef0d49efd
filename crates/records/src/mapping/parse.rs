//! The mapping file's grammar: every key is known, every fault is told with its line.

use super::{ColumnMapping, ColumnType, Mapping, suggest};
use crate::dates::DateFormat;
use crate::error::{Fault, Faults, RecordsError};
use crate::number::DecimalMark;
use crate::table::{Quantity, Role, number_code};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Faults listed before only counting goes on.
const LISTED_FAULTS: usize = 20;

const TOP: [&str; 3] = ["file", "rows", "columns"];
const FILE: [&str; 8] =
    ["encoding", "delimiter", "decimal", "thousands", "sheet", "missing", "keep_others", "listed_bad_cells"];
const COLUMN: [&str; 13] = [
    "from",
    "role",
    "type",
    "quantity",
    "date_format",
    "unit",
    "multiply",
    "missing",
    "numbers",
    "labels",
    "label",
    "lowest",
    "highest",
];
const ROLES: [(&str, Role); 11] = [
    ("client", Role::Client),
    ("treatment", Role::Treatment),
    ("cluster", Role::Cluster),
    ("strata", Role::Strata),
    ("time", Role::Time),
    ("cohort", Role::Cohort),
    ("instrument", Role::Instrument),
    ("endogenous", Role::Endogenous),
    ("weights", Role::Weights),
    ("outcome", Role::Outcome),
    ("covariate", Role::Covariate),
];
const QUANTITIES: [(&str, Quantity); 5] = [
    ("count", Quantity::Count),
    ("age", Quantity::Age),
    ("share", Quantity::Share),
    ("percent", Quantity::Percent),
    ("amount", Quantity::Amount),
];
const TYPES: [(&str, ColumnType); 3] =
    [("number", ColumnType::Number), ("text", ColumnType::Text), ("date", ColumnType::Date)];

/// A column called like a role has that role.
pub(super) fn role_of_name(name: &str) -> Option<Role> {
    ROLES.iter().find(|(word, _)| *word == name).map(|(_, role)| *role)
}

type Node<'i> = Spanned<DeValue<'i>>;

pub(super) fn parse(text: &str) -> Result<Mapping, RecordsError> {
    let document = DeTable::parse(text).map_err(|error| {
        let mut fault = Fault::file(error.message().replace('\n', ", "), "the mapping is a TOML file");
        fault.line = error.span().map(|span| line_of(text, span.start));
        RecordsError::refused(fault)
    })?;
    let mut reader = Reader { text, faults: Faults::new(LISTED_FAULTS) };
    let mut mapping = Mapping::default();
    for (key, node) in document.get_ref() {
        match (key.get_ref().as_ref(), node.get_ref()) {
            ("file", DeValue::Table(table)) => reader.file(table, &mut mapping),
            ("rows", DeValue::Table(table)) => {
                for (column, node) in table {
                    let allowed = reader.codes(column.get_ref(), node);
                    mapping.rows.insert(column.get_ref().to_string(), allowed);
                }
            }
            ("columns", DeValue::Table(table)) => {
                for (name, node) in table {
                    let column = reader.column(name.get_ref(), node);
                    mapping.columns.insert(name.get_ref().to_string(), column);
                }
            }
            (known, _) if TOP.contains(&known) => {
                reader.fault(
                    key.span().start,
                    known,
                    "this is a table",
                    &format!("write [{known}] on its own line"),
                );
            }
            (unknown, _) => reader.unknown(key.span().start, unknown, &TOP),
        }
    }
    reader.faults.finish(mapping)
}

fn line_of(text: &str, at: usize) -> u64 {
    1 + text.bytes().take(at).filter(|byte| *byte == b'\n').count() as u64
}

struct Reader<'t> {
    text: &'t str,
    faults: Faults,
}

impl Reader<'_> {
    fn fault(&mut self, at: usize, key: &str, problem: &str, hint: &str) {
        let line = line_of(self.text, at);
        self.faults.add(|| Fault::file(format!("mapping key {key}: {problem}"), hint).at_line(line));
    }

    fn unknown(&mut self, at: usize, key: &str, known: &[&str]) {
        let hint = match suggest::nearest(key, known.iter().copied()) {
            Some(near) => format!("did you mean “{near}”?"),
            None => format!("the keys here are {}", known.join(", ")),
        };
        self.fault(at, key, "there is no such key", &hint);
    }

    fn string(&mut self, key: &str, node: &Node<'_>) -> Option<String> {
        let text = node.get_ref().as_str().map(str::to_owned);
        if text.is_none() {
            self.fault(node.span().start, key, "this is a text", "put it in quotes");
        }
        text
    }

    fn character(&mut self, key: &str, node: &Node<'_>) -> Option<char> {
        let text = self.string(key, node)?;
        let mut letters = text.chars();
        match (letters.next(), letters.next()) {
            (Some(letter), None) => Some(letter),
            _ if text == "tab" => Some('\t'),
            _ => {
                self.fault(node.span().start, key, "this is one character", "such as \";\" or \"tab\"");
                None
            }
        }
    }

    fn number(&mut self, key: &str, node: &Node<'_>) -> Option<f64> {
        let value = plain_number(node.get_ref());
        if value.is_none() {
            self.fault(
                node.span().start,
                key,
                "this is a finite number",
                "write it without quotes, as in 0.5",
            );
        }
        value
    }

    fn boolean(&mut self, key: &str, node: &Node<'_>) -> Option<bool> {
        let value = node.get_ref().as_bool();
        if value.is_none() {
            self.fault(node.span().start, key, "this is true or false", "write it without quotes");
        }
        value
    }

    /// One of a set of words.
    fn word<T: Copy>(&mut self, key: &str, node: &Node<'_>, words: &[(&str, T)]) -> Option<T> {
        let text = self.string(key, node)?;
        let found = words.iter().find(|(word, _)| *word == text).map(|(_, value)| *value);
        if found.is_none() {
            let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            let hint = match suggest::nearest(&text, known.iter().copied()) {
                Some(near) => format!("did you mean “{near}”?"),
                None => format!("one of {}", known.join(", ")),
            };
            self.fault(node.span().start, key, &format!("“{text}” is not known here"), &hint);
        }
        found
    }

    /// A code: a text, a number, true or false.
    fn code(&mut self, key: &str, node: &Node<'_>) -> Option<String> {
        let code = match node.get_ref() {
            DeValue::String(text) => Some(text.to_string()),
            DeValue::Boolean(value) => Some(value.to_string()),
            other => plain_number(other).map(number_code),
        };
        if code.is_none() {
            self.fault(node.span().start, key, "a code is a text or a number", "as in \"NA\" or -99");
        }
        code
    }

    /// One code or a list of codes.
    fn codes(&mut self, key: &str, node: &Node<'_>) -> Vec<String> {
        match node.get_ref().as_array() {
            Some(list) => list.iter().filter_map(|item| self.code(key, item)).collect(),
            None => self.code(key, node).into_iter().collect(),
        }
    }

    fn file(&mut self, table: &DeTable<'_>, mapping: &mut Mapping) {
        for (key, node) in table {
            let name = key.get_ref().as_ref();
            match name {
                "encoding" => mapping.read.encoding = self.string(name, node),
                "delimiter" => mapping.read.delimiter = self.character(name, node),
                "decimal" => {
                    let marks = [(".", DecimalMark::Point), (",", DecimalMark::Comma)];
                    mapping.read.decimal = self.word(name, node, &marks);
                }
                "thousands" => mapping.thousands = self.character(name, node),
                "sheet" => mapping.read.sheet = self.string(name, node),
                "missing" => mapping.missing = self.codes(name, node),
                "keep_others" => mapping.keep_others = self.boolean(name, node).unwrap_or(true),
                "listed_bad_cells" => {
                    if let Some(count) = self.number(name, node) {
                        mapping.listed_bad_cells = count.clamp(1.0, 100_000.0) as usize;
                    }
                }
                unknown => self.unknown(key.span().start, unknown, &FILE),
            }
        }
        let point = match mapping.read.decimal {
            Some(DecimalMark::Comma) => ',',
            _ => '.',
        };
        if mapping.read.decimal.is_some() && mapping.thousands == Some(point) {
            self.faults
                .add(|| Fault::file("thousands and decimal are the same character", "they must differ"));
        }
    }

    fn column(&mut self, name: &str, node: &Node<'_>) -> ColumnMapping {
        let mut column = ColumnMapping::renamed(name);
        column.role = role_of_name(name);
        match node.get_ref() {
            DeValue::String(from) => column.from = from.to_string(),
            DeValue::Table(table) => {
                for (key, node) in table {
                    self.column_key(&mut column, key.get_ref(), key.span().start, node);
                }
            }
            _ => self.fault(
                node.span().start,
                name,
                "this is the column's name in the file, or a table",
                "as in client = \"hhid\"",
            ),
        }
        if column.date_format.is_some() && column.column_type.is_none() {
            column.column_type = Some(ColumnType::Date);
        }
        let counts = column.multiply.is_some() || !column.numbers.is_empty() || column.quantity.is_some();
        match column.column_type {
            None if counts => column.column_type = Some(ColumnType::Number),
            Some(ColumnType::Text | ColumnType::Date) if counts => self.fault(
                node.span().start,
                name,
                "multiply, numbers and quantity are for numbers",
                "take them out, or make its type number",
            ),
            _ => {}
        }
        column
    }

    fn column_key(&mut self, column: &mut ColumnMapping, key: &str, at: usize, node: &Node<'_>) {
        match key {
            "from" => {
                if let Some(from) = self.string(key, node) {
                    column.from = from;
                }
            }
            "role" => column.role = self.word(key, node, &ROLES),
            "type" => column.column_type = self.word(key, node, &TYPES),
            "quantity" => column.quantity = self.word(key, node, &QUANTITIES),
            "date_format" => {
                if let Some(text) = self.string(key, node) {
                    column.date_format = DateFormat::parse(&text);
                    if column.date_format.is_none() {
                        self.fault(
                            node.span().start,
                            key,
                            &format!("“{text}” is no date format"),
                            "use YYYY or YY, MM or MMM, and DD, as in DD/MM/YYYY",
                        );
                    }
                }
            }
            "unit" => column.unit = self.string(key, node),
            "multiply" => column.multiply = self.number(key, node),
            "missing" => column.missing = self.codes(key, node),
            "numbers" => {
                let Some(table) = node.get_ref().as_table() else {
                    return self.fault(at, key, "this is a table", "as in {Yes = 1, No = 0}");
                };
                for (text, node) in table {
                    if let Some(number) = self.number(text.get_ref(), node) {
                        column.numbers.insert(text.get_ref().to_string(), number);
                    }
                }
            }
            "labels" => {
                let Some(table) = node.get_ref().as_table() else {
                    return self.fault(at, key, "this is a table", "as in {1 = \"control\", 2 = \"loan\"}");
                };
                for (code, node) in table {
                    if let Some(text) = self.string(code.get_ref(), node) {
                        column.labels.insert(code.get_ref().to_string(), text);
                    }
                }
            }
            "label" => column.label = self.string(key, node),
            "lowest" => column.lowest = self.number(key, node),
            "highest" => column.highest = self.number(key, node),
            unknown => self.unknown(at, unknown, &COLUMN),
        }
    }
}

fn plain_number(value: &DeValue<'_>) -> Option<f64> {
    let text = match value {
        DeValue::Integer(integer) if integer.radix() == 10 => integer.as_str(),
        DeValue::Float(float) => float.as_str(),
        _ => return None,
    };
    text.replace('_', "").parse::<f64>().ok().filter(|number| number.is_finite())
}
