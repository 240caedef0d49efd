//! What a message looks like on the wire.

use crate::{address, post};
use data_encoding::BASE64;
use proptest::prelude::*;
use whatworks_mail::message::{Automatic, ComposeError, List, Message, Party, compose, message_id};

fn composed(message: &Message) -> String {
    String::from_utf8(compose(message).unwrap().bytes).unwrap()
}

/// Headers, unfolded, and the body as it is encoded.
fn parts(raw: &str) -> (Vec<String>, String) {
    let (head, body) = raw.split_once("\r\n\r\n").unwrap();
    (head.replace("\r\n ", " ").split("\r\n").map(str::to_owned).collect(), body.to_owned())
}

fn header(raw: &str, name: &str) -> Option<String> {
    let start = format!("{name}: ");
    let (headers, _) = parts(raw);
    let found: Vec<&String> = headers.iter().filter(|line| line.starts_with(&start)).collect();
    assert!(found.len() < 2, "{name} stands twice");
    found.first().map(|line| line[start.len()..].to_owned())
}

/// Quoted-printable or base64, as the part's header says.
fn decoded(raw: &str) -> String {
    let (_, body) = parts(raw);
    // The break before the end of the message is the message's.
    let body = body.strip_suffix("\r\n").unwrap();
    let bytes = match header(raw, "Content-Transfer-Encoding").as_deref() {
        Some("base64") => BASE64.decode(body.replace("\r\n", "").as_bytes()).unwrap(),
        Some("quoted-printable") => {
            let mut bytes = Vec::new();
            let mut rest = body.replace("=\r\n", "");
            while let Some(at) = rest.find('=') {
                bytes.extend(rest[..at].bytes());
                bytes.push(u8::from_str_radix(&rest[at + 1..at + 3], 16).unwrap());
                rest = rest[at + 3..].to_owned();
            }
            bytes.extend(rest.bytes());
            bytes
        }
        _ => body.as_bytes().to_vec(),
    };
    String::from_utf8(bytes).unwrap()
}

#[test]
fn a_post_says_what_it_is() {
    let raw = composed(&post());
    for (name, value) in [
        ("Message-ID", "<mail-7@forum.example.org>"),
        ("Date", "Sun, 01 Mar 2026 12:00:00 +0000"),
        ("Reply-To", "r+abc@forum.example.org"),
        ("To", "bola@bank.example"),
        ("In-Reply-To", "<mail-6@forum.example.org>"),
        ("References", "<mail-1@forum.example.org> <mail-6@forum.example.org>"),
        ("List-Id", "<late-fees.forum.example.org>"),
        ("List-Unsubscribe", "<https://forum.example.org/stop/abc~1~m1~late-fees>"),
        ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
        ("List-Archive", "<https://forum.example.org/d/late-fees>"),
        ("Precedence", "list"),
        ("Content-Language", "fr"),
        ("MIME-Version", "1.0"),
    ] {
        assert_eq!(header(&raw, name).as_deref(), Some(value), "{name}\n{raw}");
    }
    assert_eq!(header(&raw, "Auto-Submitted"), None);
    // The return path is told to the server only.
    assert!(!raw.contains("b+def"), "{raw}");
    assert!(header(&raw, "From").unwrap().ends_with(" <d-12@forum.example.org>"), "{raw}");
    assert!(raw.is_ascii() && raw.lines().all(|line| line.len() < 998), "{raw}");
    assert_eq!(decoded(&raw).replace("\r\n", "\n") + "\n", post().text);
}

#[test]
fn a_retry_is_the_same_message() {
    let message = Message { html: Some("<p>Bonjour</p>".into()), ..post() };
    assert_eq!(composed(&message), composed(&message));
    assert_eq!(message_id("mail-7", "forum.example.org"), "<mail-7@forum.example.org>");
}

#[test]
fn html_stands_beside_the_text() {
    let message = Message { html: Some("<p>Les frais ont baissé.</p>".into()), ..post() };
    let raw = composed(&message);
    let kind = header(&raw, "Content-Type").unwrap();
    assert!(kind.starts_with("multipart/alternative; boundary="), "{kind}");
    let text = raw.find("Content-Type: text/plain; charset=utf-8").unwrap();
    let html = raw.find("Content-Type: text/html; charset=utf-8").unwrap();
    assert!(text < html, "programs show the last one that they can");
}

#[test]
fn automatic_mail_says_so() {
    for (automatic, value) in [(Automatic::Generated, "auto-generated"), (Automatic::Replied, "auto-replied")]
    {
        let raw = composed(&Message { automatic, list: None, ..post() });
        assert_eq!(header(&raw, "Auto-Submitted").as_deref(), Some(value));
        assert_eq!(header(&raw, "List-Id"), None);
        assert_eq!(header(&raw, "Precedence"), None);
    }
}

