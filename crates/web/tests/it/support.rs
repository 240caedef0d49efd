//! A commons to ask, and small readers of what it answers.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use std::sync::{Arc, LazyLock};
use tower::ServiceExt;
use whatworks_domain::{Catalogue, Finding};
use whatworks_evidence::base;
use whatworks_web::{Commons, Evidence, router};

/// An answer, read whole.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }
    pub(crate) fn header(&self, name: impl header::AsHeaderName) -> &str {
        self.headers.get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
    }
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap()
    }
}

pub(crate) fn catalogue() -> Catalogue {
    base::catalogue().unwrap()
}

pub(crate) fn findings() -> Vec<Finding> {
    base::findings(&catalogue()).unwrap()
}

/// A site that shows these findings.
pub(crate) fn site(findings: Vec<Finding>) -> Router {
    router(Arc::new(Commons::new(Evidence::new(7, base::digest(&findings).unwrap(), catalogue(), findings))))
}

/// The site on the shipped evidence, made once.
pub(crate) static SHIPPED: LazyLock<Router> = LazyLock::new(|| site(findings()));

pub(crate) async fn ask_with(
    site: &Router,
    method: Method,
    address: &str,
    headers: &[(&str, &str)],
) -> Answer {
    let mut request = Request::builder().method(method).uri(address);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let response = site.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap().to_vec();
    Answer { status: parts.status, headers: parts.headers, body }
}

pub(crate) async fn ask(site: &Router, address: &str) -> Answer {
    ask_with(site, Method::GET, address, &[]).await
}

/// Every value of an attribute in a page, in order, entities decoded as far as addresses need.
pub(crate) fn attributes(page: &str, name: &str) -> Vec<String> {
    let opening = format!(" {name}=\"");
    let values = page.match_indices(&opening).map(|(at, _)| {
        let rest = &page[at + opening.len()..];
        rest[..rest.find('"').unwrap()].replace("&amp;", "&").replace("&quot;", "\"").replace("&lt;", "<")
    });
    values.collect()
}

/// One page of every kind.
pub(crate) const KINDS: &[&str] = &[
    "/",
    "/syntheses/credit.access~no-offer~business.profit~ITT",
    "/practices",
    "/practices/credit.access",
    "/practices/credit.repayment.grace-period",
    "/practices/protection.affordability-check",
    "/outcomes",
    "/outcomes/business.profit",
    "/studies",
    "/studies/attanasio2015",
    "/findings",
    "/findings?page=2",
    "/findings?practice=credit.access&country=MX&primary=yes",
    "/findings?practice=savings.account&country=MX",
    "/findings/angelucci2015-mx_credit.access_business.profit_usdppp",
    "/findings/angelucci2015-mx_credit.access_business.profit_usdppp_prior",
    "/methods",
    "/about",
];
