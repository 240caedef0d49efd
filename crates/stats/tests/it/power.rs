//! Power against published examples, simulation and refits; intracluster correlation by brute force.

use proptest::prelude::*;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use whatworks_stats::distributions::{f_quantile, f_sf, normal_quantile, students_t_quantile};
use whatworks_stats::power::{
    Correlation, Design, Panel, PanelEstimator, PowerError, Test, Units, detectable_effect,
    intracluster_correlation, minimum_detectable_effect, power, precision, sample_needed,
};

fn individuals(count: f64) -> Design {
    Design {
        units: Units::Individuals { count },
        treated_share: 0.5,
        r2_individual: 0.0,
        r2_cluster: 0.0,
        covariates: 0,
        strata: 1,
        take_up: 1.0,
        panel: None,
    }
}

fn clusters(count: f64, mean_size: f64, size_cv: f64, icc: f64) -> Design {
    Design { units: Units::Clusters { count, mean_size, size_cv, icc }, ..individuals(2.0) }
}

#[track_caller]
fn close(found: f64, expected: f64, within: f64) {
    assert!((found - expected).abs() <= within, "{found} is not {expected} within {within}");
}

/// R's `power.t.test` (two-sided 5 %, power 80 %): d = 0.2, 0.5, 0.8 need 393.4057, 63.76576, 25.52458 an arm.
#[test]
fn reference_sample_sizes_of_r() {
    for (effect, per_arm) in [(0.2, 394), (0.5, 64), (0.8, 26)] {
        let needed = sample_needed(&individuals(2.0), effect, 0.8, &Test::default()).unwrap();
        assert_eq!(needed.div_ceil(2), per_arm, "effect {effect}");
    }
}

/// Bloom (2005), chapter 4: MDES = multiplier × standard error, multiplier 2.8 for many clusters; with J = 40,
/// n = 60, ρ = 0.10, P = 0.5 the standard error is √(4·(0.10/40 + 0.90/2400)).
#[test]
fn reference_bloom_cluster_formula() {
    let found = precision(&clusters(40.0, 60.0, 0.0, 0.1)).unwrap();
    close(found.std_error, (4.0_f64 * (0.1 / 40.0 + 0.9 / 2400.0)).sqrt(), 1e-12);
    close(found.df, 38.0, 0.0);
    close(found.design_effect, 1.0 + 59.0 * 0.1, 1e-12);
    let detectable =
        minimum_detectable_effect(&clusters(40.0, 60.0, 0.0, 0.1), 0.8, &Test::default()).unwrap();
    // The sum of two t quantiles is Bloom's approximation of the noncentral t.
    let multiplier = students_t_quantile(0.975, 38.0) + students_t_quantile(0.8, 38.0);
    close(detectable.intention_to_treat / found.std_error, multiplier, 0.01);
}

/// Eldridge, Ashby and Kerry (2006): design effect 1 + ((1 + cv²)m − 1)ρ.
#[test]
fn reference_eldridge_unequal_sizes() {
    let found = precision(&clusters(40.0, 20.0, 0.6, 0.05)).unwrap();
    close(found.design_effect, 1.0 + ((1.0 + 0.36) * 20.0 - 1.0) * 0.05, 1e-12);
}

#[test]
fn take_up_and_covariates() {
    let plain = individuals(1_000.0);
    let itt = minimum_detectable_effect(&plain, 0.8, &Test::default()).unwrap().intention_to_treat;
    let low = minimum_detectable_effect(&Design { take_up: 0.25, ..plain }, 0.8, &Test::default()).unwrap();
    close(low.intention_to_treat, itt, 1e-12);
    close(low.on_takers, 4.0 * itt, 1e-12);
    let adjusted = precision(&Design { r2_individual: 0.75, covariates: 3, strata: 5, ..plain }).unwrap();
    close(adjusted.std_error, 0.5 * precision(&plain).unwrap().std_error, 1e-12);
    close(adjusted.df, 1_000.0 - 9.0, 0.0);
}

#[test]
fn refusals() {
    let test = Test::default();
    assert_eq!(precision(&clusters(2.0, 10.0, 0.0, 0.1)), Err(PowerError::DegreesOfFreedom(0.0)));
    assert!(precision(&Design { treated_share: 1.0, ..individuals(10.0) }).is_err());
    assert!(precision(&individuals(f64::NAN)).is_err());
    assert!(power(&individuals(100.0), f64::NAN, &test).is_err());
    assert!(sample_needed(&individuals(2.0), 0.0, 0.8, &test).is_err());
    assert!(detectable_effect(1.0, 10.0, 0.05, &test).is_err());
    assert_eq!(sample_needed(&individuals(2.0), 1e-9, 0.8, &test), Err(PowerError::Unreachable));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn detectable_effect_has_the_power(df in 1.0..2_000.0f64, wanted in 0.1..0.99f64, share in 0.1..0.9f64) {
        let design = Design { treated_share: share, ..individuals(df + 2.0) };
        let found = minimum_detectable_effect(&design, wanted, &Test::default()).unwrap();
        let back = power(&design, found.intention_to_treat, &Test::default()).unwrap();
        prop_assert!((back - wanted).abs() < 1e-9);
    }

    #[test]
    fn f_quantiles_invert(p in 1e-6..0.999_999f64, df1 in 1.0..200.0f64, df2 in 1.0..5_000.0f64) {
        let f = f_quantile(p, df1, df2);
        prop_assert!((f_sf(f, df1, df2) - (1.0 - p)).abs() < 1e-9 * (1.0 - p).max(1e-3));
    }
}

