//! Small studies: if those with dull results go unpublished, the lower left of the plot empties.

use super::question::Question;
use crate::layout;
use crate::visit::Visit;
use maud::{Markup, html};
use whatworks_charts::funnel::{Funnel, FunnelPoint, funnel};
use whatworks_charts::{Scale, Standing, format};

/// From this many studies on the tests say something.
const TESTABLE_FROM: usize = 10;

/// The plot, for the page and for download.
pub(super) fn plot(visit: &Visit, question: &Question) -> Funnel {
    let synthesis = question.synthesis();
    let doubted = super::forest::doubted(question);
    let points = synthesis
        .studies
        .iter()
        .map(|study| FunnelPoint {
            label: study.study.split([',', ' ']).next().unwrap_or_default().to_owned(),
            effect: study.estimate,
            standard_error: study.std_error,
            standing: if doubted.contains(&study.index) { Standing::Suspected } else { Standing::Ordinary },
        })
        .collect();
    Funnel {
        title: visit.ta("funnel-title", &[("title", question.title(visit).into())]),
        description: visit.t("funnel-description"),
        points,
        average: synthesis.estimate,
        average_words: visit.t("funnel-average"),
        effect_words: visit.ta("funnel-effect", &[("unit", question.unit_short(visit).into())]),
        error_words: visit.t("funnel-error"),
        scale: Scale::Difference,
        style: visit.style(),
    }
}

pub(super) fn section(visit: &Visit, question: &Question) -> Markup {
    let synthesis = question.synthesis();
    let style = visit.style();
    let number = |value: f64| format::number(value, 2, &style);
    let small = &synthesis.small_study;
    let svg = visit.query.address(&format!("{}/small-studies.svg", visit.path));
    layout::section(
        "small-studies",
        &visit.t("small-studies-name"),
        &html! {
            p { (visit.t("small-studies-how")) " " a href="/methods/small-study-effects" { (visit.t("how-made")) } " · " a href=(svg) { "SVG" } }
        },
        &html! {
            div.two {
                figure.funnel { (funnel(&plot(visit, question))) }
                div {
                    @if synthesis.k < TESTABLE_FROM { p { (visit.ta("small-studies-few", &[("k", synthesis.k.into())])) } }
                    @if let Some(egger) = &small.egger {
                        p { (visit.ta("small-studies-egger", &[("slope", number(egger.slope).into()), ("p", number(egger.p_value).into())])) }
                    }
                    @if let Some(both) = &small.pet_peese {
                        @let chosen = if both.chosen == "pet" { both.pet } else { both.peese };
                        @let places = format::decimals_for(chosen.std_error);
                        p { (visit.ta("small-studies-pet-peese", &[
                            ("line", both.chosen.to_uppercase().into()),
                            ("estimate", format::signed(chosen.estimate, places, &style).into()),
                            ("std_error", format::number(chosen.std_error, places, &style).into()),
                        ])) }
                    }
                    p { a href="#studies" { (visit.t("small-studies-table")) } }
                }
            }
        },
    )
}
