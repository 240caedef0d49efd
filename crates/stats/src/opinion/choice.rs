//! How many groups: prediction strength (Tibshirani and Walther 2005, JCGS 14).
//!
//! The points are split into halves at random, several times. Each half is divided into k groups on its own; the groups
//! of one half are then predicted from the middles of the other. A group's strength is the share of its pairs that the
//! prediction keeps together, the strength of k the mean over halves of the weakest group's. The largest k whose
//! strength reaches 0.8 is taken, and where none does the k of the greatest strength, the fewest of equals; only
//! divisions whose smallest group has the size asked for can be taken.
//!
//! Strength cannot tell one group from two: a single group always predicts itself. Whether there are groups at all is
//! asked of [`super::permutation_gate`] first. Left out: silhouettes, which find groups in noise.

use super::Position;
use super::kmeans::{Partition, kmeans, nearest};
use crate::num::{larger, minimum};
use crate::parallel::in_parallel;
use crate::uniform::below;
use rand::Rng;
use std::num::NonZeroUsize;

/// Strength from which a number of groups counts as found again.
const STRONG: f64 = 0.8;
/// Random splits into halves.
const SPLITS: usize = 10;
/// Starts of k-means on each half.
const HALF_STARTS: usize = 3;
/// Starts of k-means on all points.
const STARTS: usize = 10;

/// The number of groups, and why.
#[derive(Debug, Clone, PartialEq)]
pub struct GroupChoice {
    /// Prediction strength of each number of groups tried whose smallest group is large enough.
    pub strengths: Vec<(usize, f64)>,
    /// The division taken; `None` when no division has groups of the size asked for.
    pub partition: Option<Partition>,
}

/// Divides the points into 2 to `most` groups of at least `smallest` points each, on `threads` threads. `stream` makes
/// the random generator of a number of groups from that number, so that threads do not matter.
pub fn choose_groups<R, S>(
    points: &[Position],
    most: usize,
    smallest: usize,
    threads: NonZeroUsize,
    stream: &S,
) -> GroupChoice
where
    R: Rng,
    S: Fn(u64) -> R + Sync,
{
    let divide = |k: usize| {
        let mut rng = stream(k as u64);
        let partition = kmeans(points, k, STARTS, &mut rng);
        let strength = prediction_strength(points, k, &mut rng);
        let large = partition.centres.len() == k && partition.sizes().iter().all(|size| *size >= smallest);
        large.then_some((strength, partition))
    };
    // The largest number first: it takes longest.
    let count = most.saturating_sub(1);
    let mut candidates: Vec<(f64, Partition)> =
        in_parallel(count, threads, |at| divide(most - at)).into_iter().flatten().rev().collect();
    let strengths: Vec<(usize, f64)> =
        candidates.iter().map(|(strength, partition)| (partition.centres.len(), *strength)).collect();
    let best = candidates.iter().map(|candidate| candidate.0).fold(0.0, larger);
    let chosen = candidates
        .iter()
        .rposition(|candidate| candidate.0 >= STRONG)
        .or_else(|| candidates.iter().position(|candidate| candidate.0 >= best));
    GroupChoice { partition: chosen.map(|at| candidates.swap_remove(at).1), strengths }
}

/// How well k groups of one random half predict those of the other, 0 to 1. Halves with fewer than k points give 0.
pub fn prediction_strength<R: Rng + ?Sized>(points: &[Position], k: usize, rng: &mut R) -> f64 {
    let mut order: Vec<usize> = (0..points.len()).collect();
    let half = points.len() / 2;
    if half < k || k == 0 {
        return 0.0;
    }
    let mut total = 0.0;
    for _ in 0..SPLITS {
        for last in (1..order.len()).rev() {
            order.swap(last, below(rng, last + 1));
        }
        let part = |indices: &[usize]| indices.iter().map(|at| points[*at]).collect::<Vec<Position>>();
        let (first, second) = (part(&order[..half]), part(&order[half..]));
        let in_first = kmeans(&first, k, HALF_STARTS, rng);
        let in_second = kmeans(&second, k, HALF_STARTS, rng);
        total += kept_together(&first, &in_first, &in_second.centres);
        total += kept_together(&second, &in_second, &in_first.centres);
    }
    total / (2 * SPLITS) as f64
}

/// The smallest share, over the groups, of pairs that the foreign middles keep together. A group of one is not found
/// again by anything and counts as 0.
fn kept_together(points: &[Position], own: &Partition, foreign: &[Position]) -> f64 {
    let mut table = vec![vec![0usize; foreign.len()]; own.centres.len()];
    for (point, label) in points.iter().zip(&own.labels) {
        table[*label][nearest(*point, foreign)] += 1;
    }
    let pairs = |count: usize| count as f64 * (count as f64 - 1.0) / 2.0;
    let shares: Vec<f64> = table
        .iter()
        .map(|row| {
            let all = pairs(row.iter().sum());
            if all > 0.0 { row.iter().map(|count| pairs(*count)).sum::<f64>() / all } else { 0.0 }
        })
        .collect();
    minimum(&shares)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::uniform::uniform;
    use rand_chacha::ChaCha8Rng;
    use rand_chacha::rand_core::SeedableRng;

    /// `count` points each around so many middles on a circle of radius 4, spread over a square of side 2.
    fn around(middles: usize, count: usize) -> Vec<Position> {
        let mut rng = ChaCha8Rng::seed_from_u64(2);
        (0..middles * count)
            .map(|i| {
                let angle = (i % middles) as f64 / middles as f64 * std::f64::consts::TAU;
                [4.0 * angle.cos() + 2.0 * uniform(&mut rng), 4.0 * angle.sin() + 2.0 * uniform(&mut rng)]
            })
            .collect()
    }

    fn choose(points: &[Position], threads: usize) -> GroupChoice {
        choose_groups(points, 5, 5, NonZeroUsize::new(threads).unwrap(), &ChaCha8Rng::seed_from_u64)
    }

    #[test]
    fn threads_do_not_matter() {
        let points = around(3, 30);
        assert_eq!(choose(&points, 1), choose(&points, 3));
    }

    #[test]
    fn finds_the_number_of_clear_groups() {
        for middles in 2..=4 {
            let choice = choose(&around(middles, 30), 2);
            assert_eq!(choice.partition.unwrap().centres.len(), middles, "{:?}", choice.strengths);
        }
    }

    #[test]
    fn a_division_with_a_group_too_small_is_never_taken() {
        let mut points = around(2, 30);
        points.extend([[30.0, 30.0]; 3]);
        let choice = choose(&points, 1);
        assert!(choice.partition.is_none_or(|partition| partition.sizes().iter().all(|size| *size >= 5)));
        assert!(choose(&points[..6], 1).partition.is_none());
    }
}
