//! The charts of one study: coefficient plot, balance plot, sample flow, sensitivity strip, differences by period.
//!
//! The first four fill a cell of a row, so that the table around them is their text twin; the differences by period are a
//! figure of their own with a table below it. All return a [`Drawing`]. Left out: which way is better for clients and
//! whether an interval is clear, which the caller says by the [`Ink`].

use crate::axis::{Axis, Position, Scale};
use crate::drawing::{Anchor, Drawing, Ink, Shape};
use crate::format::NumberStyle;
use crate::interval::{Estimate, Interval};
use crate::rows::tick_label;

/// Standardised differences up to this size are usually called small (Austin 2009, *Stat Med* 28:3083).
pub const SMALL_STANDARDISED_DIFFERENCE: f64 = 0.1;
/// How far a zero line reaches past its own row, px.
const PAST_THE_ROW: f64 = 400.0;

fn vertical(ink: Ink, at: f64, top: f64, bottom: f64) -> Shape {
    Shape::Line { ink, from: (at, top), to: (at, bottom) }
}

fn no_difference(axis: &Axis, top: f64, bottom: f64) -> impl Iterator<Item = Shape> {
    axis.no_difference_percent().map(|at| vertical(Ink::Zero, at, top, bottom)).into_iter()
}

/// An interval with its square at height `y`; past the axis an arrowhead. Nothing is drawn of what is not finite.
fn estimate_shapes(axis: &Axis, effect: Estimate, ink: Ink, side: f64, y: f64) -> Vec<Shape> {
    let mut shapes = Vec::new();
    if let Some(Interval { lower, upper }) = effect.interval() {
        let (from, to) = (axis.percent(lower), axis.percent(upper));
        if from < to {
            shapes.push(Shape::Line { ink, from: (from, y), to: (to, y) });
        }
        if axis.position(lower) == Some(Position::Below) {
            shapes.push(Shape::Cut { ink, is_right: false, y });
        }
        if axis.position(upper) == Some(Position::Above) {
            shapes.push(Shape::Cut { ink, is_right: true, y });
        }
    }
    if let Some(Position::At(at)) = axis.position(effect.value) {
        shapes.push(Shape::Square { ink, at: (at, y), side });
    }
    shapes
}

/// One coefficient with its interval, on an axis of differences. 34 px high.
pub fn coefficient(axis: &Axis, effect: Estimate, ink: Ink) -> Drawing {
    let shapes = no_difference(axis, -PAST_THE_ROW, PAST_THE_ROW)
        .chain(estimate_shapes(axis, effect, ink, 10.0, 17.0))
        .collect();
    Drawing { height: 34.0, shapes }
}

/// One variant of an estimate over the interval of the one that counts (`main`), a pale band through all rows. 26 px.
pub fn strip(axis: &Axis, effect: Estimate, main: Interval, ink: Ink) -> Drawing {
    let mut shapes = Vec::new();
    if let Some(Interval { lower, upper }) = main.known() {
        shapes.push(Shape::Bar {
            ink: Ink::Tint,
            from: (axis.percent(lower), -PAST_THE_ROW),
            to: (axis.percent(upper), PAST_THE_ROW),
        });
    }
    shapes.extend(no_difference(axis, -PAST_THE_ROW, PAST_THE_ROW));
    shapes.extend(estimate_shapes(axis, effect, ink, 9.0, 13.0));
    Drawing { height: 26.0, shapes }
}

/// The axis for standardised differences: wide enough for all, and for 0.25 on both sides.
pub fn balance_axis(differences: &[f64]) -> Axis {
    let points: Vec<Estimate> =
        differences.iter().chain(&[-0.25, 0.25]).map(|x| Estimate::new(*x, *x, *x)).collect();
    Axis::fit(Scale::Difference, &points, &[])
}

/// A standardised difference between the arms: a dot, over grey lines at ±0.1; open when it lies beyond. 24 px high.
pub fn balance(axis: &Axis, difference: f64) -> Drawing {
    let limit = SMALL_STANDARDISED_DIFFERENCE;
    let mut shapes: Vec<Shape> = [-limit, limit]
        .iter()
        .map(|x| vertical(Ink::Grey, axis.percent(*x), -PAST_THE_ROW, PAST_THE_ROW))
        .collect();
    shapes.extend(no_difference(axis, -PAST_THE_ROW, PAST_THE_ROW));
    match axis.position(difference) {
        Some(Position::At(at)) => shapes.push(Shape::Dot {
            ink: Ink::Plain,
            at: (at, 12.0),
            radius: 5.0,
            is_open: difference.abs() > limit,
        }),
        Some(past) => shapes.push(Shape::Cut { ink: Ink::Plain, is_right: past == Position::Above, y: 12.0 }),
        None => {}
    }
    Drawing { height: 24.0, shapes }
}

