//! Becoming a member: asking, being invited, and the first steward.
//!
//! Rules: asking answers alike for every address, what differs goes by mail; an invitation is good for 14 days, once; a
//! role with power does not come with an invitation, because it is given only to who holds a second factor; the first
//! steward is whoever holds the token that the program printed at its first start, and only while nobody is a steward.
//! Nobody joins without agreeing to what is kept about them.

use super::sign_in::{Begin, SignedIn};
use super::{allow, allow_member, audit, country, language, name, time_zone, words};
use crate::access::{Act, Actor, Relation};
use crate::notices::{Addressee, INVITATION_PATH, MEMBER_PATH, Notice};
use crate::random::{Random, new_id, new_token};
use crate::refused::Refused;
use data_encoding::HEXLOWER;
use std::collections::BTreeSet;
use time::{Duration, OffsetDateTime};
use whatworks_accounts::second_factor::Proof;
use whatworks_accounts::token::Token;
use whatworks_domain::member::{Delivery, MailAddress, MemberStatus, Role};
use whatworks_store::{
    AcceptOutcome, Consequences, JoinOutcome, MemberFilter, NewConsent, NewInvitation, NewMember, Profile,
    Store, StoredInvitation, StoredMember,
};

/// How long an invitation is good for.
pub const INVITATION_LIFETIME: Duration = Duration::days(14);
/// Stewards who are told of a request, at most.
const MOST_STEWARDS: u32 = 50;

/// What a person says on joining.
#[derive(Debug, Clone)]
pub struct About<'a> {
    /// The name that others will see.
    pub name: &'a str,
    /// Code of the language of pages and mail.
    pub language: &'a str,
    /// Name of the time zone.
    pub time_zone: &'a str,
    /// Code of the country, or blank.
    pub country: &'a str,
    /// The text about what is kept that the person agreed to; none when they did not.
    pub consent: Option<NewConsent>,
}

/// A request to join.
#[derive(Debug, Clone)]
pub struct RequestMembership<'a> {
    /// The address as typed.
    pub address: &'a str,
    /// The person.
    pub about: About<'a>,
    /// Who they are and what brings them.
    pub note: &'a str,
}

/// An invitation to send.
#[derive(Debug, Clone, Copy)]
pub struct Invite<'a> {
    /// The address as typed.
    pub address: &'a str,
    /// The organisation that the member will belong to, and that vouches for them.
    pub organisation_id: Option<&'a str>,
    /// [`Role::Member`] or another role without power.
    pub role: Role,
    /// Code of the language of the mail.
    pub language: &'a str,
}

impl About<'_> {
    /// The person as a member to add.
    fn member(
        self,
        address: MailAddress,
        status: MemberStatus,
        random: Random<'_>,
    ) -> Result<NewMember, Refused> {
        let profile = Profile {
            name: name(self.name)?,
            language: language(self.language)?,
            time_zone: time_zone(self.time_zone)?,
            country: country(self.country)?,
            about: String::new(),
            delivery: Delivery::Daily,
        };
        let consent = self.consent.ok_or(Refused::fault("consent", "consent"))?;
        Ok(NewMember {
            member_id: new_id(random),
            address,
            status,
            profile,
            organisation_id: None,
            request_note: String::new(),
            is_vouched: false,
            ballot_key: HEXLOWER.encode(&random()),
            consents: vec![consent],
        })
    }
}

