//! Charts as SVG: row fragments for tables in a page, and whole documents for download.
//!
//! Everything is drawn from plain numbers and from labels already translated; no browser, no script, no inline
//! style, the same bytes for the same input. Left out: where the numbers come from (`whatworks-stats`), what
//! they mean for clients (`whatworks-evidence`), and the page around a fragment (`whatworks-web`).

pub mod axis;
pub mod format;
pub mod interval;
pub mod marks;
pub mod rows;
pub mod text;

pub use axis::{Axis, Position, Scale};
pub use format::NumberStyle;
pub use interval::{Estimate, Interval};
pub use marks::{SquareScale, Standing};
