//! The life of a question: begun, planned, seeded, announced, put away.
//!
//! Rules (D26): it is announced with at least 8 seed statements, dates that make a plan and have not passed, a background
//! note, house rules and a facilitator. Once it is open its first day stays, and no change of dates may take it back to
//! an earlier phase; its wording stays too. It is put away once its summary is final. Every act stands in the record.

use super::{Opened, allow, audit, fault_with, language, open_question, optional_text, standing, text};
use crate::access::{Act, Actor, Relation};
use crate::notices::{DiscussionNotice, question_path, reach};
use crate::refused::Refused;
use time::OffsetDateTime;
use whatworks_domain::forum::{
    Day, EvidenceKind, MAX_TITLE_LENGTH, MIN_SEED_STATEMENTS, Phase, Plan, PlanFault, StatementStatus,
    question_slug,
};
use whatworks_domain::member::Role;
use whatworks_evidence::map::EvidenceMap;
use whatworks_store::forum::{Mark, NewQuestion};
use whatworks_store::{Consequences, Store, StoreError};

/// Longest background note and house rules, in characters.
pub const MAX_NOTE_LENGTH: usize = 20_000;
/// Longest question of a day, and longest hours of a facilitator, in characters.
pub const MAX_LINE_LENGTH: usize = 300;

/// The words of a question.
#[derive(Debug, Clone, Copy)]
pub struct Words<'a> {
    /// The question.
    pub title: &'a str,
    /// What a member should know first; needed to announce it.
    pub background: &'a str,
    /// The house rules; needed to announce it.
    pub house_rules: &'a str,
    /// Code of its language.
    pub language: &'a str,
    /// Most members that may take part; none when all may.
    pub roster_limit: Option<i64>,
}

/// The words as they are kept.
struct Checked {
    title: String,
    background: String,
    house_rules: String,
}

impl Words<'_> {
    fn check(&self) -> Result<Checked, Refused> {
        language(self.language)?;
        if self.roster_limit.is_some_and(|limit| limit < 1) {
            return Err(Refused::fault("roster_limit", "choice"));
        }
        let title = text("title", self.title, MAX_TITLE_LENGTH)?;
        Ok(Checked {
            title: title.split_whitespace().collect::<Vec<_>>().join(" "),
            background: optional_text("background", self.background, MAX_NOTE_LENGTH)?,
            house_rules: optional_text("house_rules", self.house_rules, MAX_NOTE_LENGTH)?,
        })
    }
}

fn record(actor: &Actor, event: &str, slug: &str, detail: &str) -> Consequences {
    Consequences { audit: vec![audit(&actor.member_id, event, slug, detail)], ..Consequences::default() }
}

/// Who runs this question, if the actor may.
pub(crate) async fn runner<'actor>(
    store: &Store,
    actor: Option<&'actor Actor>,
    slug: &str,
    act: Act,
    now: OffsetDateTime,
) -> Result<(&'actor Actor, Opened), Refused> {
    if actor.is_none() {
        return Err(Refused::SignIn);
    }
    let opened = open_question(store, actor, slug, now).await?;
    let actor = allow(actor, act, opened.relation)?;
    standing(store, actor, act, now).await?;
    Ok((actor, opened))
}

/// Begins a question as a draft; who begins it is its first facilitator. The same address and title again is the same
/// question.
///
/// # Errors
/// [`Refused::Fault`]: `slug-form`, `slug-taken`, `text-missing`, `text-long`, `choice`, and those of dates;
/// refusals of [`Act::BeginQuestion`]; [`Refused::Store`].
pub async fn begin_question(
    store: &Store,
    actor: Option<&Actor>,
    slug: &str,
    words: Words<'_>,
    plan: &Plan,
    now: OffsetDateTime,
) -> Result<(), Refused> {
    let actor = allow(actor, Act::BeginQuestion, Relation::None)?;
    standing(store, actor, Act::BeginQuestion, now).await?;
    let slug = question_slug(slug).ok_or(Refused::fault("slug", "slug-form"))?;
    let checked = words.check()?;
    check_plan(plan, &[])?;
    let question = NewQuestion {
        slug: &slug,
        title: &checked.title,
        background: &checked.background,
        house_rules: &checked.house_rules,
        language: words.language,
        plan,
        roster_limit: words.roster_limit,
        created_by: &actor.member_id,
    };
    let also = record(actor, "begin-question", &slug, "");
    store.questions().insert_draft(&question, &also, now).await.map_err(|error| match error {
        StoreError::Conflict { .. } => Refused::fault("slug", "slug-taken"),
        other => other.into(),
    })
}

