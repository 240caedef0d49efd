//! Becoming a member, the own account, and what stewards do to others.

use super::browser::{Browser, between};
use super::place::{ORIGIN, Place};
use axum::http::{StatusCode, header};
use time::Duration;
use whatworks_accounts::token::Token;
use whatworks_domain::member::{MailAddress, MemberStatus, Role};
use whatworks_store::Consequences;

async fn is_signed_in(browser: &mut Browser) -> bool {
    browser.get("/account").await.status == StatusCode::OK
}

#[tokio::test]
async fn the_printed_link_makes_the_first_steward_and_nobody_after() {
    let place = Place::new().await;
    let mut browser = place.browser();
    let link = format!("/first-steward/{}", Token::from_bytes([9; 32]).text());
    let wrong = format!("/first-steward/{}", Token::from_bytes([8; 32]).text());
    assert_eq!(browser.get(&wrong).await.status, StatusCode::GONE);
    let fields = [("address", "first@example.org"), ("name", "First"), ("country", "KE"), ("consent", "yes")];
    let answer = browser.submit(&link, &link, &fields[..3]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "without consent");
    let answer = browser.submit(&link, &link, &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    assert!(is_signed_in(&mut browser).await);
    // A steward without a second factor has no power yet.
    let answer = browser.get("/members").await;
    assert_eq!(Browser::onward(&answer), "/second-factor?next=%2Fmembers");
    let mut other = place.browser();
    assert_eq!(other.get(&link).await.status, StatusCode::GONE);
    other.get("/sign-in").await;
    let token = other.token_for(&link);
    let fields = [("address", "second@example.org"), ("name", "S"), ("consent", "yes"), ("token", &token)];
    assert_eq!(other.post(&link, &fields).await.status, StatusCode::GONE);
    assert!(!is_signed_in(&mut other).await);
}

#[tokio::test]
async fn an_invitation_makes_one_member() {
    let place = Place::new().await;
    let steward = place.person("Steward", MemberStatus::Active, &[Role::Steward]).await;
    let mut browser = place.signed_in(&steward, true).await;
    let fields = [("address", "new@example.org"), ("role", "expert")];
    let answer = browser.submit("/members", "/members/invite", &fields).await;
    assert_eq!(Browser::onward(&answer), "/members");
    let text = place.mail_text().await;
    let link = between(&text, ORIGIN, "\n").unwrap().to_owned();
    let mut invited = place.browser();
    let fields = [("name", "Newcomer"), ("country", "PE"), ("consent", "yes")];
    let answer = invited.submit(&link, &link, &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    assert!(invited.get("/account").await.text().contains("expert"));
    assert_eq!(place.browser().get(&link).await.status, StatusCode::GONE);
}

#[tokio::test]
async fn an_organisation_vouches_and_an_invitation_is_withdrawn() {
    let place = Place::new().await;
    let steward = place.person("Steward", MemberStatus::Active, &[Role::Steward]).await;
    let member = place.person("Amina", MemberStatus::Active, &[]).await;
    let mut browser = place.signed_in(&steward, true).await;
    let fields = [("name", "Farmers’ Bank"), ("kind", "institution"), ("country", "KE")];
    browser.submit("/organisations", "/organisations", &fields).await;
    let (bank, _) = place.store.organisations().list().await.unwrap().pop().unwrap();
    let id = bank.organisation_id.as_str();
    let page = format!("/members/{}", member.member_id);
    let path = format!("{page}/organisation");
    let answer = browser.submit(&page, &path, &[("organisation", id), ("vouched", "yes")]).await;
    assert_eq!(Browser::onward(&answer), page);
    let stored = place.store.members().find(&member.member_id).await.unwrap().unwrap();
    assert_eq!((stored.organisation_id.as_deref(), stored.is_vouched), (Some(id), true));
    let shown = browser.get(&page).await.text();
    assert!(
        shown.contains(&format!("value=\"{id}\" selected")) && shown.contains("value=\"yes\" checked"),
        "{shown}"
    );
    browser.submit(&page, &path, &[("organisation", ""), ("vouched", "yes")]).await;
    let stored = place.store.members().find(&member.member_id).await.unwrap().unwrap();
    assert_eq!((stored.organisation_id, stored.is_vouched), (None, false));

    let fields = [("address", "new@example.org"), ("role", "member"), ("organisation", id)];
    browser.submit("/members", "/members/invite", &fields).await;
    let text = place.mail_text().await;
    let link = between(&text, ORIGIN, "\n").unwrap().to_owned();
    let [invitation] = place.store.invitations().list_open(Place::now()).await.unwrap().try_into().unwrap();
    assert_eq!(invitation.organisation_id.as_deref(), Some(id));
    let fields = [("invitation", invitation.token_hash.as_str())];
    let answer = browser.submit("/members", "/members/invitations/withdraw", &fields).await;
    assert_eq!(Browser::onward(&answer), "/members");
    assert_eq!(place.browser().get(&link).await.status, StatusCode::GONE);
    assert!(browser.get("/members").await.text().contains("No invitation waits."));
}

#[tokio::test]
async fn a_request_waits_for_a_steward() {
    let place = Place::new().await;
    let steward = place.person("Steward", MemberStatus::Active, &[Role::Steward]).await;
    let mut stranger = place.browser();
    let fields = [
        ("address", "asks@example.org"),
        ("name", "Asker"),
        ("note", "I lend"),
        ("consent", "yes"),
        ("country", ""),
    ];
    assert_eq!(Browser::onward(&stranger.submit("/join", "/join", &fields).await), "/join/sent");
    let address = MailAddress::new("asks@example.org").unwrap();
    let asker = place.store.members().find_by_address(&address).await.unwrap().unwrap();
    assert_eq!(asker.status, MemberStatus::Requested);
    let mut browser = place.signed_in(&steward, true).await;
    assert!(browser.get("/members").await.text().contains("Asker"));
    let page = format!("/members/{}", asker.member_id);
    assert!(browser.get(&page).await.text().contains("I lend"));
    let answer = browser.submit(&page, &format!("{page}/accept"), &[]).await;
    assert_eq!(Browser::onward(&answer), page);
    let asker = place.store.members().find(&asker.member_id).await.unwrap().unwrap();
    assert_eq!(asker.status, MemberStatus::Active);
}

#[tokio::test]
async fn a_password_signs_in_and_its_faults_stand_beside_it() {
    let place = Place::new().await;
    let amina = place.person("Amina", MemberStatus::Active, &[]).await;
    let mut browser = place.signed_in(&amina, false).await;
    let path = "/account/security/password";
    for (password, words) in
        [("short", "fewer than 8"), ("password1", "tried first"), ("amina example", "Amina")]
    {
        let answer = browser.submit("/account/security", path, &[("password", password)]).await;
        let page = answer.text();
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{password}");
        assert!(page.to_lowercase().contains(&words.to_lowercase()), "{password}: {page}");
        assert!(!page.contains(&format!("value=\"{password}\"")), "a password is never sent back");
    }
    let good = "  a long walk with goats ";
    let answer = browser.submit("/account/security", path, &[("password", good)]).await;
    assert_eq!(Browser::onward(&answer), "/account/security?done=yes");
    let mut other = place.browser();
    let fields = [("address", amina.address.as_str()), ("password", good)];
    let answer = other.submit("/sign-in/password", "/sign-in/password", &fields).await;
    assert_eq!(Browser::onward(&answer), "/account");
    assert!(is_signed_in(&mut other).await);
}

#[tokio::test]
async fn what_is_grave_asks_for_a_factor_shown_just_now() {
    let place = Place::new().await;
    let steward = place.person("Steward", MemberStatus::Active, &[Role::Steward]).await;
    let amina = place.person("Amina", MemberStatus::Active, &[]).await;
    let none = Consequences::default();
    let credentials = place.store.credentials();
    let now = time::OffsetDateTime::from_unix_timestamp(1_790_000_000).unwrap();
    credentials.insert_passkey(&steward.member_id, "credential", "phone", "{}", &none, now).await.unwrap();
    let mut browser = place.signed_in(&steward, true).await;
    let page = format!("/members/{}", amina.member_id);
    let fields = [("give", "expert")];
    let answer = browser.submit(&page, &format!("{page}/roles"), &fields).await;
    assert_eq!(Browser::onward(&answer), page);
    Place::pass(Duration::minutes(11));
    let answer = browser.submit(&page, &format!("{page}/roles"), &[("give", ""), ("take", "expert")]).await;
    assert!(answer.text().contains("A second factor is needed"), "{}", answer.text());
    let roles = place.store.members().find(&amina.member_id).await.unwrap().unwrap().roles;
    assert!(roles.contains(&Role::Expert));
    // A role with power goes only to who has a factor.
    let mut browser = place.signed_in(&steward, true).await;
    let answer = browser.submit(&page, &format!("{page}/roles"), &[("give", "steward")]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.text().contains("This role has power"));
}

#[tokio::test]
async fn a_disabled_member_is_out_at_once() {
    let place = Place::new().await;
    let steward = place.person("Steward", MemberStatus::Active, &[Role::Steward]).await;
    let amina = place.person("Amina", MemberStatus::Active, &[]).await;
    let mut member = place.signed_in(&amina, false).await;
    assert!(is_signed_in(&mut member).await);
    let mut browser = place.signed_in(&steward, true).await;
    let page = format!("/members/{}", amina.member_id);
    browser.submit(&page, &format!("{page}/disable"), &[]).await;
    assert!(!is_signed_in(&mut member).await);
    let page = format!("/members/{}", steward.member_id);
    let answer = browser.submit(&page, &format!("{page}/disable"), &[]).await;
    assert!(answer.text().contains("Make someone else a steward first"), "{}", answer.text());
}

#[tokio::test]
async fn everything_can_be_taken_out_and_forgotten() {
    let place = Place::new().await;
    let amina = place.person("Amina", MemberStatus::Active, &[]).await;
    place.person("Bela", MemberStatus::Active, &[]).await;
    let mut browser = place.signed_in(&amina, false).await;
    let answer = browser.submit("/account/data", "/account/data/take-out", &[]).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(answer.header(header::CONTENT_DISPOSITION).starts_with("attachment"));
    assert_eq!(answer.header(header::CACHE_CONTROL), "no-store");
    let file = answer.json().to_string();
    assert!(file.contains(&amina.address) && !file.contains("bela@example.org"), "{file}");
    let answer = browser.submit("/account/data", "/account/data/erase", &[]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "the box was not ticked");
    let answer = browser.submit("/account/data", "/account/data/erase", &[("sure", "yes")]).await;
    assert!(answer.text().contains("You are forgotten here"), "{}", answer.text());
    assert!(!browser.jar.contains_key("__Host-session"));
    let member = place.store.members().find(&amina.member_id).await.unwrap().unwrap();
    assert_eq!((member.status, member.address), (MemberStatus::Erased, None));
}

#[tokio::test]
async fn the_profile_decides_the_language_until_the_browser_chooses_another() {
    let place = Place::new().await;
    let amina = place.person("Amina", MemberStatus::Active, &[]).await;
    let mut browser = place.signed_in(&amina, false).await;
    let fields = [
        ("name", "Amina"),
        ("about", ""),
        ("language", "fr"),
        ("time_zone", "Africa/Nairobi"),
        ("country", "KE"),
        ("delivery", "weekly"),
    ];
    let answer = browser.submit("/account", "/account", &fields).await;
    assert_eq!(Browser::onward(&answer), "/account?saved=yes");
    assert!(browser.get("/account").await.text().contains("<html lang=\"fr\""));
    assert!(browser.get("/practices").await.text().contains("<html lang=\"fr\""));
    browser.get("/language/es").await;
    assert!(browser.get("/practices").await.text().contains("<html lang=\"es\""));
    let answer = browser
        .submit(
            "/account",
            "/account",
            &[("time_zone", "Nowhere/Nothing"), ("language", "en"), ("delivery", "daily"), ("country", "")],
        )
        .await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_passkey_page_runs_this_sites_script_and_no_other() {
    let place = Place::new().await;
    let mut browser = place.browser();
    let answer = browser.submit("/sign-in", "/sign-in/passkey", &[]).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    assert_eq!(answer.header(header::CONTENT_SECURITY_POLICY), whatworks_web::headers::SCRIPTED_POLICY);
    let page = answer.text();
    assert_eq!(page.matches("<script").count(), 1);
    let script = between(&page, "<script src=\"", "\"").unwrap();
    assert_eq!(browser.get(script).await.text(), whatworks_web::assets::PASSKEY);
    let answer = browser.submit_on(&answer, "/sign-in/passkey/answer", &[("credential", "{}")]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!is_signed_in(&mut browser).await);
    let other = browser.get("/sign-in").await;
    assert_eq!(other.header(header::CONTENT_SECURITY_POLICY), whatworks_web::headers::CONTENT_POLICY);
}
