//! Where all groups agree, and where two lie on opposite sides.
//!
//! A statement is common ground when in every group 8 or more saw it, 60 in 100 or more agree, the 95 % interval of
//! that share (Wilson) stays at or above one half, and the interval of the share that disagrees stays below 35 in 100.
//! Its score is the smallest lower limit over the groups. Without groups the lower limit over all must reach 60 in 100.
//! Two groups lie on opposite sides when the interval of the agreeing share is above one half in the one and below in
//! the other. The same rules serve declared segments.
//!
//! Left out: the product over groups (see [`super::polis`]), agreement on rejecting a statement.

use super::VoteCounts;
use super::shares::wilson;
use crate::num::smaller;

/// Answers that a group needs.
const LEAST_SEEN: usize = 8;
/// Lower limit of the agreeing share in each group.
const LEAST_LIMIT: f64 = 0.5;
/// Agreeing share in each group.
const LEAST_SHARE: f64 = 0.6;
/// Upper limit of the disagreeing share in each group.
const MOST_AGAINST: f64 = 0.35;
/// Lower limit of the agreeing share over all, without groups.
const LEAST_LIMIT_OF_ALL: f64 = 0.6;

/// Whether a statement is common ground.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CommonGround {
    /// Smallest lower limit of the agreeing share over the groups; 0 without groups.
    pub score: f64,
    /// Whether the rule holds.
    pub holds: bool,
}

/// One statement's answers by group.
pub fn common_ground(groups: &[VoteCounts]) -> CommonGround {
    let lowest = groups.iter().map(|counts| wilson(counts.agree, counts.seen()).low).fold(1.0, smaller);
    let holds = !groups.is_empty()
        && groups.iter().all(|counts| {
            let agree = wilson(counts.agree, counts.seen());
            let against = wilson(counts.disagree, counts.seen());
            counts.seen() >= LEAST_SEEN
                && agree.low >= LEAST_LIMIT
                && agree.value >= LEAST_SHARE
                && against.high < MOST_AGAINST
        });
    CommonGround { score: if groups.is_empty() { 0.0 } else { lowest }, holds }
}

/// One statement's answers by all, when the votes support no groups.
pub fn common_ground_without_groups(all: VoteCounts) -> CommonGround {
    let score = wilson(all.agree, all.seen()).low;
    CommonGround { score, holds: all.seen() >= LEAST_SEEN && score >= LEAST_LIMIT_OF_ALL }
}

/// Two groups on opposite sides of one half, the agreeing one first: those furthest apart, the first of equals. Groups
/// that fewer than 8 answered in are left out.
pub fn opposite_sides(groups: &[VoteCounts]) -> Option<(usize, usize)> {
    let shares: Vec<_> = groups
        .iter()
        .enumerate()
        .filter(|(_, counts)| counts.seen() >= LEAST_SEEN)
        .map(|(group, counts)| (group, wilson(counts.agree, counts.seen())))
        .collect();
    let mut best: Option<(usize, usize, f64)> = None;
    for (above, high) in shares.iter().filter(|(_, share)| share.low > 0.5) {
        for (below, low) in shares.iter().filter(|(_, share)| share.high < 0.5) {
            let gap = high.value - low.value;
            if best.is_none_or(|best| gap > best.2) {
                best = Some((*above, *below, gap));
            }
        }
    }
    best.map(|(above, below, _)| (above, below))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(agree: usize, disagree: usize, pass: usize) -> VoteCounts {
        VoteCounts { agree, disagree, pass }
    }

    /// The rows of the look's discussion: 22 of 25 and 17 of 21 agree.
    #[test]
    fn every_condition_of_common_ground_counts() {
        assert!(common_ground(&[counts(22, 2, 1), counts(17, 3, 1)]).holds);
        assert!((common_ground(&[counts(22, 2, 1), counts(17, 3, 1)]).score - 0.600).abs() < 5e-4);
        // Too few answers, interval below one half, too many against.
        assert!(!common_ground(&[counts(22, 2, 1), counts(7, 0, 0)]).holds);
        assert!(!common_ground(&[counts(22, 2, 1), counts(12, 4, 4)]).holds);
        assert!(!common_ground(&[counts(60, 40, 0), counts(90, 0, 10)]).holds);
        assert!(
            common_ground(&[counts(60, 20, 20), counts(90, 0, 10)]).holds == (wilson(60, 100).low >= 0.5)
        );
        assert!(!common_ground(&[]).holds);
        assert!(common_ground_without_groups(counts(30, 5, 3)).holds);
        assert!(!common_ground_without_groups(counts(6, 0, 0)).holds);
        assert!(!common_ground_without_groups(counts(60, 40, 0)).holds);
    }

    #[test]
    fn opposite_sides_take_the_widest_pair() {
        assert_eq!(opposite_sides(&[counts(24, 3, 0), counts(2, 20, 0)]), Some((0, 1)));
        assert_eq!(opposite_sides(&[counts(2, 20, 0), counts(7, 15, 0), counts(21, 1, 0)]), Some((2, 0)));
        assert_eq!(opposite_sides(&[counts(24, 3, 0), counts(10, 10, 0)]), None);
        assert_eq!(opposite_sides(&[counts(24, 3, 0), counts(0, 7, 0)]), None);
    }
}
