//! Rendered pages, kept as bytes: a page is a pure function of its key, so it is rendered and compressed once.
//!
//! Rule: the key holds everything the page depends on (evidence version, language, count of filters tried, path,
//! canonical query). The cache is bounded by bytes; what was used longest ago goes first. The entity tag is the
//! SHA-256 of the body, so it is the same on every server that shows the same evidence (RFC 9110 §8.8.3).

use crate::visit::{Media, Rendered};
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use bytes::Bytes;
use flate2::{Compression, write::GzEncoder};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::io::Write;
use std::sync::{Arc, Mutex, PoisonError};

/// Bytes of bodies kept, both encodings counted.
pub(crate) const DEFAULT_CAPACITY: usize = 64 << 20;

/// Bodies under this many bytes gain nothing from compression.
const SMALLEST_COMPRESSED: usize = 400;

/// A body in both encodings, with its tag.
#[derive(Debug)]
pub(crate) struct Stored {
    status: StatusCode,
    media: Media,
    download: Option<String>,
    identity: Bytes,
    gzip: Option<Bytes>,
    tag: String,
}

/// The first `digits` hexadecimal digits of a SHA-256.
pub(crate) fn digest_hex(body: &[u8], digits: usize) -> String {
    let halves = Sha256::digest(body).into_iter().flat_map(|byte| [byte >> 4, byte & 15]);
    halves.take(digits).filter_map(|half| char::from_digit(half.into(), 16)).collect()
}

fn compress(body: &[u8]) -> Option<Bytes> {
    if body.len() < SMALLEST_COMPRESSED {
        return None;
    }
    let mut encoder = GzEncoder::new(Vec::with_capacity(body.len() / 3), Compression::default());
    encoder.write_all(body).ok()?;
    encoder.finish().ok().filter(|packed| packed.len() < body.len()).map(Bytes::from)
}

impl Stored {
    /// Compresses and tags a rendered page.
    pub(crate) fn new(rendered: Rendered) -> Self {
        let gzip = compress(&rendered.body);
        let tag = digest_hex(&rendered.body, 32);
        let identity = Bytes::from(rendered.body);
        Self {
            status: rendered.status,
            media: rendered.media,
            download: rendered.download,
            identity,
            gzip,
            tag,
        }
    }

    /// The same page with another text in the place of `slot`; where the page has no such place, the same page.
    pub(crate) fn refilled(&self, slot: &str, text: &str) -> Self {
        let slot = slot.as_bytes();
        let at = self.identity.windows(slot.len().max(1)).position(|part| part == slot);
        let body = match at.map(|at| (self.identity.get(..at), self.identity.get(at + slot.len()..))) {
            Some((Some(before), Some(after))) => [before, text.as_bytes(), after].concat(),
            _ => self.identity.to_vec(),
        };
        let (status, media, download) = (self.status, self.media, self.download.clone());
        Self::new(Rendered { status, media, body, download })
    }

    fn weight(&self) -> usize {
        self.identity.len() + self.gzip.as_ref().map_or(0, Bytes::len) + 512
    }

    /// The answer to one request: whole, compressed, or "not modified".
    pub(crate) fn respond(&self, request: &HeaderMap, caching: Caching) -> Response<axum::body::Body> {
        let packed = self.gzip.as_ref().filter(|_| accepts_gzip(request));
        let suffix = if packed.is_some() { "-gzip" } else { "" };
        let tag = format!("\"{}{suffix}\"", self.tag);
        let may_be_kept = self.status == StatusCode::OK && caching != Caching::Never;
        let unchanged = may_be_kept && matches_tag(request, &self.tag);
        let body = if unchanged { Bytes::new() } else { packed.unwrap_or(&self.identity).clone() };
        let mut response = Response::new(axum::body::Body::from(body));
        *response.status_mut() = if unchanged { StatusCode::NOT_MODIFIED } else { self.status };
        let headers = response.headers_mut();
        let mut set = |name, value: &str| {
            if let Ok(value) = HeaderValue::from_str(value) {
                headers.insert(name, value);
            }
        };
        if caching != Caching::Never {
            set(header::ETAG, &tag);
        }
        set(header::CACHE_CONTROL, caching.control());
        set(header::VARY, caching.vary());
        if unchanged {
            return response;
        }
        set(header::CONTENT_TYPE, self.media.content_type());
        if packed.is_some() {
            set(header::CONTENT_ENCODING, "gzip");
        }
        if let Some(name) = &self.download {
            set(header::CONTENT_DISPOSITION, &format!("attachment; filename=\"{name}\""));
        }
        response
    }
}

/// How long and for whom an answer may be kept by others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Caching {
    /// Ask every time; the answer depends on language (header or cookie) and encoding.
    Revalidate,
    /// As above, and no shared cache may keep it: it depends on the cookie that counts filters.
    RevalidatePrivately,
    /// The address holds the digest of the content: keep it for a year.
    Forever,
    /// Keep nothing: the answer is for one member, or for this once.
    Never,
}

impl Caching {
    fn control(self) -> &'static str {
        match self {
            Self::Revalidate => "no-cache",
            Self::RevalidatePrivately => "private, no-cache",
            Self::Forever => "public, max-age=31536000, immutable",
            Self::Never => "no-store",
        }
    }
    fn vary(self) -> &'static str {
        match self {
            // The cookie holds the language that a visitor chose, and who is signed in.
            Self::Revalidate | Self::RevalidatePrivately | Self::Never => {
                "Accept-Encoding, Accept-Language, Cookie"
            }
            Self::Forever => "Accept-Encoding",
        }
    }
}

