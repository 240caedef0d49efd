//! Proposing what members vote on, and putting it better.
//!
//! Rules (D10): at most 280 characters, one idea, something to agree with; five a day. One that seems to hold two ideas
//! is given back with a hint; sent again as it is, it waits for a facilitator, as a new member's does. Nobody's vote is
//! cast for them. Another wording edits the statement while nobody has voted, and takes its place afterwards.

use super::posts::keep_roster;
use super::{STATEMENTS, allow, audit, fault_with, language, number_of, open_question, standing};
use crate::access::{Act, Actor, Relation};
use crate::refused::Refused;
use time::OffsetDateTime;
use whatworks_domain::forum::{
    MAX_STATEMENT_LENGTH, Phase, StatementError, StatementStatus, statement_hint, statement_text,
};
use whatworks_store::forum::{NewStatement, Reworded};
use whatworks_store::{Consequences, Store};

/// A statement to propose.
#[derive(Debug, Clone, Copy)]
pub struct ProposeStatement<'a> {
    /// The question.
    pub slug: &'a str,
    /// The sentence.
    pub body: &'a str,
    /// Code of its language.
    pub language: &'a str,
    /// Whether the author was told of two ideas and means it so.
    pub is_meant: bool,
    /// Of its form.
    pub once: &'a str,
}

/// What became of a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Proposed {
    /// Its number.
    pub number: i64,
    /// Shown, or held for a facilitator.
    pub status: StatementStatus,
}

fn sentence(body: &str) -> Result<String, Refused> {
    statement_text(body).map_err(|error| match error {
        StatementError::Empty => Refused::fault("body", "text-missing"),
        StatementError::TooLong(_) => fault_with("body", "text-long", "most", &MAX_STATEMENT_LENGTH),
        StatementError::Question => Refused::fault("body", "not-a-statement"),
    })
}

/// Proposes a statement.
///
/// # Errors
/// [`Refused::Fault`]: `text-missing`, `text-long`, `not-a-statement`, `two-ideas`, `choice`, `not-open`, `closed`,
/// `roster-full`; [`Refused::TooOften`]; [`Refused::Missing`]; refusals of [`Act::ProposeStatement`]; [`Refused::Store`].
pub async fn propose_statement(
    store: &Store,
    actor: Option<&Actor>,
    asked: ProposeStatement<'_>,
    now: OffsetDateTime,
) -> Result<Proposed, Refused> {
    let actor = allow(actor, Act::ProposeStatement, Relation::None)?;
    let opened = open_question(store, Some(actor), asked.slug, now).await?;
    let member = standing(store, actor, Act::ProposeStatement, now).await?;
    let body = sentence(asked.body)?;
    let language = language(asked.language)?;
    match opened.phase {
        Phase::Draft | Phase::Scheduled => return Err(Refused::fault("", "not-open")),
        Phase::Open | Phase::Voting => {}
        _ => return Err(Refused::fault("", "closed")),
    }
    let has_two = statement_hint(&body);
    if has_two && !asked.is_meant {
        return Err(Refused::fault("body", "two-ideas"));
    }
    keep_roster(store, actor, &opened).await?;
    let is_held = !opened.runs && (has_two || member.trust().is_read_first());
    let status = if is_held { StatementStatus::Held } else { StatementStatus::Shown };
    let statement = NewStatement {
        slug: asked.slug,
        body: &body,
        language: &language,
        member_id: &actor.member_id,
        is_seed: false,
        status,
        claim_id: None,
        once: asked.once,
        rate: Some(STATEMENTS),
    };
    insert(store, &statement, now).await
}

async fn insert(
    store: &Store,
    statement: &NewStatement<'_>,
    now: OffsetDateTime,
) -> Result<Proposed, Refused> {
    let (number, is_again) = number_of(store.statements().insert(statement, now).await?)?;
    if !is_again {
        return Ok(Proposed { number, status: statement.status });
    }
    let first = store.statements().find(statement.slug, number).await?;
    let first = first.ok_or(Refused::Missing("statement"))?;
    Ok(Proposed { number, status: first.status })
}

/// Seeds a statement, before the discussion or while it runs.
///
/// # Errors
/// [`Refused::Fault`]: `text-missing`, `text-long`, `not-a-statement`, `choice`, `closed`; [`Refused::Missing`]; refusals
/// of [`Act::RunQuestion`]; [`Refused::Store`].
pub async fn seed_statement(
    store: &Store,
    actor: Option<&Actor>,
    asked: ProposeStatement<'_>,
    now: OffsetDateTime,
) -> Result<Proposed, Refused> {
    let opened = open_question(store, actor, asked.slug, now).await?;
    let actor = allow(actor, Act::RunQuestion, opened.relation)?;
    let body = sentence(asked.body)?;
    let language = language(asked.language)?;
    if opened.phase > Phase::Voting {
        return Err(Refused::fault("", "closed"));
    }
    let statement = NewStatement {
        slug: asked.slug,
        body: &body,
        language: &language,
        member_id: &actor.member_id,
        is_seed: true,
        status: StatementStatus::Shown,
        claim_id: None,
        once: asked.once,
        rate: None,
    };
    insert(store, &statement, now).await
}

/// Gives a statement another wording: its author may, and who runs the question. A new member's rewording of a shown
/// statement, or one of two ideas, is for a facilitator to make.
///
/// # Errors
/// [`Refused::Fault`]: `text-missing`, `text-long`, `not-a-statement`, `two-ideas`, `closed`, `already-decided`;
/// [`Refused::Missing`]; [`Refused::NotAllowed`]; [`Refused::Store`].
pub async fn reword_statement(
    store: &Store,
    actor: Option<&Actor>,
    (slug, number): (&str, i64),
    body: &str,
    once: &str,
    now: OffsetDateTime,
) -> Result<Reworded, Refused> {
    let actor = allow(actor, Act::ProposeStatement, Relation::None)?;
    let opened = open_question(store, Some(actor), slug, now).await?;
    let member = standing(store, actor, Act::ProposeStatement, now).await?;
    let statement = store.statements().find(slug, number).await?.ok_or(Refused::Missing("statement"))?;
    let is_own = statement.member_id == actor.member_id && !member.trust().is_read_first();
    if !opened.runs && !is_own {
        return Err(Refused::NotAllowed(Act::ProposeStatement));
    }
    let body = sentence(body)?;
    if statement_hint(&body) && !opened.runs {
        return Err(Refused::fault("body", "two-ideas"));
    }
    if opened.phase > Phase::Voting {
        return Err(Refused::fault("", "closed"));
    }
    let object = format!("{slug}/s{number}");
    let record = opened.runs.then(|| audit(&actor.member_id, "reword-statement", &object, ""));
    let also = Consequences { audit: record.into_iter().collect(), ..Consequences::default() };
    match store.statements().reword((slug, number), &body, once, &also, now).await? {
        Reworded::Closed => Err(Refused::fault("", "already-decided")),
        reworded => Ok(reworded),
    }
}
