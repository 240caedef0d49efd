//! Client records: readers, column mapping, quality report, samples and loan-book scans.
//!
//! A file becomes a [`Table`] of plain columns ([`source`]); a [`mapping`] names the columns, gives them types, units,
//! value labels and missing codes, and lists every cell that does not fit. Nothing here leaves the institution: the
//! commons' program does not depend on this crate.
//!
//! Rules: a file that cannot be read right is refused with line, column and how to mend it ([`Fault`]); a bad cell is
//! collected and never stops the reading; the same bytes give the same table, whatever the thread count.

pub mod error;
pub mod loans;
pub mod mapping;
pub mod quality;
pub mod sample;
pub mod scan;
pub mod source;
pub mod table;

mod dates;
mod number;

pub use dates::DateFormat;
pub use error::{Fault, Faults, RecordsError};
pub use loans::{LoanBook, LoanBookCounts, count_loan_book, list_client_burdens};
pub use mapping::{Mapped, Mapping};
pub use number::DecimalMark;
pub use quality::{QualityFinding, QualityOptions, QualityReport, Severity, check_quality};
pub use sample::{Repeat, SampleReading, find_repeats, read_sample, take_sample};
pub use scan::{Scan, ScanRequest, StudyCount, count_parquet_rows, scan_parquet};
pub use source::{ReadOptions, digest_file, read_bytes, read_table};
pub use table::{Column, Format, Provenance, Quantity, Role, Table, Texts, Values};

/// Entry point of the mapping fuzz target: any bytes, no panic.
#[doc(hidden)]
pub fn fuzz_mapping(bytes: &[u8]) {
    if let Ok(text) = std::str::from_utf8(bytes)
        && let Ok(mapping) = Mapping::parse(text)
        && let Ok(table) = read_bytes(b"client;a;b\n1;2,5;NA\n2;x;2020-01-31\n", "t.csv", &mapping.read)
    {
        drop(mapping.apply(table));
    }
}

/// Entry point of the CSV fuzz target: any bytes, no panic.
#[doc(hidden)]
pub fn fuzz_csv(bytes: &[u8]) {
    if let Ok(table) = read_bytes(bytes, "fuzz.csv", &ReadOptions::default()) {
        drop(Mapping::default().apply(table));
    }
}
