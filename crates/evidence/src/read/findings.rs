//! The full table of the evidence base as findings, each row checked against the catalogue.

use super::number::{Cell, parse};
use super::table::Table;
use super::{Faults, ReadError};
use std::collections::BTreeSet;
use std::io::Read;
use whatworks_domain::{
    Catalogue, ComparatorId, DesignId, Direction, Finding, FindingId, FindingRecord, IdError, OutcomeId,
    PracticeId, SampleId, StudyId,
};

const COLUMNS: [&str; 39] = [
    "finding_id",
    "study_id",
    "study",
    "title",
    "doi",
    "country",
    "year_published",
    "followup_months",
    "practice",
    "comparator",
    "subgroup",
    "population",
    "outcome",
    "outcome_definition",
    "estimate",
    "std_error",
    "unit",
    "currency",
    "price_year",
    "ppp",
    "period",
    "control_mean",
    "control_sd",
    "estimand",
    "design",
    "assignment",
    "n",
    "clusters",
    "se_type",
    "takeup_treat",
    "takeup_control",
    "direction",
    "sample_id",
    "primary",
    "source",
    "source_kind",
    "verified",
    "scale_suspect",
    "note",
];

/// One row's cells, read by name; the first fault of a cell is kept with its column.
struct Cells<'a> {
    line: u64,
    texts: &'a [String],
    mark: super::number::DecimalMark,
    faults: &'a mut Faults,
}

impl Cells<'_> {
    fn text(&self, name: &str) -> &str {
        COLUMNS.iter().position(|column| *column == name).map_or("", |at| &self.texts[at])
    }

    fn owned(&self, name: &str) -> String {
        self.text(name).to_owned()
    }

    fn fault(&mut self, name: &str, problem: String, hint: &str) {
        self.faults.add(self.line, name, problem, hint);
    }

    fn number(&mut self, name: &str) -> Option<f64> {
        match parse(self.text(name), self.mark) {
            Cell::Missing => None,
            Cell::Number(value) => Some(value),
            Cell::Bad(hint) => {
                let problem = format!("“{}” is not a number that can be used", self.text(name));
                self.fault(name, problem, hint);
                None
            }
        }
    }

    fn whole(&mut self, name: &str) -> Option<u64> {
        let value = self.number(name)?;
        if value < 0.0 || value.fract() != 0.0 {
            self.fault(name, format!("“{value}” is not a count"), "give a whole number");
            return None;
        }
        Some(value as u64)
    }

    fn flag(&mut self, name: &str) -> bool {
        match self.text(name) {
            "true" | "yes" => true,
            "false" | "no" | "" => false,
            other => {
                let problem = format!("“{other}” is neither yes nor no");
                self.fault(name, problem, "write yes or no");
                false
            }
        }
    }

    fn id<T>(&mut self, name: &str, make: impl Fn(&str) -> Result<T, IdError>) -> Option<T> {
        match make(self.text(name)) {
            Ok(id) => Some(id),
            Err(error) => {
                self.fault(name, error.to_string(), "ids are letters, digits, '.', '-', '_' and '/'");
                None
            }
        }
    }

    fn record(&mut self, catalogue: &Catalogue) -> Option<FindingRecord> {
        let year = self.whole("year_published").and_then(|year| u16::try_from(year).ok());
        let price_year = self.whole("price_year").and_then(|year| u16::try_from(year).ok());
        let estimand = match self.text("estimand").parse() {
            Ok(estimand) => Some(estimand),
            Err(problem) => {
                self.fault("estimand", problem, "ITT, ATT, LATE or association");
                None
            }
        };
        let countries =
            self.text("country").split(';').filter(|code| !code.is_empty()).map(str::to_owned).collect();
        let record = FindingRecord {
            finding_id: self.id("finding_id", FindingId::new)?,
            study_id: self.id("study_id", StudyId::new)?,
            study: self.owned("study"),
            title: self.owned("title"),
            doi: self.owned("doi"),
            countries,
            year_published: year,
            followup_months: self.number("followup_months"),
            practice: self.id("practice", PracticeId::new)?,
            comparator: self.id("comparator", ComparatorId::new)?,
            subgroup: self.owned("subgroup"),
            population: self.owned("population"),
            outcome: self.id("outcome", OutcomeId::new)?,
            outcome_definition: self.owned("outcome_definition"),
            estimate: self.number("estimate").unwrap_or(f64::NAN),
            std_error: self.number("std_error").unwrap_or(f64::NAN),
            unit: self.owned("unit"),
            currency: self.owned("currency"),
            price_year,
            ppp: self.flag("ppp"),
            period: self.owned("period"),
            control_mean: self.number("control_mean"),
            control_sd: self.number("control_sd"),
            estimand: estimand?,
            design: self.id("design", DesignId::new)?,
            assignment: self.owned("assignment"),
            n: self.whole("n"),
            clusters: self.whole("clusters"),
            se_type: self.owned("se_type"),
            takeup_treat: self.number("takeup_treat"),
            takeup_control: self.number("takeup_control"),
            sample_id: self.id("sample_id", SampleId::new)?,
            primary: self.flag("primary"),
            source: self.owned("source"),
            source_kind: self.owned("source_kind"),
            verified: self.flag("verified"),
            scale_suspect: self.flag("scale_suspect"),
            note: self.owned("note"),
        };
        self.check_references(&record, catalogue);
        Some(record)
    }

    fn check_references(&mut self, record: &FindingRecord, catalogue: &Catalogue) {
        let known = [
            ("practice", catalogue.find_practice(record.practice.as_str()).is_some()),
            ("comparator", catalogue.find_comparator_name(record.comparator.as_str()).is_some()),
            ("design", catalogue.find_design(record.design.as_str()).is_some()),
        ];
        for (name, found) in known {
            if !found {
                let problem = format!("“{}” is not in the catalogue", self.text(name));
                self.fault(name, problem, "add it to catalogue.toml, or use an id that is there");
            }
        }
        let Some(outcome) = catalogue.find_outcome(record.outcome.as_str()) else {
            let problem = format!("“{}” is not in the catalogue", record.outcome);
            self.fault("outcome", problem, "add it to catalogue.toml, or use an id that is there");
            return;
        };
        let stated = match self.text("direction") {
            "favourable" => Direction::Favourable,
            "unfavourable" => Direction::Unfavourable,
            _ => Direction::None,
        };
        if record.estimate.is_finite() && stated != Direction::of(record.estimate, outcome.better) {
            let problem = format!(
                "the direction “{}” contradicts the estimate's sign and the outcome's direction of benefit",
                self.text("direction")
            );
            self.fault("direction", problem, "check the sign of the estimate against its source");
        }
    }
}

