//! What a member proves themselves with: passkeys, password, one-time codes, recovery codes.
//!
//! Rules: a ceremony's state is taken out by the act that uses it, so that an answer counts once; the step of a
//! one-time code only rises; a code counts as a try before it is looked at, five in a window are enough. The secret of
//! one-time codes and the bodies of passkeys cannot be kept as hashes. A new password ends the member's other sessions.
//! Left out: what any of these prove.

use crate::consequences::{self, Consequences};
use crate::db::{Db, Transaction, execute, fetch, read};
use crate::error::StoreError;
use crate::moment::whole;
use time::OffsetDateTime;

/// A passkey.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct StoredPasskey {
    /// Its id, unique over all members.
    pub credential_id: String,
    /// Whose it is.
    pub member_id: String,
    /// What the member calls it.
    pub name: String,
    /// Its public key and counter.
    pub body: String,
    /// When it was registered.
    pub created_at: OffsetDateTime,
    /// When it was last used.
    pub used_at: Option<OffsetDateTime>,
}

/// The state of a passkey's ceremony between its halves.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct StoredCeremony {
    /// The member, when one is known before the answer.
    pub member_id: Option<String>,
    /// The state.
    pub state: String,
}

/// What a ceremony is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CeremonyKind {
    /// To register a passkey.
    Register,
    /// To show one.
    Authenticate,
}

impl CeremonyKind {
    fn code(self) -> &'static str {
        match self {
            Self::Register => "register",
            Self::Authenticate => "authenticate",
        }
    }
}

/// One-time codes as stored.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct StoredOneTimeCode {
    /// The secret shared with the member's app.
    pub secret: String,
    /// When the first code confirmed it; before that it proves nothing.
    pub confirmed_at: Option<OffsetDateTime>,
    /// The step of the last code that counted.
    pub last_step: i64,
}

/// What a member has set up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::FromRow)]
pub struct HeldFactors {
    /// Passkeys.
    pub passkeys: i64,
    /// Whether there is a password.
    pub has_password: bool,
    /// Whether there are confirmed one-time codes.
    pub has_one_time_codes: bool,
    /// Recovery codes that were not used.
    pub recovery_codes: i64,
}

/// The credentials of a store.
#[derive(Debug, Clone, Copy)]
pub struct Credentials<'store> {
    db: &'store Db,
}

impl<'store> Credentials<'store> {
    pub(crate) fn new(db: &'store Db) -> Self {
        Self { db }
    }

