//! The answer: one sentence, then its interval, the new institution, the chances, how sure; and the filters in force.

use super::question::{Question, average, prediction};
use crate::layout::{self, Fact};
use crate::number;
use crate::shown;
use crate::text::key;
use crate::tried::MOST;
use crate::visit::Visit;
use maud::{Markup, html};
use std::collections::BTreeSet;
use whatworks_charts::{Axis, Scale, format, rows};
use whatworks_domain::{Finding, Measure, OutcomeKind};

pub(super) fn section(visit: &Visit, question: &Question) -> Markup {
    let synthesis = question.synthesis();
    let countries: BTreeSet<&str> = synthesis
        .studies
        .iter()
        .filter_map(|study| visit.evidence.findings.get(study.index))
        .flat_map(|finding| finding.countries.iter().map(String::as_str))
        .collect();
    let args = [
        ("k", synthesis.k.into()),
        ("people", people(visit, question).into()),
        ("countries", countries.len().into()),
        ("version", visit.evidence.version.into()),
        ("digest", layout::short_digest(&visit.evidence).into()),
    ];
    layout::section_head(
        &visit.t("synthesis-answer"),
        &html! { p { (visit.ta("synthesis-answer-how", &args)) } },
        &html! {
            (super::crumbs(visit, question))
            h1 { (question.title(visit)) }
            @if question.kind == Some(OutcomeKind::Harm) {
                p { (shown::harm_tags(visit, question.assessment.key.outcome.as_str(), Some(&question.assessment))) " " (visit.t("synthesis-is-harm")) }
            }
            (filters_in_force(visit, question))
            p.say { (question.say(visit)) }
            p.s.m.gap { (contrast(visit, question)) }
            @if synthesis.k == 0 { (nothing(visit, question)) } @else {
                (facts(visit, question))
                (figure(visit, question))
                (chances(visit, question))
            }
        },
    )
}

/// How many people or rows the pooled findings state, and how many of them state it.
fn people(visit: &Visit, question: &Question) -> String {
    let studies = &question.synthesis().studies;
    let stated: Vec<u64> = studies
        .iter()
        .filter_map(|study| visit.evidence.findings.get(study.index).and_then(|finding| finding.n))
        .collect();
    let args = [
        ("people", number::count(stated.iter().sum(), &visit.style()).into()),
        ("stated", stated.len().into()),
        ("k", studies.len().into()),
    ];
    visit.ta(
        match stated.len() {
            0 => key("synthesis-people-none"),
            all if all == studies.len() => key("synthesis-people-all"),
            _ => key("synthesis-people-some"),
        },
        &args,
    )
}

fn contrast(visit: &Visit, question: &Question) -> String {
    let key = &question.assessment.key;
    let args = [
        ("practice", shown::practice(visit, key.practice.as_str()).to_owned().into()),
        ("comparator", crate::sentence::inside(shown::comparator(visit, key.comparator.as_str())).into()),
        ("estimand", shown::estimand(visit, key.estimand).into()),
    ];
    visit.ta("synthesis-contrast", &args)
}

/// What is missing when nothing can be pooled, and what would fill it.
fn nothing(visit: &Visit, question: &Question) -> Markup {
    html! {
        p.gap { span.none { (visit.t("none")) } " " (visit.t(if question.filters.is_empty() { key("synthesis-nothing") } else { key("synthesis-no-match-how") })) }
        @if !question.filters.is_empty() { p { a href=(visit.path) { (visit.t("refusal-without-filters")) } } }
    }
}

fn filters_in_force(visit: &Visit, question: &Question) -> Markup {
    html! {
        @if !question.filters.is_empty() {
            div.note {
                p { strong { (visit.t("filters-in-force")) } }
                ul.row {
                    @for (name, value) in &question.filters {
                        li {
                            (filter_name(visit, name)) ": " bdi { (filter_value(visit, name, value)) } " "
                            a href=(visit.query.minus(name, value).address(&visit.path)) {
                                (visit.t("filter-remove")) span.vh { " " (filter_name(visit, name)) ": " (filter_value(visit, name, value)) }
                            }
                        }
                    }
                }
                @if visit.tried > 1 { p.s { (visit.ta("synthesis-tried", &[("count", tried(visit).into())])) " " a href="/methods/forking-paths" { (visit.t("synthesis-forking")) } } }
            }
        }
    }
}

