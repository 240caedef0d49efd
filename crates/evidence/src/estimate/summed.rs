//! A study from sums: for records that are scanned once and never held in memory.
//!
//! The same rules as for rows decide what is permitted, refused and warned of; estimates, variances and counts are the
//! same numbers. A plan can be carried by sums when it compares two arms or follows units over time, names a cluster,
//! uses no weights and no transform, and its variance needs no single row. From sums there are no balance, no similarity
//! within clusters, no p-value of attrition, no sensitivity strip, no subgroups, no randomisation inference, no step-down
//! over outcomes, and a bootstrap only where no absorbed factor crosses the clusters: each is named in the result.

use super::effects::{Found, not_estimated, not_identified, outcome_missing};
use super::fit::{SumsFault, SumsFit};
use super::gate::release_of_totals;
use super::release::{Releases, judge};
use super::setup::{
    Approach, FEWEST_IN_ARM, arm_not_binary, arm_too_small, arms_within_clusters, covariates_cost_rows,
    notice, one_period, staggered_start, treatment_never_changes,
};
use super::variance::{ClusterFacts, crossing_fits_cr2, judge_variance};
use super::{Provenance, attrition_warnings, corrections, diagnostics, empty, few_clusters, missing_kinds};
use crate::disclosure::Ledger;
use std::collections::BTreeMap;
use whatworks_domain::study::{
    AttritionRow, ClusterSummary, Correction, FlowStep, Notice, OutcomePlan, StudyPlan, StudyResult,
    Transform, Variance,
};
use whatworks_domain::{Catalogue, OutcomeTotals, SumsRequest};
use whatworks_stats::regression::GroupedSums;

/// What a scan brought for one outcome: the sums' columns are outcome, arm and covariates.
#[derive(Debug, Clone)]
pub struct OutcomeSums {
    /// Sums by cluster and absorbed level.
    pub sums: GroupedSums,
    /// Rows, people and gaps.
    pub totals: OutcomeTotals,
}

/// What a scan must add up for each outcome of a plan; `client` is the column of the client key, where there is one.
///
/// # Errors
/// Why this plan needs its rows in memory.
pub fn sums_requests(plan: &StudyPlan, client: Option<&str>) -> Result<Vec<SumsRequest>, String> {
    let design = &plan.design;
    let approach = approach(plan).ok_or_else(|| format!("the design {} needs its rows", design.kind))?;
    let panel = approach == Approach::Panel;
    let unit = design.unit.as_ref();
    let cluster = design.cluster.as_ref().or(unit.filter(|_| panel)).ok_or("the plan names no cluster")?;
    let arm = design.treatment.as_ref().ok_or("the plan names no treatment")?;
    if design.weights.is_some() {
        return Err("the plan weighs its rows".into());
    }
    if plan.inference.vcov.is_some_and(|vcov| !vcov.is_clustered() && vcov != Variance::Iid) {
        return Err("its variance needs the residual of every row".into());
    }
    if let Some(outcome) = plan.outcomes.iter().find(|outcome| outcome.transform != Transform::None) {
        return Err(format!("{} is transformed", outcome.name));
    }
    let mut factors: Vec<String> = Vec::new();
    let over_time = [unit, design.time.as_ref()].into_iter().flatten().filter(|_| panel);
    for name in design.fixed_effects.iter().chain(&design.strata).chain(over_time) {
        if !factors.contains(name) {
            factors.push(name.clone());
        }
    }
    let request = |outcome: &OutcomePlan| SumsRequest {
        outcome: outcome.column.clone(),
        arm: arm.clone(),
        covariates: design.covariates.clone(),
        cluster: cluster.clone(),
        factors: factors.clone(),
        person: unit.cloned().or_else(|| client.map(str::to_owned)),
        rows: plan.data.rows.clone(),
    };
    Ok(plan.outcomes.iter().map(request).collect())
}

fn approach(plan: &StudyPlan) -> Option<Approach> {
    match plan.design.kind.as_str() {
        "randomised" | "cluster-randomised" => Some(Approach::Difference),
        "panel" => Some(Approach::Panel),
        _ => None,
    }
}

