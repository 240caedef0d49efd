//! The study plan: practice, comparator, data, design, outcomes and inference, decided before the outcomes are read.
//!
//! The file is TOML; an unknown key is an error, so that a misspelt wish is never silently ignored. Which design
//! permits which estimator is decided in the evidence crate; here only the plan itself must make sense.

use super::check;
use crate::catalogue::{Better, Catalogue};
use crate::id::{ComparatorId, DesignId, OutcomeId, PracticeId, SampleId, StudyId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One thing wrong with a plan: where, what, and how to mend it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize)]
#[error("{place}: {problem}")]
pub struct PlanFault {
    /// The key, such as `design.cluster` or `outcome[2].id`; `plan` for the file as a whole.
    pub place: String,
    /// What is wrong, for a person.
    pub problem: String,
    /// What to do about it; may be empty.
    pub hint: String,
}

/// What the study is and where it took place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StudyHeading {
    /// Title, as people will cite it.
    pub title: String,
    /// The institution whose clients were studied.
    pub institution: String,
    /// ISO 3166 alpha-2 code.
    pub country: String,
    /// Start of the practice, as a date or a year.
    #[serde(default)]
    pub start: String,
    /// Date or year of the last survey.
    #[serde(default)]
    pub end: String,
    /// Id of the study; made from the title when absent.
    pub id: Option<StudyId>,
    /// Id of the people studied, which keeps them from being counted twice; study id and country when absent.
    pub sample: Option<SampleId>,
    /// Who was studied, in words.
    #[serde(default)]
    pub population: String,
    /// DOI of a paper on it, without resolver.
    #[serde(default)]
    pub doi: String,
    /// Months from the start of the practice to the survey.
    pub followup_months: Option<f64>,
}

/// The contrast.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PracticePlan {
    /// The practice.
    pub id: PracticeId,
    /// Its name in the catalogue.
    pub name: String,
    /// What it is compared with.
    pub comparator: ComparatorId,
    /// The comparator's name in the catalogue.
    pub comparator_name: String,
}

/// Where the client records are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DataSource {
    /// Path of the file, relative to the plan.
    pub file: String,
    /// Path of a mapping file, relative to the plan.
    pub mapping: Option<String>,
    /// The short form of a mapping: our name → the file's column.
    #[serde(default)]
    pub columns: BTreeMap<String, String>,
    /// Only rows whose column holds this value, such as `{ site = "north" }`.
    #[serde(default)]
    pub rows: BTreeMap<String, String>,
}

/// How the practice was assigned, and which columns say so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DesignPlan {
    /// A design of the catalogue.
    pub kind: DesignId,
    /// 1 for those assigned to the practice, 0 for the others.
    pub treatment: Option<String>,
    /// The unit of assignment, on which standard errors are clustered.
    pub cluster: Option<String>,
    /// Strata within which chance decided; absorbed in the regression.
    pub strata: Option<String>,
    /// The period.
    pub time: Option<String>,
    /// First value of `time` at which the practice was in force, when there are more than two periods.
    pub post_from: Option<i64>,
    /// The person or household followed over time.
    pub unit: Option<String>,
    /// Period in which the unit adopted the practice.
    pub cohort: Option<String>,
    /// What moved the take-up: the offer.
    pub instrument: Option<String>,
    /// The take-up that the instrument moved.
    pub endogenous: Option<String>,
    /// Columns measured before the practice began.
    #[serde(default)]
    pub covariates: Vec<String>,
    /// Survey weights.
    pub weights: Option<String>,
    /// Factors to absorb.
    #[serde(default)]
    pub fixed_effects: Vec<String>,
    /// Whether the person took the practice up, for the take-up table of a trial.
    pub takeup: Option<String>,
    /// The unit of assignment in words, such as `104 neighbourhoods`.
    #[serde(default)]
    pub assignment: String,
}

/// What is done to an outcome before estimation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Transform {
    /// As recorded.
    #[default]
    None,
    /// Natural logarithm; rows at or below zero are dropped and counted.
    Log,
    /// ln(1 + y), for y not negative.
    Log1p,
    /// Inverse hyperbolic sine; its size depends on the unit, and the report says so.
    Asinh,
    /// Values beyond the 1st and 99th percentile set to these.
    Winsorise,
}

/// One outcome.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutcomePlan {
    /// An outcome of the catalogue, or an id of the institution's own.
    pub id: OutcomeId,
    /// Its name in the catalogue; the id when it is not there.
    pub name: String,
    /// The column that holds it.
    pub column: String,
    /// Unit, with period.
    pub unit: String,
    /// Direction of benefit.
    pub better: Better,
    /// `benefit`, `harm` or `lender`, from the catalogue; `unlisted` when it is not there.
    pub kind: String,
    /// Whether it was declared as what the study is about.
    pub primary: bool,
    /// What is done to it first.
    pub transform: Transform,
    /// What the column is in this study.
    pub definition: String,
    /// ISO 4217 code.
    pub currency: String,
    /// Year of the prices.
    pub price_year: Option<u16>,
    /// Whether the unit is adjusted for purchasing power.
    pub ppp: bool,
    /// Recall period.
    pub period: String,
}

/// A comparison of groups declared beforehand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SubgroupPlan {
    /// The column whose values are the groups.
    pub column: String,
    /// In words, such as `had a business before`.
    #[serde(default)]
    pub name: String,
}

