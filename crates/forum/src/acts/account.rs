//! One's own account: what is said about oneself, how often mail comes, where one is signed in.
//!
//! Rule: everything here is the actor's own; nobody changes it for another. Left out: what proves who one is, which is
//! in [`super::factors`].

use super::{allow_member, country, language, name, time_zone, words};
use crate::access::{Act, Actor, Relation};
use crate::refused::Refused;
use time::OffsetDateTime;
use whatworks_accounts::session::{self, Session, Verdict};
use whatworks_domain::member::Delivery;
use whatworks_store::{Profile, Store, StoredMember, StoredSession};

/// What a member says about themselves.
#[derive(Debug, Clone, Copy)]
pub struct ChangeProfile<'a> {
    /// The name that others see.
    pub name: &'a str,
    /// A few words.
    pub about: &'a str,
    /// Code of the language of pages and mail; whether there are texts in it, the page knows.
    pub language: &'a str,
    /// Name of the time zone; whether there is such a one, the page knows.
    pub time_zone: &'a str,
    /// Code of the country, or blank.
    pub country: &'a str,
    /// How often mail about discussions comes.
    pub delivery: Delivery,
}

/// Changes one's profile.
///
/// # Errors
/// [`Refused::Fault`] of a field; [`Refused::SignIn`], [`Refused::Store`].
pub async fn change_profile(
    store: &Store,
    actor: Option<&Actor>,
    asked: ChangeProfile<'_>,
) -> Result<(), Refused> {
    let actor = allow_member(actor, Act::OwnAccount, Relation::Own)?;
    let profile = Profile {
        name: name(asked.name)?,
        language: language(asked.language)?,
        time_zone: time_zone(asked.time_zone)?,
        country: country(asked.country)?,
        about: words("about", asked.about)?,
        delivery: asked.delivery,
    };
    if store.members().update_profile(&actor.member_id, &profile).await? {
        Ok(())
    } else {
        Err(Refused::SignIn)
    }
}

/// Changes only how often mail about discussions comes.
///
/// # Errors
/// [`Refused::SignIn`], [`Refused::Store`].
pub async fn change_delivery(
    store: &Store,
    actor: Option<&Actor>,
    delivery: Delivery,
) -> Result<(), Refused> {
    let actor = allow_member(actor, Act::OwnAccount, Relation::Own)?;
    let member = store.members().find(&actor.member_id).await?.ok_or(Refused::SignIn)?;
    let profile = Profile { delivery, ..member.profile };
    store.members().update_profile(&actor.member_id, &profile).await?;
    Ok(())
}

/// The sessions in which a member is signed in now, the one used last first.
///
/// # Errors
/// [`Refused::SignIn`], [`Refused::Store`].
pub async fn list_sessions(
    store: &Store,
    actor: Option<&Actor>,
    now: OffsetDateTime,
) -> Result<Vec<StoredSession>, Refused> {
    let actor = allow_member(actor, Act::OwnAccount, Relation::Own)?;
    let has_power = actor.roles.iter().any(|role| role.has_power());
    let mut sessions = store.sessions().list(&actor.member_id).await?;
    sessions.retain(|one| session::judge(&judged(one), has_power, now) == Verdict::Live);
    Ok(sessions)
}

/// Ends one of one's own sessions.
///
/// # Errors
/// [`Refused::Missing`] when it is not one, or had ended; [`Refused::SignIn`], [`Refused::Store`].
pub async fn end_session(
    store: &Store,
    actor: Option<&Actor>,
    session_hash: &str,
    now: OffsetDateTime,
) -> Result<(), Refused> {
    let actor = allow_member(actor, Act::OwnAccount, Relation::Own)?;
    let ended = store.sessions().end(&actor.member_id, session_hash, now).await?;
    if ended { Ok(()) } else { Err(Refused::Missing("session")) }
}

/// Ends all of one's own sessions but this one; says how many.
///
/// # Errors
/// [`Refused::SignIn`], [`Refused::Store`].
pub async fn end_other_sessions(
    store: &Store,
    actor: Option<&Actor>,
    session_hash: &str,
    now: OffsetDateTime,
) -> Result<u64, Refused> {
    let actor = allow_member(actor, Act::OwnAccount, Relation::Own)?;
    Ok(store.sessions().end_others(&actor.member_id, session_hash, now).await?)
}

/// The session of an act, when it is the actor's and has not ended.
pub(crate) async fn own_session(
    store: &Store,
    actor: &Actor,
    session_hash: &str,
    now: OffsetDateTime,
) -> Result<StoredSession, Refused> {
    let found = store.sessions().find(session_hash).await?.ok_or(Refused::SignIn)?;
    let has_power = actor.roles.iter().any(|role| role.has_power());
    let is_live = session::judge(&judged(&found), has_power, now) == Verdict::Live;
    if found.member_id == actor.member_id && is_live { Ok(found) } else { Err(Refused::SignIn) }
}

/// Whether a second factor was just shown in a session.
pub(crate) fn is_fresh(stored: &StoredSession, now: OffsetDateTime) -> bool {
    session::is_fresh(&judged(stored), now)
}

fn judged(stored: &StoredSession) -> Session {
    Session {
        created_at: stored.created_at,
        seen_at: stored.seen_at,
        strong_at: stored.strong_at,
        ended_at: stored.ended_at,
    }
}

/// The actor's own row.
pub(crate) async fn own_member(store: &Store, actor: &Actor) -> Result<StoredMember, Refused> {
    store.members().find(&actor.member_id).await?.ok_or(Refused::SignIn)
}
