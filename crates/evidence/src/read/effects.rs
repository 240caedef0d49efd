//! Any plain findings table as effects, for `whatworks pool`.
//!
//! Needed columns: study, estimate, std_error. Known optional ones are read by name; a column that the file lacks is one
//! class. Ids outside the catalogue are accepted. Streams: one pass, memory in proportion to the effects kept.

use super::number::{Cell, DecimalMark, parse};
use super::table::{Oddities, Row, Table, canonical};
use super::{Faults, ReadError};
use crate::effect::{ClassKey, Effect, Label, unit_key};
use std::collections::BTreeSet;
use std::io::Read;
use std::sync::Arc;

/// Columns that must be there.
const NEEDED: [&str; 3] = ["study", "estimate", "std_error"];
/// What people call the needed columns, for the hint.
const ALIASES: [(&str, &[&str]); 3] = [
    (
        "study",
        &["studies", "author", "authors", "paper", "slab", "trial", "name", "étude", "etude", "estudio"],
    ),
    (
        "estimate",
        &[
            "effect",
            "coef",
            "coefficient",
            "beta",
            "b",
            "yi",
            "y",
            "est",
            "te",
            "effet",
            "efecto",
            "estimation",
            "estimación",
            "estimacion",
        ],
    ),
    (
        "std_error",
        &[
            "se",
            "sei",
            "stderr",
            "std_err",
            "std._error",
            "standard_error",
            "sete",
            "s.e.",
            "erreur_type",
            "error_estándar",
            "error_estandar",
            "error_típico",
            "error_tipico",
        ],
    ),
];
/// The same for the key columns, so that renaming the needed ones does not pool everything in one.
const OPTIONAL_ALIASES: [(&str, &[&str]); 2] = [
    ("practice", &["pratique", "práctica", "practica", "intervention", "treatment"]),
    ("outcome", &["résultat", "resultat", "resultado", "indicator", "indicateur"]),
];
/// Columns that a findings table may have, besides moderators.
const KNOWN: [&str; 27] = [
    "study",
    "practice",
    "outcome",
    "finding_id",
    "comparator",
    "estimand",
    "subgroup",
    "primary",
    "sample_id",
    "direction",
    "unit",
    "currency",
    "price_year",
    "ppp",
    "period",
    "control_mean",
    "control_sd",
    "n",
    "clusters",
    "country",
    "year",
    "year_published",
    "design",
    "doi",
    "source",
    "harm",
    "scale_suspect",
];

/// What to read besides the needed columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EffectColumns {
    /// Columns that split pools.
    pub by: Vec<String>,
    /// Numeric columns to regress on.
    pub moderators: Vec<String>,
}

impl Default for EffectColumns {
    fn default() -> Self {
        let by = ["practice", "comparator", "outcome", "estimand"].map(str::to_owned).to_vec();
        Self { by, moderators: Vec::new() }
    }
}

/// Effects read, and what was odd about the file.
#[derive(Debug)]
pub struct EffectTable {
    /// Effects in file order.
    pub effects: Vec<Effect>,
    /// How the file was read.
    pub oddities: Oddities,
}

/// Shares equal texts. Only for columns with few distinct values.
#[derive(Default)]
struct Interner(BTreeSet<Label>);

impl Interner {
    fn label(&mut self, text: &str) -> Label {
        if let Some(label) = self.0.get(text) {
            return label.clone();
        }
        let label = Label::from(text);
        self.0.insert(label.clone());
        label
    }
}

fn find_alias<R: Read>(table: &Table<R>, needed: &str) -> Option<String> {
    let (_, aliases) = OPTIONAL_ALIASES.iter().chain(&ALIASES).find(|(name, _)| *name == needed)?;
    table.columns.iter().find(|column| aliases.contains(&column.as_str())).cloned()
}

