//! The commands, one file each, and the two ways in which a command ends badly.

pub(crate) mod audit;
pub(crate) mod backup;
pub(crate) mod finding;
pub(crate) mod opinions;
mod outgoing;
mod place;
pub(crate) mod pool;
pub(crate) mod serve;
pub(crate) mod trust;

use anyhow::Context;
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;

/// The real time.
#[expect(clippy::disallowed_methods, reason = "the program is where the real clock is read")]
pub(crate) fn now() -> time::OffsetDateTime {
    time::OffsetDateTime::now_utc()
}

/// Bytes of the system's random source. Where it gives none, nothing that is secret can be made: the program stops.
pub(crate) fn random() -> [u8; 32] {
    let mut bytes = [0; 32];
    if getrandom::fill(&mut bytes).is_err() {
        std::process::abort();
    }
    bytes
}

/// What runs a command's work on the database.
pub(crate) fn runtime() -> Result<tokio::runtime::Runtime, Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    Ok(runtime.context("the program's threads could not be started")?)
}

/// Writes a command's answer to stdout.
pub(crate) fn print(text: &str) -> Outcome {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()) {
        // A reader that has seen enough (`| head`) is not a failure.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => Ok(other.context("the answer could not be written")?),
    }
}

/// The first bytes of a file: one more than `most` at the most, so that the reader sees that there are too many.
pub(crate) fn read_bytes(path: &Path, most: usize) -> Result<Vec<u8>, Failure> {
    let refuse = |error: io::Error| Failure::Refused {
        problem: format!("{}: cannot be read: {error}", path.display()),
        hint: "check the path".into(),
    };
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(refuse)?;
    file.take(most as u64 + 1).read_to_end(&mut bytes).map_err(refuse)?;
    Ok(bytes)
}

/// A small text file.
pub(crate) fn read_text(path: &Path) -> Result<String, Failure> {
    const MOST: usize = 10_000;
    let bytes = read_bytes(path, MOST)?;
    let text = if bytes.len() > MOST { None } else { String::from_utf8(bytes).ok() };
    text.ok_or_else(|| Failure::Refused {
        problem: format!("{}: is not a short text", path.display()),
        hint: "check that it is the file you meant".into(),
    })
}

/// How a command ended badly.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The input or the rules do not allow it; exit code 1.
    Refused {
        /// What was refused, and where.
        problem: String,
        /// How to mend it.
        hint: String,
    },
    /// Something outside did not work; exit code 2.
    Failed(anyhow::Error),
}

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Self {
        Self::Failed(error)
    }
}

/// How a command ended.
pub(crate) type Outcome = Result<(), Failure>;
