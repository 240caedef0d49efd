//! A finding: one estimate of one contrast on one outcome, with its uncertainty, its sample and its source.
//!
//! The only thing that crosses from the lab to the commons. A `FindingRecord` is what a file or a packet says;
//! a `Finding` is a record that passed the rules below, and cannot be changed.

use crate::catalogue::Better;
use crate::estimand::Estimand;
use crate::id::{ComparatorId, DesignId, FindingId, OutcomeId, PracticeId, SampleId, StudyId};
use crate::pool_key::PoolKey;
use serde::{Deserialize, Serialize};
use std::ops::Deref;

/// The sign of an estimate seen from the client (or, for lender outcomes, the lender); not its significance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// Towards benefit.
    Favourable,
    /// Away from benefit.
    Unfavourable,
    /// Zero, or the outcome has no direction of benefit.
    None,
}

impl Direction {
    /// The direction of an estimate on an outcome.
    pub fn of(estimate: f64, better: Better) -> Self {
        match better.sign().map(|sign| sign * estimate) {
            Some(aligned) if aligned > 0.0 => Self::Favourable,
            Some(aligned) if aligned < 0.0 => Self::Unfavourable,
            _ => Self::None,
        }
    }
}

/// Every field of a finding. Blank texts mean "not known"; `None` means the same for numbers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "four independent facts, each a column of its own")]
pub struct FindingRecord {
    /// Unique id.
    pub finding_id: FindingId,
    /// The study it comes from.
    pub study_id: StudyId,
    /// Authors and year, as people cite it.
    pub study: String,
    /// Title of the paper.
    pub title: String,
    /// DOI without resolver.
    pub doi: String,
    /// ISO 3166 alpha-2 codes.
    pub countries: Vec<String>,
    /// Year of the paper.
    pub year_published: Option<u16>,
    /// Months from the start of the practice to the survey.
    pub followup_months: Option<f64>,
    /// The practice.
    pub practice: PracticeId,
    /// What it is compared with.
    pub comparator: ComparatorId,
    /// Subgroup or trial arm; blank is the whole sample.
    pub subgroup: String,
    /// Who was studied.
    pub population: String,
    /// The outcome.
    pub outcome: OutcomeId,
    /// What the variable is in that source.
    pub outcome_definition: String,
    /// The estimate, in `unit`.
    pub estimate: f64,
    /// Its standard error, in `unit`, above zero.
    pub std_error: f64,
    /// Unit, with period.
    pub unit: String,
    /// ISO 4217 code.
    pub currency: String,
    /// Year of the prices.
    pub price_year: Option<u16>,
    /// Whether the unit is purchasing-power adjusted.
    pub ppp: bool,
    /// Recall period.
    pub period: String,
    /// Mean of the comparison arm, in `unit`.
    pub control_mean: Option<f64>,
    /// Standard deviation of the comparison arm, in `unit`, not negative.
    pub control_sd: Option<f64>,
    /// What is estimated.
    pub estimand: Estimand,
    /// The study design.
    pub design: DesignId,
    /// Unit of assignment, in words.
    pub assignment: String,
    /// Rows used.
    pub n: Option<u64>,
    /// Clusters used in the standard error.
    pub clusters: Option<u64>,
    /// How the standard error was made.
    pub se_type: String,
    /// Share that took the practice up when offered.
    pub takeup_treat: Option<f64>,
    /// Share that took it up when not offered.
    pub takeup_control: Option<f64>,
    /// The same for everything estimated on the same people.
    pub sample_id: SampleId,
    /// Whether this is the one estimate of its sample, contrast and outcome that enters a pool.
    pub primary: bool,
    /// Where the number stands.
    pub source: String,
    /// published-table, authors-data-recomputed, public-reanalysis or derived-from-CI-or-p.
    pub source_kind: String,
    /// Whether the number was recomputed or read in the source by the curators.
    pub verified: bool,
    /// Whether the curators doubt its scale.
    pub scale_suspect: bool,
    /// Remarks.
    pub note: String,
}

