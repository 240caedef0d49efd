//! Findings written by an enemy: no text becomes markup, a formula, a header or a broken page.

use crate::support::{Answer, ask, findings, site};
use axum::http::StatusCode;
use whatworks_domain::{Finding, FindingId, FindingRecord, StudyId};

const TEXTS: [&str; 9] = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "'; DROP TABLE finding; --",
    "=cmd|' /C calc'!A0",
    "@SUM(1,1)",
    "-2+3",
    "\u{202e}gnirts sdrawkcab \u{2066}",
    "مرحبا { $x } %s {{7*7}}",
    "a\r\nSet-Cookie: x=1",
];

fn hostile() -> Vec<Finding> {
    let base = findings();
    let mut all = Vec::new();
    for (at, text) in TEXTS.iter().enumerate() {
        let record: FindingRecord = (*base[at]).clone();
        let long = text.repeat(40);
        let record = FindingRecord {
            finding_id: FindingId::new(&format!("f{at}/a.b-c_d")).unwrap(),
            study_id: StudyId::new(&format!("s{at}/x")).unwrap(),
            study: (*text).to_owned(),
            title: long.clone(),
            doi: (*text).to_owned(),
            subgroup: (*text).to_owned(),
            population: (*text).to_owned(),
            outcome_definition: (*text).to_owned(),
            unit: (*text).to_owned(),
            period: (*text).to_owned(),
            assignment: (*text).to_owned(),
            se_type: (*text).to_owned(),
            source: long.clone(),
            source_kind: (*text).to_owned(),
            note: long,
            estimate: if at % 2 == 0 { -1e300 } else { 1e-300 },
            std_error: if at % 2 == 0 { 1e300 } else { 1e-300 },
            ..record
        };
        all.push(Finding::new(record).unwrap());
    }
    all
}

fn check(address: &str, answer: &Answer) {
    assert_eq!(answer.status, StatusCode::OK, "{address}");
    assert!(answer.headers.get("set-cookie").is_none());
    let page = answer.text();
    for forbidden in ["<script", "<img", "onerror=alert(1)>", "href=\"javascript", "NaN"] {
        assert!(!page.contains(forbidden), "{address}: {forbidden}");
    }
}

#[tokio::test]
async fn no_text_becomes_markup() {
    let site = site(hostile());
    let mut addresses =
        vec!["/findings".to_owned(), "/studies".to_owned(), "/practices/credit.access".to_owned()];
    for at in 0..TEXTS.len() {
        addresses.push(format!("/findings/f{at}%2Fa.b-c_d"));
        addresses.push(format!("/studies/s{at}%2Fx"));
        addresses.push(format!("/findings?study=s{at}%2Fx"));
    }
    for address in addresses {
        check(&address, &ask(&site, &address).await);
    }
}

#[tokio::test]
async fn no_text_becomes_a_formula_and_every_number_stays_a_number() {
    let site = site(hostile());
    let text = ask(&site, "/findings.csv").await.text();
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let head = reader.headers().unwrap().clone();
    let numbers = ["estimate", "std_error", "control_mean", "control_sd", "followup_months"];
    let mut rows = 0;
    for row in reader.records() {
        let row = row.unwrap();
        rows += 1;
        for (name, cell) in head.iter().zip(&row) {
            if numbers.contains(&name) {
                assert!(cell.is_empty() || cell.parse::<f64>().is_ok(), "{name}: {cell}");
            } else {
                assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{name}: {cell}");
            }
        }
    }
    assert_eq!(rows, TEXTS.len());
}

#[tokio::test]
async fn ten_thousand_findings_make_no_giant_page() {
    let base = findings();
    let many: Vec<Finding> = (0..10_000)
        .map(|at| {
            let record: FindingRecord = (*base[at % base.len()]).clone();
            let finding_id = FindingId::new(&format!("many-{at}")).unwrap();
            Finding::new(FindingRecord { finding_id, ..record }).unwrap()
        })
        .collect();
    let site = site(many);
    for address in
        ["/findings", "/findings?page=200", "/practices/credit.access", "/outcomes/business.profit"]
    {
        let answer = ask(&site, address).await;
        assert_eq!(answer.status, StatusCode::OK, "{address}");
        assert!(answer.body.len() < 120_000, "{address}: {}", answer.body.len());
    }
}
