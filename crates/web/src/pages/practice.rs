//! `/practices/{id}`: what a practice is, what is known about it by outcome domain, and what nobody has studied.

use crate::columns::Tally;
use crate::layout::{self, Fact, Head, Page, Room};
use crate::number;
use crate::serve::Entry;
use crate::shown::{self, About};
use crate::visit::{Outcome, Query, Refusal, Visit, segment};
use maud::{Markup, html};
use std::collections::BTreeSet;
use whatworks_domain::{Domain, Finding, OutcomeKind, PoolKey, Practice};

/// Findings listed on the page itself; the rest is one link away.
const MOST_LISTED: usize = 30;

/// The page.
pub const ENTRIES: &[Entry] = &[Entry::page("/practices/{id}", &[], page)];

fn page(visit: &Visit) -> Outcome {
    let catalogue = &visit.evidence.catalogue;
    let practice = catalogue.find_practice(&visit.id).ok_or_else(|| Refusal::unknown(visit, "/practices"))?;
    let findings = visit.evidence.list_by_practice(&visit.id);
    let tally = Tally::of(findings.iter().copied());
    let body = html! {
        (head(visit, practice, tally))
        @if !findings.is_empty() {
            (layout::section(
                "evidence",
                &visit.t("practice-evidence"),
                &html! { p { (visit.t("practice-evidence-how")) " " a href="/syntheses" { (visit.t("syntheses-all")) } } },
                &by_domain(visit, &findings),
            ))
        }
        (layout::section(
            "unknown",
            &visit.t("practice-unknown"),
            &html! { p { (visit.t("practice-unknown-how")) } },
            &unknown(visit, &findings),
        ))
        @if !findings.is_empty() {
            (layout::section(
                "findings",
                &visit.t("findings"),
                &html! { p { (visit.t("findings-how")) } },
                &findings_list(visit, "practice", &findings, About::Practice),
            ))
        }
        (layout::section(
            "names",
            &visit.t("practice-names"),
            &html! { p { (visit.t("practice-names-how")) } },
            &names(visit, practice),
        ))
    };
    layout::page(
        visit,
        &Page {
            title: shown::practice(visit, practice.id.as_str()).to_owned(),
            description: practice.definition.clone(),
            room: Room::Practices,
            spine: None,
            body,
        },
    )
}

fn head(visit: &Visit, practice: &Practice, tally: Tally) -> Markup {
    let family = visit.evidence.catalogue.find_family(practice.family.as_str());
    let style = visit.style();
    let fact = |name: &str, value: usize, under: &str| {
        Fact::new(visit.t(name), &number::count(value as u64, &style), visit.t(under))
    };
    layout::section_head(
        &visit.t("practice"),
        &html! { @if let Some(family) = family { p { (shown::family(visit, family.id.as_str())) ". " (shown::in_english(visit, &family.definition)) } } },
        &html! {
            p.s {
                a href="/practices" { (visit.t("nav-practices")) }
                @if let Some(family) = family { " / " (shown::family(visit, family.id.as_str())) }
            }
            h1 { (shown::practice(visit, practice.id.as_str())) }
            p.say { (shown::in_english(visit, &practice.definition)) }
            @if tally.findings == 0 {
                p.gap { span.none { (visit.t("none-studied")) } " " (visit.t("practice-empty")) }
            } @else {
                (layout::facts(&[
                    fact("findings", tally.findings, "tally-findings"),
                    fact("tally-primary", tally.primary, "tally-primary-under"),
                    fact("samples", tally.samples, "tally-samples"),
                    fact("studies", tally.studies, "tally-studies"),
                ]))
            }
        },
    )
}

/// Findings on this outcome by pool, the outcomes in the catalogue's order.
fn by_domain(visit: &Visit, findings: &[&Finding]) -> Markup {
    let pools: BTreeSet<PoolKey> = findings.iter().map(|finding| finding.pool_key()).collect();
    let catalogue = &visit.evidence.catalogue;
    let heads = pool_heads(visit, &visit.t("outcome"));
    html! {
        @for domain in &catalogue.domains {
            @let rows = domain_rows(visit, domain, &pools);
            @if !rows.is_empty() {
                (layout::fold_table(&html! { strong { (shown::domain(visit, domain.id.as_str())) } }, &heads, &rows))
                div.gap {}
            }
        }
    }
}

fn domain_rows(visit: &Visit, domain: &Domain, pools: &BTreeSet<PoolKey>) -> Vec<Vec<Markup>> {
    let outcomes = visit.evidence.catalogue.outcomes.iter().filter(|outcome| outcome.domain == domain.id);
    let mut rows = Vec::new();
    for outcome in outcomes {
        for pool in pools.iter().filter(|pool| pool.outcome == outcome.id) {
            let name = html! {
                a href=(shown::synthesis_path(pool)) { (shown::outcome(visit, outcome.id.as_str())) }
                (shown::harm_tags(visit, outcome.id.as_str(), visit.evidence.map().ok().and_then(|map| map.find(pool))))
            };
            rows.push(pool_row(visit, &name, pool));
        }
    }
    rows
}

/// The columns of a table of pools, the first one named by the page.
pub fn pool_heads(visit: &Visit, first: &str) -> [Head; 5] {
    [
        Head::words(first.to_owned()),
        Head::words(visit.t("says")),
        Head::estimates(visit.t("estimate-interval")),
        Head::words(visit.t("fact-certainty")),
        Head::figures(visit.t("studies")),
    ]
}

