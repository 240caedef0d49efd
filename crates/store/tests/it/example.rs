//! Findings to store: one study each, fields that strain text and numbers.

use time::OffsetDateTime;
use time::macros::datetime;
use whatworks_domain::{
    ComparatorId, DesignId, Estimand, Finding, FindingId, FindingRecord, OutcomeId, PracticeId, SampleId,
    StudyId,
};

pub(crate) const NOON: OffsetDateTime = datetime!(2026-03-01 12:00:00.123456 UTC);
pub(crate) const EVENING: OffsetDateTime = datetime!(2026-03-01 18:30 UTC);

pub(crate) fn record(id: &str, estimate: f64) -> FindingRecord {
    FindingRecord {
        finding_id: FindingId::new(id).unwrap(),
        study_id: StudyId::new(&format!("study-of-{id}")).unwrap(),
        study: "Crépon, Devoto, Duflo & Parienté 2015".into(),
        title: "A “quoted” title, it's 'so'; \\ and\na second line — ≥ 5 % 漢字 🌍".into(),
        doi: "10.1257/app.20130535".into(),
        countries: vec!["MA".into(), "IN".into()],
        year_published: Some(2015),
        followup_months: Some(24.5),
        practice: PracticeId::new("credit.access").unwrap(),
        comparator: ComparatorId::new("no-offer").unwrap(),
        subgroup: String::new(),
        population: "households".into(),
        outcome: OutcomeId::new("business.profit").unwrap(),
        outcome_definition: "profit of the last year".into(),
        estimate,
        std_error: 0.1 + 0.2,
        unit: "USD PPP per two weeks".into(),
        currency: "MAD".into(),
        price_year: None,
        ppp: true,
        period: String::new(),
        control_mean: Some(-1.0 / 3.0),
        control_sd: None,
        estimand: Estimand::Itt,
        design: DesignId::new("cluster-randomised").unwrap(),
        assignment: "village".into(),
        n: Some(u64::from(u32::MAX) + 1),
        clusters: Some(162),
        se_type: "clustered".into(),
        takeup_treat: Some(0.17),
        takeup_control: Some(0.0),
        sample_id: SampleId::new(&format!("sample-of-{id}")).unwrap(),
        primary: true,
        source: "table 3".into(),
        source_kind: "published-table".into(),
        verified: true,
        scale_suspect: false,
        note: String::new(),
    }
}

pub(crate) fn finding(id: &str, estimate: f64) -> Finding {
    Finding::new(record(id, estimate)).unwrap()
}

/// A base of `count` findings that all carry one estimate.
pub(crate) fn base(count: usize, estimate: f64) -> Vec<Finding> {
    (0..count).map(|i| finding(&format!("f{i:04}"), estimate)).collect()
}
