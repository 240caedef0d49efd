//! A discussion of five days from the draft to what was done about it, through the acts of the forum and with a clock that
//! the simulation drives.
//!
//! Members come in their own days and hours, read, vote on what the routing shows them, answer, propose and flag; the
//! facilitators read what waits every four hours; opinions are computed every hour; mail is sent when it is queued. Each
//! camp leans its own way on half of the statements; with `has_groups: false` all are of one mind. At the end the
//! commons is held against the simulation's own book.

mod book;
mod cast;
mod closing;
mod days;

pub(crate) use book::Book;
use cast::{Cast, Mind, assemble};
use std::num::NonZeroUsize;
use time::macros::{date, datetime};
use time::{Duration, OffsetDateTime};
use whatworks_domain::forum::{Day, EvidenceKind, Phase, Plan, Theme};
use whatworks_evidence::base;
use whatworks_evidence::map::evidence_map;
use whatworks_evidence::opinion::OpinionMap;
use whatworks_forum::acts::discussion::opinions::{compute_opinions, find_opinions, find_results};
use whatworks_forum::acts::discussion::questions::{
    Words, attach_evidence, begin_question, change_plan, name_facilitator, schedule,
};
use whatworks_forum::acts::discussion::statements::{ProposeStatement, seed_statement};
use whatworks_forum::acts::discussion::{claims, open_question};
use whatworks_store::Store;

pub(crate) const SLUG: &str = "overindebtedness";
const DRAFTED: OffsetDateTime = datetime!(2026-03-01 09:00 UTC);
const PLAN: Plan = Plan {
    opens_on: date!(2026 - 03 - 16),
    votes_on: date!(2026 - 03 - 19),
    closes_on: date!(2026 - 03 - 20),
    revote: None,
};
const SEEDS: usize = 24;

/// What to simulate.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Setting {
    pub(crate) members: usize,
    pub(crate) seed: u64,
    pub(crate) has_groups: bool,
    pub(crate) threads: NonZeroUsize,
    /// Seconds since any moment; a constant where nothing is timed.
    pub(crate) stopwatch: fn() -> f64,
}

/// What came of it.
#[derive(Debug)]
pub(crate) struct Held {
    pub(crate) book: Book,
    pub(crate) map: OpinionMap,
    /// Agreement of the groups shown with the camps, 0 without groups.
    pub(crate) agreement: f64,
    /// All that everyone may read at the end.
    pub(crate) published: String,
}

/// Holds the discussion in an empty store.
pub(crate) async fn hold(store: &Store, setting: Setting) -> Held {
    let cast = assemble(store, setting.members, setting.seed, DRAFTED).await;
    let mut book = Book::default();
    prepare(store, &cast, &mut book).await;
    days::run(store, &cast, setting, &mut book).await;
    let published = closing::run(store, &cast, &mut book).await;
    let map = find_opinions(store, SLUG).await.unwrap().unwrap();
    let agreement = compare(store, &cast, &map, setting.has_groups, &mut book).await;
    Held { book, map, agreement, published }
}

async fn expect_phase(store: &Store, expected: Phase, now: OffsetDateTime, book: &mut Book) {
    let phase = open_question(store, None, SLUG, now).await.map(|opened| opened.phase);
    book.check(phase.as_ref().is_ok_and(|phase| *phase == expected), || {
        format!("{now}: {phase:?}, not {expected:?}")
    });
}

/// Draft, evidence, seeds, announcement.
async fn prepare(store: &Store, cast: &Cast, book: &mut Book) {
    let (host, other) = (&cast.facilitators[0], &cast.facilitators[1]);
    let words = Words {
        title: "Which practices keep clients out of too much debt?",
        background: "What is known, in a few lines.",
        house_rules: "Say what you saw, and where. Attack points, not people.",
        language: "en",
        roster_limit: None,
    };
    begin_question(store, Some(host), SLUG, words, &PLAN, DRAFTED).await.unwrap();
    book.check(open_question(store, None, SLUG, DRAFTED).await.is_err(), || {
        "a visitor sees the draft".into()
    });
    let themes = [Theme::Facts, Theme::Experience, Theme::Proposals, Theme::Vote, Theme::Summary];
    let days: Vec<Day> = themes
        .into_iter()
        .zip(0..)
        .map(|(theme, after)| Day {
            held_on: PLAN.opens_on + Duration::days(after),
            theme,
            prompt: format!("What of day {}?", after + 1),
        })
        .collect();
    change_plan(store, Some(host), SLUG, &PLAN, &days, DRAFTED).await.unwrap();
    name_facilitator(store, Some(host), SLUG, &other.member_id, "evenings", DRAFTED).await.unwrap();
    let catalogue = base::catalogue().unwrap();
    let evidence = evidence_map(&base::findings(&catalogue).unwrap(), &catalogue).unwrap();
    let key = evidence.assessments[0].key.to_string();
    attach_evidence(store, Some(host), SLUG, (EvidenceKind::Synthesis, &key), &evidence, DRAFTED)
        .await
        .unwrap();
    for seed in 0..SEEDS {
        let body = format!("Rule number {seed} keeps clients out of too much debt.");
        let once = format!("seed {seed}");
        let asked =
            ProposeStatement { slug: SLUG, body: &body, language: "en", is_meant: false, once: &once };
        seed_statement(store, Some(host), asked, DRAFTED).await.unwrap();
    }
    schedule(store, Some(host), SLUG, DRAFTED + Duration::days(1)).await.unwrap();
    let now = DRAFTED + Duration::days(2);
    let known = claims::EvidenceNow { map: &evidence, version: 1, digest: "digest" };
    claims::recheck_claims(store, known, now).await.unwrap();
    expect_phase(store, Phase::Scheduled, now, book).await;
    // The first moment of the first day anywhere on Earth, and the one before.
    let opens = datetime!(2026-03-15 10:00 UTC);
    expect_phase(store, Phase::Scheduled, opens - Duration::SECOND, book).await;
    expect_phase(store, Phase::Open, opens, book).await;
}

