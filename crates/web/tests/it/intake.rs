//! Signed findings through the door of the site: what comes in, what it changes, what is refused and how.

use crate::support::{Answer, ask, ask_with, catalogue, findings};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Method, Request, StatusCode, header};
use std::sync::Arc;
use time::{Duration, OffsetDateTime};
use tower::ServiceExt;
use whatworks_domain::{Finding, FindingId, FindingRecord, PracticeId, SampleId, StudyId};
use whatworks_evidence::packet::{
    self, Analysis, DATA_MANIFEST, Digest, DisclosureRecord, ENVELOPE_MEDIA_TYPE, FindingStatement, PLAN,
    SigningKey, Subject, Verdict, moment,
};
use whatworks_store::{NewKey, RetractionAct, Store};
use whatworks_web::{Commons, load_evidence, router};

const PAGE: &str = "/findings/north-2026_business.profit";
const FINDING: &str = "/api/v1/findings/north-2026_business.profit";
const FINDINGS: &str = "/api/v1/findings";

fn noon() -> OffsetDateTime {
    moment::parse("2026-03-01T12:00:00Z").unwrap()
}

fn key() -> SigningKey {
    SigningKey::from_random(&[7; 32])
}

fn record() -> FindingRecord {
    FindingRecord {
        finding_id: FindingId::new("north-2026_business.profit").unwrap(),
        study_id: StudyId::new("north-2026").unwrap(),
        sample_id: SampleId::new("north-2026-a").unwrap(),
        study: "North Bank 2026 <b>".into(),
        verified: false,
        n: Some(1200),
        source_kind: "client-records".into(),
        note: "A note of the bank".into(),
        ..FindingRecord::from(findings()[0].clone())
    }
}

fn statement(record: FindingRecord) -> FindingStatement {
    let plan = Digest::of(b"plan");
    FindingStatement {
        subjects: vec![
            Subject { name: DATA_MANIFEST.into(), sha256: Digest::of(b"data") },
            Subject { name: PLAN.into(), sha256: plan.clone() },
        ],
        finding: Finding::new(record).unwrap(),
        analysis: Analysis {
            plan_hash: plan,
            method_id: "ols".into(),
            method_version: "1".into(),
            seed: None,
            software_name: "whatworks-lab".into(),
            software_version: "0.1.0".into(),
            software_digest: Digest::of(b"program"),
            transformation: String::new(),
            covariates: Vec::new(),
            degrees_of_freedom: None,
            n_treatment: Some(600),
            n_control: Some(600),
            attrition_treatment: None,
            attrition_control: None,
            adverse_outcomes: Vec::new(),
        },
        disclosure: DisclosureRecord {
            policy: "client-v1".into(),
            verdict: Verdict::Pass,
            reasons: Vec::new(),
            input_digest: Digest::of(b"checked"),
        },
        institution: "north-bank".into(),
        custodian: "North Bank".into(),
        consent_basis: String::new(),
        interests: String::new(),
        licence: "CC-BY-4.0".into(),
        language: "en".into(),
        issued_at: noon(),
        valid_until: noon() + Duration::days(365),
        supersedes: None,
    }
}

fn signed(statement: &FindingStatement) -> String {
    packet::sign(statement, &key()).unwrap()
}

/// A commons on a database of its own that trusts the key of North Bank.
struct Place {
    store: Store,
    commons: Arc<Commons>,
    site: Router,
}

impl Place {
    async fn new() -> Self {
        let store = Store::open(&"sqlite::memory:".parse().unwrap()).await.unwrap();
        store.findings().load_base(&findings(), "base", noon()).await.unwrap();
        let public = key().public();
        let new = NewKey {
            key_id: public.id().to_owned(),
            public_key: public.to_base64(),
            institution: "north-bank".into(),
        };
        store.trust().add_key(&new, noon()).await.unwrap();
        let evidence = load_evidence(&store, catalogue(), noon()).await.unwrap();
        let commons = Arc::new(Commons::receiving(evidence, store.clone(), noon));
        let site = router(Arc::clone(&commons));
        Self { store, commons, site }
    }

    /// What the program does when the version of the evidence has moved.
    async fn reload(&self, now: OffsetDateTime) {
        self.commons.replace(load_evidence(&self.store, catalogue(), now).await.unwrap());
    }

