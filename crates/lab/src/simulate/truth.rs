//! What is true of a simulated institution or network, written beside its records.

use super::clients::{Scene, effect_in_unit};
use super::options::{Options, SimulatedDesign};
use super::outcomes::OUTCOMES;
use super::rows::Row;
use serde::Serialize;

/// The true effect on one outcome.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct OutcomeTruth {
    /// The catalogue's id.
    pub(crate) outcome: &'static str,
    /// Column of the records.
    pub(crate) column: &'static str,
    /// Unit of `effect`.
    pub(crate) unit: &'static str,
    /// Effect that the plan's estimand means, in the outcome's unit.
    pub(crate) effect: f64,
    /// The same in SD of the comparison.
    pub(crate) effect_sd: f64,
    /// Effect of having taken the practice up, in the outcome's unit.
    pub(crate) take_up_effect: f64,
    /// Effect of the offer, in the outcome's unit; that of the take-up in a panel, where nobody is offered.
    pub(crate) offer_effect: f64,
    /// Mean of the comparison in the first survey after the start, differences between its takers and others aside.
    pub(crate) control_mean: f64,
    /// Standard deviation of the comparison by the model, in the outcome's unit.
    pub(crate) control_sd: f64,
}

/// What is true of one institution.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct InstitutionTruth {
    /// Name in the plan.
    pub(crate) institution: String,
    /// The estimand of the plan's design: ITT, LATE, ATT or association.
    pub(crate) estimand: &'static str,
    /// What was asked for, the seed included.
    pub(crate) options: Options,
    /// Effect of the take-up on income at this institution, in SD.
    pub(crate) take_up_effect_sd: f64,
    /// Share of clients who take up when offered, as drawn; in a panel all who began did.
    pub(crate) taker_share: f64,
    /// Rows of the records.
    pub(crate) rows: usize,
    /// Rows without outcomes.
    pub(crate) rows_without_outcomes: usize,
    /// One an outcome.
    pub(crate) outcomes: Vec<OutcomeTruth>,
}

/// The distribution of an effect over institutions.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct NetworkOutcome {
    /// The catalogue's id.
    pub(crate) outcome: &'static str,
    /// Mean effect over institutions, in SD of the comparison.
    pub(crate) mean_sd: f64,
    /// Standard deviation of the effect between institutions, in SD of the comparison.
    pub(crate) tau_sd: f64,
    /// Mean effect in the outcome's unit.
    pub(crate) mean: f64,
    /// Standard deviation between institutions, in the outcome's unit.
    pub(crate) tau: f64,
}

/// What is true of a network.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct NetworkTruth {
    /// What was asked for, the seed included.
    pub(crate) options: Options,
    /// The estimand of the plans' design.
    pub(crate) estimand: &'static str,
    /// What synthesis should find.
    pub(crate) outcomes: Vec<NetworkOutcome>,
    /// Every institution's own truth, by folder.
    pub(crate) institutions: Vec<InstitutionTruth>,
}

impl NetworkTruth {
    /// The truth of a network of these institutions.
    pub(crate) fn new(options: &Options, institutions: Vec<InstitutionTruth>) -> Self {
        let share = offered_share(options);
        let outcomes = OUTCOMES.iter().map(|outcome| {
            let (mean_sd, tau_sd) =
                (share * options.effect * outcome.multiple, (share * options.tau * outcome.multiple).abs());
            NetworkOutcome {
                outcome: outcome.id,
                mean_sd: published(mean_sd),
                tau_sd: published(tau_sd),
                mean: published(mean_sd * outcome.sd()),
                tau: published(tau_sd * outcome.sd()),
            }
        });
        Self {
            options: options.clone(),
            estimand: estimand(options.design),
            outcomes: outcomes.collect(),
            institutions,
        }
    }
}

fn estimand(design: SimulatedDesign) -> &'static str {
    match design {
        SimulatedDesign::ClusterRandomised | SimulatedDesign::Randomised => "ITT",
        SimulatedDesign::Instrument => "LATE",
        SimulatedDesign::Did => "ATT",
        SimulatedDesign::Panel => "association",
    }
}

/// What part of the take-up's effect the plan's estimand means: the offer reaches those only who take up.
fn offered_share(options: &Options) -> f64 {
    match options.design {
        SimulatedDesign::Instrument | SimulatedDesign::Panel => 1.0,
        _ => options.compliance,
    }
}

/// At most 12 significant digits, so that the last bits of a product are not mistaken for information.
fn published(value: f64) -> f64 {
    format!("{value:.11e}").parse().unwrap_or(value)
}

/// The truth of one institution.
pub(super) fn of_institution(
    options: &Options,
    name: &str,
    take_up_effect_sd: f64,
    scene: &Scene<'_>,
    rows: &[Row],
) -> InstitutionTruth {
    let share = offered_share(options);
    let outcomes = OUTCOMES.iter().map(|outcome| {
        let take_up = effect_in_unit(outcome, take_up_effect_sd);
        OutcomeTruth {
            outcome: outcome.id,
            column: outcome.column,
            unit: outcome.unit,
            effect: published(share * take_up),
            effect_sd: published(share * take_up_effect_sd * outcome.multiple),
            take_up_effect: published(take_up),
            offer_effect: published(options.compliance * take_up),
            control_mean: outcome.mean(),
            control_sd: published(outcome.sd()),
        }
    });
    InstitutionTruth {
        institution: name.to_owned(),
        estimand: estimand(options.design),
        options: options.clone(),
        take_up_effect_sd: published(take_up_effect_sd),
        taker_share: published(scene.taker_share()),
        rows: rows.len(),
        rows_without_outcomes: rows.iter().filter(|row| row.outcomes.is_none()).count(),
        outcomes: outcomes.collect(),
    }
}
