//! Who asks: the session behind a request with its member, roles and factors, in one query.
//!
//! Read at every request of a member, so it is one row by its primary key and nothing else. Whether the session still
//! counts is judged by the caller, who knows the limits. Left out: beginning and ending sessions.

use crate::db::{Db, on};
use crate::error::StoreError;
use crate::moment::whole;
use std::collections::BTreeSet;
use time::OffsetDateTime;
use whatworks_domain::member::{MemberStatus, Role};

/// A session and whose it is.
#[expect(clippy::struct_excessive_bools, reason = "a row of the query, whose every truth stands alone")]
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Asker {
    /// The member.
    pub member_id: String,
    /// Name as shown.
    pub name: String,
    /// Language chosen in the profile.
    pub language: String,
    /// Time zone chosen in the profile.
    pub time_zone: String,
    status: String,
    /// Key of the session's forms.
    pub form_key: String,
    /// When the session began.
    pub created_at: OffsetDateTime,
    /// When it was last used.
    pub seen_at: OffsetDateTime,
    /// When a second factor was last shown in it.
    pub strong_at: Option<OffsetDateTime>,
    /// When it was ended.
    pub ended_at: Option<OffsetDateTime>,
    is_facilitator: bool,
    is_editor: bool,
    is_expert: bool,
    is_steward: bool,
    /// Whether the member has a passkey.
    pub has_passkey: bool,
    /// Whether the member has a password.
    pub has_password: bool,
    /// Whether the member has confirmed one-time codes.
    pub has_one_time_codes: bool,
}

impl Asker {
    /// Whether the member may sign in at all.
    pub fn is_active(&self) -> bool {
        self.status == MemberStatus::Active.code()
    }

    /// The roles held beside [`Role::Member`].
    pub fn roles(&self) -> BTreeSet<Role> {
        [
            (Role::Facilitator, self.is_facilitator),
            (Role::Editor, self.is_editor),
            (Role::Expert, self.is_expert),
            (Role::Steward, self.is_steward),
        ]
        .into_iter()
        .filter_map(|(role, is_held)| is_held.then_some(role))
        .collect()
    }
}

/// The sessions of a store, as requests ask for them.
#[derive(Debug, Clone, Copy)]
pub struct Asking<'store> {
    db: &'store Db,
}

impl<'store> Asking<'store> {
    pub(crate) fn new(db: &'store Db) -> Self {
        Self { db }
    }

    /// The session of this hash, whatever it is still worth.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn find(&self, session_hash: &str) -> Result<Option<Asker>, StoreError> {
        Ok(on!(self.db, pool => {
            sqlx::query_as(
                "select m.member_id, m.name, m.language, m.time_zone, m.status, s.form_key, s.created_at, s.seen_at, \
                 s.strong_at, s.ended_at, \
                 exists (select 1 from member_role r where r.member_id = m.member_id and r.role = 'facilitator') \
                 as is_facilitator, \
                 exists (select 1 from member_role r where r.member_id = m.member_id and r.role = 'editor') \
                 as is_editor, \
                 exists (select 1 from member_role r where r.member_id = m.member_id and r.role = 'expert') \
                 as is_expert, \
                 exists (select 1 from member_role r where r.member_id = m.member_id and r.role = 'steward') \
                 as is_steward, \
                 exists (select 1 from passkey p where p.member_id = m.member_id) as has_passkey, \
                 exists (select 1 from password p where p.member_id = m.member_id) as has_password, \
                 exists (select 1 from one_time_code c where c.member_id = m.member_id \
                 and c.confirmed_at is not null) as has_one_time_codes \
                 from session s join member m on m.member_id = s.member_id where s.session_hash = $1",
            )
            .bind(session_hash)
            .fetch_optional(pool)
            .await
        })?)
    }

    /// Notes that a session was used.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn note_seen(&self, session_hash: &str, now: OffsetDateTime) -> Result<(), StoreError> {
        let mut transaction = self.db.begin_write().await?;
        on!(&mut transaction, t => {
            sqlx::query("update session set seen_at = $1 where session_hash = $2 and seen_at < $1")
                .bind(whole(now))
                .bind(session_hash)
                .execute(&mut **t)
                .await
                .map(drop)
        })?;
        transaction.commit().await
    }
}
