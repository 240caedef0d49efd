//! What is said, voted and decided in discussions, one module per noun.
//!
//! Rules: posts, statements and votes are numbered within their question by counters in its row, taken first in the
//! transaction, so that writers to one question wait for each other and a write given up leaves no gap. Every write
//! from a form carries a `once`; the same `once` again gives the first outcome. How often a member may write is asked
//! in the same transaction. Left out: who may do what, and when, which are the acts' to hold.

mod board;
mod claims;
mod flags;
mod moderation;
mod opinions;
mod posts;
mod questions;
mod standing;
mod statements;
mod summaries;
mod table;
mod tallies;
mod votes;

pub use board::{Board, Unanswered, Writer};
pub use claims::{Claims, NewClaim, Reassessed, StoredChange, StoredClaim, Watcher};
pub use moderation::{
    Appeal, AppealOutcome, FlaggedPost, HeldPost, HeldStatement, Moderation, NewAppeal, Queue,
};
pub use opinions::{OpinionStamp, Opinions, StoredOpinion};
pub use posts::{NewPost, Post, Posts, Revised, Revision, Thread, Viewer};
pub use questions::{Mark, NewQuestion, Question, Questions};
pub use standing::{Standing, Standings};
pub use statements::{NewStatement, Reworded, Statement, Statements};
pub use summaries::{Comment, FollowUp, NewRemark, Summaries, Summary};
pub use table::{Attached, Facilitator};
pub use tallies::Tally;
pub use votes::{Cast, LoggedVote, NewVote, StatementCount, Voter, Votes};

use crate::db::{Backend, Transaction, on};
use crate::error::StoreError;
use time::{Duration, OffsetDateTime};

/// How often something may be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// So many times at most
    pub most: usize,
    /// within this time.
    pub within: Duration,
}

impl Rate {
    /// Seconds to wait, given when it was last done; none when it may be done now.
    pub fn wait(self, mut done: Vec<OffsetDateTime>, now: OffsetDateTime) -> Option<u64> {
        done.sort_unstable();
        let free_at =
            done.len().checked_sub(self.most).and_then(|at| done.get(at)).map(|at| *at + self.within)?;
        let left = u64::try_from((free_at - now).whole_milliseconds()).unwrap_or(0);
        (left > 0).then(|| left.div_ceil(1_000))
    }

    fn limit(self) -> i64 {
        i64::try_from(self.most).unwrap_or(i64::MAX)
    }
}

/// What a write from a form did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// It is written under this number.
    Done(i64),
    /// The same form had been sent before; this is what it wrote then.
    Again(i64),
    /// Nothing: too often; seconds to wait.
    TooOften(u64),
}

/// The counters of a question.
#[derive(Debug, Clone, Copy)]
enum Counter {
    Post,
    Statement,
    Vote,
}

/// Takes the next number; holds the question's row until the transaction ends.
async fn take_number(transaction: &mut Transaction, slug: &str, counter: Counter) -> Result<i64, StoreError> {
    let sql = match counter {
        Counter::Post => {
            "update question set next_post = next_post + 1 where slug = $1 returning next_post - 1"
        }
        Counter::Statement => {
            "update question set next_statement = next_statement + 1 where slug = $1 returning next_statement - 1"
        }
        Counter::Vote => {
            "update question set next_vote = next_vote + 1 where slug = $1 returning next_vote - 1"
        }
    };
    let taken: Option<i64> =
        on!(transaction, t => { sqlx::query_scalar(sql).bind(slug).fetch_optional(&mut **t).await })?;
    taken.ok_or_else(|| no_question(slug))
}

/// Holds a question's row until the transaction ends, so that its writers wait for each other.
async fn lock_question(transaction: &mut Transaction, slug: &str) -> Result<(), StoreError> {
    let sql = match transaction {
        Backend::Sqlite(_) => "select slug from question where slug = $1",
        Backend::Postgres(_) => "select slug from question where slug = $1 for update",
    };
    let found: Option<String> =
        on!(transaction, t => { sqlx::query_scalar(sql).bind(slug).fetch_optional(&mut **t).await })?;
    found.map(drop).ok_or_else(|| no_question(slug))
}

fn no_question(slug: &str) -> StoreError {
    StoreError::Conflict { what: format!("there is no question {slug}") }
}

/// The conflict of a form whose `once` belongs to somebody or something else.
fn taken_once() -> StoreError {
    StoreError::Conflict { what: "this form was sent before, by someone else or for something else".into() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    #[test]
    fn a_rate_says_how_long_to_wait() {
        let rate = Rate { most: 2, within: Duration::seconds(60) };
        let now = datetime!(2026-03-01 12:00 UTC);
        let ago = |seconds| now - Duration::seconds(seconds);
        assert_eq!(rate.wait(vec![], now), None);
        assert_eq!(rate.wait(vec![ago(1)], now), None);
        assert_eq!(rate.wait(vec![ago(10), ago(50)], now), Some(10));
        assert_eq!(rate.wait(vec![ago(10), ago(60)], now), None);
        assert_eq!(rate.wait(vec![ago(1), ago(2), ago(59)], now), Some(58));
        assert_eq!(rate.wait(vec![ago(1), now - Duration::milliseconds(59_500)], now), Some(1));
    }
}
