//! Inference that does not lean on many clusters: wild cluster bootstrap, randomisation inference, step-down over
//! outcomes by joint resampling; and the checks of an instrument.
//!
//! The bootstrap runs when the plan asks or there are fewer than 30 clusters. Every draw comes from the plan's seed and
//! the outcome's name, so one outcome's numbers do not change when another is added to the plan.

use super::effects::{Choice, Measured, equation, measure};
use super::fit::{SumsFit, planned_variance, with_instrument, with_sample};
use super::setup::{Approach, Setup, notice};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;
use sha2::{Digest, Sha256};
use whatworks_domain::study::{AndersonRubin, Correction, EstimateRow, FirstStage, Notice, StudyPlan};
use whatworks_stats::bootstrap::{
    JointOutcome, WildBootstrap, WildOptions, WildProblem, joint_wild_bootstrap, resampling_design,
    wild_bootstrap,
};
use whatworks_stats::instrument::{InstrumentSample, VarianceChoice, two_stage_least_squares};
use whatworks_stats::randomisation::{Experiment, RandomisationOptions, randomisation_test};
use whatworks_stats::regression::{self, Sample, Term, cluster_moments, covariance};

/// Below this many clusters the bootstrap is run unasked.
const FEW: u64 = 30;
/// Draws when the plan does not say.
const DRAWS: usize = 9_999;

fn generator(seed: u64, what: &str) -> ChaCha8Rng {
    let mut hash = Sha256::new();
    hash.update(seed.to_le_bytes());
    hash.update(what.as_bytes());
    ChaCha8Rng::from_seed(hash.finalize().into())
}

/// Adds what the plan asks for, or the number of clusters calls for, to an estimate.
pub(super) fn infer(
    setup: &Setup<'_>,
    measured: &Measured<'_>,
    row: &mut EstimateRow,
    warnings: &mut Vec<Notice>,
) {
    let asked = setup.plan.inference.bootstrap as usize;
    let few = row.clusters.is_some_and(|clusters| clusters < FEW) || setup.few_in_an_arm;
    let name = format!("{} {}", row.outcome, row.column);
    if (asked > 0 || few) && setup.approach != Approach::Instrument {
        let draws = if asked > 0 { asked } else { DRAWS };
        match wild(setup, measured, draws, &mut generator(setup.plan.inference.seed, &name)) {
            Ok(found) => add_wild(row, &found),
            Err(text) => warnings.push(no_bootstrap(
                row,
                &text,
                "Name a cluster with at least two levels, or leave bootstrap out.",
            )),
        }
    }
    let draws = setup.plan.inference.randomisation as usize;
    let strata = setup.plan.design.strata.as_deref();
    if draws > 0 && setup.absorbed.iter().any(|(name, _)| Some(*name) != strata) {
        let text = format!(
            "{}: randomisation inference was not run: the plan absorbs more than strata.",
            row.outcome_name
        );
        warnings.push(notice("no_randomisation_inference", text, "Leave fixed_effects out for it."));
    } else if draws > 0 && setup.approach == Approach::Difference {
        match reassigned(setup, measured, draws, &mut generator(setup.plan.inference.seed, &format!("ri {name}"))) {
            Ok(p) => row.randomisation_p = Some(p),
            Err(text) => warnings.push(notice(
                "no_randomisation_inference",
                format!("{}: randomisation inference was not run: {text}.", row.outcome_name),
                "It re-assigns whole clusters within strata as the plan says chance did; check cluster and strata.",
            )),
        }
    }
}

/// As [`infer`], from sums: the bootstrap only.
pub(super) fn infer_from_sums(
    plan: &StudyPlan,
    fit: &SumsFit,
    few_in_an_arm: bool,
    row: &mut EstimateRow,
    warnings: &mut Vec<Notice>,
) {
    let asked = plan.inference.bootstrap as usize;
    if asked == 0 && !few_in_an_arm && row.clusters.is_none_or(|clusters| clusters >= FEW) {
        return;
    }
    let options = WildOptions { draws: if asked > 0 { asked } else { DRAWS }, ..WildOptions::default() };
    let mut rng = generator(plan.inference.seed, &format!("{} {}", row.outcome, row.column));
    let found = fit
        .wild_problem()
        .and_then(|problem| wild_bootstrap(&problem, &options, &mut rng).map_err(|error| error.to_string()));
    match found {
        Ok(found) => add_wild(row, &found),
        Err(text) => warnings.push(no_bootstrap(row, &text, "Run it in memory, on a machine that has room.")),
    }
}

