//! A drawing of one cell or one figure as plain shapes, so that a page (SVG) and a typeset document draw the same thing.
//!
//! Across is percent of the width, down is px, as in [`crate::rows`]: nothing shrinks on a narrow page, and text keeps
//! its size. A shape has an [`Ink`] and no colour. Left out: the colours, which the page's style sheet and the document's
//! template give, and where shapes go, which the chart modules decide.

use crate::marks::{pct, px};
use crate::text;
use maud::{Markup, html};

/// What a shape is drawn for; the class in the page's style sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ink {
    /// The line of no difference, and axes.
    Zero,
    /// A faint rule at a tick.
    Rule,
    /// An estimate that is neither clearly better nor clearly worse.
    Plain,
    /// Better for clients.
    Better,
    /// Worse for clients.
    Worse,
    /// A reference, or something that was set aside.
    Grey,
    /// A pale ground.
    Tint,
}

impl Ink {
    /// Class of lines.
    fn line(self) -> &'static str {
        match self {
            Self::Zero => "z",
            Self::Rule | Self::Tint => "g",
            Self::Plain => "ci",
            Self::Better => "bl",
            Self::Worse => "hl",
            Self::Grey => "shl",
        }
    }

    /// Class of filled shapes.
    fn fill(self) -> &'static str {
        match self {
            Self::Zero | Self::Plain => "e",
            Self::Rule => "bar",
            Self::Better => "b",
            Self::Worse => "hf",
            Self::Grey => "gf",
            Self::Tint => "tn",
        }
    }
}

/// Where a label is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// At its start.
    Start,
    /// In its middle.
    Middle,
    /// At its end.
    End,
}

/// A point: percent across, px down.
pub type Point = (f64, f64);

/// One shape.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// A straight line.
    Line {
        /// Its ink.
        ink: Ink,
        /// One end.
        from: Point,
        /// The other end.
        to: Point,
    },
    /// A filled square around a point, `side` px wide.
    Square {
        /// Its ink.
        ink: Ink,
        /// Its middle.
        at: Point,
        /// Side, px.
        side: f64,
    },
    /// A dot around a point, filled or open.
    Dot {
        /// Its ink.
        ink: Ink,
        /// Its middle.
        at: Point,
        /// Radius, px.
        radius: f64,
        /// Whether only its outline is drawn, on the ground's colour.
        is_open: bool,
    },
    /// A filled bar from one percent to another.
    Bar {
        /// Its ink.
        ink: Ink,
        /// Upper left corner.
        from: Point,
        /// Lower right corner.
        to: Point,
    },
    /// An arrowhead at the edge: the interval goes on.
    Cut {
        /// Its ink.
        ink: Ink,
        /// At the right edge, else at the left.
        is_right: bool,
        /// Height, px.
        y: f64,
    },
    /// Text, 12 px, its baseline at the point.
    Label {
        /// Where.
        at: Point,
        /// How it is held there.
        anchor: Anchor,
        /// The text.
        text: String,
    },
}

/// Shapes, and the height they need.
#[derive(Debug, Clone, PartialEq)]
pub struct Drawing {
    /// Height, px.
    pub height: f64,
    /// The shapes, the lowest layer first.
    pub shapes: Vec<Shape>,
}

impl Drawing {
    /// The drawing of a table's cell: hidden from assistive technology, since the cells beside it hold the numbers.
    pub fn cell(&self) -> Markup {
        html! { svg.pl height=(px(self.height)) aria-hidden="true" { (self.shapes()) } }
    }

    /// The drawing as a figure with a description.
    pub fn figure(&self, description: &str) -> Markup {
        html! {
            svg.pl height=(px(self.height)) role="img" aria-label=(text::clean(description)) { (self.shapes()) }
        }
    }

    fn shapes(&self) -> Markup {
        html! { @for shape in &self.shapes { (svg(shape)) } }
    }
}

fn svg(shape: &Shape) -> Markup {
    match shape {
        Shape::Line { ink, from, to } => html! {
            line class=(ink.line()) x1=(pct(from.0)) y1=(px(from.1)) x2=(pct(to.0)) y2=(px(to.1)) {}
        },
        Shape::Square { ink, at, side } => html! {
            rect class=(ink.fill()) x=(pct(at.0)) y=(px(at.1 - side / 2.0)) width=(px(*side)) height=(px(*side))
                transform={ "translate(-" (px(side / 2.0)) ")" } {}
        },
        Shape::Dot { ink, at, radius, is_open } => html! {
            circle class=(if *is_open { "sh" } else { ink.fill() }) cx=(pct(at.0)) cy=(px(at.1)) r=(px(*radius)) {}
        },
        Shape::Bar { ink, from, to } => html! {
            rect class=(ink.fill()) x=(pct(from.0)) y=(px(from.1)) width=(pct(to.0 - from.0)) height=(px(to.1 - from.1)) {}
        },
        Shape::Cut { ink, is_right, y } => html! {
            svg class="cut" x=(if *is_right { "100%" } else { "0%" }) y=(px(*y)) {
                path class=(ink.fill()) d=(if *is_right { "M-8-5 0 0-8 5z" } else { "M8-5 0 0 8 5z" }) {}
            }
        },
        Shape::Label { at, anchor, text } => html! {
            text x=(pct(at.0)) y=(px(at.1)) text-anchor=(match anchor {
                Anchor::Start => "start",
                Anchor::Middle => "middle",
                Anchor::End => "end",
            }) { (text::clean(text)) }
        },
    }
}
