//! Coming in: every proof counts once, whoever uses it at the same time.

use crate::example::{EVENING, NOON};
use crate::people::{join, none, session, some};
use crate::place::on_both;
use std::sync::Arc;
use time::Duration;
use tokio::sync::Barrier;
use whatworks_store::{CeremonyKind, HeldFactors, NewSignInLink, Opening, Store};

const TEN_MINUTES: Duration = Duration::minutes(10);

fn link(token: &str, member_id: Option<&str>) -> NewSignInLink {
    NewSignInLink {
        token_hash: token.into(),
        member_id: member_id.map(str::to_owned),
        browser_hash: "browser".into(),
        code_hash: "code".into(),
        next_path: "/q/late-fees".into(),
        expires_at: NOON + TEN_MINUTES,
    }
}

/// Eight who try to begin a session at once, from two servers; how many of them did.
async fn race(stores: &[Store; 2], opening: Opening, name: &str) -> usize {
    const RUNNERS: usize = 8;
    let barrier = Arc::new(Barrier::new(RUNNERS));
    let runners: Vec<_> = (0..RUNNERS)
        .map(|runner| {
            let (store, barrier) = (stores[runner % 2].clone(), Arc::clone(&barrier));
            let (opening, session) = (opening.clone(), session(&format!("{name} {runner}"), "a"));
            let follows = some(&session.session_hash);
            tokio::spawn(async move {
                barrier.wait().await;
                store.sessions().begin(&session, &[opening], None, &follows, NOON).await.unwrap()
            })
        })
        .collect();
    let mut begun = 0;
    for runner in runners {
        begun += usize::from(runner.await.unwrap());
    }
    begun
}

#[test]
fn whatever_opens_a_session_opens_one() {
    on_both("openings", &async |place| {
        let stores = [place.open().await, place.open().await];
        let store = &stores[0];
        join(store, "a").await;
        store.sessions().insert_link(&link("link", Some("a")), &none(), NOON).await.unwrap();
        let credentials = store.credentials();
        credentials.insert_one_time_secret("a", "secret").await.unwrap();
        let recovery = ["one".to_owned(), "two".to_owned()];
        credentials.confirm_one_time_code("a", "secret", 7, &recovery, &none(), NOON).await.unwrap();

        assert_eq!(race(&stores, Opening::OneTimeStep(7), "old step").await, 0);
        for (opening, name) in [
            (Opening::Link("link".into()), "link"),
            (Opening::OneTimeStep(8), "step"),
            (Opening::RecoveryCode("one".into()), "recovery"),
        ] {
            assert_eq!(race(&stores, opening, name).await, 1, "{name}");
        }
        assert_eq!(store.sessions().list("a").await.unwrap().len(), 3);
        assert_eq!(store.audit().verify().await.unwrap().rows, 3);
        // All or nothing: the code is not spent when the link is.
        let both = [Opening::RecoveryCode("two".into()), Opening::Link("link".into())];
        assert!(!store.sessions().begin(&session("z", "a"), &both, None, &none(), NOON).await.unwrap());
        assert_eq!(credentials.find_held("a").await.unwrap().recovery_codes, 1);
        for store in stores {
            store.close().await;
        }
    });
}

