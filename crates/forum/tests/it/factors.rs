//! Passwords, one-time and recovery codes, passkeys: setting up, showing, taking away.
//!
//! The times are those of RFC 6238's test vectors, whose codes are known without an app.

use crate::stage::{Stage, actor, assert_refused, die, fault, own, token};
use time::{Duration, OffsetDateTime};
use whatworks_accounts::passkey::Relying;
use whatworks_accounts::recovery::RecoveryCode;
use whatworks_accounts::second_factor::Verdict;
use whatworks_domain::member::Role;
use whatworks_forum::acts::factors::{
    begin_one_time_codes, begin_passkey, confirm_one_time_codes, find_waiting_secret, finish_passkey,
    make_recovery_codes, remove_one_time_codes, remove_passkey, remove_password, set_password,
};
use whatworks_forum::acts::sign_in::{
    PasskeyAnswer, SignedIn, StepUpWithPassword, WithPassword, begin_passkey_sign_in, begin_passkey_step_up,
    finish_passkey_sign_in, finish_passkey_step_up, sign_in_with_password, step_up_with_password,
};
use whatworks_forum::{Actor, Refused};
use whatworks_store::Consequences;

const PASSWORD: &str = "quatre chevaux bleus";
const FIRST: &str = "081804";
const SECOND: &str = "050471";
const LATER: &str = "005924";

fn at(seconds: i64) -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp(seconds).unwrap()
}
fn first() -> OffsetDateTime {
    at(1_111_111_109)
}
fn second() -> OffsetDateTime {
    at(1_111_111_111)
}
fn later() -> OffsetDateTime {
    at(1_234_567_890)
}

/// The secret of the test vectors.
fn vector() -> [u8; 32] {
    *b"12345678901234567890............"
}

fn with<'a>(password: &'a str, code: &'a str) -> WithPassword<'a> {
    WithPassword { address: "a@example.org", password, code, device: "Firefox", next_path: "/" }
}

fn up<'a>(session_hash: &'a str, password: &'a str, code: &'a str) -> StepUpWithPassword<'a> {
    StepUpWithPassword { session_hash, password, code, next_path: "/members" }
}

/// A member with password and codes, confirmed at [`first`], and the recovery codes.
async fn set_up(stage: &Stage, actor: &Actor, session: &SignedIn) -> Vec<String> {
    let store = &stage.store;
    let hash = session.session.hash();
    let own = own(actor, &hash);
    let mut random = die(90);
    set_password(store, own, PASSWORD, &["What works"], &mut random, first()).await.unwrap();
    let secret = begin_one_time_codes(store, own, &mut vector, first()).await.unwrap();
    let waiting = find_waiting_secret(store, own, first()).await.unwrap();
    assert_eq!(waiting.map(|waiting| waiting.text()), Some(secret.text()));
    let codes = confirm_one_time_codes(store, own, FIRST, &mut random, first()).await.unwrap();
    codes.iter().map(RecoveryCode::text).collect()
}

