//! The life of the evidence in one database, told on both.

use crate::example::{EVENING, NOON, finding, record};
use crate::place::on_both;
use whatworks_domain::{Finding, FindingRecord};
use whatworks_store::{LoadOutcome, StoreError, StoredEvidence};

#[test]
fn the_evidence_is_loaded_replaced_and_emptied() {
    on_both("story", &async |place| {
        let store = place.open().await;
        assert_eq!(store.findings().find_evidence_version().await.unwrap(), None);
        let nothing = StoredEvidence::default();
        assert_eq!(store.findings().load_evidence().await.unwrap(), nothing);
        assert_eq!(store.findings().empty_base(NOON).await.unwrap(), LoadOutcome::Unchanged);

        let first = [finding("c", 1.5), finding("a", -2.0), finding("b", 0.0)];
        let loaded = store.findings().load_base(&first, "first", NOON).await.unwrap();
        assert_eq!(loaded, LoadOutcome::Loaded { added: 3, changed: 0, removed: 0 });
        let again = store.findings().load_base(&first, "first", EVENING).await.unwrap();
        assert_eq!(again, LoadOutcome::Unchanged);
        let evidence = store.findings().load_evidence().await.unwrap();
        let expected = StoredEvidence {
            version: 1,
            digest: "first".into(),
            findings: first.to_vec(),
            ..StoredEvidence::default()
        };
        assert_eq!(evidence, expected);

        // b moves to the front, c changes its study as well as its number, a goes, d comes.
        let mut moved = record("c", 1.25);
        moved.study_id = record("d", 0.0).study_id;
        let second = [finding("b", 0.0), Finding::new(moved).unwrap(), finding("d", 4.0)];
        let loaded = store.findings().load_base(&second, "second", EVENING).await.unwrap();
        assert_eq!(loaded, LoadOutcome::Loaded { added: 1, changed: 1, removed: 1 });
        let studies = place.list("select study_id from study order by study_id").await;
        assert_eq!(studies, ["study-of-b", "study-of-d"]);
        let since_noon =
            place.list("select finding_id from finding where added_at < '2026-03-01T13:00:00Z' order by 1");
        assert_eq!(since_noon.await, ["b", "c"]);

        store.close().await;
        let store = place.open().await;
        let expected = StoredEvidence {
            version: 2,
            digest: "second".into(),
            findings: second.to_vec(),
            ..StoredEvidence::default()
        };
        assert_eq!(store.findings().load_evidence().await.unwrap(), expected);
        assert_eq!(store.findings().find_evidence_version().await.unwrap(), Some(2));

        let emptied = store.findings().empty_base(EVENING).await.unwrap();
        assert_eq!(emptied, LoadOutcome::Loaded { added: 0, changed: 0, removed: 3 });
        assert_eq!(store.findings().empty_base(EVENING).await.unwrap(), LoadOutcome::Unchanged);
        let expected = StoredEvidence { version: 3, ..nothing };
        assert_eq!(store.findings().load_evidence().await.unwrap(), expected);
        assert!(place.list("select study_id from study").await.is_empty());
        store.close().await;
    });
}

#[test]
fn findings_of_packets_and_withdrawals_survive_a_new_base() {
    on_both("packets", &async |place| {
        let store = place.open().await;
        let base = [finding("a", 1.0), finding("p", 2.0), finding("w", 3.0)];
        store.findings().load_base(&base, "first", NOON).await.unwrap();
        place.run("update finding set origin = 'packet' where finding_id = 'p'").await;
        place.run("update finding set withdrawn_at = '2026-03-02T00:00:00Z' where finding_id = 'w'").await;

        // A base that claims the id of a signed finding does not get it, and is loaded all the same.
        let claims = [finding("a", 1.0), finding("p", 9.0), finding("w", 3.0)];
        let loaded = store.findings().load_base(&claims, "second", NOON).await.unwrap();
        assert_eq!(loaded, LoadOutcome::Loaded { added: 0, changed: 0, removed: 0 });
        let evidence = store.findings().load_evidence().await.unwrap();
        assert!(evidence.findings.contains(&finding("p", 2.0)));

        let kept = [finding("a", 1.0), finding("w", 3.5)];
        let loaded = store.findings().load_base(&kept, "third", NOON).await.unwrap();
        assert_eq!(loaded, LoadOutcome::Loaded { added: 0, changed: 1, removed: 0 });
        let evidence = store.findings().load_evidence().await.unwrap();
        assert_eq!(evidence.findings, [finding("a", 1.0), finding("p", 2.0)]);

        store.findings().empty_base(NOON).await.unwrap();
        assert_eq!(store.findings().load_evidence().await.unwrap().findings, [finding("p", 2.0)]);
        store.close().await;
    });
}

#[test]
fn every_number_comes_back_to_the_last_bit() {
    on_both("numbers", &async |place| {
        let mut bits: u64 = 0x9e37_79b9_7f4a_7c15;
        let mut numbers =
            vec![0.1 + 0.2, f64::MAX, f64::MIN_POSITIVE, 5e-324, 1.0 / 3.0, 1e21, 123_456_789.0];
        while numbers.len() < 700 {
            // Xorshift (Marsaglia 2003): any stream of varied bit patterns will do.
            bits ^= bits << 13;
            bits ^= bits >> 7;
            bits ^= bits << 17;
            let number = f64::from_bits(bits);
            if number.is_finite() {
                numbers.push(number);
            }
        }
        let base: Vec<Finding> = numbers
            .iter()
            .enumerate()
            .map(|(i, number)| {
                Finding::new(FindingRecord { std_error: number.abs(), ..record(&format!("n{i}"), *number) })
                    .unwrap()
            })
            .collect();
        let store = place.open().await;
        store.findings().load_base(&base, "numbers", NOON).await.unwrap();
        assert_eq!(store.findings().load_evidence().await.unwrap().findings, base);
        let again = store.findings().load_base(&base, "same findings", NOON).await.unwrap();
        assert_eq!(again, LoadOutcome::Loaded { added: 0, changed: 0, removed: 0 });
        store.close().await;
    });
}

#[test]
fn a_base_that_contradicts_itself_is_refused() {
    on_both("contradiction", &async |place| {
        let store = place.open().await;
        let twice = [finding("a", 1.0), finding("b", 1.0), finding("a", 2.0)];
        let refused = store.findings().load_base(&twice, "twice", NOON).await.unwrap_err();
        assert!(
            matches!(&refused, StoreError::Conflict { what } if what.contains("finding a ")),
            "{refused}"
        );
        let refused = store.findings().load_base(&twice[..1], "", NOON).await.unwrap_err();
        assert!(matches!(refused, StoreError::Conflict { .. }));
        assert_eq!(store.findings().find_evidence_version().await.unwrap(), None);
        store.close().await;
    });
}
