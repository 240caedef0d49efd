//! Packets: the road through, and what must never pass it.

use super::*;
use whatworks_domain::FindingRecord;

fn noon() -> OffsetDateTime {
    moment::parse("2026-03-01T12:00:00Z").unwrap()
}

fn key() -> SigningKey {
    SigningKey::from_random(&[7; 32])
}

fn trusted() -> TrustedKey {
    TrustedKey { key: key().public(), institution: "north-bank".into(), revoked_at: None }
}

fn statement() -> FindingStatement {
    let catalogue = crate::base::catalogue().unwrap();
    let base = crate::base::findings(&catalogue).unwrap();
    let record = FindingRecord {
        n: Some(16560),
        verified: false,
        source_kind: "client-records".into(),
        ..FindingRecord::from(base[0].clone())
    };
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
            seed: Some(7),
            software_name: "whatworks-lab".into(),
            software_version: "0.1.0".into(),
            software_digest: Digest::of(b"program"),
            transformation: String::new(),
            covariates: vec!["age".into()],
            degrees_of_freedom: Some(237.0),
            n_treatment: Some(8260),
            n_control: Some(8300),
            attrition_treatment: Some(0.05),
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
        custodian: "North Bank, data office".into(),
        consent_basis: "consent at enrolment".into(),
        interests: String::new(),
        licence: "CC-BY-4.0".into(),
        language: "en".into(),
        issued_at: noon(),
        valid_until: noon() + Duration::days(365),
        supersedes: None,
    }
}

#[test]
fn a_signed_finding_comes_back_as_it_was() {
    let envelope = sign(&statement(), &key()).unwrap();
    let verified = verify(envelope.as_bytes(), &[trusted()], noon()).unwrap();
    assert_eq!(verified.statement(), &statement());
    assert_eq!(verified.content_id(), &statement().content_id().unwrap());
    assert_eq!((verified.key_id(), verified.institution()), (key().public().id().as_str(), "north-bank"));
    assert_eq!(sign(&statement(), &key()).unwrap(), envelope);
}
