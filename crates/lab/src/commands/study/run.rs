//! `study run`: records → sample or sums → estimates → gate → report and unsigned findings, in one folder or not at all.

use super::records::read_sample;
use super::scan::{SCAN_FROM, scan_outcomes};
use super::summary::print_summary;
use super::{Registered, catalogue, read_plan, refusal};
use crate::commands::{Failure, Outcome};
use crate::output::{Folder, say, stopped, write_file};
use crate::progress::Progress;
use anyhow::Context;
use clap::Args;
use std::path::{Path, PathBuf};
use whatworks_domain::study::{DataSummary, Notice, StudyResult};
use whatworks_domain::{AnalysisSample, Catalogue};
use whatworks_evidence::disclosure::Ledger;
use whatworks_evidence::estimate::{
    OutcomeSums, Provenance, estimate_from_sums, estimate_study, release_findings, release_from_sums,
    sample_request,
};
use whatworks_evidence::packet::Digest;
use whatworks_report::Lang;

/// What this command writes into its folder.
const WRITTEN: [&str; 4] = ["study.json", "report.html", "report.pdf", "findings"];
/// Default name of the ledger of releases, beside the plan.
const LEDGER: &str = "releases.jsonl";
const SOFTWARE: &str = concat!(env!("CARGO_PKG_NAME"), " ", env!("CARGO_PKG_VERSION"));

#[derive(Args)]
pub(crate) struct Arguments {
    /// The plan, a TOML file
    plan: PathBuf,
    /// Folder for study.json, report.html, report.pdf and findings
    #[arg(long)]
    out: PathBuf,
    /// Where the records are scanned: embedded (this machine)
    #[arg(long, default_value = "embedded")]
    engine: String,
    /// Rows from which a Parquet file is added up in a scan and not held in memory, where the plan allows
    #[arg(long, default_value_t = SCAN_FROM)]
    scan_from: u64,
    /// Leave report.pdf out
    #[arg(long)]
    no_pdf: bool,
    /// Print study.json on stdout
    #[arg(long)]
    json: bool,
}

pub(super) fn run(arguments: &Arguments) -> Outcome {
    if arguments.engine != "embedded" {
        let problem = format!("there is no engine “{}” in this edition", arguments.engine);
        return Err(Failure::refused(problem, "leave --engine out: the records are scanned on this machine"));
    }
    let catalogue = catalogue()?;
    // The plan is read and hashed before anything of the records.
    let registered = read_plan(&arguments.plan, &catalogue)?;
    let plan = &registered.plan;
    let ledger_path = registered.folder.join(plan.disclosure.ledger.as_deref().unwrap_or(LEDGER));
    let (ledger, ledger_text) = read_ledger(&ledger_path)?;
    refuse_signed(&arguments.out)?;
    let folder = Folder::begin(&arguments.out, &WRITTEN)?;

    let progress = Progress::start();
    let (mut result, records) = estimate(&registered, &catalogue, arguments.scan_from, &progress)?;
    progress.finish();
    if stopped() {
        return Err(Failure::refused(
            "stopped before the study was done",
            "nothing was written; run it again",
        ));
    }
    if result.estimates.is_empty() {
        if arguments.json {
            say!("{}", json(&result)?);
        }
        return Err(refusal("the study was refused", &result.refusals));
    }
    let releases = match &records {
        Records::Rows(sample) => release_findings(plan, sample, &result, &ledger, &own_digest()?),
        Records::Sums(outcomes) => release_from_sums(plan, outcomes, &result, &ledger, &own_digest()?),
    }
    .map_err(|reason| refusal("nothing can be released", &[reason]))?;
    result.releases = releases.rows;

    let text = json(&result)?;
    let pdf = if arguments.no_pdf {
        None
    } else {
        Some(whatworks_report::render_pdf(&result, Lang::English).context("typesetting the report")?)
    };
    if stopped() {
        return Err(Failure::refused(
            "stopped before the study was written",
            "nothing was written; run it again",
        ));
    }
    folder.write("study.json", text.as_bytes())?;
    folder.write("report.html", whatworks_report::render_html(&result, Lang::English).as_bytes())?;
    if let Some(pdf) = pdf {
        folder.write("report.pdf", &pdf)?;
    }
    for (name, finding) in &releases.files {
        folder.write(name, finding.as_bytes())?;
    }
    // The ledger first: a release that is remembered and did not happen costs nothing, the reverse may cost a client.
    if !releases.ledger_lines.is_empty() {
        let text = ledger_text + &releases.ledger_lines.concat();
        write_file(&ledger_path, text.as_bytes(), true)?;
    }
    folder.finish()?;
    if arguments.json {
        say!("{text}");
    } else {
        print_summary(&result, &arguments.out);
    }
    Ok(())
}

