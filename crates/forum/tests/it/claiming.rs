//! Claims: stated, bound, watched, and held against evidence that moves.

use crate::stage::{assert_refused, fault};
use crate::table::{OPEN, SLUG, Table, VOTING};
use whatworks_domain::forum::Ballot;
use whatworks_domain::member::Role;
use whatworks_domain::{Catalogue, Certainty, Finding, Says};
use whatworks_evidence::base;
use whatworks_evidence::claims::weigh_in;
use whatworks_evidence::map::{EvidenceMap, evidence_map};
use whatworks_forum::Refused;
use whatworks_forum::acts::discussion::claims::{
    EvidenceNow, StateClaim, belief, bind_statement, recheck_claims, state_claim, watch_claim,
};
use whatworks_forum::notices::DiscussionNotice;
use whatworks_forum::{Actor, Notice};

struct Evidence {
    catalogue: Catalogue,
    findings: Vec<Finding>,
    map: EvidenceMap,
}

impl Evidence {
    fn shipped() -> Self {
        let catalogue = base::catalogue().unwrap();
        let findings = base::findings(&catalogue).unwrap();
        let map = evidence_map(&findings, &catalogue).unwrap();
        Self { catalogue, findings, map }
    }

    /// A pool of which the evidence is at least a little sure that it goes this way.
    fn pool(&self, says: Says) -> String {
        let keys = self.map.assessments.iter().map(|one| one.key.clone());
        let mut sure = keys.filter(|key| {
            let weighed = weigh_in(&self.map, std::slice::from_ref(key));
            weighed.says == says && weighed.certainty >= Certainty::Low
        });
        sure.next().unwrap().to_string()
    }

    fn now(&self, version: i64) -> EvidenceNow<'_> {
        EvidenceNow { map: &self.map, version, digest: "digest" }
    }

    /// The same without the findings of a pool.
    fn without(&self, pool: &str) -> EvidenceMap {
        let left = self.findings.iter().filter(|finding| finding.pool_key().to_string() != pool);
        evidence_map(&left.cloned().collect::<Vec<_>>(), &self.catalogue).unwrap()
    }
}

fn claim<'a>(asserts: Says, rests_on: &'a [String], once: &'a str) -> StateClaim<'a> {
    StateClaim { claim_id: None, sentence: "Grace  periods\nhelp.", language: "en", asserts, rests_on, once }
}

async fn editor(table: &Table) -> Actor {
    table.stage.member("editor", &[Role::Editor]).await
}

#[tokio::test]
async fn an_editor_states_a_claim_on_evidence_that_is_there() {
    let (table, evidence) = (Table::new().await, Evidence::shipped());
    let store = &table.stage.store;
    let editor = editor(&table).await;
    let pool = [evidence.pool(Says::Better)];
    let state = async |who, asked| state_claim(store, Some(who), asked, evidence.now(3), OPEN).await;
    assert_refused!(state(&table.host, claim(Says::Better, &pool, "c")).await, Refused::NotAllowed(_));
    let none = ["no.such~no-offer~business.profit~ITT".to_owned()];
    assert_eq!(
        fault(state(&editor, claim(Says::Better, &none, "c")).await),
        ("rests_on", "no-such-evidence")
    );
    let blank = StateClaim { sentence: " ", ..claim(Says::Better, &pool, "c") };
    assert_eq!(fault(state(&editor, blank).await), ("sentence", "text-missing"));
    let id = state(&editor, claim(Says::Better, &pool, "c")).await.unwrap();
    assert_eq!(state(&editor, claim(Says::Better, &pool, "c")).await.unwrap(), id);
    let stored = store.claims().find(&id).await.unwrap().unwrap();
    assert_eq!((stored.sentence.as_str(), stored.direction.as_str()), ("Grace periods help.", "better"));
    assert_eq!((stored.evidence_version, stored.is_divergent, &stored.rests_on[..]), (3, false, &pool[..]));
    let unknown = StateClaim { claim_id: Some("none"), ..claim(Says::Better, &pool, "d") };
    assert_refused!(state(&editor, unknown).await, Refused::Missing("claim"));
    let open = StateClaim { rests_on: &[], ..claim(Says::Open, &pool, "e") };
    let open = state(&editor, open).await.unwrap();
    assert_eq!(store.claims().find(&open).await.unwrap().unwrap().certainty, "not-rated");
}

