//! From the store to plain values: everything that a page of a question shows, read once.
//!
//! Rule: a draft exists for those who run it and for stewards; to everybody else there is no such question. Names are
//! read for members only. Own ballots are read with the reader's own key.

use super::evidence::{ClaimOnTable, OnTable};
use super::summary::{Aftermath, Remark, SummaryView};
use super::thread::{Order, PAGE};
use super::view::{
    Author, Ballots, Counts, Facilitator, Participation, PostView, QuestionView, Revision, StatementView,
};
use crate::member::known::Known;
use crate::member::way::{Asked, Turned};
use std::collections::BTreeMap;
use std::sync::Arc;
use time::Duration;
use whatworks_domain::forum::{Channel, EvidenceKind, Phase, StatementStatus};
use whatworks_evidence::opinion::OpinionMap;
use whatworks_forum::acts::discussion::{summaries, votes};
use whatworks_forum::{Act, Actor, Refused, Relation, Verdict, may};
use whatworks_store::forum::{Post, Question, Statement, StatementCount, StoredClaim, Tally, Viewer};

/// Posts that are looked through for those without an answer.
const LOOKED_AT: u32 = 200;

/// Who asks, for the acts.
pub(crate) fn actor(asked: &Asked) -> Option<&Actor> {
    asked.member.as_ref().map(|member| &member.actor)
}

/// The member who asks; blank for a visitor.
pub(crate) fn me(asked: &Asked) -> &str {
    asked.member.as_ref().map_or("", |member| member.actor.member_id.as_str())
}

/// How the reader stands to a question.
pub(crate) async fn relation(asked: &Asked, slug: &str) -> Result<Relation, Turned> {
    if asked.member.is_none() {
        return Ok(Relation::None);
    }
    let facilitates = asked.store().questions().is_facilitator(slug, me(asked)).await?;
    Ok(if facilitates { Relation::Facilitates } else { Relation::Other })
}

/// Whether the reader may do an act to a question.
pub(crate) fn verdict(asked: &Asked, act: Act, relation: Relation) -> Verdict {
    may(actor(asked), act, relation)
}

fn count(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}

fn view(asked: &Asked, question: Question, tally: &Tally) -> QuestionView {
    QuestionView {
        slug: question.slug,
        title: question.title,
        background: question.background,
        house_rules: question.house_rules,
        roster_limit: question.roster_limit,
        language: question.language,
        plan: question.plan,
        marks: question.marks,
        days: Vec::new(),
        facilitators: Vec::new(),
        participation: Participation {
            voters: count(tally.voters),
            votes: count(tally.votes),
            posts: count(tally.posts),
            posts_by_mail: count(tally.posts_by_mail),
            countries: count(tally.countries),
            statements: count(tally.statements),
            ..Participation::default()
        },
        now: asked.now,
    }
}

/// All questions that the reader may see, drafts among them for who runs any.
pub(crate) async fn list(asked: &Asked) -> Result<Vec<QuestionView>, Turned> {
    let store = asked.store();
    let sees_all = verdict(asked, Act::RunQuestion, Relation::None) == Verdict::Allowed;
    let mut questions = store.questions().list(sees_all).await?;
    if !sees_all && verdict(asked, Act::RunQuestion, Relation::Facilitates) == Verdict::Allowed {
        let own = store.questions().list_facilitated(me(asked)).await?;
        questions.extend(own.into_iter().filter(|one| one.marks.scheduled_at.is_none()));
    }
    let tallies = store.questions().list_tallies(None).await?;
    let none = Tally::default();
    let tally = |slug: &str| tallies.iter().find(|one| one.slug == slug).unwrap_or(&none);
    Ok(questions
        .into_iter()
        .map(|question| {
            let tally = tally(&question.slug).clone();
            view(asked, question, &tally)
        })
        .collect())
}

