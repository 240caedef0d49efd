//! Longer texts that members write, and where a post or a statement stands with the facilitators.
//!
//! Rule: line breaks are kept, other control and direction-changing characters are dropped; the text is never edited
//! otherwise. Left out: Markdown, which is for the page to render.

use crate::member::{is_direction_mark, words};

/// Longest post, in characters.
pub const MAX_POST_LENGTH: usize = 10_000;

/// Why a text was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// Nothing but blanks.
    #[error("there is no text")]
    Empty,
    /// Too long.
    #[error("the text has {found} characters; {most} is the most")]
    TooLong {
        /// Characters found.
        found: usize,
        /// The limit.
        most: usize,
    },
}

/// A text of several lines as it is kept.
///
/// # Errors
/// [`TextError`] when it is blank or longer than `most` characters.
pub fn body_text(text: &str, most: usize) -> Result<String, TextError> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let kept = |c: &char| (!c.is_control() || matches!(c, '\n' | '\t')) && !is_direction_mark(*c);
    let text: String = text.chars().filter(kept).collect();
    let text = text.trim().to_owned();
    match text.chars().count() {
        0 => Err(TextError::Empty),
        found if found > most => Err(TextError::TooLong { found, most }),
        _ => Ok(text),
    }
}

words! {
    /// Where a post stands.
    PostStatus {
        /// Waits for a facilitator.
        Held = "held",
        /// On the page.
        Shown = "shown",
        /// Was held and refused; its author can appeal.
        Rejected = "rejected",
        /// Was shown and taken down; its place in the thread stays.
        Removed = "removed",
    }
}

words! {
    /// Where a statement stands.
    StatementStatus {
        /// Waits for a facilitator.
        Held = "held",
        /// Open to vote.
        Shown = "shown",
        /// Taken out; it no longer counts in the mathematics.
        Out = "out",
        /// Another wording took its place.
        Replaced = "replaced",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_stay_and_tricks_go() {
        assert_eq!(body_text(" one\r\ntwo\u{202e}\u{7}\n", 20).unwrap(), "one\ntwo");
        assert_eq!(body_text(" \n\u{200e} ", 20), Err(TextError::Empty));
        assert_eq!(body_text("12345", 4), Err(TextError::TooLong { found: 5, most: 4 }));
    }
}
