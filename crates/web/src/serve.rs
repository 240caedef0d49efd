//! From a request to an answer: one table of entries, one way through it.
//!
//! Rule: an entry names its route, the parameters it reads and a pure function. The way: read address and language,
//! look in the cache, else render on a worker thread (a panic there becomes a page that says so), keep, answer.

use crate::assets::{LOOK_SHEET, MARK_PICTURE, PASSKEY_SCRIPT};
use crate::cache::{Caching, Stored};
use crate::headers;
use crate::intake;
use crate::language;
use crate::layout;
use crate::member::{self, Verb, Way};
use crate::state::{Commons, Evidence};
use crate::text::Lang;
use crate::tried::Tried;
use crate::visit::{MAX_QUERY_LENGTH, Media, Outcome, Query, Refusal, Rendered, Visit};
use axum::Router;
use axum::body::Body;
use axum::extract::rejection::RawPathParamsRejection;
use axum::extract::{RawPathParams, Request, State};
use axum::http::{HeaderMap, HeaderValue, Response, Uri, header};
use axum::middleware;
use axum::routing::{get, post};
use std::sync::Arc;

/// One address of the site.
#[derive(Debug, Clone, Copy)]
pub struct Entry {
    /// Route; at most one `{id}`.
    pub route: &'static str,
    /// Kind of its body, and so of its refusals.
    pub media: Media,
    /// The parameters it reads; a name that ends in `*` allows a prefix.
    pub parameters: &'static [&'static str],
    /// Whether its filters are counted since arrival; the count is then in [`Visit::tried`].
    pub counts_filters: bool,
    /// The page.
    pub render: fn(&Visit) -> Outcome,
}

impl Entry {
    /// An address whose filters are not counted.
    pub const fn new(
        route: &'static str,
        media: Media,
        parameters: &'static [&'static str],
        render: fn(&Visit) -> Outcome,
    ) -> Self {
        Self { route, media, parameters, counts_filters: false, render }
    }
    /// A page.
    pub const fn page(
        route: &'static str,
        parameters: &'static [&'static str],
        render: fn(&Visit) -> Outcome,
    ) -> Self {
        Self::new(route, Media::Html, parameters, render)
    }
    /// The same address, its filters counted since arrival.
    #[must_use]
    pub const fn counting_filters(mut self) -> Self {
        self.counts_filters = true;
        self
    }
}

/// The whole site.
pub fn router(commons: Arc<Commons>) -> Router {
    router_of(commons, crate::pages::entries(), member::ways())
}

/// The two tables are all there is: what depends on a member has no other way in.
fn router_of(commons: Arc<Commons>, entries: Vec<Entry>, ways: Vec<Way>) -> Router {
    let mut router = Router::new();
    for entry in entries {
        let way = move |State(commons): State<Arc<Commons>>,
                        parameters: Result<RawPathParams, RawPathParamsRejection>,
                        uri: Uri,
                        headers: HeaderMap| serve(entry, commons, parameters, uri, headers);
        let mut methods = get(way);
        if entry.route == intake::ROUTE && commons.intake.is_some() {
            methods = methods.post(intake::receive);
        }
        router = router.route(entry.route, methods);
    }
    if let Some(site) = &commons.forum {
        for way in ways {
            let site = Arc::clone(site);
            let run = move |State(commons): State<Arc<Commons>>,
                            parameters: Result<RawPathParams, RawPathParamsRejection>,
                            request: Request| {
                member::enter(way, commons, site, parameters, request)
            };
            let method = match way.verb {
                Verb::Get => get(run),
                Verb::Post => post(run),
            };
            router = router.route(way.route, method);
        }
    }
    for asset in [&*LOOK_SHEET, &*MARK_PICTURE, &*PASSKEY_SCRIPT] {
        router = router.route(
            &asset.path,
            get(move |headers: HeaderMap| async move { asset.stored.respond(&headers, Caching::Forever) }),
        );
    }
    router
        .route(language::ROUTE, get(change_language))
        .fallback(not_found)
        .method_not_allowed_fallback(method_not_allowed)
        .layer(middleware::from_fn(headers::protect))
        .with_state(commons)
}

/// Keeps a chosen language, `/language/{code}`.
async fn change_language(
    State(commons): State<Arc<Commons>>,
    parameters: Result<RawPathParams, RawPathParamsRejection>,
    uri: Uri,
    headers: HeaderMap,
) -> Response<Body> {
    let code =
        parameters.ok().and_then(|parameters| parameters.iter().next().map(|(_, code)| code.to_owned()));
    match code.and_then(|code| Lang::find(&code)) {
        Some(lang) => language::change(lang, &headers),
        None => not_found(State(commons), uri, headers).await,
    }
}

