//! What the disclosure gate is told about an estimate: its cells, people and contributions, its regression.
//!
//! A cell is an arm, for changes an arm in a period, for a subgroup those of one group; the plan's choice of rows is part
//! of every cell's description, since releases over parts of a file can be subtracted. People are units or client keys.
//! An outcome with two values is a share of people; another is a magnitude, by each person's sum of absolute values.

use super::effects::{Measured, measure};
use super::finding::is_of;
use super::setup::{Setup, notice};
use crate::disclosure::{Cell, Content, Filters, Regression, Release, Saturation};
use std::collections::{BTreeMap, BTreeSet};
use whatworks_domain::OutcomeTotals;
use whatworks_domain::study::{EstimateRow, Notice, OutcomePlan, StudyPlan};

/// The rows behind an estimate, with column and level of its subgroup.
fn rows_of<'a>(
    plan: &'a StudyPlan,
    setup: &Setup<'_>,
    row: &EstimateRow,
) -> Option<(Measured<'a>, Option<(String, String)>)> {
    let outcome: &OutcomePlan = plan.outcomes.iter().find(|outcome| is_of(outcome, row))?;
    if row.subgroup.is_empty() {
        return Some((measure(setup, outcome, |_| true).ok()?, None));
    }
    let (column, level) = row.subgroup.split_once(" = ")?;
    let category = setup.sample.categories.get(column)?;
    let code = category.levels.iter().position(|known| known == level)? as u32;
    let measured = measure(setup, outcome, |row| category.codes[row] == code).ok()?;
    Some((measured, Some((column.to_owned(), level.to_owned()))))
}

/// What the gate must know about one estimate; `None` when its rows cannot be found again.
pub(super) fn release(
    plan: &StudyPlan,
    setup: &Setup<'_>,
    row: &EstimateRow,
    id: &str,
) -> Option<(Release, Option<TwoValues>)> {
    let (measured, subgroup) = rows_of(plan, setup, row)?;
    let whole = match &subgroup {
        Some(_) => Some(measure(setup, measured.outcome, |_| true).ok()?),
        None => None,
    };
    let periods: &[(Option<f64>, &str)] = match setup.post {
        Some(_) => &[(Some(0.0), "before"), (Some(1.0), "after")],
        None => &[(None, "")],
    };
    let mut cells = Vec::new();
    for (arm, name) in [(1.0, "treated"), (0.0, "comparison")] {
        for (after, period) in periods {
            let people = people(setup, &measured, arm, *after);
            let mut filters = filters(plan, name);
            if after.is_some() {
                filters.insert("period".into(), one(period));
            }
            if let Some((column, level)) = &subgroup {
                filters.insert(column.clone(), one(level));
            }
            let n = people.len() as u64;
            let complement =
                whole.as_ref().map(|whole| self::people(setup, whole, arm, *after).len() as u64 - n);
            let content = content(&measured, &people);
            cells.push(Cell { filters, n, complement, released_n: Some(rounded(n)), content });
        }
    }
    let two_values = low_and_high(&measured.y).and_then(|values| two_values(values, &cells));
    let parameters = 1 + setup.covariates.len() as u64 + if setup.post.is_some() { 3 } else { 1 };
    Some((release_of_cells(plan, row, id, cells, parameters, saturation(setup, &measured)), two_values))
}

/// What the gate must know about an estimate from sums.
///
/// # Errors
/// A [`Notice`] when the scan could not tell the people apart: the gate cannot judge what it does not know.
pub(super) fn release_of_totals(
    plan: &StudyPlan,
    totals: &OutcomeTotals,
    row: &EstimateRow,
    id: &str,
) -> Result<(Release, Option<TwoValues>), Notice> {
    let [comparison, treated] = &totals.arms;
    let mut cells = Vec::new();
    for (arm, name) in [(treated, "treated"), (comparison, "comparison")] {
        let Some(people) = arm.people else {
            return Err(notice(
                "people_not_counted",
                "The scan could not tell the people apart: too many for its memory, or rows without a key.",
                "Run it in memory, or give a client key in every row, best as whole numbers.",
            ));
        };
        let content = match totals.two_values {
            Some(_) => Content::Share { numerator: people.with_larger, structural: false },
            None => Content::Magnitude { absolute_sum: people.absolute_sum, largest: people.largest },
        };
        let n = people.count;
        let filters = filters(plan, name);
        cells.push(Cell { filters, n, complement: None, released_n: Some(rounded(n)), content });
    }
    let two_values = totals.two_values.and_then(|values| two_values(values, &cells));
    let saturation =
        Saturation { distinct_cells: totals.covariate_cells, smallest_cell: totals.smallest_covariate_cell };
    let parameters = 2 + plan.design.covariates.len() as u64;
    Ok((release_of_cells(plan, row, id, cells, parameters, saturation), two_values))
}

