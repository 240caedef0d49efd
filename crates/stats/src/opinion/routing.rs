//! Which statement to show next: a weight for each, and a seeded draw.
//!
//! w = (1 − p_unclear)·(1 + E_rel)·u·(1 + 8·2^(−S/5)): p_unclear = (unclear + 1)/(S + 2), S all answers; E_rel the
//! extremity over its median (0 when there is none); u the width of the Wilson interval of the agreeing share, which is
//! 1 before anyone answered. The last factor is Polis's, and lets new statements be seen. Unlike Polis's the weight does
//! not grow with agreement, which would starve statements that most reject.
//!
//! Left out: who has answered what (the caller names the candidates), topics, a personal profile.

use super::shares::wilson;
use crate::uniform::uniform;
use rand::Rng;

/// What has been answered to a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RoutingCounts {
    /// Agreeing votes.
    pub agree: usize,
    /// Votes that count: agree, disagree, and passes that count as 0.
    pub counted: usize,
    /// Passes because the statement is unclear.
    pub unclear: usize,
    /// All answers, whatever they were.
    pub answered: usize,
}

/// The weight of every statement. Extremities that are missing count as 0.
pub fn routing_weights(statements: &[RoutingCounts], extremity: &[f64]) -> Vec<f64> {
    let median = median(extremity);
    statements
        .iter()
        .enumerate()
        .map(|(at, counts)| {
            let unclear = (counts.unclear as f64 + 1.0) / (counts.answered as f64 + 2.0);
            let own = extremity.get(at).copied().unwrap_or(0.0);
            let relative = if median > 0.0 { own / median } else { 0.0 };
            let interval = wilson(counts.agree, counts.counted);
            let fresh = 1.0 + 8.0 * (-(counts.answered as f64) / 5.0).exp2();
            (1.0 - unclear) * (1.0 + relative) * (interval.high - interval.low) * fresh
        })
        .collect()
}

fn median(values: &[f64]) -> f64 {
    let mut sorted: Vec<f64> = values.iter().copied().filter(|value| value.is_finite()).collect();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    match (sorted.len() % 2, sorted.get(middle)) {
        (_, None) => 0.0,
        (1, Some(value)) => *value,
        (_, Some(value)) => f64::midpoint(sorted[middle - 1], *value),
    }
}

/// Draws one of the candidates with a chance in proportion to its weight; weights that are not positive and finite count
/// as 0, and when all are 0 every candidate has the same chance. `None` without candidates.
pub fn draw_weighted<R: Rng + ?Sized>(weights: &[f64], candidates: &[usize], rng: &mut R) -> Option<usize> {
    let weight = |at: &usize| weights.get(*at).copied().filter(|w| w.is_finite() && *w > 0.0).unwrap_or(0.0);
    let total: f64 = candidates.iter().map(weight).sum();
    let share = |at: &usize| if total > 0.0 { weight(at) / total } else { 1.0 / candidates.len() as f64 };
    let mut left = uniform(rng);
    let mut chosen = None;
    for candidate in candidates.iter().filter(|candidate| share(candidate) > 0.0) {
        chosen = Some(*candidate);
        left -= share(candidate);
        if left < 0.0 {
            break;
        }
    }
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand_chacha::ChaCha8Rng;
    use rand_chacha::rand_core::SeedableRng;

    #[test]
    fn new_open_and_clear_statements_come_first() {
        let counts =
            |agree, counted, unclear| RoutingCounts { agree, counted, unclear, answered: counted + unclear };
        let statements =
            [counts(0, 0, 0), counts(20, 40, 0), counts(10, 20, 20), counts(2, 40, 0), counts(38, 40, 0)];
        let weights = routing_weights(&statements, &[1.0; 5]);
        assert!((weights[0] - 0.5 * 2.0 * 1.0 * 9.0).abs() < 1e-12, "by hand: {}", weights[0]);
        assert!(weights[0] > weights[1] && weights[1] > weights[3]);
        assert!((weights[3] - weights[4]).abs() < 1e-12, "rejection and agreement weigh the same");
        assert!(weights[2] < weights[1], "unclear statements wait for their editor");
        let extreme = routing_weights(&statements, &[1.0, 3.0, 1.0, 1.0, 1.0]);
        assert!((extreme[1] / weights[1] - 2.0).abs() < 1e-12);
    }

    #[test]
    fn the_draw_follows_the_weights_and_the_seed() {
        let mut rng = ChaCha8Rng::seed_from_u64(8);
        let mut drawn = [0; 4];
        for _ in 0..4_000 {
            drawn[draw_weighted(&[1.0, 3.0, 9.0, f64::NAN], &[0, 1, 3], &mut rng).unwrap()] += 1;
        }
        assert_eq!((drawn[2], drawn[3]), (0, 0));
        assert!((900..1_100).contains(&drawn[0]), "{drawn:?}");
        assert_eq!(draw_weighted(&[1.0], &[], &mut rng), None);
        assert!(draw_weighted(&[0.0, 0.0], &[0, 1], &mut rng).is_some());
    }
}
