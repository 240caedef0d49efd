//! From a study's result to what may leave: each estimate before the gate, and the unsigned finding of those that pass.
//!
//! An unsigned finding is a whole statement that expired the day after 1 January 1970 and names the institution by a
//! slug of the plan's words; signing puts the key's institution and the moment in place. So its bytes depend on the
//! records, the plan and the program alone.

use super::effects::{Measured, measure};
use super::finding::finding_record;
use super::setup::{Setup, notice, setup};
use crate::disclosure::{
    Cell, Content, Disclosure, Filters, Ledger, LedgerEntry, Policy, Regression, Release, Saturation,
    Verdict, check_finding,
};
use crate::packet::{
    Analysis, DATA_MANIFEST, Digest, DisclosureRecord, FindingStatement, PLAN, Subject, decimal,
    parse_decimal,
};
use std::collections::{BTreeMap, BTreeSet};
use time::{Duration, OffsetDateTime};
use whatworks_domain::study::{
    EstimateRow, Notice, OutcomePlan, ReleaseRow, StudyPlan, StudyResult, Transform,
};
use whatworks_domain::{AnalysisSample, Finding};

/// Findings ready to be signed, and what became of every estimate.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Releases {
    /// Name of the file and canonical text, one per released estimate.
    pub files: Vec<(String, String)>,
    /// One row per estimate, for `study.json` and the report.
    pub rows: Vec<ReleaseRow>,
    /// Lines to add to the ledger of releases once the files are written.
    pub ledger_lines: Vec<String>,
}

/// Judges every estimate of a study by the plan's policy and writes the statements of those that pass.
///
/// # Errors
/// A [`Notice`] when the policy is unknown or a digest of the result is none.
pub fn release_findings(
    plan: &StudyPlan,
    sample: &AnalysisSample,
    result: &StudyResult,
    ledger: &Ledger,
    software_digest: &str,
) -> Result<Releases, Notice> {
    let policy = Policy::named(&plan.disclosure.policy).ok_or_else(|| {
        notice(
            "no_policy",
            format!("There is no policy “{}”.", plan.disclosure.policy),
            "There is client-v1.",
        )
    })?;
    let (mut flow, mut warnings) = (Vec::new(), Vec::new());
    let Ok(setup) = setup(plan, sample, &mut flow, &mut warnings) else { return Ok(Releases::default()) };
    let mut releases = Releases::default();
    let mut ledger = ledger.clone();
    let harms = harm_ids(plan, result);
    for row in &result.estimates {
        let Some(record) = finding_record(plan, result, row) else {
            releases.rows.push(withheld(
                row,
                "",
                "no_id",
                "No id can be made for this finding.",
                "Give study.id.",
            ));
            continue;
        };
        let id = record.finding_id.to_string();
        let Some(release) = release(plan, &setup, row, &id) else {
            releases.rows.push(withheld(row, &id, "no_rows", "Its rows could not be found again.", ""));
            continue;
        };
        let own = LedgerEntry::of(&release, &policy);
        // A release made before is judged as it was then: by what had left before it.
        let known = ledger.entries.iter().position(|entry| *entry == own);
        let earlier = Ledger { entries: ledger.entries[..known.unwrap_or(ledger.entries.len())].to_vec() };
        let disclosure = check_finding(&release, &earlier, &policy);
        let verdict = verdict_word(disclosure.verdict);
        let reasons: Vec<Notice> = disclosure
            .reasons
            .iter()
            .map(|reason| Notice {
                code: serde_json::to_value(reason.rule)
                    .ok()
                    .and_then(|value| value.as_str().map(str::to_owned))
                    .unwrap_or_default(),
                text: format!("{}: {}", reason.cell, reason.text),
                hint: reason.hint.clone(),
            })
            .collect();
        let mut file = String::new();
        let mut reasons = reasons;
        if disclosure.verdict == Verdict::Pass {
            match statement(plan, result, row, record, &disclosure, &policy, software_digest, &harms) {
                Ok(text) => {
                    file = format!("findings/{}.json", id.replace('/', "-"));
                    releases.files.push((file.clone(), text));
                    if known.is_none() {
                        releases.ledger_lines.push(own.to_line());
                        ledger.entries.push(own);
                    }
                }
                Err(text) => {
                    reasons.push(notice("not_a_finding", text, "Mend the plan's texts or the outcome."));
                }
            }
        }
        releases.rows.push(ReleaseRow {
            finding_id: id,
            outcome: row.outcome.clone(),
            verdict: if file.is_empty() && disclosure.verdict == Verdict::Pass {
                "fail".into()
            } else {
                verdict
            },
            file,
            reasons,
        });
    }
    Ok(releases)
}

