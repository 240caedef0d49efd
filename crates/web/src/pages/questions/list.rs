//! `/questions`: every question by where it stands, open ones first; the same as CSV, JSON and calendar.

use super::calendar::{Event, calendar};
use super::head;
use super::view::QuestionView;
use crate::layout::{self, Page, Room};
use crate::number;
use crate::text::key;
use crate::visit::{Outcome, Rendered, Visit};
use maud::{Markup, html};
use whatworks_domain::forum::Phase;

/// The sections in their order: id, name, phases.
const SECTIONS: [(&str, &str, &[Phase]); 5] = [
    ("open", key("questions-open"), &[Phase::Open, Phase::Voting]),
    ("announced", key("phase-scheduled"), &[Phase::Scheduled]),
    ("summary", key("phase-summary"), &[Phase::Summary]),
    ("published", key("phase-published"), &[Phase::Published]),
    ("archived", key("phase-archived"), &[Phase::Archived]),
];

/// What the reader may do beside reading.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Powers {
    /// Begin a question, and see drafts.
    pub(crate) may_begin: bool,
    /// How many posts, statements and flags wait for the reader; none for who decides nothing.
    pub(crate) waiting: Option<usize>,
}

/// The page. `questions` holds drafts only for who may see them.
pub(crate) fn page(visit: &Visit, questions: &[QuestionView], powers: Powers) -> Outcome {
    let of = |phases: &[Phase]| -> Vec<&QuestionView> {
        let mut found: Vec<_> = questions.iter().filter(|one| phases.contains(&one.phase())).collect();
        // What closes first stands first while it runs; afterwards what closed last.
        found.sort_by_key(|one| (one.plan.closes_on, one.slug.clone()));
        if !phases.contains(&Phase::Open) && !phases.contains(&Phase::Scheduled) {
            found.reverse();
        }
        found
    };
    let open = of(&[Phase::Open, Phase::Voting]).len();
    let announced: Vec<&QuestionView> = questions.iter().filter(|one| one.phase() > Phase::Draft).collect();
    let drafts = of(&[Phase::Draft]);
    let body = html! {
        (layout::section_head(
            &visit.t("nav-questions"),
            &html! {
                p { (visit.t("questions-margin")) }
                p { a href="/questions.ics" { (visit.t("questions-calendar")) } }
            },
            &html! {
                h1 { (visit.t("questions-title")) }
                p.say { (visit.ta("questions-say", &[("count", open.into())])) }
                @if announced.is_empty() { p.gap { span.none { (visit.t("none")) } " " (visit.t("questions-empty")) } }
                @if powers.may_begin || powers.waiting.is_some() {
                    p.row.gap {
                        @if powers.may_begin { a href="/questions/new" { (visit.t("questions-begin")) } }
                        @if let Some(waiting) = powers.waiting {
                            a href="/queue" { (visit.ta("questions-queue", &[("count", waiting.into())])) }
                        }
                    }
                }
            },
        ))
        @for (id, name, phases) in SECTIONS {
            @let found = of(phases);
            @if !found.is_empty() { (layout::section(id, &visit.t(name), &html! {}, &rows(visit, &found))) }
        }
        @if !drafts.is_empty() {
            (layout::section("drafts", &visit.t("questions-drafts"), &html! { p { (visit.t("questions-drafts-margin")) } }, &rows(visit, &drafts)))
        }
        @if !announced.is_empty() {
            (layout::section("files", &visit.t("questions-files"), &html! {}, &layout::twins(visit, "/questions.csv", "/questions.json")))
        }
    };
    layout::page(
        visit,
        &Page {
            title: visit.t("questions-title"),
            description: visit.t("questions-description"),
            room: Room::Questions,
            spine: None,
            body,
        },
    )
}

fn rows(visit: &Visit, questions: &[&QuestionView]) -> Markup {
    html! {
        ul.list {
            @for question in questions {
                li {
                    p.claim {
                        a href=(question.path()) lang=(question.language) { bdi { (question.title) } }
                        @if question.is_demonstration() { " " (layout::tag(layout::TagKind::Doubt, &visit.t("demonstration"))) }
                    }
                    p.s.m { (line(visit, question)) }
                }
            }
        }
    }
}

/// When it opens or closes, and who takes part.
fn line(visit: &Visit, question: &QuestionView) -> Markup {
    let all = question.participation;
    let style = visit.style();
    html! {
        @if question.phase() == Phase::Voting { (head::phase_name(visit, Phase::Voting)) ". " }
        @if let Some(deadline) = head::deadline(visit, question) { (deadline) " " }
        @if question.phase() > Phase::Scheduled {
            (visit.ta("questions-taking-part", &[
                ("voters", all.voters.into()),
                ("posts", all.posts.into()),
                ("statements", number::count(all.statements, &style).into()),
            ]))
        }
    }
}

/// The announced questions as a calendar. `origin` is the site's address, `host` its host.
pub(crate) fn ics(visit: &Visit, questions: &[QuestionView], origin: &str, host: &str) -> Rendered {
    let events: Vec<Event> = questions
        .iter()
        .filter_map(|one| {
            Some(Event {
                slug: one.slug.clone(),
                title: one.title.clone(),
                description: visit.ta("calendar-description", &[("days", one.days.len().max(1).into())]),
                first: one.plan.opens_on,
                last: one.plan.closes_on,
                announced_at: one.marks.scheduled_at.filter(|at| *at <= one.now)?,
                address: format!("{origin}{}", one.path()),
            })
        })
        .collect();
    let text = calendar(&visit.t("questions-title"), host, &events);
    Rendered::new(crate::visit::Media::Calendar, text.into_bytes()).as_download("whatworks-questions.ics")
}

#[cfg(test)]
mod tests {
    use super::super::example;
    use super::*;
    use time::macros::datetime;

    #[test]
    fn questions_stand_by_where_they_are() {
        let open = example::question();
        let mut draft = example::question();
        (draft.slug, draft.title) = ("draft".into(), "A draft".into());
        draft.marks.scheduled_at = None;
        let mut closed = example::question();
        (closed.slug, closed.title) = ("closed".into(), "Closed one".into());
        closed.marks.archived_at = Some(datetime!(2026-10-11 0:00 UTC));
        let visit = example::visit();
        let shown = page(&visit, &[closed.clone(), open.clone(), draft], Powers::default()).unwrap();
        let text = String::from_utf8(shown.body).unwrap();
        let at = |part: &str| text.find(part).unwrap_or_else(|| panic!("{part}: {text}"));
        assert!(at("id=\"open\"") < at("id=\"archived\"") && at("id=\"archived\"") < at("id=\"drafts\""));
        assert!(text.contains("in 3 days") && text.contains("&lt;effective&gt;"), "{text}");
        let calendar = ics(&visit, &[open, closed], "https://a.org", "a.org");
        assert!(String::from_utf8(calendar.body).unwrap().contains("URL:https://a.org/questions/barriers"));
    }

    #[test]
    fn no_question_is_said_plainly() {
        let shown = page(&example::visit(), &[], Powers::default()).unwrap();
        assert!(String::from_utf8(shown.body).unwrap().contains("class=\"none\""));
    }
}