/// A step of the sample flow: rows left, then rows dropped by this step, as shares of the rows in the file. 18 px high.
pub fn flow(left: u64, dropped: u64, of: u64) -> Drawing {
    let whole = of.max(left.saturating_add(dropped)).max(1) as f64;
    let kept = left as f64 / whole * 100.0;
    let lost = dropped as f64 / whole * 100.0;
    let mut shapes = vec![Shape::Bar { ink: Ink::Plain, from: (0.0, 5.0), to: (kept, 15.0) }];
    if dropped > 0 {
        shapes.push(Shape::Bar { ink: Ink::Rule, from: (kept, 5.0), to: (kept + lost, 15.0) });
        shapes.push(vertical(Ink::Zero, kept, 2.0, 18.0));
    }
    Drawing { height: 20.0, shapes }
}

/// A difference in one period.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PeriodDifference {
    /// The period.
    pub period: f64,
    /// The difference with its interval.
    pub effect: Estimate,
    /// Before the practice, else after.
    pub is_before: bool,
    /// The period that the others are compared with: 0 by definition.
    pub is_reference: bool,
}

/// Differences by period, in the order of the periods: dots with their intervals, grey before the practice, a dashed line
/// where it began. 220 px high. The axis of values is on the left, inside.
pub fn event_study(periods: &[PeriodDifference], style: &NumberStyle) -> Drawing {
    const TOP: f64 = 10.0;
    const BOTTOM: f64 = 188.0;
    const HEIGHT: f64 = 220.0;
    let mut periods: Vec<&PeriodDifference> = periods.iter().filter(|p| p.period.is_finite()).collect();
    periods.sort_by(|a, b| a.period.total_cmp(&b.period));
    let effects: Vec<Estimate> = periods.iter().map(|p| p.effect).collect();
    let axis = Axis::fit(Scale::Difference, &effects, &[]);
    let down = |value: f64| BOTTOM - axis.percent(value) / 100.0 * (BOTTOM - TOP);
    // The first 14 % hold the labels of the values.
    let step = 84.0 / periods.len().max(1) as f64;
    let across = |index: usize| 14.0 + step * (index as f64 + 0.5);
    let mut shapes = Vec::new();
    for tick in axis.ticks() {
        let (ink, y) = (if *tick == 0.0 { Ink::Zero } else { Ink::Rule }, down(*tick));
        shapes.push(Shape::Line { ink, from: (14.0, y), to: (100.0, y) });
        shapes.push(Shape::Label {
            at: (12.5, y + 4.0),
            anchor: Anchor::End,
            text: tick_label(&axis, *tick, style),
        });
    }
    if let Some(first) = periods.iter().position(|p| !p.is_before)
        && first > 0
    {
        let at = f64::midpoint(across(first - 1), across(first));
        shapes.push(vertical(Ink::Grey, at, TOP, BOTTOM + 6.0));
    }
    let labelled = periods.len().div_ceil(8).max(1);
    for (index, period) in periods.iter().enumerate() {
        let (x, ink) = (across(index), if period.is_before { Ink::Grey } else { Ink::Plain });
        if let Some(Interval { lower, upper }) = period.effect.interval()
            && !period.is_reference
        {
            shapes.push(vertical(ink, x, down(upper), down(lower)));
        }
        if period.effect.point().is_some() {
            let is_open = period.is_reference;
            shapes.push(Shape::Dot { ink, at: (x, down(period.effect.value)), radius: 4.5, is_open });
        }
        if index % labelled == 0 {
            shapes.push(Shape::Label {
                at: (x, BOTTOM + 22.0),
                anchor: Anchor::Middle,
                text: period_name(period.period),
            });
        }
    }
    Drawing { height: HEIGHT, shapes }
}

/// A period without needless decimals and without thousands: 2019, 2.5.
pub fn period_name(period: f64) -> String {
    format!("{period}").replace('-', "\u{2212}")
}

