//! Belief beside evidence: what members agree with, and what studies found, never combined.
//!
//! Rule: a piece of evidence on the table is a synthesis, or a claim with the syntheses that it rests on; its numbers are
//! those of the evidence shown now. A statement that is bound to a claim stands beside it. What nobody has studied says
//! so in the place where the number would be.

use super::opinions::{Opinion, agreement, overall_row};
use super::view::{QuestionView, StatementView};
use crate::layout::{self, TagKind};
use crate::sentence;
use crate::shown;
use crate::text::key;
use crate::visit::{Visit, segment};
use maud::{Markup, html};
use whatworks_charts::{Axis, Estimate, Scale, Standing, rows};
use whatworks_domain::{Measure, PoolKey};
use whatworks_evidence::map::Assessment;

/// Something on the table.
#[derive(Debug, Clone)]
pub(crate) enum OnTable {
    /// A synthesis, by its pool key as text.
    Synthesis(String),
    /// A claim.
    Claim(ClaimOnTable),
}

/// A claim as far as a table shows it.
#[derive(Debug, Clone)]
pub(crate) struct ClaimOnTable {
    pub(crate) id: String,
    pub(crate) sentence: String,
    pub(crate) language: String,
    pub(crate) is_divergent: bool,
    pub(crate) syntheses: Vec<String>,
}

/// The assessment of a pool in the evidence shown now.
pub(crate) fn find_assessment<'a>(visit: &'a Visit, pool: &str) -> Option<&'a Assessment> {
    let key: PoolKey = pool.parse().ok()?;
    visit.evidence.map().ok()?.assessments.iter().find(|one| one.key == key)
}

/// The address of a claim.
pub(crate) fn claim_path(id: &str) -> String {
    format!("/claims/{}", segment(id))
}

/// The section; nothing when no evidence is on the table.
pub(crate) fn section(
    visit: &Visit,
    question: &QuestionView,
    on_table: &[OnTable],
    statements: &[StatementView],
    opinion: Option<&Opinion<'_>>,
) -> Markup {
    let margin =
        html! { p { (visit.t("belief-how")) } p { a href="/methods/pooling" { (visit.t("how-made")) } } };
    let body = if on_table.is_empty() {
        html! { p { span.none { (visit.t("none")) } " " (visit.t("belief-none")) } }
    } else {
        let axis = Axis::percentages();
        html! {
            p { (visit.t("belief-say")) }
            table.fold.belief role="table" {
                caption.vh { (visit.t("belief")) }
                thead role="rowgroup" {
                    tr role="row" {
                        th role="columnheader" scope="col" { (visit.t("belief-sentence")) }
                        th.ax role="columnheader" scope="col" { (visit.t("opinion-axis")) (rows::axis_header(&axis, &visit.style())) }
                        th role="columnheader" scope="col" { (visit.t("belief-studies")) }
                    }
                }
                tbody role="rowgroup" {
                    @for one in on_table { (row(visit, question, one, statements, opinion)) }
                }
            }
        }
    };
    layout::section("evidence", &visit.t("belief"), &margin, &body)
}

fn row(
    visit: &Visit,
    question: &QuestionView,
    one: &OnTable,
    statements: &[StatementView],
    opinion: Option<&Opinion<'_>>,
) -> Markup {
    let (sentence, believed, syntheses): (Markup, Vec<&StatementView>, Vec<&str>) = match one {
        OnTable::Synthesis(pool) => (synthesis_link(visit, pool), Vec::new(), vec![pool]),
        OnTable::Claim(claim) => (
            html! {
                a.claim href=(claim_path(&claim.id)) lang=(claim.language) { bdi { (claim.sentence) } }
                @if claim.is_divergent { " " (layout::tag(TagKind::Doubt, &visit.t("claim-divergent"))) }
            },
            statements.iter().filter(|own| own.claim_id.as_deref() == Some(&claim.id)).collect(),
            claim.syntheses.iter().map(String::as_str).collect(),
        ),
    };
    html! {
        tr role="row" {
            th.w role="rowheader" scope="row" { (sentence) }
            td.w role="cell" {
                @if believed.is_empty() { span.s.m { (visit.t("belief-no-statement")) } }
                @for statement in believed {
                    @match opinion.and_then(|opinion| opinion.answers(statement.number)) {
                        Some(answers) => {
                            (overall_row(&answers))
                            a.s.plain href=(question.at(&format!("statements#s{}", statement.number))) { (agreement(visit, &answers)) }
                        },
                        None => span.s.m { (visit.t("opinion-nobody")) },
                    }
                }
            }
            td.w.s role="cell" {
                @if syntheses.is_empty() { (nobody(visit)) }
                @for pool in syntheses { (studies(visit, pool)) }
            }
        }
    }
}

fn synthesis_link(visit: &Visit, pool: &str) -> Markup {
    html! {
        @match find_assessment(visit, pool) {
            Some(assessment) => a.claim href=(shown::synthesis_path(&assessment.key)) { (sentence::answer(visit, assessment)) },
            None => span.claim { (pool) },
        }
    }
}

/// That nobody has studied it.
pub(crate) fn nobody(visit: &Visit) -> Markup {
    html! { p { strong.flag { (visit.t("belief-no-evidence")) } " " (visit.t("belief-nobody")) } }
}

/// What a synthesis says now: its interval as a picture, what it reads as, its number, how sure.
pub(crate) fn studies(visit: &Visit, pool: &str) -> Markup {
    let Some(assessment) = find_assessment(visit, pool) else { return nobody(visit) };
    let synthesis = &assessment.synthesis;
    let Some((number, unit)) = shown::pooled(visit, synthesis) else {
        return html! { p { strong { (visit.t("front-not-pooled")) } " " a href=(shown::synthesis_path(&assessment.key)) { (visit.t("belief-see")) } } };
    };
    let certainty = assessment.judgement.certainty;
    html! {
        (picture(visit, assessment))
        p {
            strong { (shown::reading(visit, assessment)) } ". "
            bdi dir="ltr" { (number) } " " bdi { (unit) } ", "
            (visit.ta("front-studies", &[("count", synthesis.k.into())])) ". "
            span.nb { (layout::certainty_marks(certainty)) " " (visit.ta("front-certainty-small", &[("certainty", sentence::inside(&layout::certainty_word(visit, certainty)).into())])) } ". "
            a href=(shown::synthesis_path(&assessment.key)) { (visit.t("belief-see")) }
        }
    }
}

fn picture(visit: &Visit, assessment: &Assessment) -> Markup {
    let synthesis = &assessment.synthesis;
    let (Some(value), Some(low), Some(high)) = (synthesis.estimate, synthesis.ci_low, synthesis.ci_high)
    else {
        return html! {};
    };
    let times = if synthesis.measure == Measure::Native { shown::times(&synthesis.unit) } else { 1.0 };
    let effect = Estimate::new(value * times, low * times, high * times);
    let axis = Axis::fit(Scale::Difference, &[effect], &[]);
    let standing = if shown::is_clear_harm(assessment) { Standing::Worse } else { Standing::Ordinary };
    html! {
        div.p { (rows::variant_row(&axis, effect, standing)) }
        span.ends.s.m aria-hidden="true" { (visit.t(key("axis-ends"))) }
    }
}
