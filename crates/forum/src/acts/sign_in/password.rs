//! Signing in and stepping up with a password, and a one-time or recovery code where the member has them.
//!
//! Rule: a password is checked off the threads that answer, two at a time, since each check takes 32 MiB and 60 ms; who
//! is unknown or has no password takes as long. A one-time code counts as a try before it is looked at, five in a
//! quarter of an hour.

use super::{Begin, SignedIn, find_active, held};
use crate::access::{Act, Actor, Relation};
use crate::acts::{account, allow, allow_member};
use crate::random::Random;
use crate::refused::Refused;
use std::collections::BTreeSet;
use time::OffsetDateTime;
use tokio::sync::Semaphore;
use whatworks_accounts::password::{Password, needs_rehash};
use whatworks_accounts::recovery::RecoveryCode;
use whatworks_accounts::second_factor::Proof;
use whatworks_accounts::totp::{self, Secret};
use whatworks_domain::member::MailAddress;
use whatworks_store::{Opening, Store, StoreError};

/// Passwords that are hashed at a time.
static HASHING: Semaphore = Semaphore::const_new(2);

/// What someone signs in with.
#[derive(Debug, Clone, Copy)]
pub struct WithPassword<'a> {
    /// The address as typed.
    pub address: &'a str,
    /// The password as typed, spaces and all.
    pub password: &'a str,
    /// A one-time or recovery code; blank for none.
    pub code: &'a str,
    /// What the member will know the session by.
    pub device: &'a str,
    /// Where to go after signing in.
    pub next_path: &'a str,
}

/// What a member shows to get powers in a session that has none, or has not shown any for a while.
#[derive(Debug, Clone, Copy)]
pub struct StepUpWithPassword<'a> {
    /// Hash of the session it is asked in.
    pub session_hash: &'a str,
    /// The password as typed.
    pub password: &'a str,
    /// A one-time or recovery code.
    pub code: &'a str,
    /// Where to go then.
    pub next_path: &'a str,
}

/// Signs in with a password. A wrong address, a wrong password and no password are one answer.
///
/// # Errors
/// [`Refused::Fault`]: `password-wrong`, `code-wanted` (the password was right), `one-time-wrong`;
/// [`Refused::TooOften`] after five codes in a quarter of an hour; [`Refused::Store`].
pub async fn sign_in_with_password(
    store: &Store,
    asked: WithPassword<'_>,
    random: Random<'_>,
    now: OffsetDateTime,
) -> Result<SignedIn, Refused> {
    allow(None, Act::SignIn, Relation::None)?;
    let member = match MailAddress::new(asked.address) {
        Ok(address) => find_active(store, &address).await?,
        Err(_) => None,
    };
    let member_id = member.as_ref().map(|member| member.member_id.as_str());
    if !check_password(store, member_id, asked.password, random).await? {
        return Err(Refused::fault("password", "password-wrong"));
    }
    let member_id = member_id.ok_or(Refused::fault("password", "password-wrong"))?;
    let mut begin = Begin {
        member_id,
        shown: BTreeSet::from([Proof::Password]),
        openings: Vec::new(),
        replaces: None,
        device: asked.device,
        next_path: asked.next_path,
    };
    if held(store.credentials().find_held(member_id).await?).one_time_codes {
        let (proof, opening) = check_code(store, member_id, asked.code, now).await?;
        begin.shown.insert(proof);
        begin.openings.push(opening);
    }
    begin.go(store, random, now).await?.ok_or(Refused::fault("code", "one-time-wrong"))
}

/// Shows password and code in a session; it gets a new token.
///
/// # Errors
/// As [`sign_in_with_password`]; `password-first` when the member has not set up both; [`Refused::SignIn`] when the
/// session is over.
pub async fn step_up_with_password(
    store: &Store,
    actor: Option<&Actor>,
    asked: StepUpWithPassword<'_>,
    random: Random<'_>,
    now: OffsetDateTime,
) -> Result<SignedIn, Refused> {
    let actor = allow_member(actor, Act::OwnAccount, Relation::Own)?;
    let session = account::own_session(store, actor, asked.session_hash, now).await?;
    let factors = held(store.credentials().find_held(&actor.member_id).await?);
    if !factors.password || !factors.one_time_codes {
        return Err(Refused::fault("password", "password-first"));
    }
    if !check_password(store, Some(&actor.member_id), asked.password, random).await? {
        return Err(Refused::fault("password", "password-wrong"));
    }
    let (proof, opening) = check_code(store, &actor.member_id, asked.code, now).await?;
    let begin = Begin {
        member_id: &actor.member_id,
        shown: BTreeSet::from([Proof::Password, proof]),
        openings: vec![opening],
        replaces: Some(asked.session_hash),
        device: &session.device,
        next_path: asked.next_path,
    };
    begin.go(store, random, now).await?.ok_or(Refused::fault("code", "one-time-wrong"))
}

