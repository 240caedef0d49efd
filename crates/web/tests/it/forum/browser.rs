//! A browser without a screen: cookies, forms found in pages and sent as they stand, redirects followed when asked.

use crate::support::Answer;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::{Method, Request, StatusCode, header};
use data_encoding::HEXLOWER;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::collections::BTreeMap;
use std::net::SocketAddr;
use tower::ServiceExt;

/// One browser: what it remembers, and where it is.
pub(crate) struct Browser {
    site: Router,
    /// Key of the forms of the session that a test began.
    pub(crate) form_key: String,
    pub(crate) jar: BTreeMap<String, String>,
    pub(crate) peer: SocketAddr,
    pub(crate) language: &'static str,
}

/// The text of an attribute or a text node, as a reader of HTML sees it.
pub(crate) fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

/// What stands between two marks, first time.
pub(crate) fn between<'a>(text: &'a str, before: &str, after: &str) -> Option<&'a str> {
    let start = text.find(before)? + before.len();
    let rest = &text[start..];
    Some(&rest[..rest.find(after)?])
}

/// The hidden fields of the form that a page sends to `action`.
pub(crate) fn hidden_fields(page: &str, action: &str) -> Option<Vec<(String, String)>> {
    let form = between(page, &format!("action=\"{action}\""), "</form>")?;
    let inputs = form.split("<input").skip(1).filter(|input| input.contains("type=\"hidden\""));
    let read = |input: &str| {
        let name = between(input, "name=\"", "\"")?;
        let value = between(input, "value=\"", "\"")?;
        Some((unescaped(name), unescaped(value)))
    };
    Some(inputs.filter_map(read).collect())
}

impl Browser {
    pub(crate) fn new(site: &Router) -> Self {
        let peer = "198.51.100.7:40000".parse().unwrap();
        Self { site: site.clone(), form_key: String::new(), jar: BTreeMap::new(), peer, language: "en" }
    }

    /// Sends a request with the cookies, and keeps those that come back.
    pub(crate) async fn send(
        &mut self,
        method: Method,
        address: &str,
        headers: &[(&str, &str)],
        body: String,
    ) -> Answer {
        let mut request = Request::builder().method(method).uri(address);
        let cookies: Vec<String> = self.jar.iter().map(|(name, value)| format!("{name}={value}")).collect();
        if !cookies.is_empty() {
            request = request.header(header::COOKIE, cookies.join("; "));
        }
        request = request.header(header::ACCEPT_LANGUAGE, self.language);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let mut request = request.body(Body::from(body)).unwrap();
        request.extensions_mut().insert(ConnectInfo(self.peer));
        let response = self.site.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        for cookie in parts.headers.get_all(header::SET_COOKIE) {
            let cookie = cookie.to_str().unwrap();
            let (name, value) = cookie.split(';').next().unwrap().split_once('=').unwrap();
            if cookie.contains("Max-Age=0") {
                self.jar.remove(name);
            } else {
                self.jar.insert(name.to_owned(), value.to_owned());
            }
        }
        let body = to_bytes(body, usize::MAX).await.unwrap().to_vec();
        Answer { status: parts.status, headers: parts.headers, body }
    }

    pub(crate) async fn get(&mut self, address: &str) -> Answer {
        self.send(Method::GET, address, &[], String::new()).await
    }

    /// Sends fields as a page of this site would.
    pub(crate) async fn post(&mut self, address: &str, fields: &[(&str, &str)]) -> Answer {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let headers = [
            ("content-type", "application/x-www-form-urlencoded"),
            ("origin", "https://commons.example.org"),
            ("sec-fetch-site", "same-origin"),
        ];
        self.send(Method::POST, address, &headers, body).await
    }

    /// Opens a page, fills in its form to `action`, and sends it.
    pub(crate) async fn submit(&mut self, page: &str, action: &str, fields: &[(&str, &str)]) -> Answer {
        let opened = self.get(page).await;
        assert_eq!(opened.status, StatusCode::OK, "{page}: {}", opened.text());
        self.submit_on(&opened, action, fields).await
    }

    /// Fills in the form to `action` of a page that is open, and sends it.
    pub(crate) async fn submit_on(
        &mut self,
        opened: &Answer,
        action: &str,
        fields: &[(&str, &str)],
    ) -> Answer {
        let text = opened.text();
        let hidden = hidden_fields(&text, action);
        let hidden = hidden.unwrap_or_else(|| panic!("no form to {action} in {text}"));
        let mut all: Vec<(&str, &str)> =
            hidden.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        all.retain(|(name, _)| !fields.iter().any(|(own, _)| own == name));
        all.extend(fields);
        self.post(action, &all).await
    }

    /// The token that this site would have put into a form to `path`: HMAC-SHA256 after a salt of eight bytes.
    pub(crate) fn token_for(&self, path: &str) -> String {
        let key = match self.jar.get("__Host-session") {
            Some(_) => self.form_key.as_str(),
            None => self.jar.get("__Host-browser").map_or("", String::as_str),
        };
        let salt = [7; 8];
        let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(key.as_bytes()).unwrap();
        mac.update(b"form ");
        mac.update(&salt);
        mac.update(path.as_bytes());
        format!("{}{}", HEXLOWER.encode(&salt), HEXLOWER.encode(&mac.finalize().into_bytes()))
    }

    /// Where an answer sends the browser on to.
    pub(crate) fn onward(answer: &Answer) -> String {
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        answer.header(header::LOCATION).to_owned()
    }
}
