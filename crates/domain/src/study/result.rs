//! What a study found: the shape of `study.json`, of the report, and of the findings drawn from it.
//!
//! A number that could not be made is `None` or a [`Notice`] that says why; nothing is left out in silence. These
//! values stay inside the institution: exact counts, full precision. What leaves is in [`ReleaseRow`].

use super::plan::{DesignPlan, OutcomePlan, PracticePlan, StudyHeading, Transform};
use crate::estimand::Estimand;
use serde::{Deserialize, Serialize};

/// A thing that a reader must know: a refusal, a warning, a limit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// Short fixed word, such as `few_clusters`.
    pub code: String,
    /// One plain sentence.
    pub text: String,
    /// What to do about it; may be empty.
    pub hint: String,
}

/// One step from the file to the rows used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FlowStep {
    /// What was done.
    pub step: String,
    /// Rows left after it.
    pub rows: u64,
    /// Rows dropped by it.
    pub dropped: u64,
    /// Why they were dropped; empty when none were.
    pub reason: String,
}

/// The records, as they were read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DataSummary {
    /// File name without folders.
    pub file: String,
    /// SHA-256 of the file's bytes, in hexadecimal.
    pub sha256: String,
    /// `csv`, `xlsx`, `parquet`, `stata`, `spss`.
    pub format: String,
    /// Rows in the file.
    pub rows: u64,
    /// SHA-256 of the mapping file; empty without one.
    pub mapping_sha256: String,
}

/// One estimate. Effects, errors and interval are in `unit`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EstimateRow {
    /// Id of the outcome.
    pub outcome: String,
    /// Its name.
    pub outcome_name: String,
    /// The column it was read from.
    pub column: String,
    /// What was done to it first.
    #[serde(default)]
    pub transform: Transform,
    /// Unit, with period.
    pub unit: String,
    /// `benefit`, `harm`, `lender` or `unlisted`.
    pub kind: String,
    /// `higher`, `lower` or `neither`.
    pub better: String,
    /// Whether it was declared primary.
    pub primary: bool,
    /// `column = value` for a subgroup; empty for the whole sample.
    pub subgroup: String,
    /// What is estimated.
    pub estimand: Estimand,
    /// Such as `OLS`, `2SLS`, `difference-in-differences`, `fixed effects`.
    pub estimator: String,
    /// The column whose coefficient this is.
    pub term: String,
    /// The estimate.
    pub estimate: f64,
    /// Its standard error.
    pub std_error: f64,
    /// Variance used.
    pub vcov: String,
    /// Degrees of freedom of the t distribution.
    pub df: f64,
    /// Lower end of the 95 % interval.
    pub ci_low: f64,
    /// Upper end of the 95 % interval.
    pub ci_high: f64,
    /// Two-sided p-value of no effect.
    pub p_value: f64,
    /// Rows used.
    pub n: u64,
    /// Rows of the treated arm.
    pub n_treated: u64,
    /// Clusters; `None` when errors are not clustered.
    pub clusters: Option<u64>,
    /// Number of parameters, absorbed ones included.
    pub parameters: u64,
    /// Mean of the comparison arm.
    pub control_mean: f64,
    /// Standard deviation of the comparison arm (n − 1).
    pub control_sd: f64,
    /// Anderson's sharpened q over the outcomes.
    pub q_value: Option<f64>,
    /// Holm's adjusted p over the outcomes.
    pub holm_p: Option<f64>,
    /// Benjamini and Hochberg's adjusted p over the outcomes.
    pub bh_p: Option<f64>,
    /// Romano and Wolf's adjusted p over the outcomes.
    pub romano_wolf_p: Option<f64>,
    /// p-value of the wild cluster bootstrap.
    pub wild_p: Option<f64>,
    /// Interval of the wild cluster bootstrap, by inverting the test.
    pub wild_ci: Option<(f64, f64)>,
    /// p-value of randomisation inference.
    pub randomisation_p: Option<f64>,
    /// False when the word “significant” must not be used: too few clusters.
    pub may_say_significant: bool,
}

