//! `simulate`: institutions whose true effects are known, written as records, plan and truth.

use super::{Failure, Outcome};
use crate::output::{Folder, stopped};
use crate::progress::Progress;
use crate::simulate::{
    Fault, HistoryOptions, NetworkTruth, Options, SimulatedDesign, simulate_history, simulate_institution,
    warning_plan,
};
use anyhow::Context;
use clap::Args;
use serde::Serialize;
use serde_json::json;
use std::path::PathBuf;

#[derive(Args)]
pub(crate) struct Arguments {
    /// Seed; the same one gives the same files
    #[arg(long, value_parser = clap::value_parser!(u64).range(..=9_007_199_254_740_991))]
    seed: u64,
    /// New folder for clients.csv, plan.toml and truth.json; with several institutions one folder each
    #[arg(long)]
    out: PathBuf,
    /// Clients of each institution
    #[arg(long, default_value_t = 2_000)]
    clients: u32,
    /// Branches of each institution
    #[arg(long, default_value_t = 40)]
    branches: u32,
    /// Institutions
    #[arg(long, default_value_t = 1)]
    institutions: u32,
    /// Mean effect of taking the practice up on income, in SD of the comparison (−1 to 1)
    #[arg(long, default_value_t = 0.2, value_name = "SD", allow_negative_numbers = true)]
    effect: f64,
    /// SD of that effect between institutions, in SD of the comparison (0 to 0.25)
    #[arg(long, default_value_t = 0.1, value_name = "SD")]
    tau: f64,
    /// How the practice is assigned
    #[arg(long, value_enum, default_value_t = SimulatedDesign::ClusterRandomised)]
    design: SimulatedDesign,
    /// Share of clients who are not found again, by chance (0 to 0.5)
    #[arg(long, default_value_t = 0.1, value_name = "SHARE")]
    attrition: f64,
    /// How much more of the comparison's poorer half is not found again (0 to 0.4): it misleads
    #[arg(long, default_value_t = 0.0, value_name = "SHARE")]
    differential: f64,
    /// Share of those offered who take the practice up [default: 0.8; 1 in a panel]
    #[arg(long, value_name = "SHARE")]
    compliance: Option<f64>,
    /// Share of the outcomes' variance between branches (0 to 0.5)
    #[arg(long, default_value_t = 0.05, value_name = "SHARE")]
    icc: f64,
    /// Periods of the designs did and panel [default: 2 and 6]
    #[arg(long)]
    periods: Option<u32>,
    /// Also write the clients' monthly histories over so many months (24 to 240), for `warn`, with their true hazard of
    /// distress
    #[arg(long, value_name = "MONTHS", value_parser = clap::value_parser!(u32).range(24..=240))]
    histories: Option<u32>,
}

impl Arguments {
    fn options(&self) -> Options {
        Options {
            seed: self.seed,
            clients: self.clients,
            branches: self.branches,
            institutions: self.institutions,
            effect: self.effect,
            // One institution is the network's mean: its effect is the one that was asked for.
            tau: if self.institutions == 1 { 0.0 } else { self.tau },
            design: self.design,
            attrition: self.attrition,
            differential: self.differential,
            compliance: self.compliance.unwrap_or(Options::usual_compliance(self.design)),
            icc: self.icc,
            periods: self.periods.unwrap_or(Options::usual_periods(self.design)),
        }
    }
}

fn refuse(fault: Fault) -> Failure {
    Failure::refused(fault.problem, fault.hint)
}

fn json(value: &impl Serialize) -> Result<Vec<u8>, Failure> {
    let mut bytes = serde_json::to_vec_pretty(value).context("writing truth.json")?;
    bytes.push(b'\n');
    Ok(bytes)
}

pub(crate) fn run(arguments: &Arguments) -> Outcome {
    let options = arguments.options();
    options.check().map_err(refuse)?;
    let folder = Folder::begin(&arguments.out, &[])?;
    let progress = Progress::start();
    let mut truths = Vec::new();
    for index in 0..options.institutions {
        progress.show("simulating", f64::from(index) / f64::from(options.institutions));
        let made = simulate_institution(&options, index).map_err(refuse)?;
        if stopped() {
            return Err(Failure::refused(
                "stopped before all was simulated",
                "nothing was written; run it again",
            ));
        }
        let place = if options.institutions == 1 { String::new() } else { format!("{}/", made.folder) };
        folder.write(&format!("{place}clients.csv"), made.clients_csv.as_bytes())?;
        folder.write(&format!("{place}plan.toml"), made.plan_toml.as_bytes())?;
        folder.write(&format!("{place}truth.json"), &json(&made.truth)?)?;
        if let Some(months) = arguments.histories {
            write_histories(
                &folder,
                &place,
                &HistoryOptions { seed: options.seed, institution: index, clients: options.clients, months },
            )?;
        }
        truths.push(made.truth);
    }
    if options.institutions > 1 {
        folder.write("truth.json", &json(&NetworkTruth::new(&options, truths))?)?;
    }
    folder.finish()?;
    progress.finish();
    announce(arguments, &options);
    Ok(())
}

/// Most client-months of one institution; they are made in memory.
const MOST_MONTHS: u64 = 20_000_000;

/// `histories.csv`, `warning.toml` that reads it, and `hazard.json`.
fn write_histories(folder: &Folder, place: &str, options: &HistoryOptions) -> Outcome {
    if u64::from(options.clients) * u64::from(options.months) > MOST_MONTHS {
        let problem = format!("{} clients over {} months are too many", options.clients, options.months);
        return Err(Failure::refused(problem, "20 million client-months are the most"));
    }
    let made = simulate_history(options);
    folder.write(&format!("{place}histories.csv"), made.csv().as_bytes())?;
    folder.write(&format!("{place}warning.toml"), warning_plan(options.months).as_bytes())?;
    let truth = json!({
        "seed": options.seed, "clients": made.history.clients.len(), "months_at_risk": made.months_at_risk,
        "onsets": made.onsets, "expected_onsets": made.hazard,
    });
    folder.write(&format!("{place}hazard.json"), &json(&truth)?)
}

#[expect(clippy::print_stderr, reason = "a message to the person: the answer is the files")]
fn announce(arguments: &Arguments, options: &Options) {
    let out = arguments.out.display();
    let first = if options.institutions == 1 { "" } else { "/institution-01" };
    eprintln!(
        "{out}: {} institution(s), {} clients each\nnext: whatworks-lab study run {out}{first}/plan.toml --out {out}-study",
        options.institutions, options.clients
    );
}
