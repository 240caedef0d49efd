//! The key of a pool: practice, comparator, outcome, estimand. It is also the id of the synthesis' page.
//!
//! Written `practice~comparator~outcome~estimand`; `~` needs no escaping in an address and no id may hold it.

use crate::estimand::Estimand;
use crate::id::{ComparatorId, OutcomeId, PracticeId};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// What must be equal for two findings to be pooled.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PoolKey {
    /// The practice whose effect is asked for.
    pub practice: PracticeId,
    /// What it is compared with.
    pub comparator: ComparatorId,
    /// The outcome.
    pub outcome: OutcomeId,
    /// What is estimated: the offer's effect, the effect on takers, an association.
    pub estimand: Estimand,
}

/// The text is not a pool key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not practice~comparator~outcome~estimand")]
pub struct PoolKeyError(String);

impl fmt::Display for PoolKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}~{}~{}~{}", self.practice, self.comparator, self.outcome, self.estimand)
    }
}

impl FromStr for PoolKey {
    type Err = PoolKeyError;
    fn from_str(text: &str) -> Result<Self, PoolKeyError> {
        let refused = || PoolKeyError(text.chars().take(80).collect());
        let parts: Vec<&str> = text.split('~').collect();
        let [practice, comparator, outcome, estimand] = parts[..] else { return Err(refused()) };
        Ok(Self {
            practice: PracticeId::new(practice).map_err(|_| refused())?,
            comparator: ComparatorId::new(comparator).map_err(|_| refused())?,
            outcome: OutcomeId::new(outcome).map_err(|_| refused())?,
            estimand: estimand.parse().map_err(|_| refused())?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_survives_its_own_text() {
        let text = "credit.access~no-offer~business.profit~ITT";
        let key: PoolKey = text.parse().unwrap();
        assert_eq!(key.to_string(), text);
        assert!("credit.access~no-offer~business.profit".parse::<PoolKey>().is_err());
        assert!("a~b~c~d".parse::<PoolKey>().is_err());
    }
}
