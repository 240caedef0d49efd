//! How sure, and why: the certainty table, every domain with its step and its reason.

use super::question::Question;
use crate::layout::{self, Head};
use crate::number;
use crate::shown;
use crate::text::key;
use crate::visit::Visit;
use maud::{Markup, html};
use whatworks_charts::{Interval, format};
use whatworks_evidence::certainty::{GradeDomain, Reason, Step};

pub(super) fn section(visit: &Visit, question: &Question) -> Markup {
    let heads = [
        Head::words(visit.t("certainty-domain")),
        Head::words(visit.t("certainty-step")),
        Head::words(visit.t("certainty-reason")),
        Head::figures(visit.t("fact-certainty")),
    ];
    let rows: Vec<Vec<Markup>> = question
        .assessment
        .judgement
        .steps
        .iter()
        .map(|step| {
            vec![
                html! { (domain(visit, step.domain)) },
                html! { @if step.down > 0 { strong { (step_words(visit, step)) } } @else { (step_words(visit, step)) } },
                html! { (reason(visit, step)) },
                html! { (layout::certainty_marks(step.after)) span.vh { (layout::certainty_word(visit, step.after)) } },
            ]
        })
        .collect();
    layout::section(
        "certainty",
        &visit.t("certainty-name"),
        &html! { p { (visit.t("certainty-how")) " " a href="/methods/certainty" { (visit.t("certainty-rules")) } } },
        &html! { div.grade { (layout::fold_table(&html! { (visit.t("certainty-caption")) }, &heads, &rows)) } },
    )
}

fn domain(visit: &Visit, domain: GradeDomain) -> String {
    visit.t(match domain {
        GradeDomain::Design => key("grade-design"),
        GradeDomain::RiskOfBias => key("grade-risk-of-bias"),
        GradeDomain::Inconsistency => key("grade-inconsistency"),
        GradeDomain::Indirectness => key("grade-indirectness"),
        GradeDomain::Imprecision => key("grade-imprecision"),
        GradeDomain::Scale => key("grade-scale"),
        GradeDomain::SmallStudies => key("grade-small-studies"),
    })
}

fn step_words(visit: &Visit, step: &Step) -> String {
    match (step.domain, step.down) {
        (GradeDomain::Design, _) => visit.ta(
            "step-start",
            &[("level", crate::sentence::inside(&layout::certainty_word(visit, step.after)).into())],
        ),
        (_, 0) => visit.t("step-none"),
        (_, down) => visit.ta("step-down", &[("down", u64::from(down).into())]),
    }
}

fn reason(visit: &Visit, step: &Step) -> String {
    let style = visit.style();
    let percent = |share: f64| number::percent_of(share, &style);
    let people_words = |people: u64| match people {
        0 => visit.t("reason-people-none"),
        _ => visit.ta("reason-people", &[("people", number::count(people, &style).into())]),
    };
    let range = |low: f64, high: f64| format::range(Interval::new(low, high), 2, &style);
    match &step.reason {
        Reason::AllRandomised => visit.t("reason-all-randomised"),
        Reason::WeakestDesign { design } => {
            visit.ta("reason-weakest-design", &[("design", shown::design(visit, design).to_owned().into())])
        }
        Reason::Association { design } => {
            visit.ta("reason-association", &[("design", shown::design(visit, design).to_owned().into())])
        }
        Reason::Unverified { share } => visit.ta("reason-unverified", &[("share", percent(*share).into())]),
        Reason::OneStudy => visit.t("reason-one-study"),
        Reason::Spread { i2, q_p } => visit.ta(
            "reason-spread",
            &[("i2", format::number(*i2, 0, &style).into()), ("p", format::number(*q_p, 2, &style).into())],
        ),
        Reason::Opposed { i2 } => {
            visit.ta("reason-opposed", &[("i2", format::number(*i2, 0, &style).into())])
        }
        Reason::Places { studies, countries } => {
            visit.ta("reason-places", &[("studies", (*studies).into()), ("countries", (*countries).into())])
        }
        Reason::IntervalSd { low, high, people } => visit.ta(
            "reason-interval-sd",
            &[("range", range(*low, *high).into()), ("people", people_words(*people).into())],
        ),
        Reason::IntervalNative { holds_zero, people } => visit.ta(
            if *holds_zero { key("reason-interval-zero") } else { key("reason-interval-clear") },
            &[("people", people_words(*people).into())],
        ),
        Reason::ScaleDoubt { share, in_sd } => visit.ta(
            if *in_sd { key("reason-scale-in-sd") } else { key("reason-scale-doubt") },
            &[("share", percent(*share).into())],
        ),
        Reason::ScaleSound => visit.t("reason-scale-sound"),
        Reason::Egger { p, k } => {
            visit.ta("reason-egger", &[("p", format::number(*p, 2, &style).into()), ("k", (*k).into())])
        }
        Reason::NotTestable { k } => visit.ta("reason-not-testable", &[("k", (*k).into())]),
    }
}
