//! From a table as read to a typed one: missing codes, recoding, types, units, labels.

use super::{ColumnMapping, ColumnType, Mapped, Mapping, no_such_column};
use crate::dates::DateFormat;
use crate::error::{Fault, Faults, RecordsError};
use crate::number::{self, DecimalMark};
use crate::table::{Column, Table, Texts, Values, number_code};
use std::collections::{BTreeMap, BTreeSet};

/// Faults of the mapping itself that are listed.
const LISTED_FAULTS: usize = 20;

pub(super) fn apply(mapping: &Mapping, table: Table) -> Result<Mapped, RecordsError> {
    check_names(mapping, &table)?;
    let before = table.rows();
    let table = keep_rows(mapping, table);
    let rows_left_out = (before - table.rows()) as u64;
    let marks = Marks { decimal: table.decimal_mark(), thousands: mapping.thousands };
    let mut bad_cells = Faults::new(mapping.listed_bad_cells);
    let Table { columns: raw, lines, provenance } = table;
    let mut columns = Vec::with_capacity(raw.len());
    for column in raw {
        // One column of the file may serve several names; each becomes a column of its own.
        let named: Vec<(&String, &ColumnMapping)> =
            mapping.columns.iter().filter(|(_, spec)| spec.from == column.name).collect();
        if named.is_empty() && mapping.keep_others {
            let spec = ColumnMapping::renamed(&column.name);
            let name = column.name.clone();
            let reading = Reading { mapping, spec: &spec, marks, lines: &lines };
            columns.push(reading.column(&name, column, &mut bad_cells));
            continue;
        }
        for (name, spec) in named {
            let reading = Reading { mapping, spec, marks, lines: &lines };
            columns.push(reading.column(name, column.clone(), &mut bad_cells));
        }
    }
    Ok(Mapped { table: Table { columns, lines, provenance }, bad_cells, rows_left_out })
}

/// Every column that the mapping speaks of must be there, and no two may get one name.
fn check_names(mapping: &Mapping, table: &Table) -> Result<(), RecordsError> {
    let there: Vec<&str> = table.columns.iter().map(|column| column.name.as_str()).collect();
    let mut faults = Faults::new(LISTED_FAULTS);
    let wanted = mapping.columns.values().map(|spec| spec.from.as_str());
    for name in wanted.chain(mapping.rows.keys().map(String::as_str)) {
        if !there.contains(&name) {
            faults.add(|| no_such_column(name, there.iter().copied()));
        }
    }
    let used: BTreeSet<&str> = mapping.columns.values().map(|spec| spec.from.as_str()).collect();
    for name in mapping.columns.keys() {
        if mapping.keep_others && there.contains(&name.as_str()) && !used.contains(name.as_str()) {
            faults.add(|| {
                Fault::file(
                    "the mapping gives this name to another column, but the file has a column of that name",
                    "map that column too, under another name, or set keep_others = false",
                )
                .in_column(name)
            });
        }
    }
    faults.finish(())
}

fn keep_rows(mapping: &Mapping, table: Table) -> Table {
    if mapping.rows.is_empty() {
        return table;
    }
    let conditions: Vec<(&Column, &Vec<String>)> = mapping
        .rows
        .iter()
        .filter_map(|(name, allowed)| table.find_column(name).map(|column| (column, allowed)))
        .collect();
    let kept: Vec<usize> = (0..table.rows())
        .filter(|row| {
            conditions.iter().all(|(column, allowed)| {
                column.values.code(*row).is_some_and(|code| allowed.contains(&code))
                    || column.display(*row).is_some_and(|text| allowed.contains(&text))
            })
        })
        .collect();
    table.take(&kept)
}

#[derive(Clone, Copy)]
struct Marks {
    decimal: DecimalMark,
    thousands: Option<char>,
}

impl Marks {
    fn parse(self, text: &str) -> Result<f64, &'static str> {
        number::parse(text, self.decimal, self.thousands)
    }
}

/// What is needed to read one column.
struct Reading<'a> {
    mapping: &'a Mapping,
    spec: &'a ColumnMapping,
    marks: Marks,
    lines: &'a [u64],
}

