//! Study plans, read against the catalogue that ships.

#![no_main]

use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;
use whatworks_domain::Catalogue;
use whatworks_domain::study::fuzz_plan;

static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| {
    match Catalogue::parse(include_str!("../../evidence-base/catalogue.toml")) {
        Ok(catalogue) => catalogue,
        Err(error) => panic!("the catalogue that ships does not read: {error}"),
    }
});

fuzz_target!(|bytes: &[u8]| fuzz_plan(bytes, &CATALOGUE));
