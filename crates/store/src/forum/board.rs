//! What the facilitators' board is made from: who wrote how much, and what nobody answered.
//!
//! Left out: what is made of it (heat, absent regions), which the act computes.

use super::posts::Posts;
use super::questions::Questions;
use crate::db::on;
use crate::error::StoreError;
use crate::moment::whole;
use time::OffsetDateTime;

/// An active member and what they wrote in a question.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Writer {
    /// The member.
    pub member_id: String,
    /// Name as shown.
    pub name: String,
    /// Country, as two letters, or blank.
    pub country: String,
    /// Posts that are shown.
    pub posts: i64,
}

/// A post that begins a thread or asks something, without an answer by somebody else.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Unanswered {
    /// Its number.
    pub number: i64,
    /// Its author's name.
    pub author: String,
    /// Its text.
    pub body: String,
    /// When it was written.
    pub written_at: OffsetDateTime,
}

/// The raw board of a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Board {
    /// Every active member, those who wrote most first, then by name.
    pub writers: Vec<Writer>,
    /// Posts without an answer, the oldest first.
    pub unanswered: Vec<Unanswered>,
}

impl Questions<'_> {
    /// The board of a question: posts unanswered are those written before `asked_before`.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn load_board(&self, slug: &str, asked_before: OffsetDateTime) -> Result<Board, StoreError> {
        let writers = on!(self.db(), pool => {
            sqlx::query_as(
                "select m.member_id, m.name, m.country, count(p.number) as posts from member m \
                 left join post p on p.member_id = m.member_id and p.slug = $1 and p.status = 'shown' \
                 where m.status = 'active' group by m.member_id, m.name, m.country \
                 order by count(p.number) desc, m.name, m.member_id",
            )
            .bind(slug)
            .fetch_all(pool)
            .await
        })?;
        let unanswered = on!(self.db(), pool => {
            sqlx::query_as(
                "select p.number, m.name as author, v.body, p.written_at from post p \
                 join member m on m.member_id = p.member_id \
                 join post_revision v on v.slug = p.slug and v.number = p.number and v.revision = \
                 (select max(w.revision) from post_revision w where w.slug = p.slug and w.number = p.number) \
                 where p.slug = $1 and p.status = 'shown' and p.written_at < $2 \
                 and (p.parent is null or v.body like '%?%' or v.body like '%؟%' or v.body like '%？%') and not exists \
                 (select 1 from post c where c.slug = p.slug and c.parent = p.number and c.status = 'shown' \
                 and c.member_id <> p.member_id) order by p.number",
            )
            .bind(slug)
            .bind(whole(asked_before))
            .fetch_all(pool)
            .await
        })?;
        Ok(Board { writers, unanswered })
    }
}

impl Posts<'_> {
    /// How many others than this member have written in a question, and whether this one has, whatever became of it.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn count_writers(&self, slug: &str, member_id: &str) -> Result<(i64, bool), StoreError> {
        let (others, own): (i64, i64) = on!(self.db(), pool => {
            sqlx::query_as(
                "select count(distinct case when member_id <> $2 then member_id end), \
                 count(case when member_id = $2 then 1 end) from post where slug = $1",
            )
            .bind(slug)
            .bind(member_id)
            .fetch_one(pool)
            .await
        })?;
        Ok((others, own > 0))
    }

    /// The members whose posts are shown in a question, by id.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn list_writers(&self, slug: &str) -> Result<Vec<String>, StoreError> {
        Ok(on!(self.db(), pool => {
            sqlx::query_scalar(
                "select distinct member_id from post where slug = $1 and status = 'shown' order by member_id",
            )
            .bind(slug)
            .fetch_all(pool)
            .await
        })?)
    }
}