/// How many ways were tried; the count stops at the most that the cookie holds.
fn tried(visit: &Visit) -> String {
    let count = number::count(visit.tried as u64, &visit.style());
    if visit.tried >= MOST { visit.ta("synthesis-tried-most", &[("count", count.into())]) } else { count }
}

fn filter_name(visit: &Visit, name: &str) -> String {
    visit.t(match name {
        "country" => key("country"),
        "design" => key("design"),
        "from" => key("filter-from"),
        "measure" => key("filter-measure"),
        _ => key("filter-without"),
    })
}

fn filter_value(visit: &Visit, name: &str, value: &str) -> String {
    match name {
        "country" => shown::country(visit, value),
        "design" => shown::design(visit, value).to_owned(),
        "measure" => value.parse().map_or_else(|_| value.to_owned(), |measure| measure_name(visit, measure)),
        "without" => sample_name(visit, value),
        _ => value.to_owned(),
    }
}

/// The study behind the id of a sample or of a study.
pub(super) fn sample_name(visit: &Visit, sample: &str) -> String {
    let is_it =
        |finding: &&Finding| finding.sample_id.as_str() == sample || finding.study_id.as_str() == sample;
    let found = visit.evidence.findings.iter().find(is_it);
    found.map_or_else(|| sample.to_owned(), |finding| finding.study.clone())
}

pub(super) fn measure_name(visit: &Visit, measure: Measure) -> String {
    visit.t(match measure {
        Measure::Native => key("measure-native"),
        Measure::Smd => key("measure-smd"),
        Measure::Percent => key("measure-percent"),
        Measure::LogRatio => key("measure-log-ratio"),
    })
}

/// Decimals that the average and its limits share.
pub(super) fn decimals(question: &Question) -> usize {
    question.synthesis().std_error.map_or(2, format::decimals_for)
}

fn facts(visit: &Visit, question: &Question) -> Markup {
    let synthesis = question.synthesis();
    let style = visit.style();
    let decimals = decimals(question);
    let mut facts = Vec::new();
    if let Some(average) = average(synthesis) {
        let under = [(
            "range",
            format::range(whatworks_charts::Interval::new(average.lower, average.upper), decimals, &style)
                .into(),
        )];
        facts.push(Fact::new(
            visit.t("fact-average"),
            &format!("{} {}", format::signed(average.value, decimals, &style), question.unit_short(visit)),
            visit.ta("fact-average-under", &under),
        ));
    }
    let new = prediction(synthesis)
        .map_or_else(|| visit.t("fact-new-none"), |interval| format::range(interval, decimals, &style));
    facts.push(Fact::new(visit.t("fact-new"), &new, visit.t("fact-new-under")));
    let (control, under) = control_range(visit, question);
    facts.push(Fact::new(visit.t("control-mean"), &control, under));
    let certainty = question.assessment.judgement.certainty;
    facts.push(Fact {
        name: visit.t("fact-certainty"),
        value: html! { (layout::certainty_marks(certainty)) " " (layout::certainty_word(visit, certainty)) },
        under: visit.t("fact-certainty-under"),
    });
    layout::facts(&facts)
}

