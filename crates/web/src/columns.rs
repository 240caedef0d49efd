//! The columns of the lists: names as in the findings file, what each means, where its value comes from.
//!
//! The findings' columns are those that `whatworks pool` reads, so a downloaded list pools as it is.

use crate::state::Evidence;
use crate::text::key;
use crate::twins::{Cell, Column, Kind};
use std::collections::BTreeSet;
use whatworks_domain::{Direction, Finding, FindingRecord, Outcome, Practice, StudyId};

fn text(value: &str) -> Cell {
    Cell::Text(value.to_owned())
}
fn whole(value: usize) -> Cell {
    Cell::Whole(u64::try_from(value).ok())
}

/// The direction of a finding's estimate, seen from the client.
pub fn direction(evidence: &Evidence, finding: &FindingRecord) -> Direction {
    let outcome = evidence.catalogue.find_outcome(finding.outcome.as_str());
    outcome.map_or(Direction::None, |outcome| Direction::of(finding.estimate, outcome.better))
}

fn direction_name(direction: Direction) -> &'static str {
    match direction {
        Direction::Favourable => "favourable",
        Direction::Unfavourable => "unfavourable",
        Direction::None => "none",
    }
}

macro_rules! columns {
    ($($name:literal $kind:ident $meaning:literal |$evidence:pat_param, $item:ident| $value:expr;)*) => {
        &[$(Column { name: $name, kind: Kind::$kind, meaning: key($meaning), value: |$evidence, $item| $value }),*]
    };
}

/// Columns of findings.
pub const FINDINGS: &[Column<Finding>] = columns! {
    "finding_id" Text "field-finding-id" |_, f| text(f.finding_id.as_str());
    "study_id" Text "field-study-id" |_, f| text(f.study_id.as_str());
    "study" Text "field-study" |_, f| text(&f.study);
    "title" Text "field-title" |_, f| text(&f.title);
    "doi" Text "field-doi" |_, f| text(&f.doi);
    "country" List "field-country" |_, f| Cell::List(f.countries.clone());
    "year_published" Whole "field-year-published" |_, f| Cell::Whole(f.year_published.map(u64::from));
    "followup_months" Number "field-followup-months" |_, f| Cell::Number(f.followup_months);
    "practice" Text "field-practice" |_, f| text(f.practice.as_str());
    "comparator" Text "field-comparator" |_, f| text(f.comparator.as_str());
    "subgroup" Text "field-subgroup" |_, f| text(&f.subgroup);
    "population" Text "field-population" |_, f| text(&f.population);
    "outcome" Text "field-outcome" |_, f| text(f.outcome.as_str());
    "outcome_definition" Text "field-outcome-definition" |_, f| text(&f.outcome_definition);
    "estimate" Number "field-estimate" |_, f| Cell::Number(Some(f.estimate));
    "std_error" Number "field-std-error" |_, f| Cell::Number(Some(f.std_error));
    "unit" Text "field-unit" |_, f| text(&f.unit);
    "currency" Text "field-currency" |_, f| text(&f.currency);
    "price_year" Whole "field-price-year" |_, f| Cell::Whole(f.price_year.map(u64::from));
    "ppp" Flag "field-ppp" |_, f| Cell::Flag(Some(f.ppp));
    "period" Text "field-period" |_, f| text(&f.period);
    "control_mean" Number "field-control-mean" |_, f| Cell::Number(f.control_mean);
    "control_sd" Number "field-control-sd" |_, f| Cell::Number(f.control_sd);
    "estimand" Text "field-estimand" |_, f| text(f.estimand.as_str());
    "design" Text "field-design" |_, f| text(f.design.as_str());
    "assignment" Text "field-assignment" |_, f| text(&f.assignment);
    "n" Whole "field-n" |_, f| Cell::Whole(f.n);
    "clusters" Whole "field-clusters" |_, f| Cell::Whole(f.clusters);
    "se_type" Text "field-se-type" |_, f| text(&f.se_type);
    "takeup_treat" Number "field-takeup-treat" |_, f| Cell::Number(f.takeup_treat);
    "takeup_control" Number "field-takeup-control" |_, f| Cell::Number(f.takeup_control);
    "direction" Text "field-direction" |evidence, f| text(direction_name(direction(evidence, f)));
    "sample_id" Text "field-sample-id" |_, f| text(f.sample_id.as_str());
    "primary" Flag "field-primary" |_, f| Cell::Flag(Some(f.primary));
    "source" Text "field-source" |_, f| text(&f.source);
    "source_kind" Text "field-source-kind" |_, f| text(&f.source_kind);
    "verified" Flag "field-verified" |_, f| Cell::Flag(Some(f.verified));
    "scale_suspect" Flag "field-scale-suspect" |_, f| Cell::Flag(Some(f.scale_suspect));
    "note" Text "field-note" |_, f| text(&f.note);
    "synthesis" Text "field-synthesis" |_, f| text(&f.pool_key().to_string());
};

