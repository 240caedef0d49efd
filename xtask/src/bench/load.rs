//! A discussion with all its members at once, as the bench of the program prints it.

use super::report::{Bar, Report};
use crate::run;
use anyhow::{Context, Result};

/// Runs it on SQLite, shows what it prints, and adds the 99th percentile over all requests.
#[expect(clippy::print_stdout, reason = "a program tells its result there")]
pub(super) fn measure(report: &mut Report) -> Result<()> {
    // Its exit code says whether its own bars hold; an error among the answers fails the task here.
    let text = run::output(&mut run::cargo_command(&["bench", "--package", "whatworks", "--bench", "load"]))?;
    println!("{text}");
    let slowest = slowest(&text).context("the bench of the load printed no times")?;
    report.add("1,600 members at once, 99 in 100 answers", Bar::AtMost(250.0), "ms", slowest, String::new());
    Ok(())
}

/// The largest 99th percentile of any kind of request: the fourth figure of each line of the table.
fn slowest(text: &str) -> Option<f64> {
    let lines = text.lines().skip_while(|line| !line.contains("p99 ms")).skip(1).take(5);
    let mut figures: Vec<f64> =
        lines.filter_map(|line| line.split_whitespace().nth(4)?.parse().ok()).collect();
    figures.sort_by(f64::total_cmp);
    figures.pop()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_slowest_kind_counts() {
        let text = "  requests p50 ms p95 ms p99 ms\n question 10 1.0 2.0 30.5 40.0 4.8\n all 12 1.0 2.0 3.5 40.0 4.8\n";
        assert_eq!(slowest(text), Some(30.5));
        assert_eq!(slowest("nothing"), None);
    }
}
