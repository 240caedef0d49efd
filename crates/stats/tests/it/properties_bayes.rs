//! The exact posterior against brute force, in its limits, and by its own draws.

use proptest::prelude::*;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;
use whatworks_stats::bayes::{Detail, Posterior, Prior, QUANTILE_LEVELS, TauPrior, draws, posterior};
use whatworks_stats::distributions::normal_cdf;
use whatworks_stats::meta::{Tau2Method, pool};

const FULL: Detail = Detail { theta: true, quantiles: true, theta_quantiles: true, thresholds: Vec::new() };

fn prior() -> impl Strategy<Value = Prior> {
    (-1.0..1.0f64, -2.0..3.0f64, -2.0..1.0f64, 0..3u8).prop_map(|(mu_mean, mu_sd, scale, kind)| {
        let scale = 10f64.powf(scale);
        let tau = match kind {
            0 => TauPrior::HalfNormal(scale),
            1 => TauPrior::Uniform(4.0 * scale),
            _ => TauPrior::HalfCauchy(scale),
        };
        Prior { mu_mean, mu_sd: 10f64.powf(mu_sd), tau }
    })
}

fn studies(most: usize, decades: f64) -> impl Strategy<Value = (Vec<f64>, Vec<f64>)> {
    prop::collection::vec((-2.0..2.0f64, 0.0..decades), 1..most).prop_map(|rows| {
        let y = rows.iter().map(|row| row.0).collect();
        let v = rows.iter().map(|row| (0.05 * 10f64.powf(row.1)).powi(2)).collect();
        (y, v)
    })
}

/// Posterior moments and tail probabilities by three-point Gauss in every cell of a very fine grid in τ = e^z.
struct Brute {
    tau_mean: f64,
    mu_mean: f64,
    mu_positive: f64,
    new_positive: f64,
    first_positive: f64,
    /// P(τ ≤ x) for the x asked for.
    tau_below: f64,
}

fn brute(y: &[f64], v: &[f64], prior: &Prior, tau_at: f64) -> Brute {
    let end = match prior.tau {
        TauPrior::Uniform(upper) => upper.ln(),
        _ => 32.0,
    };
    let (start, cells) = (-32.0, 40_000);
    let step = (end - start) / f64::from(cells);
    let points = [(-0.6f64.sqrt(), 5.0f64), (0.0, 8.0), (0.6f64.sqrt(), 5.0)];
    let rows: Vec<(f64, f64, f64, f64)> = (0..cells)
        .flat_map(|i| points.map(|(at, weight)| (start + (f64::from(i) + 0.5 + 0.5 * at) * step, weight)))
        .map(|(z, weight)| {
            let tau = z.exp();
            let w: Vec<f64> = v.iter().map(|v| 1.0 / (v + tau * tau)).collect();
            let p0 = 1.0 / (prior.mu_sd * prior.mu_sd);
            let precision = p0 + w.iter().sum::<f64>();
            let m = (p0 * prior.mu_mean + w.iter().zip(y).map(|(w, y)| w * y).sum::<f64>()) / precision;
            let mut log = prior.tau.log_density(tau) + z + weight.ln() - 0.5 * precision.ln();
            log -= 0.5 * p0 * (m - prior.mu_mean).powi(2);
            for (w, y) in w.iter().zip(y) {
                log += 0.5 * w.ln() - 0.5 * w * (y - m).powi(2);
            }
            (log, tau, m, 1.0 / precision)
        })
        .collect();
    let top = rows.iter().fold(f64::NEG_INFINITY, |a, row| a.max(row.0));
    let mut sums = [0.0; 7];
    for (log, tau, m, variance) in rows {
        let weight = (log - top).exp();
        let own = tau * tau / (tau * tau + v[0]);
        let mean = (1.0 - own) * m + own * y[0];
        let sd = (own * v[0] + (1.0 - own).powi(2) * variance).sqrt();
        let terms = [
            1.0,
            tau,
            m,
            normal_cdf(m / variance.sqrt()),
            normal_cdf(m / (variance + tau * tau).sqrt()),
            normal_cdf(mean / sd),
            if tau <= tau_at { 1.0 } else { 0.0 },
        ];
        for (sum, term) in sums.iter_mut().zip(terms) {
            *sum += weight * term;
        }
    }
    Brute {
        tau_mean: sums[1] / sums[0],
        mu_mean: sums[2] / sums[0],
        mu_positive: sums[3] / sums[0],
        new_positive: sums[4] / sums[0],
        first_positive: sums[5] / sums[0],
        tau_below: sums[6] / sums[0],
    }
}

