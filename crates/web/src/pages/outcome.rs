//! `/outcomes/{id}`: what an outcome is, how to measure it well, and which practices were studied on it.

use crate::columns::Tally;
use crate::layout::{self, Fact, Page, Room, TagKind};
use crate::pages::outcomes::better;
use crate::pages::practice::{findings_list, pool_heads, pool_row};
use crate::serve::Entry;
use crate::shown::{self, About};
use crate::visit::{Outcome as Answer, Refusal, Visit};
use maud::{Markup, html};
use std::collections::BTreeSet;
use whatworks_domain::{Finding, Outcome, OutcomeKind, PoolKey};

/// The page.
pub const ENTRIES: &[Entry] = &[Entry::page("/outcomes/{id}", &[], page)];

fn page(visit: &Visit) -> Answer {
    let catalogue = &visit.evidence.catalogue;
    let outcome = catalogue.find_outcome(&visit.id).ok_or_else(|| Refusal::unknown(visit, "/outcomes"))?;
    let findings = visit.evidence.list_by_outcome(&visit.id);
    let body = html! {
        (head(visit, outcome, Tally::of(findings.iter().copied())))
        (layout::section(
            "practices",
            &visit.t("outcome-practices"),
            &html! { p { (visit.t("outcome-practices-how")) " " a href="/syntheses" { (visit.t("syntheses-all")) } } },
            &practices(visit, &findings),
        ))
        @if !findings.is_empty() {
            (layout::section(
                "findings",
                &visit.t("findings"),
                &html! { p { (visit.t("findings-how")) } },
                &findings_list(visit, "outcome", &findings, About::Outcome),
            ))
        }
        (layout::section(
            "measuring",
            &visit.t("outcome-measuring"),
            &html! { p { (visit.t("outcome-measuring-how")) } },
            &measuring(visit, outcome),
        ))
    };
    layout::page(
        visit,
        &Page {
            title: shown::outcome(visit, outcome.id.as_str()).to_owned(),
            description: outcome.definition.clone(),
            room: Room::Outcomes,
            spine: None,
            body,
        },
    )
}

fn head(visit: &Visit, outcome: &Outcome, tally: Tally) -> Markup {
    let domain = visit.evidence.catalogue.find_domain(outcome.domain.as_str());
    let evidence = if tally.findings == 0 {
        Fact {
            name: visit.t("findings"),
            value: html! { span.none { (visit.t("none-studied")) } },
            under: String::new(),
        }
    } else {
        let under =
            visit.ta("tally-from", &[("samples", tally.samples.into()), ("studies", tally.studies.into())]);
        Fact::new(visit.t("findings"), &tally.findings.to_string(), under)
    };
    layout::section_head(
        &visit.t("outcome"),
        &html! { @if let Some(domain) = domain { p { (visit.ta("outcome-in-domain", &[("domain", shown::domain(visit, domain.id.as_str()).to_owned().into())])) } } },
        &html! {
            p.s {
                a href="/outcomes" { (visit.t("nav-outcomes")) }
                @if let Some(domain) = domain { " / " (shown::domain(visit, domain.id.as_str())) }
            }
            h1 { (shown::outcome(visit, outcome.id.as_str())) }
            @if outcome.kind == OutcomeKind::Harm { p.gap { (layout::tag(TagKind::Plain, &visit.t("tag-harm-outcome"))) } }
            p.say { (shown::in_english(visit, &outcome.definition)) }
            (layout::facts(&[
                Fact::new(visit.t("better"), &better(visit, outcome.better), shown::outcome_kind(visit, outcome.kind)),
                Fact::new(visit.t("usual-unit"), &outcome.usual_unit, String::new()),
                evidence,
            ]))
            @if tally.findings == 0 { p.gap { (visit.t("outcome-empty")) } }
        },
    )
}

fn practices(visit: &Visit, findings: &[&Finding]) -> Markup {
    let pools: BTreeSet<PoolKey> = findings.iter().map(|finding| finding.pool_key()).collect();
    let rows: Vec<Vec<Markup>> = pools
        .iter()
        .map(|pool| {
            let assessment = visit.evidence.map().ok().and_then(|map| map.find(pool));
            let name = html! {
                a href=(shown::synthesis_path(pool)) { (shown::practice(visit, pool.practice.as_str())) }
                (shown::harm_tags(visit, pool.outcome.as_str(), assessment))
            };
            pool_row(visit, &name, pool)
        })
        .collect();
    let total = visit.evidence.catalogue.practices.len();
    let mut studied: Vec<_> = pools.iter().map(|pool| &pool.practice).collect();
    studied.dedup();
    let unstudied = total.saturating_sub(studied.len());
    html! {
        @if !rows.is_empty() {
            (layout::fold_table(&html! { (visit.t("outcome-practices-caption")) }, &pool_heads(visit, &visit.t("practice")), &rows))
        }
        p.gap {
            span.none { (visit.t("none-studied")) } " "
            (visit.ta("outcome-unstudied", &[("count", unstudied.into()), ("total", total.into())])) " "
            a href="/practices" { (visit.t("refusal-see-list")) }
        }
    }
}

fn measuring(visit: &Visit, outcome: &Outcome) -> Markup {
    html! {
        p {
            @match &outcome.measurement {
                Some(advice) => (shown::in_english(visit, advice)),
                None => (visit.t("outcome-measuring-none")),
            }
        }
        dl.kv.gap {
            dt { (visit.t("sdg")) }
            dd { @if outcome.sdg.is_empty() { (visit.t("none")) } @else { (outcome.sdg.join(", ")) } }
            dt { (visit.t("iris")) }
            dd { (outcome.iris.clone().unwrap_or_else(|| visit.t("none"))) }
            dt { (visit.t("identifier")) }
            dd { (outcome.id) }
        }
    }
}
