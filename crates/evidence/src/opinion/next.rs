//! Which statement a member is shown next: drawn from the routing weights with a seed that anyone can recompute.
//!
//! The seed is SHA-256 over member, discussion and position (how many statements the member has been shown), each with
//! its length, so the web page and the mail show the same one, and the draw can be checked afterwards.

use super::OpinionMap;
use super::matrix::stream;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use whatworks_stats::opinion::draw_weighted;

/// The next statement for a member who has answered `answered`; `None` when nothing is left. A map of the engine polis
/// draws by that system's priorities.
pub fn next_statement<'a>(
    map: &'a OpinionMap,
    discussion: &str,
    member: &str,
    position: u64,
    answered: &BTreeSet<String>,
) -> Option<&'a str> {
    let weights: Vec<f64> = map
        .statements
        .iter()
        .map(|statement| statement.routing_weight.or(statement.priority).unwrap_or(1.0))
        .collect();
    let open: Vec<usize> =
        (0..map.statements.len()).filter(|at| !answered.contains(&map.statements[*at].id)).collect();
    let mut seed = Sha256::new();
    for text in [member, discussion] {
        seed.update((text.len() as u64).to_be_bytes());
        seed.update(text.as_bytes());
    }
    seed.update(position.to_be_bytes());
    let chosen = draw_weighted(&weights, &open, &mut stream(seed.finalize().into(), 0))?;
    Some(&map.statements[chosen].id)
}
