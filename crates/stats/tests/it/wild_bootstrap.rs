//! The wild cluster bootstrap against pyfixest's p-values, against refits on rows, and by simulated size.

use proptest::prelude::*;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use whatworks_stats::bootstrap::{
    BootstrapError, JointOutcome, WildBootstrap, WildOptions, WildProblem, WildWeights, cluster_numbers,
    joint_wild_bootstrap, resampling_design, wild_bootstrap,
};
use whatworks_stats::distributions::normal_quantile;
use whatworks_stats::regression::{GroupedDesign, GroupedSums, RowBatch, Sample, Term, fit, fit_grouped};

use crate::households::{CONTROLS, households};
use crate::reference::fixture;

fn problem(sample: &Sample, clusters: &[u32], term: Term) -> WildProblem {
    WildProblem::from_memory(&fit(sample).unwrap(), clusters, term).unwrap()
}

fn bootstrap(problem: &WildProblem, options: &WildOptions, seed: u64) -> WildBootstrap {
    wild_bootstrap(problem, options, &mut ChaCha8Rng::seed_from_u64(seed)).unwrap()
}

#[test]
fn reference_wild_bootstrap_of_pyfixest() {
    let Some(households) = households("wild_bootstrap") else { return };
    let draws = 9_999;
    let mut compared = 0;
    for case in fixture("inference/banerjee_wild_bootstrap.json")["wcb"].as_array().unwrap() {
        let mut names = vec![case["outcome"].as_str().unwrap(), "treatment"];
        if case["controls"].as_bool().unwrap() {
            names.extend(CONTROLS);
        }
        let (columns, areas) = households.complete(&names);
        let x: Vec<&[f64]> = columns[1..].iter().map(Vec::as_slice).collect();
        let sample = Sample { y: &columns[0], x: &x, intercept: true, ..Sample::default() };
        let weights = match case["weights"].as_str().unwrap() {
            "rademacher" => WildWeights::Rademacher,
            "mammen" => WildWeights::Mammen,
            "webb" => WildWeights::Webb,
            _ => WildWeights::Normal,
        };
        let options = WildOptions {
            weights: Some(weights),
            impose_null: case["impose_null"].as_bool().unwrap(),
            draws,
            ..WildOptions::default()
        };
        let found = bootstrap(&problem(&sample, &areas, Term::Column(0)), &options, 104);
        let expected_t = case["t"].as_f64().unwrap();
        assert!((found.statistic / expected_t - 1.0).abs() < 1e-8, "{case}");
        let expected = case["p"].as_f64().unwrap();
        let p = found.p_values.symmetric;
        if expected == 0.0 {
            assert!(p <= 5.0 / (draws as f64 + 1.0), "{case}: {p}");
        } else {
            // Both sides are simulated: 99,999 draws there.
            let error = (expected * (1.0 - expected) * (1.0 / 99_999.0 + 1.0 / draws as f64)).sqrt();
            assert!((p - expected).abs() < 4.0 * error, "{case}: {p}, error {error}");
        }
        compared += 1;
    }
    assert_eq!(compared, 64);
}

/// Solves a small symmetric positive definite system by elimination.
fn solve(mut a: Vec<Vec<f64>>, mut b: Vec<f64>) -> Vec<f64> {
    let n = b.len();
    for i in 0..n {
        let (pivot, pivot_right) = (a[i].clone(), b[i]);
        for j in i + 1..n {
            let factor = a[j][i] / pivot[i];
            for (entry, above) in a[j].iter_mut().zip(&pivot) {
                *entry -= factor * above;
            }
            b[j] -= factor * pivot_right;
        }
    }
    for i in (0..n).rev() {
        for k in i + 1..n {
            let known = b[k];
            b[i] -= a[i][k] * known;
        }
        b[i] /= a[i][i];
    }
    b
}

