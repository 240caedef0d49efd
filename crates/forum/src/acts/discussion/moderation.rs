//! Deciding: held posts and statements, flags, appeals.
//!
//! Rules: every decision has a reason from the list and stands in the record; its author is told by mail. Nobody decides
//! on their own writing. A decision that another facilitator made meanwhile stays. An appeal is answered by a steward
//! who did not decide, once, with an answer in words; upheld, what was taken down is shown again.

use super::posts::against;
use super::{Opened, allow, audit, id_of, open_question, optional_text, standing, text};
use crate::access::{Act, Actor, Relation, Verdict, may};
use crate::notices::{DiscussionNotice, post_path, reach, statement_path};
use crate::refused::Refused;
use time::OffsetDateTime;
use whatworks_domain::forum::{
    MAX_APPEAL_LENGTH, MAX_REASON_LENGTH, PostStatus, Reason, Reasoned, StatementStatus, Subject,
};
use whatworks_domain::member::Role;
use whatworks_store::forum::{Appeal, AppealOutcome, NewAppeal, Queue};
use whatworks_store::{Consequences, Store};

/// A decision: shown or not, and why.
#[derive(Debug, Clone, Copy)]
pub struct Decision<'a> {
    /// Whether it is shown.
    pub is_shown: bool,
    /// Why; what is shown needs none against it.
    pub reason: Reason,
    /// In the decider's words; may be blank but for [`Reason::Other`].
    pub words: &'a str,
}

impl Decision<'_> {
    fn reasoned(&self) -> Result<Reasoned, Refused> {
        if self.is_shown {
            let words = optional_text("words", self.words, MAX_REASON_LENGTH)?;
            return Ok(Reasoned { reason: Reason::Fine, words });
        }
        against(self.reason, self.words)
    }
}

/// Who moderates this question, if the actor may.
async fn moderator<'actor>(
    store: &Store,
    actor: Option<&'actor Actor>,
    slug: &str,
    now: OffsetDateTime,
) -> Result<(&'actor Actor, Opened), Refused> {
    if actor.is_none() {
        return Err(Refused::SignIn);
    }
    let opened = open_question(store, actor, slug, now).await?;
    let actor = allow(actor, Act::Moderate, opened.relation)?;
    standing(store, actor, Act::Moderate, now).await?;
    Ok((actor, opened))
}

/// What follows from a decision: the record, and a mail to the author.
async fn follows(
    store: &Store,
    actor: &Actor,
    (event, object): (&str, &str),
    reasoned: &Reasoned,
    (author, notice): (&str, DiscussionNotice),
    now: OffsetDateTime,
) -> Result<Consequences, Refused> {
    let to = reach(store.standings().find(author, now).await?).filter(|to| to.member_id != actor.member_id);
    let once = format!("{event}:{object}:{}", now.unix_timestamp());
    let mail = to.map(|to| notice.mail(&to, &once)).into_iter().collect();
    let record = audit(&actor.member_id, event, object, reasoned.reason.code());
    Ok(Consequences { mail, audit: vec![record], ..Consequences::default() })
}

/// Shows a held post, rejects it, or takes a shown one down.
///
/// # Errors
/// [`Refused::Fault`]: `choice`, `words-needed`, `text-long`, `own-post`, `already-decided`; [`Refused::Missing`];
/// refusals of [`Act::Moderate`]; [`Refused::Store`].
pub async fn decide_post(
    store: &Store,
    actor: Option<&Actor>,
    (slug, number): (&str, i64),
    decision: Decision<'_>,
    now: OffsetDateTime,
) -> Result<PostStatus, Refused> {
    let (actor, opened) = moderator(store, actor, slug, now).await?;
    let reasoned = decision.reasoned()?;
    let post = store.posts().find(slug, number).await?.ok_or(Refused::Missing("post"))?;
    if post.member_id == actor.member_id {
        return Err(Refused::fault("", "own-post"));
    }
    let to = match (post.status, decision.is_shown) {
        (PostStatus::Held, true) => PostStatus::Shown,
        (PostStatus::Held, false) => PostStatus::Rejected,
        (PostStatus::Shown, false) => PostStatus::Removed,
        _ => return Err(Refused::fault("", "already-decided")),
    };
    let notice = DiscussionNotice::PostDecided {
        title: opened.question.title,
        path: post_path(slug, number),
        status: to.code().into(),
        reason: reasoned.reason.code().into(),
        words: reasoned.words.clone(),
    };
    let object = format!("{slug}/p{number}");
    let event = ("decide-post", object.as_str());
    let also = follows(store, actor, event, &reasoned, (&post.member_id, notice), now).await?;
    let move_to = (post.status, to);
    if store.posts().decide((slug, number), move_to, &reasoned, &actor.member_id, &also, now).await? {
        Ok(to)
    } else {
        Err(Refused::fault("", "already-decided"))
    }
}

