//! A discussion to write in: members, a question, statements.

use crate::example::NOON;
use crate::place::Place;
use time::{Date, Duration, OffsetDateTime};
use whatworks_domain::forum::{Ballot, Channel, Plan, PostStatus, StatementStatus};
use whatworks_store::forum::{NewPost, NewQuestion, NewStatement, NewVote, Rate, Written};
use whatworks_store::{Consequences, Store};

pub(crate) const QUESTION: &str = "grace-periods";
/// As often as one likes.
pub(crate) const FREE: Rate = Rate { most: 10_000, within: Duration::ZERO };

pub(crate) fn nothing() -> Consequences {
    Consequences::default()
}

pub(crate) fn plan() -> Plan {
    let day = |day| Date::from_calendar_date(2026, time::Month::March, day).unwrap();
    Plan { opens_on: day(1), votes_on: day(4), closes_on: day(5), revote: Some((day(20), day(21))) }
}

/// Active members `m0` … in Kenya, each with an address and a ballot key; `m0` is a facilitator by role.
pub(crate) async fn add_members(place: &Place, count: usize) {
    let at = if place.is_sqlite() { "'2026-01-01T00:00:00Z'" } else { "'2026-01-01 00:00:00+00'" };
    for member in 0..count {
        place
            .run(&format!(
                "insert into member (member_id, email, name, status, language, time_zone, country, profile, \
                 request_note, delivery, is_vouched, ballot_key, created_at) values ('m{member}', \
                 'm{member}@example.org', 'Member {member}', 'active', 'en', 'UTC', 'KE', '', '', 'daily', false, \
                 'key{member}', {at})"
            ))
            .await;
    }
    place
        .run(&format!(
            "insert into member_role (member_id, role, granted_by, granted_at) \
             values ('m0', 'facilitator', 'm0', {at})"
        ))
        .await;
}

pub(crate) async fn begin(store: &Store) {
    let plan = plan();
    let question = NewQuestion {
        slug: QUESTION,
        title: "Do grace periods help?",
        background: "What is known.\nTwo lines.",
        house_rules: "Be kind.",
        language: "en",
        plan: &plan,
        roster_limit: None,
        created_by: "m0",
    };
    store.questions().insert_draft(&question, &nothing(), NOON).await.unwrap();
}

pub(crate) fn post<'a>(member_id: &'a str, parent: Option<i64>, body: &'a str, once: &'a str) -> NewPost<'a> {
    NewPost {
        slug: QUESTION,
        parent,
        member_id,
        body,
        status: PostStatus::Shown,
        channel: Channel::Web,
        language: "en",
        once,
        rate: FREE,
    }
}

pub(crate) fn statement<'a>(member_id: &'a str, body: &'a str, once: &'a str) -> NewStatement<'a> {
    NewStatement {
        slug: QUESTION,
        body,
        language: "en",
        member_id,
        is_seed: false,
        status: StatementStatus::Shown,
        claim_id: None,
        once,
        rate: None,
    }
}

pub(crate) fn vote<'a>(voter: &'a str, statement: i64, ballot: Ballot, once: &'a str) -> NewVote<'a> {
    NewVote {
        slug: QUESTION,
        voter,
        statement,
        ballot,
        channel: Channel::Web,
        once,
        region: "sub-saharan-africa",
        sector: "institution",
        is_new: false,
        network_hash: "",
        rate: FREE,
    }
}

pub(crate) async fn write(store: &Store, new: NewPost<'_>, at: OffsetDateTime) -> i64 {
    match store.posts().insert(&new, at).await.unwrap() {
        Written::Done(number) => number,
        other => panic!("{other:?}"),
    }
}
