//! The summary: drafted by rule, written by facilitators, published, commented, made final, followed up.
//!
//! Rules (D15): version 1 is published once the discussion has closed; members may comment for 14 days or until version 2
//! is published, which is final. A published version never changes. Those who wrote in the discussion are told by mail.
//! What was done about it may be said from the first version on, for as long as the question is kept.

use super::questions::runner;
use super::{COMMENTS, allow, audit, number_of, open_question, opinions, optional_text, standing, text};
use crate::access::{Act, Actor, Relation};
use crate::notices::{DiscussionNotice, question_path, reach};
use crate::refused::Refused;
use std::collections::BTreeMap;
use time::OffsetDateTime;
use whatworks_domain::forum::{EvidenceKind, Phase, StatementStatus};
use whatworks_domain::{Certainty, Says};
use whatworks_evidence::summary::{ClaimSaid, DayAsked, Material, PostSaid, Section, draft};
use whatworks_store::forum::{NewRemark, Post, Viewer};
use whatworks_store::{Consequences, Store};

/// Longest summary, in characters.
pub const MAX_SUMMARY_LENGTH: usize = 60_000;
/// Longest comment, and longest account of what was done, in characters.
pub const MAX_COMMENT_LENGTH: usize = 4_000;
/// Posts read at a time.
const PAGE: u32 = 1_000;

/// The draft of a summary, made from what was said and voted by rule.
///
/// # Errors
/// [`Refused::Missing`]; refusals of [`Act::WriteSummary`]; [`Refused::Store`].
pub async fn draft_summary(
    store: &Store,
    actor: Option<&Actor>,
    slug: &str,
    now: OffsetDateTime,
) -> Result<Vec<Section>, Refused> {
    let (_, opened) = runner(store, actor, slug, Act::WriteSummary, now).await?;
    let days = store.questions().list_days(slug).await?;
    let days: Vec<DayAsked> =
        days.into_iter().map(|day| DayAsked { theme: day.theme, prompt: day.prompt }).collect();
    let posts = shown_posts(store, slug).await?;
    let mut countries: BTreeMap<String, u64> = BTreeMap::new();
    let mut writers: BTreeMap<&str, &str> = BTreeMap::new();
    for post in &posts {
        writers.insert(&post.member_id, &post.country);
    }
    for country in writers.values() {
        *countries.entry((*country).to_owned()).or_default() += 1;
    }
    let statements = store.statements().list(slug).await?.into_iter();
    let open = statements.filter(|statement| statement.status == StatementStatus::Shown);
    let statements = open.map(|statement| (statement.number, statement.body)).collect();
    let map = opinions::find_opinions(store, slug).await?;
    let claims = claims_on_table(store, slug).await?;
    let writers = writers.len() as u64;
    Ok(draft(&Material {
        title: &opened.question.title,
        days: &days,
        posts: &said(&posts),
        writers,
        countries: &countries,
        statements: &statements,
        opinions: map.as_ref(),
        claims: &claims,
    }))
}

/// The shown posts of a question, in the order of the thread.
async fn shown_posts(store: &Store, slug: &str) -> Result<Vec<Post>, Refused> {
    let everyone = Viewer { member_id: None, sees_all: false };
    let (mut posts, mut after) = (Vec::new(), Some(String::new()));
    while let Some(path) = after {
        let page = store.posts().list_thread(slug, everyone, &path, PAGE).await?;
        posts.extend(page.posts);
        after = page.next;
    }
    posts.retain(|post| post.status == whatworks_domain::forum::PostStatus::Shown);
    Ok(posts)
}

/// What the draft needs of posts: whether somebody else answered, and how long the talk under each went on.
fn said(posts: &[Post]) -> Vec<PostSaid> {
    let mut said: Vec<PostSaid> = posts
        .iter()
        .map(|post| PostSaid { number: post.number, body: post.body.clone(), is_answered: false, lived: 0 })
        .collect();
    // Posts stand in the order of the thread, so those above the present one are the open ones of this stack.
    let mut above: Vec<usize> = Vec::new();
    for (at, post) in posts.iter().enumerate() {
        while above.last().is_some_and(|last| !post.path.starts_with(&posts[*last].path)) {
            above.pop();
        }
        for upper in above.iter().copied().filter(|upper| posts[*upper].member_id != post.member_id) {
            let lived = (post.written_at - posts[upper].written_at).whole_seconds();
            said[upper].lived = said[upper].lived.max(lived);
            said[upper].is_answered |= post.parent == Some(posts[upper].number);
        }
        above.push(at);
    }
    said
}

async fn claims_on_table(store: &Store, slug: &str) -> Result<Vec<ClaimSaid>, Refused> {
    let mut claims = Vec::new();
    for attached in store.questions().list_evidence(slug).await? {
        if attached.kind != EvidenceKind::Claim {
            continue;
        }
        let Some(claim) = store.claims().find(&attached.target).await? else { continue };
        let certainty = super::claims::certainty_of(&claim.certainty).unwrap_or(Certainty::NotRated);
        claims.push(ClaimSaid {
            certainty,
            says: Says::find(&claim.direction).unwrap_or(Says::Open),
            claim_id: claim.claim_id,
            sentence: claim.sentence,
            is_divergent: claim.is_divergent,
            rests_on: claim.rests_on,
        });
    }
    Ok(claims)
}

