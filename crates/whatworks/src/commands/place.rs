//! Where the commons keeps its memory, as every command that needs it is told.

use super::Failure;
use anyhow::Context;
use clap::Args;
use std::path::PathBuf;
use whatworks_store::{DatabaseUrl, Store, StoreError};

/// The file of the embedded database inside the data directory.
const FILE: &str = "whatworks.db";

/// The database, by its address or by the directory it lies in.
#[derive(Args)]
pub(crate) struct DatabasePlace {
    /// sqlite:PATH or postgres://…; without it a file in the data directory
    #[arg(long, env = "WHATWORKS_DATABASE", value_parser = parse_url)]
    database: Option<DatabaseUrl>,
    /// Directory for what the commons keeps
    #[arg(long, env = "WHATWORKS_DATA_DIR", default_value = "whatworks-data", value_name = "DIR")]
    data_dir: PathBuf,
}

fn parse_url(text: &str) -> Result<DatabaseUrl, String> {
    text.parse().map_err(|error: whatworks_store::DatabaseUrlError| error.to_string())
}

impl DatabasePlace {
    /// Opens the database, and makes it when it is a file that does not exist.
    pub(crate) async fn open(&self) -> Result<Store, Failure> {
        let url = self.database.clone().unwrap_or_else(|| DatabaseUrl::sqlite(self.data_dir.join(FILE)));
        Ok(Store::open(&url).await.with_context(|| format!("the database {url} cannot be used"))?)
    }

    /// The folder in which mail lies when no mail server is named.
    pub(crate) fn mail_folder(&self) -> PathBuf {
        self.data_dir.join("mail")
    }

    /// Opens the database only when there is one: to look is not to make.
    pub(crate) async fn open_existing(&self) -> Result<Option<Store>, Failure> {
        if self.database.is_none() && !self.data_dir.join(FILE).is_file() {
            return Ok(None);
        }
        self.open().await.map(Some)
    }
}

/// What the store refuses is refused; what it cannot do is a failure.
pub(crate) fn refuse_conflict(error: StoreError, hint: &str) -> Failure {
    match error {
        StoreError::Conflict { what } => Failure::Refused { problem: what, hint: hint.to_owned() },
        other => Failure::Failed(anyhow::Error::new(other).context("the database did not do what was asked")),
    }
}
