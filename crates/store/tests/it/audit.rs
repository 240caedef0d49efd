//! The record of acts with power: one chain whoever writes, and no change goes unseen.

use crate::example::NOON;
use crate::place::{Place, on_both};
use whatworks_store::{AuditBreak, AuditFault, AuditVerdict, NewAudit, Store};

const WRITERS: i64 = 8;
const ROWS: i64 = 15;

fn entry(actor: &str, object: &str) -> NewAudit {
    NewAudit {
        actor: actor.into(),
        event: "role-granted".into(),
        object: object.into(),
        detail: "editor; it's “due” — \\ 漢".into(),
    }
}

async fn filled(place: &Place, rows: i64) -> Store {
    let store = place.open().await;
    for number in 0..rows {
        store.audit().append(&entry("m", &number.to_string()), NOON).await.unwrap();
    }
    store
}

#[test]
fn many_writers_make_one_chain() {
    on_both("audit_writers", &async |place| {
        let stores = [place.open().await, place.open().await];
        assert_eq!(
            stores[0].audit().verify().await.unwrap(),
            AuditVerdict { rows: 0, head: String::new(), broken: None }
        );
        let writers: Vec<_> = (0..WRITERS)
            .map(|writer| {
                let store = stores[usize::try_from(writer % 2).unwrap()].clone();
                tokio::spawn(async move {
                    for row in 0..ROWS {
                        let entry = entry(&writer.to_string(), &row.to_string());
                        store.audit().append(&entry, NOON).await.unwrap();
                    }
                })
            })
            .collect();
        for writer in writers {
            writer.await.unwrap();
        }
        let verdict = stores[0].audit().verify().await.unwrap();
        assert_eq!((verdict.rows, verdict.broken), (WRITERS * ROWS, None));
        let newest = stores[1].audit().list(None, 3).await.unwrap();
        assert_eq!(newest.iter().map(|row| row.position).collect::<Vec<_>>(), [120, 119, 118]);
        assert_eq!(newest[0].hash, verdict.head);
        assert_eq!(newest[0].previous_hash, newest[1].hash);
        assert_eq!(stores[1].audit().list(Some(2), 3).await.unwrap().len(), 1);
        for store in stores {
            store.close().await;
        }
    });
}

#[test]
fn a_change_is_found_where_it_is() {
    for (name, change, position, fault) in [
        ("audit_detail", "update audit set detail = 'none' where position = 3", 3, AuditFault::Changed),
        ("audit_actor", "update audit set actor = 'n' where position = 1", 1, AuditFault::Changed),
        (
            "audit_time",
            "update audit set happened_at = '2026-03-01T12:00:01Z' where position = 4",
            4,
            AuditFault::Changed,
        ),
        ("audit_lost", "delete from audit where position = 2", 2, AuditFault::Missing),
        ("audit_hash", "update audit set hash = 'x' where position = 2", 2, AuditFault::Changed),
        ("audit_link", "update audit set previous_hash = 'x' where position = 2", 2, AuditFault::Unchained),
        ("audit_first", "delete from audit where position = 1", 1, AuditFault::Missing),
    ] {
        on_both(name, &async |place| {
            let store = filled(place, 5).await;
            assert_eq!(store.audit().verify().await.unwrap().broken, None);
            place.run(change).await;
            let verdict = store.audit().verify().await.unwrap();
            assert_eq!(verdict.broken, Some(AuditBreak { position, fault }), "{name}");
            assert_eq!(verdict.rows, position - 1);
            store.close().await;
        });
    }
}

#[test]
fn rows_cut_off_at_the_end_show_against_a_head_kept_elsewhere() {
    on_both("audit_cut", &async |place| {
        let store = filled(place, 5).await;
        let kept = store.audit().verify().await.unwrap();
        place.run("delete from audit where position = 5").await;
        let verdict = store.audit().verify().await.unwrap();
        assert_eq!(verdict.broken, None);
        assert!(verdict.rows < kept.rows && verdict.head != kept.head);
        store.close().await;
    });
}