/// Shows a held statement, or takes one out.
///
/// # Errors
/// [`Refused::Fault`]: `choice`, `words-needed`, `text-long`, `own-statement`, `already-decided`; [`Refused::Missing`];
/// refusals of [`Act::Moderate`]; [`Refused::Store`].
pub async fn decide_statement(
    store: &Store,
    actor: Option<&Actor>,
    (slug, number): (&str, i64),
    decision: Decision<'_>,
    now: OffsetDateTime,
) -> Result<StatementStatus, Refused> {
    let (actor, opened) = moderator(store, actor, slug, now).await?;
    let reasoned = decision.reasoned()?;
    let statement = store.statements().find(slug, number).await?.ok_or(Refused::Missing("statement"))?;
    // A facilitator may take out a seed of their own: it speaks for nobody.
    if statement.member_id == actor.member_id && !statement.is_seed {
        return Err(Refused::fault("", "own-statement"));
    }
    let to = match (statement.status, decision.is_shown) {
        (StatementStatus::Held, true) => StatementStatus::Shown,
        (StatementStatus::Held | StatementStatus::Shown, false) => StatementStatus::Out,
        _ => return Err(Refused::fault("", "already-decided")),
    };
    let notice = DiscussionNotice::StatementDecided {
        title: opened.question.title,
        statement: statement.body,
        path: statement_path(slug, number),
        status: to.code().into(),
        reason: reasoned.reason.code().into(),
        words: reasoned.words.clone(),
    };
    let object = format!("{slug}/s{number}");
    let event = ("decide-statement", object.as_str());
    let also = follows(store, actor, event, &reasoned, (&statement.member_id, notice), now).await?;
    let move_to = (statement.status, to);
    if store.statements().decide((slug, number), move_to, &reasoned, &actor.member_id, &also, now).await? {
        Ok(to)
    } else {
        Err(Refused::fault("", "already-decided"))
    }
}

/// Decides on all open flags of a post; upheld, the post is taken down.
///
/// # Errors
/// [`Refused::Fault`]: `choice`, `words-needed`, `text-long`, `own-post`, `already-decided`; [`Refused::Missing`];
/// refusals of [`Act::Moderate`]; [`Refused::Store`].
pub async fn decide_flags(
    store: &Store,
    actor: Option<&Actor>,
    (slug, number): (&str, i64),
    decision: Decision<'_>,
    now: OffsetDateTime,
) -> Result<(), Refused> {
    let (actor, opened) = moderator(store, actor, slug, now).await?;
    let reasoned = decision.reasoned()?;
    let post = store.posts().find(slug, number).await?.ok_or(Refused::Missing("post"))?;
    if post.member_id == actor.member_id {
        return Err(Refused::fault("", "own-post"));
    }
    let is_upheld = !decision.is_shown;
    let notice = DiscussionNotice::PostDecided {
        title: opened.question.title,
        path: post_path(slug, number),
        status: PostStatus::Removed.code().into(),
        reason: reasoned.reason.code().into(),
        words: reasoned.words.clone(),
    };
    let event = if is_upheld { "uphold-flags" } else { "dismiss-flags" };
    let object = format!("{slug}/p{number}");
    let mut also = follows(store, actor, (event, &object), &reasoned, (&post.member_id, notice), now).await?;
    if !is_upheld {
        // Nobody is told of flags that came to nothing.
        also.mail.clear();
    }
    let by = &actor.member_id;
    match store.posts().decide_flags((slug, number), is_upheld, &reasoned, by, &also, now).await? {
        0 => Err(Refused::fault("", "already-decided")),
        _ => Ok(()),
    }
}

/// An appeal to raise.
#[derive(Debug, Clone, Copy)]
pub struct RaiseAppeal<'a> {
    /// The question.
    pub slug: &'a str,
    /// What it is about.
    pub kind: Subject,
    /// Number of the post or statement.
    pub number: i64,
    /// One's word.
    pub body: &'a str,
    /// Of its form.
    pub once: &'a str,
}

/// What an appeal is about: its author, whether it was taken down by somebody else, and by whom.
struct Contested {
    author: String,
    is_down: bool,
    by: Option<String>,
}

async fn contested(store: &Store, slug: &str, kind: Subject, number: i64) -> Result<Contested, Refused> {
    let (author, is_down, by) = match kind {
        Subject::Post => {
            let post = store.posts().find(slug, number).await?.ok_or(Refused::Missing("post"))?;
            let is_down = matches!(post.status, PostStatus::Rejected | PostStatus::Removed);
            (post.member_id, is_down, post.decided_by)
        }
        Subject::Statement => {
            let found = store.statements().find(slug, number).await?;
            let found = found.ok_or(Refused::Missing("statement"))?;
            (found.member_id, found.status == StatementStatus::Out, found.decided_by)
        }
    };
    Ok(Contested { author, is_down, by })
}

