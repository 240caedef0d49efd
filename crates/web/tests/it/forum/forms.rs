//! What a form needs to be taken, what becomes of one that is not, and how often anything may be tried.

use super::place::{ORIGIN, Place};
use axum::http::{Method, StatusCode, header};
use time::Duration;
use whatworks_domain::member::{MemberStatus, Role};

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

#[tokio::test]
async fn a_form_from_elsewhere_or_without_its_token_is_refused() {
    let place = Place::new().await;
    let amina = place.person("Amina", MemberStatus::Active, &[]).await;
    let bela = place.person("Bela", MemberStatus::Active, &[]).await;
    let mut browser = place.signed_in(&amina, false).await;
    let good = browser.token_for("/account");
    let other_path = browser.token_for("/account/sessions");
    let other_member = place.signed_in(&bela, false).await.token_for("/account");
    let words = "x".repeat(40);
    let body = |token: &str| {
        format!("token={token}&name=Changed&time_zone=UTC&about={words}&language=en&delivery=daily")
    };
    for (token, headers, expected) in [
        (good.as_str(), vec![FORM, ("origin", "https://evil.org")], "This was sent from another site"),
        (&good, vec![FORM, ("origin", "null")], "This was sent from another site"),
        (&good, vec![FORM, ("sec-fetch-site", "cross-site")], "This was sent from another site"),
        (
            &good,
            vec![FORM, ("sec-fetch-site", "same-site"), ("origin", ORIGIN)],
            "This was sent from another site",
        ),
        ("", vec![FORM, ("origin", ORIGIN)], "This form is no longer good"),
        (&other_path, vec![FORM, ("origin", ORIGIN)], "This form is no longer good"),
        (&other_member, vec![FORM, ("origin", ORIGIN)], "This form is no longer good"),
        (&good, vec![("content-type", "text/plain"), ("origin", ORIGIN)], "It was not sent as a form"),
    ] {
        let answer = browser.send(Method::POST, "/account", &headers, body(token)).await;
        assert!(answer.status.is_client_error(), "{headers:?}");
        let page = answer.text();
        assert!(page.contains(expected), "{headers:?}: {page}");
        // What was written in a form of ours is given back.
        assert_eq!(page.contains(&words), expected.contains("no longer good"), "{headers:?}");
        assert_eq!(answer.header(header::CACHE_CONTROL), "no-store");
    }
    let name = place.store.members().find(&amina.member_id).await.unwrap().unwrap().profile.name;
    assert_eq!(name, "Amina");
    let answer = browser.send(Method::POST, "/account", &[FORM, ("origin", ORIGIN)], body(&good)).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    let name = place.store.members().find(&amina.member_id).await.unwrap().unwrap().profile.name;
    assert_eq!(name, "Changed");
}

