//! p-values of a resampled statistic as a function of the hypothesis, and intervals by inverting the test.
//!
//! Under the hypothesis that the coefficient is off by a shift δ, a draw's squared statistic is
//! (n₀ + n₁δ)²/(q₀ + q₁δ + q₂δ²), constants common to all draws left out. The interval is the set of
//! hypotheses that are not rejected, found outwards from the estimate (where p = 1) to the first rejection on
//! either side and then by bisection.

/// One draw as a function of the shift.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Shifted {
    /// n₀, n₁.
    pub(crate) numerator: [f64; 2],
    /// q₀, q₁, q₂.
    pub(crate) variance: [f64; 3],
}

/// Relative slack for ties: draws that repeat the sample up to signs differ from it by rounding alone.
const TIE: f64 = 1e-9;

impl Shifted {
    /// Numerator and square root of the variance at a shift.
    pub(crate) fn at(&self, shift: f64) -> (f64, f64) {
        let variance = self.variance[0] + shift * (self.variance[1] + shift * self.variance[2]);
        (self.numerator[0] + shift * self.numerator[1], if variance > 0.0 { variance.sqrt() } else { 0.0 })
    }
}

/// p-values from resampled statistics t*. With random draws they are (1 + count)/(B + 1) (Davison and Hinkley
/// 1997, section 4.2), the sample itself counted as a draw. When all possible draws were made they are
/// count/B: the sample is one of them. Either way never 0. Ties, and draws without variation, count as beyond.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PValues {
    /// Two-sided, from |t*| ≥ |t|: for a statistic symmetric around 0.
    pub symmetric: f64,
    /// Two-sided, twice the smaller tail: allows asymmetry.
    pub equal_tailed: f64,
    /// The plain share of draws with |t*| ≥ |t|, which other programs print and which may be 0.
    pub symmetric_share: f64,
}

/// p-values of the observed statistic `t` (a numerator over the same root of a variance as the draws').
pub(crate) fn p_values(draws: &[Shifted], complete: bool, t: f64, shift: f64) -> PValues {
    let (mut beyond, mut above, mut below) = (0_usize, 0_usize, 0_usize);
    let size = t.abs() * (1.0 - TIE);
    let slack = t.abs() * TIE;
    for draw in draws {
        let (numerator, root) = draw.at(shift);
        beyond += usize::from(numerator.abs() >= size * root);
        above += usize::from(numerator >= (t - slack) * root);
        below += usize::from(numerator <= (t + slack) * root);
    }
    let count = draws.len() as f64;
    let p = |beyond: usize| {
        if complete { beyond as f64 / count } else { (1.0 + beyond as f64) / (1.0 + count) }
    };
    let tails = 2.0 * p(above.min(below));
    PValues {
        symmetric: p(beyond),
        equal_tailed: if tails > 1.0 { 1.0 } else { tails },
        symmetric_share: beyond as f64 / count,
    }
}

/// The hypotheses around `estimate` whose p-value exceeds 1 − level; an end that no step of up to 2³⁰ scales
/// reaches is infinite.
pub(crate) fn invert(estimate: f64, scale: f64, level: f64, p: impl Fn(f64) -> f64) -> (f64, f64) {
    let alpha = 1.0 - level;
    let end = |direction: f64| {
        let (mut inside, mut outside) = (0.0, 0.5);
        loop {
            if p(estimate + direction * scale * outside) <= alpha {
                break;
            }
            if outside > 1e9 {
                return direction * f64::INFINITY;
            }
            inside = outside;
            outside *= 1.5;
        }
        for _ in 0..60 {
            let middle = 0.5 * (inside + outside);
            if p(estimate + direction * scale * middle) <= alpha {
                outside = middle;
            } else {
                inside = middle;
            }
        }
        estimate + direction * scale * 0.5 * (inside + outside)
    };
    (end(-1.0), end(1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draw(t: f64) -> Shifted {
        Shifted { numerator: [t, 0.0], variance: [1.0, 0.0, 0.0] }
    }

    #[test]
    fn counts() {
        let draws = [-3.0, -1.0, 0.5, 2.0].map(draw);
        let found = p_values(&draws, false, 2.0, 0.0);
        assert_eq!((found.symmetric, found.equal_tailed, found.symmetric_share), (0.6, 0.8, 0.5));
        assert_eq!(p_values(&draws, true, 2.0, 0.0).equal_tailed, 0.5);
        assert_eq!(p_values(&draws, false, 9.0, 0.0).symmetric, 0.2);
    }

    #[test]
    fn inversion_finds_the_quantiles() {
        let draws: Vec<Shifted> = (1..=999).map(|i| draw(f64::from(i) / 1000.0 * 4.0 - 2.0)).collect();
        let p = |r: f64| p_values(&draws, false, (5.0 - r) / 0.1, 0.0).symmetric;
        let (low, high) = invert(5.0, 0.1, 0.95, p);
        assert!((low - 4.81).abs() < 1e-3 && (high - 5.19).abs() < 1e-3, "{low} {high}");
        let never = invert(5.0, 0.1, 0.95, |_| 1.0);
        assert_eq!(never, (f64::NEG_INFINITY, f64::INFINITY));
    }
}
