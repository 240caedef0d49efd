//! The catalogue: practices, comparators, outcomes, domains, designs, moderators and profiles, read from one TOML text.
//!
//! Every reference inside the text must resolve (a practice's family and comparators, an outcome's domain) and every
//! id stands once; a catalogue that exists is consistent. Practices that nobody has studied are in it on purpose:
//! absence is a result. Counts of findings are never stored here, they are computed.

use crate::certainty::Certainty;
use crate::id::{ComparatorId, DesignId, DomainId, FamilyId, OutcomeId, PracticeId, SampleId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A group of practices.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Family {
    /// Id.
    pub id: FamilyId,
    /// Name for people.
    pub name: String,
    /// One sentence.
    pub definition: String,
}

/// What a practice is compared with.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Comparator {
    /// Id.
    pub id: ComparatorId,
    /// Name for people.
    pub name: String,
    /// One sentence.
    pub definition: String,
}

/// Something that an institution chooses to do.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Practice {
    /// Id.
    pub id: PracticeId,
    /// Its family.
    pub family: FamilyId,
    /// Name for people.
    pub name: String,
    /// One sentence.
    pub definition: String,
    /// What it is compared with: comparators, or other practices for a head-to-head contrast.
    pub comparators: Vec<ComparatorId>,
    /// Other names that people search by.
    #[serde(default)]
    pub synonyms: Vec<String>,
    /// Code in the Universal Standards for Social and Environmental Performance Management (2022).
    pub standard: Option<String>,
    /// Whether that code was read in a copy of the standards (true) or recalled (false).
    pub standard_verified: Option<bool>,
    /// IRIS+ id, a mapping only.
    pub iris: Option<String>,
}

/// One of the ten domains that outcomes fall into; clients weigh domains.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Domain {
    /// Id.
    pub id: DomainId,
    /// Name for people.
    pub name: String,
}

/// Whom an outcome concerns, and whether it is a good or a harm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum OutcomeKind {
    /// Something clients want more of (or less trouble with).
    Benefit,
    /// Something that hurts clients.
    Harm,
    /// Something that concerns the lender.
    Lender,
}

impl OutcomeKind {
    /// The name used in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Benefit => "benefit",
            Self::Harm => "harm",
            Self::Lender => "lender",
        }
    }
}

/// The direction of benefit of an outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Better {
    /// More is better.
    Higher,
    /// Less is better.
    Lower,
    /// Neither direction is good in itself.
    Neither,
}

impl Better {
    /// +1 when more is better, −1 when less is, `None` when neither.
    pub fn sign(self) -> Option<f64> {
        match self {
            Self::Higher => Some(1.0),
            Self::Lower => Some(-1.0),
            Self::Neither => None,
        }
    }
    /// The name used in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Higher => "higher",
            Self::Lower => "lower",
            Self::Neither => "neither",
        }
    }
}

/// Something measured on clients, or on the lender.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Outcome {
    /// Id.
    pub id: OutcomeId,
    /// Name for people.
    pub name: String,
    /// One sentence.
    pub definition: String,
    /// Its domain.
    pub domain: DomainId,
    /// Benefit, harm or lender.
    pub kind: OutcomeKind,
    /// Direction of benefit, to the client for benefits and harms, to the lender for lender outcomes.
    pub better: Better,
    /// Unit usually reported.
    pub usual_unit: String,
    /// How to measure it well.
    pub measurement: Option<String>,
    /// Sustainable Development Goals at theme level.
    #[serde(default)]
    pub sdg: Vec<String>,
    /// IRIS+ id, a mapping only.
    pub iris: Option<String>,
}

/// A study design and the certainty that its evidence starts from.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Design {
    /// Id.
    pub id: DesignId,
    /// Name for people.
    pub name: String,
    /// Where GRADE starts.
    pub starting_certainty: Certainty,
    /// Whether its estimates speak of cause.
    pub causal: bool,
    /// One sentence.
    pub definition: String,
}

impl Design {
    /// Whether chance decided who got the practice, in real life (not in a game).
    pub fn is_randomised(&self) -> bool {
        matches!(self.id.as_str(), "randomised" | "cluster-randomised")
    }
}

/// A feature of an institution or a loan that effects may vary with.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Moderator {
    /// Column name.
    pub id: String,
    /// Name for people.
    pub name: String,
    /// Unit.
    pub unit: String,
    /// number, flag, ordinal or category.
    #[serde(rename = "type")]
    pub kind: String,
    /// One sentence.
    pub definition: Option<String>,
}

