//! The variance of a total by stages (Särndal, Swensson and Wretman 1992, section 4.3; `svyrecvar` of R's survey).
//!
//! With z the influence of each row, summed to unit totals z_hi within stratum h of n_h units drawn from N_h:
//! V = Σ_h (1 − n_h/N_h)·n_h/(n_h − 1)·Σ_i (z_hi − z̄_h)² + Σ_h n_h/N_h·Σ_i V_i, where V_i is the same one stage further
//! down, within unit i. Without N_h the factor is n_h/(n_h − 1) and the second term is nothing.

use super::design::{Design, LonelyUnit, Stage};
use std::collections::BTreeMap;

/// Variance of Σ `influence`; one influence a row, 0 for rows outside a domain, which still count as drawn.
pub(super) fn variance(design: &Design, influence: &[f64]) -> f64 {
    let rows: Vec<usize> = (0..influence.len()).collect();
    of_stage(&design.stages, &rows, influence, design.lonely)
}

fn of_stage(stages: &[Stage], rows: &[usize], influence: &[f64], lonely: LonelyUnit) -> f64 {
    let Some((stage, below)) = stages.split_first() else { return 0.0 };
    let mut strata: BTreeMap<u64, BTreeMap<u64, Vec<usize>>> = BTreeMap::new();
    for row in rows {
        strata.entry(stage.strata[*row]).or_default().entry(stage.units[*row]).or_default().push(*row);
    }
    let count = strata.len() as f64;
    let (mut total, mut with_variance, mut lost) = (0.0, 0.0, false);
    for units in strata.values() {
        let drawn = units.len() as f64;
        let first = units.values().next().and_then(|rows| rows.first());
        let fraction = first.zip(stage.population.as_ref()).map_or(0.0, |(row, size)| drawn / size[*row]);
        let totals: Vec<f64> =
            units.values().map(|rows| rows.iter().map(|row| influence[*row]).sum::<f64>()).collect();
        if units.len() > 1 {
            let mean = totals.iter().sum::<f64>() / drawn;
            let squares: f64 = totals.iter().map(|one| (one - mean) * (one - mean)).sum();
            total += (1.0 - fraction) * drawn / (drawn - 1.0) * squares;
            with_variance += 1.0;
        } else if fraction < 1.0 {
            match lonely {
                LonelyUnit::Adjust => {
                    total += (1.0 - fraction) * totals.iter().map(|one| one * one).sum::<f64>();
                    with_variance += 1.0;
                }
                LonelyUnit::Average => lost = true,
                LonelyUnit::Certainty | LonelyUnit::Refuse => with_variance += 1.0,
            }
        } else {
            with_variance += 1.0;
        }
        if fraction > 0.0 && !below.is_empty() {
            let within: f64 = units.values().map(|rows| of_stage(below, rows, influence, lonely)).sum();
            total += fraction * within;
        }
    }
    if lost && with_variance > 0.0 { total * count / with_variance } else { total }
}
