//! How a member stands when an act asks: status, the parts of a segment, and what trust rests on.
//!
//! Rule: trust follows from shown posts, their days (UTC) and upheld flags, asked anew at each act and never stored.

use crate::db::{Db, on};
use crate::error::StoreError;
use std::collections::BTreeSet;
use time::{Duration, OffsetDateTime, UtcOffset};
use whatworks_domain::member::{MemberStatus, Role, Trust, TrustHistory};

/// Upheld flags count double within this time.
const LATELY: Duration = Duration::days(90);
/// Posts that are looked at; trust needs far fewer.
const POSTS: i64 = 200;

/// A member, as acts need it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The member.
    pub member_id: String,
    /// Whether the member may act at all.
    pub is_active: bool,
    /// Where mail goes; none when the member left.
    pub email: Option<String>,
    /// Language of texts for the member.
    pub language: String,
    /// The key that makes the member's pseudonyms; none when the member left.
    pub ballot_key: Option<String>,
    /// Country, as two letters, or blank.
    pub country: String,
    /// Kind of the organisation, or blank.
    pub sector: String,
    /// When the member joined.
    pub created_at: OffsetDateTime,
    /// What trust rests on.
    pub history: TrustHistory,
}

impl Standing {
    /// How far the member is trusted.
    pub fn trust(&self) -> Trust {
        Trust::of(&self.history)
    }
}

#[derive(sqlx::FromRow)]
struct Row {
    member_id: String,
    status: String,
    email: Option<String>,
    language: String,
    ballot_key: Option<String>,
    country: String,
    sector: Option<String>,
    created_at: OffsetDateTime,
    is_vouched: bool,
}

/// How the members of a store stand.
#[derive(Debug, Clone, Copy)]
pub struct Standings<'store> {
    db: &'store Db,
}

impl<'store> Standings<'store> {
    pub(crate) fn new(db: &'store Db) -> Self {
        Self { db }
    }

    /// How a member stands now.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`]; [`StoreError::Unavailable`].
    pub async fn find(&self, member_id: &str, now: OffsetDateTime) -> Result<Option<Standing>, StoreError> {
        let row: Option<Row> = on!(self.db, pool => {
            sqlx::query_as(
                "select m.member_id, m.status, m.email, m.language, m.ballot_key, m.country, o.kind as sector, \
                 m.created_at, m.is_vouched from member m \
                 left join organisation o on o.organisation_id = m.organisation_id where m.member_id = $1",
            )
            .bind(member_id)
            .fetch_optional(pool)
            .await
        })?;
        let Some(row) = row else { return Ok(None) };
        let history = self.history(&row, now).await?;
        Ok(Some(Standing {
            is_active: row.status == MemberStatus::Active.code(),
            member_id: row.member_id,
            email: row.email,
            language: row.language,
            ballot_key: row.ballot_key,
            country: row.country,
            sector: row.sector.unwrap_or_default(),
            created_at: row.created_at,
            history,
        }))
    }

    async fn history(&self, row: &Row, now: OffsetDateTime) -> Result<TrustHistory, StoreError> {
        let shown: Vec<OffsetDateTime> = on!(self.db, pool => {
            sqlx::query_scalar(
                "select written_at from post where member_id = $1 and status = 'shown' order by written_at desc limit $2",
            )
            .bind(&row.member_id)
            .bind(POSTS)
            .fetch_all(pool)
            .await
        })?;
        // A post with several flags was upheld once.
        let upheld: Vec<(String, i64, OffsetDateTime)> = on!(self.db, pool => {
            sqlx::query_as(
                "select f.slug, f.number, max(f.decided_at) from flag f \
                 join post p on p.slug = f.slug and p.number = f.number \
                 where p.member_id = $1 and f.is_upheld group by f.slug, f.number",
            )
            .bind(&row.member_id)
            .fetch_all(pool)
            .await
        })?;
        let roles: Vec<String> = on!(self.db, pool => {
            sqlx::query_scalar("select role from member_role where member_id = $1")
                .bind(&row.member_id)
                .fetch_all(pool)
                .await
        })?;
        let days: BTreeSet<_> = shown.iter().map(|at| at.to_offset(UtcOffset::UTC).date()).collect();
        let lately = upheld.iter().filter(|(_, _, at)| now - *at < LATELY).count();
        let appointed = [Role::Facilitator.code(), Role::Expert.code()];
        Ok(TrustHistory {
            approved_posts: shown.len() as u64,
            approved_days: days.len() as u64,
            upheld_flags: upheld.len() as u64,
            upheld_flags_lately: lately as u64,
            is_vouched: row.is_vouched,
            is_appointed: roles.iter().any(|role| appointed.contains(&role.as_str())),
        })
    }
}