/// Changes the words. The question itself stays once it is open.
///
/// # Errors
/// [`Refused::Fault`]: `text-missing`, `text-long`, `choice`, `already-open`, `closed`; [`Refused::Missing`]; refusals of
/// [`Act::RunQuestion`]; [`Refused::Store`].
pub async fn change_words(
    store: &Store,
    actor: Option<&Actor>,
    slug: &str,
    words: Words<'_>,
    now: OffsetDateTime,
) -> Result<(), Refused> {
    let (actor, opened) = runner(store, actor, slug, Act::RunQuestion, now).await?;
    let checked = words.check()?;
    if opened.phase == Phase::Archived {
        return Err(Refused::fault("", "closed"));
    }
    if opened.phase >= Phase::Open && checked.title != opened.question.title {
        return Err(Refused::fault("title", "already-open"));
    }
    if opened.phase != Phase::Draft {
        needed(&checked.background, &checked.house_rules)?;
    }
    let question = NewQuestion {
        slug,
        title: &checked.title,
        background: &checked.background,
        house_rules: &checked.house_rules,
        language: words.language,
        plan: &opened.question.plan,
        roster_limit: words.roster_limit,
        created_by: &opened.question.created_by,
    };
    let also = record(actor, "change-question", slug, "words");
    Ok(store.questions().change_words(&question, &also, now).await?)
}

fn needed(background: &str, house_rules: &str) -> Result<(), Refused> {
    match (background.is_empty(), house_rules.is_empty()) {
        (true, _) => Err(Refused::fault("background", "text-missing")),
        (_, true) => Err(Refused::fault("house_rules", "text-missing")),
        _ => Ok(()),
    }
}

fn check_plan(plan: &Plan, days: &[Day]) -> Result<(), Refused> {
    plan.check(days).map_err(|fault| match fault {
        PlanFault::Order => Refused::fault("votes_on", "dates-order"),
        PlanFault::TooLong => Refused::fault("closes_on", "dates-long"),
        PlanFault::Revote => Refused::fault("revote", "dates-revote"),
        PlanFault::Day(number) => fault_with("days", "dates-day", "day", &number),
    })
}

/// Changes the dates and the days with them.
///
/// # Errors
/// [`Refused::Fault`]: `dates-order`, `dates-long`, `dates-revote`, `dates-day`, `dates-opened`, `dates-back`,
/// `dates-past`, `text-long`, `closed`; [`Refused::Missing`]; refusals of [`Act::RunQuestion`]; [`Refused::Store`].
pub async fn change_plan(
    store: &Store,
    actor: Option<&Actor>,
    slug: &str,
    plan: &Plan,
    days: &[Day],
    now: OffsetDateTime,
) -> Result<(), Refused> {
    let (actor, opened) = runner(store, actor, slug, Act::RunQuestion, now).await?;
    check_plan(plan, days)?;
    let mut kept = Vec::with_capacity(days.len());
    for day in days {
        kept.push(Day { prompt: optional_text("days", &day.prompt, MAX_LINE_LENGTH)?, ..day.clone() });
    }
    kept.sort_by_key(|day| day.held_on);
    if opened.phase == Phase::Archived {
        return Err(Refused::fault("", "closed"));
    }
    if opened.phase >= Phase::Open && plan.opens_on != opened.question.plan.opens_on {
        return Err(Refused::fault("opens_on", "dates-opened"));
    }
    if plan.phase(&opened.question.marks, now) < opened.phase {
        return Err(Refused::fault("closes_on", "dates-back"));
    }
    if opened.phase == Phase::Scheduled && plan.closes_at() <= now {
        return Err(Refused::fault("closes_on", "dates-past"));
    }
    let also = record(actor, "change-question", slug, "plan");
    Ok(store.questions().change_plan(slug, plan, &kept, &also, now).await?)
}

/// Names a facilitator, who must hold the role, or changes the hours of one.
///
/// # Errors
/// [`Refused::Fault`]: `not-a-facilitator`, `text-long`; [`Refused::Missing`]; refusals of [`Act::RunQuestion`];
/// [`Refused::Store`].
pub async fn name_facilitator(
    store: &Store,
    actor: Option<&Actor>,
    slug: &str,
    member_id: &str,
    shift: &str,
    now: OffsetDateTime,
) -> Result<(), Refused> {
    let (actor, opened) = runner(store, actor, slug, Act::RunQuestion, now).await?;
    let shift = optional_text("facilitator", shift, MAX_LINE_LENGTH)?;
    let member = store.members().find(member_id).await?.ok_or(Refused::Missing("member"))?;
    let to = reach(store.standings().find(member_id, now).await?);
    let Some(to) = to.filter(|_| member.roles.contains(&Role::Facilitator)) else {
        return Err(Refused::fault("facilitator", "not-a-facilitator"));
    };
    let mut also = record(actor, "name-facilitator", slug, member_id);
    if !store.questions().is_facilitator(slug, member_id).await? && *member_id != *actor.member_id {
        let title = opened.question.title;
        let notice = DiscussionNotice::FacilitatorNamed { title, path: question_path(slug) };
        also.mail.push(notice.mail(&to, &format!("facilitator-named:{slug}:{}", now.unix_timestamp())));
    }
    Ok(store.questions().set_facilitator(slug, member_id, &shift, &also, now).await?)
}