/// Smallest to largest mean without the practice, in each study's own unit, and what the numbers are; only where the units
/// are equal. An entry whose scale is in doubt is left out and named, unless there are no others.
fn control_range(visit: &Visit, question: &Question) -> (String, String) {
    let doubted = super::forest::doubted(question);
    let studies = &question.synthesis().studies;
    let of = |with_doubted: bool| -> Vec<&Finding> {
        studies
            .iter()
            .filter(|study| doubted.contains(&study.index) == with_doubted)
            .filter_map(|study| visit.evidence.findings.get(study.index))
            .filter(|finding| finding.control_mean.is_some())
            .collect()
    };
    let (sound, in_doubt) = (of(false), of(true));
    let (findings, left_out) = if sound.is_empty() { (in_doubt, Vec::new()) } else { (sound, in_doubt) };
    let same = findings.windows(2).all(|pair| pair[0].unit == pair[1].unit);
    let mut means: Vec<f64> = findings.iter().filter_map(|finding| finding.control_mean).collect();
    means.sort_by(f64::total_cmp);
    let (true, Some(low), Some(high), Some(first)) = (same, means.first(), means.last(), findings.first())
    else {
        return (visit.t("not-stated"), visit.t("fact-control-one"));
    };
    let unit = first.unit.as_str();
    let (low, high) = (shown::level(visit, *low, unit), shown::level(visit, *high, unit));
    let range = if means.len() == 1 { low } else { format!("{low} {} {high}", visit.style().to_word) };
    let value = if shown::times(unit) == 1.0 { format!("{range} {unit}") } else { range };
    let mut under =
        visit.t(if means.len() == 1 { key("fact-control-one") } else { key("fact-control-under") });
    if !left_out.is_empty() {
        let names: Vec<&str> = left_out.iter().map(|finding| finding.study.as_str()).collect();
        under.push_str(&visit.ta("fact-control-without", &[("studies", names.join("; ").into())]));
    }
    (value, under)
}

fn figure(visit: &Visit, question: &Question) -> Markup {
    let synthesis = question.synthesis();
    let Some(average) = average(synthesis) else { return html! {} };
    let style = visit.style();
    let new = prediction(synthesis);
    let axis = Axis::fit(Scale::Difference, &[average], &super::question::summaries(synthesis));
    let (average_words, new_words) = (visit.t("row-average"), visit.t("row-new"));
    let description = question.say(visit);
    let args = [("unit", question.unit(visit).into())];
    html! {
        figure.answer {
            (rows::answer_figure(
                &axis,
                (&average_words, average, question.is_worse(average)),
                new.map(|interval| (new_words.as_str(), interval)),
                &style,
                &description,
            ))
            figcaption.s.m { (visit.ta("synthesis-unit-caption", &args)) }
        }
    }
}

/// The chance of loss and gain, on average and at a new institution; both sides printed. One study has no spread to
/// learn from, and no chance is given.
fn chances(visit: &Visit, question: &Question) -> Markup {
    if question.synthesis().k == 1 {
        return html! { p.gap { (visit.t("chance-one-study")) } };
    }
    let Some(bayes) = &question.synthesis().bayes else { return html! {} };
    let style = visit.style();
    let sign = question.better.sign().filter(|_| !question.is_association());
    let lender = question.is_lender();
    let words = match sign {
        Some(_) if lender => [key("chance-worse-lender"), key("chance-better-lender")],
        Some(_) => [key("chance-worse"), key("chance-better")],
        None => [key("chance-lower"), key("chance-higher")],
    };
    let is_coloured = sign.is_some() && !lender;
    let bar = |name: &str, positive: f64| {
        let worse = if sign.is_some_and(|sign| sign < 0.0) { positive } else { 1.0 - positive };
        html! {
            figure.lend[lender] {
                figcaption {
                    strong { (visit.t(name)) } ": "
                    (visit.t(words[0])) " " strong.harm[is_coloured] { (format::number(100.0 * worse, 0, &style)) } ", "
                    (visit.t(words[1])) " " strong.nb.up[is_coloured] { (format::in_hundred(1.0 - worse, &style)) }
                }
                @if sign.is_some() { (rows::chance_bar(worse)) }
            }
        }
    };
    let args = [("prior", bayes.prior.clone().into())];
    html! {
        div.two.gap {
            (bar(key("chance-average"), bayes.prob_positive))
            (bar(key("chance-new"), bayes.prob_new_positive))
        }
        p.s.m.gap { (visit.ta("chance-how", &args)) " " a href="/methods/exact-posterior" { (visit.t("how-made")) } }
    }
}
