//! Adjustments that need the p-values alone. With m hypotheses and ordered p-values p(1) ≤ … ≤ p(m):
//! step-down procedures take running maxima from the smallest p upwards, step-up procedures running minima
//! from the largest downwards.

use super::MultipleTestingError;
use crate::num::{larger, smaller};

/// A multiple-testing adjustment of p-values.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Adjustment {
    /// m·p.
    Bonferroni,
    /// 1 − (1 − p)^m; independent tests.
    Sidak,
    /// Step-down (m − i + 1)·p(i) (Holm 1979). Any dependence.
    Holm,
    /// Step-down 1 − (1 − p(i))^(m − i + 1); independent tests.
    HolmSidak,
    /// Step-up (m − i + 1)·p(i) (Hochberg 1988); independent or positively dependent tests.
    Hochberg,
    /// Closed testing of Simes's inequality (Hommel 1988; algorithm of Wright 1992).
    Hommel,
    /// Step-up m·p(i)/i (Benjamini and Hochberg 1995); independent or positively dependent tests.
    BenjaminiHochberg,
    /// Step-up m·Σ(1/j)·p(i)/i (Benjamini and Yekutieli 2001). Any dependence.
    BenjaminiYekutieli,
    /// Two-stage linear step-up (Benjamini, Krieger and Yekutieli 2006, definition 6) at the fixed level
    /// `alpha`: r₁ rejections of Benjamini–Hochberg at α/(1 + α), then adjusted values
    /// (1 + α)·(m − r₁)/m·BH. Comparing them with `alpha`, and with no other level, gives the procedure's
    /// decisions. With r₁ = 0 or r₁ = m the factor is 1 + α alone (the convention of statsmodels'
    /// `fdr_tsbky`).
    TwoStageBky {
        /// Level of the false discovery rate, in (0, 1).
        alpha: f64,
    },
    /// As [`Adjustment::TwoStageBky`], the first stage at α itself and without the factor 1 + α
    /// (statsmodels' `fdr_tsbh`).
    TwoStageBh {
        /// Level of the false discovery rate, in (0, 1).
        alpha: f64,
    },
    /// Sharpened q-value (Anderson 2008, JASA 103, section 3.3): the smallest level q ≤ 1 at which the
    /// two-stage procedure of Benjamini, Krieger and Yekutieli rejects the hypothesis, 1 when there is none.
    /// Solved exactly; Anderson's own program walks q down from 1 in steps of 0.001, so it prints this value
    /// rounded up to three decimals.
    SharpenedQ,
}

/// Adjusted p-values (or q-values), in the order of the input, each in [0, 1].
///
/// # Errors
/// [`MultipleTestingError::NotAProbability`]; [`MultipleTestingError::Level`] for a two-stage procedure.
pub fn adjust(p_values: &[f64], adjustment: Adjustment) -> Result<Vec<f64>, MultipleTestingError> {
    if let Some(index) = p_values.iter().position(|p| !(0.0..=1.0).contains(p)) {
        return Err(MultipleTestingError::NotAProbability { index });
    }
    if let Adjustment::TwoStageBky { alpha } | Adjustment::TwoStageBh { alpha } = adjustment
        && !(alpha > 0.0 && alpha < 1.0)
    {
        return Err(MultipleTestingError::Level(alpha));
    }
    let mut order: Vec<usize> = (0..p_values.len()).collect();
    order.sort_by(|a, b| p_values[*a].total_cmp(&p_values[*b]).then(a.cmp(b)));
    let sorted: Vec<f64> = order.iter().map(|i| p_values[*i]).collect();
    let adjusted = adjust_sorted(&sorted, adjustment);
    let mut result = vec![0.0; p_values.len()];
    for (place, value) in order.iter().zip(adjusted) {
        result[*place] = smaller(value, 1.0);
    }
    Ok(result)
}

fn adjust_sorted(p: &[f64], adjustment: Adjustment) -> Vec<f64> {
    let m = p.len() as f64;
    let left = |i: usize| m - i as f64;
    let rank = |i: usize| i as f64 + 1.0;
    match adjustment {
        Adjustment::Bonferroni => p.iter().map(|p| m * p).collect(),
        Adjustment::Sidak => p.iter().map(|p| at_least_one(*p, m)).collect(),
        Adjustment::Holm => running_maximum(p.iter().enumerate().map(|(i, p)| left(i) * p)),
        Adjustment::HolmSidak => {
            running_maximum(p.iter().enumerate().map(|(i, p)| at_least_one(*p, left(i))))
        }
        Adjustment::Hochberg => step_up(p, left),
        Adjustment::Hommel => hommel(p),
        Adjustment::BenjaminiHochberg => benjamini_hochberg(p),
        Adjustment::BenjaminiYekutieli => {
            let harmonic: f64 = (0..p.len()).map(|i| 1.0 / rank(i)).sum();
            step_up(p, |i| m * harmonic / rank(i))
        }
        Adjustment::TwoStageBky { alpha } => two_stage(p, alpha / (1.0 + alpha), 1.0 + alpha),
        Adjustment::TwoStageBh { alpha } => two_stage(p, alpha, 1.0),
        Adjustment::SharpenedQ => sharpened_q(p),
    }
}

