//! A study, from plan and sample to estimates and diagnostics.
//!
//! The design decides which estimator is permitted and how its variance is made; the plan may only narrow that. Order:
//! set up (refuse what the sample cannot carry) → one effect per outcome → few-cluster inference → corrections over
//! outcomes → declared subgroups → sensitivity strip → diagnostics. A pure function: same sample, same plan, same
//! result. Records too many to hold come as sums (`summed`) and go through the same rules. Left out: staggered adoption, matching, discontinuities, attrition bounds.

mod corrections;
mod diagnostics;
mod effects;
mod few_clusters;
mod finding;
mod fit;
mod gate;
mod power;
mod release;
mod sensitivity;
mod setup;
mod subgroups;
mod summed;
mod variance;

pub use finding::finding_record;
pub use power::{PowerAssumptions, PowerReport, PowerRow, plan_power};
pub use release::{Releases, release_findings};
pub use summed::{OutcomeSums, estimate_from_sums, release_from_sums, sums_requests};

use effects::{effect, measure, offer_effect};
use setup::{Approach, Setup, notice, setup};
use whatworks_domain::study::{
    AttritionRow, DataSummary, Diagnostics, FlowStep, Notice, OutcomePlan, StudyPlan, StudyResult,
};
use whatworks_domain::{AnalysisSample, Catalogue, OutcomeKind, SampleRequest};

/// What the result must say about where it comes from.
#[derive(Debug, Clone, PartialEq)]
pub struct Provenance {
    /// SHA-256 of the plan file's bytes, in hexadecimal.
    pub plan_hash: String,
    /// The records.
    pub data: DataSummary,
    /// Program and version.
    pub software: String,
}

/// Called before each outcome and between its steps with what is being done and the share done; `false` stops the work.
pub type Watch<'a> = &'a mut dyn FnMut(&str, f64) -> bool;

/// The columns that a plan needs, by how they are read.
pub fn sample_request(plan: &StudyPlan) -> SampleRequest {
    let design = &plan.design;
    let mut request = SampleRequest { rows: plan.data.rows.clone(), ..SampleRequest::default() };
    request.client = plan.data.columns.contains_key("client").then(|| "client".to_owned());
    let numbers = [
        &design.treatment,
        &design.instrument,
        &design.endogenous,
        &design.weights,
        &design.takeup,
        &design.time,
    ];
    let outcomes = plan.outcomes.iter().map(|outcome| &outcome.column);
    for name in numbers.into_iter().flatten().chain(&design.covariates).chain(outcomes) {
        add(&mut request.numbers, name);
    }
    let has_period_levels = design.kind.as_str() == "panel" || design.post_from.is_some();
    let absorbed_time = design.time.as_ref().filter(|_| has_period_levels);
    let categories = [&design.cluster, &design.strata, &design.unit];
    let groups = plan.subgroups.iter().map(|subgroup| &subgroup.column);
    let factors = design.fixed_effects.iter().chain(absorbed_time);
    for name in categories.into_iter().flatten().chain(factors).chain(groups) {
        add(&mut request.categories, name);
    }
    request
}

fn add(names: &mut Vec<String>, name: &str) {
    if !names.iter().any(|other| other == name) {
        names.push(name.to_owned());
    }
}

/// Runs a study on its sample. What cannot be done is in `refusals`; with a design refused there are no estimates.
pub fn estimate_study(
    plan: &StudyPlan,
    catalogue: &Catalogue,
    sample: &AnalysisSample,
    provenance: Provenance,
    watch: Watch<'_>,
) -> StudyResult {
    let mut result = empty(plan, catalogue, sample.flow.clone(), provenance);
    result.warnings.extend(missing_kinds(plan, catalogue));
    let setup = match setup(plan, sample, &mut result.sample_flow, &mut result.warnings) {
        Ok(setup) => setup,
        Err(refusals) => {
            result.refusals.extend(refusals);
            return result;
        }
    };
    let outcomes = plan.outcomes.len() as f64;
    for (index, outcome) in plan.outcomes.iter().enumerate() {
        // Asked again between the steps of an outcome, each of which may take long.
        let mut go_on = || watch(&outcome.name, index as f64 / outcomes);
        if !go_on() {
            result.refusals.push(was_stopped());
            return result;
        }
        if let Err(refusal) = one_outcome(&setup, outcome, index == 0, &mut go_on, &mut result) {
            let is_stop = refusal == was_stopped();
            result.refusals.push(refusal);
            if is_stop {
                return result;
            }
        }
    }
    let main = result.estimates.len();
    let late_then_itt = setup.approach == Approach::Instrument;
    corrections::correct(&mut result.estimates[..main]);
    if let Err(text) = few_clusters::romano_wolf(&setup, &mut result.estimates[..main]) {
        result.warnings.push(notice("no_romano_wolf", text, ""));
    }
    if late_then_itt {
        let offers: Vec<_> = plan
            .outcomes
            .iter()
            .filter_map(|outcome| offer_effect(&setup, &measure(&setup, outcome, |_| true).ok()?))
            .collect();
        result.estimates.extend(offers);
    }
    for subgroup in &plan.subgroups {
        for outcome in &plan.outcomes {
            if !watch(&outcome.name, 1.0) {
                result.refusals.push(was_stopped());
                return result;
            }
            let split = subgroups::split(&setup, outcome, subgroup);
            result.estimates.extend(split.rows);
            result.subgroup_tests.extend(split.test);
            for found in split.notices {
                if !result.warnings.contains(&found) {
                    result.warnings.push(found);
                }
            }
        }
    }
    design_diagnostics(&setup, &mut result);
    watch("", 1.0);
    result
}

