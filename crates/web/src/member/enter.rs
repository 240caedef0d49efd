//! From a request to a member's page: the one road that every [`Way`] takes.
//!
//! Order: who asks (one query), language, where the request comes from, the form, the object and how the asker stands to
//! it, [`whatworks_forum::may`], the second factor where the act is grave, the form's token, the limits, and only then
//! the handler, in a task of its own, so that a reader who closes the page does not stop an act half-way and a panic
//! becomes a page that says so. A form that cannot be taken gives back what was written in it.

use super::address::{client_network, is_from_here, local_path, page_before, wide_network};
use super::form::{Form, TOKEN, Unread, is_token};
use super::masthead::{fill_masthead, masthead};
use super::object;
use super::rates::{By, Rule};
use super::session::{self, SignedIn};
use super::setting::ForumSite;
use super::way::{Asked, Reply, Shown, Turned, Verb, Way};
use crate::cache::{Caching, Stored};
use crate::headers::Scripted;
use crate::language;
use crate::layout::{self, Page, Room};
use crate::serve;
use crate::state::Commons;
use crate::text::{self, Lang};
use crate::visit::{MAX_QUERY_LENGTH, Media, Query, Refusal, Rendered, Visit, segment};
use axum::body::Body;
use axum::extract::rejection::RawPathParamsRejection;
use axum::extract::{ConnectInfo, RawPathParams, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use maud::html;
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;
use whatworks_forum::{Act, Refused, Relation, may};
use whatworks_store::StoreError;

/// Everything that answers are made of, once it is known who asks.
struct Road {
    commons: Arc<Commons>,
    asked: Asked,
    headers: HeaderMap,
    client: String,
}

/// Answers a request by the way that its address names.
pub(crate) async fn enter(
    way: Way,
    commons: Arc<Commons>,
    site: Arc<ForumSite>,
    parameters: Result<RawPathParams, RawPathParamsRejection>,
    request: Request,
) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let now = (site.clock)();
    let path = parts.uri.path();
    let lang = language::of(&parts.headers, None).on(path);
    let member = match session::find(&site, &parts.headers, now).await {
        Ok(member) => member,
        Err(error) => return serve::refuse_page(&commons, &parts.headers, &of_store(lang, &error), lang),
    };
    let frame = language::of(&parts.headers, member.as_ref().and_then(|member| member.lang));
    let lang = frame.on(path);
    let raw_query = parts.uri.query().unwrap_or_default();
    let parameters = match parameters {
        Ok(parameters) if raw_query.len() <= MAX_QUERY_LENGTH => parameters,
        _ => return serve::refuse_page(&commons, &parts.headers, &Refusal::address(lang), lang),
    };
    let parameters: BTreeMap<String, String> =
        parameters.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    let visit = visit_of(way, &commons, &parameters, raw_query, [frame, lang]);
    let browser = session::find_browser(&site, &parts.headers);
    let had_browser = browser.is_some();
    // Only who may be about to sign in gets a cookie: reading needs none.
    let needs_browser = matches!(way.act, Act::SignIn | Act::Join);
    let browser = browser.or_else(|| needs_browser.then(|| session::new_browser(&site)));
    let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    let client = client_network(&parts.headers, peer, site.proxies);
    let device = session::device(&parts.headers);
    let (network, drawn) = (wide_network(&client), Arc::default());
    let form = Form::default();
    let asked = Asked { site, visit, member, browser, form, parameters, device, network, now, drawn };
    let mut road = Road { commons, asked, headers: parts.headers.clone(), client };
    let new_browser = (!had_browser).then(|| road.asked.browser.clone()).flatten();

    let mut response = match road.go(way, &parts, body).await {
        Ok(response) => response,
        Err(turned) => road.turn(&turned),
    };
    if let Some(browser) = new_browser
        && !response.headers().contains_key(header::SET_COOKIE)
    {
        add_cookie(&mut response, &session::browser_cookie(&road.asked.site, &browser));
    }
    response
}

fn visit_of(
    way: Way,
    commons: &Commons,
    parameters: &BTreeMap<String, String>,
    raw_query: &str,
    [frame, lang]: [Lang; 2],
) -> Visit {
    let mut path = way.route.to_owned();
    for (name, value) in parameters {
        path = path.replace(&format!("{{{name}}}"), &segment(value));
    }
    let id = parameters.values().next().cloned().unwrap_or_default();
    Visit {
        evidence: commons.evidence(),
        lang,
        frame,
        path,
        id,
        query: Query::parse(raw_query, &["*"]),
        tried: 0,
    }
}

