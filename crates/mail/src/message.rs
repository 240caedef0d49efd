//! What a message looks like: a plain struct, and the text of RFC 5322 that it becomes.
//!
//! Rules. The sender is always an address of our own domain, whoever wrote (decision D17): our mail server signs for
//! it, and no member's address stands in a header. The Message-ID follows from the mail's id, and so do the boundary
//! and the date: a message that is tried again is the same message, byte for byte, and a reader's program shows it
//! once. Mail to a list says so (RFC 2919), and how to leave it with one click (RFC 8058); automatic mail says so (RFC
//! 3834), so that no answering machine answers. Text first, HTML beside it when there is one. A line break in a header
//! is refused, not mended: it is somebody's attempt.
//!
//! Left out: attachments (links are sent), several recipients (each gets a message of their own), signatures (DKIM).

use lettre::address::Envelope;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart, SinglePart};
use std::time::SystemTime;
use time::OffsetDateTime;
use whatworks_domain::member::MailAddress;

/// Longest subject or name, in characters.
const MAX_LINE: usize = 300;
/// Longest address of a page, in bytes: with its name the line stays under the 998 of RFC 5322 §2.1.1.
const MAX_URL: usize = 900;
/// Longest id of a mail, in bytes.
const MAX_MAIL_ID: usize = 100;
/// Most earlier messages named.
const MAX_REFERENCES: usize = 20;

/// A name and an address. The name is as the reader shall see it, such as “Amina K. via SPM Network”.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Party {
    /// The name; none shows the address alone.
    pub name: Option<String>,
    /// The address.
    pub address: MailAddress,
}

/// Whether a person or a program wrote (RFC 3834).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Automatic {
    /// A person wrote it: a post.
    No,
    /// A program wrote it: links, digests, notices.
    Generated,
    /// A program answered a mail.
    Replied,
}

/// What a message to a list says about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct List {
    /// The list's id under our domain, such as `late-fees.forum.example.org` (RFC 2919).
    pub id: String,
    /// Where a `POST` without signing in ends the member's mail from it (RFC 8058): `https`.
    pub unsubscribe: String,
    /// Where the list can be read.
    pub archive: Option<String>,
}

/// A message to one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// The mail's id in the store: 1 to 100 letters, digits, `-`, `_` and `.`. The Message-ID follows from it.
    pub mail_id: String,
    /// Our mail domain: sender, answers, returned mail and Message-ID are under it.
    pub domain: String,
    /// The sender.
    pub from: Party,
    /// Where answers go, if not to the sender.
    pub reply_to: Option<MailAddress>,
    /// Where returned mail goes, if not to the sender. Shown to nobody: the envelope's sender.
    pub return_path: Option<MailAddress>,
    /// The recipient.
    pub to: Party,
    /// The subject.
    pub subject: String,
    /// The text.
    pub text: String,
    /// The same as HTML.
    pub html: Option<String>,
    /// When it was written: when the mail was made, not when it is tried.
    pub written_at: OffsetDateTime,
    /// The Message-ID that it answers, in angle brackets ([`message_id`] makes ours).
    pub in_reply_to: Option<String>,
    /// The Message-IDs of the thread, oldest first; the first and the last 19 are kept.
    pub references: Vec<String>,
    /// The list it belongs to.
    pub list: Option<List>,
    /// Whether a program wrote it.
    pub automatic: Automatic,
    /// The language of the text, such as `en` or `pt-BR`.
    pub language: String,
}

