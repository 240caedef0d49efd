//! Statements that members vote on, and the vote.
//!
//! Rule (D3, D10 of the forum's design): at most 280 characters, one line, a sentence that can be agreed with; a
//! statement is never edited once voted on, another wording replaces it. A pass says why: it is unclear, I have no
//! view, it is not my field. Only "no view" counts as a middle; "not my field" is as if it had not been seen.

use crate::member::{is_direction_mark, words};

/// Longest statement, in characters.
pub const MAX_STATEMENT_LENGTH: usize = 280;

/// Why a statement was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StatementError {
    /// Blank.
    #[error("a statement needs words")]
    Empty,
    /// Over [`MAX_STATEMENT_LENGTH`].
    #[error("the statement has {0} characters; {MAX_STATEMENT_LENGTH} is the most")]
    TooLong(usize),
    /// A question cannot be agreed with.
    #[error("a statement is something to agree or disagree with, not a question")]
    Question,
}

/// A statement as it is kept: one line, single spaces.
///
/// # Errors
/// [`StatementError`].
pub fn statement_text(text: &str) -> Result<String, StatementError> {
    let kept = |c: &char| !c.is_control() && !is_direction_mark(*c);
    let words = text.split_whitespace().map(|word| word.chars().filter(kept).collect::<String>());
    let text = words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    let length = text.chars().count();
    if length == 0 {
        return Err(StatementError::Empty);
    }
    if length > MAX_STATEMENT_LENGTH {
        return Err(StatementError::TooLong(length));
    }
    if text.ends_with(['?', '？', '؟']) {
        return Err(StatementError::Question);
    }
    Ok(text)
}

/// Whether a statement may hold two ideas, so that its author is asked to split it: two sentences, or a semicolon.
pub fn statement_hint(text: &str) -> bool {
    let inner = text.trim_end_matches(['.', '!', '…', '。']);
    inner.contains(';') || inner.contains(". ") || inner.contains("! ")
}

words! {
    /// Why someone passes.
    PassReason {
        /// The statement is unclear; its editors are told.
        Unclear = "unclear",
        /// I have no view: the middle.
        NoView = "no-view",
        /// Not my field: as if not seen.
        NotMyField = "not-my-field",
    }
}

/// One vote on one statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ballot {
    /// Agree, +1.
    Agree,
    /// Disagree, −1.
    Disagree,
    /// Pass, with its reason.
    Pass(PassReason),
}

impl Ballot {
    /// The words in tables and forms: the vote, and the reason of a pass (blank otherwise).
    pub fn codes(self) -> (&'static str, &'static str) {
        match self {
            Self::Agree => ("agree", ""),
            Self::Disagree => ("disagree", ""),
            Self::Pass(reason) => ("pass", reason.code()),
        }
    }

    /// The vote of its words; a pass without a reason is "no view". None for anything else.
    pub fn find(vote: &str, reason: &str) -> Option<Self> {
        match vote {
            "agree" => Some(Self::Agree),
            "disagree" => Some(Self::Disagree),
            "pass" if reason.is_empty() => Some(Self::Pass(PassReason::NoView)),
            "pass" => PassReason::find(reason).map(Self::Pass),
            _ => None,
        }
    }

    /// The vote as a number: +1, −1, 0. None for "not my field", which counts as unseen.
    pub fn value(self) -> Option<i8> {
        match self {
            Self::Agree => Some(1),
            Self::Disagree => Some(-1),
            Self::Pass(PassReason::NotMyField) => None,
            Self::Pass(_) => Some(0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_is_one_line_that_can_be_agreed_with() {
        assert_eq!(statement_text(" Groups\n break over time.\u{202e} ").unwrap(), "Groups break over time.");
        assert_eq!(statement_text("Do groups break?"), Err(StatementError::Question));
        assert_eq!(statement_text(" \n"), Err(StatementError::Empty));
        assert_eq!(statement_text(&"x".repeat(281)), Err(StatementError::TooLong(281)));
        assert!(statement_hint("Groups repay. Meetings are long."));
        assert!(!statement_hint("Groups repay more often than single clients."));
    }

    #[test]
    fn votes_have_words_both_ways() {
        for ballot in [
            Ballot::Agree,
            Ballot::Disagree,
            Ballot::Pass(PassReason::Unclear),
            Ballot::Pass(PassReason::NoView),
            Ballot::Pass(PassReason::NotMyField),
        ] {
            let (vote, reason) = ballot.codes();
            assert_eq!(Ballot::find(vote, reason), Some(ballot));
        }
        assert_eq!(Ballot::find("pass", "bored"), None);
        assert_eq!(Ballot::find("maybe", ""), None);
        assert_eq!(Ballot::Pass(PassReason::NotMyField).value(), None);
    }
}
