//! Coming in: by a link from a mail or its code, by a password, by a passkey; and showing a second factor later.
//!
//! Rules: asking for a link answers alike for every address; a link is used by a press in the browser that asked, or by
//! typing its code there; a wrong address and a wrong password are one answer that takes one time. A session's token is
//! new whenever its strength changes. What each proof is worth is [`whatworks_accounts`]' to say. Left out: cookies,
//! and limits by network.

use super::{allow, audit};
use crate::access::{Act, Actor, Relation};
use crate::notices::{Addressee, Notice, SIGN_IN_PATH};
use crate::random::{Random, new_token};
use crate::refused::Refused;
use std::collections::BTreeSet;
use time::OffsetDateTime;
use whatworks_accounts::second_factor::{self, Held, Proof};
use whatworks_accounts::sign_in::{self as link_rules, Presented, SignInLink};
use whatworks_accounts::token::{Code, Token};
use whatworks_domain::member::{MailAddress, MemberStatus};
use whatworks_store::{
    Consequences, HeldFactors, NewSession, NewSignInLink, Opening, Store, StoredMember, StoredSignInLink,
};

mod passkey;
mod password;

pub(crate) use passkey::keep;
pub use passkey::{
    Begun, PasskeyAnswer, begin_passkey_sign_in, begin_passkey_step_up, finish_passkey_sign_in,
    finish_passkey_step_up,
};
pub use password::{StepUpWithPassword, WithPassword, sign_in_with_password, step_up_with_password};
pub(crate) use password::{one_time_step, quietly};

/// That someone is signed in.
#[derive(Debug)]
pub struct SignedIn {
    /// The session's secret, for the browser's cookie alone.
    pub session: Token,
    /// Who.
    pub member_id: String,
    /// What the proofs were worth: whether the session has powers, and what is to be done for them.
    pub worth: second_factor::Verdict,
    /// Where to go: a path of this site.
    pub next_path: String,
}

/// A wish for a link.
#[derive(Debug, Clone, Copy)]
pub struct AskLink<'a> {
    /// The address as typed.
    pub address: &'a str,
    /// The secret of the browser that asks.
    pub browser: &'a Token,
    /// Where to go after signing in; a path of this site that the page has checked.
    pub next_path: &'a str,
}

/// Asks for a link by mail. The answer is the same whether or not the address is a member's.
///
/// # Errors
/// [`Refused::Fault`] when it is no address; [`Refused::Store`].
pub async fn ask_sign_in_link(
    store: &Store,
    asked: AskLink<'_>,
    random: Random<'_>,
    now: OffsetDateTime,
) -> Result<(), Refused> {
    allow(None, Act::SignIn, Relation::None)?;
    let address = MailAddress::new(asked.address).map_err(|_| Refused::fault("address", "address"))?;
    let member = find_active(store, &address).await?;
    let token = new_token(random);
    let link = SignInLink::new(&token, asked.browser, now);
    let notice = Notice::SignIn {
        link_path: format!("{SIGN_IN_PATH}{}", token.text()),
        code: Code::of(&token).text(),
        minutes: link_rules::LIFETIME.whole_minutes(),
        expires_at: link.expires_at.unix_timestamp(),
    };
    let addressee = member.as_ref().and_then(Addressee::member);
    let mail = addressee.map(|to| notice.mail(&to, random));
    let link = NewSignInLink {
        token_hash: link.token_hash,
        member_id: member.map(|member| member.member_id),
        browser_hash: link.browser_hash,
        code_hash: link.code_hash,
        next_path: asked.next_path.to_owned(),
        expires_at: link.expires_at,
    };
    let follows = Consequences { mail: mail.into_iter().collect(), ..Consequences::default() };
    Ok(store.sessions().insert_link(&link, &follows, now).await?)
}

