//! The head of a question: where it stands, when it closes, what today is about, its days, who takes part.

use super::moment;
use super::view::QuestionView;
use crate::layout::{self, Fact};
use crate::number;
use crate::text::key;
use crate::visit::Visit;
use maud::{Markup, html};
use whatworks_domain::forum::{Phase, Theme};

/// The name of a phase.
pub(crate) fn phase_name(visit: &Visit, phase: Phase) -> String {
    visit.t(match phase {
        Phase::Draft => key("phase-draft"),
        Phase::Scheduled => key("phase-scheduled"),
        Phase::Open => key("phase-open"),
        Phase::Voting => key("phase-voting"),
        Phase::Summary => key("phase-summary"),
        Phase::Published => key("phase-published"),
        Phase::Archived => key("phase-archived"),
    })
}

/// The name of a day's theme.
pub(crate) fn theme_name(visit: &Visit, theme: Theme) -> String {
    visit.t(match theme {
        Theme::Facts => key("theme-facts"),
        Theme::Experience => key("theme-experience"),
        Theme::Proposals => key("theme-proposals"),
        Theme::Vote => key("theme-vote"),
        Theme::Summary => key("theme-summary"),
    })
}

/// When it opens or closes, in words and as a span from now.
pub(crate) fn deadline(visit: &Visit, question: &QuestionView) -> Option<String> {
    let plan = &question.plan;
    let told = |name, day, moment: time::OffsetDateTime| {
        let span = moment::span(visit, moment - question.now);
        Some(visit.ta(name, &[("day", visit.lang.day(day).into()), ("span", span.into())]))
    };
    match question.phase() {
        Phase::Draft | Phase::Scheduled if question.now < plan.opens_at() => {
            told(key("question-opens"), plan.opens_on, plan.opens_at())
        }
        Phase::Open | Phase::Voting => told(key("question-closes"), plan.closes_on, plan.closes_at()),
        Phase::Summary | Phase::Published | Phase::Archived => {
            Some(visit.ta("question-closed", &[("day", visit.lang.day(plan.closes_on).into())]))
        }
        _ => None,
    }
}

/// That a discussion is made up; stands on each of its pages.
pub(crate) fn demonstration(visit: &Visit, question: &QuestionView) -> Markup {
    html! {
        @if question.is_demonstration() {
            div.note {
                p { (layout::tag(layout::TagKind::Doubt, &visit.t("demonstration"))) " " (visit.t("demonstration-why")) }
            }
        }
    }
}

/// What the page is about, in one sentence: today's question, or where the discussion stands.
pub(crate) fn say(visit: &Visit, question: &QuestionView) -> String {
    let today = question.plan.day_of(&question.days, question.now);
    let prompt = today.filter(|day| question.is_running() && !day.prompt.is_empty());
    match (prompt, question.phase()) {
        (Some(day), _) => visit.ta("question-today", &[("prompt", day.prompt.clone().into())]),
        (None, Phase::Draft) => visit.t("question-say-draft"),
        (None, Phase::Scheduled) => visit.t("question-say-scheduled"),
        (None, Phase::Open) => visit.t("question-say-open"),
        (None, Phase::Voting) => visit.t("question-say-voting"),
        (None, Phase::Summary) => visit.t("question-say-summary"),
        (None, Phase::Published) => visit.t("question-say-published"),
        (None, Phase::Archived) => visit.t("question-say-archived"),
    }
}

/// The first section; `found` is what the votes say so far (common ground, dividing lines), where they say anything.
pub(crate) fn section(visit: &Visit, question: &QuestionView, found: Option<(usize, usize)>) -> Markup {
    let label = match question.day_number() {
        Some((day, days)) => visit.ta("question-day", &[("day", day.into()), ("days", days.into())]),
        None => phase_name(visit, question.phase()),
    };
    layout::section_head(
        &label,
        &html! {
            @if let Some(deadline) = deadline(visit, question) { p { (deadline) } }
            @if question.plan.is_revote(question.now) { p { (visit.t("question-revote")) } }
            @if !question.facilitators.is_empty() {
                p {
                    (visit.ta("question-facilitated", &[("count", question.facilitators.len().into())])) " "
                    @for (at, one) in question.facilitators.iter().enumerate() {
                        @if at > 0 { ", " }
                        bdi { (one.name) }
                        @if !one.shift.is_empty() { " (" bdi { (one.shift) } ")" }
                    }
                }
            }
        },
        &html! {
            (demonstration(visit, question))
            p.s { a href="/questions" { (visit.t("nav-questions")) } }
            h1 dir="auto" { (question.title) }
            p.say dir="auto" { (say(visit, question)) }
            (days(visit, question))
            @if question.phase() > Phase::Scheduled { (facts(visit, question, found)) }
        },
    )
}

fn days(visit: &Visit, question: &QuestionView) -> Markup {
    let today = question.today();
    html! {
        @if !question.days.is_empty() {
            ol.ph {
                @for day in &question.days {
                    @let is_today = day.held_on == today && question.is_running();
                    li aria-current=[is_today.then_some("step")] {
                        strong { (theme_name(visit, day.theme)) } " "
                        span.s.m {
                            (moment::short(visit, day.held_on))
                            @if is_today { " · " (visit.t("day-today")) }
                            @else if day.held_on < today { " · " (visit.t("day-done")) }
                        }
                        span.s dir="auto" { (day.prompt) }
                    }
                }
            }
        }
    }
}

fn facts(visit: &Visit, question: &QuestionView, found: Option<(usize, usize)>) -> Markup {
    let all = question.participation;
    let style = visit.style();
    let count = |many: u64| number::count(many, &style);
    let mut facts = vec![
        Fact::new(
            visit.t("fact-taking-part"),
            &visit
                .ta("fact-taking-part-value", &[("voters", all.voters.into()), ("posts", all.posts.into())]),
            visit.ta(
                "fact-taking-part-under",
                &[("countries", all.countries.into()), ("mail", all.posts_by_mail.into())],
            ),
        ),
        Fact::new(
            visit.t("fact-statements"),
            &count(all.statements),
            visit.ta(
                "fact-statements-under",
                &[("fewest", all.fewest_seen.into()), ("median", all.median_votes.into())],
            ),
        ),
    ];
    if let Some((common, dividing)) = found {
        facts.push(Fact::new(
            visit.t("fact-common"),
            &visit.ta("fact-common-value", &[("count", common.into())]),
            visit.ta("fact-common-under", &[("count", dividing.into())]),
        ));
    }
    layout::facts(&facts)
}
