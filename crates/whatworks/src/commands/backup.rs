//! `whatworks backup` and `whatworks restore`: a whole commons in one file, and back.
//!
//! A backup runs beside a serving commons and is written aside, then renamed: a name that exists is a whole backup. A
//! restore fills an empty database or changes nothing.

use super::place::DatabasePlace;
use super::{Failure, Outcome, now, print};
use anyhow::Context;
use clap::Args;
use std::fs::File;
use std::io::{BufReader, BufWriter};
use std::path::{Path, PathBuf};
use whatworks_store::NewAudit;
use whatworks_store::backup::BackupError;

/// What the command line says to `backup`.
#[derive(Args)]
pub(crate) struct BackupArguments {
    /// The file to write; it must not exist yet
    #[arg(value_name = "OUT")]
    out: PathBuf,
    #[command(flatten)]
    place: DatabasePlace,
}

/// What the command line says to `restore`.
#[derive(Args)]
pub(crate) struct RestoreArguments {
    /// A file that `whatworks backup` wrote
    #[arg(value_name = "IN")]
    from: PathBuf,
    #[command(flatten)]
    place: DatabasePlace,
}

pub(crate) fn back_up(arguments: &BackupArguments) -> Outcome {
    super::runtime()?.block_on(write(arguments))
}

pub(crate) fn restore(arguments: &RestoreArguments) -> Outcome {
    super::runtime()?.block_on(read(arguments))
}

async fn write(arguments: &BackupArguments) -> Outcome {
    let out = &arguments.out;
    if out.exists() {
        return Err(Failure::Refused {
            problem: format!("{} exists already", out.display()),
            hint: "choose another name: a backup never overwrites a file".into(),
        });
    }
    let Some(store) = arguments.place.open_existing().await? else {
        return Err(Failure::Refused {
            problem: "there is no commons to back up here".into(),
            hint: "say where it is with --data-dir or --database".into(),
        });
    };
    // In the record before it is in the file, so that the file says of itself that it was made.
    note(&store, "backup").await?;
    let aside = beside(out);
    let written = write_aside(&store, &aside).await;
    store.close().await;
    let rows = match written {
        Ok(rows) => rows,
        Err(error) => {
            // The half of a backup is worth nothing; when it cannot even be removed, the error below is what matters.
            let _ = std::fs::remove_file(&aside);
            return Err(failure(error, out));
        }
    };
    std::fs::rename(&aside, out).with_context(|| format!("{} cannot be written", out.display()))?;
    print(&format!("{rows} rows saved in {}\n", out.display()))
}

async fn write_aside(store: &whatworks_store::Store, aside: &Path) -> Result<u64, BackupError> {
    let mut file = BufWriter::new(File::create_new(aside)?);
    let rows = store.back_up(&mut file, now()).await?;
    file.into_inner().map_err(std::io::IntoInnerError::into_error)?.sync_all()?;
    Ok(rows)
}

/// A name beside the one that is meant, on the same disk so that renaming is one step.
fn beside(out: &Path) -> PathBuf {
    let mut name = out.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.part", std::process::id()));
    out.with_file_name(name)
}

async fn read(arguments: &RestoreArguments) -> Outcome {
    let from = &arguments.from;
    let file = File::open(from).map_err(|error| Failure::Refused {
        problem: format!("{}: cannot be read: {error}", from.display()),
        hint: "check the path".into(),
    })?;
    let store = arguments.place.open().await?;
    let restored = store.restore(BufReader::new(file)).await.map_err(|error| failure(error, from));
    if restored.is_ok() {
        note(&store, "restore").await?;
    }
    store.close().await;
    let restored = restored?;
    let made_at = restored.made_at.format(&time::format_description::well_known::Rfc3339).unwrap_or_default();
    print(&format!("{} rows restored from the backup of {made_at}\n", restored.rows))
}

/// Leaves a row in the record of acts with power.
async fn note(store: &whatworks_store::Store, event: &str) -> Outcome {
    let entry = NewAudit {
        actor: "program".into(),
        event: event.into(),
        object: "commons".into(),
        detail: String::new(),
    };
    Ok(store.audit().append(&entry, now()).await.context("the record of acts cannot be written")?)
}

fn failure(error: BackupError, file: &Path) -> Failure {
    let hint = match &error {
        BackupError::Damaged { .. } => "use another backup: nothing of this one was restored",
        BackupError::Schema { .. } => "nothing was restored",
        BackupError::NotEmpty { .. } => {
            "name a database that does not exist yet with --data-dir or --database"
        }
        BackupError::File(_) | BackupError::Store(_) => {
            let context = format!("{} did not come to its end", file.display());
            return Failure::Failed(anyhow::Error::new(error).context(context));
        }
    };
    Failure::Refused { problem: format!("{}: {error}", file.display()), hint: hint.into() }
}
