//! From effects to syntheses: group by pool key, guard, put on one scale, pool, and say what was done.
//!
//! The steps, each a function that can be read alone: eligible rows ([`crate::eligibility`]) → scale suspicion
//! ([`crate::scale`]) → the measure in force (`measure`) → pooling (`pooling`) → warnings. Sums run in file order, so the same
//! file gives the same bytes; another order of rows may move the last digit.

mod measure;
mod pooling;
mod report;
mod warning;

#[cfg(test)]
mod tests;

pub use measure::Scaled;
pub(crate) use measure::control_sd;
pub use report::{
    Bayes, ByMethod, ConditionalEffect, Egger, MeanInterval, ModeratorEffect, NotComparable, PetPeese,
    PooledStudy, PosteriorSummary, ScaleDoubt, Shrunken, SmallStudy, Synthesis, TrimFill, Warning,
    WithoutStudy,
};

use crate::effect::{ClassKey, Effect, Label};
use crate::eligibility::{Twice, eligible};
use crate::scale::{suspicions, unresolved_in_sd};
use std::collections::BTreeMap;
use std::sync::Arc;
use whatworks_domain::Measure;
use whatworks_stats::bayes::TauPrior;
use whatworks_stats::meta::{IntervalMethod, PredictionMethod, Tau2Method};

/// How the mean is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// A τ² estimator and an interval.
    Frequentist(Tau2Method),
    /// The exact posterior.
    Bayes,
}

/// What a caller may decide. The default is what a page shows: REML, Hartung–Knapp with floor, t(k−2) prediction.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// The scale; `None` chooses native, or SD when units differ or a scale is in doubt.
    pub measure: Option<Measure>,
    /// How the mean is made.
    pub method: Method,
    /// Its interval.
    pub interval: IntervalMethod,
    /// The prediction interval.
    pub prediction: PredictionMethod,
    /// Standard deviation of the prior of the mean, in the pool's unit; `None` is the printed default.
    pub prior_mu_sd: Option<f64>,
    /// Prior of the standard deviation between places, in the pool's unit; `None` is the printed default.
    pub prior_tau: Option<TauPrior>,
    /// Names of the moderators whose values the effects carry, in their order.
    pub moderators: Vec<String>,
    /// Thresholds x, in the pool's unit, for P(average effect > x).
    pub thresholds: Vec<f64>,
    /// Whether each study is shrunken and left out in turn, and other estimators and small-study tests are run.
    pub detail: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            measure: None,
            method: Method::Frequentist(Tau2Method::Reml),
            interval: IntervalMethod::HkFloor,
            prediction: PredictionMethod::KMinus2,
            prior_mu_sd: None,
            prior_tau: None,
            moderators: Vec::new(),
            thresholds: Vec::new(),
            detail: true,
        }
    }
}

/// Where a row stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Which of several files, counted from 0.
    pub file: usize,
    /// Line of that file.
    pub line: u64,
}

impl Place {
    fn of(effect: &Effect) -> Self {
        Self { file: effect.file, line: effect.line }
    }
}

/// Why pooling was refused, with what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// A study stands twice and nobody can tell whether the people are the same.
    #[error("row {}, column study: “{study}” stands twice in one pool (first on row {})", .second.line, .first.line)]
    Twice {
        /// The study.
        study: String,
        /// The first row.
        first: Place,
        /// The second row.
        second: Place,
    },
    /// The numbers of a row are beyond what can be computed with.
    #[error("row {}, column {column}: {problem}", .place.line)]
    Number {
        /// The row.
        place: Place,
        /// Column at fault.
        column: &'static str,
        /// What is wrong.
        problem: String,
    },
    /// A prior or an option is unusable.
    #[error("{0}")]
    Option(String),
}

impl Refusal {
    /// The files concerned, counted from 0; none for an option.
    pub fn files(&self) -> Vec<usize> {
        match self {
            Self::Twice { first, second, .. } if first.file == second.file => vec![first.file],
            Self::Twice { first, second, .. } => vec![first.file, second.file],
            Self::Number { place, .. } => vec![place.file],
            Self::Option(_) => Vec::new(),
        }
    }

    /// How to mend it.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Twice { .. } => {
                "if the people are the same, add a column sample_id (or mark one row primary=true); if they differ, \
                 give the studies different names or split by a column with --by"
            }
            Self::Number { .. } => "check the row against its source",
            Self::Option(_) => "see whatworks pool --help",
        }
    }
}

/// Pools every class of the effects, in the order in which the classes first appear.
///
/// # Errors
/// [`Refusal`] when a study stands twice in a pool without a way to tell, or a number or option is unusable.
pub fn synthesise_all(effects: &[Effect], options: &Options) -> Result<Vec<Synthesis>, Refusal> {
    let mut places: BTreeMap<&Arc<ClassKey>, usize> = BTreeMap::new();
    let mut classes: Vec<Vec<usize>> = Vec::new();
    for (index, effect) in effects.iter().enumerate() {
        let place = *places.entry(&effect.class).or_insert_with(|| {
            classes.push(Vec::new());
            classes.len() - 1
        });
        classes[place].push(index);
    }
    classes.iter().map(|members| synthesise(effects, members, options)).collect()
}

/// Pools one class. `members` are positions in `effects`, not empty; all share one class.
///
/// # Errors
/// As [`synthesise_all`].
pub fn synthesise(effects: &[Effect], members: &[usize], options: &Options) -> Result<Synthesis, Refusal> {
    let (kept, left_out) = eligible(effects, members).map_err(|twice| refuse_twice(effects, twice))?;
    let doubts = suspicions(effects, &kept);
    let scaled = measure::scale(effects, &kept, &doubts, options.measure);
    let class = members.first().map(|index| effects[*index].class.clone());
    let mut synthesis = pooling::pool(effects, class.as_deref(), &scaled, options)?;
    let unresolved = if scaled.measure == Measure::Smd {
        unresolved_in_sd(&scaled.estimate, &scaled.std_error)
    } else {
        Vec::new()
    };
    synthesis.scale_doubts = doubts
        .iter()
        .map(|doubt| ScaleDoubt {
            study: effects[doubt.index].study.clone(),
            checks: doubt.checks.clone(),
            unresolved_in_sd: scaled
                .index
                .iter()
                .position(|index| *index == doubt.index)
                .and_then(|at| unresolved.get(at).copied()),
            index: doubt.index,
        })
        .collect();
    let mut warnings = warning::of_rows(effects, &left_out, &doubts, &synthesis.scale_doubts, &scaled);
    warnings.append(&mut synthesis.warnings);
    warnings.extend(warning::of_pool(effects, &synthesis));
    synthesis.warnings = warnings;
    Ok(synthesis)
}

fn refuse_twice(effects: &[Effect], twice: Twice) -> Refusal {
    let (first, second) = (&effects[twice.first], &effects[twice.second]);
    Refusal::Twice { study: second.study.to_string(), first: Place::of(first), second: Place::of(second) }
}

/// A label for JSON: `None` when blank.
fn present(label: &Label) -> Option<Label> {
    (!label.is_empty()).then(|| label.clone())
}
