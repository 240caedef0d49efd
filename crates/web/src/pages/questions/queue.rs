//! `/questions/{slug}/queue` and `/queue`: what waits for a decision, and the decision with its reason.
//!
//! Rule: a decision names one of a few fixed reasons, and may add words; the writer is told both, the reason in each
//! reader's own language.

use super::moment;
use super::plan::desk;
use super::prose::prose;
use super::sent::Sent;
use super::thread;
use super::view::{PostView, QuestionView, StatementView};
use crate::layout::{self, Page, Room};
use crate::member::fields::{self, Field};
use crate::text::key;
use crate::visit::{Outcome, Visit, segment};
use maud::{Markup, html};
use time::OffsetDateTime;
use whatworks_domain::forum::{Reason, Reasoned};

/// The name of a reason.
pub(crate) fn reason_name(visit: &Visit, reason: Reason) -> String {
    visit.t(match reason {
        Reason::Fine => key("reason-fine"),
        Reason::OffTopic => key("reason-off-topic"),
        Reason::Insult => key("reason-insult"),
        Reason::PersonalData => key("reason-personal-data"),
        Reason::Promotion => key("reason-promotion"),
        Reason::NoSource => key("reason-no-source"),
        Reason::Duplicate => key("reason-duplicate"),
        Reason::TwoIdeas => key("reason-two-ideas"),
        Reason::Unclear => key("reason-unclear"),
        Reason::Withdrawn => key("reason-withdrawn"),
        Reason::Other => key("reason-other"),
    })
}

/// A kept reason in the reader's language, with its words as they were written; blank while nothing was decided.
pub(crate) fn reason_text(visit: &Visit, kept: &str) -> String {
    match Reasoned::find(kept) {
        None => kept.to_owned(),
        Some(Reasoned { reason, words }) if words.is_empty() => reason_name(visit, reason),
        Some(Reasoned { reason, words }) => format!("{} · {words}", reason_name(visit, reason)),
    }
}

/// A flag that waits.
#[derive(Debug, Clone)]
pub(crate) struct FlagView {
    pub(crate) post: PostView,
    /// What those who flagged it say.
    pub(crate) reasons: Vec<String>,
}

/// An objection that waits for a steward.
#[derive(Debug, Clone)]
pub(crate) struct AppealView {
    pub(crate) appeal_id: String,
    /// The text it is about.
    pub(crate) text: String,
    pub(crate) reason: String,
    pub(crate) body: String,
    pub(crate) raised_at: OffsetDateTime,
    /// Whether the reader may answer: who decided may not.
    pub(crate) is_answerable: bool,
}

/// What waits on one question.
#[derive(Debug)]
pub(crate) struct QueueView {
    pub(crate) question: QuestionView,
    pub(crate) posts: Vec<PostView>,
    pub(crate) statements: Vec<StatementView>,
    pub(crate) flags: Vec<FlagView>,
    /// Objections; only a steward gets any.
    pub(crate) appeals: Vec<AppealView>,
    /// Statements that are shown, and could be taken out.
    pub(crate) shown: Vec<StatementView>,
}

impl QueueView {
    /// How much waits.
    pub(crate) fn waiting(&self) -> usize {
        self.posts.len() + self.statements.len() + self.flags.len() + self.appeals.len()
    }
}

/// The page over all questions that the reader facilitates.
pub(crate) fn all(sent: &Sent, queues: &[QueueView]) -> Outcome {
    let visit = sent.visit();
    let title = visit.t("queue-all");
    let waiting: usize = queues.iter().map(QueueView::waiting).sum();
    let body = html! {
        (layout::section_head(&visit.t("queue"), &html! { p { (visit.t("queue-how")) } }, &html! {
            p.s { a href="/questions" { (visit.t("nav-questions")) } }
            h1 { (title) }
            p.say { (visit.ta("queue-say", &[("count", waiting.into())])) }
        }))
        @for queue in queues.iter().filter(|queue| queue.waiting() > 0) {
            (layout::section(&format!("q-{}", queue.question.slug), &queue.question.title,
                &html! { p { a href=(queue.question.at("queue")) { (visit.t("queue-one")) } } },
                &items(sent, queue)))
        }
    };
    frame(visit, title, body)
}

/// The page of one question.
pub(crate) fn page(sent: &Sent, queue: &QueueView) -> Outcome {
    let visit = sent.visit();
    let title = visit.t("queue");
    let question = &queue.question;
    let body = html! {
        (layout::section_head(&title, &html! { p { (visit.t("queue-how")) } }, &html! {
            (super::head::demonstration(visit, question))
            (desk(visit, question))
            h1 dir="auto" { (title) ": " (question.title) }
            p.say { (visit.ta("queue-say", &[("count", queue.waiting().into())])) }
        }))
        @if queue.waiting() > 0 {
            (layout::section("waiting", &visit.t("queue-waiting"), &html! {}, &items(sent, queue)))
        }
        @if !queue.shown.is_empty() {
            (layout::section("shown", &visit.t("queue-shown"), &html! { p { (visit.t("queue-shown-how")) } }, &html! {
                ul.list {
                    @for one in &queue.shown {
                        li {
                            details {
                                summary { (one.number) ". " bdi lang=(one.language) { (one.body) } }
                                (take_out(sent, question, one))
                            }
                        }
                    }
                }
            }))
        }
    };
    frame(visit, title, body)
}