/// How the variance of an estimate is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Variance {
    /// Equal variances.
    #[serde(rename = "iid")]
    Iid,
    /// White's.
    HC0,
    /// White's times n/(n − k).
    HC1,
    /// Leverage-adjusted.
    HC2,
    /// Close to the jackknife.
    HC3,
    /// Clustered, no correction.
    CR0,
    /// Clustered, times G/(G − 1).
    CR1,
    /// Clustered, times G/(G − 1)·(n − 1)/(n − k).
    CR1S,
    /// Bell and McCaffrey's bias-reduced, with Satterthwaite degrees of freedom.
    CR2,
}

impl Variance {
    /// All of them.
    pub const ALL: [Self; 9] =
        [Self::Iid, Self::HC0, Self::HC1, Self::HC2, Self::HC3, Self::CR0, Self::CR1, Self::CR1S, Self::CR2];

    /// The name used in plans and results.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Iid => "iid",
            Self::HC0 => "HC0",
            Self::HC1 => "HC1",
            Self::HC2 => "HC2",
            Self::HC3 => "HC3",
            Self::CR0 => "CR0",
            Self::CR1 => "CR1",
            Self::CR1S => "CR1S",
            Self::CR2 => "CR2",
        }
    }

    /// Whether it needs clusters.
    pub fn is_clustered(self) -> bool {
        matches!(self, Self::CR0 | Self::CR1 | Self::CR1S | Self::CR2)
    }
}

/// A correction for looking at several outcomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Correction {
    /// Holm's step-down: family-wise error.
    Holm,
    /// Benjamini and Hochberg's: false discovery rate.
    Bh,
    /// Anderson's sharpened q-values (Benjamini, Krieger and Yekutieli in two stages).
    SharpenedQ,
    /// Romano and Wolf's step-down by resampling.
    RomanoWolf,
}

/// How uncertainty is stated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct InferencePlan {
    /// Overrides the design's default.
    pub vcov: Option<Variance>,
    /// Draws of the wild cluster bootstrap; 0 for none. The design asks for it by itself when clusters are few.
    pub bootstrap: u32,
    /// Re-assignments of randomisation inference; 0 for none.
    pub randomisation: u32,
    /// Seed of every draw.
    pub seed: u64,
    /// Corrections over the outcomes.
    pub corrections: Vec<Correction>,
}

impl Default for InferencePlan {
    fn default() -> Self {
        Self {
            vcov: None,
            bootstrap: 0,
            randomisation: 0,
            seed: 1,
            corrections: vec![Correction::Holm, Correction::SharpenedQ],
        }
    }
}

/// What may leave the institution.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct DisclosurePlan {
    /// Name of the policy.
    pub policy: String,
    /// Path of the ledger of earlier releases, relative to the plan; beside the plan when absent.
    pub ledger: Option<String>,
    /// Licence under which the findings are given.
    pub licence: String,
    /// On what ground the clients' data may be used so.
    pub consent_basis: String,
}

impl Default for DisclosurePlan {
    fn default() -> Self {
        Self {
            policy: "client-v1".into(),
            ledger: None,
            licence: "CC-BY-4.0".into(),
            consent_basis: String::new(),
        }
    }
}

/// A study plan that makes sense.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StudyPlan {
    /// What and where.
    pub study: StudyHeading,
    /// Id of the study, given or made from the title.
    pub study_id: StudyId,
    /// Id of the people studied.
    pub sample_id: SampleId,
    /// The contrast.
    pub practice: PracticePlan,
    /// The records.
    pub data: DataSource,
    /// The assignment.
    pub design: DesignPlan,
    /// The outcomes; those declared primary first, else in the plan's order.
    pub outcomes: Vec<OutcomePlan>,
    /// Groups declared beforehand.
    pub subgroups: Vec<SubgroupPlan>,
    /// How uncertainty is stated.
    pub inference: InferencePlan,
    /// What may leave.
    pub disclosure: DisclosurePlan,
}

impl StudyPlan {
    /// Reads a plan.
    ///
    /// # Errors
    /// Every fault found: TOML that does not parse (with its line), an unknown key, a practice, comparator or design
    /// outside the catalogue (with the nearest), a column used twice, a direction that contradicts the catalogue.
    pub fn parse(text: &str, catalogue: &Catalogue) -> Result<Self, Vec<PlanFault>> {
        check::read(text, catalogue)
    }

    /// Every column that the plan names, once each, in the order of their roles.
    pub fn columns(&self) -> Vec<&str> {
        let design = &self.design;
        let single = [
            &design.treatment,
            &design.cluster,
            &design.strata,
            &design.time,
            &design.unit,
            &design.cohort,
            &design.instrument,
            &design.endogenous,
            &design.weights,
            &design.takeup,
        ];
        let mut found: Vec<&str> = Vec::new();
        let named = single
            .into_iter()
            .flatten()
            .chain(&design.covariates)
            .chain(&design.fixed_effects)
            .chain(self.subgroups.iter().map(|subgroup| &subgroup.column))
            .chain(self.data.rows.keys())
            .chain(self.outcomes.iter().map(|outcome| &outcome.column));
        for column in named {
            if !found.contains(&column.as_str()) {
                found.push(column);
            }
        }
        found
    }
}