/// The head of a column of charts: ticks and labels. 20 px high.
pub fn head(axis: &Axis, style: &NumberStyle) -> Drawing {
    // At most five labels, so that they fit on a phone.
    let stride = axis.ticks().len().div_ceil(5).max(1);
    let zero = axis.ticks().iter().position(|t| *t == 0.0).unwrap_or(0);
    let mut shapes = Vec::new();
    for (index, tick) in axis.ticks().iter().enumerate() {
        let at = axis.percent(*tick);
        shapes.push(vertical(Ink::Zero, at, 0.0, 4.0));
        if index.abs_diff(zero) % stride == 0 {
            let anchor = match at {
                at if at < 4.0 => Anchor::Start,
                at if at > 96.0 => Anchor::End,
                _ => Anchor::Middle,
            };
            shapes.push(Shape::Label { at: (at, 16.0), anchor, text: tick_label(axis, *tick, style) });
        }
    }
    Drawing { height: 20.0, shapes }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn across(drawing: &Drawing) -> Vec<f64> {
        let points = drawing.shapes.iter().flat_map(|shape| match shape {
            Shape::Line { from, to, .. } | Shape::Bar { from, to, .. } => vec![from.0, to.0],
            Shape::Square { at, .. } | Shape::Dot { at, .. } | Shape::Label { at, .. } => vec![at.0],
            Shape::Cut { .. } => Vec::new(),
        });
        points.collect()
    }

    fn periods() -> Vec<PeriodDifference> {
        [(2017.0, 0.3), (2018.0, 0.0), (2019.0, 2.0), (2020.0, 3.0)]
            .map(|(period, value)| PeriodDifference {
                period,
                effect: Estimate::new(value, value - 1.0, value + 1.0),
                is_before: period < 2019.0,
                is_reference: period == 2018.0,
            })
            .to_vec()
    }

    #[test]
    fn drawings_are_well_formed_and_without_style() {
        let style = NumberStyle::english();
        let axis = balance_axis(&[0.02, -0.31]);
        for drawing in [
            coefficient(&axis, Estimate::new(0.1, -9.0, 9.0), Ink::Worse),
            strip(&axis, Estimate::new(0.1, -0.1, 0.2), Interval::new(-0.2, 0.1), Ink::Plain),
            balance(&axis, -0.31),
            flow(900, 100, 1000),
            event_study(&periods(), &style),
            head(&axis, &style),
        ] {
            let svg = drawing.cell().into_string();
            roxmltree::Document::parse(&svg).unwrap();
            assert!(!svg.contains("style=") && !svg.contains("NaN"));
        }
        let named = event_study(&periods(), &style).figure("a < b").into_string();
        roxmltree::Document::parse(&named).unwrap();
        assert!(named.contains("role=\"img\"") && named.contains("2019"));
    }

    #[test]
    fn a_large_imbalance_is_told_by_shape() {
        let axis = balance_axis(&[0.02, -0.31]);
        let is_open = |difference| {
            balance(&axis, difference).shapes.iter().any(|s| matches!(s, Shape::Dot { is_open: true, .. }))
        };
        assert!(is_open(-0.31) && !is_open(0.02));
    }

    #[test]
    fn the_practice_begins_between_two_periods_and_the_reference_has_no_interval() {
        let drawing = event_study(&periods(), &NumberStyle::english());
        let verticals =
            drawing.shapes.iter().filter(|s| matches!(s, Shape::Line { from, to, .. } if from.0 == to.0));
        assert_eq!(verticals.count(), 3 + 1);
    }

    #[test]
    fn a_flow_adds_up() {
        let drawing = flow(900, 100, 1000);
        assert!(matches!(&drawing.shapes[1], Shape::Bar { to, .. } if (to.0 - 100.0).abs() < 1e-9));
        assert_eq!(flow(0, 0, 0).shapes.len(), 1);
    }

    proptest! {
        #[test]
        fn nothing_leaves_its_cell(
            value in proptest::num::f64::ANY, lower in proptest::num::f64::ANY, upper in proptest::num::f64::ANY,
            left in 0u64..5000, dropped in 0u64..5000, of in 0u64..5000,
        ) {
            let effect = Estimate::new(value, lower, upper);
            let axis = balance_axis(&[value]);
            let one = PeriodDifference { period: value, effect, is_before: true, is_reference: false };
            for drawing in [
                coefficient(&axis, effect, Ink::Plain),
                strip(&axis, effect, Interval::new(lower, upper), Ink::Plain),
                balance(&axis, value),
                flow(left, dropped, of),
                event_study(&[one], &NumberStyle::english()),
            ] {
                prop_assert!(across(&drawing).iter().all(|x| (-1e-6..=100.000_001).contains(x)), "{:?}", drawing);
            }
        }
    }
}
