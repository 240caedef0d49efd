//! The first screen: the answer in plain words, the squares, and the claims under it.
//!
//! The answer has three sentences, each computed: what the practice tried on the most people does, area by area; how
//! many others show a clear benefit (interval beyond zero, low certainty or better), and how many of those a loss; how
//! many practices nobody has studied.

use super::{claims, map as squares_of};
use crate::layout;
use crate::number;
use crate::sentence;
use crate::visit::Visit;
use maud::{Markup, html};
use std::collections::BTreeSet;
use whatworks_charts::squares::{EvidenceSquares, Square, evidence_squares};
use whatworks_domain::OutcomeKind;
use whatworks_evidence::map::{Cell, EvidenceMap, Row};
use whatworks_evidence::synthesis::Refusal;
use whatworks_evidence::verdict::Reading;

/// The section.
pub(super) fn section(visit: &Visit, map: &EvidenceMap) -> Markup {
    let evidence = &visit.evidence;
    let chosen = claims::choose(map, evidence.effects(), &evidence.catalogue);
    let margin = html! {
        p { (visit.ta("front-pairs", &pairs(map))) }
        @if !evidence.findings.is_empty() { p { (visit.t("front-chosen")) } }
    };
    layout::section_head(
        &visit.t("front-label"),
        &margin,
        &html! {
            div.cover {
                div {
                    h1 { (visit.t("front-title")) }
                    p.say { (say(visit, map)) }
                }
                (figure(visit, map))
            }
            @if evidence.findings.is_empty() {
                p.gap { (visit.t("front-empty-fill")) }
            } @else {
                (claims::table(visit, map, &chosen))
                p.s.m.gap {
                    (visit.ta("front-made", &[("findings", number::count(evidence.findings.len() as u64, &visit.style()).into()), ("studies", evidence.by_study.len().into()), ("version", evidence.version.into())]))
                    " " a href="/methods" { (visit.t("front-how-made")) }
                }
            }
        },
    )
}

/// The page when the findings on file cannot be pooled.
pub(super) fn cannot_pool(visit: &Visit, refusal: &Refusal) -> Markup {
    layout::section_head(
        &visit.t("front-label"),
        &html! {},
        &html! {
            h1 { (visit.t("front-title")) }
            p.say { (visit.t("front-cannot-pool")) }
            (layout::note(&html! { p { bdi { (refusal) } } p { (refusal.hint()) } }))
            p.gap { a href="/findings" { (visit.t("nav-findings")) } }
        },
    )
}

fn pairs(map: &EvidenceMap) -> [(&'static str, crate::text::Arg<'static>); 3] {
    let cells = || map.rows.iter().flat_map(|row| &row.cells);
    let filled = cells().filter(|cell| is_filled(map, cell)).count();
    let empty = cells().filter(|cell| cell.assessments.is_empty()).count();
    [("pairs", cells().count().into()), ("filled", filled.into()), ("empty", empty.into())]
}

fn is_filled(map: &EvidenceMap, cell: &Cell) -> bool {
    cell.assessments.iter().any(|at| map.assessments[*at].verdict.is_some())
}

/// The answer in plain words.
fn say(visit: &Visit, map: &EvidenceMap) -> String {
    let total = map.rows.len();
    let unstudied = map.rows.iter().filter(|row| !squares_of::is_studied(row)).count();
    if visit.evidence.findings.is_empty() {
        return visit.ta("front-say-empty", &[("total", total.into())]);
    }
    let most = most_people(visit, map);
    let mut parts: Vec<String> = Vec::new();
    parts.extend(most.map(|row| say_most(visit, map, row)));
    parts.extend(say_others(visit, map, most));
    parts.push(visit.ta("front-say-unstudied", &[("total", total.into()), ("unstudied", unstudied.into())]));
    parts.join(" ")
}

/// The practice that chance has offered to the most people.
fn most_people<'a>(visit: &Visit, map: &'a EvidenceMap) -> Option<&'a Row> {
    let effects = visit.evidence.effects();
    let people = |row: &Row| {
        let held = row.cells.iter().flat_map(|cell| &cell.assessments).map(|at| &map.assessments[*at]);
        held.filter(|one| one.randomised).map(|one| one.people(effects)).max().unwrap_or(0)
    };
    // The first of equals, in the catalogue's order.
    let best = map.rows.iter().map(people).max().filter(|best| *best > 0)?;
    map.rows.iter().find(|row| people(row) == best)
}

