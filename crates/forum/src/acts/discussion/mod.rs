//! The acts of a discussion: writing, proposing, voting, deciding, running a question, stating claims.
//!
//! [`posts`], [`statements`] and [`votes`] are what members do; [`moderation`] what facilitators and stewards decide;
//! [`questions`], [`board`] and [`summaries`] the life of a question; [`claims`] what stands between debate and
//! evidence; [`opinions`] the job that computes what votes say; [`reading`] what may be read of it all.
//!
//! Faults name the field of the form and a text. Fields: `body`, `parent`, `reason`, `words`, `answer`, `title`, `slug`,
//! `background`, `house_rules`, `language`, `roster_limit`, `opens_on`, `votes_on`, `closes_on`, `revote`, `days`,
//! `facilitator`, `evidence`, `statements`, `sentence`, `asserts`, `rests_on`, `claim`, `link`, or blank for the whole.
//! Texts: `text-missing`, `text-long` (mentions `most`), `not-a-statement`, `two-ideas`, `choice`, `not-open`, `closed`,
//! `roster-full`, `post-not-shown`, `statement-not-shown`, `own-post`, `own-statement`, `own-decision`, `words-needed`,
//! `already-decided`, `withdrawn`, `slug-form`, `slug-taken`, `dates-order`, `dates-long`, `dates-revote`, `dates-day`
//! (`day`), `dates-past`, `dates-opened`, `dates-back`, `already-open`, `seeds-few` (`least`, `found`), `last-one`,
//! `not-a-facilitator`, `no-such-evidence`, `not-closed`, `no-draft`, `already-published`, `not-final`, `comments-closed`,
//! `link-form`, `no-ballot-key`.

pub mod board;
pub mod claims;
pub mod moderation;
pub mod opinions;
pub mod posts;
pub mod questions;
pub mod reading;
pub mod statements;
pub mod summaries;
pub mod votes;

use super::{allow_member as allow, audit, fault_with, language};
use crate::access::{Act, Actor, Relation, Verdict, may};
use crate::refused::Refused;
use data_encoding::BASE32_NOPAD;
use sha2::{Digest, Sha256};
use time::{Duration, OffsetDateTime};
use whatworks_domain::forum::{Phase, TextError, body_text};
use whatworks_store::Store;
use whatworks_store::forum::{Question, Rate, Standing, Written};

/// Posts of a member.
pub(crate) const POSTS: Rate = Rate { most: 1, within: Duration::seconds(5) };
/// Statements that a member proposes.
pub(crate) const STATEMENTS: Rate = Rate { most: 5, within: Duration::days(1) };
/// Votes of a voter.
pub(crate) const VOTES: Rate = Rate { most: 60, within: Duration::minutes(1) };
/// Flags of a member.
pub(crate) const FLAGS: Rate = Rate { most: 20, within: Duration::days(1) };
/// Comments of a member on summaries.
pub(crate) const COMMENTS: Rate = Rate { most: 10, within: Duration::days(1) };

/// A question that somebody stands before.
#[derive(Debug, Clone)]
pub struct Opened {
    /// The question.
    pub question: Question,
    /// Where it stands now.
    pub phase: Phase,
    /// How the actor stands to it.
    pub relation: Relation,
    /// Whether the actor may run it: facilitates it, or is a steward, in a session with a second factor.
    pub runs: bool,
}

/// Opens a question for an actor. A draft is there for its facilitators and stewards only.
///
/// # Errors
/// [`Refused::Missing`] when there is none, or none that the actor may know of; [`Refused::SecondFactor`] for a draft of
/// the actor's own in a session without one; [`Refused::Store`].
pub async fn open_question(
    store: &Store,
    actor: Option<&Actor>,
    slug: &str,
    now: OffsetDateTime,
) -> Result<Opened, Refused> {
    let missing = || Refused::Missing("question");
    let question = store.questions().find(slug).await?.ok_or_else(missing)?;
    let facilitates = match actor {
        Some(actor) => store.questions().is_facilitator(slug, &actor.member_id).await?,
        None => false,
    };
    let relation = if facilitates { Relation::Facilitates } else { Relation::Other };
    let verdict = may(actor, Act::RunQuestion, relation);
    let phase = question.plan.phase(&question.marks, now);
    match (phase, verdict) {
        (Phase::Draft, Verdict::SecondFactor) => Err(Refused::SecondFactor),
        (Phase::Draft, Verdict::SignIn | Verdict::Refused) => Err(missing()),
        _ => Ok(Opened { question, phase, relation, runs: verdict == Verdict::Allowed }),
    }
}

/// How the one who acts stands; a member who may no longer sign in may not act either.
pub(crate) async fn standing(
    store: &Store,
    actor: &Actor,
    act: Act,
    now: OffsetDateTime,
) -> Result<Standing, Refused> {
    let standing = store.standings().find(&actor.member_id, now).await?;
    standing.filter(|standing| standing.is_active).ok_or(Refused::NotAllowed(act))
}

/// A text of several lines, or why not.
pub(crate) fn text(field: &'static str, text: &str, most: usize) -> Result<String, Refused> {
    body_text(text, most).map_err(|error| match error {
        TextError::Empty => Refused::fault(field, "text-missing"),
        TextError::TooLong { most, .. } => fault_with(field, "text-long", "most", &most),
    })
}

/// A text that may be blank.
pub(crate) fn optional_text(field: &'static str, words: &str, most: usize) -> Result<String, Refused> {
    if words.trim().is_empty() { Ok(String::new()) } else { text(field, words, most) }
}

/// What was written, or how long to wait; and whether it had been written before.
pub(crate) fn number_of(written: Written) -> Result<(i64, bool), Refused> {
    match written {
        Written::Done(number) => Ok((number, false)),
        Written::Again(number) => Ok((number, true)),
        Written::TooOften(seconds) => Err(Refused::TooOften(seconds)),
    }
}

/// An id that follows from what may happen only once, so that the same again has the same id.
pub(crate) fn id_of(kind: &str, once: &str) -> String {
    let digest = Sha256::new().chain_update(kind).chain_update([0]).chain_update(once).finalize();
    BASE32_NOPAD.encode(digest.get(..16).unwrap_or(&digest)).to_ascii_lowercase()
}
