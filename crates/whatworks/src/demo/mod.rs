//! A made-up discussion in the database, so that newcomers, pictures and browsers have a forum to look at.
//!
//! Rule: the slug begins with `demonstration-`, and every page of it says that it is made up. It is written once; a later
//! start leaves it as it is. Two camps of 28 and 24 voters answer 18 statements by fixed chances, drawn from a stated
//! seed; the dates follow from the day on which it is made, so that it is open on its third day of five. Its members have
//! addresses that no mail reaches (RFC 2606) and cannot sign in. A second discussion is closed and waits for its summary.

mod closed;
mod content;

use content::{BACKGROUND, COUNTRIES, NAMES, POSTS, RULES, STATEMENTS};
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;
use std::num::NonZeroUsize;
use time::{Duration, OffsetDateTime, Time, UtcOffset};
use whatworks_domain::forum::{
    Ballot, Channel, Day, EvidenceKind, PassReason, Plan, PostStatus, Region, StatementStatus, Theme,
};
use whatworks_domain::member::{Delivery, MailAddress, MemberStatus, OrganisationKind, Role};
use whatworks_forum::Refused;
use whatworks_forum::acts::discussion::opinions::compute_opinions;
use whatworks_store::forum::{Mark, NewPost, NewQuestion, NewStatement, NewVote, Rate};
use whatworks_store::{Consequences, NewMember, Profile, Store, StoreError};

/// The address of the question.
const SLUG: &str = "demonstration-group-lending";
/// Seed of every draw.
const SEED: u64 = 14;
/// Voters of the first camp; the others are the second.
const FIRST_CAMP: usize = 28;
/// A synthesis to lie on the table.
const SYNTHESES: [&str; 2] =
    ["credit.access~no-offer~business.profit~ITT", "credit.access~no-offer~consumption.total~ITT"];

/// So often that nothing here is ever too often.
const FREE: Rate = Rate { most: 100_000, within: Duration::HOUR };

/// Writes the demonstration, unless it is there.
///
/// # Errors
/// [`Refused::Store`] when the database does not take it.
pub(crate) async fn load(store: &Store, now: OffsetDateTime) -> Result<(), Refused> {
    if store.questions().find(SLUG).await?.is_none() {
        open_discussion(store, now).await?;
    }
    closed::load(store, now).await
}

async fn open_discussion(store: &Store, now: OffsetDateTime) -> Result<(), Refused> {
    let today = now.to_offset(UtcOffset::UTC).date();
    let opens_on = today - Duration::days(2);
    let start = OffsetDateTime::new_in_offset(opens_on, Time::MIDNIGHT, UtcOffset::UTC);
    let members = members(store, start).await?;
    question(store, &members, start).await?;
    statements(store, &members, start).await?;
    posts(store, &members, start, now).await?;
    votes(store, start, now).await?;
    // Computed at once, so that the first page shows it.
    compute_opinions(store, SLUG, NonZeroUsize::MIN, now).await.map(drop)
}

/// The id of a member of the demonstration.
fn member_id(at: usize) -> String {
    format!("demonstration-{at}")
}

fn country(at: usize) -> &'static str {
    COUNTRIES.get(at % COUNTRIES.len()).copied().unwrap_or_default()
}

/// Camps lean to kinds of organisation, and no more than lean.
fn sector(at: usize) -> OrganisationKind {
    let is_first = at < FIRST_CAMP;
    match (is_first, at % 3) {
        (true, 0 | 1) | (false, 0) => OrganisationKind::Institution,
        _ => OrganisationKind::Network,
    }
}

async fn members(store: &Store, start: OffsetDateTime) -> Result<Vec<String>, StoreError> {
    let nothing = Consequences::default();
    let mut ids = Vec::new();
    for (at, name) in NAMES.iter().enumerate() {
        let member_id = member_id(at);
        let address = MailAddress::new(&format!("{member_id}@demonstration.invalid"));
        let address = address.map_err(|error| StoreError::Corrupt { what: error.to_string() })?;
        let member = NewMember {
            member_id: member_id.clone(),
            address,
            status: MemberStatus::Active,
            profile: Profile {
                name: format!("{name} (made up)"),
                language: "en".into(),
                time_zone: "UTC".into(),
                country: country(at).into(),
                about: String::new(),
                delivery: Delivery::None,
            },
            organisation_id: None,
            request_note: String::new(),
            is_vouched: true,
            ballot_key: member_id.clone(),
            consents: Vec::new(),
        };
        store.members().insert(&member, &nothing, start - Duration::days(30)).await?;
        ids.push(member_id);
    }
    let facilitator = member_id(0);
    store.members().grant_role(&facilitator, Role::Facilitator, "program", &nothing, start).await?;
    Ok(ids)
}