/// The context of one sample at a date: the values of the moderators. Flags are 0 or 1, shares 0 to 1.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// The sample.
    pub sample: SampleId,
    /// Annual percentage rate, percent.
    pub apr: f64,
    /// Average loan, US dollars.
    pub loan_usd: f64,
    /// Average loan as percent of yearly household income.
    pub loan_percent_income: f64,
    /// Term, months.
    pub loan_term_months: Option<f64>,
    /// group, individual or both.
    pub liability: String,
    /// Whether collateral was asked.
    pub collateralised: f64,
    /// Whether the lender targeted women.
    pub targets_women: f64,
    /// Whether loans were promoted.
    pub promotion: f64,
    /// Market saturation, 0 to 4.
    pub market_saturation: f64,
    /// urban, rural or both.
    pub urban: String,
    /// Whether whole villages were assigned.
    pub village_randomised: f64,
    /// Months from the offer to the survey.
    pub followup_months: f64,
    /// Take-up with the offer minus without, share.
    pub net_take_up: f64,
    /// Share that had a business before.
    pub prior_business_share: f64,
}

impl Profile {
    /// The numeric moderators, by id, in the catalogue's order.
    pub fn numeric(&self) -> [(&'static str, Option<f64>); 11] {
        [
            ("apr", Some(self.apr)),
            ("loan_usd", Some(self.loan_usd)),
            ("loan_percent_income", Some(self.loan_percent_income)),
            ("loan_term_months", self.loan_term_months),
            ("collateralised", Some(self.collateralised)),
            ("targets_women", Some(self.targets_women)),
            ("promotion", Some(self.promotion)),
            ("market_saturation", Some(self.market_saturation)),
            ("village_randomised", Some(self.village_randomised)),
            ("net_take_up", Some(self.net_take_up)),
            ("prior_business_share", Some(self.prior_business_share)),
        ]
    }
}

#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
struct Meta {
    version: String,
    title: String,
    standards: String,
    standards_note: String,
    sdg_note: String,
    iris_note: String,
    pooling_key: Vec<String>,
}

/// The whole catalogue, in the order in which it is shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Catalogue {
    /// Version of the text.
    pub version: String,
    /// What the standard codes were checked against.
    pub standards_note: String,
    /// Families.
    pub families: Vec<Family>,
    /// Comparators.
    pub comparators: Vec<Comparator>,
    /// Practices.
    pub practices: Vec<Practice>,
    /// Outcome domains.
    pub domains: Vec<Domain>,
    /// Outcomes.
    pub outcomes: Vec<Outcome>,
    /// Designs, the strongest first.
    pub designs: Vec<Design>,
    /// Moderators.
    pub moderators: Vec<Moderator>,
    /// Profiles of samples.
    pub profiles: Vec<Profile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CatalogueText {
    meta: Meta,
    family: Vec<Family>,
    comparator: Vec<Comparator>,
    practice: Vec<Practice>,
    domain: Vec<Domain>,
    outcome: Vec<Outcome>,
    design: Vec<Design>,
    moderator: Vec<Moderator>,
    #[serde(default)]
    profile: Vec<Profile>,
}

/// Why a catalogue was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CatalogueError {
    /// Not TOML, or a field is missing or unknown.
    #[error("the catalogue cannot be read: {0}")]
    Text(String),
    /// An id stands twice.
    #[error("the {0} “{1}” stands twice in the catalogue")]
    Twice(&'static str, String),
    /// A reference that resolves to nothing.
    #[error("“{0}” names the {1} “{2}”, which is not in the catalogue")]
    Unknown(String, &'static str, String),
}

fn unique<'a, T: Ord + ToString + 'a>(
    kind: &'static str,
    ids: impl Iterator<Item = &'a T>,
) -> Result<BTreeSet<&'a T>, CatalogueError> {
    let mut seen = BTreeSet::new();
    for id in ids {
        if !seen.insert(id) {
            return Err(CatalogueError::Twice(kind, id.to_string()));
        }
    }
    Ok(seen)
}

impl Catalogue {
    /// Reads and checks a catalogue text.
    ///
    /// # Errors
    /// [`CatalogueError`] names the line, the double id or the reference that resolves to nothing.
    pub fn parse(text: &str) -> Result<Self, CatalogueError> {
        let text: CatalogueText =
            toml::from_str(text).map_err(|error| CatalogueError::Text(error.to_string()))?;
        let families = unique("family", text.family.iter().map(|family| &family.id))?;
        let comparators = unique("comparator", text.comparator.iter().map(|comparator| &comparator.id))?;
        let domains = unique("domain", text.domain.iter().map(|domain| &domain.id))?;
        let practices = unique("practice", text.practice.iter().map(|practice| &practice.id))?;
        unique("outcome", text.outcome.iter().map(|outcome| &outcome.id))?;
        unique("design", text.design.iter().map(|design| &design.id))?;
        for practice in &text.practice {
            if !families.contains(&practice.family) {
                let family = practice.family.to_string();
                return Err(CatalogueError::Unknown(practice.id.to_string(), "family", family));
            }
            let resolves = |id: &ComparatorId| {
                comparators.contains(id) || practices.iter().any(|practice| practice.as_str() == id.as_str())
            };
            if let Some(missing) = practice.comparators.iter().find(|id| !resolves(id)) {
                return Err(CatalogueError::Unknown(
                    practice.id.to_string(),
                    "comparator",
                    missing.to_string(),
                ));
            }
        }
        if let Some(outcome) = text.outcome.iter().find(|outcome| !domains.contains(&outcome.domain)) {
            let domain = outcome.domain.to_string();
            return Err(CatalogueError::Unknown(outcome.id.to_string(), "domain", domain));
        }
        Ok(Self {
            version: text.meta.version,
            standards_note: text.meta.standards_note,
            families: text.family,
            comparators: text.comparator,
            practices: text.practice,
            domains: text.domain,
            outcomes: text.outcome,
            designs: text.design,
            moderators: text.moderator,
            profiles: text.profile,
        })
    }

