//! The summary of a discussion in its two versions, comments on it, and what was done about it.
//!
//! Rule: version 1 and version 2 are each a draft until published; a published version never changes. Publishing
//! writes the question's mark in the same transaction. The body is the caller's to understand.

use super::{Rate, Written, lock_question, taken_once};
use crate::consequences::{self, Consequences};
use crate::db::{Db, Transaction, on};
use crate::error::StoreError;
use crate::moment::whole;
use time::OffsetDateTime;

/// A version of a summary.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Summary {
    /// 1, or 2 when final.
    pub version: i64,
    /// What it says.
    pub body: String,
    /// Who wrote it last.
    pub written_by: String,
    /// When.
    pub written_at: OffsetDateTime,
    /// Since when it is out; none while it is a draft.
    pub published_at: Option<OffsetDateTime>,
}

/// A member's comment.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Comment {
    /// Number within the question.
    pub number: i64,
    /// Who.
    pub member_id: String,
    /// Their name.
    pub author: String,
    /// Whether they left and were forgotten.
    pub is_erased: bool,
    /// What they say.
    pub body: String,
    /// When.
    pub written_at: OffsetDateTime,
}

/// Something done about a question.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct FollowUp {
    /// Number within the question.
    pub number: i64,
    /// What was done.
    pub body: String,
    /// Where to read more, or blank.
    pub link: String,
    /// Who wrote it.
    pub written_by: String,
    /// When.
    pub written_at: OffsetDateTime,
}

/// A comment, or what was done: who says it, and the form's `once`.
#[derive(Debug, Clone)]
pub struct NewRemark<'a> {
    /// The question.
    pub slug: &'a str,
    /// Who says it.
    pub member_id: &'a str,
    /// What.
    pub body: &'a str,
    /// Of its form.
    pub once: &'a str,
}

/// The summaries of a store.
#[derive(Debug, Clone, Copy)]
pub struct Summaries<'store> {
    db: &'store Db,
}

impl<'store> Summaries<'store> {
    pub(crate) fn new(db: &'store Db) -> Self {
        Self { db }
    }

