//! `/questions/new` and `/questions/{slug}/plan`: everything a facilitator decides before and while a question runs.
//!
//! Rule: one form per thing decided (words and dates; a seed statement; a piece of evidence; a facilitator; the step to
//! the next phase), so that a fault in one loses nothing of another. What was written stays in a form that was refused.

use super::head;
use super::moment;
use super::sent::Sent;
use super::view::{QuestionView, StatementView};
use crate::layout::{self, Page, Room};
use crate::member::fields::{self, Fault, Field};
use crate::member::way::Asked;
use crate::text::{self, Lang};
use crate::visit::{Outcome, Visit};
use maud::{Markup, html};
use whatworks_domain::forum::{Day, MAX_TITLE_LENGTH, MIN_SEED_STATEMENTS, Phase, Theme};

/// Rows for days, at most.
const MOST_DAYS: usize = 14;

/// What the plan's page shows beside the question.
#[derive(Debug, Default)]
pub(crate) struct PlanPage {
    pub(crate) seeds: Vec<StatementView>,
    /// Number, address and name of each piece of evidence on the table.
    pub(crate) evidence: Vec<(i64, String, String)>,
    /// Id and name of each facilitator.
    pub(crate) facilitators: Vec<(String, String)>,
    /// Id and name of each member who could be one.
    pub(crate) candidates: Vec<(String, String)>,
}

/// The languages of the site, by their own names, and "another".
fn languages(visit: &Visit) -> Vec<(String, String)> {
    let own = |lang: Lang| (lang.code().to_owned(), text::t(lang, "language-name"));
    let other = ("und".to_owned(), visit.t("language-other"));
    Lang::ALL.into_iter().map(own).chain(std::iter::once(other)).collect()
}

/// In which language something is written; the reader's own unless it is said otherwise.
pub(crate) fn language_choice(asked: &Asked, fault: &Fault) -> Markup {
    let visit = &asked.visit;
    fields::choice(
        asked,
        fault,
        "language",
        &visit.t("language-written"),
        visit.frame.code(),
        &languages(visit),
    )
}