#[test]
fn a_link_is_for_its_member_and_its_time() {
    on_both("links", &async |place| {
        let store = place.open().await;
        let sessions = store.sessions();
        join(&store, "a").await;
        join(&store, "b").await;
        sessions.insert_link(&link("one", Some("a")), &none(), NOON).await.unwrap();
        sessions.insert_link(&link("unknown", None), &none(), NOON + Duration::SECOND).await.unwrap();
        let begin = async |id: &str, opening: &str, now| {
            let openings = [Opening::Link(opening.into())];
            sessions
                .begin(&session(&format!("{id} {opening}"), id), &openings, None, &none(), now)
                .await
                .unwrap()
        };
        assert!(!begin("b", "one", NOON).await);
        assert!(!begin("a", "unknown", NOON).await);
        assert!(!begin("a", "one", NOON + TEN_MINUTES).await);
        let newest = sessions.find_newest_link_of("browser").await.unwrap().unwrap();
        assert_eq!((newest.token_hash.as_str(), newest.member_id), ("unknown", None));
        assert_eq!(sessions.find_newest_link_of("other").await.unwrap(), None);

        let tries: Vec<_> = [
            sessions.count_link_try("one", 2).await,
            sessions.count_link_try("one", 2).await,
            sessions.count_link_try("one", 2).await,
        ]
        .into_iter()
        .map(Result::unwrap)
        .collect();
        assert_eq!(tries, [Some(0), Some(1), None]);
        assert!(begin("a", "one", NOON).await);
        assert_eq!(
            sessions.find_link("one").await.unwrap().unwrap().used_at,
            Some(NOON.replace_nanosecond(0).unwrap())
        );
        assert_eq!(sessions.count_link_try("one", 5).await.unwrap(), None);
        assert_eq!(sessions.count_link_try("none", 5).await.unwrap(), None);
        store.close().await;
    });
}

#[test]
fn sessions_are_listed_replaced_and_ended_by_their_owner() {
    on_both("sessions", &async |place| {
        let store = place.open().await;
        let sessions = store.sessions();
        join(&store, "a").await;
        join(&store, "b").await;
        for (id, owner) in [("one", "a"), ("two", "a"), ("three", "a"), ("other", "b")] {
            assert!(sessions.begin(&session(id, owner), &[], None, &none(), NOON).await.unwrap());
        }
        let strong = whatworks_store::NewSession { strong_at: Some(EVENING), ..session("strong", "a") };
        assert!(sessions.begin(&strong, &[], Some("one"), &none(), EVENING).await.unwrap());
        // What was replaced is not replaced again.
        assert!(!sessions.begin(&session("late", "a"), &[], Some("one"), &none(), EVENING).await.unwrap());
        let listed = sessions.list("a").await.unwrap();
        assert_eq!(
            listed.iter().map(|one| &*one.session_hash).collect::<Vec<_>>(),
            ["strong", "three", "two"]
        );
        assert_eq!(listed[0].strong_at, Some(EVENING));
        // A factor shown later does not make the session younger.
        assert_eq!((listed[0].created_at.hour(), listed[0].seen_at.hour()), (NOON.hour(), EVENING.hour()));
        assert!(!sessions.end("b", "two", EVENING).await.unwrap());
        assert!(sessions.end("a", "two", EVENING).await.unwrap());
        assert!(!sessions.end("a", "two", EVENING).await.unwrap());
        assert_eq!(sessions.end_others("a", "strong", EVENING).await.unwrap(), 1);
        assert_eq!(sessions.list("b").await.unwrap().len(), 1);
        assert!(sessions.find("two").await.unwrap().unwrap().ended_at.is_some());
        assert_eq!(sessions.forget_before(EVENING + Duration::SECOND).await.unwrap(), 5);
        store.close().await;
    });
}