#[test]
fn a_long_thread_is_cut_in_its_middle() {
    let references: Vec<String> = (0..50).map(|n| format!("<mail-{n}@forum.example.org>")).collect();
    let named = header(&composed(&Message { references, ..post() }), "References").unwrap();
    let named: Vec<&str> = named.split(' ').collect();
    assert_eq!(named.len(), 20);
    assert_eq!(
        (named[0], named[1], named[19]),
        ("<mail-0@forum.example.org>", "<mail-31@forum.example.org>", "<mail-49@forum.example.org>",)
    );
    let one = vec!["<a@forum.example.org>".to_owned()];
    assert_eq!(
        header(&composed(&Message { references: one, ..post() }), "References").as_deref(),
        Some("<a@forum.example.org>")
    );
}

#[test]
fn no_header_can_be_smuggled_in() {
    let broken = ["a\r\nBcc: x@evil.example", "a\nb", "a\rb", "a\0b", "a\u{85}b"];
    for text in broken {
        let text = text.to_owned();
        let named = |name: &str| Some(name.to_owned());
        for message in [
            Message { subject: text.clone(), ..post() },
            Message { from: Party { name: named(&text), ..post().from }, ..post() },
            Message { to: Party { name: named(&text), ..post().to }, ..post() },
        ] {
            assert!(matches!(compose(&message), Err(ComposeError::Control(_))), "{text:?}");
        }
        let list = post().list.unwrap();
        for message in [
            Message { mail_id: text.clone(), ..post() },
            Message { domain: text.clone(), ..post() },
            Message { language: text.clone(), ..post() },
            Message { in_reply_to: Some(format!("<{text}@x>")), ..post() },
            Message { references: vec![format!("<{text}@x>")], ..post() },
            Message { list: Some(List { id: text.clone(), ..list.clone() }), ..post() },
            Message {
                list: Some(List { unsubscribe: format!("https://x/{text}"), ..list.clone() }),
                ..post()
            },
            Message {
                list: Some(List { archive: Some(format!("https://x/{text}")), ..list.clone() }),
                ..post()
            },
        ] {
            assert!(matches!(compose(&message), Err(ComposeError::Form { .. })), "{text:?}");
        }
    }
}

#[test]
fn odd_ids_and_addresses_are_refused() {
    let list = post().list.unwrap();
    for unsubscribe in
        ["http://forum.example.org/x", "mailto:x@y.org", "https://x/> , <https://evil.example", ""]
    {
        let list = Some(List { unsubscribe: unsubscribe.into(), ..list.clone() });
        assert!(compose(&Message { list, ..post() }).is_err(), "{unsubscribe}");
    }
    for mail_id in ["", "../x", ".x", "a b", "a/b", &"a".repeat(101)] {
        assert!(compose(&Message { mail_id: mail_id.into(), ..post() }).is_err(), "{mail_id}");
    }
    assert_eq!(
        compose(&Message { subject: "x".repeat(301), ..post() }).map(|_| ()),
        Err(ComposeError::Long("subject"))
    );
}

#[test]
fn the_sender_is_always_ours() {
    let foreign = address("amina@bank.example");
    let near = address("x@notforum.example.org");
    for address in [foreign, near] {
        for message in [
            Message { from: Party { name: None, address: address.clone() }, ..post() },
            Message { reply_to: Some(address.clone()), ..post() },
            Message { return_path: Some(address.clone()), ..post() },
        ] {
            assert!(matches!(compose(&message), Err(ComposeError::Foreign { .. })));
        }
    }
    let below = Party { name: None, address: address("x@mail.forum.example.org") };
    assert!(compose(&Message { from: below, ..post() }).is_ok());
}

#[test]
fn a_name_shows_no_address() {
    for (name, shown) in [
        ("amina@bank.example via SPM", "\"amina via SPM\" <d-12@forum.example.org>"),
        ("@", "d-12@forum.example.org"),
        ("Okafor, B. (SPM)", "=?utf-8?b?T2thZm9yLCBCLiAoU1BNKQ==?= <d-12@forum.example.org>"),
        ("x\" <evil@evil.example>", "=?utf-8?b?eCIgPGV2aWw=?= <d-12@forum.example.org>"),
    ] {
        let from = Party { name: Some(name.into()), ..post().from };
        let raw = composed(&Message { from, ..post() });
        assert_eq!(header(&raw, "From").as_deref(), Some(shown), "{name}");
    }
}

proptest! {
    #[test]
    fn any_text_arrives_whole(text in "(\\PC|\n){0,200}", subject in "\\PC{0,80}") {
        let message = Message { text: text.clone(), subject, ..post() };
        let raw = composed(&message);
        prop_assert!(raw.is_ascii());
        prop_assert!(raw.split("\r\n").all(|line| line.len() <= 998 && !line.contains(['\r', '\n'])));
        prop_assert_eq!(decoded(&raw).replace("\r\n", "\n"), text.strip_suffix('\n').unwrap_or(&text));
    }
}
