//! The tests that compare with other programs' values, with the folder that they read named.
//!
//! Such a test has one of [`NAMES`] in its name or in its module's. One that needs a file that may not be committed prints
//! `reference: ran NAME` or `reference: skipped NAME (no reference folder)`.

use crate::run;
use anyhow::Result;

/// What such tests are called after: the word itself, a program, a model.
const NAMES: [&str; 3] = ["reference", "metafor", "rubin"];

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
    let mut arguments = vec!["test", "--workspace", "--lib", "--bins", "--tests", "--", "--show-output"];
    arguments.extend(NAMES);
    run::cargo_with(&arguments, environment)
}
