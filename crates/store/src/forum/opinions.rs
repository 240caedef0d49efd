//! What the votes of a question say, as it was computed last, and from how much of the log.
//!
//! Rule: a result from fewer votes never takes the place of one from more, whichever server finishes last; nor is one
//! kept from more votes than the log has, which counts a member who was erased meanwhile. The body is the caller's to
//! understand.

use crate::db::{Db, on};
use crate::error::StoreError;
use crate::moment::whole;
use time::OffsetDateTime;

/// A result.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct StoredOpinion {
    /// Digest of the log that it was computed from.
    pub vote_log_head: String,
    /// Votes in that log: the position of the last. 0 once the statements have changed since, so that it is computed anew.
    pub votes: i64,
    /// The result.
    pub body: String,
    /// When it was computed.
    pub computed_at: OffsetDateTime,
}

/// What tells one result from the next.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct OpinionStamp {
    /// Digest of the log that it was computed from.
    pub vote_log_head: String,
    /// Votes in that log; 0 once the statements have changed since.
    pub votes: i64,
    /// When it was computed.
    pub computed_at: OffsetDateTime,
}

/// The results of a store.
#[derive(Debug, Clone, Copy)]
pub struct Opinions<'store> {
    db: &'store Db,
}

impl<'store> Opinions<'store> {
    pub(crate) fn new(db: &'store Db) -> Self {
        Self { db }
    }

    /// The result of a question.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn find(&self, slug: &str) -> Result<Option<StoredOpinion>, StoreError> {
        Ok(on!(self.db, pool => {
            sqlx::query_as("select vote_log_head, votes, body, computed_at from opinion where slug = $1")
                .bind(slug)
                .fetch_optional(pool)
                .await
        })?)
    }

    /// What tells one result of a question from the next, without the result: its head, votes and moment.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn find_stamp(&self, slug: &str) -> Result<Option<OpinionStamp>, StoreError> {
        Ok(on!(self.db, pool => {
            sqlx::query_as("select vote_log_head, votes, computed_at from opinion where slug = $1")
                .bind(slug)
                .fetch_optional(pool)
                .await
        })?)
    }

    /// Keeps a result; says whether it did.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn save(
        &self,
        slug: &str,
        vote_log_head: &str,
        votes: i64,
        body: &str,
        now: OffsetDateTime,
    ) -> Result<bool, StoreError> {
        let mut transaction = self.db.begin_write().await?;
        let saved = on!(&mut transaction, t => {
            sqlx::query(
                "insert into opinion (slug, vote_log_head, votes, body, computed_at) select q.slug, $2, $3, $4, $5 \
                 from question q where q.slug = $1 and $3 < q.next_vote \
                 on conflict (slug) do update set vote_log_head = excluded.vote_log_head, votes = excluded.votes, \
                 body = excluded.body, computed_at = excluded.computed_at where opinion.votes <= excluded.votes",
            )
            .bind(slug)
            .bind(vote_log_head)
            .bind(votes)
            .bind(body)
            .bind(whole(now))
            .execute(&mut **t)
            .await
            .map(|done| done.rows_affected() == 1)
        })?;
        transaction.commit().await?;
        Ok(saved)
    }

    /// The questions whose result is behind their votes or their statements, by address.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn list_behind(&self) -> Result<Vec<String>, StoreError> {
        Ok(on!(self.db, pool => {
            sqlx::query_scalar(
                "select q.slug from question q left join opinion o on o.slug = q.slug \
                 where q.next_vote - 1 > coalesce(o.votes, 0) order by q.slug",
            )
            .fetch_all(pool)
            .await
        })?)
    }
}
