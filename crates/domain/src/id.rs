//! Typed identifiers: a practice's id cannot be passed where an outcome's is wanted.
//!
//! Rule: 1 to 160 characters, ASCII letters, digits, `.`, `-`, `_` and `/`, starting with a letter or digit. That
//! makes every id safe in a URL path segment after percent-encoding `/`, in a file name and in SQL.

use serde::{Deserialize, Serialize};
use std::borrow::Borrow;
use std::fmt;
use std::sync::Arc;

/// Longest identifier, in characters.
pub const MAX_ID_LENGTH: usize = 160;

/// Why a text is not an identifier.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IdError {
    /// Nothing was given.
    #[error("the id is empty")]
    Empty,
    /// More than [`MAX_ID_LENGTH`] characters.
    #[error("the id has {0} characters; {MAX_ID_LENGTH} is the most")]
    TooLong(usize),
    /// A character outside the rule; the text itself is given.
    #[error(
        "the id “{0}” may hold only ASCII letters, digits, '.', '-', '_', '/', and starts with a letter or digit"
    )]
    Character(String),
}

fn check(text: &str) -> Result<(), IdError> {
    let Some(first) = text.chars().next() else { return Err(IdError::Empty) };
    let length = text.chars().count();
    if length > MAX_ID_LENGTH {
        return Err(IdError::TooLong(length));
    }
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '/');
    if !first.is_ascii_alphanumeric() || !text.chars().all(allowed) {
        return Err(IdError::Character(text.chars().take(60).collect()));
    }
    Ok(())
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(Arc<str>);

        impl $name {
            /// Checks the text and makes the id.
            ///
            /// # Errors
            /// [`IdError`] when the text is empty, too long or holds other characters.
            pub fn new(text: &str) -> Result<Self, IdError> {
                check(text)?;
                Ok(Self(Arc::from(text)))
            }
            /// The id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
        impl TryFrom<String> for $name {
            type Error = IdError;
            fn try_from(text: String) -> Result<Self, IdError> {
                Self::new(&text)
            }
        }
        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.0.to_string()
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }
    )*};
}

ids! {
    /// A family of practices, such as `credit.repayment`.
    FamilyId,
    /// A practice, such as `credit.repayment.grace-period`.
    PracticeId,
    /// What a practice is compared with, such as `immediate-repayment`.
    ComparatorId,
    /// An outcome, such as `business.profit`.
    OutcomeId,
    /// One of the ten outcome domains, such as `debt-stress`.
    DomainId,
    /// A study design, such as `cluster-randomised`.
    DesignId,
    /// A study, such as `angelucci2015`.
    StudyId,
    /// A finding: one estimate of one contrast on one outcome.
    FindingId,
    /// The people an estimate was made on: the key that keeps one sample from being counted twice.
    SampleId,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_holds_only_safe_characters() {
        assert!(PracticeId::new("credit.repayment.grace-period").is_ok());
        assert_eq!(PracticeId::new(""), Err(IdError::Empty));
        for bad in ["-x", "a b", "a\"b", "é", "a<b", "a~b", "a?b"] {
            assert!(matches!(PracticeId::new(bad), Err(IdError::Character(_))), "{bad}");
        }
        assert!(matches!(PracticeId::new(&"a".repeat(161)), Err(IdError::TooLong(161))));
    }
}