/// Objects to a decision on one's own post or statement. One decision has one appeal; gives back its id.
///
/// # Errors
/// [`Refused::Fault`]: `text-missing`, `text-long`, `withdrawn` (one took it back oneself, or it stands),
/// `already-decided` (an appeal was raised before); [`Refused::Missing`]; refusals of [`Act::Appeal`]; [`Refused::Store`].
pub async fn appeal(
    store: &Store,
    actor: Option<&Actor>,
    asked: RaiseAppeal<'_>,
    now: OffsetDateTime,
) -> Result<String, Refused> {
    let signed_in = actor.ok_or(Refused::SignIn)?;
    let about = contested(store, asked.slug, asked.kind, asked.number).await?;
    let is_own = about.author == signed_in.member_id;
    let actor = allow(actor, Act::Appeal, if is_own { Relation::Own } else { Relation::Other })?;
    standing(store, actor, Act::Appeal, now).await?;
    let body = text("body", asked.body, MAX_APPEAL_LENGTH)?;
    if !about.is_down || about.by.as_ref() == Some(&actor.member_id) {
        return Err(Refused::fault("", "withdrawn"));
    }
    let appeal_id = id_of("appeal", &format!("{}:{}", actor.member_id, asked.once));
    let appeal = NewAppeal {
        appeal_id: &appeal_id,
        slug: asked.slug,
        kind: asked.kind,
        number: asked.number,
        member_id: &actor.member_id,
        body: &body,
    };
    match store.moderation().insert_appeal(&appeal, now).await? {
        AppealOutcome::Done => Ok(appeal_id),
        AppealOutcome::Unchanged if store.moderation().find_appeal(&appeal_id).await?.is_some() => {
            Ok(appeal_id)
        }
        AppealOutcome::Unchanged => Err(Refused::fault("", "already-decided")),
    }
}

/// Answers an appeal.
///
/// # Errors
/// [`Refused::Fault`]: `text-missing`, `text-long`, `own-decision` (the actor decided it, or appeals), `already-decided`;
/// [`Refused::Missing`]; refusals of [`Act::DecideAppeal`]; [`Refused::Store`].
pub async fn decide_appeal(
    store: &Store,
    actor: Option<&Actor>,
    appeal_id: &str,
    is_upheld: bool,
    answer: &str,
    now: OffsetDateTime,
) -> Result<(), Refused> {
    let actor = allow(actor, Act::DecideAppeal, Relation::Other)?;
    standing(store, actor, Act::DecideAppeal, now).await?;
    let appeal = store.moderation().find_appeal(appeal_id).await?.ok_or(Refused::Missing("appeal"))?;
    let answer = text("answer", answer, MAX_APPEAL_LENGTH)?;
    if !may_answer(store, &appeal, actor).await? {
        return Err(Refused::fault("", "own-decision"));
    }
    let path = match appeal.kind {
        Subject::Post => post_path(&appeal.slug, appeal.number),
        Subject::Statement => statement_path(&appeal.slug, appeal.number),
    };
    let notice = DiscussionNotice::AppealAnswered {
        title: appeal.title.clone(),
        path,
        is_upheld,
        answer: answer.clone(),
    };
    let event = if is_upheld { "uphold-appeal" } else { "dismiss-appeal" };
    let reasoned = Reasoned { reason: Reason::Fine, words: String::new() };
    let author = (appeal.member_id.as_str(), notice);
    let mut also = follows(store, actor, (event, appeal_id), &reasoned, author, now).await?;
    for row in &mut also.audit {
        row.detail = format!("{}/{}{}", appeal.slug, &appeal.kind.code()[..1], appeal.number);
    }
    let by = &actor.member_id;
    match store.moderation().decide_appeal(&appeal, is_upheld, &answer, by, &also, now).await? {
        AppealOutcome::Done => Ok(()),
        AppealOutcome::Unchanged => Err(Refused::fault("", "already-decided")),
    }
}

/// Whether a steward may answer an appeal: neither decided what it is about nor raised it.
///
/// # Errors
/// [`Refused::Missing`]; [`Refused::Store`].
pub async fn may_answer(store: &Store, appeal: &Appeal, actor: &Actor) -> Result<bool, Refused> {
    let about = contested(store, &appeal.slug, appeal.kind, appeal.number).await?;
    Ok(about.by.as_ref() != Some(&actor.member_id) && appeal.member_id != actor.member_id)
}

/// Everything that waits for the actor: in the questions that the actor facilitates, or in all for a steward. Appeals are
/// for stewards only.
///
/// # Errors
/// [`Refused::NotAllowed`] or [`Refused::SecondFactor`] for who neither facilitates nor is a steward; [`Refused::SignIn`];
/// [`Refused::Store`].
pub async fn queue(store: &Store, actor: Option<&Actor>) -> Result<Queue, Refused> {
    let signed_in = actor.ok_or(Refused::SignIn)?;
    if may(actor, Act::Moderate, Relation::Other) == Verdict::Allowed {
        return Ok(store.moderation().list_queue(None).await?);
    }
    if !signed_in.holds(Role::Facilitator) && !signed_in.holds(Role::Steward) {
        return Err(Refused::NotAllowed(Act::Moderate));
    }
    let actor = allow(actor, Act::Moderate, Relation::Facilitates)?;
    let queue = store.moderation().list_queue(Some(&actor.member_id)).await?;
    Ok(Queue { appeals: Vec::new(), ..queue })
}