    /// The practice of this id.
    pub fn find_practice(&self, id: &str) -> Option<&Practice> {
        self.practices.iter().find(|practice| practice.id.as_str() == id)
    }
    /// The outcome of this id.
    pub fn find_outcome(&self, id: &str) -> Option<&Outcome> {
        self.outcomes.iter().find(|outcome| outcome.id.as_str() == id)
    }
    /// The comparator of this id.
    pub fn find_comparator(&self, id: &str) -> Option<&Comparator> {
        self.comparators.iter().find(|comparator| comparator.id.as_str() == id)
    }
    /// The name of a comparator, which may be another practice.
    pub fn find_comparator_name(&self, id: &str) -> Option<&str> {
        let comparator = self.find_comparator(id).map(|comparator| comparator.name.as_str());
        comparator.or_else(|| self.find_practice(id).map(|practice| practice.name.as_str()))
    }
    /// The design of this id.
    pub fn find_design(&self, id: &str) -> Option<&Design> {
        self.designs.iter().find(|design| design.id.as_str() == id)
    }
    /// The domain of this id.
    pub fn find_domain(&self, id: &str) -> Option<&Domain> {
        self.domains.iter().find(|domain| domain.id.as_str() == id)
    }
    /// The family of this id.
    pub fn find_family(&self, id: &str) -> Option<&Family> {
        self.families.iter().find(|family| family.id.as_str() == id)
    }
    /// The profile of this sample.
    pub fn find_profile(&self, sample: &str) -> Option<&Profile> {
        self.profiles.iter().find(|profile| profile.sample.as_str() == sample)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BASE: &str = include_str!("../../../evidence-base/catalogue.toml");

    #[test]
    fn the_base_catalogue_is_consistent() {
        let catalogue = Catalogue::parse(BASE).unwrap();
        assert_eq!(catalogue.domains.len(), 10);
        assert!(catalogue.practices.len() >= 71 && catalogue.outcomes.len() >= 81);
    }

    #[test]
    fn a_double_id_and_a_lost_reference_are_named() {
        let twice = format!("{BASE}\n[[family]]\nid = \"savings\"\nname = \"x\"\ndefinition = \"x\"\n");
        assert_eq!(Catalogue::parse(&twice), Err(CatalogueError::Twice("family", "savings".into())));
        let lost = BASE.replacen("family = \"credit.access\"", "family = \"credit.lost\"", 1);
        assert_eq!(
            Catalogue::parse(&lost),
            Err(CatalogueError::Unknown("credit.access".into(), "family", "credit.lost".into()))
        );
        assert!(matches!(Catalogue::parse("x = 1"), Err(CatalogueError::Text(_))));
    }
}
