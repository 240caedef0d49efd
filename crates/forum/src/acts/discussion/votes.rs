//! Voting, in secret.
//!
//! Rules: a vote is kept under a pseudonym ([`ballot::voter`]); nothing beside it names the member, and no act here reads
//! anybody else's. Region, sector and
//! newness (joined within seven days) and a keyed hash of the network are noted at the first vote. Sixty votes a minute. Votes count while the
//! discussion is open, on the voting days, and in the later round.

use super::{VOTES, allow, number_of, open_question, standing};
use crate::access::{Act, Actor, Relation};
use crate::ballot;
use crate::refused::Refused;
use std::collections::BTreeMap;
use time::{Duration, OffsetDateTime};
use whatworks_domain::forum::{Ballot, Channel, Phase, Region};
use whatworks_store::Store;
use whatworks_store::forum::{Cast, NewVote};

/// How long a member counts as new.
const NEW: Duration = Duration::days(7);

/// A vote to cast.
#[derive(Debug, Clone, Copy)]
pub struct CastVote<'a> {
    /// The question.
    pub slug: &'a str,
    /// The statement.
    pub statement: i64,
    /// The vote.
    pub ballot: Ballot,
    /// How it came.
    pub channel: Channel,
    /// The network that it came from, or blank: an IPv4 /24 or an IPv6 /48. It is not kept; see [`ballot::network`].
    pub network: &'a str,
    /// Of its form.
    pub once: &'a str,
}

/// Casts a vote; gives back its position in the log.
///
/// # Errors
/// [`Refused::Fault`]: `not-open`, `closed`, `statement-not-shown`, `roster-full`, `no-ballot-key`;
/// [`Refused::TooOften`]; [`Refused::Missing`]; refusals of [`Act::Vote`]; [`Refused::Store`].
pub async fn cast_vote(
    store: &Store,
    actor: Option<&Actor>,
    asked: CastVote<'_>,
    now: OffsetDateTime,
) -> Result<i64, Refused> {
    let actor = allow(actor, Act::Vote, Relation::None)?;
    let opened = open_question(store, Some(actor), asked.slug, now).await?;
    let member = standing(store, actor, Act::Vote, now).await?;
    if !opened.question.plan.takes_votes(&opened.question.marks, now) {
        let code = if opened.phase < Phase::Open { "not-open" } else { "closed" };
        return Err(Refused::fault("", code));
    }
    let voter = member.ballot_key.as_deref().and_then(|key| ballot::voter(key, asked.slug));
    let voter = voter.ok_or(Refused::fault("", "no-ballot-key"))?;
    if let Some(limit) = opened.question.roster_limit {
        let (others, is_among) = store.votes().count_voters_beside(asked.slug, &voter).await?;
        if !is_among && others >= limit {
            return Err(Refused::fault("", "roster-full"));
        }
    }
    let networks = store.members().find_ballot_key(&opened.question.created_by).await?.unwrap_or_default();
    let vote = NewVote {
        slug: asked.slug,
        voter: &voter,
        statement: asked.statement,
        ballot: asked.ballot,
        channel: asked.channel,
        once: asked.once,
        region: Region::of_country(&member.country).map_or("", Region::code),
        sector: &member.sector,
        is_new: now - member.created_at < NEW,
        network_hash: &ballot::network(&networks, asked.slug, asked.network),
        rate: VOTES,
    };
    match store.votes().cast(&vote, now).await? {
        Cast::NotShown => Err(Refused::fault("", "statement-not-shown")),
        Cast::Logged(written) => number_of(written).map(|(position, _)| position),
    }
}

/// The actor's own votes that count, by statement.
///
/// # Errors
/// [`Refused::Missing`]; refusals of [`Act::Vote`]; [`Refused::Store`].
pub async fn own_ballots(
    store: &Store,
    actor: Option<&Actor>,
    slug: &str,
    now: OffsetDateTime,
) -> Result<BTreeMap<i64, Ballot>, Refused> {
    let actor = allow(actor, Act::Vote, Relation::None)?;
    open_question(store, Some(actor), slug, now).await?;
    let key = store.members().find_ballot_key(&actor.member_id).await?;
    match key.and_then(|key| ballot::voter(&key, slug)) {
        Some(voter) => Ok(store.votes().list_ballots(slug, &voter).await?),
        None => Ok(BTreeMap::new()),
    }
}
