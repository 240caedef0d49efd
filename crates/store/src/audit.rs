//! The chained record of acts with power: who did what to what, and when.
//!
//! Rule: rows are only added; positions run from 1 without a hole. `hash` is the SHA-256, in lower-case hexadecimal, of
//! the line `whatworks audit 1` and then position, time, actor, event, object, detail and the hash of the row before
//! (blank for the first), each preceded by its length in bytes as eight bytes, most significant first, so that no two
//! rows have the same bytes. Position and time are hashed as text: decimal digits, and RFC 3339 in UTC and whole
//! seconds. A changed, lost or inserted row breaks the chain at a position that [`Audit::verify`] names; rows cut off at
//! the end show only against a head that was kept elsewhere.
//!
//! Actors and objects are ids. A detail names no person by name or address: the record outlives an erasure.

use crate::db::{Backend, Db, Transaction, on};
use crate::error::StoreError;
use crate::moment::whole;
use sha2::{Digest, Sha256};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// Rows that [`Audit::verify`] holds at a time.
const BATCH: i64 = 1_000;
/// PostgreSQL's name for the right to add a row (any number that nothing else uses).
const LOCK: i64 = 0x7768_6174_6175_6474;

/// A row to add.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAudit {
    /// Id of the member who did it; `program` when nobody did.
    pub actor: String,
    /// What was done, as a word.
    pub event: String,
    /// Id of what it was done to.
    pub object: String,
    /// What else a reader must know: a role, a reason.
    pub detail: String,
}

/// A row of the record.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct AuditRow {
    /// From 1.
    pub position: i64,
    /// When.
    pub happened_at: OffsetDateTime,
    /// Who.
    pub actor: String,
    /// What.
    pub event: String,
    /// To what.
    pub object: String,
    /// What else.
    pub detail: String,
    /// Hash of the row before; blank for the first.
    pub previous_hash: String,
    /// Hash of this row.
    pub hash: String,
}

/// What walking the chain found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditVerdict {
    /// Rows whose chain holds, from the first.
    pub rows: i64,
    /// Hash of the last of them; blank when there is none.
    pub head: String,
    /// Where the chain breaks, if it does.
    pub broken: Option<AuditBreak>,
}

/// The first place where the chain does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AuditBreak {
    /// The position that should have followed.
    pub position: i64,
    /// What is wrong there.
    pub fault: AuditFault,
}

/// What is wrong with a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AuditFault {
    /// The row of this position is missing.
    Missing,
    /// It does not follow from the row before.
    Unchained,
    /// Its hash is not that of what it says.
    Changed,
}

/// The record of a store.
#[derive(Debug, Clone, Copy)]
pub struct Audit<'store> {
    db: &'store Db,
}

impl<'store> Audit<'store> {
    pub(crate) fn new(db: &'store Db) -> Self {
        Self { db }
    }

    /// Adds a row for an act that writes nothing else.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn append(&self, entry: &NewAudit, now: OffsetDateTime) -> Result<(), StoreError> {
        let mut transaction = self.db.begin_write().await?;
        append(&mut transaction, entry, now).await?;
        transaction.commit().await
    }

    /// The newest rows, or those before a position; newest first.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn list(&self, before: Option<i64>, limit: u32) -> Result<Vec<AuditRow>, StoreError> {
        Ok(on!(self.db, pool => {
            sqlx::query_as(
                "select position, happened_at, actor, event, object, detail, previous_hash, hash from audit \
                 where position < $1 order by position desc limit $2",
            )
            .bind(before.unwrap_or(i64::MAX))
            .bind(i64::from(limit))
            .fetch_all(pool)
            .await
        })?)
    }

    /// Walks the chain from its first row.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`]; a chain that does not hold is no error but a verdict.
    pub async fn verify(&self) -> Result<AuditVerdict, StoreError> {
        let mut transaction = self.db.begin_read().await?;
        let mut verdict = AuditVerdict { rows: 0, head: String::new(), broken: None };
        loop {
            let rows: Vec<AuditRow> = on!(&mut transaction, t => {
                sqlx::query_as(
                    "select position, happened_at, actor, event, object, detail, previous_hash, hash from audit \
                     where position > $1 order by position limit $2",
                )
                .bind(verdict.rows)
                .bind(BATCH)
                .fetch_all(&mut **t)
                .await
            })?;
            if rows.is_empty() {
                return Ok(verdict);
            }
            for row in rows {
                let position = verdict.rows + 1;
                if let Some(fault) = fault_of(&row, position, &verdict.head) {
                    verdict.broken = Some(AuditBreak { position, fault });
                    return Ok(verdict);
                }
                verdict.rows = position;
                verdict.head = row.hash;
            }
        }
    }
}

