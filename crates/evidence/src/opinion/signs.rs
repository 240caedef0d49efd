//! Whose votes carry a sign of coordination (decision D12 of the forum's design): a reason to look and to show results
//! twice, never to delete.
//!
//! Two signs, both within one network (people behind one IPv4 /24 or IPv6 /48, known by a keyed hash only): answers to
//! [`LEAST_COMMON`] or more statements in common, all alike; and the first votes of [`LEAST_AT_ONCE`] or more people in one
//! minute. Identical answers alone are no sign: where most agree, many do so by chance. Beside them, how many had just
//! joined is counted. Left out: who it is, to anybody; any judgement.

use super::{Answer, VoteLog};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use whatworks_stats::opinion::integrity::{Arrival, identical_rows, same_moment};
use whatworks_stats::opinion::{Vote, VoteMatrix};

/// Answers in common, all alike, that make a sign.
const LEAST_COMMON: usize = 10;
/// People whose first votes came in one minute.
const LEAST_AT_ONCE: usize = 3;

/// What is known of a voter at the first vote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FirstVote<'a> {
    /// The pseudonym, as in the log.
    pub participant: &'a str,
    /// Keyed hash of the network; blank when unknown, which is never the same as another.
    pub network: &'a str,
    /// The minute.
    pub minute: i64,
    /// Whether the voter had just joined.
    pub is_new: bool,
}

/// How many carry each sign; numbers of people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Signs {
    /// Answered alike within one network.
    pub alike: usize,
    /// Came in one minute from one network.
    pub at_once: usize,
    /// Had just joined; not a sign by itself.
    pub newcomers: usize,
    /// With either of the first two.
    pub flagged: usize,
}

/// The signs of a log, and who carries one.
pub fn find_signs(log: &VoteLog, voters: &[FirstVote<'_>]) -> (Signs, BTreeSet<String>) {
    let mut networks: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, voter) in voters.iter().enumerate().filter(|(_, voter)| !voter.network.is_empty()) {
        networks.entry(voter.network).or_default().push(at);
    }
    let mut alike = BTreeSet::new();
    for people in networks.values().filter(|people| people.len() > 1) {
        let rows = identical_rows(&answers_of(log, voters, people), LEAST_COMMON);
        alike.extend(rows.into_iter().flatten().map(|row| people[row]));
    }
    let number: BTreeMap<&str, u64> = networks.keys().copied().zip(0..).collect();
    let arrivals: Vec<Arrival> = voters
        .iter()
        .enumerate()
        .map(|(participant, voter)| Arrival {
            participant,
            minute: voter.minute,
            network: number.get(voter.network).copied(),
        })
        .collect();
    let at_once: BTreeSet<usize> = same_moment(&arrivals, LEAST_AT_ONCE).into_iter().flatten().collect();
    let flagged: BTreeSet<usize> = alike.union(&at_once).copied().collect();
    let signs = Signs {
        alike: alike.len(),
        at_once: at_once.len(),
        newcomers: voters.iter().filter(|voter| voter.is_new).count(),
        flagged: flagged.len(),
    };
    (signs, flagged.into_iter().map(|at| voters[at].participant.to_owned()).collect())
}

/// The last answers of some voters, by their place among `people`.
fn answers_of(log: &VoteLog, voters: &[FirstVote<'_>], people: &[usize]) -> VoteMatrix {
    let row: BTreeMap<&str, usize> =
        people.iter().enumerate().map(|(row, at)| (voters[*at].participant, row)).collect();
    let cast = || log.votes().iter().filter(|vote| row.contains_key(vote.participant.as_str()));
    let statements: BTreeSet<&str> = cast().map(|vote| vote.statement.as_str()).collect();
    let column: BTreeMap<&str, usize> = statements.into_iter().zip(0..).collect();
    let mut votes = VoteMatrix::unseen(people.len(), column.len());
    for vote in cast() {
        let answer = match vote.answer {
            Answer::Agree => Vote::Agree,
            Answer::Disagree => Vote::Disagree,
            Answer::Pass(_) => Vote::Pass,
        };
        votes.set(row[vote.participant.as_str()], column[vote.statement.as_str()], Some(answer));
    }
    votes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::opinion::LoggedVote;

    fn log(rows: &[(&str, &str)]) -> VoteLog {
        let mut votes = Vec::new();
        for (participant, answers) in rows {
            for (statement, answer) in answers.chars().enumerate() {
                let answer = match answer {
                    '+' => Answer::Agree,
                    '-' => Answer::Disagree,
                    '0' => Answer::Pass(None),
                    _ => continue,
                };
                let id = votes.len() as u64;
                let (participant, statement) = ((*participant).to_owned(), statement.to_string());
                votes.push(LoggedVote { time: 0, id, participant, statement, answer });
            }
        }
        VoteLog::new(votes)
    }

    fn voter<'a>(participant: &'a str, network: &'a str, minute: i64) -> FirstVote<'a> {
        FirstVote { participant, network, minute, is_new: minute > 50 }
    }

    #[test]
    fn alike_counts_within_one_network_only() {
        let log = log(&[
            ("a", "++--00++--"),
            ("b", "++--00++--"),
            ("c", "++--00++--"),
            ("d", "++--00++-+"),
            ("e", "++--00++-"),
        ]);
        let voters = [
            voter("a", "n", 1),
            voter("b", "n", 2),
            voter("c", "m", 3),
            voter("d", "n", 4),
            voter("e", "n", 5),
        ];
        let (signs, flagged) = find_signs(&log, &voters);
        // c answers alike elsewhere, d differs in one answer, e has nine in common.
        assert_eq!(flagged, BTreeSet::from(["a".to_owned(), "b".to_owned()]));
        assert_eq!(signs, Signs { alike: 2, at_once: 0, newcomers: 0, flagged: 2 });
        let unknown = voters.map(|voter| FirstVote { network: "", ..voter });
        assert_eq!(find_signs(&log, &unknown).0, Signs::default());
    }

    #[test]
    fn three_in_one_minute_from_one_network_are_a_sign() {
        let log = log(&[("a", "+"), ("b", "-"), ("c", "0"), ("d", "+")]);
        let voters = [voter("a", "n", 60), voter("b", "n", 60), voter("c", "n", 60), voter("d", "n", 61)];
        let (signs, flagged) = find_signs(&log, &voters);
        assert_eq!(signs, Signs { alike: 0, at_once: 3, newcomers: 4, flagged: 3 });
        assert!(!flagged.contains("d"));
        assert_eq!(find_signs(&log, &voters[1..]).0.flagged, 0);
    }
}
