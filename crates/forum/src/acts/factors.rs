//! What a member proves themselves with: adding it, changing it, taking it away.
//!
//! Rules: the first factor may be added in any session, another one or a change only when one was shown within ten
//! minutes; who holds a role with power keeps enough to use it; each change is told by mail and stands in the record.
//! One-time codes go with a password and prove nothing alone. Left out: showing a factor, which is in
//! [`super::sign_in`].

use super::account::{is_fresh, own_member, own_session};
use super::sign_in::{Begun, PasskeyAnswer, held, keep, one_time_step, quietly};
use super::{allow_member, audit, fault_with};
use crate::access::{Act, Actor, Relation};
use crate::notices::{Addressee, FactorChange, Notice};
use crate::random::Random;
use crate::refused::Refused;
use time::OffsetDateTime;
use whatworks_accounts::passkey::Relying;
use whatworks_accounts::password::{Fault, MAX_LENGTH, MIN_LENGTH, Password};
use whatworks_accounts::recovery::{COUNT, RecoveryCode};
use whatworks_accounts::second_factor::{Held, may_change_factors};
use whatworks_accounts::totp::Secret;
use whatworks_domain::member::member_name;
use whatworks_store::{CeremonyKind, Consequences, Store, StoredMember};

/// The session that a factor is changed in.
#[derive(Debug, Clone, Copy)]
pub struct Own<'a> {
    /// Who changes.
    pub actor: Option<&'a Actor>,
    /// Hash of the session.
    pub session_hash: &'a str,
}

/// Who may change, with what they hold.
struct Changing {
    member: StoredMember,
    held: Held,
}

impl Own<'_> {
    /// Checks that factors may be changed here and now.
    async fn allow(&self, store: &Store, now: OffsetDateTime) -> Result<Changing, Refused> {
        let actor = allow_member(self.actor, Act::OwnAccount, Relation::Own)?;
        let session = own_session(store, actor, self.session_hash, now).await?;
        let held = held(store.credentials().find_held(&actor.member_id).await?);
        if !may_change_factors(held, is_fresh(&session, now)) {
            return Err(Refused::SecondFactor);
        }
        Ok(Changing { member: own_member(store, actor).await?, held })
    }
}

impl Changing {
    fn id(&self) -> &str {
        &self.member.member_id
    }

    /// The mail and the row of the record that a change has.
    fn follows(&self, change: FactorChange, random: Random<'_>) -> Consequences {
        let notice = Notice::FactorChanged { change: change.code().into() };
        let to = Addressee::member(&self.member);
        Consequences {
            mail: to.map(|to| notice.mail(&to, random)).into_iter().collect(),
            audit: vec![audit(self.id(), "factor-changed", self.id(), change.code())],
            ..Consequences::default()
        }
    }

    /// Refuses to leave someone with power without what it needs.
    fn keep_enough(&self, left: Held) -> Result<(), Refused> {
        if self.member.has_power() && self.held.is_enough() && !left.is_enough() {
            return Err(Refused::fault("", "factor-needed"));
        }
        Ok(())
    }
}

/// Begins to register a passkey.
///
/// # Errors
/// [`Refused::SecondFactor`] when one must be shown first; [`Refused::SignIn`], [`Refused::Store`].
pub async fn begin_passkey(
    store: &Store,
    relying: &Relying,
    own: Own<'_>,
    random: Random<'_>,
    now: OffsetDateTime,
) -> Result<Begun, Refused> {
    let changing = own.allow(store, now).await?;
    let passkeys = store.credentials().list_passkeys(changing.id()).await?;
    let bodies: Vec<&str> = passkeys.iter().map(|one| one.body.as_str()).collect();
    let account = changing.member.address.as_deref().unwrap_or_default();
    let ceremony =
        relying.start_registration(changing.id(), account, &changing.member.profile.name, &bodies)?;
    keep(store, Some(changing.id()), CeremonyKind::Register, &ceremony, random, now).await
}

