//! The studies as a forest plot that is a table: each study's estimate, the study after borrowing strength, its weight.

use super::answer::decimals;
use super::question::{Question, average, prediction, whole};
use crate::layout::{self, TagKind};
use crate::shown;
use crate::text::key;
use crate::visit::Visit;
use maud::{Markup, html};
use std::collections::BTreeSet;
use whatworks_charts::rows::StudyMark;
use whatworks_charts::{Axis, Estimate, NumberStyle, SquareScale, Standing, format, rows};
use whatworks_evidence::synthesis::PooledStudy;

/// Positions of the entries whose scale is in doubt.
pub(super) fn doubted(question: &Question) -> BTreeSet<usize> {
    question.synthesis().scale_doubts.iter().map(|doubt| doubt.index).collect()
}

/// The mark of a study.
pub(super) fn mark(question: &Question, study: &PooledStudy, doubted: &BTreeSet<usize>) -> StudyMark {
    let effect = whole(study.estimate, study.std_error);
    let standing = if doubted.contains(&study.index) {
        Standing::Suspected
    } else if question.is_worse(effect) {
        Standing::Worse
    } else {
        Standing::Ordinary
    };
    StudyMark {
        effect,
        weight: Some(study.weight),
        shrunken: study.shrunk.map(|shrunk| Estimate::new(shrunk.mean, shrunk.q025, shrunk.q975)),
        standing,
    }
}

pub(super) fn section(visit: &Visit, question: &Question) -> Markup {
    let synthesis = question.synthesis();
    let style = visit.style();
    let axis = question.axis();
    let scale = SquareScale::of(synthesis.studies.iter().map(|study| study.weight));
    let decimals = decimals(question);
    let spread = |value: Option<f64>, places: usize| {
        value.map_or_else(|| visit.t("not-stated"), |value| format::number(value, places, &style))
    };
    let args = [
        ("tau", spread(synthesis.tau2.map(f64::sqrt), decimals).into()),
        ("i2", spread(synthesis.i2, 0).into()),
        ("q", spread(synthesis.q, 1).into()),
        ("p", spread(synthesis.q_p, 2).into()),
    ];
    let doubted = doubted(question);
    let svg = visit.query.address(&format!("{}/forest.svg", visit.path));
    layout::section(
        "forest",
        &visit.ta("forest-name", &[("k", synthesis.k.into())]),
        &html! {
            p {
                @if synthesis.k > 1 { (visit.ta("forest-spread", &args)) " " }
                (visit.t(if synthesis.k > 1 { key("forest-how") } else { key("forest-how-one") })) " " a href="/methods/pooling" { (visit.t("how-made")) }
                " · " a href=(svg) { "SVG" }
            }
        },
        &html! {
            table.fold.forest role="table" {
                caption { (visit.ta(if synthesis.k > 1 { key("forest-caption") } else { key("forest-caption-one") }, &[("unit", question.unit(visit).into())])) }
                thead role="rowgroup" {
                    tr role="row" {
                        th role="columnheader" scope="col" { (visit.t("study")) }
                        th.ax role="columnheader" scope="col" { (question.axis_words(visit)) (rows::axis_header(&axis, &style)) }
                        th.r.est role="columnheader" scope="col" { (visit.t("estimate-interval")) }
                        @if synthesis.k > 1 { th.r role="columnheader" scope="col" { (visit.t("forest-shrunken")) } }
                        th.r role="columnheader" scope="col" { (visit.t("forest-weight")) }
                    }
                }
                tbody role="rowgroup" {
                    @for study in &synthesis.studies {
                        (row(visit, study, &axis, &mark(question, study, &doubted), scale, decimals, synthesis.k == 1))
                    }
                    (sums(visit, question, &axis, &style, decimals))
                }
            }
        },
    )
}

fn row(
    visit: &Visit,
    study: &PooledStudy,
    axis: &Axis,
    mark: &StudyMark,
    scale: SquareScale,
    decimals: usize,
    is_alone: bool,
) -> Markup {
    let style = visit.style();
    let finding = visit.evidence.findings.get(study.index);
    let own = format::decimals_for(study.std_error);
    html! {
        tr role="row" {
            th.w role="rowheader" scope="row" {
                @match finding {
                    Some(finding) => {
                        a href=(shown::finding_path(finding)) { (finding.study) }
                        @if mark.standing == Standing::Suspected { " " a href="#scale" { (layout::tag(TagKind::Doubt, &visit.t("tag-scale"))) } }
                        br; span.s.m {
                            (shown::countries(visit, &finding.countries))
                            @if !finding.subgroup.is_empty() { " · " bdi { (finding.subgroup) } }
                        }
                    }
                    None => (study.study),
                }
            }
            td.p role="cell" { (rows::study_row(axis, mark, scale)) }
            td.r.nb.est role="cell" { (format::signed_estimate(mark.effect, own, &style)) }
            @if !is_alone {
                td.r role="cell" data-l=(visit.t("forest-shrunken")) {
                    (study.shrunk.map_or_else(|| visit.t("none"), |shrunk| format::signed(shrunk.mean, decimals, &style)))
                }
            }
            td.r role="cell" data-l=(visit.t("forest-weight")) { (format::weight(study.weight, &style)) }
        }
    }
}

fn sums(visit: &Visit, question: &Question, axis: &Axis, style: &NumberStyle, decimals: usize) -> Markup {
    let synthesis = question.synthesis();
    html! {
        @if let Some(average) = average(synthesis) {
            tr.sum role="row" {
                th.w role="rowheader" scope="row" { (visit.ta("forest-average", &[("k", synthesis.k.into())])) }
                td.p role="cell" { (rows::pooled_row(axis, average, question.is_worse(average))) }
                td.r.nb.est role="cell" { (format::signed_estimate(average, decimals, style)) }
                @if synthesis.k > 1 { td role="cell" {} }
                td.r role="cell" { (format::weight(1.0, style)) }
            }
        }
        @if let Some(interval) = prediction(synthesis) {
            tr.sum role="row" {
                th.w role="rowheader" scope="row" { (visit.t("forest-new")) }
                td.p role="cell" { (rows::prediction_row(axis, interval)) }
                td.r.nb.est role="cell" { (format::range(interval, decimals, style)) }
                td role="cell" {}
                td role="cell" {}
            }
        }
    }
}
