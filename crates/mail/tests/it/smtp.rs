//! What becomes of a message.

use crate::post;
use crate::server::{Script, Seen, serve};
use std::fs;
use std::net::TcpListener;
use std::time::Duration;
use whatworks_mail::message::{Message, compose};
use whatworks_mail::{Mailer, Outcome, SettingError};

async fn delivered(script: Script, credentials: &str) -> (Outcome, Seen) {
    let (port, server) = serve(script);
    let mailer = Mailer::from_setting(&format!("smtp://{credentials}127.0.0.1:{port}")).unwrap();
    let outcome = mailer.with_limit(Duration::from_secs(20)).deliver(&post()).await;
    (outcome, server.join().unwrap())
}

fn is_later(outcome: &Outcome, word: &str) -> bool {
    matches!(outcome, Outcome::TryLater(reason) if reason.contains(word))
}

fn is_refused(outcome: &Outcome, word: &str) -> bool {
    matches!(outcome, Outcome::Refused(reason) if reason.contains(word))
}

#[tokio::test]
async fn a_message_arrives_byte_for_byte() {
    let (outcome, seen) = delivered(Script::default(), "").await;
    assert_eq!(outcome, Outcome::Sent);
    assert_eq!(seen.text.into_bytes(), compose(&post()).unwrap().bytes);
    let said = |start: &str| seen.commands.iter().find(|line| line.starts_with(start)).map(String::as_str);
    assert_eq!(said("MAIL"), Some("MAIL FROM:<b+def@forum.example.org>"));
    assert_eq!(said("RCPT"), Some("RCPT TO:<bola@bank.example>"));
    assert_eq!(said("QUIT"), Some("QUIT"));
    assert_eq!(said("AUTH"), None);
}

#[tokio::test]
async fn a_password_is_shown_to_the_server() {
    let (outcome, seen) = delivered(Script::default(), "amina:secret@").await;
    assert_eq!(outcome, Outcome::Sent);
    // base64 of NUL amina NUL secret.
    assert!(seen.commands.contains(&"AUTH PLAIN AGFtaW5hAHNlY3JldA==".to_owned()), "{:?}", seen.commands);
}

#[tokio::test]
async fn four_hundreds_wait_and_five_hundreds_do_not() {
    for (script, word) in [
        (Script { mail: Some("451 4.3.0 busy"), ..Script::default() }, "busy"),
        (Script { rcpt: Some("450 4.2.0 greylisted"), ..Script::default() }, "greylisted"),
        (Script { text: Some("452 4.2.2 mailbox full"), ..Script::default() }, "mailbox full"),
    ] {
        let (outcome, _) = delivered(script, "").await;
        assert!(is_later(&outcome, word), "{outcome:?}");
    }
    for (script, word) in [
        (Script { rcpt: Some("550 5.1.1 nobody of that name"), ..Script::default() }, "nobody of that name"),
        (Script { text: Some("554 5.7.1 no such words here"), ..Script::default() }, "no such words here"),
    ] {
        let (outcome, _) = delivered(script, "").await;
        assert!(is_refused(&outcome, word), "{outcome:?}");
    }
}

#[tokio::test]
async fn our_own_trouble_with_the_server_costs_no_message() {
    for (script, credentials) in [
        (Script { auth: Some("535 5.7.8 wrong password"), ..Script::default() }, "amina:secret@"),
        (Script { mail: Some("530 5.7.0 authentication required"), ..Script::default() }, ""),
        (Script { greeting: Some("554 5.3.2 not today"), ..Script::default() }, ""),
    ] {
        let (outcome, seen) = delivered(script, credentials).await;
        assert!(is_later(&outcome, "127.0.0.1"), "{outcome:?}");
        assert!(!format!("{outcome:?}").contains("secret"), "{outcome:?}");
        assert_eq!(seen.text, "");
    }
}

#[tokio::test]
async fn a_connection_lost_after_the_text_is_tried_again() {
    let (outcome, seen) = delivered(Script { drops_after_text: true, ..Script::default() }, "").await;
    assert!(is_later(&outcome, "not taken"), "{outcome:?}");
    // It may have been taken: the next try carries the same id.
    assert!(seen.text.contains("Message-ID: <mail-7@forum.example.org>"), "{}", seen.text);
}

#[tokio::test]
async fn a_server_that_says_nothing_is_left() {
    let (port, server) = serve(Script { is_silent: true, ..Script::default() });
    let mailer = Mailer::from_setting(&format!("smtp://127.0.0.1:{port}")).unwrap();
    let outcome = mailer.with_limit(Duration::from_millis(50)).deliver(&post()).await;
    assert!(is_later(&outcome, "did not finish"), "{outcome:?}");
    server.join().unwrap();
}

#[tokio::test]
async fn no_server_at_all_is_tried_again() {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let mailer = Mailer::from_setting(&format!("smtp://127.0.0.1:{port}")).unwrap();
    let outcome = mailer.deliver(&post()).await;
    assert!(is_later(&outcome, "no connection"), "{outcome:?}");
}

#[tokio::test]
async fn a_server_without_encryption_is_given_no_password() {
    let (port, server) = serve(Script::default());
    let setting = format!("smtp+starttls://amina:secret@127.0.0.1:{port}");
    let outcome = Mailer::from_setting(&setting).unwrap().deliver(&post()).await;
    assert!(is_later(&outcome, "no connection"), "{outcome:?}");
    let seen = server.join().unwrap();
    assert!(!seen.commands.iter().any(|line| line.starts_with("AUTH")), "{:?}", seen.commands);
}

#[tokio::test]
async fn a_message_that_cannot_be_made_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let mailer = Mailer::from_setting(&format!("file:{}", folder.path().display())).unwrap();
    let outcome = mailer.deliver(&Message { subject: "a\nb".into(), ..post() }).await;
    assert!(is_refused(&outcome, "subject"), "{outcome:?}");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[tokio::test]
async fn a_folder_takes_each_message_once() {
    let parent = tempfile::tempdir().unwrap();
    let folder = parent.path().join("mail/out");
    let mailer = Mailer::from_setting(&format!("file:{}", folder.display())).unwrap();
    assert!(mailer.is_folder());
    for _ in 0..2 {
        assert_eq!(mailer.deliver(&post()).await, Outcome::Sent);
    }
    let names: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names, ["mail-7.eml"]);
    assert_eq!(fs::read(folder.join("mail-7.eml")).unwrap(), compose(&post()).unwrap().bytes);
    // A file where the folder should be.
    let in_the_way = format!("file:{}", folder.join("mail-7.eml").display());
    assert!(matches!(Mailer::from_setting(&in_the_way), Err(SettingError::Folder { .. })));
    fs::remove_dir_all(&folder).unwrap();
    let gone = mailer.deliver(&post()).await;
    assert!(is_later(&gone, "mail-7.eml"), "{gone:?}");
}
