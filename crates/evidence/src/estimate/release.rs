//! From a study's result to what may leave: each estimate before the gate, and the unsigned finding of those that pass.
//!
//! An unsigned finding is a whole statement that expired the day after 1 January 1970 and names the institution by a
//! slug of the plan's words; signing puts the key's institution and the moment in place. So its bytes depend on the
//! records, the plan, the ledger and the program alone. What the gate is told about an estimate: `gate`.

use super::finding::finding_record;
use super::gate::{TwoValues, release};
use super::setup::{notice, setup};
use crate::disclosure::{Disclosure, Ledger, LedgerEntry, Policy, Reason, Release, Verdict, check_finding};
use crate::packet::{
    Analysis, DATA_MANIFEST, Digest, DisclosureRecord, FindingStatement, PLAN, Subject, decimal,
    parse_decimal,
};
use time::{Duration, OffsetDateTime};
use whatworks_domain::study::{EstimateRow, Notice, ReleaseRow, StudyPlan, StudyResult, Transform};
use whatworks_domain::{AnalysisSample, Finding, FindingId, FindingRecord};

/// Findings ready to be signed, and what became of every estimate.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Releases {
    /// Name of the file and canonical text, one per released estimate.
    pub files: Vec<(String, String)>,
    /// One row per estimate, for `study.json` and the report.
    pub rows: Vec<ReleaseRow>,
    /// Lines to add to the ledger of releases before the files are put in place.
    pub ledger_lines: Vec<String>,
}

/// An estimate with its record and the gate's answer.
struct Judged<'a> {
    row: &'a EstimateRow,
    record: FindingRecord,
    /// For an outcome of two values.
    two_values: Option<TwoValues>,
    disclosure: Disclosure,
}

/// Judges every estimate of a study by the plan's policy and writes the statements of those that pass.
///
/// # Errors
/// A [`Notice`] when the policy is unknown.
pub fn release_findings(
    plan: &StudyPlan,
    sample: &AnalysisSample,
    result: &StudyResult,
    ledger: &Ledger,
    software_digest: &str,
) -> Result<Releases, Notice> {
    let Ok(setup) = setup(plan, sample, &mut Vec::new(), &mut Vec::new()) else {
        return Ok(Releases::default());
    };
    judge(plan, result, ledger, software_digest, |row, id| {
        release(plan, &setup, row, id).ok_or_else(rows_not_found)
    })
}

/// Judges every estimate by what `told` tells the gate of it.
///
/// # Errors
/// A [`Notice`] when the policy is unknown.
pub(super) fn judge(
    plan: &StudyPlan,
    result: &StudyResult,
    ledger: &Ledger,
    software_digest: &str,
    told: impl Fn(&EstimateRow, &str) -> Result<(Release, Option<TwoValues>), Notice>,
) -> Result<Releases, Notice> {
    let policy = Policy::named(&plan.disclosure.policy).ok_or_else(|| {
        notice(
            "no_policy",
            format!("There is no policy “{}”.", plan.disclosure.policy),
            "There is client-v1.",
        )
    })?;
    let mut releases = Releases::default();
    let mut ledger = ledger.clone();
    let mut judged = Vec::new();
    for row in &result.estimates {
        let Some(record) = finding_record(plan, result, row) else {
            let hint = "Give the study a shorter id, and each outcome its own column.";
            let reason = notice("no_id", "No id can be made for this finding.", hint);
            releases.rows.push(withheld(row, "", reason));
            continue;
        };
        let id = record.finding_id.to_string();
        let (release, two_values) = match told(row, &id) {
            Ok(told) => told,
            Err(reason) => {
                releases.rows.push(withheld(row, &id, reason));
                continue;
            }
        };
        let own = LedgerEntry::of(&release, &policy);
        // A release made before is judged as it was then: by what had left before it.
        let known = ledger.entries.iter().position(|entry| *entry == own);
        let earlier = Ledger { entries: ledger.entries[..known.unwrap_or(ledger.entries.len())].to_vec() };
        let disclosure = check_finding(&release, &earlier, &policy);
        if disclosure.verdict == Verdict::Pass && known.is_none() {
            releases.ledger_lines.push(own.to_line());
            ledger.entries.push(own);
        }
        judged.push(Judged { row, record, two_values, disclosure });
    }
    let harms: Vec<FindingId> = judged
        .iter()
        .filter(|judged| judged.disclosure.verdict == Verdict::Pass)
        .filter(|judged| judged.row.kind == "harm" && judged.row.subgroup.is_empty())
        .map(|judged| judged.record.finding_id.clone())
        .collect();
    for judged in judged {
        let id = judged.record.finding_id.to_string();
        let outcome = judged.row.outcome.clone();
        let mut verdict = judged.disclosure.verdict;
        let mut reasons: Vec<Notice> = judged.disclosure.reasons.iter().map(in_words).collect();
        let mut file = String::new();
        if verdict == Verdict::Pass {
            match statement(plan, result, judged, &policy, software_digest, &harms) {
                Ok(text) => {
                    file = format!("findings/{}.json", id.replace('/', "-"));
                    releases.files.push((file.clone(), text));
                }
                Err(text) => {
                    verdict = Verdict::Fail;
                    reasons.push(notice("not_a_finding", text, "Mend the plan's texts or the outcome."));
                }
            }
        }
        let verdict = match verdict {
            Verdict::Pass => "pass",
            Verdict::Review => "review",
            Verdict::Fail => "fail",
        };
        releases.rows.push(ReleaseRow { finding_id: id, outcome, verdict: verdict.into(), file, reasons });
    }
    Ok(releases)
}

