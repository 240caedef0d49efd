//! `whatworks-lab study`: write a plan, check it, size it, run it.

mod new;
mod power;
mod records;
mod run;
mod scan;
mod summary;

use super::{Failure, Outcome, read_named};
pub(crate) use records::records_failure;

use clap::{Args, Subcommand};
use std::path::{Path, PathBuf};
use whatworks_domain::Catalogue;
use whatworks_domain::study::{Notice, PlanFault, StudyPlan};
use whatworks_evidence::packet::Digest;

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Write a commented plan to fill in
    New(PlanArguments),
    /// Check a plan against the catalogue and the columns of its records, without reading outcomes
    Check(CheckArguments),
    /// What the study can find, before its outcomes are read
    Power(power::Arguments),
    /// Run a plan: estimates, report, findings ready to be signed
    Run(run::Arguments),
}

#[derive(Args)]
pub(crate) struct PlanArguments {
    /// The plan, a TOML file
    plan: PathBuf,
}

#[derive(Args)]
pub(crate) struct CheckArguments {
    /// The plan, a TOML file
    plan: PathBuf,
    /// Print one JSON document
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(command: &Command) -> Outcome {
    match command {
        Command::New(arguments) => new::run(&arguments.plan),
        Command::Check(arguments) => power::check(&arguments.plan, arguments.json),
        Command::Power(arguments) => power::run(arguments),
        Command::Run(arguments) => run::run(arguments),
    }
}

/// A plan with the digest of its bytes.
struct Registered {
    plan: StudyPlan,
    hash: String,
    folder: PathBuf,
}

fn catalogue() -> Result<Catalogue, Failure> {
    whatworks_evidence::base::catalogue().map_err(|error| Failure::Failed(anyhow::Error::new(error)))
}

/// Reads a plan and takes its hash; nothing of the records has been read by then.
fn read_plan(path: &Path, catalogue: &Catalogue) -> Result<Registered, Failure> {
    let bytes = read_named(path)?;
    let hash = Digest::of(&bytes).as_str().to_owned();
    let text =
        std::str::from_utf8(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes)).map_err(|error| {
            let problem = format!("{}: not UTF-8 at byte {}", path.display(), error.valid_up_to());
            Failure::refused(problem, "save the plan as UTF-8")
        })?;
    let plan = StudyPlan::parse(text, catalogue).map_err(|faults| plan_refusal(path, &faults))?;
    let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    Ok(Registered { plan, hash, folder: folder.to_owned() })
}

fn plan_refusal(path: &Path, faults: &[PlanFault]) -> Failure {
    let lines: Vec<String> = faults
        .iter()
        .map(|fault| {
            let hint = if fault.hint.is_empty() { String::new() } else { format!(" ({})", fault.hint) };
            format!("  {fault}{hint}")
        })
        .collect();
    let problem = format!("the plan {} cannot be used:\n{}", path.display(), lines.join("\n"));
    Failure::refused(problem, "mend these lines of the plan and try again")
}

/// A refusal made of notices.
fn refusal(what: &str, notices: &[Notice]) -> Failure {
    let lines: Vec<String> = notices.iter().map(|notice| format!("  {}", notice.text)).collect();
    let hint = notices.iter().map(|notice| notice.hint.as_str()).find(|hint| !hint.is_empty());
    Failure::refused(format!("{what}:\n{}", lines.join("\n")), hint.unwrap_or("change the plan"))
}
