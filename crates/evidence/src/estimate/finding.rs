//! From an estimate to the record that may become a finding.
//!
//! The record says everything that a pool needs (unit, comparison arm, sample, estimand) and nothing about any client.
//! Whether it may leave is decided by the disclosure policy; signing comes after that.

use whatworks_domain::study::{EstimateRow, OutcomePlan, StudyPlan, StudyResult};
use whatworks_domain::{FindingId, FindingRecord};

/// The record of one estimate; `None` when an id cannot be made from the plan's.
pub fn finding_record(plan: &StudyPlan, result: &StudyResult, row: &EstimateRow) -> Option<FindingRecord> {
    let outcome = plan.outcomes.iter().find(|outcome| is_of(outcome, row))?;
    let first_of_outcome = result.estimates.iter().find(|other| {
        other.outcome == row.outcome && other.estimand == row.estimand && other.subgroup.is_empty()
    });
    let primary = row.subgroup.is_empty() && first_of_outcome.is_some_and(|first| first == row);
    // Shares of the whole sample say nothing of a group, and those over several periods nothing of any.
    let takeup = result.diagnostics.take_up.as_ref().filter(|_| row.subgroup.is_empty());
    Some(FindingRecord {
        finding_id: finding_id(plan, row, primary)?,
        study_id: plan.study_id.clone(),
        study: format!("{}: {}", plan.study.institution, plan.study.title),
        title: plan.study.title.clone(),
        doi: plan.study.doi.clone(),
        countries: vec![plan.study.country.clone()],
        year_published: year(&plan.study.end).or_else(|| year(&plan.study.start)),
        followup_months: plan.study.followup_months,
        practice: plan.practice.id.clone(),
        comparator: plan.practice.comparator.clone(),
        subgroup: row.subgroup.clone(),
        population: plan.study.population.clone(),
        outcome: outcome.id.clone(),
        outcome_definition: outcome.definition.clone(),
        estimate: row.estimate,
        std_error: row.std_error,
        unit: row.unit.clone(),
        currency: outcome.currency.clone(),
        price_year: outcome.price_year,
        ppp: outcome.ppp,
        period: outcome.period.clone(),
        control_mean: row.control_mean.is_finite().then_some(row.control_mean),
        control_sd: row.control_sd.is_finite().then_some(row.control_sd),
        estimand: row.estimand,
        design: plan.design.kind.clone(),
        assignment: plan.design.assignment.clone(),
        n: Some(row.n),
        clusters: row.clusters,
        se_type: match plan.design.cluster.as_ref().or(plan.design.unit.as_ref()) {
            Some(cluster) if row.vcov.starts_with("CR") => format!("{} by {cluster}", row.vcov),
            _ => row.vcov.clone(),
        },
        takeup_treat: takeup.map(|shares| shares.treated),
        takeup_control: takeup.map(|shares| shares.control),
        sample_id: plan.sample_id.clone(),
        primary,
        source: format!("study plan sha256:{}", result.plan_hash),
        source_kind: "signed-packet".into(),
        verified: false,
        scale_suspect: false,
        note: String::new(),
    })
}

/// Whether an estimate is of this outcome of the plan.
pub(super) fn is_of(outcome: &OutcomePlan, row: &EstimateRow) -> bool {
    outcome.id.as_str() == row.outcome && outcome.column == row.column && outcome.transform == row.transform
}

/// Study, practice, outcome and estimand; column and group too where these are needed to tell findings apart.
fn finding_id(plan: &StudyPlan, row: &EstimateRow, primary: bool) -> Option<FindingId> {
    let mut id = format!("{}_{}_{}_{}", plan.sample_id, plan.practice.id, row.outcome, row.estimand.as_str());
    if !primary {
        let words = format!("{} {:?} {}", row.column, row.transform, row.subgroup);
        let rest: String = words
            .chars()
            .map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' })
            .collect();
        let rest: String = rest.trim_matches('-').chars().take(40).collect();
        // Letters outside ASCII all become hyphens; the digest keeps two groups apart.
        let digest = crate::packet::Digest::of(words.as_bytes());
        id = format!("{id}_{rest}_{}", &digest.as_str()[..8]);
    }
    FindingId::new(&id).ok()
}

/// The first four digits in a row that read as a year.
fn year(text: &str) -> Option<u16> {
    let digits: Vec<&str> =
        text.split(|c: char| !c.is_ascii_digit()).filter(|part| part.len() == 4).collect();
    digits.first()?.parse().ok().filter(|year| (1900..2200).contains(year))
}
