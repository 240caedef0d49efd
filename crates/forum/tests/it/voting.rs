//! Voting in secret, and what the votes say.

use crate::stage::{NOON, assert_refused, fault};
use crate::table::{LATE, NO, OPEN, REVOTE, SLUG, Table, VOTING};
use time::Duration;
use whatworks_domain::forum::{Ballot, PassReason};
use whatworks_forum::Refused;
use whatworks_forum::acts::discussion::moderation::decide_statement;
use whatworks_forum::acts::discussion::opinions::{find_opinions, find_results};
use whatworks_forum::acts::discussion::votes::own_ballots;

#[tokio::test]
async fn the_last_vote_counts_and_nobody_else_sees_it() {
    let table = Table::new().await;
    let (store, ann) = (&table.stage.store, &table.ann);
    assert_eq!(table.vote(ann, 1, Ballot::Agree, "v1", OPEN).await.unwrap(), 1);
    assert_eq!(table.vote(ann, 1, Ballot::Agree, "v1", OPEN).await.unwrap(), 1);
    assert_eq!(table.vote(ann, 1, Ballot::Pass(PassReason::Unclear), "v2", OPEN).await.unwrap(), 2);
    let own = own_ballots(store, Some(ann), SLUG, OPEN).await.unwrap();
    assert_eq!(own.into_iter().collect::<Vec<_>>(), [(1, Ballot::Pass(PassReason::Unclear))]);
    assert!(own_ballots(store, Some(&table.ben), SLUG, OPEN).await.unwrap().is_empty());
    assert_refused!(own_ballots(store, None, SLUG, OPEN).await, Refused::SignIn);
    let voters = store.votes().list_voters(SLUG).await.unwrap();
    assert_eq!(voters.len(), 1);
    assert!(!format!("{voters:?}").contains("ann"), "{voters:?}");
    // Joined ten days before.
    assert!(!voters[0].is_new);
}

#[tokio::test]
async fn votes_have_their_times() {
    let table = Table::new().await;
    let vote = async |once: &str, at| table.vote(&table.ann, 1, Ballot::Agree, once, at).await;
    assert_eq!(fault(vote("v1", NOON).await), ("", "not-open"));
    vote("v1", VOTING).await.unwrap();
    assert_eq!(fault(vote("v2", LATE).await), ("", "closed"));
    vote("v2", REVOTE).await.unwrap();
    assert_eq!(fault(vote("v3", REVOTE + Duration::days(3)).await), ("", "closed"));
    assert_eq!(
        fault(table.vote(&table.ann, 99, Ballot::Agree, "v4", OPEN).await),
        ("", "statement-not-shown")
    );
}

#[tokio::test]
async fn sixty_votes_a_minute_are_enough() {
    let table = Table::new().await;
    for vote in 0..60 {
        table.vote(&table.ann, 1 + vote % 8, Ballot::Agree, &format!("v{vote}"), OPEN).await.unwrap();
    }
    let next = table.vote(&table.ann, 1, Ballot::Agree, "next", OPEN + Duration::seconds(20)).await;
    assert_refused!(next, Refused::TooOften(40));
    table.vote(&table.ben, 1, Ballot::Agree, "ben", OPEN).await.unwrap();
    table.vote(&table.ann, 1, Ballot::Agree, "next", OPEN + Duration::seconds(60)).await.unwrap();
}

#[tokio::test]
async fn computing_twice_from_the_same_votes_changes_nothing() {
    let table = Table::new().await;
    for member in 0..12 {
        let member = table.stage.member(&format!("v{member}"), &[]).await;
        for statement in 1..=8 {
            let once = format!("{} {statement}", member.member_id);
            table.vote(&member, statement, Ballot::Agree, &once, OPEN).await.unwrap();
        }
    }
    assert!(table.compute(OPEN).await);
    assert!(!table.compute(VOTING).await);
    let map = find_opinions(&table.stage.store, SLUG).await.unwrap().unwrap();
    assert_eq!((map.n_participants, map.n_statements, map.gate.groups_supported), (12, 8, false));
    assert!(map.for_everyone().projection.iter().all(|placed| placed.participant.is_none()));
    table.vote(&table.ann, 1, Ballot::Disagree, "late", VOTING).await.unwrap();
    assert!(table.compute(VOTING).await);
    let behind = async || table.stage.store.opinions().list_behind().await.unwrap();
    assert!(behind().await.is_empty());
    // A statement that is new, or taken out, changes the map without a vote.
    table.propose(&table.host, "They do.", "s1", VOTING).await.unwrap();
    assert_eq!(behind().await, [SLUG]);
    assert!(table.compute(VOTING).await);
    decide_statement(&table.stage.store, Some(&table.host), (SLUG, 1), NO, VOTING).await.unwrap();
    assert_eq!(behind().await, [SLUG]);
    assert!(table.compute(VOTING).await);
    assert!(behind().await.is_empty());
    let map = find_opinions(&table.stage.store, SLUG).await.unwrap().unwrap();
    let open: Vec<&str> = map.statements.iter().map(|statement| statement.id.as_str()).collect();
    assert_eq!(open, ["2", "3", "4", "5", "6", "7", "8", "9"]);
}

#[tokio::test]
async fn results_are_kept_without_those_who_came_at_once_too() {
    let table = Table::new().await;
    let cast = async |names: std::ops::Range<usize>, apart: Duration| {
        for name in names {
            let member = table.stage.member(&format!("v{name}"), &[]).await;
            let at = OPEN + apart * i32::try_from(name).unwrap();
            table.vote(&member, 1, Ballot::Agree, &member.member_id, at).await.unwrap();
        }
    };
    cast(1..7, Duration::minutes(2)).await;
    cast(100..104, Duration::ZERO).await;
    let of = async |at| {
        assert!(table.compute(at).await);
        find_results(&table.stage.store, SLUG).await.unwrap().unwrap().0
    };
    let results = of(VOTING).await;
    // Four are too few to be told of.
    assert_eq!((results.signs.flagged, results.without_flagged.is_none()), (4, true));
    cast(104..106, Duration::ZERO).await;
    let results = of(VOTING).await;
    assert_eq!((results.signs.at_once, results.signs.alike, results.map.n_participants), (6, 0, 12));
    assert_eq!(results.without_flagged.unwrap().n_participants, 6);
    let voters = table.stage.store.votes().list_voters(SLUG).await.unwrap();
    assert!(voters.iter().all(|voter| voter.network_hash.len() == 32), "the network itself is not kept");
}
