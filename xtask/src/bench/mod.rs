//! Every figure that has a bar, measured from outside on the release build.
//!
//! Writes nothing in the tree but what Cargo builds. What another program is needed for (`Rscript`, `wrk`) is left out
//! when it is not installed, and said so.

mod http;
mod load;
mod pages;
mod peer;
mod pooling;
mod report;
mod server;
mod start;
mod throughput;

use crate::run;
use anyhow::{Result, ensure};
use report::Report;
use std::path::PathBuf;
use std::time::Instant;

/// Runs all benches and prints one table.
#[expect(clippy::print_stdout, reason = "a program tells its result there")]
pub(crate) fn run() -> Result<()> {
    run::cargo(&["build", "--release", "--package", "whatworks"])?;
    let program = program();
    ensure!(program.is_file(), "{} is not there", program.display());
    let scratch = tempfile::tempdir()?;
    let mut report = Report::default();
    pooling::measure(&mut report)?;
    peer::measure(&program, scratch.path(), &mut report)?;
    start::measure(&program, scratch.path(), &mut report)?;
    let server = server::Server::start(&program, &scratch.path().join("commons"))?;
    pages::measure(&server, &mut report)?;
    throughput::measure(&server, scratch.path(), &mut report)?;
    drop(server);
    load::measure(&mut report)?;
    println!("\n{report}");
    ensure!(report.all_hold(), "a bar does not hold");
    Ok(())
}

fn program() -> PathBuf {
    let target =
        std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| run::root().join("target"), PathBuf::from);
    target.join("release").join("whatworks")
}

#[expect(clippy::disallowed_methods, reason = "a bench reads the clock")]
fn now() -> Instant {
    Instant::now()
}

/// The middle of the values, or the upper of the two in the middle. Not a number for none.
fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}
