//! How fast regressions are on one core: 10 million rows through grouped sums, 1 million in memory, CR2 with
//! 104 clusters.
//!
//! `cargo bench -p whatworks-stats --bench regression` prints a table; each line is the median of several runs.

#![expect(clippy::print_stdout, reason = "a benchmark reports on stdout")]

use std::hint::black_box;
use std::time::{Duration, Instant};

use whatworks_stats::distributions::normal_quantile;
use whatworks_stats::regression::{
    GroupedDesign, GroupedSums, RowBatch, Sample, Variance, covariance, covariance_grouped, fit, fit_grouped,
};

const ROWS: usize = 1_000_000;
const BATCH: usize = 8192;
const BRANCHES: u32 = 2_000;
const MONTHS: u32 = 60;

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

/// Six regressors and the outcome, with a branch and a month for each row.
struct Clients {
    columns: Vec<Vec<f64>>,
    branch: Vec<u32>,
    month: Vec<u32>,
    weights: Vec<f64>,
}

fn clients(rows: usize, branches: u32) -> Clients {
    let mut uniform = Uniform(1);
    let mut out =
        Clients { columns: vec![Vec::new(); 7], branch: Vec::new(), month: Vec::new(), weights: Vec::new() };
    for _ in 0..rows {
        let branch = (uniform.next() * f64::from(branches)) as u32;
        let month = (uniform.next() * f64::from(MONTHS)) as u32;
        let mut y = f64::from(branch % 7) + f64::from(month) / 20.0;
        for (j, column) in out.columns[..6].iter_mut().enumerate() {
            let value = if j == 0 {
                f64::from(branch % 2) * f64::from(month / 30)
            } else {
                normal_quantile(uniform.next())
            };
            y += 0.1 * value;
            column.push(value);
        }
        out.columns[6].push(y + normal_quantile(uniform.next()));
        out.branch.push(branch);
        out.month.push(month);
        out.weights.push(0.5 + uniform.next());
    }
    out
}

/// Processor time used so far where the system tells it (Linux), else the time since `start`: a shared machine
/// does not blur it.
fn used(start: Instant) -> Duration {
    let told = std::fs::read_to_string("/proc/self/schedstat").ok();
    let nanoseconds = told.and_then(|line| line.split(' ').next().and_then(|first| first.parse().ok()));
    nanoseconds.map_or_else(|| start.elapsed(), Duration::from_nanos)
}

/// Median time of `runs` runs.
#[expect(clippy::disallowed_methods, reason = "a benchmark measures time")]
fn median(runs: usize, mut work: impl FnMut()) -> Duration {
    let origin = Instant::now();
    let mut times: Vec<Duration> = (0..runs)
        .map(|_| {
            let start = used(origin);
            work();
            used(origin).saturating_sub(start)
        })
        .collect();
    times.sort();
    times[runs / 2]
}

fn report(what: &str, time: Duration) {
    println!("{what:<72} {:>10.1} ms", time.as_secs_f64() * 1e3);
}

/// Passes the rows `times` times over, batch by batch as a query engine gives them.
fn pass(clients: &Clients, factors: usize, weighted: bool, times: usize) -> GroupedSums {
    let mut sums = GroupedSums::new(7, factors, true);
    for _ in 0..times {
        for from in (0..clients.branch.len()).step_by(BATCH) {
            let rows = from..clients.branch.len().min(from + BATCH);
            let columns: Vec<&[f64]> = clients.columns.iter().map(|c| &c[rows.clone()]).collect();
            let levels = [&clients.branch[rows.clone()], &clients.month[rows.clone()]];
            let batch = RowBatch {
                columns: &columns,
                weights: weighted.then(|| &clients.weights[rows.clone()]),
                clusters: Some(&clients.branch[rows.clone()]),
                factors: &levels[..factors],
            };
            black_box(sums.add_rows(&batch).is_ok());
        }
    }
    sums
}

fn main() {
    let many = clients(ROWS, BRANCHES);
    println!(
        "7 columns, {BRANCHES} branches, {MONTHS} months, clustered by branch; processor time of one core"
    );
    report("10 M rows into sums, no factors", median(3, || drop(black_box(pass(&many, 0, false, 10)))));
    report("10 M rows into sums, 2 factors", median(3, || drop(black_box(pass(&many, 2, false, 10)))));
    report(
        "10 M rows into sums, 2 factors, weighted",
        median(3, || drop(black_box(pass(&many, 2, true, 10)))),
    );
    let sums = pass(&many, 2, false, 1);
    let design = GroupedDesign { outcome: 6, regressors: &[0, 1, 2, 3, 4, 5], intercept: false };
    report(
        &format!("fit and CR1S from {} cells", sums.cells()),
        median(5, || {
            if let Ok(fitted) = fit_grouped(&sums, &design) {
                black_box(covariance_grouped(&fitted, Variance::Cr1s).is_ok());
            }
        }),
    );

    let columns: Vec<&[f64]> = many.columns.iter().map(Vec::as_slice).collect();
    let levels = [many.branch.as_slice(), many.month.as_slice()];
    for factors in 0..3 {
        let sample = Sample {
            y: columns[6],
            x: &columns[..6],
            intercept: true,
            weights: None,
            factors: &levels[..factors],
        };
        let time = median(3, || {
            if let Ok(fitted) = fit(&sample) {
                black_box(covariance(&fitted, Variance::Cr1s, &[&many.branch]).is_ok());
            }
        });
        report(&format!("1 M rows in memory, {factors} factors, fit and CR1S"), time);
    }

    let few = clients(6_811, 104);
    let columns: Vec<&[f64]> = few.columns.iter().map(Vec::as_slice).collect();
    for weights in [None, Some(few.weights.as_slice())] {
        let sample = Sample { y: columns[6], x: &columns[..6], intercept: true, weights, factors: &[] };
        if let Ok(fitted) = fit(&sample) {
            let time = median(5, || drop(black_box(covariance(&fitted, Variance::Cr2, &[&few.branch]))));
            let kind = if weights.is_some() { "weighted" } else { "unweighted" };
            report(&format!("CR2, 6,811 rows, 104 clusters, 7 coefficients, {kind}"), time);
        }
    }
}