fn frame(visit: &Visit, title: String, body: Markup) -> Outcome {
    let description = visit.t("queue-how");
    layout::page(visit, &Page { title, description, room: Room::Questions, spine: None, body })
}

fn items(sent: &Sent, queue: &QueueView) -> Markup {
    let visit = sent.visit();
    let question = &queue.question;
    html! {
        ul.list.th {
            @for post in &queue.posts {
                li id=(format!("p{}", post.number)) {
                    p.s { strong { (visit.t("queue-post")) } }
                    (thread::head(visit, question, post))
                    (prose(&post.body))
                    (decide(sent, &question.at(&format!("queue/posts/{}", post.number)), &[("approve", key("queue-approve")), ("reject", key("queue-reject"))]))
                }
            }
            @for statement in &queue.statements {
                li id=(format!("s{}", statement.number)) {
                    p.s { strong { (visit.t("queue-statement")) } " · " (moment::stamp(visit, statement.written_at)) }
                    p.claim dir="auto" lang=(statement.language) { (statement.body) }
                    (decide(sent, &question.at(&format!("queue/statements/{}", statement.number)), &[("approve", key("queue-approve")), ("reject", key("queue-reject"))]))
                }
            }
            @for flag in &queue.flags {
                li id=(format!("f{}", flag.post.number)) {
                    p.s { strong { (visit.ta("queue-flag", &[("count", flag.reasons.len().into())])) } }
                    ul { @for reason in &flag.reasons { li { bdi { (reason) } } } }
                    (thread::head(visit, question, &flag.post))
                    (prose(&flag.post.body))
                    (decide(sent, &question.at(&format!("queue/flags/{}", flag.post.number)), &[("uphold", key("queue-uphold")), ("dismiss", key("queue-dismiss"))]))
                }
            }
            @for appeal in &queue.appeals { li { (appeal_item(sent, question, appeal)) } }
        }
    }
}

fn appeal_item(sent: &Sent, question: &QuestionView, appeal: &AppealView) -> Markup {
    let visit = sent.visit();
    let label = visit.t("queue-answer");
    let path = question.at(&format!("queue/appeals/{}", segment(&appeal.appeal_id)));
    html! {
        p.s { strong { (visit.t("queue-appeal")) } " · " (moment::stamp(visit, appeal.raised_at)) }
        (prose(&appeal.text))
        p.s.m { (visit.t("queue-decided")) " " bdi { (reason_text(visit, &appeal.reason)) } }
        blockquote { (prose(&appeal.body)) }
        @if appeal.is_answerable {
            (sent.form(&path, |asked, fault| html! {
                (fields::field(asked, fault, Field { kind: "area", ..Field::line("answer", &label) }))
                p.row {
                    button name="decision" value="uphold" { (visit.t("queue-appeal-uphold")) }
                    button name="decision" value="dismiss" { (visit.t("queue-appeal-dismiss")) }
                }
            }))
        } @else {
            p.note { (visit.t("fault-own-decision")) }
        }
    }
}

/// A decision: a reason, words, and one button for each way.
fn decide(sent: &Sent, path: &str, ways: &[(&str, &str)]) -> Markup {
    let visit = sent.visit();
    sent.form(path, |_, _| {
        html! {
            p {
                label { (visit.t("queue-reason")) " "
                    select name="reason" {
                        @for reason in Reason::ALL.iter().filter(|one| **one != Reason::Withdrawn) {
                            option value=(reason.code()) { (reason_name(visit, *reason)) }
                        }
                    }
                }
                " "
                label { (visit.t("queue-words")) " " input type="text" name="words" dir="auto"; }
            }
            p.row { @for (value, name) in ways { button name="decision" value=(value) { (visit.t(name)) } } }
        }
    })
}

fn take_out(sent: &Sent, question: &QuestionView, one: &StatementView) -> Markup {
    let visit = sent.visit();
    let path = question.at(&format!("queue/statements/{}", one.number));
    let label = visit.t("queue-replacement");
    let hint = visit.t("queue-replacement-hint");
    let (claim, claim_hint) = (visit.t("queue-claim"), visit.t("queue-claim-hint"));
    html! {
        (decide(sent, &path, &[("take-out", key("queue-take-out"))]))
        (sent.form(&question.at(&format!("queue/statements/{}/replace", one.number)), |asked, fault| html! {
            (fields::field(asked, fault, Field { kind: "area", hint: &hint, value: &one.body, ..Field::line("body", &label) }))
            p { button { (visit.t("queue-replace")) } }
        }))
        (sent.form(&format!("{path}/claim"), |asked, fault| html! {
            (fields::field(asked, fault, Field { hint: &claim_hint, is_optional: true, value: one.claim_id.as_deref().unwrap_or_default(), ..Field::line("claim", &claim) }))
            p { button { (visit.t("queue-bind")) } }
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::super::example::visit;
    use super::*;

    #[test]
    fn a_reason_is_read_in_words() {
        let kept = Reasoned { reason: Reason::Insult, words: "see rule 2".into() }.to_text();
        assert!(reason_text(&visit(), &kept).ends_with(" see rule 2"));
        assert!(!reason_text(&visit(), "duplicate").contains("duplicate"));
        assert_eq!(reason_text(&visit(), "free words"), "free words");
    }
}
