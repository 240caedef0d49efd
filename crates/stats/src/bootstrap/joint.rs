//! Romano–Wolf adjusted p-values over several outcomes, from one set of wild weights.
//!
//! All outcomes see the same weight of a cluster in the same draw, so the resampled statistics keep the
//! dependence between outcomes even where their samples differ.

use std::collections::BTreeSet;

use rand::Rng;

use super::BootstrapError;
use super::draws::{LANES, evaluate, fill_block};
use super::problem::WildProblem;
use super::weights::{Source, WildWeights};
use super::wild::MOST_DRAWS;
use crate::multiple_testing::{RomanoWolf, romano_wolf};

/// One outcome's problem, and where each of its clusters stands among all clusters.
#[derive(Debug, Clone, Copy)]
pub struct JointOutcome<'a> {
    /// The coefficient, its null hypothesis 0.
    pub problem: &'a WildProblem,
    /// For each cluster of the problem, in its order, the cluster's number among all, from 0: see
    /// [`cluster_numbers`].
    pub cluster_numbers: &'a [u32],
}

/// For each distinct code of `clusters`, ascending (the order of a problem's clusters), its number among the
/// distinct codes of `all`; codes that `all` does not hold are left out. Give rows of positive weight only.
pub fn cluster_numbers(clusters: &[u32], all: &[u32]) -> Vec<u32> {
    let own: BTreeSet<u32> = clusters.iter().copied().collect();
    let every: BTreeSet<u32> = all.iter().copied().collect();
    every.iter().zip(0..).filter(|(code, _)| own.contains(code)).map(|(_, number)| number).collect()
}

/// Step-down adjusted p-values of the hypotheses that each outcome's coefficient is 0, null imposed. `clusters`
/// is the number of clusters over all outcomes; weights none: the default for it. Draws are always random.
///
/// # Errors
/// [`BootstrapError::Draws`], [`BootstrapError::ClusterNumbers`], [`BootstrapError::MultipleTesting`] when
/// there is no outcome.
pub fn joint_wild_bootstrap<R: Rng + ?Sized>(
    outcomes: &[JointOutcome],
    clusters: usize,
    weights: Option<WildWeights>,
    draws: usize,
    rng: &mut R,
) -> Result<RomanoWolf, BootstrapError> {
    if draws == 0 || draws > MOST_DRAWS {
        return Err(BootstrapError::Draws(draws));
    }
    for outcome in outcomes {
        let (numbers, need) = (outcome.cluster_numbers, outcome.problem.clusters);
        if numbers.len() != need || numbers.iter().any(|number| *number as usize >= clusters) {
            return Err(BootstrapError::ClusterNumbers { have: numbers.len(), need });
        }
    }
    let weights = weights.unwrap_or_else(|| WildWeights::default_for(clusters));
    let mut source = Source::Random { weights, rng };
    let observed: Vec<f64> =
        outcomes.iter().map(|outcome| outcome.problem.estimate / outcome.problem.plain_error()).collect();
    let width = outcomes.len();
    let mut resampled = vec![0.0; width * draws];
    let mut all = vec![[0.0; LANES]; clusters];
    let mut block = Vec::with_capacity(clusters);
    for first in (0..draws).step_by(LANES) {
        let wanted = LANES.min(draws - first);
        fill_block(&mut source, wanted, &mut all);
        for (j, outcome) in outcomes.iter().enumerate() {
            block.clear();
            block.extend(outcome.cluster_numbers.iter().map(|number| all[*number as usize]));
            for (lane, draw) in evaluate(outcome.problem, &block).iter().take(wanted).enumerate() {
                let (numerator, root) = draw.at(outcome.problem.estimate);
                // A draw without variation counts as beyond every statistic.
                resampled[(first + lane) * width + j] =
                    if root > 0.0 { numerator / root } else { f64::INFINITY };
            }
        }
    }
    Ok(romano_wolf(&observed, &resampled)?)
}
