//! Belief and evidence side by side: what the syntheses under a claim say, what members say, and whether they part.
//!
//! Rules. **Evidence**: the syntheses that can tell decide; when they say different things it is mixed, when none can
//! tell it is open; the certainty is the lowest of those that decide. It supports a claim that asserts the same, and
//! speaks against one that asserts what cannot be at the same time, from low certainty on. **Belief**: members believe
//! a claim when the 95 % Wilson interval of the share that agrees, of all who saw its statements, lies at or above one
//! half, and disbelieve it when that of the share that disagrees does; under 8 who saw it there is no belief to speak
//! of. **Divergent**: believed against the evidence, or disbelieved against it. Never combined into one number.

use crate::map::EvidenceMap;
use crate::verdict::Reading;
use whatworks_domain::{Certainty, PoolKey, Says};
use whatworks_stats::opinion::wilson;

/// Fewest who saw a claim's statements before there is a belief.
pub const LEAST_SEEN: usize = 8;

/// What the syntheses under a claim say together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Weighed {
    /// Which way.
    pub says: Says,
    /// How sure.
    pub certainty: Certainty,
}

/// What one synthesis says.
fn of_reading(reading: Option<Reading>) -> Says {
    match reading {
        Some(Reading::ClearlyBetter | Reading::LeansBetter) => Says::Better,
        Some(Reading::ClearlyWorse | Reading::LeansWorse) => Says::Worse,
        Some(Reading::LittleOrNone) => Says::Little,
        Some(Reading::Higher) => Says::Higher,
        Some(Reading::Lower) => Says::Lower,
        Some(Reading::CannotTell) | None => Says::Open,
    }
}

/// What these say together.
pub fn weigh(syntheses: &[Weighed]) -> Weighed {
    let lowest = |some: &[Weighed]| some.iter().map(|one| one.certainty).min().unwrap_or(Certainty::NotRated);
    let deciding: Vec<Weighed> = syntheses.iter().copied().filter(|one| one.says != Says::Open).collect();
    let Some(first) = deciding.first() else {
        return Weighed { says: Says::Open, certainty: lowest(syntheses) };
    };
    let is_one = deciding.iter().all(|one| one.says == first.says);
    Weighed { says: if is_one { first.says } else { Says::Mixed }, certainty: lowest(&deciding) }
}

/// What the evidence says now of a claim that rests on these syntheses. One that is not in the evidence any more is
/// open and not rated.
pub fn weigh_in(map: &EvidenceMap, rests_on: &[PoolKey]) -> Weighed {
    let one = |key: &PoolKey| match map.find(key) {
        Some(found) => Weighed {
            says: of_reading(found.verdict.map(|verdict| verdict.reading)),
            certainty: found.judgement.certainty,
        },
        None => Weighed { says: Says::Open, certainty: Certainty::NotRated },
    };
    weigh(&rests_on.iter().map(one).collect::<Vec<_>>())
}

/// How something stands to a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// For it.
    For,
    /// Against it.
    Against,
    /// Neither.
    Neither,
}

/// How the evidence stands to a claim that asserts this.
pub fn evidence_side(asserts: Says, weighed: Weighed) -> Side {
    if weighed.certainty < Certainty::Low {
        Side::Neither
    } else if weighed.says == asserts {
        Side::For
    } else if weighed.says.opposes(asserts) {
        Side::Against
    } else {
        Side::Neither
    }
}

/// Votes on the statements of a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Belief {
    /// Agree.
    pub agree: usize,
    /// Disagree.
    pub disagree: usize,
    /// Pass, without a view.
    pub pass: usize,
}

impl Belief {
    /// All who saw it.
    pub fn seen(self) -> usize {
        self.agree + self.disagree + self.pass
    }

    /// How members stand to the claim.
    pub fn side(self) -> Side {
        let seen = self.seen();
        if seen < LEAST_SEEN {
            Side::Neither
        } else if wilson(self.agree, seen).low >= 0.5 {
            Side::For
        } else if wilson(self.disagree, seen).low >= 0.5 {
            Side::Against
        } else {
            Side::Neither
        }
    }
}

/// Whether belief and evidence part.
pub fn is_divergent(asserts: Says, weighed: Weighed, belief: Belief) -> bool {
    matches!(
        (evidence_side(asserts, weighed), belief.side()),
        (Side::For, Side::Against) | (Side::Against, Side::For)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn weighed(says: Says, certainty: Certainty) -> Weighed {
        Weighed { says, certainty }
    }

    #[test]
    fn those_that_can_tell_decide() {
        let (low, moderate) = (Certainty::Low, Certainty::Moderate);
        assert_eq!(weigh(&[]), weighed(Says::Open, Certainty::NotRated));
        let open = weighed(Says::Open, Certainty::VeryLow);
        assert_eq!(weigh(&[open, weighed(Says::Better, moderate)]), weighed(Says::Better, moderate));
        let same = [weighed(Says::Little, low), weighed(Says::Little, moderate)];
        assert_eq!(weigh(&same), weighed(Says::Little, low));
        let apart = [weighed(Says::Better, moderate), weighed(Says::Worse, Certainty::High)];
        assert_eq!(weigh(&apart), weighed(Says::Mixed, moderate));
    }

    #[test]
    fn belief_and_evidence_part_only_when_both_are_firm() {
        let believed = Belief { agree: 16, disagree: 2, pass: 2 };
        let disbelieved = Belief { agree: 2, disagree: 16, pass: 2 };
        let undecided = Belief { agree: 10, disagree: 6, pass: 4 };
        let worse = weighed(Says::Worse, Certainty::Low);
        assert!(is_divergent(Says::Better, worse, believed));
        assert!(!is_divergent(Says::Better, worse, undecided));
        assert!(!is_divergent(Says::Better, worse, disbelieved));
        assert!(is_divergent(Says::Worse, worse, disbelieved));
        assert!(!is_divergent(Says::Better, weighed(Says::Worse, Certainty::VeryLow), believed));
        assert!(!is_divergent(Says::Better, weighed(Says::Mixed, Certainty::High), believed));
        assert_eq!(Belief { agree: 7, disagree: 0, pass: 0 }.side(), Side::Neither);
        assert_eq!(Belief { agree: 8, disagree: 0, pass: 0 }.side(), Side::For);
    }

    #[test]
    fn the_shipped_evidence_weighs_a_claim() {
        let catalogue = crate::base::catalogue().unwrap();
        let findings = crate::base::findings(&catalogue).unwrap();
        let map = crate::map::evidence_map(&findings, &catalogue).unwrap();
        let key = map.assessments.iter().find(|one| one.synthesis.k > 2).unwrap().key.clone();
        let gone: PoolKey = "no.such~no-offer~business.profit~ITT".parse().unwrap();
        assert_eq!(weigh_in(&map, std::slice::from_ref(&gone)), weighed(Says::Open, Certainty::NotRated));
        assert!(weigh_in(&map, &[key]).certainty > Certainty::NotRated);
    }
}
