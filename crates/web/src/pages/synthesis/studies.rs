//! The studies as a table: source, design, people, clusters, take-up, estimate; who was left out and why; the filters.

use super::question::Question;
use crate::layout::{self, Head};
use crate::number;
use crate::shown;
use crate::text::key;
use crate::visit::Visit;
use maud::{Markup, html};
use std::collections::{BTreeMap, BTreeSet};
use whatworks_charts::format;
use whatworks_domain::{Finding, Measure};

pub(super) fn section(visit: &Visit, question: &Question) -> Markup {
    let synthesis = question.synthesis();
    let findings: Vec<&Finding> =
        synthesis.studies.iter().filter_map(|study| visit.evidence.findings.get(study.index)).collect();
    layout::section(
        "studies",
        &visit.t("synthesis-studies"),
        &html! { p { (visit.t("synthesis-studies-how")) } },
        &html! {
            @if findings.is_empty() { p { span.none { (visit.t("none")) } " " (visit.t(if question.filters.is_empty() { key("synthesis-nothing") } else { key("synthesis-no-match") })) } }
            @else { (table(visit, &findings)) }
            (left_out(visit, question))
            (warnings(visit, question))
            (form(visit, question))
        },
    )
}

fn table(visit: &Visit, findings: &[&Finding]) -> Markup {
    let style = visit.style();
    let heads = [
        Head::words(visit.t("study")),
        Head::figures(visit.t("rows-used")),
        Head::figures(visit.t("clusters")),
        Head::figures(visit.t("take-up")),
        Head::figures(visit.t("control-mean")),
        Head::estimates(visit.t("estimate-interval")),
    ];
    let count = |value: Option<u64>| {
        value.map_or_else(|| visit.t("not-stated"), |value| number::count(value, &style))
    };
    let rows: Vec<Vec<Markup>> = findings
        .iter()
        .map(|finding| {
            vec![
                html! {
                    a href=(shown::finding_path(finding)) { (finding.study) }
                    (shown::tags(visit, finding))
                    br; span.s.m { (shown::countries(visit, &finding.countries)) " · " (shown::design(visit, finding.design.as_str())) " · " (shown::unit(visit, &finding.unit).0) }
                },
                html! { (count(finding.n)) },
                html! { @if let Some(clusters) = finding.clusters { (number::count(clusters, &style)) } },
                html! { (take_up(visit, finding)) },
                html! { @if let Some(mean) = finding.control_mean { (control(visit, mean, finding)) } },
                html! { (shown::estimate(visit, finding)) },
            ]
        })
        .collect();
    layout::fold_table(&html! { (visit.t("synthesis-studies-caption")) }, &heads, &rows)
}

/// The mean of the comparison group, in percent for a share.
fn control(visit: &Visit, mean: f64, finding: &Finding) -> String {
    if shown::times(&finding.unit) == 1.0 {
        number::plain(mean, &visit.style())
    } else {
        shown::level(visit, mean, &finding.unit)
    }
}

/// Take-up when offered and when not, in percent.
fn take_up(visit: &Visit, finding: &Finding) -> String {
    let style = visit.style();
    match (finding.takeup_treat, finding.takeup_control) {
        (Some(with), Some(without)) => {
            format!(
                "{} / {}",
                format::number(100.0 * with, 0, &style),
                format::number(100.0 * without, 0, &style)
            )
        }
        _ => String::new(),
    }
}

fn left_out(visit: &Visit, question: &Question) -> Markup {
    let rows = &question.synthesis().not_comparable;
    html! {
        @if !rows.is_empty() {
            h3.gap { (visit.t("synthesis-not-comparable")) }
            ul { @for row in rows { li { (row.study) ": " (row.reason) } } }
        }
    }
}

fn warnings(visit: &Visit, question: &Question) -> Markup {
    let warnings = &question.synthesis().warnings;
    html! {
        @if !warnings.is_empty() {
            details.gap {
                summary { (visit.ta("synthesis-warnings", &[("count", warnings.len().into())])) }
                ul { @for warning in warnings { li { (warning.text) } } }
                p.s.m { a href="/methods/double-counting" { (visit.t("how-made")) } }
            }
        }
    }
}

/// The filter form: what this pool holds, before any filter.
fn form(visit: &Visit, question: &Question) -> Markup {
    let all: Vec<&Finding> = question.all.iter().filter_map(|at| visit.evidence.findings.get(*at)).collect();
    let codes: BTreeSet<&str> =
        all.iter().flat_map(|finding| finding.countries.iter().map(String::as_str)).collect();
    let countries: BTreeMap<String, String> =
        codes.into_iter().map(|code| (shown::country(visit, code), code.to_owned())).collect();
    let designs: BTreeSet<&str> = all.iter().map(|finding| finding.design.as_str()).collect();
    let years: BTreeSet<u16> = all.iter().filter_map(|finding| finding.year_published).collect();
    let samples: BTreeMap<String, String> = all
        .iter()
        .filter(|finding| finding.primary)
        .map(|finding| (finding.study.clone(), finding.sample_id.to_string()))
        .collect();
    let choices = [
        (
            "country",
            key("country"),
            countries.into_iter().map(|(name, code)| (code, name)).collect::<Vec<_>>(),
        ),
        (
            "design",
            key("design"),
            designs.into_iter().map(|id| (id.to_owned(), shown::design(visit, id).to_owned())).collect(),
        ),
        (
            "from",
            key("filter-from"),
            years.into_iter().map(|year| (year.to_string(), year.to_string())).collect(),
        ),
        (
            "without",
            key("filter-without"),
            samples.into_iter().map(|(study, sample)| (sample, study)).collect(),
        ),
        (
            "measure",
            key("filter-measure"),
            Measure::ALL
                .map(|measure| (measure.to_string(), super::answer::measure_name(visit, measure)))
                .to_vec(),
        ),
    ];
    html! {
        form.filters.gap method="get" action=(visit.path) {
            fieldset {
                legend { (visit.t("synthesis-filter")) }
                @for (name, label, values) in choices {
                    @let chosen = visit.query.list(name).last();
                    @for kept in visit.query.list(name).filter(|value| Some(*value) != chosen) {
                        input type="hidden" name=(name) value=(kept);
                    }
                    label for={ "filter-" (name) } {
                        (visit.t(label))
                        select name=(name) id={ "filter-" (name) } {
                            option value="" { (visit.t(if name == "measure" { key("filter-measure-any") } else { key("filter-any") })) }
                            @for (value, words) in values {
                                option value=(value) selected[chosen == Some(value.as_str())] { (words) }
                            }
                        }
                    }
                }
                button type="submit" { (visit.t("synthesis-pool")) }
            }
        }
        p.s.m.gap { (visit.t("synthesis-filter-how")) " " a href="/methods/forking-paths" { (visit.t("synthesis-forking")) } }
    }
}
