//! The random factors v_g of a wild bootstrap draw: mean 0, variance 1.

use rand::Rng;

use crate::distributions::normal_quantile;
use crate::uniform::{below, uniform};

/// Below this many clusters six-point weights are the default: two-point weights give only 2^G draws.
pub const WEBB_BELOW_CLUSTERS: usize = 10;

/// √(3/2) and √(1/2).
const WEBB_POINTS: [f64; 6] = [
    -1.224_744_871_391_589,
    -1.0,
    -std::f64::consts::FRAC_1_SQRT_2,
    std::f64::consts::FRAC_1_SQRT_2,
    1.0,
    1.224_744_871_391_589,
];

/// A distribution of wild weights.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum WildWeights {
    /// ±1, equally likely (Davidson and Flachaire 2008).
    Rademacher,
    /// (1 − √5)/2 with probability (√5 + 1)/(2√5), else (1 + √5)/2 (Mammen 1993): third moment 1.
    Mammen,
    /// ±√(3/2), ±1, ±√(1/2), equally likely (Webb 2023, Canadian Journal of Economics 56).
    Webb,
    /// Standard normal.
    Normal,
}

impl WildWeights {
    /// The default for a number of clusters: Webb below [`WEBB_BELOW_CLUSTERS`], else Rademacher.
    pub fn default_for(clusters: usize) -> Self {
        if clusters < WEBB_BELOW_CLUSTERS { Self::Webb } else { Self::Rademacher }
    }

    /// Its name as printed in results.
    pub fn name(self) -> &'static str {
        match self {
            Self::Rademacher => "Rademacher",
            Self::Mammen => "Mammen",
            Self::Webb => "Webb",
            Self::Normal => "normal",
        }
    }

    /// Equally likely values, where the distribution is such.
    fn points(self) -> Option<&'static [f64]> {
        match self {
            Self::Rademacher => Some(&[1.0, -1.0]),
            Self::Webb => Some(&WEBB_POINTS),
            Self::Mammen | Self::Normal => None,
        }
    }
}

/// Where draws come from.
pub(crate) enum Source<'a, R: Rng + ?Sized> {
    /// Every combination of equally likely points once; draw b spells b in base `points.len()`.
    All { points: &'static [f64], next: usize },
    /// Independent draws.
    Random { weights: WildWeights, rng: &'a mut R },
}

impl<'a, R: Rng + ?Sized> Source<'a, R> {
    /// All combinations if there are no more of them than draws asked for, else random draws; and the number
    /// of draws that will be made.
    pub(crate) fn new(weights: WildWeights, clusters: usize, draws: usize, rng: &'a mut R) -> (Self, usize) {
        let combinations = weights.points().and_then(|points| {
            let exponent = u32::try_from(clusters).ok()?;
            Some((points, points.len().checked_pow(exponent).filter(|all| *all <= draws)?))
        });
        match combinations {
            Some((points, all)) => (Self::All { points, next: 0 }, all),
            None => (Self::Random { weights, rng }, draws),
        }
    }

    pub(crate) fn enumerates(&self) -> bool {
        matches!(self, Self::All { .. })
    }

    /// Writes the next draw.
    pub(crate) fn fill<'v>(&mut self, out: impl Iterator<Item = &'v mut f64>) {
        match self {
            Self::All { points, next } => {
                let mut digits = *next;
                for v in out {
                    *v = points[digits % points.len()];
                    digits /= points.len();
                }
                *next += 1;
            }
            Self::Random { weights: WildWeights::Rademacher, rng } => {
                let (mut bits, mut left) = (0, 0);
                for v in out {
                    if left == 0 {
                        (bits, left) = (rng.next_u64(), 64);
                    }
                    *v = if bits & 1 == 1 { 1.0 } else { -1.0 };
                    bits >>= 1;
                    left -= 1;
                }
            }
            Self::Random { weights, rng } => {
                let root = 5.0_f64.sqrt();
                for v in out {
                    *v = match weights {
                        WildWeights::Webb | WildWeights::Rademacher => WEBB_POINTS[below(*rng, 6)],
                        WildWeights::Normal => normal_quantile(uniform(*rng)),
                        WildWeights::Mammen if uniform(*rng) < (root + 1.0) / (2.0 * root) => {
                            0.5 * (1.0 - root)
                        }
                        WildWeights::Mammen => 0.5 * (1.0 + root),
                    };
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand_chacha::ChaCha8Rng;
    use rand_chacha::rand_core::SeedableRng;

    /// Mean 0, variance 1; the third moment is 1 for Mammen, else 0.
    #[test]
    fn moments() {
        for weights in [WildWeights::Rademacher, WildWeights::Mammen, WildWeights::Webb, WildWeights::Normal]
        {
            let mut rng = ChaCha8Rng::seed_from_u64(3);
            let (mut source, made) = Source::new(weights, 200, 500, &mut rng);
            assert_eq!((made, source.enumerates()), (500, false));
            let mut all = vec![0.0; 100_000];
            for draw in all.chunks_mut(200) {
                source.fill(draw.iter_mut());
            }
            let moment = |power: i32| all.iter().map(|v: &f64| v.powi(power)).sum::<f64>() / 1e5;
            let third = if weights == WildWeights::Mammen { 1.0 } else { 0.0 };
            assert!(moment(1).abs() < 0.015 && (moment(2) - 1.0).abs() < 0.02, "{weights:?}");
            assert!((moment(3) - third).abs() < 0.05, "{weights:?}");
        }
    }

    #[test]
    fn every_combination_once() {
        let mut rng = ChaCha8Rng::seed_from_u64(3);
        let (mut source, made) = Source::new(WildWeights::Webb, 3, 216, &mut rng);
        assert_eq!((made, source.enumerates()), (216, true));
        let mut seen: Vec<[u64; 3]> = (0..made)
            .map(|_| {
                let mut draw = [0.0; 3];
                source.fill(draw.iter_mut());
                draw.map(f64::to_bits)
            })
            .collect();
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), 216);
    }
}