#[tokio::test]
async fn watchers_are_told_once_when_the_evidence_moves() {
    let (table, evidence) = (Table::new().await, Evidence::shipped());
    let store = &table.stage.store;
    let editor = editor(&table).await;
    let pool = [evidence.pool(Says::Better)];
    let stated =
        state_claim(store, Some(&editor), claim(Says::Better, &pool, "c"), evidence.now(3), OPEN).await;
    let id = stated.unwrap();
    assert_refused!(
        watch_claim(store, Some(&table.ann), "none", true, OPEN).await,
        Refused::Missing("claim")
    );
    for who in [&table.ann, &table.ben] {
        watch_claim(store, Some(who), &id, true, OPEN).await.unwrap();
    }
    watch_claim(store, Some(&table.ben), &id, false, OPEN).await.unwrap();
    assert_eq!(recheck_claims(store, evidence.now(3), OPEN).await.unwrap(), 0);
    assert_eq!(recheck_claims(store, evidence.now(4), OPEN).await.unwrap(), 0);
    assert_eq!(store.claims().find(&id).await.unwrap().unwrap().evidence_version, 4);
    assert!(table.stage.mails(OPEN).await.is_empty());

    let map = evidence.without(&pool[0]);
    let moved = EvidenceNow { map: &map, version: 5, digest: "other" };
    assert_eq!(recheck_claims(store, moved, VOTING).await.unwrap(), 1);
    assert_eq!(recheck_claims(store, moved, VOTING).await.unwrap(), 0);
    // A server that still has the older evidence changes nothing back.
    assert_eq!(recheck_claims(store, evidence.now(4), VOTING).await.unwrap(), 0);
    let mails = table.stage.mails(VOTING).await;
    assert_eq!(mails.len(), 1);
    let Notice::Discussion(DiscussionNotice::ClaimMoved { says_before, says, certainty, .. }) = &mails[0].1
    else {
        panic!("{mails:?}")
    };
    assert_eq!((says_before.as_str(), says.as_str(), certainty.as_str()), ("better", "open", "not-rated"));
    assert_eq!(mails[0].0.address, "ann@example.org");
    assert_eq!(store.claims().list_changes(&id).await.unwrap().len(), 1);
}

#[tokio::test]
async fn belief_against_the_evidence_is_flagged() {
    let (table, evidence) = (Table::new().await, Evidence::shipped());
    let store = &table.stage.store;
    let editor = editor(&table).await;
    let pool = [evidence.pool(Says::Better)];
    let stated =
        state_claim(store, Some(&editor), claim(Says::Better, &pool, "c"), evidence.now(3), OPEN).await;
    let id = stated.unwrap();
    let bind = async |who, number, claim| bind_statement(store, Some(who), (SLUG, number), claim, OPEN).await;
    assert_refused!(bind(&table.ann, 1, Some(&id)).await, Refused::NotAllowed(_));
    assert_refused!(bind(&editor, 1, Some("none")).await, Refused::Missing("claim"));
    assert_refused!(bind(&editor, 99, Some(&id)).await, Refused::Missing("statement"));
    bind(&editor, 1, Some(&id)).await.unwrap();
    bind(&table.host, 2, Some(&id)).await.unwrap();
    bind(&table.host, 2, None).await.unwrap();
    for member in 0..12 {
        let member = table.stage.member(&format!("v{member}"), &[]).await;
        table.vote(&member, 1, Ballot::Disagree, &member.member_id, OPEN).await.unwrap();
    }
    assert_eq!(belief(store, &id).await.unwrap().seen(), 0);
    table.compute(OPEN).await;
    let believed = belief(store, &id).await.unwrap();
    assert_eq!((believed.disagree, believed.seen()), (12, 12));
    assert_eq!(recheck_claims(store, evidence.now(3), VOTING).await.unwrap(), 1);
    let stored = store.claims().find(&id).await.unwrap().unwrap();
    assert!(stored.is_divergent);
    assert!(store.claims().list_changes(&id).await.unwrap()[0].after.ends_with("divergent"));
}
