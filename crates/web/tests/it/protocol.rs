//! Status, headers, caching, methods, languages, and refusals in the form in which the answer was wanted.

use crate::support::{KINDS, SHIPPED, ask, ask_with, catalogue, findings};
use axum::http::{Method, StatusCode, header};
use percent_encoding::{NON_ALPHANUMERIC, percent_encode};
use proptest::prelude::*;
use std::sync::Arc;
use whatworks_web::headers::HEADERS;
use whatworks_web::{Commons, Evidence, router};

const MACHINES: &[&str] = &[
    "/practices.csv",
    "/practices.json",
    "/outcomes.csv",
    "/outcomes.json",
    "/studies.csv",
    "/studies.json",
    "/findings.csv",
    "/findings.json",
    "/api/v1/practices",
    "/api/v1/outcomes",
    "/api/v1/findings",
    "/api/v1/findings/angelucci2015-mx_credit.access_business.profit_usdppp",
    "/api/v1/openapi.json",
    "/healthz",
    "/robots.txt",
];

#[tokio::test]
async fn every_answer_is_protected() {
    let refused = ["/nowhere", "/practices/nothing", "/findings?page=x", "/api/v1/nowhere", "/findings/%ff"];
    for address in KINDS.iter().chain(MACHINES).chain(&refused) {
        let answer = ask(&SHIPPED, address).await;
        for (name, value) in HEADERS {
            assert_eq!(answer.header(&name), value, "{address}");
        }
    }
    let policy = whatworks_web::headers::CONTENT_POLICY;
    for part in [
        "default-src 'none'",
        "style-src 'self'",
        "img-src 'self' data:",
        "script-src 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "object-src 'none'",
    ] {
        assert!(policy.split("; ").any(|one| one == part), "{part}");
    }
}

#[tokio::test]
async fn a_browser_that_has_the_page_is_told_so() {
    for address in KINDS.iter().chain(MACHINES) {
        let first = ask(&SHIPPED, address).await;
        assert_eq!(first.status, StatusCode::OK, "{address}");
        assert!(first.header(header::CACHE_CONTROL).ends_with("no-cache"));
        let tag = first.header(header::ETAG).to_owned();
        let again = ask_with(&SHIPPED, Method::GET, address, &[("if-none-match", &tag)]).await;
        assert_eq!((again.status, again.body.len()), (StatusCode::NOT_MODIFIED, 0), "{address}");
        assert_eq!(again.header(header::ETAG), tag);
        let other = ask_with(&SHIPPED, Method::GET, address, &[("if-none-match", "\"x\"")]).await;
        assert_eq!(other.body, first.body, "{address}: the same bytes again");
    }
}

#[tokio::test]
async fn head_gives_the_headers_without_the_body() {
    for address in ["/practices", "/findings.csv", "/api/v1/openapi.json", "/nowhere"] {
        let whole = ask(&SHIPPED, address).await;
        let head = ask_with(&SHIPPED, Method::HEAD, address, &[]).await;
        assert_eq!(head.status, whole.status);
        assert!(head.body.is_empty());
        assert_eq!(head.header(header::ETAG), whole.header(header::ETAG));
        assert_eq!(head.header(header::CONTENT_TYPE), whole.header(header::CONTENT_TYPE));
    }
}

#[tokio::test]
async fn other_methods_are_refused_with_what_is_allowed() {
    for address in ["/practices", "/findings/x", "/api/v1/findings"] {
        for method in [Method::POST, Method::PUT, Method::DELETE, Method::PATCH] {
            let answer = ask_with(&SHIPPED, method, address, &[]).await;
            assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
            assert_eq!(answer.header(header::ALLOW), "GET, HEAD");
        }
    }
}

