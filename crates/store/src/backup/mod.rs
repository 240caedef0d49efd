//! Everything the commons remembers, in one file, and back again; the same file for both databases.
//!
//! Form: gzip over lines of JSON. A head (form, schema, time), then for each table its name and columns and one line a
//! row in a stated order, then a foot with the count of rows and the SHA-256 of all bytes before it. A backup is read
//! in one snapshot while others write; a restore is one transaction that ends with the foot's digest, so a file cut
//! short or changed leaves the database as empty as it was. Moments are RFC 3339 in UTC, truth values JSON's own, so a
//! file made on SQLite restores into PostgreSQL and the other way round. Left out: keys, which are never in the
//! database, and encryption, which is for the tool that carries the file away.

mod read;
mod write;

pub use read::{Restored, erasures_in};

use crate::Store;
use crate::db::{Backend, Db, Transaction, on};
use crate::error::StoreError;
use serde::{Deserialize, Serialize};
use std::io::{Read, Write};
use time::OffsetDateTime;

/// The version of the file's form.
const FORM: u32 = 1;

/// Every table with the columns that order its rows; a table stands after those it refers to.
const TABLES: &[(&str, &str)] = &[
    ("study", "study_id"),
    ("finding", "finding_id"),
    ("evidence_version", "id"),
    ("trusted_key", "key_id"),
    // A packet that supersedes another was received after it.
    ("packet", "received_at, content_id"),
    ("retraction", "finding_id, number"),
    ("organisation", "organisation_id"),
    ("member", "member_id"),
    ("member_role", "member_id, role"),
    ("invitation", "token_hash"),
    ("sign_in_link", "token_hash"),
    ("session", "session_hash"),
    ("passkey", "credential_id"),
    ("ceremony", "ceremony_hash"),
    ("password", "member_id"),
    ("one_time_code", "member_id"),
    ("recovery_code", "member_id, code_hash"),
    ("consent", "member_id, number"),
    ("erasure", "member_hash"),
    ("question", "slug"),
    ("question_day", "slug, number"),
    ("question_facilitator", "slug, member_id"),
    ("question_evidence", "slug, number"),
    ("post", "slug, number"),
    ("post_revision", "slug, number, revision"),
    ("flag", "slug, number, member_id"),
    ("appeal", "appeal_id"),
    ("claim", "claim_id"),
    ("claim_synthesis", "claim_id, pool_key"),
    ("claim_change", "claim_id, number"),
    ("claim_watch", "claim_id, member_id"),
    ("statement", "slug, number"),
    ("voter", "slug, voter"),
    ("vote", "slug, position"),
    ("opinion", "slug"),
    ("summary", "slug, version"),
    ("summary_comment", "slug, number"),
    ("follow_up", "slug, number"),
    ("outgoing_mail", "mail_id"),
    ("job", "job_id"),
    ("audit", "position"),
];

/// A table that every new database already holds a row of.
const SEEDED: &str = "evidence_version";

/// The names of all tables in a backup, in their order.
pub fn table_names() -> impl Iterator<Item = &'static str> {
    TABLES.iter().map(|(name, _)| *name)
}

/// Why there is no backup, or nothing was restored.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The file cannot be read or written.
    #[error("the file broke off: {0}")]
    File(#[from] std::io::Error),
    /// It is not a backup of this program, or was cut short or changed.
    #[error("line {line}: {what}")]
    Damaged {
        /// Line of the unpacked text, from 1.
        line: u64,
        /// What is wrong there.
        what: String,
    },
    /// Another version of the program made it.
    #[error(
        "the backup holds tables of schema {found}, this program's are of schema {known}: restore it with the version \
         that made it; that database then opens here"
    )]
    Schema {
        /// The schema in the file.
        found: i64,
        /// The one here.
        known: i64,
    },
    /// The database holds something already.
    #[error("the table {table} already holds rows: a backup is restored into an empty database")]
    NotEmpty {
        /// The first such table.
        table: &'static str,
    },
    /// The database could not do it.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<sqlx::Error> for BackupError {
    fn from(cause: sqlx::Error) -> Self {
        Self::Store(cause.into())
    }
}

/// The first line.
#[derive(Debug, Serialize, Deserialize)]
struct Head {
    whatworks_backup: u32,
    schema: i64,
    made_at: String,
}

/// The line before a table's rows.
#[derive(Debug, Serialize, Deserialize)]
struct TableLine {
    table: String,
    columns: Vec<String>,
}

/// The last line.
#[derive(Debug, Serialize, Deserialize)]
struct Foot {
    rows: u64,
    sha256: String,
}

/// What a column holds, where the two databases write it differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Plain,
    Truth,
    Moment,
    Json,
}

#[derive(Debug, Clone)]
struct Column {
    name: String,
    kind: Kind,
}

impl Store {
    /// Writes everything to `out` while others go on writing, and gives back the number of rows.
    ///
    /// # Errors
    /// [`BackupError`] when the database or the file breaks off; the file is then worthless.
    pub async fn back_up(&self, out: impl Write + Send, now: OffsetDateTime) -> Result<u64, BackupError> {
        write::write(&self.db, out, now).await
    }

    /// Fills this empty database from a backup, whole or not at all.
    ///
    /// # Errors
    /// [`BackupError`]; nothing was written.
    pub async fn restore(&self, from: impl Read + Send) -> Result<Restored, BackupError> {
        read::restore(&self.db, from).await
    }
}

/// The number of the newest migration that made this database.
async fn schema_of(transaction: &mut Transaction) -> Result<i64, StoreError> {
    Ok(on!(transaction, t => {
        sqlx::query_scalar("select cast(max(version) as bigint) from _sqlx_migrations").fetch_one(&mut **t).await
    })?)
}

/// The columns of a table, in the order in which they were made.
async fn columns_of(transaction: &mut Transaction, table: &str) -> Result<Vec<Column>, StoreError> {
    let found: Vec<(String, String)> = match transaction {
        Backend::Sqlite(t) => {
            sqlx::query_as("select name, lower(type) from pragma_table_info($1) order by cid")
                .bind(table)
                .fetch_all(&mut **t)
                .await?
        }
        Backend::Postgres(t) => {
            sqlx::query_as(
                "select column_name::text, data_type::text from information_schema.columns \
                 where table_schema = current_schema() and table_name = $1 order by ordinal_position",
            )
            .bind(table)
            .fetch_all(&mut **t)
            .await?
        }
    };
    let kind = |kind: &str| match kind {
        "boolean" => Kind::Truth,
        "timestamp with time zone" => Kind::Moment,
        "json" | "jsonb" => Kind::Json,
        _ => Kind::Plain,
    };
    Ok(found.into_iter().map(|(name, text)| Column { kind: kind(&text), name }).collect())
}

/// The table with rows in it that a restore would meet first.
async fn first_table_with_rows(db: &Db) -> Result<Option<&'static str>, StoreError> {
    for name in table_names().filter(|name| *name != SEEDED) {
        let sql = sqlx::AssertSqlSafe(format!("select exists (select 1 from {name})"));
        if on!(db, pool => sqlx::query_scalar::<_, bool>(sql).fetch_one(pool).await)? {
            return Ok(Some(name));
        }
    }
    Ok(None)
}