/// Takes a facilitator off; the last one stays.
///
/// # Errors
/// [`Refused::Fault`]: `last-one`; [`Refused::Missing`]; refusals of [`Act::RunQuestion`]; [`Refused::Store`].
pub async fn remove_facilitator(
    store: &Store,
    actor: Option<&Actor>,
    slug: &str,
    member_id: &str,
    now: OffsetDateTime,
) -> Result<(), Refused> {
    let (actor, _) = runner(store, actor, slug, Act::RunQuestion, now).await?;
    let also = record(actor, "remove-facilitator", slug, member_id);
    if store.questions().remove_facilitator(slug, member_id, &also, now).await? {
        return Err(Refused::fault("facilitator", "last-one"));
    }
    Ok(())
}

/// Puts a synthesis of the evidence shown now, or a claim, on the table.
///
/// # Errors
/// [`Refused::Fault`]: `no-such-evidence`, `closed`; [`Refused::Missing`]; refusals of [`Act::RunQuestion`];
/// [`Refused::Store`].
pub async fn attach_evidence(
    store: &Store,
    actor: Option<&Actor>,
    slug: &str,
    (kind, target): (EvidenceKind, &str),
    map: &EvidenceMap,
    now: OffsetDateTime,
) -> Result<(), Refused> {
    let (actor, opened) = runner(store, actor, slug, Act::RunQuestion, now).await?;
    if opened.phase == Phase::Archived {
        return Err(Refused::fault("", "closed"));
    }
    let exists = match kind {
        EvidenceKind::Synthesis => target.parse().is_ok_and(|key| map.find(&key).is_some()),
        EvidenceKind::Claim => store.claims().find(target).await?.is_some(),
    };
    if !exists {
        return Err(Refused::fault("evidence", "no-such-evidence"));
    }
    let also = record(actor, "attach-evidence", slug, target);
    Ok(store.questions().attach(slug, kind, target, &actor.member_id, &also, now).await?)
}

/// Takes evidence off the table.
///
/// # Errors
/// [`Refused::Fault`]: `closed`; [`Refused::Missing`]; refusals of [`Act::RunQuestion`]; [`Refused::Store`].
pub async fn detach_evidence(
    store: &Store,
    actor: Option<&Actor>,
    slug: &str,
    number: i64,
    now: OffsetDateTime,
) -> Result<(), Refused> {
    let (actor, opened) = runner(store, actor, slug, Act::RunQuestion, now).await?;
    if opened.phase == Phase::Archived {
        return Err(Refused::fault("", "closed"));
    }
    let also = record(actor, "detach-evidence", slug, &number.to_string());
    Ok(store.questions().detach(slug, number, &also, now).await?)
}

/// Announces a draft.
///
/// # Errors
/// [`Refused::Fault`]: `text-missing`, `seeds-few`, `not-a-facilitator`, `dates-past`, those of dates, `already-open`
/// (it was announced before); [`Refused::Missing`]; refusals of [`Act::RunQuestion`]; [`Refused::Store`].
pub async fn schedule(
    store: &Store,
    actor: Option<&Actor>,
    slug: &str,
    now: OffsetDateTime,
) -> Result<(), Refused> {
    let (actor, opened) = runner(store, actor, slug, Act::RunQuestion, now).await?;
    if opened.phase != Phase::Draft {
        return Err(Refused::fault("", "already-open"));
    }
    let question = &opened.question;
    needed(&question.background, &question.house_rules)?;
    check_plan(&question.plan, &store.questions().list_days(slug).await?)?;
    if question.plan.votes_at() <= now {
        return Err(Refused::fault("opens_on", "dates-past"));
    }
    let statements = store.statements().list(slug).await?;
    let is_seed = |status, is_seed| is_seed && status == StatementStatus::Shown;
    let found = statements.iter().filter(|one| is_seed(one.status, one.is_seed)).count();
    if found < MIN_SEED_STATEMENTS {
        return Err(Refused::Fault {
            field: "statements",
            code: "seeds-few",
            mentions: vec![("least", MIN_SEED_STATEMENTS.to_string()), ("found", found.to_string())],
        });
    }
    if store.questions().list_facilitators(slug).await?.is_empty() {
        return Err(Refused::fault("facilitator", "not-a-facilitator"));
    }
    let also = record(actor, "schedule-question", slug, "");
    Ok(store.questions().mark(slug, Mark::Scheduled, &also, now).await?)
}

/// Puts a question away, once its summary is final.
///
/// # Errors
/// [`Refused::Fault`]: `not-final`; [`Refused::Missing`]; refusals of [`Act::RunQuestion`]; [`Refused::Store`].
pub async fn archive(
    store: &Store,
    actor: Option<&Actor>,
    slug: &str,
    now: OffsetDateTime,
) -> Result<(), Refused> {
    let (actor, opened) = runner(store, actor, slug, Act::RunQuestion, now).await?;
    if opened.question.marks.final_at.is_none() {
        return Err(Refused::fault("", "not-final"));
    }
    let also = record(actor, "archive-question", slug, "");
    Ok(store.questions().mark(slug, Mark::Archived, &also, now).await?)
}