/// Weighted least squares on rows: coefficients.
fn least_squares(y: &[f64], x: &[Vec<f64>], w: &[f64]) -> Vec<f64> {
    let product = |a: &[f64], b: &[f64]| (0..y.len()).map(|i| w[i] * a[i] * b[i]).sum::<f64>();
    let gram = x.iter().map(|a| x.iter().map(|b| product(a, b)).collect()).collect();
    solve(gram, x.iter().map(|a| product(a, y)).collect())
}

fn fitted(x: &[Vec<f64>], beta: &[f64], row: usize) -> f64 {
    x.iter().zip(beta).map(|(x, b)| x[row] * b).sum()
}

/// Coefficient j over its CR0 standard error, less `null`.
fn t_on_rows(y: &[f64], x: &[Vec<f64>], w: &[f64], clusters: &[u32], j: usize, null: f64) -> f64 {
    let beta = least_squares(y, x, w);
    let gram: Vec<Vec<f64>> = x
        .iter()
        .map(|a| x.iter().map(|b| (0..y.len()).map(|i| w[i] * a[i] * b[i]).sum()).collect())
        .collect();
    let mut unit = vec![0.0; x.len()];
    unit[j] = 1.0;
    let c = solve(gram, unit);
    let groups = *clusters.iter().max().unwrap() as usize + 1;
    let mut influence = vec![0.0; groups];
    for i in 0..y.len() {
        influence[clusters[i] as usize] += w[i] * fitted(x, &c, i) * (y[i] - fitted(x, &beta, i));
    }
    (beta[j] - null) / influence.iter().map(|a| a * a).sum::<f64>().sqrt()
}

/// |t*| of every draw of ±1 weights, each by a refit on the rows.
fn refit_draws(
    y: &[f64],
    x: &[Vec<f64>],
    w: &[f64],
    clusters: &[u32],
    j: usize,
    null: f64,
    impose: bool,
) -> (f64, Vec<f64>) {
    let groups = *clusters.iter().max().unwrap() + 1;
    let beta = if impose {
        let rest: Vec<Vec<f64>> = (0..x.len()).filter(|k| *k != j).map(|k| x[k].clone()).collect();
        let moved: Vec<f64> = y.iter().zip(&x[j]).map(|(y, x)| y - null * x).collect();
        let mut beta = least_squares(&moved, &rest, w);
        beta.insert(j, null);
        beta
    } else {
        least_squares(y, x, w)
    };
    let draws = (0..1_u32 << groups)
        .map(|bits| {
            let drawn: Vec<f64> = (0..y.len())
                .map(|i| {
                    let v = if bits >> clusters[i] & 1 == 1 { -1.0 } else { 1.0 };
                    let centre = fitted(x, &beta, i);
                    centre + v * (y[i] - centre)
                })
                .collect();
            t_on_rows(&drawn, x, w, clusters, j, beta[j])
        })
        .collect();
    (t_on_rows(y, x, w, clusters, j, null), draws)
}

fn normal(rng: &mut ChaCha8Rng) -> f64 {
    normal_quantile(((rng.next_u64() >> 11) as f64 + 0.5) / 9_007_199_254_740_992.0)
}