fn check_header<R: Read>(table: &Table<R>, wanted: &EffectColumns) -> Result<(), ReadError> {
    if let Some(double) = table.double_column() {
        return Err(ReadError::file(
            format!("the column {double} stands twice in the header"),
            "rename or remove one of them",
        ));
    }
    let missing: Vec<&str> = NEEDED.into_iter().filter(|name| table.find_column(name).is_none()).collect();
    if !missing.is_empty() {
        let have = table.columns.iter().take(12).map(String::as_str).collect::<Vec<_>>().join(", ");
        let renames: Vec<String> = OPTIONAL_ALIASES
            .iter()
            .chain(&ALIASES)
            .filter(|(name, _)| table.find_column(name).is_none())
            .filter_map(|(name, _)| Some(format!("“{}” to {name}", find_alias(table, name)?)))
            .collect();
        let hint = if !renames.is_empty() {
            format!("rename {}", renames.join(", "))
        } else if table.columns.len() == 1 {
            "the header is one single column: separate the cells with commas, semicolons or tabs".into()
        } else {
            format!("add it to the header; the file has: {have}")
        };
        let name = missing.join(", ");
        return Err(ReadError {
            faults: vec![super::RowFault {
                row: Some(1),
                column: Some(name.clone()),
                problem: format!("the column {name} is missing"),
                hint,
            }],
            truncated: false,
        });
    }
    // A column that the file lacks is one class; a name that no findings table knows is a slip of the keyboard, and
    // would pool what must stay apart.
    let unknown = wanted
        .by
        .iter()
        .map(|name| canonical(name))
        .find(|name| table.find_column(name).is_none() && !KNOWN.contains(&name.as_str()));
    if let Some(unknown) = unknown {
        return Err(ReadError::file(
            format!("--by {unknown} is not a column of the file"),
            format!("the columns are: {}", table.columns.join(", ")),
        ));
    }
    let asked = wanted.moderators.iter().map(|name| canonical(name));
    if let Some(unknown) = asked.into_iter().find(|name| table.find_column(name).is_none()) {
        return Err(ReadError::file(
            format!("the moderator {unknown} is not a column of the file"),
            format!("the columns are: {}", table.columns.join(", ")),
        ));
    }
    Ok(())
}

/// Reads one row's cells by column name, collecting faults.
struct Cells<'a> {
    row: &'a Row<'a>,
    names: &'a [String],
    mark: DecimalMark,
    faults: &'a mut Faults,
}

impl Cells<'_> {
    fn text(&self, column: Option<usize>) -> std::borrow::Cow<'_, str> {
        column.map_or("".into(), |column| self.row.text(column))
    }

    fn number(&mut self, column: Option<usize>) -> Option<f64> {
        let column = column?;
        let text = self.row.text(column);
        match parse(&text, self.mark) {
            Cell::Missing => None,
            Cell::Number(value) => Some(value),
            Cell::Bad(hint) => {
                let shown: String = text.chars().take(40).collect();
                let problem = format!("“{shown}” is not a number that can be used");
                self.faults.add(self.row.line, &self.names[column], problem, hint);
                None
            }
        }
    }

    fn needed_number(&mut self, column: Option<usize>) -> Option<f64> {
        let before = self.faults.0.len();
        let value = self.number(column);
        if value.is_none()
            && self.faults.0.len() == before
            && let Some(column) = column
        {
            self.faults.add(
                self.row.line,
                &self.names[column],
                "the cell is empty",
                "give the number, or take the row out: a study without it cannot be pooled",
            );
        }
        value
    }

    fn count(&mut self, column: Option<usize>) -> Option<u64> {
        let value = self.number(column)?;
        if value >= 0.0 && value.fract() == 0.0 && value < 9e15 {
            return Some(value as u64);
        }
        let name = column.map_or("", |column| &self.names[column]);
        self.faults.add(self.row.line, name, format!("“{value}” is not a count"), "give a whole number");
        None
    }

    fn flag(&mut self, column: Option<usize>) -> Option<bool> {
        let column = column?;
        match self.row.text(column).to_lowercase().as_str() {
            "" | "na" => None,
            "true" | "yes" | "1" | "y" | "t" => Some(true),
            "false" | "no" | "0" | "n" | "f" => Some(false),
            other => {
                let problem = format!("“{other}” is neither yes nor no");
                self.faults.add(self.row.line, &self.names[column], problem, "write true or false");
                None
            }
        }
    }
}

