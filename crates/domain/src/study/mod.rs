//! A study at an institution: what was planned before looking, and what came out.
//!
//! [`StudyPlan`] is the file an analyst writes; [`StudyResult`] is what `study.json`, the report and the findings are
//! made from. Both are plain values: reading files, estimating and drawing happen elsewhere.

mod check;
mod plan;
mod result;

use crate::catalogue::Catalogue;

pub use plan::{
    Correction, DataSource, DesignPlan, DisclosurePlan, InferencePlan, OutcomePlan, PlanFault, PracticePlan,
    StudyHeading, StudyPlan, SubgroupPlan, Transform, Variance,
};
pub use result::{
    AndersonRubin, AttritionRow, BalanceRow, ClusterSummary, DataSummary, Diagnostics, EstimateRow,
    FirstStage, FlowStep, IccRow, MdeRow, Notice, PeriodRow, ReleaseRow, SensitivityRow, StudyResult,
    SubgroupTest, TakeUp,
};

/// Feeds arbitrary bytes to the reader of plans and holds what must hold for any input: nothing panics, a refusal
/// gives its reasons, an accepted plan names every column once. For the fuzzer.
///
/// # Panics
/// When something that must hold for any input does not.
pub fn fuzz_plan(bytes: &[u8], catalogue: &Catalogue) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    match StudyPlan::parse(text, catalogue) {
        Ok(plan) => {
            let mut columns = plan.columns();
            let named = columns.len();
            columns.sort_unstable();
            columns.dedup();
            assert_eq!(columns.len(), named, "a column stands once");
            assert!(!plan.outcomes.is_empty(), "an accepted plan has an outcome");
        }
        Err(faults) => assert!(!faults.is_empty(), "a refusal gives its reasons"),
    }
}