fn withheld(row: &EstimateRow, id: &str, code: &str, text: &str, hint: &str) -> ReleaseRow {
    ReleaseRow {
        finding_id: id.into(),
        outcome: row.outcome.clone(),
        verdict: "fail".into(),
        file: String::new(),
        reasons: vec![notice(code, text, hint)],
    }
}

fn verdict_word(verdict: Verdict) -> String {
    match verdict {
        Verdict::Pass => "pass",
        Verdict::Review => "review",
        Verdict::Fail => "fail",
    }
    .into()
}

fn harm_ids(plan: &StudyPlan, result: &StudyResult) -> Vec<whatworks_domain::FindingId> {
    let harms = result.estimates.iter().filter(|row| row.kind == "harm" && row.subgroup.is_empty());
    harms.filter_map(|row| finding_record(plan, result, row)).map(|record| record.finding_id).collect()
}

/// The rows behind an estimate, and the plan's outcome.
fn rows_of<'a>(
    plan: &'a StudyPlan,
    setup: &Setup<'_>,
    row: &EstimateRow,
) -> Option<(Measured<'a>, Option<(String, String)>)> {
    let outcome: &OutcomePlan = plan.outcomes.iter().find(|outcome| {
        outcome.id.as_str() == row.outcome
            && outcome.column == row.column
            && super::effects::unit_of(outcome) == row.unit
    })?;
    if row.subgroup.is_empty() {
        return Some((measure(setup, outcome, |_| true).ok()?, None));
    }
    let (column, level) = row.subgroup.split_once(" = ")?;
    let category = setup.sample.categories.get(column)?;
    let code = category.levels.iter().position(|known| known == level)? as u32;
    let measured = measure(setup, outcome, |row| category.codes[row] == code).ok()?;
    Some((measured, Some((column.to_owned(), level.to_owned()))))
}

/// What the gate must know about one estimate.
fn release(plan: &StudyPlan, setup: &Setup<'_>, row: &EstimateRow, id: &str) -> Option<Release> {
    let (measured, subgroup) = rows_of(plan, setup, row)?;
    let whole = match &subgroup {
        Some(_) => Some(measure(setup, measured.outcome, |_| true).ok()?),
        None => None,
    };
    let mut cells = Vec::new();
    for (arm, name) in [(1.0, "treated"), (0.0, "comparison")] {
        let people = people(setup, &measured, arm);
        let mut filters: Filters = BTreeMap::new();
        filters.insert("arm".into(), BTreeSet::from([name.to_owned()]));
        if let Some((column, level)) = &subgroup {
            filters.insert(column.clone(), BTreeSet::from([level.clone()]));
        }
        let n = people.len() as u64;
        let complement = whole.as_ref().map(|whole| self::people(setup, whole, arm).len() as u64 - n);
        cells.push(Cell {
            filters,
            n,
            complement,
            released_n: Some(5 * ((n + 2) / 5)),
            content: content(&measured, &people),
        });
    }
    Some(Release {
        id: id.to_owned(),
        universe: plan.sample_id.to_string(),
        variable: format!("{} ({})", measured.outcome.column, row.unit),
        cells,
        regression: Some(Regression {
            observations: row.n,
            parameters: 1 + setup.covariates.len() as u64 + if setup.post.is_some() { 3 } else { 1 },
            residual_df: row.n as f64 - row.parameters as f64,
            saturation: Some(saturation(setup, &measured)),
        }),
        quantiles: Vec::new(),
    })
}