fn add_wild(row: &mut EstimateRow, found: &WildBootstrap) {
    row.wild_p = Some(found.p_values.symmetric);
    let ends = found.interval_symmetric;
    row.wild_ci = Some(ends).filter(|(low, high)| low.is_finite() && high.is_finite());
}

fn no_bootstrap(row: &EstimateRow, why: &str, hint: &str) -> Notice {
    let text = format!("{}: the wild cluster bootstrap was not run: {why}.", row.outcome_name);
    notice("no_bootstrap", text, hint)
}

/// The regression of one outcome reduced to cluster sums, factors across clusters turned into columns.
fn problem(setup: &Setup<'_>, measured: &Measured<'_>, clusters: &[u32]) -> Result<WildProblem, String> {
    with_sample(&equation(setup, measured, Choice::planned(setup)), |sample| {
        let design = resampling_design(sample, clusters).map_err(|error| error.to_string())?;
        let (columns, factors) = (design.columns(sample.x), design.factors(sample.factors));
        let arranged =
            Sample { x: &columns, factors: &factors, intercept: design.intercept(sample), ..*sample };
        let plain = |error: regression::RegressionError| error.to_string();
        let fitted = regression::fit(&arranged).map_err(plain)?;
        let moments = cluster_moments(&fitted, clusters).map_err(plain)?;
        let errors = covariance(&fitted, regression::Variance::Cr1s, &[clusters]).map_err(plain)?;
        WildProblem::new(&fitted.fit, &moments, Term::Column(0), errors.parameters)
            .map_err(|error| error.to_string())
    })
}

fn clusters_of(setup: &Setup<'_>, measured: &Measured<'_>) -> Option<Vec<u32>> {
    let (_, category) = setup.cluster?;
    Some(measured.rows.iter().map(|row| category.codes[*row]).collect())
}

fn wild(
    setup: &Setup<'_>,
    measured: &Measured<'_>,
    draws: usize,
    rng: &mut ChaCha8Rng,
) -> Result<WildBootstrap, String> {
    let clusters = clusters_of(setup, measured).ok_or("the plan names no cluster")?;
    let problem = problem(setup, measured, &clusters)?;
    let options = WildOptions { draws, ..WildOptions::default() };
    wild_bootstrap(&problem, &options, rng).map_err(|error| error.to_string())
}

fn reassigned(
    setup: &Setup<'_>,
    measured: &Measured<'_>,
    draws: usize,
    rng: &mut ChaCha8Rng,
) -> Result<f64, String> {
    let treated: Vec<bool> = measured.rows.iter().map(|row| setup.arm[*row] == 1.0).collect();
    let units = clusters_of(setup, measured).unwrap_or_else(|| (0..measured.rows.len() as u32).collect());
    let strata = setup.plan.design.strata.as_ref().and_then(|name| setup.sample.categories.get(name));
    let strata: Option<Vec<u32>> =
        strata.map(|category| measured.rows.iter().map(|row| category.codes[*row]).collect());
    let equation = equation(setup, measured, Choice::planned(setup));
    let covariates: Vec<&[f64]> = equation.columns[1..].iter().map(Vec::as_slice).collect();
    let experiment = Experiment {
        y: &measured.y,
        treated: &treated,
        units: &units,
        strata: strata.as_deref(),
        covariates: &covariates,
        weights: equation.weights.as_deref(),
    };
    let options = RandomisationOptions { draws, ..RandomisationOptions::default() };
    randomisation_test(&experiment, &options, rng)
        .map(|found| found.p_values.symmetric)
        .map_err(|error| error.to_string())
}

