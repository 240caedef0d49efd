//! The evidence map as a table: practices down, by family; outcome domains across; each square three lines.
//!
//! Rule: a square shows its leading synthesis and says how many more it holds; harms and losses of any of them are
//! framed and named. Practices that nobody has studied are listed plainly below, or as rows with `?show=all`.

use super::cells;
use crate::layout::{self, TagKind};
use crate::shown;
use crate::visit::{Refusal, Visit};
use maud::{Markup, html};
use whatworks_domain::{Family, Practice};
use whatworks_evidence::map::{Cell, EvidenceMap, Row};

/// Which practices have a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    /// Those with a finding; the others are listed below.
    Studied,
    /// All.
    All,
}

impl Shown {
    /// What the address asks for.
    ///
    /// # Errors
    /// A refusal with status 400 for any other value of `show`.
    pub(super) fn of(visit: &Visit) -> Result<Self, Refusal> {
        match visit.query.find("show") {
            None | Some("evidence") => Ok(Self::Studied),
            Some("all") => Ok(Self::All),
            Some(other) => Err(Refusal::parameter(visit, "show", other, &visit.t("front-show-accepted"))),
        }
    }
}

/// Whether any square of a row holds something.
pub(super) fn is_studied(row: &Row) -> bool {
    row.cells.iter().any(|cell| !cell.assessments.is_empty())
}

/// A family's rows with their practices, in the catalogue's order.
pub(super) fn family_rows<'a>(
    visit: &'a Visit,
    map: &'a EvidenceMap,
    family: &'a Family,
) -> impl Iterator<Item = (&'a Practice, &'a Row)> {
    map.rows.iter().filter_map(move |row| {
        let practice = visit.evidence.catalogue.find_practice(row.practice.as_str())?;
        (practice.family == family.id).then_some((practice, row))
    })
}

/// The section.
pub(super) fn section(visit: &Visit, map: &EvidenceMap, shown: Shown) -> Markup {
    let catalogue = &visit.evidence.catalogue;
    let studied = map.rows.iter().filter(|row| is_studied(row)).count();
    let counts = [
        ("studied", studied.into()),
        ("total", map.rows.len().into()),
        ("unstudied", (map.rows.len() - studied).into()),
        ("domains", catalogue.domains.len().into()),
    ];
    let margin = html! {
        p { (visit.ta("front-map-how", &counts)) " " a href="/methods/map" { (visit.t("front-map-method")) } }
    };
    let switch = match shown {
        Shown::Studied => ("all", visit.ta("front-show-all", &counts)),
        Shown::All => ("", visit.ta("front-show-studied", &counts)),
    };
    let with_rows = |row: &Row| shown == Shown::All || is_studied(row);
    let body = html! {
        @if studied > 0 || shown == Shown::All {
            (table(visit, map, &with_rows))
            (legend(visit))
        } @else {
            p { span.none { (visit.t("none")) } " " (visit.t("front-map-empty")) }
        }
        p.gap.row.s {
            a href={ (visit.query.with("show", switch.0).address("/")) "#map" } { (switch.1) }
            a href="/map.csv" { (visit.t("front-map-csv")) }
            a href="/map.json" { (visit.t("front-map-json")) }
        }
        @if shown == Shown::Studied && studied < map.rows.len() { (unstudied(visit, map)) }
    };
    html! {
        section.sec.wide id="map" aria-labelledby="map-name" {
            header { h2 id="map-name" { (visit.t("front-map")) } (margin) }
            div { (body) }
        }
    }
}

fn table(visit: &Visit, map: &EvidenceMap, with_rows: &dyn Fn(&Row) -> bool) -> Markup {
    let catalogue = &visit.evidence.catalogue;
    html! {
        table.map role="table" {
            caption { (visit.t("front-map-caption")) }
            thead role="rowgroup" {
                tr role="row" {
                    th role="columnheader" scope="col" { (visit.t("practice")) }
                    @for domain in &catalogue.domains {
                        th role="columnheader" scope="col" { (shown::domain(visit, domain.id.as_str())) }
                    }
                }
            }
            @for family in &catalogue.families {
                @let rows: Vec<_> =
                    family_rows(visit, map, family).filter(|(_, row)| with_rows(row)).collect();
                @if !rows.is_empty() {
                    tbody role="rowgroup" {
                        tr.grp role="row" {
                            th role="rowheader" scope="rowgroup" colspan=(catalogue.domains.len() + 1) { (shown::family(visit, family.id.as_str())) }
                        }
                        @for (practice, row) in rows { (row_of(visit, map, practice, row)) }
                    }
                }
            }
        }
    }
}

fn row_of(visit: &Visit, map: &EvidenceMap, practice: &Practice, row: &Row) -> Markup {
    let is_partly = row.cells.iter().any(|cell| cell.assessments.is_empty());
    let missing = is_partly
        .then(|| visit.t(if is_studied(row) { "front-no-study-of" } else { "front-no-study-of-any" }));
    html! {
        tr role="row" data-none=[missing] {
            th role="rowheader" scope="row" { a href=(shown::practice_path(practice.id.as_str())) { (shown::practice(visit, practice.id.as_str())) } }
            @for cell in &row.cells { (square(visit, map, practice, cell)) }
        }
    }
}

