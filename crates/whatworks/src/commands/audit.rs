//! `whatworks audit`: the chained record of acts with power, shown and checked.
//!
//! A row changed, lost or put in breaks the chain where it happened. Rows cut off at the end leave a chain that holds:
//! only a head that was noted elsewhere tells, so `verify` prints the head and takes one to compare with.

use super::place::DatabasePlace;
use super::{Failure, Outcome, print};
use anyhow::Context;
use clap::{Args, Subcommand};
use serde_json::{Value, json};
use time::format_description::well_known::Rfc3339;
use whatworks_store::{AuditFault, AuditRow, AuditVerdict, Store};

/// Most rows that `list` shows at once.
const MOST: u32 = 10_000;

/// What the command line says.
#[derive(Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    /// Walk the chain from its first row; exit code 1 where it breaks
    Verify {
        /// A head noted earlier, which must still be in the chain
        #[arg(long, value_name = "HASH")]
        head: Option<String>,
        #[command(flatten)]
        place: DatabasePlace,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Show the newest rows
    List {
        /// How many
        #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=i64::from(MOST)))]
        limit: u32,
        #[command(flatten)]
        place: DatabasePlace,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
}

pub(crate) fn run(arguments: &Arguments) -> Outcome {
    super::runtime()?.block_on(act(&arguments.action))
}

async fn act(action: &Action) -> Outcome {
    let (Action::Verify { place, .. } | Action::List { place, .. }) = action;
    let Some(store) = place.open_existing().await? else {
        return Err(Failure::Refused {
            problem: "there is no commons here".into(),
            hint: "say where it is with --data-dir or --database".into(),
        });
    };
    let outcome = match action {
        Action::Verify { head, json, .. } => verify(&store, head.as_deref(), *json).await,
        Action::List { limit, json, .. } => list(&store, *limit, *json).await,
    };
    store.close().await;
    outcome
}

async fn verify(store: &Store, noted: Option<&str>, json: bool) -> Outcome {
    let verdict = store.audit().verify().await.context("the record cannot be read")?;
    let noted_at = match noted {
        Some(head) => position_of(store, head).await?,
        None => None,
    };
    if json {
        let broken = verdict.broken.map(|at| json!({"position": at.position, "fault": fault_code(at.fault)}));
        let answer = json!({
            "holds": verdict.broken.is_none() && (noted.is_none() || noted_at.is_some()),
            "rows": verdict.rows, "head": verdict.head, "broken": broken, "noted_head_at": noted_at,
        });
        print(&format!("{answer}\n"))?;
    } else if verdict.broken.is_none() {
        print(&said(&verdict))?;
    }
    if let Some(at) = verdict.broken {
        return Err(Failure::Refused {
            problem: format!("the record breaks at row {}: {}", at.position, fault_words(at.fault)),
            hint: "compare with a backup from before; rows up to the one before this hold".into(),
        });
    }
    match (noted, noted_at) {
        (Some(head), None) => Err(Failure::Refused {
            problem: format!("the head {head} is not in the record: rows at its end are missing"),
            hint: "compare with a backup from when the head was noted".into(),
        }),
        _ => Ok(()),
    }
}

fn said(verdict: &AuditVerdict) -> String {
    if verdict.rows == 0 {
        return "the record is empty\n".to_owned();
    }
    format!("{} rows, the chain holds\nhead {}\n", verdict.rows, verdict.head)
}

/// The position of the row with this hash.
async fn position_of(store: &Store, head: &str) -> Result<Option<i64>, Failure> {
    let mut before = None;
    loop {
        let rows = store.audit().list(before, MOST).await.context("the record cannot be read")?;
        if let Some(row) = rows.iter().find(|row| row.hash == head) {
            return Ok(Some(row.position));
        }
        let Some(last) = rows.last() else { return Ok(None) };
        before = Some(last.position);
    }
}

fn fault_code(fault: AuditFault) -> &'static str {
    match fault {
        AuditFault::Missing => "missing",
        AuditFault::Unchained => "unchained",
        AuditFault::Changed => "changed",
    }
}

fn fault_words(fault: AuditFault) -> &'static str {
    match fault {
        AuditFault::Missing => "it is missing",
        AuditFault::Unchained => "it does not follow from the row before",
        AuditFault::Changed => "what it says is not what was written",
    }
}

async fn list(store: &Store, limit: u32, json: bool) -> Outcome {
    let rows = store.audit().list(None, limit).await.context("the record cannot be read")?;
    if json {
        let rows: Vec<Value> = rows.iter().map(row_json).collect();
        return print(&format!("{}\n", json!({ "rows": rows })));
    }
    let line = |row: &AuditRow| {
        let detail = if row.detail.is_empty() { String::new() } else { format!(" ({})", row.detail) };
        format!(
            "{:>6}  {}  {}  {}  {}{detail}\n",
            row.position,
            moment(row),
            row.actor,
            row.event,
            row.object
        )
    };
    print(&rows.iter().map(line).collect::<String>())
}

fn moment(row: &AuditRow) -> String {
    row.happened_at.format(&Rfc3339).unwrap_or_default()
}

fn row_json(row: &AuditRow) -> Value {
    json!({
        "position": row.position, "happened_at": moment(row), "actor": row.actor, "event": row.event,
        "object": row.object, "detail": row.detail, "previous_hash": row.previous_hash, "hash": row.hash,
    })
}
