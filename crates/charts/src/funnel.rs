//! The small-study plot (funnel plot): effect across, standard error downwards, so that precise studies stand at
//! the top (Sterne and Egger 2001, J Clin Epidemiol 54:1046).
//!
//! The pseudo-confidence region is average ± z × standard error: where 95 in 100 studies would fall if all shared
//! one effect and nothing went unpublished. On a ratio axis it spreads along the logarithm. Left out: contours of
//! significance and tests of asymmetry, which are numbers in the text beside the plot.

use crate::axis::{Axis, Position, Scale};
use crate::document::{document, line_of_text, stroke};
use crate::format::{self, NumberStyle};
use crate::interval::{Estimate, Interval, larger, smaller};
use crate::label_places::{Frame, place_labels};
use crate::marks::{Standing, px};
use crate::{rows, text};
use maud::{Markup, html};

const WIDTH: f64 = 340.0;
const RIGHT: f64 = 328.0;
const PLOT_HEIGHT: f64 = 204.0;
const RADIUS: f64 = 4.5;
/// Standard normal quantile at 0.975.
const Z: f64 = 1.959_963_984_540_054;

/// A small-study plot, 340 px wide.
#[derive(Debug, Clone, PartialEq)]
pub struct Funnel {
    /// What is plotted: "Small studies: microcredit access and business profit".
    pub title: String,
    /// What a reader should see, in words.
    pub description: String,
    /// The studies.
    pub points: Vec<FunnelPoint>,
    /// The average around which the region opens; without one, or when it is not finite, there is no region.
    pub average: Option<f64>,
    /// What the dashed line and the shaded region mean, below the plot. May be empty.
    pub average_words: String,
    /// Words under the plot: "effect, USD PPP a fortnight".
    pub effect_words: String,
    /// Words beside the plot: "standard error".
    pub error_words: String,
    /// Differences, or ratios with standard errors of their logarithms.
    pub scale: Scale,
    /// How the language writes numbers.
    pub style: NumberStyle,
}

/// A study in a small-study plot.
#[derive(Debug, Clone, PartialEq)]
pub struct FunnelPoint {
    /// Short name.
    pub label: String,
    /// Effect, in the unit of the axis (the ratio itself on a ratio axis).
    pub effect: f64,
    /// Standard error of the effect, or of its logarithm on a ratio axis.
    pub standard_error: f64,
    /// What to think of it before its size.
    pub standing: Standing,
}

/// The plot as a fragment for a page, as wide as its container (at most 30rem, so that type keeps its size). Marks
/// that only this plot has carry the page's custom properties as attributes, which a style sheet may override.
pub fn funnel(plot: &Funnel) -> Markup {
    let (drawn, height) = draw(plot, 8.0);
    html! {
        svg viewBox={ "0 0 " (px(WIDTH)) " " (px(height)) } width="100%" role="img"
            aria-label={ (text::clean(&plot.title)) ". " (describe(plot)) } { (drawn) }
    }
}

/// The plot as an SVG document. The same input gives the same bytes. A study whose effect or standard error is
/// not finite, or whose standard error is negative, is not drawn, and named below the plot.
pub fn render_funnel(plot: &Funnel) -> String {
    let titles = text::wrap(&plot.title, 19.0, WIDTH - 24.0, 4);
    let top = 22.0 + 22.0 * titles.len() as f64;
    let (drawn, height) = draw(plot, top);
    let body = html! {
        @for (i, line) in titles.iter().enumerate() {
            (line_of_text("title", 12.0, 30.0 + 22.0 * i as f64, "start", line))
        }
        (drawn)
    };
    document("funnel", (WIDTH, height), &plot.title, &describe(plot), &body)
}

fn is_drawable(plot: &Funnel, point: &FunnelPoint) -> bool {
    let has_place = point.effect.is_finite() && (plot.scale == Scale::Difference || point.effect > 0.0);
    has_place && point.standard_error.is_finite() && point.standard_error >= 0.0
}

/// The names of studies that cannot be drawn, with the word for "not known".
fn absent_words(plot: &Funnel) -> Option<String> {
    let names: Vec<String> =
        plot.points.iter().filter(|p| !is_drawable(plot, p)).map(|p| text::clean(&p.label)).collect();
    (!names.is_empty()).then(|| format!("{}: {}", plot.style.absent, names.join(", ")))
}

fn describe(plot: &Funnel) -> String {
    let mut sentences = vec![text::clean(&plot.description)];
    sentences.extend(absent_words(plot));
    sentences.retain(|s| !s.is_empty());
    sentences.join(". ")
}

/// The effect `errors` away from `centre`.
fn shifted(scale: Scale, centre: f64, errors: f64) -> f64 {
    match scale {
        Scale::Difference => centre + errors,
        Scale::Ratio => centre * errors.exp(),
    }
}

