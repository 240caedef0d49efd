//! Jobs that the servers share: each is done at least once, by one server at a time.
//!
//! Rules: a `once` lets the same job in only once, even after it was done, so that a job that recurs names its day in
//! it. A server claims due jobs under a lease; one that dies leaves them to the next when the lease is over. A job may
//! therefore run twice and must be idempotent. Left out: what the kinds do.

use crate::db::{Backend, Db, Transaction, on};
use crate::error::StoreError;
use crate::moment::whole;
use time::{Duration, OffsetDateTime};

/// A job to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewJob {
    /// Its random id.
    pub job_id: String,
    /// What may be queued only once.
    pub once: String,
    /// What is to be done.
    pub kind: String,
    /// To what, as the kind understands it.
    pub body: String,
    /// Not before.
    pub run_at: OffsetDateTime,
}

/// A job that a server holds.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct DueJob {
    /// Its id.
    pub job_id: String,
    /// What is to be done.
    pub kind: String,
    /// To what.
    pub body: String,
    /// When it was due first, or after the last failure.
    pub run_at: OffsetDateTime,
    /// Which try this is, from 1.
    pub tries: i64,
}

/// How many jobs are in which state.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct JobCounts {
    /// Not done.
    pub waiting: i64,
    /// Done.
    pub done: i64,
    /// Given up, with an error.
    pub failed: i64,
    /// When the one that is due longest was due.
    pub oldest_due: Option<OffsetDateTime>,
}

/// The jobs of a store.
#[derive(Debug, Clone, Copy)]
pub struct Jobs<'store> {
    db: &'store Db,
}

/// One text for both databases but for what only PostgreSQL, with its many writers, needs.
macro_rules! claim {
    ($skip:literal) => {
        concat!(
            "with due as materialized (select job_id from job where done_at is null and run_at <= $1 \
             and (claimed_until is null or claimed_until <= $1) order by run_at, job_id limit $2",
            $skip,
            ") update job set claimed_until = $3, tries = tries + 1 where job_id in (select job_id from due) \
             returning job_id, kind, body, run_at, tries"
        )
    };
}

impl<'store> Jobs<'store> {
    pub(crate) fn new(db: &'store Db) -> Self {
        Self { db }
    }

    /// Queues a job that follows from no act.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn enqueue(&self, job: &NewJob, now: OffsetDateTime) -> Result<(), StoreError> {
        let mut transaction = self.db.begin_write().await?;
        enqueue(&mut transaction, job, now).await?;
        transaction.commit().await
    }

    /// Takes up to `limit` jobs that are due, for as long as `lease`; no other server is given them meanwhile.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn claim_due(
        &self,
        limit: u32,
        lease: Duration,
        now: OffsetDateTime,
    ) -> Result<Vec<DueJob>, StoreError> {
        let (now, until, limit) = (whole(now), whole(now + lease), i64::from(limit));
        let mut transaction = self.db.begin_write().await?;
        let mut claimed: Vec<DueJob> = match &mut transaction {
            Backend::Sqlite(t) => {
                sqlx::query_as(claim!("")).bind(now).bind(limit).bind(until).fetch_all(&mut **t).await?
            }
            Backend::Postgres(t) => {
                sqlx::query_as(claim!(" for update skip locked"))
                    .bind(now)
                    .bind(limit)
                    .bind(until)
                    .fetch_all(&mut **t)
                    .await?
            }
        };
        transaction.commit().await?;
        claimed.sort_by(|a, b| (a.run_at, &a.job_id).cmp(&(b.run_at, &b.job_id)));
        Ok(claimed)
    }

    /// Notes that a job was done.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn mark_done(&self, job: &DueJob, now: OffsetDateTime) -> Result<(), StoreError> {
        self.end(job, "", now).await
    }

    /// Gives a job up: it is not tried again, and its error stays.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn give_up(&self, job: &DueJob, error: &str, now: OffsetDateTime) -> Result<(), StoreError> {
        self.end(job, if error.is_empty() { "given up" } else { error }, now).await
    }

    async fn end(&self, job: &DueJob, error: &str, now: OffsetDateTime) -> Result<(), StoreError> {
        let mut transaction = self.db.begin_write().await?;
        on!(&mut transaction, t => {
            sqlx::query(
                "update job set done_at = $1, claimed_until = null, last_error = $2 \
                 where job_id = $3 and tries = $4 and done_at is null",
            )
            .bind(whole(now))
            .bind(error)
            .bind(&job.job_id)
            .bind(job.tries)
            .execute(&mut **t)
            .await
            .map(drop)
        })?;
        transaction.commit().await
    }

    /// Puts a job back until `run_at`. Nothing happens when another server holds it by now.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn try_later(
        &self,
        job: &DueJob,
        run_at: OffsetDateTime,
        error: &str,
    ) -> Result<(), StoreError> {
        let mut transaction = self.db.begin_write().await?;
        on!(&mut transaction, t => {
            sqlx::query(
                "update job set run_at = $1, claimed_until = null, last_error = $2 \
                 where job_id = $3 and tries = $4 and done_at is null",
            )
            .bind(whole(run_at))
            .bind(error)
            .bind(&job.job_id)
            .bind(job.tries)
            .execute(&mut **t)
            .await
            .map(drop)
        })?;
        transaction.commit().await
    }

    /// How many jobs wait, are done, were given up.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn count(&self) -> Result<JobCounts, StoreError> {
        Ok(on!(self.db, pool => {
            sqlx::query_as(
                "select count(case when done_at is null then 1 end) as waiting, \
                 count(case when done_at is not null and last_error = '' then 1 end) as done, \
                 count(case when done_at is not null and last_error <> '' then 1 end) as failed, \
                 min(case when done_at is null then run_at end) as oldest_due from job",
            )
            .fetch_one(pool)
            .await
        })?)
    }

    /// Deletes jobs that ended before a moment, and says how many. Their `once` is free again.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn forget_before(&self, moment: OffsetDateTime) -> Result<u64, StoreError> {
        let mut transaction = self.db.begin_write().await?;
        let deleted = on!(&mut transaction, t => {
            sqlx::query("delete from job where done_at < $1")
                .bind(whole(moment))
                .execute(&mut **t)
                .await
                .map(|done| done.rows_affected())
        })?;
        transaction.commit().await?;
        Ok(deleted)
    }
}

/// Queues a job; one of the same `once` changes nothing.
pub(crate) async fn enqueue(
    transaction: &mut Transaction,
    job: &NewJob,
    now: OffsetDateTime,
) -> Result<(), StoreError> {
    on!(transaction, t => {
        sqlx::query(
            "insert into job (job_id, once, kind, body, created_at, run_at, tries, last_error) \
             values ($1, $2, $3, $4, $5, $6, 0, '') on conflict (once) do nothing",
        )
        .bind(&job.job_id)
        .bind(&job.once)
        .bind(&job.kind)
        .bind(&job.body)
        .bind(whole(now))
        .bind(whole(job.run_at))
        .execute(&mut **t)
        .await
        .map(drop)
    })?;
    Ok(())
}