/// Columns: constant, treatment by cluster, a covariate; outcome with cluster shocks.
fn simulate(seed: u64, groups: u32, size: usize, effect: f64) -> (Vec<f64>, Vec<Vec<f64>>, Vec<u32>) {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let (mut y, mut x, mut clusters) = (Vec::new(), vec![Vec::new(); 3], Vec::new());
    for g in 0..groups {
        let shock = normal(&mut rng);
        let treated = f64::from(g % 2);
        for _ in 0..size + g as usize % 3 {
            let covariate = normal(&mut rng) + 0.5 * shock;
            x[0].push(1.0);
            x[1].push(treated);
            x[2].push(covariate);
            y.push(effect * treated + covariate + shock + normal(&mut rng));
            clusters.push(g);
        }
    }
    (y, x, clusters)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    /// Every combination of ±1 over seven clusters, by sums and by refits: the same p-values and interval.
    #[test]
    fn equals_refits_on_rows(seed in 0..1_000u64, impose in any::<bool>(), null in -1.0..1.0f64) {
        let (y, x, clusters) = simulate(seed, 7, 4, 0.8);
        let mut rng = ChaCha8Rng::seed_from_u64(seed + 1);
        let w: Vec<f64> = y.iter().map(|_| 0.5 + (normal(&mut rng) * 0.3).exp()).collect();
        let columns: Vec<&[f64]> = x[1..].iter().map(Vec::as_slice).collect();
        let sample =
            Sample { y: &y, x: &columns, intercept: true, weights: Some(&w), ..Sample::default() };
        let problem = problem(&sample, &clusters, Term::Column(0));
        let options = WildOptions {
            weights: Some(WildWeights::Rademacher), impose_null: impose, draws: 128, null, level: 0.8,
        };
        let found = bootstrap(&problem, &options, 1);
        prop_assert!(found.complete && found.draws == 128);
        let share = |null: f64, slack: f64| {
            let (t, draws) = refit_draws(&y, &x, &w, &clusters, 1, null, impose);
            let count = |beyond: &dyn Fn(f64) -> bool| draws.iter().filter(|d| beyond(**d)).count() as f64 / 128.0;
            let symmetric = count(&|d| d.abs() >= t.abs() * (1.0 - slack));
            let tails = [count(&|d| d >= t - slack * t.abs()), count(&|d| d <= t + slack * t.abs())];
            (symmetric, (2.0 * tails[0].min(tails[1])).min(1.0))
        };
        let (symmetric, equal_tailed) = share(null, 1e-7);
        prop_assert_eq!(found.p_values.symmetric, symmetric);
        prop_assert_eq!(found.p_values.equal_tailed, equal_tailed);
        prop_assert_eq!(found.p_values.symmetric_share, symmetric);
        // Just inside the interval the refits do not reject, just outside they do.
        let (low, high) = found.interval_symmetric;
        for (end, outwards) in [(low, -1.0), (high, 1.0)] {
            if end.is_finite() {
                let step = outwards * 1e-4 * found.std_error;
                prop_assert!(share(end - step, 1e-7).0 > 0.2);
                prop_assert!(share(end + step, 1e-7).0 <= 0.2 + 1e-12);
            }
        }
    }

    /// Row order and the unit of the outcome leave the p-values as they are; the interval follows the unit.
    #[test]
    fn order_and_unit(seed in 0..1_000u64, factor in 0.01..100.0f64) {
        let (y, x, clusters) = simulate(seed, 12, 5, 0.3);
        let columns: Vec<&[f64]> = x[1..].iter().map(Vec::as_slice).collect();
        let plain = Sample { y: &y, x: &columns, intercept: true, ..Sample::default() };
        let options = WildOptions { draws: 499, ..WildOptions::default() };
        let one = bootstrap(&problem(&plain, &clusters, Term::Column(0)), &options, 3);
        let reverse = |values: &[f64]| values.iter().rev().copied().collect::<Vec<f64>>();
        let scaled: Vec<f64> = reverse(&y).iter().map(|y| factor * y).collect();
        let x: Vec<Vec<f64>> = x[1..].iter().map(|x| reverse(x)).collect();
        let columns: Vec<&[f64]> = x.iter().map(Vec::as_slice).collect();
        let turned: Vec<u32> = clusters.iter().rev().copied().collect();
        let other = Sample { y: &scaled, x: &columns, intercept: true, ..Sample::default() };
        let other = bootstrap(&problem(&other, &turned, Term::Column(0)), &options, 3);
        prop_assert_eq!(one.p_values, other.p_values);
        let width = one.interval_symmetric.1 - one.interval_symmetric.0;
        prop_assert!((other.interval_symmetric.0 - factor * one.interval_symmetric.0).abs() < 1e-8 * factor * width);
    }
}

