//! Writing: posts, their wordings, flags.
//!
//! Rules: a post is shown at once when its author is known (trust above new) and the discussion runs; a new member's
//! post and one that comes after the close wait for a facilitator; the facilitators' own never wait. One post in five
//! seconds. Changes are free for 24 hours; from then on the page shows what was changed. A full roster takes no new
//! writer. Flags take nothing down: 20 a day, one per post, never on one's own.

use super::{FLAGS, Opened, POSTS, allow, language, number_of, open_question, optional_text, standing, text};
use crate::access::{Act, Actor, Relation};
use crate::refused::Refused;
use time::{Duration, OffsetDateTime};
use whatworks_domain::forum::{
    Channel, MAX_POST_LENGTH, MAX_REASON_LENGTH, Phase, PostStatus, Reason, Reasoned,
};
use whatworks_store::Store;
use whatworks_store::forum::{NewPost, Post, Revised, Revision};

/// How long a change of wording is not shown as one.
pub const EDIT_WINDOW: Duration = Duration::hours(24);

/// A post to write.
#[derive(Debug, Clone, Copy)]
pub struct WritePost<'a> {
    /// The question.
    pub slug: &'a str,
    /// The post that it answers.
    pub parent: Option<i64>,
    /// The text.
    pub body: &'a str,
    /// Code of its language.
    pub language: &'a str,
    /// How it came.
    pub channel: Channel,
    /// Of its form.
    pub once: &'a str,
}

/// What became of a post.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Posted {
    /// Its number.
    pub number: i64,
    /// Shown, or held for a facilitator.
    pub status: PostStatus,
}

/// Writes a post.
///
/// # Errors
/// [`Refused::Fault`]: `text-missing`, `text-long`, `choice`, `not-open`, `closed`, `roster-full`, `post-not-shown`;
/// [`Refused::TooOften`]; [`Refused::Missing`]; refusals of [`Act::WritePost`]; [`Refused::Store`].
pub async fn write_post(
    store: &Store,
    actor: Option<&Actor>,
    asked: WritePost<'_>,
    now: OffsetDateTime,
) -> Result<Posted, Refused> {
    let actor = allow(actor, Act::WritePost, Relation::None)?;
    let opened = open_question(store, Some(actor), asked.slug, now).await?;
    let member = standing(store, actor, Act::WritePost, now).await?;
    let body = text("body", asked.body, MAX_POST_LENGTH)?;
    let language = language(asked.language)?;
    let is_late = match opened.phase {
        Phase::Draft | Phase::Scheduled => return Err(Refused::fault("", "not-open")),
        Phase::Open | Phase::Voting => false,
        Phase::Summary => true,
        Phase::Published | Phase::Archived => return Err(Refused::fault("", "closed")),
    };
    if let Some(parent) = asked.parent {
        let above = store.posts().find(asked.slug, parent).await?;
        if above.is_none_or(|above| above.status != PostStatus::Shown) {
            return Err(Refused::fault("parent", "post-not-shown"));
        }
    }
    keep_roster(store, actor, &opened).await?;
    let is_held = !opened.runs && (is_late || member.trust().is_read_first());
    let status = if is_held { PostStatus::Held } else { PostStatus::Shown };
    let post = NewPost {
        slug: asked.slug,
        parent: asked.parent,
        member_id: &actor.member_id,
        body: &body,
        status,
        channel: asked.channel,
        language: &language,
        once: asked.once,
        rate: POSTS,
    };
    let (number, is_again) = number_of(store.posts().insert(&post, now).await?)?;
    if !is_again {
        return Ok(Posted { number, status });
    }
    let first = store.posts().find(asked.slug, number).await?.ok_or(Refused::Missing("post"))?;
    Ok(Posted { number, status: first.status })
}

/// Refuses a new writer when as many as the roster holds have written.
pub(crate) async fn keep_roster(store: &Store, actor: &Actor, opened: &Opened) -> Result<(), Refused> {
    let Some(limit) = opened.question.roster_limit.filter(|_| !opened.runs) else { return Ok(()) };
    let (others, is_among) = store.posts().count_writers(&opened.question.slug, &actor.member_id).await?;
    if is_among || others < limit { Ok(()) } else { Err(Refused::fault("", "roster-full")) }
}