/// The standard error at which an edge of the region reaches `limit`.
fn error_at(scale: Scale, centre: f64, limit: f64) -> f64 {
    match scale {
        Scale::Difference => (limit - centre).abs() / Z,
        Scale::Ratio => (limit / centre).ln().abs() / Z,
    }
}

/// The plot from `top` down, and the height at which it ends.
fn draw(plot: &Funnel, top: f64) -> (Markup, f64) {
    let style = &plot.style;
    let points: Vec<&FunnelPoint> = plot.points.iter().filter(|p| is_drawable(plot, p)).collect();
    let average = plot.average.filter(|m| m.is_finite() && (plot.scale == Scale::Difference || *m > 0.0));
    let effects: Vec<Estimate> = points.iter().map(|p| Estimate::new(p.effect, p.effect, p.effect)).collect();
    let down = Axis::from_zero(points.iter().map(|p| p.standard_error).fold(0.0, larger));
    let base = |m: f64, side: f64| shifted(plot.scale, m, side * Z * down.upper());
    let kept: Vec<Interval> = average.iter().map(|m| Interval::new(base(*m, -1.0), base(*m, 1.0))).collect();
    let across = Axis::fit(plot.scale, &effects, &kept);
    let error_labels: Vec<String> =
        down.ticks().iter().map(|t| format::number(*t, down.decimals(), style)).collect();
    let left = 30.0 + error_labels.iter().map(|l| text::width(l, 12.0)).fold(0.0, larger).clamp(8.0, 80.0);
    let (plot_top, plot_bottom) = (top + 10.0, top + 10.0 + PLOT_HEIGHT);
    let x_of = |x: f64| left + (RIGHT - left) * across.percent(x) / 100.0;
    let y_of = |error: f64| plot_top + PLOT_HEIGHT * down.percent(error) / 100.0;

    let region =
        average.map(|m| draw_region(&across, plot.scale, m, down.upper(), (&x_of, &y_of), plot_bottom));
    let centres: Vec<(f64, f64)> = points.iter().map(|p| (x_of(p.effect), y_of(p.standard_error))).collect();
    let labels: Vec<String> = points.iter().map(|p| text::fit(&p.label, 12.0, 160.0)).collect();
    let widths: Vec<f64> = labels.iter().map(|l| text::width(l, 12.0)).collect();
    let places = place_labels(&centres, &widths, RADIUS, Frame(left + 2.0, top, RIGHT + 8.0, plot_bottom));
    let words_y = plot_bottom + 38.0;
    let below: Vec<String> = std::iter::once(plot.average_words.clone())
        .chain(absent_words(plot))
        .flat_map(|words| text::wrap(&words, 12.0, WIDTH - 24.0, 6))
        .collect();
    let height = words_y + 17.0 * below.len() as f64 + 16.0;
    let middle = f64::midpoint(plot_top, plot_bottom);
    let drawn = html! {
        @if let Some(region) = region { (region) }
        @for (tick, label) in down.ticks().iter().zip(&error_labels) {
            (stroke("g", (left, y_of(*tick)), (RIGHT, y_of(*tick))))
            (line_of_text("note", left - 6.0, y_of(*tick) + 4.0, "end", label))
        }
        @if let Some(none) = across.no_difference() {
            (stroke("z", (x_of(none), plot_top), (x_of(none), plot_bottom)))
        }
        @if let Some(m) = average {
            line.average x1=(px(x_of(m))) y1=(px(plot_top)) x2=(px(x_of(m))) y2=(px(plot_bottom))
                stroke="var(--good)" stroke-width="1.5" stroke-dasharray="4 3" {}
        }
        svg x=(px(left)) y=(px(plot_bottom)) width=(px(RIGHT - left)) height="20" {
            (rows::axis_marks(&across, style, RIGHT - left))
        }
        @for ((point, place), centre) in points.iter().zip(&places).zip(&centres) {
            @if let Some(place) = place.filter(|p| p.needs_leader) {
                line.leader x1=(px(centre.0)) y1=(px(centre.1)) x2=(px(place.x)) y2=(px(place.y - 4.0))
                    stroke="var(--line)" {}
            }
            (draw_point(&across, point, *centre))
        }
        @for (label, place) in labels.iter().zip(&places) {
            @if let Some(place) = place { (line_of_text("halo", place.x, place.y, place.anchor, label)) }
        }
        (line_of_text("note", f64::midpoint(left, RIGHT), words_y, "middle", &text::fit(&plot.effect_words, 12.0, WIDTH - 24.0)))
        text.note transform={ "translate(14 " (px(middle)) ")rotate(-90)" } text-anchor="middle" {
            (text::fit(&plot.error_words, 12.0, PLOT_HEIGHT))
        }
        @for (i, line) in below.iter().enumerate() {
            (line_of_text("note", 12.0, words_y + 22.0 + 17.0 * i as f64, "start", line))
        }
    };
    (drawn, height)
}

