//! `study check` and `study power`: what can be said before an outcome is read.

use super::records::{missing_columns, read_sample};
use super::{catalogue, read_plan, refusal};
use crate::commands::{Failure, Outcome};
use crate::output::say;
use anyhow::Context;
use clap::Args;
use serde_json::json;
use std::path::{Path, PathBuf};
use whatworks_domain::SampleRequest;
use whatworks_domain::study::StudyPlan;
use whatworks_evidence::estimate::{PowerAssumptions, PowerReport, plan_power, sample_request};

#[derive(Args)]
pub(crate) struct Arguments {
    /// The plan, a TOML file
    plan: PathBuf,
    /// Share of the outcome's variance that lies between clusters, an assumption
    #[arg(long, default_value_t = 0.05)]
    icc: f64,
    /// Share of the outcome's variance that the covariates explain, an assumption
    #[arg(long, default_value_t = 0.0)]
    r2: f64,
    /// Difference in take-up between the arms, an assumption
    #[arg(long, default_value_t = 1.0)]
    take_up: f64,
    /// Power wanted
    #[arg(long, default_value_t = 0.8)]
    power: f64,
    /// Print one JSON document
    #[arg(long)]
    json: bool,
}

/// The request without outcomes: before looking means that they are not even read.
fn without_outcomes(plan: &StudyPlan) -> SampleRequest {
    let mut request = sample_request(plan);
    let design = plan.design.covariates.iter().chain(&plan.design.takeup).chain(&plan.design.treatment);
    let kept: Vec<&String> = design
        .chain(&plan.design.instrument)
        .chain(&plan.design.endogenous)
        .chain(&plan.design.time)
        .chain(&plan.design.weights)
        .collect();
    request.numbers.retain(|name| kept.contains(&name));
    request
}

fn report(plan: &Path, assumptions: PowerAssumptions) -> Result<(StudyPlan, String, PowerReport), Failure> {
    let registered = read_plan(plan, &catalogue()?)?;
    let (sample, _) = read_sample(&registered, &without_outcomes(&registered.plan))?;
    let report = plan_power(&registered.plan, &sample, assumptions)
        .map_err(|notices| refusal("the records cannot carry this plan", &notices))?;
    Ok((registered.plan, registered.hash, report))
}

pub(super) fn run(arguments: &Arguments) -> Outcome {
    let assumptions = PowerAssumptions {
        icc: arguments.icc,
        r2: arguments.r2,
        take_up: arguments.take_up,
        power: arguments.power,
    };
    let (plan, hash, report) = report(&arguments.plan, assumptions)?;
    if report.rows.is_empty() {
        return Err(refusal("no power can be given", &report.warnings));
    }
    if arguments.json {
        let text = serde_json::to_string_pretty(&json!({ "plan_hash": hash, "power": report }))
            .context("writing JSON")?;
        say!("{text}");
        return Ok(());
    }
    say!("{}", plan.study.title);
    say!("{} rows, {:.0} % of them treated", report.n, 100.0 * report.treated_share);
    if let (Some(clusters), Some(size), Some(cv)) = (report.clusters, report.mean_size, report.size_cv) {
        say!("{clusters} clusters of {size:.1} rows on average (sizes vary by {:.0} %)", 100.0 * cv);
    }
    say!(
        "assumed: take-up differs by {:.0} %, covariates explain {:.0} %, power wanted {:.0} %",
        100.0 * arguments.take_up,
        100.0 * arguments.r2,
        100.0 * arguments.power
    );
    say!(
        "\nEffects in standard deviations of the outcome; 0.1 is small, 0.2 is what good programmes reach.\n"
    );
    say!("between     smallest effect found    chance to find an effect of");
    say!("clusters    offer      takers        0.05    0.10    0.20    0.30");
    for row in &report.rows {
        let chances: Vec<String> =
            row.power.iter().map(|chance| format!("{:>4.0} %", 100.0 * chance)).collect();
        say!(
            "{:>8.2}    {:<8.3}   {:<8.3}    {}",
            row.icc,
            row.mde_offer,
            row.mde_takers,
            chances.join("  ")
        );
    }
    for warning in &report.warnings {
        say!("\nnote: {} {}", warning.text, warning.hint);
    }
    Ok(())
}

/// `study check`: the plan reads, its columns are there, its design holds on them.
pub(super) fn check(plan: &Path, as_json: bool) -> Outcome {
    let registered = read_plan(plan, &catalogue()?)?;
    let missing = missing_columns(&registered, &registered.plan.columns())?;
    if !missing.is_empty() {
        let problem = format!("the records have no column {}", missing.join(", "));
        return Err(Failure::refused(problem, "check the names in the plan, or map them in [data] columns"));
    }
    let (plan, hash, report) = report(plan, PowerAssumptions::default())?;
    if as_json {
        let text = serde_json::to_string_pretty(&json!({
            "plan_hash": hash, "plan": plan, "rows": report.n, "clusters": report.clusters,
            "warnings": report.warnings,
        }))
        .context("writing JSON")?;
        say!("{text}");
        return Ok(());
    }
    say!("the plan is sound: {} rows carry the design {}", report.n, plan.design.kind);
    say!("plan hash: {hash}");
    say!("{} against {}", plan.practice.name, plan.practice.comparator_name);
    for outcome in &plan.outcomes {
        let primary = if outcome.primary { ", primary" } else { "" };
        say!("outcome: {} ({}) from {}{primary}", outcome.name, outcome.kind, outcome.column);
    }
    for warning in &report.warnings {
        say!("note: {} {}", warning.text, warning.hint);
    }
    Ok(())
}
