//! Multiple testing: statsmodels' values, Anderson's walk over levels, closed testing by brute force, and
//! simulated error rates.

use proptest::prelude::*;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use whatworks_stats::distributions::{normal_quantile, normal_two_sided_p};
use whatworks_stats::multiple_testing::{Adjustment, adjust, romano_wolf};

use crate::reference::{Tally, Tolerance, fixture, numbers};

/// Plain arithmetic on the same p-values.
const EXACT: Tolerance = Tolerance { relative: 1e-12, absolute: 0.0 };

#[test]
fn reference_statsmodels_adjustments() {
    let reference = fixture("inference/multiple_testing.json");
    let family = &reference["multiple_testing"];
    let p = numbers(&family["p"]);
    let mut tally = Tally::default();
    for (name, adjustment) in [
        ("bonferroni", Adjustment::Bonferroni),
        ("sidak", Adjustment::Sidak),
        ("holm", Adjustment::Holm),
        ("holm-sidak", Adjustment::HolmSidak),
        ("hommel", Adjustment::Hommel),
        ("simes-hochberg", Adjustment::Hochberg),
        ("fdr_bh", Adjustment::BenjaminiHochberg),
        ("fdr_by", Adjustment::BenjaminiYekutieli),
        ("fdr_tsbh", Adjustment::TwoStageBh { alpha: 0.05 }),
        ("fdr_tsbky", Adjustment::TwoStageBky { alpha: 0.05 }),
    ] {
        for (i, found) in adjust(&p, adjustment).unwrap().into_iter().enumerate() {
            tally.number(&format!("{name}[{i}]"), family[name][i].as_f64().unwrap(), found, EXACT);
        }
    }
    tally.finish(350);
}

/// Anderson's program: for q = 1, 0.999, …, 0.001, two step-up passes; the last q that rejects is the q-value.
fn anderson_walk(p: &[f64]) -> Vec<f64> {
    let m = p.len();
    let mut sorted = p.to_vec();
    sorted.sort_by(f64::total_cmp);
    let passed = |level: f64| {
        (1..=m).rev().find(|rank| sorted[rank - 1] <= level * *rank as f64 / m as f64).unwrap_or(0)
    };
    let mut q_values = vec![1.0; m];
    for step in (1..=1000).rev() {
        let q = f64::from(step) / 1000.0;
        let first_level = q / (1.0 + q);
        let first = passed(first_level);
        let second = if first == m { m } else { passed(first_level * m as f64 / (m - first) as f64) };
        for (i, value) in q_values.iter_mut().enumerate() {
            if second > 0 && p[i] <= sorted[second - 1] {
                *value = q;
            }
        }
    }
    q_values
}

/// Simes's p-value of the subset named by the bits of `subset`.
fn simes(p: &[f64], subset: usize) -> f64 {
    let mut chosen: Vec<f64> = (0..p.len()).filter(|i| subset >> i & 1 == 1).map(|i| p[i]).collect();
    chosen.sort_by(f64::total_cmp);
    let size = chosen.len() as f64;
    chosen.iter().enumerate().map(|(i, p)| size * p / (i + 1) as f64).fold(f64::INFINITY, f64::min)
}

fn families(most: usize) -> impl Strategy<Value = Vec<f64>> {
    prop::collection::vec((0.0..1.0f64, 1..4i32).prop_map(|(u, power)| u.powi(power)), 1..most)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn sharpened_q_is_andersons_walk(p in families(20)) {
        let exact = adjust(&p, Adjustment::SharpenedQ).unwrap();
        for (exact, walked) in exact.iter().zip(anderson_walk(&p)) {
            // The walk stops on the grid point at or above the exact value; rounding may move it by one.
            let rounded = (exact * 1000.0 - 1e-9).ceil() / 1000.0;
            prop_assert!((rounded.max(0.001) - walked).abs() < 1e-9, "{exact} walked {walked}");
        }
    }

    #[test]
    fn hommel_and_holm_are_closed_tests(p in families(8)) {
        let (hommel, holm) = (adjust(&p, Adjustment::Hommel).unwrap(), adjust(&p, Adjustment::Holm).unwrap());
        for i in 0..p.len() {
            let (mut by_simes, mut by_bonferroni) = (0.0f64, 0.0f64);
            for subset in (1_usize..1 << p.len()).filter(|s| s >> i & 1 == 1) {
                by_simes = by_simes.max(simes(&p, subset));
                let least =
                    (0..p.len()).filter(|j| subset >> j & 1 == 1).map(|j| p[j]).fold(1.0, f64::min);
                by_bonferroni = by_bonferroni.max((f64::from(subset.count_ones()) * least).min(1.0));
            }
            prop_assert!((hommel[i] - by_simes).abs() < 1e-12);
            prop_assert!((holm[i] - by_bonferroni).abs() < 1e-12);
        }
    }

    #[test]
    fn order_and_power(p in families(20)) {
        let value = |adjustment| adjust(&p, adjustment).unwrap();
        let ladder = [
            Adjustment::Bonferroni, Adjustment::Holm, Adjustment::Hochberg, Adjustment::Hommel,
            Adjustment::BenjaminiHochberg,
        ]
        .map(value);
        for i in 0..p.len() {
            for pair in ladder.windows(2) {
                prop_assert!(pair[1][i] <= pair[0][i] + 1e-12);
            }
            prop_assert!(ladder[4][i] >= p[i]);
        }
        let mut reversed = p.clone();
        reversed.reverse();
        let mut other = adjust(&reversed, Adjustment::SharpenedQ).unwrap();
        other.reverse();
        prop_assert_eq!(adjust(&p, Adjustment::SharpenedQ).unwrap(), other);
    }
}

fn normal(rng: &mut ChaCha8Rng) -> f64 {
    normal_quantile(((rng.next_u64() >> 11) as f64 + 0.5) / 9_007_199_254_740_992.0)
}

/// Six correlated outcomes under the null: the chance of any rejection at 5 % stays near 5 % for Romano–Wolf
/// (which uses the correlation) and at or below 5 % for Holm.
#[test]
fn romano_wolf_keeps_the_family_wise_error() {
    let mut rng = ChaCha8Rng::seed_from_u64(20_050_711);
    let (outcomes, draws, rounds) = (6, 199, 2_000);
    let row = |rng: &mut ChaCha8Rng| {
        let common = normal(rng);
        (0..outcomes).map(|_| 0.8 * common + 0.6 * normal(rng)).collect::<Vec<f64>>()
    };
    let (mut step_down, mut holm) = (0, 0);
    for _ in 0..rounds {
        let observed = row(&mut rng);
        let resampled: Vec<f64> = (0..draws).flat_map(|_| row(&mut rng)).collect();
        let found = romano_wolf(&observed, &resampled).unwrap();
        step_down += i32::from(found.adjusted.iter().any(|p| *p <= 0.05));
        assert!(found.adjusted.iter().zip(&found.unadjusted).all(|(a, u)| a >= u && *u > 0.0));
        let p: Vec<f64> = observed.iter().map(|z| normal_two_sided_p(*z)).collect();
        holm += i32::from(adjust(&p, Adjustment::Holm).unwrap().iter().any(|p| *p <= 0.05));
    }
    // Four Monte Carlo standard errors of a 5 % rate over 2,000 rounds: 0.0195.
    let rate = f64::from(step_down) / f64::from(rounds);
    assert!((rate - 0.05).abs() < 0.0195, "family-wise error {rate}");
    assert!(f64::from(holm) / f64::from(rounds) < 0.05);
}
