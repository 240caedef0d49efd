//! Where reference data lie, and the line that lets `./test` count what ran and what was skipped.

use std::path::PathBuf;

/// The reference folder, from `WHATWORKS_REFERENCE` or beside the workspace; says whether the test runs or is skipped.
pub(crate) fn folder(test: &str) -> Option<PathBuf> {
    let beside: PathBuf = [env!("CARGO_MANIFEST_DIR"), "../../../shared"].iter().collect();
    let folder = std::env::var_os("WHATWORKS_REFERENCE").map_or(beside, PathBuf::from);
    if folder.join("data").is_dir() {
        eprintln!("reference: ran {test}");
        return Some(folder);
    }
    eprintln!("reference: skipped {test} (no reference folder)");
    None
}
