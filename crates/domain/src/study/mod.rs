//! A study at an institution: what was planned before looking, and what came out.
//!
//! [`StudyPlan`] is the file an analyst writes; [`StudyResult`] is what `study.json`, the report and the findings are
//! made from. Both are plain values: reading files, estimating and drawing happen elsewhere.

mod check;
mod plan;
mod result;

pub use plan::{
    Correction, DataSource, DesignPlan, DisclosurePlan, InferencePlan, OutcomePlan, PlanFault, PracticePlan,
    StudyHeading, StudyPlan, SubgroupPlan, Transform, Variance,
};
pub use result::{
    AndersonRubin, AttritionRow, BalanceRow, ClusterSummary, DataSummary, Diagnostics, EstimateRow,
    FirstStage, FlowStep, IccRow, MdeRow, Notice, PeriodRow, ReleaseRow, SensitivityRow, StudyResult,
    SubgroupTest, TakeUp,
};
