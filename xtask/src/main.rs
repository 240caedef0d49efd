//! Tasks of the house: `cargo x check`, `cargo x bench`, `cargo x references`, `cargo x slow`,
//! `cargo x fuzz`, `cargo x docs`.
//!
//! Nothing here uses a crate of ours, so the tasks build in seconds and measure the programs from outside.

mod bench;
mod fuzz;
mod references;
mod run;
mod slow;

use anyhow::{Result, bail};
use std::env;
use std::process::ExitCode;

const USAGE: &str = "\
cargo x check         format, lints, and the rules of the house
cargo x bench         every figure that has a bar, measured on the release build
cargo x references    only the tests that compare with other programs' values
cargo x slow          10,000 simulated studies of each design: how often intervals hold the truth;
                      a discussion of five days with 1,600 simulated members
cargo x fuzz TARGET [SECONDS]
                      one of plan, packet, mapping, csv; ten minutes unless said
cargo x docs          the documentation of all crates, warnings refused";

fn main() -> ExitCode {
    match dispatch() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch() -> Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["check"] => check(),
        ["bench"] => bench::run(),
        ["references"] => references::run(),
        ["slow"] => slow::run(),
        ["fuzz", target] => fuzz::run(target, None),
        ["fuzz", target, seconds] => fuzz::run(target, Some(seconds)),
        ["docs"] => docs(),
        _ => bail!("no such task\n\n{USAGE}"),
    }
}

fn check() -> Result<()> {
    run::cargo(&["fmt", "--all", "--check"])?;
    run::cargo(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"])?;
    run::cargo(&["test", "--package", "whatworks", "--test", "it", "tidy"])
}

fn docs() -> Result<()> {
    run::cargo_with(&["doc", "--workspace", "--no-deps"], &[("RUSTDOCFLAGS", "-D warnings")])
}
