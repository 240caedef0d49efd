//! `cargo x fuzz TARGET [SECONDS]`: one fuzz target from its seeds, on the stable toolchain.
//!
//! Needs `cargo install cargo-fuzz` and a C++ compiler. What the fuzzer finds on its way is kept under `fuzz/corpus`, a
//! crash under `fuzz/artifacts`; neither is committed. Continuous integration does not run it.

use crate::run;
use anyhow::{Context, Result, bail};
use std::process::Command;

/// Targets, and the feature of the package `fuzz` that each needs.
const TARGETS: [(&str, &str); 4] = [("plan", ""), ("packet", ""), ("mapping", "records"), ("csv", "records")];
/// Ten minutes.
const SECONDS: &str = "600";

pub(crate) fn run(target: &str, seconds: Option<&str>) -> Result<()> {
    let Some((target, feature)) = TARGETS.into_iter().find(|(name, _)| *name == target) else {
        let names: Vec<&str> = TARGETS.iter().map(|(name, _)| *name).collect();
        bail!("no such fuzz target; there are {}", names.join(", "));
    };
    let folder = run::root().join("fuzz");
    let corpus = folder.join("corpus").join(target);
    std::fs::create_dir_all(&corpus).context("making the corpus")?;
    // The same versions as the programs have.
    std::fs::copy(run::root().join("Cargo.lock"), folder.join("Cargo.lock")).context("copying Cargo.lock")?;
    let mut command = Command::new("cargo");
    command.current_dir(&folder).env("RUSTC_BOOTSTRAP", "1").args(["fuzz", "run", "--fuzz-dir", "."]);
    if !feature.is_empty() {
        command.args(["--features", feature]);
    }
    let limit = format!("-max_total_time={}", seconds.unwrap_or(SECONDS));
    command.arg(target).arg(&corpus).arg(folder.join("seeds").join(target));
    command.args(["--", &limit, "-max_len=65536", "-timeout=10"]);
    let status = command.status().context("cannot start cargo fuzz; `cargo install cargo-fuzz` brings it")?;
    if !status.success() {
        bail!("the target {target} did not come through; the input is under fuzz/artifacts/{target}");
    }
    Ok(())
}
