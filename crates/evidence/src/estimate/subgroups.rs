//! Effects within groups that the plan declared beforehand, and the test that they differ.
//!
//! The test comes first: y = Σ_g α_g + Σ_g β_g·arm (+ the rest), and whether β_g is the same for all g. That one group's
//! interval excludes zero and another's does not is no evidence of a difference. For designs over time and for
//! instruments the groups' effects are given without a joint test.

use super::effects::{Choice, effect, equation, measure};
use super::fit::{fit, wald};
use super::setup::{Approach, Setup, notice};
use whatworks_domain::sample::Category;
use whatworks_domain::study::{EstimateRow, Notice, OutcomePlan, SubgroupPlan, SubgroupTest, Variance};

/// Most groups of one column.
const MOST_GROUPS: usize = 12;

/// Effects and test of one outcome over the groups of one column.
pub(super) struct Split {
    pub(super) rows: Vec<EstimateRow>,
    pub(super) test: Option<SubgroupTest>,
    pub(super) notices: Vec<Notice>,
}

pub(super) fn split(setup: &Setup<'_>, outcome: &OutcomePlan, subgroup: &SubgroupPlan) -> Split {
    let mut found = Split { rows: Vec::new(), test: None, notices: Vec::new() };
    let Some(category) = setup.sample.categories.get(&subgroup.column) else {
        let text = format!("The records have no column “{}” for a subgroup.", subgroup.column);
        found.notices.push(notice("no_column", text, "Check the name in the plan."));
        return found;
    };
    if category.levels.len() > MOST_GROUPS {
        let text = format!(
            "“{}” has {} values; a subgroup column may have {MOST_GROUPS}.",
            subgroup.column,
            category.levels.len()
        );
        found.notices.push(notice("too_many_groups", text, "Group the values in the mapping first."));
        return found;
    }
    let mut codes = Vec::new();
    for (code, level) in category.levels.iter().enumerate() {
        let within = measure(setup, outcome, |row| category.codes[row] == code as u32);
        let label = format!("{} = {level}", subgroup.column);
        match within.and_then(|measured| effect(setup, &measured, &label)) {
            Ok(effect) => {
                found.rows.push(effect.row);
                codes.push(code as u32);
            }
            Err(mut reason) => {
                reason.text = format!("{label}: {}", reason.text);
                found.notices.push(reason);
            }
        }
    }
    if codes.len() > 1 && matches!(setup.approach, Approach::Difference) {
        found.test = interaction(setup, outcome, subgroup, category, &codes);
    }
    found
}

fn interaction(
    setup: &Setup<'_>,
    outcome: &OutcomePlan,
    subgroup: &SubgroupPlan,
    category: &Category,
    codes: &[u32],
) -> Option<SubgroupTest> {
    let measured = measure(setup, outcome, |row| codes.contains(&category.codes[row])).ok()?;
    let mut equation = equation(setup, &measured, Choice::planned(setup));
    let arm = equation.columns[0].clone();
    // The first group is the reference: its effect is the arm's, the others' interactions are differences from it.
    let mut interactions = Vec::new();
    for code in &codes[1..] {
        let inside: Vec<f64> =
            measured.rows.iter().map(|row| f64::from(u8::from(category.codes[*row] == *code))).collect();
        interactions.push(equation.columns.len());
        equation.columns.push(inside.iter().zip(&arm).map(|(inside, arm)| inside * arm).collect());
        equation.columns.push(inside);
    }
    let variance = if setup.cluster.is_some() { Variance::CR1S } else { Variance::HC1 };
    let test = wald(&fit(&equation, variance).ok()?, &interactions)?;
    Some(SubgroupTest {
        outcome: outcome.id.to_string(),
        column: subgroup.column.clone(),
        name: subgroup.name.clone(),
        groups: codes.len() as u64,
        f: test.f,
        df1: test.df1,
        df2: test.df2,
        p_value: test.p_value,
    })
}
