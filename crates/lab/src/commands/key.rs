//! `whatworks-lab key`: the key with which an institution signs its findings.

use super::{Failure, Outcome};
use crate::output::write_file;
use anyhow::Context;
use clap::{Args, Subcommand};
use std::fs::OpenOptions;
use std::io::Write;
use std::path::{Path, PathBuf};
use time::OffsetDateTime;
use whatworks_domain::FindingId;
use whatworks_evidence::packet::{PublicKeyFile, SealRandomness, SigningKey, seal_key};

/// Where the passphrase may be given instead of typed.
pub(crate) const PASSPHRASE: &str = "WHATWORKS_PASSPHRASE";

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Make a key: K.key, sealed with a passphrase, and K.pub to give to others
    New(NewArguments),
}

#[derive(Args)]
pub(crate) struct NewArguments {
    /// File of the sealed key, such as bank.key; bank.pub is written beside it
    #[arg(long)]
    out: PathBuf,
    /// Id of the institution; the file's name when absent
    #[arg(long)]
    institution: Option<String>,
}

pub(crate) fn run(command: &Command) -> Outcome {
    match command {
        Command::New(arguments) => new(arguments),
    }
}

#[expect(clippy::print_stderr, reason = "tells the person what was written")]
#[expect(clippy::disallowed_methods, reason = "the program is where the real clock is read")]
fn new(arguments: &NewArguments) -> Outcome {
    let public_path = arguments.out.with_extension("pub");
    for path in [&arguments.out, &public_path] {
        if path.exists() {
            let problem = format!("{} is there already", path.display());
            return Err(Failure::refused(problem, "a key is never replaced: give another name"));
        }
    }
    let stem = arguments.out.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let institution = arguments.institution.clone().unwrap_or(stem);
    if public_path == arguments.out {
        let problem = format!("{} would be both the secret and the public file", public_path.display());
        return Err(Failure::refused(problem, "name the secret file, such as bank.key"));
    }
    if FindingId::new(&institution).is_err() {
        let problem = format!("“{institution}” cannot be an institution's id");
        return Err(Failure::refused(
            problem,
            "give --institution of ASCII letters, digits, '.', '-' and '_'",
        ));
    }
    let key = SigningKey::from_random(&random()?);
    let randomness = SealRandomness { salt: random()?, nonce: random()? };
    let passphrase = passphrase(true)?;
    let created = OffsetDateTime::now_utc();
    let sealed = seal_key(&key, &institution, created, &passphrase, randomness).map_err(|fault| {
        Failure::refused(fault.to_string(), "choose a longer passphrase, four words or more")
    })?;
    let public = PublicKeyFile { key: key.public(), institution, created };
    write_secret(&arguments.out, sealed.as_bytes())?;
    write_file(&public_path, public.render().as_bytes(), false)?;
    eprintln!("wrote {} (keep it) and {} (give it away)", arguments.out.display(), public_path.display());
    eprintln!("key id {}, institution {}", public.key.id(), public.institution);
    Ok(())
}

/// Fresh bytes from the operating system.
pub(crate) fn random<const N: usize>() -> Result<[u8; N], Failure> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|error| anyhow::anyhow!("drawing random bytes: {error}"))?;
    Ok(bytes)
}

/// Writes a new file that only its owner may read, from its first byte on.
pub(crate) fn write_secret(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    let written = options.open(path).and_then(|mut file| file.write_all(bytes));
    written.with_context(|| format!("writing {}", path.display()))?;
    Ok(())
}

/// The passphrase, from the environment or typed; twice for a new key.
pub(crate) fn passphrase(twice: bool) -> Result<String, Failure> {
    if let Ok(given) = std::env::var(PASSPHRASE) {
        return Ok(given);
    }
    let ask = |prompt: &str| {
        rpassword::prompt_password(prompt).map_err(|error| {
            let problem = format!("the passphrase could not be asked for: {error}");
            Failure::refused(problem, format!("set {PASSPHRASE} when there is no terminal"))
        })
    };
    let first = ask("passphrase: ")?;
    if twice && ask("once more: ")? != first {
        return Err(Failure::refused("the two passphrases differ", "try again"));
    }
    Ok(first)
}
