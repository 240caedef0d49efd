//! One table of everything that can be asked by or for a member: method, route, act, object, limits, handler.
//!
//! Rule: the act and the object are required, and the router is built from the table alone, so no page can exist
//! without a rule of who may use it ([`whatworks_forum::may`]). The handler runs only after that rule allowed it. Left
//! out: the evidence's own pages, which are pure functions and know nobody.

use super::form::Form;
use super::rates::Rule;
use super::session::SignedIn;
use super::setting::ForumSite;
use crate::visit::{Refusal, Rendered, Visit};
use axum::http::StatusCode;
use std::collections::BTreeMap;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use time::OffsetDateTime;
use whatworks_accounts::token::Token;
use whatworks_forum::{Act, Actor, Refused};
use whatworks_store::{Store, StoreError};

/// How it is asked. `GET` changes nothing, whoever follows the link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verb {
    /// Shown.
    Get,
    /// Done.
    Post,
}

/// What an act is done to, and so how the actor stands to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Object {
    /// Nothing, or nothing that belongs to anybody.
    None,
    /// The account of whoever asks.
    Myself,
    /// The member named by `{member}`.
    Member,
    /// The question named by `{slug}`.
    Question,
    /// The questions that the asker facilitates.
    OwnQuestions,
    /// The post `{number}` of the question `{slug}`.
    Post,
    /// The statement `{number}` of the question `{slug}`.
    Statement,
}

/// What runs when the act is allowed.
pub(crate) type Handle = fn(Asked) -> Pin<Box<dyn Future<Output = Result<Reply, Turned>> + Send>>;

/// One line of the table.
#[derive(Debug, Clone, Copy)]
pub struct Way {
    /// Shown or done.
    pub verb: Verb,
    /// Route.
    pub route: &'static str,
    /// What is done.
    pub act: Act,
    /// To what.
    pub object: Object,
    /// How often it may be tried.
    pub(crate) limits: &'static [Rule],
    /// Whether the second factor must have been shown just now.
    pub is_grave: bool,
    pub(crate) handle: Handle,
}

impl Way {
    /// A page.
    pub(crate) const fn get(route: &'static str, act: Act, object: Object, handle: Handle) -> Self {
        Self { verb: Verb::Get, route, act, object, limits: &[], is_grave: false, handle }
    }
    /// What a form does.
    pub(crate) const fn post(route: &'static str, act: Act, object: Object, handle: Handle) -> Self {
        Self { verb: Verb::Post, ..Self::get(route, act, object, handle) }
    }
    /// The same way, tried only so often.
    pub(crate) const fn limited(mut self, limits: &'static [Rule]) -> Self {
        self.limits = limits;
        self
    }
    /// The same way, for which a second factor must be fresh where the member has one.
    pub(crate) const fn grave(mut self) -> Self {
        self.is_grave = true;
        self
    }
}

/// A request that was let in.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    /// Everything shared.
    pub(crate) site: Arc<ForumSite>,
    /// Language, address and evidence, as every page has them.
    pub(crate) visit: Visit,
    /// Who asks.
    pub(crate) member: Option<SignedIn>,
    /// The random cookie of a browser in which somebody is about to sign in.
    pub(crate) browser: Option<Token>,
    /// The form as sent; empty for a page.
    pub(crate) form: Form,
    /// The named parts of the route.
    pub(crate) parameters: BTreeMap<String, String>,
    /// What the browser says it is, shortened.
    pub(crate) device: String,
    /// The wide network it comes from, for signs of coordinated votes; blank when unknown.
    pub(crate) network: String,
    /// When it was asked.
    pub(crate) now: OffsetDateTime,
    /// How many fields of each name were drawn: several forms of one page ask for a `body`, and ids are had once.
    pub(crate) drawn: Arc<Mutex<BTreeMap<&'static str, u32>>>,
}

impl Asked {
    /// The id of a field that is about to be drawn: `f-name`, and `f-name-2` for the next of that name.
    pub(crate) fn field_id(&self, name: &'static str) -> String {
        let mut drawn = self.drawn.lock().unwrap_or_else(PoisonError::into_inner);
        let count = drawn.entry(name).or_default();
        *count += 1;
        if *count == 1 { format!("f-{name}") } else { format!("f-{name}-{count}") }
    }
    /// The store.
    pub(crate) fn store(&self) -> &Store {
        &self.site.store
    }
    /// The source of random bytes, for acts that take it.
    pub(crate) fn source(&self) -> fn() -> [u8; 32] {
        self.site.random
    }
    /// Fresh random bytes.
    pub(crate) fn random(&self) -> [u8; 32] {
        (self.site.random)()
    }
    /// A named part of the route; blank when the route has none.
    pub(crate) fn parameter(&self, name: &str) -> &str {
        self.parameters.get(name).map_or("", String::as_str)
    }
    /// The token of a form of this page that is sent to `path`.
    pub(crate) fn form_token(&self, path: &str) -> String {
        super::form::token(&self.form_key(), path, &self.random())
    }
    /// The key of this browser's forms.
    pub(crate) fn form_key(&self) -> Vec<u8> {
        match (&self.member, &self.browser) {
            (Some(member), _) => member.form_key.clone().into_bytes(),
            (None, Some(browser)) => browser.text().into_bytes(),
            (None, None) => Vec::new(),
        }
    }
    /// Who asks, as acts take it.
    pub(crate) fn actor(&self) -> Option<&Actor> {
        self.member.as_ref().map(|member| &member.actor)
    }
    /// Who asks, where the act needs somebody.
    pub(crate) fn me(&self) -> Result<&SignedIn, Turned> {
        self.member.as_ref().ok_or(Turned::Forum(Refused::SignIn))
    }
}

/// What is answered.
#[derive(Debug)]
pub(crate) enum Shown {
    /// A page or a file.
    Page(Rendered),
    /// Another page of this site (303).
    Elsewhere(String),
}

/// An answer with what goes beside it.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) shown: Shown,
    pub(crate) cookies: Vec<String>,
    pub(crate) is_scripted: bool,
}

impl Reply {
    /// A page.
    pub(crate) fn page(rendered: Rendered) -> Self {
        Self { shown: Shown::Page(rendered), cookies: Vec::new(), is_scripted: false }
    }
    /// Done: the browser goes on to another page.
    pub(crate) fn elsewhere(path: impl Into<String>) -> Self {
        Self { shown: Shown::Elsewhere(path.into()), cookies: Vec::new(), is_scripted: false }
    }
    /// With another status; where the browser goes on, without effect.
    #[must_use]
    pub(crate) fn with_status(mut self, status: StatusCode) -> Self {
        if let Shown::Page(rendered) = &mut self.shown {
            rendered.status = status;
        }
        self
    }
    /// With a cookie.
    #[must_use]
    pub(crate) fn with_cookie(mut self, cookie: String) -> Self {
        self.cookies.push(cookie);
        self
    }
    /// A page that may run this site's own script.
    #[must_use]
    pub(crate) fn scripted(mut self) -> Self {
        self.is_scripted = true;
        self
    }
}

/// Why there is no answer of the asked kind.
#[derive(Debug)]
pub(crate) enum Turned {
    /// A page says why.
    Away(Refusal),
    /// The act was refused.
    Forum(Refused),
}

impl From<Refusal> for Turned {
    fn from(refusal: Refusal) -> Self {
        Self::Away(refusal)
    }
}

impl From<Refused> for Turned {
    fn from(refused: Refused) -> Self {
        Self::Forum(refused)
    }
}

impl From<StoreError> for Turned {
    fn from(error: StoreError) -> Self {
        Self::Forum(Refused::Store(error))
    }
}
