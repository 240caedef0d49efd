//! What nobody has studied: each family of practices with the outcome domains that no study of it has touched.

use super::map::family_rows;
use crate::layout::{self, Head};
use crate::shown;
use crate::visit::Visit;
use maud::{Markup, html};
use whatworks_evidence::map::EvidenceMap;

/// The section.
pub(super) fn section(visit: &Visit, map: &EvidenceMap) -> Markup {
    let catalogue = &visit.evidence.catalogue;
    let heads = [
        Head::words(visit.t("front-family")),
        Head::figures(visit.t("front-practices-studied")),
        Head::words(visit.t("front-domains-missing")),
    ];
    let rows: Vec<Vec<Markup>> = catalogue
        .families
        .iter()
        .map(|family| {
            let rows: Vec<_> = family_rows(visit, map, family).map(|(_, row)| row).collect();
            let studied = rows.iter().filter(|row| super::map::is_studied(row)).count();
            let missing: Vec<&str> = catalogue
                .domains
                .iter()
                .enumerate()
                .filter(|(at, _)| rows.iter().all(|row| row.cells[*at].assessments.is_empty()))
                .map(|(_, domain)| shown::domain(visit, domain.id.as_str()))
                .collect();
            let all = missing.len() == catalogue.domains.len();
            vec![
                html! { (shown::family(visit, family.id.as_str())) },
                html! { (visit.ta("front-of", &[("count", studied.into()), ("total", rows.len().into())])) },
                html! {
                    @if all { span.none { (visit.t("none")) } " " (visit.ta("front-missing-all", &[("count", missing.len().into())])) }
                    @else if missing.is_empty() { (visit.t("front-missing-none")) }
                    @else { (missing.join(", ")) }
                },
            ]
        })
        .collect();
    layout::section(
        "missing",
        &visit.t("front-missing"),
        &html! { p { (visit.t("front-missing-how")) } },
        &html! {
            p { (visit.t("front-missing-say")) }
            div.gap {}
            (layout::fold_table(&html! { (visit.t("front-missing-caption")) }, &heads, &rows))
            h3.gap { (visit.t("front-could-do")) }
            ul {
                li { (visit.t("front-could-measure")) }
                li { (visit.t("front-could-compare")) }
                li { (visit.t("front-could-send")) }
            }
        },
    )
}
