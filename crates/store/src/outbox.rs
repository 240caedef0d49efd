//! Mail that waits to be sent, was sent, or was refused.
//!
//! Rules: a mail is written in the transaction of the act that it follows from, under a `once` that lets the same mail
//! in only once. A sender claims due mails under a lease; two senders never hold one mail. A sender that dies leaves
//! its mails to the next one when the lease is over, which may then send what was sent already: every try carries the
//! same [`DueMail::mail_id`], which belongs in the Message-ID, so that a mail program shows it once. Urgent mail (a
//! person waits for it) goes before the rest. A mail that was sent keeps neither address nor body, because the body of
//! a sign-in mail is a secret. Left out: texts, and how mail is sent.

use crate::db::{Backend, Db, Transaction, on};
use crate::error::StoreError;
use crate::moment::whole;
use time::{Duration, OffsetDateTime};

/// A mail to send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewMail {
    /// Its random id.
    pub mail_id: String,
    /// What may be queued only once: the same again is not queued.
    pub once: String,
    /// The member it is for; none for someone who is not a member yet.
    pub member_id: Option<String>,
    /// Where to.
    pub address: String,
    /// The name of its text.
    pub kind: String,
    /// The language of its text.
    pub language: String,
    /// What its text mentions, as a JSON object.
    pub body: String,
    /// Whether a person waits for it.
    pub is_urgent: bool,
}

/// A mail that a sender holds.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct DueMail {
    /// Its id, the same at each try.
    pub mail_id: String,
    /// The member it is for.
    pub member_id: Option<String>,
    /// Where to.
    pub address: String,
    /// The name of its text.
    pub kind: String,
    /// The language of its text.
    pub language: String,
    /// What its text mentions, as a JSON object.
    pub body: String,
    /// Whether a person waits for it.
    pub is_urgent: bool,
    /// When it was queued.
    pub created_at: OffsetDateTime,
    /// Which try this is, from 1.
    pub tries: i64,
}

/// How many mails are in which state.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct MailCounts {
    /// Not sent and not refused.
    pub waiting: i64,
    /// Sent.
    pub sent: i64,
    /// Refused for good.
    pub refused: i64,
    /// When the oldest that waits was queued.
    pub oldest_waiting: Option<OffsetDateTime>,
}

/// The outgoing mail of a store.
#[derive(Debug, Clone, Copy)]
pub struct Outbox<'store> {
    db: &'store Db,
}

/// One text for both databases but for what only PostgreSQL, with its many writers, needs.
macro_rules! claim {
    ($skip:literal) => {
        concat!(
            "with due as materialized (select mail_id from outgoing_mail \
             where sent_at is null and refused_at is null and next_try_at <= $1 \
             and (claimed_until is null or claimed_until <= $1) \
             order by is_urgent desc, next_try_at, mail_id limit $2",
            $skip,
            ") update outgoing_mail set claimed_until = $3, tries = tries + 1 \
             where mail_id in (select mail_id from due) \
             returning mail_id, member_id, address, kind, language, body, is_urgent, created_at, tries"
        )
    };
}

impl<'store> Outbox<'store> {
    pub(crate) fn new(db: &'store Db) -> Self {
        Self { db }
    }

