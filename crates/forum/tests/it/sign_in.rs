//! Coming in by mail, and where one is signed in.

use crate::stage::{NOON, Stage, actor, assert_refused, die, fault, token};
use time::Duration;
use whatworks_accounts::second_factor::Verdict;
use whatworks_accounts::token::Code;
use whatworks_domain::member::{Delivery, MemberStatus, Role};
use whatworks_forum::Refused;
use whatworks_forum::acts::account::{
    ChangeProfile, change_delivery, change_profile, end_other_sessions, end_session, list_sessions,
};
use whatworks_forum::acts::sign_in::{
    AskLink, ShownLink, ask_sign_in_link, show_sign_in_link, sign_out, use_sign_in_code, use_sign_in_link,
};
use whatworks_store::Consequences;

#[tokio::test]
async fn whether_an_address_is_known_is_not_told() {
    let stage = Stage::new().await;
    let store = &stage.store;
    stage.member("known", &[]).await;
    stage.member("disabled", &[]).await;
    let (active, disabled) = (MemberStatus::Active, MemberStatus::Disabled);
    store.members().set_status("disabled", active, disabled, &Consequences::default(), NOON).await.unwrap();
    let mut random = die(1);
    for (byte, id) in [(1, "known"), (2, "unknown"), (3, "disabled")] {
        let browser = token(byte);
        let address = format!(" {}@EXAMPLE.org", id.to_uppercase());
        let asked = AskLink { address: &address, browser: &browser, next_path: "/" };
        ask_sign_in_link(store, asked, &mut random, NOON).await.unwrap();
        // The browser is told the same whoever it asked for: a link exists, this code is not its code.
        let wrong =
            use_sign_in_code(store, "000000", &browser, "Firefox", &mut random, NOON).await.unwrap_err();
        let Refused::Fault { field, code, mentions } = wrong else { panic!("{wrong:?}") };
        assert_eq!((field, code, mentions), ("code", "code-wrong", vec![("left", "4".to_owned())]), "{id}");
    }
    assert_eq!(stage.kinds(NOON).await, ["sign-in known@example.org"]);
    let asked = AskLink { address: "no address", browser: &token(4), next_path: "/" };
    assert_eq!(fault(ask_sign_in_link(store, asked, &mut random, NOON).await), ("address", "address"));
}

#[tokio::test]
async fn a_link_is_pressed_once_where_it_was_asked_for() {
    let stage = Stage::new().await;
    let store = &stage.store;
    stage.member("a", &[]).await;
    let (mine, other) = (token(1), token(2));
    let mut random = die(2);
    let asked = AskLink { address: "a@example.org", browser: &mine, next_path: "/q/fees" };
    ask_sign_in_link(store, asked, &mut random, NOON).await.unwrap();
    let (link, code) = stage.sign_in_mail(NOON).await;
    let late = NOON + Duration::minutes(10);

    // Following it, however often, changes nothing.
    for _ in 0..3 {
        assert_eq!(show_sign_in_link(store, Some(&link), Some(&mine), NOON).await.unwrap(), ShownLink::Press);
    }
    for browser in [Some(&other), None] {
        let shown = show_sign_in_link(store, Some(&link), browser, NOON).await.unwrap();
        assert_eq!(shown, ShownLink::TypeCode(code));
        let pressed = use_sign_in_link(store, Some(&link), browser, "Firefox", &mut random, NOON).await;
        assert_eq!(fault(pressed), ("", "link-elsewhere"));
    }
    for (shown, code) in [(None, "link-unknown"), (Some(&other), "link-unknown")] {
        assert_eq!(show_sign_in_link(store, shown, Some(&mine), NOON).await.unwrap(), ShownLink::Bad(code));
        let pressed = use_sign_in_link(store, shown, Some(&mine), "Firefox", &mut random, NOON).await;
        assert_eq!(fault(pressed), ("", code));
    }
    let pressed = use_sign_in_link(store, Some(&link), Some(&mine), "Firefox", &mut random, late).await;
    assert_eq!(fault(pressed), ("", "link-expired"));

    let signed_in =
        use_sign_in_link(store, Some(&link), Some(&mine), "Firefox", &mut random, NOON).await.unwrap();
    assert_eq!((&*signed_in.member_id, &*signed_in.next_path), ("a", "/q/fees"));
    assert_eq!(signed_in.worth, Verdict::Weak);
    let stored = store.sessions().find(&signed_in.session.hash()).await.unwrap().unwrap();
    assert_eq!((&*stored.device, stored.strong_at), ("Firefox", None));
    let again = use_sign_in_link(store, Some(&link), Some(&mine), "Firefox", &mut random, NOON).await;
    assert_eq!(fault(again), ("", "link-used"));
    let typed = use_sign_in_code(store, &code.text(), &mine, "Firefox", &mut random, NOON).await;
    assert_eq!(fault(typed), ("code", "link-used"));
}

