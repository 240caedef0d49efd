//! `/studies`: every study that a finding comes from, and its twins.

use crate::columns::{STUDIES, Study};
use crate::layout::{self, Head, Page, Room};
use crate::pages::findings::{PER_PAGE, page_number};
use crate::serve::Entry;
use crate::shown;
use crate::twins;
use crate::visit::{Media, Outcome, Visit};
use maud::{Markup, html};

/// The list and its twins.
pub const ENTRIES: &[Entry] = &[
    Entry::page("/studies", &["page"], page),
    Entry::new("/studies.csv", Media::Csv, &[], csv),
    Entry::new("/studies.json", Media::Json, &[], json),
];

fn csv(visit: &Visit) -> Outcome {
    twins::csv(visit, "studies", STUDIES, &Study::list(&visit.evidence))
}

fn json(visit: &Visit) -> Outcome {
    twins::json(visit, "studies", STUDIES, &Study::list(&visit.evidence))
}

/// The names of designs.
pub fn designs(visit: &Visit, ids: &[String]) -> String {
    ids.iter().map(|id| shown::design(visit, id)).collect::<Vec<_>>().join(", ")
}

fn page(visit: &Visit) -> Outcome {
    let studies = Study::list(&visit.evidence);
    let pages = studies.len().div_ceil(PER_PAGE).max(1);
    let current = page_number(visit, pages)?;
    let rows: Vec<Vec<Markup>> =
        studies.iter().skip((current - 1) * PER_PAGE).take(PER_PAGE).map(|study| row(visit, study)).collect();
    let heads = [
        Head::words(visit.t("study")),
        Head::words(visit.t("country")),
        Head::words(visit.t("design")),
        Head::figures(visit.t("samples")),
        Head::figures(visit.t("findings")),
    ];
    let body = layout::section_head(
        &visit.t("studies-label"),
        &html! { p { (visit.t("studies-how")) } },
        &html! {
            h1 { (visit.t("studies-title")) }
            p.say { (visit.ta("studies-say", &[
                ("studies", studies.len().into()), ("findings", visit.evidence.findings.len().into()),
            ])) }
            (layout::twins(visit, "/studies.csv", "/studies.json"))
            div.gap { (layout::fold_table(&html! { (visit.t("studies-caption")) }, &heads, &rows)) }
            (layout::pager(visit, current, pages))
        },
    );
    layout::page(
        visit,
        &Page {
            title: visit.t("studies-title"),
            description: visit.t("studies-description"),
            room: Room::Studies,
            spine: None,
            body,
        },
    )
}

fn row(visit: &Visit, study: &Study) -> Vec<Markup> {
    vec![
        html! {
            a href=(shown::study_path(study.id.as_str())) { bdi { (study.citation) } }
            @if !study.title.is_empty() { br; span.s.m { bdi { (study.title) } } }
        },
        html! { (shown::countries(visit, &study.countries)) },
        html! { (designs(visit, &study.designs)) },
        html! { (study.tally.samples) },
        html! { (study.tally.findings) },
    ]
}