/// A row of such a table: the name with what was compared, what the pool says, its estimate, how sure, how many studies.
pub fn pool_row(visit: &Visit, name: &Markup, pool: &PoolKey) -> Vec<Markup> {
    let assessment = visit.evidence.map().ok().and_then(|map| map.find(pool));
    let name = html! {
        (name)
        br;
        span.s.m {
            (shown::comparator(visit, pool.comparator.as_str())) " · " (shown::estimand(visit, pool.estimand))
        }
    };
    let Some(assessment) = assessment else {
        return vec![name, html! { (visit.t("front-not-pooled")) }, html! {}, html! {}, html! {}];
    };
    let certainty = assessment.judgement.certainty;
    vec![
        name,
        shown::reading(visit, assessment),
        html! {
            @if let Some((estimate, unit)) = shown::pooled(visit, &assessment.synthesis) {
                (estimate) br; span.s.m { (unit) }
            }
        },
        html! { (layout::certainty_marks(certainty)) " " (layout::certainty_word(visit, certainty)) },
        html! { (assessment.synthesis.k) },
    ]
}

/// What nobody has studied: whole domains in plain sight, single outcomes folded away, harms called by name.
fn unknown(visit: &Visit, findings: &[&Finding]) -> Markup {
    let catalogue = &visit.evidence.catalogue;
    let studied = |id: &str| findings.iter().any(|finding| finding.outcome.as_str() == id);
    let (mut empty, mut partly) = (Vec::new(), Vec::new());
    let mut harms = Vec::new();
    for domain in &catalogue.domains {
        let outcomes: Vec<_> =
            catalogue.outcomes.iter().filter(|outcome| outcome.domain == domain.id).collect();
        let missing: Vec<_> =
            outcomes.iter().copied().filter(|outcome| !studied(outcome.id.as_str())).collect();
        harms.extend(missing.iter().copied().filter(|outcome| outcome.kind == OutcomeKind::Harm));
        if missing.len() == outcomes.len() {
            empty.push(domain);
        } else if !missing.is_empty() {
            partly.push((domain, missing));
        }
    }
    let link = |id: &str| html! { a href=(shown::outcome_path(id)) { (shown::outcome(visit, id)) } };
    html! {
        @if !empty.is_empty() {
            p { (visit.ta("practice-unknown-domains", &[("count", empty.len().into())])) }
            ul.cols { @for domain in empty { li { (shown::domain(visit, domain.id.as_str())) } } }
        }
        @if !harms.is_empty() {
            p.gap { (visit.t("practice-unknown-harms")) }
            ul.cols { @for outcome in harms { li { (link(outcome.id.as_str())) } } }
        }
        @if !partly.is_empty() {
            details.gap {
                summary { (visit.t("practice-unknown-outcomes")) }
                @for (domain, outcomes) in partly {
                    p.gap { strong { (shown::domain(visit, domain.id.as_str())) } }
                    ul.cols { @for outcome in outcomes { li { (link(outcome.id.as_str())) } } }
                }
            }
        }
    }
}

/// A list of findings with its twins, cut at `MOST_LISTED` with a link to the rest. `filter` names the parameter of
/// `/findings` that gives exactly this list for the page's id.
pub fn findings_list(visit: &Visit, filter: &str, findings: &[&Finding], about: About) -> Markup {
    let query = Query::default().with(filter, &visit.id);
    let shown = findings.get(..MOST_LISTED).unwrap_or(findings);
    let caption = html! { (visit.ta("findings-caption", &[("count", findings.len().into())])) };
    html! {
        (shown::findings_table(visit, &caption, shown, about))
        @if shown.len() < findings.len() {
            p.gap { a href=(query.address("/findings")) { (visit.ta("findings-all", &[("count", findings.len().into())])) } }
        }
        (layout::twins(visit, &query.address("/findings.csv"), &query.address("/findings.json")))
    }
}

fn names(visit: &Visit, practice: &Practice) -> Markup {
    let catalogue = &visit.evidence.catalogue;
    let note = match practice.standard_verified {
        Some(true) => visit.t("standard-read"),
        _ => visit.t("standard-recalled"),
    };
    html! {
        h3 { (visit.t("practice-comparators")) }
        ul {
            @for id in &practice.comparators {
                li {
                    @if let Some(comparator) = catalogue.find_comparator(id.as_str()) {
                        strong { (shown::comparator(visit, id.as_str())) } ": " (shown::in_english(visit, &comparator.definition))
                    } @else {
                        a href={ "/practices/" (segment(id.as_str())) } { (shown::comparator(visit, id.as_str())) }
                    }
                }
            }
        }
        dl.kv.gap {
            dt { (visit.t("synonyms")) }
            dd { @if practice.synonyms.is_empty() { (visit.t("none")) } @else { (practice.synonyms.join(", ")) } }
            dt { (visit.t("standard")) }
            dd {
                @if let Some(code) = &practice.standard { (code) " " span.s.m { (note) } }
                @else { (visit.t("none")) }
            }
            dt { (visit.t("iris")) }
            dd { (practice.iris.clone().unwrap_or_else(|| visit.t("none"))) }
            dt { (visit.t("identifier")) }
            dd { (practice.id) }
        }
    }
}