fn fault_of(row: &AuditRow, position: i64, previous_hash: &str) -> Option<AuditFault> {
    if row.position != position {
        Some(AuditFault::Missing)
    } else if row.previous_hash != previous_hash {
        Some(AuditFault::Unchained)
    } else if hash_of(row) != row.hash {
        Some(AuditFault::Changed)
    } else {
        None
    }
}

fn hash_of(row: &AuditRow) -> String {
    let position = row.position.to_string();
    // A year beyond RFC 3339's four digits cannot come out of the clock; its blank text then fails every check.
    let happened_at = whole(row.happened_at).format(&Rfc3339).unwrap_or_default();
    let mut digest = Sha256::new();
    digest.update(b"whatworks audit 1\n");
    for field in
        [&position, &happened_at, &row.actor, &row.event, &row.object, &row.detail, &row.previous_hash]
    {
        digest.update((field.len() as u64).to_be_bytes());
        digest.update(field.as_bytes());
    }
    crate::hex(&digest.finalize())
}

/// Adds a row. Whoever adds one holds the record until the transaction ends, so this comes last in it.
pub(crate) async fn append(
    transaction: &mut Transaction,
    entry: &NewAudit,
    now: OffsetDateTime,
) -> Result<(), StoreError> {
    // SQLite has one writer. On PostgreSQL the lock comes before the look at the last row, which then is the last.
    if let Backend::Postgres(t) = transaction {
        sqlx::query("select pg_advisory_xact_lock($1)").bind(LOCK).execute(&mut **t).await?;
    }
    let last: Option<(i64, String)> = on!(&mut *transaction, t => {
        sqlx::query_as("select position, hash from audit order by position desc limit 1")
            .fetch_optional(&mut **t)
            .await
    })?;
    let (last, previous_hash) = last.unwrap_or_default();
    let mut row = AuditRow {
        position: last + 1,
        happened_at: whole(now),
        actor: entry.actor.clone(),
        event: entry.event.clone(),
        object: entry.object.clone(),
        detail: entry.detail.clone(),
        previous_hash,
        hash: String::new(),
    };
    row.hash = hash_of(&row);
    on!(transaction, t => {
        sqlx::query(
            "insert into audit (position, happened_at, actor, event, object, detail, previous_hash, hash) \
             values ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .bind(row.position)
        .bind(row.happened_at)
        .bind(&row.actor)
        .bind(&row.event)
        .bind(&row.object)
        .bind(&row.detail)
        .bind(&row.previous_hash)
        .bind(&row.hash)
        .execute(&mut **t)
        .await
        .map(drop)
    })?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    #[test]
    fn the_hash_is_that_of_the_stated_bytes() {
        let row = AuditRow {
            position: 1,
            happened_at: datetime!(2026-03-01 12:00 UTC),
            actor: "a".into(),
            event: "b".into(),
            object: String::new(),
            detail: "é".into(),
            previous_hash: String::new(),
            hash: String::new(),
        };
        // By Python's hashlib from the rule above.
        assert_eq!(hash_of(&row), "9037413097af7609c0a4006ca6179d27e21561798b6ce17ad92e49da53b82c94");
        let shifted = AuditRow { actor: "ab".into(), event: String::new(), ..row.clone() };
        assert_ne!(hash_of(&shifted), hash_of(&row));
    }
}
