//! How fast resampling is: the wild cluster bootstrap of 1 million rows in 2,000 clusters, six regressors and a
//! constant, 9,999 draws with its intervals; and randomisation inference over 2,000 clusters.
//!
//! `cargo bench -p whatworks-stats --bench resampling` prints a table; each line is the median of several runs.

#![expect(clippy::print_stdout, reason = "a benchmark reports on stdout")]
#![expect(clippy::unwrap_used, reason = "a benchmark may stop")]

use std::hint::black_box;
use std::time::{Duration, Instant};

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use whatworks_stats::bootstrap::{WildOptions, WildProblem, wild_bootstrap};
use whatworks_stats::distributions::normal_quantile;
use whatworks_stats::randomisation::{Experiment, RandomisationOptions, randomisation_test};
use whatworks_stats::regression::{Sample, Term, cluster_moments, fit};

const ROWS: usize = 1_000_000;
const CLUSTERS: u32 = 2_000;

/// Median time of `runs` runs.
#[expect(clippy::disallowed_methods, reason = "a benchmark measures time")]
fn median(runs: usize, mut work: impl FnMut()) -> Duration {
    let mut times: Vec<Duration> = (0..runs)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed()
        })
        .collect();
    times.sort();
    times[runs / 2]
}

fn main() {
    let mut rng = ChaCha8Rng::seed_from_u64(1);
    let mut normal = || normal_quantile(((rng.next_u64() >> 11) as f64 + 0.5) / 9_007_199_254_740_992.0);
    let clusters: Vec<u32> = (0..ROWS as u32).map(|i| i % CLUSTERS).collect();
    let shocks: Vec<f64> = (0..CLUSTERS).map(|_| normal()).collect();
    let treated: Vec<bool> = clusters.iter().map(|g| g % 2 == 0).collect();
    let mut columns: Vec<Vec<f64>> = vec![treated.iter().map(|t| f64::from(u8::from(*t))).collect()];
    columns.extend((0..5).map(|_| (0..ROWS).map(|_| normal()).collect()));
    let y: Vec<f64> = (0..ROWS)
        .map(|i| 0.02 * columns[0][i] + columns[1][i] + 0.3 * shocks[clusters[i] as usize] + normal())
        .collect();
    let x: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
    let sample = Sample { y: &y, x: &x, intercept: true, ..Sample::default() };

    let fit_time = median(3, || {
        black_box(fit(&sample).unwrap());
    });
    let fitted = fit(&sample).unwrap();
    let sums_time = median(3, || {
        black_box(cluster_moments(&fitted, &clusters).unwrap());
    });
    let moments = cluster_moments(&fitted, &clusters).unwrap();
    let problem = WildProblem::new(&fitted.fit, &moments, Term::Column(0), 7).unwrap();
    let draw_time = median(5, || {
        let mut rng = ChaCha8Rng::seed_from_u64(2);
        black_box(wild_bootstrap(&problem, &WildOptions::default(), &mut rng).unwrap());
    });
    let experiment = Experiment {
        y: &y,
        treated: &treated,
        units: &clusters,
        covariates: &x[1..],
        ..Experiment::default()
    };
    let randomisation_time = median(1, || {
        let mut rng = ChaCha8Rng::seed_from_u64(2);
        black_box(randomisation_test(&experiment, &RandomisationOptions::default(), &mut rng).unwrap());
    });
    println!("fit, {ROWS} rows x 7                      {:>9.3} s", fit_time.as_secs_f64());
    println!("cluster sums, {CLUSTERS} clusters                {:>9.3} s", sums_time.as_secs_f64());
    println!("wild bootstrap, 9,999 draws, 2 intervals  {:>9.3} s", draw_time.as_secs_f64());
    println!("randomisation, whole, 9,999 assignments   {:>9.3} s", randomisation_time.as_secs_f64());
}
