//! `whatworks pool` against metafor on the seven microcredit trials, whole process, in turn.
//!
//! The peer is the script `peers/run_metafor.R` of the reference folder: one REML fit with Knapp–Hartung. Runs alternate,
//! so that a busy moment of the machine hits both; the figure is the median of the pairs' ratios.

use super::report::{Bar, Report};
use super::{median, now};
use crate::run;
use anyhow::{Result, ensure};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const PAIRS: usize = 11;
const WHAT: &str = "pool of seven trials, times faster than metafor";
const BAR: Bar = Bar::AtLeast(50.0);

/// Adds the ratio, or why it could not be measured.
pub(super) fn measure(program: &Path, scratch: &Path, report: &mut Report) -> Result<()> {
    let script = run::reference_folder().map(|folder| folder.join("peers").join("run_metafor.R"));
    let Some(script) = script.filter(|script| script.is_file()) else {
        report.leave_out(WHAT, BAR, "×", "peers/run_metafor.R is not in the reference folder");
        return Ok(());
    };
    if !run::is_installed("Rscript") {
        report.leave_out(WHAT, BAR, "×", "Rscript is not installed");
        return Ok(());
    }
    let file = write_trials(scratch)?;
    let (mut ratios, mut ours, mut theirs) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..PAIRS {
        let own = seconds(Command::new(program).arg("pool").arg(&file))?;
        let peer = seconds(Command::new("Rscript").arg(&script).arg(&file))?;
        ratios.push(peer / own);
        ours.push(1e3 * own);
        theirs.push(1e3 * peer);
    }
    let remark =
        format!("median of {PAIRS} pairs; {:.1} ms against {:.0} ms", median(&mut ours), median(&mut theirs));
    report.add(WHAT, BAR, "×", median(&mut ratios), remark);
    Ok(())
}

fn seconds(command: &mut Command) -> Result<f64> {
    let started = now();
    run::output(command)?;
    Ok(started.elapsed().as_secs_f64())
}

/// The seven trials' effect of access to credit on profit, as the evidence base has them.
fn write_trials(scratch: &Path) -> Result<PathBuf> {
    let mut reader = csv::Reader::from_path(run::root().join("evidence-base").join("findings.csv"))?;
    let columns = reader.headers()?.clone();
    let place = |name: &str| columns.iter().position(|column| column == name).unwrap_or(usize::MAX);
    let wanted = [
        ("practice", "credit.access"),
        ("outcome", "business.profit"),
        ("estimand", "ITT"),
        ("primary", "true"),
    ];
    let kept = ["study", "practice", "outcome", "estimate", "std_error"];
    let mut lines = vec![kept.join(",")];
    for row in reader.records() {
        let row = row?;
        let field = |name: &str| row.get(place(name)).unwrap_or_default();
        if wanted.iter().all(|(name, value)| field(name) == *value) {
            let cells: Vec<String> = kept.iter().map(|name| format!("\"{}\"", field(name))).collect();
            lines.push(cells.join(","));
        }
    }
    ensure!(lines.len() == 8, "expected seven trials, found {}", lines.len() - 1);
    let file = scratch.join("seven_trials.csv");
    fs::write(&file, lines.join("\n") + "\n")?;
    Ok(file)
}
