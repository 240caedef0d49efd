//! What a page is given (a visit) and what it gives back (bytes, or a refusal that says how to go on).

use crate::state::Evidence;
use crate::text::{self, Arg, Lang};
use axum::http::StatusCode;
use maud::Markup;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;
use std::sync::Arc;
use whatworks_charts::NumberStyle;

/// Longest query read, in bytes.
pub const MAX_QUERY_LENGTH: usize = 4_000;

const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A text as one path segment (RFC 3986 §3.3): everything but unreserved characters is percent-encoded, so a `/` in an
/// id stays inside its segment.
pub fn segment(text: &str) -> String {
    utf8_percent_encode(text, SEGMENT).to_string()
}

/// The named values of an address, sorted by name, blanks left out: equal questions have equal text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query(Vec<(String, String)>);

impl Query {
    /// Reads a raw query. Names that are not in `allowed` (an entry ending in `*` allows a prefix) are left out, so
    /// that a stranger's tracking parameter changes nothing.
    pub fn parse(raw: &str, allowed: &[&str]) -> Self {
        let permitted = |name: &str| {
            allowed
                .iter()
                .any(|rule| rule.strip_suffix('*').map_or(*rule == name, |prefix| name.starts_with(prefix)))
        };
        let mut pairs: Vec<(String, String)> = form_urlencoded::parse(raw.as_bytes())
            .map(|(name, value)| (name.into_owned(), value.trim().to_owned()))
            .filter(|(name, value)| !value.is_empty() && permitted(name))
            .collect();
        pairs.sort();
        pairs.dedup();
        Self(pairs)
    }
    /// The first value of this name.
    pub fn find(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
    /// All values of this name.
    pub fn list<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.as_str())
    }
    /// All pairs.
    pub fn pairs(&self) -> &[(String, String)] {
        &self.0
    }
    /// Whether nothing was asked.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
    /// The same question with one name set to one value; a blank value takes the name out.
    #[must_use]
    pub fn with(&self, name: &str, value: &str) -> Self {
        let mut pairs: Vec<_> = self.0.iter().filter(|(key, _)| key != name).cloned().collect();
        if !value.is_empty() {
            pairs.push((name.to_owned(), value.to_owned()));
        }
        pairs.sort();
        Self(pairs)
    }
    /// The same question with one more value of a name beside those it has.
    #[must_use]
    pub fn add(&self, name: &str, value: &str) -> Self {
        let mut pairs = self.0.clone();
        if !value.is_empty() {
            pairs.push((name.to_owned(), value.to_owned()));
        }
        pairs.sort();
        pairs.dedup();
        Self(pairs)
    }
    /// The same question without one value of a name; its other values stay.
    #[must_use]
    pub fn minus(&self, name: &str, value: &str) -> Self {
        Self(self.0.iter().filter(|(key, own)| key != name || own != value).cloned().collect())
    }
    /// The query as text, encoded; empty when nothing is asked.
    pub fn text(&self) -> String {
        form_urlencoded::Serializer::new(String::new()).extend_pairs(&self.0).finish()
    }
    /// The address of a path with this query.
    pub fn address(&self, path: &str) -> String {
        if self.0.is_empty() { path.to_owned() } else { format!("{path}?{}", self.text()) }
    }
}

/// One request for one page, as far as a page may depend on it.
#[derive(Debug, Clone)]
pub struct Visit {
    /// The snapshot.
    pub evidence: Arc<Evidence>,
    /// Language of the page's own part.
    pub lang: Lang,
    /// Language of its frame: what the visitor reads, also where the page itself is not written in it.
    pub frame: Lang,
    /// The path as asked, still encoded.
    pub path: String,
    /// The `{id}` of the route, decoded; empty for routes without.
    pub id: String,
    /// What was asked, only the names that the page takes.
    pub query: Query,
    /// Distinct filter combinations this visitor has tried since arrival, this one included; 0 on pages that do not
    /// count.
    pub tried: usize,
}

impl Visit {
    /// The text of a key.
    pub fn t(&self, key: &str) -> String {
        text::t(self.lang, key)
    }
    /// The text of a key with arguments.
    pub fn ta(&self, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        text::ta(self.lang, key, args)
    }
    /// How the language writes numbers.
    pub fn style(&self) -> NumberStyle {
        self.lang.style()
    }
    /// The canonical address of this page.
    pub fn address(&self) -> String {
        self.query.address(&self.path)
    }
}

