//! `/questions/{slug}/statements`: every statement with all its counts, how to propose one, and the list as files.
//!
//! Rule (D9, D10): counts of exposures are published beside the votes, because what is shown more is voted on more; a
//! statement is never edited once voted on, another wording replaces it and both stay listed.

use super::plan::language_choice;
use super::queue::reason_text;
use super::sent::Sent;
use super::view::{QuestionView, StatementView};
use crate::layout::{self, Head, TagKind};
use crate::member::fields::{self, Field};
use crate::number;
use crate::text::key;
use crate::visit::Visit;
use maud::{Markup, html};
use whatworks_domain::forum::{MAX_STATEMENT_LENGTH, StatementStatus};

/// The name of a statement's standing.
pub(crate) fn status_name(visit: &Visit, status: StatementStatus) -> String {
    visit.t(match status {
        StatementStatus::Held => key("statement-held"),
        StatementStatus::Shown => key("statement-shown"),
        StatementStatus::Out => key("statement-out"),
        StatementStatus::Replaced => key("statement-replaced"),
    })
}

/// The table of statements with its files.
pub(crate) fn table(sent: &Sent, question: &QuestionView, statements: &[StatementView]) -> Markup {
    let visit = sent.visit();
    let style = visit.style();
    let count = |many: u64| html! { (number::count(many, &style)) };
    let heads = [
        Head::words(visit.t("statement")),
        Head::figures(visit.t("vote-agree")),
        Head::figures(visit.t("vote-disagree")),
        Head::figures(visit.t("vote-pass")),
        Head::figures(visit.t("vote-unclear")),
        Head::figures(visit.t("statement-exposures")),
    ];
    let rows: Vec<Vec<Markup>> = statements
        .iter()
        .map(|one| {
            let counts = one.counts;
            vec![
                heading(sent, question, statements, one),
                count(counts.agree),
                count(counts.disagree),
                count(counts.passes()),
                count(counts.unclear),
                count(counts.exposures()),
            ]
        })
        .collect();
    html! {
        @if statements.is_empty() { p { span.none { (visit.t("none")) } " " (visit.t("statements-empty")) } }
        @else { (layout::fold_table(&html! { (visit.t("statements-caption")) }, &heads, &rows)) }
        (layout::twins(visit, &question.at("statements.csv"), &question.at("statements.json")))
    }
}

fn heading(sent: &Sent, question: &QuestionView, all: &[StatementView], one: &StatementView) -> Markup {
    let visit = sent.visit();
    let later = all.iter().find(|other| other.replaces == Some(one.number)).map(|other| other.number);
    html! {
        span id=(format!("s{}", one.number)) { span.m { (one.number) ". " } bdi lang=(one.language) { (one.body) } }
        @if one.status != StatementStatus::Shown { " " (layout::tag(TagKind::Doubt, &status_name(visit, one.status))) }
        span.s.m {
            @if !one.reason.is_empty() { " " bdi { (reason_text(visit, &one.reason)) } }
            @if let Some(later) = later {
                " " a href=(format!("#s{later}")) { (visit.ta("statement-now", &[("number", later.into())])) }
            }
            @if let Some(earlier) = one.replaces {
                " " a href=(format!("#s{earlier}")) { (visit.ta("statement-before", &[("number", earlier.into())])) }
            }
        }
        @if one.is_mine && one.status == StatementStatus::Out { (object(sent, question, one.number)) }
    }
}

/// The form to object to a decision on one's own statement.
fn object(sent: &Sent, question: &QuestionView, number: i64) -> Markup {
    let visit = sent.visit();
    let path = question.at(&format!("statements/{number}/appeal"));
    let label = visit.t("appeal-label");
    html! {
        details open[sent.of(&path).1.is_some()] {
            summary { (visit.t("appeal")) }
            p.s.m { (visit.t("appeal-how")) }
            (sent.form(&path, |asked, fault| html! {
                (fields::field(asked, fault, Field { kind: "area", ..Field::line("body", &label) }))
                p { button { (visit.t("appeal-send")) } }
            }))
        }
    }
}

/// The form to propose one, with its rules.
pub(crate) fn propose(sent: &Sent, question: &QuestionView) -> Markup {
    let visit = sent.visit();
    let path = question.at("statements");
    let label = visit.t("statement-yours");
    let hint = visit.ta("statement-hint", &[("most", MAX_STATEMENT_LENGTH.into())]);
    let field = Field { kind: "area", hint: &hint, ..Field::line("body", &label) };
    html! {
        @if question.is_running() {
            details id="propose" open[sent.of(&path).1.is_some()] {
                summary { (visit.t("statement-propose")) }
                (sent.form(&path, |asked, fault| html! {
                    (fields::field(asked, fault, field))
                    (language_choice(asked, fault))
                    @if fault.is_some() {
                        p { label { input type="checkbox" name="meant" value="yes"; (visit.t("statement-meant")) } }
                    }
                    p { button { (visit.t("statement-send")) } }
                }))
            }
        }
    }
}
