//! The address of a database: `sqlite:PATH`, `sqlite::memory:` or `postgres://…`.
//!
//! SQLite's path is taken as it stands, without options or escapes, since this crate sets the options itself.
//! PostgreSQL's address is read as libpq reads it; what it leaves out comes from `PGHOST` and its kin. Shown to
//! people, an address never holds the password.

use sqlx::postgres::PgConnectOptions;
use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

/// Where the commons keeps its memory.
#[derive(Clone)]
pub struct DatabaseUrl(pub(crate) Place);

#[derive(Clone)]
pub(crate) enum Place {
    SqliteFile(PathBuf),
    SqliteMemory,
    Postgres(Box<PgConnectOptions>),
}

/// Why a text is not the address of a database.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{problem}; a database is written sqlite:PATH, sqlite::memory: or postgres://USER:PASSWORD@HOST:PORT/DATABASE"
)]
pub struct DatabaseUrlError {
    problem: String,
}

impl DatabaseUrl {
    /// The SQLite file at a path.
    pub fn sqlite(path: impl Into<PathBuf>) -> Self {
        Self(Place::SqliteFile(path.into()))
    }
}

fn refuse(problem: impl Into<String>) -> DatabaseUrlError {
    DatabaseUrlError { problem: problem.into() }
}

fn parse_sqlite(rest: &str) -> Result<Place, DatabaseUrlError> {
    let path = rest.strip_prefix("//").unwrap_or(rest);
    if path == ":memory:" {
        return Ok(Place::SqliteMemory);
    }
    if path.is_empty() {
        return Err(refuse("sqlite: names no file"));
    }
    if path.contains(['?', '\0']) {
        return Err(refuse("sqlite: takes a plain path, without “?” and options"));
    }
    // SQLite itself would read such a name as an address with options.
    if path.starts_with("file:") {
        return Err(refuse("sqlite: takes a plain path, without “file:”"));
    }
    Ok(Place::SqliteFile(path.into()))
}

impl FromStr for DatabaseUrl {
    type Err = DatabaseUrlError;

    fn from_str(text: &str) -> Result<Self, DatabaseUrlError> {
        let Some((scheme, rest)) = text.split_once(':') else {
            return Err(refuse(format!("“{text}” does not say which database it is")));
        };
        match scheme {
            "sqlite" => parse_sqlite(rest).map(Self),
            "postgres" | "postgresql" if rest.starts_with("//") => PgConnectOptions::from_str(text)
                .map(|options| Self(Place::Postgres(Box::new(options))))
                .map_err(|error| refuse(format!("the PostgreSQL address cannot be read ({error})"))),
            "postgres" | "postgresql" => Err(refuse(format!("“//” is missing after {scheme}:"))),
            _ => Err(refuse(format!("“{scheme}:” is not a database that this program knows"))),
        }
    }
}

impl fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Place::SqliteFile(path) => write!(f, "sqlite:{}", path.display()),
            Place::SqliteMemory => f.write_str("sqlite::memory:"),
            Place::Postgres(options) => {
                write!(f, "postgres://{}@", options.get_username())?;
                match options.get_socket() {
                    Some(socket) => write!(f, "{}", socket.display())?,
                    None => write!(f, "{}:{}", options.get_host(), options.get_port())?,
                }
                write!(f, "/{}", options.get_database().unwrap_or_default())
            }
        }
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DatabaseUrl({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_shown_without_its_password() {
        for (text, shown) in [
            ("sqlite:whatworks-data/commons.db", "sqlite:whatworks-data/commons.db"),
            ("sqlite:///var/lib/whatworks/commons.db", "sqlite:/var/lib/whatworks/commons.db"),
            ("sqlite:réseau d'essai.db", "sqlite:réseau d'essai.db"),
            ("sqlite::memory:", "sqlite::memory:"),
            ("postgres://ann:s%40cret@db.example:5433/commons", "postgres://ann@db.example:5433/commons"),
            ("postgresql://ann:secret@[::1]/commons", "postgres://ann@[::1]:5432/commons"),
        ] {
            let url: DatabaseUrl = text.parse().unwrap();
            assert_eq!(url.to_string(), shown);
            assert_eq!(format!("{url:?}"), format!("DatabaseUrl({shown})"));
        }
    }

    #[test]
    fn a_refusal_says_what_is_accepted() {
        for text in [
            "",
            "commons.db",
            "sqlite:",
            "sqlite://",
            "sqlite:a.db?mode=ro",
            "sqlite:file:a.db",
            "mysql://localhost/a",
            "postgres:a",
            "postgres://h:port/a",
        ] {
            let error = text.parse::<DatabaseUrl>().unwrap_err().to_string();
            assert!(error.contains("sqlite:PATH") && error.contains("postgres://"), "{text}: {error}");
        }
        let error = "postgres://ann:secret@h:99999/a".parse::<DatabaseUrl>().unwrap_err().to_string();
        assert!(!error.contains("secret"), "{error}");
    }
}
