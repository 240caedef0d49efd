//! Who sits at a question's table and what lies on it: facilitators, syntheses, claims.
//!
//! Rule: a question always has a facilitator; the same synthesis or claim lies there once.

use super::lock_question;
use super::questions::{Questions, finish};
use crate::consequences::Consequences;
use crate::db::on;
use crate::error::StoreError;
use crate::moment::whole;
use time::OffsetDateTime;
use whatworks_domain::forum::EvidenceKind;

/// Someone who runs a discussion.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Facilitator {
    /// The member.
    pub member_id: String,
    /// Name as shown.
    pub name: String,
    /// Hours of duty, in the facilitator's own words.
    pub shift: String,
}

/// Something on the table.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Attached {
    /// Number within the question.
    pub number: i64,
    /// What it is.
    #[sqlx(try_from = "String")]
    pub kind: EvidenceKind,
    /// Pool key or claim id.
    pub target: String,
    /// Who put it there.
    pub added_by: String,
    /// When.
    pub added_at: OffsetDateTime,
}

impl Questions<'_> {
    /// Whether a member facilitates a question.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn is_facilitator(&self, slug: &str, member_id: &str) -> Result<bool, StoreError> {
        let found: Option<i64> = on!(self.db(), pool => {
            sqlx::query_scalar("select cast(1 as bigint) from question_facilitator where slug = $1 and member_id = $2")
                .bind(slug)
                .bind(member_id)
                .fetch_optional(pool)
                .await
        })?;
        Ok(found.is_some())
    }

    /// Who runs it, by name.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn list_facilitators(&self, slug: &str) -> Result<Vec<Facilitator>, StoreError> {
        Ok(on!(self.db(), pool => {
            sqlx::query_as(
                "select f.member_id, m.name, f.shift from question_facilitator f \
                 join member m on m.member_id = f.member_id where f.slug = $1 order by m.name, f.member_id",
            )
            .bind(slug)
            .fetch_all(pool)
            .await
        })?)
    }

    /// Names a facilitator, or changes the hours of one.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when there is no such question or member; [`StoreError::Unavailable`].
    pub async fn set_facilitator(
        &self,
        slug: &str,
        member_id: &str,
        shift: &str,
        also: &Consequences,
        now: OffsetDateTime,
    ) -> Result<(), StoreError> {
        let mut transaction = self.db().begin_write().await?;
        on!(&mut transaction, t => {
            sqlx::query(
                "insert into question_facilitator (slug, member_id, shift) values ($1, $2, $3) \
                 on conflict (slug, member_id) do update set shift = excluded.shift",
            )
            .bind(slug)
            .bind(member_id)
            .bind(shift)
            .execute(&mut **t)
            .await
            .map(drop)
        })?;
        finish(transaction, also, now).await
    }

    /// Takes a facilitator off, unless it is the last; says whether nobody else would be left.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when there is no such question; [`StoreError::Unavailable`].
    pub async fn remove_facilitator(
        &self,
        slug: &str,
        member_id: &str,
        also: &Consequences,
        now: OffsetDateTime,
    ) -> Result<bool, StoreError> {
        let mut transaction = self.db().begin_write().await?;
        lock_question(&mut transaction, slug).await?;
        let others: i64 = on!(&mut transaction, t => {
            sqlx::query_scalar("select count(*) from question_facilitator where slug = $1 and member_id <> $2")
                .bind(slug)
                .bind(member_id)
                .fetch_one(&mut **t)
                .await
        })?;
        if others == 0 {
            return Ok(true);
        }
        on!(&mut transaction, t => {
            sqlx::query("delete from question_facilitator where slug = $1 and member_id = $2")
                .bind(slug)
                .bind(member_id)
                .execute(&mut **t)
                .await
                .map(drop)
        })?;
        finish(transaction, also, now).await?;
        Ok(false)
    }

    /// What lies on the table, in the order in which it was put there.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`]; [`StoreError::Unavailable`].
    pub async fn list_evidence(&self, slug: &str) -> Result<Vec<Attached>, StoreError> {
        Ok(on!(self.db(), pool => {
            sqlx::query_as(
                "select number, kind, target, added_by, added_at from question_evidence where slug = $1 order by number",
            )
            .bind(slug)
            .fetch_all(pool)
            .await
        })?)
    }

    /// Puts evidence on the table; what lies there already stays as it is.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when there is no such question; [`StoreError::Unavailable`].
    pub async fn attach(
        &self,
        slug: &str,
        kind: EvidenceKind,
        target: &str,
        added_by: &str,
        also: &Consequences,
        now: OffsetDateTime,
    ) -> Result<(), StoreError> {
        let mut transaction = self.db().begin_write().await?;
        lock_question(&mut transaction, slug).await?;
        on!(&mut transaction, t => {
            sqlx::query(
                "insert into question_evidence (slug, number, kind, target, added_by, added_at) \
                 select $1, (select coalesce(max(number), 0) + 1 from question_evidence where slug = $1), $2, $3, $4, $5 \
                 where not exists (select 1 from question_evidence where slug = $1 and kind = $2 and target = $3)",
            )
            .bind(slug)
            .bind(kind.code())
            .bind(target)
            .bind(added_by)
            .bind(whole(now))
            .execute(&mut **t)
            .await
            .map(drop)
        })?;
        finish(transaction, also, now).await
    }

    /// Takes evidence off the table.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn detach(
        &self,
        slug: &str,
        number: i64,
        also: &Consequences,
        now: OffsetDateTime,
    ) -> Result<(), StoreError> {
        let mut transaction = self.db().begin_write().await?;
        on!(&mut transaction, t => {
            sqlx::query("delete from question_evidence where slug = $1 and number = $2")
                .bind(slug)
                .bind(number)
                .execute(&mut **t)
                .await
                .map(drop)
        })?;
        finish(transaction, also, now).await
    }
}