/// Reads a table of effects.
///
/// # Errors
/// [`ReadError`] with row, column and hint for each fault: a missing column, an empty or unusable number, a standard
/// error that is not above zero, a negative control standard deviation, too many cells, a file that is no table.
pub fn effects<R: Read>(source: R, wanted: &EffectColumns) -> Result<EffectTable, ReadError> {
    let mut table = Table::open(source)?;
    check_header(&table, wanted)?;
    let at = |name: &str| table.find_column(name);
    let [study, estimate, std_error] = NEEDED.map(at);
    let key_names = ["practice", "comparator", "outcome", "estimand"];
    let by: Vec<String> = wanted.by.iter().map(|name| canonical(name)).collect();
    let in_key = |name: &str| name == "estimand" || by.iter().any(|column| column == name);
    let key_columns = key_names.map(|name| if in_key(name) { at(name) } else { None });
    let others: Vec<(Label, Option<usize>)> = by
        .iter()
        .filter(|name| !key_names.contains(&name.as_str()))
        .map(|name| (Label::from(name.as_str()), at(name)))
        .collect();
    let moderators: Vec<Option<usize>> = wanted.moderators.iter().map(|name| at(&canonical(name))).collect();
    let texts = ["finding_id", "sample_id", "subgroup", "design", "country"].map(at);
    let units = ["unit", "currency", "price_year", "ppp", "period"].map(at);
    let year = at("year").or_else(|| at("year_published"));
    let [control_mean, control_sd, n, clusters] = ["control_mean", "control_sd", "n", "clusters"].map(at);
    let [primary, scale_suspect] = ["primary", "scale_suspect"].map(at);
    let source_kind = at("source_kind");
    let verified = at("verified");

    let (names, mark, oddities) = (table.columns.clone(), table.decimal_mark, table.oddities);
    let mut interner = Interner::default();
    let mut classes: BTreeSet<Arc<ClassKey>> = BTreeSet::new();
    let mut rows = Vec::new();
    let mut faults = Faults::default();
    while !faults.full() {
        let Some(row) = table.next_row(&mut faults)? else { break };
        let mut cells = Cells { row: &row, names: &names, mark, faults: &mut faults };
        let estimate = cells.needed_number(estimate);
        let standard_error = cells.needed_number(std_error);
        if standard_error.is_some_and(|value| value <= 0.0) {
            cells.faults.add(
                row.line,
                "std_error",
                "the standard error is not above zero",
                "a standard error is positive; check that the column is not a t value or a rounded 0.00",
            );
        }
        let study = cells.text(study).into_owned();
        if study.is_empty() {
            cells.faults.add(row.line, "study", "the study has no name", "give authors and year");
        }
        let sd = cells.number(control_sd);
        if sd.is_some_and(|sd| sd < 0.0) {
            cells.faults.add(
                row.line,
                "control_sd",
                "the control standard deviation is negative",
                "give the standard deviation of the comparison arm, or leave the cell empty",
            );
        }
        let key = key_columns.map(|column| interner.label(&cells.text(column)));
        let [practice, comparator, outcome, estimand] = key;
        let class = ClassKey {
            practice,
            comparator,
            outcome,
            estimand,
            others: others
                .iter()
                .map(|(name, column)| (name.clone(), interner.label(&cells.text(*column))))
                .collect(),
        };
        let class = if let Some(known) = classes.get(&class) {
            known.clone()
        } else {
            let class = Arc::new(class);
            classes.insert(class.clone());
            class
        };
        let unit_texts = units.map(|column| cells.text(column).into_owned());
        let [unit, currency, price_year, ppp, period] = unit_texts.each_ref().map(String::as_str);
        let [finding_id, sample, subgroup, design, country] =
            texts.map(|column| interner.label(&cells.text(column)));
        let effect = Effect {
            line: row.line,
            file: 0,
            class,
            finding_id,
            study: Label::from(study),
            unit: interner.label(unit),
            unit_key: interner.label(&unit_key(unit, currency, price_year, ppp, period)),
            sample,
            subgroup,
            design,
            country,
            year: cells.count(year).and_then(|year| u16::try_from(year).ok()),
            estimate: estimate.unwrap_or(f64::NAN),
            std_error: standard_error.unwrap_or(f64::NAN),
            control_mean: cells.number(control_mean),
            control_sd: sd,
            n: cells.count(n),
            clusters: cells.count(clusters),
            primary: cells.flag(primary),
            scale_suspect: cells.flag(scale_suspect).unwrap_or(false),
            verified: cells.flag(verified).unwrap_or(true)
                && cells.text(source_kind) != "derived-from-CI-or-p",
            moderators: moderators.iter().map(|column| cells.number(*column).unwrap_or(f64::NAN)).collect(),
        };
        rows.push(effect);
    }
    if rows.is_empty() && faults.0.is_empty() {
        return Err(ReadError::file("the table has a header and no rows", "add one row per finding"));
    }
    faults.finish(EffectTable { effects: rows, oddities })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &[u8]) -> Result<EffectTable, ReadError> {
        effects(text, &EffectColumns::default())
    }

    #[test]
    fn a_plain_table_reads() {
        let table = read(b"study,estimate,std_error\nA 2015,1.5,0.5\n\nB 2016,-2,1\n").unwrap();
        assert_eq!(table.effects.len(), 2);
        assert_eq!((table.effects[1].line, table.effects[1].estimate), (4, -2.0));
        for ends in ["\n", "\r\n", "\r"] {
            let text =
                format!("study,estimate,std_error{ends}\"A{ends}2015\",1,1{ends}{ends}B,1,1{ends}C,1,1");
            let lines: Vec<u64> =
                read(text.as_bytes()).unwrap().effects.iter().map(|effect| effect.line).collect();
            assert_eq!(lines, [2, 5, 6], "{ends:?}");
        }
    }

    #[test]
    fn odd_files_are_read_right() {
        let bom = "\u{feff}Study;Estimate;Std error\nCrépon 2015;1,5;0,5\n".as_bytes();
        let table = read(bom).unwrap();
        assert!(table.oddities.byte_order_mark && table.oddities.decimal_comma);
        assert_eq!(table.effects[0].estimate, 1.5);
        let latin = b"study\testimate\tstd_error\r\nCr\xe9pon 2015\t1.5\t0.5\r\n";
        let table = read(latin).unwrap();
        assert_eq!(&*table.effects[0].study, "Crépon 2015");
        assert_eq!(table.oddities.encoding, super::super::Encoding::Windows1252);
    }

    fn fault(text: &str) -> (Option<u64>, String, String) {
        let error = read(text.as_bytes()).unwrap_err();
        let fault = error.faults[0].clone();
        assert!(!fault.hint.is_empty(), "{fault:?}");
        (fault.row, fault.column.unwrap_or_default(), fault.problem)
    }

    #[test]
    fn what_is_wrong_is_named_with_row_and_column() {
        let head = "study,estimate,std_error\n";
        let cases = [
            ("study,estimate\nA,1\n".to_owned(), Some(1), "std_error"),
            (format!("{head}A,1,0\n"), Some(2), "std_error"),
            (format!("{head}A,1,1\nB,1,-2\n"), Some(3), "std_error"),
            (format!("{head}A,NaN,1\n"), Some(2), "estimate"),
            (format!("{head}A,abc,1\n"), Some(2), "estimate"),
            (format!("{head}A,,1\n"), Some(2), "estimate"),
            (format!("{head},1,1\n"), Some(2), "study"),
            (format!("{head}A,1,5,0,5\n"), Some(2), "std_error"),
            (String::new(), None, ""),
            ("study,estimate,std_error\n".to_owned(), None, ""),
            ("study,study,estimate,std_error\nA,A,1,1\n".to_owned(), None, ""),
        ];
        for (text, row, column) in cases {
            let (found_row, found_column, problem) = fault(&text);
            assert_eq!((found_row, found_column.as_str()), (row, column), "{text:?}: {problem}");
        }
        let quote = read(b"study,estimate,std_error,note\nA,1,1,\"hello\nB,5,1,x\nC,6,1,y\n").unwrap_err();
        assert_eq!((quote.faults[0].row, quote.faults[0].column.as_deref()), (Some(2), Some("note")));
        let thousands = read(b"study\testimate\tstd_error\nA\t1,500\t250\nB\t900\t300\n").unwrap_err();
        assert_eq!(thousands.faults[0].row, Some(2));
        let by = EffectColumns { by: vec!["outcmoe".into()], moderators: Vec::new() };
        assert!(effects(b"study,estimate,std_error\nA,1,1\n".as_slice(), &by).is_err());
        let by = EffectColumns { by: vec!["country".into()], moderators: Vec::new() };
        assert!(effects(b"study,estimate,std_error\nA,1,1\n".as_slice(), &by).is_ok());
        let noted = read(b"sep=;\nstudy;estimate;std_error\nA;1,5;1\nB;x;1\n").unwrap_err();
        assert_eq!(noted.faults[0].row, Some(4));
        let alias = read(b"study,effect,se\nA,1,1\n").unwrap_err();
        assert!(alias.faults[0].hint.contains("rename"), "{alias:?}");
    }

    #[test]
    fn faults_are_listed_up_to_a_limit() {
        let rows = "A,x,1\n".repeat(1000);
        let error = read(format!("study,estimate,std_error\n{rows}").as_bytes()).unwrap_err();
        assert!(error.truncated && error.faults.len() == super::super::MAX_FAULTS);
    }
}
