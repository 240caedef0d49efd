//! The answer: one sentence, then its interval, the new institution, the chances, how sure; and the filters in force.

use super::question::{Question, average, is_worse, prediction};
use crate::layout::{self, Fact, TagKind};
use crate::number;
use crate::shown;
use crate::text::key;
use crate::visit::Visit;
use maud::{Markup, html};
use std::collections::BTreeSet;
use whatworks_charts::{Axis, Scale, format, rows};
use whatworks_domain::{Measure, OutcomeKind};

pub(super) fn section(visit: &Visit, question: &Question) -> Markup {
    let synthesis = question.synthesis();
    let style = visit.style();
    let people = question.assessment.people(visit.evidence.effects());
    let countries: BTreeSet<&str> = synthesis
        .studies
        .iter()
        .filter_map(|study| visit.evidence.findings.get(study.index))
        .flat_map(|finding| finding.countries.iter().map(String::as_str))
        .collect();
    let args = [
        ("k", synthesis.k.into()),
        ("people", number::count(people, &style).into()),
        ("countries", countries.len().into()),
        ("version", visit.evidence.version.into()),
        ("digest", layout::short_digest(&visit.evidence).into()),
    ];
    let kind =
        visit.evidence.catalogue.find_outcome(question.assessment.key.outcome.as_str()).map(|o| o.kind);
    layout::section_head(
        &visit.t("synthesis-answer"),
        &html! { p { (visit.ta("synthesis-answer-how", &args)) } },
        &html! {
            (super::crumbs(visit, question))
            h1 { (question.title(visit)) }
            @if kind == Some(OutcomeKind::Harm) { p { (layout::tag(TagKind::Harm, &visit.t("tag-harm"))) " " (visit.t("synthesis-is-harm")) } }
            (filters_in_force(visit, question))
            p.say { (crate::sentence::answer(visit, &question.assessment)) }
            p.s.m.gap { (contrast(visit, question)) }
            @if synthesis.k == 0 { (nothing(visit, question)) } @else {
                (facts(visit, question))
                (figure(visit, question))
                (chances(visit, question))
            }
        },
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
        p.gap { span.none { (visit.t("none")) } " " (visit.t("synthesis-nothing")) }
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
                            a href=(visit.query.with(name, "").address(&visit.path)) {
                                (visit.t("filter-remove")) span.vh { " " (filter_name(visit, name)) }
                            }
                        }
                    }
                }
                @if visit.tried > 1 { p.s { (visit.ta("synthesis-tried", &[("count", visit.tried.into())])) " " a href="/methods/forking-paths" { (visit.t("synthesis-forking")) } } }
            }
        }
    }
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

/// The study behind a sample id.
pub(super) fn sample_name(visit: &Visit, sample: &str) -> String {
    let found = visit.evidence.findings.iter().find(|finding| finding.sample_id.as_str() == sample);
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
            &format::signed(average.value, decimals, &style),
            visit.ta("fact-average-under", &under),
        ));
    }
    let new = prediction(synthesis)
        .map_or_else(|| visit.t("fact-new-none"), |interval| format::range(interval, decimals, &style));
    facts.push(Fact::new(visit.t("fact-new"), &new, visit.t("fact-new-under")));
    facts.push(Fact::new(
        visit.t("control-mean"),
        &control_range(visit, question),
        visit.t("fact-control-under"),
    ));
    let certainty = question.assessment.judgement.certainty;
    facts.push(Fact {
        name: visit.t("fact-certainty"),
        value: html! { (layout::certainty_marks(certainty)) " " (layout::certainty_word(visit, certainty)) },
        under: visit.t("fact-certainty-under"),
    });
    layout::facts(&facts)
}

/// Smallest to largest mean without the practice, in each study's own unit; only where the units are equal.
fn control_range(visit: &Visit, question: &Question) -> String {
    let style = visit.style();
    let findings: Vec<_> = question
        .synthesis()
        .studies
        .iter()
        .filter_map(|study| visit.evidence.findings.get(study.index))
        .collect();
    let same = findings.windows(2).all(|pair| pair[0].unit == pair[1].unit);
    let mut means: Vec<f64> = findings.iter().filter_map(|finding| finding.control_mean).collect();
    means.sort_by(f64::total_cmp);
    match (same, means.first(), means.last()) {
        (true, Some(low), Some(high)) => {
            let decimals = format::decimals_for((high - low).abs().sqrt());
            let unit = findings.first().map_or("", |finding| finding.unit.as_str());
            if means.len() == 1 {
                format!("{} {unit}", format::number(*low, decimals, &style))
            } else {
                format!(
                    "{} {unit}",
                    format::range(whatworks_charts::Interval::new(*low, *high), decimals, &style)
                )
            }
        }
        _ => visit.t("not-stated"),
    }
}

fn figure(visit: &Visit, question: &Question) -> Markup {
    let synthesis = question.synthesis();
    let Some(average) = average(synthesis) else { return html! {} };
    let style = visit.style();
    let new = prediction(synthesis);
    let axis = Axis::fit(Scale::Difference, &[average], &super::question::summaries(synthesis));
    let (average_words, new_words) = (visit.t("row-average"), visit.t("row-new"));
    let description = crate::sentence::answer(visit, &question.assessment);
    let args = [("unit", question.unit(visit).into())];
    html! {
        figure.answer {
            (rows::answer_figure(
                &axis,
                (&average_words, average, is_worse(question.better, average)),
                new.map(|interval| (new_words.as_str(), interval)),
                &style,
                &description,
            ))
            figcaption.s.m { (visit.ta("synthesis-unit-caption", &args)) }
        }
    }
}

/// The chance of loss and gain, on average and at a new institution; both sides printed.
fn chances(visit: &Visit, question: &Question) -> Markup {
    let Some(bayes) = &question.synthesis().bayes else { return html! {} };
    let style = visit.style();
    let sign = question.better.sign();
    let bar = |name: &str, positive: f64| {
        let (worse, words) = match sign {
            Some(sign) if sign < 0.0 => (positive, ["chance-worse", "chance-better"]),
            Some(_) => (1.0 - positive, ["chance-worse", "chance-better"]),
            None => (1.0 - positive, ["chance-lower", "chance-higher"]),
        };
        html! {
            figure {
                figcaption {
                    strong { (visit.t(name)) } ": "
                    (visit.t(words[0])) " " strong.harm { (format::number(100.0 * worse, 0, &style)) } ", "
                    (visit.t(words[1])) " " strong.up.nb { (format::in_hundred(1.0 - worse, &style)) }
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
const _: [&str; 4] = [key("chance-worse"), key("chance-better"), key("chance-lower"), key("chance-higher")];
