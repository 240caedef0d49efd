//! Sign-in links and sessions: how someone comes in, and what ends it.
//!
//! Rules: only hashes of secrets are kept; what opens a session (a link, a one-time code's step, a recovery code, a
//! passkey's counter) is used up in the transaction that begins it, so that nothing opens two; a session begins only
//! for an active member. A typed code counts as a try before it is looked at: a thousand guesses at once are five. Left
//! out: how long anything lasts, and the session behind a request, which is read with its member in one query
//! elsewhere.

use crate::consequences::{self, Consequences};
use crate::db::{Db, Transaction, execute, fetch, read};
use crate::error::StoreError;
use crate::moment::whole;
use time::OffsetDateTime;

/// A link to keep.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSignInLink {
    /// Hash of the secret in the link.
    pub token_hash: String,
    /// Whom it brings in; none when the address that it was asked for belongs to nobody.
    pub member_id: Option<String>,
    /// Hash of the secret of the browser that asked.
    pub browser_hash: String,
    /// Hash of the code.
    pub code_hash: String,
    /// Where to go after signing in: a path of this site.
    pub next_path: String,
    /// Until when it is good.
    pub expires_at: OffsetDateTime,
}

/// A link as stored.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct StoredSignInLink {
    /// Hash of the secret in the link.
    pub token_hash: String,
    /// Whom it brings in.
    pub member_id: Option<String>,
    /// Hash of the secret of the browser that asked.
    pub browser_hash: String,
    /// Hash of the code.
    pub code_hash: String,
    /// Codes typed so far.
    pub tries: i64,
    /// Where to go after signing in.
    pub next_path: String,
    /// Until when it is good.
    pub expires_at: OffsetDateTime,
    /// When it brought someone in.
    pub used_at: Option<OffsetDateTime>,
}

/// A session to begin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSession {
    /// Hash of its secret.
    pub session_hash: String,
    /// Whose it is.
    pub member_id: String,
    /// The key of its forms.
    pub form_key: String,
    /// What the member will know it by in a list.
    pub device: String,
    /// When a second factor was shown, if one was.
    pub strong_at: Option<OffsetDateTime>,
}

/// A session as stored.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct StoredSession {
    /// Hash of its secret.
    pub session_hash: String,
    /// Whose it is.
    pub member_id: String,
    /// What the member knows it by.
    pub device: String,
    /// When a second factor was last shown in it.
    pub strong_at: Option<OffsetDateTime>,
    /// When it began.
    pub created_at: OffsetDateTime,
    /// When it was last used, to within a minute.
    pub seen_at: OffsetDateTime,
    /// When it was ended.
    pub ended_at: Option<OffsetDateTime>,
}

/// What opens a session, and can do so once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opening {
    /// A link, by its hash.
    Link(String),
    /// A passkey, by its id, with its new body when that changed.
    Passkey(String, Option<String>),
    /// A one-time code, by its step.
    OneTimeStep(i64),
    /// A recovery code, by its hash.
    RecoveryCode(String),
}

/// The links and sessions of a store.
#[derive(Debug, Clone, Copy)]
pub struct Sessions<'store> {
    db: &'store Db,
}

impl<'store> Sessions<'store> {
    pub(crate) fn new(db: &'store Db) -> Self {
        Self { db }
    }

