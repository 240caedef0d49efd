//! Randomisation inference against refits over every assignment, a textbook example, and simulated size.

use proptest::prelude::*;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use whatworks_stats::distributions::normal_quantile;
use whatworks_stats::randomisation::{
    Experiment, RandomisationError, RandomisationOptions, RandomisationTest, randomisation_test,
};
use whatworks_stats::regression::{Sample, Term, Variance, covariance, fit};

fn normal(rng: &mut ChaCha8Rng) -> f64 {
    normal_quantile(((rng.next_u64() >> 11) as f64 + 0.5) / 9_007_199_254_740_992.0)
}

struct Simulated {
    y: Vec<f64>,
    treated: Vec<bool>,
    units: Vec<u32>,
    strata: Vec<u32>,
    covariate: Vec<f64>,
    weights: Vec<f64>,
}

/// Clusters 10, 11, … of three or four rows in two strata; the assigned ones are named.
fn simulate(seed: u64, clusters: u32, assigned: &[u32], effect: f64) -> Simulated {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let mut s = Simulated {
        y: Vec::new(),
        treated: Vec::new(),
        units: Vec::new(),
        strata: Vec::new(),
        covariate: Vec::new(),
        weights: Vec::new(),
    };
    for g in 0..clusters {
        let shock = normal(&mut rng);
        for _ in 0..3 + g % 2 {
            let covariate = normal(&mut rng);
            let treated = assigned.contains(&g);
            s.y.push(covariate + shock + normal(&mut rng) + if treated { effect } else { 0.0 });
            s.treated.push(treated);
            s.units.push(10 + g);
            s.strata.push(u32::from(g >= clusters / 2));
            s.covariate.push(covariate + 0.3 * shock);
            s.weights.push((0.3 * normal(&mut rng)).exp());
        }
    }
    s
}

fn run(s: &Simulated, covariates: &[&[f64]], options: &RandomisationOptions) -> RandomisationTest {
    let experiment = Experiment {
        y: &s.y,
        treated: &s.treated,
        units: &s.units,
        strata: Some(&s.strata),
        covariates,
        weights: Some(&s.weights),
    };
    randomisation_test(&experiment, options, &mut ChaCha8Rng::seed_from_u64(8)).unwrap()
}

/// Coefficient and CR1 t of an assignment on rows, by the plain regression.
fn refit(s: &Simulated, covariates: &[&[f64]], assigned: &[u32], shift: f64) -> (f64, f64) {
    let d: Vec<f64> = s.units.iter().map(|u| f64::from(u8::from(assigned.contains(&(u - 10))))).collect();
    let y: Vec<f64> = s.y.iter().zip(&s.treated).map(|(y, t)| y - if *t { shift } else { 0.0 }).collect();
    let stratum: Vec<f64> = s.strata.iter().map(|s| f64::from(*s)).collect();
    let mut x: Vec<&[f64]> = vec![&d, &stratum];
    x.extend(covariates);
    let sample = Sample { y: &y, x: &x, intercept: true, weights: Some(&s.weights), factors: &[] };
    let fitted = fit(&sample).unwrap();
    let at = fitted.fit.position(Term::Column(0)).unwrap();
    let error = covariance(&fitted, Variance::Cr1, &[&s.units]).unwrap().matrix.get(at, at).sqrt();
    (fitted.fit.coefficients[at], fitted.fit.coefficients[at] / error)
}