impl Reading<'_> {
    fn column(&self, name: &str, raw: Column, bad: &mut Faults) -> Column {
        let spec = self.spec;
        let mut missing_codes = raw.missing_codes;
        let values = match raw.values {
            Values::Texts(texts) => self.texts(&raw.name, &texts, &mut missing_codes, bad),
            Values::Numbers(numbers) => self.numbers(&raw.name, numbers, &mut missing_codes, bad),
            Values::Dates(dates) => Values::Dates(dates),
        };
        // A multiplied number is no longer the code that its label was written for.
        let labels = if spec.labels.is_empty() { raw.value_labels } else { spec.labels.clone() };
        Column {
            name: name.to_owned(),
            source_name: raw.source_name,
            label: spec.label.clone().or(raw.label),
            unit: spec.unit.clone().or(raw.unit),
            role: spec.role,
            quantity: spec.quantity,
            limits: (spec.lowest, spec.highest),
            values,
            value_labels: labels,
            missing_codes,
        }
    }

    fn bad_cell(&self, bad: &mut Faults, row: usize, column: &str, value: &str, problem: &str, hint: &str) {
        let line = self.lines.get(row).copied().unwrap_or_default();
        bad.add_in(column, || Fault::file(problem, hint).at_line(line).in_column(column).quoting(value));
    }

    /// Whether a cell is one of the codes for missing; declared ones match as text or as number.
    fn is_missing(&self, cell: &str) -> bool {
        if number::is_usual_missing(cell) {
            return true;
        }
        if self.spec.missing.is_empty() && self.mapping.missing.is_empty() {
            return false;
        }
        let declared = || self.spec.missing.iter().chain(&self.mapping.missing);
        declared().any(|code| code == cell)
            || self.marks.parse(cell).is_ok_and(|number| {
                declared().any(|code| code.parse::<f64>().is_ok_and(|code| code == number))
            })
    }

    fn texts(
        &self,
        column: &str,
        texts: &Texts,
        missing_codes: &mut BTreeMap<String, u64>,
        bad: &mut Faults,
    ) -> Values {
        let mut cleaned = Texts::default();
        for cell in texts.iter() {
            match cell {
                Some(cell) if self.is_missing(cell) => {
                    *missing_codes.entry(cell.to_owned()).or_default() += 1;
                    cleaned.push(None);
                }
                cell => cleaned.push(cell),
            }
        }
        let Some(column_type) = self.spec.column_type else { return self.typed(cleaned) };
        match column_type {
            ColumnType::Text => Values::Texts(cleaned),
            ColumnType::Number => {
                let mut numbers = Vec::with_capacity(cleaned.len());
                for (row, cell) in cleaned.iter().enumerate() {
                    numbers.push(match cell {
                        None => f64::NAN,
                        Some(cell) => self.number(cell).unwrap_or_else(|hint| {
                            self.bad_cell(bad, row, column, cell, "is not a number", hint);
                            f64::NAN
                        }),
                    });
                }
                Values::Numbers(numbers)
            }
            ColumnType::Date => {
                let format = self.spec.date_format.clone().unwrap_or_else(DateFormat::iso);
                let hint = format!("write dates as {format}, or declare date_format");
                let mut dates = Vec::with_capacity(cleaned.len());
                for (row, cell) in cleaned.iter().enumerate() {
                    let date = cell.and_then(|cell| format.read(cell));
                    if let (Some(cell), None) = (cell, date) {
                        self.bad_cell(
                            bad,
                            row,
                            column,
                            cell,
                            "is not a date of this form, or does not exist",
                            &hint,
                        );
                    }
                    dates.push(date);
                }
                Values::Dates(dates)
            }
        }
    }

    /// A text as the number it stands for: recoded, or read and multiplied.
    fn number(&self, cell: &str) -> Result<f64, &'static str> {
        if let Some(number) = self.spec.numbers.get(cell) {
            return Ok(*number);
        }
        match self.marks.parse(cell) {
            Ok(number) => Ok(number * self.spec.multiply.unwrap_or(1.0)),
            Err(_) if !self.spec.numbers.is_empty() => Err("add it to the column's numbers in the mapping"),
            Err(hint) => Err(hint),
        }
    }

    /// The type that every cell fits: numbers, else dates, else texts.
    fn typed(&self, texts: Texts) -> Values {
        let number = |cell: Option<&str>| match cell {
            None => Some(f64::NAN),
            Some(cell) if number::looks_like_code(cell) => None,
            Some(cell) => self.marks.parse(cell).ok(),
        };
        if let Some(numbers) = texts.iter().map(number).collect() {
            return Values::Numbers(numbers);
        }
        let iso = DateFormat::iso();
        let date = |cell: Option<&str>| match cell {
            None => Some(None),
            Some(cell) => iso.read(cell).map(Some),
        };
        match texts.iter().map(date).collect() {
            Some(dates) => Values::Dates(dates),
            None => Values::Texts(texts),
        }
    }

    /// Numbers of a file that has types.
    fn numbers(
        &self,
        column: &str,
        numbers: Vec<f64>,
        missing_codes: &mut BTreeMap<String, u64>,
        bad: &mut Faults,
    ) -> Values {
        let codes: Vec<f64> = self
            .spec
            .missing
            .iter()
            .chain(&self.mapping.missing)
            .filter_map(|code| code.parse().ok())
            .collect();
        let clean = |number: f64, missing_codes: &mut BTreeMap<String, u64>| {
            if !number.is_nan() && codes.contains(&number) {
                *missing_codes.entry(number_code(number)).or_default() += 1;
                return f64::NAN;
            }
            number
        };
        let cleaned: Vec<f64> = numbers.into_iter().map(|number| clean(number, missing_codes)).collect();
        match self.spec.column_type {
            Some(ColumnType::Text) => Values::Texts(
                cleaned.iter().map(|number| (!number.is_nan()).then(|| number_code(*number))).fold(
                    Texts::default(),
                    |mut texts, cell| {
                        texts.push(cell.as_deref());
                        texts
                    },
                ),
            ),
            Some(ColumnType::Date) => {
                let format = self.spec.date_format.clone().unwrap_or_else(DateFormat::iso);
                let hint = format!("write dates as {format}, or declare date_format");
                let read = |(row, number): (usize, &f64)| {
                    if number.is_nan() {
                        return None;
                    }
                    let text = number_code(*number);
                    let date = format.read(&text);
                    if date.is_none() {
                        self.bad_cell(bad, row, column, &text, "is a number, not a date of this form", &hint);
                    }
                    date
                };
                Values::Dates(cleaned.iter().enumerate().map(read).collect())
            }
            _ => {
                let recoded = |number: f64| match self.spec.numbers.get(&number_code(number)) {
                    Some(code) if !number.is_nan() => *code,
                    _ => number * self.spec.multiply.unwrap_or(1.0),
                };
                Values::Numbers(cleaned.into_iter().map(recoded).collect())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::read_bytes;

    fn mapped(mapping: &str, text: &str) -> Mapped {
        let mapping = Mapping::parse(mapping).unwrap();
        mapping.apply(read_bytes(text.as_bytes(), "t.csv", &mapping.read).unwrap()).unwrap()
    }

    fn refused(mapping: &str, text: &str) -> String {
        let mapping = match Mapping::parse(mapping) {
            Ok(mapping) => mapping,
            Err(error) => return error.to_string(),
        };
        mapping.apply(read_bytes(text.as_bytes(), "t.csv", &mapping.read).unwrap()).unwrap_err().to_string()
    }

    fn numbers<'a>(mapped: &'a Mapped, name: &str) -> &'a [f64] {
        match &mapped.table.find_column(name).unwrap().values {
            Values::Numbers(numbers) => numbers,
            other => panic!("{name} holds {}", other.kind()),
        }
    }

    #[test]
    fn types_are_found_when_none_is_declared() {
        let mapped = mapped("", "id,x,day,name\n007,1.5,2020-01-31,Ana\n012,NA,,.\n");
        let kinds: Vec<&str> = mapped.table.columns.iter().map(|column| column.values.kind()).collect();
        assert_eq!(kinds, ["texts", "numbers", "dates", "texts"]);
        assert!(numbers(&mapped, "x")[1].is_nan());
        assert_eq!(mapped.table.find_column("x").unwrap().missing_codes["NA"], 1);
        assert!(mapped.table.find_column("name").unwrap().values.is_missing(1));
        assert!(mapped.bad_cells.is_empty());
    }

    #[test]
    fn names_units_codes_and_labels_are_applied() {
        let mapping = r#"
[file]
missing = [-99]
[rows]
country = ["IN", "BA"]
[columns]
client = "hhid"
[columns.profit]
from = "biz_profit"
role = "outcome"
unit = "INR per month"
multiply = 0.5
missing = ["refused"]
quantity = "amount"
[columns.treated]
from = "arm"
role = "treatment"
numbers = {Loan = 1, Control = 0}
labels = {0 = "control", 1 = "loan"}
[columns.visit]
from = "when"
date_format = "DD/MM/YYYY"
"#;
        let text = "hhid;biz_profit;arm;when;country\nA;10,5;Loan;31/01/2020;IN\nB;-99,0;Control;01/02/2020;BA\n\
                    C;refused;Loan;;IN\nD;7,0;Loan;;XX\n";
        let mapped = mapped(mapping, text);
        assert_eq!(mapped.rows_left_out, 1);
        let profit = mapped.table.find_column("profit").unwrap();
        assert_eq!(
            (profit.source_name.as_str(), profit.role),
            ("biz_profit", Some(crate::table::Role::Outcome))
        );
        assert_eq!(numbers(&mapped, "profit")[0], 5.25);
        assert!(numbers(&mapped, "profit")[1].is_nan() && numbers(&mapped, "profit")[2].is_nan());
        assert_eq!(numbers(&mapped, "treated"), [1.0, 0.0, 1.0]);
        assert_eq!(mapped.table.find_column("treated").unwrap().display(1).as_deref(), Some("control"));
        assert_eq!(mapped.table.find_column("visit").unwrap().display(0).as_deref(), Some("2020-01-31"));
        assert_eq!(mapped.table.find_role(crate::table::Role::Client).unwrap().name, "client");
        assert!(mapped.bad_cells.is_empty(), "{}", mapped.bad_cells);
    }

    #[test]
    fn bad_cells_are_all_collected_and_become_missing() {
        let mapping =
            "[file]\nlisted_bad_cells = 2\n[columns.x]\ntype = \"number\"\n[columns.d]\ntype = \"date\"\n";
        let mapped = mapped(mapping, "x,d\n1,2020-02-30\nabout 3,2020-01-01\n\"1,234\",soon\n");
        assert_eq!((mapped.bad_cells.total, mapped.bad_cells.listed.len()), (4, 4));
        let first = mapped.bad_cells.listed[0].to_string();
        assert!(first.starts_with("line 3, column x: “about 3” is not a number"), "{first}");
        assert!(numbers(&mapped, "x")[1].is_nan());
    }

    #[test]
    fn a_faulty_mapping_is_refused_with_line_and_suggestion() {
        let text = "hhid,profit\n1,2\n";
        for (mapping, expect) in [
            ("[columns]\nclient = \"hhdi\"\n", "did you mean “hhid”?"),
            (
                "[columns.profit]\nmultpily = 2\n",
                "line 2: mapping key multpily: there is no such key (hint: did you mean “multiply”?)",
            ),
            ("[colums]\n", "did you mean “columns”?"),
            ("[columns.profit]\nmultiply = \"2\"\n", "this is a finite number"),
            ("[columns.profit]\nrole = \"outcom\"\n", "did you mean “outcome”?"),
            ("[columns.d]\ndate_format = \"D/M\"\n", "is no date format"),
            ("[columns.profit]\ntype = \"text\"\nmultiply = 2\n", "are for numbers"),
            ("[columns]\nprofit = \"hhid\"\n", "another column"),
            ("columns = 3", "this is a table"),
            ("[columns", "the mapping is a TOML file"),
        ] {
            let refused = refused(mapping, text);
            assert!(refused.contains(expect), "{mapping:?}: {refused}");
        }
    }

    #[test]
    fn the_short_form_of_the_plan_renames() {
        let columns = BTreeMap::from([("client".to_owned(), "hhid".to_owned())]);
        let mapping = Mapping::from_columns(&columns);
        let table = read_bytes(b"hhid,y\n1,2\n", "t.csv", &mapping.read).unwrap();
        let mapped = mapping.apply(table).unwrap();
        let names: Vec<&str> = mapped.table.columns.iter().map(|column| column.name.as_str()).collect();
        assert_eq!(names, ["client", "y"]);
        assert_eq!(mapped.table.columns[0].role, Some(crate::table::Role::Client));
    }
}