/// Adds the passkey that a browser made; `name` is what the member calls it.
///
/// # Errors
/// [`Refused::Fault`]: `passkey-late`, `passkey-refused`, `passkey-known`, a fault of the name; others as
/// [`begin_passkey`].
pub async fn finish_passkey(
    store: &Store,
    relying: &Relying,
    own: Own<'_>,
    answered: PasskeyAnswer<'_>,
    name: &str,
    random: Random<'_>,
    now: OffsetDateTime,
) -> Result<(), Refused> {
    let changing = own.allow(store, now).await?;
    let name = member_name(name).map_err(|_| Refused::fault("passkey_name", "name-missing"))?;
    let late = || Refused::fault("", "passkey-late");
    let token = answered.ceremony.ok_or_else(late)?;
    let credentials = store.credentials();
    let state = credentials.take_ceremony(&token.hash(), CeremonyKind::Register, now).await?;
    let state = state.filter(|state| state.member_id.as_deref() == Some(changing.id())).ok_or_else(late)?;
    let made = relying.finish_registration(&state.state, answered.answer)?;
    let follows = changing.follows(FactorChange::PasskeyAdded, random);
    let added =
        credentials.insert_passkey(changing.id(), &made.credential_id, &name, &made.body, &follows, now);
    if added.await? { Ok(()) } else { Err(Refused::fault("", "passkey-known")) }
}

/// Removes a passkey.
///
/// # Errors
/// [`Refused::Missing`]; [`Refused::Fault`] `factor-needed` when a role with power would be left without; others as
/// [`begin_passkey`].
pub async fn remove_passkey(
    store: &Store,
    own: Own<'_>,
    credential_id: &str,
    random: Random<'_>,
    now: OffsetDateTime,
) -> Result<(), Refused> {
    let changing = own.allow(store, now).await?;
    let passkeys = store.credentials().list_passkeys(changing.id()).await?;
    if !passkeys.iter().any(|one| one.credential_id == credential_id) {
        return Err(Refused::Missing("passkey"));
    }
    changing.keep_enough(Held { passkey: passkeys.len() > 1, ..changing.held })?;
    let follows = changing.follows(FactorChange::PasskeyRemoved, random);
    let removed = store.credentials().delete_passkey(changing.id(), credential_id, &follows, now).await?;
    if removed { Ok(()) } else { Err(Refused::Missing("passkey")) }
}

/// Sets or changes the password and ends all other sessions. `site` are words of the site that must not be most of it:
/// its name and host.
///
/// # Errors
/// [`Refused::Fault`] of the password; others as [`begin_passkey`].
pub async fn set_password(
    store: &Store,
    own: Own<'_>,
    typed: &str,
    site: &[&str],
    random: Random<'_>,
    now: OffsetDateTime,
) -> Result<(), Refused> {
    let changing = own.allow(store, now).await?;
    let organisation = match &changing.member.organisation_id {
        Some(id) => store.organisations().find(id).await?.map(|organisation| organisation.name),
        None => None,
    };
    let mut context = site.to_vec();
    context.push(&changing.member.profile.name);
    context.extend(changing.member.address.as_deref());
    context.extend(organisation.as_deref());
    let password = Password::choose(typed, &context).map_err(|fault| match fault {
        Fault::TooShort(_) => fault_with("password", "password-short", "least", &MIN_LENGTH),
        Fault::TooLong => fault_with("password", "password-long", "most", &MAX_LENGTH),
        Fault::Common => Refused::fault("password", "password-common"),
        Fault::Pattern => Refused::fault("password", "password-pattern"),
        Fault::Context(word) => fault_with("password", "password-context", "word", &word),
    })?;
    let mut salt = [0; 16];
    salt.copy_from_slice(&random()[..16]);
    let phc = quietly(move || password.hash(salt)).await?;
    let follows = changing.follows(FactorChange::PasswordSet, random);
    Ok(store.credentials().set_password(changing.id(), &phc, own.session_hash, &follows, now).await?)
}

/// Removes the password, and the one-time and recovery codes with it.
///
/// # Errors
/// [`Refused::Missing`]; [`Refused::Fault`] `factor-needed`; others as [`begin_passkey`].
pub async fn remove_password(
    store: &Store,
    own: Own<'_>,
    random: Random<'_>,
    now: OffsetDateTime,
) -> Result<(), Refused> {
    let changing = own.allow(store, now).await?;
    changing.keep_enough(Held { password: false, one_time_codes: false, ..changing.held })?;
    let follows = changing.follows(FactorChange::PasswordRemoved, random);
    let removed = store.credentials().delete_password(changing.id(), &follows, now).await?;
    if removed { Ok(()) } else { Err(Refused::Missing("password")) }
}