/// Asks to become a member. The answer is the same whether or not the address is known.
///
/// # Errors
/// [`Refused::Fault`] of a field; [`Refused::Store`].
pub async fn request_membership(
    store: &Store,
    asked: RequestMembership<'_>,
    random: Random<'_>,
    now: OffsetDateTime,
) -> Result<(), Refused> {
    allow(None, Act::Join, Relation::None)?;
    let address = MailAddress::new(asked.address).map_err(|_| Refused::fault("address", "address"))?;
    let mut member = asked.about.member(address, MemberStatus::Requested, random)?;
    member.request_note = words("note", asked.note)?;
    let name = member.profile.name.clone();
    let to = Addressee {
        member_id: None,
        address: member.address.as_str().to_owned(),
        language: member.profile.language.clone(),
    };
    let mut mail = vec![Notice::RequestReceived { name: name.clone() }.mail(&to, random)];
    let member_path = format!("{MEMBER_PATH}{}", member.member_id);
    let waiting = Notice::RequestWaiting { name: name.clone(), member_path };
    for steward in stewards(store).await? {
        mail.extend(Addressee::member(&steward).map(|to| waiting.mail(&to, random)));
    }
    let follows = Consequences { mail, ..Consequences::default() };
    if store.members().insert(&member, &follows, now).await? == JoinOutcome::Joined {
        return Ok(());
    }
    let known = store.members().find_by_address(&member.address).await?;
    let notice = match known.as_ref().map(|known| known.status) {
        Some(MemberStatus::Active) => Notice::AlreadyMember,
        Some(MemberStatus::Requested) => Notice::RequestReceived { name },
        // A steward took the access away: nothing is told.
        _ => return Ok(()),
    };
    if let Some(to) = known.as_ref().and_then(Addressee::stranger) {
        store.outbox().enqueue(&notice.mail(&to, random), now).await?;
    }
    Ok(())
}

async fn stewards(store: &Store) -> Result<Vec<StoredMember>, Refused> {
    let filter = MemberFilter {
        status: Some(MemberStatus::Active),
        role: Some(Role::Steward),
        ..MemberFilter::default()
    };
    Ok(store.members().list(&filter, 0, MOST_STEWARDS).await?)
}

/// Invites someone. Another invitation to the same address stays good.
///
/// # Errors
/// [`Refused::Fault`]: `address`, `address-taken` when it is a member's (a steward may know), `role-needs-factor` for a
/// role with power, `choice` for an organisation that is not known; refusals of [`Act::Invite`]; [`Refused::Store`].
pub async fn invite(
    store: &Store,
    actor: Option<&Actor>,
    asked: Invite<'_>,
    random: Random<'_>,
    now: OffsetDateTime,
) -> Result<(), Refused> {
    let actor = allow_member(actor, Act::Invite, Relation::None)?;
    let address = MailAddress::new(asked.address).map_err(|_| Refused::fault("address", "address"))?;
    let language = language(asked.language)?;
    if asked.role.has_power() {
        return Err(Refused::fault("role", "role-needs-factor"));
    }
    if let Some(id) = asked.organisation_id
        && store.organisations().find(id).await?.is_none()
    {
        return Err(Refused::fault("organisation", "choice"));
    }
    let known = store.members().find_by_address(&address).await?;
    if known.is_some_and(|known| known.status != MemberStatus::Requested) {
        return Err(Refused::fault("address", "address-taken"));
    }
    let by = store.members().find(&actor.member_id).await?;
    let by = by.map(|by| by.profile.name).unwrap_or_default();
    let token = new_token(random);
    let link_path = format!("{INVITATION_PATH}{}", token.text());
    let notice = Notice::Invited { link_path, by, days: INVITATION_LIFETIME.whole_days() };
    let to = Addressee { member_id: None, address: address.as_str().to_owned(), language };
    let invitation = NewInvitation {
        token_hash: token.hash(),
        address,
        organisation_id: asked.organisation_id.map(str::to_owned),
        role: asked.role,
        invited_by: actor.member_id.clone(),
        expires_at: now + INVITATION_LIFETIME,
    };
    let follows = Consequences {
        mail: vec![notice.mail(&to, random)],
        audit: vec![audit(&actor.member_id, "invited", &invitation.token_hash, asked.role.code())],
        ..Consequences::default()
    };
    Ok(store.invitations().insert(&invitation, &follows, now).await?)
}

/// Takes an invitation back.
///
/// # Errors
/// [`Refused::Missing`] when it was accepted or is not known; refusals of [`Act::Invite`]; [`Refused::Store`].
pub async fn withdraw_invitation(
    store: &Store,
    actor: Option<&Actor>,
    token_hash: &str,
    now: OffsetDateTime,
) -> Result<(), Refused> {
    let actor = allow_member(actor, Act::Invite, Relation::None)?;
    let entry = audit(&actor.member_id, "invitation-withdrawn", token_hash, "");
    let follows = Consequences { audit: vec![entry], ..Consequences::default() };
    let is_gone = store.invitations().delete(token_hash, &follows, now).await?;
    if is_gone { Ok(()) } else { Err(Refused::Missing("invitation")) }
}

