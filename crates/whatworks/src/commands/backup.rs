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
use whatworks_forum::acts::data::reapply_erasures;
use whatworks_store::backup::{BackupError, erasures_in};
use whatworks_store::{ErasureEntry, NewAudit};

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
    /// A newer backup: who was erased by then is erased here again
    #[arg(long, value_name = "NEWER")]
    erased_in: Option<PathBuf>,
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
    let file = open(from)?;
    let newer = match &arguments.erased_in {
        Some(newer) => ledger_in(newer)?,
        None => Vec::new(),
    };
    let store = arguments.place.open().await?;
    let restored = match store.restore(BufReader::new(file)).await {
        Ok(restored) => restored,
        Err(error) => {
            store.close().await;
            return Err(failure(error, from));
        }
    };
    note(&store, "restore").await?;
    let reapplied = reapply_erasures(&store, &newer, now()).await;
    store.close().await;
    let reapplied =
        reapplied.context("who had left could not be erased again: restore into another database")?;
    let made_at = restored.made_at.format(&time::format_description::well_known::Rfc3339).unwrap_or_default();
    let erased = match reapplied.erased {
        0 => String::new(),
        erased => format!("{erased} members who had left since were erased again\n"),
    };
    print(&format!("{} rows restored from the backup of {made_at}\n{erased}", restored.rows))?;
    if reapplied.last_stewards.is_empty() {
        return Ok(());
    }
    Err(Failure::Refused {
        problem: format!("{} had left, but is the only steward here", reapplied.last_stewards.join(", ")),
        hint: "make another steward, then erase this member from the page of members".into(),
    })
}

fn open(path: &Path) -> Result<File, Failure> {
    File::open(path).map_err(|error| Failure::Refused {
        problem: format!("{}: cannot be read: {error}", path.display()),
        hint: "check the path".into(),
    })
}

/// Who was erased, as a backup remembers it.
fn ledger_in(path: &Path) -> Result<Vec<ErasureEntry>, Failure> {
    let rows = erasures_in(BufReader::new(open(path)?)).map_err(|error| failure(error, path))?;
    let entries: Option<Vec<ErasureEntry>> = rows.iter().map(ErasureEntry::read).collect();
    entries.ok_or_else(|| Failure::Refused {
        problem: format!("{}: its ledger of erasures cannot be read", path.display()),
        hint: "use another backup".into(),
    })
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