    async fn send_as(&self, media: &str, body: Vec<u8>) -> Answer {
        let request =
            Request::post(FINDINGS).header(header::CONTENT_TYPE, media).body(Body::from(body)).unwrap();
        let (parts, body) = self.site.clone().oneshot(request).await.unwrap().into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap().to_vec();
        Answer { status: parts.status, headers: parts.headers, body }
    }

    async fn send(&self, packet: &str) -> Answer {
        self.send_as(ENVELOPE_MEDIA_TYPE, packet.as_bytes().to_vec()).await
    }
}

#[tokio::test]
async fn a_signed_finding_moves_its_synthesis_at_once() {
    let place = Place::new().await;
    let packet = signed(&statement(record()));
    let synthesis = "/syntheses/credit.access~no-offer~business.profit~ITT";
    let before = ask(&place.site, synthesis).await;
    assert_eq!(ask(&place.site, FINDING).await.status, StatusCode::NOT_FOUND);

    let answer = place.send(&packet).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text());
    let receipt = answer.json();
    assert_eq!(receipt["finding_id"], "north-2026_business.profit");
    assert_eq!(receipt["synthesis"], synthesis);
    assert_eq!(receipt["content_id"], statement(record()).content_id().unwrap().as_str());
    assert_eq!(answer.header(header::LOCATION), PAGE);
    assert_eq!(answer.header(header::CACHE_CONTROL), "no-store");
    assert_eq!(answer.header(header::X_CONTENT_TYPE_OPTIONS), "nosniff");

    let after = ask(&place.site, synthesis).await;
    assert_ne!(before.body, after.body);
    assert!(after.text().contains("North Bank 2026 &lt;b&gt;"));
    let kept = ask(&place.site, FINDING).await;
    assert_eq!((kept.text(), kept.header(header::CONTENT_TYPE)), (packet.clone(), ENVELOPE_MEDIA_TYPE));

    let again = place.send(&packet).await;
    assert_eq!((again.status, again.body), (StatusCode::OK, answer.body));
    assert_eq!(place.commons.evidence().version, 2);
}

#[tokio::test]
async fn a_page_names_who_signed_and_says_each_doubt_in_its_own_word() {
    let place = Place::new().await;
    assert_eq!(place.send(&signed(&statement(record()))).await.status, StatusCode::CREATED);
    let page = async || ask(&place.site, PAGE).await.text();
    let fresh = page().await;
    assert!(fresh.contains("Valid signature by north-bank (key added on 1 March 2026)"), "{fresh}");
    assert!(fresh.contains("The institution&#39;s note") || fresh.contains("The institution's note"));
    let base =
        ask(&place.site, "/findings/angelucci2015-mx_credit.access_business.profit_usdppp").await.text();
    assert!(base.contains("Not signed: the curators"));

    let later = noon() + Duration::days(400);
    assert!(!place.commons.evidence().is_outdated(noon()) && place.commons.evidence().is_outdated(later));
    place.reload(later).await;
    assert!(!place.commons.evidence().is_outdated(later));
    let expired = page().await;
    assert!(expired.contains("Expired: ") && !expired.contains("Valid signature"));

    place.store.trust().revoke_key(key().public().id(), "north-bank", "lost", noon()).await.unwrap();
    place.reload(noon()).await;
    let revoked = page().await;
    assert!(revoked.contains("Key revoked: ") && !revoked.contains("Valid signature"));

    let packets = place.store.packets();
    let id = "north-2026_business.profit";
    packets
        .retract_finding(id, RetractionAct::Withdrawn, "a slip in <the> survey", None, noon())
        .await
        .unwrap();
    place.reload(noon()).await;
    let withdrawn = page().await;
    assert!(withdrawn.contains("Withdrawn on ") && withdrawn.contains("a slip in &lt;the&gt; survey"));
    let gone = ask(&place.site, FINDING).await;
    assert_eq!(gone.status, StatusCode::GONE);
    assert_eq!(gone.json()["error"]["why"], "a slip in <the> survey");
    let synthesis = ask(&place.site, "/syntheses/credit.access~no-offer~business.profit~ITT").await.text();
    assert!(!synthesis.contains("North Bank 2026"));
}

#[tokio::test]
async fn a_better_packet_stands_in_the_place_of_the_former() {
    let place = Place::new().await;
    let first = statement(record());
    assert_eq!(place.send(&signed(&first)).await.status, StatusCode::CREATED);
    let renamed = FindingRecord { finding_id: FindingId::new("north-2026-b").unwrap(), ..record() };
    let second = FindingStatement { supersedes: Some(first.content_id().unwrap()), ..statement(renamed) };
    assert_eq!(place.send(&signed(&second)).await.status, StatusCode::CREATED);
    let page = ask(&place.site, PAGE).await.text();
    assert!(page.contains("Superseded on ") && page.contains("/findings/north-2026-b"));
    let again = place.send(&signed(&second)).await;
    assert_eq!(again.status, StatusCode::OK);
}

