//! Which language a visitor reads, and the address that changes it: `/language/{code}`.
//!
//! Rule: the cookie `lang`, else what a member chose in the profile, else Accept-Language, else English. The address sets the cookie for a year and leads back to
//! the page that the visitor came from, if that was one of this site; the server keeps nothing. The way back is a path,
//! never a whole address, so that nobody can be led elsewhere by it.

use crate::text::Lang;
use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, Uri, header};

/// Name of the cookie.
pub(crate) const COOKIE: &str = "lang";
/// Route of the switch.
pub(crate) const ROUTE: &str = "/language/{code}";
/// A year, in seconds.
const SECONDS_KEPT: u32 = 31_536_000;

/// The address that changes to a language.
pub(crate) fn address(lang: Lang) -> String {
    format!("/language/{}", lang.code())
}

fn text(headers: &HeaderMap, name: header::HeaderName) -> Option<&str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// The language of a request; `profile` is what the member who asks chose.
pub(crate) fn of(headers: &HeaderMap, profile: Option<Lang>) -> Lang {
    let cookies = text(headers, header::COOKIE).unwrap_or_default().split(';');
    let mut pairs = cookies.filter_map(|pair| pair.trim().split_once('='));
    let chosen = pairs.find(|(name, _)| *name == COOKIE).and_then(|(_, code)| Lang::find(code));
    chosen.or(profile).unwrap_or_else(|| Lang::choose(text(headers, header::ACCEPT_LANGUAGE)))
}

/// Takes the cookie back, so that the profile decides again.
pub(crate) fn forget() -> String {
    format!("{COOKIE}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax")
}

/// The path and filters of the page the visitor came from, if it was one of this site; else the front page.
fn way_back(headers: &HeaderMap) -> String {
    let from = text(headers, header::REFERER).and_then(|referer| referer.parse::<Uri>().ok());
    let own = text(headers, header::HOST);
    let path =
        from.filter(|from| own.is_some() && from.authority().map(axum::http::uri::Authority::as_str) == own);
    let path = path.and_then(|from| from.path_and_query().map(ToString::to_string));
    // Two slashes, or a slash and a backslash, would begin another site's address.
    let is_inside = |path: &String| {
        path.starts_with('/') && !path[1..].starts_with(['/', '\\']) && !path.starts_with("/language/")
    };
    path.filter(is_inside).unwrap_or_else(|| "/".to_owned())
}

/// Keeps the language in the visitor's cookie and leads back.
pub(crate) fn change(lang: Lang, headers: &HeaderMap) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::SEE_OTHER;
    let cookie = format!("{COOKIE}={}; Path=/; Max-Age={SECONDS_KEPT}; HttpOnly; SameSite=Lax", lang.code());
    for (name, value) in [
        (header::LOCATION, way_back(headers).as_str()),
        (header::SET_COOKIE, cookie.as_str()),
        (header::CACHE_CONTROL, "no-store"),
    ] {
        if let Ok(value) = HeaderValue::from_str(value) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(header::HeaderName, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.clone(), HeaderValue::from_static(value))).collect()
    }

    #[test]
    fn the_cookie_comes_before_the_browser() {
        let both = [(header::COOKIE, "filters=a; lang=es"), (header::ACCEPT_LANGUAGE, "fr")];
        assert_eq!(of(&headers(&both), Some(Lang::Arabic)), Lang::Spanish);
        assert_eq!(of(&headers(&both[1..]), Some(Lang::Arabic)), Lang::Arabic);
        assert_eq!(of(&headers(&both[1..]), None), Lang::French);
        assert_eq!(
            of(&headers(&[(header::COOKIE, "lang=xx"), (header::ACCEPT_LANGUAGE, "ar")]), None),
            Lang::Arabic
        );
        assert_eq!(of(&HeaderMap::new(), None), Lang::English);
    }

    #[test]
    fn the_way_back_stays_on_this_site() {
        let back = |referer| way_back(&headers(&[(header::HOST, "here.org:80"), (header::REFERER, referer)]));
        assert_eq!(back("http://here.org:80/findings?page=2&country=IN"), "/findings?page=2&country=IN");
        for foreign in [
            "http://elsewhere.org/findings",
            "http://here.org/findings",
            "http://here.org:80@elsewhere.org/",
            "http://here.org:80//elsewhere.org/",
            "http://here.org:80/\\elsewhere.org/",
            "http://here.org:80/language/fr",
            "//here.org:80/x",
            "/findings",
            "nonsense",
            "",
        ] {
            assert_eq!(back(foreign), "/", "{foreign}");
        }
        assert_eq!(way_back(&headers(&[(header::REFERER, "http://here.org/findings")])), "/");
    }

    #[test]
    fn a_change_is_kept_by_the_visitor_alone() {
        let response = change(Lang::French, &HeaderMap::new());
        assert_eq!(response.status(), StatusCode::SEE_OTHER);
        assert_eq!(response.headers()[header::LOCATION], "/");
        let cookie = response.headers()[header::SET_COOKIE].to_str().unwrap();
        assert_eq!(cookie, "lang=fr; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax");
        assert_eq!(response.headers()[header::CACHE_CONTROL], "no-store");
    }
}
