//! `whatworks`, the commons' program: serve the evidence, pool findings, verify signed ones and say whose count.
//!
//! Reads as the program: parse, run one command, print, exit. Data goes to stdout, messages and logs to stderr.
//! Exit codes: 0 done, 1 refused (the input or the rules do not allow it), 2 failed. The last line of a refusal is a
//! `hint:`. Never linked: anything that reads client records.

mod background;
mod commands;
mod demo;
mod opinion_table;
mod table;

use clap::{Parser, Subcommand};
use commands::{Outcome, audit, backup, finding, opinions, pool, serve, trust};
use std::process::ExitCode;

#[derive(Parser)]
#[command(name = "whatworks", version, about = "What works for clients of microfinance: the evidence commons", long_about = None)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    serve: serve::Arguments,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the commons on a web address (what happens without a command)
    Serve(serve::Arguments),
    /// Pool the findings of one or more tables
    Pool(pool::Arguments),
    /// Find opinion groups and common ground in votes, or that there are no groups
    Opinions(opinions::Arguments),
    /// Verify signed findings, look into them, take findings back
    Finding(finding::Arguments),
    /// Say whose signed findings count here
    Trust(trust::Arguments),
    /// Show and check the record of acts with power
    Audit(audit::Arguments),
    /// Save the whole commons to one file, while it is served
    Backup(backup::BackupArguments),
    /// Fill an empty database from a backup
    Restore(backup::RestoreArguments),
}

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let _ = error.print();
            return ExitCode::from(u8::from(error.use_stderr()));
        }
    };
    let outcome = match cli.command {
        None => serve::run(&cli.serve),
        Some(Command::Serve(arguments)) => serve::run(&arguments),
        Some(Command::Pool(arguments)) => pool::run(&arguments),
        Some(Command::Opinions(arguments)) => opinions::run(&arguments),
        Some(Command::Finding(arguments)) => finding::run(&arguments),
        Some(Command::Trust(arguments)) => trust::run(&arguments),
        Some(Command::Audit(arguments)) => audit::run(&arguments),
        Some(Command::Backup(arguments)) => backup::back_up(&arguments),
        Some(Command::Restore(arguments)) => backup::restore(&arguments),
    };
    report(outcome)
}

#[expect(clippy::print_stderr, reason = "the one place that tells a person what went wrong")]
fn report(outcome: Outcome) -> ExitCode {
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(commands::Failure::Refused { problem, hint }) => {
            eprintln!("error: {problem}\nhint: {hint}");
            ExitCode::from(1)
        }
        Err(commands::Failure::Failed(error)) => {
            eprintln!(
                "error: {error:#}\nhint: the message above names what was out of reach; try again when it is there"
            );
            ExitCode::from(2)
        }
    }
}