#[tokio::test]
async fn what_is_refused_says_why_and_changes_nothing() {
    let place = Place::new().await;
    let good = signed(&statement(record()));
    let with = |change: &dyn Fn(&mut FindingRecord)| {
        let mut changed = record();
        change(&mut changed);
        signed(&statement(changed))
    };
    let stranger = packet::sign(&statement(record()), &SigningKey::from_random(&[9; 32])).unwrap();
    let other = FindingStatement { institution: "south-bank".into(), ..statement(record()) };
    let expired = FindingStatement {
        issued_at: noon() - Duration::days(9),
        valid_until: noon() - Duration::days(1),
        ..statement(record())
    };
    let cases = [
        ("", 400, "envelope"),
        ("{\"payload\":\"\"}", 400, "envelope"),
        (&*good.replace("\"payload\":\"", "\"payload\":\"="), 400, "base64"),
        (&*stranger, 403, "unknown_key"),
        (&*good.replace("vnd.in-toto", "vnd.in-tutto"), 403, "signature"),
        (&*signed(&other), 403, "institution"),
        (&*signed(&expired), 422, "expired"),
        (&*with(&|record| record.practice = PracticeId::new("credit.magic").unwrap()), 422, "catalogue"),
        (&*with(&|record| record.finding_id = findings()[3].finding_id.clone()), 409, "conflict"),
        (&*format!("{good}{}", " ".repeat(1_000_000)), 413, "too_large"),
    ];
    for (packet, status, code) in cases {
        let answer = place.send(packet).await;
        assert_eq!(answer.status.as_u16(), status, "{code}: {}", answer.text());
        let said = answer.json();
        assert_eq!(
            (said["error"]["code"].as_str(), said["error"]["status"].as_u64()),
            (Some(code), Some(status.into()))
        );
        assert!(said["error"]["why"].as_str().is_some_and(|why| !why.is_empty() && !why.contains('\n')));
        assert!(said["hint"].as_str().is_some_and(|hint| !hint.is_empty()), "{code}");
        assert_eq!(answer.header(header::CONTENT_TYPE), "application/json");
    }
    for media in ["", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data"] {
        let answer = place.send_as(media, good.clone().into_bytes()).await;
        assert_eq!(answer.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    }
    assert_eq!(place.commons.evidence().version, 1);
    assert_eq!(place.store.findings().find_evidence_version().await.unwrap(), Some(1));

    let put = ask_with(&place.site, Method::PUT, FINDINGS, &[]).await;
    assert_eq!((put.status, put.header(header::ALLOW)), (StatusCode::METHOD_NOT_ALLOWED, "GET, HEAD, POST"));

    // With parameters of the media type, and with the key revoked.
    let media = format!("{ENVELOPE_MEDIA_TYPE}; charset=utf-8");
    assert_eq!(place.send_as(&media, good.clone().into_bytes()).await.status, StatusCode::CREATED);
    let altered = with(&|record| record.estimate += 1.0);
    assert_eq!(place.send(&altered).await.json()["error"]["code"], "conflict");
    place.store.trust().revoke_key(key().public().id(), "north-bank", "lost", noon()).await.unwrap();
    let refused = place.send(&altered).await;
    assert_eq!(
        (refused.status, refused.json()["error"]["code"].as_str()),
        (StatusCode::FORBIDDEN, Some("revoked"))
    );
}

#[tokio::test]
async fn the_description_says_how_to_send_a_finding() {
    let place = Place::new().await;
    let described = ask(&place.site, "/api/v1/openapi.json").await.json();
    let post = &described["paths"][FINDINGS]["post"];
    assert!(post["requestBody"]["content"][ENVELOPE_MEDIA_TYPE].is_object(), "{post}");
    for status in ["200", "201", "400", "403", "409", "413", "415", "422"] {
        assert!(
            post["responses"][status]["description"].as_str().is_some_and(|text| !text.is_empty()),
            "{status}"
        );
    }
    let get = &described["paths"]["/api/v1/findings/{id}"]["get"]["responses"]["200"]["content"];
    assert!(get[ENVELOPE_MEDIA_TYPE].is_object() && get["application/json"].is_object());
}
