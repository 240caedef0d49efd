//! The discussion of five days with few members; `cargo x slow` holds it with 1,600.

#[path = "../../benches/five_days/discussion/mod.rs"]
mod discussion;

use discussion::{Held, Setting, hold};
use std::num::NonZeroUsize;
use whatworks_store::{DatabaseUrl, Store};

async fn held(has_groups: bool, threads: usize) -> Held {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&DatabaseUrl::sqlite(folder.path().join("commons.db"))).await.unwrap();
    let threads = NonZeroUsize::new(threads).unwrap();
    hold(&store, Setting { members: 80, seed: 5, has_groups, threads, stopwatch: || 0.0 }).await
}

#[tokio::test]
async fn camps_are_found_from_announcement_to_archive_and_the_same_again() {
    let first = held(true, 1).await;
    assert!(first.book.faults.is_empty(), "{:#?}", first.book.faults);
    assert!(
        first.map.gate.groups_supported && first.agreement >= 0.7,
        "{:?} {}",
        first.map.gate,
        first.agreement
    );
    let done = [first.book.appeals, first.book.decisions, first.book.mails.len(), first.book.computed];
    assert!(done.iter().all(|count| *count > 0), "{done:?}");
    assert_eq!(held(true, 2).await.published, first.published);
}

#[tokio::test]
async fn without_camps_there_are_no_groups() {
    let held = held(false, 1).await;
    assert!(held.book.faults.is_empty(), "{:#?}", held.book.faults);
    assert!(!held.map.gate.groups_supported, "{:?}", held.map.gate);
}
