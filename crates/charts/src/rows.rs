//! Row charts: fragments that fill one cell of a real table, percent across and pixels down.
//!
//! Nothing shrinks on a narrow screen, and the table is its own text twin, so every fragment is hidden from
//! assistive technology and the caller prints the numbers in the cells beside it. Place a fragment in a
//! `td.p`, the header in a `th.ax`, [`hatch_pattern`] once per page that has a chance bar. The zero line runs
//! unbroken from row to row when the cell is `position: relative; overflow: clip`, since each row draws it far
//! past its own height; there is no inline style. Left out: the table around the cells.

use crate::axis::{Axis, Scale, decimals_of};
use crate::format::{self, NumberStyle};
use crate::interval::{Estimate, Interval, larger, smaller};
use crate::marks::{self, SquareScale, Standing, pct, px};
use crate::text;
use maud::{Markup, html};

/// Height in px that a zero line reaches past its own row, enough for the tallest cell beside it.
const PAST_THE_ROW: f64 = 400.0;
/// Width in px that the labels of an axis may fill on the narrowest screen.
const NARROWEST_AXIS: f64 = 290.0;

/// A study on a row of its own.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StudyMark {
    /// Effect and its interval, in the unit of the axis.
    pub effect: Estimate,
    /// Share of the weight in the pool, 0 to 1; `None` when it is in no pool.
    pub weight: Option<f64>,
    /// The same study after borrowing strength from the others, drawn below the square.
    pub shrunken: Option<Estimate>,
    /// What to think of it before its size.
    pub standing: Standing,
}

fn row(axis: &Axis, height: f64, marks: &Markup) -> Markup {
    html! {
        svg.pl height=(px(height)) aria-hidden="true" {
            (marks::no_difference(axis, -PAST_THE_ROW, PAST_THE_ROW)) (marks)
        }
    }
}

/// A study's square and interval, with its shrunken estimate below when there is one. 26 or 38 px high.
pub fn study_row(axis: &Axis, study: &StudyMark, scale: SquareScale) -> Markup {
    let height = study_height(study);
    row(axis, height, &study_marks(axis, study, scale))
}

pub(crate) fn study_height(study: &StudyMark) -> f64 {
    if study.shrunken.is_some() { 38.0 } else { 26.0 }
}

pub(crate) fn study_marks(axis: &Axis, study: &StudyMark, scale: SquareScale) -> Markup {
    html! {
        (marks::study(axis, study.effect, study.standing, scale.side(study.weight), 13.0))
        @if let Some(shrunken) = study.shrunken { (marks::shrunken(axis, shrunken, 28.0)) }
    }
}

/// One of several estimates of the same thing (sensitivity, leave-one-out, cumulative): a square of fixed size.
/// 24 px high.
pub fn variant_row(axis: &Axis, effect: Estimate, standing: Standing) -> Markup {
    row(axis, 24.0, &marks::study(axis, effect, standing, 9.0, 12.0))
}

/// The average effect: a diamond as wide as its interval, red when `worse` (the whole interval is worse for
/// clients). 30 px high.
pub fn pooled_row(axis: &Axis, average: Estimate, worse: bool) -> Markup {
    row(axis, 30.0, &marks::diamond(axis, average, diamond_class(worse), 15.0))
}

pub(crate) fn diamond_class(worse: bool) -> &'static str {
    if worse { "hf" } else { "dia" }
}

/// Where the effect at a new institution would fall: dashes with end ticks. 30 px high.
pub fn prediction_row(axis: &Axis, interval: Interval) -> Markup {
    row(axis, 30.0, &marks::prediction(axis, interval, 15.0))
}

/// A share with no effect to measure (votes, prevalence): round dot and interval, no zero line; `reference`
/// draws a grey line whose meaning the page says in words. 24 px high.
pub fn share_row(axis: &Axis, share: Estimate, reference: Option<f64>) -> Markup {
    html! {
        svg.pl height="24" aria-hidden="true" {
            @if let Some(at) = reference.filter(|x| axis.position(*x).is_some()) {
                (marks::vertical("gl", axis.percent(at), 0.0, 24.0))
            }
            (marks::interval_line(axis, Interval::new(share.lower, share.upper), "ci", "e", 12.0))
            (marks::dot(axis, share.value, "e", 5.5, 12.0))
        }
    }
}

/// A rank: line over the 90 % range, dot at the expected rank, a faint rule at every tick. 30 px high.
pub fn rank_row(axis: &Axis, expected: f64, range: Interval) -> Markup {
    html! {
        svg.pl height="30" aria-hidden="true" {
            @for tick in axis.ticks() { (marks::vertical("g", axis.percent(*tick), 0.0, 30.0)) }
            (marks::interval_line(axis, range, "ci", "e", 15.0))
            (marks::dot(axis, expected, "e", 6.0, 15.0))
        }
    }
}