#[tokio::test]
async fn a_giant_form_is_refused_unread() {
    let place = Place::new().await;
    let amina = place.person("Amina", MemberStatus::Active, &[]).await;
    let mut browser = place.signed_in(&amina, false).await;
    let body = format!("about={}", "x".repeat(70_000));
    let answer = browser.send(Method::POST, "/account", &[FORM, ("origin", ORIGIN)], body).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn links_are_counted_by_address_and_passwords_by_network() {
    let place = Place::new().await;
    for _ in 0..3 {
        let mut browser = place.browser();
        let answer = browser.submit("/sign-in", "/sign-in", &[("address", "a@example.org")]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
    }
    let mut browser = place.browser();
    let answer = browser.submit("/sign-in", "/sign-in", &[("address", " A@Example.org ")]).await;
    assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
    let seconds: u64 = answer.header(header::RETRY_AFTER).parse().unwrap();
    assert!((1..=1_201).contains(&seconds), "{seconds}");
    assert!(answer.text().contains("Too many tries"));
    let answer = browser.submit("/sign-in", "/sign-in", &[("address", "b@example.org")]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    Place::pass(Duration::minutes(21));
    let answer = browser.submit("/sign-in", "/sign-in", &[("address", "a@example.org")]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);

    // Another network is another count; what stands in a header that no proxy wrote is not believed.
    let fields = [("address", "a@example.org"), ("password", "not this one")];
    let mut refused = 0;
    for at in 0..5 {
        let mut browser = place.browser();
        browser.peer = "198.51.100.9:1".parse().unwrap();
        browser.get("/sign-in").await;
        let token = browser.token_for("/sign-in/password");
        let body = form_urlencoded::Serializer::new(format!("token={token}&")).extend_pairs(fields).finish();
        let forged = format!("203.0.113.{at}");
        let headers = [FORM, ("origin", ORIGIN), ("x-forwarded-for", forged.as_str())];
        let answer = browser.send(Method::POST, "/sign-in/password", &headers, body).await;
        refused += usize::from(answer.status == StatusCode::TOO_MANY_REQUESTS);
    }
    assert_eq!(refused, 2);
    let mut browser = place.browser();
    browser.peer = "198.51.100.10:1".parse().unwrap();
    let answer = browser.submit("/sign-in/password", "/sign-in/password", &fields).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
}

const HOSTILE: [&str; 6] = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' onfocus=alert(1) autofocus='",
    "</textarea><svg onload=alert(1)>",
    "{{7*7}} ${7*7} { $name }",
    "javascript:alert(1)",
];

fn assert_inert(page: &str, place: &str) {
    for forbidden in ["<script>", "<img", "<svg onload", "='' onfocus", "href=\"javascript"] {
        assert!(!page.contains(forbidden), "{place}: {forbidden}");
    }
}

#[tokio::test]
async fn no_field_becomes_markup() {
    let place = Place::new().await;
    let steward = place.person("Steward", MemberStatus::Active, &[Role::Steward]).await;
    let amina = place.person("Amina", MemberStatus::Active, &[]).await;
    for text in HOSTILE {
        // Refused with what was written.
        let mut browser = place.browser();
        for (page, fields) in [
            ("/sign-in", vec!["address", "next"]),
            ("/sign-in/code", vec!["code"]),
            ("/sign-in/password", vec!["address", "password", "code", "next"]),
            ("/join", vec!["address", "name", "note", "country"]),
        ] {
            browser.get("/sign-in").await;
            let fields: Vec<(&str, &str)> = fields.into_iter().map(|name| (name, text)).collect();
            let answer = browser.submit(page, page, &fields).await;
            assert_inert(&answer.text(), page);
            let asked = form_urlencoded::Serializer::new(String::new()).append_pair("next", text).finish();
            assert_inert(&browser.get(&format!("{page}?{asked}")).await.text(), page);
            Place::pass(Duration::hours(1));
        }
        // Kept, and shown to the member and to a steward.
        let mut browser = place.signed_in(&amina, false).await;
        for fields in [
            vec![("name", text), ("about", text), ("time_zone", "UTC")],
            vec![("name", text), ("about", text), ("time_zone", text), ("country", text), ("language", text)],
        ] {
            let answer = browser.submit("/account", "/account", &fields).await;
            assert_inert(&answer.text(), "/account");
        }
        let address = format!("x{}@example.org", text.len());
        let fields = [("address", address.as_str()), ("name", text), ("note", text), ("consent", "yes")];
        let mut stranger = place.browser();
        let answer = stranger.submit("/join", "/join", &fields).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        let mut reader = place.signed_in(&steward, true).await;
        for page in [
            "/account",
            "/account/sessions",
            "/account/security",
            "/members",
            "/members/id-amina",
            "/organisations",
        ] {
            let answer = reader.get(page).await;
            assert_eq!(answer.status, StatusCode::OK, "{page}");
            assert_inert(&answer.text(), page);
        }
        assert_inert(&browser.get("/practices").await.text(), "the masthead");
        let fields = [("name", text), ("kind", "network"), ("country", "")];
        assert_inert(
            &reader.submit("/organisations", "/organisations", &fields).await.text(),
            "/organisations",
        );
        assert_inert(&reader.get("/organisations").await.text(), "/organisations");
    }
}
