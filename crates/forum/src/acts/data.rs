//! What a member may ask of the data about them: to take everything out, and to be forgotten.
//!
//! Rules: both stand in the record and are told by mail; a steward may erase someone who asked a steward. Erased people
//! do not come back with an older backup: [`reapply_erasures`] goes through the ledger after a restore. Left out: the
//! two confirmations before an erasure, which are the page's; and the files themselves.

use super::account::own_member;
use super::{allow_member, audit};
use crate::access::{Act, Actor, Relation};
use crate::ballot::voter;
use crate::notices::{Addressee, Notice};
use crate::random::{Random, new_id};
use crate::refused::Refused;
use time::OffsetDateTime;
use whatworks_store::take_out::TakeOut;
use whatworks_store::{BallotOf, Consequences, EraseOutcome, ErasureEntry, Store, StoreError};

/// Takes out everything that one has given.
///
/// # Errors
/// Refusals of [`Act::TakeOut`]; [`Refused::Store`].
pub async fn take_out(
    store: &Store,
    actor: Option<&Actor>,
    random: Random<'_>,
    now: OffsetDateTime,
) -> Result<TakeOut, Refused> {
    let actor = allow_member(actor, Act::TakeOut, Relation::Own)?;
    let member = own_member(store, actor).await?;
    let ballots = ballots(store, &actor.member_id, None).await?;
    let taken = store.take_out(&actor.member_id, &ballots).await?.ok_or(Refused::SignIn)?;
    let to = Addressee::member(&member);
    let follows = Consequences {
        mail: to.map(|to| Notice::TakenOut.mail(&to, random)).into_iter().collect(),
        audit: vec![audit(&actor.member_id, "taken-out", &actor.member_id, "")],
        ..Consequences::default()
    };
    store.write_consequences(&follows, now).await?;
    Ok(taken)
}

/// Forgets a member: oneself, or, for a steward, someone who asked.
///
/// # Errors
/// [`Refused::Missing`]; [`Refused::Fault`] `last-steward`; refusals of [`Act::Erase`]; [`Refused::Store`].
pub async fn erase(
    store: &Store,
    actor: Option<&Actor>,
    member_id: &str,
    random: Random<'_>,
    now: OffsetDateTime,
) -> Result<(), Refused> {
    let is_own = actor.is_some_and(|actor| actor.member_id == member_id);
    let relation = if is_own { Relation::Own } else { Relation::Other };
    let actor = allow_member(actor, Act::Erase, relation)?;
    let member = store.members().find(member_id).await?.ok_or(Refused::Missing("member"))?;
    let entry = ErasureEntry::new(member_id, &new_id(random), now);
    let follows = Consequences {
        // Queued after the member's own mail is gone, without their id; the address goes when it is sent.
        mail: Addressee::stranger(&member).map(|to| Notice::Erased.mail(&to, random)).into_iter().collect(),
        audit: vec![audit(&actor.member_id, "erased", member_id, "")],
        ..Consequences::default()
    };
    forget(store, member_id, &entry, &follows, now).await
}

async fn forget(
    store: &Store,
    member_id: &str,
    entry: &ErasureEntry,
    follows: &Consequences,
    now: OffsetDateTime,
) -> Result<(), Refused> {
    let open = ballots(store, member_id, Some(now)).await?;
    match store.erasures().erase(member_id, entry, &open, follows, now).await? {
        EraseOutcome::Erased => Ok(()),
        EraseOutcome::Missing => Err(Refused::Missing("member")),
        EraseOutcome::LastSteward => Err(Refused::fault("", "last-steward")),
    }
}

/// What [`reapply_erasures`] did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reapplied {
    /// Members who had come back and are forgotten again.
    pub erased: u64,
    /// Members who had come back and are the only steward now: make another, then run it again.
    pub last_stewards: Vec<String>,
}

/// Forgets again whom a ledger names: the ledger of this database and `newer`, the one of the newest backup there is
/// ([`whatworks_store::backup::erasures_in`]). To be run after every restore of an older backup.
///
/// # Errors
/// [`StoreError`]; what was done before it stays done.
pub async fn reapply_erasures(
    store: &Store,
    newer: &[ErasureEntry],
    now: OffsetDateTime,
) -> Result<Reapplied, StoreError> {
    let mut ledger = store.erasures().list_ledger().await?;
    ledger.extend_from_slice(newer);
    let mut done = Reapplied::default();
    for (member_id, entry) in store.erasures().find_returned(&ledger).await? {
        let follows = Consequences {
            audit: vec![audit("program", "erased", &member_id, "after a restore")],
            ..Consequences::default()
        };
        match forget(store, &member_id, &entry, &follows, now).await {
            Ok(()) => done.erased += 1,
            Err(Refused::Store(error)) => return Err(error),
            Err(_) => done.last_stewards.push(member_id),
        }
    }
    Ok(done)
}

/// The member's pseudonyms: in all questions, or in those that take votes at a moment.
async fn ballots(
    store: &Store,
    member_id: &str,
    open_at: Option<OffsetDateTime>,
) -> Result<Vec<BallotOf>, StoreError> {
    let Some(key) = store.members().find_ballot_key(member_id).await? else { return Ok(Vec::new()) };
    let mut questions = store.questions().list(true).await?;
    questions.retain(|question| open_at.is_none_or(|now| question.plan.takes_votes(&question.marks, now)));
    let ballots = questions.into_iter().filter_map(|question| {
        let voter = voter(&key, &question.slug)?;
        Some(BallotOf { slug: question.slug, voter })
    });
    Ok(ballots.collect())
}
