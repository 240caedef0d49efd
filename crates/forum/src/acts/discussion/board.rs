//! The facilitators' board: what needs a hand now (D27).
//!
//! Shown: active members who have not written, regions of the world without a writer that members come from, posts
//! that nobody else answered for a day, statements that fewer than 8 have voted on, statements to be put better
//! (three or more found them unclear, and one in ten of those who answered), and heat: the share of posts by the
//! three who write most, with a warning from 40 in 100 on (from ten posts on, since three of four is no heat).

use super::questions::runner;
use crate::access::{Act, Actor};
use crate::refused::Refused;
use std::cmp::Reverse;
use std::collections::BTreeSet;
use time::{Duration, OffsetDateTime};
use whatworks_domain::forum::{Region, StatementStatus};
use whatworks_store::Store;
use whatworks_store::forum::{StatementCount, Unanswered, Writer};

/// How long a post may wait for an answer.
const PATIENCE: Duration = Duration::hours(24);
/// Votes that a statement should have.
const LEAST_SEEN: i64 = 8;
/// Passes for unclearness before a statement is to be put better.
const LEAST_UNCLEAR: i64 = 3;
/// How many of those who write most make the heat.
const LOUDEST: usize = 3;
/// The share of posts that is too hot.
const TOO_HOT: f64 = 0.4;
/// Posts before there is any heat.
const LEAST_POSTS: i64 = 10;

/// A statement that few have voted on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unseen {
    /// Its number.
    pub number: i64,
    /// The sentence.
    pub body: String,
    /// How many saw it.
    pub seen: i64,
}

/// A statement to be put better.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unclear {
    /// Its number.
    pub number: i64,
    /// The sentence.
    pub body: String,
    /// How many passed because it is unclear.
    pub unclear: i64,
    /// How many saw it.
    pub seen: i64,
}

/// How much of the talk is whose.
#[derive(Debug, Clone, PartialEq)]
pub struct Heat {
    /// Posts that are shown.
    pub posts: i64,
    /// Share of those who write most, 0 to 1; 0 without posts.
    pub share: f64,
    /// Who they are.
    pub loudest: Vec<Writer>,
    /// Whether that is too much.
    pub is_warning: bool,
}

/// The board of a question.
#[derive(Debug, Clone, PartialEq)]
pub struct FacilitatorsBoard {
    /// Active members.
    pub members: usize,
    /// Those who have not written, by name.
    pub silent: Vec<Writer>,
    /// Regions that members come from and nobody has written from.
    pub absent: Vec<Region>,
    /// Posts that wait for an answer, the oldest first.
    pub unanswered: Vec<Unanswered>,
    /// Statements that few have voted on, the fewest first.
    pub unseen: Vec<Unseen>,
    /// Statements to be put better, those that most found unclear first.
    pub unclear: Vec<Unclear>,
    /// How much of the talk is whose.
    pub heat: Heat,
}

/// The board of a question.
///
/// # Errors
/// [`Refused::Missing`]; refusals of [`Act::RunQuestion`]; [`Refused::Store`].
pub async fn board(
    store: &Store,
    actor: Option<&Actor>,
    slug: &str,
    now: OffsetDateTime,
) -> Result<FacilitatorsBoard, Refused> {
    runner(store, actor, slug, Act::RunQuestion, now).await?;
    let raw = store.questions().load_board(slug, now - PATIENCE).await?;
    let seen = store.votes().count(slug).await?;
    let statements = store.statements().list(slug).await?;
    let shown: Vec<_> = statements.into_iter().filter(|one| one.status == StatementStatus::Shown).collect();
    let count_of = |number: i64| seen.iter().find(|count| count.statement == number);
    let mut unseen = Vec::new();
    let mut unclear = Vec::new();
    for statement in shown {
        let (number, body) = (statement.number, statement.body);
        let seen = count_of(number).map_or(0, StatementCount::seen);
        let found_unclear = count_of(number).map_or(0, |count| count.unclear);
        if found_unclear >= LEAST_UNCLEAR && found_unclear * 10 >= seen {
            unclear.push(Unclear { number, body: body.clone(), unclear: found_unclear, seen });
        }
        if seen < LEAST_SEEN {
            unseen.push(Unseen { number, body, seen });
        }
    }
    unseen.sort_by_key(|statement| (statement.seen, statement.number));
    unclear.sort_by_key(|statement| (Reverse(statement.unclear), statement.number));
    let heat = heat(&raw.writers);
    let members = raw.writers.len();
    let regions = |writers: &mut dyn Iterator<Item = &Writer>| -> BTreeSet<Region> {
        writers.filter_map(|writer| Region::of_country(&writer.country)).collect()
    };
    let everywhere = regions(&mut raw.writers.iter());
    let heard = regions(&mut raw.writers.iter().filter(|writer| writer.posts > 0));
    let silent = raw.writers.into_iter().filter(|writer| writer.posts == 0).collect();
    let absent = everywhere.difference(&heard).copied().collect();
    Ok(FacilitatorsBoard { members, silent, absent, unanswered: raw.unanswered, unseen, unclear, heat })
}

/// The heat of writers in the order of how much they wrote.
fn heat(writers: &[Writer]) -> Heat {
    let posts: i64 = writers.iter().map(|writer| writer.posts).sum();
    let loudest: Vec<Writer> =
        writers.iter().filter(|writer| writer.posts > 0).take(LOUDEST).cloned().collect();
    let theirs: i64 = loudest.iter().map(|writer| writer.posts).sum();
    let share = if posts > 0 { theirs as f64 / posts as f64 } else { 0.0 };
    Heat { posts, share, loudest, is_warning: posts >= LEAST_POSTS && share >= TOO_HOT }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn writers(posts: &[i64]) -> Vec<Writer> {
        let writer = |(number, posts): (usize, &i64)| Writer {
            member_id: format!("m{number}"),
            name: format!("Member {number}"),
            country: "KE".into(),
            posts: *posts,
        };
        posts.iter().enumerate().map(writer).collect()
    }

    #[test]
    fn heat_is_the_share_of_the_three_who_write_most() {
        let even = heat(&writers(&[2, 2, 2, 2, 2, 2, 2, 2]));
        assert_eq!((even.posts, even.share, even.is_warning), (16, 0.375, false));
        assert!(heat(&writers(&[4, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1])).is_warning);
        assert!(!heat(&writers(&[3, 2, 1, 0])).is_warning);
        assert_eq!(heat(&writers(&[0, 0])).share, 0.0);
    }
}
