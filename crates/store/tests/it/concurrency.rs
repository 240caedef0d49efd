//! Many writers at once: nobody fails, nothing is lost, readers never see a mixture.

use crate::example::{NOON, base};
use crate::place::on_both;
use std::sync::Arc;
use tokio::sync::Barrier;
use whatworks_store::{LoadOutcome, Store};

const WRITERS: u32 = 8;
const LOADS: u32 = 30;

#[test]
fn writers_that_read_first_never_fail_nor_lose_a_version() {
    on_both("writers", &async |place| {
        // Two servers, so that the writers contend through different pools too.
        let stores = [place.open().await, place.open().await];
        let writers: Vec<_> = (0..WRITERS)
            .map(|writer| {
                let store = stores[(writer % 2) as usize].clone();
                tokio::spawn(async move {
                    for load in 0..LOADS {
                        let number = f64::from(writer * LOADS + load);
                        let outcome =
                            store.findings().load_base(&base(4, number), &number.to_string(), NOON).await;
                        assert!(matches!(outcome.unwrap(), LoadOutcome::Loaded { .. }));
                    }
                })
            })
            .collect();
        let all = i64::from(WRITERS * LOADS);
        let store = stores[0].clone();
        let reader = tokio::spawn(async move {
            let mut last = 0;
            while last < all {
                let evidence = store.findings().load_evidence().await.unwrap();
                assert!(evidence.version >= last);
                last = evidence.version;
                assert!(
                    evidence.findings.iter().all(|finding| finding.estimate.to_string() == evidence.digest)
                );
            }
        });
        for writer in writers {
            writer.await.unwrap();
        }
        let version = stores[1].findings().find_evidence_version().await.unwrap();
        assert_eq!(version, Some(all));
        reader.await.unwrap();
        for store in stores {
            store.close().await;
        }
    });
}

#[test]
fn servers_that_start_at_once_on_a_new_database_all_succeed() {
    on_both("starters", &async |place| {
        const SERVERS: usize = 4;
        let barrier = Arc::new(Barrier::new(SERVERS));
        let servers: Vec<_> = (0..SERVERS)
            .map(|_| {
                let (url, barrier) = (place.url.clone(), Arc::clone(&barrier));
                tokio::spawn(async move {
                    barrier.wait().await;
                    let store = Store::open(&url).await.unwrap();
                    let outcome = store.findings().load_base(&base(300, 1.0), "first", NOON).await.unwrap();
                    store.close().await;
                    outcome
                })
            })
            .collect();
        let mut loads = 0;
        for server in servers {
            match server.await.unwrap() {
                LoadOutcome::Unchanged => {}
                LoadOutcome::Loaded { added: 300, changed: 0, removed: 0 } => loads += 1,
                other @ LoadOutcome::Loaded { .. } => panic!("{other:?}"),
            }
        }
        assert_eq!(loads, 1);
        let store = place.open().await;
        assert_eq!(store.findings().load_evidence().await.unwrap().version, 1);
        store.close().await;
    });
}
