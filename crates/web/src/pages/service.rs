//! Addresses for machines: `/healthz` says that the site answers, `/robots.txt` what crawlers may read.

use crate::serve::Entry;
use crate::visit::{Media, Outcome, Rendered, Visit};

/// The addresses.
pub const ENTRIES: &[Entry] =
    &[Entry::new("/healthz", Media::Text, &[], health), Entry::new("/robots.txt", Media::Text, &[], robots)];

#[expect(clippy::unnecessary_wraps, reason = "the form of every entry")]
fn health(visit: &Visit) -> Outcome {
    let evidence = &visit.evidence;
    let text = format!("ok\nevidence version {}\nfindings {}\n", evidence.version, evidence.findings.len());
    Ok(Rendered::new(Media::Text, text.into_bytes()))
}

/// Filtered lists are endless and say nothing that the whole list does not: crawlers are kept from them.
#[expect(clippy::unnecessary_wraps, reason = "the form of every entry")]
fn robots(_: &Visit) -> Outcome {
    Ok(Rendered::new(Media::Text, b"User-agent: *\nDisallow: /*?\nDisallow: /api/\n".to_vec()))
}
