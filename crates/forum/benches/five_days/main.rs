//! The discussion of five days at full size: `cargo bench -p whatworks-forum --bench five_days -- [MEMBERS]`, 1,600 without a
//! number; a part of `cargo x slow`. Once with three camps, which have to be found; once without, where no groups may be.
//! SQLite; with `WHATWORKS_DISCUSSION_DATABASE` the first of the two in that empty database instead. Exit 1 on any fault.

#![expect(clippy::print_stdout, reason = "a simulation reports on stdout")]
#![expect(clippy::unwrap_used, reason = "a simulation may stop")]

mod discussion;

use discussion::{Held, Setting, hold};
use std::num::NonZeroUsize;
use std::process::ExitCode;
use std::sync::OnceLock;
use std::time::Instant;
use whatworks_store::{DatabaseUrl, Store};

#[expect(clippy::disallowed_methods, reason = "acts are timed")]
fn stopwatch() -> f64 {
    static START: OnceLock<Instant> = OnceLock::new();
    START.get_or_init(Instant::now).elapsed().as_secs_f64()
}

/// The second at or below which 99 in 100 acts lie; 0 without acts.
fn p99(seconds: &[f64]) -> f64 {
    let mut seconds = seconds.to_vec();
    seconds.sort_by(f64::total_cmp);
    seconds.get(seconds.len() * 99 / 100).copied().unwrap_or(0.0)
}

fn report(held: &Held, seconds: f64) -> bool {
    let (book, map) = (&held.book, &held.map);
    println!(
        "{} votes by {} people on {} statements, {} posts ({} shown), {} proposed, {} flags, {} decisions, {} appeals, {} mails, {} maps; {seconds:.0} s",
        book.votes,
        map.n_participants,
        map.n_statements,
        book.posts.len(),
        book.shown.len(),
        book.proposed,
        book.flags,
        book.decisions,
        book.appeals,
        book.mails.len(),
        book.computed,
    );
    let groups: Vec<String> = map.groups.iter().map(|group| format!("{} {}", group.id, group.size)).collect();
    println!(
        "p = {:?}, groups [{}], adjusted Rand index with the camps {:.2}; {} bytes to read at the end; 99 in 100 acts within {:.1} ms; {} faults",
        map.gate.p_value,
        groups.join(", "),
        held.agreement,
        held.published.len(),
        1e3 * p99(&book.seconds),
        book.faults.len(),
    );
    for fault in book.faults.iter().take(20) {
        println!("  {fault}");
    }
    book.faults.is_empty()
}

fn main() -> ExitCode {
    let members = std::env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(1_600);
    let threads = std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let mut is_good = true;
    for has_groups in [true, false] {
        let folder = tempfile::tempdir().unwrap();
        let own = std::env::var("WHATWORKS_DISCUSSION_DATABASE").ok().filter(|_| has_groups);
        let url = own.map_or_else(
            || DatabaseUrl::sqlite(folder.path().join("commons.db")),
            |url| url.parse().unwrap(),
        );
        let start = stopwatch();
        let held = runtime.block_on(async {
            let store = Store::open(&url).await.unwrap();
            let setting = Setting { members, seed: 5, has_groups, threads, stopwatch };
            let held = hold(&store, setting).await;
            store.close().await;
            held
        });
        println!("{members} members, {}", if has_groups { "three camps" } else { "no camps" });
        is_good &= report(&held, stopwatch() - start);
        is_good &= held.map.gate.groups_supported == has_groups;
        is_good &= !has_groups || held.agreement >= 0.7;
    }
    if is_good { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