#[tokio::test]
async fn a_code_is_typed_where_the_link_was_asked_for_five_times_at_most() {
    let stage = Stage::new().await;
    let store = &stage.store;
    stage.member("a", &[]).await;
    let (mine, other) = (token(1), token(2));
    let mut random = die(3);
    let asked = AskLink { address: "a@example.org", browser: &mine, next_path: "/" };
    ask_sign_in_link(store, asked, &mut random, NOON).await.unwrap();
    let (link, code) = stage.sign_in_mail(NOON).await;
    assert_eq!(code, Code::of(&link));
    let elsewhere = use_sign_in_code(store, &code.text(), &other, "Firefox", &mut random, NOON).await;
    assert_eq!(fault(elsewhere), ("code", "link-unknown"));
    for typed in ["999999", "nothing", "", "12345"] {
        let wrong = use_sign_in_code(store, typed, &mine, "Firefox", &mut random, NOON).await;
        assert_eq!(fault(wrong), ("code", "code-wrong"), "{typed}");
    }
    let late = NOON + Duration::minutes(10);
    let expired = use_sign_in_code(store, &code.text(), &mine, "Firefox", &mut random, late).await;
    assert_eq!(fault(expired), ("code", "link-expired"));
    // The fifth may be right.
    use_sign_in_code(store, &code.text(), &mine, "Firefox", &mut random, NOON).await.unwrap();

    let later = NOON + Duration::SECOND;
    ask_sign_in_link(store, asked, &mut random, later).await.unwrap();
    let (link, code) = stage.sign_in_mail(later).await;
    for left in (0..5).rev() {
        let wrong = use_sign_in_code(store, "999999", &mine, "Firefox", &mut random, later).await;
        let Err(Refused::Fault { mentions, .. }) = wrong else { panic!("{wrong:?}") };
        assert_eq!(mentions, [("left", left.to_string())]);
    }
    let spent = use_sign_in_code(store, &code.text(), &mine, "Firefox", &mut random, later).await;
    assert_eq!(fault(spent), ("code", "link-spent"));
    let spent = use_sign_in_link(store, Some(&link), Some(&mine), "Firefox", &mut random, later).await;
    assert_eq!(fault(spent), ("", "link-spent"));
}

#[tokio::test]
async fn many_guesses_at_once_are_five() {
    let stage = Stage::new().await;
    stage.member("a", &[]).await;
    let asked = AskLink { address: "a@example.org", browser: &token(1), next_path: "/" };
    ask_sign_in_link(&stage.store, asked, &mut die(4), NOON).await.unwrap();
    let guesses: Vec<_> = (0..40_u64)
        .map(|guess| {
            let store = stage.store.clone();
            tokio::spawn(async move {
                let typed = format!("{guess:06}");
                fault(use_sign_in_code(&store, &typed, &token(1), "", &mut die(guess), NOON).await).1
            })
        })
        .collect();
    let mut looked_at = 0;
    for guess in guesses {
        looked_at += usize::from(guess.await.unwrap() == "code-wrong");
    }
    assert_eq!(looked_at, 5);
}