#[tokio::test]
async fn a_password_that_is_easily_guessed_is_refused() {
    let stage = Stage::new().await;
    let store = &stage.store;
    let a = stage.member("aminata", &[]).await;
    let session = stage.sign_in("aminata", 1, first()).await.session.hash();
    let own = own(&a, &session);
    let mut random = die(1);
    for (bad, code) in [
        ("short", "password-short"),
        (&*"x".repeat(200), "password-long"),
        ("password1", "password-common"),
        ("23456789", "password-pattern"),
        ("aminata1", "password-context"),
        ("commons7", "password-context"),
    ] {
        let refused = set_password(store, own, bad, &["The commons"], &mut random, first()).await;
        assert_eq!(fault(refused), ("password", code), "{bad}");
    }
    let unset = begin_one_time_codes(store, own, &mut random, first()).await;
    assert_eq!(fault(unset), ("", "password-first"));
    assert_refused!(remove_password(store, own, &mut random, first()).await, Refused::Missing("password"));
    assert_eq!(stage.events().await, [""; 0]);
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_address_are_one_answer() {
    let stage = Stage::new().await;
    let store = &stage.store;
    let a = stage.member("a", &[]).await;
    stage.member("b", &[]).await;
    let session = stage.sign_in("a", 1, first()).await.session.hash();
    let other = stage.sign_in("a", 2, first()).await.session.hash();
    let mut random = die(2);
    set_password(store, own(&a, &session), PASSWORD, &[], &mut random, first()).await.unwrap();
    // The other browser is signed out; a session that is over changes nothing.
    let over = set_password(store, own(&a, &other), "autre chose encore", &[], &mut random, first()).await;
    assert_refused!(over, Refused::SignIn);
    let long = "x".repeat(5_000);
    for asked in [
        with("wrong password", ""),
        with("", ""),
        with(&long, ""),
        WithPassword { address: "b@example.org", ..with(PASSWORD, "") },
        WithPassword { address: "nobody@example.org", ..with(PASSWORD, "") },
        WithPassword { address: "no address", ..with(PASSWORD, "") },
    ] {
        let refused = sign_in_with_password(store, asked, &mut random, first()).await;
        assert_eq!(fault(refused), ("password", "password-wrong"), "{}", asked.address);
    }
    let signed_in = sign_in_with_password(store, with(PASSWORD, ""), &mut random, first()).await.unwrap();
    assert_eq!((signed_in.worth, &*signed_in.member_id), (Verdict::Weak, "a"));
    assert_eq!(stage.events().await, ["a factor-changed a password-set"]);
    assert!(stage.kinds(first()).await.contains(&"factor-changed a@example.org".to_owned()));
}

#[tokio::test]
async fn with_codes_a_password_alone_signs_nobody_in() {
    let stage = Stage::new().await;
    let store = &stage.store;
    let a = stage.member("a", &[Role::Editor]).await;
    let session = stage.sign_in("a", 1, first()).await;
    assert_eq!(session.worth, Verdict::WeakSetUpFactor);
    let recovery = set_up(&stage, &a, &session).await;
    let mut random = die(3);
    let wanted = sign_in_with_password(store, with(PASSWORD, " "), &mut random, second()).await;
    assert_eq!(fault(wanted), ("code", "code-wanted"));
    // Who has the code and not the password is told of the password only.
    let wrong = sign_in_with_password(store, with("wrong password", SECOND), &mut random, second()).await;
    assert_eq!(fault(wrong), ("password", "password-wrong"));
    for typed in [FIRST, "123456", "nothing"] {
        let refused = sign_in_with_password(store, with(PASSWORD, typed), &mut random, second()).await;
        assert_eq!(fault(refused), ("code", "one-time-wrong"), "{typed}");
    }
    let signed_in =
        sign_in_with_password(store, with(PASSWORD, SECOND), &mut random, second()).await.unwrap();
    assert_eq!(signed_in.worth, Verdict::Strong);
    let stored = store.sessions().find(&signed_in.session.hash()).await.unwrap().unwrap();
    assert_eq!(stored.strong_at, Some(second()));
    let twice = sign_in_with_password(store, with(PASSWORD, SECOND), &mut random, second()).await;
    assert_eq!(fault(twice), ("code", "one-time-wrong"));

    let typed = recovery[0].to_uppercase();
    let recovered =
        sign_in_with_password(store, with(PASSWORD, &typed), &mut random, second()).await.unwrap();
    assert_eq!(recovered.worth, Verdict::Strong);
    for spent in [&*typed, "abcde-fghij-klmno-pqrst-uvwxye"] {
        let refused = sign_in_with_password(store, with(PASSWORD, spent), &mut random, second()).await;
        assert_eq!(fault(refused), ("code", "one-time-wrong"));
    }
    let strong = stage.events().await.iter().filter(|event| event.contains("signed-in")).count();
    assert_eq!(strong, 2);
}

#[tokio::test]
async fn five_wrong_codes_in_a_quarter_of_an_hour_are_enough() {
    let stage = Stage::new().await;
    let store = &stage.store;
    let a = stage.member("a", &[]).await;
    let session = stage.sign_in("a", 1, first()).await;
    set_up(&stage, &a, &session).await;
    let mut random = die(4);
    for _ in 0..5 {
        let refused = sign_in_with_password(store, with(PASSWORD, "123456"), &mut random, second()).await;
        assert_eq!(fault(refused), ("code", "one-time-wrong"));
    }
    let right = sign_in_with_password(store, with(PASSWORD, SECOND), &mut random, second()).await;
    assert_refused!(right, Refused::TooOften(900));
    sign_in_with_password(store, with(PASSWORD, LATER), &mut random, later()).await.unwrap();
}

#[tokio::test]
async fn who_reads_the_mail_adds_no_factor_beside_one() {
    let stage = Stage::new().await;
    let store = &stage.store;
    let a = stage.member("a", &[Role::Steward]).await;
    stage.member("b", &[Role::Steward]).await;
    let session = stage.sign_in("a", 1, first()).await;
    set_up(&stage, &a, &session).await;
    let relying = Relying::new("localhost", "http://localhost", "What works").unwrap();
    let weak = stage.sign_in("a", 2, second()).await;
    assert_eq!(weak.worth, Verdict::WeakShowFactor);
    let weak = weak.session.hash();
    let mut random = die(5);
    let by_mail = own(&a, &weak);
    assert_refused!(
        set_password(store, by_mail, "une autre phrase", &[], &mut random, second()).await,
        Refused::SecondFactor
    );
    assert_refused!(begin_one_time_codes(store, by_mail, &mut random, second()).await, Refused::SecondFactor);
    assert_refused!(make_recovery_codes(store, by_mail, &mut random, second()).await, Refused::SecondFactor);
    assert_refused!(
        begin_passkey(store, &relying, by_mail, &mut random, second()).await,
        Refused::SecondFactor
    );
    assert_refused!(remove_password(store, by_mail, &mut random, second()).await, Refused::SecondFactor);
    // Nor does anyone in another's session, or in none.
    let b = actor("b", &[Role::Steward], true);
    assert_refused!(
        begin_passkey(store, &relying, own(&b, &weak), &mut random, second()).await,
        Refused::SignIn
    );
    assert_refused!(
        begin_passkey(store, &relying, own(&a, "none"), &mut random, second()).await,
        Refused::SignIn
    );

    let wrong =
        step_up_with_password(store, Some(&a), up(&weak, "wrong password", SECOND), &mut random, second())
            .await;
    assert_eq!(fault(wrong), ("password", "password-wrong"));
    let wanted = step_up_with_password(store, Some(&a), up(&weak, PASSWORD, ""), &mut random, second()).await;
    assert_eq!(fault(wanted), ("code", "code-wanted"));
    let strong = step_up_with_password(store, Some(&a), up(&weak, PASSWORD, SECOND), &mut random, second())
        .await
        .unwrap();
    assert_eq!((strong.worth, &*strong.next_path), (Verdict::Strong, "/members"));
    // The weak session's secret is worth nothing any more.
    assert!(store.sessions().find(&weak).await.unwrap().unwrap().ended_at.is_some());
    let strong = strong.session.hash();
    let by_factor = own(&a, &strong);
    assert_eq!(make_recovery_codes(store, by_factor, &mut random, second()).await.unwrap().len(), 10);
    begin_passkey(store, &relying, by_factor, &mut random, second()).await.unwrap();
    let again = begin_one_time_codes(store, by_factor, &mut random, second()).await;
    assert_eq!(fault(again), ("", "already-so"));
    let again = confirm_one_time_codes(store, by_factor, SECOND, &mut random, second()).await;
    assert_eq!(fault(again), ("", "already-so"));
    // Ten minutes later it has to be shown again.
    let stale = second() + Duration::minutes(10);
    assert_refused!(make_recovery_codes(store, by_factor, &mut random, stale).await, Refused::SecondFactor);
}

#[tokio::test]
async fn power_keeps_a_factor() {
    let stage = Stage::new().await;
    let store = &stage.store;
    let a = stage.member("a", &[Role::Facilitator]).await;
    let session = stage.sign_in("a", 1, first()).await;
    set_up(&stage, &a, &session).await;
    let weak = session.session.hash();
    let mut random = die(6);
    let strong = step_up_with_password(store, Some(&a), up(&weak, PASSWORD, SECOND), &mut random, second())
        .await
        .unwrap();
    let strong = strong.session.hash();
    let own = own(&a, &strong);
    for refused in [
        remove_password(store, own, &mut random, second()).await,
        remove_one_time_codes(store, own, &mut random, second()).await,
    ] {
        assert_eq!(fault(refused), ("", "factor-needed"));
    }
    let none = Consequences::default();
    store.credentials().insert_passkey("a", "key", "phone", "body", &none, second()).await.unwrap();
    remove_one_time_codes(store, own, &mut random, second()).await.unwrap();
    let again = remove_one_time_codes(store, own, &mut random, second()).await;
    assert_refused!(again, Refused::Missing("one-time codes"));
    assert_refused!(
        make_recovery_codes(store, own, &mut random, second()).await,
        Refused::Missing("one-time codes")
    );
    remove_password(store, own, &mut random, second()).await.unwrap();
    assert_eq!(fault(remove_passkey(store, own, "key", &mut random, second()).await), ("", "factor-needed"));
    assert_refused!(
        remove_passkey(store, own, "other", &mut random, second()).await,
        Refused::Missing("passkey")
    );
    let unset =
        step_up_with_password(store, Some(&a), up(&strong, PASSWORD, LATER), &mut random, second()).await;
    assert_eq!(fault(unset), ("password", "password-first"));
    // Without power everything may go.
    store.members().take_role("a", Role::Facilitator, &none, second()).await.unwrap();
    remove_passkey(store, own, "key", &mut random, second()).await.unwrap();
    assert_eq!(store.credentials().find_held("a").await.unwrap().passkeys, 0);
}

#[tokio::test]
async fn a_passkey_ceremony_that_was_not_begun_here_ends_nowhere() {
    let stage = Stage::new().await;
    let store = &stage.store;
    let a = stage.member("a", &[]).await;
    let session = stage.sign_in("a", 1, first()).await.session.hash();
    let relying = Relying::new("localhost", "http://localhost", "What works").unwrap();
    let mut random = die(7);
    let begun = begin_passkey_sign_in(store, &relying, &mut random, first()).await.unwrap();
    assert!(begun.options.contains("challenge"));
    let answered = |ceremony| PasskeyAnswer { ceremony, answer: "{}", device: "", next_path: "/" };
    let unknown = token(9);
    for ceremony in [None, Some(&unknown)] {
        let late = finish_passkey_sign_in(store, &relying, answered(ceremony), &mut random, first()).await;
        assert_eq!(fault(late), ("", "passkey-late"));
        let late = finish_passkey(
            store,
            &relying,
            own(&a, &session),
            answered(ceremony),
            "phone",
            &mut random,
            first(),
        )
        .await;
        assert_eq!(fault(late), ("", "passkey-late"));
    }
    let late = first() + Duration::minutes(5);
    let expired =
        finish_passkey_sign_in(store, &relying, answered(Some(&begun.ceremony)), &mut random, late).await;
    assert_eq!(fault(expired), ("", "passkey-late"));
    // An answer that is none is refused and uses the ceremony up.
    let bad =
        finish_passkey_sign_in(store, &relying, answered(Some(&begun.ceremony)), &mut random, first()).await;
    assert_eq!(fault(bad), ("", "passkey-refused"));
    let again =
        finish_passkey_sign_in(store, &relying, answered(Some(&begun.ceremony)), &mut random, first()).await;
    assert_eq!(fault(again), ("", "passkey-late"));

    let begun = begin_passkey(store, &relying, own(&a, &session), &mut random, first()).await.unwrap();
    // One kind of ceremony does not end as the other.
    let other =
        finish_passkey_sign_in(store, &relying, answered(Some(&begun.ceremony)), &mut random, first()).await;
    assert_eq!(fault(other), ("", "passkey-late"));
    let nameless = finish_passkey(
        store,
        &relying,
        own(&a, &session),
        answered(Some(&begun.ceremony)),
        " ",
        &mut random,
        first(),
    )
    .await;
    assert_eq!(fault(nameless), ("passkey_name", "name-missing"));
    let bad = finish_passkey(
        store,
        &relying,
        own(&a, &session),
        answered(Some(&begun.ceremony)),
        "phone",
        &mut random,
        first(),
    )
    .await;
    assert_eq!(fault(bad), ("", "passkey-refused"));
    let none = begin_passkey_step_up(store, &relying, Some(&a), &mut random, first()).await;
    assert_eq!(fault(none), ("", "factor-needed"));
    let late =
        finish_passkey_step_up(store, &relying, Some(&a), &session, answered(None), &mut random, first())
            .await;
    assert_eq!(fault(late), ("", "passkey-late"));
}
