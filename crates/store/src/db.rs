//! The two databases behind one enum: opening, migrating, and the only two ways to begin a transaction.
//!
//! Rule: every SQL text is written once, with `$n` placeholders, and run by [`on!`] on whichever database is open;
//! where the two must differ, match on [`Backend`]. Every write goes through [`Db::begin_write`], which on SQLite says
//! BEGIN IMMEDIATE: a transaction that reads first and writes later fails at once when another wrote in between, and
//! waiting cannot help it. Left out: `sqlx::Any`, which reads neither booleans from the one nor JSON from the other.

use crate::error::{StoreError, is_busy};
use crate::url::{DatabaseUrl, Place};
use sqlx::migrate::{MigrateError, Migrator};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{PgPool, Postgres, Sqlite, SqlitePool};
use std::path::Path;
use std::time::Duration;

static SQLITE_MIGRATIONS: Migrator = sqlx::migrate!("migrations/sqlite");
static POSTGRES_MIGRATIONS: Migrator = sqlx::migrate!("migrations/postgres");

/// How long a writer waits for another writer, and anyone for a free connection.
const PATIENCE: Duration = Duration::from_secs(5);
/// SQLite readers at once. There is one writer whatever the number.
const SQLITE_CONNECTIONS: u32 = 4;
const POSTGRES_CONNECTIONS: u32 = 10;
/// How often a SQLite file that another program is making is tried again within [`PATIENCE`].
const OPENINGS: u32 = 100;

/// One of the two databases: a pair of pools, or of transactions.
#[derive(Debug, Clone)]
pub(crate) enum Backend<S, P> {
    Sqlite(S),
    Postgres(P),
}

/// The connections of an open database.
pub(crate) type Db = Backend<SqlitePool, PgPool>;
/// A transaction on it; dropped without [`Transaction::commit`], it leaves no trace.
pub(crate) type Transaction =
    Backend<sqlx::Transaction<'static, Sqlite>, sqlx::Transaction<'static, Postgres>>;

/// Runs one expression on whichever database is open.
macro_rules! on {
    ($backend:expr, $inner:ident => $body:expr) => {
        match $backend {
            $crate::db::Backend::Sqlite($inner) => $body,
            $crate::db::Backend::Postgres($inner) => $body,
        }
    };
}
pub(crate) use on;

/// Runs a statement with its values in a transaction; gives how many rows it changed.
macro_rules! execute {
    ($transaction:expr, $sql:expr $(, $value:expr)* $(,)?) => {
        $crate::db::on!($transaction, t => {
            sqlx::query($sql)$(.bind($value))*.execute(&mut **t).await.map(|done| done.rows_affected())
        })
    };
}
pub(crate) use execute;

/// Reads rows in a transaction, by `fetch_one`, `fetch_optional` or `fetch_all`.
macro_rules! fetch {
    ($transaction:expr, $how:ident, $sql:expr $(, $value:expr)* $(,)?) => {
        $crate::db::on!($transaction, t => sqlx::query_as($sql)$(.bind($value))*.$how(&mut **t).await)
    };
}
pub(crate) use fetch;

/// Reads rows of the newest state, outside any transaction.
macro_rules! read {
    ($db:expr, $how:ident, $sql:expr $(, $value:expr)* $(,)?) => {
        $crate::db::on!($db, pool => sqlx::query_as($sql)$(.bind($value))*.$how(pool).await)
    };
}
pub(crate) use read;

impl Db {
    pub(crate) async fn open(url: &DatabaseUrl) -> Result<Self, StoreError> {
        let unopened = |cause: sqlx::Error| match StoreError::from(cause) {
            StoreError::Unavailable { cause, .. } => {
                StoreError::Unavailable { what: format!("the database {url} does not open"), cause }
            }
            StoreError::Corrupt { what } => StoreError::Corrupt { what: format!("{url}: {what}") },
            other => other,
        };
        let db = match &url.0 {
            Place::SqliteFile(path) => open_sqlite_file(path).await.map(Backend::Sqlite),
            Place::SqliteMemory => open_sqlite_memory().await.map(Backend::Sqlite),
            Place::Postgres(options) => open_postgres(options).await.map(Backend::Postgres),
        }
        .map_err(unopened)?;
        match db.migrate().await {
            Ok(()) => Ok(db),
            Err(error) => {
                // PostgreSQL's migration lock belongs to the connection: it must not outlive a refusal.
                db.close().await;
                Err(error)
            }
        }
    }