/// Runs a study on sums, one for each outcome of the plan, in the plan's order.
///
/// # Errors
/// Why these records need their rows in memory after all.
pub fn estimate_from_sums(
    plan: &StudyPlan,
    catalogue: &Catalogue,
    outcomes: &[OutcomeSums],
    provenance: Provenance,
) -> Result<StudyResult, String> {
    let requests = sums_requests(plan, None)?;
    let (Some(first), Some(request), Some(approach)) = (outcomes.first(), requests.first(), approach(plan))
    else {
        return Err("there is nothing to add up".into());
    };
    let mut result = empty(plan, catalogue, flow(plan, &first.totals), provenance);
    result.warnings.extend(missing_kinds(plan, catalogue));
    result.warnings.push(notice(
        "from_sums",
        format!(
            "The {} rows were added up in a scan and not held in memory. From sums there are no balance of the \
             covariates, no similarity within clusters, no p-value of attrition and no sensitivity strip.",
            first.totals.rows_in_file
        ),
        "Run it in memory to have them, on a machine that has room.",
    ));
    result.warnings.extend(cost_of_covariates(&first.totals, request));
    if let Some(refusal) = refuse_arms(&first.totals, &request.arm) {
        result.refusals.push(refusal);
        return Ok(result);
    }
    let study = Study { plan, request, approach };
    result.refusals.extend(study.refuse_sums(first, &mut result.warnings));
    if !result.refusals.is_empty() {
        return Ok(result);
    }
    let fits = outcomes.iter().map(|outcome| SumsFit::new(&outcome.sums, request.factors.is_empty()));
    let fits: Vec<Result<SumsFit, String>> = fits.collect();
    let Some(first_fit) = fits.iter().find_map(|fit| fit.as_ref().ok()) else {
        let why = |fit: &Result<SumsFit, String>| fit.as_ref().err().cloned();
        return Err(fits.iter().find_map(why).unwrap_or_else(|| "there are no rows".into()));
    };
    let treated = first.sums.cluster_totals(1);
    let facts = ClusterFacts {
        name: &request.cluster,
        count: treated.len(),
        fewest_in_arm: treated
            .iter()
            .filter(|total| total.sum > 0.0)
            .count()
            .min(treated.iter().filter(|total| total.sum < total.weight).count()),
        room_for_cr2: crossing_fits_cr2(first_fit.crossing_levels(), first.sums.rows() as usize),
    };
    let mut refusals = Vec::new();
    let factors = request.factors.len();
    let judged = judge_variance(plan, factors, Some(&facts), &mut result.warnings, &mut refusals);
    result.refusals.extend(refusals);
    if !result.refusals.is_empty() {
        return Ok(result);
    }
    for ((outcome, brought), fit) in plan.outcomes.iter().zip(outcomes).zip(&fits) {
        match study.one_outcome(outcome, brought, fit, judged, &mut result) {
            Ok(()) => {}
            Err(SumsFault::Refused(refusal)) => result.refusals.push(refusal),
            Err(SumsFault::NeedsRows(why)) => return Err(why),
        }
    }
    corrections::correct(&mut result.estimates);
    result.diagnostics.clusters = clusters(&request.cluster, first);
    result.warnings.extend(attrition_warnings(&result.diagnostics.attrition));
    result.refusals.extend(asked_in_vain(plan));
    Ok(result)
}

/// Judges every estimate of a study from sums before the gate, as [`super::release_findings`] does for rows.
///
/// # Errors
/// A [`Notice`] when the policy is unknown.
pub fn release_from_sums(
    plan: &StudyPlan,
    outcomes: &[OutcomeSums],
    result: &StudyResult,
    ledger: &Ledger,
    software_digest: &str,
) -> Result<Releases, Notice> {
    judge(plan, result, ledger, software_digest, |row, id| {
        let at = plan.outcomes.iter().position(|outcome| super::finding::is_of(outcome, row));
        let brought = at.and_then(|at| outcomes.get(at)).ok_or_else(super::release::rows_not_found)?;
        release_of_totals(plan, &brought.totals, row, id)
    })
}

/// What every outcome shares.
struct Study<'a> {
    plan: &'a StudyPlan,
    request: &'a SumsRequest,
    approach: Approach,
}