/// Begins one-time codes: the secret to enter into an app. It proves nothing until a first code confirmed it.
///
/// # Errors
/// [`Refused::Fault`]: `password-first` without a password, `already-so` with confirmed codes; others as
/// [`begin_passkey`].
pub async fn begin_one_time_codes(
    store: &Store,
    own: Own<'_>,
    random: Random<'_>,
    now: OffsetDateTime,
) -> Result<Secret, Refused> {
    let changing = own.allow(store, now).await?;
    if !changing.held.password {
        return Err(Refused::fault("", "password-first"));
    }
    let mut bytes = [0; 20];
    bytes.copy_from_slice(&random()[..20]);
    let secret = Secret::from_bytes(bytes);
    let is_kept = store.credentials().insert_one_time_secret(changing.id(), &secret.text()).await?;
    if is_kept { Ok(secret) } else { Err(Refused::fault("", "already-so")) }
}

/// The secret that waits for its first code, for a page that shows it again.
///
/// # Errors
/// As [`begin_passkey`].
pub async fn find_waiting_secret(
    store: &Store,
    own: Own<'_>,
    now: OffsetDateTime,
) -> Result<Option<Secret>, Refused> {
    let changing = own.allow(store, now).await?;
    let stored = store.credentials().find_one_time_code(changing.id()).await?;
    Ok(stored.filter(|one| one.confirmed_at.is_none()).and_then(|one| Secret::read(&one.secret)))
}

/// Confirms one-time codes with a first code, and gives the recovery codes, which are shown this once.
///
/// # Errors
/// [`Refused::Fault`]: `one-time-wrong`, `already-so`; [`Refused::TooOften`]; others as [`begin_passkey`].
pub async fn confirm_one_time_codes(
    store: &Store,
    own: Own<'_>,
    typed: &str,
    random: Random<'_>,
    now: OffsetDateTime,
) -> Result<[RecoveryCode; COUNT], Refused> {
    let changing = own.allow(store, now).await?;
    let credentials = store.credentials();
    let stored = credentials.find_one_time_code(changing.id()).await?;
    let stored = stored.ok_or(Refused::fault("code", "one-time-wrong"))?;
    if stored.confirmed_at.is_some() {
        return Err(Refused::fault("", "already-so"));
    }
    let step = one_time_step(store, changing.id(), typed, now).await?;
    let codes = recovery_codes(random);
    let follows = changing.follows(FactorChange::CodesSetUp, random);
    let confirmed = credentials
        .confirm_one_time_code(changing.id(), &stored.secret, step, &hashes(&codes), &follows, now)
        .await?;
    if confirmed { Ok(codes) } else { Err(Refused::fault("", "already-so")) }
}

/// Removes one-time and recovery codes; the password stays.
///
/// # Errors
/// [`Refused::Missing`]; [`Refused::Fault`] `factor-needed`; others as [`begin_passkey`].
pub async fn remove_one_time_codes(
    store: &Store,
    own: Own<'_>,
    random: Random<'_>,
    now: OffsetDateTime,
) -> Result<(), Refused> {
    let changing = own.allow(store, now).await?;
    changing.keep_enough(Held { one_time_codes: false, ..changing.held })?;
    let follows = changing.follows(FactorChange::CodesRemoved, random);
    let removed = store.credentials().delete_one_time_code(changing.id(), &follows, now).await?;
    if removed { Ok(()) } else { Err(Refused::Missing("one-time codes")) }
}

/// Makes new recovery codes; the old ones no longer work.
///
/// # Errors
/// [`Refused::Missing`] without one-time codes; others as [`begin_passkey`].
pub async fn make_recovery_codes(
    store: &Store,
    own: Own<'_>,
    random: Random<'_>,
    now: OffsetDateTime,
) -> Result<[RecoveryCode; COUNT], Refused> {
    let changing = own.allow(store, now).await?;
    if !changing.held.one_time_codes {
        return Err(Refused::Missing("one-time codes"));
    }
    let codes = recovery_codes(random);
    let follows = changing.follows(FactorChange::RecoveryCodesMade, random);
    store.credentials().set_recovery_codes(changing.id(), &hashes(&codes), &follows, now).await?;
    Ok(codes)
}

fn recovery_codes(random: Random<'_>) -> [RecoveryCode; COUNT] {
    RecoveryCode::set(std::array::from_fn(|_| {
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&random()[..16]);
        bytes
    }))
}

fn hashes(codes: &[RecoveryCode]) -> Vec<String> {
    codes.iter().map(RecoveryCode::hash).collect()
}
