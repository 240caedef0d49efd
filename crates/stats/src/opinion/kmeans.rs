//! k-means in the plane: seeded starts by k-means++ (Arthur and Vassilvitskii 2007), Lloyd's iterations, ties to the
//! lowest number. Every start runs for a few iterations and the best of them to the end (the short runs of Biernacki,
//! Celeux and Govaert 2003, CSDA 41), which costs a third of running all of them to the end.
//!
//! Groups are numbered by size, the largest first; groups of one size by their first member. Left out: other distances,
//! other numbers of dimensions.

use super::Position;
use crate::uniform::{below, uniform};
use rand::Rng;

/// Iterations of Lloyd's algorithm for each start.
const SHORT: usize = 5;
/// Further iterations for the best start, at most.
const ITERATIONS: usize = 100;

/// Points divided into groups.
#[derive(Debug, Clone, PartialEq)]
pub struct Partition {
    /// The group of each point, from 0.
    pub labels: Vec<usize>,
    /// The middle of each group.
    pub centres: Vec<Position>,
    /// Weighted sum of squared distances to the own middle.
    pub inertia: f64,
}

impl Partition {
    /// How many points each group has.
    pub fn sizes(&self) -> Vec<usize> {
        let mut sizes = vec![0; self.centres.len()];
        for label in &self.labels {
            sizes[*label] += 1;
        }
        sizes
    }
}

pub(crate) fn squared_distance(a: Position, b: Position) -> f64 {
    (a[0] - b[0]) * (a[0] - b[0]) + (a[1] - b[1]) * (a[1] - b[1])
}

/// The nearest of the middles, the first of equals.
#[inline]
pub(crate) fn nearest(point: Position, centres: &[Position]) -> usize {
    let (mut best, mut least) = (0, f64::INFINITY);
    for (at, centre) in centres.iter().enumerate() {
        let distance = squared_distance(point, *centre);
        best = if distance < least { at } else { best };
        least = if distance < least { distance } else { least };
    }
    best
}

/// When Lloyd's iterations stop.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stop {
    pub(crate) iterations: usize,
    /// Stop when no middle moved this far; 0 waits for no movement at all.
    pub(crate) moved: f64,
}

/// Lloyd's iterations from given middles; a group that loses all its points keeps its middle. `weights` holds one
/// weight a point.
pub(crate) fn lloyd(points: &[Position], weights: &[f64], start: Vec<Position>, stop: Stop) -> Partition {
    // The same code for each usual number: with a number of middles that the compiler knows it keeps them in registers.
    match *start.as_slice() {
        [a, b] => iterate(points, weights, [a, b], stop),
        [a, b, c] => iterate(points, weights, [a, b, c], stop),
        [a, b, c, d] => iterate(points, weights, [a, b, c, d], stop),
        [a, b, c, d, e] => iterate(points, weights, [a, b, c, d, e], stop),
        _ => iterate(points, weights, start, stop),
    }
}

fn iterate<Centres>(points: &[Position], weights: &[f64], mut start: Centres, stop: Stop) -> Partition
where
    Centres: AsMut<[Position]>,
{
    let centres = start.as_mut();
    let mut labels = vec![0; points.len()];
    let mut sums = vec![[0.0; 3]; centres.len()];
    let mut settled = false;
    for _ in 0..stop.iterations {
        sums.fill([0.0; 3]);
        for ((label, point), weight) in labels.iter_mut().zip(points).zip(weights) {
            *label = nearest(*point, centres);
            let sum = &mut sums[*label];
            sum[0] += weight * point[0];
            sum[1] += weight * point[1];
            sum[2] += weight;
        }
        let mut furthest = 0.0;
        for (centre, sum) in centres.iter_mut().zip(&sums) {
            if sum[2] > 0.0 {
                let moved_to = [sum[0] / sum[2], sum[1] / sum[2]];
                let moved = squared_distance(*centre, moved_to).sqrt();
                furthest = if moved > furthest { moved } else { furthest };
                *centre = moved_to;
            }
        }
        // Where no middle moved the labels are those of the middles already.
        settled = furthest <= 0.0;
        if furthest <= stop.moved {
            break;
        }
    }
    if !settled {
        for (label, point) in labels.iter_mut().zip(points) {
            *label = nearest(*point, centres);
        }
    }
    let inertia = labels
        .iter()
        .zip(points)
        .zip(weights)
        .map(|((label, point), weight)| weight * squared_distance(*point, centres[*label]))
        .sum();
    Partition { labels, centres: centres.to_vec(), inertia }
}

