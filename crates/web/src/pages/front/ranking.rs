//! Practices ranked by the value of their outcomes to clients, with the weights in the page's address.
//!
//! Rule (statistics in `whatworks_evidence::ranking`): weights are `w.DOMAIN`, 0 to 10, equal where the address is silent
//! or cannot be read; harm to clients and loss to the lender stand beside the rank, never inside it.

use super::claims::losses;
use super::map::{Shown, is_studied};
use super::{WEIGHT, cells};
use crate::layout;
use crate::sentence;
use crate::shown;
use crate::text::key;
use crate::visit::{Query, Visit};
use maud::{Markup, html};
use std::collections::BTreeMap;
use whatworks_charts::{Axis, Interval, format, rows};
use whatworks_domain::{OutcomeKind, PracticeId};
use whatworks_evidence::map::EvidenceMap;
use whatworks_evidence::ranking::{LEAST_EVIDENCE, Ranked, Ranking, Weights, rank, rankable_domains};

/// Largest weight that the form takes and the address may hold.
const MOST: f64 = 10.0;

/// The weights of the address; what cannot be read, or is out of range, is left equal.
fn weights(visit: &Visit) -> Weights {
    let given: BTreeMap<String, f64> = visit.query.pairs().iter().filter_map(read).collect();
    Weights::with(&visit.evidence.catalogue, &given)
}

/// A weight of the address: its domain and its value, when that is a number from 0 to 10.
fn read((name, value): &(String, String)) -> Option<(String, f64)> {
    let domain = name.strip_prefix(WEIGHT)?;
    let value: f64 = value.replace(',', ".").parse().ok()?;
    (0.0..=MOST).contains(&value).then(|| (domain.to_owned(), value))
}

/// Weights of the address that could not be used, as they stand there.
fn unused(visit: &Visit, weights: &Weights) -> Vec<String> {
    let asked: Vec<&(String, String)> =
        visit.query.pairs().iter().filter(|(name, _)| name.starts_with(WEIGHT)).collect();
    let is_used = |pair: &(String, String)| {
        read(pair).is_some_and(|(domain, value)| weights.of(&domain).is_some_and(|used| used == value))
    };
    asked.into_iter().filter(|pair| !is_used(pair)).map(|(name, value)| format!("{name}={value}")).collect()
}

/// The ranking under the weights of the address.
pub(super) fn of(visit: &Visit, map: &EvidenceMap) -> Ranking {
    let evidence = &visit.evidence;
    rank(&evidence.findings, evidence.effects(), map, &evidence.catalogue, &weights(visit))
}

fn are_equal(weights: &Weights) -> bool {
    let shares = weights.shares();
    shares.iter().all(|(_, share)| (share - shares[0].1).abs() < 1e-12)
}

/// The section.
pub(super) fn section(visit: &Visit, map: &EvidenceMap, shown: Shown) -> Markup {
    let weights = weights(visit);
    let ranking = of(visit, map);
    let margin = html! {
        p { (visit.t("front-rank-how")) " " a href="/methods/ranking" { (visit.t("front-rank-method")) } }
    };
    let asked = weight_query(visit, &weights);
    let unused = unused(visit, &weights);
    let body = html! {
        @if !unused.is_empty() {
            (layout::note(&html! { p { (visit.ta("front-weights-unused", &[("weights", unused.join(", ").into())])) } }))
        }
        @if ranking.ranked.is_empty() {
            p { span.none { (visit.t("none")) } " " (visit.t("front-rank-empty")) }
        } @else {
            (headline(visit, &ranking))
            (table(visit, map, &ranking, are_equal(&weights)))
        }
        (not_ranked(visit, map, &ranking))
        (form(visit, &weights, shown))
        (layout::twins(visit, &asked.address("/ranking.csv"), &asked.address("/ranking.json")))
    };
    layout::section("ranking", &visit.t("front-rank"), &margin, &body)
}

