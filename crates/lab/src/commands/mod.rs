//! The commands, one file each, and the two ways in which a command ends badly.

pub(crate) mod check;
pub(crate) mod finding;
pub(crate) mod key;
pub(crate) mod list;
pub(crate) mod simulate;
pub(crate) mod study;
pub(crate) mod warn;

use std::path::Path;

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
    /// Everything was said already; exit code 1.
    Said,
}

impl Failure {
    /// A refusal.
    pub(crate) fn refused(problem: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::Refused { problem: problem.into(), hint: hint.into() }
    }
}

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Self {
        Self::Failed(error)
    }
}

/// How a command ended.
pub(crate) type Outcome = Result<(), Failure>;

/// Reads a file that a person named; one that is not there is a refusal.
pub(crate) fn read_named(path: &Path) -> Result<Vec<u8>, Failure> {
    std::fs::read(path).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound
        | std::io::ErrorKind::IsADirectory
        | std::io::ErrorKind::InvalidInput => {
            Failure::refused(format!("{}: {error}", path.display()), "check the path")
        }
        _ => Failure::Failed(anyhow::Error::new(error).context(format!("reading {}", path.display()))),
    })
}

/// Reads a text file that a person named.
pub(crate) fn read_text(path: &Path) -> Result<String, Failure> {
    let bytes = read_named(path)?;
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    std::str::from_utf8(text).map(str::to_owned).map_err(|error| {
        let problem = format!("{}: not UTF-8 at byte {}", path.display(), error.valid_up_to());
        Failure::refused(problem, "save the file as UTF-8")
    })
}
