//! Mapping files, applied to a small table.

#![no_main]

use libfuzzer_sys::fuzz_target;
use whatworks_records::fuzz_mapping;

fuzz_target!(|bytes: &[u8]| fuzz_mapping(bytes));