impl Road {
    async fn go(&mut self, way: Way, parts: &Parts, body: Body) -> Result<Response<Body>, Turned> {
        let lang = self.asked.visit.lang;
        if way.verb == Verb::Post {
            if !is_from_here(&parts.headers, &self.asked.site.public_url) {
                return Err(Refusal::foreign(lang).into());
            }
            self.asked.form =
                Form::read(&parts.headers, body).await.map_err(|unread| refuse_body(lang, unread))?;
        }
        self.admit(way).await?;
        if way.verb == Verb::Post
            && !is_token(&self.asked.form_key(), &self.asked.visit.path, self.asked.form.raw(TOKEN))
        {
            return Ok(self.interrupt(Interruption::Stale));
        }
        for rule in way.limits {
            self.count(*rule)?;
        }
        self.run(way).await
    }

    /// Whether the way is open to whoever asks.
    async fn admit(&self, way: Way) -> Result<(), Turned> {
        let actor = self.asked.member.as_ref().map(|member| &member.actor);
        let refuse = |relation| Refused::of(may(actor, way.act, relation), way.act);
        if actor.is_none() {
            return refuse(Relation::None).map_or(Ok(()), |refused| Err(refused.into()));
        }
        let found = object::find_relation(&self.asked, way.object).await?;
        // Who may not do it to any object is not told which objects there are.
        if let Some(refused) = refuse(found.unwrap_or(Relation::Other)) {
            return Err(refused.into());
        }
        if found.is_none() {
            return Err(Refused::Missing("object").into());
        }
        let wants_factor = |member: &SignedIn| way.is_grave && member.held.is_enough() && !member.is_fresh;
        if self.asked.member.as_ref().is_some_and(wants_factor) {
            return Err(Refused::SecondFactor.into());
        }
        Ok(())
    }

    fn count(&self, rule: Rule) -> Result<(), Turned> {
        let key = match rule.by() {
            By::Client => self.client.as_str(),
            By::Field(name) => self.asked.form.text(name),
            By::Member => self.asked.member.as_ref().map_or("", |member| &member.actor.member_id),
        };
        self.asked.site.rates.count(rule, key).map_err(|seconds| Refused::TooOften(seconds).into())
    }

    async fn run(&mut self, way: Way) -> Result<Response<Body>, Turned> {
        let asked = self.asked.clone();
        let reply = tokio::spawn((way.handle)(asked)).await;
        let reply = reply.map_err(|_| Refusal::internal(self.asked.visit.lang))??;
        // What a stranger may read without any form may be kept by the reader's browser, if it asks each time.
        let is_public = way.act == Act::ReadPublic && way.verb == Verb::Get && self.asked.member.is_none();
        Ok(self.answer(reply, if is_public { Caching::RevalidatePrivately } else { Caching::Never }))
    }

    fn answer(&self, reply: Reply, caching: Caching) -> Response<Body> {
        let mut response = match reply.shown {
            Shown::Page(mut rendered) => {
                self.fill_masthead(&mut rendered);
                Stored::new(rendered).respond(&self.headers, caching)
            }
            Shown::Elsewhere(path) => see_other(&path),
        };
        for cookie in &reply.cookies {
            add_cookie(&mut response, cookie);
        }
        if reply.is_scripted {
            response.extensions_mut().insert(Scripted);
        }
        response
    }

    fn fill_masthead(&self, rendered: &mut Rendered) {
        let slot = masthead(self.asked.visit.frame, self.asked.member.as_ref());
        fill_masthead(rendered, &slot);
    }