/// The weights that differ from equal, as an address holds them; none when all are equal.
fn weight_query(visit: &Visit, weights: &Weights) -> Query {
    let mut query = Query::default();
    if are_equal(weights) {
        return query;
    }
    for domain in rankable_domains(&visit.evidence.catalogue) {
        if let Some(weight) = weights.of(domain.as_str()) {
            query = query.with(&format!("{WEIGHT}{domain}"), &weight.to_string());
        }
    }
    query
}

fn hundred(visit: &Visit, chance: f64) -> String {
    let style = visit.style();
    format::hundred_words(chance, &style).unwrap_or(style.absent)
}

/// Whether anyone can be told apart from the next, and who is most often among the best three.
fn headline(visit: &Visit, ranking: &Ranking) -> Markup {
    let count = ranking.ranked.len();
    let pairs = ranking.ranked.windows(2);
    let apart = pairs.filter(|pair| pair[0].rank_high < pair[1].rank_low).count();
    let mut best: Vec<&Ranked> = ranking.ranked.iter().collect();
    best.sort_by(|a, b| b.prob_top3.total_cmp(&a.prob_top3));
    let names: Vec<String> = best.iter().take(3).map(|row| often(visit, row)).collect();
    let by_chance = hundred(visit, 3.0 / count as f64);
    html! {
        h3 {
            @if count == 1 { (visit.t("front-rank-alone")) }
            @else { (visit.ta("front-rank-apart", &[("apart", apart.into()), ("pairs", (count - 1).into())])) }
        }
        @if count > 3 { p.gap { (visit.ta("front-rank-names", &[("names", names.join("; ").into()), ("chance", by_chance.into())])) } }
    }
}

fn often(visit: &Visit, row: &Ranked) -> String {
    let practice = sentence::practice(visit, row.practice.as_str());
    let args = [("practice", practice.into()), ("count", hundred(visit, row.prob_top3).into())];
    visit.ta("front-rank-one", &args)
}

fn table(visit: &Visit, map: &EvidenceMap, ranking: &Ranking, equal: bool) -> Markup {
    let style = visit.style();
    let axis = Axis::ranks(ranking.ranked.len());
    let args = [("count", ranking.ranked.len().into()), ("equal", if equal { "yes" } else { "no" }.into())];
    html! {
        table.fold.ranks.gap role="table" {
            caption { (visit.ta("front-rank-caption", &args)) }
            thead role="rowgroup" {
                tr role="row" {
                    th role="columnheader" scope="col" { (visit.t("practice")) }
                    th.ax role="columnheader" scope="col" { (visit.t("front-rank-axis")) (rows::axis_header(&axis, &style)) }
                    th.r role="columnheader" scope="col" { (visit.t("front-rank-top3")) }
                    th.r role="columnheader" scope="col" { (visit.t("front-rank-best")) }
                    th.r role="columnheader" scope="col" { (visit.t("front-rank-share")) }
                }
            }
            tbody role="rowgroup" {
                @for row in &ranking.ranked {
                    tr role="row" {
                        th.w role="rowheader" scope="row" {
                            a href=(shown::practice_path(row.practice.as_str())) { (shown::practice(visit, row.practice.as_str())) }
                            (tags(visit, map, row.practice.as_str()))
                            @if !row.complete { br; span.s.m { (visit.t("front-rank-incomplete")) } }
                        }
                        td.p role="cell" {
                            (rows::rank_row(&axis, row.expected_rank, Interval::new(row.rank_low as f64, row.rank_high as f64)))
                            span.vh {
                                (visit.ta("front-rank-words", &[
                                    ("expected", format::number(row.expected_rank, 1, &style).into()),
                                    ("low", row.rank_low.into()), ("high", row.rank_high.into()),
                                ]))
                            }
                        }
                        td.r role="cell" data-l=(visit.t("front-rank-top3")) { (hundred(visit, row.prob_top3)) }
                        td.r role="cell" data-l=(visit.t("front-rank-best")) { (hundred(visit, row.prob_best)) }
                        td.r.w role="cell" data-l=(visit.t("front-rank-share")) {
                            (format::weight(row.evidence_share, &style)) (rows::share_bar(row.evidence_share))
                        }
                    }
                }
            }
        }
    }
}