/// The kind of a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Media {
    /// A page.
    Html,
    /// RFC 4180 with a header row.
    Csv,
    /// JSON.
    Json,
    /// Plain text.
    Text,
    /// A picture.
    Svg,
    /// A style sheet.
    Css,
    /// A script file.
    Script,
    /// A signed packet: a DSSE envelope.
    Packet,
    /// Dates for a calendar program (RFC 5545).
    Calendar,
}

impl Media {
    /// The Content-Type.
    pub fn content_type(self) -> &'static str {
        match self {
            Self::Html => "text/html; charset=utf-8",
            Self::Csv => "text/csv; charset=utf-8; header=present",
            Self::Json => "application/json",
            Self::Text => "text/plain; charset=utf-8",
            Self::Svg => "image/svg+xml",
            Self::Css => "text/css; charset=utf-8",
            Self::Script => "text/javascript; charset=utf-8",
            Self::Packet => whatworks_evidence::packet::ENVELOPE_MEDIA_TYPE,
            Self::Calendar => "text/calendar; charset=utf-8",
        }
    }
}

/// A finished answer.
#[derive(Debug, Clone)]
pub struct Rendered {
    /// Status.
    pub status: StatusCode,
    /// Kind of the body.
    pub media: Media,
    /// The body.
    pub body: Vec<u8>,
    /// File name under which a browser saves it; ASCII letters, digits, `.`, `-`, `_`.
    pub download: Option<String>,
}

impl Rendered {
    /// An answer with status 200.
    pub fn new(media: Media, body: Vec<u8>) -> Self {
        Self { status: StatusCode::OK, media, body, download: None }
    }
    /// A page.
    pub fn html(markup: Markup) -> Self {
        Self::new(Media::Html, markup.into_string().into_bytes())
    }
    /// JSON, one line feed at its end.
    ///
    /// # Errors
    /// A refusal with status 500 when the value has no JSON form.
    pub fn json<T: Serialize>(visit: &Visit, value: &T) -> Result<Self, Refusal> {
        let mut body = serde_json::to_vec(value).map_err(|_| Refusal::internal(visit.lang))?;
        body.push(b'\n');
        Ok(Self::new(Media::Json, body))
    }
    /// The same answer, to be saved as a file.
    #[must_use]
    pub fn as_download(mut self, name: &str) -> Self {
        let safe = |c: char| if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_') { c } else { '-' };
        self.download = Some(name.chars().map(safe).collect());
        self
    }
}

/// What a page gives back.
pub type Outcome = Result<Rendered, Refusal>;

/// Why there is no page: what was refused, why, and how to go on. Texts are in the visitor's language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Status.
    pub status: StatusCode,
    /// What was refused, one short sentence.
    pub title: String,
    /// Why.
    pub why: String,
    /// Ways on: address and name.
    pub ways_on: Vec<(String, String)>,
}

impl Refusal {
    /// Nothing stands at this address.
    pub fn not_found(lang: Lang, path: &str) -> Self {
        Self {
            status: StatusCode::NOT_FOUND,
            title: text::t(lang, "refusal-not-found"),
            why: text::ta(lang, "refusal-not-found-why", &[("path", shorten(path).into())]),
            ways_on: Self::everywhere(lang),
        }
    }
    /// The kind of page exists, the id does not. `list` is where existing ones are listed.
    pub fn unknown(visit: &Visit, list: &str) -> Self {
        let mut ways_on = vec![(list.to_owned(), visit.t("refusal-see-list"))];
        ways_on.extend(Self::everywhere(visit.lang));
        Self {
            status: StatusCode::NOT_FOUND,
            title: visit.t("refusal-unknown"),
            why: visit.ta("refusal-unknown-why", &[("id", shorten(&visit.id).into())]),
            ways_on,
        }
    }
    /// A value in the address cannot be used; `accepted` says what can.
    pub fn parameter(visit: &Visit, name: &str, value: &str, accepted: &str) -> Self {
        let args = [
            ("name", name.to_owned().into()),
            ("value", shorten(value).into()),
            ("accepted", accepted.to_owned().into()),
        ];
        Self {
            status: StatusCode::BAD_REQUEST,
            title: visit.t("refusal-parameter"),
            why: visit.ta("refusal-parameter-why", &args),
            ways_on: vec![
                (visit.query.with(name, "").address(&visit.path), visit.t("refusal-without-filter")),
                (visit.path.clone(), visit.t("refusal-without-filters")),
            ],
        }
    }
    /// The address itself cannot be read.
    pub fn address(lang: Lang) -> Self {
        Self {
            status: StatusCode::BAD_REQUEST,
            title: text::t(lang, "refusal-address"),
            why: text::ta(lang, "refusal-address-why", &[("most", MAX_QUERY_LENGTH.into())]),
            ways_on: Self::everywhere(lang),
        }
    }
    /// The site is read-only here.
    pub fn method(lang: Lang) -> Self {
        Self {
            status: StatusCode::METHOD_NOT_ALLOWED,
            title: text::t(lang, "refusal-method"),
            why: text::t(lang, "refusal-method-why"),
            ways_on: Self::everywhere(lang),
        }
    }
    /// Something here failed.
    pub fn internal(lang: Lang) -> Self {
        Self {
            status: StatusCode::INTERNAL_SERVER_ERROR,
            title: text::t(lang, "refusal-internal"),
            why: text::t(lang, "refusal-internal-why"),
            ways_on: Self::everywhere(lang),
        }
    }

