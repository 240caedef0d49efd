//! Opinion groups: the map of where people stand, and the row of how each group answered.
//!
//! Groups are told apart by shape, never by colour, and never by a colour that means better or worse: A ● filled, B □
//! open, C ▲, D ◇, E ✕. The map has one scale along and down and its middle at the mean of all votes; places are rounded
//! to whole pixels and nobody is named. Only people with a group are drawn: without groups there is no map. Left out:
//! axis labels, since the axes mean nothing by themselves, and what tells groups apart, which the table beside says.

use crate::document::{document, line_of_text, stroke};
use crate::interval::{Estimate, Interval};
use crate::marks::{self, pct, px};
use crate::{Axis, Position, text};
use maud::{Markup, html};

const WIDTH: f64 = 340.0;
const PLOT_HEIGHT: f64 = 192.0;
const MARGIN: f64 = 8.0;
/// Space between the outermost place and the frame, so that no mark is cut.
const AIR: f64 = 6.0;
/// Height of one group's line in an agreement row.
const LINE: f64 = 14.0;

/// The shape of a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GroupMark {
    /// ● A.
    Dot,
    /// □ B.
    Square,
    /// ▲ C.
    Triangle,
    /// ◇ D.
    Diamond,
    /// ✕ E.
    Cross,
}

impl GroupMark {
    /// The shape of a letter; letters past E start again with A's.
    pub fn of_letter(letter: &str) -> Self {
        let at = letter.bytes().next().map_or(0, |byte| byte.to_ascii_uppercase().wrapping_sub(b'A') % 5);
        [Self::Dot, Self::Square, Self::Triangle, Self::Diamond, Self::Cross][usize::from(at)]
    }

    /// The shape as a character, for text beside a chart.
    pub fn character(self) -> char {
        match self {
            Self::Dot => '●',
            Self::Square => '□',
            Self::Triangle => '▲',
            Self::Diamond => '◇',
            Self::Cross => '✕',
        }
    }

    fn class(self) -> &'static str {
        match self {
            Self::Dot => "ga",
            Self::Square => "gb",
            Self::Triangle => "gc",
            Self::Diamond => "gd",
            Self::Cross => "ge",
        }
    }

    /// The outline around 0, 0; `None` for those drawn as circle or rectangle.
    fn outline(self) -> Option<&'static str> {
        match self {
            Self::Dot | Self::Square => None,
            Self::Triangle => Some("M0-5 5 4H-5z"),
            Self::Diamond => Some("M0-5.5 5.5 0 0 5.5-5.5 0z"),
            Self::Cross => Some("M-4-4 4 4M4-4-4 4"),
        }
    }

    /// The shape at a point of the plot.
    fn at(self, x: f64, y: f64) -> Markup {
        let class = self.class();
        match self.outline() {
            Some(outline) => html! {
                path class=(class) transform={ "translate(" (px(x)) " " (px(y)) ")" } d=(outline) {}
            },
            None if self == Self::Dot => html! { circle class=(class) cx=(px(x)) cy=(px(y)) r="4.5" {} },
            None => html! { rect class=(class) x=(px(x - 4.0)) y=(px(y - 4.0)) width="8" height="8" {} },
        }
    }

    /// The shape at percent of a row's width.
    fn in_row(self, percent: f64, y: f64) -> Markup {
        let class = self.class();
        match self.outline() {
            Some(outline) => html! {
                svg.cut x=(pct(percent)) y=(px(y)) { path class=(class) d=(outline) {} }
            },
            None if self == Self::Dot => {
                html! { circle class=(class) cx=(pct(percent)) cy=(px(y)) r="4.5" {} }
            }
            None => html! {
                rect class=(class) x=(pct(percent)) y=(px(y - 4.5)) width="9" height="9" transform="translate(-4.5)" {}
            },
        }
    }
}

/// A map of opinion, 340 px wide.
#[derive(Debug, Clone, PartialEq)]
pub struct OpinionPlot {
    /// "Opinion map: What are the barriers to group lending?"
    pub title: String,
    /// What a reader should see, in words.
    pub description: String,
    /// The groups, in the order of their letters.
    pub groups: Vec<PlotGroup>,
    /// How it was made, below the map. May be empty.
    pub notes: Vec<String>,
}

/// A group in a map of opinion.
#[derive(Debug, Clone, PartialEq)]
pub struct PlotGroup {
    /// Its shape.
    pub mark: GroupMark,
    /// Its words below the map: "Group A, 28 voters".
    pub words: String,
    /// Where its people stand; places that are not finite are not drawn.
    pub places: Vec<(f64, f64)>,
}

