//! The program killed (SIGKILL) while members read, vote and write, and started again: what it had acknowledged is in the
//! database, once. `cargo bench -p whatworks --bench load -- --kills 100` does the same with 1,600 members.

#[path = "../../benches/load/simulation/mod.rs"]
mod simulation;

use simulation::member::{Kind, Line, Member};
use simulation::program::{Program, Setting};
use simulation::{ledger, seeded};
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::sync::{mpsc, watch};
use tokio::task::JoinSet;
use whatworks_store::{DatabaseUrl, Store};

const MEMBERS: usize = 24;
const STATEMENTS: usize = 30;
/// The program is killed after so many answers more, in the midst of what others wait for.
const KILL_AFTER: [usize; 5] = [31, 7, 53, 18, 40];

async fn killed_and_started_again(database: &str) {
    let folder = tempfile::tempdir().unwrap();
    let setting = Setting {
        binary: PathBuf::from(env!("CARGO_BIN_EXE_whatworks")),
        data_dir: folder.path().join("data"),
        database: database.to_owned(),
    };
    let url: DatabaseUrl = database.parse().unwrap();
    let store = Store::open(&url).await.unwrap();
    let seats = seeded::seed(&store, MEMBERS, STATEMENTS, now()).await;
    store.close().await;

    let mut program = Program::start(&setting);
    let (address, watching) = watch::channel(program.address);
    let (answered, mut answers) = mpsc::unbounded_channel();
    let is_over = Arc::new(AtomicBool::new(false));
    let mut members = JoinSet::new();
    for seat in &seats {
        let line = Line { address: watching.clone(), answered: answered.clone() };
        let (mut member, is_over) = (Member::new(seat.clone(), line, 7), Arc::clone(&is_over));
        members.spawn(async move {
            while !is_over.load(Ordering::Relaxed) {
                member.visit().await;
            }
            member
        });
    }
    for count in KILL_AFTER {
        for _ in 0..count {
            answers.recv().await.unwrap();
        }
        program.kill();
        program = Program::start(&setting);
        address.send(program.address).unwrap();
    }
    is_over.store(true, Ordering::Relaxed);
    let mut done: Vec<Member> = members.join_all().await;
    done.sort_by_key(Member::number);
    program.kill();

    for heard in done.iter().flat_map(|member| &member.heard) {
        assert!([200, 303, 429].contains(&heard.status), "{heard:?}");
        assert!(heard.bytes <= 14 << 10 && heard.took.as_secs() < 60, "{heard:?}");
    }
    let votes = |member: &Member| member.heard.iter().any(|heard| heard.kind == Kind::Vote);
    assert!(done.iter().any(votes));
    let acknowledged: Vec<_> = done.into_iter().map(|member| member.acknowledged).collect();
    assert!(acknowledged.iter().map(|member| member.votes.len()).sum::<usize>() > 10, "{acknowledged:?}");
    let store = Store::open(&url).await.unwrap();
    let faults = ledger::faults(&store, &seats, &acknowledged).await;
    store.close().await;
    assert!(faults.is_empty(), "{faults:#?}");
}

#[expect(
    clippy::disallowed_methods,
    reason = "the program reads the real clock, so the question has to be open by it"
)]
fn now() -> time::OffsetDateTime {
    time::OffsetDateTime::now_utc()
}

#[tokio::test]
async fn nothing_acknowledged_is_lost_or_doubled_on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    killed_and_started_again(&format!("sqlite:{}", folder.path().join("commons.db").display())).await;
}

#[tokio::test]
async fn nothing_acknowledged_is_lost_or_doubled_on_postgresql() {
    const SERVER: &str = "WHATWORKS_TEST_POSTGRES";
    let Ok(server) = std::env::var(SERVER) else {
        eprintln!("postgres: skipped killed ({SERVER} not set)");
        return;
    };
    let database = format!("whatworks_killed_{}", std::process::id());
    let mut administration = PgConnection::connect(&server).await.unwrap();
    let create = format!("create database {database}");
    sqlx::raw_sql(AssertSqlSafe(create)).execute(&mut administration).await.unwrap();
    let (place, _) = server.rsplit_once('/').unwrap();
    killed_and_started_again(&format!("{place}/{database}")).await;
    let drop = format!("drop database {database} with (force)");
    sqlx::raw_sql(AssertSqlSafe(drop)).execute(&mut administration).await.unwrap();
    eprintln!("postgres: ran killed");
}
