//! Why an act did not happen, in a form that a page and a mail can both put into words.
//!
//! Rule: a refusal names its code (the name of a text), the field it is about where there is one, and what the text
//! mentions. Nothing was written when an act is refused.

use crate::access::{Act, Verdict};
use whatworks_store::StoreError;

/// Why nothing happened.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// Nobody is signed in, and this needs it.
    #[error("sign in first")]
    SignIn,
    /// The role has power, and this session lacks a (fresh) second factor.
    #[error("a second factor is needed")]
    SecondFactor,
    /// Not this member, or not on this object.
    #[error("not allowed: {0:?}")]
    NotAllowed(Act),
    /// What it was about does not exist, or this member may not know that it does.
    #[error("there is no such {0}")]
    Missing(&'static str),
    /// What was asked breaks a rule.
    #[error("{code} ({field})")]
    Fault {
        /// The form's field, blank when it is about the whole.
        field: &'static str,
        /// The name of the text that says what and how to mend it.
        code: &'static str,
        /// What the text mentions, by name.
        mentions: Vec<(&'static str, String)>,
    },
    /// Too often; how many seconds to wait.
    #[error("too often; wait {0} s")]
    TooOften(u64),
    /// The store could not do it.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Refused {
    /// A fault of one field, whose text mentions nothing.
    pub fn fault(field: &'static str, code: &'static str) -> Self {
        Self::Fault { field, code, mentions: Vec::new() }
    }

    /// The refusal that a verdict stands for; none when it allows.
    pub fn of(verdict: Verdict, act: Act) -> Option<Self> {
        match verdict {
            Verdict::Allowed => None,
            Verdict::SignIn => Some(Self::SignIn),
            Verdict::SecondFactor => Some(Self::SecondFactor),
            Verdict::Refused => Some(Self::NotAllowed(act)),
        }
    }
}
