//! The few answers under the title: chosen from the map by declared rules, each a claim with the synthesis under it.
//!
//! The rules, each taking the first synthesis that no rule before it took (randomised, with a good direction):
//! the most people and the most studies on a benefit to clients · the surest clear benefit (certainty, then size), with
//! every loss of the same practice beside it · the clearest harm to clients or loss to lenders (interval beyond zero,
//! then clients first, then certainty, then size), with the surest benefit and the other losses of the same practice
//! beside it · the likeliest harm to clients of a practice not yet shown · whether client protection changes debt and
//! stress, because over-indebtedness is what the field asks about most; said plainly when nobody has looked.

use super::cells;
use crate::layout::{self, TagKind};
use crate::sentence;
use crate::shown;
use crate::text::key;
use crate::visit::Visit;
use maud::{Markup, html};
use std::cmp::Reverse;
use whatworks_charts::format;
use whatworks_domain::{Catalogue, Certainty, Claim, OutcomeKind};
use whatworks_evidence::effect::Effect;
use whatworks_evidence::map::{Assessment, Cell, EvidenceMap, Row};
use whatworks_evidence::verdict::Reading;

/// The family that the field asks about most.
const ASKED_FAMILY: &str = "protection";
/// What the field asks whether it prevents.
const ASKED_DOMAIN: &str = "debt-stress";

/// The rule that chose a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// The most people.
    MostPeople,
    /// The most studies.
    MostStudies,
    /// The surest clear benefit.
    SurestBenefit,
    /// The clearest harm to clients or loss to lenders.
    ClearestLoss,
    /// The likeliest harm to clients of another practice.
    LikeliestHarm,
    /// What the field asks about most.
    Asked,
}

/// One chosen synthesis, with those of the same practice that must be read along with it. Positions are the map's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    /// By which rule.
    pub why: Why,
    /// The synthesis; `None` for a question that nobody has studied.
    pub assessment: Option<usize>,
    /// The other side of the same practice.
    pub beside: Vec<usize>,
}

fn kind(catalogue: &Catalogue, assessment: &Assessment) -> Option<OutcomeKind> {
    let outcome = catalogue.find_outcome(assessment.key.outcome.as_str())?;
    outcome.better.sign().map(|_| outcome.kind)
}

/// Whole thousandths, so that sizes and chances can be sorted; the largest first.
fn order(value: Option<f64>) -> Reverse<i64> {
    Reverse(value.map_or(i64::MIN, |value| (value.abs() * 1_000.0).round() as i64))
}

/// Whether an interval leaves zero out on the side of benefit and the certainty is low or better.
pub(super) fn is_clear_benefit(catalogue: &Catalogue, assessment: &Assessment) -> bool {
    assessment.randomised
        && assessment.judgement.certainty >= Certainty::Low
        && matches!(kind(catalogue, assessment), Some(OutcomeKind::Benefit | OutcomeKind::Harm))
        && assessment.verdict.is_some_and(|verdict| verdict.reading == Reading::ClearlyBetter)
}

/// Harms to clients and losses to lenders of one practice, wherever the map shows them.
pub(super) fn losses(map: &EvidenceMap, practice: &str) -> Vec<usize> {
    let row = map.rows.iter().find(|row| row.practice.as_str() == practice);
    let cells = row.map(|row| row.cells.as_slice()).unwrap_or_default();
    let harms = cells.iter().flat_map(|cell| cell.harms.iter().copied());
    harms.chain(cells.iter().flat_map(|cell| cell.lender_losses.iter().copied())).collect()
}