/// Few clusters: six-point weights and all of their combinations when there are few, p never 0.
#[test]
fn few_clusters() {
    let (y, x, clusters) = simulate(5, 5, 20, 30.0);
    let columns: Vec<&[f64]> = x[1..].iter().map(Vec::as_slice).collect();
    let sample = Sample { y: &y, x: &columns, intercept: true, ..Sample::default() };
    let problem = problem(&sample, &clusters, Term::Column(0));
    let all = bootstrap(&problem, &WildOptions::default(), 1);
    assert_eq!((all.weights, all.complete, all.draws), (WildWeights::Webb, true, 7_776));
    assert!(all.p_values.symmetric > 0.0);
    let some = bootstrap(&problem, &WildOptions { draws: 999, ..WildOptions::default() }, 1);
    assert_eq!((some.complete, some.draws), (false, 999));
    assert!(some.p_values.symmetric >= 1e-3);
    let mut rng = ChaCha8Rng::seed_from_u64(1);
    let none = WildOptions { draws: 0, ..WildOptions::default() };
    assert_eq!(wild_bootstrap(&problem, &none, &mut rng), Err(BootstrapError::Draws(0)));
}

/// A factor nested in the clusters stays absorbed, one across them becomes columns; either way the bootstrap is
/// that of the dummy-variable regression.
#[test]
fn absorbed_factors() {
    let (y, x, clusters) = simulate(9, 8, 12, 0.5);
    let months: Vec<u32> = (0..y.len() as u32).map(|i| i % 4).collect();
    let towns: Vec<u32> = (0..y.len() as u32).map(|i| clusters[i as usize] * 2 + i % 2).collect();
    let factors = [months.as_slice(), towns.as_slice()];
    let covariate = [x[2].as_slice()];
    let sample = Sample { y: &y, x: &covariate, factors: &factors, ..Sample::default() };
    let across = WildProblem::from_memory(&fit(&sample).unwrap(), &clusters, Term::Column(0));
    assert_eq!(across, Err(BootstrapError::FactorAcrossClusters { factor: 0 }));
    let design = resampling_design(&sample, &clusters).unwrap();
    assert_eq!((design.indicators.len(), design.nested.as_slice()), (4, [1].as_slice()));
    let columns = design.columns(sample.x);
    let nested = design.factors(sample.factors);
    let arranged = Sample {
        y: &y,
        x: &columns,
        factors: &nested,
        intercept: design.intercept(&sample),
        ..Sample::default()
    };
    let options = WildOptions { weights: Some(WildWeights::Rademacher), ..WildOptions::default() };
    let absorbed = bootstrap(&problem(&arranged, &clusters, Term::Column(0)), &options, 1);
    let indicator = |codes: &[u32], level| codes.iter().map(|c| f64::from(u8::from(*c == level))).collect();
    let mut dummies: Vec<Vec<f64>> = vec![x[2].clone()];
    dummies.extend((0..16).map(|level| indicator(&towns, level)));
    dummies.extend((1..4).map(|level| indicator(&months, level)));
    let columns: Vec<&[f64]> = dummies.iter().map(Vec::as_slice).collect();
    let plain = Sample { y: &y, x: &columns, ..Sample::default() };
    let plain = bootstrap(&problem(&plain, &clusters, Term::Column(0)), &options, 1);
    assert!(absorbed.complete);
    assert!((absorbed.estimate - plain.estimate).abs() < 1e-10);
    assert_eq!(absorbed.p_values, plain.p_values);
}

