//! How often nominal 95 % intervals hold the truth: 10,000 simulated studies of each design.
//!
//! `cargo x slow` runs this and puts the table into `docs/methods/coverage.md`. A row whose variance is the
//! design's default has to lie between 94 and 96 %; the program ends with 1 when one does not. Study r of a
//! row draws from stream r of a generator seeded with the row's name, so that neither the number of threads nor
//! the other rows change a digit. `--studies N` runs fewer, `--only TEXT` only the rows whose name holds it.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "the table is on stdout, progress on stderr")]

mod designs;
mod interval;
mod scenarios;

use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use interval::{Interval, intervals};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;
use scenarios::{Scenario, scenarios};

/// The bounds of design/statistics: a default's coverage, in per cent.
const BOUNDS: std::ops::RangeInclusive<f64> = 94.0..=96.0;

struct Settings {
    studies: usize,
    only: Option<String>,
}

/// What the studies of one row found by one variance.
struct Summary {
    coverage: f64,
    /// Mean standard error over the standard deviation of the estimates.
    error_ratio: f64,
    /// Mean estimate less the truth, in standard deviations of the estimates.
    bias: f64,
}

fn main() -> ExitCode {
    let Some(settings) = settings() else {
        eprintln!("coverage [--studies N] [--only TEXT]");
        return ExitCode::FAILURE;
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    println!("| design | studies | variance | covered | std. error ÷ SD | bias ÷ SD |");
    println!("|---|---|---|---|---|---|");
    let mut outside = Vec::new();
    for scenario in scenarios() {
        if settings.only.as_ref().is_some_and(|text| !scenario.name().contains(text.as_str())) {
            continue;
        }
        let started = now();
        let studies = match simulate(&scenario, settings.studies, threads) {
            Ok(studies) => studies,
            Err(problem) => {
                eprintln!("{}: {problem}", scenario.name());
                outside.push(scenario.name());
                continue;
            }
        };
        for (at, variance) in scenario.variances.iter().enumerate() {
            let summary = summarise(&studies.iter().map(|study| study[at]), scenario.truth);
            let default = at == 0 && scenario.has_default;
            if default && !BOUNDS.contains(&summary.coverage) {
                outside.push(format!("{} by {variance}: {:.2} %", scenario.name(), summary.coverage));
            }
            let strong = if default { "**" } else { "" };
            println!(
                "| {} | {} | {variance}{} | {strong}{:.2} %{strong} | {:.3} | {:+.3} |",
                scenario.design,
                scenario.detail,
                if default { " (default)" } else { "" },
                summary.coverage,
                summary.error_ratio,
                summary.bias,
            );
        }
        eprintln!("{:>6.1} s  {}", started.elapsed().as_secs_f64(), scenario.name());
    }
    for problem in &outside {
        eprintln!("outside {BOUNDS:?} %: {problem}");
    }
    if outside.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

#[expect(clippy::disallowed_methods, reason = "a benchmark reads the clock")]
fn now() -> Instant {
    Instant::now()
}

fn settings() -> Option<Settings> {
    let mut settings = Settings { studies: 10_000, only: None };
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            // Cargo's own.
            "--bench" => {}
            "--studies" => {
                settings.studies = arguments.next()?.parse().ok().filter(|studies| *studies > 1)?;
            }
            "--only" => settings.only = Some(arguments.next()?),
            _ => return None,
        }
    }
    Some(settings)
}

/// FNV-1a: the seed of a row from its name.
fn seed(name: &str) -> u64 {
    name.bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// What one thread found: studies by number, or why it stopped.
type Part = Result<Vec<(usize, Vec<Interval>)>, String>;

/// Simulates and estimates; one interval a variance for each study, in the order of the studies.
fn simulate(scenario: &Scenario, studies: usize, threads: usize) -> Result<Vec<Vec<Interval>>, String> {
    let seed = seed(&scenario.name());
    let next = AtomicUsize::new(0);
    let work = || {
        let mut found = Vec::new();
        loop {
            let study = next.fetch_add(1, Ordering::Relaxed);
            if study >= studies {
                return Ok(found);
            }
            let mut rng = ChaCha8Rng::seed_from_u64(seed);
            rng.set_stream(study as u64);
            let sample = (scenario.draw)(&mut rng);
            found.push((study, intervals(&sample, &scenario.variances)?));
        }
    };
    let parts: Vec<Part> = std::thread::scope(|scope| {
        let handles: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        handles
            .into_iter()
            .map(|handle| handle.join().unwrap_or_else(|_| Err("a thread died".into())))
            .collect()
    });
    let mut all = Vec::with_capacity(studies);
    for part in parts {
        all.extend(part?);
    }
    all.sort_by_key(|(study, _)| *study);
    Ok(all.into_iter().map(|(_, intervals)| intervals).collect())
}

fn summarise(found: &(impl Iterator<Item = Interval> + Clone), truth: f64) -> Summary {
    let count = found.clone().count() as f64;
    let mean = |value: &dyn Fn(&Interval) -> f64| found.clone().map(|one| value(&one)).sum::<f64>() / count;
    let centre = mean(&|one| one.estimate);
    let spread = (mean(&|one| (one.estimate - centre).powi(2)) * count / (count - 1.0)).sqrt();
    Summary {
        coverage: 100.0 * mean(&|one| f64::from(u8::from(one.low <= truth && truth <= one.high))),
        error_ratio: mean(&|one| one.std_error) / spread,
        bias: (centre - truth) / spread,
    }
}