/// HARM and lender tags that name the outcome, each a link to its synthesis.
fn tags(visit: &Visit, map: &EvidenceMap, practice: &str) -> Markup {
    html! {
        @for one in losses(map, practice).iter().filter_map(|at| map.assessments.get(*at)) {
            @let outcome = visit.evidence.catalogue.find_outcome(one.key.outcome.as_str());
            @let is_harm = outcome.is_some_and(|outcome| outcome.kind == OutcomeKind::Harm);
            @let is_clear = shown::is_clear_harm(one);
            @let word = visit.t(match (is_harm, is_clear) {
                (true, true) => key("tag-harm"),
                (true, false) => key("tag-harm-possible"),
                (false, _) => key("front-tag-lender"),
            });
            " "
            a.tag.(if is_harm && is_clear { "harm" } else { "flag" }) href=(shown::synthesis_path(&one.key)) {
                (word) ": " (sentence::outcome(visit, one.key.outcome.as_str()))
                @if let Some(estimate) = cells::estimate(visit, &one.synthesis) { " " (estimate) }
            }
        }
    }
}

/// Practices that the table leaves out, by name, each with the reason; those without any finding are counted.
fn not_ranked(visit: &Visit, map: &EvidenceMap, ranking: &Ranking) -> Markup {
    let style = visit.style();
    let listed = |id: &PracticeId| {
        ranking.ranked.iter().any(|row| row.practice == *id)
            || ranking.not_ranked.iter().any(|row| row.practice == *id)
    };
    let rest = map.rows.iter().filter(|row| !listed(&row.practice));
    let (studied, unstudied): (Vec<_>, Vec<_>) = rest.partition(|row| is_studied(row));
    let name = |id: &PracticeId| {
        html! { a href=(shown::practice_path(id.as_str())) { (shown::practice(visit, id.as_str())) } (tags(visit, map, id.as_str())) }
    };
    html! {
        @if !ranking.not_ranked.is_empty() || !studied.is_empty() { h3.gap { (visit.t("front-not-ranked")) } }
        @if !ranking.not_ranked.is_empty() {
            p { (visit.ta("front-not-ranked-why", &[("least", format::weight(LEAST_EVIDENCE, &style).into())])) }
            ul {
                @for row in &ranking.not_ranked {
                    li {
                        (name(&row.practice)) ": "
                        (visit.ta("front-not-ranked-share", &[("share", format::weight(row.evidence_share, &style).into())]))
                    }
                }
            }
        }
        @if !studied.is_empty() {
            p.gap { (visit.t("front-rank-not-comparable")) }
            ul.cols { @for row in &studied { li { (name(&row.practice)) } } }
        }
        p.gap { (visit.ta("front-rank-without", &[("count", unstudied.len().into())])) }
    }
}

fn form(visit: &Visit, weights: &Weights, shown: Shown) -> Markup {
    let catalogue = &visit.evidence.catalogue;
    html! {
        form.gap method="get" action="/#ranking" {
            @if shown == Shown::All { input type="hidden" name="show" value="all"; }
            fieldset {
                legend { (visit.t("front-weights")) " " span.m { (visit.t("front-weights-how")) } }
                div.wts.gap {
                    @for domain in rankable_domains(catalogue) {
                        label {
                            (shown::domain(visit, domain.as_str()))
                            input type="number" name={ (WEIGHT) (domain) } min="0" max="10" step="any" inputmode="decimal"
                                value=(weights.of(domain.as_str()).unwrap_or(1.0));
                        }
                    }
                }
            }
            p.gap { button { (visit.t("front-rank-again")) } }
        }
    }
}
