//! The keys that are trusted, each for one institution.
//!
//! Rule: a key is added once and for one institution; it is revoked, never taken away, so that what it signed before
//! can still be told. Revoking is a change of the evidence, since pages say whose signature a finding carries. Left
//! out: what makes a text a key; callers hand in what they have checked.

use crate::db::{Db, Transaction, on};
use crate::error::StoreError;
use crate::findings::{lock_evidence, raise_version};
use time::OffsetDateTime;

/// A key to trust.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewKey {
    /// Its id.
    pub key_id: String,
    /// The key, as base64.
    pub public_key: String,
    /// Whose it is.
    pub institution: String,
}

/// A key that is or was trusted.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct StoredKey {
    /// Its id.
    pub key_id: String,
    /// The key, as base64.
    pub public_key: String,
    /// The institution it may speak for.
    pub institution: String,
    /// When it was added here.
    pub added_at: OffsetDateTime,
    /// Since when it no longer counts.
    pub revoked_at: Option<OffsetDateTime>,
    /// Why; blank while it counts.
    pub revoked_reason: String,
}

/// What an act on a key did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyOutcome {
    /// It is so now.
    Done,
    /// It was so before; nothing was written.
    Unchanged,
}

/// The trusted keys of a store.
#[derive(Debug, Clone, Copy)]
pub struct Trust<'store> {
    db: &'store Db,
}

impl<'store> Trust<'store> {
    pub(crate) fn new(db: &'store Db) -> Self {
        Self { db }
    }

    /// All keys, revoked ones too, by institution, then in the order in which they were added.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn list_keys(&self) -> Result<Vec<StoredKey>, StoreError> {
        Ok(on!(self.db, pool => {
            sqlx::query_as(
                "select key_id, public_key, institution, added_at, revoked_at, revoked_reason from trusted_key \
                 order by institution, added_at, key_id",
            )
            .fetch_all(pool)
            .await
        })?)
    }

    /// Trusts a key for an institution from now on.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the key is known for another institution, or was revoked; [`StoreError::Unavailable`].
    pub async fn add_key(&self, key: &NewKey, now: OffsetDateTime) -> Result<KeyOutcome, StoreError> {
        let mut transaction = self.db.begin_write().await?;
        lock_evidence(&mut transaction).await?;
        if let Some(stored) = find_key(&mut transaction, &key.key_id).await? {
            let refuse = |what: String| Err(StoreError::Conflict { what });
            if stored.public_key != key.public_key {
                return refuse(format!("another key has the id {}", key.key_id));
            }
            if stored.institution != key.institution {
                return refuse(format!("the key {} is that of {}", key.key_id, stored.institution));
            }
            if stored.revoked_at.is_some() {
                return refuse(format!("the key {} was revoked: a new key is needed", key.key_id));
            }
            return Ok(KeyOutcome::Unchanged);
        }
        on!(&mut transaction, t => {
            sqlx::query(
                "insert into trusted_key (key_id, public_key, institution, added_at, revoked_reason) \
                 values ($1, $2, $3, $4, '')",
            )
            .bind(&key.key_id)
            .bind(&key.public_key)
            .bind(&key.institution)
            .bind(now)
            .execute(&mut **t)
            .await
            .map(drop)
        })?;
        transaction.commit().await?;
        Ok(KeyOutcome::Done)
    }

    /// Stops trusting a key. Findings that came with it stay, and say so.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the key is not known, or is that of another institution; [`StoreError::Unavailable`].
    pub async fn revoke_key(
        &self,
        key_id: &str,
        institution: &str,
        reason: &str,
        now: OffsetDateTime,
    ) -> Result<KeyOutcome, StoreError> {
        let mut transaction = self.db.begin_write().await?;
        let digest = lock_evidence(&mut transaction).await?;
        let Some(stored) = find_key(&mut transaction, key_id).await? else {
            return Err(StoreError::Conflict { what: format!("the key {key_id} was never trusted here") });
        };
        if stored.institution != institution {
            let what = format!("the key {key_id} is that of {}", stored.institution);
            return Err(StoreError::Conflict { what });
        }
        if stored.revoked_at.is_some() {
            return Ok(KeyOutcome::Unchanged);
        }
        on!(&mut transaction, t => {
            sqlx::query("update trusted_key set revoked_at = $1, revoked_reason = $2 where key_id = $3")
                .bind(now)
                .bind(reason)
                .bind(key_id)
                .execute(&mut **t)
                .await
                .map(drop)
        })?;
        raise_version(&mut transaction, &digest, now).await?;
        transaction.commit().await?;
        Ok(KeyOutcome::Done)
    }
}

pub(crate) async fn find_key(
    transaction: &mut Transaction,
    key_id: &str,
) -> Result<Option<StoredKey>, StoreError> {
    Ok(on!(transaction, t => {
        sqlx::query_as(
            "select key_id, public_key, institution, added_at, revoked_at, revoked_reason from trusted_key \
             where key_id = $1",
        )
        .bind(key_id)
        .fetch_optional(&mut **t)
        .await
    })?)
}
