//! The benches of `stats`, as they print themselves: `what … 12.3 ms   bar 50.0 ms …` is a figure with its bar.

use super::report::{Bar, Report};
use crate::run;
use anyhow::{Result, ensure};

/// Runs them, shows what they print, and adds the figures that have a bar.
#[expect(clippy::print_stdout, reason = "a program tells its result there")]
pub(super) fn measure(report: &mut Report) -> Result<()> {
    let text = run::output(&mut run::cargo_command(&[
        "bench",
        "--package",
        "whatworks-stats",
        "--bench",
        "pooling",
    ]))?;
    println!("{text}");
    let figures: Vec<(&str, f64, f64)> = text.lines().filter_map(figure).collect();
    ensure!(!figures.is_empty(), "the benches of stats printed no figure with a bar");
    for (what, milliseconds, bar) in figures {
        report.add(what, Bar::AtMost(bar), "ms", milliseconds, String::new());
    }
    Ok(())
}

fn figure(line: &str) -> Option<(&str, f64, f64)> {
    let (left, right) = line.split_once(" ms   bar ")?;
    let (what, milliseconds) = left.rsplit_once(' ')?;
    let bar = right.split_whitespace().next()?.parse().ok()?;
    Some((what.trim(), milliseconds.parse().ok()?, bar))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_lines_with_a_bar_count() {
        let line = "  means, sds, probabilities            0.031 ms   bar    0.100 ms     3.2x under";
        assert_eq!(figure(line), Some(("means, sds, probabilities", 0.031, 0.1)));
        assert_eq!(figure("  dl with leave-one-out     3.000 ms"), None);
    }
}