/// Sensitivity of a primary outcome's estimate to another choice.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SensitivityRow {
    /// Id of the outcome.
    pub outcome: String,
    /// The choice, such as `HC1`, `without covariates`, `winsorised at 1 and 99 %`.
    pub variant: String,
    /// The estimate.
    pub estimate: f64,
    /// Its standard error.
    pub std_error: f64,
    /// Lower end of the 95 % interval.
    pub ci_low: f64,
    /// Upper end of the 95 % interval.
    pub ci_high: f64,
    /// Two-sided p-value.
    pub p_value: f64,
}

/// Test that an effect is the same in all groups of a subgroup column.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SubgroupTest {
    /// Id of the outcome.
    pub outcome: String,
    /// The subgroup's column.
    pub column: String,
    /// In words.
    pub name: String,
    /// Groups compared.
    pub groups: u64,
    /// Wald statistic over its degrees of freedom.
    pub f: f64,
    /// Numerator degrees of freedom.
    pub df1: f64,
    /// Denominator degrees of freedom.
    pub df2: f64,
    /// p-value of no difference between the groups.
    pub p_value: f64,
}

/// One covariate by arm, before the practice.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BalanceRow {
    /// The covariate.
    pub covariate: String,
    /// Mean of the treated arm.
    pub mean_treated: f64,
    /// Mean of the comparison arm.
    pub mean_control: f64,
    /// Difference over the square root of the mean of the two variances.
    pub std_difference: f64,
    /// p-value of the difference, with the design's variance.
    pub p_value: f64,
}

/// Missing outcomes by arm.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AttritionRow {
    /// Id of the outcome.
    pub outcome: String,
    /// The column it was read from.
    #[serde(default)]
    pub column: String,
    /// Rows assigned to the practice.
    pub treated: u64,
    /// Of these, without the outcome.
    pub treated_missing: u64,
    /// Rows of the comparison arm.
    pub control: u64,
    /// Of these, without the outcome.
    pub control_missing: u64,
    /// Difference of the shares, treated less comparison.
    pub difference: f64,
    /// p-value of the difference, with the design's variance.
    pub p_value: Option<f64>,
}

/// Take-up by arm.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TakeUp {
    /// The column.
    pub column: String,
    /// Share among those assigned.
    pub treated: f64,
    /// Share among the others.
    pub control: f64,
}

/// How strongly the instrument moved the take-up.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FirstStage {
    /// Id of the outcome whose rows were used.
    pub outcome: String,
    /// Effect of the instrument on the take-up.
    pub estimate: f64,
    /// Its standard error.
    pub std_error: f64,
    /// F statistic with the design's variance.
    pub f: f64,
    /// Effective F of Montiel Olea and Pflueger.
    pub effective_f: f64,
    /// Whether the effective F is below 10, so that ordinary intervals are not to be trusted.
    pub weak: bool,
}

/// Anderson and Rubin's interval, which holds for a weak instrument too.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AndersonRubin {
    /// Id of the outcome.
    pub outcome: String,
    /// The pieces of the 95 % set, in order; `None` stands for an end without bound. No piece: the set is empty.
    pub pieces: Vec<(Option<f64>, Option<f64>)>,
    /// p-value of no effect.
    pub p_value: f64,
}

/// The difference between the arms in one period, relative to the reference period.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PeriodRow {
    /// Id of the outcome.
    pub outcome: String,
    /// The period.
    pub period: f64,
    /// Whether it lies before the practice.
    pub before: bool,
    /// The difference; 0 in the reference period.
    pub estimate: f64,
    /// Its standard error; 0 in the reference period.
    pub std_error: f64,
    /// Lower end of the 95 % interval.
    pub ci_low: f64,
    /// Upper end of the 95 % interval.
    pub ci_high: f64,
    /// p-value of the joint test that all differences before the practice are zero; the same in every row.
    pub joint_pre_p: Option<f64>,
}