fn draw_point(across: &Axis, point: &FunnelPoint, centre: (f64, f64)) -> Markup {
    let class = match point.standing {
        Standing::Ordinary => "e",
        Standing::Worse => "hf",
        Standing::Suspected => "sus",
        Standing::Superseded | Standing::Excluded => "sh",
    };
    let (x, y) = centre;
    html! {
        @match across.position(point.effect) {
            Some(Position::Below) => path class=(class) d={ "M" (px(x + 8.0)) " " (px(y - 5.0)) "l-8 5 8 5z" } {},
            Some(Position::Above) => path class=(class) d={ "M" (px(x - 8.0)) " " (px(y - 5.0)) "l8 5-8 5z" } {},
            _ => circle class=(class) cx=(px(x)) cy=(px(y)) r=(px(RADIUS)) {},
        }
    }
}

/// The region that opens downwards from the average, clipped to the plot.
fn draw_region(
    across: &Axis,
    scale: Scale,
    average: f64,
    largest_error: f64,
    to_px: (&dyn Fn(f64) -> f64, &dyn Fn(f64) -> f64),
    bottom: f64,
) -> Markup {
    let (x_of, y_of) = to_px;
    let edge = |limit: f64, side: f64| {
        let leaves = smaller(error_at(scale, average, limit), largest_error);
        (x_of(shifted(scale, average, side * Z * leaves)), y_of(leaves))
    };
    let apex = (x_of(average), y_of(0.0));
    let (lower, upper) = (edge(across.lower(), -1.0), edge(across.upper(), 1.0));
    let point = |p: (f64, f64)| format!("{} {}", px(p.0), px(p.1));
    html! {
        path.region fill="var(--tint)" d={ "M" (point(apex)) "L" (point(lower)) "L" (point((lower.0, bottom))) "L" (point((upper.0, bottom))) "L" (point(upper)) "z" } {}
        path.edge fill="none" stroke="var(--line)" stroke-dasharray="5 3" d={ "M" (point(apex)) "L" (point(lower)) "M" (point(apex)) "L" (point(upper)) } {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn plot(points: &[(f64, f64)], scale: Scale) -> Funnel {
        Funnel {
            title: "Small <studies>".to_owned(),
            description: "What to see".to_owned(),
            points: points
                .iter()
                .enumerate()
                .map(|(i, (effect, standard_error))| FunnelPoint {
                    label: format!("Study {i}"),
                    effect: *effect,
                    standard_error: *standard_error,
                    standing: Standing::Ordinary,
                })
                .collect(),
            average: Some(1.2),
            average_words: "Dashes: average".to_owned(),
            effect_words: "effect".to_owned(),
            error_words: "standard error".to_owned(),
            scale,
            style: NumberStyle::english(),
        }
    }

    fn circles(svg: &str) -> Vec<(f64, f64)> {
        let tree = roxmltree::Document::parse(svg).unwrap();
        let place = |n: roxmltree::Node, name: &str| n.attribute(name).unwrap().parse().unwrap();
        tree.descendants()
            .filter(|n| n.has_tag_name("circle"))
            .map(|n| (place(n, "cx"), place(n, "cy")))
            .collect()
    }

    #[test]
    fn precise_studies_stand_above_and_larger_effects_to_the_right() {
        let places = circles(&render_funnel(&plot(&[(1.0, 0.5), (2.0, 1.0), (4.0, 3.0)], Scale::Difference)));
        assert_eq!(places.len(), 3);
        assert!(places.windows(2).all(|w| w[0].0 < w[1].0 && w[0].1 < w[1].1), "{places:?}");
    }

    #[test]
    fn a_study_without_standard_error_is_named_and_not_drawn() {
        let svg = render_funnel(&plot(&[(1.0, 0.5), (2.0, f64::NAN), (-1.0, 0.2)], Scale::Ratio));
        assert_eq!(circles(&svg).len(), 1);
        assert!(svg.contains("not known: Study 1, Study 2"));
    }

    #[test]
    fn without_an_average_there_is_no_region() {
        let bare = Funnel { average: None, ..plot(&[(1.0, 0.5)], Scale::Difference) };
        assert!(!render_funnel(&bare).contains("class=\"region\""));
        assert!(render_funnel(&plot(&[(1.0, 0.5)], Scale::Difference)).contains("class=\"region\""));
        let page = funnel(&bare).into_string();
        roxmltree::Document::parse(&page).unwrap();
        assert!(!page.contains("style"));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn points_stay_inside_whatever_the_numbers(
            points in proptest::collection::vec((proptest::num::f64::ANY, proptest::num::f64::ANY), 0..12), ratio: bool,
        ) {
            let plot = plot(&points, if ratio { Scale::Ratio } else { Scale::Difference });
            let svg = render_funnel(&plot);
            prop_assert!(circles(&svg).iter().all(|(x, _)| (0.0..=WIDTH).contains(x)));
            prop_assert!(!svg.contains("NaN") && !svg.contains("inf "), "{}", svg);
            prop_assert_eq!(svg, render_funnel(&plot));
        }
    }
}
