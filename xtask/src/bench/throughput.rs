//! Synthesis pages per second under `wrk`, which asks for them one after another over sixteen connections.

use super::pages;
use super::report::{Bar, Report};
use super::server::Server;
use crate::run;
use anyhow::{Context, Result};
use std::fs;
use std::path::Path;
use std::process::Command;

const PER_SECOND: (&str, Bar, &str) = ("synthesis pages per second", Bar::AtLeast(2000.0), "/s");
const SLOWEST: (&str, Bar, &str) = ("synthesis page, slowest of a hundred", Bar::AtMost(20.0), "ms");

/// Adds pages per second and the 99th percentile, or why they could not be measured.
pub(super) fn measure(server: &Server, scratch: &Path, report: &mut Report) -> Result<()> {
    if !run::is_installed("wrk") {
        for (what, bar, unit) in [PER_SECOND, SLOWEST] {
            report.leave_out(what, bar, unit, "wrk is not installed");
        }
        return Ok(());
    }
    let paths = pages::syntheses(server)?;
    let script = scratch.join("pages.lua");
    fs::write(&script, lua(&paths))?;
    let text = run::output(
        Command::new("wrk")
            .args(["--threads", "1", "--connections", "16", "--duration", "10s", "--latency", "--script"])
            .arg(&script)
            .arg(format!("http://{}", server.address)),
    )?;
    let per_second = figure_after(&text, "Requests/sec:").context("wrk printed no Requests/sec")?;
    let slowest = latency(&text, "99%").context("wrk printed no 99% latency")?;
    let refused = figure_after(&text, "Non-2xx or 3xx responses:").unwrap_or(0.0);
    anyhow::ensure!(refused == 0.0, "wrk met {refused} answers that are no pages");
    let remark = format!("{} pages in turn, 16 connections, the server on the same cores", paths.len());
    report.add(PER_SECOND.0, PER_SECOND.1, PER_SECOND.2, per_second, remark);
    report.add(SLOWEST.0, SLOWEST.1, SLOWEST.2, slowest, "99th percentile".to_owned());
    Ok(())
}

fn lua(paths: &[String]) -> String {
    let quoted: Vec<String> = paths.iter().map(|path| format!("\"{path}\"")).collect();
    format!(
        "local paths = {{ {} }}\nlocal at = 0\nwrk.headers[\"Accept-Encoding\"] = \"gzip\"\n\
         request = function()\n  at = at % #paths + 1\n  return wrk.format(\"GET\", paths[at])\nend\n",
        quoted.join(", ")
    )
}

fn figure_after(text: &str, label: &str) -> Option<f64> {
    text.split(label).nth(1)?.split_whitespace().next()?.parse().ok()
}

/// wrk writes `99%   1.23ms`, with us, ms or s. In milliseconds.
fn latency(text: &str, label: &str) -> Option<f64> {
    let value = text.split(label).nth(1)?.split_whitespace().next()?;
    let in_unit = |unit: &str| value.strip_suffix(unit).and_then(|number| number.parse::<f64>().ok());
    in_unit("us")
        .map(|micro| micro / 1e3)
        .or_else(|| in_unit("ms"))
        .or_else(|| in_unit("s").map(|seconds| seconds * 1e3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_report_of_wrk_is_read() {
        let text = "  Latency Distribution\n     50%  402.00us\n     99%    1.50ms\nRequests/sec:  31000.5\n";
        assert_eq!(latency(text, "99%"), Some(1.5));
        assert_eq!(latency(text, "50%"), Some(0.402));
        assert_eq!(latency("99% 2.00s", "99%"), Some(2000.0));
        assert_eq!(figure_after(text, "Requests/sec:"), Some(31000.5));
    }
}
