//! A synthesis as plain, serialisable structs: the JSON of `whatworks pool --json` and of the API, field for field.
//!
//! Numbers that do not exist for the data at hand are `null`, never NaN. Fields may be added, never change meaning
//! (docs/contracts: the names are what outside users script against). Effects are in the unit of `measure`.

use crate::effect::Label;
use crate::scale::FailedCheck;
use serde::Serialize;
use whatworks_domain::Measure;

/// A row that could not be put on the pool's scale, or may not enter it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NotComparable {
    /// Study.
    pub study: Label,
    /// Finding id, if there is one.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub finding_id: Label,
    /// Why, for a person.
    pub reason: String,
    /// Position in the effects given.
    #[serde(skip)]
    pub index: usize,
}

/// A posterior summary of one effect.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Shrunken {
    /// Posterior mean.
    pub mean: f64,
    /// Posterior standard deviation.
    pub sd: f64,
    /// 2.5 % quantile.
    pub q025: f64,
    /// 97.5 % quantile.
    pub q975: f64,
}

/// One pooled study.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PooledStudy {
    /// Study.
    pub study: Label,
    /// Finding id, if there is one.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub finding_id: Label,
    /// Estimate on the pool's measure.
    pub estimate: f64,
    /// Standard error on the pool's measure.
    pub std_error: f64,
    /// Share of the weight, 0 to 1.
    pub weight: f64,
    /// The study after borrowing strength from the others; `null` in pools too large for it.
    pub shrunk: Option<Shrunken>,
    /// Position in the effects given.
    #[serde(skip)]
    pub index: usize,
}

/// One confidence interval of the mean.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct MeanInterval {
    /// Name of the method.
    pub method: &'static str,
    /// Standard error of the mean.
    pub std_error: f64,
    /// Lower limit, 95 %.
    pub ci_low: f64,
    /// Upper limit, 95 %.
    pub ci_high: f64,
    /// Degrees of freedom of t; `null` for the normal.
    pub df: Option<f64>,
    /// Two-sided p-value.
    pub p_value: f64,
}

/// A posterior summary with quantiles.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct PosteriorSummary {
    /// Mean.
    pub mean: f64,
    /// Standard deviation; `null` where it is infinite.
    #[serde(serialize_with = "finite_or_null")]
    pub sd: f64,
    /// 2.5 % quantile.
    pub q025: f64,
    /// 25 % quantile.
    pub q25: f64,
    /// Median.
    pub median: f64,
    /// 75 % quantile.
    pub q75: f64,
    /// 97.5 % quantile.
    pub q975: f64,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature that serialize_with asks for")]
fn finite_or_null<S: serde::Serializer>(value: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    if value.is_finite() { serializer.serialize_f64(*value) } else { serializer.serialize_none() }
}

/// The exact posterior under the Rubin (1981) model.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Bayes {
    /// The priors, in words.
    pub prior: String,
    /// Average effect.
    pub mu: PosteriorSummary,
    /// Standard deviation between places.
    pub tau: PosteriorSummary,
    /// P(average effect > 0).
    pub prob_positive: f64,
    /// P(effect at a new institution > 0).
    pub prob_new_positive: f64,
    /// Effect at a new institution.
    pub new: PosteriorSummary,
}

/// The pool without one study.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WithoutStudy {
    /// The study left out.
    pub study: Label,
    /// Mean of the rest.
    pub estimate: f64,
    /// Its standard error.
    pub std_error: f64,
    /// Lower limit, 95 %.
    pub ci_low: f64,
    /// Upper limit, 95 %.
    pub ci_high: f64,
    /// τ² of the rest.
    pub tau2: f64,
    /// I² of the rest, percent.
    pub i2: f64,
}

/// One coefficient of the meta-regression.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ModeratorEffect {
    /// Column, or `intercept`.
    pub name: String,
    /// Change of the effect per unit of the moderator.
    pub estimate: f64,
    /// Standard error.
    pub std_error: f64,
    /// t or z.
    pub statistic: f64,
    /// Degrees of freedom; `null` for the normal.
    pub df: Option<f64>,
    /// Two-sided p-value.
    pub p_value: f64,
    /// Lower limit, 95 %.
    pub ci_low: f64,
    /// Upper limit, 95 %.
    pub ci_high: f64,
}

/// Egger's regression test: does the effect go with the standard error?
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Egger {
    /// Slope on the standard error.
    pub slope: f64,
    /// Standard error of the slope.
    pub slope_std_error: f64,
    /// t of the slope.
    pub t: f64,
    /// Degrees of freedom.
    pub df: usize,
    /// Two-sided p-value.
    pub p_value: f64,
    /// Effect expected as the standard error goes to zero.
    pub limit: f64,
    /// Lower limit of that, 95 %.
    pub limit_low: f64,
    /// Upper limit of that, 95 %.
    pub limit_high: f64,
}

/// One of the two lines of PET–PEESE.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct ConditionalEffect {
    /// Effect at standard error zero.
    pub estimate: f64,
    /// Its standard error.
    pub std_error: f64,
    /// Two-sided p-value.
    pub p_value: f64,
}

/// PET–PEESE (Stanley & Doucouliagos 2014).
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct PetPeese {
    /// Line on the standard error.
    pub pet: ConditionalEffect,
    /// Line on the variance.
    pub peese: ConditionalEffect,
    /// Which the rule chooses: `pet` when its one-sided p ≥ 0.05, else `peese`.
    pub chosen: &'static str,
}