fn assert_sound(found: &Posterior) {
    let effects = [&found.mu, &found.new].into_iter().chain(&found.theta);
    for effect in effects {
        assert!(effect.mean.is_finite() && !effect.sd.is_nan(), "{effect:?}");
        assert!((0.0..=1.0).contains(&effect.prob_positive));
        let quantiles = effect.quantiles.unwrap();
        assert!(quantiles.windows(2).all(|pair| pair[0] <= pair[1]), "{quantiles:?}");
    }
    let quantiles = found.tau.quantiles.unwrap();
    assert!(quantiles[0] > 0.0 && quantiles.windows(2).all(|pair| pair[0] <= pair[1]), "{quantiles:?}");
    assert!(found.tau.mean > 0.0 && found.log_marginal.is_finite());
    assert!(found.pooling.iter().all(|share| (0.0..=1.0 + 1e-12).contains(share)));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn agrees_with_brute_force((y, v) in studies(12, 2.0), prior in prior()) {
        let found = posterior(&y, &v, &prior, &FULL).unwrap();
        let median = found.tau.quantiles.unwrap()[4];
        let expected = brute(&y, &v, &prior, median);
        let near = |found: f64, expected: f64, allowed: f64| (found - expected).abs() <= allowed;
        prop_assert!(near(found.tau.mean, expected.tau_mean, 1e-7 * expected.tau_mean), "{} {}", found.tau.mean, expected.tau_mean);
        prop_assert!(near(found.mu.mean, expected.mu_mean, 1e-8), "{} {}", found.mu.mean, expected.mu_mean);
        prop_assert!(near(found.mu.prob_positive, expected.mu_positive, 1e-9));
        prop_assert!(near(found.new.prob_positive, expected.new_positive, 1e-9), "{} {}", found.new.prob_positive, expected.new_positive);
        prop_assert!(near(found.theta[0].prob_positive, expected.first_positive, 1e-9));
        // The brute-force count is only as fine as its cells.
        prop_assert!(near(expected.tau_below, 0.5, 2e-2));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn wild_input_gives_numbers((y, v) in studies(30, 10.0), prior in prior()) {
        let detail = Detail { thresholds: vec![0.1], ..FULL };
        let found = posterior(&y, &v, &prior, &detail).unwrap();
        assert_sound(&found);
        prop_assert!(found.mu.prob_above[0] <= found.mu.prob_positive + 1e-12);
    }
}

/// With a flat prior of μ and τ pressed to 0 the posterior is the equal-effects pool.
#[test]
fn collapses_to_equal_effects() {
    let (y, v) = ([0.3, -0.1, 0.8, 0.2], [0.04, 0.01, 0.09, 0.02]);
    let prior = Prior { mu_mean: 0.0, mu_sd: 1e6, tau: TauPrior::HalfNormal(1e-7) };
    let found = posterior(&y, &v, &prior, &FULL).unwrap();
    let equal = pool(&y, &v, Tau2Method::EqualEffects).unwrap();
    assert!((found.mu.mean - equal.mu).abs() < 1e-10);
    assert!((found.mu.sd - (1.0 / equal.sum_w).sqrt()).abs() < 1e-10);
    assert!((found.theta[2].mean - equal.mu).abs() < 1e-8);
    assert!((found.pooling[0] - 1.0).abs() < 1e-10);
}

/// One and two studies work under every prior; a half-Cauchy prior with one study has no variance of τ.
#[test]
fn few_studies() {
    for tau in [TauPrior::HalfNormal(0.5), TauPrior::Uniform(3.0), TauPrior::HalfCauchy(0.5)] {
        let prior = Prior { mu_mean: 0.0, mu_sd: 1.0, tau };
        for k in [1, 2] {
            let found = posterior(&[0.4, 0.9][..k], &[0.04, 0.01][..k], &prior, &FULL).unwrap();
            assert_sound(&found);
            let infinite = k == 1 && matches!(tau, TauPrior::HalfCauchy(_));
            assert_eq!(found.tau.sd.is_infinite() && found.tau2_mean.is_infinite(), infinite);
        }
    }
}

/// Many studies: the posterior of τ is a narrow peak that the scan must not step over.
#[test]
fn many_studies() {
    let k = 4_000;
    let y: Vec<f64> = (0..k).map(|i| 0.3 + 0.2 * (f64::from(i) * 1.7).sin()).collect();
    let v: Vec<f64> = (0..k).map(|i| 1e-4 * (1.0 + f64::from(i % 7))).collect();
    let prior = Prior { mu_mean: 0.0, mu_sd: 1.0, tau: TauPrior::HalfNormal(0.5) };
    let found = posterior(&y, &v, &prior, &Detail { quantiles: true, ..Detail::default() }).unwrap();
    let restricted = pool(&y, &v, Tau2Method::Reml).unwrap();
    assert!((found.tau.mean - restricted.tau2.sqrt()).abs() < 1e-3, "{}", found.tau.mean);
    assert!((found.mu.mean - restricted.mu).abs() < 1e-5);
}

/// Draws have the posterior's moments and quantiles, and a seed gives the same draws.
#[test]
fn draws_follow_the_posterior() {
    let y = [28.0, 8.0, -3.0, 7.0, -1.0, 1.0, 18.0, 12.0];
    let v = [15.0, 10.0, 16.0, 11.0, 9.0, 11.0, 10.0, 18.0].map(|se: f64| se * se);
    let prior = Prior { mu_mean: 0.0, mu_sd: 100.0, tau: TauPrior::HalfNormal(50.0) };
    let found = posterior(&y, &v, &prior, &FULL).unwrap();
    let count = 40_000;
    let sample = draws(&found, count, &mut ChaCha8Rng::seed_from_u64(1));
    assert_eq!(sample, draws(&found, count, &mut ChaCha8Rng::seed_from_u64(1)));
    let n = count as f64;
    let mean = |of: &dyn Fn(usize) -> f64| (0..count).map(of).sum::<f64>() / n;
    let within = |found: f64, expected: f64, sd: f64| {
        assert!((found - expected).abs() < 4.5 * sd / n.sqrt(), "{found} {expected}");
    };
    within(mean(&|i| sample[i].mu), found.mu.mean, found.mu.sd);
    within(mean(&|i| sample[i].tau), found.tau.mean, found.tau.sd);
    for (level, quantile) in QUANTILE_LEVELS.iter().zip(found.tau.quantiles.unwrap()) {
        let below = sample.iter().filter(|draw| draw.tau <= quantile).count() as f64 / n;
        within(below, *level, (level * (1.0 - level)).sqrt());
    }
    // E[τμ] tells whether μ is drawn given its own τ.
    let product = mean(&|i| sample[i].tau * (sample[i].mu - found.mu.mean));
    let sd = (mean(&|i| (sample[i].tau * (sample[i].mu - found.mu.mean)).powi(2))).sqrt();
    let expected = brute_covariance(&y, &v, &prior, &found);
    within(product, expected, sd);
}

/// Cov(τ, μ) by a fine grid.
fn brute_covariance(y: &[f64], v: &[f64], prior: &Prior, found: &Posterior) -> f64 {
    let (mut total, mut sum) = (0.0, 0.0);
    for i in 0..20_000 {
        let tau = (f64::from(i) + 0.5) * 0.01;
        let w: Vec<f64> = v.iter().map(|v| 1.0 / (v + tau * tau)).collect();
        let p0 = 1.0 / (prior.mu_sd * prior.mu_sd);
        let precision = p0 + w.iter().sum::<f64>();
        let m = (p0 * prior.mu_mean + w.iter().zip(y).map(|(w, y)| w * y).sum::<f64>()) / precision;
        let mut log =
            prior.tau.log_density(tau) - 0.5 * precision.ln() - 0.5 * p0 * (m - prior.mu_mean).powi(2);
        for (w, y) in w.iter().zip(y) {
            log += 0.5 * w.ln() - 0.5 * w * (y - m).powi(2);
        }
        total += log.exp();
        sum += log.exp() * tau * (m - found.mu.mean);
    }
    sum / total
}

/// Bad priors and bad data are errors.
#[test]
fn bad_input_is_an_error() {
    let prior = Prior { mu_mean: 0.0, mu_sd: 0.0, tau: TauPrior::HalfNormal(1.0) };
    assert!(posterior(&[1.0], &[1.0], &prior, &FULL).is_err());
    let prior = Prior { mu_mean: 0.0, mu_sd: 1.0, tau: TauPrior::Uniform(f64::NAN) };
    assert!(posterior(&[1.0], &[1.0], &prior, &FULL).is_err());
    let prior = Prior { mu_mean: 0.0, mu_sd: 1.0, tau: TauPrior::Uniform(1.0) };
    assert!(posterior(&[], &[], &prior, &FULL).is_err());
}
