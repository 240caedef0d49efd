//! Flags: a member tells the facilitators that a post breaks the house rules.
//!
//! Rule: one flag per member and post; the facilitators decide on all open flags of a post at once, and upholding them
//! takes the post down in the same transaction.

use super::posts::{Posts, decide_post};
use super::{Rate, Written, lock_question};
use crate::consequences::{self, Consequences};
use crate::db::on;
use crate::error::StoreError;
use crate::moment::whole;
use time::OffsetDateTime;
use whatworks_domain::forum::{PostStatus, Reasoned};

impl Posts<'_> {
    /// Notes that a member holds a post to break the house rules; once per member and post.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when there is no such post; [`StoreError::Unavailable`].
    pub async fn flag(
        &self,
        (slug, number): (&str, i64),
        member_id: &str,
        reasoned: &Reasoned,
        rate: Rate,
        now: OffsetDateTime,
    ) -> Result<Written, StoreError> {
        let now = whole(now);
        let mut transaction = self.db().begin_write().await?;
        lock_question(&mut transaction, slug).await?;
        let mine: Vec<(String, i64, OffsetDateTime)> = on!(&mut transaction, t => {
            sqlx::query_as("select slug, number, raised_at from flag where member_id = $1")
                .bind(member_id)
                .fetch_all(&mut **t)
                .await
        })?;
        if mine.iter().any(|(on, at, _)| (on.as_str(), *at) == (slug, number)) {
            return Ok(Written::Again(number));
        }
        if let Some(wait) = rate.wait(mine.into_iter().map(|(_, _, at)| at).collect(), now) {
            return Ok(Written::TooOften(wait));
        }
        on!(&mut transaction, t => {
            sqlx::query("insert into flag (slug, number, member_id, reason, raised_at) values ($1, $2, $3, $4, $5)")
                .bind(slug)
                .bind(number)
                .bind(member_id)
                .bind(reasoned.to_text())
                .bind(now)
                .execute(&mut **t)
                .await
                .map(drop)
        })?;
        transaction.commit().await?;
        Ok(Written::Done(number))
    }

    /// Decides on the open flags of a post; upheld ones take it down. Gives back how many flags that were.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn decide_flags(
        &self,
        (slug, number): (&str, i64),
        is_upheld: bool,
        reasoned: &Reasoned,
        decided_by: &str,
        also: &Consequences,
        now: OffsetDateTime,
    ) -> Result<u64, StoreError> {
        let now = whole(now);
        let mut transaction = self.db().begin_write().await?;
        lock_question(&mut transaction, slug).await?;
        let flags = on!(&mut transaction, t => {
            sqlx::query(
                "update flag set is_upheld = $1, decided_by = $2, decided_at = $3 \
                 where slug = $4 and number = $5 and is_upheld is null",
            )
            .bind(is_upheld)
            .bind(decided_by)
            .bind(now)
            .bind(slug)
            .bind(number)
            .execute(&mut **t)
            .await
            .map(|done| done.rows_affected())
        })?;
        if is_upheld && flags > 0 {
            let move_down = (PostStatus::Shown, PostStatus::Removed);
            decide_post(&mut transaction, (slug, number), move_down, reasoned, decided_by, now).await?;
        }
        if flags > 0 {
            consequences::write(&mut transaction, also, now).await?;
        }
        transaction.commit().await?;
        Ok(flags)
    }
}
