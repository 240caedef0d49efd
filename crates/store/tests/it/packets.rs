//! Trusted keys, received packets, and what is taken back, told on both databases.

use crate::example::{EVENING, NOON, base, finding};
use crate::place::on_both;
use std::sync::Arc;
use time::Duration;
use whatworks_domain::Finding;
use whatworks_store::{
    KeyOutcome, LoadOutcome, NewKey, NewPacket, ReceiveOutcome, RetractOutcome, RetractionAct, Store,
    StoreError,
};

fn key(of: &str) -> NewKey {
    NewKey { key_id: format!("id-{of}"), public_key: format!("base64 of {of}"), institution: of.into() }
}

/// A packet of `north`, its content named by one letter.
fn packet<'a>(content: &'a str, finding: &'a Finding, supersedes: Option<&'a str>) -> NewPacket<'a> {
    NewPacket {
        content_id: content,
        finding,
        key_id: "id-north",
        institution: "north",
        envelope: "{\"payload\" : \"…\"}\r\n",
        supersedes,
        issued_at: NOON,
        valid_until: NOON + Duration::days(365),
    }
}

async fn refused(store: &Store, packet: NewPacket<'_>, words: &str) {
    let before = store.findings().load_evidence().await.unwrap();
    let error = store.packets().receive_packet(packet, EVENING).await.unwrap_err();
    assert!(matches!(&error, StoreError::Conflict { what } if what.contains(words)), "{error}");
    assert_eq!(store.findings().load_evidence().await.unwrap(), before);
}

async fn ids(store: &Store) -> Vec<String> {
    let evidence = store.findings().load_evidence().await.unwrap();
    evidence.findings.iter().map(|finding| finding.finding_id.to_string()).collect()
}

#[test]
fn a_key_is_trusted_for_one_institution_and_never_forgotten() {
    on_both("trust", &async |place| {
        let store = place.open().await;
        let trust = store.trust();
        assert_eq!(trust.add_key(&key("north"), NOON).await.unwrap(), KeyOutcome::Done);
        assert_eq!(trust.add_key(&key("north"), EVENING).await.unwrap(), KeyOutcome::Unchanged);
        for (other, words) in [
            (NewKey { institution: "south".into(), ..key("north") }, "is that of north"),
            (NewKey { public_key: "another".into(), ..key("north") }, "another key"),
        ] {
            let error = trust.add_key(&other, EVENING).await.unwrap_err();
            assert!(error.to_string().contains(words), "{error}");
        }
        for (key_id, institution, words) in
            [("id-south", "south", "never trusted"), ("id-north", "south", "is that of north")]
        {
            let error = trust.revoke_key(key_id, institution, "lost", EVENING).await.unwrap_err();
            assert!(error.to_string().contains(words), "{error}");
        }
        assert_eq!(store.findings().find_evidence_version().await.unwrap(), None);
        let revoke =
            async || trust.revoke_key("id-north", "north", "the laptop was lost", EVENING).await.unwrap();
        assert_eq!(revoke().await, KeyOutcome::Done);
        assert_eq!(revoke().await, KeyOutcome::Unchanged);
        assert_eq!(store.findings().find_evidence_version().await.unwrap(), Some(1));
        let error = trust.add_key(&key("north"), EVENING).await.unwrap_err();
        assert!(error.to_string().contains("a new key is needed"), "{error}");
        let keys = trust.list_keys().await.unwrap();
        assert_eq!((keys.len(), keys[0].added_at, keys[0].revoked_at), (1, NOON, Some(EVENING)));
        assert_eq!(keys[0].revoked_reason, "the laptop was lost");
        store.close().await;
    });
}

#[test]
fn a_packet_is_kept_byte_for_byte_and_counts_at_once() {
    on_both("receive", &async |place| {
        let store = place.open().await;
        store.findings().load_base(&base(2, 1.0), "base", NOON).await.unwrap();
        let (first, second) = (finding("p", 1.0), finding("a", 2.0));
        refused(&store, packet("c1", &first, None), "not trusted").await;
        store.trust().add_key(&key("north"), NOON).await.unwrap();

        let receive = async |one| store.packets().receive_packet(one, EVENING).await.unwrap();
        assert_eq!(receive(packet("c1", &first, None)).await, ReceiveOutcome::Stored);
        assert_eq!(receive(packet("c1", &first, None)).await, ReceiveOutcome::Known);
        assert_eq!(receive(packet("c2", &second, None)).await, ReceiveOutcome::Stored);
        let evidence = store.findings().load_evidence().await.unwrap();
        assert_eq!((evidence.version, evidence.digest.as_str()), (3, "base"));
        assert_eq!(ids(&store).await, ["f0000", "f0001", "p", "a"]);
        assert_eq!(evidence.packets.len(), 2);
        let kept = store.packets().find_packet("c1").await.unwrap().unwrap();
        assert_eq!(kept.envelope, packet("c1", &first, None).envelope);
        assert_eq!((kept.key_added_at, kept.received_at, kept.key_revoked_at), (NOON, EVENING, None));
        assert_eq!(store.packets().find_packet("c9").await.unwrap(), None);

        refused(&store, packet("c3", &first, None), "here already").await;
        let taken = finding("f0000", 9.0);
        refused(&store, packet("c3", &taken, None), "here already").await;
        let south = NewPacket { institution: "south", ..packet("c3", &second, None) };
        refused(&store, south, "not trusted for south").await;

        // A new base, and none, leave packets where they are; their study's names stay as the base has them.
        let loaded = store.findings().load_base(&base(1, 1.0), "smaller", EVENING).await.unwrap();
        assert_eq!(loaded, LoadOutcome::Loaded { added: 0, changed: 0, removed: 1 });
        assert_eq!(ids(&store).await, ["f0000", "p", "a"]);
        store.findings().empty_base(EVENING).await.unwrap();
        assert_eq!(ids(&store).await, ["p", "a"]);

        store.trust().revoke_key("id-north", "north", "lost", EVENING).await.unwrap();
        let third = finding("q", 1.0);
        refused(&store, packet("c3", &third, None), "not trusted").await;
        let evidence = store.findings().load_evidence().await.unwrap();
        assert_eq!(evidence.packets[0].key_revoked_at, Some(EVENING));
        assert_eq!(receive(packet("c1", &first, None)).await, ReceiveOutcome::Known);
        store.close().await;
    });
}

