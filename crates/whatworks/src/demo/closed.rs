//! A second made-up discussion, closed the day before, whose summary is still to be written: so that newcomers can close
//! one. Its 30 voters are of one mind, so that its map shows no groups.

use super::{FREE, member_id};
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;
use std::num::NonZeroUsize;
use time::{Duration, OffsetDateTime, Time, UtcOffset};
use whatworks_domain::forum::{Ballot, Channel, Day, Plan, PostStatus, StatementStatus, Theme};
use whatworks_forum::Refused;
use whatworks_forum::acts::discussion::opinions::compute_opinions;
use whatworks_store::forum::{Mark, NewPost, NewQuestion, NewStatement, NewVote};
use whatworks_store::{Consequences, Store};

/// The address of the question.
const SLUG: &str = "demonstration-monthly-meetings";
/// Seed of every draw.
const SEED: u64 = 15;
const VOTERS: usize = 30;

/// A statement and the chance that a voter agrees.
const STATEMENTS: [(&str, f64); 8] = [
    ("A monthly meeting is enough for clients in their second cycle.", 0.85),
    ("Weekly meetings find trouble sooner.", 0.55),
    ("Clients should choose the day of the meeting.", 0.93),
    ("Fewer meetings cost us nothing in repayment.", 0.5),
    ("The time saved goes to more clients for each officer, not to better advice.", 0.6),
    ("A client who misses a monthly meeting is called the same day.", 0.78),
    ("First loans need a weekly meeting.", 0.4),
    ("What a meeting costs a client in time belongs in the price that is told.", 0.88),
];

/// Posts: who writes, what is answered (its place in this list), the text.
const POSTS: [(usize, Option<usize>, &str); 4] = [
    (
        5,
        None,
        "We went from weekly to monthly in two branches and kept two as they were. Arrears moved alike.",
    ),
    (9, Some(0), "How many clients were in the four branches?"),
    (5, Some(1), "About 3,100 together. We have it written up."),
    (12, None, "Who has asked clients what they would do with the hours?"),
];

/// Writes the discussion, unless it is there.
///
/// # Errors
/// [`Refused::Store`] when the database does not take it.
pub(super) async fn load(store: &Store, now: OffsetDateTime) -> Result<(), Refused> {
    if store.questions().find(SLUG).await?.is_some() {
        return Ok(());
    }
    let today = now.to_offset(UtcOffset::UTC).date();
    // The last day is over everywhere on Earth at noon of the day after it, UTC.
    let closes_on = today - Duration::days(2);
    let opens_on = closes_on - Duration::days(2);
    let start = OffsetDateTime::new_in_offset(opens_on, Time::MIDNIGHT, UtcOffset::UTC);
    let announced = start - Duration::days(7);
    let nothing = Consequences::default();
    let facilitator = member_id(0);
    let plan = Plan { opens_on, votes_on: closes_on, closes_on, revote: None };
    let new = NewQuestion {
        slug: SLUG,
        title: "Is a monthly meeting enough?",
        background: "A made-up discussion. Groups of borrowers meet weekly in many institutions and monthly in others.",
        house_rules: super::content::RULES,
        language: "en",
        plan: &plan,
        roster_limit: None,
        created_by: &facilitator,
    };
    let questions = store.questions();
    questions.insert_draft(&new, &nothing, announced).await?;
    let days: Vec<Day> = [Theme::Facts, Theme::Experience, Theme::Vote]
        .into_iter()
        .zip(0..)
        .map(|(theme, after)| Day {
            held_on: opens_on + Duration::days(after),
            theme,
            prompt: "What have you seen with fewer meetings?".into(),
        })
        .collect();
    questions.change_plan(SLUG, &plan, &days, &nothing, announced).await?;
    questions.set_facilitator(SLUG, &facilitator, "", &nothing, announced).await?;
    questions.mark(SLUG, Mark::Scheduled, &nothing, announced).await?;
    for (at, (body, _)) in STATEMENTS.iter().enumerate() {
        let new = NewStatement {
            slug: SLUG,
            body,
            language: "en",
            member_id: &facilitator,
            is_seed: true,
            status: StatementStatus::Shown,
            claim_id: None,
            once: &format!("{SLUG}-statement-{at}"),
            rate: None,
        };
        store.statements().insert(&new, announced).await?;
    }
    for (at, (by, answers, body)) in POSTS.iter().enumerate() {
        let new = NewPost {
            slug: SLUG,
            parent: answers.and_then(|answered| i64::try_from(answered + 1).ok()),
            member_id: &member_id(*by),
            body,
            status: PostStatus::Shown,
            channel: Channel::Web,
            language: "en",
            once: &format!("{SLUG}-post-{at}"),
            rate: FREE,
        };
        let after = i64::try_from(at).unwrap_or(0) * 9 + 4;
        store.posts().insert(&new, start + Duration::hours(after)).await?;
    }
    votes(store, start).await?;
    compute_opinions(store, SLUG, NonZeroUsize::MIN, now).await.map(drop)
}

async fn votes(store: &Store, start: OffsetDateTime) -> Result<(), Refused> {
    let mut draw = ChaCha8Rng::seed_from_u64(SEED);
    for voter in 0..VOTERS {
        for (at, (_, chance)) in STATEMENTS.iter().enumerate() {
            let ballot = if draw.random_bool(*chance) { Ballot::Agree } else { Ballot::Disagree };
            let new = NewVote {
                slug: SLUG,
                voter: &format!("demonstration-voter-{voter}"),
                statement: i64::try_from(at + 1).unwrap_or(i64::MAX),
                ballot,
                channel: Channel::Web,
                once: &format!("{SLUG}-vote-{voter}-{at}"),
                region: "",
                sector: "",
                is_new: false,
                network_hash: &format!("demonstration-network-{voter}"),
                rate: FREE,
            };
            store.votes().cast(&new, start + Duration::hours(60)).await?;
        }
    }
    Ok(())
}