/// The rows behind an estimate are not to be found.
pub(super) fn rows_not_found() -> Notice {
    let hint = "Give the study a shorter id, and each outcome its own column.";
    notice("no_rows", "Its rows could not be found again.", hint)
}

fn withheld(row: &EstimateRow, id: &str, reason: Notice) -> ReleaseRow {
    ReleaseRow {
        finding_id: id.into(),
        outcome: row.outcome.clone(),
        verdict: "fail".into(),
        file: String::new(),
        reasons: vec![reason],
    }
}

fn in_words(reason: &Reason) -> Notice {
    let code = serde_json::to_value(reason.rule).ok().and_then(|value| value.as_str().map(str::to_owned));
    Notice {
        code: code.unwrap_or_default(),
        text: format!("{}: {}", reason.cell, reason.text),
        hint: reason.hint.clone(),
    }
}

fn statement(
    plan: &StudyPlan,
    result: &StudyResult,
    judged: Judged<'_>,
    policy: &Policy,
    software_digest: &str,
    harms: &[FindingId],
) -> Result<String, String> {
    let Judged { row, record, two_values, disclosure } = judged;
    let digest = |text: &str| Digest::parse(text).ok_or_else(|| format!("“{text}” is no SHA-256"));
    let finding = Finding::new(published_record(plan, result, row, record, two_values, policy)?)
        .map_err(|faults| faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))?;
    let attrition = attrition_of(result, row);
    let lost = |missing: u64, of: u64| share_that_may_leave(policy, missing, of).map(published).transpose();
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
            transformation: transform_name(row.transform).into(),
            covariates: plan.design.covariates.clone(),
            // n − k and G − 1 would give exact counts away; Satterthwaite's do not.
            degrees_of_freedom: Some(row.df)
                .filter(|df| row.vcov == "CR2" && df.is_finite())
                .map(published)
                .transpose()?,
            n_treatment: Some(policy.rounded(row.n_treated)),
            n_control: Some(policy.rounded(row.n - row.n_treated)),
            attrition_treatment: attrition
                .map_or(Ok(None), |found| lost(found.treated_missing, found.treated))?,
            attrition_control: attrition
                .map_or(Ok(None), |found| lost(found.control_missing, found.control))?,
            adverse_outcomes: harms.iter().filter(|id| **id != finding.finding_id).cloned().collect(),
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

fn attrition_of<'a>(
    result: &'a StudyResult,
    row: &EstimateRow,
) -> Option<&'a whatworks_domain::study::AttritionRow> {
    let rows = &result.diagnostics.attrition;
    rows.iter()
        .find(|found| row.subgroup.is_empty() && found.outcome == row.outcome && found.column == row.column)
}

/// The record with what may be read in it: 12 digits, rounded counts, shares from rounded counts or not at all.
fn published_record(
    plan: &StudyPlan,
    result: &StudyResult,
    row: &EstimateRow,
    mut record: FindingRecord,
    two_values: Option<TwoValues>,
    policy: &Policy,
) -> Result<FindingRecord, String> {
    record.n = Some(policy.rounded(row.n));
    // Clusters that are the persons themselves would be their exact number.
    if plan.design.cluster.is_none() || plan.design.cluster == plan.design.unit {
        record.clusters = None;
    }
    if let Some(TwoValues { low, high, numerator, denominator }) = two_values {
        let rate = policy.rate(numerator, denominator);
        record.control_mean = rate.map(|rate| low + (high - low) * rate);
        record.control_sd = rate.map(|rate| (high - low) * (rate * (1.0 - rate)).sqrt());
    }
    let attrition = attrition_of(result, row);
    let treated = attrition.map_or(row.n_treated, |found| found.treated);
    let control = attrition.map_or(row.n - row.n_treated, |found| found.control);
    let share = |share: Option<f64>, of: u64| {
        share.and_then(|share| share_that_may_leave(policy, (share * of as f64).round() as u64, of))
    };
    record.takeup_treat = share(record.takeup_treat, treated);
    record.takeup_control = share(record.takeup_control, control);
    record.estimate = published(record.estimate)?;
    record.std_error = published(record.std_error)?;
    for number in [
        &mut record.control_mean,
        &mut record.control_sd,
        &mut record.takeup_treat,
        &mut record.takeup_control,
    ] {
        *number = number.map(published).transpose()?;
    }
    Ok(record)
}

fn transform_name(transform: Transform) -> &'static str {
    match transform {
        Transform::None => "",
        Transform::Log => "log",
        Transform::Log1p => "log1p",
        Transform::Asinh => "asinh",
        Transform::Winsorise => "winsorised at 1 and 99 %",
    }
}

/// A share of an arm, from rounded counts; `None` when few have the property or few lack it. None at all says nothing
/// about anybody: nobody was offered, nobody was lost.
fn share_that_may_leave(policy: &Policy, numerator: u64, denominator: u64) -> Option<f64> {
    let enough =
        numerator >= policy.minimum_count && denominator.saturating_sub(numerator) >= policy.minimum_count;
    if enough || numerator == 0 { policy.rate(numerator, denominator) } else { None }
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
