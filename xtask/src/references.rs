//! The tests that compare with other programs' values, with the folder that they read named.
//!
//! Such a test has `reference` in its name or in its module's, and prints `reference: ran NAME`, or `reference: skipped
//! NAME (no reference folder)` when it needs a file that may not be committed.

use crate::run;
use anyhow::Result;

/// Runs them one after another, with what they print.
#[expect(clippy::print_stdout, reason = "a program tells its result there")]
pub(crate) fn run() -> Result<()> {
    let folder = run::reference_folder();
    match &folder {
        Some(folder) => println!("reference folder: {}", folder.display()),
        None => println!("reference folder: none; tests that need one are skipped"),
    }
    let folder = folder.map(|folder| folder.display().to_string()).unwrap_or_default();
    let environment: &[(&str, &str)] =
        if folder.is_empty() { &[] } else { &[("WHATWORKS_REFERENCE", folder.as_str())] };
    run::cargo_with(
        &["test", "--workspace", "--lib", "--bins", "--tests", "--", "reference", "--show-output"],
        environment,
    )
}
