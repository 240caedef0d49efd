//! Times a scan and its fit as a whole: `cargo bench -p whatworks-records --bench scan -- FILE.parquet`.
//!
//! The file has the columns y, treat, x1 … x5, branch, month; the regression absorbs branch and month and clusters by
//! branch. Without a file it says how to use it and ends, so that `cargo test --benches` passes.

#![expect(clippy::print_stdout, reason = "a bench prints its times")]
#![expect(clippy::disallowed_methods, reason = "a bench reads the clock")]

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::atomic::AtomicBool;
use std::time::Instant;
use whatworks_records::{ScanRequest, scan_parquet};
use whatworks_stats::regression::{GroupedDesign, Variance, covariance_grouped, fit_grouped};

fn main() -> ExitCode {
    let Some(path) = std::env::args().skip(1).find(|word| !word.starts_with("--")).map(PathBuf::from) else {
        println!("give a Parquet file with y, treat, x1 … x5, branch, month");
        return ExitCode::SUCCESS;
    };
    match time(&path) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            println!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn time(path: &std::path::Path) -> Result<(), Box<dyn std::error::Error>> {
    let names = ["y", "treat", "x1", "x2", "x3", "x4", "x5"];
    let request = ScanRequest {
        columns: names.map(str::to_owned).to_vec(),
        cluster: Some("branch".to_owned()),
        factors: vec!["branch".to_owned(), "month".to_owned()],
        ..ScanRequest::default()
    };
    let start = Instant::now();
    let scan = scan_parquet(path, &request, &|_, _| (), &AtomicBool::new(false))?;
    let read = start.elapsed();
    println!(
        "{} rows, {} cells, engine {:?}: read in {read:.2?}",
        scan.rows_selected, scan.cells, scan.engine
    );
    let Some(sums) = scan.sums else { return Ok(()) };
    let start_of_fit = Instant::now();
    let fitted =
        fit_grouped(&sums, &GroupedDesign { outcome: 0, regressors: &[1, 2, 3, 4, 5, 6], intercept: false })?;
    let errors = covariance_grouped(&fitted, Variance::Cr1s)?.standard_errors();
    println!("fitted in {:.2?}, all in {:.2?}", start_of_fit.elapsed(), start.elapsed());
    for ((name, coefficient), error) in names[1..].iter().zip(&fitted.fit.coefficients).zip(errors) {
        println!("{name:6} {coefficient:.12} ({error:.12})");
    }
    Ok(())
}
