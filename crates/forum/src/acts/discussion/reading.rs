//! What may be read of a discussion, by whom.
//!
//! Rules: announced questions, statements that are shown, and published summaries are public; a thread and who wrote
//! what in it are for members; drafts, held posts and held statements are for their authors and for who runs the
//! question. Votes are read as counts only.

use super::{Opened, allow, open_question};
use crate::access::{Act, Actor, Relation, Verdict, may};
use crate::refused::Refused;
use time::OffsetDateTime;
use whatworks_domain::forum::{PostStatus, StatementStatus};
use whatworks_store::Store;
use whatworks_store::forum::{Post, Question, Revision, Statement, Summary, Thread, Viewer};

/// The questions that an actor may know of, the latest to open first: announced ones, drafts of one's own, all for a
/// steward.
///
/// # Errors
/// [`Refused::Store`].
pub async fn list_questions(store: &Store, actor: Option<&Actor>) -> Result<Vec<Question>, Refused> {
    let is_any = may(actor, Act::RunQuestion, Relation::Other);
    if is_any == Verdict::Allowed {
        return Ok(store.questions().list(true).await?);
    }
    let mut questions = store.questions().list(false).await?;
    let runs = may(actor, Act::RunQuestion, Relation::Facilitates);
    if let Some(actor) = actor.filter(|_| runs == Verdict::Allowed) {
        let own = store.questions().list_facilitated(&actor.member_id).await?;
        questions.extend(own.into_iter().filter(|question| question.marks.scheduled_at.is_none()));
        questions.sort_by(|a, b| b.plan.opens_on.cmp(&a.plan.opens_on).then_with(|| a.slug.cmp(&b.slug)));
    }
    Ok(questions)
}

/// How an actor sees the posts of a question.
pub fn viewer<'a>(actor: Option<&'a Actor>, opened: &Opened) -> Viewer<'a> {
    Viewer { member_id: actor.map(|actor| actor.member_id.as_str()), sees_all: opened.runs }
}

/// A page of a thread: at most `most` posts after a path, blank for the first page.
///
/// # Errors
/// [`Refused::Missing`]; refusals of [`Act::ReadThread`]; [`Refused::Store`].
pub async fn read_thread(
    store: &Store,
    actor: Option<&Actor>,
    slug: &str,
    (after, most): (&str, u32),
    now: OffsetDateTime,
) -> Result<Thread, Refused> {
    let signed_in = allow(actor, Act::ReadThread, Relation::None)?;
    let opened = open_question(store, Some(signed_in), slug, now).await?;
    Ok(store.posts().list_thread(slug, viewer(Some(signed_in), &opened), after, most).await?)
}

/// One post with its wordings. What is not shown is there for its author and for who runs the question only.
///
/// # Errors
/// [`Refused::Missing`]; refusals of [`Act::ReadThread`]; [`Refused::Store`].
pub async fn read_post(
    store: &Store,
    actor: Option<&Actor>,
    (slug, number): (&str, i64),
    now: OffsetDateTime,
) -> Result<(Post, Vec<Revision>), Refused> {
    let signed_in = allow(actor, Act::ReadThread, Relation::None)?;
    let opened = open_question(store, Some(signed_in), slug, now).await?;
    let post = store.posts().find(slug, number).await?;
    let sees = |post: &Post| {
        post.status == PostStatus::Shown || opened.runs || post.member_id == signed_in.member_id
    };
    let post = post.filter(sees).ok_or(Refused::Missing("post"))?;
    let revisions = store.posts().list_revisions(slug, number).await?;
    Ok((post, revisions))
}

/// The statements that an actor may read: shown and replaced ones, and one's own; all for who runs the question.
///
/// # Errors
/// [`Refused::Missing`]; [`Refused::SecondFactor`] for one's own draft; [`Refused::Store`].
pub async fn read_statements(
    store: &Store,
    actor: Option<&Actor>,
    slug: &str,
    now: OffsetDateTime,
) -> Result<Vec<Statement>, Refused> {
    let opened = open_question(store, actor, slug, now).await?;
    let mut statements = store.statements().list(slug).await?;
    statements.retain(|statement| {
        let is_open = matches!(statement.status, StatementStatus::Shown | StatementStatus::Replaced);
        is_open || opened.runs || actor.is_some_and(|actor| actor.member_id == statement.member_id)
    });
    Ok(statements)
}

/// The versions of a summary that an actor may read: what is out; drafts too for who runs the question.
///
/// # Errors
/// [`Refused::Missing`]; [`Refused::SecondFactor`] for one's own draft; [`Refused::Store`].
pub async fn read_summaries(
    store: &Store,
    actor: Option<&Actor>,
    slug: &str,
    now: OffsetDateTime,
) -> Result<Vec<Summary>, Refused> {
    let opened = open_question(store, actor, slug, now).await?;
    let mut versions = store.summaries().list(slug).await?;
    versions.retain(|version| version.published_at.is_some() || opened.runs);
    Ok(versions)
}
