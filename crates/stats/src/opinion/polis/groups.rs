//! Polis's groups from a cold start: who is clustered, up to 100 base clusters, groups of base clusters by silhouette.
//!
//! Admitted are those with 7 votes (or as many as there are statements), topped up to 15 with the busiest others. Base
//! clusters: k-means with k = 100 on positions, started at the first different ones, until no middle moves 0.01. Groups:
//! k-means on the base clusters' middles weighted by members, 20 iterations, for k = 2 … min(5, 2 + ⌊base/12⌋); the k of
//! the largest mean silhouette over base clusters, unweighted, the fewest of equals.

use crate::opinion::kmeans::{Stop, lloyd, squared_distance};
use crate::opinion::{Position, VoteMatrix};

/// Votes with which a participant is clustered.
const ENOUGH_VOTES: usize = 7;
/// Participants below which the busiest others are added.
const ENOUGH_PEOPLE: usize = 15;
/// Base clusters at most.
const BASE: usize = 100;

/// The groups, and how they were chosen.
#[derive(Debug, Clone, PartialEq)]
pub struct PolisGroups {
    /// The group of each participant; `None` for those who are not clustered.
    pub labels: Vec<Option<usize>>,
    /// The middle of each group.
    pub centres: Vec<Position>,
    /// Mean silhouette of each k tried.
    pub silhouettes: Vec<(usize, f64)>,
}

/// Groups participants by their positions; `votes` as given says who voted enough.
pub fn find_polis_groups(votes: &VoteMatrix, positions: &[Position]) -> PolisGroups {
    let admitted = admitted(votes);
    let points: Vec<Position> = admitted.iter().map(|i| positions[*i]).collect();
    let mut labels = vec![None; votes.participants()];
    let base = lloyd(
        &points,
        &vec![1.0; points.len()],
        first_different(&points, BASE),
        Stop { iterations: 100, moved: 0.01 },
    );
    let sizes = base.sizes();
    let kept: Vec<usize> = (0..sizes.len()).filter(|cluster| sizes[*cluster] > 0).collect();
    let middles: Vec<Position> = kept.iter().map(|cluster| base.centres[*cluster]).collect();
    let weights: Vec<f64> = kept.iter().map(|cluster| sizes[*cluster] as f64).collect();
    let most = (2 + middles.len() / 12).min(5);
    let mut silhouettes = Vec::new();
    let mut best: Option<(f64, Vec<usize>, Vec<Position>)> = None;
    for k in 2..=most {
        let start = first_different(&middles, k);
        if start.len() < k {
            break;
        }
        let found = lloyd(&middles, &weights, start, Stop { iterations: 20, moved: 0.01 });
        let value = silhouette(&middles, &found.labels, k);
        silhouettes.push((k, value));
        if best.as_ref().is_none_or(|best| value > best.0) {
            best = Some((value, found.labels, found.centres));
        }
    }
    let Some((_, of_middle, centres)) = best else {
        return PolisGroups { labels, centres: Vec::new(), silhouettes };
    };
    for (participant, cluster) in admitted.iter().zip(&base.labels) {
        let middle = kept.iter().position(|kept| kept == cluster);
        labels[*participant] = middle.map(|middle| of_middle[middle]);
    }
    PolisGroups { labels, centres, silhouettes }
}

/// Who is clustered, in increasing order.
fn admitted(votes: &VoteMatrix) -> Vec<usize> {
    let seen: Vec<usize> = (0..votes.participants()).map(|i| votes.seen_by(i)).collect();
    let needed = ENOUGH_VOTES.min(votes.statements());
    let mut order: Vec<usize> = (0..votes.participants()).collect();
    order.sort_by_key(|i| (usize::MAX - seen[*i], *i));
    let enough = seen.iter().filter(|count| **count >= needed).count();
    let mut admitted: Vec<usize> = order.into_iter().take(enough.max(ENOUGH_PEOPLE)).collect();
    admitted.retain(|i| seen[*i] > 0);
    admitted.sort_unstable();
    admitted
}

/// The first `most` points that differ from each other.
fn first_different(points: &[Position], most: usize) -> Vec<Position> {
    let mut found: Vec<Position> = Vec::new();
    for point in points {
        if found.len() < most && !found.contains(point) {
            found.push(*point);
        }
    }
    found
}

/// Mean of (b − a)/max(a, b), a the mean distance to the own group, b to the nearest other; 0 for a group of one.
fn silhouette(points: &[Position], labels: &[usize], k: usize) -> f64 {
    let mut total = 0.0;
    for (at, point) in points.iter().enumerate() {
        let mut sums = vec![0.0; k];
        let mut counts = vec![0usize; k];
        for (other, (place, label)) in points.iter().zip(labels).enumerate() {
            if other != at {
                sums[*label] += squared_distance(*point, *place).sqrt();
                counts[*label] += 1;
            }
        }
        let own = labels[at];
        if counts[own] == 0 {
            continue;
        }
        let a = sums[own] / counts[own] as f64;
        let mut b = f64::INFINITY;
        for group in (0..k).filter(|group| *group != own && counts[*group] > 0) {
            let mean = sums[group] / counts[group] as f64;
            b = if mean < b { mean } else { b };
        }
        let most = if a > b { a } else { b };
        if b.is_finite() && most > 0.0 {
            total += (b - a) / most;
        }
    }
    if points.is_empty() { 0.0 } else { total / points.len() as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::opinion::{Vote, polis};

    #[test]
    fn no_group_holds_people_of_two_camps_and_the_idle_have_none() {
        let mut votes = VoteMatrix::unseen(41, 10);
        for i in 0..40 {
            for j in 0..10 {
                let agrees = (i % 2 == 0) != ((i / 2 + j) % 9 == 0);
                votes.set(i, j, Some(if agrees { Vote::Agree } else { Vote::Disagree }));
            }
        }
        votes.set(40, 0, Some(Vote::Agree));
        let ratings = polis::rating_matrix(&votes, &[]);
        let plane = polis::components(&ratings).unwrap();
        let groups = find_polis_groups(&votes, &plane.project(&ratings).unwrap());
        assert_eq!(groups.labels[40], None);
        for group in 0..groups.centres.len() {
            let camps: Vec<usize> =
                (0..40).filter(|i| groups.labels[*i] == Some(group)).map(|i| i % 2).collect();
            assert!(!camps.is_empty() && camps.iter().all(|camp| *camp == camps[0]), "{group}: {camps:?}");
        }
        assert!(groups.silhouettes[0].1 > 0.5);
    }

    #[test]
    fn the_busiest_are_added_up_to_fifteen() {
        let mut votes = VoteMatrix::unseen(20, 10);
        for i in 0..20 {
            for j in 0..i.min(9) {
                votes.set(i, j, Some(Vote::Pass));
            }
        }
        assert_eq!(admitted(&votes).len(), 15);
        assert_eq!(admitted(&votes)[0], 5);
        assert!(find_polis_groups(&votes, &[[0.0; 2]; 20]).centres.is_empty());
    }
}