/// Why a message was not made. A fault of ours or somebody's attempt, never the recipient's: do not try again.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ComposeError {
    /// A character that would begin a new header, or another that no header may hold.
    #[error("the {0} holds a line break or another control character")]
    Control(&'static str),
    /// Longer than any true one.
    #[error("the {0} is too long")]
    Long(&'static str),
    /// Not of the form that the field asks for.
    #[error("the {field} “{value}” is not well formed")]
    Form {
        /// The field.
        field: &'static str,
        /// What was given.
        value: String,
    },
    /// An address of ours that is not under our domain.
    #[error("the {field} {address} is not under {domain}")]
    Foreign {
        /// The field.
        field: &'static str,
        /// The address.
        address: String,
        /// Our domain.
        domain: String,
    },
}

/// The Message-ID of one of our mails, with its angle brackets.
pub fn message_id(mail_id: &str, domain: &str) -> String {
    format!("<{mail_id}@{domain}>")
}

/// A message ready to leave.
#[derive(Debug, Clone)]
pub struct Composed {
    /// The mail's id.
    pub mail_id: String,
    /// The whole message, RFC 5322, lines ended by CR LF.
    pub bytes: Vec<u8>,
    /// Who it is from and for, as the mail server is told.
    pub(crate) envelope: Envelope,
}

/// The message as it leaves.
///
/// # Errors
/// [`ComposeError`].
pub fn compose(message: &Message) -> Result<Composed, ComposeError> {
    check(message)?;
    let from = mailbox("sender", &message.from)?;
    let to = mailbox("recipient", &message.to)?;
    let returned = match &message.return_path {
        Some(path) => address("return path", path)?,
        None => from.email.clone(),
    };
    let envelope = Envelope::new(Some(returned), vec![to.email.clone()])
        .map_err(|_| form("recipient", message.to.address.as_str()))?;

    let mut builder = lettre::Message::builder()
        .envelope(envelope.clone())
        .date(SystemTime::from(message.written_at))
        .from(from)
        .to(to)
        .subject(message.subject.as_str())
        .message_id(Some(message_id(&message.mail_id, &message.domain)));
    if let Some(reply_to) = &message.reply_to {
        builder = builder.reply_to(Mailbox::new(None, address("reply address", reply_to)?));
    }
    for (name, value) in headers(message) {
        builder = builder.raw_header(HeaderValue::new(HeaderName::new_from_ascii_str(name), value));
    }
    let plain = SinglePart::builder().header(ContentType::TEXT_PLAIN).body(body(&message.text));
    let built = match &message.html {
        None => builder.singlepart(plain),
        Some(html) => {
            let parts = MultiPart::alternative().boundary(boundary(&message.mail_id, [&message.text, html]));
            let html = SinglePart::builder().header(ContentType::TEXT_HTML).body(body(html));
            builder.multipart(parts.singlepart(plain).singlepart(html))
        }
    };
    // What could be missing is there by its type.
    let built = built.map_err(|_| form("message", &message.mail_id))?;
    Ok(Composed { mail_id: message.mail_id.clone(), bytes: built.formatted(), envelope })
}

/// Headers beyond sender, recipient, subject, date and id, in their order; all are ASCII by [`check`].
fn headers(message: &Message) -> Vec<(&'static str, String)> {
    let mut headers = Vec::new();
    if let Some(id) = &message.in_reply_to {
        headers.push(("In-Reply-To", id.clone()));
    }
    if !message.references.is_empty() {
        // RFC 5322 lets a long chain be cut in its middle: programs thread by the first and the last.
        let tail = message.references.len().saturating_sub(MAX_REFERENCES - 1).max(1);
        let kept = message.references.iter().take(1).chain(message.references.iter().skip(tail));
        headers.push(("References", kept.map(String::as_str).collect::<Vec<_>>().join(" ")));
    }
    if let Some(list) = &message.list {
        headers.push(("List-Id", format!("<{}>", list.id)));
        headers.push(("List-Unsubscribe", format!("<{}>", list.unsubscribe)));
        headers.push(("List-Unsubscribe-Post", "List-Unsubscribe=One-Click".to_owned()));
        if let Some(archive) = &list.archive {
            headers.push(("List-Archive", format!("<{archive}>")));
        }
        headers.push(("Precedence", "list".to_owned()));
    }
    match message.automatic {
        Automatic::No => {}
        Automatic::Generated => headers.push(("Auto-Submitted", "auto-generated".to_owned())),
        Automatic::Replied => headers.push(("Auto-Submitted", "auto-replied".to_owned())),
    }
    headers.push(("Content-Language", message.language.clone()));
    headers
}

fn check(message: &Message) -> Result<(), ComposeError> {
    let is_id = |id: &str| {
        !id.is_empty() && id.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))
    };
    if message.mail_id.len() > MAX_MAIL_ID || !is_id(&message.mail_id) || message.mail_id.starts_with('.') {
        return Err(form("mail's id", &message.mail_id));
    }
    if !is_id(&message.domain) {
        return Err(form("domain", &message.domain));
    }
    line("subject", &message.subject)?;
    let ours = [
        ("sender", Some(&message.from.address)),
        ("reply address", message.reply_to.as_ref()),
        ("return path", message.return_path.as_ref()),
    ];
    for (field, address) in ours.into_iter().filter_map(|(field, address)| Some((field, address?))) {
        let host = address.as_str().rsplit('@').next().unwrap_or_default();
        let domain = message.domain.to_lowercase();
        if host != domain && !host.ends_with(&format!(".{domain}")) {
            return Err(ComposeError::Foreign { field, address: address.to_string(), domain });
        }
    }
    for id in message.in_reply_to.iter().chain(&message.references) {
        let inner = id.strip_prefix('<').and_then(|rest| rest.strip_suffix('>'));
        let is_whole = inner.is_some_and(|inner| {
            inner.contains('@') && inner.chars().all(|c| c.is_ascii_graphic() && !matches!(c, '<' | '>'))
        });
        if !is_whole || id.len() > MAX_URL {
            return Err(form("message id", id));
        }
    }
    if let Some(list) = &message.list {
        if !is_id(&list.id) || list.id.len() > MAX_LINE {
            return Err(form("list's id", &list.id));
        }
        page("address to unsubscribe", &list.unsubscribe)?;
        if let Some(archive) = &list.archive {
            page("address of the archive", archive)?;
        }
    }
    let is_language = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let language = &message.language;
    if language.is_empty() || language.len() > 35 || !language.chars().all(is_language) {
        return Err(form("language", language));
    }
    Ok(())
}

