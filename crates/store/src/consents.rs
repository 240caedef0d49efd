//! What members agreed to: to which text, in which language, when, and when they took it back.
//!
//! Rule: a record is added and marked withdrawn, never changed. At most one record per purpose is in force; agreeing to
//! a newer text withdraws the older. Left out: the texts, of which the hash is kept.

use crate::db::{Db, Transaction, execute, fetch, read};
use crate::error::StoreError;
use crate::moment::whole;
use time::OffsetDateTime;

/// Something that a member agrees to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewConsent {
    /// What for, as a word.
    pub purpose: String,
    /// SHA-256 of the text that was agreed to.
    pub text_hash: String,
    /// The language of that text.
    pub language: String,
    /// How it was given: `web` or `mail`.
    pub channel: String,
}

/// A record of it.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Consent {
    /// Its number among the member's.
    pub number: i64,
    /// What for.
    pub purpose: String,
    /// SHA-256 of the text.
    pub text_hash: String,
    /// The language of that text.
    pub language: String,
    /// How it was given.
    pub channel: String,
    /// When.
    pub given_at: OffsetDateTime,
    /// When it was taken back.
    pub withdrawn_at: Option<OffsetDateTime>,
}

/// The records of a store.
#[derive(Debug, Clone, Copy)]
pub struct Consents<'store> {
    db: &'store Db,
}

impl<'store> Consents<'store> {
    pub(crate) fn new(db: &'store Db) -> Self {
        Self { db }
    }

    /// Records that a member agreed. The same text agreed to again changes nothing.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when there is no such member; [`StoreError::Unavailable`].
    pub async fn give(
        &self,
        member_id: &str,
        consent: &NewConsent,
        now: OffsetDateTime,
    ) -> Result<(), StoreError> {
        let mut transaction = self.db.begin_write().await?;
        give(&mut transaction, member_id, consent, now).await?;
        transaction.commit().await
    }

    /// Records that a member took it back; whether there was anything to take back.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn withdraw(
        &self,
        member_id: &str,
        purpose: &str,
        now: OffsetDateTime,
    ) -> Result<bool, StoreError> {
        let mut transaction = self.db.begin_write().await?;
        let changed = withdraw_in(&mut transaction, member_id, purpose, now).await?;
        transaction.commit().await?;
        Ok(changed > 0)
    }

    /// A member's records, the oldest first.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn list(&self, member_id: &str) -> Result<Vec<Consent>, StoreError> {
        Ok(read!(
            self.db,
            fetch_all,
            "select number, purpose, text_hash, language, channel, given_at, withdrawn_at from consent \
             where member_id = $1 order by number",
            member_id
        )?)
    }
}

/// Records that a member agreed, unless that is so already.
pub(crate) async fn give(
    transaction: &mut Transaction,
    member_id: &str,
    consent: &NewConsent,
    now: OffsetDateTime,
) -> Result<(), StoreError> {
    // The member's row orders two that are given at once on PostgreSQL.
    execute!(transaction, "update member set name = name where member_id = $1", member_id)?;
    let rows: Vec<(i64, String, String, Option<OffsetDateTime>)> = fetch!(
        transaction,
        fetch_all,
        "select number, purpose, text_hash, withdrawn_at from consent where member_id = $1 order by number",
        member_id
    )?;
    let mut in_force = rows.iter().filter(|row| row.1 == consent.purpose && row.3.is_none());
    if in_force.any(|row| row.2 == consent.text_hash) {
        return Ok(());
    }
    withdraw_in(transaction, member_id, &consent.purpose, now).await?;
    execute!(
        transaction,
        "insert into consent (member_id, number, purpose, text_hash, language, channel, given_at) \
         values ($1, $2, $3, $4, $5, $6, $7)",
        member_id,
        rows.last().map_or(1, |row| row.0 + 1),
        &consent.purpose,
        &consent.text_hash,
        &consent.language,
        &consent.channel,
        whole(now)
    )?;
    Ok(())
}

async fn withdraw_in(
    transaction: &mut Transaction,
    member_id: &str,
    purpose: &str,
    now: OffsetDateTime,
) -> Result<u64, StoreError> {
    Ok(execute!(
        transaction,
        "update consent set withdrawn_at = $1 where member_id = $2 and purpose = $3 and withdrawn_at is null",
        whole(now),
        member_id,
        purpose
    )?)
}