/// The people of an arm and the sum of each one's values, in the order of their keys.
fn people(setup: &Setup<'_>, measured: &Measured<'_>, arm: f64) -> BTreeMap<String, f64> {
    let mut people = BTreeMap::new();
    for (row, y) in measured.rows.iter().zip(&measured.y).filter(|(row, _)| setup.arm[**row] == arm) {
        let unit = setup.plan.design.unit.as_ref().and_then(|unit| setup.sample.categories.get(unit));
        let key = match unit {
            Some(unit) => unit.levels.get(unit.codes[*row] as usize).cloned(),
            None => None,
        };
        *people.entry(key.unwrap_or_else(|| setup.sample.clients[*row].clone())).or_insert(0.0) += y;
    }
    people
}

fn content(measured: &Measured<'_>, people: &BTreeMap<String, f64>) -> Content {
    let yes_or_no = matches!(measured.outcome.transform, Transform::None)
        && measured.y.iter().all(|value| *value == 0.0 || *value == 1.0);
    if yes_or_no {
        let numerator = people.values().filter(|value| **value > 0.0).count() as u64;
        return Content::Share { numerator, structural: false };
    }
    let mut largest = [0.0f64; 2];
    let mut absolute_sum = 0.0;
    for value in people.values().map(|value| value.abs()) {
        absolute_sum += value;
        if value > largest[0] {
            largest = [value, largest[0]];
        } else if value > largest[1] {
            largest[1] = value;
        }
    }
    Content::Magnitude { absolute_sum, largest }
}

/// How finely arm and covariates split the people.
fn saturation(setup: &Setup<'_>, measured: &Measured<'_>) -> Saturation {
    let mut cells: BTreeMap<Vec<u64>, u64> = BTreeMap::new();
    for row in &measured.rows {
        let mut key = vec![setup.arm[*row].to_bits()];
        key.extend(setup.post.iter().map(|post| post[*row].to_bits()));
        key.extend(setup.covariates.iter().map(|(_, column)| column[*row].to_bits()));
        *cells.entry(key).or_insert(0) += 1;
    }
    Saturation {
        distinct_cells: cells.len() as u64,
        smallest_cell: cells.values().copied().min().unwrap_or(0),
    }
}

