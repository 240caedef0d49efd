//! `/`: what works for clients. The short answer, the evidence map, the ranking, and what is missing.
//!
//! Rule: nothing about results is written here. The short answer, the claims under it and every figure are computed from
//! the map and the ranking by rules that the margin states. Without findings the page says so, and what would fill it.

mod cells;
mod claims;
mod cover;
mod files;
mod map;
mod missing;
mod ranking;

pub use claims::{Chosen, Why, choose};

use crate::layout::{self, Page, Room};
use crate::serve::Entry;
use crate::visit::{Media, Outcome, Refusal, Visit};
use maud::{Markup, html};
use whatworks_charts::rows;
use whatworks_evidence::map::EvidenceMap;

/// Prefix of the parameters that weigh an outcome domain.
const WEIGHT: &str = "w.";

/// The page, and the twins of its map and its ranking.
pub const ENTRIES: &[Entry] = &[
    Entry::page("/", &["show", "w.*"], page),
    Entry::new("/map.csv", Media::Csv, &[], files::map_csv),
    Entry::new("/map.json", Media::Json, &[], files::map_json),
    Entry::new("/ranking.csv", Media::Csv, &["w.*"], files::ranking_csv),
    Entry::new("/ranking.json", Media::Json, &["w.*"], files::ranking_json),
];

fn page(visit: &Visit) -> Outcome {
    let body = match visit.evidence.map() {
        Ok(map) => sections(visit, map)?,
        Err(refusal) => cover::cannot_pool(visit, refusal),
    };
    layout::page(
        visit,
        &Page {
            title: visit.t("front-title"),
            description: visit.t("front-description"),
            room: Room::Evidence,
            spine: None,
            body,
        },
    )
}

fn sections(visit: &Visit, map: &EvidenceMap) -> Result<Markup, Refusal> {
    let shown = map::Shown::of(visit)?;
    Ok(html! {
        (rows::hatch_pattern())
        (cover::section(visit, map))
        (map::section(visit, map, shown))
        (ranking::section(visit, map, shown))
        (missing::section(visit, map))
    })
}
