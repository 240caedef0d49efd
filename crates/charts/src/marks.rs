//! The marks from which row charts are made: one SVG element or two each, percent across and pixels down.
//!
//! A mark carries a class and no colour: the page's style sheet, or the one embedded in a standalone chart,
//! gives it ink. Elements are written with an end tag, since the same bytes must be read as HTML and as XML.

use crate::axis::{Axis, Position};
use crate::interval::{Estimate, Interval, larger, smaller};
use maud::{Markup, html};

/// What a reader should think of an estimate before its size.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Standing {
    /// In the pool, nothing against it.
    #[default]
    Ordinary,
    /// The whole interval is worse for clients.
    Worse,
    /// A check raised a doubt (a unit slip); the study stays visible.
    Suspected,
    /// Replaced by a newer estimate of the same thing.
    Superseded,
    /// Left out of the pool, for a reason printed beside it.
    Excluded,
}

impl Standing {
    fn square(self) -> &'static str {
        match self {
            Self::Ordinary => "e",
            Self::Worse => "hf",
            Self::Suspected => "sus",
            Self::Superseded | Self::Excluded => "sh",
        }
    }

    fn line(self) -> &'static str {
        match self {
            Self::Ordinary | Self::Suspected => "ci",
            Self::Worse => "hl",
            Self::Superseded | Self::Excluded => "shl",
        }
    }

    fn arrowhead(self) -> &'static str {
        match self {
            Self::Ordinary => "e",
            Self::Suspected => "sus",
            Self::Worse => "hf",
            Self::Superseded | Self::Excluded => "gf",
        }
    }
}

/// Turns a study's share of the weight into the side of its square, so that areas compare within one chart.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SquareScale {
    side_at_one: f64,
}

impl SquareScale {
    /// Smallest side, px: a lighter study is drawn a little too large rather than not at all.
    pub const SMALLEST: f64 = 4.0;
    /// Largest side, px.
    pub const LARGEST: f64 = 18.0;

    /// The scale for a chart with these shares of the weight (0 to 1; those not finite are ignored). The
    /// heaviest study gets the largest side, unless many share the weight evenly: then all stay smaller.
    pub fn of(shares: impl IntoIterator<Item = f64>) -> Self {
        let heaviest = shares.into_iter().filter(|w| w.is_finite()).fold(0.0, larger);
        let side_at_one = if heaviest > 0.0 { smaller(Self::LARGEST / heaviest.sqrt(), 40.0) } else { 24.0 };
        Self { side_at_one }
    }

    /// Side in px of the square for a share of the weight; a study without a weight gets 8 px.
    pub fn side(self, share: Option<f64>) -> f64 {
        match share.filter(|w| w.is_finite() && *w >= 0.0) {
            Some(share) => (self.side_at_one * share.sqrt()).clamp(Self::SMALLEST, Self::LARGEST),
            None => 8.0,
        }
    }
}

/// Pixels with at most one decimal.
pub(crate) fn px(x: f64) -> String {
    let text = format!("{x:.1}");
    let short = text.strip_suffix(".0").unwrap_or(&text);
    if short == "-0" { "0".to_owned() } else { short.to_owned() }
}

/// A percentage with at most one decimal, as SVG writes it.
pub(crate) fn pct(x: f64) -> String {
    format!("{}%", px(x))
}

pub(crate) fn vertical(class: &str, percent: f64, top: f64, bottom: f64) -> Markup {
    let x = pct(percent);
    html! { line class=(class) x1=(x) x2=(x) y1=(px(top)) y2=(px(bottom)) {} }
}

pub(crate) fn horizontal(class: &str, from: f64, to: f64, y: f64) -> Markup {
    html! { line class=(class) x1=(pct(from)) x2=(pct(to)) y1=(px(y)) y2=(px(y)) {} }
}

