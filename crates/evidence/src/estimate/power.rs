//! Power before looking: what a study of this design, on these arms and clusters, can find.
//!
//! Only the columns of the design are read, never an outcome. Effects are in standard deviations of the outcome; what
//! cannot be known without outcomes (similarity within clusters, take-up, what covariates explain) is assumed and said.

use super::setup::{notice, setup};
use serde::Serialize;
use whatworks_domain::AnalysisSample;
use whatworks_domain::study::{Notice, StudyPlan};
use whatworks_stats::power::{Design, Test, Units, minimum_detectable_effect, power};

/// What is assumed.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct PowerAssumptions {
    /// Share of the outcome's variance between clusters.
    pub icc: f64,
    /// Share of variance that the covariates explain, within clusters and between them.
    pub r2: f64,
    /// Difference in take-up between the arms.
    pub take_up: f64,
    /// Power wanted.
    pub power: f64,
}

impl Default for PowerAssumptions {
    fn default() -> Self {
        Self { icc: 0.05, r2: 0.0, take_up: 1.0, power: 0.8 }
    }
}

/// One line of the table: an assumption about similarity within clusters and what follows.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PowerRow {
    /// Share of variance between clusters.
    pub icc: f64,
    /// Smallest effect of being offered the practice, in standard deviations.
    pub mde_offer: f64,
    /// Smallest effect on those who take it up.
    pub mde_takers: f64,
    /// Chance to find an effect of 0.05, 0.1, 0.2 and 0.3 standard deviations.
    pub power: [f64; 4],
}

/// What the study can find.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PowerReport {
    /// What was assumed.
    pub assumptions: PowerAssumptions,
    /// Rows with an arm and all design columns.
    pub n: u64,
    /// Share of them treated.
    pub treated_share: f64,
    /// Clusters.
    pub clusters: Option<u64>,
    /// Mean rows of a cluster.
    pub mean_size: Option<f64>,
    /// Standard deviation of cluster sizes over their mean.
    pub size_cv: Option<f64>,
    /// The effects of [`PowerRow::power`].
    pub effects: [f64; 4],
    /// The assumed similarity first, then others.
    pub rows: Vec<PowerRow>,
    /// What a reader must know.
    pub warnings: Vec<Notice>,
}

/// Computes it.
///
/// # Errors
/// Why the sample cannot carry the design, or an assumption outside its range.
pub fn plan_power(
    plan: &StudyPlan,
    sample: &AnalysisSample,
    assumptions: PowerAssumptions,
) -> Result<PowerReport, Vec<Notice>> {
    let (mut flow, mut warnings) = (Vec::new(), Vec::new());
    let setup = setup(plan, sample, &mut flow, &mut warnings)?;
    let over_time = setup.time.is_some();
    let n = setup.base.len() as f64;
    let treated_share = setup.base.iter().map(|row| setup.arm[*row]).sum::<f64>() / n;
    let sizes = setup.cluster.map(|(_, category)| {
        let mut sizes = vec![0.0; category.levels.len()];
        for row in &setup.base {
            sizes[category.codes[*row] as usize] += 1.0;
        }
        sizes.retain(|size| *size > 0.0);
        sizes
    });
    let spread = sizes.as_ref().map(|sizes| {
        let mean = n / sizes.len() as f64;
        let variance =
            sizes.iter().map(|size| (size - mean) * (size - mean)).sum::<f64>() / sizes.len() as f64;
        (sizes.len() as f64, mean, variance.sqrt() / mean)
    });
    let strata = plan.design.strata.as_ref().and_then(|name| sample.categories.get(name));
    let design = |icc: f64| Design {
        units: match spread {
            Some((count, mean_size, size_cv)) => Units::Clusters { count, mean_size, size_cv, icc },
            None => Units::Individuals { count: n },
        },
        treated_share,
        r2_individual: assumptions.r2,
        r2_cluster: assumptions.r2,
        covariates: plan.design.covariates.len(),
        strata: strata.map_or(1, |strata| strata.levels.len().max(1)),
        take_up: assumptions.take_up,
        panel: None,
    };
    let effects = [0.05, 0.1, 0.2, 0.3];
    let test = Test::default();
    let mut correlations = vec![assumptions.icc];
    if spread.is_some() {
        correlations.extend([0.01, 0.02, 0.05, 0.1, 0.2].into_iter().filter(|icc| *icc != assumptions.icc));
    }
    let mut rows = Vec::new();
    for icc in correlations.into_iter().filter(|_| !over_time) {
        let outside = |error: whatworks_stats::power::PowerError| {
            vec![notice(
                "no_power",
                format!("Power cannot be computed: {error}."),
                "Change the assumption or the plan.",
            )]
        };
        let found = minimum_detectable_effect(&design(icc), assumptions.power, &test).map_err(outside)?;
        let mut chances = [0.0; 4];
        for (chance, effect) in chances.iter_mut().zip(effects) {
            *chance = power(&design(icc), effect, &test).map_err(outside)?;
        }
        rows.push(PowerRow {
            icc,
            mde_offer: found.intention_to_treat,
            mde_takers: found.on_takers,
            power: chances,
        });
    }
    if over_time {
        warnings.push(notice(
            "no_power_over_time",
            "Power is not computed for designs over several periods: it turns on how alike answers are over time.",
            "",
        ));
    }
    Ok(PowerReport {
        assumptions,
        n: setup.base.len() as u64,
        treated_share,
        clusters: spread.map(|(count, _, _)| count as u64),
        mean_size: spread.map(|(_, mean, _)| mean),
        size_cv: spread.map(|(_, _, cv)| cv),
        effects,
        rows,
        warnings,
    })
}