impl Study<'_> {
    /// What the clusters, units and periods forbid, and what they warn of.
    fn refuse_sums(&self, brought: &OutcomeSums, warnings: &mut Vec<Notice>) -> Option<Notice> {
        if self.plan.design.kind.as_str() == "cluster-randomised" {
            let totals = brought.sums.cluster_totals(1);
            let mixed = totals.iter().filter(|total| total.sum > 0.0 && total.sum < total.weight).count();
            return (mixed > 0).then(|| arms_within_clusters(mixed, &self.request.cluster, None));
        }
        if self.approach != Approach::Panel {
            return None;
        }
        let place = |name: &Option<String>| {
            let name = name.as_ref()?;
            self.request.factors.iter().position(|factor| factor == name)
        };
        let (unit, time) = (place(&self.plan.design.unit)?, place(&self.plan.design.time)?);
        let cells = brought.sums.cell_totals(1);
        let first_period = cells.first().map(|cell| cell.levels[time]);
        if cells.iter().all(|cell| Some(cell.levels[time]) == first_period) {
            return Some(one_period());
        }
        // By unit: rows, treated rows and the first period with one.
        let mut units: BTreeMap<u32, (u64, f64, Option<u32>)> = BTreeMap::new();
        for cell in &cells {
            let (rows, treated, start) = units.entry(cell.levels[unit]).or_default();
            *rows += cell.rows;
            *treated += cell.sum;
            if cell.sum > 0.0 && start.is_none_or(|start| cell.levels[time] < start) {
                *start = Some(cell.levels[time]);
            }
        }
        if units.values().all(|(rows, treated, _)| *treated == 0.0 || *treated == *rows as f64) {
            return Some(treatment_never_changes(&self.request.arm));
        }
        let mut starts = units.values().filter_map(|(_, _, start)| *start);
        let one = starts.next();
        if starts.any(|start| Some(start) != one) {
            warnings.push(staggered_start());
        }
        None
    }

    fn one_outcome(
        &self,
        outcome: &OutcomePlan,
        brought: &OutcomeSums,
        fit: &Result<SumsFit, String>,
        (variance, few_in_an_arm): (Variance, bool),
        result: &mut StudyResult,
    ) -> Result<(), SumsFault> {
        let [comparison, treated] = &brought.totals.arms;
        let n = comparison.recorded + treated.recorded;
        if comparison.recorded.min(treated.recorded) < FEWEST_IN_ARM as u64 {
            return Err(SumsFault::Refused(outcome_missing(&outcome.name, treated.recorded, n)));
        }
        let refused = |why: &str| SumsFault::Refused(not_estimated(&outcome.name, why));
        let fit = fit.as_ref().map_err(|why| refused(why))?;
        let columns = 1 + self.request.covariates.len();
        let fitted = fit.fitted(variance, columns, refused)?;
        let term = match self.approach {
            Approach::Panel => "fixed effects",
            _ => "OLS",
        };
        let Some(coefficient) = fitted.terms[0] else {
            return Err(SumsFault::Refused(not_identified(&outcome.name, &self.request.arm)));
        };
        for name in
            fitted.dropped.iter().filter_map(|column| self.request.covariates.get(column.wrapping_sub(1)))
        {
            if !result.diagnostics.collinear.contains(name) {
                result.diagnostics.collinear.push(name.clone());
            }
        }
        let mut row = Found {
            estimand: self.approach.estimand(),
            estimator: term,
            term: self.request.arm.clone(),
            coefficient,
            variance,
            n,
            n_treated: treated.recorded,
            clusters: Some(brought.sums.cluster_totals(1).len() as u64),
            few_in_an_arm,
            parameters: fitted.parameters as u64,
            control: (comparison.mean, comparison.sd),
        }
        .row(outcome, "");
        few_clusters::infer_from_sums(self.plan, fit, few_in_an_arm, &mut row, &mut result.warnings);
        result.diagnostics.mde.extend(diagnostics::smallest_effect(&row));
        result.diagnostics.attrition.push(attrition(outcome, &brought.totals));
        result.estimates.push(row);
        Ok(())
    }
}