/// Two of four clusters in the first stratum, one of four in the second: 24 assignments.
fn assignments() -> Vec<Vec<u32>> {
    let mut all = Vec::new();
    for a in 0..4 {
        for b in a + 1..4 {
            all.extend((4..8).map(|c| vec![a, b, c]));
        }
    }
    all
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 20, failure_persistence: None, ..ProptestConfig::default() })]

    /// Sums by unit give what a regression on the rows gives for each of the 24 assignments.
    #[test]
    fn equals_refits(seed in 0..1_000u64, adjusted in any::<bool>(), null in -1.0..1.0f64) {
        let observed = [1, 2, 5];
        let s = simulate(seed, 8, &observed, 1.0);
        let covariate = [s.covariate.as_slice()];
        let covariates: &[&[f64]] = if adjusted { &covariate } else { &[] };
        let found = run(&s, covariates, &RandomisationOptions { draws: 24, null, level: 0.8 });
        prop_assert_eq!((found.assignments, found.draws, found.complete), (24.0, 24, true));
        let (estimate, _) = refit(&s, covariates, &observed, 0.0);
        let (_, t) = refit(&s, covariates, &observed, null);
        prop_assert!((found.estimate - estimate).abs() < 1e-9);
        prop_assert!((found.statistic - t).abs() < 1e-8 * (1.0 + t.abs()));
        let p = |null: f64| {
            let (_, t) = refit(&s, covariates, &observed, null);
            let beyond = assignments()
                .iter()
                .filter(|a| refit(&s, covariates, a, null).1.abs() >= t.abs() * (1.0 - 1e-9))
                .count();
            beyond as f64 / 24.0
        };
        prop_assert_eq!(found.p_values.symmetric, p(null));
        let (low, high) = found.interval_symmetric;
        for (end, outwards) in [(low, -1e-4), (high, 1e-4)] {
            if end.is_finite() {
                prop_assert!(p(end - outwards * found.std_error) > 0.2);
                prop_assert!(p(end + outwards * found.std_error) <= 0.2 + 1e-12);
            }
        }
    }

    /// The order of the rows has no say.
    #[test]
    fn row_order(seed in 0..1_000u64) {
        let mut s = simulate(seed, 14, &[0, 3, 4, 8, 9, 12], 0.5);
        let covariate = s.covariate.clone();
        let options = RandomisationOptions { draws: 199, ..RandomisationOptions::default() };
        let one = run(&s, &[&covariate], &options);
        prop_assert!(!one.complete);
        s.y.reverse();
        s.treated.reverse();
        s.units.reverse();
        s.strata.reverse();
        s.weights.reverse();
        let covariate: Vec<f64> = covariate.into_iter().rev().collect();
        let other = run(&s, &[&covariate], &options);
        prop_assert_eq!(one.p_values, other.p_values);
        prop_assert!((one.estimate - other.estimate).abs() < 1e-12 * (1.0 + one.estimate.abs()));
    }
}

/// Fisher's (1935) lady tasting tea: four of eight cups, all told right: 1 in 70 on one side, 2 in 70 on both.
#[test]
fn reference_lady_tasting_tea() {
    let treated: Vec<bool> = (0..8).map(|i| i % 2 == 0).collect();
    // Nearly the answer itself, so that the standard error exists.
    let y: Vec<f64> = (0..8).map(|i| f64::from(1 - i % 2) + 1e-3 * f64::from(i * i % 5)).collect();
    let units: Vec<u32> = (0..8).collect();
    let experiment = Experiment { y: &y, treated: &treated, units: &units, ..Experiment::default() };
    let mut rng = ChaCha8Rng::seed_from_u64(1);
    let found = randomisation_test(&experiment, &RandomisationOptions::default(), &mut rng).unwrap();
    assert_eq!((found.assignments, found.complete, found.treated_units), (70.0, true, 4));
    assert_eq!(found.p_values.symmetric, 2.0 / 70.0);
    assert_eq!(found.p_values.equal_tailed, 2.0 / 70.0);
}

#[test]
fn refusals() {
    let y = [1.0, 2.0, 3.0, 4.0];
    let mut rng = ChaCha8Rng::seed_from_u64(1);
    let mut refuse = |treated: &[bool], units: &[u32], strata: Option<&[u32]>| {
        let experiment = Experiment { y: &y, treated, units, strata, ..Experiment::default() };
        randomisation_test(&experiment, &RandomisationOptions::default(), &mut rng)
    };
    let split = [true, false, false, true];
    assert_eq!(refuse(&split, &[7, 7, 8, 9], None), Err(RandomisationError::UnitInTwoArms(7)));
    let strata = Some([0, 0, 1, 1].as_slice());
    let pair = [true, true, false, false];
    assert_eq!(refuse(&pair, &[1, 2, 3, 4], strata), Err(RandomisationError::NothingToPermute));
    assert_eq!(
        refuse(&pair, &[1, 1, 3, 3], Some(&[0, 1, 1, 1])),
        Err(RandomisationError::UnitInTwoStrata(1))
    );
    assert!(refuse(&pair[1..], &[1, 1, 3, 3], None).is_err());
}

/// Eight clusters, no effect: the exact test cannot reject more often than its level; under a constant effect the
/// interval covers at least as often.
#[test]
fn size_with_eight_clusters() {
    let rounds = 600;
    let (mut rejected, mut covered) = (0, 0);
    for seed in 0..rounds {
        let assigned = [seed as u32 % 4, 4 + seed as u32 % 4, 4 + (seed as u32 + 1) % 4];
        let s = simulate(7_000 + seed, 8, &assigned, 0.5);
        let options = RandomisationOptions { null: 0.5, level: 0.75, draws: 24 };
        let found = run(&s, &[&s.covariate], &options);
        assert!(found.complete);
        rejected += u64::from(found.p_values.symmetric <= 0.25);
        covered += u64::from(found.interval_symmetric.0 <= 0.5 && 0.5 <= found.interval_symmetric.1);
    }
    // 24 assignments reach a level of 25 % exactly; four Monte Carlo standard errors are 0.071.
    let rate = rejected as f64 / rounds as f64;
    assert!((rate - 0.25).abs() < 0.071, "size {rate}");
    assert!((covered as f64 / rounds as f64 - 0.75).abs() < 0.071);
}
