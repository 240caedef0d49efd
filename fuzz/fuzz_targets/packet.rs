//! Signed packets, statements, key files and decimal numbers: whatever the bytes, nothing panics, and what is accepted
//! has one spelling.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| whatworks_evidence::packet::fuzz_packet(bytes));
