//! Signing in by mail: who gets in, where, how often, and what a stranger can learn.

use super::browser::{Browser, between};
use super::place::{ORIGIN, Place};
use axum::http::{Method, StatusCode, header};
use time::Duration;
use whatworks_domain::member::{MemberStatus, Role};

/// Asks for a link and gives its path and code, as the mail says them.
async fn ask_link(place: &Place, browser: &mut Browser, address: &str) -> (String, String) {
    let answer = browser.submit("/sign-in", "/sign-in", &[("address", address)]).await;
    assert_eq!(Browser::onward(&answer), "/sign-in/code");
    let text = place.mail_text().await;
    let secret = between(&text, &format!("{ORIGIN}/sign-in/link/"), "\n").unwrap().trim().to_owned();
    let code = text
        .lines()
        .map(|line| line.replace([' ', '\u{a0}'], ""))
        .find(|line| line.len() == 6 && line.bytes().all(|byte| byte.is_ascii_digit()));
    (format!("/sign-in/link/{secret}"), code.unwrap_or_else(|| panic!("no code in {text}")))
}

async fn is_signed_in(browser: &mut Browser) -> bool {
    browser.get("/account").await.status == StatusCode::OK
}

#[tokio::test]
async fn a_link_pressed_where_it_was_asked_for_signs_in_once() {
    let place = Place::new().await;
    let amina = place.person("Amina", MemberStatus::Active, &[]).await;
    let mut browser = place.browser();
    let (link, _) = ask_link(&place, &mut browser, &amina.address).await;
    // Following it does nothing: programs that check mail do that.
    assert_eq!(browser.get(&link).await.status, StatusCode::OK);
    assert!(!is_signed_in(&mut browser).await);
    let answer = browser.submit(&link, &link, &[]).await;
    assert_eq!(Browser::onward(&answer), "/account");
    let cookie = answer.headers.get_all(header::SET_COOKIE).iter().map(|one| one.to_str().unwrap());
    let cookie = cookie.into_iter().find(|one| one.starts_with("__Host-session=")).unwrap().to_owned();
    for part in ["Path=/", "HttpOnly", "SameSite=Lax", "Secure", "Max-Age="] {
        assert!(cookie.contains(part), "{cookie}");
    }
    assert!(browser.get("/account").await.text().contains("Amina"));
    // The page is the member's own, and so is the masthead of every other page.
    let front = browser.get("/practices").await;
    assert!(front.text().contains("<bdi>Amina</bdi>"));
    assert_eq!(front.header(header::CACHE_CONTROL), "no-store");

    // A second time it brings nobody in, not even the same browser.
    let mut again = place.browser();
    again.jar.clone_from(&browser.jar);
    again.jar.remove("__Host-session");
    let page = again.get(&link).await.text();
    assert!(page.contains("This link brings nobody in"), "{page}");
    let token = again.token_for(&link);
    let answer = again.post(&link, &[("token", &token)]).await;
    assert!(answer.status.is_client_error());
    assert!(!is_signed_in(&mut again).await);
}

#[tokio::test]
async fn another_browser_is_shown_the_code_and_not_let_in() {
    let place = Place::new().await;
    let amina = place.person("Amina", MemberStatus::Active, &[]).await;
    let mut mine = place.browser();
    let (link, code) = ask_link(&place, &mut mine, &amina.address).await;
    let mut other = place.browser();
    let answer = other.get(&link).await;
    assert!(answer.text().replace([' ', '\u{a0}'], "").contains(&code), "{}", answer.text());
    other.get("/sign-in").await;
    let token = other.token_for(&link);
    let pressed = other.post(&link, &[("token", &token)]).await;
    assert!(pressed.text().contains("asked for in another browser"), "{}", pressed.text());
    assert!(!is_signed_in(&mut other).await && !is_signed_in(&mut mine).await);
    // The code works where the link was asked for, and nowhere else.
    other.get("/sign-in").await;
    let answer = other.submit("/sign-in/code", "/sign-in/code", &[("code", &code)]).await;
    assert!(answer.status.is_client_error());
    assert!(!is_signed_in(&mut other).await);
    let answer = mine.submit("/sign-in/code", "/sign-in/code", &[("code", &code)]).await;
    assert_eq!(Browser::onward(&answer), "/account");
    assert!(is_signed_in(&mut mine).await);
}

#[tokio::test]
async fn a_wrong_code_is_refused_and_five_of_them_end_the_link() {
    let place = Place::new().await;
    let amina = place.person("Amina", MemberStatus::Active, &[]).await;
    let mut browser = place.browser();
    let (_, code) = ask_link(&place, &mut browser, &amina.address).await;
    let wrong = if code == "000000" { "000001" } else { "000000" };
    for _ in 0..5 {
        let answer = browser.submit("/sign-in/code", "/sign-in/code", &[("code", wrong)]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.text().contains("aria-invalid=\"true\""));
    }
    let answer = browser.submit("/sign-in/code", "/sign-in/code", &[("code", &code)]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!is_signed_in(&mut browser).await);
}