    /// A member asked for what only others may do.
    pub(crate) fn not_allowed(lang: Lang) -> Self {
        Self {
            status: StatusCode::FORBIDDEN,
            title: text::t(lang, "refusal-not-allowed"),
            why: text::t(lang, "refusal-not-allowed-why"),
            ways_on: Self::everywhere(lang),
        }
    }
    /// A form that a page elsewhere sent.
    pub(crate) fn foreign(lang: Lang) -> Self {
        Self {
            status: StatusCode::FORBIDDEN,
            title: text::t(lang, "refusal-foreign"),
            why: text::t(lang, "refusal-foreign-why"),
            ways_on: Self::everywhere(lang),
        }
    }
    /// What was asked breaks a rule, and no form is at hand to say it in.
    pub(crate) fn fault(lang: Lang, why: &str) -> Self {
        Self {
            status: StatusCode::UNPROCESSABLE_ENTITY,
            title: text::t(lang, "refusal-fault"),
            why: why.to_owned(),
            ways_on: Self::everywhere(lang),
        }
    }
    /// Too many tries.
    pub(crate) fn too_often(lang: Lang, seconds: u64) -> Self {
        let minutes = seconds.div_ceil(60);
        Self {
            status: StatusCode::TOO_MANY_REQUESTS,
            title: text::t(lang, "refusal-too-often"),
            why: text::ta(lang, "refusal-too-often-why", &[("minutes", minutes.into())]),
            ways_on: Self::everywhere(lang),
        }
    }
    /// What was asked does not fit what is stored by now.
    pub(crate) fn conflict(lang: Lang) -> Self {
        Self {
            status: StatusCode::CONFLICT,
            title: text::t(lang, "refusal-conflict"),
            why: text::t(lang, "refusal-conflict-why"),
            ways_on: Self::everywhere(lang),
        }
    }
    /// The database is out of reach.
    pub(crate) fn unavailable(lang: Lang) -> Self {
        Self {
            status: StatusCode::SERVICE_UNAVAILABLE,
            title: text::t(lang, "refusal-unavailable"),
            why: text::t(lang, "refusal-unavailable-why"),
            ways_on: Self::everywhere(lang),
        }
    }

    fn everywhere(lang: Lang) -> Vec<(String, String)> {
        vec![
            ("/".to_owned(), text::t(lang, "nav-evidence")),
            ("/practices".to_owned(), text::t(lang, "nav-practices")),
            ("/findings".to_owned(), text::t(lang, "nav-findings")),
        ]
    }
}

/// Long or strange input is quoted in part only.
fn shorten(text: &str) -> String {
    const MOST: usize = 80;
    let mut shown: String = text.chars().filter(|c| !c.is_control()).take(MOST).collect();
    if text.chars().nth(MOST).is_some() {
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_questions_have_equal_text() {
        let allowed = ["practice", "w-*"];
        let one = Query::parse("w-b=2&practice=credit.access&utm=1&w-a=+&practice=credit.access", &allowed);
        let two = Query::parse("practice=credit.access&w-b=2", &allowed);
        assert_eq!(one, two);
        assert_eq!(one.text(), "practice=credit.access&w-b=2");
        assert_eq!(one.with("practice", "").address("/x"), "/x?w-b=2");
        assert_eq!(Query::parse("", &allowed).address("/x"), "/x");
        let both = one.add("practice", "a").add("practice", "a");
        assert_eq!(both.text(), "practice=a&practice=credit.access&w-b=2");
        assert_eq!(both.minus("practice", "a"), one);
    }

    #[test]
    fn a_slash_in_an_id_stays_in_its_segment() {
        assert_eq!(segment("a/b c~d.é"), "a%2Fb%20c~d.%C3%A9");
    }
}
