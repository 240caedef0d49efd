//! Claims: one sentence, the syntheses under it, what the evidence says of it now, and who wants to know.
//!
//! Rule: what the evidence says is written with the version of the evidence that it was read from, and every change of
//! it is kept. Reassessing from an older version than the one kept changes nothing, so the job that does it may run
//! twice and on several servers.

use crate::consequences::{self, Consequences};
use crate::db::{Db, Transaction, on};
use crate::error::StoreError;
use crate::moment::whole;
use time::OffsetDateTime;

/// A claim to state, or a new statement of one.
#[derive(Debug, Clone)]
pub struct NewClaim<'a> {
    /// Its id.
    pub claim_id: &'a str,
    /// The sentence.
    pub sentence: &'a str,
    /// Its language.
    pub language: &'a str,
    /// What the sentence says that the evidence shows, as a word.
    pub asserts: &'a str,
    /// Pool keys of the syntheses under it.
    pub rests_on: &'a [String],
    /// What the evidence says of it now.
    pub now_says: Reassessed<'a>,
    /// Who states it.
    pub stated_by: &'a str,
}

/// What the evidence says of a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reassessed<'a> {
    /// How sure, as a word.
    pub certainty: &'a str,
    /// Which way, as a word.
    pub direction: &'a str,
    /// Whether members believe otherwise.
    pub is_divergent: bool,
    /// Version of the evidence.
    pub evidence_version: i64,
    /// Digest of the evidence.
    pub evidence_digest: &'a str,
}

#[derive(sqlx::FromRow)]
struct Row {
    claim_id: String,
    sentence: String,
    language: String,
    asserts: String,
    certainty: String,
    direction: String,
    is_divergent: bool,
    evidence_version: i64,
    evidence_digest: String,
    stated_by: String,
    stated_at: OffsetDateTime,
    reviewed_at: OffsetDateTime,
}

/// A claim as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredClaim {
    /// Its id.
    pub claim_id: String,
    /// The sentence.
    pub sentence: String,
    /// Its language.
    pub language: String,
    /// What the sentence says that the evidence shows, as a word.
    pub asserts: String,
    /// Pool keys of the syntheses under it, in their order.
    pub rests_on: Vec<String>,
    /// How sure, as a word.
    pub certainty: String,
    /// Which way, as a word.
    pub direction: String,
    /// Whether members believe otherwise.
    pub is_divergent: bool,
    /// Version of the evidence that this was read from.
    pub evidence_version: i64,
    /// Its digest.
    pub evidence_digest: String,
    /// Who stated it.
    pub stated_by: String,
    /// When.
    pub stated_at: OffsetDateTime,
    /// When it was last held against the evidence.
    pub reviewed_at: OffsetDateTime,
}

/// A change of what the evidence says of a claim.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct StoredChange {
    /// Number within the claim.
    pub number: i64,
    /// Version of the evidence that brought it.
    pub evidence_version: i64,
    /// What it said.
    pub before: String,
    /// What it says.
    pub after: String,
    /// When.
    pub changed_at: OffsetDateTime,
}

/// Someone to tell.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Watcher {
    /// The member.
    pub member_id: String,
    /// Where mail goes.
    pub email: String,
    /// Language of texts.
    pub language: String,
}

/// The claims of a store.
#[derive(Debug, Clone, Copy)]
pub struct Claims<'store> {
    db: &'store Db,
}

macro_rules! columns {
    () => {
        "select claim_id, sentence, language, asserts, certainty, direction, is_divergent, evidence_version, \
         evidence_digest, stated_by, stated_at, reviewed_at from claim"
    };
}

impl<'store> Claims<'store> {
    pub(crate) fn new(db: &'store Db) -> Self {
        Self { db }
    }

