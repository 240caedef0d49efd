//! `whatworks-lab`, the institution's program: from client records to a report for the board and a signed finding.
//!
//! Reads as the program: parse, run one command, print, exit. Data goes to stdout, messages and progress to stderr.
//! Exit codes: 0 done, 1 refused (the input or the rules do not allow it), 2 failed. The last line of a refusal is a
//! `hint:`. Client records stay on this machine: nothing here opens a connection.

mod commands;
mod output;
mod progress;
mod simulate;

use clap::{Parser, Subcommand};
use commands::{Outcome, check, finding, key, list, study, warn};
use std::process::ExitCode;

#[derive(Parser)]
#[command(name = "whatworks-lab", version, about = "From client records to a signed finding, at the institution", long_about = None)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Look through client records for what must be mended before a study
    Check(check::Arguments),
    /// Write, check, size or run a study plan
    #[command(subcommand)]
    Study(study::Command),
    /// Sign findings, verify and look into signed ones
    #[command(subcommand)]
    Finding(finding::Command),
    /// Make the key that signs findings
    #[command(subcommand)]
    Key(key::Command),
    /// Warn of clients who may be in distress next, and say how far to trust it
    Warn(warn::Arguments),
    /// Open a sealed list of clients
    #[command(subcommand)]
    List(list::Command),
    /// Make a simulated institution: records, plan and the truth behind them
    Simulate(commands::simulate::Arguments),
}

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let _ = error.print();
            return ExitCode::from(u8::from(error.use_stderr()));
        }
    };
    // Elsewhere Ctrl-C ends the program at once, as people expect of a prompt.
    let is_long = matches!(cli.command, Command::Simulate(_) | Command::Study(study::Command::Run(_)));
    if is_long && let Err(error) = output::listen_for_stop() {
        return report(Err(error.into()));
    }
    report(match cli.command {
        Command::Study(command) => study::run(&command),
        Command::Check(arguments) => check::run(&arguments),
        Command::Simulate(arguments) => commands::simulate::run(&arguments),
        Command::Finding(command) => finding::run(&command),
        Command::Key(command) => key::run(&command),
        Command::Warn(arguments) => warn::run(&arguments),
        Command::List(command) => list::run(&command),
    })
}

#[expect(clippy::print_stderr, reason = "the one place that tells a person what went wrong")]
fn report(outcome: Outcome) -> ExitCode {
    match outcome {
        Ok(()) if output::is_unsaid() => {
            eprintln!(
                "error: the answer could not be written\nhint: check where stdout goes and whether it is full"
            );
            ExitCode::from(2)
        }
        Ok(()) => ExitCode::SUCCESS,
        Err(commands::Failure::Said) => ExitCode::from(1),
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
