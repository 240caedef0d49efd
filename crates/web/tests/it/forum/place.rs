//! A forum to ask, with a clock and random bytes that the test holds, and people in it.

use super::browser::Browser;
use crate::support::catalogue;
use axum::Router;
use sha2::{Digest, Sha256};
use std::cell::Cell;
use std::sync::Arc;
use time::{Duration, OffsetDateTime};
use whatworks_accounts::token::Token;
use whatworks_domain::member::{Delivery, MailAddress, MemberStatus, Role};
use whatworks_store::{Consequences, DueMail, NewMember, NewSession, Profile, Store};
use whatworks_web::{Commons, Evidence, ForumSetting, PublicUrl, router};

/// The address of every test's site.
pub(crate) const ORIGIN: &str = "https://commons.example.org";

thread_local! {
    static NOW: Cell<OffsetDateTime> = const { Cell::new(OffsetDateTime::UNIX_EPOCH) };
    static DRAWS: Cell<u64> = const { Cell::new(0) };
}

fn clock() -> OffsetDateTime {
    NOW.get()
}

/// Bytes that no test can tell from random ones, the same in every run.
pub(crate) fn random() -> [u8; 32] {
    DRAWS.set(DRAWS.get() + 1);
    Sha256::digest(DRAWS.get().to_be_bytes()).into()
}

/// A member of a test.
#[derive(Debug, Clone)]
pub(crate) struct Person {
    pub(crate) member_id: String,
    pub(crate) address: String,
}

/// A forum.
pub(crate) struct Place {
    pub(crate) store: Store,
    pub(crate) site: Router,
}

impl Place {
    pub(crate) async fn new() -> Self {
        NOW.set(OffsetDateTime::from_unix_timestamp(1_790_000_000).unwrap());
        let store = Store::open(&"sqlite::memory:".parse().unwrap()).await.unwrap();
        let evidence = Evidence::new(1, "digest".into(), catalogue(), Vec::new());
        let setting = ForumSetting {
            store: store.clone(),
            clock,
            random,
            public_url: PublicUrl::parse(ORIGIN).unwrap(),
            first_token_hash: Some(Token::from_bytes([9; 32]).hash()),
            proxies: 0,
        };
        let site = router(Arc::new(Commons::new(evidence).with_forum(setting)));
        Self { store, site }
    }

    pub(crate) fn now() -> OffsetDateTime {
        NOW.get()
    }

    pub(crate) fn pass(time: Duration) {
        NOW.set(NOW.get() + time);
    }

    pub(crate) fn browser(&self) -> Browser {
        Browser::new(&self.site)
    }

    /// Adds a member with roles.
    pub(crate) async fn person(&self, name: &str, status: MemberStatus, roles: &[Role]) -> Person {
        let address = format!("{}@example.org", name.to_lowercase());
        let member_id = format!("id-{}", name.to_lowercase());
        let member = NewMember {
            member_id: member_id.clone(),
            address: MailAddress::new(&address).unwrap(),
            status,
            profile: Profile {
                name: name.to_owned(),
                language: "en".into(),
                time_zone: "UTC".into(),
                country: "KE".into(),
                about: String::new(),
                delivery: Delivery::Daily,
            },
            organisation_id: None,
            request_note: String::new(),
            is_vouched: false,
            ballot_key: format!("key-{name}"),
            consents: Vec::new(),
        };
        let none = Consequences::default();
        self.store.members().insert(&member, &none, clock()).await.unwrap();
        for role in roles {
            self.store.members().grant_role(&member_id, *role, "program", &none, clock()).await.unwrap();
        }
        Person { member_id, address }
    }

    /// A browser in which this person is signed in; `is_strong` with a second factor shown just now.
    pub(crate) async fn signed_in(&self, person: &Person, is_strong: bool) -> Browser {
        let secret = Token::from_bytes(random());
        let session = NewSession {
            session_hash: secret.hash(),
            member_id: person.member_id.clone(),
            form_key: Token::from_bytes(random()).text(),
            device: "a browser".into(),
            strong_at: is_strong.then(clock),
        };
        let begun = self.store.sessions().begin(&session, &[], None, &Consequences::default(), clock()).await;
        assert!(begun.unwrap());
        let mut browser = self.browser();
        browser.form_key = session.form_key;
        browser.jar.insert("__Host-session".into(), secret.text());
        browser
    }

    /// The mails that wait, taken.
    pub(crate) async fn mails(&self) -> Vec<DueMail> {
        self.store.outbox().claim_due(100, Duration::days(1), clock()).await.unwrap()
    }

    /// What the only waiting mail says.
    pub(crate) async fn mail_text(&self) -> String {
        let mails = self.mails().await;
        assert_eq!(mails.len(), 1, "{mails:?}");
        let mail = &mails[0];
        let public = PublicUrl::parse(ORIGIN).unwrap();
        whatworks_web::mail_text(&mail.kind, &mail.language, &mail.body, &public).unwrap().text
    }
}