/// How much evidence there is on something.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Findings.
    pub findings: usize,
    /// Findings that enter a pool.
    pub primary: usize,
    /// Distinct samples of people.
    pub samples: usize,
    /// Distinct studies.
    pub studies: usize,
}

impl Tally {
    /// Counts findings.
    pub fn of<'a>(findings: impl IntoIterator<Item = &'a Finding>) -> Self {
        let mut tally = Self::default();
        let (mut samples, mut studies) = (BTreeSet::new(), BTreeSet::new());
        for finding in findings {
            tally.findings += 1;
            tally.primary += usize::from(finding.primary);
            samples.insert(&finding.sample_id);
            studies.insert(&finding.study_id);
        }
        Self { samples: samples.len(), studies: studies.len(), ..tally }
    }
}

fn practice_tally(evidence: &Evidence, practice: &Practice) -> Tally {
    Tally::of(evidence.list_by_practice(practice.id.as_str()))
}
fn outcome_tally(evidence: &Evidence, outcome: &Outcome) -> Tally {
    Tally::of(evidence.list_by_outcome(outcome.id.as_str()))
}

/// Columns of practices.
pub const PRACTICES: &[Column<Practice>] = columns! {
    "id" Text "field-id" |_, p| text(p.id.as_str());
    "name" Text "field-name" |_, p| text(&p.name);
    "family" Text "field-family" |_, p| text(p.family.as_str());
    "definition" Text "field-definition" |_, p| text(&p.definition);
    "comparators" List "field-comparators" |_, p| Cell::List(p.comparators.iter().map(ToString::to_string).collect());
    "synonyms" List "field-synonyms" |_, p| Cell::List(p.synonyms.clone());
    "standard" Text "field-standard" |_, p| text(p.standard.as_deref().unwrap_or_default());
    "standard_verified" Flag "field-standard-verified" |_, p| Cell::Flag(p.standard_verified);
    "iris" Text "field-iris" |_, p| text(p.iris.as_deref().unwrap_or_default());
    "findings" Whole "field-findings" |evidence, p| whole(practice_tally(evidence, p).findings);
    "primary_findings" Whole "field-primary-findings" |evidence, p| whole(practice_tally(evidence, p).primary);
    "samples" Whole "field-samples" |evidence, p| whole(practice_tally(evidence, p).samples);
    "studies" Whole "field-studies" |evidence, p| whole(practice_tally(evidence, p).studies);
};

