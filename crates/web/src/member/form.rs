//! What a form sends, and the proof that this site made it for this browser.
//!
//! Rules: `application/x-www-form-urlencoded`, at most [`MAX_BYTES`]; unknown fields are ignored. A form carries
//! `token` = salt ‖ HMAC-SHA256(key, "form " ‖ salt ‖ path), where the key is the session's form key or, before anyone
//! signed in, the browser's own random cookie; a page elsewhere can read neither. It is good for the path that it was
//! made for only, and the salt changes with every page, so that the compressed length of a page says nothing about it
//! (the BREACH attack). `once` is random: what is sent twice counts once. Left out: files.

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, header};
use data_encoding::HEXLOWER;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::time::Duration;

/// Most bytes of a body.
pub(crate) const MAX_BYTES: usize = 64 << 10;
/// Most fields read.
const MAX_FIELDS: usize = 400;
/// How long a sender may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// Name of the field that proves where a form comes from.
pub(crate) const TOKEN: &str = "token";
/// Name of the field that tells one sending from another.
pub(crate) const ONCE: &str = "once";

/// Why a body was not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unread {
    /// Not a form.
    Media,
    /// Over [`MAX_BYTES`], or cut off.
    TooLarge,
    /// Took too long.
    TooSlow,
}

/// The fields of a form, in the order sent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Form(Vec<(String, String)>);

impl Form {
    /// Reads the body of a request.
    pub(crate) async fn read(headers: &HeaderMap, body: Body) -> Result<Self, Unread> {
        let media =
            headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let media = media.split(';').next().unwrap_or_default().trim();
        if !media.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
            return Err(Unread::Media);
        }
        match tokio::time::timeout(PATIENCE, to_bytes(body, MAX_BYTES)).await {
            Ok(Ok(bytes)) => Ok(Self::parse(&bytes)),
            Ok(Err(_)) => Err(Unread::TooLarge),
            Err(_) => Err(Unread::TooSlow),
        }
    }

    /// Reads the fields. Line ends become single line feeds; characters that no text needs are left out.
    pub(crate) fn parse(bytes: &[u8]) -> Self {
        let clean = |value: &str| {
            let value = value.replace("\r\n", "\n").replace('\r', "\n");
            value.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect::<String>()
        };
        let pairs = form_urlencoded::parse(bytes).take(MAX_FIELDS);
        Self(pairs.map(|(name, value)| (name.into_owned(), clean(&value))).collect())
    }

    /// The first value of this name, without white space around it; blank when it was not sent.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.raw(name).trim()
    }
    /// The first value of this name as sent: for passwords, whose spaces count.
    pub(crate) fn raw(&self, name: &str) -> &str {
        self.0.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }
    /// Whether a field of this name was sent.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(key, _)| key == name)
    }
    /// Whether nothing was sent: the form is about to be filled in.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
    /// What a person wrote at some length, to be given back when it could not be taken.
    pub(crate) fn words(&self) -> impl Iterator<Item = &str> {
        const A_LINE: usize = 30;
        let machine =
            |name: &str| [TOKEN, ONCE, "password", "next", "credential", "ceremony"].contains(&name);
        self.0
            .iter()
            .filter(move |(name, value)| !machine(name) && value.chars().count() > A_LINE)
            .map(|(_, value)| value.as_str())
    }
}

/// Bytes of a token's salt.
const SALT: usize = 8;

fn mac(key: &[u8], salt: &[u8], path: &str) -> Option<Hmac<Sha256>> {
    let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(key).ok()?;
    mac.update(b"form ");
    mac.update(salt);
    mac.update(path.as_bytes());
    Some(mac)
}

/// The token of a form that is sent to `path`.
pub(crate) fn token(key: &[u8], path: &str, random: &[u8; 32]) -> String {
    let (salt, _) = random.split_at(SALT);
    let mac = mac(key, salt, path).map(|mac| HEXLOWER.encode(&mac.finalize().into_bytes()));
    format!("{}{}", HEXLOWER.encode(salt), mac.unwrap_or_default())
}

/// Whether `sent` is the token of a form for `path`, in constant time.
pub(crate) fn is_token(key: &[u8], path: &str, sent: &str) -> bool {
    let Ok(sent) = HEXLOWER.decode(sent.as_bytes()) else { return false };
    let Some((salt, sent)) = sent.split_at_checked(SALT) else { return false };
    mac(key, salt, path).is_some_and(|mac| mac.verify_slice(sent).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn fields_are_read_by_name_and_cleaned() {
        let form = Form::parse(b"a=+x%0D%0Ay%00+&b=1&a=2&c=%F0%9F&=&d");
        assert_eq!((form.text("a"), form.raw("a")), ("x\ny", " x\ny "));
        assert_eq!((form.text("b"), form.text("nothing"), form.has("d")), ("1", "", true));
        assert!(Form::parse(b"").is_empty());
        let long = "w".repeat(31);
        let sent = format!("body={long}&token={long}&password={long}&x=short");
        assert_eq!(Form::parse(sent.as_bytes()).words().collect::<Vec<_>>(), [long]);
    }

    #[test]
    fn a_token_is_good_for_one_path_and_one_key() {
        let good = token(b"key", "/account", &[7; 32]);
        let other = token(b"key", "/account", &[8; 32]);
        assert!(good != other && is_token(b"key", "/account", &other));
        assert!(is_token(b"key", "/account", &good));
        assert!(!is_token(b"key", "/account/security", &good) && !is_token(b"other", "/account", &good));
        for bad in ["", "00", &good[..79], &good[16..], "zz"] {
            assert!(!is_token(b"key", "/account", bad), "{bad}");
        }
    }

    #[tokio::test]
    async fn only_a_form_of_bounded_size_is_read() {
        let form = HeaderValue::from_static("application/x-www-form-urlencoded; charset=utf-8");
        let form = HeaderMap::from_iter([(header::CONTENT_TYPE, form)]);
        assert!(Form::read(&form, Body::from("a=b")).await.is_ok());
        assert_eq!(Form::read(&HeaderMap::new(), Body::from("a=b")).await, Err(Unread::Media));
        let large = Body::from(vec![b'a'; MAX_BYTES + 1]);
        assert_eq!(Form::read(&form, large).await, Err(Unread::TooLarge));
    }
}
