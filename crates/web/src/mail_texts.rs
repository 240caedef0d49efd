//! The words of outgoing mail: subject and plain text of each kind, in the reader's language.
//!
//! Rule: the outbox holds the kind of a mail and what its text mentions (a JSON object of texts, numbers and truths, which read `yes` or `no`); the texts
//! are the Fluent messages `mail-KIND-subject` and `mail-KIND`, which may also mention `site` (the public address) and
//! `host`. So a new kind needs two messages and no code. Left out: how mail leaves, and HTML.

use crate::member::PublicUrl;
use crate::text::{self, Arg, Lang};
use serde_json::Value;
use std::collections::BTreeMap;

/// The words of one mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailText {
    /// One line.
    pub subject: String,
    /// Plain text.
    pub text: String,
}

/// The words of a mail of this kind; none when the kind has no texts or the body is no JSON object.
pub fn mail_text(kind: &str, language: &str, body: &str, public: &PublicUrl) -> Option<MailText> {
    let lang = Lang::ALL.into_iter().find(|lang| lang.code() == language).unwrap_or(Lang::English);
    let mentioned: BTreeMap<String, Value> = serde_json::from_str(body).ok()?;
    let mut args: Vec<(&str, Arg<'_>)> =
        vec![("site", public.origin().into()), ("host", public.domain().into())];
    for (name, value) in &mentioned {
        let arg = match value {
            Value::String(text) => Arg::from(text.as_str()),
            Value::Number(number) => Arg::from(number.as_f64()?),
            Value::Bool(is_so) => Arg::from(if *is_so { "yes" } else { "no" }),
            _ => continue,
        };
        args.push((name, arg));
    }
    let said = |key: String| {
        let text = text::ta(lang, &key, &args);
        // A key without text shows itself.
        (text != key).then_some(text)
    };
    let subject = said(format!("mail-{kind}-subject"))?;
    let subject = subject.split(char::is_control).collect::<Vec<_>>().join(" ");
    let closing = text::ta(lang, "mail-closing", &args);
    let text = format!("{}\n\n-- \n{closing}\n", said(format!("mail-{kind}"))?);
    Some(MailText { subject, text })
}
