//! Signing in and stepping up with a passkey.
//!
//! Rule: a ceremony's state is kept under the hash of a token that the form carries, and taken out by the act that ends
//! it, so that an answer counts once. A passkey that may be a copy is refused, and its owner is told.

use super::{Begin, SignedIn};
use crate::access::{Act, Actor, Relation};
use crate::acts::{account, allow, allow_member, audit};
use crate::notices::{Addressee, Notice};
use crate::random::{Random, new_token};
use crate::refused::Refused;
use std::collections::BTreeSet;
use time::OffsetDateTime;
use whatworks_accounts::passkey::{self, Ceremony, LIFETIME, PasskeyError, Relying, Stored};
use whatworks_accounts::second_factor::Proof;
use whatworks_accounts::token::Token;
use whatworks_store::{CeremonyKind, Consequences, Opening, Store, StoreError, StoredPasskey};

/// A ceremony that has begun.
#[derive(Debug)]
pub struct Begun {
    /// To be sent back with the browser's answer.
    pub ceremony: Token,
    /// What the browser is asked, as JSON.
    pub options: String,
}

/// What came back.
#[derive(Debug, Clone, Copy)]
pub struct PasskeyAnswer<'a> {
    /// The ceremony that it answers.
    pub ceremony: Option<&'a Token>,
    /// What the browser says, as JSON.
    pub answer: &'a str,
    /// What the member will know the session by; when stepping up, the session keeps what it was called.
    pub device: &'a str,
    /// Where to go then.
    pub next_path: &'a str,
}

/// Begins signing in with whichever passkey the browser holds for this site.
///
/// # Errors
/// [`Refused::Store`].
pub async fn begin_passkey_sign_in(
    store: &Store,
    relying: &Relying,
    random: Random<'_>,
    now: OffsetDateTime,
) -> Result<Begun, Refused> {
    allow(None, Act::SignIn, Relation::None)?;
    let ceremony = relying.start_discoverable()?;
    keep(store, None, CeremonyKind::Authenticate, &ceremony, random, now).await
}

/// Signs in with a passkey.
///
/// # Errors
/// [`Refused::Fault`]: `passkey-late`, `passkey-refused`, `passkey-copied`; [`Refused::Store`].
pub async fn finish_passkey_sign_in(
    store: &Store,
    relying: &Relying,
    answered: PasskeyAnswer<'_>,
    random: Random<'_>,
    now: OffsetDateTime,
) -> Result<SignedIn, Refused> {
    allow(None, Act::SignIn, Relation::None)?;
    let (stored, opening) = finish(store, relying, answered, None, random, now).await?;
    let begin = Begin {
        member_id: &stored.member_id,
        shown: BTreeSet::from([Proof::Passkey]),
        openings: vec![opening],
        replaces: None,
        device: answered.device,
        next_path: answered.next_path,
    };
    begin.go(store, random, now).await?.ok_or(Refused::fault("", "passkey-refused"))
}

/// Begins showing one of one's own passkeys in a session.
///
/// # Errors
/// [`Refused::Fault`] `factor-needed` when there is none; [`Refused::SignIn`]; [`Refused::Store`].
pub async fn begin_passkey_step_up(
    store: &Store,
    relying: &Relying,
    actor: Option<&Actor>,
    random: Random<'_>,
    now: OffsetDateTime,
) -> Result<Begun, Refused> {
    let actor = allow_member(actor, Act::OwnAccount, Relation::Own)?;
    let passkeys = store.credentials().list_passkeys(&actor.member_id).await?;
    if passkeys.is_empty() {
        return Err(Refused::fault("", "factor-needed"));
    }
    let bodies: Vec<&str> = passkeys.iter().map(|one| one.body.as_str()).collect();
    let ceremony = relying.start_authentication(&bodies)?;
    keep(store, Some(&actor.member_id), CeremonyKind::Authenticate, &ceremony, random, now).await
}