fn form(field: &'static str, value: &str) -> ComposeError {
    let value = value.chars().filter(|c| !c.is_control()).take(80).collect();
    ComposeError::Form { field, value }
}

/// A text of one line.
fn line(field: &'static str, text: &str) -> Result<(), ComposeError> {
    if text.chars().any(char::is_control) {
        return Err(ComposeError::Control(field));
    }
    if text.chars().count() > MAX_LINE {
        return Err(ComposeError::Long(field));
    }
    Ok(())
}

/// The address of a page: `https`, or `http` on this machine.
fn page(field: &'static str, url: &str) -> Result<(), ComposeError> {
    let is_safe = url.starts_with("https://") || url.starts_with("http://localhost");
    let is_plain = url.chars().all(|c| c.is_ascii_graphic() && !matches!(c, '<' | '>' | '"' | '\\'));
    if url.len() > MAX_URL {
        return Err(ComposeError::Long(field));
    }
    if is_safe && is_plain { Ok(()) } else { Err(form(field, url)) }
}

fn address(field: &'static str, address: &MailAddress) -> Result<lettre::Address, ComposeError> {
    address.as_str().parse().map_err(|_| form(field, address.as_str()))
}

/// Name and address. From the name everything from an `@` on is left out: a name that is an address would show a
/// member's address to all, or somebody else's.
fn mailbox(field: &'static str, party: &Party) -> Result<Mailbox, ComposeError> {
    let email = address(field, &party.address)?;
    let Some(name) = &party.name else { return Ok(Mailbox::new(None, email)) };
    line(field, name)?;
    let words = name.split_whitespace().map(|word| word.split('@').next().unwrap_or_default());
    let name = words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    Ok(Mailbox::new((!name.is_empty()).then_some(name), email))
}

/// Lines ended by one kind of break, which the encoding then makes CR LF, the last one by the message; no NUL, which
/// mail servers refuse.
fn body(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n").replace('\0', "\u{fffd}");
    text.strip_suffix('\n').unwrap_or(&text).to_owned()
}

/// The boundary between parts: from the mail's id, so that a retry is the same message, and in neither of the parts.
fn boundary(mail_id: &str, parts: [&str; 2]) -> String {
    let id: String = mail_id.chars().filter(char::is_ascii_alphanumeric).take(30).collect();
    let mut boundary = format!("=_{id}_");
    while parts.iter().any(|part| part.contains(&boundary)) {
        boundary.push('_');
    }
    boundary
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_boundary_is_in_neither_part() {
        assert_eq!(boundary("mail-7", ["a", "b"]), "=_mail7_");
        assert_eq!(boundary("mail-7", ["--=_mail7_--", "--=_mail7__"]), "=_mail7___");
    }

    #[test]
    fn the_body_has_one_kind_of_line_break() {
        assert_eq!(body("a\r\nb\rc\n\n"), "a\nb\nc\n");
        assert_eq!(body("a\0"), "a\u{fffd}");
    }
}