/// Which version is being written: the first until it is out, then the second.
fn version_in_work(marks: &whatworks_domain::forum::Marks) -> Result<i64, Refused> {
    match (marks.published_at, marks.final_at) {
        (_, Some(_)) => Err(Refused::fault("", "already-published")),
        (Some(_), None) => Ok(2),
        (None, None) => Ok(1),
    }
}

/// Keeps the draft of the version that is being written; gives back which it is.
///
/// # Errors
/// [`Refused::Fault`]: `text-missing`, `text-long`, `not-open`, `already-published`; [`Refused::Missing`]; refusals of
/// [`Act::WriteSummary`]; [`Refused::Store`].
pub async fn save_summary(
    store: &Store,
    actor: Option<&Actor>,
    slug: &str,
    body: &str,
    now: OffsetDateTime,
) -> Result<i64, Refused> {
    let (actor, opened) = runner(store, actor, slug, Act::WriteSummary, now).await?;
    let body = text("body", body, MAX_SUMMARY_LENGTH)?;
    if opened.phase < Phase::Open {
        return Err(Refused::fault("", "not-open"));
    }
    let version = version_in_work(&opened.question.marks)?;
    if !store.summaries().save(slug, version, &body, &actor.member_id, now).await? {
        return Err(Refused::fault("", "already-published"));
    }
    Ok(version)
}

/// Publishes the version that is being written: the first once the discussion has closed, then the final one.
///
/// # Errors
/// [`Refused::Fault`]: `not-closed`, `no-draft`, `already-published`; [`Refused::Missing`]; refusals of
/// [`Act::WriteSummary`]; [`Refused::Store`].
pub async fn publish_summary(
    store: &Store,
    actor: Option<&Actor>,
    slug: &str,
    now: OffsetDateTime,
) -> Result<i64, Refused> {
    let (actor, opened) = runner(store, actor, slug, Act::WriteSummary, now).await?;
    if opened.phase < Phase::Summary {
        return Err(Refused::fault("", "not-closed"));
    }
    let version = version_in_work(&opened.question.marks)?;
    let drafts = store.summaries().list(slug).await?;
    if !drafts.iter().any(|draft| draft.version == version) {
        return Err(Refused::fault("", "no-draft"));
    }
    let notice = DiscussionNotice::SummaryPublished {
        title: opened.question.title,
        path: format!("{}#summary", question_path(slug)),
        is_final: version == 2,
    };
    let mut mail = Vec::new();
    for writer in store.posts().list_writers(slug).await? {
        if writer == actor.member_id {
            continue;
        }
        let to = reach(store.standings().find(&writer, now).await?);
        mail.extend(to.map(|to| notice.mail(&to, &format!("summary-published:{slug}:{version}"))));
    }
    let record = audit(&actor.member_id, "publish-summary", slug, &version.to_string());
    let also = Consequences { mail, audit: vec![record], ..Consequences::default() };
    if store.summaries().publish(slug, version, &also, now).await? {
        Ok(version)
    } else {
        Err(Refused::fault("", "already-published"))
    }
}

/// Comments on a published summary.
///
/// # Errors
/// [`Refused::Fault`]: `text-missing`, `text-long`, `comments-closed`; [`Refused::TooOften`]; [`Refused::Missing`];
/// refusals of [`Act::CommentSummary`]; [`Refused::Store`].
pub async fn comment_summary(
    store: &Store,
    actor: Option<&Actor>,
    (slug, body): (&str, &str),
    once: &str,
    now: OffsetDateTime,
) -> Result<i64, Refused> {
    let actor = allow(actor, Act::CommentSummary, Relation::None)?;
    let opened = open_question(store, Some(actor), slug, now).await?;
    standing(store, actor, Act::CommentSummary, now).await?;
    let body = text("body", body, MAX_COMMENT_LENGTH)?;
    if !opened.question.marks.takes_comments(now) {
        return Err(Refused::fault("", "comments-closed"));
    }
    let comment = NewRemark { slug, member_id: &actor.member_id, body: &body, once };
    let (number, _) = number_of(store.summaries().insert_comment(&comment, COMMENTS, now).await?)?;
    Ok(number)
}

/// Says what was done about a question after its end.
///
/// # Errors
/// [`Refused::Fault`]: `text-missing`, `text-long`, `link-form`, `not-final` (no summary is out yet);
/// [`Refused::Missing`]; refusals of [`Act::WriteSummary`]; [`Refused::Store`].
pub async fn follow_up(
    store: &Store,
    actor: Option<&Actor>,
    (slug, body, link): (&str, &str, &str),
    once: &str,
    now: OffsetDateTime,
) -> Result<i64, Refused> {
    let (actor, opened) = runner(store, actor, slug, Act::WriteSummary, now).await?;
    let body = text("body", body, MAX_COMMENT_LENGTH)?;
    let link = optional_text("link", link, MAX_COMMENT_LENGTH)?;
    let is_link = link.is_empty() || link.starts_with("https://") || link.starts_with("http://");
    if !is_link || link.contains(char::is_whitespace) {
        return Err(Refused::fault("link", "link-form"));
    }
    if opened.question.marks.published_at.is_none() {
        return Err(Refused::fault("", "not-final"));
    }
    let remark = NewRemark { slug, member_id: &actor.member_id, body: &body, once };
    let record = audit(&actor.member_id, "follow-up", slug, "");
    let also = Consequences { audit: vec![record], ..Consequences::default() };
    let (number, _) = number_of(store.summaries().insert_follow_up(&remark, &link, &also, now).await?)?;
    Ok(number)
}
