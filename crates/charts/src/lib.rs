//! Charts as SVG: row fragments for tables in a page, and whole documents for download.
//!
//! Everything is drawn from plain numbers and from labels already translated; no browser, no script, no inline
//! style, the same bytes for the same input. Left out: where the numbers come from (`whatworks-stats`), what
//! they mean for clients (`whatworks-evidence`), and the page around a fragment (`whatworks-web`).

pub mod axis;
mod document;
pub mod drawing;
pub mod forest;
pub mod format;
pub mod funnel;
pub mod interval;
mod label_places;
pub mod marks;
pub mod opinion;
pub mod rows;
pub mod squares;
pub mod study;
mod table;
pub mod text;

pub use axis::{Axis, Position, Scale};
pub use drawing::{Anchor, Drawing, Ink, Shape};
pub use forest::{CumulativeForest, Forest, render_cumulative_forest, render_forest};
pub use format::NumberStyle;
pub use funnel::{Funnel, render_funnel};
pub use interval::{Estimate, Interval};
pub use marks::{SquareScale, Standing};
pub use opinion::{GroupMark, OpinionPlot, PlotGroup, agreement_row, opinion_map, render_opinion_map};
pub use squares::{EvidenceSquares, Square, render_evidence_squares};
