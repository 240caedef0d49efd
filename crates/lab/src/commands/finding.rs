//! `whatworks-lab finding`: sign findings, verify signed ones, look into them. Needs no network.

use super::key::passphrase;
use super::{Failure, Outcome, read_named, read_text};
use crate::output::{say, write_file};
use anyhow::Context;
use clap::{Args, Subcommand};
use serde_json::json;
use std::path::{Path, PathBuf};
use time::{Duration, OffsetDateTime};
use whatworks_evidence::packet::{
    FindingStatement, PublicKeyFile, TrustedKey, inspect, moment, open_key, sign, verify,
};

/// How long a signed finding is valid.
const VALIDITY: Duration = Duration::days(5 * 365);

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Sign findings that a study run wrote: F.json becomes F.dsse.json beside it
    Sign(SignArguments),
    /// Verify signed findings against a public key; exit code 1 on any doubt
    Verify(VerifyArguments),
    /// Show what signed or unsigned findings say, without verifying who says it
    Inspect(InspectArguments),
}

#[derive(Args)]
pub(crate) struct SignArguments {
    /// The sealed key
    #[arg(long)]
    key: PathBuf,
    /// Findings as `study run` wrote them
    #[arg(required = true)]
    files: Vec<PathBuf>,
}

#[derive(Args)]
pub(crate) struct VerifyArguments {
    /// Signed findings
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// The public key to trust; may be given more than once
    #[arg(long, required = true)]
    trust: Vec<PathBuf>,
    /// Print one JSON document
    #[arg(long)]
    json: bool,
}

#[derive(Args)]
pub(crate) struct InspectArguments {
    /// Findings, signed or not
    #[arg(required = true)]
    files: Vec<PathBuf>,
}

pub(crate) fn run(command: &Command) -> Outcome {
    match command {
        Command::Sign(arguments) => sign_files(arguments),
        Command::Verify(arguments) => verify_files(arguments),
        Command::Inspect(arguments) => inspect_files(arguments),
    }
}

#[expect(clippy::disallowed_methods, reason = "the program is where the real clock is read")]
fn now() -> OffsetDateTime {
    OffsetDateTime::now_utc().replace_nanosecond(0).unwrap_or(OffsetDateTime::UNIX_EPOCH)
}

#[expect(clippy::print_stderr, reason = "tells the person what was written")]
fn sign_files(arguments: &SignArguments) -> Outcome {
    let sealed = read_text(&arguments.key)?;
    let key = open_key(&sealed, &passphrase(false)?).map_err(|fault| {
        let problem = format!("{}: {fault}", arguments.key.display());
        Failure::refused(problem, "check the key file and the passphrase")
    })?;
    let issued_at = now();
    // All are signed before one is written.
    let mut signed = Vec::new();
    for path in &arguments.files {
        let bytes = read_named(path)?;
        let refused = |fault: &dyn std::fmt::Display| {
            let problem = format!("{}: {fault}", path.display());
            Failure::refused(problem, "give the files that `study run` wrote under findings, unchanged")
        };
        let mut statement = FindingStatement::parse(&bytes).map_err(|fault| refused(&fault))?;
        statement.institution.clone_from(&key.institution);
        statement.issued_at = issued_at;
        statement.valid_until = issued_at + VALIDITY;
        let envelope = sign(&statement, &key.key).map_err(|fault| refused(&fault))?;
        signed.push((path.with_extension("dsse.json"), envelope));
    }
    for (path, envelope) in &signed {
        write_file(path, envelope.as_bytes(), true)?;
        eprintln!("signed {}", path.display());
    }
    Ok(())
}

fn verify_files(arguments: &VerifyArguments) -> Outcome {
    let trusted = arguments.trust.iter().map(|path| read_trusted(path)).collect::<Result<Vec<_>, _>>()?;
    let now = now();
    let mut rows = Vec::new();
    let mut doubts = 0;
    for path in &arguments.files {
        let found = verify(&read_named(path)?, &trusted, now);
        let file = path.display().to_string();
        match found {
            Ok(verified) => {
                let finding = verified.finding();
                if !arguments.json {
                    say!(
                        "{file}: valid signature by {} (key {}), {}: {} {} ({})",
                        verified.institution(),
                        verified.key_id(),
                        finding.finding_id,
                        finding.estimate,
                        finding.unit,
                        finding.std_error,
                    );
                }
                rows.push(json!({
                    "file": file, "valid": true, "institution": verified.institution(),
                    "key_id": verified.key_id(), "content_id": verified.content_id().as_str(),
                    "finding_id": finding.finding_id,
                    "valid_until": moment::render(verified.statement().valid_until),
                }));
            }
            Err(fault) => {
                doubts += 1;
                if !arguments.json {
                    say!("{file}: NOT VALID: {fault} ({})", fault.hint());
                }
                let (code, text) = (fault.code(), fault.to_string());
                rows.push(
                    json!({ "file": file, "valid": false, "code": code, "text": text, "hint": fault.hint() }),
                );
            }
        }
    }
    if arguments.json {
        say!("{}", serde_json::to_string_pretty(&json!({ "findings": rows })).context("writing JSON")?);
    }
    if doubts > 0 { Err(Failure::Said) } else { Ok(()) }
}

fn read_trusted(path: &Path) -> Result<TrustedKey, Failure> {
    let file = PublicKeyFile::parse(&read_text(path)?).map_err(|fault| {
        let problem = format!("{}: {fault}", path.display());
        Failure::refused(problem, "give the .pub file that `key new` wrote")
    })?;
    Ok(TrustedKey { key: file.key, institution: file.institution, revoked_at: None })
}

fn inspect_files(arguments: &InspectArguments) -> Outcome {
    for path in &arguments.files {
        let bytes = read_named(path)?;
        let statement = if let Ok(statement) = FindingStatement::parse(&bytes) {
            say!("{}: unsigned", path.display());
            statement
        } else {
            let found = inspect(&bytes)
                .map_err(|fault| Failure::refused(format!("{}: {fault}", path.display()), fault.hint()))?;
            say!(
                "{}: signed by key {}, not verified; content id {}",
                path.display(),
                found.key_ids.join(", "),
                found.content_id.as_str()
            );
            found.statement
        };
        let text = statement.render().map_err(|fault| Failure::refused(fault.to_string(), fault.hint()))?;
        let value: serde_json::Value = serde_json::from_str(&text).context("reading the statement")?;
        say!("{}", serde_json::to_string_pretty(&value).context("writing JSON")?);
    }
    Ok(())
}
