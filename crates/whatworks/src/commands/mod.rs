//! The commands, one file each, and the two ways in which a command ends badly.

pub(crate) mod pool;
pub(crate) mod serve;

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
