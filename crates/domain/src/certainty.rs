//! How sure: the four levels of GRADE (Guyatt et al. 2008, BMJ 336:924) and "not rated".

use serde::{Deserialize, Serialize};
use std::fmt;

/// Certainty of a synthesis, lowest first so that `min` is the careful choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Certainty {
    /// Cannot be rated: no standard error, or someone else's synthesis.
    NotRated,
    /// Very uncertain about the effect.
    VeryLow,
    /// The true effect may be substantially different.
    Low,
    /// The true effect is probably close.
    Moderate,
    /// Very confident that the true effect is close.
    High,
}

impl Certainty {
    /// The name used in files and addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NotRated => "not-rated",
            Self::VeryLow => "very-low",
            Self::Low => "low",
            Self::Moderate => "moderate",
            Self::High => "high",
        }
    }

    /// Goes down by a number of levels; never under very low. What is not rated stays so.
    #[must_use]
    pub fn down(self, levels: u8) -> Self {
        let order = [Self::VeryLow, Self::Low, Self::Moderate, Self::High];
        match order.iter().position(|level| *level == self) {
            None => Self::NotRated,
            Some(at) => order[at.saturating_sub(usize::from(levels))],
        }
    }

    /// Filled marks of four: 0 for not rated, 1 for very low, 4 for high.
    pub fn marks(self) -> u8 {
        match self {
            Self::NotRated => 0,
            Self::VeryLow => 1,
            Self::Low => 2,
            Self::Moderate => 3,
            Self::High => 4,
        }
    }
}

impl fmt::Display for Certainty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn goes_down_and_stops_at_very_low() {
        assert_eq!(Certainty::High.down(1), Certainty::Moderate);
        assert_eq!(Certainty::Low.down(3), Certainty::VeryLow);
        assert_eq!(Certainty::NotRated.down(1), Certainty::NotRated);
    }
}
