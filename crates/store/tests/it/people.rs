//! Members in tests: one call each.

use whatworks_domain::member::{Delivery, MailAddress, MemberStatus};
use whatworks_store::{Consequences, JoinOutcome, NewAudit, NewMail, NewMember, NewSession, Profile, Store};

use crate::example::NOON;

pub(crate) fn none() -> Consequences {
    Consequences::default()
}

/// A mail and a row of the record, to see whether they are written with their act.
pub(crate) fn some(once: &str) -> Consequences {
    let mail = NewMail {
        mail_id: format!("mail {once}"),
        once: once.into(),
        member_id: None,
        address: "someone@example.org".into(),
        kind: "welcome".into(),
        language: "en".into(),
        body: "{}".into(),
        is_urgent: false,
    };
    let entry = NewAudit {
        actor: "program".into(),
        event: once.into(),
        object: String::new(),
        detail: String::new(),
    };
    Consequences { mail: vec![mail], audit: vec![entry], ..Consequences::default() }
}

pub(crate) fn address(id: &str) -> MailAddress {
    MailAddress::new(&format!("{id}@example.org")).unwrap()
}

pub(crate) fn member(id: &str) -> NewMember {
    NewMember {
        member_id: id.into(),
        address: address(id),
        status: MemberStatus::Active,
        profile: Profile {
            name: format!("Amina {id}"),
            language: "fr".into(),
            time_zone: "Africa/Porto-Novo".into(),
            country: "BJ".into(),
            about: "line one\nline two".into(),
            delivery: Delivery::Daily,
        },
        organisation_id: None,
        request_note: String::new(),
        is_vouched: false,
        ballot_key: format!("key of {id}"),
        consents: Vec::new(),
    }
}

pub(crate) async fn join(store: &Store, id: &str) {
    let outcome = store.members().insert(&member(id), &none(), NOON).await.unwrap();
    assert_eq!(outcome, JoinOutcome::Joined);
}

pub(crate) fn session(id: &str, member_id: &str) -> NewSession {
    NewSession {
        session_hash: id.into(),
        member_id: member_id.into(),
        form_key: "form key".into(),
        device: "Firefox on Android".into(),
        strong_at: None,
    }
}
