//! The headers that every answer carries: no script, styles and pictures from here only, no framing, no sniffing.
//!
//! Rule: Content Security Policy level 3, as narrow as the pages allow. Since no page needs a script but the two that
//! talk to a passkey, a text that slipped through escaping could still not run; and on those two only the site's own
//! file runs, never a script in the page.

use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;

/// The content policy of read-only pages.
pub const CONTENT_POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'none'; \
                                  form-action 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'";

/// The content policy of the pages that talk to a passkey: the site's own script file, and nothing else more.
pub const SCRIPTED_POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; \
                                   form-action 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'";

/// Marks an answer whose page may run the site's own script file.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scripted;

/// Every header and its value.
pub const HEADERS: [(HeaderName, &str); 7] = [
    (header::CONTENT_SECURITY_POLICY, CONTENT_POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    ),
    (header::STRICT_TRANSPORT_SECURITY, "max-age=31536000"),
];

/// Puts the headers on an answer.
pub(crate) async fn protect(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    for (name, value) in HEADERS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    if response.extensions_mut().remove::<Scripted>().is_some() {
        let policy = HeaderValue::from_static(SCRIPTED_POLICY);
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    response
}
