//! A claim: one sentence that someone could be quoted on, the syntheses it rests on, and how sure it is.

use crate::certainty::Certainty;
use crate::member::words;
use crate::pool_key::PoolKey;

/// Longest claim, in characters: one sentence, not a paragraph.
pub const MAX_SENTENCE_LENGTH: usize = 300;

words! {
    /// What evidence says about clients, or what a sentence says that it does.
    Says {
        /// Clients are better off.
        Better = "better",
        /// Clients are worse off.
        Worse = "worse",
        /// Little or no difference.
        Little = "little",
        /// Higher, where neither direction is good in itself.
        Higher = "higher",
        /// Lower, where neither direction is good in itself.
        Lower = "lower",
        /// One thing here, another there.
        Mixed = "mixed",
        /// Nobody can tell yet.
        Open = "open",
    }
}

impl Says {
    /// Whether both cannot be: better and worse, higher and lower, and each of them and little difference. Mixed and
    /// open evidence contradicts nothing.
    pub fn opposes(self, other: Self) -> bool {
        use Says::{Better, Higher, Little, Lower, Worse};
        let one_way = |a: Self, b: Self| match a {
            Better => matches!(b, Worse | Little),
            Worse | Higher | Lower => b == Little || (a == Higher && b == Lower),
            _ => false,
        };
        one_way(self, other) || one_way(other, self)
    }
}

/// One sentence with its evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    sentence: String,
    rests_on: Vec<PoolKey>,
    certainty: Certainty,
}

/// Why a claim was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ClaimError {
    /// The sentence is empty.
    #[error("a claim needs a sentence")]
    Empty,
    /// The sentence is longer than [`MAX_SENTENCE_LENGTH`].
    #[error("the claim has {0} characters; {MAX_SENTENCE_LENGTH} is the most")]
    TooLong(usize),
    /// A rated claim names no synthesis.
    #[error("a claim that is rated must name the synthesis it rests on")]
    NoSynthesis,
}

impl Claim {
    /// Makes a claim. A claim that nobody has studied something rests on no synthesis and is not rated.
    ///
    /// # Errors
    /// [`ClaimError`] for an empty or over-long sentence, or a certainty without a synthesis under it.
    pub fn new(sentence: &str, rests_on: Vec<PoolKey>, certainty: Certainty) -> Result<Self, ClaimError> {
        let sentence = sentence.trim();
        let length = sentence.chars().count();
        if length == 0 {
            return Err(ClaimError::Empty);
        }
        if length > MAX_SENTENCE_LENGTH {
            return Err(ClaimError::TooLong(length));
        }
        if rests_on.is_empty() && certainty != Certainty::NotRated {
            return Err(ClaimError::NoSynthesis);
        }
        Ok(Self { sentence: sentence.to_owned(), rests_on, certainty })
    }

    /// The sentence.
    pub fn sentence(&self) -> &str {
        &self.sentence
    }
    /// The syntheses under it.
    pub fn rests_on(&self) -> &[PoolKey] {
        &self.rests_on
    }
    /// How sure it is.
    pub fn certainty(&self) -> Certainty {
        self.certainty
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_cannot_both_be_opposes() {
        for one in Says::ALL {
            assert!(!one.opposes(*one) && !one.opposes(Says::Open) && !one.opposes(Says::Mixed));
            for other in Says::ALL {
                assert_eq!(one.opposes(*other), other.opposes(*one), "{one:?} {other:?}");
            }
        }
        let opposed = |one: Says| Says::ALL.iter().filter(|other| one.opposes(**other)).count();
        assert_eq!(Says::ALL.iter().map(|one| opposed(*one)).collect::<Vec<_>>(), [2, 2, 4, 2, 2, 0, 0]);
    }

    #[test]
    fn a_rated_claim_needs_its_synthesis() {
        assert_eq!(Claim::new(" ", vec![], Certainty::NotRated), Err(ClaimError::Empty));
        assert_eq!(Claim::new("x", vec![], Certainty::Low), Err(ClaimError::NoSynthesis));
        assert!(Claim::new("Nobody has studied it.", vec![], Certainty::NotRated).is_ok());
    }
}
