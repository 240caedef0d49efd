//! Times the counts of a loan book: `cargo bench -p whatworks-records --bench loans -- FILE.parquet [THREADS]`.
//!
//! The file has the columns client, lender, disbursed, term_days, instalment, income; the day is 1200. It prints clients,
//! those with three loans and three lenders or more, those above half their income, and the mean ratio. Without a file it
//! says how to use it and ends, so that `cargo test --benches` passes.

#![expect(clippy::print_stdout, reason = "a bench prints its times")]
#![expect(clippy::disallowed_methods, reason = "a bench reads the clock")]

use std::process::ExitCode;
use std::sync::atomic::AtomicBool;
use std::time::Instant;
use whatworks_records::loans::{LoanBook, LoanColumns, count_loan_book};

fn main() -> ExitCode {
    let mut words = std::env::args().skip(1).filter(|word| !word.starts_with("--"));
    let Some(path) = words.next() else {
        println!("give a Parquet file of loans, and the number of threads");
        return ExitCode::SUCCESS;
    };
    let book = LoanBook {
        loans: path.into(),
        columns: LoanColumns {
            client: "client".to_owned(),
            lender: Some("lender".to_owned()),
            disbursed: "disbursed".to_owned(),
            term_days: "term_days".to_owned(),
            instalment: "instalment".to_owned(),
            income: Some("income".to_owned()),
            ..LoanColumns::default()
        },
        as_of: 1200,
        threads: words.next().and_then(|word| word.parse().ok()).unwrap_or(2),
        ..LoanBook::default()
    };
    let start = Instant::now();
    match count_loan_book(&book, &AtomicBool::new(false)) {
        Ok(counts) => {
            let all = &counts.all;
            println!(
                "{} loans, {} running: {:.2?}; clients {}, three loans {}, three lenders {}, above half {}, mean {:?}",
                counts.loans_in_files,
                all.loans,
                start.elapsed(),
                all.clients,
                all.with_loans(3),
                all.with_lenders(3),
                all.above.first().copied().unwrap_or_default(),
                all.mean_ratio(),
            );
            ExitCode::SUCCESS
        }
        Err(error) => {
            println!("{error}");
            ExitCode::FAILURE
        }
    }
}
