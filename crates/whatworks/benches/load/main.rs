//! A discussion with all its members at once: `cargo bench -p whatworks --bench load -- [OPTIONS]`.
//!
//! `--members 1600 --statements 200 --rate 50 --seconds 60`: so many members with a session each; visits arrive as a
//! Poisson process of `rate` a second, whoever is not at it already; times by kind of request. Exit 1 when the 99th percentile reaches
//! 250 ms or any answer is an error. `--kills 100`: the same visits while the program is killed (SIGKILL) after random
//! counts of answers and started again; then the database has to hold what was acknowledged, all of it once.
//! `--database postgres://…` instead of SQLite; the database must be empty.

#![expect(clippy::print_stdout, reason = "a benchmark reports on stdout")]
#![expect(clippy::unwrap_used, reason = "a benchmark may stop")]

mod rush;
mod simulation;

use simulation::program::Setting;
use simulation::{ledger, seeded};
use std::path::PathBuf;
use std::process::ExitCode;
use time::OffsetDateTime;
use whatworks_store::{DatabaseUrl, Store};

/// What the command line says.
#[derive(Debug, Clone)]
struct Options {
    members: usize,
    statements: usize,
    rate: f64,
    seconds: u64,
    kills: usize,
    seed: u64,
    database: Option<String>,
}

impl Options {
    fn read() -> Self {
        let mut options = Self {
            members: 1_600,
            statements: 200,
            rate: 50.0,
            seconds: 60,
            kills: 0,
            seed: 1,
            database: None,
        };
        let mut arguments = std::env::args().skip(1).filter(|argument| argument != "--bench");
        while let Some(name) = arguments.next() {
            let value = arguments.next().unwrap_or_else(|| panic!("{name} needs a value"));
            match name.as_str() {
                "--members" => options.members = value.parse().unwrap(),
                "--statements" => options.statements = value.parse().unwrap(),
                "--rate" => options.rate = value.parse().unwrap(),
                "--seconds" => options.seconds = value.parse().unwrap(),
                "--kills" => options.kills = value.parse().unwrap(),
                "--seed" => options.seed = value.parse().unwrap(),
                "--database" => options.database = Some(value),
                _ => panic!("{name} is no option"),
            }
        }
        options
    }
}

#[expect(clippy::disallowed_methods, reason = "a benchmark runs in real time")]
fn main() -> ExitCode {
    let options = Options::read();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("commons.db");
    let database = options.database.clone().unwrap_or_else(|| format!("sqlite:{}", path.display()));
    let url: DatabaseUrl = database.parse().unwrap();
    let setting = Setting {
        binary: PathBuf::from(env!("CARGO_BIN_EXE_whatworks")),
        data_dir: folder.path().join("data"),
        database,
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let store = Store::open(&url).await.unwrap();
        let seats =
            seeded::seed(&store, options.members, options.statements, OffsetDateTime::now_utc()).await;
        store.close().await;
        let done = rush::run(&setting, &seats, &options).await;
        let is_good = rush::report(&options, &done);
        let store = Store::open(&url).await.unwrap();
        let faults = ledger::faults(&store, &seats, &done.acknowledged).await;
        store.close().await;
        println!("{} kills: {} faults in what was acknowledged", options.kills, faults.len());
        for fault in faults.iter().take(20) {
            println!("  {fault}");
        }
        if is_good && faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    })
}