/// Size of the words on a narrow screen, where the drawing shrinks and they must not.
const WORDS: f64 = 14.0;

/// The map as a fragment for a page, as wide as its container.
pub fn opinion_map(plot: &OpinionPlot) -> Markup {
    let (drawn, height) = draw(plot, 0.0);
    html! {
        svg.om viewBox={ "0 0 " (px(WIDTH)) " " (px(height)) } width="100%" role="img"
            aria-label={ (text::clean(&plot.title)) ". " (text::clean(&plot.description)) } { (drawn) }
    }
}

/// The map as an SVG document. The same input gives the same bytes.
pub fn render_opinion_map(plot: &OpinionPlot) -> String {
    let titles = text::wrap(&plot.title, 19.0, WIDTH - 24.0, 4);
    let (drawn, height) = draw(plot, 18.0 + 22.0 * titles.len() as f64);
    let body = html! {
        @for (i, line) in titles.iter().enumerate() {
            (line_of_text("title", 12.0, 30.0 + 22.0 * i as f64, "start", line))
        }
        (drawn)
    };
    document("opinion", (WIDTH, height), &plot.title, &plot.description, &body)
}

/// The map from `top` down, and the height at which it ends.
fn draw(plot: &OpinionPlot, top: f64) -> (Markup, f64) {
    let finite = |place: &&(f64, f64)| place.0.is_finite() && place.1.is_finite();
    let places = || plot.groups.iter().flat_map(|group| group.places.iter().filter(finite));
    let reach = |size: &dyn Fn(&(f64, f64)) -> f64| places().map(size).fold(0.0, crate::interval::larger);
    let (across, down) = (reach(&|place| place.0.abs()), reach(&|place| place.1.abs()));
    let (half_width, half_height) = (WIDTH / 2.0 - MARGIN - AIR, PLOT_HEIGHT / 2.0 - AIR);
    // One scale for both directions: distance is what the map shows.
    let fit = |half: f64, reach: f64| if reach > 0.0 { half / reach } else { f64::INFINITY };
    let scale = crate::interval::smaller(fit(half_width, across), fit(half_height, down));
    let scale = if scale.is_finite() { scale } else { 0.0 };
    let (middle_x, middle_y) = (WIDTH / 2.0, top + MARGIN + PLOT_HEIGHT / 2.0);
    let place = |(x, y): (f64, f64)| ((middle_x + scale * x).round(), (middle_y - scale * y).round());
    let bottom = top + MARGIN + PLOT_HEIGHT;
    let words: Vec<String> = plot
        .groups
        .iter()
        .flat_map(|group| {
            text::wrap(&format!("{} {}", group.mark.character(), group.words), WORDS, WIDTH - 24.0, 2)
        })
        .collect();
    let notes: Vec<String> =
        plot.notes.iter().flat_map(|note| text::wrap(note, WORDS, WIDTH - 24.0, 6)).collect();
    let notes_y = bottom + 4.0 + 17.0 * words.len() as f64;
    let drawn = html! {
        (stroke("g", (middle_x, top + MARGIN), (middle_x, bottom)))
        (stroke("g", (MARGIN, middle_y), (WIDTH - MARGIN, middle_y)))
        @for group in &plot.groups {
            @for spot in sorted(group.places.iter().filter(finite).map(|p| place(*p)).collect()) {
                (group.mark.at(spot.0, spot.1))
            }
        }
        @for (i, line) in words.iter().enumerate() {
            (line_of_text("head", 12.0, bottom + 16.0 + 17.0 * i as f64, "start", line))
        }
        @for (i, line) in notes.iter().enumerate() {
            (line_of_text("note", 12.0, notes_y + 16.0 + 17.0 * i as f64, "start", line))
        }
    };
    (drawn, notes_y + 17.0 * notes.len() as f64 + 8.0)
}

/// Places in the order of the picture, so that the order of people does not show in the file.
fn sorted(mut places: Vec<(f64, f64)>) -> Vec<(f64, f64)> {
    places.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    places
}

