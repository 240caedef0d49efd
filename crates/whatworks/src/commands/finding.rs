//! `whatworks finding`: verify packets without a network, look into them, take findings back.

use super::place::{DatabasePlace, refuse_conflict};
use super::trust::read_key_file;
use super::{Failure, Outcome, now, print, read_bytes};
use anyhow::Context;
use clap::{Args, Subcommand};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use whatworks_evidence::packet::{self, FindingStatement, Inspection, TrustedKey, VerifiedFinding, moment};
use whatworks_store::{RetractOutcome, RetractionAct};
use whatworks_web::trusted_keys;

/// What the command line says.
#[derive(Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    /// Verify signed findings offline; exit code 1 on any doubt
    Verify {
        /// Signed findings
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        /// Trust these keys only; without it, the keys that this commons trusts
        #[arg(long, value_name = "KEY.pub")]
        trust: Vec<PathBuf>,
        #[command(flatten)]
        place: DatabasePlace,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Show what signed findings say, without asking who signed them
    Inspect {
        /// Signed findings
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Take a finding out of every synthesis
    Withdraw(Retraction),
    /// Take a finding out because a better one stands in its place
    Supersede {
        #[command(flatten)]
        retraction: Retraction,
        /// Id of the finding that stands in its place
        #[arg(long, value_name = "ID")]
        by: Option<String>,
    },
}

#[derive(Args)]
struct Retraction {
    /// Id of the finding
    id: String,
    /// Why, in one sentence; shown on the finding's page
    #[arg(long)]
    reason: String,
    #[command(flatten)]
    place: DatabasePlace,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Outcome {
    match &arguments.action {
        Action::Verify { files, trust, place, json } => verify(files, &keys(trust, place)?, *json),
        Action::Inspect { files, json } => inspect(files, *json),
        Action::Withdraw(retraction) => retract(retraction, RetractionAct::Withdrawn, None),
        Action::Supersede { retraction, by } => retract(retraction, RetractionAct::Superseded, by.as_deref()),
    }
}

/// The keys named on the command line, else those of the commons.
fn keys(files: &[PathBuf], place: &DatabasePlace) -> Result<Vec<TrustedKey>, Failure> {
    if !files.is_empty() {
        let read = |path: &PathBuf| {
            let file = read_key_file(path)?;
            Ok(TrustedKey { key: file.key, institution: file.institution, revoked_at: None })
        };
        return files.iter().map(read).collect();
    }
    super::runtime()?.block_on(async {
        let Some(store) = place.open_existing().await? else {
            return Err(Failure::Refused {
                problem: "there is no commons here, so no key is trusted".into(),
                hint: "name a key with --trust KEY.pub, or the commons with --data-dir or --database".into(),
            });
        };
        let stored = store.trust().list_keys().await.context("the trusted keys cannot be read")?;
        store.close().await;
        Ok(trusted_keys(&stored).context("the trusted keys cannot be used")?)
    })
}

fn verify(files: &[PathBuf], trusted: &[TrustedKey], as_json: bool) -> Outcome {
    let now = now();
    let mut lines = Vec::new();
    let mut entries = Vec::new();
    let mut refused = None;
    for path in files {
        let bytes = read_bytes(path, packet::MAX_BYTES)?;
        match packet::verify(&bytes, trusted, now) {
            Ok(verified) => {
                lines.push(format!("{}: {}\n", path.display(), sentence(&verified)));
                entries.push(describe(path, &verified));
            }
            Err(fault) => {
                lines.push(format!("{}: REFUSED: {}\n", path.display(), one_line(&fault.to_string())));
                entries.push(json!({
                    "file": path.display().to_string(), "valid": false, "code": fault.code(),
                    "error": fault.to_string(), "hint": fault.hint(),
                }));
                refused.get_or_insert((path, fault));
            }
        }
    }
    print(&if as_json { format!("{}\n", json!({ "packets": entries })) } else { lines.concat() })?;
    match refused {
        None => Ok(()),
        Some((path, fault)) => Err(Failure::Refused {
            problem: format!("{}: {}", path.display(), one_line(&fault.to_string())),
            hint: fault.hint().to_owned(),
        }),
    }
}

/// A stranger's text on one line, so that it cannot pass for a line of ours.
fn one_line(text: &str) -> String {
    text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect()
}

fn sentence(verified: &VerifiedFinding) -> String {
    format!(
        "valid signature by {} on the finding {} (key {}, content {})",
        verified.institution(),
        verified.finding().finding_id,
        verified.key_id(),
        verified.content_id()
    )
}

fn describe(path: &Path, verified: &VerifiedFinding) -> Value {
    let statement = verified.statement();
    json!({
        "file": path.display().to_string(),
        "valid": true,
        "finding_id": verified.finding().finding_id,
        "content_id": verified.content_id().as_str(),
        "institution": verified.institution(),
        "key_id": verified.key_id(),
        "synthesis": verified.finding().pool_key().to_string(),
        "issued_at": moment::render(statement.issued_at),
        "valid_until": moment::render(statement.valid_until),
    })
}

fn inspect(files: &[PathBuf], as_json: bool) -> Outcome {
    let mut text = String::new();
    let mut entries = Vec::new();
    for path in files {
        let bytes = read_bytes(path, packet::MAX_BYTES)?;
        let found = packet::inspect(&bytes).map_err(|fault| Failure::Refused {
            problem: format!("{}: {}", path.display(), one_line(&fault.to_string())),
            hint: fault.hint().to_owned(),
        })?;
        if as_json {
            entries.push(json!({
                "file": path.display().to_string(),
                "verified": false,
                "content_id": found.content_id.as_str(),
                "key_ids": found.key_ids,
                "statement": statement_json(&found.statement)?,
            }));
        } else {
            text += &summary(path, &found);
        }
    }
    print(&if as_json { format!("{}\n", json!({ "packets": entries })) } else { text })
}

/// The statement as it was signed.
fn statement_json(statement: &FindingStatement) -> Result<Value, Failure> {
    let text = statement.render().context("the statement cannot be written again")?;
    Ok(serde_json::from_str(&text).context("the statement is not JSON")?)
}

fn summary(path: &Path, found: &Inspection) -> String {
    let (statement, finding) = (&found.statement, &found.statement.finding);
    let rows = [
        ("who signed", "not checked: use “whatworks finding verify”".to_owned()),
        ("institution", statement.institution.clone()),
        ("finding", finding.finding_id.to_string()),
        ("study", finding.study.clone()),
        ("question", finding.pool_key().to_string()),
        ("estimate", format!("{} (standard error {}) {}", finding.estimate, finding.std_error, finding.unit)),
        ("people", finding.n.map_or("not stated".to_owned(), |n| n.to_string())),
        ("method", format!("{} {}", statement.analysis.method_id, statement.analysis.method_version)),
        ("plan", statement.analysis.plan_hash.to_string()),
        ("disclosure", format!("{}: {}", statement.disclosure.policy, statement.disclosure.verdict.as_str())),
        ("licence", statement.licence.clone()),
        ("issued", moment::render(statement.issued_at)),
        ("valid until", moment::render(statement.valid_until)),
        ("content", found.content_id.to_string()),
        ("key named", found.key_ids.join(", ")),
    ];
    let head = format!("{}\n", path.display());
    rows.iter().fold(head, |text, (name, value)| text + &format!("  {name:<12} {}\n", one_line(value)))
}

fn retract(retraction: &Retraction, act: RetractionAct, by: Option<&str>) -> Outcome {
    let Retraction { id, reason, place, json } = retraction;
    if reason.trim().is_empty() {
        return Err(Failure::Refused {
            problem: "a finding is not taken back without a reason".into(),
            hint: "say why with --reason TEXT; it is shown on the finding's page".into(),
        });
    }
    let outcome = super::runtime()?.block_on(async {
        let Some(store) = place.open_existing().await? else {
            return Err(Failure::Refused {
                problem: "there is no commons here".into(),
                hint: "name it with --data-dir or --database".into(),
            });
        };
        let outcome = store.packets().retract_finding(id, act, reason.trim(), by, now()).await;
        store.close().await;
        outcome.map_err(|error| refuse_conflict(error, "ids of findings stand in /findings.csv"))
    })?;
    let changed = outcome == RetractOutcome::Retracted;
    if *json {
        let value = json!({ "finding_id": id, "act": act.as_str(), "changed": changed, "replaced_by": by });
        return print(&format!("{value}\n"));
    }
    let word = act.as_str();
    print(&if changed {
        format!("{word}: {id}; every synthesis leaves it out from now on\n")
    } else {
        format!("{id} did not count before; nothing was changed\n")
    })
}