/// The claims for the top of the page, in the order in which they are shown.
pub fn choose(map: &EvidenceMap, effects: &[Effect], catalogue: &Catalogue) -> Vec<Chosen> {
    let place = |at: usize| {
        catalogue.outcomes.iter().position(|outcome| outcome.id == map.assessments[at].key.outcome)
    };
    let matching = |is: &dyn Fn(&Assessment) -> bool| -> Vec<usize> {
        (0..map.assessments.len()).filter(|at| is(&map.assessments[*at])).collect()
    };
    let sureness = |at: usize| {
        let one = &map.assessments[at];
        (Reverse(one.judgement.certainty), order(one.verdict.and_then(|verdict| verdict.smd)), place(at), at)
    };
    let mut benefits = matching(&|one| {
        one.randomised && one.verdict.is_some() && kind(catalogue, one) == Some(OutcomeKind::Benefit)
    });
    let mut clear = matching(&|one| is_clear_benefit(catalogue, one));
    clear.sort_by_key(|at| sureness(*at));
    let of_cells = |part: fn(&Cell) -> &Vec<usize>| -> Vec<usize> {
        map.rows.iter().flat_map(|row| &row.cells).flat_map(|cell| part(cell).iter().copied()).collect()
    };
    let mut harms = of_cells(|cell| &cell.harms);
    let mut losses = [harms.clone(), of_cells(|cell| &cell.lender_losses)].concat();
    losses.sort_by_key(|at| {
        let reading = map.assessments[*at].verdict.map(|verdict| verdict.reading);
        (reading != Some(Reading::ClearlyWorse), !harms.contains(at), sureness(*at))
    });
    harms
        .sort_by_key(|at| (order(map.assessments[*at].verdict.and_then(|verdict| verdict.chance_harm)), *at));

    let mut chosen: Vec<Chosen> = Vec::new();
    let take = |chosen: &mut Vec<Chosen>, why: Why, from: &[usize]| {
        let is_free = |at: usize| {
            let practice = |at: usize| &map.assessments[at].key.practice;
            let is_taken = |one: &Chosen| {
                one.assessment == Some(at)
                    || one.beside.contains(&at)
                    || (why == Why::LikeliestHarm
                        && one.assessment.is_some_and(|other| practice(other) == practice(at)))
            };
            !chosen.iter().any(is_taken)
        };
        let Some(at) = from.iter().copied().find(|at| is_free(*at)) else { return };
        let is_same = |other: &usize| {
            *other != at && map.assessments[*other].key.practice == map.assessments[at].key.practice
        };
        let benefit = clear.iter().copied().find(is_same);
        let others = losses.iter().copied().filter(is_same);
        let beside = match why {
            Why::SurestBenefit => others.collect(),
            Why::ClearestLoss | Why::LikeliestHarm => benefit.into_iter().chain(others).collect(),
            _ => Vec::new(),
        };
        chosen.push(Chosen { why, assessment: Some(at), beside });
    };
    benefits.sort_by_key(|at| (Reverse(map.assessments[*at].people(effects)), place(*at), *at));
    take(&mut chosen, Why::MostPeople, &benefits);
    benefits.sort_by_key(|at| (Reverse(map.assessments[*at].synthesis.k), place(*at), *at));
    take(&mut chosen, Why::MostStudies, &benefits);
    take(&mut chosen, Why::SurestBenefit, &clear);
    take(&mut chosen, Why::ClearestLoss, &losses);
    take(&mut chosen, Why::LikeliestHarm, &harms);
    if catalogue.find_family(ASKED_FAMILY).is_some() && catalogue.find_domain(ASKED_DOMAIN).is_some() {
        chosen.push(Chosen { why: Why::Asked, assessment: asked(map, catalogue), beside: Vec::new() });
    }
    chosen
}

/// The leading randomised synthesis on what the field asks about most, if there is one.
fn asked(map: &EvidenceMap, catalogue: &Catalogue) -> Option<usize> {
    let of_family = |row: &&Row| {
        catalogue.find_practice(row.practice.as_str()).is_some_and(|one| one.family.as_str() == ASKED_FAMILY)
    };
    let cells = map.rows.iter().filter(of_family).flat_map(|row| &row.cells);
    let held = cells.filter(|cell| cell.domain.as_str() == ASKED_DOMAIN).flat_map(|cell| &cell.assessments);
    let randomised = held.copied().filter(|at| map.assessments[*at].randomised);
    randomised.min_by_key(|at| (Reverse(map.assessments[*at].synthesis.k), *at))
}

/// The sentence about a synthesis as a claim; `None` if it cannot be one (a name too long for a sentence).
pub(super) fn claim(visit: &Visit, assessment: &Assessment) -> Option<Claim> {
    let sentence = sentence::answer(visit, assessment);
    Claim::new(&sentence, vec![assessment.key.clone()], assessment.judgement.certainty).ok()
}

/// The claim that nobody has studied what the field asks about most.
fn gap(visit: &Visit) -> Option<Claim> {
    let catalogue = &visit.evidence.catalogue;
    catalogue.find_family(ASKED_FAMILY)?;
    catalogue.find_domain(ASKED_DOMAIN)?;
    let args = [
        ("family", sentence::inside(shown::family(visit, ASKED_FAMILY)).into()),
        ("domain", sentence::inside(shown::domain(visit, ASKED_DOMAIN)).into()),
    ];
    Claim::new(&visit.ta("front-nobody", &args), Vec::new(), Certainty::NotRated).ok()
}