/// What the estimates were made from.
enum Records {
    Rows(AnalysisSample),
    Sums(Vec<OutcomeSums>),
}

/// Scans or reads the records, and estimates.
fn estimate(
    registered: &Registered,
    catalogue: &Catalogue,
    scan_from: u64,
    progress: &Progress,
) -> Result<(StudyResult, Records), Failure> {
    let plan = &registered.plan;
    let provenance = |data: DataSummary| Provenance {
        plan_hash: registered.hash.clone(),
        data,
        software: SOFTWARE.into(),
    };
    progress.show("reading the records", 0.0);
    let mut needs_rows = None;
    if let Some((outcomes, data)) = scan_outcomes(registered, scan_from, progress)? {
        match estimate_from_sums(plan, catalogue, &outcomes, provenance(data)) {
            Ok(result) => return Ok((result, Records::Sums(outcomes))),
            Err(why) => needs_rows = Some(why),
        }
    }
    let (sample, data) = read_sample(registered, &sample_request(plan))?;
    let mut watch = |what: &str, share: f64| {
        progress.show(what, share);
        !stopped()
    };
    let mut result = estimate_study(plan, catalogue, &sample, provenance(data), &mut watch);
    if let Some(why) = needs_rows {
        let text = format!("The records were scanned and then read into memory: {why}.");
        result.warnings.push(Notice { code: "read_into_memory".into(), text, hint: String::new() });
    }
    Ok((result, Records::Rows(sample)))
}

/// Signed findings are not made again by a run: a folder that holds some is not written over.
fn refuse_signed(out: &Path) -> Result<(), Failure> {
    let Ok(entries) = std::fs::read_dir(out.join("findings")) else { return Ok(()) };
    let mut names = entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned());
    match names.find(|name| name.ends_with(".dsse.json")) {
        None => Ok(()),
        Some(name) => {
            let problem = format!("{} holds signed findings, {name} among them", out.display());
            Err(Failure::refused(problem, "give a new folder, or move the signed findings away"))
        }
    }
}

fn json(result: &StudyResult) -> Result<String, Failure> {
    Ok(serde_json::to_string_pretty(result).context("writing study.json")?)
}

fn read_ledger(path: &Path) -> Result<(Ledger, String), Failure> {
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(error) if error.kind() == std::io::ErrorKind::InvalidData => {
            let problem = format!("{}: {error}", path.display());
            let hint = "restore the ledger from a copy: without it nothing may be released";
            return Err(Failure::refused(problem, hint));
        }
        Err(error) => {
            return Err(anyhow::Error::new(error).context(format!("reading {}", path.display())).into());
        }
    };
    let ledger = Ledger::read(&text).map_err(|fault| {
        let problem = format!("{}: {fault}", path.display());
        Failure::refused(problem, "restore the ledger from a copy: without it nothing may be released")
    })?;
    let text = if text.is_empty() || text.ends_with('\n') { text } else { text + "\n" };
    Ok((ledger, text))
}

/// SHA-256 of this program's file.
fn own_digest() -> Result<String, Failure> {
    let path = std::env::current_exe().context("finding this program's file")?;
    let bytes = std::fs::read(&path).with_context(|| format!("reading {}", path.display()))?;
    Ok(Digest::of(&bytes).as_str().to_owned())
}