/// Probability that at least one of `count` independent tests has a p-value of `p` or less; keeps the digits
/// of a tiny p.
fn at_least_one(p: f64, count: f64) -> f64 {
    -(count * (-p).ln_1p()).exp_m1()
}

fn running_maximum(values: impl Iterator<Item = f64>) -> Vec<f64> {
    values
        .scan(0.0, |most, value| {
            *most = larger(*most, value);
            Some(*most)
        })
        .collect()
}

fn step_up(p: &[f64], factor: impl Fn(usize) -> f64) -> Vec<f64> {
    let mut least = 1.0;
    let mut values: Vec<f64> = p
        .iter()
        .enumerate()
        .rev()
        .map(|(i, p)| {
            least = smaller(least, factor(i) * p);
            least
        })
        .collect();
    values.reverse();
    values
}

fn benjamini_hochberg(p: &[f64]) -> Vec<f64> {
    let m = p.len() as f64;
    step_up(p, |i| m / (i as f64 + 1.0))
}

fn two_stage(p: &[f64], first_level: f64, factor: f64) -> Vec<f64> {
    let m = p.len();
    let values = benjamini_hochberg(p);
    let rejected = values.iter().filter(|value| **value <= first_level).count();
    let remaining = if rejected == m { m } else { m - rejected };
    let scale = factor * remaining as f64 / m as f64;
    values.into_iter().map(|value| scale * value).collect()
}

/// With b(i) the Benjamini–Hochberg values and q′ = q/(1 + q), hypothesis i is rejected when
/// b(i) ≤ q′·m/(m − r₁(q′)), r₁(q′) the number of b(j) ≤ q′. Both sides grow with q′, so the smallest q′ is
/// found by walking over r₁: between two successive b(j) it is constant.
fn sharpened_q(p: &[f64]) -> Vec<f64> {
    let m = p.len();
    let first = benjamini_hochberg(p);
    first
        .iter()
        .map(|b| {
            let mut level = f64::INFINITY;
            for rejected in 0..=m {
                let from = if rejected == 0 { 0.0 } else { first[rejected - 1] };
                let to = first.get(rejected).copied().unwrap_or(f64::INFINITY);
                let candidate = larger(from, b * (m - rejected) as f64 / m as f64);
                if candidate < to {
                    level = candidate;
                    break;
                }
            }
            // q′ = 1/2 is q = 1.
            if level < 0.5 { level / (1.0 - level) } else { 1.0 }
        })
        .collect()
}

/// Closed testing: a hypothesis is rejected when every subset that holds it is rejected by Simes's test, so its
/// adjusted value is the largest Simes p over those subsets. Among the subsets of size s with hypothesis i the
/// largest is {i} with the s − 1 largest of the others: p(i) first, then the upper end of the order.
fn hommel(p: &[f64]) -> Vec<f64> {
    let m = p.len();
    let mut adjusted = p.to_vec();
    for size in 2..=m {
        let scale = size as f64;
        let first = m - size;
        let rest = (1..size).map(|i| scale * p[first + i] / (i as f64 + 1.0)).fold(f64::INFINITY, smaller);
        for (i, value) in adjusted.iter_mut().enumerate() {
            let own = if i < first { p[i] } else { p[first] };
            *value = larger(*value, smaller(scale * own, rest));
        }
    }
    adjusted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(p: &[f64], adjustment: Adjustment, expected: &[f64]) {
        let found = adjust(p, adjustment).unwrap();
        for (found, expected) in found.iter().zip(expected) {
            assert!((found - expected).abs() < 1e-12, "{found} is not {expected}");
        }
    }

    /// Holm and Benjamini–Hochberg worked by hand.
    #[test]
    fn by_hand() {
        let p = [0.04, 0.01, 0.03, 0.005];
        check(&p, Adjustment::Holm, &[0.06, 0.03, 0.06, 0.02]);
        check(&p, Adjustment::BenjaminiHochberg, &[0.04, 0.02, 0.04, 0.02]);
        check(&p, Adjustment::Hochberg, &[0.04, 0.03, 0.04, 0.02]);
        check(&p, Adjustment::Bonferroni, &[0.16, 0.04, 0.12, 0.02]);
    }

    #[test]
    fn nothing_and_one() {
        assert!(adjust(&[], Adjustment::SharpenedQ).unwrap().is_empty());
        check(&[0.2], Adjustment::Hommel, &[0.2]);
        check(&[0.2], Adjustment::Holm, &[0.2]);
        // One test: q/(1 + q) = p.
        check(&[0.2], Adjustment::SharpenedQ, &[0.25]);
        assert_eq!(
            adjust(&[0.1, f64::NAN], Adjustment::Holm),
            Err(MultipleTestingError::NotAProbability { index: 1 })
        );
        assert_eq!(
            adjust(&[0.1], Adjustment::TwoStageBky { alpha: 1.0 }),
            Err(MultipleTestingError::Level(1.0))
        );
    }

    /// A p-value far below the rounding unit of 1 keeps its digits.
    #[test]
    fn tiny_p_values() {
        check(&[1e-30, 0.5], Adjustment::Sidak, &[2e-30, 0.75]);
        let found = adjust(&[1e-30], Adjustment::HolmSidak).unwrap();
        assert!((found[0] / 1e-30 - 1.0).abs() < 1e-12);
    }
}
