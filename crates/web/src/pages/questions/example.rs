//! A discussion for tests of sections: dates, days, posts, all made up.

use super::view::{Author, Facilitator, Participation, PostView, QuestionView};
use crate::state::Evidence;
use crate::text::Lang;
use crate::visit::{Query, Visit};
use std::sync::Arc;
use time::macros::{date, datetime};
use whatworks_domain::Catalogue;
use whatworks_domain::forum::{Day, Marks, Plan, PostStatus, Theme};

pub(crate) fn visit() -> Visit {
    let catalogue = Catalogue::parse(include_str!("../../../../../evidence-base/catalogue.toml")).unwrap();
    Visit {
        evidence: Arc::new(Evidence::new(1, "d".into(), catalogue, Vec::new())),
        lang: Lang::English,
        frame: Lang::English,
        path: "/questions/barriers".into(),
        id: "barriers".into(),
        query: Query::default(),
        tried: 0,
    }
}

pub(crate) fn question() -> QuestionView {
    let day = |held_on, theme, prompt: &str| Day { held_on, theme, prompt: prompt.into() };
    QuestionView {
        slug: "barriers".into(),
        title: "What are the key barriers to <effective> group lending?".into(),
        background: "Some **background**.".into(),
        house_rules: "Be kind.".into(),
        language: "en".into(),
        roster_limit: None,
        plan: Plan {
            opens_on: date!(2026 - 10 - 10),
            votes_on: date!(2026 - 10 - 13),
            closes_on: date!(2026 - 10 - 14),
            revote: None,
        },
        marks: Marks { scheduled_at: Some(datetime!(2026-10-01 0:00 UTC)), ..Marks::default() },
        days: vec![
            day(date!(2026 - 10 - 10), Theme::Facts, "What stops groups?"),
            day(date!(2026 - 10 - 12), Theme::Proposals, "Which can a lender remove?"),
        ],
        facilitators: vec![Facilitator { name: "Amina K.".into(), shift: "Nairobi".into() }],
        participation: Participation { voters: 52, posts: 61, statements: 18, ..Participation::default() },
        now: datetime!(2026-10-12 12:00 UTC),
    }
}

pub(crate) fn post(number: i64, parent: Option<i64>, body: &str) -> PostView {
    PostView {
        number,
        parent,
        depth: usize::from(parent.is_some()),
        author: Author {
            name: "Rosa <b>".into(),
            country: "PE".into(),
            is_facilitator: false,
            is_expert: false,
        },
        written_at: datetime!(2026-10-12 6:40 UTC),
        is_by_mail: true,
        language: "en".into(),
        status: PostStatus::Shown,
        reason: String::new(),
        body: body.into(),
        is_edited: false,
        is_mine: false,
    }
}
