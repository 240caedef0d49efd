//! The lists of questions and statements as files: one table of columns gives CSV, JSON and the API.

use super::moment;
use super::view::{QuestionView, StatementView};
use crate::text::key;
use crate::twins::{Cell, Column, Kind};

fn text(value: &str) -> Cell {
    Cell::Text(value.to_owned())
}
fn whole(value: u64) -> Cell {
    Cell::Whole(Some(value))
}

macro_rules! columns {
    ($item:ident; $($name:literal $kind:ident $meaning:literal $value:expr;)*) => {
        &[$(Column { name: $name, kind: Kind::$kind, meaning: key($meaning), value: |_, $item| $value }),*]
    };
}

/// Columns of questions.
pub(crate) const QUESTIONS: &[Column<QuestionView>] = columns! { q;
    "slug" Text "field-slug" text(&q.slug);
    "question" Text "field-question" text(&q.title);
    "language" Text "field-language" text(&q.language);
    "phase" Text "field-phase" text(q.phase().code());
    "opens_on" Text "field-opens-on" text(&moment::iso_day(q.plan.opens_on));
    "votes_on" Text "field-votes-on" text(&moment::iso_day(q.plan.votes_on));
    "closes_on" Text "field-closes-on" text(&moment::iso_day(q.plan.closes_on));
    "demonstration" Flag "field-demonstration" Cell::Flag(Some(q.is_demonstration()));
    "voters" Whole "field-voters" whole(q.participation.voters);
    "votes" Whole "field-votes" whole(q.participation.votes);
    "posts" Whole "field-posts" whole(q.participation.posts);
    "statements" Whole "field-statements" whole(q.participation.statements);
};

/// Columns of statements.
pub(crate) const STATEMENTS: &[Column<StatementView>] = columns! { s;
    "number" Whole "field-number" Cell::Whole(s.number.try_into().ok());
    "statement" Text "field-statement" text(&s.body);
    "language" Text "field-language" text(&s.language);
    "status" Text "field-status" text(s.status.code());
    "seed" Flag "field-seed" Cell::Flag(Some(s.is_seed));
    "replaces" Whole "field-replaces" Cell::Whole(s.replaces.and_then(|number| number.try_into().ok()));
    "claim" Text "field-claim" text(s.claim_id.as_deref().unwrap_or_default());
    "agree" Whole "field-agree" whole(s.counts.agree);
    "disagree" Whole "field-disagree" whole(s.counts.disagree);
    "pass_unclear" Whole "field-pass-unclear" whole(s.counts.unclear);
    "pass_no_view" Whole "field-pass-no-view" whole(s.counts.no_view);
    "pass_not_my_field" Whole "field-pass-not-my-field" whole(s.counts.not_my_field);
    "exposures" Whole "field-exposures" whole(s.counts.exposures());
    "written_at" Text "field-written-at" text(&moment::iso(s.written_at));
};