/// Step-down p-values over the outcomes, by one set of draws for all (Romano and Wolf 2005), when the plan asks.
///
/// # Errors
/// Why it was not run.
pub(super) fn romano_wolf(setup: &Setup<'_>, rows: &mut [EstimateRow]) -> Result<(), String> {
    let plan = setup.plan;
    if !plan.inference.corrections.contains(&Correction::RomanoWolf) || rows.is_empty() {
        return Ok(());
    }
    if setup.approach == Approach::Instrument {
        return Err("Romano and Wolf's correction is not offered for instruments.".into());
    }
    let mut problems = Vec::new();
    let mut number_of: Vec<Option<u32>> = Vec::new();
    let mut count = 0;
    for row in rows.iter() {
        let outcome = plan
            .outcomes
            .iter()
            .find(|outcome| super::finding::is_of(outcome, row))
            .ok_or_else(|| format!("{} is not in the plan", row.outcome))?;
        let measured = measure(setup, outcome, |_| true).map_err(|notice| notice.text)?;
        // Without clusters every row is one.
        let codes = clusters_of(setup, &measured)
            .unwrap_or_else(|| measured.rows.iter().map(|row| *row as u32).collect());
        let mut present = codes.clone();
        present.sort_unstable();
        present.dedup();
        let mut numbers = Vec::with_capacity(present.len());
        for code in present {
            let place = code as usize;
            if number_of.len() <= place {
                number_of.resize(place + 1, None);
            }
            let number = *number_of[place].get_or_insert_with(|| {
                count += 1;
                count - 1
            });
            numbers.push(number);
        }
        problems.push((problem(setup, &measured, &codes)?, numbers));
    }
    let outcomes: Vec<JointOutcome<'_>> =
        problems.iter().map(|(problem, cluster_numbers)| JointOutcome { problem, cluster_numbers }).collect();
    let asked = plan.inference.bootstrap as usize;
    let draws = if asked > 0 { asked } else { DRAWS };
    let mut rng = generator(plan.inference.seed, "romano-wolf");
    let found = joint_wild_bootstrap(&outcomes, count as usize, None, draws, &mut rng)
        .map_err(|error| error.to_string())?;
    for (row, p) in rows.iter_mut().zip(found.adjusted) {
        row.romano_wolf_p = Some(p);
    }
    Ok(())
}

/// First stage and Anderson–Rubin set of one outcome; `None` for another design or when they do not exist.
pub(super) fn instrument_checks(
    setup: &Setup<'_>,
    measured: &Measured<'_>,
) -> Option<(FirstStage, AndersonRubin)> {
    let (_, takeup) = setup.endogenous?;
    let mut equation = equation(setup, measured, Choice::planned(setup));
    let takeup: Vec<f64> = measured.rows.iter().map(|row| takeup[*row]).collect();
    let instrument = std::mem::replace(&mut equation.columns[0], takeup);
    let (variance, clusters) = planned_variance(&equation, setup.variance);
    let found = with_instrument(&equation, &instrument, |sample: &InstrumentSample<'_>| {
        two_stage_least_squares(sample, &[VarianceChoice { variance, clusters: &clusters }], 0.95)
    })
    .ok()?;
    let stage = found.first_stages.first()?;
    let coefficient = stage.instruments.first()?;
    let set = found.anderson_rubin?;
    let end = |value: f64| value.is_finite().then_some(value);
    let outcome = measured.outcome.id.to_string();
    let effective_f = stage.effective.as_ref().map_or(f64::NAN, |effective| effective.statistic);
    let f = stage.robust.statistic;
    let judged = if effective_f.is_finite() { effective_f } else { f };
    Some((
        FirstStage {
            outcome: outcome.clone(),
            estimate: coefficient.estimate,
            std_error: coefficient.std_error,
            f,
            effective_f: judged,
            weak: judged < 10.0,
        },
        AndersonRubin {
            outcome,
            pieces: set.region.iter().map(|(low, high)| (end(*low), end(*high))).collect(),
            p_value: set.p_value,
        },
    ))
}