#[test]
fn factors_are_set_up_used_and_taken_away() {
    on_both("factors", &async |place| {
        let store = place.open().await;
        let credentials = store.credentials();
        join(&store, "a").await;
        join(&store, "b").await;
        let nothing =
            HeldFactors { passkeys: 0, has_password: false, has_one_time_codes: false, recovery_codes: 0 };
        assert_eq!(credentials.find_held("a").await.unwrap(), nothing);

        assert!(credentials.insert_passkey("a", "key", "phone", "body", &none(), NOON).await.unwrap());
        assert!(!credentials.insert_passkey("b", "key", "phone", "body", &none(), NOON).await.unwrap());
        let used = [Opening::Passkey("key".into(), Some("counter 2".into()))];
        assert!(!store.sessions().begin(&session("s", "b"), &used, None, &none(), NOON).await.unwrap());
        assert!(store.sessions().begin(&session("s", "a"), &used, None, &none(), NOON).await.unwrap());
        assert_eq!(credentials.find_passkey("key").await.unwrap().unwrap().body, "counter 2");
        assert!(!credentials.delete_passkey("b", "key", &none(), NOON).await.unwrap());
        assert_eq!(credentials.list_passkeys("a").await.unwrap().len(), 1);

        store.sessions().begin(&session("t", "a"), &[], None, &none(), NOON).await.unwrap();
        credentials.set_password("a", "phc 1", "s", &none(), NOON).await.unwrap();
        assert_eq!(store.sessions().list("a").await.unwrap().len(), 1);
        credentials.rehash_password("a", "phc 0", "phc 2").await.unwrap();
        assert_eq!(credentials.find_password("a").await.unwrap().as_deref(), Some("phc 1"));
        credentials.rehash_password("a", "phc 1", "phc 2").await.unwrap();
        assert_eq!(credentials.find_password("a").await.unwrap().as_deref(), Some("phc 2"));

        assert!(credentials.insert_one_time_secret("a", "one").await.unwrap());
        assert!(credentials.insert_one_time_secret("a", "two").await.unwrap());
        assert!(!credentials.find_held("a").await.unwrap().has_one_time_codes);
        assert!(!credentials.confirm_one_time_code("a", "one", 1, &[], &none(), NOON).await.unwrap());
        assert!(
            credentials.confirm_one_time_code("a", "two", 1, &["r".into()], &none(), NOON).await.unwrap()
        );
        assert!(!credentials.insert_one_time_secret("a", "three").await.unwrap());
        let held =
            HeldFactors { passkeys: 1, has_password: true, has_one_time_codes: true, recovery_codes: 1 };
        assert_eq!(credentials.find_held("a").await.unwrap(), held);
        credentials.set_recovery_codes("a", &["x".into(), "y".into()], &none(), NOON).await.unwrap();
        assert_eq!(credentials.find_held("a").await.unwrap().recovery_codes, 2);

        let since = NOON - Duration::minutes(15);
        let mut counted = 0;
        for _ in 0..7 {
            counted += u32::from(credentials.count_one_time_try("a", 5, since, NOON).await.unwrap());
        }
        assert_eq!(counted, 5);
        let later = NOON + Duration::minutes(15);
        assert!(credentials.count_one_time_try("a", 5, NOON, later).await.unwrap());
        assert!(!credentials.count_one_time_try("b", 5, since, NOON).await.unwrap());

        assert!(credentials.delete_password("a", &none(), NOON).await.unwrap());
        let left = HeldFactors { passkeys: 1, ..nothing };
        assert_eq!(credentials.find_held("a").await.unwrap(), left);
        assert!(!credentials.delete_one_time_code("a", &none(), NOON).await.unwrap());
        assert!(credentials.delete_passkey("a", "key", &none(), NOON).await.unwrap());
        store.close().await;
    });
}

#[test]
fn a_ceremony_is_answered_once_in_time_and_for_its_kind() {
    on_both("ceremonies", &async |place| {
        let store = place.open().await;
        let credentials = store.credentials();
        join(&store, "a").await;
        let (register, authenticate) = (CeremonyKind::Register, CeremonyKind::Authenticate);
        credentials.insert_ceremony("one", Some("a"), register, "state", EVENING).await.unwrap();
        credentials.insert_ceremony("two", None, authenticate, "state", EVENING).await.unwrap();
        let take = async |hash: &str, kind, now| credentials.take_ceremony(hash, kind, now).await.unwrap();
        assert_eq!(take("one", authenticate, NOON).await, None);
        assert_eq!(take("one", register, EVENING).await, None);
        let taken = take("one", register, NOON).await.unwrap();
        assert_eq!((taken.member_id.as_deref(), &*taken.state), (Some("a"), "state"));
        assert_eq!(take("one", register, NOON).await, None);
        assert_eq!(take("two", authenticate, NOON).await.unwrap().member_id, None);
        store.close().await;
    });
}
