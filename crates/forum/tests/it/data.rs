//! Taking out, being forgotten, and staying so after a restore.

use crate::stage::{NOON, Stage, actor, assert_refused, die, fault};
use whatworks_domain::member::{MemberStatus, Role};
use whatworks_forum::acts::data::{Reapplied, erase, reapply_erasures, take_out};
use whatworks_forum::acts::sign_in::{AskLink, ask_sign_in_link};
use whatworks_forum::{Act, Refused};
use whatworks_store::backup::erasures_in;
use whatworks_store::{DatabaseUrl, ErasureEntry, Store};

#[tokio::test]
async fn a_member_takes_out_what_is_theirs_and_nobody_elses() {
    let stage = Stage::new().await;
    let store = &stage.store;
    let a = stage.member("a", &[Role::Expert]).await;
    stage.member("b", &[]).await;
    stage.sign_in("a", 1, NOON).await;
    stage.sign_in("b", 2, NOON).await;
    let taken = take_out(store, Some(&a), &mut die(1), NOON).await.unwrap();
    assert_eq!(taken.member.email.as_deref(), Some("a@example.org"));
    assert_eq!((taken.sessions.len(), taken.roles.len(), taken.mail.len()), (1, 1, 1));
    let json = serde_json::to_string(&taken).unwrap();
    assert!(json.contains("\"created_at\":\"2026-03-01T12:00:00Z\"") && !json.contains("b@example.org"));
    assert!(!json.contains("key of a"), "the ballot key is a secret");
    assert_refused!(take_out(store, None, &mut die(2), NOON).await, Refused::SignIn);
    assert_eq!(stage.events().await, ["a taken-out a "]);
    assert_eq!(stage.kinds(NOON).await, ["taken-out a@example.org"]);
}

#[tokio::test]
async fn an_erased_member_is_nobody() {
    let stage = Stage::new().await;
    let store = &stage.store;
    let steward = stage.member("s", &[Role::Steward]).await;
    let (a, b) = (stage.member("a", &[]).await, stage.member("b", &[]).await);
    let session = stage.sign_in("a", 1, NOON).await;
    let mut random = die(3);
    assert_refused!(erase(store, None, "a", &mut random, NOON).await, Refused::SignIn);
    assert_refused!(erase(store, Some(&b), "a", &mut random, NOON).await, Refused::NotAllowed(Act::Erase));
    let weak = actor("s", &[Role::Steward], false);
    assert_refused!(erase(store, Some(&weak), "a", &mut random, NOON).await, Refused::SecondFactor);
    assert_eq!(fault(erase(store, Some(&steward), "s", &mut random, NOON).await), ("", "last-steward"));

    let browser = session.session.clone();
    let asked = AskLink { address: "a@example.org", browser: &browser, next_path: "/" };
    ask_sign_in_link(store, asked, &mut random, NOON).await.unwrap();
    erase(store, Some(&a), "a", &mut random, NOON).await.unwrap();
    let gone = store.members().find("a").await.unwrap().unwrap();
    assert_eq!((gone.status, gone.address, &*gone.profile.name), (MemberStatus::Erased, None, ""));
    assert_eq!(gone.erased_at, Some(NOON));
    assert_eq!(store.members().find_ballot_key("a").await.unwrap(), None);
    assert!(store.sessions().find(&session.session.hash()).await.unwrap().is_none());
    // The sign-in mail that waited is gone; only the word that it is done goes out.
    assert_eq!(stage.kinds(NOON).await, ["erased a@example.org"]);
    ask_sign_in_link(store, asked, &mut random, NOON).await.unwrap();
    assert_eq!(stage.kinds(NOON).await, [""; 0]);
    assert_refused!(erase(store, Some(&a), "a", &mut random, NOON).await, Refused::Missing("member"));
    // The address is free for someone new; a steward may erase who asked for it.
    stage.member("c", &[]).await;
    erase(store, Some(&steward), "c", &mut random, NOON).await.unwrap();
    assert_eq!(stage.events().await, ["a erased a ", "s erased c "]);
    assert!(store.erasures().list_ledger().await.unwrap().iter().any(|entry| entry.is_about("c")));
}

#[tokio::test]
async fn who_was_erased_does_not_come_back_with_an_old_backup() {
    let stage = Stage::new().await;
    let store = &stage.store;
    stage.member("s", &[Role::Steward]).await;
    let a = stage.member("a", &[]).await;
    stage.member("b", &[]).await;
    let mut old = Vec::new();
    store.back_up(&mut old, NOON).await.unwrap();
    erase(store, Some(&a), "a", &mut die(4), NOON).await.unwrap();
    let mut newest = Vec::new();
    store.back_up(&mut newest, NOON).await.unwrap();

    let folder = tempfile::tempdir().unwrap();
    let restored = Store::open(&DatabaseUrl::sqlite(folder.path().join("restored.db"))).await.unwrap();
    restored.restore(old.as_slice()).await.unwrap();
    assert_eq!(restored.members().find("a").await.unwrap().unwrap().status, MemberStatus::Active);
    let ledger: Vec<ErasureEntry> =
        erasures_in(newest.as_slice()).unwrap().iter().map(|row| ErasureEntry::read(row).unwrap()).collect();
    let done = reapply_erasures(&restored, &ledger, NOON).await.unwrap();
    assert_eq!(done, Reapplied { erased: 1, last_stewards: Vec::new() });
    assert_eq!(restored.members().find("a").await.unwrap().unwrap().address, None);
    assert_eq!(restored.members().find("b").await.unwrap().unwrap().status, MemberStatus::Active);
    // The line is kept as it was, and a second run finds nobody.
    assert_eq!(restored.erasures().list_ledger().await.unwrap(), ledger);
    assert_eq!(reapply_erasures(&restored, &ledger, NOON).await.unwrap(), Reapplied::default());
}
