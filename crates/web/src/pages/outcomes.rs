//! `/outcomes`: what is measured on clients and on the lender, by domain, and how much evidence there is.

use crate::columns::{OUTCOMES, Tally};
use crate::layout::{self, Head, Page, Room, TagKind};
use crate::pages::practices::tally_cells;
use crate::serve::Entry;
use crate::shown;
use crate::text::key;
use crate::twins;
use crate::visit::{Media, Outcome as Answer, Visit};
use maud::{Markup, html};
use whatworks_domain::{Better, Domain, OutcomeKind};

/// The list and its twins.
pub const ENTRIES: &[Entry] = &[
    Entry::page("/outcomes", &[], page),
    Entry::new("/outcomes.csv", Media::Csv, &[], csv),
    Entry::new("/outcomes.json", Media::Json, &[], json),
];

fn csv(visit: &Visit) -> Answer {
    twins::csv(visit, "outcomes", OUTCOMES, &visit.evidence.catalogue.outcomes)
}

/// Also the answer of `/api/v1/outcomes`.
///
/// # Errors
/// As [`twins::json`].
pub fn json(visit: &Visit) -> Answer {
    twins::json(visit, "outcomes", OUTCOMES, &visit.evidence.catalogue.outcomes)
}

/// The direction of benefit in a word.
pub fn better(visit: &Visit, better: Better) -> String {
    visit.t(match better {
        Better::Higher => key("better-higher"),
        Better::Lower => key("better-lower"),
        Better::Neither => key("better-neither"),
    })
}

fn page(visit: &Visit) -> Answer {
    let catalogue = &visit.evidence.catalogue;
    let total = catalogue.outcomes.len();
    let studied = catalogue.outcomes.iter().filter(|o| visit.evidence.by_outcome.contains_key(&o.id)).count();
    let body = html! {
        (layout::section_head(
            &visit.t("outcomes-label"),
            &html! { p { (visit.ta("catalogue-version", &[("version", catalogue.version.as_str().into())])) } p { (visit.t("outcomes-how")) } p { a href="/syntheses" { (visit.t("syntheses-all")) } } },
            &html! {
                h1 { (visit.t("outcomes-title")) }
                p.say { (visit.ta("outcomes-say", &[
                    ("total", total.into()), ("studied", studied.into()), ("unstudied", (total - studied).into()),
                ])) }
                (layout::twins(visit, "/outcomes.csv", "/outcomes.json"))
                nav.gap aria-label=(visit.t("outcomes-domains")) {
                    ul.row {
                        @for domain in &catalogue.domains {
                            li { a href={ "#domain-" (domain.id) } { (shown::domain(visit, domain.id.as_str())) } }
                        }
                    }
                }
            },
        ))
        @for domain in &catalogue.domains { (domain_section(visit, domain)) }
    };
    layout::page(
        visit,
        &Page {
            title: visit.t("outcomes-title"),
            description: visit.t("outcomes-description"),
            room: Room::Outcomes,
            spine: None,
            body,
        },
    )
}

fn domain_section(visit: &Visit, domain: &Domain) -> Markup {
    let outcomes = visit.evidence.catalogue.outcomes.iter().filter(|outcome| outcome.domain == domain.id);
    let rows: Vec<Vec<Markup>> = outcomes
        .map(|outcome| {
            let tally = Tally::of(visit.evidence.list_by_outcome(outcome.id.as_str()));
            let mut row = vec![
                html! {
                    a href=(shown::outcome_path(outcome.id.as_str())) { (shown::outcome(visit, outcome.id.as_str())) }
                    @if outcome.kind == OutcomeKind::Harm { " " (layout::tag(TagKind::Plain, &visit.t("tag-harm-outcome"))) }
                    br;
                    span.s.m { (shown::in_english(visit, &outcome.definition)) }
                },
                html! { (better(visit, outcome.better)) },
                html! { (outcome.usual_unit) },
            ];
            row.extend(tally_cells(visit, tally));
            row
        })
        .collect();
    let heads = [
        Head::words(visit.t("outcome")),
        Head::words(visit.t("better")),
        Head::words(visit.t("usual-unit")),
        Head::figures(visit.t("findings")),
        Head::figures(visit.t("samples")),
        Head::figures(visit.t("studies")),
    ];
    let caption = visit
        .ta("outcomes-caption", &[("domain", shown::domain(visit, domain.id.as_str()).to_owned().into())]);
    layout::section(
        &format!("domain-{}", domain.id),
        shown::domain(visit, domain.id.as_str()),
        &html! { p { (visit.ta("outcomes-count", &[("count", rows.len().into())])) } },
        &layout::fold_table(&html! { span.vh { (caption) } }, &heads, &rows),
    )
}