#[tokio::test]
async fn who_lost_access_does_not_come_in_with_a_link_from_before() {
    let stage = Stage::new().await;
    let store = &stage.store;
    stage.member("a", &[]).await;
    let mine = token(1);
    let asked = AskLink { address: "a@example.org", browser: &mine, next_path: "/" };
    ask_sign_in_link(store, asked, &mut die(5), NOON).await.unwrap();
    let (link, _) = stage.sign_in_mail(NOON).await;
    let (active, disabled) = (MemberStatus::Active, MemberStatus::Disabled);
    store.members().set_status("a", active, disabled, &Consequences::default(), NOON).await.unwrap();
    let pressed = use_sign_in_link(store, Some(&link), Some(&mine), "", &mut die(6), NOON).await;
    assert_eq!(fault(pressed), ("", "link-used"));
}

#[tokio::test]
async fn one_sees_and_ends_ones_own_sessions_only() {
    let stage = Stage::new().await;
    let store = &stage.store;
    let (a, b) = (stage.member("a", &[]).await, stage.member("b", &[]).await);
    let (one, two) = (stage.sign_in("a", 1, NOON).await, stage.sign_in("a", 2, NOON).await);
    let three = stage.sign_in("a", 3, NOON).await;
    let other = stage.sign_in("b", 4, NOON).await;
    assert_eq!(list_sessions(store, Some(&a), NOON).await.unwrap().len(), 3);
    assert_refused!(list_sessions(store, None, NOON).await, Refused::SignIn);
    assert_refused!(
        end_session(store, Some(&b), &one.session.hash(), NOON).await,
        Refused::Missing("session")
    );
    end_session(store, Some(&a), &one.session.hash(), NOON).await.unwrap();
    sign_out(store, &a, &two.session.hash(), NOON).await.unwrap();
    let four = stage.sign_in("a", 5, NOON).await;
    assert_eq!(end_other_sessions(store, Some(&a), &four.session.hash(), NOON).await.unwrap(), 1);
    assert!(store.sessions().find(&three.session.hash()).await.unwrap().unwrap().ended_at.is_some());
    assert!(store.sessions().find(&other.session.hash()).await.unwrap().unwrap().ended_at.is_none());
    // What ended by itself is not listed.
    let idle = NOON + Duration::days(14);
    assert_eq!(list_sessions(store, Some(&a), idle).await.unwrap(), []);
    let steward = actor("a", &[Role::Steward], true);
    let half_an_hour = NOON + Duration::minutes(30);
    assert_eq!(list_sessions(store, Some(&steward), half_an_hour).await.unwrap(), []);
}

#[tokio::test]
async fn a_profile_is_changed_by_its_owner_within_its_limits() {
    let stage = Stage::new().await;
    let store = &stage.store;
    let a = stage.member("a", &[]).await;
    let good = ChangeProfile {
        name: " Amina \u{202e} K. ",
        about: " one\n two ",
        language: "es",
        time_zone: "America/Argentina/Buenos_Aires",
        country: "AR",
        delivery: Delivery::Weekly,
    };
    change_profile(store, Some(&a), good).await.unwrap();
    let profile = store.members().find("a").await.unwrap().unwrap().profile;
    assert_eq!((&*profile.name, &*profile.about, &*profile.language), ("Amina K.", "one\n two", "es"));
    change_delivery(store, Some(&a), Delivery::None).await.unwrap();
    let changed = store.members().find("a").await.unwrap().unwrap().profile;
    assert_eq!((changed.delivery, changed.name), (Delivery::None, profile.name));

    let long = "x".repeat(2_001);
    for (bad, expected) in [
        (ChangeProfile { name: " ", ..good }, ("name", "name-missing")),
        (ChangeProfile { name: &long, ..good }, ("name", "name-long")),
        (ChangeProfile { about: &long, ..good }, ("about", "text-long")),
        (ChangeProfile { language: "Français", ..good }, ("language", "choice")),
        (ChangeProfile { time_zone: "UTC\n", ..good }, ("time_zone", "choice")),
        (ChangeProfile { country: "ar", ..good }, ("country", "choice")),
    ] {
        assert_eq!(fault(change_profile(store, Some(&a), bad).await), expected);
    }
    assert_refused!(change_profile(store, None, good).await, Refused::SignIn);
    assert_refused!(change_profile(store, Some(&actor("z", &[], false)), good).await, Refused::SignIn);
}