/// A chance out of 100 in one bar: hatched red is the probability (0 to 1) of being worse for clients, solid
/// blue the rest. Empty outline when it is not finite. 26 px high; needs [`hatch_pattern`] on the page.
pub fn chance_bar(worse: f64) -> Markup {
    let Some(share) = worse.is_finite().then(|| (worse * 100.0).clamp(0.0, 100.0)) else {
        return html! { svg.pl height="26" aria-hidden="true" { rect.sh width="100%" y="1" height="24" {} } };
    };
    html! {
        svg.pl height="26" aria-hidden="true" {
            @if share > 0.0 { rect.h width=(pct(share)) y="1" height="24" {} }
            @if share < 100.0 { rect.b x=(pct(share)) width=(pct(100.0 - share)) y="1" height="24" {} }
        }
    }
}

/// A share (0 to 1) as a thin bar of ink on a pale one: how much of a ranking rests on evidence. 5 px high.
pub fn share_bar(share: f64) -> Markup {
    let share = if share.is_finite() { (share * 100.0).clamp(0.0, 100.0) } else { 0.0 };
    html! {
        svg.pl height="5" aria-hidden="true" {
            rect.bar width="100%" height="5" {}
            @if share > 0.0 { rect.e width=(pct(share)) height="5" {} }
        }
    }
}

/// The pattern behind every hatched bar and cell. Once per page, before the first of them.
pub fn hatch_pattern() -> Markup {
    html! {
        svg.vh width="0" height="0" aria-hidden="true" { (hatch_definition()) }
    }
}

pub(crate) fn hatch_definition() -> Markup {
    html! {
        pattern #hatch width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)" {
            path.hatch d="M0 3h6" stroke="var(--bad)" stroke-width="2" {}
        }
    }
}

/// Ticks and their labels, for the head of the column; the words at both ends stand above it in the cell's text.
/// 20 px high. Where all labels would not fit on a narrow screen, every second or third tick is labelled.
pub fn axis_header(axis: &Axis, style: &NumberStyle) -> Markup {
    html! { svg.pl height="20" aria-hidden="true" { (axis_marks(axis, style, NARROWEST_AXIS)) } }
}

/// Ticks and labels on an axis `width` px wide.
pub(crate) fn axis_marks(axis: &Axis, style: &NumberStyle, width: f64) -> Markup {
    let labelled = labelled_ticks(axis, style, width);
    html! {
        @for (i, tick) in axis.ticks().iter().enumerate() {
            @let at = axis.percent(*tick);
            (marks::vertical("z", at, 0.0, 4.0))
            @if labelled.contains(&i) {
                text x=(pct(at)) y="16" text-anchor=(anchor(at)) { (tick_label(axis, *tick, style)) }
            }
        }
    }
}

fn anchor(at: f64) -> &'static str {
    if at < 1.5 {
        "start"
    } else if at > 98.5 {
        "end"
    } else {
        "middle"
    }
}

/// The label of a tick. Zero is a plain 0, and a ratio has the decimals it needs; the rest share theirs.
pub(crate) fn tick_label(axis: &Axis, tick: f64, style: &NumberStyle) -> String {
    let decimals = match axis.scale() {
        Scale::Difference if tick == 0.0 => 0,
        Scale::Difference => axis.decimals(),
        Scale::Ratio => decimals_of(tick).min(axis.decimals()),
    };
    format::number(tick, decimals, style)
}

/// Indices of the ticks whose labels fit side by side in `width` px, no difference among them.
fn labelled_ticks(axis: &Axis, style: &NumberStyle, width: f64) -> Vec<usize> {
    let ticks = axis.ticks();
    let widest = ticks.iter().map(|t| text::width(&tick_label(axis, *t, style), 12.0)).fold(0.0, larger);
    let gap = ticks.windows(2).map(|w| axis.percent(w[1]) - axis.percent(w[0])).fold(100.0, smaller) / 100.0;
    let stride =
        (1..=ticks.len()).find(|s| gap * width * *s as f64 >= widest + 6.0).unwrap_or(ticks.len().max(1));
    let anchor =
        axis.no_difference().and_then(|x| ticks.iter().position(|t| (t - x).abs() < 1e-9)).unwrap_or(0);
    (0..ticks.len()).filter(|i| i.abs_diff(anchor) % stride == 0).collect()
}

/// The figure under an answer: the average as a diamond, the new institution as dashes, each with its words
/// above, and the axis below. 94 px high. `description` says in words what the figure shows.
pub fn answer_figure(
    axis: &Axis,
    average: (&str, Estimate, bool),
    new_institution: Option<(&str, Interval)>,
    style: &NumberStyle,
    description: &str,
) -> Markup {
    let (average_label, effect, worse) = average;
    let height = if new_institution.is_some() { 74.0 } else { 36.0 };
    html! {
        svg.pl height=(px(height)) role="img" aria-label=(text::clean(description)) {
            (marks::no_difference(axis, 0.0, height))
            (halo_label(axis, effect.lower, average_label, 10.0))
            (marks::diamond(axis, effect, diamond_class(worse), 23.0))
            @if let Some((label, interval)) = new_institution {
                (halo_label(axis, interval.lower, label, 49.0))
                (marks::prediction(axis, interval, 62.0))
            }
        }
        (axis_header(axis, style))
    }
}

