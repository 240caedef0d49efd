//! The pages, one file each: its entries, its handler, its markup. A new page is one line in each list here.

pub mod about;
mod account;
pub mod api;
mod claims;
pub mod finding;
pub mod findings;
pub mod front;
pub mod methods;
pub mod outcome;
pub mod outcomes;
pub mod practice;
pub mod practices;
mod questions;
pub mod service;
mod signature;
pub mod studies;
pub mod study;
pub mod synthesis;

use crate::member::Way;
use crate::serve::Entry;

/// Every address that knows who asks.
pub fn ways() -> Vec<Way> {
    [account::ways(), questions::ways(), claims::ways()].concat()
}

/// Every address of the site.
pub fn entries() -> Vec<Entry> {
    [
        front::ENTRIES,
        practices::ENTRIES,
        practice::ENTRIES,
        outcomes::ENTRIES,
        outcome::ENTRIES,
        studies::ENTRIES,
        study::ENTRIES,
        synthesis::ENTRIES,
        findings::ENTRIES,
        finding::ENTRIES,
        methods::ENTRIES,
        about::ENTRIES,
        api::ENTRIES,
        service::ENTRIES,
    ]
    .concat()
}
