//! What pages weigh, compressed, over everything that the front page leads to in two steps.

use super::http::{get, links};
use super::median;
use super::report::{Bar, Report};
use super::server::Server;
use anyhow::{Result, ensure};
use std::collections::BTreeSet;

const BYTES_PER_KB: f64 = 1000.0;

/// Links followed from the front page.
const STEPS: usize = 2;

/// Pages of every kind.
const PREFIXES: [&str; 8] =
    ["/syntheses/", "/practices", "/outcomes", "/studies", "/findings", "/methods", "/about", "/?"];

/// The addresses of synthesis pages that practices' pages and the front page link to.
pub(super) fn syntheses(server: &Server) -> Result<Vec<String>> {
    Ok(reach(server)?
        .into_iter()
        .filter(|path| path.starts_with("/syntheses/") && !path.contains('?'))
        .collect())
}

/// The page, or nothing when the link is dead: finding those is the browser test's job.
fn page(server: &Server, path: &str) -> Result<Option<String>> {
    let answer = get(server.address, path, false)?;
    Ok((answer.status == 200).then(|| String::from_utf8_lossy(&answer.body).into_owned()))
}

/// Every page within two steps of the front page, machine-readable twins left out.
fn reach(server: &Server) -> Result<BTreeSet<String>> {
    let (mut seen, mut pages) = (BTreeSet::new(), BTreeSet::new());
    let mut edge = vec!["/".to_owned()];
    for _ in 0..=STEPS {
        let mut next = Vec::new();
        for path in edge {
            let Some(html) = page(server, &path)? else { continue };
            for target in PREFIXES.iter().flat_map(|prefix| links(&html, prefix)) {
                let address = target.split('?').next().unwrap_or_default();
                let is_page = ![".csv", ".json", ".svg"].iter().any(|end| address.ends_with(end));
                if is_page && seen.insert(target.clone()) {
                    next.push(target);
                }
            }
            pages.insert(path);
        }
        edge = next;
    }
    Ok(pages)
}

/// Adds the heaviest page, and the typical and the heaviest synthesis page.
pub(super) fn measure(server: &Server, report: &mut Report) -> Result<()> {
    let mut heaviest = (0.0, String::new());
    let mut of_syntheses = Vec::new();
    let paths = reach(server)?;
    for path in &paths {
        let weight = get(server.address, path, true)?.body.len() as f64 / BYTES_PER_KB;
        if weight > heaviest.0 {
            heaviest = (weight, path.clone());
        }
        if path.starts_with("/syntheses/") {
            of_syntheses.push(weight);
        }
    }
    ensure!(!of_syntheses.is_empty(), "no synthesis page is linked within two steps of the front page");
    let remark = format!("median of {}", of_syntheses.len());
    report.add("synthesis page, compressed HTML", Bar::AtMost(14.0), "kB", median(&mut of_syntheses), remark);
    let remark = format!("of {} pages: {}", paths.len(), heaviest.1);
    report.add("heaviest page, compressed HTML", Bar::AtMost(30.0), "kB", heaviest.0, remark);
    Ok(())
}
