//! `cargo x slow`: the checks that take minutes, and the table that they write.
//!
//! Coverage: the program `coverage` of the crate `stats` simulates 10,000 studies of each design and prints how
//! often the 95 % intervals held the truth. Its table replaces what stands between two markers in
//! `docs/methods/coverage.md`; a default outside its bounds fails the task after the table is written.
//!
//! Discussion: five days with 1,600 simulated members, from the announcement to the archive, with camps and without.

use crate::run;
use anyhow::{Context, Result, ensure};
use std::process::Stdio;

const PAGE: &str = "docs/methods/coverage.md";
const BEGIN: &str = "[coverage-table]: # (written by cargo x slow)";
const END: &str = "[coverage-table-end]: # (end of the table)";

pub(crate) fn run() -> Result<()> {
    run::cargo(&["bench", "--quiet", "--package", "whatworks-forum", "--bench", "five_days"])?;
    coverage()
}

fn coverage() -> Result<()> {
    let path = run::root().join(PAGE);
    let page = std::fs::read_to_string(&path).with_context(|| format!("cannot read {PAGE}"))?;
    // Its messages and progress go to the terminal as they come; the table is taken.
    let output =
        run::cargo_command(&["bench", "--quiet", "--package", "whatworks-stats", "--bench", "coverage"])
            .stderr(Stdio::inherit())
            .output()
            .context("cannot start cargo bench")?;
    let table = String::from_utf8(output.stdout).context("the table is not UTF-8")?;
    ensure!(table.lines().count() > 2, "the coverage program printed no table");
    let written = replace(&page, &table)?;
    std::fs::write(&path, written).with_context(|| format!("cannot write {PAGE}"))?;
    eprintln!("{PAGE} holds the table of this run");
    ensure!(output.status.success(), "a default variance does not cover as it has to: see above");
    Ok(())
}

/// The page with the table between its markers.
fn replace(page: &str, table: &str) -> Result<String> {
    let (before, rest) = page.split_once(BEGIN).with_context(|| format!("{PAGE} lacks the line {BEGIN}"))?;
    let (_, after) = rest.split_once(END).with_context(|| format!("{PAGE} lacks the line {END}"))?;
    Ok(format!("{before}{BEGIN}\n\n{}\n\n{END}{after}", table.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_replaces_the_earlier_one_and_nothing_else() {
        let page = format!("# Title\n\n{BEGIN}\n\nold\n\n{END}\n\nmore\n");
        let once = replace(&page, "| a |\n|---|\n").unwrap();
        assert_eq!(once, format!("# Title\n\n{BEGIN}\n\n| a |\n|---|\n\n{END}\n\nmore\n"));
        assert_eq!(replace(&once, "| a |\n|---|\n").unwrap(), once);
        assert!(replace("no markers", "x").is_err());
    }
}