fn statement(
    plan: &StudyPlan,
    result: &StudyResult,
    row: &EstimateRow,
    mut record: whatworks_domain::FindingRecord,
    disclosure: &Disclosure,
    policy: &Policy,
    software_digest: &str,
    harms: &[whatworks_domain::FindingId],
) -> Result<String, String> {
    let digest = |text: &str| Digest::parse(text).ok_or_else(|| format!("“{text}” is no SHA-256"));
    let attrition = result.diagnostics.attrition.iter().find(|found| found.outcome == row.outcome);
    let rounded = |n: u64| Some(policy.rounded(n));
    record.n = rounded(row.n);
    for number in [&mut record.estimate, &mut record.std_error] {
        *number = published(*number)?;
    }
    for number in [&mut record.control_mean, &mut record.control_sd] {
        *number = number.map(published).transpose()?;
    }
    let treated = attrition.map_or(row.n_treated, |found| found.treated);
    let control = attrition.map_or(row.n - row.n_treated, |found| found.control);
    let share = |share: Option<f64>, of: u64| {
        share.and_then(|share| share_that_may_leave(policy, (share * of as f64).round() as u64, of))
    };
    record.takeup_treat = share(record.takeup_treat, treated).map(published).transpose()?;
    record.takeup_control = share(record.takeup_control, control).map(published).transpose()?;
    let finding = Finding::new(record)
        .map_err(|faults| faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))?;
    let adverse: Vec<_> = harms.iter().filter(|id| **id != finding.finding_id).cloned().collect();
    let (name, version) = result.software.split_once(' ').unwrap_or((&result.software, ""));
    let resampled = row.wild_p.is_some() || row.randomisation_p.is_some();
    let plan_hash = digest(&result.plan_hash)?;
    let statement = FindingStatement {
        subjects: vec![
            Subject { name: DATA_MANIFEST.into(), sha256: digest(&result.data.sha256)? },
            Subject { name: PLAN.into(), sha256: plan_hash.clone() },
        ],
        analysis: Analysis {
            plan_hash,
            method_id: row.estimator.to_lowercase().replace(' ', "-"),
            method_version: version.to_owned(),
            seed: resampled.then_some(result.seed),
            software_name: name.to_owned(),
            software_version: version.to_owned(),
            software_digest: digest(software_digest)?,
            transformation: match row.unit.split_once(['(', ' ']) {
                Some((first, _)) if row.unit != plain_unit(plan, row) => first.to_owned(),
                _ => String::new(),
            },
            covariates: plan.design.covariates.clone(),
            degrees_of_freedom: row.df.is_finite().then(|| published(row.df)).transpose()?,
            n_treatment: rounded(row.n_treated),
            n_control: rounded(row.n - row.n_treated),
            attrition_treatment: attrition
                .and_then(|found| share_that_may_leave(policy, found.treated_missing, found.treated))
                .map(published)
                .transpose()?,
            attrition_control: attrition
                .and_then(|found| share_that_may_leave(policy, found.control_missing, found.control))
                .map(published)
                .transpose()?,
            adverse_outcomes: adverse,
        },
        disclosure: DisclosureRecord {
            policy: disclosure.policy.clone(),
            verdict: crate::packet::Verdict::Pass,
            reasons: disclosure.reasons.iter().map(|reason| reason.text.clone()).collect(),
            input_digest: digest(&disclosure.input_digest)?,
        },
        institution: slug(&plan.study.institution),
        custodian: plan.study.institution.clone(),
        consent_basis: plan.disclosure.consent_basis.clone(),
        interests: String::new(),
        licence: plan.disclosure.licence.clone(),
        language: "en".into(),
        issued_at: OffsetDateTime::UNIX_EPOCH,
        valid_until: OffsetDateTime::UNIX_EPOCH + Duration::days(1),
        supersedes: None,
        finding,
    };
    statement.render().map_err(|fault| fault.to_string())
}

/// A share of an arm, from rounded counts; `None` when few have the property or few lack it. None at all says nothing
/// about anybody: nobody was offered, nobody was lost.
fn share_that_may_leave(policy: &Policy, numerator: u64, denominator: u64) -> Option<f64> {
    let enough =
        numerator >= policy.minimum_count && denominator.saturating_sub(numerator) >= policy.minimum_count;
    if enough || numerator == 0 { policy.rate(numerator, denominator) } else { None }
}

fn plain_unit<'a>(plan: &'a StudyPlan, row: &EstimateRow) -> &'a str {
    let outcome = plan
        .outcomes
        .iter()
        .find(|outcome| outcome.id.as_str() == row.outcome && outcome.column == row.column);
    outcome.map_or("", |outcome| &outcome.unit)
}

/// A number at the 12 significant digits of a packet.
fn published(number: f64) -> Result<f64, String> {
    let text = decimal(number).map_err(|error| error.to_string())?;
    parse_decimal(&text).ok_or_else(|| format!("{text} does not read back"))
}

/// An id made of an institution's name.
fn slug(name: &str) -> String {
    let mut slug = String::new();
    for c in name.chars() {
        if c.is_ascii_alphanumeric() {
            slug.push(c.to_ascii_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    let slug: String = slug.trim_end_matches('-').chars().take(60).collect();
    if slug.is_empty() { "institution".into() } else { slug }
}