/// Reads the full table.
///
/// # Errors
/// [`ReadError`] with row, column and hint for each fault, ids that stand twice and ids outside the catalogue included.
pub fn findings<R: Read>(source: R, catalogue: &Catalogue) -> Result<Vec<Finding>, ReadError> {
    let mut table = Table::open(source)?;
    let places = COLUMNS.map(|name| table.find_column(name));
    if let Some(missing) = COLUMNS.iter().zip(&places).find(|(_, place)| place.is_none()) {
        return Err(ReadError::file(format!("the column {} is missing", missing.0), "add it to the header"));
    }
    let mark = table.decimal_mark;
    let mut faults = Faults::default();
    let mut findings = Vec::new();
    let mut seen = BTreeSet::new();
    while !faults.full() {
        let Some(row) = table.next_row(&mut faults)? else { break };
        let texts: Vec<String> =
            places.iter().map(|place| place.map_or(String::new(), |at| row.text(at).into_owned())).collect();
        let line = row.line;
        let mut cells = Cells { line, texts: &texts, mark, faults: &mut faults };
        let Some(record) = cells.record(catalogue) else { continue };
        if !seen.insert(record.finding_id.clone()) {
            let problem = format!("the finding “{}” stands twice", record.finding_id);
            faults.add(line, "finding_id", problem, "give each row an id of its own");
        }
        match Finding::new(record) {
            Ok(finding) => findings.push(finding),
            Err(found) => {
                for fault in found {
                    faults.add(line, fault.field, fault.problem, "mend the cell");
                }
            }
        }
    }
    faults.finish(findings)
}