/// What a page says to a link that was only followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShownLink {
    /// Press the button.
    Press,
    /// It was asked for in another browser: type this code there.
    TypeCode(Code),
    /// It brings nobody in, for this reason: the name of the text.
    Bad(&'static str),
}

/// What a link is worth, without using it: programs that check mail follow links.
///
/// # Errors
/// [`Refused::Store`].
pub async fn show_sign_in_link(
    store: &Store,
    token: Option<&Token>,
    browser: Option<&Token>,
    now: OffsetDateTime,
) -> Result<ShownLink, Refused> {
    allow(None, Act::SignIn, Relation::None)?;
    let Some(token) = token else { return Ok(ShownLink::Bad("link-unknown")) };
    let Some(stored) = store.sessions().find_link(&token.hash()).await? else {
        return Ok(ShownLink::Bad("link-unknown"));
    };
    let presented = Presented::Link(token, browser);
    Ok(match link_rules::judge(&judged(&stored, tries(&stored)), presented, now) {
        link_rules::Verdict::Good => ShownLink::Press,
        link_rules::Verdict::ShowCode => ShownLink::TypeCode(Code::of(token)),
        other => ShownLink::Bad(fault_code(other)),
    })
}

/// Signs in with a link, after a press in the browser that asked for it.
///
/// # Errors
/// [`Refused::Fault`] with the reason; [`Refused::Store`].
pub async fn use_sign_in_link(
    store: &Store,
    token: Option<&Token>,
    browser: Option<&Token>,
    device: &str,
    random: Random<'_>,
    now: OffsetDateTime,
) -> Result<SignedIn, Refused> {
    allow(None, Act::SignIn, Relation::None)?;
    let token = token.ok_or(Refused::fault("", "link-unknown"))?;
    let stored = store.sessions().find_link(&token.hash()).await?;
    let stored = stored.ok_or(Refused::fault("", "link-unknown"))?;
    let verdict = link_rules::judge(&judged(&stored, tries(&stored)), Presented::Link(token, browser), now);
    if verdict != link_rules::Verdict::Good {
        return Err(Refused::fault("", fault_code(verdict)));
    }
    begin_by_link(store, &stored, device, random, now).await
}

/// Signs in with the code of the link that this browser asked for last.
///
/// # Errors
/// [`Refused::Fault`] with the reason; [`Refused::Store`].
pub async fn use_sign_in_code(
    store: &Store,
    typed: &str,
    browser: &Token,
    device: &str,
    random: Random<'_>,
    now: OffsetDateTime,
) -> Result<SignedIn, Refused> {
    allow(None, Act::SignIn, Relation::None)?;
    let sessions = store.sessions();
    let stored = sessions.find_newest_link_of(&browser.hash()).await?;
    let stored = stored.ok_or(Refused::fault("code", "link-unknown"))?;
    let presented = Presented::Typed(Code::read(typed), browser);
    // A link that is over is said to be so, and is not counted on.
    let first = link_rules::judge(&judged(&stored, tries(&stored)), presented, now);
    if !matches!(first, link_rules::Verdict::Good | link_rules::Verdict::WrongCode { .. }) {
        return Err(Refused::fault("code", fault_code(first)));
    }
    let before = sessions.count_link_try(&stored.token_hash, link_rules::MAX_TRIES).await?;
    let before = before.ok_or(Refused::fault("code", "link-spent"))?;
    match link_rules::judge(&judged(&stored, before), presented, now) {
        link_rules::Verdict::Good => begin_by_link(store, &stored, device, random, now).await,
        link_rules::Verdict::WrongCode { tries_left } => {
            Err(super::fault_with("code", "code-wrong", "left", &tries_left))
        }
        other => Err(Refused::fault("code", fault_code(other))),
    }
}

fn tries(stored: &StoredSignInLink) -> u32 {
    u32::try_from(stored.tries).unwrap_or(u32::MAX)
}