/// Columns of outcomes.
pub const OUTCOMES: &[Column<Outcome>] = columns! {
    "id" Text "field-id" |_, o| text(o.id.as_str());
    "name" Text "field-name" |_, o| text(&o.name);
    "domain" Text "field-domain" |_, o| text(o.domain.as_str());
    "definition" Text "field-definition" |_, o| text(&o.definition);
    "kind" Text "field-kind" |_, o| text(o.kind.as_str());
    "better" Text "field-better" |_, o| text(o.better.as_str());
    "usual_unit" Text "field-usual-unit" |_, o| text(&o.usual_unit);
    "measurement" Text "field-measurement" |_, o| text(o.measurement.as_deref().unwrap_or_default());
    "sdg" List "field-sdg" |_, o| Cell::List(o.sdg.clone());
    "iris" Text "field-iris" |_, o| text(o.iris.as_deref().unwrap_or_default());
    "findings" Whole "field-findings" |evidence, o| whole(outcome_tally(evidence, o).findings);
    "primary_findings" Whole "field-primary-findings" |evidence, o| whole(outcome_tally(evidence, o).primary);
    "samples" Whole "field-samples" |evidence, o| whole(outcome_tally(evidence, o).samples);
    "studies" Whole "field-studies" |evidence, o| whole(outcome_tally(evidence, o).studies);
};

/// A study as its findings tell it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Study {
    /// Id.
    pub id: StudyId,
    /// Authors and year.
    pub citation: String,
    /// Title; blank when not known for certain.
    pub title: String,
    /// DOI; blank when not known for certain.
    pub doi: String,
    /// Year of the paper.
    pub year: Option<u16>,
    /// Countries of all its findings.
    pub countries: Vec<String>,
    /// Designs of all its findings.
    pub designs: Vec<String>,
    /// Samples.
    pub samples: Vec<String>,
    /// How much it holds.
    pub tally: Tally,
}

impl Study {
    /// The study that these findings come from; `None` for no findings.
    pub fn of(findings: &[&Finding]) -> Option<Self> {
        let first = findings.first()?;
        let distinct = |values: BTreeSet<&str>| values.into_iter().map(str::to_owned).collect::<Vec<_>>();
        let stated = |of: fn(&Finding) -> &str| {
            findings
                .iter()
                .map(|finding| of(finding))
                .find(|text| !text.is_empty())
                .unwrap_or_default()
                .to_owned()
        };
        Some(Self {
            id: first.study_id.clone(),
            citation: first.study.clone(),
            title: stated(|finding| &finding.title),
            doi: stated(|finding| &finding.doi),
            year: findings.iter().find_map(|finding| finding.year_published),
            countries: distinct(
                findings.iter().flat_map(|f| f.countries.iter().map(String::as_str)).collect(),
            ),
            designs: distinct(findings.iter().map(|finding| finding.design.as_str()).collect()),
            samples: distinct(findings.iter().map(|finding| finding.sample_id.as_str()).collect()),
            tally: Tally::of(findings.iter().copied()),
        })
    }

    /// All studies, by citation.
    pub fn list(evidence: &Evidence) -> Vec<Self> {
        let ids = evidence.by_study.keys();
        let mut studies: Vec<Self> =
            ids.filter_map(|id| Self::of(&evidence.list_by_study(id.as_str()))).collect();
        studies.sort_by(|a, b| (&a.citation, &a.id).cmp(&(&b.citation, &b.id)));
        studies
    }
}

/// Columns of studies.
pub const STUDIES: &[Column<Study>] = columns! {
    "id" Text "field-id" |_, s| text(s.id.as_str());
    "study" Text "field-study" |_, s| text(&s.citation);
    "title" Text "field-title" |_, s| text(&s.title);
    "doi" Text "field-doi" |_, s| text(&s.doi);
    "year_published" Whole "field-year-published" |_, s| Cell::Whole(s.year.map(u64::from));
    "countries" List "field-country" |_, s| Cell::List(s.countries.clone());
    "designs" List "field-designs" |_, s| Cell::List(s.designs.clone());
    "sample_ids" List "field-sample-ids" |_, s| Cell::List(s.samples.clone());
    "findings" Whole "field-findings" |_, s| whole(s.tally.findings);
    "primary_findings" Whole "field-primary-findings" |_, s| whole(s.tally.primary);
};
