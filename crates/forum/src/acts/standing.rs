//! What stewards do: deciding requests, roles, access, organisations.
//!
//! Rules: each act stands in the record and is told to the member by mail, in one transaction; a role with power is
//! given only to who can show a second factor already, or whoever reads that member's mail would have it; the last
//! steward stays one. Freshness of the steward's own factor is asked by the page's table.

use super::sign_in::held;
use super::{allow_member, audit, country, name};
use crate::access::{Act, Actor, Relation};
use crate::notices::{Addressee, Notice};
use crate::random::{Random, new_id};
use crate::refused::Refused;
use time::OffsetDateTime;
use whatworks_domain::member::{MemberStatus, OrganisationKind, Role};
use whatworks_store::{Consequences, Organisation, StandingOutcome, Store, StoredMember};

/// An organisation as a steward describes it.
#[derive(Debug, Clone, Copy)]
pub struct KeepOrganisation<'a> {
    /// The one to change; none to add one.
    pub organisation_id: Option<&'a str>,
    /// Its name.
    pub name: &'a str,
    /// Its kind.
    pub kind: OrganisationKind,
    /// Code of the country of its seat, or blank.
    pub country: &'a str,
}

/// Accepts or declines a request to join. A request that is declined leaves no data.
///
/// # Errors
/// [`Refused::Missing`] when there is no request, or another steward decided it; refusals of [`Act::DecideMember`];
/// [`Refused::Store`].
pub async fn decide_request(
    store: &Store,
    actor: Option<&Actor>,
    member_id: &str,
    is_accepted: bool,
    random: Random<'_>,
    now: OffsetDateTime,
) -> Result<(), Refused> {
    let actor = allow_member(actor, Act::DecideMember, Relation::Other)?;
    let missing = || Refused::Missing("request");
    let member = find(store, member_id).await?;
    let name = member.profile.name.clone();
    // No id in a mail about a request: the row may be gone before the mail is.
    let to = Addressee::stranger(&member);
    let is_done = if is_accepted {
        let follows =
            follows(actor, "request-accepted", member_id, "", to, &Notice::RequestAccepted { name }, random);
        let (from, into) = (MemberStatus::Requested, MemberStatus::Active);
        store.members().set_status(member_id, from, into, &follows, now).await? == StandingOutcome::Changed
    } else {
        let follows =
            follows(actor, "request-declined", member_id, "", to, &Notice::RequestDeclined { name }, random);
        store.members().delete_request(member_id, &follows, now).await?
    };
    if is_done { Ok(()) } else { Err(missing()) }
}

/// Gives a role.
///
/// # Errors
/// [`Refused::Fault`]: `role-needs-factor`, `already-so`, `choice` for [`Role::Member`]; [`Refused::Missing`];
/// refusals of [`Act::GrantRole`]; [`Refused::Store`].
pub async fn grant_role(
    store: &Store,
    actor: Option<&Actor>,
    member_id: &str,
    role: Role,
    random: Random<'_>,
    now: OffsetDateTime,
) -> Result<(), Refused> {
    let actor = allow_member(actor, Act::GrantRole, relation(actor, member_id))?;
    if role == Role::Member {
        return Err(Refused::fault("role", "choice"));
    }
    let member = find(store, member_id).await?;
    let has_factor = held(store.credentials().find_held(member_id).await?).is_enough();
    if role.has_power() && !has_factor {
        return Err(Refused::fault("role", "role-needs-factor"));
    }
    let by = store.members().find(&actor.member_id).await?;
    let by = by.map(|by| by.profile.name).unwrap_or_default();
    let notice = Notice::RoleGranted { role: role.code().into(), by };
    let to = Addressee::member(&member);
    let follows = follows(actor, "role-granted", member_id, role.code(), to, &notice, random);
    let outcome = store.members().grant_role(member_id, role, &actor.member_id, &follows, now).await?;
    of_outcome("role", outcome)
}

/// Takes a role.
///
/// # Errors
/// [`Refused::Fault`]: `last-steward`, `already-so`; [`Refused::Missing`]; refusals of [`Act::GrantRole`];
/// [`Refused::Store`].
pub async fn take_role(
    store: &Store,
    actor: Option<&Actor>,
    member_id: &str,
    role: Role,
    random: Random<'_>,
    now: OffsetDateTime,
) -> Result<(), Refused> {
    let actor = allow_member(actor, Act::GrantRole, relation(actor, member_id))?;
    let member = find(store, member_id).await?;
    let notice = Notice::RoleTaken { role: role.code().into() };
    let to = Addressee::member(&member);
    let follows = follows(actor, "role-taken", member_id, role.code(), to, &notice, random);
    of_outcome("role", store.members().take_role(member_id, role, &follows, now).await?)
}

