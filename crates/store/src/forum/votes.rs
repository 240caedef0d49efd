//! Votes: a log that is only appended to, and the voters behind it, whose names it does not hold.
//!
//! Rule: the last vote of a voter on a statement counts. A voter is a pseudonym that the caller makes; region, sector,
//! newness and network are those at the first vote and never change. Positions are dense, so that whoever computes
//! from the log can say from how much of it. Left out: what the votes say.

use super::{Counter, Rate, Written, take_number, taken_once};
use crate::db::{Db, on};
use crate::error::StoreError;
use crate::moment::whole;
use std::collections::BTreeMap;
use time::OffsetDateTime;
use whatworks_domain::forum::{Ballot, Channel};

/// A vote to cast.
#[derive(Debug, Clone)]
pub struct NewVote<'a> {
    /// The question.
    pub slug: &'a str,
    /// The voter's pseudonym in it.
    pub voter: &'a str,
    /// The statement.
    pub statement: i64,
    /// The vote.
    pub ballot: Ballot,
    /// How it came.
    pub channel: Channel,
    /// Of its form.
    pub once: &'a str,
    /// Code of the voter's region, or blank; kept at the first vote only.
    pub region: &'a str,
    /// Kind of the voter's organisation, or blank; kept at the first vote only.
    pub sector: &'a str,
    /// Whether the voter had just joined; kept at the first vote only.
    pub is_new: bool,
    /// Hash of the network it came from, or blank; kept at the first vote only.
    pub network_hash: &'a str,
    /// How often one may vote.
    pub rate: Rate,
}

/// What casting a vote did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cast {
    /// It is in the log, or was.
    Logged(Written),
    /// The statement is not open to vote; nothing was written.
    NotShown,
}

/// One line of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoggedVote {
    /// From 1, without gaps.
    pub position: i64,
    /// The voter's pseudonym.
    pub voter: String,
    /// The statement.
    pub statement: i64,
    /// The vote.
    pub ballot: Ballot,
    /// How it came.
    pub channel: Channel,
    /// When.
    pub cast_at: OffsetDateTime,
}

/// A voter, as at the first vote.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Voter {
    /// The pseudonym.
    pub voter: String,
    /// Code of the region, or blank.
    pub region: String,
    /// Kind of the organisation, or blank.
    pub sector: String,
    /// Whether the voter had just joined.
    pub is_new: bool,
    /// Hash of the network, or blank.
    pub network_hash: String,
    /// When the first vote came.
    pub first_at: OffsetDateTime,
}

/// The votes on a statement that count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct StatementCount {
    /// The statement.
    pub statement: i64,
    /// Agree.
    pub agree: i64,
    /// Disagree.
    pub disagree: i64,
    /// Pass: no view.
    pub no_view: i64,
    /// Pass: unclear.
    pub unclear: i64,
    /// Pass: not my field, which is as if not seen.
    pub not_my_field: i64,
}

impl StatementCount {
    /// How many have seen it: all but those whose field it is not.
    pub fn seen(&self) -> i64 {
        self.agree + self.disagree + self.no_view + self.unclear
    }
}

type LogRow = (i64, String, i64, String, String, String, OffsetDateTime);

/// The votes of a store.
#[derive(Debug, Clone, Copy)]
pub struct Votes<'store> {
    db: &'store Db,
}

impl<'store> Votes<'store> {
    pub(crate) fn new(db: &'store Db) -> Self {
        Self { db }
    }