/// From the file to the rows of the first outcome.
fn flow(plan: &StudyPlan, totals: &OutcomeTotals) -> Vec<FlowStep> {
    let step =
        |step: String, rows: u64, dropped: u64, reason: String| FlowStep { step, rows, dropped, reason };
    let mut rows = totals.rows_kept;
    let mut flow = vec![step("Rows in the file".into(), totals.rows_in_file, 0, String::new())];
    let outside = totals.rows_in_file.saturating_sub(totals.rows_kept);
    if !plan.data.rows.is_empty() {
        let reason = if outside > 0 { "outside the plan's rows".into() } else { String::new() };
        flow.push(step("Rows that the plan keeps".into(), rows, outside, reason));
    }
    let last = totals.dropped.len().saturating_sub(1);
    for (at, (name, dropped)) in totals.dropped.iter().enumerate() {
        rows = rows.saturating_sub(*dropped);
        let told = match plan.outcomes.first() {
            Some(outcome) if at == last => format!("{} recorded", outcome.name),
            _ if at == 0 => "assigned to an arm".into(),
            _ => format!("{name} known"),
        };
        if *dropped > 0 || at == last {
            let reason = if *dropped > 0 { format!("{name} is missing") } else { String::new() };
            flow.push(step(told, rows, *dropped, reason));
        }
    }
    flow
}

fn cost_of_covariates(totals: &OutcomeTotals, request: &SumsRequest) -> Option<Notice> {
    let base: u64 = totals.arms.iter().map(|arm| arm.rows).sum();
    let is_covariate = |name: &String| request.covariates.contains(name);
    let lost: u64 =
        totals.dropped.iter().filter(|(name, _)| is_covariate(name)).map(|(_, dropped)| dropped).sum();
    let before = base + lost;
    ((base as f64) < 0.95 * before as f64).then(|| covariates_cost_rows(lost, before))
}

fn refuse_arms(totals: &OutcomeTotals, arm: &str) -> Option<Notice> {
    if let Some(value) = totals.strange_arm {
        return Some(arm_not_binary(arm, value));
    }
    let [comparison, treated] = &totals.arms;
    let smallest = comparison.rows.min(treated.rows);
    (smallest < FEWEST_IN_ARM as u64).then(|| arm_too_small(treated.rows, comparison.rows))
}

fn attrition(outcome: &OutcomePlan, totals: &OutcomeTotals) -> AttritionRow {
    let [comparison, treated] = &totals.arms;
    let missing = [comparison, treated].map(|arm| arm.rows - arm.recorded);
    AttritionRow {
        outcome: outcome.id.to_string(),
        column: outcome.column.clone(),
        treated: treated.rows,
        treated_missing: missing[1],
        control: comparison.rows,
        control_missing: missing[0],
        difference: missing[1] as f64 / treated.rows as f64 - missing[0] as f64 / comparison.rows as f64,
        p_value: None,
    }
}

/// The clusters of the rows that have the first outcome.
fn clusters(column: &str, brought: &OutcomeSums) -> Option<ClusterSummary> {
    let totals = brought.sums.cluster_totals(1);
    let mut sizes: Vec<u64> = totals.iter().map(|total| total.weight as u64).collect();
    sizes.sort_unstable();
    Some(ClusterSummary {
        column: column.to_owned(),
        count: sizes.len() as u64,
        treated: totals.iter().filter(|total| total.sum > 0.0).count() as u64,
        smallest: *sizes.first()?,
        median: diagnostics::middle(&sizes)?,
        largest: *sizes.last()?,
    })
}

/// What the plan asks for and sums do not give.
fn asked_in_vain(plan: &StudyPlan) -> Vec<Notice> {
    let asked = [
        (!plan.subgroups.is_empty(), "no_subgroups", "The declared subgroups were not estimated"),
        (
            plan.inference.randomisation > 0,
            "no_randomisation_inference",
            "Randomisation inference was not run",
        ),
        (
            plan.inference.corrections.contains(&Correction::RomanoWolf),
            "no_romano_wolf",
            "Romano and Wolf's correction was not made",
        ),
        (plan.design.takeup.is_some(), "no_take_up", "The take-up by arm was not counted"),
    ];
    asked
        .into_iter()
        .filter(|(asked, _, _)| *asked)
        .map(|(_, code, text)| {
            let text = format!("{text}: the records were added up and not held in memory.");
            notice(code, text, "Run it in memory, on a machine that has room.")
        })
        .collect()
}