/// The invitation of a token, if it can be accepted.
///
/// # Errors
/// [`Refused::Store`].
pub async fn find_invitation(
    store: &Store,
    token: Option<&Token>,
    now: OffsetDateTime,
) -> Result<Option<StoredInvitation>, Refused> {
    allow(None, Act::Join, Relation::None)?;
    let Some(token) = token else { return Ok(None) };
    let found = store.invitations().find(&token.hash()).await?;
    Ok(found.filter(|one| one.used_at.is_none() && now < one.expires_at))
}

/// Accepts an invitation: whoever holds it reads the mail of the address that it was sent to, and so is signed in.
///
/// # Errors
/// [`Refused::Fault`]: `invitation-gone`, `address-taken`, a fault of a field; [`Refused::Store`].
pub async fn accept_invitation(
    store: &Store,
    token: Option<&Token>,
    about: About<'_>,
    device: &str,
    random: Random<'_>,
    now: OffsetDateTime,
) -> Result<SignedIn, Refused> {
    let gone = || Refused::fault("", "invitation-gone");
    let invitation = find_invitation(store, token, now).await?.ok_or_else(gone)?;
    let address = MailAddress::new(&invitation.address).map_err(|_| gone())?;
    let mut member = about.member(address, MemberStatus::Active, random)?;
    member.is_vouched = invitation.organisation_id.is_some();
    member.organisation_id = invitation.organisation_id;
    let entry =
        audit(&member.member_id, "invitation-accepted", &invitation.token_hash, invitation.role.code());
    let follows = Consequences { audit: vec![entry], ..Consequences::default() };
    match store.invitations().accept(&invitation.token_hash, &member, &follows, now).await? {
        AcceptOutcome::Accepted(member_id) => enter(store, &member_id, device, random, now).await,
        AcceptOutcome::Gone => Err(gone()),
        AcceptOutcome::AddressTaken => Err(Refused::fault("", "address-taken")),
    }
}

/// Makes whoever holds the program's token the first steward, and signs them in. `printed_hash` is the hash of the
/// token that the program printed; it prints one only while there is no steward.
///
/// # Errors
/// [`Refused::Fault`]: `invitation-gone` for another token or when there is a steward, a fault of a field;
/// [`Refused::Store`].
pub async fn first_steward(
    store: &Store,
    shown: Option<&Token>,
    printed_hash: &str,
    address: &str,
    about: About<'_>,
    device: &str,
    random: Random<'_>,
    now: OffsetDateTime,
) -> Result<SignedIn, Refused> {
    allow(None, Act::Join, Relation::None)?;
    let gone = || Refused::fault("", "invitation-gone");
    if !shown.is_some_and(|token| token.matches(printed_hash)) {
        return Err(gone());
    }
    let address = MailAddress::new(address).map_err(|_| Refused::fault("address", "address"))?;
    let member = about.member(address, MemberStatus::Active, random)?;
    let entry = audit("program", "role-granted", &member.member_id, Role::Steward.code());
    let follows = Consequences { audit: vec![entry], ..Consequences::default() };
    let made = store.members().insert_first_steward(&member, &follows, now).await?;
    enter(store, &made.ok_or_else(gone)?, device, random, now).await
}

/// Signs in someone who has just become a member.
async fn enter(
    store: &Store,
    member_id: &str,
    device: &str,
    random: Random<'_>,
    now: OffsetDateTime,
) -> Result<SignedIn, Refused> {
    let begin = Begin {
        member_id,
        shown: BTreeSet::from([Proof::Mail]),
        openings: Vec::new(),
        replaces: None,
        device,
        next_path: "/account",
    };
    begin.go(store, random, now).await?.ok_or(Refused::fault("", "sign-in-again"))
}