fn was_stopped() -> Notice {
    notice("stopped", "The study was stopped before it was done.", "")
}

fn one_outcome(
    setup: &Setup<'_>,
    outcome: &OutcomePlan,
    first: bool,
    go_on: &mut dyn FnMut() -> bool,
    result: &mut StudyResult,
) -> Result<(), Notice> {
    let measured = measure(setup, outcome, |_| true)?;
    if first {
        let present = (measured.rows.len() + measured.refused) as u64;
        let missing = setup.base.len() as u64 - present;
        let reason = |lost: u64, text: String| if lost == 0 { String::new() } else { text };
        result.sample_flow.push(FlowStep {
            step: format!("{} recorded", outcome.name),
            rows: present,
            dropped: missing,
            reason: reason(missing, format!("{} is missing", outcome.column)),
        });
        if measured.refused > 0 {
            let dropped = measured.refused as u64;
            result.sample_flow.push(FlowStep {
                step: format!("{} transformed", outcome.name),
                rows: present - dropped,
                dropped,
                reason: reason(dropped, "at or below zero".into()),
            });
        }
    }
    if measured.refused > 0 {
        result.warnings.push(notice(
            "transform_cost_rows",
            format!(
                "{}: the transform cannot take {} rows at or below zero.",
                outcome.name, measured.refused
            ),
            "Dropping them changes who is studied; a share of zeros is better an outcome of its own.",
        ));
    }
    let effect = effect(setup, &measured, "")?;
    let mut row = effect.row;
    let first_covariate = if setup.post.is_some() { 3 } else { 1 };
    for column in effect.fitted.dropped.iter().filter(|column| **column >= first_covariate) {
        let Some((name, _)) = setup.covariates.get(column - first_covariate) else { continue };
        if !result.diagnostics.collinear.iter().any(|other| other == name) {
            result.diagnostics.collinear.push((*name).to_owned());
        }
    }
    if !go_on() {
        return Err(was_stopped());
    }
    few_clusters::infer(setup, &measured, &mut row, &mut result.warnings);
    if !go_on() {
        return Err(was_stopped());
    }
    result.diagnostics.icc.extend(diagnostics::icc(setup, &measured));
    result.diagnostics.mde.extend(diagnostics::smallest_effect(&row));
    result.diagnostics.periods.extend(diagnostics::periods(setup, &measured));
    if let Some((first_stage, set)) = few_clusters::instrument_checks(setup, &measured) {
        result.diagnostics.first_stage.push(first_stage);
        result.diagnostics.anderson_rubin.push(set);
    }
    if outcome.primary || (first && !setup.plan.outcomes.iter().any(|outcome| outcome.primary)) {
        if !go_on() {
            return Err(was_stopped());
        }
        result.sensitivity.extend(sensitivity::strip(setup, &measured));
    }
    result.estimates.push(row);
    Ok(())
}

fn design_diagnostics(setup: &Setup<'_>, result: &mut StudyResult) {
    let diagnostics = &mut result.diagnostics;
    (diagnostics.balance, diagnostics.balance_joint_p) = diagnostics::balance(setup);
    diagnostics.attrition = diagnostics::attrition(setup);
    diagnostics.take_up = diagnostics::take_up(setup);
    diagnostics.clusters = diagnostics::clusters(setup);
    let warnings = &mut result.warnings;
    warnings.extend(attrition_warnings(&diagnostics.attrition));
    if diagnostics.balance_joint_p.is_some_and(|p| p < 0.05) {
        warnings.push(notice(
            "unbalanced",
            "Before the practice the arms differed more than chance would make them.",
            "Check how the assignment was carried out.",
        ));
    }
    for stage in diagnostics.first_stage.iter().filter(|stage| stage.weak) {
        warnings.push(notice(
            "weak_instrument",
            format!(
                "{}: the instrument barely moved the take-up (effective F {:.1}).",
                stage.outcome, stage.effective_f
            ),
            "Read Anderson and Rubin's interval, not the ordinary one.",
        ));
    }
    let mut told: Vec<&str> = Vec::new();
    for row in &diagnostics.periods {
        if row.joint_pre_p.is_some_and(|p| p < 0.05) && !told.contains(&row.outcome.as_str()) {
            told.push(&row.outcome);
            warnings.push(notice(
                "trends_differ",
                format!("{}: the groups moved apart before the practice began.", row.outcome),
                "The difference of changes may be their old difference going on.",
            ));
        }
    }
}

