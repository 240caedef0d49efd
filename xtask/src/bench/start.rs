//! From starting the process to the first page, on a database that exists.

use super::median;
use super::report::{Bar, Report};
use super::server::Server;
use anyhow::Result;
use std::path::Path;

const STARTS: usize = 9;

/// Adds the median of several starts.
pub(super) fn measure(program: &Path, scratch: &Path, report: &mut Report) -> Result<()> {
    let data = scratch.join("commons");
    let first = Server::start(program, &data)?.to_first_page;
    let mut later = Vec::new();
    for _ in 0..STARTS {
        later.push(1e3 * Server::start(program, &data)?.to_first_page.as_secs_f64());
    }
    let remark =
        format!("median of {STARTS}; with the database to make, {:.0} ms", 1e3 * first.as_secs_f64());
    report.add("start to first page", Bar::AtMost(200.0), "ms", median(&mut later), remark);
    Ok(())
}
