//! An effect: what pooling needs of a finding, from the commons' own findings or from anybody's table.
//!
//! Labels are shared texts, so that ten million rows stay in memory. `unit_key` holds everything that must be equal
//! before native units may be pooled: unit, currency, price year, purchasing power, period.

use std::sync::Arc;
use whatworks_domain::{Catalogue, Finding};

/// A shared text; blank means "not known".
pub type Label = Arc<str>;

/// What is equal for all effects of one pool. Blank parts are columns that the table lacks or the key leaves out.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ClassKey {
    /// Practice id.
    pub practice: Label,
    /// Comparator id.
    pub comparator: Label,
    /// Outcome id.
    pub outcome: Label,
    /// Estimand; always part of the key, since effects and associations never meet.
    pub estimand: Label,
    /// Further columns that the caller asked to split by, with their values.
    pub others: Vec<(Label, Label)>,
}

/// One effect.
#[derive(Debug, Clone, PartialEq)]
pub struct Effect {
    /// Line of the file, or position in the evidence base; names the row in messages.
    pub line: u64,
    /// Which of several files it was read from, counted from 0.
    pub file: usize,
    /// The pool it belongs to.
    pub class: Arc<ClassKey>,
    /// Finding id, if the table has one.
    pub finding_id: Label,
    /// Study, as people cite it.
    pub study: Label,
    /// Unit for people.
    pub unit: Label,
    /// Unit for machines: equal texts may be pooled natively.
    pub unit_key: Label,
    /// The people it was estimated on.
    pub sample: Label,
    /// Subgroup or arm.
    pub subgroup: Label,
    /// Design id.
    pub design: Label,
    /// Country codes, `;` between several.
    pub country: Label,
    /// Year of publication.
    pub year: Option<u16>,
    /// Estimate, in `unit`.
    pub estimate: f64,
    /// Standard error, in `unit`, above zero.
    pub std_error: f64,
    /// Mean of the comparison arm, in `unit`.
    pub control_mean: Option<f64>,
    /// Standard deviation of the comparison arm, in `unit`.
    pub control_sd: Option<f64>,
    /// Rows used.
    pub n: Option<u64>,
    /// Clusters used.
    pub clusters: Option<u64>,
    /// Whether it is its sample's one estimate for pooling; `None` when the table does not say.
    pub primary: Option<bool>,
    /// Whether the curators doubt its scale.
    pub scale_suspect: bool,
    /// Whether its number was read or recomputed by the curators and its standard error is not backed out.
    pub verified: bool,
    /// Values of the moderators asked for, in their order; NaN when not known.
    pub moderators: Vec<f64>,
}

impl Effect {
    /// The effect of a finding of the commons. Moderators are those of its sample's profile, in the profile's order.
    pub fn from_finding(position: usize, finding: &Finding, catalogue: &Catalogue) -> Self {
        let label = |text: &str| Label::from(text);
        let class = ClassKey {
            practice: label(finding.practice.as_str()),
            comparator: label(finding.comparator.as_str()),
            outcome: label(finding.outcome.as_str()),
            estimand: label(finding.estimand.as_str()),
            others: Vec::new(),
        };
        let moderators = match catalogue.find_profile(finding.sample_id.as_str()) {
            Some(profile) => profile.numeric().iter().map(|(_, value)| value.unwrap_or(f64::NAN)).collect(),
            None => Vec::new(),
        };
        Self {
            line: position as u64 + 2,
            file: 0,
            class: Arc::new(class),
            finding_id: label(finding.finding_id.as_str()),
            study: label(&finding.study),
            unit: label(&finding.unit),
            unit_key: unit_key(
                &finding.unit,
                &finding.currency,
                &finding.price_year.map(|year| year.to_string()).unwrap_or_default(),
                if finding.ppp { "yes" } else { "no" },
                &finding.period,
            ),
            sample: label(finding.sample_id.as_str()),
            subgroup: label(&finding.subgroup),
            design: label(finding.design.as_str()),
            country: label(&finding.countries.join(";")),
            year: finding.year_published,
            estimate: finding.estimate,
            std_error: finding.std_error,
            control_mean: finding.control_mean,
            control_sd: finding.control_sd,
            n: finding.n,
            clusters: finding.clusters,
            primary: Some(finding.primary),
            scale_suspect: finding.scale_suspect,
            verified: finding.verified && finding.source_kind != "derived-from-CI-or-p",
            moderators,
        }
    }
}

/// The text that must be equal for native pooling.
pub(crate) fn unit_key(unit: &str, currency: &str, price_year: &str, ppp: &str, period: &str) -> Label {
    let ppp = matches!(ppp.to_lowercase().as_str(), "yes" | "true" | "1");
    Label::from(format!("{unit}|{currency}|{price_year}|{ppp}|{period}"))
}