/// A label that starts at `x`, or ends at the right edge when it starts past the middle.
fn halo_label(axis: &Axis, x: f64, label: &str, y: f64) -> Markup {
    let at = axis.percent(x);
    let (at, anchor) = if at > 60.0 { (100.0, "end") } else { (at, "start") };
    html! { text.halo x=(pct(at)) y=(px(y)) text-anchor=(anchor) { (text::clean(label)) } }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn axis() -> Axis {
        Axis::fit(Scale::Difference, &[Estimate::new(3.5, -40.0, 100.0)], &[])
    }

    fn study(value: f64, lower: f64, upper: f64) -> StudyMark {
        StudyMark {
            effect: Estimate::new(value, lower, upper),
            weight: Some(0.2),
            shrunken: Some(Estimate::new(value / 2.0, lower / 2.0, upper / 2.0)),
            standing: Standing::Ordinary,
        }
    }

    /// Every percentage in `markup`.
    fn percentages(markup: &str) -> Vec<f64> {
        markup.split('"').filter_map(|s| s.strip_suffix('%')).map(|s| s.parse().unwrap()).collect()
    }

    #[test]
    fn fragments_are_well_formed() {
        let (axis, style) = (axis(), NumberStyle::english());
        let scale = SquareScale::of([0.2]);
        let effect = Estimate::new(3.5, -6.4, 13.5);
        for markup in [
            study_row(&axis, &study(1.0, -90.0, 300.0), scale),
            variant_row(&axis, effect, Standing::Suspected),
            pooled_row(&axis, effect, true),
            prediction_row(&axis, Interval::new(-13.5, 20.6)),
            share_row(&Axis::percentages(), Estimate::new(53.0, 39.0, 66.0), Some(50.0)),
            rank_row(&Axis::ranks(7), 2.7, Interval::new(1.0, 6.0)),
            chance_bar(0.24),
            chance_bar(f64::NAN),
            share_bar(0.38),
            hatch_pattern(),
            axis_header(&axis, &style),
        ] {
            let text = markup.into_string();
            roxmltree::Document::parse(&text).unwrap();
            assert!(!text.contains("style="));
            assert!(percentages(&text).iter().all(|p| (0.0..=100.0).contains(p)), "{text}");
        }
        let figure = answer_figure(&axis, ("average", effect, false), None, &style, "a <b>").into_string();
        roxmltree::Document::parse(&format!("<div>{figure}</div>")).unwrap();
    }

    #[test]
    fn standing_shows_as_shape_and_not_only_as_colour() {
        let (axis, scale) = (axis(), SquareScale::of([0.2]));
        let draw = |standing| {
            study_row(&axis, &StudyMark { standing, ..study(1.0, -3.0, 5.0) }, scale).into_string()
        };
        assert!(draw(Standing::Ordinary).contains("rect class=\"e\""));
        assert!(draw(Standing::Worse).contains("rect class=\"hf\""));
        assert!(draw(Standing::Suspected).contains("rect class=\"sus\""));
        assert!(draw(Standing::Excluded).contains("rect class=\"sh\""));
        assert!(draw(Standing::Superseded).contains("line class=\"shl\""));
    }

    #[test]
    fn a_chance_bar_adds_up() {
        assert_eq!(percentages(&chance_bar(0.24).into_string()), [24.0, 24.0, 76.0]);
        assert_eq!(chance_bar(0.0).into_string().matches("<rect").count(), 1);
        assert_eq!(chance_bar(7.0).into_string().matches("<rect").count(), 1);
    }

    #[test]
    fn long_labels_are_thinned_around_no_difference() {
        let axis = Axis::fit(Scale::Difference, &[Estimate::new(0.0, -2e6, 6e6)], &[]);
        let text = axis_header(&axis, &NumberStyle::english()).into_string();
        assert!(text.contains(">0</text>"));
        assert!(text.matches("<text").count() < axis.ticks().len());
        assert_eq!(text.matches("<line").count(), axis.ticks().len());
    }

    proptest! {
        #[test]
        fn marks_stay_inside_their_cell(
            value in proptest::num::f64::ANY, lower in proptest::num::f64::ANY, upper in proptest::num::f64::ANY,
        ) {
            let axis = axis();
            let text = study_row(&axis, &study(value, lower, upper), SquareScale::of([0.2])).into_string()
                + &pooled_row(&axis, Estimate::new(value, lower, upper), false).into_string();
            prop_assert!(percentages(&text).iter().all(|p| (0.0..=100.0).contains(p)), "{}", text);
            prop_assert!(!text.contains("NaN") && !text.contains("inf"));
        }
    }
}