fn release_of_cells(
    plan: &StudyPlan,
    row: &EstimateRow,
    id: &str,
    cells: Vec<Cell>,
    parameters: u64,
    saturation: Saturation,
) -> Release {
    Release {
        id: id.to_owned(),
        universe: plan.sample_id.to_string(),
        variable: format!("{} {:?}", row.column, row.transform),
        cells,
        regression: Some(Regression {
            observations: row.n,
            parameters,
            residual_df: row.n as f64 - row.parameters as f64,
            saturation: Some(saturation),
        }),
        quantiles: Vec::new(),
    }
}

/// The plan's choice of rows and an arm.
fn filters(plan: &StudyPlan, arm: &str) -> Filters {
    let mut filters: Filters =
        plan.data.rows.iter().map(|(column, value)| (column.clone(), one(value))).collect();
    filters.insert("arm".into(), one(arm));
    filters
}

fn one(text: &str) -> BTreeSet<String> {
    BTreeSet::from([text.to_owned()])
}

/// A count to the nearest 5.
fn rounded(n: u64) -> u64 {
    5 * ((n + 2) / 5)
}

/// An outcome of two values in the comparison arm: its mean gives a count away.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct TwoValues {
    pub(super) low: f64,
    pub(super) high: f64,
    /// People of the comparison with the larger value (for changes: in the later period).
    pub(super) numerator: u64,
    /// People of the comparison.
    pub(super) denominator: u64,
}

/// The two values of an outcome with the comparison's count.
fn two_values((low, high): (f64, f64), cells: &[Cell]) -> Option<TwoValues> {
    let cell = cells.last()?;
    match cell.content {
        Content::Share { numerator, .. } => Some(TwoValues { low, high, numerator, denominator: cell.n }),
        _ => None,
    }
}

/// What one person adds to a cell.
struct Person {
    /// Sum of the absolute values.
    size: f64,
    /// The largest value.
    largest: f64,
}

/// The people of an arm (and, for changes, a period), in the order of their keys.
fn people(
    setup: &Setup<'_>,
    measured: &Measured<'_>,
    arm: f64,
    after: Option<f64>,
) -> BTreeMap<String, Person> {
    let mut people: BTreeMap<String, Person> = BTreeMap::new();
    let unit = setup.plan.design.unit.as_ref().and_then(|unit| setup.sample.categories.get(unit));
    let in_period =
        |row: usize| after.is_none_or(|after| setup.post.as_ref().is_some_and(|post| post[row] == after));
    for (row, y) in measured.rows.iter().zip(&measured.y) {
        if setup.arm[*row] != arm || !in_period(*row) {
            continue;
        }
        let key = unit.and_then(|unit| unit.levels.get(unit.codes[*row] as usize).cloned());
        let person = people
            .entry(key.unwrap_or_else(|| setup.sample.clients[*row].clone()))
            .or_insert(Person { size: 0.0, largest: *y });
        person.size += y.abs();
        if *y > person.largest {
            person.largest = *y;
        }
    }
    people
}

/// The two values of an outcome that takes no more, or its one value twice.
fn low_and_high(y: &[f64]) -> Option<(f64, f64)> {
    let first = *y.first()?;
    let other = y.iter().copied().find(|value| *value != first).unwrap_or(first);
    let two = y.iter().all(|value| *value == first || *value == other);
    two.then_some(if other > first { (first, other) } else { (other, first) })
}

fn content(measured: &Measured<'_>, people: &BTreeMap<String, Person>) -> Content {
    if let Some((_, high)) = low_and_high(&measured.y) {
        let numerator = people.values().filter(|person| person.largest == high).count() as u64;
        return Content::Share { numerator, structural: false };
    }
    let mut largest = [0.0f64; 2];
    let mut absolute_sum = 0.0;
    for size in people.values().map(|person| person.size) {
        absolute_sum += size;
        if size > largest[0] {
            largest = [size, largest[0]];
        } else if size > largest[1] {
            largest[1] = size;
        }
    }
    Content::Magnitude { absolute_sum, largest }
}

/// How finely arm, period and covariates split the people.
fn saturation(setup: &Setup<'_>, measured: &Measured<'_>) -> Saturation {
    let mut cells: BTreeMap<Vec<u64>, u64> = BTreeMap::new();
    for row in &measured.rows {
        let mut key = vec![setup.arm[*row].to_bits()];
        key.extend(setup.post.iter().map(|post| post[*row].to_bits()));
        key.extend(setup.covariates.iter().map(|(_, column)| column[*row].to_bits()));
        *cells.entry(key).or_insert(0) += 1;
    }
    Saturation {
        distinct_cells: cells.len() as u64,
        smallest_cell: cells.values().copied().min().unwrap_or(0),
    }
}