/// The fields of words and dates; blank for a new question.
fn plan_fields(asked: &Asked, question: Option<&QuestionView>, fault: &Fault) -> Markup {
    let visit = &asked.visit;
    let t = |name: &str| visit.t(name);
    let text = |of: fn(&QuestionView) -> &str| question.map(of).unwrap_or_default();
    let date = |of: fn(&QuestionView) -> Option<time::Date>| {
        question.and_then(of).map(moment::iso_day).unwrap_or_default()
    };
    let title_hint = visit.ta("plan-title-hint", &[("most", MAX_TITLE_LENGTH.into())]);
    let (label_title, label_background, label_rules) =
        (t("plan-title"), t("plan-background"), t("house-rules"));
    let (hint_background, hint_rules) = (t("plan-background-hint"), t("plan-rules-hint"));
    let roster = question.and_then(|q| q.roster_limit).map(|limit| limit.to_string()).unwrap_or_default();
    let line = |name, label, value, hint, is_optional, kind| {
        fields::field(asked, fault, Field { hint, kind, value, is_optional, ..Field::line(name, label) })
    };
    let dates: [(&'static str, String, String, String, bool); 5] = [
        ("opens_on", t("plan-opens"), t("plan-date-hint"), date(|q| Some(q.plan.opens_on)), false),
        ("votes_on", t("plan-votes"), t("plan-votes-hint"), date(|q| Some(q.plan.votes_on)), false),
        ("closes_on", t("plan-closes"), t("plan-closes-hint"), date(|q| Some(q.plan.closes_on)), false),
        ("revote", t("plan-revote-opens"), t("plan-revote-hint"), date(|q| q.plan.revote.map(|r| r.0)), true),
        ("revote_until", t("plan-revote-closes"), String::new(), date(|q| q.plan.revote.map(|r| r.1)), true),
    ];
    html! {
        (line("title", &label_title, text(|q| &q.title), &title_hint, false, "text"))
        (line("background", &label_background, text(|q| &q.background), &hint_background, true, "area"))
        (line("house_rules", &label_rules, text(|q| &q.house_rules), &hint_rules, true, "area"))
        (fields::choice(asked, fault, "language", &t("plan-language"), question.map_or(visit.lang.code(), |q| &q.language), &languages(visit)))
        @for (name, label, hint, value, is_optional) in &dates {
            (line(name, label, value, hint, *is_optional, "date"))
        }
        (line("roster_limit", &t("plan-roster"), &roster, &t("plan-roster-hint"), true, "number"))
    }
}

/// The page to begin a question.
pub(crate) fn new_page(sent: &Sent) -> Outcome {
    let visit = sent.visit();
    let slug = visit.t("plan-slug");
    let hint = visit.t("plan-slug-hint");
    let body = layout::section_head(
        &visit.t("phase-draft"),
        &html! { p { (visit.t("questions-drafts-margin")) } },
        &html! {
            p.s { a href="/questions" { (visit.t("nav-questions")) } }
            h1 { (visit.t("questions-begin")) }
            p.say { (visit.t("plan-say")) }
            (sent.form("/questions", |asked, fault| html! {
                (fields::field(asked, fault, Field { hint: &hint, ..Field::line("slug", &slug) }))
                (plan_fields(asked, None, fault))
                p { button { (visit.t("plan-begin")) } }
            }))
        },
    );
    frame(visit, visit.t("questions-begin"), body)
}

fn frame(visit: &Visit, title: String, body: Markup) -> Outcome {
    let description = visit.t("questions-description");
    layout::page(visit, &Page { title, description, room: Room::Questions, spine: None, body })
}

/// The page of a question's plan.
pub(crate) fn page(sent: &Sent, question: &QuestionView, shown: &PlanPage) -> Outcome {
    let visit = sent.visit();
    let title = visit.t("plan");
    let body = html! {
        (layout::section_head(
            &head::phase_name(visit, question.phase()),
            &html! { @if let Some(deadline) = head::deadline(visit, question) { p { (deadline) } } },
            &html! {
                (head::demonstration(visit, question))
                (desk(visit, question))
                h1 dir="auto" { (visit.t("plan")) ": " (question.title) }
                (step(sent, question, shown.seeds.len()))
            },
        ))
        (layout::section("words", &visit.t("plan-words"), &html! { p { (visit.t("plan-words-how")) } }, &words(sent, question)))
        (layout::section("seeds", &visit.t("plan-seeds"), &html! { p { (visit.ta("plan-seeds-how", &[("least", MIN_SEED_STATEMENTS.into())])) } }, &seeds(sent, question, shown)))
        (layout::section("evidence", &visit.t("plan-evidence"), &html! { p { (visit.t("plan-evidence-how")) } }, &evidence(sent, question, shown)))
        (layout::section("facilitators", &visit.t("plan-facilitators"), &html! { p { (visit.t("plan-facilitators-how")) } }, &facilitators(sent, question, shown)))
    };
    frame(visit, title, body)
}

/// The facilitator's pages of a question.
pub(crate) fn desk(visit: &Visit, question: &QuestionView) -> Markup {
    let pages = [
        (question.path(), visit.t("desk-question")),
        (question.at("plan"), visit.t("plan")),
        (question.at("queue"), visit.t("queue")),
        (question.at("board"), visit.t("board")),
        (question.at("summary/edit"), visit.t("summary")),
        (question.at("follow-up"), visit.t("follow-up")),
    ];
    html! {
        nav aria-label=(visit.t("desk")) {
            ul.row.s {
                @for (path, name) in pages {
                    li { a href=(path) aria-current=[(path == visit.path).then_some("page")] { (name) } }
                }
            }
        }
    }
}

/// The step to the next phase that a person has to take.
fn step(sent: &Sent, question: &QuestionView, seeds: usize) -> Markup {
    let visit = sent.visit();
    let button =
        |path: &str, label: String| sent.form(&question.at(path), |_, _| html! { p { button { (label) } } });
    match question.phase() {
        Phase::Draft => html! {
            p.say { (visit.ta("plan-missing-seeds", &[("have", seeds.into()), ("least", MIN_SEED_STATEMENTS.into())])) }
            (button("announce", visit.t("plan-announce")))
        },
        Phase::Published => html! {
            p.say { (visit.t("plan-archive-how")) }
            (button("archive", visit.t("plan-archive")))
        },
        _ => html! { p.say { (head::say(visit, question)) } },
    }
}

fn words(sent: &Sent, question: &QuestionView) -> Markup {
    let visit = sent.visit();
    let rows = (question.days.len() + 2).clamp(5, MOST_DAYS);
    sent.form(&question.at("plan"), |asked, fault| {
        html! {
            (plan_fields(asked, Some(question), fault))
            fieldset.days {
                legend { (visit.t("plan-days")) }
                p.s.m { (visit.t("plan-days-hint")) }
                @for at in 0..rows { (day_row(asked, at, question.days.get(at))) }
            }
            p.gap { button { (visit.t("plan-save")) } }
        }
    })
}

fn day_row(asked: &Asked, at: usize, day: Option<&Day>) -> Markup {
    let visit = &asked.visit;
    let number = at + 1;
    let [date, theme, prompt] = ["date", "theme", "prompt"].map(|what| format!("day-{number}-{what}"));
    let kept = |name: &str, stored: String| {
        if asked.form.has(name) { asked.form.text(name).to_owned() } else { stored }
    };
    let chosen = kept(&theme, day.map_or("facts", |day| day.theme.code()).to_owned());
    let label = |what: &str| format!("{} {number}: {what}", visit.t("plan-day"));
    html! {
        p.days {
            input type="date" name=(date) value=(kept(&date, day.map(|day| moment::iso_day(day.held_on)).unwrap_or_default())) aria-label=(label(&visit.t("plan-day-date")));
            " "
            select name=(theme) aria-label=(label(&visit.t("plan-day-theme"))) {
                @for one in Theme::ALL { option value=(one.code()) selected[one.code() == chosen] { (head::theme_name(visit, *one)) } }
            }
            " "
            input.wide type="text" name=(prompt) dir="auto" value=(kept(&prompt, day.map(|day| day.prompt.clone()).unwrap_or_default())) aria-label=(label(&visit.t("plan-day-prompt")));
        }
    }
}

fn seeds(sent: &Sent, question: &QuestionView, shown: &PlanPage) -> Markup {
    let visit = sent.visit();
    let label = visit.t("plan-seed");
    let hint = visit.t("plan-seed-hint");
    html! {
        @if shown.seeds.is_empty() { p { span.none { (visit.t("none")) } } }
        ol { @for seed in &shown.seeds { li lang=(seed.language) { bdi { (seed.body) } } } }
        (sent.form(&question.at("seeds"), |asked, fault| html! {
            (fields::field(asked, fault, Field { kind: "area", hint: &hint, ..Field::line("body", &label) }))
            (language_choice(asked, fault))
            p { button { (visit.t("plan-seed-add")) } }
        }))
    }
}

fn evidence(sent: &Sent, question: &QuestionView, shown: &PlanPage) -> Markup {
    let (visit, asked) = (sent.visit(), sent.reader());
    let label = visit.t("plan-evidence-add");
    let hint = visit.t("plan-evidence-hint");
    html! {
        @if shown.evidence.is_empty() { p { span.none { (visit.t("none")) } } }
        ul.list {
            @for (number, address, name) in &shown.evidence {
                li {
                    a href=(address) { bdi { (name) } }
                    (fields::button(asked, &question.at("evidence/remove"), &visit.t("plan-take-away"), &[("number", &number.to_string())]))
                }
            }
        }
        (sent.form(&question.at("evidence"), |asked, fault| html! {
            (fields::field(asked, fault, Field { hint: &hint, ..Field::line("evidence", &label) }))
            p { button { (visit.t("plan-evidence-send")) } }
        }))
    }
}

fn facilitators(sent: &Sent, question: &QuestionView, shown: &PlanPage) -> Markup {
    let (visit, asked) = (sent.visit(), sent.reader());
    let label = visit.t("plan-shift");
    let hint = visit.t("plan-shift-hint");
    html! {
        ul.list {
            @for (id, name) in &shown.facilitators {
                li {
                    bdi { (name) }
                    @if shown.facilitators.len() > 1 {
                        (fields::button(asked, &question.at("facilitators/remove"), &visit.t("plan-take-away"), &[("member", id)]))
                    }
                }
            }
        }
        @if !shown.candidates.is_empty() {
            (sent.form(&question.at("facilitators"), |asked, fault| html! {
                (fields::choice(asked, fault, "facilitator", &visit.t("plan-facilitator"), "", &shown.candidates))
                (fields::field(asked, fault, Field { hint: &hint, is_optional: true, ..Field::line("shift", &label) }))
                p { button { (visit.t("plan-facilitator-add")) } }
            }))
        }
    }
}

/// The days that the form sends: rows without a date are left out; none when a date or a theme cannot be read.
pub(crate) fn sent_days(value: &dyn Fn(&str) -> String) -> Option<Vec<Day>> {
    let mut days = Vec::new();
    for number in 1..=MOST_DAYS {
        let date = value(&format!("day-{number}-date"));
        if date.is_empty() {
            continue;
        }
        let held_on = date_of(&date)?;
        let theme = Theme::find(&value(&format!("day-{number}-theme")))?;
        days.push(Day { held_on, theme, prompt: value(&format!("day-{number}-prompt")) });
    }
    days.sort_by_key(|day| day.held_on);
    Some(days)
}

/// A date as a form's field writes it.
pub(crate) fn date_of(text: &str) -> Option<time::Date> {
    let mut parts = text.splitn(3, '-');
    let year = parts.next()?.parse().ok()?;
    let month = parts.next()?.parse::<u8>().ok()?.try_into().ok()?;
    time::Date::from_calendar_date(year, month, parts.next()?.parse().ok()?).ok()
}

/// What a facilitator put on the table: the address of a page of this site, or an id.
pub(crate) fn target(text: &str) -> Option<(&'static str, String)> {
    let text = text.trim();
    let decode = |part: &str| {
        let end = part.find(['?', '#', '/']).unwrap_or(part.len());
        let part = percent_encoding::percent_decode_str(part.get(..end)?).decode_utf8().ok()?.into_owned();
        (!part.is_empty()).then_some(part)
    };
    if let Some((_, part)) = text.split_once("/syntheses/") {
        return Some(("synthesis", decode(part)?));
    }
    if let Some((_, part)) = text.split_once("/claims/") {
        return Some(("claim", decode(part)?));
    }
    text.contains('~').then(|| ("synthesis", text.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    #[test]
    fn days_are_read_row_by_row() {
        let form = [
            ("day-1-date", "2026-10-11"),
            ("day-1-theme", "experience"),
            ("day-1-prompt", "Tell one case."),
            ("day-3-date", "2026-10-10"),
            ("day-3-theme", "facts"),
        ];
        let value = |name: &str| {
            form.iter().find(|(own, _)| *own == name).map_or(String::new(), |(_, v)| (*v).to_owned())
        };
        let days = sent_days(&value).unwrap();
        assert_eq!(days.iter().map(|day| day.theme).collect::<Vec<_>>(), [Theme::Facts, Theme::Experience]);
        assert_eq!(days[1].held_on, date!(2026 - 10 - 11));
        assert!(sent_days(&|_| "x".into()).is_none());
        for bad in ["", "2026", "2026-13-01", "2026-02-30", "a-b-c"] {
            assert!(date_of(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn evidence_is_named_by_its_address() {
        let pool = "credit.access~no-offer~business.profit~ITT";
        for text in [pool, &format!("https://a.org/syntheses/{}?country=IN#x", pool.replace('~', "%7E"))] {
            assert_eq!(target(text), Some(("synthesis", pool.to_owned())), "{text}");
        }
        assert_eq!(target("/claims/group-liability"), Some(("claim", "group-liability".into())));
        assert_eq!(target("nonsense"), None);
        assert_eq!(target("/claims/"), None);
    }
}