/// The line of an interval at height `y`, with an arrowhead where it runs off the axis.
pub(crate) fn interval_line(axis: &Axis, interval: Interval, line: &str, arrowhead: &str, y: f64) -> Markup {
    let Some(interval) = interval.known() else { return html! {} };
    let (Some(left), Some(right)) = (axis.position(interval.lower), axis.position(interval.upper)) else {
        return html! {};
    };
    html! {
        @if axis.percent(interval.lower) < axis.percent(interval.upper) {
            (horizontal(line, axis.percent(interval.lower), axis.percent(interval.upper), y))
        } @else if matches!(left, Position::At(_)) && matches!(right, Position::At(_)) {
            (vertical(line, axis.percent(interval.lower), y - 1.0, y + 1.0))
        }
        @if left == Position::Below { (arrow_left(arrowhead, y)) }
        @if right == Position::Above { (arrow_right(arrowhead, y)) }
    }
}

fn arrow_left(class: &str, y: f64) -> Markup {
    html! { svg class="cut" x="0%" y=(px(y)) { path class=(class) fill="var(--line)" d="M8-5 0 0 8 5z" {} } }
}

fn arrow_right(class: &str, y: f64) -> Markup {
    html! { svg class="cut" x="100%" y=(px(y)) { path class=(class) fill="var(--line)" d="M-8-5 0 0-8 5z" {} } }
}

/// The square of a study at height `y`; nothing when the estimate is unknown or off the axis.
fn square(axis: &Axis, value: f64, class: &str, side: f64, y: f64) -> Markup {
    let Some(Position::At(at)) = axis.position(value) else { return html! {} };
    let half = side / 2.0;
    html! {
        rect class=(class) x=(pct(at)) y=(px(y - half)) width=(px(side)) height=(px(side))
            transform={ "translate(-" (px(half)) ")" } {}
    }
}

/// A study: interval and square.
pub(crate) fn study(axis: &Axis, estimate: Estimate, standing: Standing, side: f64, y: f64) -> Markup {
    // Doubt and exclusion show as an open square, which needs room for its inside to be seen.
    let side =
        if standing == Standing::Ordinary || standing == Standing::Worse { side } else { larger(side, 8.0) };
    html! {
        (interval_line(axis, Interval::new(estimate.lower, estimate.upper), standing.line(), standing.arrowhead(), y))
        (square(axis, estimate.value, standing.square(), side, y))
        @if estimate.interval().is_none() && axis.position(estimate.value) == Some(Position::Below) {
            (arrow_left(standing.arrowhead(), y))
        }
        @if estimate.interval().is_none() && axis.position(estimate.value) == Some(Position::Above) {
            (arrow_right(standing.arrowhead(), y))
        }
    }
}

/// A shrunken estimate: grey ring and dotted interval.
pub(crate) fn shrunken(axis: &Axis, estimate: Estimate, y: f64) -> Markup {
    html! {
        (interval_line(axis, Interval::new(estimate.lower, estimate.upper), "shl", "gf", y))
        (dot(axis, estimate.value, "sh", 4.5, y))
    }
}

/// A dot at `value`; nothing when it is unknown or off the axis.
pub(crate) fn dot(axis: &Axis, value: f64, class: &str, radius: f64, y: f64) -> Markup {
    let Some(Position::At(at)) = axis.position(value) else { return html! {} };
    html! { circle class=(class) cx=(pct(at)) cy=(px(y)) r=(px(radius)) {} }
}

/// The diamond of an average effect, its width the interval, 16 px high around `y`. Where the interval runs off
/// the axis the diamond is cut straight and an arrowhead says so. Nothing when point or limits are unknown.
pub(crate) fn diamond(axis: &Axis, estimate: Estimate, class: &str, y: f64) -> Markup {
    let (Some(interval), Some(value)) = (estimate.interval(), estimate.point()) else { return html! {} };
    let (Some(left), Some(right)) = (axis.position(interval.lower), axis.position(interval.upper)) else {
        return html! {};
    };
    let (from, to) = (axis.percent(interval.lower), axis.percent(interval.upper));
    // The outline is worked out in the axis's own percent, then stretched over the visible part.
    let share = |x: f64| if to > from { (x - from) / (to - from) * 100.0 } else { 50.0 };
    let middle = share(axis.percent(value)).clamp(0.0, 100.0);
    let left_cut = left == Position::Below;
    let right_cut = right == Position::Above;
    let left_half = if left_cut { 2.5 } else { 0.0 };
    let right_half = if right_cut { 2.5 } else { 0.0 };
    let outline = format!(
        "M0 {} {} 0 100 {} 100 {} {} 10 0 {}z",
        px(5.0 - left_half),
        px(middle),
        px(5.0 - right_half),
        px(5.0 + right_half),
        px(middle),
        px(5.0 + left_half)
    );
    html! {
        @if to - from < 0.5 {
            (vertical(if class == "hf" { "hl" } else { "bl" }, from, y - 8.0, y + 8.0))
        } @else {
            svg x=(pct(from)) y=(px(y - 8.0)) width=(pct(to - from)) height="16" viewBox="0 0 100 10"
                preserveAspectRatio="none" { path class=(class) d=(outline) {} }
        }
        @if left_cut { (arrow_left(class, y)) }
        @if right_cut { (arrow_right(class, y)) }
    }
}