    /// The answer to whoever was turned away.
    fn turn(&self, turned: &Turned) -> Response<Body> {
        let lang = self.asked.visit.lang;
        match turned {
            Turned::Away(refusal) => self.refuse(refusal),
            Turned::Forum(Refused::SignIn) => self.interrupt(Interruption::SignIn),
            Turned::Forum(Refused::SecondFactor) => self.interrupt(Interruption::SecondFactor),
            Turned::Forum(Refused::NotAllowed(_)) => self.refuse(&Refusal::not_allowed(lang)),
            Turned::Forum(Refused::Missing(_)) => {
                self.refuse(&Refusal::not_found(lang, &self.asked.visit.path))
            }
            Turned::Forum(Refused::Fault { code, mentions, .. }) => {
                self.refuse(&Refusal::fault(lang, &super::fields::fault_text(lang, code, mentions)))
            }
            Turned::Forum(Refused::TooOften(seconds)) => {
                let mut response = self.refuse(&Refusal::too_often(lang, *seconds));
                response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(*seconds));
                response
            }
            Turned::Forum(Refused::Store(error)) => self.refuse(&of_store(lang, error)),
        }
    }

    fn refuse(&self, refusal: &Refusal) -> Response<Body> {
        let media = serve::media_of(&self.asked.visit.path);
        if media != Media::Html {
            return serve::refuse(
                media,
                &self.commons.evidence(),
                refusal,
                self.asked.visit.lang,
                &self.headers,
            );
        }
        let page = layout::refusal(&self.commons.evidence(), self.asked.visit.lang, refusal);
        let mut rendered = Rendered::html(page);
        rendered.status = refusal.status;
        self.answer(Reply::page(rendered), Caching::Never)
    }

    /// Sends on to the page that has to come first; a form that would be lost is shown again instead.
    fn interrupt(&self, why: Interruption) -> Response<Body> {
        let visit = &self.asked.visit;
        let here = if self.asked.form.is_empty() {
            Some(visit.address())
        } else {
            page_before(&self.headers, &self.asked.site.public_url)
        };
        let next = here.as_deref().and_then(local_path).unwrap_or_else(|| "/".to_owned());
        let onward = match why {
            Interruption::SignIn => Query::default().with("next", &next).address("/sign-in"),
            Interruption::SecondFactor => Query::default().with("next", &next).address("/second-factor"),
            Interruption::Stale => next,
        };
        if self.asked.form.is_empty() {
            return see_other(&onward);
        }
        match self.kept(why, &onward) {
            Ok(rendered) => self.answer(Reply::page(rendered), Caching::Never),
            Err(refusal) => self.refuse(&refusal),
        }
    }

    fn kept(&self, why: Interruption, onward: &str) -> Result<Rendered, Refusal> {
        let visit = &self.asked.visit;
        let (title, reason, link) = match why {
            Interruption::SignIn => {
                (visit.t("interrupted-sign-in"), visit.t("interrupted-sign-in-why"), visit.t("sign-in"))
            }
            Interruption::SecondFactor => (
                visit.t("interrupted-factor"),
                visit.t("interrupted-factor-why"),
                visit.t("interrupted-factor-link"),
            ),
            Interruption::Stale => (
                visit.t("interrupted-stale"),
                visit.t("interrupted-stale-why"),
                visit.t("interrupted-stale-link"),
            ),
        };
        let words: Vec<&str> = self.asked.form.words().collect();
        let body = layout::section_head(
            &visit.t("refusal-label"),
            &html! { p { (visit.t("interrupted-margin")) } },
            &html! {
                h1 { (title) }
                p.say { (reason) }
                p.gap { a href=(onward) { (link) } }
                @if !words.is_empty() {
                    p.gap { (visit.t("interrupted-words")) }
                    @for text in &words {
                        p { textarea readonly rows="8" cols="60" dir="auto" aria-label=(visit.t("interrupted-words")) { "\n" (text) } }
                    }
                }
            },
        );
        let page = Page { title, description: reason, room: Room::None, spine: None, body };
        let mut rendered = layout::page(visit, &page)?;
        rendered.status = StatusCode::FORBIDDEN;
        Ok(rendered)
    }
}

/// What has to come before the asked page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Interruption {
    SignIn,
    SecondFactor,
    /// The form's token is not, or no longer, good.
    Stale,
}

fn refuse_body(lang: Lang, unread: Unread) -> Refusal {
    let (status, why) = match unread {
        Unread::Media => (StatusCode::UNSUPPORTED_MEDIA_TYPE, text::t(lang, "refusal-body-media")),
        Unread::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, text::t(lang, "refusal-body-large")),
        Unread::TooSlow => (StatusCode::REQUEST_TIMEOUT, text::t(lang, "refusal-body-slow")),
    };
    Refusal { status, title: text::t(lang, "refusal-body"), why, ways_on: Vec::new() }
}

/// The page of a store that could not do it.
pub(crate) fn of_store(lang: Lang, error: &StoreError) -> Refusal {
    match error {
        StoreError::Unavailable { .. } => Refusal::unavailable(lang),
        StoreError::Conflict { .. } => Refusal::conflict(lang),
        _ => Refusal::internal(lang),
    }
}

fn see_other(path: &str) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::SEE_OTHER;
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // A path that is no header value leads nowhere in particular.
    let location = HeaderValue::from_str(path).unwrap_or(HeaderValue::from_static("/"));
    headers.insert(header::LOCATION, location);
    response
}

fn add_cookie(response: &mut Response<Body>, cookie: &str) {
    if let Ok(cookie) = HeaderValue::from_str(cookie) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
}