#[test]
fn what_is_superseded_or_withdrawn_leaves_the_pools_and_stays_on_record() {
    on_both("retract", &async |place| {
        let store = place.open().await;
        store.findings().load_base(&base(2, 1.0), "base", NOON).await.unwrap();
        store.trust().add_key(&key("north"), NOON).await.unwrap();
        store.trust().add_key(&key("south"), NOON).await.unwrap();
        let (first, mended, renamed) = (finding("p", 1.0), finding("p", 1.5), finding("p2", 1.75));
        let receive = async |one| store.packets().receive_packet(one, EVENING).await.unwrap();
        receive(packet("c1", &first, None)).await;

        refused(&store, packet("c2", &mended, Some("c9")), "is not here").await;
        let south =
            NewPacket { institution: "south", key_id: "id-south", ..packet("c2", &mended, Some("c1")) };
        refused(&store, south, "is that of north").await;
        let taken = finding("f0001", 9.0);
        refused(&store, packet("c2", &taken, Some("c1")), "here already").await;

        // The same finding, mended; then another finding in its place.
        assert_eq!(receive(packet("c2", &mended, Some("c1"))).await, ReceiveOutcome::Stored);
        let evidence = store.findings().load_evidence().await.unwrap();
        assert_eq!(evidence.findings.last(), Some(&mended));
        assert_eq!((evidence.packets.len(), evidence.packets[0].content_id.as_str()), (1, "c2"));
        refused(&store, packet("c3", &renamed, Some("c1")), "no longer stands").await;
        assert_eq!(receive(packet("c3", &renamed, Some("c2"))).await, ReceiveOutcome::Stored);
        assert_eq!(ids(&store).await, ["f0000", "f0001", "p2"]);
        let evidence = store.findings().load_evidence().await.unwrap();
        let retracted = &evidence.retracted[0];
        assert_eq!((retracted.finding.clone(), retracted.act), (mended.clone(), RetractionAct::Superseded));
        assert_eq!((retracted.replaced_by.as_deref(), retracted.retracted_at), (Some("p2"), EVENING));
        refused(&store, packet("c4", &first, Some("c2")), "no longer stands").await;
        assert!(store.packets().find_packet("c1").await.unwrap().is_some());

        // Withdrawn by those who run the commons: a packet, then a finding of the base.
        let retract = async |id: &str, by: Option<&str>| {
            let packets = store.packets();
            packets.retract_finding(id, RetractionAct::Withdrawn, "an error of the survey", by, EVENING).await
        };
        assert_eq!(retract("p2", None).await.unwrap(), RetractOutcome::Retracted);
        assert_eq!(retract("p2", None).await.unwrap(), RetractOutcome::Unchanged);
        assert_eq!(retract("f0001", None).await.unwrap(), RetractOutcome::Retracted);
        for (id, by, words) in [
            ("nothing", None, "no finding nothing"),
            ("f0000", Some("nothing"), "no finding nothing"),
            ("f0000", Some("f0000"), "cannot stand"),
            ("f0000", Some("p2"), "cannot stand"),
        ] {
            let error = retract(id, by).await.unwrap_err();
            assert!(error.to_string().contains(words), "{error}");
        }
        refused(&store, packet("c4", &first, Some("c3")), "no longer stands").await;
        assert_eq!(ids(&store).await, ["f0000"]);
        store.findings().load_base(&base(3, 1.0), "larger", EVENING).await.unwrap();
        assert_eq!(ids(&store).await, ["f0000", "f0002"]);
        let recorded =
            place.list("select finding_id || ' ' || number || ' ' || act from retraction order by 1").await;
        assert_eq!(recorded, ["f0001 1 withdrawn", "p 1 superseded", "p 2 superseded", "p2 1 withdrawn"]);
        store.close().await;
    });
}

#[test]
fn one_packet_sent_by_many_at_once_counts_once() {
    on_both("many_at_once", &async |place| {
        let store = place.open().await;
        store.trust().add_key(&key("north"), NOON).await.unwrap();
        let one = Arc::new(finding("p", 1.0));
        let senders: Vec<_> = (0..8)
            .map(|_| {
                let (store, one) = (store.clone(), Arc::clone(&one));
                tokio::spawn(async move {
                    store.packets().receive_packet(packet("c1", &one, None), EVENING).await
                })
            })
            .collect();
        let mut stored = 0;
        for sender in senders {
            stored += usize::from(sender.await.unwrap().unwrap() == ReceiveOutcome::Stored);
        }
        assert_eq!(stored, 1);
        assert_eq!(store.findings().find_evidence_version().await.unwrap(), Some(1));
        store.close().await;
    });
}
