//! The vote log: what was answered, by whom, when; the last answer to a statement counts.
//!
//! Order is (time, id), then participant, statement and answer, so that a shuffled log is the same log. The head is the
//! SHA-256 over that order: each field as its length (8 bytes, big-endian) and its bytes, numbers as 8 bytes. Whoever
//! holds the log can compute the head that a page shows. Participants are names or pseudonyms; nothing here looks
//! behind them.

use crate::packet::Digest;
use serde::Serialize;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// Why someone passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PassReason {
    /// The statement is unclear: goes to the statement's editor, and counts as not seen.
    Unclear,
    /// No view: counts as a pass.
    NoView,
    /// Not the person's field: counts as not seen.
    NotMyField,
}

/// An answer to a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    /// Agrees.
    Agree,
    /// Disagrees.
    Disagree,
    /// Passes, for a reason when one was given; without one it counts as no view.
    Pass(Option<PassReason>),
}

impl Answer {
    fn word(self) -> &'static str {
        match self {
            Self::Agree => "agree",
            Self::Disagree => "disagree",
            Self::Pass(None) => "pass",
            Self::Pass(Some(PassReason::Unclear)) => "pass unclear",
            Self::Pass(Some(PassReason::NoView)) => "pass no-view",
            Self::Pass(Some(PassReason::NotMyField)) => "pass not-my-field",
        }
    }
}

/// One line of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoggedVote {
    /// When, in any unit that orders: milliseconds since 1970, say.
    pub time: i64,
    /// Number in the log, which orders answers of one time.
    pub id: u64,
    /// Who, by name or pseudonym.
    pub participant: String,
    /// To which statement.
    pub statement: String,
    /// What.
    pub answer: Answer,
}

/// All answers of a discussion, in (time, id) order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct VoteLog(Vec<LoggedVote>);

impl VoteLog {
    /// The log of these votes, in whatever order they come.
    pub fn new(mut votes: Vec<LoggedVote>) -> Self {
        votes.sort_by(|a, b| {
            let key = |vote: &LoggedVote| (vote.time, vote.id);
            key(a)
                .cmp(&key(b))
                .then_with(|| a.participant.cmp(&b.participant))
                .then_with(|| a.statement.cmp(&b.statement))
                .then(a.answer.cmp(&b.answer))
        });
        Self(votes)
    }

    /// The votes in order.
    pub fn votes(&self) -> &[LoggedVote] {
        &self.0
    }

    /// SHA-256 over the log.
    pub fn head(&self) -> Digest {
        let mut bytes = Vec::new();
        for vote in &self.0 {
            bytes.extend(vote.time.to_be_bytes());
            bytes.extend(vote.id.to_be_bytes());
            for text in [&vote.participant, &vote.statement, vote.answer.word()] {
                bytes.extend((text.len() as u64).to_be_bytes());
                bytes.extend(text.as_bytes());
            }
        }
        Digest::of(&bytes)
    }

    /// The log without these participants: for results "without flagged voters".
    #[must_use]
    pub fn without(&self, participants: &BTreeSet<String>) -> Self {
        Self(self.0.iter().filter(|vote| !participants.contains(&vote.participant)).cloned().collect())
    }

    /// The last answer of each participant to each statement.
    pub(super) fn last_answers(&self) -> BTreeMap<(Name<'_>, Name<'_>), Answer> {
        self.0.iter().map(|vote| ((Name(&vote.participant), Name(&vote.statement)), vote.answer)).collect()
    }
}

/// A name that sorts by its number when it is one: 2 before 10, numbers before words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Name<'a>(pub(super) &'a str);

impl Ord for Name<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        let number = |name: &str| name.parse::<u64>().ok();
        let by_number = match (number(self.0), number(other.0)) {
            (Some(a), Some(b)) => a.cmp(&b),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => Ordering::Equal,
        };
        by_number.then_with(|| self.0.cmp(other.0))
    }
}

impl PartialOrd for Name<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vote(time: i64, id: u64, participant: &str, answer: Answer) -> LoggedVote {
        LoggedVote { time, id, participant: participant.into(), statement: "1".into(), answer }
    }

    #[test]
    fn order_decides_nothing_but_time_and_id() {
        let first = vote(1, 7, "a", Answer::Agree);
        let second = vote(1, 8, "a", Answer::Pass(Some(PassReason::Unclear)));
        let log = VoteLog::new(vec![first.clone(), second.clone()]);
        assert_eq!(log, VoteLog::new(vec![second.clone(), first.clone()]));
        assert_eq!(log.last_answers().into_values().collect::<Vec<_>>(), [second.answer]);
        let other = VoteLog::new(vec![vote(2, 7, "a", Answer::Agree), second]);
        assert_eq!(other.last_answers().into_values().collect::<Vec<_>>(), [Answer::Agree]);
        assert_ne!(log.head(), other.head());
        assert_ne!(log.head(), log.without(&["a".to_owned()].into()).head());
    }

    #[test]
    fn fields_cannot_run_into_each_other() {
        let one = LoggedVote { statement: "b1".into(), ..vote(0, 0, "a", Answer::Agree) };
        let two = LoggedVote { statement: "1".into(), ..vote(0, 0, "ab", Answer::Agree) };
        assert_ne!(VoteLog::new(vec![one]).head(), VoteLog::new(vec![two]).head());
    }

    #[test]
    fn names_sort_by_their_number() {
        let mut names = ["10", "b", "2", "a", "02"].map(Name);
        names.sort();
        assert_eq!(names.map(|name| name.0), ["02", "2", "10", "a", "b"]);
    }
}