/// Starting middles: the first at random, each further one with a chance in proportion to the squared distance from
/// the nearest chosen one. Fewer than `k` when there are fewer different points.
fn plus_plus<R: Rng + ?Sized>(points: &[Position], k: usize, rng: &mut R) -> Vec<Position> {
    let mut centres = vec![points[below(rng, points.len())]];
    let mut distances: Vec<f64> = points.iter().map(|point| squared_distance(*point, centres[0])).collect();
    while centres.len() < k {
        let total: f64 = distances.iter().sum();
        if total <= 0.0 {
            break;
        }
        let mut left = uniform(rng) * total;
        // Rounding may leave a remainder past the last point: then the last with a distance is taken.
        let mut chosen = 0;
        for (at, distance) in distances.iter().enumerate().filter(|(_, distance)| **distance > 0.0) {
            chosen = at;
            left -= distance;
            if left < 0.0 {
                break;
            }
        }
        let centre = points[chosen];
        for (distance, point) in distances.iter_mut().zip(points) {
            let other = squared_distance(*point, centre);
            *distance = if other < *distance { other } else { *distance };
        }
        centres.push(centre);
    }
    centres
}

/// The best of `starts` seeded short runs (smallest inertia, the first of equals), run until no middle moves. Fewer than `k` groups come back when
/// there are fewer different points; none for no points or `k` = 0.
pub fn kmeans<R: Rng + ?Sized>(points: &[Position], k: usize, starts: usize, rng: &mut R) -> Partition {
    let mut best = Partition { labels: Vec::new(), centres: Vec::new(), inertia: f64::INFINITY };
    if points.is_empty() || k == 0 {
        return Partition { inertia: 0.0, ..best };
    }
    let weights = vec![1.0; points.len()];
    for _ in 0..starts.max(1) {
        let start = plus_plus(points, k, rng);
        let found = lloyd(points, &weights, start, Stop { iterations: SHORT, moved: 0.0 });
        // Two starts that reach the same groups differ in the last digit of their inertia only.
        if found.inertia < best.inertia * (1.0 - 1e-12) {
            best = found;
        }
    }
    ordered(&lloyd(points, &weights, best.centres, Stop { iterations: ITERATIONS, moved: 0.0 }))
}

/// The same groups, numbered by size, then by first member.
fn ordered(partition: &Partition) -> Partition {
    let sizes = partition.sizes();
    let first =
        |group: usize| partition.labels.iter().position(|label| *label == group).unwrap_or(usize::MAX);
    let mut order: Vec<usize> = (0..sizes.len()).filter(|group| sizes[*group] > 0).collect();
    order.sort_by_key(|group| (usize::MAX - sizes[*group], first(*group)));
    let mut name = vec![0; sizes.len()];
    for (new, old) in order.iter().enumerate() {
        name[*old] = new;
    }
    Partition {
        labels: partition.labels.iter().map(|label| name[*label]).collect(),
        centres: order.iter().map(|group| partition.centres[*group]).collect(),
        inertia: partition.inertia,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand_chacha::ChaCha8Rng;
    use rand_chacha::rand_core::SeedableRng;

    fn blobs() -> Vec<Position> {
        let middles = [[0.0, 0.0], [10.0, 0.0], [0.0, 10.0]];
        let offset = |i: usize, step: usize| ((i * step) % 7) as f64 / 7.0;
        (0..60).map(|i| [middles[i % 3][0] + offset(i, 3), middles[i % 3][1] + offset(i, 5)]).collect()
    }

    #[test]
    fn finds_clear_groups_and_numbers_them_by_size() {
        let mut points = blobs();
        points.extend([[10.2, 0.2], [10.3, 0.1]]);
        let partition = kmeans(&points, 3, 5, &mut ChaCha8Rng::seed_from_u64(3));
        assert_eq!(partition.sizes(), [22, 20, 20]);
        assert_eq!(partition.labels[1], 0);
        assert_eq!(partition.labels[0], 1, "the earlier member decides between equal sizes");
    }

    #[test]
    fn fewer_different_points_make_fewer_groups() {
        let partition = kmeans(&[[1.0, 1.0]; 9], 4, 3, &mut ChaCha8Rng::seed_from_u64(1));
        assert_eq!(partition.centres.len(), 1);
        assert_eq!(partition.inertia, 0.0);
        assert!(kmeans(&[], 2, 3, &mut ChaCha8Rng::seed_from_u64(1)).labels.is_empty());
    }
}
