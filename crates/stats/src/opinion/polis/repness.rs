//! Polis's representative statements and consensus lists.
//!
//! With n_a, n_d, n_s the agreeing, disagreeing and all votes of a group on a statement: p̂_a = (n_a + 1)/(n_s + 2); the
//! one-proportion statistic 2·√(n_s + 1)·((n_a + 1)/(n_s + 1) − 1/2); the two-proportion statistic of the group against
//! all others with every count one larger, 0 when all of both agree; the ratio p̂_a(in)/p̂_a(out). A statement represents
//! a group when both statistics of one direction exceed 1.2816; the direction is that of the larger two-proportion
//! statistic, the order that of ratio × two-proportion × p̂ × one-proportion. The best agreeing statement comes first, five
//! are taken, agreements before disagreements; when none qualifies the best by two-proportion statistic is shown.

use super::smoothed;
use crate::opinion::VoteCounts;

/// Standard normal quantile at 0.9, as Polis has it.
const SIGNIFICANT: f64 = 1.2816;
/// Statements shown.
const MOST: usize = 5;

/// Which answer a row is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Agreeing.
    Agree,
    /// Disagreeing.
    Disagree,
}

/// A statement that represents a group.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RepRow {
    /// The statement.
    pub statement: usize,
    /// Which answer.
    pub side: Side,
    /// Whether it stands first as the best agreeing statement.
    pub best_agree: bool,
    /// Votes of that answer.
    pub successes: usize,
    /// All votes of the group.
    pub trials: usize,
    /// p̂.
    pub share: f64,
    /// One-proportion statistic.
    pub share_test: f64,
    /// p̂ in the group over p̂ outside.
    pub ratio: f64,
    /// Two-proportion statistic.
    pub ratio_test: f64,
}

/// A statement most voters answer alike.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ConsensusRow {
    /// The statement.
    pub statement: usize,
    /// Votes of that answer.
    pub successes: usize,
    /// All votes.
    pub trials: usize,
    /// p̂.
    pub share: f64,
    /// One-proportion statistic.
    pub share_test: f64,
}

/// Both consensus lists.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Consensus {
    /// Statements most agree with.
    pub agree: Vec<ConsensusRow>,
    /// Statements most disagree with.
    pub disagree: Vec<ConsensusRow>,
}

fn one_proportion(successes: usize, trials: usize) -> f64 {
    let n = trials as f64 + 1.0;
    2.0 * n.sqrt() * ((successes as f64 + 1.0) / n - 0.5)
}

fn two_proportions(inside: usize, outside: usize, trials_in: usize, trials_out: usize) -> f64 {
    let [a, b, n, m] = [inside, outside, trials_in, trials_out].map(|count| count as f64 + 1.0);
    let pooled = (a + b) / (n + m);
    // When everyone agrees the statistic has no spread; Polis calls that 0.
    if pooled == 1.0 { 0.0 } else { (a / n - b / m) / (pooled * (1.0 - pooled) * (1.0 / n + 1.0 / m)).sqrt() }
}

/// The four figures of one direction.
#[derive(Debug, Clone, Copy)]
struct Figures {
    successes: usize,
    share: f64,
    share_test: f64,
    ratio: f64,
    ratio_test: f64,
}

impl Figures {
    fn new(inside: usize, trials_in: usize, outside: usize, trials_out: usize) -> Self {
        let share = smoothed(inside, trials_in);
        Self {
            successes: inside,
            share,
            share_test: one_proportion(inside, trials_in),
            ratio: share / smoothed(outside, trials_out),
            ratio_test: two_proportions(inside, outside, trials_in, trials_out),
        }
    }

    fn metric(self) -> f64 {
        self.ratio * self.ratio_test * self.share * self.share_test
    }

    fn is_significant(self) -> bool {
        self.ratio_test > SIGNIFICANT && self.share_test > SIGNIFICANT
    }
}

/// A statement in a group, both directions.
#[derive(Debug, Clone, Copy)]
struct Candidate {
    statement: usize,
    inside: VoteCounts,
    agree: Figures,
    disagree: Figures,
}

impl Candidate {
    fn row(&self) -> RepRow {
        let (side, figures) = if self.agree.ratio_test > self.disagree.ratio_test {
            (Side::Agree, self.agree)
        } else {
            (Side::Disagree, self.disagree)
        };
        RepRow {
            statement: self.statement,
            side,
            best_agree: false,
            successes: figures.successes,
            trials: self.inside.seen(),
            share: figures.share,
            share_test: figures.share_test,
            ratio: figures.ratio,
            ratio_test: figures.ratio_test,
        }
    }

    fn best_test(&self) -> f64 {
        crate::num::larger(self.agree.ratio_test, self.disagree.ratio_test)
    }

    fn beats_as_agreement(&self, best: Option<&Self>) -> bool {
        if self.inside.agree == 0 && self.inside.disagree == 0 {
            return false;
        }
        match best {
            Some(best) if best.agree.ratio > 1.0 => self.agree.metric() > best.agree.metric(),
            Some(best) => self.agree.share * self.agree.share_test > best.agree.share * best.agree.share_test,
            None => self.agree.share_test > SIGNIFICANT || (self.agree.ratio > 1.0 && self.agree.share > 0.5),
        }
    }
}