/// Sums of one pass over the rows give what the rows in memory give.
#[test]
fn grouped_sums() {
    let (y, x, clusters) = simulate(21, 9, 30, 0.5);
    let towns: Vec<u32> = (0..y.len() as u32).map(|i| clusters[i as usize] * 2 + i % 2).collect();
    let months: Vec<u32> = (0..y.len() as u32).map(|i| i % 4).collect();
    let grouped = |factor: &[u32]| {
        let mut sums = GroupedSums::new(2, 1, true);
        let columns = [y.as_slice(), x[2].as_slice()];
        let factors = [factor];
        let batch =
            RowBatch { columns: &columns, clusters: Some(&clusters), factors: &factors, weights: None };
        sums.add_rows(&batch).unwrap();
        let design = GroupedDesign { outcome: 0, regressors: &[1], intercept: false };
        WildProblem::from_grouped(&fit_grouped(&sums, &design).unwrap(), Term::Column(0))
    };
    let factors = [towns.as_slice()];
    let covariate = [x[2].as_slice()];
    let sample = Sample { y: &y, x: &covariate, factors: &factors, ..Sample::default() };
    let memory = bootstrap(&problem(&sample, &clusters, Term::Column(0)), &WildOptions::default(), 2);
    let sums = bootstrap(&grouped(&towns).unwrap(), &WildOptions::default(), 2);
    assert_eq!(memory.p_values, sums.p_values);
    assert!((memory.std_error / sums.std_error - 1.0).abs() < 1e-12);
    assert_eq!(grouped(&months), Err(BootstrapError::FactorAcrossClusters { factor: 0 }));
}

/// Under the null, with eight clusters, the nominal 5 % test rejects about as often: plain t tests with CR1S
/// reject two to three times too often here.
#[test]
fn size_with_few_clusters() {
    let rounds = 1_000;
    let mut rejected = 0;
    for seed in 0..rounds {
        let (y, x, clusters) = simulate(1_000_000 + seed, 8, 5, 0.0);
        let columns: Vec<&[f64]> = x[1..].iter().map(Vec::as_slice).collect();
        let sample = Sample { y: &y, x: &columns, intercept: true, ..Sample::default() };
        let options = WildOptions { draws: 399, ..WildOptions::default() };
        let found = bootstrap(&problem(&sample, &clusters, Term::Column(0)), &options, seed);
        rejected += u64::from(found.p_values.symmetric <= 0.05);
    }
    // Four Monte Carlo standard errors over 1,000 rounds: 0.0276.
    let rate = rejected as f64 / rounds as f64;
    assert!((rate - 0.05).abs() < 0.0276, "size {rate}");
}

/// One outcome alone is the plain bootstrap; two equal outcomes need no adjustment.
#[test]
fn joint_over_outcomes() {
    let (y, x, clusters) = simulate(11, 14, 6, 0.9);
    let columns: Vec<&[f64]> = x[1..].iter().map(Vec::as_slice).collect();
    let sample = Sample { y: &y, x: &columns, intercept: true, ..Sample::default() };
    let problem = problem(&sample, &clusters, Term::Column(0));
    let numbers: Vec<u32> = (0..14).collect();
    let outcome = JointOutcome { problem: &problem, cluster_numbers: &numbers };
    let joint = |outcomes: &[JointOutcome]| {
        joint_wild_bootstrap(outcomes, 14, None, 1_999, &mut ChaCha8Rng::seed_from_u64(4)).unwrap()
    };
    let one = joint(&[outcome]);
    let plain = bootstrap(&problem, &WildOptions { draws: 1_999, ..WildOptions::default() }, 4);
    assert_eq!(one.adjusted, [plain.p_values.symmetric]);
    let two = joint(&[outcome, outcome]);
    assert_eq!(two.adjusted, [one.adjusted[0]; 2]);
    assert_eq!(cluster_numbers(&[9, 4, 9], &[1, 4, 7, 9]), [1, 3]);
    assert_eq!(cluster_numbers(&clusters, &clusters), numbers);
    let short = JointOutcome { cluster_numbers: &numbers[1..], ..outcome };
    assert!(joint_wild_bootstrap(&[short], 14, None, 9, &mut ChaCha8Rng::seed_from_u64(4)).is_err());
}
