//! The words of whatworks: plain types, their rules and their order.
//!
//! One word per thing, as GLOSSARY.md fixes them: practice, comparator, outcome, study, design, estimand, measure,
//! finding, synthesis, certainty, claim, member, question, statement, vote. A value that exists is valid: constructors refuse everything else.
//! Left out on purpose: input and output, clocks, randomness, and any knowledge of pages or tables.

pub mod catalogue;
pub mod certainty;
pub mod claim;
pub mod estimand;
pub mod finding;
pub mod forum;
pub mod id;
pub mod measure;
pub mod member;
pub mod pool_key;
pub mod sample;
pub mod study;

pub use catalogue::{
    Better, Catalogue, CatalogueError, Comparator, Design, Domain, Family, Moderator, Outcome, OutcomeKind,
    Practice, Profile,
};
pub use certainty::Certainty;
pub use claim::{Claim, ClaimError, Says};
pub use estimand::{Estimand, EstimandClass};
pub use finding::{Direction, Finding, FindingFault, FindingRecord};
pub use id::{
    ComparatorId, DesignId, DomainId, FamilyId, FindingId, IdError, OutcomeId, PracticeId, SampleId, StudyId,
};
pub use measure::{Measure, MeasureError};
pub use pool_key::{PoolKey, PoolKeyError};
pub use sample::{
    AnalysisSample, ArmTotals, Category, OutcomeTotals, PeopleTotals, SampleRequest, SumsRequest,
};