/// Computes opinions if votes came in, as the job of the program does.
async fn compute(store: &Store, threads: NonZeroUsize, now: OffsetDateTime, book: &mut Book) {
    if !store.opinions().list_behind().await.unwrap().is_empty() {
        book.computed += usize::from(compute_opinions(store, SLUG, threads, now).await.unwrap());
    }
}

/// Sends what waits; nothing may come twice.
async fn send_mail(store: &Store, now: OffsetDateTime, book: &mut Book) {
    loop {
        let mails = store.outbox().claim_due(100, Duration::MINUTE, now).await.unwrap();
        if mails.is_empty() {
            return;
        }
        for mail in mails {
            store.outbox().mark_sent(&mail, now).await.unwrap();
            *book.mails.entry((mail.kind, mail.address, mail.body)).or_default() += 1;
        }
    }
}

/// Holds the commons against the book; gives back how well the groups shown are the camps.
async fn compare(store: &Store, cast: &Cast, map: &OpinionMap, has_groups: bool, book: &mut Book) -> f64 {
    let log = whatworks_forum::acts::discussion::opinions::load_log(store, SLUG).await.unwrap();
    book.check(map.vote_log_head == log.head().to_string(), || "the map is not of the last vote".into());
    let stored = store.votes().load_log(SLUG).await.unwrap();
    let is_dense = stored.iter().zip(1..).all(|(vote, position)| vote.position == position);
    let cast_votes = book.votes;
    let is_whole = is_dense && stored.len() == cast_votes;
    book.check(is_whole, || format!("{} votes in the log, {cast_votes} cast", stored.len()));
    let own = book.counts();
    for count in store.votes().count(SLUG).await.unwrap() {
        let found = [count.agree, count.disagree, count.no_view + count.unclear + count.not_my_field];
        let expected = own.get(&count.statement).copied().unwrap_or_default();
        book.check(found == expected, || {
            format!("statement {}: {found:?}, by the book {expected:?}", count.statement)
        });
    }
    let mut keys = std::collections::BTreeMap::new();
    for (at, person) in cast.members.iter().enumerate() {
        let key = store.members().find_ballot_key(&person.actor.member_id).await.unwrap().unwrap();
        keys.insert(whatworks_forum::ballot::voter(&key, SLUG).unwrap(), at);
    }
    for voter in store.votes().list_voters(SLUG).await.unwrap() {
        let names = cast.members.iter().any(|person| format!("{voter:?}").contains(&person.actor.member_id));
        book.check(!names, || format!("{voter:?} names a member"));
    }
    let labels = map.labelling();
    let (mut found, mut truth) = (Vec::new(), Vec::new());
    for placed in &map.projection {
        let Some(at) = placed.participant.as_ref().and_then(|voter| keys.get(voter)) else {
            book.faults.push("somebody on the map is no member".into());
            continue;
        };
        let Mind::Camp(camp) = cast.members[*at].mind else { continue };
        let label = placed.participant.as_ref().and_then(|voter| labels.get(voter));
        found.push(label.and_then(|letter| map.groups.iter().position(|group| group.id == *letter)));
        truth.push(Some(camp));
    }
    for ((kind, address, _), times) in &book.mails.clone() {
        book.check(*times == 1, || format!("{kind} to {address} was sent {times} times"));
    }
    let brigade = cast.members.iter().filter(|person| has_groups && person.mind == Mind::Brigade).count();
    let (results, _) = find_results(store, SLUG).await.unwrap().unwrap();
    // Where there are camps the brigade votes alike, from one network; those of it who voted on ten statements in common are found, and nobody else.
    let flagged = results.signs.flagged;
    book.check(flagged <= brigade && (brigade == 0 || flagged >= brigade / 2), || {
        format!("{flagged} flagged, {brigade} in the brigade")
    });
    let without = results.without_flagged.map(|map| map.n_participants);
    book.check(without == (flagged >= 5).then(|| map.n_participants - flagged), || {
        format!("{without:?} people without the {flagged} flagged of {}", map.n_participants)
    });
    let broken = store.audit().verify().await.unwrap().broken;
    book.check(broken.is_none(), || format!("the record of acts breaks: {broken:?}"));
    let counts = store.outbox().count().await.unwrap();
    book.check(counts.waiting == 0, || format!("mail was left: {counts:?}"));
    whatworks_stats::opinion::adjusted_rand(&found, &truth).unwrap_or(0.0)
}