    async fn migrate(&self) -> Result<(), StoreError> {
        match self {
            // The migrator takes no lock on SQLite: the writer's transaction around it is the lock.
            Self::Sqlite(pool) => {
                let mut transaction = pool.begin_with(BEGIN_IMMEDIATE).await?;
                // Not `run`: with a borrowed connection its future is not `Send`, so no task could open a store.
                let migrated = SQLITE_MIGRATIONS.run_direct(None, &mut *transaction, false).await;
                migrated.map_err(|error| refuse_schema(error, &SQLITE_MIGRATIONS))?;
                Ok(transaction.commit().await?)
            }
            Self::Postgres(pool) => {
                let migrated = POSTGRES_MIGRATIONS.run(pool).await;
                migrated.map_err(|error| refuse_schema(error, &POSTGRES_MIGRATIONS))
            }
        }
    }

    /// Begins the only kind of transaction that may write.
    pub(crate) async fn begin_write(&self) -> Result<Transaction, StoreError> {
        Ok(match self {
            Self::Sqlite(pool) => Backend::Sqlite(pool.begin_with(BEGIN_IMMEDIATE).await?),
            Self::Postgres(pool) => Backend::Postgres(begin_postgres(pool, "begin").await?),
        })
    }

    /// Begins a transaction that sees one state of the database, whatever is written meanwhile.
    pub(crate) async fn begin_read(&self) -> Result<Transaction, StoreError> {
        Ok(match self {
            Self::Sqlite(pool) => Backend::Sqlite(pool.begin().await?),
            Self::Postgres(pool) => Backend::Postgres(
                begin_postgres(pool, "begin isolation level repeatable read read only").await?,
            ),
        })
    }

    pub(crate) async fn close(&self) {
        on!(self, pool => pool.close().await);
    }
}

impl Transaction {
    pub(crate) async fn commit(self) -> Result<(), StoreError> {
        Ok(on!(self, transaction => transaction.commit().await)?)
    }
}

const BEGIN_IMMEDIATE: &str = "begin immediate";

/// Begins in a task of its own, which ends whether or not anyone still waits for it. A `begin` given up between the
/// statement and its answer (a reader who closes the page) would hand the connection back to the pool with the
/// transaction open, and the next to use it would write into a transaction that never commits: sqlx issue 4393,
/// present in 0.9.0. Finished in its task and then dropped, the transaction is rolled back.
async fn begin_postgres(
    pool: &PgPool,
    statement: &'static str,
) -> Result<sqlx::Transaction<'static, Postgres>, sqlx::Error> {
    let pool = pool.clone();
    let begun = tokio::spawn(async move { pool.begin_with(statement).await });
    begun.await.map_err(|_| sqlx::Error::WorkerCrashed)?
}

async fn open_sqlite_file(path: &Path) -> Result<SqlitePool, sqlx::Error> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let options =
        sqlite_options().filename(path).create_if_missing(true).journal_mode(SqliteJournalMode::Wal);
    let mut left = OPENINGS;
    loop {
        let pool = SqlitePoolOptions::new().max_connections(SQLITE_CONNECTIONS).acquire_timeout(PATIENCE);
        match pool.connect_with(options.clone()).await {
            // The change to a write-ahead log does not wait for another program that makes the same file just now.
            Err(cause) if left > 0 && is_busy(&cause) => {
                left -= 1;
                tokio::time::sleep(PATIENCE / OPENINGS).await;
            }
            outcome => return outcome,
        }
    }
}

/// A database in memory lives as long as its one connection, which therefore is never closed.
async fn open_sqlite_memory() -> Result<SqlitePool, sqlx::Error> {
    let pool = SqlitePoolOptions::new().max_connections(1).acquire_timeout(PATIENCE);
    pool.idle_timeout(None).max_lifetime(None).connect_with(sqlite_options().in_memory(true)).await
}

fn sqlite_options() -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .synchronous(SqliteSynchronous::Normal)
        .foreign_keys(true)
        .busy_timeout(PATIENCE)
}

async fn open_postgres(options: &PgConnectOptions) -> Result<PgPool, sqlx::Error> {
    let pool = PgPoolOptions::new().max_connections(POSTGRES_CONNECTIONS).acquire_timeout(PATIENCE);
    pool.connect_with(options.clone().application_name("whatworks")).await
}

fn refuse_schema(error: MigrateError, migrations: &Migrator) -> StoreError {
    let known = migrations.iter().map(|migration| migration.version).max().unwrap_or(0);
    match error {
        MigrateError::VersionMissing(found) if found > known => StoreError::NewerSchema { found, known },
        MigrateError::Execute(cause) => cause.into(),
        MigrateError::ExecuteMigration(cause, version) => {
            StoreError::Unavailable { what: format!("migration {version} of the database failed"), cause }
        }
        other => StoreError::Corrupt { what: other.to_string() },
    }
}