/// One square.
fn square(visit: &Visit, map: &EvidenceMap, practice: &Practice, cell: &Cell) -> Markup {
    let domain = shown::domain(visit, cell.domain.as_str());
    let Some(lead) = cell.assessments.first().and_then(|at| map.assessments.get(*at)) else {
        return html! { td.n role="cell" data-l=(domain) { span { (visit.t("none")) } } };
    };
    let more = cell.assessments.len() - 1;
    let href = if lead.verdict.is_some() {
        shown::synthesis_path(&lead.key)
    } else {
        format!("{}#evidence", shown::practice_path(practice.id.as_str()))
    };
    let harms: Vec<&whatworks_evidence::map::Assessment> =
        cell.harms.iter().filter_map(|at| map.assessments.get(*at)).collect();
    html! {
        td role="cell" class=[harms.iter().any(|one| shown::is_clear_harm(one)).then_some("x")] {
            a href=(href) data-l=(domain) {
                @if let Some(verdict) = lead.verdict {
                    @let (class, glyphs) = cells::glyphs(visit, verdict);
                    b class=[class] aria-hidden="true" { (glyphs) }
                    i.c aria-hidden="true" { (marks(lead.judgement.certainty.marks())) }
                } @else {
                    b.t aria-hidden="true" { (visit.t("front-not-pooled")) }
                    i aria-hidden="true" { (visit.t("front-not-rated")) }
                }
                i {
                    @if lead.synthesis.k > 0 { (cells::studies(visit, lead.synthesis.k)) }
                    @if more > 0 { " " span aria-hidden="true" { "+" (more) } }
                    (shown::harm_tag(visit, harms.iter().copied()))
                    @if !cell.lender_losses.is_empty() { " " (layout::tag(TagKind::Doubt, &visit.t("front-tag-lender"))) }
                    @if !lead.synthesis.scale_doubts.is_empty() { " " span.flag { (visit.t("tag-scale")) } }
                }
                span.vh { (spoken(visit, lead, more)) }
            }
        }
    }
}

fn marks(filled: u8) -> String {
    let filled = usize::from(filled);
    "●".repeat(filled) + &"○".repeat(4 - filled)
}

/// The square in words: which outcome, what it says, how many more.
fn spoken(visit: &Visit, lead: &whatworks_evidence::map::Assessment, more: usize) -> String {
    let mut text =
        format!("{}: {}", shown::outcome(visit, lead.key.outcome.as_str()), cells::words(visit, lead));
    if more > 0 {
        text.push_str("; ");
        text.push_str(&visit.ta("front-more", &[("count", more.into())]));
    }
    text
}

fn legend(visit: &Visit) -> Markup {
    html! {
        div.two.s.gap {
            dl.kv {
                dt.up.arr { "▲ · ▲▲ · ▲▲▲" } dd { (visit.t("front-legend-better")) }
                dt.dn.arr { "▼ · ▼▼ · ▼▼▼" } dd { (visit.t("front-legend-worse")) }
                dt { "△ ▽" } dd { (visit.t("front-legend-leans")) }
                dt { "=" } dd { (visit.t("front-legend-little")) }
                dt { "?" } dd { (visit.t("front-legend-cannot-tell")) }
                dt { "↑ ↓" } dd { (visit.t("front-legend-neither")) }
            }
            dl.kv {
                dt { (visit.t("front-not-comparable")) } dd { (visit.t("front-legend-no-size")) }
                dt.c { "●●○○" } dd { (visit.t("front-legend-certainty")) " " a href="/methods/certainty" { (visit.t("front-certainty-method")) } }
                dt { "+3" } dd { (visit.t("front-legend-more")) }
                dt { (layout::tag(TagKind::Harm, &visit.t("tag-harm"))) " " (layout::tag(TagKind::Doubt, &visit.t("front-tag-lender"))) }
                dd { (visit.t("front-legend-harm")) }
                dt.flag { (visit.t("tag-scale")) } dd { (visit.t("front-legend-scale")) }
                dt { span.none { (visit.t("none")) } } dd { (visit.t("front-legend-none")) }
            }
        }
    }
}

/// Practices without any finding, by family.
fn unstudied(visit: &Visit, map: &EvidenceMap) -> Markup {
    html! {
        h3.gap { (visit.ta("front-unstudied", &[("count", map.rows.iter().filter(|row| !is_studied(row)).count().into())])) }
        dl.kv.gap {
            @for family in &visit.evidence.catalogue.families {
                @let rows: Vec<_> =
                    family_rows(visit, map, family).filter(|(_, row)| !is_studied(row)).collect();
                @if !rows.is_empty() {
                    dt { (shown::family(visit, family.id.as_str())) }
                    dd {
                        @for (at, (practice, _)) in rows.iter().enumerate() {
                            @if at > 0 { " · " }
                            a href=(shown::practice_path(practice.id.as_str())) { (shown::practice(visit, practice.id.as_str())) }
                        }
                    }
                }
            }
        }
    }
}
