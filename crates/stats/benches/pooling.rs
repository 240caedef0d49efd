//! How fast pooling is: 10,000 findings in 200 cells of 50, on one core, against the bars of the design.
//!
//! `cargo bench -p whatworks-stats` prints a table; each line is the median of several runs.

#![expect(clippy::print_stdout, reason = "a benchmark reports on stdout")]

use std::hint::black_box;
use std::time::{Duration, Instant};

use whatworks_stats::bayes::{Detail, Prior, TauPrior, draws, posterior};
use whatworks_stats::distributions::normal_quantile;
use whatworks_stats::meta::{
    IntervalMethod, PredictionMethod, Tau2Method, interval, leave_one_out, pool, prediction,
};

const CELLS: usize = 200;
const STUDIES: usize = 50;

struct Cell {
    y: Vec<f64>,
    v: Vec<f64>,
}

/// Splitmix64: a few lines of reproducible uniform numbers.
struct Uniform(u64);

impl Uniform {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (((z ^ (z >> 31)) >> 11) as f64 + 0.5) / 9_007_199_254_740_992.0
    }
}

/// Cells with standard errors over a factor of 20 and a between-study sd from 0 to 0.3.
fn cells(count: usize, studies: usize, seed: u64) -> Vec<Cell> {
    let mut uniform = Uniform(seed);
    (0..count)
        .map(|_| {
            let tau = 0.3 * uniform.next();
            let (mut y, mut v) = (Vec::new(), Vec::new());
            for _ in 0..studies {
                let se = 0.02 * (20.0f64.ln() * uniform.next()).exp();
                let effect = 0.1 + tau * normal_quantile(uniform.next());
                y.push(effect + se * normal_quantile(uniform.next()));
                v.push(se * se);
            }
            Cell { y, v }
        })
        .collect()
}

/// Median time of `runs` runs.
#[expect(clippy::disallowed_methods, reason = "a benchmark measures time")]
fn median(runs: usize, mut work: impl FnMut()) -> Duration {
    work();
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

fn report(what: &str, time: Duration, bar: Option<Duration>) {
    let millis = time.as_secs_f64() * 1e3;
    match bar {
        Some(bar) => println!(
            "{what:<66} {millis:>10.3} ms   bar {:>8.3} ms   {:>5.1}x under",
            bar.as_secs_f64() * 1e3,
            bar.as_secs_f64() / time.as_secs_f64()
        ),
        None => println!("{what:<66} {millis:>10.3} ms"),
    }
}

fn pool_cell(cell: &Cell, method: Tau2Method) -> f64 {
    let Ok(pooled) = pool(&cell.y, &cell.v, method) else { return 0.0 };
    let Ok(ci) = interval(&pooled, IntervalMethod::HkFloor, 0.95) else { return 0.0 };
    let predicted = prediction(&pooled, &ci, PredictionMethod::KMinus2);
    let omitted = leave_one_out(&cell.y, &cell.v, method, IntervalMethod::HkFloor, 0.95);
    ci.low + predicted.map_or(0.0, |p| p.0) + omitted.map_or(0.0, |rows| rows.iter().map(|r| r.mu).sum())
}

fn main() {
    let many = cells(CELLS, STUDIES, 1);
    let prior = Prior { mu_mean: 0.0, mu_sd: 1.0, tau: TauPrior::HalfNormal(0.5) };
    let plain = Detail::default();
    let full = Detail { theta: true, quantiles: true, theta_quantiles: true, thresholds: vec![0.05, -0.05] };
    let mean_quantiles = Detail { quantiles: true, ..Detail::default() };

    let posteriors = |detail: &Detail| {
        for cell in &many {
            black_box(posterior(&cell.y, &cell.v, &prior, detail).is_ok());
        }
    };
    println!("{CELLS} cells of {STUDIES} findings, one core");
    report(
        "EE, DL, REML with leave-one-out; posterior means, sds, probabilities",
        median(11, || {
            for cell in &many {
                for method in [Tau2Method::EqualEffects, Tau2Method::Dl, Tau2Method::Reml] {
                    black_box(pool_cell(cell, method));
                }
            }
            posteriors(&plain);
        }),
        Some(Duration::from_millis(50)),
    );
    report(
        "every estimator with leave-one-out",
        median(11, || {
            for cell in &many {
                for method in Tau2Method::ALL {
                    black_box(pool_cell(cell, *method));
                }
            }
        }),
        Some(Duration::from_millis(250)),
    );
    for method in Tau2Method::ALL {
        let time = median(11, || {
            for cell in &many {
                black_box(pool_cell(cell, *method));
            }
        });
        report(&format!("  {method} with leave-one-out"), time, None);
    }
    report("  posteriors: means, sds, probabilities", median(11, || posteriors(&plain)), None);
    report("  posteriors: and quantiles of mu, tau, new", median(5, || posteriors(&mean_quantiles)), None);
    report("  posteriors: and nine quantiles of every theta", median(5, || posteriors(&full)), None);

    let ten = cells(100, 10, 2);
    let each = |detail: &Detail| {
        median(11, || {
            for cell in &ten {
                black_box(posterior(&cell.y, &cell.v, &prior, detail).is_ok());
            }
        }) / 100
    };
    println!("one posterior of 10 findings (mean of 100)");
    report("  means, sds, probabilities", each(&plain), Some(Duration::from_micros(100)));
    report(
        "  and nine quantiles of mu, tau, new and every theta",
        each(&full),
        Some(Duration::from_millis(1)),
    );
    if let Some(found) = ten.first().and_then(|c| posterior(&c.y, &c.v, &prior, &plain).ok()) {
        println!("  nodes of the first: {}", found.grid.node_count());
        let time = median(11, || {
            let mut seed = Uniform(7);
            let mut source = Words(&mut seed);
            black_box(draws(&found, 10_000, &mut source).len());
        });
        report("  10,000 draws of (mu, tau)", time, None);
    }
}

/// Random words for [`draws`].
struct Words<'a>(&'a mut Uniform);

impl rand::rand_core::TryRng for Words<'_> {
    type Error = std::convert::Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Self::Error> {
        self.try_next_u64().map(|word| (word >> 32) as u32)
    }

    fn try_next_u64(&mut self) -> Result<u64, Self::Error> {
        Ok((self.0.next() * 18_446_744_073_709_551_616.0) as u64)
    }

    fn try_fill_bytes(&mut self, into: &mut [u8]) -> Result<(), Self::Error> {
        for chunk in into.chunks_mut(8) {
            let word = self.try_next_u64()?.to_le_bytes();
            chunk.copy_from_slice(&word[..chunk.len()]);
        }
        Ok(())
    }
}