/// The rows of each group. `groups[group][statement]` counts the votes as given; statements moderated out are left out.
pub fn representative(groups: &[Vec<VoteCounts>], moderated_out: &[bool]) -> Vec<Vec<RepRow>> {
    (0..groups.len())
        .map(|group| {
            let candidates: Vec<Candidate> = (0..groups[group].len())
                .filter(|j| !moderated_out.get(*j).copied().unwrap_or(false))
                .map(|j| candidate(groups, group, j))
                .collect();
            select(&candidates)
        })
        .collect()
}

fn candidate(groups: &[Vec<VoteCounts>], group: usize, statement: usize) -> Candidate {
    let inside = groups[group][statement];
    let mut outside = VoteCounts::default();
    for other in (0..groups.len()).filter(|other| *other != group) {
        let counts = groups[other][statement];
        outside.agree += counts.agree;
        outside.disagree += counts.disagree;
        outside.pass += counts.pass;
    }
    let figures = |inside_count, outside_count| {
        Figures::new(inside_count, inside.seen(), outside_count, outside.seen())
    };
    Candidate {
        statement,
        inside,
        agree: figures(inside.agree, outside.agree),
        disagree: figures(inside.disagree, outside.disagree),
    }
}

fn select(candidates: &[Candidate]) -> Vec<RepRow> {
    let mut best: Option<&Candidate> = None;
    let mut best_agree: Option<&Candidate> = None;
    let mut sufficient: Vec<RepRow> = Vec::new();
    for candidate in candidates {
        if candidate.agree.is_significant() || candidate.disagree.is_significant() {
            sufficient.push(candidate.row());
        }
        if best.is_none_or(|best| candidate.best_test() > best.best_test()) {
            best = Some(candidate);
        }
        if candidate.beats_as_agreement(best_agree) {
            best_agree = Some(candidate);
        }
    }
    let mut rows: Vec<RepRow> =
        best_agree.map(|candidate| RepRow { best_agree: true, ..candidate.row() }).into_iter().collect();
    if sufficient.is_empty() {
        if rows.is_empty() {
            rows.extend(best.map(Candidate::row));
        }
        return rows;
    }
    let metric = |row: &RepRow| row.ratio * row.ratio_test * row.share * row.share_test;
    sufficient.retain(|row| best_agree.is_none_or(|best| best.statement != row.statement));
    sufficient.sort_by(|a, b| metric(b).total_cmp(&metric(a)));
    rows.extend(sufficient);
    rows.truncate(MOST);
    let (agree, disagree): (Vec<RepRow>, Vec<RepRow>) =
        rows.into_iter().partition(|row| row.side == Side::Agree);
    agree.into_iter().chain(disagree).collect()
}

/// The statements most voters answer alike: p̂ over one half, statistic over 1.2816, by p̂ × statistic, five a direction.
pub fn consensus(counts: &[VoteCounts], moderated_out: &[bool]) -> Consensus {
    let list = |successes: fn(&VoteCounts) -> usize| {
        let mut rows: Vec<ConsensusRow> = counts
            .iter()
            .enumerate()
            .filter(|(j, _)| !moderated_out.get(*j).copied().unwrap_or(false))
            .map(|(statement, counts)| {
                let (successes, trials) = (successes(counts), counts.seen());
                ConsensusRow {
                    statement,
                    successes,
                    trials,
                    share: smoothed(successes, trials),
                    share_test: one_proportion(successes, trials),
                }
            })
            .filter(|row| row.share > 0.5 && row.share_test > SIGNIFICANT)
            .collect();
        rows.sort_by(|a, b| (b.share * b.share_test).total_cmp(&(a.share * a.share_test)));
        rows.truncate(MOST);
        rows
    };
    Consensus { agree: list(|counts| counts.agree), disagree: list(|counts| counts.disagree) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Weakness W3 of the formula, kept: one agreeing vote is a "consensus" with p̂ = 2/3 and z = √2.
    #[test]
    fn one_vote_is_a_consensus() {
        let list = consensus(&[VoteCounts { agree: 1, disagree: 0, pass: 0 }], &[]);
        assert!((list.agree[0].share - 2.0 / 3.0).abs() < 1e-15);
        assert!((list.agree[0].share_test - 2.0_f64.sqrt()).abs() < 1e-15);
    }

    #[test]
    fn a_group_always_shows_something() {
        let group = |agree, disagree| vec![VoteCounts { agree, disagree, pass: 0 }];
        let rows = representative(&[group(1, 3), group(3, 1)], &[]);
        assert_eq!(rows[0].len(), 1);
        assert_eq!(rows[0][0].side, Side::Disagree);
        assert!(representative(&[group(1, 3), group(3, 1)], &[true])[0].is_empty());
    }
}
