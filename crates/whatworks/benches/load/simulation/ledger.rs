//! What the program acknowledged, and whether the database holds exactly that.
//!
//! An acknowledgement is the redirect after a form. A member sends one form at a time and sends it again, unchanged,
//! until it is acknowledged; so the votes of a member on a statement have to be in the log in the order sent, none
//! missing and none twice, and every post once.

use super::seeded::{SLUG, Seat};
use std::collections::BTreeMap;
use whatworks_forum::ballot;
use whatworks_store::Store;
use whatworks_store::forum::Viewer;

/// A ballot's code, such as `agree`.
pub(crate) type Code = String;

/// What one member was told is done, in order.
#[derive(Debug, Default, Clone)]
pub(crate) struct Acknowledged {
    pub(crate) votes: Vec<(i64, Code)>,
    pub(crate) posts: Vec<String>,
}

/// What was found wanting; empty when all is well.
pub(crate) async fn faults(store: &Store, seats: &[Seat], ledger: &[Acknowledged]) -> Vec<String> {
    let mut faults = Vec::new();
    let log = store.votes().load_log(SLUG).await.unwrap();
    for (vote, position) in log.iter().zip(1..) {
        if vote.position != position {
            faults.push(format!("the log goes from {} to {}", position - 1, vote.position));
            break;
        }
    }
    let mut stored: BTreeMap<(String, i64), Vec<Code>> = BTreeMap::new();
    for vote in log {
        stored.entry((vote.voter, vote.statement)).or_default().push(vote.ballot.codes().0.to_owned());
    }
    for (seat, acknowledged) in seats.iter().zip(ledger) {
        let voter = ballot::voter(&seat.ballot_key, SLUG).unwrap();
        let mut sent: BTreeMap<i64, Vec<Code>> = BTreeMap::new();
        for (statement, code) in &acknowledged.votes {
            sent.entry(*statement).or_default().push(code.clone());
        }
        for (statement, codes) in sent {
            let held = stored.remove(&(voter.clone(), statement)).unwrap_or_default();
            if held != codes {
                faults.push(format!(
                    "member {} on statement {statement}: sent {codes:?}, held {held:?}",
                    seat.member
                ));
            }
        }
    }
    faults.extend(stored.into_keys().map(|key| format!("a vote that nobody was told of: {key:?}")));
    let mut written: BTreeMap<String, usize> = BTreeMap::new();
    let everyone = Viewer { member_id: None, sees_all: true };
    for post in store.posts().list_thread(SLUG, everyone, "", u32::MAX - 1).await.unwrap().posts {
        *written.entry(post.body).or_default() += 1;
    }
    for body in ledger.iter().flat_map(|member| &member.posts) {
        match written.remove(body).unwrap_or(0) {
            1 => {}
            times => faults.push(format!("“{body}” is there {times} times")),
        }
    }
    faults.extend(
        written
            .into_keys()
            .filter(|body| body.starts_with("Post "))
            .map(|body| format!("nobody was told of “{body}”")),
    );
    if store.audit().verify().await.unwrap().broken.is_some() {
        faults.push("the record of acts is broken".into());
    }
    faults
}
