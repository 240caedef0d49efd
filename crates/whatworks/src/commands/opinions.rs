//! `whatworks opinions`: any vote export to groups, common ground and dividing lines, or to "no groups".

use super::{Failure, Outcome, print};
use crate::opinion_table;
use anyhow::Context;
use clap::{Args, ValueEnum};
use std::fs::File;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use whatworks_charts::render_opinion_map;
use whatworks_evidence::opinion::{Engine, OpinionMap, Options, map_opinions};
use whatworks_evidence::read::{ReadError, RowFault, VoteTable, votes};

/// What the command line says.
#[derive(Args)]
pub(crate) struct Arguments {
    /// Votes (CSV): participant, statement, vote (1 agree, −1 disagree, 0 pass), optionally time and reason; an export of Polis as it is
    #[arg(value_name = "VOTES.csv")]
    file: PathBuf,
    /// default says "no groups" when the votes support none; polis follows that system's published formulas
    #[arg(long, default_value = "default")]
    engine: EngineName,
    /// Print one JSON document and nothing else
    #[arg(long)]
    json: bool,
    /// Write the opinion map, when there are groups
    #[arg(long, value_name = "OUT.svg")]
    map: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum EngineName {
    Default,
    Polis,
}

fn read(path: &Path) -> Result<VoteTable, Failure> {
    let file = File::open(path).map_err(|error| Failure::Refused {
        problem: format!("{}: cannot be opened: {error}", path.display()),
        hint: "check the path".into(),
    })?;
    votes(file).map_err(|error| refuse(path, &error))
}

/// Every fault with its own hint where hints differ; the last line of a refusal is a hint again.
fn refuse(path: &Path, error: &ReadError) -> Failure {
    let last = error.faults.last().map_or(String::new(), |fault| fault.hint.clone());
    let line = |fault: &RowFault| {
        let own = if fault.hint == last { String::new() } else { format!(" ({})", fault.hint) };
        format!("{}: {fault}{own}", path.display())
    };
    let mut problem = error.faults.iter().map(line).collect::<Vec<_>>().join("\nerror: ");
    if error.truncated {
        problem.push_str("\nerror: there may be more; reading stopped here");
    }
    Failure::Refused { problem, hint: last }
}

pub(crate) fn run(arguments: &Arguments) -> Outcome {
    let table = read(&arguments.file)?;
    let engine = match arguments.engine {
        EngineName::Default => Engine::Default,
        EngineName::Polis => Engine::Polis,
    };
    let threads = std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
    let options = Options { engine, threads, ..Options::default() };
    let found = map_opinions(&table.log, &options).context("the votes could not be computed with")?;
    if let Some(out) = &arguments.map {
        write_map(out, &found)?;
    }
    if arguments.json {
        let mut text = serde_json::to_string(&found).context("the answer could not be written")?;
        text.push('\n');
        return print(&text);
    }
    print(&opinion_table::text(&found, table.replaced))
}

/// Writes the map aside, then renames it: no half picture is ever seen. Without groups there is no map.
fn write_map(out: &Path, found: &OpinionMap) -> Outcome {
    if !found.gate.groups_supported {
        tell(&format!("no opinion map: {}", opinion_table::verdict(found)));
        return Ok(());
    }
    if out.exists() && !out.is_file() {
        return Err(Failure::Refused {
            problem: format!("{} is there and is not a file", out.display()),
            hint: "give the name of a file, such as --map map.svg".into(),
        });
    }
    let aside = out.with_extension("svg.part");
    let picture = render_opinion_map(&opinion_table::plot(found, "Opinion map"));
    let written = std::fs::write(&aside, picture).and_then(|()| std::fs::rename(&aside, out));
    if let Err(error) = written {
        // A part that was never written is not there to remove.
        let _ = std::fs::remove_file(&aside);
        return Err(Failure::Failed(
            anyhow::Error::new(error).context(format!("{} cannot be written", out.display())),
        ));
    }
    tell(&format!("opinion map: {}", out.display()));
    Ok(())
}

#[expect(clippy::print_stderr, reason = "a message to the person, apart from the data on stdout")]
fn tell(message: &str) {
    eprintln!("{message}");
}