fn normal(rng: &mut ChaCha8Rng) -> f64 {
    normal_quantile(((rng.next_u64() >> 11) as f64 + 0.5) / 9_007_199_254_740_992.0)
}

/// t tests on simulated cluster means reject as often as the formula says: difference-in-differences with
/// autoregressive cluster shocks and clients, and a single round.
#[test]
fn simulated_power() {
    let rounds = 4_000;
    let (count, size, icc, effect) = (16_usize, 5_usize, 0.2_f64, 0.6);
    let correlation = |rho| Correlation::Autoregressive(rho);
    let panel = Panel {
        before: 2,
        after: 2,
        estimator: PanelEstimator::DifferenceInDifferences,
        cluster: correlation(0.7),
        individual: correlation(0.4),
    };
    for (seed, panel) in [(1, None), (2, Some(panel))] {
        let design = Design { panel, ..clusters(count as f64, size as f64, 0.0, icc) };
        let expected = power(&design, effect, &Test::default()).unwrap();
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        // A path over the rounds, and the weight of each round in the comparison.
        let weights: Vec<f64> = panel.map_or(vec![1.0], |_| vec![-0.5, -0.5, 0.5, 0.5]);
        let path = |rho: f64, rng: &mut ChaCha8Rng| {
            let mut last = normal(rng);
            let mut sum = weights[0] * last;
            for weight in &weights[1..] {
                last = rho * last + (1.0 - rho * rho).sqrt() * normal(rng);
                sum += weight * last;
            }
            sum
        };
        let critical = students_t_quantile(0.975, count as f64 - 2.0);
        let mut rejected = 0;
        for _ in 0..rounds {
            let means: Vec<f64> = (0..count)
                .map(|g| {
                    let treated = f64::from(u8::from(g % 2 == 0));
                    let people: f64 = (0..size).map(|_| path(0.4, &mut rng)).sum::<f64>() / size as f64;
                    effect * treated + icc.sqrt() * path(0.7, &mut rng) + (1.0 - icc).sqrt() * people
                })
                .collect();
            let half = count as f64 / 2.0;
            let arm = |first: usize| {
                let values: Vec<f64> = means.iter().skip(first).step_by(2).copied().collect();
                let mean = values.iter().sum::<f64>() / half;
                (mean, values.iter().map(|v| (v - mean).powi(2)).sum::<f64>())
            };
            let ((treated, a), (control, b)) = (arm(0), arm(1));
            let se = ((a + b) / (count as f64 - 2.0) * 2.0 / half).sqrt();
            rejected += i32::from(((treated - control) / se).abs() > critical);
        }
        let found = f64::from(rejected) / f64::from(rounds);
        let mcse = (expected * (1.0 - expected) / f64::from(rounds)).sqrt();
        close(found, expected, 4.0 * mcse);
    }
}

/// The interval of ρ covers, and the estimate centres on the truth, with arms that differ in mean.
#[test]
fn intracluster_correlation_recovers() {
    let mut rng = ChaCha8Rng::seed_from_u64(7);
    let (rho, rounds) = (0.1_f64, 1_000);
    let (mut covered, mut sum) = (0, 0.0);
    for _ in 0..rounds {
        let (mut y, mut codes, mut arms) = (Vec::new(), Vec::new(), Vec::new());
        for g in 0..40_u32 {
            let shock = rho.sqrt() * normal(&mut rng);
            for _ in 0..10 {
                y.push(1e3 + 2.0 * f64::from(g % 2) + shock + (1.0 - rho).sqrt() * normal(&mut rng));
                codes.push(g * 7);
                arms.push(g % 2);
            }
        }
        let found = intracluster_correlation(&y, &codes, Some(&arms), 0.95).unwrap();
        covered += i32::from(found.lower <= rho && rho <= found.upper);
        sum += found.rho;
        assert_eq!((found.clusters, found.rows), (40, 400));
        close(found.typical_size, 10.0, 1e-9);
    }
    close(f64::from(covered) / f64::from(rounds), 0.95, 0.028);
    close(sum / f64::from(rounds), rho, 0.01);
}

/// Three unequal clusters, worked by hand: MSB = 16.5, MSW = 1, m₀ = (7 − 17/7)/2.
#[test]
fn intracluster_correlation_by_hand() {
    let y = [1.0, 2.0, 3.0, 6.0, 8.0, 8.0, 8.0];
    let codes = [3, 3, 3, 1, 1, 2, 2];
    let found = intracluster_correlation(&y, &codes, None, 0.9).unwrap();
    let mean = 36.0 / 7.0;
    let between = (3.0 * (2.0 - mean) * (2.0 - mean)
        + 2.0 * (7.0 - mean) * (7.0 - mean)
        + 2.0 * (8.0 - mean) * (8.0 - mean))
        / 2.0;
    close(found.mean_square_between, between, 1e-12);
    close(found.mean_square_within, 1.0, 1e-12);
    let m0 = (7.0 - 17.0 / 7.0) / 2.0;
    close(found.typical_size, m0, 1e-12);
    close(found.rho, (between - 1.0) / (between + m0 - 1.0), 1e-12);
    assert!(found.lower < found.rho && found.rho < found.upper && found.upper < 1.0);
    assert_eq!(
        intracluster_correlation(&y, &codes, Some(&[0, 1, 0, 0, 0, 0, 0]), 0.9),
        Err(PowerError::ClusterInTwoArms(3))
    );
}