/// How each group answered: mark and interval on a line of its own, in percent on [`Axis::percentages`]. A group whose
/// share is not known has an empty line. 14 px a group and 2; nothing is drawn for no groups.
pub fn agreement_row(groups: &[(GroupMark, Estimate)]) -> Markup {
    let axis = Axis::percentages();
    let height = 2.0 + LINE * groups.len() as f64;
    html! {
        svg.pl height=(px(height)) aria-hidden="true" {
            @for (i, (mark, share)) in groups.iter().enumerate() {
                @let y = 8.0 + LINE * i as f64;
                (marks::interval_line(&axis, Interval::new(share.lower, share.upper), "gl", "gf", y))
                @if let Some(Position::At(at)) = axis.position(share.value) { (mark.in_row(at, y)) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn plot(letters: &str, places: &[(f64, f64)]) -> OpinionPlot {
        OpinionPlot {
            title: "Opinion map: <barriers>".to_owned(),
            description: "Two sides".to_owned(),
            groups: letters
                .split(' ')
                .map(|letter| PlotGroup {
                    mark: GroupMark::of_letter(letter),
                    words: format!("Group {letter}"),
                    places: places.to_vec(),
                })
                .collect(),
            notes: vec!["How it was made".to_owned()],
        }
    }

    #[test]
    fn every_letter_has_its_shape() {
        let svg = render_opinion_map(&plot("A B C D E", &[(1.0, 2.0), (-3.0, 0.5)]));
        let tree = roxmltree::Document::parse(&svg).unwrap();
        for (class, tag) in [("ga", "circle"), ("gb", "rect"), ("gc", "path"), ("gd", "path"), ("ge", "path")]
        {
            let found =
                tree.descendants().filter(|n| n.has_tag_name(tag) && n.attribute("class") == Some(class));
            assert_eq!(found.count(), 2, "{class}");
        }
        assert!(svg.contains("● Group A") && svg.contains("✕ Group E"));
        assert_eq!(GroupMark::of_letter("F"), GroupMark::Dot);
        assert_eq!(GroupMark::of_letter(""), GroupMark::Dot);
    }

    #[test]
    fn one_scale_both_ways_up_is_up_and_order_does_not_show() {
        let page = opinion_map(&plot("A", &[(4.0, 0.0), (0.0, 1.0), (-4.0, -1.0)])).into_string();
        let tree = roxmltree::Document::parse(&page).unwrap();
        let at = |n: roxmltree::Node, name: &str| n.attribute(name).unwrap().parse::<f64>().unwrap();
        let dots: Vec<(f64, f64)> = tree
            .descendants()
            .filter(|n| n.has_tag_name("circle"))
            .map(|n| (at(n, "cx"), at(n, "cy")))
            .collect();
        assert_eq!(dots.len(), 3);
        assert!(dots.windows(2).all(|two| two[0].0 <= two[1].0));
        let (middle, right) = (dots[1], dots[2]);
        assert!((4.0 * (right.1 - middle.1) - (right.0 - middle.0)).abs() <= 4.0, "{dots:?}");
        assert!(middle.1 < right.1 && right.1 < dots[0].1);
        assert!(!page.contains("style"));
        let other = opinion_map(&plot("A", &[(-4.0, -1.0), (4.0, 0.0), (0.0, 1.0)])).into_string();
        assert_eq!(page, other);
    }

    #[test]
    fn a_row_has_a_line_a_group() {
        let share = |value: f64, lower: f64, upper: f64| Estimate::new(value, lower, upper);
        let row = agreement_row(&[
            (GroupMark::Dot, share(88.0, 70.0, 95.8)),
            (GroupMark::Square, share(81.0, 60.0, 92.3)),
            (GroupMark::Diamond, share(f64::NAN, f64::NAN, f64::NAN)),
        ])
        .into_string();
        let tree = roxmltree::Document::parse(&row).unwrap();
        assert_eq!(tree.root_element().attribute("height"), Some("44"));
        assert_eq!(tree.descendants().filter(|n| n.attribute("class") == Some("gl")).count(), 2);
        assert!(row.contains("cx=\"88%\"") && row.contains("translate(-4.5)") && !row.contains("gd"));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn places_stay_inside_whatever_the_numbers(
            places in proptest::collection::vec((proptest::num::f64::ANY, proptest::num::f64::ANY), 0..12),
        ) {
            let svg = render_opinion_map(&plot("A", &places));
            let tree = roxmltree::Document::parse(&svg).unwrap();
            for dot in tree.descendants().filter(|n| n.has_tag_name("circle")) {
                let x: f64 = dot.attribute("cx").unwrap().parse().unwrap();
                prop_assert!((0.0..=WIDTH).contains(&x));
            }
            prop_assert!(!svg.contains("NaN") && !svg.contains("inf"));
        }
    }
}