    /// The versions of a question's summary, drafts too, the first first.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn list(&self, slug: &str) -> Result<Vec<Summary>, StoreError> {
        Ok(on!(self.db, pool => {
            sqlx::query_as(
                "select version, body, written_by, written_at, published_at from summary where slug = $1 \
                 order by version",
            )
            .bind(slug)
            .fetch_all(pool)
            .await
        })?)
    }

    /// Keeps a draft of a version; says whether it could, which it cannot once that version is out.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when there is no such question; [`StoreError::Unavailable`].
    pub async fn save(
        &self,
        slug: &str,
        version: i64,
        body: &str,
        written_by: &str,
        now: OffsetDateTime,
    ) -> Result<bool, StoreError> {
        let mut transaction = self.db.begin_write().await?;
        lock_question(&mut transaction, slug).await?;
        let saved = on!(&mut transaction, t => {
            sqlx::query(
                "insert into summary (slug, version, body, written_by, written_at) values ($1, $2, $3, $4, $5) \
                 on conflict (slug, version) do update set body = excluded.body, written_by = excluded.written_by, \
                 written_at = excluded.written_at where summary.published_at is null",
            )
            .bind(slug)
            .bind(version)
            .bind(body)
            .bind(written_by)
            .bind(whole(now))
            .execute(&mut **t)
            .await
            .map(|done| done.rows_affected() == 1)
        })?;
        transaction.commit().await?;
        Ok(saved)
    }

    /// Publishes the draft of a version as it is, and marks the question: version 1 as published, 2 as final. Says
    /// whether it was a draft.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when there is no such question; [`StoreError::Unavailable`].
    pub async fn publish(
        &self,
        slug: &str,
        version: i64,
        also: &Consequences,
        now: OffsetDateTime,
    ) -> Result<bool, StoreError> {
        let now = whole(now);
        let mut transaction = self.db.begin_write().await?;
        lock_question(&mut transaction, slug).await?;
        let published = on!(&mut transaction, t => {
            sqlx::query(
                "update summary set published_at = $1 where slug = $2 and version = $3 and published_at is null",
            )
            .bind(now)
            .bind(slug)
            .bind(version)
            .execute(&mut **t)
            .await
            .map(|done| done.rows_affected() == 1)
        })?;
        if !published {
            return Ok(false);
        }
        let sql = if version == 1 {
            "update question set published_at = coalesce(published_at, $1) where slug = $2"
        } else {
            "update question set final_at = coalesce(final_at, $1) where slug = $2"
        };
        on!(&mut transaction, t => {
            sqlx::query(sql).bind(now).bind(slug).execute(&mut **t).await.map(drop)
        })?;
        consequences::write(&mut transaction, also, now).await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// The comments on a summary, in order.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn list_comments(&self, slug: &str) -> Result<Vec<Comment>, StoreError> {
        Ok(on!(self.db, pool => {
            sqlx::query_as(
                "select c.number, c.member_id, m.name as author, (m.status = 'erased') as is_erased, c.body, \
                 c.written_at from summary_comment c join member m on m.member_id = c.member_id where c.slug = $1 \
                 order by c.number",
            )
            .bind(slug)
            .fetch_all(pool)
            .await
        })?)
    }

    /// Comments on a summary.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when there is no such question or member; [`StoreError::Unavailable`].
    pub async fn insert_comment(
        &self,
        comment: &NewRemark<'_>,
        rate: Rate,
        now: OffsetDateTime,
    ) -> Result<Written, StoreError> {
        let now = whole(now);
        let mut transaction = self.db.begin_write().await?;
        lock_question(&mut transaction, comment.slug).await?;
        let find = "select slug, number, member_id from summary_comment where once = $1";
        if let Some(first) = find_once(&mut transaction, find, comment).await? {
            return Ok(Written::Again(first));
        }
        let done: Vec<OffsetDateTime> = on!(&mut transaction, t => {
            sqlx::query_scalar("select written_at from summary_comment where member_id = $1")
                .bind(comment.member_id)
                .fetch_all(&mut **t)
                .await
        })?;
        if let Some(wait) = rate.wait(done, now) {
            return Ok(Written::TooOften(wait));
        }
        let number: i64 = on!(&mut transaction, t => {
            sqlx::query_scalar(
                "insert into summary_comment (slug, number, member_id, body, once, written_at) select $1, \
                 (select coalesce(max(number), 0) + 1 from summary_comment where slug = $1), $2, $3, $4, $5 \
                 returning number",
            )
            .bind(comment.slug)
            .bind(comment.member_id)
            .bind(comment.body)
            .bind(comment.once)
            .bind(now)
            .fetch_one(&mut **t)
            .await
        })?;
        transaction.commit().await?;
        Ok(Written::Done(number))
    }

    /// What was done about a question, in order.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn list_follow_ups(&self, slug: &str) -> Result<Vec<FollowUp>, StoreError> {
        Ok(on!(self.db, pool => {
            sqlx::query_as(
                "select number, body, link, written_by, written_at from follow_up where slug = $1 order by number",
            )
            .bind(slug)
            .fetch_all(pool)
            .await
        })?)
    }

    /// Says what was done about a question.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when there is no such question; [`StoreError::Unavailable`].
    pub async fn insert_follow_up(
        &self,
        follow_up: &NewRemark<'_>,
        link: &str,
        also: &Consequences,
        now: OffsetDateTime,
    ) -> Result<Written, StoreError> {
        let now = whole(now);
        let mut transaction = self.db.begin_write().await?;
        lock_question(&mut transaction, follow_up.slug).await?;
        let find = "select slug, number, written_by from follow_up where once = $1";
        if let Some(first) = find_once(&mut transaction, find, follow_up).await? {
            return Ok(Written::Again(first));
        }
        let number: i64 = on!(&mut transaction, t => {
            sqlx::query_scalar(
                "insert into follow_up (slug, number, body, link, written_by, once, written_at) select $1, \
                 (select coalesce(max(number), 0) + 1 from follow_up where slug = $1), $2, $3, $4, $5, $6 \
                 returning number",
            )
            .bind(follow_up.slug)
            .bind(follow_up.body)
            .bind(link)
            .bind(follow_up.member_id)
            .bind(follow_up.once)
            .bind(now)
            .fetch_one(&mut **t)
            .await
        })?;
        consequences::write(&mut transaction, also, now).await?;
        transaction.commit().await?;
        Ok(Written::Done(number))
    }
}

async fn find_once(
    transaction: &mut Transaction,
    sql: &'static str,
    remark: &NewRemark<'_>,
) -> Result<Option<i64>, StoreError> {
    let found: Option<(String, i64, String)> =
        on!(transaction, t => { sqlx::query_as(sql).bind(remark.once).fetch_optional(&mut **t).await })?;
    match found {
        None => Ok(None),
        Some((slug, number, who)) if slug == remark.slug && who == remark.member_id => Ok(Some(number)),
        Some(_) => Err(taken_once()),
    }
}