#[tokio::test]
async fn a_refusal_says_what_why_and_how_to_go_on() {
    let cases = [
        ("/nowhere", 404, "There is no page at this address"),
        ("/practices/nothing", 404, "There is nothing of this name here"),
        ("/findings?page=99", 400, "a whole number from 1 to"),
        ("/findings?practice=nothing", 400, "The same page without this filter"),
        ("/findings/%ff", 400, "The address cannot be read"),
    ];
    for (address, status, words) in cases {
        let answer = ask(&SHIPPED, address).await;
        assert_eq!(answer.status.as_u16(), status, "{address}");
        let page = answer.text();
        assert!(page.contains(words) && page.contains("Ways on:"), "{address}");
        assert_eq!(page.matches("<h1").count(), 1);
        assert_eq!(answer.header(header::CACHE_CONTROL), "no-store");
    }
    for (address, status) in [
        ("/api/v1/nowhere", 404),
        ("/nowhere.json", 404),
        ("/api/v1/findings/nothing", 404),
        ("/findings.json?primary=maybe", 400),
        ("/api/v1/findings?country=india", 400),
    ] {
        let answer = ask(&SHIPPED, address).await;
        assert_eq!(answer.header(header::CONTENT_TYPE), "application/json", "{address}");
        assert_eq!(answer.json()["error"]["status"], status, "{address}");
        assert_eq!(answer.status.as_u16(), status);
    }
    let long = format!("/findings?practice={}", "x".repeat(5_000));
    assert_eq!(ask(&SHIPPED, &long).await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn the_style_sheet_is_kept_for_a_year_under_its_digest() {
    let page = ask(&SHIPPED, "/about").await.text();
    let address =
        crate::support::attributes(&page, "href").into_iter().find(|href| href.contains("/look-")).unwrap();
    let sheet = ask(&SHIPPED, &address).await;
    assert_eq!(sheet.header(header::CONTENT_TYPE), "text/css; charset=utf-8");
    assert!(sheet.header(header::CACHE_CONTROL).contains("immutable"));
    assert_eq!(sheet.text(), whatworks_web::assets::LOOK);
}

#[tokio::test]
async fn other_evidence_gives_other_pages_at_once() {
    let commons = Arc::new(Commons::new(Evidence::new(1, "one".into(), catalogue(), findings())));
    let site = router(Arc::clone(&commons));
    let before = ask(&site, "/findings").await;
    commons.replace(Evidence::new(2, "two".into(), catalogue(), findings()[..10].to_vec()));
    let after = ask(&site, "/findings").await;
    assert_ne!(before.header(header::ETAG), after.header(header::ETAG));
    assert!(after.text().contains("Findings 1 to 10 of 10"));
}

#[tokio::test]
async fn parameters_that_a_page_does_not_read_change_nothing() {
    let plain = ask(&SHIPPED, "/practices").await;
    let tracked = ask(&SHIPPED, "/practices?utm_source=x").await;
    assert_eq!(plain.body, tracked.body);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]
    #[test]
    fn no_address_breaks_the_site(
        stem in prop::sample::select(vec!["practices", "outcomes", "studies", "findings", "methods", "api/v1/findings", ""]),
        id in prop::collection::vec(any::<u8>(), 0..40),
        name in prop::sample::select(vec!["practice", "outcome", "study", "country", "design", "primary", "page", "x"]),
        value in prop::collection::vec(any::<u8>(), 0..40),
    ) {
        let encode = |bytes: &[u8]| percent_encode(bytes, NON_ALPHANUMERIC).to_string();
        let address = format!("/{stem}/{}?{name}={}", encode(&id), encode(&value));
        let list = format!("/{stem}?{name}={}", encode(&value));
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        for address in [address, list] {
            let answer = runtime.block_on(ask(&SHIPPED, &address));
            prop_assert!(answer.status.as_u16() < 500, "{address}: {}", answer.status);
        }
    }
}

#[tokio::test]
async fn a_chosen_language_is_kept_and_holds_on_every_page() {
    let headers = [("host", "here.org"), ("referer", "http://here.org/findings?page=2")];
    let changed = ask_with(&SHIPPED, Method::GET, "/language/es", &headers).await;
    assert_eq!(
        (changed.status, changed.header(header::LOCATION)),
        (StatusCode::SEE_OTHER, "/findings?page=2")
    );
    let cookie = changed.header(header::SET_COOKIE).split(';').next().unwrap().to_owned();
    for address in KINDS {
        let sent = [("cookie", cookie.as_str()), ("accept-language", "fr")];
        let answer = ask_with(&SHIPPED, Method::GET, address, &sent).await;
        let page = answer.text();
        assert!(page.contains("<html lang=\"es\" dir=\"ltr\">"), "{address}");
        assert!(page.contains("href=\"/language/fr\" hreflang=\"fr\" lang=\"fr\""), "{address}");
        assert!(!page.contains("href=\"/language/es\""), "{address}: a link to the language that is shown");
        let vary = answer.header(header::VARY);
        assert!(vary.contains("Cookie") && vary.contains("Accept-Language"), "{address}: {vary}");
    }
    let unknown = ask(&SHIPPED, "/language/xx").await;
    assert_eq!((unknown.status, unknown.header(header::SET_COOKIE)), (StatusCode::NOT_FOUND, ""));
}

#[tokio::test]
async fn a_page_that_arabic_lacks_is_marked_as_english() {
    let arabic = [("accept-language", "ar")];
    let front = ask_with(&SHIPPED, Method::GET, "/", &arabic).await.text();
    assert!(
        front.contains("<html lang=\"ar\" dir=\"rtl\">") && !front.contains("<div lang=\"en\" dir=\"ltr\">")
    );
    for address in KINDS.iter().filter(|address| **address != "/") {
        let page = ask_with(&SHIPPED, Method::GET, address, &arabic).await.text();
        let (_, main) = page.split_once("<main id=\"main\">").unwrap();
        let (before, body) = main.split_once("<div lang=\"en\" dir=\"ltr\">").unwrap();
        assert!(
            page.contains("<html lang=\"ar\" dir=\"rtl\">") && before.matches("<p").count() == 1,
            "{address}"
        );
        assert!(body.contains("<h1"), "{address}");
    }
}
