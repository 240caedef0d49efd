//! `/practices`: what an institution can choose to do, by family, and how much evidence there is; empty ones plainly.

use crate::columns::{PRACTICES, Tally};
use crate::layout::{self, Head, Page, Room};
use crate::serve::Entry;
use crate::shown;
use crate::twins;
use crate::visit::{Media, Outcome, Visit, segment};
use maud::{Markup, html};
use whatworks_domain::Family;

/// The list and its twins.
pub const ENTRIES: &[Entry] = &[
    Entry::page("/practices", &[], page),
    Entry::new("/practices.csv", Media::Csv, &[], csv),
    Entry::new("/practices.json", Media::Json, &[], json),
];

fn csv(visit: &Visit) -> Outcome {
    twins::csv(visit, "practices", PRACTICES, &visit.evidence.catalogue.practices)
}

/// Also the answer of `/api/v1/practices`.
///
/// # Errors
/// As [`twins::json`].
pub fn json(visit: &Visit) -> Outcome {
    twins::json(visit, "practices", PRACTICES, &visit.evidence.catalogue.practices)
}

fn anchor(family: &Family) -> String {
    format!("family-{}", family.id.as_str().replace('.', "-"))
}

fn page(visit: &Visit) -> Outcome {
    let catalogue = &visit.evidence.catalogue;
    let total = catalogue.practices.len();
    let studied =
        catalogue.practices.iter().filter(|p| visit.evidence.by_practice.contains_key(&p.id)).count();
    let body = html! {
        (layout::section_head(
            &visit.t("practices-label"),
            &html! { p { (visit.ta("catalogue-version", &[("version", catalogue.version.as_str().into())])) } p { (visit.t("practices-how")) } p { a href="/syntheses" { (visit.t("syntheses-all")) } } },
            &html! {
                h1 { (visit.t("practices-title")) }
                p.say { (visit.ta("practices-say", &[
                    ("total", total.into()), ("studied", studied.into()), ("unstudied", (total - studied).into()),
                ])) }
                (layout::twins(visit, "/practices.csv", "/practices.json"))
                nav.gap aria-label=(visit.t("practices-families")) {
                    ul.row {
                        @for family in &catalogue.families {
                            li { a href={ "#" (anchor(family)) } { (shown::family(visit, family.id.as_str())) } }
                        }
                    }
                }
            },
        ))
        @for family in &catalogue.families { (family_section(visit, family)) }
    };
    layout::page(
        visit,
        &Page {
            title: visit.t("practices-title"),
            description: visit.t("practices-description"),
            room: Room::Practices,
            spine: None,
            body,
        },
    )
}

fn family_section(visit: &Visit, family: &Family) -> Markup {
    let practices = visit.evidence.catalogue.practices.iter().filter(|practice| practice.family == family.id);
    let rows: Vec<Vec<Markup>> = practices
        .map(|practice| {
            let tally = Tally::of(visit.evidence.list_by_practice(practice.id.as_str()));
            let name = html! {
                a href={ "/practices/" (segment(practice.id.as_str())) } { (shown::practice(visit, practice.id.as_str())) }
                br;
                span.s.m { (shown::in_english(visit, &practice.definition)) }
            };
            let mut row = vec![name];
            row.extend(tally_cells(visit, tally));
            row
        })
        .collect();
    let heads = [
        Head::words(visit.t("practice")),
        Head::figures(visit.t("findings")),
        Head::figures(visit.t("samples")),
        Head::figures(visit.t("studies")),
    ];
    layout::section(
        &anchor(family),
        shown::family(visit, family.id.as_str()),
        &html! { p { (shown::in_english(visit, &family.definition)) } },
        &layout::fold_table(
            &html! { span.vh { (visit.ta("practices-caption", &[("family", shown::family(visit, family.id.as_str()).to_owned().into())])) } },
            &heads,
            &rows,
        ),
    )
}

/// Findings, samples and studies as three cells; nothing studied is said, not shown as a zero.
pub fn tally_cells(visit: &Visit, tally: Tally) -> [Markup; 3] {
    if tally.findings == 0 {
        let none = html! { span.none { (visit.t("none-studied")) } };
        return [none, html! {}, html! {}];
    }
    [html! { (tally.findings) }, html! { (tally.samples) }, html! { (tally.studies) }]
}
