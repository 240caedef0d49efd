//! Signs of coordinated voting. A sign is a reason to look, never to delete: the caller shows results with and without.
//!
//! * [`identical_rows`]: people who answered 10 or more statements in common, all alike.
//! * [`same_moment`]: several people in one minute from one network.
//! * [`share_of`]: how many carry a mark, such as a new account.
//! * [`largest_subtree`]: the share of voters whom one member brought in, directly or through others.
//!
//! Left out: what a network or a minute is (numbers from the caller), any judgement of how many are too many.

use super::{Vote, VoteMatrix};
use std::collections::{BTreeMap, BTreeSet};

/// People linked by identical answers: two are linked when they answered `least` or more statements in common and all
/// alike; each set holds those linked directly or through others, two or more, in increasing order.
pub fn identical_rows(votes: &VoteMatrix, least: usize) -> Vec<Vec<usize>> {
    let words = votes.statements().div_ceil(64);
    let bits = |participant: usize, wanted: &dyn Fn(Vote) -> bool| {
        let mut bits = vec![0u64; words];
        for (j, vote) in votes.row(participant).iter().enumerate() {
            if vote.is_some_and(wanted) {
                bits[j / 64] |= 1 << (j % 64);
            }
        }
        bits
    };
    let rows: Vec<[Vec<u64>; 3]> = (0..votes.participants())
        .map(|i| [bits(i, &|_| true), bits(i, &|v| v == Vote::Agree), bits(i, &|v| v == Vote::Disagree)])
        .collect();
    let mut leader: Vec<usize> = (0..rows.len()).collect();
    for (i, first) in rows.iter().enumerate() {
        for (j, second) in rows.iter().enumerate().skip(i + 1) {
            let mut common = 0;
            let mut differ = 0;
            for word in 0..words {
                let both = first[0][word] & second[0][word];
                common += both.count_ones() as usize;
                differ |= both & ((first[1][word] ^ second[1][word]) | (first[2][word] ^ second[2][word]));
            }
            if common >= least && differ == 0 {
                let (a, b) = (find(&mut leader, i), find(&mut leader, j));
                leader[a.max(b)] = a.min(b);
            }
        }
    }
    let mut sets: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for i in 0..rows.len() {
        sets.entry(find(&mut leader, i)).or_default().push(i);
    }
    sets.into_values().filter(|set| set.len() > 1).collect()
}

fn find(leader: &mut [usize], mut at: usize) -> usize {
    while leader[at] != at {
        leader[at] = leader[leader[at]];
        at = leader[at];
    }
    at
}

/// One vote as it came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Arrival {
    /// Who voted.
    pub participant: usize,
    /// The minute in which it arrived.
    pub minute: i64,
    /// A number for the network it came from (an IPv4 /24, say); `None` when unknown, which is never the same as another.
    pub network: Option<u64>,
}

/// Sets of `least` or more different people who voted in one minute from one network, by time.
pub fn same_moment(arrivals: &[Arrival], least: usize) -> Vec<Vec<usize>> {
    let mut moments: BTreeMap<(i64, u64), BTreeSet<usize>> = BTreeMap::new();
    for arrival in arrivals {
        if let Some(network) = arrival.network {
            moments.entry((arrival.minute, network)).or_default().insert(arrival.participant);
        }
    }
    let large = moments.into_values().filter(|people| people.len() >= least.max(2));
    large.map(|people| people.into_iter().collect()).collect()
}

/// The share that carries the mark; 0 for nobody.
pub fn share_of(marks: &[bool]) -> f64 {
    if marks.is_empty() {
        0.0
    } else {
        marks.iter().filter(|mark| **mark).count() as f64 / marks.len() as f64
    }
}

/// The member, not one of those whom nobody invited, under whom most of all people stand, with the share of people who
/// stand under them (themselves included). `invited_by[i]` is who invited i; a circle of invitations ends where it
/// closes. `None` when nobody was invited. The first of equals.
pub fn largest_subtree(invited_by: &[Option<usize>]) -> Option<(usize, f64)> {
    let mut sizes = vec![0usize; invited_by.len()];
    for person in 0..invited_by.len() {
        let mut seen = BTreeSet::new();
        let mut at = Some(person);
        while let Some(current) = at.filter(|current| *current < sizes.len() && seen.insert(*current)) {
            sizes[current] += 1;
            at = invited_by[current];
        }
    }
    let invited = (0..sizes.len()).filter(|person| invited_by[*person].is_some());
    let (person, size) = invited.map(|person| (person, sizes[person])).rev().max_by_key(|(_, size)| *size)?;
    Some((person, size as f64 / sizes.len() as f64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_are_found_and_near_copies_are_not() {
        let mut votes = VoteMatrix::unseen(5, 70);
        for j in 0..70 {
            let vote = [Vote::Agree, Vote::Pass, Vote::Disagree][j % 3];
            votes.set(0, j, Some(vote));
            votes.set(1, j, (j % 2 == 0).then_some(vote));
            votes.set(2, j, Some(if j == 68 { Vote::Agree } else { vote }));
            votes.set(3, j, (j < 9).then_some(vote));
            votes.set(4, j, (j > 60).then_some(vote));
        }
        assert_eq!(identical_rows(&votes, 10), [vec![0, 1]]);
        assert_eq!(identical_rows(&votes, 4), [vec![0, 1, 2, 3, 4]]);
    }

    #[test]
    fn moments_shares_and_trees() {
        let arrival = |participant, minute, network| Arrival { participant, minute, network };
        let arrivals = [
            arrival(4, 10, Some(1)),
            arrival(2, 10, Some(1)),
            arrival(2, 10, Some(1)),
            arrival(3, 10, None),
            arrival(5, 10, None),
            arrival(6, 11, Some(1)),
        ];
        assert_eq!(same_moment(&arrivals, 2), [vec![2, 4]]);
        assert!(same_moment(&arrivals, 3).is_empty());
        assert_eq!(share_of(&[true, false, false, true]), 0.5);
        // 0 invites 1 and 2, 2 invites 3 and 4; 5 and 6 invite each other.
        let tree = [None, Some(0), Some(0), Some(2), Some(2), Some(6), Some(5)];
        assert_eq!(largest_subtree(&tree), Some((2, 3.0 / 7.0)));
        assert_eq!(largest_subtree(&[None, None]), None);
    }
}
