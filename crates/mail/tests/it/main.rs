//! Messages as they arrive, and mail servers that misbehave.

#![expect(clippy::unwrap_used, reason = "a helper of tests that fails fails the test")]

mod message;
mod server;
mod smtp;

use time::macros::datetime;
use whatworks_domain::member::MailAddress;
use whatworks_mail::message::{Automatic, List, Message, Party};

fn address(text: &str) -> MailAddress {
    MailAddress::new(text).unwrap()
}

/// A post as a member of a list gets it.
fn post() -> Message {
    Message {
        mail_id: "mail-7".into(),
        domain: "forum.example.org".into(),
        from: Party {
            name: Some("Amina Kérékou via SPM Network".into()),
            address: address("d-12@forum.example.org"),
        },
        reply_to: Some(address("r+abc@forum.example.org")),
        return_path: Some(address("b+def@forum.example.org")),
        to: Party { name: None, address: address("bola@bank.example") },
        subject: "Frais de retard – qu'avez-vous constaté ?".into(),
        text: "Chez nous, les frais ont baissé.\n.\nFrom here on\n".into(),
        html: None,
        written_at: datetime!(2026-03-01 12:00 UTC),
        in_reply_to: Some("<mail-6@forum.example.org>".into()),
        references: vec!["<mail-1@forum.example.org>".into(), "<mail-6@forum.example.org>".into()],
        list: Some(List {
            id: "late-fees.forum.example.org".into(),
            unsubscribe: "https://forum.example.org/stop/abc~1~m1~late-fees".into(),
            archive: Some("https://forum.example.org/d/late-fees".into()),
        }),
        automatic: Automatic::No,
        language: "fr".into(),
    }
}
