//! How many take part in each question: voters, posts that are shown, where they come from, statements, votes a voter.
//!
//! One query for all questions or for one, because every list and every head of a page shows them.

use super::Questions;
use crate::db::on;
use crate::error::StoreError;

/// Who takes part in a question, in numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct Tally {
    /// The question.
    pub slug: String,
    /// People who voted.
    pub voters: i64,
    /// Votes ever cast.
    pub votes: i64,
    /// Posts shown.
    pub posts: i64,
    /// Of these, posts that came by mail.
    pub posts_by_mail: i64,
    /// Countries of their writers.
    pub countries: i64,
    /// Statements open to vote.
    pub statements: i64,
}

impl Questions<'_> {
    /// The tally of every question, or of one, by address.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn list_tallies(&self, slug: Option<&str>) -> Result<Vec<Tally>, StoreError> {
        Ok(on!(self.db(), pool => {
            sqlx::query_as(
                "select q.slug, q.next_vote - 1 as votes, \
                 (select count(*) from voter v where v.slug = q.slug) as voters, \
                 (select count(*) from post p where p.slug = q.slug and p.status = 'shown') as posts, \
                 (select count(*) from post p where p.slug = q.slug and p.status = 'shown' and p.channel = 'mail') \
                 as posts_by_mail, \
                 (select count(distinct m.country) from post p join member m on m.member_id = p.member_id \
                 where p.slug = q.slug and p.status = 'shown' and m.country <> '') as countries, \
                 (select count(*) from statement s where s.slug = q.slug and s.status = 'shown') as statements \
                 from question q where $1 = '' or q.slug = $1 order by q.slug",
            )
            .bind(slug.unwrap_or_default())
            .fetch_all(pool)
            .await
        })?)
    }

    /// How many statements each voter of a question has answered, fewest first.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn list_votes_by_voter(&self, slug: &str) -> Result<Vec<i64>, StoreError> {
        Ok(on!(self.db(), pool => {
            sqlx::query_scalar(
                "select count(distinct statement) as answered from vote where slug = $1 group by voter order by answered",
            )
            .bind(slug)
            .fetch_all(pool)
            .await
        })?)
    }
}

impl super::Posts<'_> {
    /// Whether a member has flagged a post, whatever became of the flag.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn is_flagged_by(&self, slug: &str, number: i64, member_id: &str) -> Result<bool, StoreError> {
        let flags: i64 = on!(self.db(), pool => {
            sqlx::query_scalar("select count(*) from flag where slug = $1 and number = $2 and member_id = $3")
                .bind(slug)
                .bind(number)
                .bind(member_id)
                .fetch_one(pool)
                .await
        })?;
        Ok(flags > 0)
    }
}