/// The question of the address, with its days and who runs it.
pub(crate) async fn question(asked: &Asked) -> Result<QuestionView, Turned> {
    let slug = asked.parameter("slug");
    let store = asked.store();
    let missing = || Turned::Forum(Refused::Missing("question"));
    let found = store.questions().find(slug).await?.ok_or_else(missing)?;
    let tally = store.questions().list_tallies(Some(slug)).await?.pop().unwrap_or_default();
    let mut question = view(asked, found, &tally);
    if question.phase() == Phase::Draft {
        match verdict(asked, Act::RunQuestion, relation(asked, slug).await?) {
            Verdict::Allowed => {}
            Verdict::SecondFactor => return Err(Refused::SecondFactor.into()),
            Verdict::SignIn | Verdict::Refused => return Err(missing()),
        }
    }
    question.days = store.questions().list_days(slug).await?;
    question.facilitators = store
        .questions()
        .list_facilitators(slug)
        .await?
        .into_iter()
        .map(|one| Facilitator { name: one.name, shift: one.shift })
        .collect();
    let votes = store.questions().list_votes_by_voter(slug).await?;
    question.participation.median_votes = votes.get(votes.len() / 2).copied().map_or(0, count);
    Ok(question)
}

/// What the votes say, as computed last, as everyone may see it.
pub(crate) async fn opinion(asked: &Asked, slug: &str) -> Result<Option<Arc<Known>>, Turned> {
    Ok(asked.site.known.find(asked.store(), slug).await?)
}

/// Counts of a computed result, by statement.
pub(crate) fn counts_of(map: &OpinionMap) -> BTreeMap<i64, Counts> {
    let counts = |one: &whatworks_evidence::opinion::StatementResult| {
        Some((
            one.id.parse().ok()?,
            Counts {
                agree: one.answers.agree as u64,
                disagree: one.answers.disagree as u64,
                no_view: one.answers.pass as u64,
                unclear: one.unclear as u64,
                not_my_field: one.not_my_field as u64,
            },
        ))
    };
    map.statements.iter().filter_map(counts).collect()
}

fn counts_now(counts: Vec<StatementCount>) -> BTreeMap<i64, Counts> {
    let one = |one: StatementCount| {
        let counts = Counts {
            agree: count(one.agree),
            disagree: count(one.disagree),
            no_view: count(one.no_view),
            unclear: count(one.unclear),
            not_my_field: count(one.not_my_field),
        };
        (one.statement, counts)
    };
    counts.into_iter().map(one).collect()
}

/// Which counts go with statements.
pub(crate) enum Count<'a> {
    /// Those of the last computation.
    Computed(Option<&'a OpinionMap>),
    /// Those of this moment: reads the whole log.
    Now,
}

/// The statements that the reader may see: held ones by their writers and by those who decide.
pub(crate) async fn statements(
    asked: &Asked,
    slug: &str,
    counts: Count<'_>,
    sees_all: bool,
) -> Result<Vec<StatementView>, Turned> {
    let store = asked.store();
    let counts = match counts {
        Count::Computed(map) => map.map(counts_of).unwrap_or_default(),
        Count::Now => counts_now(store.votes().count(slug).await?),
    };
    let is_seen =
        |one: &Statement| sees_all || one.status != StatementStatus::Held || one.member_id == me(asked);
    let found = store.statements().list(slug).await?;
    Ok(found.into_iter().filter(is_seen).map(|one| statement(asked, one, &counts)).collect())
}

fn statement(asked: &Asked, one: Statement, counts: &BTreeMap<i64, Counts>) -> StatementView {
    StatementView {
        is_mine: one.member_id == me(asked),
        counts: counts.get(&one.number).copied().unwrap_or_default(),
        number: one.number,
        body: one.body,
        language: one.language,
        is_seed: one.is_seed,
        status: one.status,
        reason: one.reason,
        replaces: one.replaces,
        claim_id: one.claim_id,
        written_at: one.written_at,
    }
}

/// A post as members see it.
pub(crate) fn post(asked: &Asked, one: Post) -> PostView {
    PostView {
        depth: one.depth(),
        is_mine: one.member_id == me(asked),
        is_edited: one.revision > 1,
        number: one.number,
        parent: one.parent,
        author: Author {
            name: if one.is_erased { String::new() } else { one.author },
            country: one.country,
            is_facilitator: one.is_facilitator,
            is_expert: one.is_expert,
        },
        written_at: one.written_at,
        is_by_mail: one.channel == Channel::Mail,
        language: one.language,
        status: one.status,
        reason: one.reason,
        body: one.body,
    }
}