/// Shows a passkey in a session; it gets a new token.
///
/// # Errors
/// As [`finish_passkey_sign_in`]; [`Refused::SignIn`] when the session is over.
pub async fn finish_passkey_step_up(
    store: &Store,
    relying: &Relying,
    actor: Option<&Actor>,
    session_hash: &str,
    answered: PasskeyAnswer<'_>,
    random: Random<'_>,
    now: OffsetDateTime,
) -> Result<SignedIn, Refused> {
    let actor = allow_member(actor, Act::OwnAccount, Relation::Own)?;
    let session = account::own_session(store, actor, session_hash, now).await?;
    let (_, opening) = finish(store, relying, answered, Some(&actor.member_id), random, now).await?;
    let begin = Begin {
        member_id: &actor.member_id,
        shown: BTreeSet::from([Proof::Passkey]),
        openings: vec![opening],
        replaces: Some(session_hash),
        device: &session.device,
        next_path: answered.next_path,
    };
    begin.go(store, random, now).await?.ok_or(Refused::fault("", "passkey-refused"))
}

/// Keeps a ceremony's state under a new token.
pub(crate) async fn keep(
    store: &Store,
    member_id: Option<&str>,
    kind: CeremonyKind,
    ceremony: &Ceremony,
    random: Random<'_>,
    now: OffsetDateTime,
) -> Result<Begun, Refused> {
    let token = new_token(random);
    let credentials = store.credentials();
    credentials.insert_ceremony(&token.hash(), member_id, kind, &ceremony.state, now + LIFETIME).await?;
    Ok(Begun { ceremony: token, options: ceremony.options.clone() })
}

/// Takes the state, checks the answer, and says whose passkey it was and what using it changes. `owner` is who must
/// own it, when somebody is signed in.
async fn finish(
    store: &Store,
    relying: &Relying,
    answered: PasskeyAnswer<'_>,
    owner: Option<&str>,
    random: Random<'_>,
    now: OffsetDateTime,
) -> Result<(StoredPasskey, Opening), Refused> {
    let late = || Refused::fault("", "passkey-late");
    let refused = || Refused::fault("", "passkey-refused");
    let token = answered.ceremony.ok_or_else(late)?;
    let credentials = store.credentials();
    let state = credentials.take_ceremony(&token.hash(), CeremonyKind::Authenticate, now).await?;
    let state = state.ok_or_else(late)?;
    let credential_id = passkey::credential_of(answered.answer).map_err(|_| refused())?;
    let stored = credentials.find_passkey(&credential_id).await?.ok_or_else(refused)?;
    if state.member_id.as_deref() != owner || owner.is_some_and(|owner| owner != stored.member_id) {
        return Err(refused());
    }
    let proven = Stored { member_id: &stored.member_id, body: &stored.body };
    match relying.finish_authentication(&state.state, answered.answer, proven) {
        Ok(used) => Ok((stored, Opening::Passkey(credential_id, used.body))),
        Err(PasskeyError::Copied) => {
            warn_of_copy(store, &stored, random, now).await?;
            Err(Refused::fault("", "passkey-copied"))
        }
        Err(error) => Err(error.into()),
    }
}

async fn warn_of_copy(
    store: &Store,
    stored: &StoredPasskey,
    random: Random<'_>,
    now: OffsetDateTime,
) -> Result<(), Refused> {
    let owner = store.members().find(&stored.member_id).await?;
    let to = owner.as_ref().and_then(Addressee::member);
    let notice = Notice::PasskeyCopied { name: stored.name.clone() };
    let follows = Consequences {
        mail: to.map(|to| notice.mail(&to, random)).into_iter().collect(),
        audit: vec![audit("program", "passkey-copied", &stored.member_id, "")],
        ..Consequences::default()
    };
    Ok(store.write_consequences(&follows, now).await?)
}

impl From<PasskeyError> for Refused {
    /// What a passkey's error is to whoever showed it.
    fn from(error: PasskeyError) -> Self {
        match error {
            PasskeyError::Stored(_) | PasskeyError::Setting { .. } => {
                Self::Store(StoreError::Corrupt { what: error.to_string() })
            }
            PasskeyError::Answer | PasskeyError::Refused(_) => Self::fault("", "passkey-refused"),
            PasskeyError::Copied => Self::fault("", "passkey-copied"),
        }
    }
}
