//! `whatworks-lab list`: open a list of clients that another command sealed.

use super::key::{passphrase, write_secret};
use super::{Failure, Outcome, read_text};
use crate::output::say;
use clap::{Args, Subcommand};
use std::path::PathBuf;
use whatworks_evidence::packet::{moment, open_list};

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Show a sealed list, or write it to a new file that only you may read
    Open(OpenArguments),
}

#[derive(Args)]
pub(crate) struct OpenArguments {
    /// The sealed list
    file: PathBuf,
    /// A new file for the opened list; delete it when the visits are done
    #[arg(long)]
    out: Option<PathBuf>,
}

pub(crate) fn run(command: &Command) -> Outcome {
    match command {
        Command::Open(arguments) => open(arguments),
    }
}

#[expect(clippy::print_stderr, reason = "tells the person what was opened")]
fn open(arguments: &OpenArguments) -> Outcome {
    let sealed = read_text(&arguments.file)?;
    if let Some(out) = arguments.out.as_ref().filter(|out| out.exists()) {
        return Err(Failure::refused(format!("{} is there already", out.display()), "give another name"));
    }
    let opened = open_list(&sealed, &passphrase(false)?).map_err(|fault| {
        let problem = format!("{}: {fault}", arguments.file.display());
        Failure::refused(problem, "check the file and the passphrase")
    })?;
    eprintln!("{}, made {}", opened.title, moment::render(opened.created));
    match &arguments.out {
        Some(out) => write_secret(out, &opened.content)?,
        None => say!("{}", String::from_utf8_lossy(&opened.content).trim_end()),
    }
    Ok(())
}