    /// Queues a mail that follows from no act.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn enqueue(&self, mail: &NewMail, now: OffsetDateTime) -> Result<(), StoreError> {
        let mut transaction = self.db.begin_write().await?;
        enqueue(&mut transaction, mail, now).await?;
        transaction.commit().await
    }

    /// Takes up to `limit` mails that are due, for as long as `lease`; nobody else is given them meanwhile.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn claim_due(
        &self,
        limit: u32,
        lease: Duration,
        now: OffsetDateTime,
    ) -> Result<Vec<DueMail>, StoreError> {
        let (now, until, limit) = (whole(now), whole(now + lease), i64::from(limit));
        let mut transaction = self.db.begin_write().await?;
        let mut claimed: Vec<DueMail> = match &mut transaction {
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
        claimed.sort_by(|a, b| {
            (!a.is_urgent, a.created_at, &a.mail_id).cmp(&(!b.is_urgent, b.created_at, &b.mail_id))
        });
        Ok(claimed)
    }

    /// Notes that a mail was sent; address and body are gone then.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn mark_sent(&self, mail: &DueMail, now: OffsetDateTime) -> Result<(), StoreError> {
        let mut transaction = self.db.begin_write().await?;
        on!(&mut transaction, t => {
            sqlx::query(
                "update outgoing_mail set sent_at = $1, claimed_until = null, address = '', body = '', \
                 last_error = '' where mail_id = $2 and sent_at is null",
            )
            .bind(whole(now))
            .bind(&mail.mail_id)
            .execute(&mut **t)
            .await
            .map(drop)
        })?;
        transaction.commit().await
    }

    /// Puts a mail back until `next_try_at`. Nothing happens when another sender holds it by now.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn try_later(
        &self,
        mail: &DueMail,
        next_try_at: OffsetDateTime,
        error: &str,
    ) -> Result<(), StoreError> {
        let mut transaction = self.db.begin_write().await?;
        on!(&mut transaction, t => {
            sqlx::query(
                "update outgoing_mail set next_try_at = $1, claimed_until = null, last_error = $2 \
                 where mail_id = $3 and tries = $4 and sent_at is null and refused_at is null",
            )
            .bind(whole(next_try_at))
            .bind(error)
            .bind(&mail.mail_id)
            .bind(mail.tries)
            .execute(&mut **t)
            .await
            .map(drop)
        })?;
        transaction.commit().await
    }

    /// Notes that a mail will never arrive. The address stays, for whoever must look into it; the body goes. Nothing
    /// happens when another sender holds the mail by now.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn mark_refused(
        &self,
        mail: &DueMail,
        error: &str,
        now: OffsetDateTime,
    ) -> Result<(), StoreError> {
        let mut transaction = self.db.begin_write().await?;
        on!(&mut transaction, t => {
            sqlx::query(
                "update outgoing_mail set refused_at = $1, claimed_until = null, body = '', last_error = $2 \
                 where mail_id = $3 and tries = $4 and sent_at is null and refused_at is null",
            )
            .bind(whole(now))
            .bind(error)
            .bind(&mail.mail_id)
            .bind(mail.tries)
            .execute(&mut **t)
            .await
            .map(drop)
        })?;
        transaction.commit().await
    }

    /// How many mails wait, were sent, were refused.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn count(&self) -> Result<MailCounts, StoreError> {
        Ok(on!(self.db, pool => {
            sqlx::query_as(
                "select count(case when sent_at is null and refused_at is null then 1 end) as waiting, \
                 count(sent_at) as sent, count(refused_at) as refused, \
                 min(case when sent_at is null and refused_at is null then created_at end) as oldest_waiting \
                 from outgoing_mail",
            )
            .fetch_one(pool)
            .await
        })?)
    }

    /// Deletes mails that were sent or refused before a moment, and says how many.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn forget_before(&self, moment: OffsetDateTime) -> Result<u64, StoreError> {
        let mut transaction = self.db.begin_write().await?;
        let deleted = on!(&mut transaction, t => {
            sqlx::query("delete from outgoing_mail where sent_at < $1 or refused_at < $1")
                .bind(whole(moment))
                .execute(&mut **t)
                .await
                .map(|done| done.rows_affected())
        })?;
        transaction.commit().await?;
        Ok(deleted)
    }
}

/// Queues a mail; one of the same `once` changes nothing.
pub(crate) async fn enqueue(
    transaction: &mut Transaction,
    mail: &NewMail,
    now: OffsetDateTime,
) -> Result<(), StoreError> {
    on!(transaction, t => {
        sqlx::query(
            "insert into outgoing_mail (mail_id, once, member_id, address, kind, language, body, is_urgent, \
             created_at, next_try_at, tries, last_error) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, 0, '') \
             on conflict (once) do nothing",
        )
        .bind(&mail.mail_id)
        .bind(&mail.once)
        .bind(&mail.member_id)
        .bind(&mail.address)
        .bind(&mail.kind)
        .bind(&mail.language)
        .bind(&mail.body)
        .bind(mail.is_urgent)
        .bind(whole(now))
        .execute(&mut **t)
        .await
        .map(drop)
    })?;
    Ok(())
}