    /// Keeps a link.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn insert_link(
        &self,
        link: &NewSignInLink,
        consequences: &Consequences,
        now: OffsetDateTime,
    ) -> Result<(), StoreError> {
        let mut transaction = self.db.begin_write().await?;
        execute!(
            &mut transaction,
            "insert into sign_in_link (token_hash, member_id, browser_hash, code_hash, tries, next_path, created_at, \
             expires_at) values ($1, $2, $3, $4, 0, $5, $6, $7)",
            &link.token_hash,
            &link.member_id,
            &link.browser_hash,
            &link.code_hash,
            &link.next_path,
            whole(now),
            whole(link.expires_at)
        )?;
        consequences::write(&mut transaction, consequences, now).await?;
        transaction.commit().await
    }

    /// The link of a secret's hash.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn find_link(&self, token_hash: &str) -> Result<Option<StoredSignInLink>, StoreError> {
        Ok(read!(
            self.db,
            fetch_optional,
            "select token_hash, member_id, browser_hash, code_hash, tries, next_path, expires_at, used_at \
             from sign_in_link where token_hash = $1",
            token_hash
        )?)
    }

    /// The newest link that a browser asked for: the one that a code typed there belongs to.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn find_newest_link_of(
        &self,
        browser_hash: &str,
    ) -> Result<Option<StoredSignInLink>, StoreError> {
        Ok(read!(
            self.db,
            fetch_optional,
            "select token_hash, member_id, browser_hash, code_hash, tries, next_path, expires_at, used_at \
             from sign_in_link where browser_hash = $1 order by created_at desc, token_hash limit 1",
            browser_hash
        )?)
    }

    /// Counts a typed code before it is looked at, and gives back how many had been typed before; none when `most` were
    /// typed already, or the link was used.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn count_link_try(&self, token_hash: &str, most: u32) -> Result<Option<u32>, StoreError> {
        let mut transaction = self.db.begin_write().await?;
        let tries: Vec<(i64,)> = fetch!(
            &mut transaction,
            fetch_all,
            "update sign_in_link set tries = tries + 1 where token_hash = $1 and tries < $2 and used_at is null \
             returning tries",
            token_hash,
            i64::from(most)
        )?;
        transaction.commit().await?;
        Ok(tries.first().and_then(|(tries,)| u32::try_from(tries - 1).ok()))
    }

    /// Begins a session by all that opens it; `replaces` (a session's hash) ends, and the new one counts from when that
    /// began: showing a second factor does not make a session live longer. False when something that opens it
    /// was used up already or is gone, or the member is not active: nothing was written then.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn begin(
        &self,
        session: &NewSession,
        openings: &[Opening],
        replaces: Option<&str>,
        consequences: &Consequences,
        now: OffsetDateTime,
    ) -> Result<bool, StoreError> {
        let mut transaction = self.db.begin_write().await?;
        for opening in openings {
            if !use_up(&mut transaction, opening, &session.member_id, now).await? {
                return Ok(false);
            }
        }
        if let Some(replaced) = replaces {
            let ended = execute!(
                &mut transaction,
                "update session set ended_at = $1 where session_hash = $2 and ended_at is null",
                whole(now),
                replaced
            )?;
            if ended == 0 {
                return Ok(false);
            }
        }
        let begun = execute!(
            &mut transaction,
            "insert into session (session_hash, member_id, form_key, device, strong_at, created_at, seen_at) \
             select $1, m.member_id, $2, $3, $4, \
             coalesce((select o.created_at from session o where o.session_hash = $7 and o.member_id = m.member_id), $5), $5 \
             from member m where m.member_id = $6 and m.status = 'active'",
            &session.session_hash,
            &session.form_key,
            &session.device,
            session.strong_at.map(whole),
            whole(now),
            &session.member_id,
            replaces.unwrap_or_default()
        )?;
        if begun == 0 {
            return Ok(false);
        }
        consequences::write(&mut transaction, consequences, now).await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// The session of a hash, whatever it is worth.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn find(&self, session_hash: &str) -> Result<Option<StoredSession>, StoreError> {
        Ok(read!(
            self.db,
            fetch_optional,
            "select session_hash, member_id, device, strong_at, created_at, seen_at, ended_at from session \
             where session_hash = $1",
            session_hash
        )?)
    }

    /// A member's sessions that were not ended, the one used last first.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn list(&self, member_id: &str) -> Result<Vec<StoredSession>, StoreError> {
        Ok(read!(
            self.db,
            fetch_all,
            "select session_hash, member_id, device, strong_at, created_at, seen_at, ended_at from session \
             where member_id = $1 and ended_at is null order by seen_at desc, session_hash",
            member_id
        )?)
    }

    /// Ends one session of a member; whether it was one that had not ended.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn end(
        &self,
        member_id: &str,
        session_hash: &str,
        now: OffsetDateTime,
    ) -> Result<bool, StoreError> {
        let mut transaction = self.db.begin_write().await?;
        let ended = execute!(
            &mut transaction,
            "update session set ended_at = $1 where session_hash = $2 and member_id = $3 and ended_at is null",
            whole(now),
            session_hash,
            member_id
        )?;
        transaction.commit().await?;
        Ok(ended > 0)
    }

    /// Ends a member's sessions but for one; says how many.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn end_others(
        &self,
        member_id: &str,
        kept: &str,
        now: OffsetDateTime,
    ) -> Result<u64, StoreError> {
        let mut transaction = self.db.begin_write().await?;
        let ended = execute!(
            &mut transaction,
            "update session set ended_at = $1 where member_id = $2 and session_hash <> $3 and ended_at is null",
            whole(now),
            member_id,
            kept
        )?;
        transaction.commit().await?;
        Ok(ended)
    }

    /// Deletes links, ceremonies and invitations that expired before a moment, and sessions that ended or were last
    /// used before it; says how many rows.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn forget_before(&self, moment: OffsetDateTime) -> Result<u64, StoreError> {
        let moment = whole(moment);
        let mut transaction = self.db.begin_write().await?;
        let mut deleted = 0;
        for statement in [
            "delete from sign_in_link where expires_at < $1",
            "delete from ceremony where expires_at < $1",
            "delete from invitation where expires_at < $1",
            "delete from session where ended_at < $1 or seen_at < $1",
        ] {
            deleted += execute!(&mut transaction, statement, moment)?;
        }
        transaction.commit().await?;
        Ok(deleted)
    }
}

/// Uses up what opens a session; whether it still could.
pub(crate) async fn use_up(
    transaction: &mut Transaction,
    opening: &Opening,
    member_id: &str,
    now: OffsetDateTime,
) -> Result<bool, StoreError> {
    let now = whole(now);
    let used = match opening {
        Opening::Link(token_hash) => execute!(
            transaction,
            "update sign_in_link set used_at = $1 where token_hash = $2 and member_id = $3 and used_at is null \
             and expires_at > $1",
            now,
            token_hash,
            member_id
        ),
        Opening::Passkey(credential_id, body) => execute!(
            transaction,
            "update passkey set used_at = $1, body = coalesce($2, body) where credential_id = $3 and member_id = $4",
            now,
            body,
            credential_id,
            member_id
        ),
        Opening::OneTimeStep(step) => execute!(
            transaction,
            "update one_time_code set last_step = $1, tries = 0, tries_since = null \
             where member_id = $2 and last_step < $1 and confirmed_at is not null",
            step,
            member_id
        ),
        Opening::RecoveryCode(code_hash) => execute!(
            transaction,
            "update recovery_code set used_at = $1 where member_id = $2 and code_hash = $3 and used_at is null",
            now,
            member_id,
            code_hash
        ),
    }?;
    Ok(used > 0)
}

/// Ends all sessions of a member.
pub(crate) async fn end_all(
    transaction: &mut Transaction,
    member_id: &str,
    now: OffsetDateTime,
) -> Result<u64, StoreError> {
    Ok(execute!(
        transaction,
        "update session set ended_at = $1 where member_id = $2 and ended_at is null",
        whole(now),
        member_id
    )?)
}
