//! A stage for members: a store, a die, a clock that stands still, and short ways to the acts.

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use tempfile::TempDir;
use time::OffsetDateTime;
use time::macros::datetime;
use whatworks_accounts::token::{Code, Token};
use whatworks_domain::member::{Delivery, MailAddress, MemberStatus, Role};
use whatworks_forum::acts::factors::Own;
use whatworks_forum::acts::join::About;
use whatworks_forum::acts::sign_in::{AskLink, SignedIn, ask_sign_in_link, use_sign_in_link};
use whatworks_forum::{Actor, Notice, Refused};
use whatworks_store::{
    Consequences, DatabaseUrl, DueMail, JoinOutcome, NewConsent, NewMember, Profile, Store,
};

pub(crate) const NOON: OffsetDateTime = datetime!(2026-03-01 12:00 UTC);

pub(crate) struct Stage {
    pub(crate) store: Store,
    _folder: TempDir,
}

/// Random bytes that are the same at each run.
pub(crate) fn die(seed: u64) -> impl FnMut() -> [u8; 32] + Send {
    let mut generator = ChaCha8Rng::seed_from_u64(seed);
    move || {
        let mut bytes = [0; 32];
        generator.fill_bytes(&mut bytes);
        bytes
    }
}

pub(crate) fn token(byte: u8) -> Token {
    Token::from_bytes([byte; 32])
}

pub(crate) fn consent() -> NewConsent {
    NewConsent {
        purpose: "membership".into(),
        text_hash: "hash".into(),
        language: "fr".into(),
        channel: "web".into(),
    }
}

pub(crate) fn about(name: &str) -> About<'_> {
    About { name, language: "fr", time_zone: "Africa/Dakar", country: "SN", consent: Some(consent()) }
}

/// The field and the text of a fault.
#[track_caller]
pub(crate) fn fault<T: std::fmt::Debug>(outcome: Result<T, Refused>) -> (&'static str, &'static str) {
    match outcome {
        Err(Refused::Fault { field, code, .. }) => (field, code),
        other => panic!("{other:?}"),
    }
}

/// Asserts a kind of refusal.
macro_rules! assert_refused {
    ($outcome:expr, $pattern:pat) => {{
        let outcome = $outcome;
        assert!(matches!(outcome, Err($pattern)), "{outcome:?}");
    }};
}
pub(crate) use assert_refused;

impl Stage {
    pub(crate) async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&DatabaseUrl::sqlite(folder.path().join("forum.db"))).await.unwrap();
        Self { store, _folder: folder }
    }

    /// An active member `id@example.org` with these roles.
    pub(crate) async fn member(&self, id: &str, roles: &[Role]) -> Actor {
        let member = NewMember {
            member_id: id.into(),
            address: MailAddress::new(&format!("{id}@example.org")).unwrap(),
            status: MemberStatus::Active,
            profile: Profile {
                name: format!("Name of {id}"),
                language: "fr".into(),
                time_zone: "UTC".into(),
                country: String::new(),
                about: String::new(),
                delivery: Delivery::Daily,
            },
            organisation_id: None,
            request_note: String::new(),
            is_vouched: false,
            ballot_key: format!("key of {id}"),
            consents: Vec::new(),
        };
        let none = Consequences::default();
        assert_eq!(self.store.members().insert(&member, &none, NOON).await.unwrap(), JoinOutcome::Joined);
        for role in roles {
            self.store.members().grant_role(id, *role, "program", &none, NOON).await.unwrap();
        }
        actor(id, roles, true)
    }

    /// Signs a member in by mail, in a browser of its own.
    pub(crate) async fn sign_in(&self, id: &str, seed: u64, now: OffsetDateTime) -> SignedIn {
        let mut random = die(seed);
        let browser = Token::from_bytes(random());
        let asked =
            AskLink { address: &format!("{id}@example.org"), browser: &browser, next_path: "/q/fees" };
        ask_sign_in_link(&self.store, asked, &mut random, now).await.unwrap();
        let (link, _) = self.sign_in_mail(now).await;
        use_sign_in_link(&self.store, Some(&link), Some(&browser), "Firefox", &mut random, now).await.unwrap()
    }

    /// The link and the code of the one sign-in mail that waits.
    pub(crate) async fn sign_in_mail(&self, now: OffsetDateTime) -> (Token, Code) {
        let mails = self.mails(now).await;
        let found = mails.iter().find_map(|(_, notice)| match notice {
            Notice::SignIn { link_path, code, .. } => Some((link_path.clone(), code.clone())),
            _ => None,
        });
        let (link_path, code) = found.unwrap();
        let link = Token::read(link_path.rsplit('/').next().unwrap()).unwrap();
        (link, Code::read(&code).unwrap())
    }

    /// Sends what waits, and gives it back in the order in which it was queued.
    pub(crate) async fn mails(&self, now: OffsetDateTime) -> Vec<(DueMail, Notice)> {
        let due = self.store.outbox().claim_due(100, time::Duration::MINUTE, now).await.unwrap();
        let mut mails = Vec::new();
        for mail in due {
            self.store.outbox().mark_sent(&mail, now).await.unwrap();
            let notice = Notice::read(&mail.body).unwrap();
            mails.push((mail, notice));
        }
        mails
    }

    /// The kinds of the mails that wait, with where they go, sorted; they are sent by it.
    pub(crate) async fn kinds(&self, now: OffsetDateTime) -> Vec<String> {
        let mails = self.mails(now).await;
        let mut kinds: Vec<String> =
            mails.iter().map(|(mail, _)| format!("{} {}", mail.kind, mail.address)).collect();
        kinds.sort();
        kinds
    }

    /// Events of the record with their details, the oldest first.
    pub(crate) async fn events(&self) -> Vec<String> {
        assert_eq!(self.store.audit().verify().await.unwrap().broken, None);
        let mut rows = self.store.audit().list(None, 100).await.unwrap();
        rows.reverse();
        rows.iter().map(|row| format!("{} {} {} {}", row.actor, row.event, row.object, row.detail)).collect()
    }
}

pub(crate) fn actor(id: &str, roles: &[Role], is_strong: bool) -> Actor {
    Actor { member_id: id.into(), roles: roles.iter().copied().collect(), is_strong }
}

pub(crate) fn own<'a>(actor: &'a Actor, session_hash: &'a str) -> Own<'a> {
    Own { actor: Some(actor), session_hash }
}
