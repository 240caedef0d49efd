//! From the log to a matrix: who, which statements, what counts as seen, and the seed of all draws.

use super::log::{Name, VoteLog};
use super::{Answer, Options, PassReason};
use crate::packet::Digest;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;
use sha2::{Digest as _, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use whatworks_stats::opinion::{Vote, VoteMatrix};

/// Votes as a matrix, with the names of its rows and columns.
pub(super) struct Ballots {
    pub(super) participants: Vec<String>,
    pub(super) statements: Vec<String>,
    pub(super) votes: VoteMatrix,
    /// Passes that count as not seen, by statement.
    pub(super) unclear: Vec<usize>,
    pub(super) not_my_field: Vec<usize>,
    pub(super) head: Digest,
    pub(super) seed: [u8; 32],
}

/// How the engine reads a pass and a moderated statement.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    /// Reasons of a pass count; moderated statements are left out.
    Reasons,
    /// Every pass is 0; every statement stays.
    Plain,
}

impl Ballots {
    pub(super) fn of(log: &VoteLog, options: &Options, reading: Reading) -> Self {
        let answers = log.last_answers();
        let kept = |statement: &str| reading == Reading::Plain || !options.moderated_out.contains(statement);
        let people: BTreeSet<Name<'_>> = answers.keys().map(|(participant, _)| *participant).collect();
        let voted = answers.keys().map(|(_, statement)| *statement);
        let open = options.statements.iter().map(|statement| Name(statement));
        let statements: BTreeSet<Name<'_>> =
            voted.chain(open).filter(|statement| kept(statement.0)).collect();
        let column: BTreeMap<Name<'_>, usize> =
            statements.iter().enumerate().map(|(at, name)| (*name, at)).collect();
        let row: BTreeMap<Name<'_>, usize> =
            people.iter().enumerate().map(|(at, name)| (*name, at)).collect();
        let mut votes = VoteMatrix::unseen(people.len(), statements.len());
        let mut unclear = vec![0; statements.len()];
        let mut not_my_field = vec![0; statements.len()];
        for ((participant, statement), answer) in &answers {
            let Some(column) = column.get(statement).copied() else { continue };
            let vote = match answer {
                Answer::Agree => Some(Vote::Agree),
                Answer::Disagree => Some(Vote::Disagree),
                Answer::Pass(Some(PassReason::Unclear)) if reading == Reading::Reasons => {
                    unclear[column] += 1;
                    None
                }
                Answer::Pass(Some(PassReason::NotMyField)) if reading == Reading::Reasons => {
                    not_my_field[column] += 1;
                    None
                }
                Answer::Pass(_) => Some(Vote::Pass),
            };
            votes.set(row[participant], column, vote);
        }
        let head = log.head();
        let mut seed = Sha256::new();
        seed.update(options.discussion.as_bytes());
        seed.update(head.as_str().as_bytes());
        let names = |names: BTreeSet<Name<'_>>| names.into_iter().map(|name| name.0.to_owned()).collect();
        Self {
            participants: names(people),
            statements: names(statements),
            votes,
            unclear,
            not_my_field,
            head,
            seed: seed.finalize().into(),
        }
    }

    /// The generator of one purpose: streams of one seed do not meet.
    pub(super) fn stream(&self, number: u64) -> ChaCha8Rng {
        stream(self.seed, number)
    }

    pub(super) fn seed_text(&self) -> String {
        self.seed.iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
    }

    /// Votes that count.
    pub(super) fn count(&self) -> usize {
        (0..self.statements.len()).map(|statement| self.votes.counts(statement).seen()).sum()
    }
}

pub(super) fn stream(seed: [u8; 32], number: u64) -> ChaCha8Rng {
    let mut rng = ChaCha8Rng::from_seed(seed);
    rng.set_stream(number);
    rng
}