/// Similarity within clusters.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct IccRow {
    /// Id of the outcome.
    pub outcome: String,
    /// Intracluster correlation by one-way analysis of variance, in the comparison arm.
    pub icc: f64,
    /// Mean size of a cluster.
    pub mean_size: f64,
    /// 1 + (mean size − 1)·icc.
    pub design_effect: f64,
}

/// The smallest effect that the study could have seen with 80 % power at 5 %.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MdeRow {
    /// Id of the outcome.
    pub outcome: String,
    /// In the outcome's unit, from the standard error reached.
    pub mde: f64,
    /// The same in standard deviations of the comparison arm.
    pub mde_sd: Option<f64>,
}

/// The clusters behind the standard errors.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ClusterSummary {
    /// The column.
    pub column: String,
    /// Number of clusters.
    pub count: u64,
    /// Clusters with someone assigned to the practice.
    pub treated: u64,
    /// Rows of the smallest cluster.
    pub smallest: u64,
    /// Rows of the middle cluster.
    pub median: f64,
    /// Rows of the largest cluster.
    pub largest: u64,
}

/// Whether the design held. Empty lists mean that the design has no such check.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Diagnostics {
    /// Covariates by arm.
    pub balance: Vec<BalanceRow>,
    /// p-value that all covariates are alike between the arms, jointly.
    pub balance_joint_p: Option<f64>,
    /// Missing outcomes by arm.
    pub attrition: Vec<AttritionRow>,
    /// Take-up by arm.
    pub take_up: Option<TakeUp>,
    /// First stage, one per outcome.
    pub first_stage: Vec<FirstStage>,
    /// Weak-instrument intervals, one per outcome.
    pub anderson_rubin: Vec<AndersonRubin>,
    /// Differences by period.
    pub periods: Vec<PeriodRow>,
    /// Similarity within clusters, one per outcome.
    pub icc: Vec<IccRow>,
    /// Smallest effects that could have been seen, one per outcome.
    pub mde: Vec<MdeRow>,
    /// The clusters.
    pub clusters: Option<ClusterSummary>,
    /// Columns dropped from a regression because others determine them.
    pub collinear: Vec<String>,
}

/// What became of one finding at the gate.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReleaseRow {
    /// Id of the finding.
    pub finding_id: String,
    /// Id of the outcome.
    pub outcome: String,
    /// `pass`, `review` or `fail`.
    pub verdict: String,
    /// File written under the output folder; empty when nothing was released.
    pub file: String,
    /// Reasons, for a person.
    pub reasons: Vec<Notice>,
}

/// Everything a study found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StudyResult {
    /// SHA-256 of the plan file's bytes, in hexadecimal, taken before the outcomes were read.
    pub plan_hash: String,
    /// What and where.
    pub study: StudyHeading,
    /// Id of the study.
    pub study_id: String,
    /// Id of the people studied.
    pub sample_id: String,
    /// The contrast.
    pub practice: PracticePlan,
    /// The design as planned.
    pub design: DesignPlan,
    /// The design's name in the catalogue.
    pub design_name: String,
    /// The outcomes as planned.
    pub outcomes: Vec<OutcomePlan>,
    /// The records.
    pub data: DataSummary,
    /// From the file to the rows used.
    pub sample_flow: Vec<FlowStep>,
    /// The estimates: the whole sample first, outcome by outcome (primary first), then subgroups.
    pub estimates: Vec<EstimateRow>,
    /// Tests of subgroups.
    pub subgroup_tests: Vec<SubgroupTest>,
    /// Other choices for the primary outcomes; the main one first for each outcome.
    pub sensitivity: Vec<SensitivityRow>,
    /// Whether the design held.
    pub diagnostics: Diagnostics,
    /// What a reader must know.
    pub warnings: Vec<Notice>,
    /// What was asked for and not done.
    pub refusals: Vec<Notice>,
    /// What became of each finding at the gate.
    pub releases: Vec<ReleaseRow>,
    /// Seed of every draw.
    pub seed: u64,
    /// Program and version, such as `whatworks-lab 0.1.0`.
    pub software: String,
}