/// Where a new institution's effect would fall: dashes with end ticks around `y`.
pub(crate) fn prediction(axis: &Axis, interval: Interval, y: f64) -> Markup {
    let Some(interval) = interval.known() else { return html! {} };
    let (left, right) = (axis.position(interval.lower), axis.position(interval.upper));
    html! {
        (interval_line(axis, interval, "pi", "b", y))
        @for end in [left, right] {
            @if let Some(Position::At(at)) = end { (vertical("bl", at, y - 6.0, y + 6.0)) }
        }
    }
}

/// The line of no difference, from `top` to `bottom`; nothing on an axis without one.
pub(crate) fn no_difference(axis: &Axis, top: f64, bottom: f64) -> Markup {
    html! { @if let Some(at) = axis.no_difference_percent() { (vertical("z", at, top, bottom)) } }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::axis::Scale;

    fn axis() -> Axis {
        Axis::fit(Scale::Difference, &[Estimate::new(0.0, -10.0, 10.0)], &[])
    }

    #[test]
    fn area_grows_with_weight_between_the_limits() {
        let scale = SquareScale::of([0.49, 0.20, 0.004]);
        assert!((scale.side(Some(0.49)) - 18.0).abs() < 1e-9);
        assert_eq!(scale.side(Some(0.004)), 4.0);
        let areas = scale.side(Some(0.49)).powi(2) / scale.side(Some(0.20)).powi(2);
        assert!((areas - 0.49 / 0.20).abs() < 1e-9);
        assert_eq!(scale.side(None), 8.0);
        assert_eq!(scale.side(Some(f64::NAN)), 8.0);
        assert!(SquareScale::of([]).side(Some(0.5)) <= 18.0);
        assert!(SquareScale::of([0.05; 20]).side(Some(0.05)) < 14.0);
    }

    #[test]
    fn an_interval_past_the_axis_ends_in_an_arrowhead() {
        let axis = axis();
        let inside = study(&axis, Estimate::new(0.0, -5.0, 5.0), Standing::Ordinary, 8.0, 13.0).into_string();
        assert!(!inside.contains("cut"));
        let right =
            study(&axis, Estimate::new(0.0, -5.0, 500.0), Standing::Ordinary, 8.0, 13.0).into_string();
        assert_eq!(right.matches("class=\"cut\"").count(), 1);
        assert!(right.contains("x=\"100%\""));
        let both =
            study(&axis, Estimate::new(900.0, -500.0, 999.0), Standing::Worse, 8.0, 13.0).into_string();
        assert_eq!(both.matches("class=\"cut\"").count(), 2);
        assert!(!both.contains("<rect"));
    }

    #[test]
    fn what_is_not_finite_is_not_drawn() {
        let axis = axis();
        let unknown = Estimate::new(f64::NAN, f64::NAN, f64::INFINITY);
        for markup in [
            study(&axis, unknown, Standing::Ordinary, 8.0, 13.0),
            diamond(&axis, unknown, "dia", 15.0),
            shrunken(&axis, unknown, 13.0),
            prediction(&axis, Interval::new(f64::NAN, 1.0), 15.0),
        ] {
            assert_eq!(markup.into_string(), "");
        }
    }

    #[test]
    fn pixels_have_no_minus_zero() {
        assert_eq!(px(-0.01), "0");
        assert_eq!(px(4.5), "4.5");
        assert_eq!(pct(100.0), "100%");
    }
}
