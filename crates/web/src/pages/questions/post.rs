//! `/questions/{slug}/posts/{n}`: one post with what it answers, its answers, its history, and what can be done to it.
//!
//! Rule (D28): a post can be changed for 24 hours; every wording stays, told as what changed. Whoever wrote a post that
//! was refused or taken down can object once, and a steward decides.

use super::difference::difference;
use super::head;
use super::moment;
use super::queue::reason_name;
use super::sent::Sent;
use super::thread;
use super::view::{PostView, QuestionView, Revision};
use crate::layout::{self, Page, Room};
use crate::member::fields::{self, Field};
use crate::visit::Outcome;
use crate::visit::Visit;
use maud::{Markup, html};
use whatworks_domain::forum::{PostStatus, Reason};

/// Everything about one post.
#[derive(Debug)]
pub(crate) struct PostPage {
    pub(crate) post: PostView,
    pub(crate) parent: Option<PostView>,
    pub(crate) answers: Vec<PostView>,
    /// All wordings, the first one first.
    pub(crate) revisions: Vec<Revision>,
    /// Whether the reader may still change it.
    pub(crate) may_change: bool,
    /// Whether the reader has flagged it.
    pub(crate) is_flagged: bool,
    /// The reader's objection to a decision on it, if there is one.
    pub(crate) appeal: Option<Appeal>,
}

/// An objection and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Appeal {
    pub(crate) body: String,
    /// Whether it was upheld; none while it waits.
    pub(crate) is_upheld: Option<bool>,
    pub(crate) answer: String,
}

/// The page.
pub(crate) fn page(sent: &Sent, question: &QuestionView, shown: &PostPage) -> Outcome {
    let visit = sent.visit();
    let title = visit.ta("post-title", &[("number", shown.post.number.into())]);
    let body = html! {
        (layout::section_head(
            &title,
            &html! { p { a href=(format!("{}#p{}", question.path(), shown.post.number)) { (visit.t("post-in-thread")) } } p { (visit.t("thread-times")) } },
            &html! {
                (head::demonstration(visit, question))
                p.s { a href="/questions" { (visit.t("nav-questions")) } " / " a href=(question.path()) { bdi { (question.title) } } }
                h1 { (title) }
                @if let Some(parent) = &shown.parent {
                    p.s.gap { (visit.t("post-answers-this")) }
                    (thread::list(visit, question, std::iter::once(parent), false))
                }
                div.gap { (thread::list(visit, question, std::iter::once(&shown.post), false)) }
            },
        ))
        @if !shown.answers.is_empty() {
            (layout::section("answers", &visit.ta("post-answers-many", &[("count", shown.answers.len().into())]), &html! {},
                &thread::list(visit, question, shown.answers.iter(), false)))
        }
        @if shown.post.status == PostStatus::Shown && question.takes_posts() {
            (layout::section("answer", &visit.t("post-answer-name"), &html! {}, &html! {
                (thread::write_form(sent, question, Some(shown.post.number))) (thread::house_rules(visit, question))
            }))
        }
        @if shown.revisions.len() > 1 { (history(visit, shown)) }
        (doings(sent, question, shown))
    };
    layout::page(
        visit,
        &Page { title, description: question.title.clone(), room: Room::Questions, spine: None, body },
    )
}

fn history(visit: &Visit, shown: &PostPage) -> Markup {
    let body = html! {
        ol.log.list {
            @for pair in shown.revisions.windows(2).rev() {
                @if let [before, after] = pair {
                    li { (moment::stamp(visit, after.written_at)) (difference(&before.body, &after.body)) }
                }
            }
            @if let Some(first) = shown.revisions.first() {
                li { (moment::stamp(visit, first.written_at)) p { (visit.t("post-first-wording")) } }
            }
        }
    };
    layout::section(
        "history",
        &visit.t("post-history"),
        &html! { p { (visit.t("post-history-how")) } },
        &body,
    )
}

fn doings(sent: &Sent, question: &QuestionView, shown: &PostPage) -> Markup {
    let visit = sent.visit();
    let path = thread::post_path(question, shown.post.number);
    let is_refused = matches!(shown.post.status, PostStatus::Rejected | PostStatus::Removed);
    html! {
        @if shown.may_change { (change(sent, shown, &path)) }
        @if shown.post.is_mine && (is_refused || shown.appeal.is_some()) { (appeal(sent, shown, &path)) }
        @if !shown.post.is_mine && shown.post.status == PostStatus::Shown {
            @let body = html! {
                @if shown.is_flagged { p { (visit.t("flag-done")) } } @else { (flag(sent, &path)) }
            };
            (layout::section("flag", &visit.t("flag"), &html! { p { (visit.t("flag-how")) } }, &body))
        }
    }
}

fn change(sent: &Sent, shown: &PostPage, path: &str) -> Markup {
    let visit = sent.visit();
    let label = visit.t("post-change-label");
    let field = Field { kind: "area", value: &shown.post.body, ..Field::line("body", &label) };
    let body = html! {
        (sent.form(&format!("{path}/change"), |asked, fault| html! {
            (fields::field(asked, fault, field))
            p { button { (visit.t("post-change-send")) } }
        }))
        @if shown.post.status == PostStatus::Shown {
            p.s.m.gap { (visit.t("post-withdraw-how")) }
            (sent.form(&format!("{path}/withdraw"), |_, _| html! { p { button { (visit.t("post-withdraw")) } } }))
        }
    };
    layout::section("change", &visit.t("post-change"), &html! { p { (visit.t("post-change-how")) } }, &body)
}

fn flag(sent: &Sent, path: &str) -> Markup {
    let visit = sent.visit();
    let label = visit.t("flag-words");
    let options: Vec<(String, String)> = Reason::ALL
        .iter()
        .filter(|reason| reason.is_against())
        .map(|reason| (reason.code().to_owned(), reason_name(visit, *reason)))
        .collect();
    sent.form(&format!("{path}/flag"), |asked, fault| {
        html! {
            (fields::choice(asked, fault, "reason", &visit.t("flag-reason"), "", &options))
            (fields::field(asked, fault, Field { is_optional: true, ..Field::line("words", &label) }))
            p { button { (visit.t("flag-send")) } }
        }
    })
}

fn appeal(sent: &Sent, shown: &PostPage, path: &str) -> Markup {
    let visit = sent.visit();
    let label = visit.t("appeal-label");
    let body = html! {
        @if let Some(appeal) = &shown.appeal { (appeal_state(visit, appeal)) }
        @else {
            (sent.form(&format!("{path}/appeal"), |asked, fault| html! {
                (fields::field(asked, fault, Field { kind: "area", ..Field::line("body", &label) }))
                p { button { (visit.t("appeal-send")) } }
            }))
        }
    };
    layout::section("appeal", &visit.t("appeal"), &html! { p { (visit.t("appeal-how")) } }, &body)
}

/// An objection with its answer.
pub(crate) fn appeal_state(visit: &Visit, appeal: &Appeal) -> Markup {
    html! {
        blockquote dir="auto" { p { (appeal.body) } }
        p.gap {
            (match appeal.is_upheld {
                None => visit.t("appeal-waits"),
                Some(true) => visit.t("appeal-upheld"),
                Some(false) => visit.t("appeal-dismissed"),
            })
            @if !appeal.answer.is_empty() { " " bdi { (appeal.answer) } }
        }
    }
}