/// The claims as a table: sentence, figures, certainty.
pub(super) fn table(visit: &Visit, map: &EvidenceMap, chosen: &[Chosen]) -> Markup {
    html! {
        table.fold.answers role="table" {
            caption.vh { (visit.t("front-claims-caption")) }
            tbody role="rowgroup" {
                @for one in chosen { (row(visit, map, one)) }
            }
        }
    }
}

fn row(visit: &Visit, map: &EvidenceMap, chosen: &Chosen) -> Markup {
    let Some(at) = chosen.assessment else {
        let sentence = gap(visit).map(|claim| claim.sentence().to_owned()).unwrap_or_default();
        return html! {
            tr role="row" {
                th.w role="rowheader" scope="row" { span.claim { (sentence) } (why(visit, chosen.why)) }
                td.w role="cell" { (cells::studies(visit, 0)) }
                td.w.s.m role="cell" { span.none { (visit.t("front-no-evidence")) } }
            }
        };
    };
    let shown: Vec<usize> = std::iter::once(at).chain(chosen.beside.iter().copied()).collect();
    html! {
        @for (place, at) in shown.iter().enumerate() {
            @if let Some(one) = map.assessments.get(*at) {
                tr.open[place + 1 < shown.len()] role="row" {
                    th.w role="rowheader" scope="row" {
                        (linked(visit, map, *at, one))
                        @if place == 0 { (why(visit, chosen.why)) }
                    }
                    td.w role="cell" { (figures(visit, one, place == 0)) }
                    td.w.s.m role="cell" {
                        @let word = layout::certainty_word(visit, one.judgement.certainty);
                        span.nb {
                            (layout::certainty_marks(one.judgement.certainty)) " "
                            (visit.ta("front-certainty-small", &[("certainty", sentence::inside(&word).into())]))
                        }
                    }
                }
            }
        }
    }
}

fn linked(visit: &Visit, map: &EvidenceMap, at: usize, assessment: &Assessment) -> Markup {
    let sentence = claim(visit, assessment)
        .map_or_else(|| sentence::answer(visit, assessment), |claim| claim.sentence().to_owned());
    let mut cells = map.rows.iter().flat_map(|row| &row.cells);
    let is_harm = cells.clone().any(|cell| cell.harms.contains(&at));
    let is_loss = cells.any(|cell| cell.lender_losses.contains(&at));
    html! {
        a.claim href=(shown::synthesis_path(&assessment.key)) { (sentence) }
        @if is_harm { (shown::harm_tag(visit, [assessment])) }
        @if is_loss { " " (layout::tag(TagKind::Doubt, &visit.t("front-tag-lender"))) }
    }
}

fn why(visit: &Visit, why: Why) -> Markup {
    let name = visit.t(match why {
        Why::MostPeople => key("front-why-people"),
        Why::MostStudies => key("front-why-studies"),
        Why::SurestBenefit => key("front-why-benefit"),
        Why::ClearestLoss => key("front-why-loss"),
        Why::LikeliestHarm => key("front-why-harm"),
        Why::Asked => key("front-why-asked"),
    });
    html! { br; span.s.m { (name) } }
}

/// Effect with its interval, studies, comparison if asked for, and the chance on both sides.
fn figures(visit: &Visit, assessment: &Assessment, with_comparator: bool) -> Markup {
    let style = visit.style();
    let chance = assessment.verdict.and_then(|verdict| verdict.chance_better);
    let count = |chance: f64| format::hundred_words(chance, &style).unwrap_or_default();
    let outcome = visit.evidence.catalogue.find_outcome(assessment.key.outcome.as_str());
    let whom = outcome.map_or("benefit", |outcome| outcome.kind.as_str());
    let comparator = sentence::inside(shown::comparator(visit, assessment.key.comparator.as_str()));
    html! {
        @if let Some(effect) = cells::effect(visit, &assessment.synthesis) { span.num { (effect) } ", " }
        (cells::studies(visit, assessment.synthesis.k))
        br;
        span.s.m {
            @if with_comparator { (visit.ta("front-against", &[("comparator", comparator.into())])) " " }
            @if let Some(chance) = chance {
                (visit.ta("front-chances", &[
                    ("better", count(chance).into()), ("worse", count(1.0 - chance).into()), ("whom", whom.into()),
                ]))
            }
        }
    }
}