impl FindingRecord {
    /// The free texts, by field.
    fn texts(&self) -> [(&'static str, &str); 14] {
        [
            ("study", &self.study),
            ("title", &self.title),
            ("doi", &self.doi),
            ("subgroup", &self.subgroup),
            ("population", &self.population),
            ("outcome_definition", &self.outcome_definition),
            ("unit", &self.unit),
            ("currency", &self.currency),
            ("period", &self.period),
            ("assignment", &self.assignment),
            ("se_type", &self.se_type),
            ("source", &self.source),
            ("source_kind", &self.source_kind),
            ("note", &self.note),
        ]
    }
}

/// One reason why a record is not a finding; `field` names the column.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {problem}")]
pub struct FindingFault {
    /// The field at fault.
    pub field: &'static str,
    /// What is wrong, for a person.
    pub problem: String,
}

/// A record that passed the rules. Read its fields as if it were the record.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "FindingRecord", into = "FindingRecord")]
pub struct Finding(FindingRecord);

impl Finding {
    /// Checks a record.
    ///
    /// # Errors
    /// All faults found, never only the first: numbers that are not finite, a standard error not above zero, shares
    /// outside 0 to 1, a negative standard deviation, no study name, a country code that is not two capitals.
    pub fn new(record: FindingRecord) -> Result<Self, Vec<FindingFault>> {
        let mut faults = Vec::new();
        let mut fault = |field, problem: String| faults.push(FindingFault { field, problem });
        if !record.estimate.is_finite() {
            fault("estimate", format!("{} is not a number one can use", record.estimate));
        }
        if !(record.std_error.is_finite() && record.std_error > 0.0) {
            fault("std_error", format!("{} is not above zero", record.std_error));
        }
        if record.control_mean.is_some_and(|mean| !mean.is_finite()) {
            fault("control_mean", "is not a finite number".into());
        }
        if record.control_sd.is_some_and(|sd| !sd.is_finite() || sd < 0.0) {
            fault("control_sd", "is negative or not finite".into());
        }
        for (field, share) in
            [("takeup_treat", record.takeup_treat), ("takeup_control", record.takeup_control)]
        {
            if share.is_some_and(|share| !(0.0..=1.0).contains(&share)) {
                fault(field, "is not a share between 0 and 1".into());
            }
        }
        if record.followup_months.is_some_and(|months| !months.is_finite() || months < 0.0) {
            fault("followup_months", "is negative or not finite".into());
        }
        for (field, text) in record.texts() {
            if text.contains('\0') {
                fault(field, "holds the NUL character, which no database keeps alike".into());
            }
        }
        if record.study.trim().is_empty() {
            fault("study", "is empty".into());
        }
        if record.n == Some(0) {
            fault("n", "is zero".into());
        }
        for country in &record.countries {
            if country.len() != 2 || !country.bytes().all(|byte| byte.is_ascii_uppercase()) {
                fault("country", format!("“{country}” is not an ISO 3166 alpha-2 code"));
            }
        }
        if faults.is_empty() { Ok(Self(record)) } else { Err(faults) }
    }

    /// The pool that this finding can enter.
    pub fn pool_key(&self) -> PoolKey {
        PoolKey {
            practice: self.practice.clone(),
            comparator: self.comparator.clone(),
            outcome: self.outcome.clone(),
            estimand: self.estimand,
        }
    }
}

impl Deref for Finding {
    type Target = FindingRecord;
    fn deref(&self) -> &FindingRecord {
        &self.0
    }
}

impl From<Finding> for FindingRecord {
    fn from(finding: Finding) -> Self {
        finding.0
    }
}

impl TryFrom<FindingRecord> for Finding {
    type Error = String;
    fn try_from(record: FindingRecord) -> Result<Self, String> {
        Self::new(record)
            .map_err(|faults| faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record() -> FindingRecord {
        FindingRecord {
            finding_id: FindingId::new("a").unwrap(),
            study_id: StudyId::new("a2015").unwrap(),
            study: "A 2015".into(),
            title: String::new(),
            doi: String::new(),
            countries: vec!["IN".into()],
            year_published: Some(2015),
            followup_months: None,
            practice: PracticeId::new("credit.access").unwrap(),
            comparator: ComparatorId::new("no-offer").unwrap(),
            subgroup: String::new(),
            population: String::new(),
            outcome: OutcomeId::new("business.profit").unwrap(),
            outcome_definition: String::new(),
            estimate: 1.0,
            std_error: 0.5,
            unit: "SD".into(),
            currency: String::new(),
            price_year: None,
            ppp: false,
            period: String::new(),
            control_mean: None,
            control_sd: None,
            estimand: Estimand::Itt,
            design: DesignId::new("randomised").unwrap(),
            assignment: String::new(),
            n: Some(100),
            clusters: None,
            se_type: String::new(),
            takeup_treat: None,
            takeup_control: None,
            sample_id: SampleId::new("a2015-in").unwrap(),
            primary: true,
            source: String::new(),
            source_kind: String::new(),
            verified: true,
            scale_suspect: false,
            note: String::new(),
        }
    }

    #[test]
    fn every_fault_is_named_at_once() {
        assert!(Finding::new(record()).is_ok());
        let bad = FindingRecord {
            estimate: f64::NAN,
            std_error: 0.0,
            takeup_treat: Some(1.2),
            note: "a\0b".into(),
            countries: vec!["India".into()],
            ..record()
        };
        let fields: Vec<_> = Finding::new(bad).unwrap_err().into_iter().map(|fault| fault.field).collect();
        assert_eq!(fields, ["estimate", "std_error", "takeup_treat", "note", "country"]);
    }

    #[test]
    fn direction_follows_the_outcome_not_the_sign() {
        assert_eq!(Direction::of(2.0, Better::Lower), Direction::Unfavourable);
        assert_eq!(Direction::of(2.0, Better::Higher), Direction::Favourable);
        assert_eq!(Direction::of(2.0, Better::Neither), Direction::None);
    }
}