fn judged(stored: &StoredSignInLink, tries: u32) -> SignInLink {
    SignInLink {
        token_hash: stored.token_hash.clone(),
        browser_hash: stored.browser_hash.clone(),
        code_hash: stored.code_hash.clone(),
        tries,
        expires_at: stored.expires_at,
        used_at: stored.used_at,
    }
}

fn fault_code(verdict: link_rules::Verdict) -> &'static str {
    match verdict {
        link_rules::Verdict::Expired => "link-expired",
        link_rules::Verdict::Used => "link-used",
        link_rules::Verdict::Spent => "link-spent",
        link_rules::Verdict::ShowCode => "link-elsewhere",
        _ => "link-unknown",
    }
}

async fn begin_by_link(
    store: &Store,
    stored: &StoredSignInLink,
    device: &str,
    random: Random<'_>,
    now: OffsetDateTime,
) -> Result<SignedIn, Refused> {
    // A link that was asked for an address of nobody was sent to nobody: its code was guessed.
    let member_id = stored.member_id.as_deref().ok_or(Refused::fault("", "link-unknown"))?;
    let begin = Begin {
        member_id,
        shown: BTreeSet::from([Proof::Mail]),
        openings: vec![Opening::Link(stored.token_hash.clone())],
        replaces: None,
        device,
        next_path: &stored.next_path,
    };
    begin.go(store, random, now).await?.ok_or(Refused::fault("", "link-used"))
}

/// Signs out: ends this session, whatever it is worth.
///
/// # Errors
/// [`Refused::Store`].
pub async fn sign_out(
    store: &Store,
    actor: &Actor,
    session_hash: &str,
    now: OffsetDateTime,
) -> Result<(), Refused> {
    store.sessions().end(&actor.member_id, session_hash, now).await?;
    Ok(())
}

/// The active member of an address.
pub(crate) async fn find_active(
    store: &Store,
    address: &MailAddress,
) -> Result<Option<StoredMember>, Refused> {
    let member = store.members().find_by_address(address).await?;
    Ok(member.filter(|member| member.status == MemberStatus::Active))
}

/// What a member has set up, as the rules see it.
pub(crate) fn held(factors: HeldFactors) -> Held {
    Held {
        passkey: factors.passkeys > 0,
        password: factors.has_password,
        one_time_codes: factors.has_one_time_codes,
    }
}

/// A session to begin, with what was shown for it.
pub(crate) struct Begin<'a> {
    pub(crate) member_id: &'a str,
    pub(crate) shown: BTreeSet<Proof>,
    pub(crate) openings: Vec<Opening>,
    pub(crate) replaces: Option<&'a str>,
    pub(crate) device: &'a str,
    pub(crate) next_path: &'a str,
}

impl Begin<'_> {
    /// Begins it. None when something that opens it is used up or gone, or the member is not active.
    pub(crate) async fn go(
        self,
        store: &Store,
        random: Random<'_>,
        now: OffsetDateTime,
    ) -> Result<Option<SignedIn>, Refused> {
        let Some(member) = store.members().find(self.member_id).await? else { return Ok(None) };
        let held = held(store.credentials().find_held(self.member_id).await?);
        let worth = second_factor::judge(&self.shown, held, member.has_power());
        if !worth.is_signed_in() {
            return Ok(None);
        }
        let session = new_token(random);
        let new = NewSession {
            session_hash: session.hash(),
            member_id: self.member_id.to_owned(),
            form_key: new_token(random).text(),
            device: self.device.to_owned(),
            strong_at: worth.is_strong().then_some(now),
        };
        let mut follows = Consequences::default();
        if worth.is_strong() && member.has_power() {
            follows.audit.push(audit(self.member_id, "signed-in", self.member_id, "second factor"));
        }
        let begun = store.sessions().begin(&new, &self.openings, self.replaces, &follows, now).await?;
        let next_path = self.next_path.to_owned();
        Ok(begun.then(|| SignedIn { session, member_id: self.member_id.to_owned(), worth, next_path }))
    }
}
