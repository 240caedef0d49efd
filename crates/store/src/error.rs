//! What can go wrong with the memory of the commons, in words for people.
//!
//! The driver's own error is the `source`, never repeated in the message. Absence is no error: it is an `Option`.

use crate::url::DatabaseUrlError;

/// Why the store did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The address of the database cannot be read.
    #[error(transparent)]
    Url(#[from] DatabaseUrlError),
    /// What is asked contradicts what is stored, or itself. Nothing was changed.
    #[error("{what}")]
    Conflict {
        /// What contradicts what.
        what: String,
    },
    /// The database cannot be reached, is busy or broke off. Nothing was changed; trying again may help.
    #[error("{what}")]
    Unavailable {
        /// What was not possible.
        what: String,
        /// What the driver says.
        #[source]
        cause: sqlx::Error,
    },
    /// The database holds something that this program did not write.
    #[error("the database is damaged: {what}")]
    Corrupt {
        /// What was found, with its id.
        what: String,
    },
    /// A newer version of the program wrote the database.
    #[error(
        "the database was written by a newer version of this program (it has migration {found}; this version knows \
         {known} and below): start that version, or restore a copy made before it ran"
    )]
    NewerSchema {
        /// The first migration that this version does not know.
        found: i64,
        /// The last one that it knows.
        known: i64,
    },
}

/// What a database's own error code means, whichever of the two databases it is from.
enum Meaning {
    Conflict,
    Busy,
    Corrupt,
    Other,
}

/// PostgreSQL's codes have five characters, the first two being the class (appendix A of its manual: 22 data, 23
/// integrity, 40 rollback, XX internal). SQLite's are numbers whose low byte is the primary result code
/// (sqlite.org/rescode.html: 5 busy, 6 locked, 11 corrupt, 19 constraint, 26 not a database).
fn meaning(code: &str) -> Meaning {
    if code.len() == 5 {
        return match &code.as_bytes()[..2] {
            b"22" | b"23" => Meaning::Conflict,
            b"40" => Meaning::Busy,
            b"XX" => Meaning::Corrupt,
            _ => Meaning::Other,
        };
    }
    match code.parse::<u32>().map(|code| code & 0xff) {
        Ok(5 | 6) => Meaning::Busy,
        Ok(11 | 26) => Meaning::Corrupt,
        Ok(19) => Meaning::Conflict,
        _ => Meaning::Other,
    }
}

/// Whether another program holds the database, so that trying again may help.
pub(crate) fn is_busy(error: &sqlx::Error) -> bool {
    let code = error.as_database_error().and_then(sqlx::error::DatabaseError::code);
    code.is_some_and(|code| matches!(meaning(&code), Meaning::Busy))
}

impl From<sqlx::Error> for StoreError {
    fn from(cause: sqlx::Error) -> Self {
        let unavailable = |what: &str, cause| Self::Unavailable { what: what.into(), cause };
        match &cause {
            sqlx::Error::Database(error) => {
                match error.code().map_or(Meaning::Other, |code| meaning(&code)) {
                    Meaning::Conflict => {
                        Self::Conflict { what: format!("the database refuses a row: {}", error.message()) }
                    }
                    Meaning::Corrupt => Self::Corrupt { what: error.message().into() },
                    Meaning::Busy => unavailable("the database is busy", cause),
                    Meaning::Other => unavailable("the database did not do what was asked", cause),
                }
            }
            sqlx::Error::RowNotFound => Self::Corrupt { what: "a row that must exist is missing".into() },
            sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_) | sqlx::Error::ColumnNotFound(_) => {
                Self::Corrupt { what: cause.to_string() }
            }
            sqlx::Error::PoolTimedOut => {
                unavailable("no connection to the database came free in time", cause)
            }
            _ => unavailable("the database cannot be reached", cause),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_both_databases_mean_the_same() {
        for (code, expected) in [
            ("23505", "conflict"),
            ("22P05", "conflict"),
            ("2067", "conflict"),
            ("40001", "busy"),
            ("517", "busy"),
            ("XX001", "corrupt"),
            ("26", "corrupt"),
            ("57P03", "other"),
            ("14", "other"),
            ("", "other"),
        ] {
            let named = match meaning(code) {
                Meaning::Conflict => "conflict",
                Meaning::Busy => "busy",
                Meaning::Corrupt => "corrupt",
                Meaning::Other => "other",
            };
            assert_eq!(named, expected, "{code}");
        }
    }
}
