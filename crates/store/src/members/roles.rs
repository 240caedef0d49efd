//! Roles of members: given, taken, listed; and who are the stewards, of whom one always stays.
//!
//! Rule: whoever changes who is a steward holds the right to until the transaction ends, so that two stewards cannot each
//! take the other for the one who stays. Left out: what a role allows, which is the forum's to say.

use super::{Members, StandingOutcome, known};
use crate::consequences::{self, Consequences};
use crate::db::{Backend, Transaction, execute, fetch, read};
use crate::error::StoreError;
use crate::moment::whole;
use time::OffsetDateTime;
use whatworks_domain::member::Role;

/// A role that a member holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldRole {
    /// The role.
    pub role: Role,
    /// Who gave it; `program` at the first start.
    pub granted_by: String,
    /// When.
    pub granted_at: OffsetDateTime,
}

impl Members<'_> {
    /// Gives an active member a role other than [`Role::Member`].
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn grant_role(
        &self,
        member_id: &str,
        role: Role,
        granted_by: &str,
        consequences: &Consequences,
        now: OffsetDateTime,
    ) -> Result<StandingOutcome, StoreError> {
        let mut transaction = self.db.begin_write().await?;
        if !grant(&mut transaction, member_id, role, granted_by, now).await? {
            return Ok(StandingOutcome::Unchanged);
        }
        consequences::write(&mut transaction, consequences, now).await?;
        transaction.commit().await?;
        Ok(StandingOutcome::Changed)
    }

    /// Takes a role from a member.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn take_role(
        &self,
        member_id: &str,
        role: Role,
        consequences: &Consequences,
        now: OffsetDateTime,
    ) -> Result<StandingOutcome, StoreError> {
        let mut transaction = self.db.begin_write().await?;
        let stewards = lock_stewards(&mut transaction).await?;
        if role == Role::Steward && is_last(&stewards, member_id) {
            return Ok(StandingOutcome::LastSteward);
        }
        let deleted = execute!(
            &mut transaction,
            "delete from member_role where member_id = $1 and role = $2",
            member_id,
            role.code()
        )?;
        if deleted == 0 {
            return Ok(StandingOutcome::Unchanged);
        }
        consequences::write(&mut transaction, consequences, now).await?;
        transaction.commit().await?;
        Ok(StandingOutcome::Changed)
    }

    /// The roles that a member holds, with who gave them.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`], [`StoreError::Corrupt`].
    pub async fn list_roles(&self, member_id: &str) -> Result<Vec<HeldRole>, StoreError> {
        let rows: Vec<(String, String, OffsetDateTime)> = read!(
            self.db,
            fetch_all,
            "select role, granted_by, granted_at from member_role where member_id = $1 order by role",
            member_id
        )?;
        let held = rows.into_iter().map(|(word, granted_by, granted_at)| {
            Ok(HeldRole { role: known(Role::find(&word), &word)?, granted_by, granted_at })
        });
        held.collect()
    }
}

/// Gives an active member a role; whether it was new.
pub(crate) async fn grant(
    transaction: &mut Transaction,
    member_id: &str,
    role: Role,
    granted_by: &str,
    now: OffsetDateTime,
) -> Result<bool, StoreError> {
    let granted = execute!(
        transaction,
        "insert into member_role (member_id, role, granted_by, granted_at) \
         select m.member_id, $1, $2, $3 from member m where m.member_id = $4 and m.status = 'active' \
         on conflict (member_id, role) do nothing",
        role.code(),
        granted_by,
        whole(now),
        member_id
    )?;
    Ok(granted > 0)
}

/// PostgreSQL's name for the right to change who is a steward (any number that nothing else uses).
const STEWARDS: i64 = 0x7768_6174_7374_6577;

/// The ids of active stewards. Nobody else changes who they are until the transaction ends, so that two stewards cannot
/// each take the other for the one who stays.
pub(crate) async fn lock_stewards(transaction: &mut Transaction) -> Result<Vec<String>, StoreError> {
    if let Backend::Postgres(t) = transaction {
        sqlx::query("select pg_advisory_xact_lock($1)").bind(STEWARDS).execute(&mut **t).await?;
    }
    let rows: Vec<(String,)> = fetch!(
        transaction,
        fetch_all,
        "select m.member_id from member_role r join member m on m.member_id = r.member_id \
         where r.role = 'steward' and m.status = 'active' order by m.member_id"
    )?;
    Ok(rows.into_iter().map(|(member_id,)| member_id).collect())
}

/// Whether nobody but this member is an active steward.
pub(crate) fn is_last(stewards: &[String], member_id: &str) -> bool {
    stewards.iter().map(String::as_str).eq([member_id])
}