/// Trim and fill (Duval & Tweedie 2000), estimator L0.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TrimFill {
    /// Studies that seem missing.
    pub missing: usize,
    /// On which side: `left` or `right`.
    pub side: &'static str,
    /// Mean with the filled studies.
    pub estimate: f64,
    /// Its standard error.
    pub std_error: f64,
    /// Lower limit, 95 %.
    pub ci_low: f64,
    /// Upper limit, 95 %.
    pub ci_high: f64,
}

/// Small-study effects; each is `null` where there are too few studies.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct SmallStudy {
    /// Egger's test, from three studies.
    pub egger: Option<Egger>,
    /// PET–PEESE, from three studies.
    pub pet_peese: Option<PetPeese>,
    /// Trim and fill, from three studies.
    pub trim_fill: Option<TrimFill>,
}

/// The same pool by another τ² estimator.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ByMethod {
    /// Estimator.
    pub method: &'static str,
    /// Mean.
    pub estimate: f64,
    /// Standard error of the interval method in force.
    pub std_error: f64,
    /// Lower limit, 95 %.
    pub ci_low: f64,
    /// Upper limit, 95 %.
    pub ci_high: f64,
    /// τ².
    pub tau2: f64,
}

/// Something that the reader must know before using the number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Warning {
    /// Machine-readable kind.
    pub code: &'static str,
    /// The study concerned, if one is.
    pub study: Option<Label>,
    /// What was found and what was done.
    pub text: String,
}

/// An entry whose scale is in doubt.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ScaleDoubt {
    /// Study.
    pub study: Label,
    /// Which checks failed.
    pub checks: Vec<FailedCheck>,
    /// Whether it still does not fit in a pool in SD; `null` when the pool is on another scale or it is not in it.
    pub unresolved_in_sd: Option<bool>,
    /// Position in the effects given.
    #[serde(skip)]
    pub index: usize,
}

/// A pooled answer with everything needed to doubt it.
///
/// Under `bayes`, the mean, its interval, τ² and the prediction are the posterior's; weights, `cis`, I², Q,
/// `leave_one_out`, `by_method` and `small_study` stay REML's.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Synthesis {
    /// Practice id; `null` where the table has none or the key leaves it out.
    pub practice: Option<Label>,
    /// Comparator id.
    pub comparator: Option<Label>,
    /// Outcome id.
    pub outcome: Option<Label>,
    /// Estimand.
    pub estimand: Option<Label>,
    /// Further columns that the pools were split by.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub by: Vec<(Label, Label)>,
    /// Unit of the numbers below.
    pub unit: String,
    /// Scale of the numbers below.
    pub measure: Measure,
    /// Studies pooled.
    pub k: usize,
    /// Rows that were not pooled because they cannot be compared.
    pub not_comparable: Vec<NotComparable>,
    /// Studies pooled.
    pub studies: Vec<PooledStudy>,
    /// τ² estimator that was used, or `bayes`.
    pub method: &'static str,
    /// Mean; `null` when nothing could be pooled, as are all that follow.
    pub estimate: Option<f64>,
    /// Standard error, of `ci_method`.
    pub std_error: Option<f64>,
    /// Lower limit, 95 %.
    pub ci_low: Option<f64>,
    /// Upper limit, 95 %.
    pub ci_high: Option<f64>,
    /// How the interval was made.
    pub ci_method: &'static str,
    /// Two-sided p-value, of `ci_method`; `null` under `bayes`.
    pub p_value: Option<f64>,
    /// Degrees of freedom, of `ci_method`.
    pub df: Option<f64>,
    /// All intervals.
    pub cis: Vec<MeanInterval>,
    /// Variance between places.
    pub tau2: Option<f64>,
    /// Lower limit by the Q-profile, 95 %.
    pub tau2_low: Option<f64>,
    /// Upper limit by the Q-profile, 95 %.
    pub tau2_high: Option<f64>,
    /// Share of the variation that is between places, percent.
    pub i2: Option<f64>,
    /// Total over sampling variation.
    pub h2: Option<f64>,
    /// Cochran's Q.
    pub q: Option<f64>,
    /// Its degrees of freedom.
    pub q_df: Option<usize>,
    /// Its p-value.
    pub q_p: Option<f64>,
    /// Prediction for a new institution, lower limit, 95 %.
    pub pi_low: Option<f64>,
    /// Prediction for a new institution, upper limit, 95 %.
    pub pi_high: Option<f64>,
    /// How the prediction was made.
    pub pi_method: &'static str,
    /// The exact posterior.
    pub bayes: Option<Bayes>,
    /// The pool without each study in turn.
    pub leave_one_out: Vec<WithoutStudy>,
    /// The pool by every τ² estimator.
    pub by_method: Vec<ByMethod>,
    /// Meta-regression, if moderators were asked for.
    pub moderators: Vec<ModeratorEffect>,
    /// Small-study effects.
    pub small_study: SmallStudy,
    /// Entries whose scale is in doubt.
    pub scale_doubts: Vec<ScaleDoubt>,
    /// What the reader must know.
    pub warnings: Vec<Warning>,
    /// P(average effect > threshold) for the thresholds asked for, with the threshold.
    #[serde(skip)]
    pub prob_above: Vec<(f64, f64)>,
}