/// Warns of outcomes that are missing more often in one arm.
fn attrition_warnings(rows: &[AttritionRow]) -> Vec<Notice> {
    let differs = |row: &&AttritionRow| {
        let share = (row.treated_missing + row.control_missing) as f64 / (row.treated + row.control) as f64;
        row.difference.abs() > 0.05 || (share > 0.05 && row.p_value.is_some_and(|p| p < 0.05))
    };
    let warn = |row: &AttritionRow| {
        notice(
            "attrition_differs",
            format!(
                "{} is missing more often in one arm ({:+.1} points).",
                row.outcome,
                100.0 * row.difference
            ),
            "The arms may no longer be alike; say who is missing.",
        )
    };
    rows.iter().filter(differs).map(warn).collect()
}

/// Warns when no harm or no lender outcome is named.
fn missing_kinds(plan: &StudyPlan, catalogue: &Catalogue) -> Vec<Notice> {
    let has = |kind: OutcomeKind| {
        plan.outcomes.iter().any(|outcome| {
            catalogue.find_outcome(outcome.id.as_str()).is_some_and(|found| found.kind == kind)
        })
    };
    let mut notices = Vec::new();
    if !has(OutcomeKind::Harm) {
        notices.push(notice(
            "no_harm_outcome",
            "The plan names no outcome that could show harm to clients.",
            "Add one, such as debt-stress or late repayment: a practice is known only when its harm was looked for.",
        ));
    }
    if !has(OutcomeKind::Lender) {
        notices.push(notice(
            "no_lender_outcome",
            "The plan names no outcome of the lender's.",
            "Add repayment or cost: a practice that ruins the lender helps nobody for long.",
        ));
    }
    notices
}

fn empty(
    plan: &StudyPlan,
    catalogue: &Catalogue,
    sample_flow: Vec<FlowStep>,
    provenance: Provenance,
) -> StudyResult {
    let kind = plan.design.kind.as_str();
    StudyResult {
        plan_hash: provenance.plan_hash,
        study: plan.study.clone(),
        study_id: plan.study_id.to_string(),
        sample_id: plan.sample_id.to_string(),
        practice: plan.practice.clone(),
        design: plan.design.clone(),
        design_name: catalogue
            .find_design(kind)
            .map_or_else(|| kind.to_owned(), |design| design.name.clone()),
        outcomes: plan.outcomes.clone(),
        data: provenance.data,
        sample_flow,
        estimates: Vec::new(),
        subgroup_tests: Vec::new(),
        sensitivity: Vec::new(),
        diagnostics: Diagnostics::default(),
        warnings: Vec::new(),
        refusals: Vec::new(),
        releases: Vec::new(),
        seed: plan.inference.seed,
        software: provenance.software,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAN: &str = r#"
[study]
title = "A trial"
institution = "An institution"
country = "IN"
[practice]
id = "credit.access"
comparator = "no-offer"
[data]
file = "clients.csv"
[design]
kind = "randomised"
treatment = "offered"
[[outcome]]
id = "business.profit"
column = "profit"
unit = "INR per month"
"#;

    #[test]
    fn a_long_outcome_can_be_stopped_between_its_steps() {
        let catalogue = crate::base::catalogue().unwrap();
        let plan = StudyPlan::parse(PLAN, &catalogue).unwrap();
        let column = |of: fn(usize) -> f64| (0..80).map(of).collect::<Vec<f64>>();
        let sample = AnalysisSample {
            rows: 80,
            clients: (0..80).map(|row| row.to_string()).collect(),
            numbers: [
                ("offered".to_owned(), column(|row| (row % 2) as f64)),
                ("profit".to_owned(), column(|row| (row * 7 % 31) as f64)),
            ]
            .into(),
            ..AnalysisSample::default()
        };
        let run = |most: usize| {
            let data = DataSummary {
                file: String::new(),
                sha256: String::new(),
                format: String::new(),
                rows: 80,
                mapping_sha256: String::new(),
            };
            let provenance = Provenance { plan_hash: String::new(), data, software: String::new() };
            let mut asked = 0;
            estimate_study(&plan, &catalogue, &sample, provenance, &mut |_, _| {
                asked += 1;
                asked <= most
            })
        };
        for most in 0..4 {
            let stopped = run(most);
            assert_eq!(stopped.refusals, [was_stopped()], "{most}");
            assert!(stopped.estimates.is_empty());
        }
        assert_eq!(run(100).estimates.len(), 1);
    }
}
