//! A number to doubt: the entries whose scale does not fit their peers, and the same question with and without them.

use super::points::shown as shown_numbers;
use super::question::{Question, average};
use crate::layout;
use crate::shown;
use crate::text::key;
use crate::visit::{Refusal, Visit};
use maud::{Markup, html};
use std::collections::BTreeSet;
use whatworks_charts::{Axis, Estimate, NumberStyle, Scale, Standing, format, rows};
use whatworks_domain::Measure;
use whatworks_evidence::map::Assessment;
use whatworks_evidence::scale::{FailedCheck, ScaleCheck};

/// One way to pool, with the address that shows it.
struct Way {
    name: String,
    href: String,
    assessment: Assessment,
    shown: bool,
}

pub(super) fn section(visit: &Visit, question: &Question) -> Result<Markup, Refusal> {
    let synthesis = question.synthesis();
    let native = Some(Measure::Native);
    let all = question.variant(visit, native, &[])?;
    let samples: BTreeSet<&str> = all
        .synthesis
        .scale_doubts
        .iter()
        .filter_map(|doubt| {
            visit.evidence.findings.get(doubt.index).map(|finding| finding.sample_id.as_str())
        })
        .collect();
    let samples: Vec<&str> = samples.into_iter().collect();
    let clean = visit.query.with("measure", "").with("without", "");
    let without =
        samples.iter().fold(clean.with("measure", "native"), |query, sample| query.add("without", sample));
    let is_whole = visit.query.find("without").is_none();
    let ways = [
        Way {
            name: visit.t("doubt-with"),
            href: clean.with("measure", "native").address(&visit.path),
            shown: is_whole && synthesis.measure == Measure::Native,
            assessment: all,
        },
        Way {
            name: visit.t("doubt-without"),
            href: without.address(&visit.path),
            assessment: question.variant(visit, native, &samples)?,
            shown: false,
        },
        Way {
            name: visit.t("doubt-in-sd"),
            href: clean.with("measure", "smd").address(&visit.path),
            assessment: question.variant(visit, Some(Measure::Smd), &[])?,
            shown: is_whole && synthesis.measure == Measure::Smd,
        },
    ];
    let unit_of =
        |index: usize| visit.evidence.findings.get(index).map_or("", |finding| finding.unit.as_str());
    let notes = synthesis.scale_doubts.iter().map(|doubt| {
        let reasons: Vec<String> =
            doubt.checks.iter().map(|failed| reason(visit, failed, unit_of(doubt.index))).collect();
        (doubt.study.to_string(), reasons)
    });
    Ok(layout::section(
        "scale",
        &visit.t("doubt"),
        &html! { p { (visit.t("doubt-how")) " " a href="/methods/scale-check" { (visit.t("how-made")) } } },
        &html! {
            @for (study, reasons) in notes {
                (layout::note(&html! {
                    h3 { (visit.ta("doubt-title", &[("study", study.into())])) }
                    ul { @for reason in reasons { li { (reason) } } }
                }))
            }
            (table(visit, question, &ways))
        },
    ))
}

fn reason(visit: &Visit, failed: &FailedCheck, unit: &str) -> String {
    let style = visit.style();
    let plain = |value: f64| format::number(value, format::decimals_for(value.abs()), &style);
    let times = if failed.check == ScaleCheck::LargeT { 1.0 } else { shown::times(unit) };
    let short = |value: f64| plain(value * times);
    let args = [
        ("value", short(failed.value).into()),
        ("median", failed.peers_median.map_or_else(|| visit.t("not-stated"), short).into()),
        ("times", format::number(failed.times_off, 0, &style).into()),
    ];
    visit.ta(
        match failed.check {
            ScaleCheck::StdError => key("doubt-std-error"),
            ScaleCheck::ControlSd => key("doubt-control-sd"),
            ScaleCheck::ControlMean => key("doubt-control-mean"),
            ScaleCheck::LargeT => key("doubt-large-t"),
            ScaleCheck::Declared => key("doubt-declared"),
        },
        &args,
    )
}

/// The ways side by side. Native ways share the axis; the one in SD cannot stand on it and has its numbers only.
fn table(visit: &Visit, question: &Question, ways: &[Way]) -> Markup {
    let style = visit.style();
    let native: Vec<Estimate> =
        ways[..2].iter().filter_map(|way| average(&shown_numbers(&way.assessment.synthesis))).collect();
    let axis = Axis::fit(Scale::Difference, &native, &[]);
    html! {
        table.fold.gap.ways role="table" {
            caption { (visit.t("doubt-caption")) }
            thead role="rowgroup" {
                tr role="row" {
                    th role="columnheader" scope="col" { (visit.t("doubt-pool")) }
                    th.ax role="columnheader" scope="col" { (question.axis_words(visit)) (rows::axis_header(&axis, &style)) }
                    th.r role="columnheader" scope="col" { (visit.t("estimate-interval")) }
                }
            }
            tbody role="rowgroup" {
                @for way in ways { (row(visit, way, &axis, &style)) }
            }
        }
    }
}

fn row(visit: &Visit, way: &Way, axis: &Axis, style: &NumberStyle) -> Markup {
    let synthesis = shown_numbers(&way.assessment.synthesis);
    let in_sd = synthesis.measure == Measure::Smd;
    html! {
        tr role="row" {
            th.w role="rowheader" scope="row" {
                @if way.shown { strong { (way.name) } " " span.s.m { (visit.t("spine-here")) } }
                @else { a href=(way.href) { (way.name) } }
                br; span.s.m { (visit.ta("doubt-studies", &[("k", synthesis.k.into())])) }
            }
            @match average(&synthesis) {
                Some(average) => {
                    @if in_sd { td role="cell" {} }
                    @else { td.p role="cell" { (rows::variant_row(axis, average, Standing::Ordinary)) } }
                    td.r.est role="cell" {
                        span.nb { (format::signed_estimate(average, synthesis.std_error.map_or(2, format::decimals_for), style)) }
                        " " (shown::unit_short(visit, &way.assessment.synthesis))
                    }
                }
                None => { td role="cell" {} td.r role="cell" { (visit.t("none")) } }
            }
        }
    }
}
