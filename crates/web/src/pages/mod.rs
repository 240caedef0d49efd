//! The pages, one file each: its entries, its handler, its markup, its tests. A new page is one line in each list here.

pub mod practices;

use crate::serve::Entry;

/// Every address of the site.
pub fn entries() -> Vec<Entry> {
    [
        practices::ENTRIES, //
    ]
    .concat()
}
