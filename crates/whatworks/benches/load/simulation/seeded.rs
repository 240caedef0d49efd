//! The database before anybody comes: members with a session each, one open question with statements and a thread.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use time::{Duration, OffsetDateTime, UtcOffset};
use whatworks_accounts::token::Token;
use whatworks_domain::forum::{Channel, Day, Plan, PostStatus, StatementStatus, Theme};
use whatworks_domain::member::{Delivery, MailAddress, MemberStatus, Role};
use whatworks_store::forum::{Mark, NewPost, NewQuestion, NewStatement, Rate};
use whatworks_store::{Consequences, NewMember, NewSession, Profile, Store};

/// The question's address.
pub(crate) const SLUG: &str = "load";
/// Posts in the thread at the start.
const POSTS: usize = 40;
const FREE: Rate = Rate { most: 1_000_000, within: Duration::HOUR };

/// What a browser of a member holds.
#[derive(Debug, Clone)]
pub(crate) struct Seat {
    pub(crate) member: usize,
    pub(crate) cookie: String,
    pub(crate) ballot_key: String,
}

pub(crate) fn member_id(member: usize) -> String {
    format!("member-{member:05}")
}

/// Fills an empty database. Half of the members are of one mind and half of another, in six countries.
pub(crate) async fn seed(store: &Store, members: usize, statements: usize, now: OffsetDateTime) -> Vec<Seat> {
    let nothing = Consequences::default();
    let joined = now - Duration::days(40);
    let mut rng = ChaCha8Rng::seed_from_u64(1_600);
    let mut seats = Vec::new();
    for member in 0..members {
        let member_id = member_id(member);
        let new = NewMember {
            member_id: member_id.clone(),
            address: MailAddress::new(&format!("{member_id}@simulated.invalid")).unwrap(),
            status: MemberStatus::Active,
            profile: Profile {
                name: format!("Member {member}"),
                language: "en".into(),
                time_zone: "UTC".into(),
                country: ["KE", "IN", "PE", "BD", "SN", "PH"][member % 6].into(),
                about: String::new(),
                delivery: Delivery::None,
            },
            organisation_id: None,
            request_note: String::new(),
            is_vouched: true,
            ballot_key: format!("ballot-{member}"),
            consents: Vec::new(),
        };
        store.members().insert(&new, &nothing, joined).await.unwrap();
        let mut bytes = [0; 32];
        rng.fill_bytes(&mut bytes);
        let token = Token::from_bytes(bytes);
        rng.fill_bytes(&mut bytes);
        let session = NewSession {
            session_hash: token.hash(),
            member_id,
            form_key: Token::from_bytes(bytes).text(),
            device: "simulated".into(),
            strong_at: None,
        };
        assert!(store.sessions().begin(&session, &[], None, &nothing, now).await.unwrap());
        seats.push(Seat { member, cookie: token.text(), ballot_key: new.ballot_key });
    }
    question(store, statements, now).await;
    seats
}

async fn question(store: &Store, statements: usize, now: OffsetDateTime) {
    let nothing = Consequences::default();
    let runs_it = member_id(0);
    store.members().grant_role(&runs_it, Role::Facilitator, "program", &nothing, now).await.unwrap();
    let today = now.to_offset(UtcOffset::UTC).date();
    let opened = now - Duration::days(3);
    let day = |after: i64| today - Duration::days(2) + Duration::days(after);
    let plan = Plan { opens_on: day(0), votes_on: day(4), closes_on: day(5), revote: None };
    let new = NewQuestion {
        slug: SLUG,
        title: "Which practices leave borrowers better off?",
        background: "What is known, in a few lines. See the [findings](/findings).",
        house_rules: "Say what you saw, and where.",
        language: "en",
        plan: &plan,
        roster_limit: None,
        created_by: &runs_it,
    };
    let questions = store.questions();
    questions.insert_draft(&new, &nothing, opened).await.unwrap();
    let days: Vec<Day> = (0..6)
        .map(|after| Day { held_on: day(after), theme: Theme::Experience, prompt: "Tell one case.".into() })
        .collect();
    questions.change_plan(SLUG, &plan, &days, &nothing, opened).await.unwrap();
    questions.set_facilitator(SLUG, &runs_it, "", &nothing, opened).await.unwrap();
    questions.mark(SLUG, Mark::Scheduled, &nothing, opened).await.unwrap();
    for at in 0..statements {
        let new = NewStatement {
            slug: SLUG,
            body: &format!("Practice number {at} leaves those who borrow better off than no loan at all."),
            language: "en",
            member_id: &runs_it,
            is_seed: true,
            status: StatementStatus::Shown,
            claim_id: None,
            once: &format!("seed-statement-{at}"),
            rate: None,
        };
        store.statements().insert(&new, opened).await.unwrap();
    }
    for at in 0..POSTS {
        let new = NewPost {
            slug: SLUG,
            parent: if at % 3 == 2 { i64::try_from(at).ok() } else { None },
            member_id: &member_id(at % 7),
            body: "In our branches the meeting was cut to once a month, and arrears did not move in eight months.",
            status: PostStatus::Shown,
            channel: Channel::Web,
            language: "en",
            once: &format!("seed-post-{at}"),
            rate: FREE,
        };
        store.posts().insert(&new, opened).await.unwrap();
    }
}