/// Takes a member's access, or gives it back. Taking it ends all their sessions at once.
///
/// # Errors
/// [`Refused::Fault`]: `last-steward`, `already-so`; [`Refused::Missing`]; refusals of [`Act::DecideMember`];
/// [`Refused::Store`].
pub async fn set_access(
    store: &Store,
    actor: Option<&Actor>,
    member_id: &str,
    is_allowed: bool,
    random: Random<'_>,
    now: OffsetDateTime,
) -> Result<(), Refused> {
    let actor = allow_member(actor, Act::DecideMember, relation(actor, member_id))?;
    let member = find(store, member_id).await?;
    let (from, into, event, notice) = if is_allowed {
        (MemberStatus::Disabled, MemberStatus::Active, "member-enabled", Notice::Enabled)
    } else {
        (MemberStatus::Active, MemberStatus::Disabled, "member-disabled", Notice::Disabled)
    };
    let to = Addressee::member(&member);
    let follows = follows(actor, event, member_id, "", to, &notice, random);
    of_outcome("", store.members().set_status(member_id, from, into, &follows, now).await?)
}

/// Adds or changes an organisation; gives its id.
///
/// # Errors
/// [`Refused::Fault`] of a field; [`Refused::Missing`]; refusals of [`Act::KeepOrganisations`]; [`Refused::Store`].
pub async fn keep_organisation(
    store: &Store,
    actor: Option<&Actor>,
    asked: KeepOrganisation<'_>,
    random: Random<'_>,
    now: OffsetDateTime,
) -> Result<String, Refused> {
    let actor = allow_member(actor, Act::KeepOrganisations, Relation::None)?;
    let organisation_id = match asked.organisation_id {
        Some(id) if store.organisations().find(id).await?.is_none() => {
            return Err(Refused::Missing("organisation"));
        }
        Some(id) => id.to_owned(),
        None => new_id(random),
    };
    let organisation = Organisation {
        organisation_id,
        name: name(asked.name)?,
        kind: asked.kind,
        country: country(asked.country)?,
    };
    let id = organisation.organisation_id.clone();
    let entry = audit(&actor.member_id, "organisation-kept", &id, asked.kind.code());
    let follows = Consequences { audit: vec![entry], ..Consequences::default() };
    store.organisations().put(&organisation, &follows, now).await?;
    Ok(id)
}

/// Puts a member into an organisation, which vouches for them or not, or into none.
///
/// # Errors
/// [`Refused::Fault`] `choice` for an organisation that is not known; [`Refused::Missing`]; refusals of
/// [`Act::KeepOrganisations`]; [`Refused::Store`].
pub async fn assign_organisation(
    store: &Store,
    actor: Option<&Actor>,
    member_id: &str,
    organisation_id: Option<&str>,
    is_vouched: bool,
    now: OffsetDateTime,
) -> Result<(), Refused> {
    let actor = allow_member(actor, Act::KeepOrganisations, relation(actor, member_id))?;
    if let Some(id) = organisation_id
        && store.organisations().find(id).await?.is_none()
    {
        return Err(Refused::fault("organisation", "choice"));
    }
    let is_vouched = is_vouched && organisation_id.is_some();
    let detail = organisation_id.unwrap_or("none");
    let entry = audit(&actor.member_id, "organisation-assigned", member_id, detail);
    let follows = Consequences { audit: vec![entry], ..Consequences::default() };
    let members = store.members();
    let is_done = members.set_organisation(member_id, organisation_id, is_vouched, &follows, now).await?;
    if is_done { Ok(()) } else { Err(Refused::Missing("member")) }
}

fn relation(actor: Option<&Actor>, member_id: &str) -> Relation {
    if actor.is_some_and(|actor| actor.member_id == member_id) { Relation::Own } else { Relation::Other }
}

async fn find(store: &Store, member_id: &str) -> Result<StoredMember, Refused> {
    let found = store.members().find(member_id).await?;
    found.filter(|member| member.status != MemberStatus::Erased).ok_or(Refused::Missing("member"))
}

fn of_outcome(field: &'static str, outcome: StandingOutcome) -> Result<(), Refused> {
    match outcome {
        StandingOutcome::Changed => Ok(()),
        StandingOutcome::Unchanged => Err(Refused::fault(field, "already-so")),
        StandingOutcome::LastSteward => Err(Refused::fault(field, "last-steward")),
    }
}

/// The row of the record and the mail of an act on a member.
fn follows(
    actor: &Actor,
    event: &str,
    member_id: &str,
    detail: &str,
    to: Option<Addressee>,
    notice: &Notice,
    random: Random<'_>,
) -> Consequences {
    Consequences {
        mail: to.map(|to| notice.mail(&to, random)).into_iter().collect(),
        audit: vec![audit(&actor.member_id, event, member_id, detail)],
        ..Consequences::default()
    }
}