/// Whether this is the member's password; takes as long when there is no member or no password. A hash weaker than
/// those made now is made anew.
async fn check_password(
    store: &Store,
    member_id: Option<&str>,
    typed: &str,
    random: Random<'_>,
) -> Result<bool, Refused> {
    let Some(password) = Password::typed(typed) else { return Ok(false) };
    let phc = match member_id {
        Some(member_id) => store.credentials().find_password(member_id).await?,
        None => None,
    };
    let random = random();
    let mut salt = [0; 16];
    salt.copy_from_slice(&random[..16]);
    let old = phc.clone();
    let checked = quietly(move || {
        let Some(phc) = phc else {
            password.spend();
            return Ok((false, None));
        };
        let is_right = password.verify(&phc)?;
        let anew = if is_right && needs_rehash(&phc) { Some(password.hash(salt)?) } else { None };
        Ok((is_right, anew))
    });
    let (is_right, anew) = checked.await?;
    if let (Some(member_id), Some(old), Some(anew)) = (member_id, old, anew) {
        store.credentials().rehash_password(member_id, &old, &anew).await?;
    }
    Ok(is_right)
}

/// Runs a slow computation with a password off the threads that answer.
pub(crate) async fn quietly<T: Send + 'static>(
    compute: impl FnOnce() -> Result<T, whatworks_accounts::password::Unreadable> + Send + 'static,
) -> Result<T, Refused> {
    let corrupt = |what: String| Refused::Store(StoreError::Corrupt { what });
    // The semaphore is never closed; if it were, hashing without it would still be right.
    let _permit = HASHING.acquire().await.ok();
    let computed = tokio::task::spawn_blocking(compute).await;
    computed.map_err(|error| corrupt(error.to_string()))?.map_err(|error| corrupt(error.to_string()))
}

/// What a typed code proves, and what it uses up. A code of six digits is a one-time code, a long one a recovery code.
async fn check_code(
    store: &Store,
    member_id: &str,
    typed: &str,
    now: OffsetDateTime,
) -> Result<(Proof, Opening), Refused> {
    if typed.trim().is_empty() {
        return Err(Refused::fault("code", "code-wanted"));
    }
    if let Some(code) = RecoveryCode::read(typed) {
        return Ok((Proof::RecoveryCode, Opening::RecoveryCode(code.hash())));
    }
    let step = one_time_step(store, member_id, typed, now).await?;
    Ok((Proof::OneTimeCode, Opening::OneTimeStep(step)))
}

/// The step that a one-time code proves; the code counts as a try whatever it is.
pub(crate) async fn one_time_step(
    store: &Store,
    member_id: &str,
    typed: &str,
    now: OffsetDateTime,
) -> Result<i64, Refused> {
    let credentials = store.credentials();
    let stored = credentials.find_one_time_code(member_id).await?;
    let stored = stored.ok_or(Refused::fault("code", "one-time-wrong"))?;
    let since = now - totp::TRIES_WITHIN;
    if !credentials.count_one_time_try(member_id, totp::MAX_TRIES, since, now).await? {
        return Err(Refused::TooOften(totp::TRIES_WITHIN.whole_seconds().unsigned_abs()));
    }
    let secret = Secret::read(&stored.secret).ok_or_else(|| StoreError::Corrupt {
        what: format!("the one-time secret of member {member_id} cannot be read"),
    })?;
    let step = secret.check(typed, stored.last_step.unsigned_abs(), now);
    step.and_then(|step| i64::try_from(step).ok()).ok_or(Refused::fault("code", "one-time-wrong"))
}