/// A post of the actor's own.
async fn own_post(store: &Store, actor: Option<&Actor>, slug: &str, number: i64) -> Result<Post, Refused> {
    // Who is not signed in is not told whether there is such a post.
    let signed_in = actor.ok_or(Refused::SignIn)?;
    let post = store.posts().find(slug, number).await?.ok_or(Refused::Missing("post"))?;
    let is_own = post.member_id == signed_in.member_id;
    allow(actor, Act::ChangePost, if is_own { Relation::Own } else { Relation::Other })?;
    Ok(post)
}

/// Gives one's own post another wording. A shown post of a member whose posts are read first is held again.
///
/// # Errors
/// [`Refused::Fault`]: `text-missing`, `text-long`, `closed`, `already-decided`; [`Refused::Missing`]; refusals of
/// [`Act::ChangePost`]; [`Refused::Store`].
pub async fn edit_post(
    store: &Store,
    actor: Option<&Actor>,
    (slug, number): (&str, i64),
    body: &str,
    now: OffsetDateTime,
) -> Result<Posted, Refused> {
    let post = own_post(store, actor, slug, number).await?;
    let opened = open_question(store, actor, slug, now).await?;
    let Some(actor) = actor else { return Err(Refused::SignIn) };
    let member = standing(store, actor, Act::ChangePost, now).await?;
    let body = text("body", body, MAX_POST_LENGTH)?;
    let may_change = match opened.phase {
        Phase::Open | Phase::Voting => true,
        Phase::Summary => post.status == PostStatus::Held,
        _ => false,
    };
    if !may_change {
        return Err(Refused::fault("", "closed"));
    }
    let is_held = member.trust().is_read_first() && !opened.runs;
    match store.posts().revise(slug, number, &body, is_held, now).await? {
        Revised::Closed => Err(Refused::fault("", "already-decided")),
        Revised::Done(_) if is_held => Ok(Posted { number, status: PostStatus::Held }),
        Revised::Done(_) | Revised::Unchanged => Ok(Posted { number, status: post.status }),
    }
}

/// Takes one's own post back: its place in the thread stays, its text is gone.
///
/// # Errors
/// [`Refused::Missing`]; refusals of [`Act::ChangePost`]; [`Refused::Store`].
pub async fn withdraw_post(
    store: &Store,
    actor: Option<&Actor>,
    (slug, number): (&str, i64),
    now: OffsetDateTime,
) -> Result<(), Refused> {
    let post = own_post(store, actor, slug, number).await?;
    Ok(store.posts().withdraw(slug, number, &post.member_id, now).await?)
}

/// Whether the page shows this wording as a change: it came later than the window after the post.
pub fn is_shown_change(post: &Post, revision: &Revision) -> bool {
    revision.revision > 1 && revision.written_at > post.written_at + EDIT_WINDOW
}

/// Tells the facilitators that a post breaks the house rules.
///
/// # Errors
/// [`Refused::Fault`]: `choice`, `words-needed`, `text-long`, `own-post`, `post-not-shown`; [`Refused::TooOften`];
/// [`Refused::Missing`]; refusals of [`Act::Flag`]; [`Refused::Store`].
pub async fn flag(
    store: &Store,
    actor: Option<&Actor>,
    (slug, number): (&str, i64),
    reason: Reason,
    words: &str,
    now: OffsetDateTime,
) -> Result<(), Refused> {
    let actor = allow(actor, Act::Flag, Relation::None)?;
    open_question(store, Some(actor), slug, now).await?;
    standing(store, actor, Act::Flag, now).await?;
    let reasoned = against(reason, words)?;
    let post = store.posts().find(slug, number).await?.ok_or(Refused::Missing("post"))?;
    if post.member_id == actor.member_id {
        return Err(Refused::fault("", "own-post"));
    }
    if post.status != PostStatus::Shown {
        return Err(Refused::fault("", "post-not-shown"));
    }
    let written = store.posts().flag((slug, number), &actor.member_id, &reasoned, FLAGS, now).await?;
    number_of(written).map(drop)
}

/// A reason that speaks against something; the last of the list needs words.
pub(crate) fn against(reason: Reason, words: &str) -> Result<Reasoned, Refused> {
    if !reason.is_against() {
        return Err(Refused::fault("reason", "choice"));
    }
    let words = optional_text("words", words, MAX_REASON_LENGTH)?;
    if reason == Reason::Other && words.is_empty() {
        return Err(Refused::fault("words", "words-needed"));
    }
    Ok(Reasoned { reason, words })
}