    /// Appends a vote to the log of its question.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when there is no such question, or the form's `once` is another voter's;
    /// [`StoreError::Unavailable`].
    pub async fn cast(&self, vote: &NewVote<'_>, now: OffsetDateTime) -> Result<Cast, StoreError> {
        let now = whole(now);
        let mut transaction = self.db.begin_write().await?;
        let position = take_number(&mut transaction, vote.slug, Counter::Vote).await?;
        let first: Option<(String, i64, String)> = on!(&mut transaction, t => {
            sqlx::query_as("select slug, position, voter from vote where once = $1")
                .bind(vote.once)
                .fetch_optional(&mut **t)
                .await
        })?;
        if let Some((slug, position, voter)) = first {
            let is_same = slug == vote.slug && voter == vote.voter;
            return if is_same { Ok(Cast::Logged(Written::Again(position))) } else { Err(taken_once()) };
        }
        let status: Option<String> = on!(&mut transaction, t => {
            sqlx::query_scalar("select status from statement where slug = $1 and number = $2")
                .bind(vote.slug)
                .bind(vote.statement)
                .fetch_optional(&mut **t)
                .await
        })?;
        if status.as_deref() != Some("shown") {
            return Ok(Cast::NotShown);
        }
        let done: Vec<OffsetDateTime> = on!(&mut transaction, t => {
            sqlx::query_scalar(
                "select cast_at from vote where slug = $1 and voter = $2 order by position desc limit $3",
            )
            .bind(vote.slug)
            .bind(vote.voter)
            .bind(vote.rate.limit())
            .fetch_all(&mut **t)
            .await
        })?;
        if let Some(wait) = vote.rate.wait(done, now) {
            return Ok(Cast::Logged(Written::TooOften(wait)));
        }
        on!(&mut transaction, t => {
            sqlx::query(
                "insert into voter (slug, voter, region, sector, is_new, network_hash, first_at) \
                 values ($1, $2, $3, $4, $5, $6, $7) on conflict (slug, voter) do nothing",
            )
            .bind(vote.slug)
            .bind(vote.voter)
            .bind(vote.region)
            .bind(vote.sector)
            .bind(vote.is_new)
            .bind(vote.network_hash)
            .bind(now)
            .execute(&mut **t)
            .await
            .map(drop)
        })?;
        let (value, reason) = vote.ballot.codes();
        on!(&mut transaction, t => {
            sqlx::query(
                "insert into vote (slug, position, voter, statement, value, pass_reason, channel, once, cast_at) \
                 values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            )
            .bind(vote.slug)
            .bind(position)
            .bind(vote.voter)
            .bind(vote.statement)
            .bind(value)
            .bind(reason)
            .bind(vote.channel.code())
            .bind(vote.once)
            .bind(now)
            .execute(&mut **t)
            .await
            .map(drop)
        })?;
        transaction.commit().await?;
        Ok(Cast::Logged(Written::Done(position)))
    }

    /// The votes of one voter that count, by statement.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`]; [`StoreError::Unavailable`].
    pub async fn list_ballots(&self, slug: &str, voter: &str) -> Result<BTreeMap<i64, Ballot>, StoreError> {
        let rows: Vec<(i64, String, String)> = on!(self.db, pool => {
            sqlx::query_as(
                "select statement, value, pass_reason from vote where slug = $1 and voter = $2 order by position",
            )
            .bind(slug)
            .bind(voter)
            .fetch_all(pool)
            .await
        })?;
        let ballot = |(statement, value, reason): (i64, String, String)| {
            Ok((statement, read_ballot(slug, &value, &reason)?))
        };
        rows.into_iter().map(ballot).collect()
    }

    /// The whole log, in order.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`]; [`StoreError::Unavailable`].
    pub async fn load_log(&self, slug: &str) -> Result<Vec<LoggedVote>, StoreError> {
        let rows: Vec<LogRow> = on!(self.db, pool => {
            sqlx::query_as(
                "select position, voter, statement, value, pass_reason, channel, cast_at from vote where slug = $1 \
                 order by position",
            )
            .bind(slug)
            .fetch_all(pool)
            .await
        })?;
        let logged = |(position, voter, statement, value, reason, channel, cast_at): LogRow| {
            let channel = Channel::find(&channel).ok_or_else(|| odd_vote(slug))?;
            let ballot = read_ballot(slug, &value, &reason)?;
            Ok(LoggedVote { position, voter, statement, ballot, channel, cast_at })
        };
        rows.into_iter().map(logged).collect()
    }

    /// Everyone who voted, by pseudonym.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn list_voters(&self, slug: &str) -> Result<Vec<Voter>, StoreError> {
        Ok(on!(self.db, pool => {
            sqlx::query_as(
                "select voter, region, sector, is_new, network_hash, first_at from voter where slug = $1 order by voter",
            )
            .bind(slug)
            .fetch_all(pool)
            .await
        })?)
    }

    /// How many voted.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn count_voters(&self, slug: &str) -> Result<i64, StoreError> {
        Ok(on!(self.db, pool => {
            sqlx::query_scalar("select count(*) from voter where slug = $1").bind(slug).fetch_one(pool).await
        })?)
    }

    /// How many others than this voter have voted, and whether this one has.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn count_voters_beside(&self, slug: &str, voter: &str) -> Result<(i64, bool), StoreError> {
        let (others, own): (i64, i64) = on!(self.db, pool => {
            sqlx::query_as(
                "select count(case when voter <> $2 then 1 end), count(case when voter = $2 then 1 end) \
                 from voter where slug = $1",
            )
            .bind(slug)
            .bind(voter)
            .fetch_one(pool)
            .await
        })?;
        Ok((others, own > 0))
    }

    /// The votes that count, by statement; a statement without any is not in the list. Reads the whole log: for the
    /// facilitators' board and the summary, not for every page.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`]; [`StoreError::Unavailable`].
    pub async fn count(&self, slug: &str) -> Result<Vec<StatementCount>, StoreError> {
        let rows: Vec<(i64, String, String, i64)> = on!(self.db, pool => {
            sqlx::query_as(
                "select v.statement, v.value, v.pass_reason, count(*) from vote v where v.slug = $1 and v.position = \
                 (select max(w.position) from vote w where w.slug = v.slug and w.voter = v.voter \
                 and w.statement = v.statement) group by v.statement, v.value, v.pass_reason",
            )
            .bind(slug)
            .fetch_all(pool)
            .await
        })?;
        let mut counts: BTreeMap<i64, StatementCount> = BTreeMap::new();
        for (statement, value, reason, votes) in rows {
            let count =
                counts.entry(statement).or_insert(StatementCount { statement, ..StatementCount::default() });
            *match (value.as_str(), reason.as_str()) {
                ("agree", _) => &mut count.agree,
                ("disagree", _) => &mut count.disagree,
                (_, "unclear") => &mut count.unclear,
                (_, "not-my-field") => &mut count.not_my_field,
                _ => &mut count.no_view,
            } += votes;
        }
        Ok(counts.into_values().collect())
    }
}

fn read_ballot(slug: &str, value: &str, reason: &str) -> Result<Ballot, StoreError> {
    Ballot::find(value, reason).ok_or_else(|| odd_vote(slug))
}

fn odd_vote(slug: &str) -> StoreError {
    StoreError::Corrupt { what: format!("a vote in question {slug} is no vote") }
}
