//! Invitations: a secret in a mail that makes its reader a member, once.
//!
//! Rule: only the secret's hash is kept; an invitation is used up in the transaction that adds the member, or makes one
//! active who had asked to join. Left out: who may invite, and how long an invitation is good for.

use super::{NewMember, grant, insert, known};
use crate::consequences::{self, Consequences};
use crate::db::{Db, execute, fetch, read};
use crate::error::StoreError;
use crate::moment::whole;
use time::OffsetDateTime;
use whatworks_domain::member::{MailAddress, MemberStatus, Role};

/// An invitation to add.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewInvitation {
    /// Hash of its secret.
    pub token_hash: String,
    /// Whom it was sent to.
    pub address: MailAddress,
    /// The organisation that the member will belong to.
    pub organisation_id: Option<String>,
    /// The role that comes with it; [`Role::Member`] for none.
    pub role: Role,
    /// The member who invites.
    pub invited_by: String,
    /// Until when it is good.
    pub expires_at: OffsetDateTime,
}

/// An invitation as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredInvitation {
    /// Hash of its secret.
    pub token_hash: String,
    /// Whom it was sent to.
    pub address: String,
    /// The organisation that the member will belong to.
    pub organisation_id: Option<String>,
    /// The role that comes with it.
    pub role: Role,
    /// The member who invites.
    pub invited_by: String,
    /// When it was sent.
    pub created_at: OffsetDateTime,
    /// Until when it is good.
    pub expires_at: OffsetDateTime,
    /// When it made a member.
    pub used_at: Option<OffsetDateTime>,
}

/// What accepting did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AcceptOutcome {
    /// The member of this id is active.
    Accepted(String),
    /// The invitation was used, or its time is over. Nothing was written.
    Gone,
    /// The address belongs to a member. Nothing was written.
    AddressTaken,
}

#[derive(sqlx::FromRow)]
struct Row {
    token_hash: String,
    email: String,
    organisation_id: Option<String>,
    role: String,
    invited_by: String,
    created_at: OffsetDateTime,
    expires_at: OffsetDateTime,
    used_at: Option<OffsetDateTime>,
}

impl TryFrom<Row> for StoredInvitation {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            role: known(Role::find(&row.role), &row.role)?,
            token_hash: row.token_hash,
            address: row.email,
            organisation_id: row.organisation_id,
            invited_by: row.invited_by,
            created_at: row.created_at,
            expires_at: row.expires_at,
            used_at: row.used_at,
        })
    }
}

/// The invitations of a store.
#[derive(Debug, Clone, Copy)]
pub struct Invitations<'store> {
    db: &'store Db,
}

impl<'store> Invitations<'store> {
    pub(crate) fn new(db: &'store Db) -> Self {
        Self { db }
    }

    /// Adds an invitation. Others to the same address stay as they are.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the organisation is not known; [`StoreError::Unavailable`].
    pub async fn insert(
        &self,
        invitation: &NewInvitation,
        consequences: &Consequences,
        now: OffsetDateTime,
    ) -> Result<(), StoreError> {
        let mut transaction = self.db.begin_write().await?;
        execute!(
            &mut transaction,
            "insert into invitation (token_hash, email, organisation_id, role, invited_by, created_at, expires_at) \
             values ($1, $2, $3, $4, $5, $6, $7)",
            &invitation.token_hash,
            invitation.address.as_str(),
            &invitation.organisation_id,
            invitation.role.code(),
            &invitation.invited_by,
            whole(now),
            whole(invitation.expires_at)
        )?;
        consequences::write(&mut transaction, consequences, now).await?;
        transaction.commit().await
    }

    /// The invitation of a secret's hash.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`], [`StoreError::Corrupt`].
    pub async fn find(&self, token_hash: &str) -> Result<Option<StoredInvitation>, StoreError> {
        let row: Option<Row> = read!(
            self.db,
            fetch_optional,
            "select token_hash, email, organisation_id, role, invited_by, created_at, expires_at, used_at \
             from invitation where token_hash = $1",
            token_hash
        )?;
        row.map(StoredInvitation::try_from).transpose()
    }

    /// Invitations that can still be accepted, the newest first.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`], [`StoreError::Corrupt`].
    pub async fn list_open(&self, now: OffsetDateTime) -> Result<Vec<StoredInvitation>, StoreError> {
        let rows: Vec<Row> = read!(
            self.db,
            fetch_all,
            "select token_hash, email, organisation_id, role, invited_by, created_at, expires_at, used_at \
             from invitation where used_at is null and expires_at > $1 order by created_at desc, token_hash",
            whole(now)
        )?;
        rows.into_iter().map(StoredInvitation::try_from).collect()
    }

    /// Takes an invitation back; whether it could still be accepted.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn delete(
        &self,
        token_hash: &str,
        consequences: &Consequences,
        now: OffsetDateTime,
    ) -> Result<bool, StoreError> {
        let mut transaction = self.db.begin_write().await?;
        let deleted = execute!(
            &mut transaction,
            "delete from invitation where token_hash = $1 and used_at is null",
            token_hash
        )?;
        if deleted == 0 {
            return Ok(false);
        }
        consequences::write(&mut transaction, consequences, now).await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// Uses an invitation up and makes `member` one, with its role. Someone who had asked to join under the same
    /// address becomes active instead, with the new profile.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`], [`StoreError::Corrupt`].
    pub async fn accept(
        &self,
        token_hash: &str,
        member: &NewMember,
        consequences: &Consequences,
        now: OffsetDateTime,
    ) -> Result<AcceptOutcome, StoreError> {
        let mut transaction = self.db.begin_write().await?;
        let used: Vec<(String, String)> = fetch!(
            &mut transaction,
            fetch_all,
            "update invitation set used_at = $1 where token_hash = $2 and used_at is null and expires_at > $1 \
             returning role, invited_by",
            whole(now),
            token_hash
        )?;
        let Some((role, invited_by)) = used.into_iter().next() else { return Ok(AcceptOutcome::Gone) };
        let role = known(Role::find(&role), &role)?;
        let asked: Option<(String, String)> = fetch!(
            &mut transaction,
            fetch_optional,
            "select member_id, status from member where email = $1",
            member.address.as_str()
        )?;
        let member_id = match asked {
            Some((member_id, status)) if status == MemberStatus::Requested.code() => {
                execute!(&mut transaction, "delete from consent where member_id = $1", &member_id)?;
                execute!(
                    &mut transaction,
                    "delete from member where member_id = $1 and status = 'requested'",
                    &member_id
                )?;
                let member = NewMember { member_id: member_id.clone(), ..member.clone() };
                insert(&mut transaction, &member, now).await?;
                member_id
            }
            None if insert(&mut transaction, member, now).await? => member.member_id.clone(),
            Some(_) | None => return Ok(AcceptOutcome::AddressTaken),
        };
        if role != Role::Member {
            grant(&mut transaction, &member_id, role, &invited_by, now).await?;
        }
        consequences::write(&mut transaction, consequences, now).await?;
        transaction.commit().await?;
        Ok(AcceptOutcome::Accepted(member_id))
    }
}
