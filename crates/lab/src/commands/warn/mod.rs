//! `whatworks-lab warn`: who may be in distress next, for the officers of one institution, and how far to trust it.
//!
//! The plan's section `[early_warning]` (see [`plan`]) names the file of period records; [`read`] makes histories of it;
//! `whatworks_evidence::warning` does the argument. Two files are written: `early_warning.json`, figures that name
//! nobody, and `early_warning.list`, the clients with their reasons, sealed with a passphrase. [`find_warning`] is for
//! other commands that want the same answer as a part of theirs.

mod answer;
mod plan;
mod read;

use super::{Failure, Outcome};
use crate::commands::key::{passphrase, random};
use crate::output::{Folder, say};
use anyhow::Context;
use clap::Args;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use time::OffsetDateTime;
use whatworks_evidence::packet::{LEAST_PASSPHRASE, SealRandomness, seal_list};
use whatworks_evidence::warning::{WarningFault, WarningSettings, standard_features, warn};

pub(crate) use answer::WarningAnswer;
pub(crate) use plan::EarlyWarningPlan;

/// The figures; names nobody.
pub(crate) const FIGURES: &str = "early_warning.json";
/// The clients, sealed.
pub(crate) const LIST: &str = "early_warning.list";

#[derive(Args)]
pub(crate) struct Arguments {
    /// A plan with a section `early_warning`; its other sections are not read
    plan: PathBuf,
    /// Folder for the figures and the sealed list
    #[arg(long)]
    out: PathBuf,
    /// Print the figures as one JSON document
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Outcome {
    let section = EarlyWarningPlan::read(&arguments.plan)?;
    let folder = Folder::begin(&arguments.out, &[FIGURES, LIST])?;
    // Asked before the work, so that nobody waits for it in vain.
    let passphrase = list_passphrase()?;
    let base = arguments.plan.parent().unwrap_or(Path::new(""));
    let answer = find_warning(&section, base)?;
    write_warning(&folder, &answer, &passphrase)?;
    folder.finish()?;
    if arguments.json {
        say!("{}", serde_json::to_string_pretty(&answer.figures()).context("writing JSON")?);
    } else {
        answer.print(&arguments.out.join(LIST));
    }
    Ok(())
}

/// The passphrase that a list will be sealed with, long enough.
pub(crate) fn list_passphrase() -> Result<String, Failure> {
    let given = passphrase(true)?;
    if given.chars().count() < LEAST_PASSPHRASE {
        let problem = format!("a passphrase has at least {LEAST_PASSPHRASE} characters");
        return Err(Failure::refused(problem, "the list names clients: choose four words or more"));
    }
    Ok(given)
}

/// Reads the records that a section names (relative to `base`), and gives the warning.
///
/// # Errors
/// Refusals of the file, of a history too short, and of a feature that reads the future.
pub(crate) fn find_warning(section: &EarlyWarningPlan, base: &Path) -> Result<WarningAnswer, Failure> {
    let reading = read::read_history(section, base)?;
    let settings = WarningSettings {
        horizon: section.horizon,
        distress_days: section.distress_days,
        test_from: section.test_from()?,
        capacity: section.capacity,
        threads: std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN),
    };
    let warning = warn(&reading.history, &settings, &standard_features).map_err(|fault| refuse(&fault))?;
    Ok(WarningAnswer { warning, settings, reading })
}

fn refuse(fault: &WarningFault) -> Failure {
    let hint = match fault {
        WarningFault::Leak(_) => "a feature may only read what was on record before the cut-off",
        WarningFault::TooLittle(_) => {
            "give a longer history, a longer horizon, or move test_from; see docs/methods/early-warning.md"
        }
        WarningFault::Setting(_) | WarningFault::Logit(_) => "check the section [early_warning] of the plan",
    };
    Failure::refused(format!("no warning can be given: {fault}"), hint)
}

/// Writes the figures and the sealed list.
#[expect(clippy::disallowed_methods, reason = "the program is where the real clock is read")]
pub(crate) fn write_warning(folder: &Folder, answer: &WarningAnswer, passphrase: &str) -> Outcome {
    let mut figures = serde_json::to_vec_pretty(&answer.figures()).context("writing the figures")?;
    figures.push(b'\n');
    folder.write(FIGURES, &figures)?;
    let randomness = SealRandomness { salt: random()?, nonce: random()? };
    let created = OffsetDateTime::now_utc().replace_nanosecond(0).unwrap_or(OffsetDateTime::UNIX_EPOCH);
    let sealed = seal_list(answer.list_csv().as_bytes(), &answer.title(), created, passphrase, randomness)
        .map_err(|fault| Failure::refused(fault.to_string(), "choose a longer passphrase"))?;
    folder.write(LIST, sealed.as_bytes())
}