#[tokio::test]
async fn a_link_is_good_for_ten_minutes() {
    let place = Place::new().await;
    let amina = place.person("Amina", MemberStatus::Active, &[]).await;
    let mut browser = place.browser();
    let (link, _) = ask_link(&place, &mut browser, &amina.address).await;
    Place::pass(Duration::minutes(10));
    assert!(browser.get(&link).await.text().contains("It was good for 10 minutes"));
    let token = browser.token_for(&link);
    assert!(browser.post(&link, &[("token", &token)]).await.status.is_client_error());
    assert!(!is_signed_in(&mut browser).await);
}

/// What a page says, without what changes with every page.
fn told(answer: &crate::support::Answer) -> (StatusCode, String, String) {
    let text = answer.text();
    let kept: Vec<&str> = text.split("<input").filter(|part| !part.contains("type=\"hidden\"")).collect();
    (answer.status, answer.header(header::LOCATION).to_owned(), kept.join("<input"))
}

#[tokio::test]
async fn nobody_learns_whose_address_is_known() {
    let place = Place::new().await;
    let known = place.person("Amina", MemberStatus::Active, &[]).await.address;
    let disabled = place.person("Gone", MemberStatus::Disabled, &[]).await.address;
    let waiting = place.person("Waiting", MemberStatus::Requested, &[]).await.address;
    let unknown = "nobody@example.org".to_owned();
    let mut seen = Vec::new();
    for address in [&known, &unknown, &disabled, &waiting] {
        let mut browser = place.browser();
        let asked = browser.submit("/sign-in", "/sign-in", &[("address", address)]).await;
        let sent = browser.get("/sign-in/code").await;
        let typed = browser.submit("/sign-in/code", "/sign-in/code", &[("code", "123456")]).await;
        let fields = [("address", address.as_str()), ("password", "a wrong password")];
        let password = browser.submit("/sign-in/password", "/sign-in/password", &fields).await;
        let fields = [("address", address.as_str()), ("name", "N"), ("note", "Why"), ("consent", "yes")];
        let joined = browser.submit("/join", "/join", &fields).await;
        let masked = |answer| {
            let (status, location, text) = told(answer);
            (status, location, text.replace(address.as_str(), "ADDRESS"))
        };
        seen.push([&asked, &sent, &typed, &password, &joined].map(masked));
        Place::pass(Duration::hours(1));
    }
    for other in &seen[1..] {
        assert_eq!(&seen[0], other);
    }
}

#[tokio::test]
async fn a_session_ends_where_its_time_ends() {
    let place = Place::new().await;
    let amina = place.person("Amina", MemberStatus::Active, &[]).await;
    let steward = place.person("Steward", MemberStatus::Active, &[Role::Steward]).await;
    let mut member = place.signed_in(&amina, false).await;
    let mut powerful = place.signed_in(&steward, true).await;
    Place::pass(Duration::minutes(31));
    assert!(is_signed_in(&mut member).await && !is_signed_in(&mut powerful).await);
    for _ in 0..8 {
        Place::pass(Duration::days(11));
        assert!(is_signed_in(&mut member).await);
    }
    Place::pass(Duration::days(3));
    assert!(!is_signed_in(&mut member).await, "ninety days are over");
}

#[tokio::test]
async fn signing_out_and_ending_sessions_hold_at_once() {
    let place = Place::new().await;
    let amina = place.person("Amina", MemberStatus::Active, &[]).await;
    let (mut one, mut two, mut three) = (
        place.signed_in(&amina, false).await,
        place.signed_in(&amina, false).await,
        place.signed_in(&amina, false).await,
    );
    let answer = one.submit("/account", "/sign-out", &[]).await;
    assert_eq!(Browser::onward(&answer), "/");
    assert!(!is_signed_in(&mut one).await && is_signed_in(&mut two).await);
    let page = two.get("/account/sessions").await;
    let answer = two.submit_on(&page, "/account/sessions", &[("others", "yes"), ("session", "")]).await;
    assert_eq!(Browser::onward(&answer), "/account/sessions");
    assert!(!is_signed_in(&mut three).await && is_signed_in(&mut two).await);
}

#[tokio::test]
async fn the_way_back_after_signing_in_stays_here() {
    let place = Place::new().await;
    let amina = place.person("Amina", MemberStatus::Active, &[]).await;
    for (next, expected) in
        [("/account/data", "/account/data"), ("//evil.org/", "/account"), ("https://evil.org", "/account")]
    {
        let mut browser = place.browser();
        browser.submit("/sign-in", "/sign-in", &[("address", &amina.address), ("next", next)]).await;
        let text = place.mail_text().await;
        let secret = between(&text, &format!("{ORIGIN}/sign-in/link/"), "\n").unwrap().trim().to_owned();
        let link = format!("/sign-in/link/{secret}");
        let answer = browser.submit(&link, &link, &[]).await;
        assert_eq!(Browser::onward(&answer), expected);
        Place::pass(Duration::hours(1));
    }
    let mut stranger = place.browser();
    let answer = stranger.get("/account/sessions").await;
    assert_eq!(Browser::onward(&answer), "/sign-in?next=%2Faccount%2Fsessions");
    let answer = stranger.send(Method::HEAD, "/account", &[], String::new()).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
}
