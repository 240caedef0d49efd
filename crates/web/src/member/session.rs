//! Who asks: the session behind the cookie, and the cookies themselves.
//!
//! Rules: the cookie holds 256 random bits, of which the store knows the hash only; `__Host-`, Secure, HttpOnly,
//! SameSite=Lax (on plain http, for trying the program out, a cookie without the first two). A session counts within
//! the limits of `whatworks_accounts::session`; its time of use is stored once a minute. A browser in which nobody is
//! signed in has a random cookie of its own while a form to sign in is open: it proves the form and binds the mail
//! link to the browser that asked for it.

use super::address::PublicUrl;
use super::setting::ForumSite;
use crate::text::Lang;
use axum::http::{HeaderMap, header};
use time::OffsetDateTime;
use whatworks_accounts::second_factor::Held;
use whatworks_accounts::session::{self, Session, Verdict};
use whatworks_accounts::token::Token;
use whatworks_forum::Actor;
use whatworks_store::StoreError;

/// Longest description of a device that is kept, in characters.
const LONGEST_DEVICE: usize = 120;
/// How long the cookie of a browser lives in which nobody is signed in, in seconds.
const BROWSER_LIFE: i64 = 24 * 3_600;

/// A member who asks, and the session it is asked in.
#[derive(Debug, Clone)]
pub(crate) struct SignedIn {
    /// For [`whatworks_forum::may`].
    pub(crate) actor: Actor,
    /// Name as shown.
    pub(crate) name: String,
    /// Language chosen in the profile.
    pub(crate) lang: Option<Lang>,
    /// Time zone chosen in the profile, as the IANA data base names it.
    pub(crate) time_zone: String,
    /// Key of the session's forms.
    pub(crate) form_key: String,
    /// Hash of the session's id.
    pub(crate) session_hash: String,
    /// Whether a second factor was shown just now.
    pub(crate) is_fresh: bool,
    /// What the member has set up to prove who they are.
    pub(crate) held: Held,
}

/// Who asks; nobody when the cookie leads to no session that still counts.
///
/// # Errors
/// [`StoreError`] when the store cannot be read.
pub(crate) async fn find(
    site: &ForumSite,
    headers: &HeaderMap,
    now: OffsetDateTime,
) -> Result<Option<SignedIn>, StoreError> {
    let Some(cookie) = Cookie::Session.find(&site.public_url, headers) else { return Ok(None) };
    let session_hash = cookie.hash();
    let Some(asker) = site.store.asking().find(&session_hash).await? else { return Ok(None) };
    let session = Session {
        created_at: asker.created_at,
        seen_at: asker.seen_at,
        strong_at: asker.strong_at,
        ended_at: asker.ended_at,
    };
    let roles = asker.roles();
    let has_power = roles.iter().any(|role| role.has_power());
    if !asker.is_active() || session::judge(&session, has_power, now) != Verdict::Live {
        return Ok(None);
    }
    if session::should_store_seen(&session, now) {
        site.store.asking().note_seen(&session_hash, now).await?;
    }
    let held = Held {
        passkey: asker.has_passkey,
        password: asker.has_password,
        one_time_codes: asker.has_one_time_codes,
    };
    let is_strong = session::is_strong(&session);
    Ok(Some(SignedIn {
        actor: Actor { member_id: asker.member_id, roles, is_strong },
        name: asker.name,
        lang: Lang::ALL.into_iter().find(|lang| lang.code() == asker.language),
        time_zone: asker.time_zone,
        form_key: asker.form_key,
        session_hash,
        is_fresh: session::is_fresh(&session, now),
        held,
    }))
}

/// Who asks for a page that everyone may read: a store out of reach makes nobody of everybody.
pub(crate) async fn find_person(site: &ForumSite, headers: &HeaderMap) -> Option<SignedIn> {
    find(site, headers, (site.clock)()).await.ok().flatten()
}

/// The two cookies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cookie {
    Session,
    Browser,
}

impl Cookie {
    fn name(self, public: &PublicUrl) -> &'static str {
        match (self, public.is_secure()) {
            (Self::Session, true) => "__Host-session",
            (Self::Session, false) => "session",
            (Self::Browser, true) => "__Host-browser",
            (Self::Browser, false) => "browser",
        }
    }

    fn set(self, public: &PublicUrl, value: &str, seconds: i64) -> String {
        let secure = if public.is_secure() { "; Secure" } else { "" };
        let name = self.name(public);
        format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}")
    }

    fn find(self, public: &PublicUrl, headers: &HeaderMap) -> Option<Token> {
        let values = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
        let mut pairs =
            values.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
        let (_, value) = pairs.find(|(name, _)| *name == self.name(public))?;
        Token::read(value)
    }
}

/// The cookie of a new session. It lives as long as any session may; when one ends sooner, the store knows.
pub(crate) fn session_cookie(site: &ForumSite, session: &Token) -> String {
    let life = session::limits(false).absolute.whole_seconds();
    Cookie::Session.set(&site.public_url, &session.text(), life)
}

/// Takes the session's cookie back.
pub(crate) fn no_session_cookie(site: &ForumSite) -> String {
    Cookie::Session.set(&site.public_url, "", 0)
}

/// The cookie of a browser in which nobody is signed in.
pub(crate) fn browser_cookie(site: &ForumSite, browser: &Token) -> String {
    Cookie::Browser.set(&site.public_url, &browser.text(), BROWSER_LIFE)
}

/// Takes the browser's cookie back: a new session does not begin with an old secret.
pub(crate) fn no_browser_cookie(site: &ForumSite) -> String {
    Cookie::Browser.set(&site.public_url, "", 0)
}

/// The random cookie of this browser.
pub(crate) fn find_browser(site: &ForumSite, headers: &HeaderMap) -> Option<Token> {
    Cookie::Browser.find(&site.public_url, headers)
}

/// A new random cookie for a browser.
pub(crate) fn new_browser(site: &ForumSite) -> Token {
    Token::from_bytes((site.random)())
}

/// What the browser says it is, for the list of sessions.
pub(crate) fn device(headers: &HeaderMap) -> String {
    let said = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    said.chars().filter(|c| !c.is_control()).take(LONGEST_DEVICE).collect()
}