/// Whether the request takes gzip: named (or `*`) with a quality that is not zero.
fn accepts_gzip(request: &HeaderMap) -> bool {
    let mut star = false;
    for value in request.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok()) {
        for part in value.split(',') {
            let (name, parameters) = part.split_once(';').unwrap_or((part, ""));
            let quality =
                parameters.trim().strip_prefix("q=").and_then(|text| text.trim().parse::<f64>().ok());
            let wanted = quality.unwrap_or(1.0) > 0.0;
            match name.trim().to_ascii_lowercase().as_str() {
                "gzip" | "x-gzip" => return wanted,
                "*" => star = wanted,
                _ => {}
            }
        }
    }
    star
}

/// Whether If-None-Match names this body in either encoding.
fn matches_tag(request: &HeaderMap, tag: &str) -> bool {
    let values = request.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',')).any(|one| {
        let one = one.trim().trim_start_matches("W/").trim_matches('"');
        one == "*" || one.strip_suffix("-gzip").unwrap_or(one) == tag
    })
}

#[derive(Debug, Default)]
struct Shelf {
    pages: BTreeMap<Arc<str>, (Arc<Stored>, u64)>,
    order: BTreeMap<u64, Arc<str>>,
    bytes: usize,
    tick: u64,
}

/// Pages by key, the least recently used thrown out first.
#[derive(Debug)]
pub(crate) struct PageCache {
    shelf: Mutex<Shelf>,
    capacity: usize,
}

impl PageCache {
    /// A cache that holds at most `capacity` bytes.
    pub(crate) fn new(capacity: usize) -> Self {
        Self { shelf: Mutex::new(Shelf::default()), capacity }
    }

    /// The page of this key, marked as just used.
    pub(crate) fn find(&self, key: &str) -> Option<Arc<Stored>> {
        let mut shelf = self.shelf.lock().unwrap_or_else(PoisonError::into_inner);
        let shelf = &mut *shelf;
        let (stored, used) = shelf.pages.get_mut(key)?;
        shelf.tick += 1;
        if let Some(name) = shelf.order.remove(used) {
            shelf.order.insert(shelf.tick, name);
        }
        *used = shelf.tick;
        Some(Arc::clone(stored))
    }

    /// Keeps a page and throws out what no longer fits. A page larger than an eighth of the cache is not kept.
    pub(crate) fn insert(&self, key: &str, stored: Arc<Stored>) {
        let weight = stored.weight() + 2 * key.len();
        if weight > self.capacity / 8 {
            return;
        }
        let mut shelf = self.shelf.lock().unwrap_or_else(PoisonError::into_inner);
        let shelf = &mut *shelf;
        if shelf.pages.contains_key(key) {
            return;
        }
        shelf.tick += 1;
        let name: Arc<str> = Arc::from(key);
        shelf.order.insert(shelf.tick, Arc::clone(&name));
        shelf.pages.insert(name, (stored, shelf.tick));
        shelf.bytes += weight;
        while shelf.bytes > self.capacity {
            let Some((_, oldest)) = shelf.order.pop_first() else { break };
            if let Some((gone, _)) = shelf.pages.remove(&oldest) {
                shelf.bytes = shelf.bytes.saturating_sub(gone.weight() + 2 * oldest.len());
            }
        }
    }

    /// Forgets everything.
    pub(crate) fn clear(&self) {
        *self.shelf.lock().unwrap_or_else(PoisonError::into_inner) = Shelf::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(size: usize) -> Arc<Stored> {
        // Hardly compressible, so that the weight is known well enough.
        let body = (0..size).map(|at| digest_hex(&at.to_le_bytes(), 1).as_bytes()[0]).collect();
        Arc::new(Stored::new(Rendered::new(Media::Html, body)))
    }

    #[test]
    fn what_was_used_longest_ago_goes_first() {
        let cache = PageCache::new(40_000);
        for key in ["a", "b", "c", "d", "e", "f", "g", "h"] {
            cache.insert(key, page(2_000));
        }
        assert!(cache.find("a").is_some());
        for key in ["i", "j", "k", "l"] {
            cache.insert(key, page(2_000));
        }
        assert!(cache.find("a").is_some() && cache.find("b").is_none());
        let shelf = cache.shelf.lock().unwrap();
        assert!(shelf.bytes <= 40_000 && shelf.pages.len() == shelf.order.len());
    }

    #[test]
    fn a_giant_page_does_not_empty_the_cache() {
        let cache = PageCache::new(40_000);
        cache.insert("a", page(1_000));
        cache.insert("giant", page(30_000));
        assert!(cache.find("a").is_some() && cache.find("giant").is_none());
    }

    #[test]
    fn encodings_and_tags_are_read_as_the_standard_says() {
        let headers = |name, value| HeaderMap::from_iter([(name, HeaderValue::from_static(value))]);
        for (value, wanted) in [
            ("gzip, br", true),
            ("br;q=1, gzip;q=0", false),
            ("*", true),
            ("identity", false),
            ("*;q=0, GZIP;q=0.5", true),
            ("", false),
        ] {
            assert_eq!(accepts_gzip(&headers(header::ACCEPT_ENCODING, value)), wanted, "{value}");
        }
        for (value, wanted) in
            [("\"t\"", true), ("W/\"t-gzip\", \"x\"", true), ("*", true), ("\"tt\"", false), ("", false)]
        {
            assert_eq!(matches_tag(&headers(header::IF_NONE_MATCH, value), "t"), wanted, "{value}");
        }
    }
}
