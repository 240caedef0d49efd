//! Where a test keeps its database: a SQLite file in a fresh folder, then a PostgreSQL database of its own.
//!
//! PostgreSQL runs when WHATWORKS_TEST_POSTGRES holds the address of a server on which databases may be made. Each
//! test says on standard error whether it did. `Raw` writes what the store's own functions never would.

use sqlx::postgres::PgPoolOptions;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, PgPool, SqlitePool};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use tokio::runtime::{Builder, Runtime};
use whatworks_store::{DatabaseUrl, Store};

pub(crate) const SERVER: &str = "WHATWORKS_TEST_POSTGRES";

pub(crate) struct Place {
    pub(crate) url: DatabaseUrl,
    raw: Raw,
}

enum Raw {
    Sqlite(Box<SqliteConnectOptions>),
    Postgres(String),
}

impl Place {
    pub(crate) async fn open(&self) -> Store {
        Store::open(&self.url).await.unwrap()
    }

    pub(crate) fn is_sqlite(&self) -> bool {
        matches!(self.raw, Raw::Sqlite(_))
    }

    /// Runs statements beside the store's own connections.
    pub(crate) async fn run(&self, sql: &str) {
        match &self.raw {
            Raw::Sqlite(options) => {
                let pool = SqlitePool::connect_with(*options.clone()).await.unwrap();
                sqlx::raw_sql(AssertSqlSafe(sql)).execute(&pool).await.unwrap();
                pool.close().await;
            }
            Raw::Postgres(url) => {
                let pool = PgPool::connect(url).await.unwrap();
                sqlx::raw_sql(AssertSqlSafe(sql)).execute(&pool).await.unwrap();
                pool.close().await;
            }
        }
    }

    /// The rows of a query with one text column.
    pub(crate) async fn list(&self, sql: &str) -> Vec<String> {
        match &self.raw {
            Raw::Sqlite(options) => {
                let pool = SqlitePool::connect_with(*options.clone()).await.unwrap();
                sqlx::query_scalar(AssertSqlSafe(sql)).fetch_all(&pool).await.unwrap()
            }
            Raw::Postgres(url) => {
                let pool = PgPool::connect(url).await.unwrap();
                let rows = sqlx::query_scalar(AssertSqlSafe(sql)).fetch_all(&pool).await.unwrap();
                pool.close().await;
                rows
            }
        }
    }
}

fn runtime() -> Runtime {
    Builder::new_multi_thread().worker_threads(4).enable_all().build().unwrap()
}

/// Runs a test on SQLite, then on PostgreSQL if there is a server.
pub(crate) fn on_both(name: &str, test: &impl AsyncFn(&Place)) {
    on_sqlite(test);
    on_postgres(name, test);
}

pub(crate) fn on_sqlite(test: &impl AsyncFn(&Place)) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("made by the store").join("commons.db");
    let url = DatabaseUrl::sqlite(&path);
    let place = Place { url, raw: Raw::Sqlite(Box::new(SqliteConnectOptions::new().filename(&path))) };
    runtime().block_on(test(&place));
}

pub(crate) fn on_postgres(name: &str, test: &impl AsyncFn(&Place)) {
    let Ok(server) = std::env::var(SERVER) else {
        eprintln!("postgres: skipped {name} ({SERVER} not set)");
        return;
    };
    let runtime = runtime();
    let database = format!("whatworks_{name}_{}", std::process::id());
    let administer = async |statement: String| {
        let pool = PgPoolOptions::new().max_connections(1).connect(&server).await.unwrap();
        sqlx::raw_sql(AssertSqlSafe(statement)).execute(&pool).await.unwrap();
        pool.close().await;
    };
    runtime.block_on(administer(format!("create database {database}")));
    let url = with_database(&server, &database);
    let place = Place { url: url.parse().unwrap(), raw: Raw::Postgres(url) };
    let outcome = catch_unwind(AssertUnwindSafe(|| runtime.block_on(test(&place))));
    runtime.block_on(administer(format!("drop database {database} with (force)")));
    if let Err(panic) = outcome {
        resume_unwind(panic);
    }
    eprintln!("postgres: ran {name}");
}

/// The server's address with another database in it.
fn with_database(server: &str, database: &str) -> String {
    let (address, options) = match server.split_once('?') {
        Some((address, options)) => (address, format!("?{options}")),
        None => (server, String::new()),
    };
    let (scheme, rest) = address.split_once("://").unwrap();
    let host = rest.split('/').next().unwrap_or_default();
    format!("{scheme}://{host}/{database}{options}")
}
