//! What a database may not do to a reader: lose evidence halfway, hand out damaged findings, run under old code.

use crate::example::{NOON, base, finding};
use crate::place::{on_both, on_sqlite};
use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;
use whatworks_store::{DatabaseUrl, LoadOutcome, Store, StoreError};

#[test]
fn a_load_that_fails_in_the_middle_leaves_the_former_evidence() {
    on_both("failed_load", &async |place| {
        let store = place.open().await;
        store.findings().load_base(&base(500, 1.0), "former", NOON).await.unwrap();
        let former = store.findings().load_evidence().await.unwrap();

        // Rows go in 200 at a time: the 450th falls in the third statement, after removals and two good ones.
        let mut next = base(500, 2.0);
        next.remove(0);
        place
            .run(if place.is_sqlite() {
                "create trigger refuse before update on finding when new.finding_id = 'f0450' and \
                 new.body <> old.body begin select raise(abort, 'refused by the test'); end"
            } else {
                "alter table finding add constraint refuse check \
                 (finding_id <> 'f0450' or (body ->> 'estimate')::float8 = 1.0)"
            })
            .await;
        let failed = store.findings().load_base(&next, "next", NOON).await;
        assert!(failed.is_err());
        assert_eq!(store.findings().load_evidence().await.unwrap(), former);
        let restarted = place.open().await;
        assert_eq!(restarted.findings().load_evidence().await.unwrap(), former);
        restarted.close().await;

        place
            .run(if place.is_sqlite() {
                "drop trigger refuse"
            } else {
                "alter table finding drop constraint refuse"
            })
            .await;
        let loaded = store.findings().load_base(&next, "next", NOON).await.unwrap();
        assert_eq!(loaded, LoadOutcome::Loaded { added: 0, changed: 499, removed: 1 });
        store.close().await;
    });
}

/// Gives a future up when it still waits after so many turns.
pub(crate) async fn give_up_after<T>(turns: usize, future: impl Future<Output = T>) -> Option<T> {
    let mut future = pin!(future);
    let mut left = turns;
    poll_fn(|context| match future.as_mut().poll(context) {
        Poll::Ready(value) => Poll::Ready(Some(value)),
        Poll::Pending if left == 0 => Poll::Ready(None),
        Poll::Pending => {
            left -= 1;
            Poll::Pending
        }
    })
    .await
}

#[test]
fn a_load_given_up_at_any_point_leaves_one_evidence_or_the_other() {
    on_both("given_up", &async |place| {
        // How often a load waits depends on how fast the database answers, so the points differ from run to run;
        // what must hold at each of them does not.
        let store = place.open().await;
        let mut given_up = 0;
        for round in 1_u32..=3 {
            let former = store.findings().load_evidence().await.unwrap();
            let (next, digest) = (base(60 + round as usize, f64::from(round)), format!("round {round}"));
            for turns in 0.. {
                let outcome = give_up_after(turns, store.findings().load_base(&next, &digest, NOON)).await;
                let evidence = store.findings().load_evidence().await.unwrap();
                if evidence == former {
                    assert!(outcome.is_none());
                    given_up += 1;
                    continue;
                }
                assert_eq!((evidence.version, &evidence.digest), (i64::from(round), &digest));
                assert_eq!(evidence.findings, next);
                break;
            }
        }
        assert!(given_up > 0);
        store.close().await;
    });
}

#[test]
fn a_damaged_finding_is_named_and_a_new_base_mends_it() {
    on_both("damaged", &async |place| {
        let store = place.open().await;
        let findings = [finding("a", 1.0), finding("b", 2.0)];
        store.findings().load_base(&findings, "first", NOON).await.unwrap();
        for body in [
            r#"{"estimate": 1}"#.to_string(),
            "[]".into(),
            serde_json::to_string(&findings[0]).unwrap(),
            serde_json::to_string(&findings[1]).unwrap().replace(r#""std_error":0.3"#, r#""std_error":-0.3"#),
        ] {
            let body = body.replace('\'', "''");
            place.run(&format!("update finding set body = '{body}' where finding_id = 'b'")).await;
            let error = store.findings().load_evidence().await.unwrap_err();
            assert!(matches!(&error, StoreError::Corrupt { what } if what.contains("finding b")), "{error}");
        }
        let loaded = store.findings().load_base(&findings, "second", NOON).await.unwrap();
        assert_eq!(loaded, LoadOutcome::Loaded { added: 0, changed: 1, removed: 0 });
        assert_eq!(store.findings().load_evidence().await.unwrap().findings, findings);
        store.close().await;
    });
}

#[test]
fn a_newer_database_is_refused_and_left_alone() {
    on_both("newer", &async |place| {
        let store = place.open().await;
        store.findings().load_base(&base(2, 1.0), "first", NOON).await.unwrap();
        let evidence = store.findings().load_evidence().await.unwrap();
        store.close().await;
        let row = if place.is_sqlite() { "x'00'" } else { "'\\x00'" };
        place
            .run(&format!(
                "insert into _sqlx_migrations (version, description, success, checksum, execution_time) \
                 values (9999, 'of tomorrow', true, {row}, 1)"
            ))
            .await;
        for _ in 0..2 {
            let error = Store::open(&place.url).await.unwrap_err();
            assert!(matches!(error, StoreError::NewerSchema { found: 9999, known: 1..9999 }), "{error}");
            assert!(error.to_string().contains("newer version of this program"), "{error}");
        }
        place.run("delete from _sqlx_migrations where version = 9999").await;
        let store = place.open().await;
        assert_eq!(store.findings().load_evidence().await.unwrap(), evidence);
        store.close().await;
    });
}

#[test]
fn what_cannot_be_opened_says_why() {
    on_sqlite(&async |_| {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("letter.txt");
        std::fs::write(&file, "Dear reader, this is not a database. ".repeat(200)).unwrap();
        let error = Store::open(&DatabaseUrl::sqlite(&file)).await.unwrap_err();
        assert!(matches!(&error, StoreError::Corrupt { what } if what.contains("letter.txt")), "{error}");
        let error = Store::open(&DatabaseUrl::sqlite(file.join("commons.db"))).await.unwrap_err();
        assert!(
            matches!(&error, StoreError::Unavailable { what, .. } if what.contains("letter.txt")),
            "{error}"
        );

        // Port 1 of this machine answers nobody.
        let url: DatabaseUrl = "postgres://ann:secret@127.0.0.1:1/commons".parse().unwrap();
        let error = Store::open(&url).await.unwrap_err();
        assert!(matches!(error, StoreError::Unavailable { .. }), "{error}");
        assert_eq!(error.to_string(), "the database postgres://ann@127.0.0.1:1/commons does not open");
    });
}

#[test]
fn a_database_in_memory_serves_many_at_once() {
    on_sqlite(&async |_| {
        let store = Store::open(&"sqlite::memory:".parse().unwrap()).await.unwrap();
        store.findings().load_base(&base(3, 1.0), "first", NOON).await.unwrap();
        let readers: Vec<_> = (0..8)
            .map(|_| {
                let store = store.clone();
                tokio::spawn(async move { store.findings().load_evidence().await.unwrap().findings.len() })
            })
            .collect();
        for reader in readers {
            assert_eq!(reader.await.unwrap(), 3);
        }
        store.close().await;
    });
}