async fn question(store: &Store, members: &[String], start: OffsetDateTime) -> Result<(), StoreError> {
    let nothing = Consequences::default();
    let announced = start - Duration::days(7);
    let day = |after: i64| start.date() + Duration::days(after);
    let plan = Plan { opens_on: day(0), votes_on: day(3), closes_on: day(4), revote: None };
    let facilitator = members.first().map_or("", String::as_str);
    let new = NewQuestion {
        slug: SLUG,
        title: "What are the key barriers to effective group lending?",
        background: BACKGROUND,
        house_rules: RULES,
        language: "en",
        plan: &plan,
        roster_limit: None,
        created_by: facilitator,
    };
    let questions = store.questions();
    questions.insert_draft(&new, &nothing, announced).await?;
    let days = [
        (Theme::Facts, "What stops groups from forming or lasting?"),
        (Theme::Experience, "Tell one case: a group that broke, and why."),
        (
            Theme::Proposals,
            "Which of these barriers can a lender remove, and which belong to the market it works in?",
        ),
        (Theme::Vote, "Last statements; votes on all of them."),
        (Theme::Summary, "The facilitators’ draft, open to comment."),
    ];
    let days: Vec<Day> = (0..)
        .zip(days)
        .map(|(after, (theme, prompt))| Day { held_on: day(after), theme, prompt: prompt.into() })
        .collect();
    questions.change_plan(SLUG, &plan, &days, &nothing, announced).await?;
    for target in SYNTHESES {
        questions.attach(SLUG, EvidenceKind::Synthesis, target, facilitator, &nothing, announced).await?;
    }
    questions.set_facilitator(SLUG, facilitator, "Nairobi, 8 to 12", &nothing, announced).await?;
    questions.mark(SLUG, Mark::Scheduled, &nothing, announced).await
}

async fn statements(store: &Store, members: &[String], start: OffsetDateTime) -> Result<(), StoreError> {
    for (at, said) in STATEMENTS.iter().enumerate() {
        let author = if said.is_seed { 0 } else { at };
        let new = NewStatement {
            slug: SLUG,
            body: said.text,
            language: "en",
            member_id: members.get(author).map_or("", String::as_str),
            is_seed: said.is_seed,
            status: StatementStatus::Shown,
            claim_id: None,
            once: &format!("{SLUG}-statement-{at}"),
            rate: None,
        };
        store.statements().insert(&new, start).await?;
    }
    Ok(())
}

async fn posts(
    store: &Store,
    members: &[String],
    start: OffsetDateTime,
    now: OffsetDateTime,
) -> Result<(), StoreError> {
    for (at, post) in POSTS.iter().enumerate() {
        let written_at = start + Duration::hours(post.after_hours);
        // Made in the morning, the last posts of the list are still to come.
        let new = NewPost {
            slug: SLUG,
            parent: post.answers.and_then(|answered| i64::try_from(answered + 1).ok()),
            member_id: members.get(post.by).map_or("", String::as_str),
            body: post.text,
            status: PostStatus::Shown,
            channel: if post.is_by_mail { Channel::Mail } else { Channel::Web },
            language: "en",
            once: &format!("{SLUG}-post-{at}"),
            rate: FREE,
        };
        store.posts().insert(&new, if written_at < now { written_at } else { now }).await?;
    }
    Ok(())
}

async fn votes(store: &Store, start: OffsetDateTime, now: OffsetDateTime) -> Result<(), StoreError> {
    let mut draw = ChaCha8Rng::seed_from_u64(SEED);
    let spread = (now - start).whole_minutes().max(1);
    for voter in 0..NAMES.len() {
        let camp = usize::from(voter >= FIRST_CAMP);
        let region = Region::of_country(country(voter)).map_or("", Region::code);
        for (at, said) in STATEMENTS.iter().enumerate() {
            let is_seen = draw.random_bool(0.86);
            let (passes, agrees) = (draw.random_bool(0.07), draw.random_bool(said.agree[camp]));
            let minutes = draw.random_range(0..spread);
            if !is_seen {
                continue;
            }
            let ballot = match (passes, agrees) {
                (true, true) => Ballot::Pass(PassReason::NoView),
                (true, false) => Ballot::Pass(PassReason::Unclear),
                (false, true) => Ballot::Agree,
                (false, false) => Ballot::Disagree,
            };
            let new = NewVote {
                slug: SLUG,
                voter: &format!("demonstration-voter-{voter}"),
                statement: i64::try_from(at + 1).unwrap_or(i64::MAX),
                ballot,
                channel: Channel::Web,
                once: &format!("{SLUG}-vote-{voter}-{at}"),
                region,
                sector: sector(voter).code(),
                is_new: false,
                network_hash: &format!("demonstration-network-{voter}"),
                rate: FREE,
            };
            store.votes().cast(&new, start + Duration::minutes(minutes)).await?;
        }
    }
    Ok(())
}