    /// What a member has set up.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn find_held(&self, member_id: &str) -> Result<HeldFactors, StoreError> {
        Ok(read!(
            self.db,
            fetch_one,
            "select (select count(*) from passkey where member_id = $1) as passkeys, \
             exists (select 1 from password where member_id = $1) as has_password, \
             exists (select 1 from one_time_code where member_id = $1 and confirmed_at is not null) \
             as has_one_time_codes, \
             (select count(*) from recovery_code where member_id = $1 and used_at is null) as recovery_codes",
            member_id
        )?)
    }

    /// A member's passkeys, in the order in which they were registered.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn list_passkeys(&self, member_id: &str) -> Result<Vec<StoredPasskey>, StoreError> {
        Ok(read!(
            self.db,
            fetch_all,
            "select credential_id, member_id, name, body, created_at, used_at from passkey where member_id = $1 \
             order by created_at, credential_id",
            member_id
        )?)
    }

    /// The passkey of an id.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn find_passkey(&self, credential_id: &str) -> Result<Option<StoredPasskey>, StoreError> {
        Ok(read!(
            self.db,
            fetch_optional,
            "select credential_id, member_id, name, body, created_at, used_at from passkey where credential_id = $1",
            credential_id
        )?)
    }

    /// Adds a passkey; false when its id is known already.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn insert_passkey(
        &self,
        member_id: &str,
        credential_id: &str,
        name: &str,
        body: &str,
        consequences: &Consequences,
        now: OffsetDateTime,
    ) -> Result<bool, StoreError> {
        let mut transaction = self.db.begin_write().await?;
        let inserted = execute!(
            &mut transaction,
            "insert into passkey (credential_id, member_id, name, body, created_at) values ($1, $2, $3, $4, $5) \
             on conflict (credential_id) do nothing",
            credential_id,
            member_id,
            name,
            body,
            whole(now)
        )?;
        if inserted == 0 {
            return Ok(false);
        }
        consequences::write(&mut transaction, consequences, now).await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// Takes a passkey from a member; whether there was such a one.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn delete_passkey(
        &self,
        member_id: &str,
        credential_id: &str,
        consequences: &Consequences,
        now: OffsetDateTime,
    ) -> Result<bool, StoreError> {
        let mut transaction = self.db.begin_write().await?;
        let deleted = execute!(
            &mut transaction,
            "delete from passkey where credential_id = $1 and member_id = $2",
            credential_id,
            member_id
        )?;
        if deleted == 0 {
            return Ok(false);
        }
        consequences::write(&mut transaction, consequences, now).await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// Keeps the state of a ceremony.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn insert_ceremony(
        &self,
        ceremony_hash: &str,
        member_id: Option<&str>,
        kind: CeremonyKind,
        state: &str,
        expires_at: OffsetDateTime,
    ) -> Result<(), StoreError> {
        let mut transaction = self.db.begin_write().await?;
        execute!(
            &mut transaction,
            "insert into ceremony (ceremony_hash, member_id, kind, state, expires_at) values ($1, $2, $3, $4, $5)",
            ceremony_hash,
            member_id,
            kind.code(),
            state,
            whole(expires_at)
        )?;
        transaction.commit().await
    }

    /// Takes the state of a ceremony out, once and before it expires.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn take_ceremony(
        &self,
        ceremony_hash: &str,
        kind: CeremonyKind,
        now: OffsetDateTime,
    ) -> Result<Option<StoredCeremony>, StoreError> {
        let mut transaction = self.db.begin_write().await?;
        let taken: Vec<StoredCeremony> = fetch!(
            &mut transaction,
            fetch_all,
            "delete from ceremony where ceremony_hash = $1 and kind = $2 and expires_at > $3 \
             returning member_id, state",
            ceremony_hash,
            kind.code(),
            whole(now)
        )?;
        transaction.commit().await?;
        Ok(taken.into_iter().next())
    }

    /// The PHC string of a member's password.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn find_password(&self, member_id: &str) -> Result<Option<String>, StoreError> {
        let row: Option<(String,)> =
            read!(self.db, fetch_optional, "select phc from password where member_id = $1", member_id)?;
        Ok(row.map(|(phc,)| phc))
    }

    /// Sets a member's password and ends the member's sessions but for `kept`.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn set_password(
        &self,
        member_id: &str,
        phc: &str,
        kept: &str,
        consequences: &Consequences,
        now: OffsetDateTime,
    ) -> Result<(), StoreError> {
        let mut transaction = self.db.begin_write().await?;
        execute!(
            &mut transaction,
            "insert into password (member_id, phc, changed_at) values ($1, $2, $3) \
             on conflict (member_id) do update set phc = $2, changed_at = $3",
            member_id,
            phc,
            whole(now)
        )?;
        execute!(
            &mut transaction,
            "update session set ended_at = $1 where member_id = $2 and session_hash <> $3 and ended_at is null",
            whole(now),
            member_id,
            kept
        )?;
        consequences::write(&mut transaction, consequences, now).await?;
        transaction.commit().await
    }

    /// Keeps a password's stronger hash, if the password is still the one that was hashed.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn rehash_password(&self, member_id: &str, old: &str, new: &str) -> Result<(), StoreError> {
        let mut transaction = self.db.begin_write().await?;
        execute!(
            &mut transaction,
            "update password set phc = $1 where member_id = $2 and phc = $3",
            new,
            member_id,
            old
        )?;
        transaction.commit().await
    }

    /// Takes a member's password, and with it the one-time and recovery codes, which prove nothing alone; whether there
    /// was one.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn delete_password(
        &self,
        member_id: &str,
        consequences: &Consequences,
        now: OffsetDateTime,
    ) -> Result<bool, StoreError> {
        let mut transaction = self.db.begin_write().await?;
        let deleted = execute!(&mut transaction, "delete from password where member_id = $1", member_id)?;
        if deleted == 0 {
            return Ok(false);
        }
        delete_codes(&mut transaction, member_id).await?;
        consequences::write(&mut transaction, consequences, now).await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// A member's one-time codes.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn find_one_time_code(&self, member_id: &str) -> Result<Option<StoredOneTimeCode>, StoreError> {
        Ok(read!(
            self.db,
            fetch_optional,
            "select secret, confirmed_at, last_step from one_time_code where member_id = $1",
            member_id
        )?)
    }

    /// Keeps a secret that waits for its first code; false when the member has confirmed codes, which stay.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn insert_one_time_secret(&self, member_id: &str, secret: &str) -> Result<bool, StoreError> {
        let mut transaction = self.db.begin_write().await?;
        let inserted = execute!(
            &mut transaction,
            "insert into one_time_code (member_id, secret, last_step, tries) values ($1, $2, 0, 0) \
             on conflict (member_id) do update set secret = $2, last_step = 0, tries = 0, tries_since = null \
             where one_time_code.confirmed_at is null",
            member_id,
            secret
        )?;
        transaction.commit().await?;
        Ok(inserted > 0)
    }

    /// Confirms a secret by the step of its first code, and puts recovery codes in the place of any others; false when
    /// the secret is another by now, or was confirmed.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn confirm_one_time_code(
        &self,
        member_id: &str,
        secret: &str,
        step: i64,
        recovery_hashes: &[String],
        consequences: &Consequences,
        now: OffsetDateTime,
    ) -> Result<bool, StoreError> {
        let mut transaction = self.db.begin_write().await?;
        let confirmed = execute!(
            &mut transaction,
            "update one_time_code set confirmed_at = $1, last_step = $2, tries = 0, tries_since = null \
             where member_id = $3 and secret = $4 and confirmed_at is null",
            whole(now),
            step,
            member_id,
            secret
        )?;
        if confirmed == 0 {
            return Ok(false);
        }
        replace_recovery_codes(&mut transaction, member_id, recovery_hashes).await?;
        consequences::write(&mut transaction, consequences, now).await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// Counts a one-time code before it is looked at; false when `most` were typed since `since`, or there are no codes.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn count_one_time_try(
        &self,
        member_id: &str,
        most: u32,
        since: OffsetDateTime,
        now: OffsetDateTime,
    ) -> Result<bool, StoreError> {
        let mut transaction = self.db.begin_write().await?;
        let counted = execute!(
            &mut transaction,
            "update one_time_code set \
             tries = case when tries_since is null or tries_since <= $1 then 1 else tries + 1 end, \
             tries_since = case when tries_since is null or tries_since <= $1 then $2 else tries_since end \
             where member_id = $3 and (tries < $4 or tries_since is null or tries_since <= $1)",
            whole(since),
            whole(now),
            member_id,
            i64::from(most)
        )?;
        transaction.commit().await?;
        Ok(counted > 0)
    }

    /// Takes a member's one-time and recovery codes; whether there were confirmed ones.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn delete_one_time_code(
        &self,
        member_id: &str,
        consequences: &Consequences,
        now: OffsetDateTime,
    ) -> Result<bool, StoreError> {
        let mut transaction = self.db.begin_write().await?;
        let found: Option<(i64,)> = fetch!(
            &mut transaction,
            fetch_optional,
            "select last_step from one_time_code where member_id = $1 and confirmed_at is not null",
            member_id
        )?;
        if found.is_none() {
            return Ok(false);
        }
        delete_codes(&mut transaction, member_id).await?;
        consequences::write(&mut transaction, consequences, now).await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// Puts recovery codes in the place of any others.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn set_recovery_codes(
        &self,
        member_id: &str,
        hashes: &[String],
        consequences: &Consequences,
        now: OffsetDateTime,
    ) -> Result<(), StoreError> {
        let mut transaction = self.db.begin_write().await?;
        replace_recovery_codes(&mut transaction, member_id, hashes).await?;
        consequences::write(&mut transaction, consequences, now).await?;
        transaction.commit().await
    }
}

async fn replace_recovery_codes(
    transaction: &mut Transaction,
    member_id: &str,
    hashes: &[String],
) -> Result<(), StoreError> {
    execute!(transaction, "delete from recovery_code where member_id = $1", member_id)?;
    for hash in hashes {
        execute!(
            transaction,
            "insert into recovery_code (member_id, code_hash) values ($1, $2)",
            member_id,
            hash
        )?;
    }
    Ok(())
}

async fn delete_codes(transaction: &mut Transaction, member_id: &str) -> Result<(), StoreError> {
    execute!(transaction, "delete from one_time_code where member_id = $1", member_id)?;
    execute!(transaction, "delete from recovery_code where member_id = $1", member_id)?;
    Ok(())
}