/// What the leading randomised syntheses of a practice say about clients, area by area.
fn say_most(visit: &Visit, map: &EvidenceMap, row: &Row) -> String {
    let catalogue = &visit.evidence.catalogue;
    let leads = row.cells.iter().filter_map(|cell| {
        let lead = &map.assessments[*cell.assessments.first()?];
        let outcome = catalogue.find_outcome(lead.key.outcome.as_str())?;
        let concerns_clients = lead.randomised && outcome.kind != OutcomeKind::Lender;
        lead.verdict.filter(|_| concerns_clients).map(|verdict| verdict.reading)
    });
    let (mut better, mut worse, mut little, mut open) = (0_usize, 0_usize, 0_usize, 0_usize);
    for reading in leads {
        match reading {
            Reading::ClearlyBetter => better += 1,
            Reading::ClearlyWorse => worse += 1,
            Reading::LittleOrNone => little += 1,
            _ => open += 1,
        }
    }
    let mut clauses = Vec::new();
    for (count, key) in [
        (better, "front-say-better"),
        (worse, "front-say-worse"),
        (little, "front-say-little"),
        (open, "front-say-open"),
    ] {
        if count > 0 {
            clauses.push(visit.ta(key, &[("count", count.into())]));
        }
    }
    let args = [
        ("practice", sentence::practice(visit, row.practice.as_str()).into()),
        ("areas", (better + worse + little + open).into()),
        ("clauses", join(visit, &clauses).into()),
    ];
    visit.ta("front-say-most", &args)
}

/// "a, b and c".
fn join(visit: &Visit, clauses: &[String]) -> String {
    match clauses {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{}{}{last}", first.join(", "), visit.t("front-and")),
    }
}

/// How many of the other practices tested by chance show a clear benefit, and how many of those a loss.
fn say_others(visit: &Visit, map: &EvidenceMap, most: Option<&Row>) -> Option<String> {
    let catalogue = &visit.evidence.catalogue;
    let held = |row: &Row| -> Vec<usize> {
        row.cells.iter().flat_map(|cell| cell.assessments.iter().copied()).collect()
    };
    let others: Vec<&Row> = map
        .rows
        .iter()
        .filter(|row| most.is_none_or(|most| most.practice != row.practice))
        .filter(|row| held(row).iter().any(|at| map.assessments[*at].randomised))
        .collect();
    let clear: BTreeSet<&str> = others
        .iter()
        .filter(|row| held(row).iter().any(|at| claims::is_clear_benefit(catalogue, &map.assessments[*at])))
        .map(|row| row.practice.as_str())
        .collect();
    let mixed = clear.iter().filter(|practice| !claims::losses(map, practice).is_empty()).count();
    let args = [("others", others.len().into()), ("clear", clear.len().into()), ("mixed", mixed.into())];
    (!others.is_empty()).then(|| visit.ta("front-say-others", &args))
}

/// Families down, domains across: small squares for what is known.
fn figure(visit: &Visit, map: &EvidenceMap) -> Markup {
    let catalogue = &visit.evidence.catalogue;
    let rows = catalogue.families.iter().map(|family| {
        let rows: Vec<&Row> = squares_of::family_rows(visit, map, family).map(|(_, row)| row).collect();
        (0..catalogue.domains.len()).map(|at| square(map, &rows, at)).collect::<Vec<_>>()
    });
    let rows: Vec<Vec<Square>> = rows.collect();
    let counts = [("families", rows.len().into()), ("domains", catalogue.domains.len().into())];
    let squares = EvidenceSquares {
        title: visit.t("front-squares"),
        description: visit.ta("front-pairs", &pairs(map)),
        groups: vec![rows],
        legend: Vec::new(),
    };
    html! {
        figure {
            (evidence_squares(&squares))
            figcaption { (visit.ta("front-squares-caption", &counts)) }
        }
    }
}

fn square(map: &EvidenceMap, rows: &[&Row], domain: usize) -> Square {
    let cells = || rows.iter().filter_map(|row| row.cells.get(domain));
    if cells().any(|cell| !cell.harms.is_empty()) {
        Square::Harm
    } else if cells().any(|cell| is_filled(map, cell)) {
        Square::Finding
    } else if cells().any(|cell| !cell.assessments.is_empty()) {
        Square::NotRated
    } else {
        Square::NoStudy
    }
}