/// A page of the thread, and where the next begins.
pub(crate) async fn thread(
    asked: &Asked,
    slug: &str,
    sees_all: bool,
) -> Result<(Vec<PostView>, Option<String>, Order), Turned> {
    let order = Order::of(asked.visit.query.find("order").unwrap_or_default());
    if asked.member.is_none() {
        return Ok((Vec::new(), None, order));
    }
    let posts = asked.store().posts();
    let after = asked.visit.query.find("after").unwrap_or_default();
    let (found, next) = match order {
        Order::Tree => {
            let viewer = Viewer { member_id: Some(me(asked)), sees_all };
            let thread = posts.list_thread(slug, viewer, after, PAGE).await?;
            (thread.posts, thread.next)
        }
        Order::Newest => (posts.list_newest(slug, PAGE).await?, None),
        Order::Unanswered => {
            let before = asked.now - Duration::days(1);
            let is_waiting = |one: &Post| one.replies == 0 && one.written_at < before;
            let newest = posts.list_newest(slug, LOOKED_AT).await?;
            (newest.into_iter().filter(is_waiting).take(PAGE as usize).collect(), None)
        }
    };
    Ok((found.into_iter().map(|one| post(asked, one)).collect(), next, order))
}

/// Every wording of a post.
pub(crate) async fn revisions(asked: &Asked, slug: &str, number: i64) -> Result<Vec<Revision>, Turned> {
    let found = asked.store().posts().list_revisions(slug, number).await?;
    Ok(found.into_iter().map(|one| Revision { body: one.body, written_at: one.written_at }).collect())
}

/// A claim as tables show it.
pub(crate) fn claim_on_table(claim: StoredClaim) -> ClaimOnTable {
    ClaimOnTable {
        id: claim.claim_id,
        sentence: claim.sentence,
        language: claim.language,
        is_divergent: claim.is_divergent,
        syntheses: claim.rests_on,
    }
}

/// What lies on the table: number and thing.
pub(crate) async fn on_table(asked: &Asked, slug: &str) -> Result<Vec<(i64, OnTable)>, Turned> {
    let mut found = Vec::new();
    for one in asked.store().questions().list_evidence(slug).await? {
        let thing = match one.kind {
            EvidenceKind::Synthesis => Some(OnTable::Synthesis(one.target)),
            EvidenceKind::Claim => asked
                .store()
                .claims()
                .find(&one.target)
                .await?
                .map(|claim| OnTable::Claim(claim_on_table(claim))),
        };
        found.extend(thing.map(|thing| (one.number, thing)));
    }
    Ok(found)
}

/// The summary with its comments, and what was done about it. Comments are read for members.
pub(crate) async fn aftermath(asked: &Asked, question: &QuestionView) -> Result<Aftermath, Turned> {
    if question.phase() < Phase::Summary {
        return Ok(Aftermath::default());
    }
    let summaries = asked.store().summaries();
    let published =
        summaries.list(&question.slug).await?.into_iter().filter(|one| one.published_at.is_some());
    let summary = published.max_by_key(|one| one.version).map(|one| SummaryView {
        version: one.version,
        body: one.body,
        published_at: one.published_at,
    });
    let comments: Vec<Remark> = summaries
        .list_comments(&question.slug)
        .await?
        .into_iter()
        .map(|one| Remark {
            name: if one.is_erased { String::new() } else { one.author },
            body: one.body,
            link: String::new(),
            written_at: one.written_at,
        })
        .collect();
    let comment_count = comments.len();
    let comments = if asked.member.is_some() { comments } else { Vec::new() };
    Ok(Aftermath { summary, comments, comment_count, follow_ups: follow_ups(asked, &question.slug).await? })
}

/// What was done about a question. Who wrote it is a facilitator, whom the head names.
pub(crate) async fn follow_ups(asked: &Asked, slug: &str) -> Result<Vec<Remark>, Turned> {
    let found = asked.store().summaries().list_follow_ups(slug).await?;
    Ok(found
        .into_iter()
        .map(|one| Remark { name: String::new(), body: one.body, link: one.link, written_at: one.written_at })
        .collect())
}

/// The reader's own ballots on a question; none for a visitor.
pub(crate) async fn ballots(asked: &Asked, slug: &str) -> Result<Ballots, Turned> {
    if asked.member.is_none() {
        return Ok(Ballots::new());
    }
    Ok(votes::own_ballots(asked.store(), actor(asked), slug, asked.now).await?)
}

/// The draft of a summary, in the reader's language.
pub(crate) async fn draft(asked: &Asked, slug: &str) -> Result<String, Turned> {
    let sections = summaries::draft_summary(asked.store(), actor(asked), slug, asked.now).await?;
    Ok(super::draft::text(&asked.visit, &sections))
}
