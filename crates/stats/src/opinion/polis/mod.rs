//! The published mathematics of Polis (Small et al. 2021; the formulas of its `polismath`), from a cold start, for
//! comparison with and import from that system.
//!
//! Inside, agree is −1 and disagree +1, as there; a statement that was moderated out is 0 for everyone and counts as
//! seen. Positions, components, priorities, consensus and representative statements follow the formulas exactly. What a
//! cold start cannot reproduce: groups of the running system, which depend on the starts of earlier updates (Polis issue
//! 2358). Weaknesses that are kept because they are the formula: k = 1 is never considered, groups and their statements
//! come from the same votes, and a best statement is always shown.
//!
//! Left out: subgroups, smoothing of k over updates, the sampled axes above 10,000 participants.

mod groups;
mod repness;

use super::plane::{Plane, find_plane};
use super::{OpinionError, Position, Vote, VoteCounts, VoteMatrix};

pub use groups::{PolisGroups, find_polis_groups};
pub use repness::{Consensus, ConsensusRow, RepRow, Side, consensus, representative};

/// Priority of a statement about the discussion itself.
const META_PRIORITY: f64 = 49.0;

/// The votes as Polis computes with them: sign turned, moderated statements 0 for everyone.
pub fn rating_matrix(votes: &VoteMatrix, moderated_out: &[bool]) -> VoteMatrix {
    let mut ratings = VoteMatrix::unseen(votes.participants(), votes.statements());
    for i in 0..votes.participants() {
        for (j, vote) in votes.row(i).iter().enumerate() {
            let rating = if moderated_out.get(j).copied().unwrap_or(false) {
                Some(Vote::Pass)
            } else {
                vote.map(|vote| match vote {
                    Vote::Agree => Vote::Disagree,
                    Vote::Pass => Vote::Pass,
                    Vote::Disagree => Vote::Agree,
                })
            };
            ratings.set(i, j, rating);
        }
    }
    ratings
}

/// Centre and components of a [`rating_matrix`], by an exact decomposition instead of a power iteration.
///
/// # Errors
/// [`OpinionError::NoAxes`].
pub fn components(ratings: &VoteMatrix) -> Result<Plane, OpinionError> {
    find_plane(ratings)
}

/// Where a person who agreed with one statement only would lie, by statement.
pub fn statement_positions(plane: &Plane) -> Vec<Position> {
    plane.positions_of_answer(-1.0)
}

/// Length of each statement's position.
pub fn extremity(plane: &Plane) -> Vec<f64> {
    statement_positions(plane)
        .iter()
        .map(|position| (position[0] * position[0] + position[1] * position[1]).sqrt())
        .collect()
}

/// Π over groups of (agree + 1)/(seen + 2), by statement. `groups[group][statement]` counts the votes as given.
pub fn group_aware_consensus(groups: &[Vec<VoteCounts>]) -> Vec<f64> {
    let statements = groups.first().map_or(0, Vec::len);
    (0..statements)
        .map(|j| groups.iter().map(|group| smoothed(group[j].agree, group[j].seen())).product())
        .collect()
}

/// Weight in the lottery of the next statement, by statement: `counts` are the votes of all who have a group.
pub fn priorities(counts: &[VoteCounts], extremity: &[f64], is_meta: &[bool]) -> Vec<f64> {
    counts
        .iter()
        .enumerate()
        .map(|(j, counts)| {
            if is_meta.get(j).copied().unwrap_or(false) {
                return META_PRIORITY;
            }
            let seen = counts.seen();
            let extremity = extremity.get(j).copied().unwrap_or(0.0);
            let importance =
                (1.0 - smoothed(counts.pass, seen)) * (extremity + 1.0) * smoothed(counts.agree, seen);
            (importance * (1.0 + 8.0 * (-(seen as f64) / 5.0).exp2())).powi(2)
        })
        .collect()
}

/// (count + 1)/(trials + 2).
fn smoothed(count: usize, trials: usize) -> f64 {
    (count as f64 + 1.0) / (trials as f64 + 2.0)
}