    /// All claims, in the order in which they were stated.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn list(&self) -> Result<Vec<StoredClaim>, StoreError> {
        let rows: Vec<Row> = on!(self.db, pool => {
            sqlx::query_as(concat!(columns!(), " order by stated_at, claim_id")).fetch_all(pool).await
        })?;
        let mut claims = Vec::with_capacity(rows.len());
        for row in rows {
            claims.push(self.with_syntheses(row).await?);
        }
        Ok(claims)
    }

    /// One claim.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn find(&self, claim_id: &str) -> Result<Option<StoredClaim>, StoreError> {
        let row: Option<Row> = on!(self.db, pool => {
            sqlx::query_as(concat!(columns!(), " where claim_id = $1")).bind(claim_id).fetch_optional(pool).await
        })?;
        match row {
            Some(row) => Ok(Some(self.with_syntheses(row).await?)),
            None => Ok(None),
        }
    }

    async fn with_syntheses(&self, row: Row) -> Result<StoredClaim, StoreError> {
        let rests_on: Vec<String> = on!(self.db, pool => {
            sqlx::query_scalar("select pool_key from claim_synthesis where claim_id = $1 order by pool_key")
                .bind(&row.claim_id)
                .fetch_all(pool)
                .await
        })?;
        Ok(StoredClaim {
            claim_id: row.claim_id,
            sentence: row.sentence,
            language: row.language,
            asserts: row.asserts,
            rests_on,
            certainty: row.certainty,
            direction: row.direction,
            is_divergent: row.is_divergent,
            evidence_version: row.evidence_version,
            evidence_digest: row.evidence_digest,
            stated_by: row.stated_by,
            stated_at: row.stated_at,
            reviewed_at: row.reviewed_at,
        })
    }

    /// States a claim, or states it anew under its id, with the syntheses under it.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn save(
        &self,
        claim: &NewClaim<'_>,
        also: &Consequences,
        now: OffsetDateTime,
    ) -> Result<(), StoreError> {
        let now = whole(now);
        let says = claim.now_says;
        let mut transaction = self.db.begin_write().await?;
        on!(&mut transaction, t => {
            sqlx::query(
                "insert into claim (claim_id, sentence, language, asserts, certainty, direction, evidence_version, \
                 evidence_digest, is_divergent, stated_by, stated_at, reviewed_at) \
                 values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11) on conflict (claim_id) do update set \
                 sentence = excluded.sentence, language = excluded.language, asserts = excluded.asserts, \
                 certainty = excluded.certainty, direction = excluded.direction, \
                 evidence_version = excluded.evidence_version, evidence_digest = excluded.evidence_digest, \
                 is_divergent = excluded.is_divergent, reviewed_at = excluded.reviewed_at",
            )
            .bind(claim.claim_id)
            .bind(claim.sentence)
            .bind(claim.language)
            .bind(claim.asserts)
            .bind(says.certainty)
            .bind(says.direction)
            .bind(says.evidence_version)
            .bind(says.evidence_digest)
            .bind(says.is_divergent)
            .bind(claim.stated_by)
            .bind(now)
            .execute(&mut **t)
            .await
            .map(drop)
        })?;
        replace_syntheses(&mut transaction, claim.claim_id, claim.rests_on).await?;
        consequences::write(&mut transaction, also, now).await?;
        transaction.commit().await
    }

    /// Writes what the evidence says of a claim now. With `change` (what it said, what it says) the change is kept and
    /// its number given back; nothing is written, and none given back, when the claim has meanwhile been held against
    /// evidence of this version or a later one and says something else than `seen` did.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn reassess(
        &self,
        seen: &StoredClaim,
        says: Reassessed<'_>,
        change: Option<(&str, &str)>,
        also: &Consequences,
        now: OffsetDateTime,
    ) -> Result<bool, StoreError> {
        let now = whole(now);
        let mut transaction = self.db.begin_write().await?;
        let changed = on!(&mut transaction, t => {
            sqlx::query(
                "update claim set certainty = $1, direction = $2, is_divergent = $3, evidence_version = $4, \
                 evidence_digest = $5, reviewed_at = $6 where claim_id = $7 and evidence_version <= $4 \
                 and certainty = $8 and direction = $9 and is_divergent = $10",
            )
            .bind(says.certainty)
            .bind(says.direction)
            .bind(says.is_divergent)
            .bind(says.evidence_version)
            .bind(says.evidence_digest)
            .bind(now)
            .bind(&seen.claim_id)
            .bind(&seen.certainty)
            .bind(&seen.direction)
            .bind(seen.is_divergent)
            .execute(&mut **t)
            .await
            .map(|done| done.rows_affected())
        })?;
        if changed == 0 {
            return Ok(false);
        }
        if let Some((before, after)) = change {
            on!(&mut transaction, t => {
                sqlx::query(
                    "insert into claim_change (claim_id, number, evidence_version, before, after, changed_at) \
                     select $1, (select coalesce(max(number), 0) + 1 from claim_change where claim_id = $1), $2, $3, $4, \
                     $5",
                )
                .bind(&seen.claim_id)
                .bind(says.evidence_version)
                .bind(before)
                .bind(after)
                .bind(now)
                .execute(&mut **t)
                .await
                .map(drop)
            })?;
            consequences::write(&mut transaction, also, now).await?;
        }
        transaction.commit().await?;
        Ok(true)
    }

    /// The changes of a claim, the newest first.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn list_changes(&self, claim_id: &str) -> Result<Vec<StoredChange>, StoreError> {
        Ok(on!(self.db, pool => {
            sqlx::query_as(
                "select number, evidence_version, before, after, changed_at from claim_change where claim_id = $1 \
                 order by number desc",
            )
            .bind(claim_id)
            .fetch_all(pool)
            .await
        })?)
    }

    /// Begins or ends a member's watch on a claim.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when there is no such claim or member; [`StoreError::Unavailable`].
    pub async fn watch(
        &self,
        claim_id: &str,
        member_id: &str,
        is_watched: bool,
        now: OffsetDateTime,
    ) -> Result<(), StoreError> {
        let mut transaction = self.db.begin_write().await?;
        if is_watched {
            on!(&mut transaction, t => {
                sqlx::query(
                    "insert into claim_watch (claim_id, member_id, since) values ($1, $2, $3) \
                     on conflict (claim_id, member_id) do nothing",
                )
                .bind(claim_id)
                .bind(member_id)
                .bind(whole(now))
                .execute(&mut **t)
                .await
                .map(drop)
            })?;
        } else {
            on!(&mut transaction, t => {
                sqlx::query("delete from claim_watch where claim_id = $1 and member_id = $2")
                    .bind(claim_id)
                    .bind(member_id)
                    .execute(&mut **t)
                    .await
                    .map(drop)
            })?;
        }
        transaction.commit().await
    }

    /// Whether a member watches a claim.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn is_watched(&self, claim_id: &str, member_id: &str) -> Result<bool, StoreError> {
        let watches: i64 = on!(self.db, pool => {
            sqlx::query_scalar("select count(*) from claim_watch where claim_id = $1 and member_id = $2")
                .bind(claim_id)
                .bind(member_id)
                .fetch_one(pool)
                .await
        })?;
        Ok(watches > 0)
    }

    /// The active members who watch a claim, by id.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn list_watchers(&self, claim_id: &str) -> Result<Vec<Watcher>, StoreError> {
        Ok(on!(self.db, pool => {
            sqlx::query_as(
                "select m.member_id, m.email, m.language from claim_watch w join member m on m.member_id = w.member_id \
                 where w.claim_id = $1 and m.status = 'active' and m.email is not null order by m.member_id",
            )
            .bind(claim_id)
            .fetch_all(pool)
            .await
        })?)
    }
}

async fn replace_syntheses(
    transaction: &mut Transaction,
    claim_id: &str,
    rests_on: &[String],
) -> Result<(), StoreError> {
    on!(transaction, t => {
        sqlx::query("delete from claim_synthesis where claim_id = $1").bind(claim_id).execute(&mut **t).await.map(drop)
    })?;
    for pool_key in rests_on {
        on!(transaction, t => {
            sqlx::query(
                "insert into claim_synthesis (claim_id, pool_key) values ($1, $2) \
                 on conflict (claim_id, pool_key) do nothing",
            )
            .bind(claim_id)
            .bind(pool_key)
            .execute(&mut **t)
            .await
            .map(drop)
        })?;
    }
    Ok(())
}
