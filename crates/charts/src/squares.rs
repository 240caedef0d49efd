//! The evidence map at a glance: a small square for every practice (down) and outcome (across).
//!
//! Filled: a usable finding. Red and hatched: harm was found. A dot of outline: studied, but not rated. Open:
//! nobody has looked. Left out: direction, size and certainty, which the map itself shows in its cells.

use crate::document::{document, line_of_text};
use crate::interval::larger;
use crate::marks::px;
use crate::{rows, text};
use maud::{Markup, html};

const SIDE: f64 = 12.0;
const PITCH: f64 = 16.0;
const GROUP_GAP: f64 = 7.0;

/// What is known about one practice and one outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Square {
    /// Nobody has looked.
    NoStudy,
    /// Studied, but published without what a rating needs.
    NotRated,
    /// A usable finding.
    Finding,
    /// A usable finding of harm to clients.
    Harm,
}

/// The squares of an evidence map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvidenceSquares {
    /// For assistive technology and as the heading of the document.
    pub title: String,
    /// The map in one sentence, with its counts.
    pub description: String,
    /// Groups of practices, each practice a row of squares in the order of outcomes.
    pub groups: Vec<Vec<Vec<Square>>>,
    /// What each kind of square means, in the order they are listed.
    pub legend: Vec<(Square, String)>,
}

/// The squares as a fragment for a page, with its own title and description. Needs
/// [`rows::hatch_pattern`] on the page.
pub fn evidence_squares(map: &EvidenceSquares) -> Markup {
    let (width, height) = size(map);
    html! {
        svg viewBox={ "-1 -1 " (px(width + 2.0)) " " (px(height + 2.0)) } width=(px(width + 2.0))
            height=(px(height + 2.0)) role="img" aria-label={ (text::clean(&map.title)) ". " (text::clean(&map.description)) } {
            (draw(map))
        }
    }
}

/// The squares as an SVG document with title and legend. The same input gives the same bytes.
pub fn render_evidence_squares(map: &EvidenceSquares) -> String {
    let (width, height) = size(map);
    let legend_left = 16.0 + width + 20.0;
    let legend_width = map.legend.iter().map(|(_, words)| 22.0 + text::width(words, 12.0)).fold(0.0, larger);
    let whole = larger(legend_left + legend_width.clamp(0.0, 320.0) + 16.0, 280.0);
    let titles = text::wrap(&map.title, 19.0, whole - 32.0, 3);
    let top = 32.0 + 22.0 * titles.len() as f64;
    let body = html! {
        defs { (rows::hatch_definition()) }
        @for (i, line) in titles.iter().enumerate() {
            (line_of_text("title", 16.0, 36.0 + 22.0 * i as f64, "start", line))
        }
        g transform={ "translate(16 " (px(top)) ")" } { (draw(map)) }
        @for (i, (square, words)) in map.legend.iter().enumerate() {
            @let y = top + 20.0 * i as f64;
            (draw_square(*square, legend_left, y))
            (line_of_text("note", legend_left + 20.0, y + 10.5, "start", &text::fit(words, 12.0, 300.0)))
        }
    };
    let bottom = top + larger(height, 20.0 * map.legend.len() as f64) + 16.0;
    document("squares", (whole, bottom), &map.title, &map.description, &body)
}

fn size(map: &EvidenceSquares) -> (f64, f64) {
    let columns = map.groups.iter().flatten().map(Vec::len).max().unwrap_or(0);
    let practices: usize = map.groups.iter().map(Vec::len).sum();
    let gaps = map.groups.iter().filter(|g| !g.is_empty()).count().saturating_sub(1);
    let width = larger(PITCH * columns as f64 - (PITCH - SIDE), 0.0);
    (width, larger(PITCH * practices as f64 - (PITCH - SIDE), 0.0) + GROUP_GAP * gaps as f64)
}

fn draw(map: &EvidenceSquares) -> Markup {
    let mut y = 0.0;
    let mut drawn = html! {};
    for group in map.groups.iter().filter(|g| !g.is_empty()) {
        for practice in group {
            drawn = html! {
                (drawn)
                @for (column, square) in practice.iter().enumerate() {
                    (draw_square(*square, PITCH * column as f64, y))
                }
            };
            y += PITCH;
        }
        y += GROUP_GAP;
    }
    drawn
}

fn draw_square(square: Square, x: f64, y: f64) -> Markup {
    let (class, inset) = match square {
        Square::NoStudy => ("open", 0.0),
        Square::NotRated => ("open", 4.0),
        Square::Finding => ("e", 0.0),
        Square::Harm => ("h", 0.0),
    };
    let side = px(SIDE - 2.0 * inset);
    let (fill, ink) = if class == "open" { (Some("none"), Some("var(--line)")) } else { (None, None) };
    html! {
        rect class=(class) x=(px(x + inset)) y=(px(y + inset)) width=(side) height=(side) fill=[fill] stroke=[ink] {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map() -> EvidenceSquares {
        EvidenceSquares {
            title: "What <has> been tested".to_owned(),
            description: "2 of 6 pairs have a usable finding".to_owned(),
            groups: vec![
                vec![vec![Square::Finding, Square::Harm, Square::NoStudy]],
                vec![vec![Square::NotRated, Square::NoStudy, Square::NoStudy]],
            ],
            legend: vec![(Square::Finding, "a usable finding".to_owned())],
        }
    }

    #[test]
    fn every_pair_has_a_square() {
        let fragment = evidence_squares(&map()).into_string();
        assert_eq!(fragment.matches("<rect").count(), 6);
        roxmltree::Document::parse(&fragment).unwrap();
        let whole = render_evidence_squares(&map());
        roxmltree::Document::parse(&whole).unwrap();
        assert_eq!(whole, render_evidence_squares(&map()));
    }

    #[test]
    fn an_empty_map_is_still_a_document() {
        let empty = EvidenceSquares { groups: vec![], legend: vec![], ..map() };
        roxmltree::Document::parse(&render_evidence_squares(&empty)).unwrap();
        roxmltree::Document::parse(&evidence_squares(&empty).into_string()).unwrap();
    }
}
