//! Delimited client records: encoding, delimiter, decimal mark, cells.

#![no_main]

use libfuzzer_sys::fuzz_target;
use whatworks_records::fuzz_csv;

fuzz_target!(|bytes: &[u8]| fuzz_csv(bytes));
