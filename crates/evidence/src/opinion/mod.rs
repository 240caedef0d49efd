//! Opinions of a discussion: from a vote log to groups, common ground and dividing lines, or to "no groups".
//!
//! [`map_opinions`] is the one entry: [`VoteLog`] and [`Options`] in, [`OpinionMap`] out, a pure function. Rules of the
//! engine default: the last answer counts; a pass is 0 unless its reason says `unclear` or `not my field`, which count as
//! not seen; a statement moderated out is left out altogether. People who answered 7 statements (or all, if fewer) are
//! placed. Groups are shown only when 20 or more are placed, when shuffled votes are structured as strongly in at most 1
//! of 20 tries (199 shuffles), and when the smallest group has 5 people and 5 in 100. The engine polis follows the
//! published formulas of that system instead, which always finds groups.
//!
//! The seed of every draw is SHA-256(discussion id ‖ head of the log): the same log gives the same bytes, on one thread
//! or several. Left out: what statements say, who may vote, when to recompute.

mod by_polis;
mod log;
mod matrix;
mod naming;
mod next;
mod ours;
mod result;
mod segments;
mod signs;

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroUsize;

pub use log::{Answer, LoggedVote, PassReason, VoteLog};
pub use next::next_statement;
pub use result::{
    Answers, Engine, Gate, GroupAnswers, GroupRepness, GroupSegment, NoGroups, OpinionGroup, OpinionMap,
    Placed, PolisConsensusRow, RepnessRow, RepresentativeOf, SegmentAgreement, SegmentAnswers, Share,
    StatementResult, Strength,
};
pub use segments::Segmentation;
pub use signs::{FirstVote, Signs, find_signs};
pub use whatworks_stats::opinion::{OpinionError, integrity};

/// Shuffles of the gate.
pub const PERMUTATIONS: usize = 199;

/// What is known of a discussion beside its votes.
#[derive(Debug, Clone)]
pub struct Options {
    /// The discussion's id: part of the seed.
    pub discussion: String,
    /// Which mathematics.
    pub engine: Engine,
    /// Statements open to votes, voted on or not; those in the log need not be named.
    pub statements: BTreeSet<String>,
    /// Statements moderated out.
    pub moderated_out: BTreeSet<String>,
    /// Statements about the discussion itself (engine polis).
    pub meta: BTreeSet<String>,
    /// What people declared of themselves.
    pub segmentations: Vec<Segmentation>,
    /// The groups of an earlier computation by participant, so that letters stay: [`OpinionMap::labelling`].
    pub previous: BTreeMap<String, String>,
    /// Shuffles of the gate.
    pub permutations: usize,
    /// Threads for the shuffles; the answer does not depend on it.
    pub threads: NonZeroUsize,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            discussion: String::new(),
            engine: Engine::Default,
            statements: BTreeSet::new(),
            moderated_out: BTreeSet::new(),
            meta: BTreeSet::new(),
            segmentations: Vec::new(),
            previous: BTreeMap::new(),
            permutations: PERMUTATIONS,
            threads: NonZeroUsize::MIN,
        }
    }
}

/// The opinions in a vote log.
///
/// # Errors
/// [`OpinionError`], which a log of votes never causes: a fault of this program, for whoever runs it.
pub fn map_opinions(log: &VoteLog, options: &Options) -> Result<OpinionMap, OpinionError> {
    match options.engine {
        Engine::Default => ours::map(log, options),
        Engine::Polis => by_polis::map(log, options),
    }
}

#[cfg(test)]
mod simulated;
#[cfg(test)]
mod tests;
