//! The simulation's own account of what was done, against which the commons is held.

use std::collections::{BTreeMap, BTreeSet};
use whatworks_domain::forum::Ballot;

/// What was done, by the simulation's own count.
#[derive(Debug, Default)]
pub(crate) struct Book {
    /// The last ballot of each member on each statement.
    pub(crate) ballots: BTreeMap<(usize, i64), Ballot>,
    /// Votes cast, changed ones among them.
    pub(crate) votes: usize,
    /// Who wrote a post, by its number.
    pub(crate) posts: BTreeMap<i64, usize>,
    /// Posts that may be read.
    pub(crate) shown: BTreeSet<i64>,
    /// Statements that were proposed.
    pub(crate) proposed: usize,
    pub(crate) flags: usize,
    pub(crate) decisions: usize,
    pub(crate) appeals: usize,
    /// Mails sent, by what they say and to whom.
    pub(crate) mails: BTreeMap<(String, String, String), usize>,
    pub(crate) computed: usize,
    /// Seconds of each act.
    pub(crate) seconds: Vec<f64>,
    /// What was not as it should be.
    pub(crate) faults: Vec<String>,
}

impl Book {
    /// Notes a fault unless something holds.
    pub(crate) fn check(&mut self, holds: bool, what: impl FnOnce() -> String) {
        if !holds {
            self.faults.push(what());
        }
    }

    /// By statement: agree, disagree, pass for any reason.
    pub(crate) fn counts(&self) -> BTreeMap<i64, [i64; 3]> {
        let mut counts: BTreeMap<i64, [i64; 3]> = BTreeMap::new();
        for ((_, statement), ballot) in &self.ballots {
            let place = match ballot {
                Ballot::Agree => 0,
                Ballot::Disagree => 1,
                Ballot::Pass(_) => 2,
            };
            counts.entry(*statement).or_default()[place] += 1;
        }
        counts
    }
}