async fn serve(
    entry: Entry,
    commons: Arc<Commons>,
    parameters: Result<RawPathParams, RawPathParamsRejection>,
    uri: Uri,
    headers: HeaderMap,
) -> Response<Body> {
    let evidence = commons.evidence();
    // Only a page says who is signed in; files are the same for everybody.
    let person = match (&commons.forum, entry.media) {
        (Some(site), Media::Html) => member::find_person(site, &headers).await,
        _ => None,
    };
    let frame = language::of(&headers, person.as_ref().and_then(|person| person.lang));
    let lang = frame.on(uri.path());
    let signed_out = commons.forum.as_ref().map(|_| member::masthead(frame, None)).unwrap_or_default();
    let raw_query = uri.query().unwrap_or_default();
    let Ok(parameters) = parameters else {
        return refuse(entry.media, &evidence, &Refusal::address(lang), lang, &headers);
    };
    if raw_query.len() > MAX_QUERY_LENGTH {
        return refuse(entry.media, &evidence, &Refusal::address(lang), lang, &headers);
    }
    let query = Query::parse(raw_query, entry.parameters);
    let id = parameters.iter().next().map(|(_, value)| value.to_owned()).unwrap_or_default();
    let path = entry.route.replace("{id}", &crate::visit::segment(&id));
    let address = query.address(&path);

    let mut tried = Tried::default();
    let mut is_new = false;
    if entry.counts_filters {
        tried = Tried::from_header(headers.get(header::COOKIE).and_then(|value| value.to_str().ok()));
        is_new = !query.is_empty() && tried.add(&address);
    }
    let caching = if entry.counts_filters { Caching::RevalidatePrivately } else { Caching::Revalidate };
    let moment = evidence.as_of.unix_timestamp();
    let key = format!("{} {moment} {} {} {address}", evidence.version, frame.code(), tried.count());
    let visit = Visit { evidence: Arc::clone(&evidence), lang, frame, path, id, query, tried: tried.count() };

    let stored = match commons.pages.find(&key) {
        Some(stored) => stored,
        None => match tokio::task::spawn_blocking(move || (entry.render)(&visit)).await {
            Ok(Ok(mut rendered)) => {
                member::fill_masthead(&mut rendered, &signed_out);
                let stored = Arc::new(Stored::new(rendered));
                commons.pages.insert(&key, Arc::clone(&stored));
                stored
            }
            Ok(Err(refusal)) => return refuse(entry.media, &evidence, &refusal, lang, &headers),
            Err(_) => return refuse(entry.media, &evidence, &Refusal::internal(lang), lang, &headers),
        },
    };
    let mut response = match &person {
        None => stored.respond(&headers, caching),
        Some(person) => {
            let slot = member::masthead(frame, Some(person));
            stored.refilled(&member::masthead(frame, None), &slot).respond(&headers, Caching::Never)
        }
    };
    if is_new && let Ok(cookie) = HeaderValue::from_str(&tried.set_cookie()) {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    response
}

/// A refusal as a page.
pub(crate) fn refuse_page(
    commons: &Commons,
    headers: &HeaderMap,
    refusal: &Refusal,
    lang: Lang,
) -> Response<Body> {
    refuse(Media::Html, &commons.evidence(), refusal, lang, headers)
}

/// A refusal in the form in which the answer was wanted.
pub(crate) fn refuse(
    media: Media,
    evidence: &Arc<Evidence>,
    refusal: &Refusal,
    lang: Lang,
    headers: &HeaderMap,
) -> Response<Body> {
    let (media, body) = match media {
        Media::Json => {
            let error = serde_json::json!({"error": {
                "status": refusal.status.as_u16(), "title": refusal.title, "why": refusal.why,
                "see": refusal.ways_on.iter().map(|(href, _)| href).collect::<Vec<_>>(),
            }});
            (Media::Json, format!("{error}\n"))
        }
        Media::Html => (Media::Html, layout::refusal(evidence, lang, refusal).into_string()),
        _ => (Media::Text, format!("{}\n{}\n", refusal.title, refusal.why)),
    };
    let mut rendered = Rendered { status: refusal.status, ..Rendered::new(media, body.into_bytes()) };
    member::fill_masthead(&mut rendered, "");
    Stored::new(rendered).respond(headers, Caching::Never)
}

/// The kind of answer that an address without an entry asked for.
pub(crate) fn media_of(path: &str) -> Media {
    let extension = path.rsplit_once('.').map(|(_, extension)| extension);
    if path == "/api" || path.starts_with("/api/") || extension == Some("json") {
        Media::Json
    } else if extension == Some("csv") {
        Media::Text
    } else {
        Media::Html
    }
}

async fn not_found(State(commons): State<Arc<Commons>>, uri: Uri, headers: HeaderMap) -> Response<Body> {
    let lang = language::of(&headers, None);
    let refusal = Refusal::not_found(lang, uri.path());
    refuse(media_of(uri.path()), &commons.evidence(), &refusal, lang, &headers)
}

async fn method_not_allowed(
    State(commons): State<Arc<Commons>>,
    uri: Uri,
    headers: HeaderMap,
) -> Response<Body> {
    let lang = language::of(&headers, None);
    let refusal = Refusal::method(lang);
    let mut response = refuse(media_of(uri.path()), &commons.evidence(), &refusal, lang, &headers);
    let takes_packets = commons.intake.is_some() && uri.path() == intake::ROUTE;
    // The router has named what a member's way allows.
    if commons.forum.is_none() || takes_packets {
        let allowed = if takes_packets { "GET, HEAD, POST" } else { "GET, HEAD" };
        response.headers_mut().insert(header::ALLOW, HeaderValue::from_static(allowed));
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::{Request, StatusCode};
    use tower::ServiceExt;
    use whatworks_domain::Catalogue;

    fn commons() -> Arc<Commons> {
        let text = include_str!("../../../evidence-base/catalogue.toml");
        Arc::new(Commons::new(Evidence::new(1, "d".into(), Catalogue::parse(text).unwrap(), Vec::new())))
    }

    fn fails(_: &Visit) -> Outcome {
        panic!("a fault in a page")
    }

    #[expect(clippy::unnecessary_wraps, reason = "the form of every entry")]
    fn counts(visit: &Visit) -> Outcome {
        Ok(Rendered::new(Media::Text, visit.tried.to_string().into_bytes()))
    }

    async fn ask(router: &Router, address: &str, cookie: &str) -> (StatusCode, HeaderMap, String) {
        let request = Request::get(address).header(header::COOKIE, cookie).body(Body::empty()).unwrap();
        let response = router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = axum::body::to_bytes(body, usize::MAX).await.unwrap();
        (parts.status, parts.headers, String::from_utf8(body.to_vec()).unwrap())
    }

    #[tokio::test]
    async fn a_fault_in_a_page_becomes_a_page_that_says_so() {
        let router = router_of(commons(), vec![Entry::page("/fails", &[], fails)], Vec::new());
        let (status, headers, body) = ask(&router, "/fails", "").await;
        assert_eq!(status, StatusCode::INTERNAL_SERVER_ERROR);
        assert!(body.contains("<h1>") && !body.contains("a fault in a page"));
        assert_eq!(headers[header::CACHE_CONTROL], "no-store");
        assert_eq!(headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
    }

    #[tokio::test]
    async fn distinct_filters_are_counted_in_the_visitors_own_cookie() {
        let entry = Entry::new("/counts/{id}", Media::Text, &["country"], counts).counting_filters();
        let router = router_of(commons(), vec![entry], Vec::new());
        let (_, headers, body) = ask(&router, "/counts/a", "").await;
        assert_eq!((body.as_str(), headers.get(header::SET_COOKIE)), ("0", None));
        let (_, headers, body) = ask(&router, "/counts/a?country=IN", "").await;
        assert_eq!(body, "1");
        assert!(headers[header::VARY].to_str().unwrap().contains("Cookie"));
        assert_eq!(headers[header::CACHE_CONTROL], "private, no-cache");
        let cookie = headers[header::SET_COOKIE].to_str().unwrap().to_owned();
        assert!(cookie.ends_with("; Path=/; HttpOnly; SameSite=Lax"), "{cookie}");
        let sent = cookie.split(';').next().unwrap();
        let (_, headers, body) = ask(&router, "/counts/a?country=IN", sent).await;
        assert_eq!((body.as_str(), headers.get(header::SET_COOKIE)), ("1", None));
        let (_, _, body) = ask(&router, "/counts/b?country=IN", sent).await;
        assert_eq!(body, "2");
    }
}
