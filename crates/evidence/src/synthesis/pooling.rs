//! The numbers of one pool: frequentist, Bayesian, sensitivity, small-study effects, moderators.
//!
//! Orchestration only; the arithmetic and its sources are in `whatworks_stats`. Work that grows faster than the number of
//! studies (leave-one-out by refitting, shrunken effects) stops at [`MOST_STUDIES_IN_DETAIL`], and a warning says so.

use super::measure::Scaled;
use super::report::{
    Bayes, ByMethod, ConditionalEffect, Egger, MeanInterval, ModeratorEffect, PetPeese, PooledStudy,
    PosteriorSummary, Shrunken, SmallStudy, Synthesis, TrimFill, Warning, WithoutStudy,
};
use super::{Method, Options, Place, Refusal, present};
use crate::effect::{ClassKey, Effect, Label};
use whatworks_stats::bayes::{self, Detail, Prior, TauPrior};
use whatworks_stats::meta::{
    self, Design, IntervalMethod, MetaError, MissingSide, PetPeeseChoice, Pooled, Tau2Method, TestKind,
    TrimFillEstimator,
};

/// Level of every interval.
pub(super) const LEVEL: f64 = 0.95;
/// Largest pool for which every study is left out in turn and shrunken.
pub(super) const MOST_STUDIES_IN_DETAIL: usize = 2000;
/// Median standard errors that stand for one standard deviation where no control sd is known.
const STD_ERRORS_PER_SD: f64 = 10.0;

fn refuse(effects: &[Effect], scaled: &Scaled, error: &MetaError) -> Refusal {
    let at = |index: usize| {
        scaled.index.get(index).map_or(Place { file: 0, line: 0 }, |index| Place::of(&effects[*index]))
    };
    match *error {
        MetaError::NotFinite { index, .. } => Refusal::Number {
            place: at(index),
            column: "estimate",
            problem: "the number is too large to compute with".into(),
        },
        MetaError::VarianceNotPositive { index } => Refusal::Number {
            place: at(index),
            column: "std_error",
            problem: "the standard error is too small or too large to compute with".into(),
        },
        ref other => Refusal::Option(other.to_string()),
    }
}

fn median(values: &[f64]) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    match sorted.len() {
        0 => None,
        count if count % 2 == 1 => Some(sorted[middle]),
        _ => Some(f64::midpoint(sorted[middle - 1], sorted[middle])),
    }
}

/// The priors in force and how they are printed (statistics.md §2): on the SD scale μ ~ N(0, 1) and τ ~ half-normal(0.5);
/// on any other scale the same times the median control standard deviation, else ten times the median standard error.
fn prior(scaled: &Scaled, options: &Options) -> Result<(Prior, String), Refusal> {
    let unit = if scaled.measure == whatworks_domain::Measure::Smd {
        1.0
    } else {
        median(&scaled.natural_sd)
            .filter(|sd| (1e-100..1e100).contains(sd))
            .or_else(|| median(&scaled.std_error).map(|std_error| STD_ERRORS_PER_SD * std_error))
            .unwrap_or(1.0)
    };
    let mu_sd = options.prior_mu_sd.unwrap_or(unit);
    let tau = options.prior_tau.unwrap_or(TauPrior::HalfNormal(0.5 * unit));
    if !(mu_sd.is_finite() && mu_sd > 0.0 && tau.scale().is_finite() && tau.scale() > 0.0) {
        return Err(Refusal::Option("the scale of a prior must be a number above zero".into()));
    }
    let name = match tau {
        TauPrior::HalfNormal(_) => "half-normal",
        TauPrior::Uniform(_) => "uniform up to ",
        TauPrior::HalfCauchy(_) => "half-Cauchy",
    };
    let tau_text = match tau {
        TauPrior::Uniform(upper) => format!("{name}{}", rounded(upper)),
        _ => format!("{name}({})", rounded(tau.scale())),
    };
    let text = format!("mu ~ normal(0, {}), tau ~ {tau_text}", rounded(mu_sd));
    Ok((Prior { mu_mean: 0.0, mu_sd, tau }, text))
}

/// Four significant digits, for print.
fn rounded(value: f64) -> f64 {
    format!("{value:.3e}").parse().unwrap_or(value)
}

fn interval_row(pooled: &Pooled, method: IntervalMethod) -> Option<MeanInterval> {
    let interval = meta::interval(pooled, method, LEVEL).ok()?;
    Some(MeanInterval {
        method: method.as_str(),
        std_error: interval.std_error,
        ci_low: interval.low,
        ci_high: interval.high,
        df: interval.df,
        p_value: interval.p_value,
    })
}

/// Pools the scaled entries. With none, a synthesis of nulls: absence is a result.
pub(super) fn pool(
    effects: &[Effect],
    class: Option<&ClassKey>,
    scaled: &Scaled,
    options: &Options,
) -> Result<Synthesis, Refusal> {
    let (tau2_method, is_bayes) = match options.method {
        Method::Frequentist(method) => (method, false),
        Method::Bayes => (Tau2Method::Reml, true),
    };
    let mut synthesis = blank(class, scaled, options, if is_bayes { "bayes" } else { tau2_method.as_str() });
    let y = &scaled.estimate;
    if y.is_empty() {
        return Ok(synthesis);
    }
    let v: Vec<f64> = scaled.std_error.iter().map(|std_error| std_error * std_error).collect();
    let pooled = meta::pool(y, &v, tau2_method).map_err(|error| refuse(effects, scaled, &error))?;
    let interval =
        meta::interval(&pooled, options.interval, LEVEL).map_err(|error| refuse(effects, scaled, &error))?;
    let too_many = y.len() > MOST_STUDIES_IN_DETAIL;
    let in_detail = options.detail && !too_many;

    if pooled.method_used != tau2_method && y.len() > 1 {
        synthesis.warnings.push(Warning {
            code: "tau2_fallback",
            study: None,
            text: format!(
                "{} did not apply here; {} was used",
                tau2_method.as_str(),
                pooled.method_used.as_str()
            ),
        });
    }
    if !is_bayes {
        synthesis.method = pooled.method_used.as_str();
    }
    synthesis.estimate = Some(pooled.mu);
    synthesis.std_error = Some(interval.std_error);
    synthesis.ci_low = Some(interval.low);
    synthesis.ci_high = Some(interval.high);
    synthesis.ci_method = interval.method_used.as_str();
    synthesis.p_value = Some(interval.p_value);
    synthesis.df = interval.df;
    let all = [IntervalMethod::HkFloor, IntervalMethod::Hk, IntervalMethod::Wald];
    synthesis.cis = all.iter().filter_map(|method| interval_row(&pooled, *method)).collect();
    synthesis.tau2 = Some(pooled.tau2);
    synthesis.i2 = Some(pooled.i2);
    synthesis.h2 = Some(pooled.h2);
    synthesis.q = Some(pooled.q);
    synthesis.q_df = Some(pooled.q_df);
    synthesis.q_p = (pooled.q_df > 0).then_some(pooled.q_p);
    if y.len() > 1
        && let Ok(profile) = meta::tau2_q_profile(y, &v, LEVEL)
    {
        synthesis.tau2_low = Some(profile.tau2_low);
        synthesis.tau2_high = Some(profile.tau2_high).filter(|high| high.is_finite());
    }
    if let Some((low, high)) = meta::prediction(&pooled, &interval, options.prediction) {
        synthesis.pi_low = Some(low);
        synthesis.pi_high = Some(high);
    }

    let (prior, prior_text) = prior(scaled, options)?;
    let detail = Detail {
        theta: in_detail,
        quantiles: true,
        theta_quantiles: in_detail,
        thresholds: options.thresholds.clone(),
    };
    let posterior =
        bayes::posterior(y, &v, &prior, &detail).map_err(|error| Refusal::Option(error.to_string()))?;
    synthesis.studies = (0..y.len())
        .map(|at| {
            let effect = &effects[scaled.index[at]];
            let shrunk = posterior.theta.get(at).and_then(|theta| {
                let quantiles = theta.quantiles?;
                Some(Shrunken { mean: theta.mean, sd: theta.sd, q025: quantiles[0], q975: quantiles[8] })
            });
            PooledStudy {
                study: effect.study.clone(),
                finding_id: effect.finding_id.clone(),
                estimate: y[at],
                std_error: scaled.std_error[at],
                weight: pooled.weights[at],
                shrunk,
                index: scaled.index[at],
            }
        })
        .collect();
    let thresholds = options.thresholds.iter().copied().zip(posterior.mu.prob_above.iter().copied());
    synthesis.prob_above = thresholds.collect();
    synthesis.bayes = bayes_block(prior_text, &posterior);
    if is_bayes && let Some(bayes) = &synthesis.bayes {
        synthesis.estimate = Some(bayes.mu.mean);
        synthesis.std_error = Some(bayes.mu.sd);
        synthesis.ci_low = Some(bayes.mu.q025);
        synthesis.ci_high = Some(bayes.mu.q975);
        synthesis.ci_method = "bayes";
        synthesis.pi_low = Some(bayes.new.q025);
        synthesis.pi_high = Some(bayes.new.q975);
        synthesis.pi_method = "bayes";
        synthesis.tau2 = Some(posterior.tau2_mean).filter(|tau2| tau2.is_finite());
        synthesis.tau2_low = Some(bayes.tau.q025 * bayes.tau.q025);
        synthesis.tau2_high = Some(bayes.tau.q975 * bayes.tau.q975);
        synthesis.p_value = None;
        synthesis.df = None;
    }
    if in_detail {
        let studies: Vec<Label> = synthesis.studies.iter().map(|study| study.study.clone()).collect();
        synthesis.leave_one_out = without_each(y, &v, &studies, tau2_method, options.interval);
    } else if too_many {
        synthesis.warnings.push(Warning {
            code: "too_many_studies",
            study: None,
            text: format!(
                "more than {MOST_STUDIES_IN_DETAIL} studies: none is left out in turn, none is shrunken, one estimator is used"
            ),
        });
    }
    if in_detail {
        synthesis.by_method = by_method(y, &v, options.interval);
    }
    if options.detail {
        synthesis.small_study = small_study(y, &v, tau2_method, options.interval, in_detail);
    }
    moderate(&mut synthesis, effects, scaled, &v, options, tau2_method);
    Ok(synthesis)
}

fn blank(class: Option<&ClassKey>, scaled: &Scaled, options: &Options, method: &'static str) -> Synthesis {
    let part = |part: fn(&ClassKey) -> &Label| class.and_then(|class| present(part(class)));
    Synthesis {
        practice: part(|class| &class.practice),
        comparator: part(|class| &class.comparator),
        outcome: part(|class| &class.outcome),
        estimand: part(|class| &class.estimand),
        by: class.map(|class| class.others.clone()).unwrap_or_default(),
        unit: scaled.unit.clone(),
        measure: scaled.measure,
        k: scaled.index.len(),
        not_comparable: scaled.not_comparable.clone(),
        studies: Vec::new(),
        method,
        estimate: None,
        std_error: None,
        ci_low: None,
        ci_high: None,
        ci_method: options.interval.as_str(),
        p_value: None,
        df: None,
        cis: Vec::new(),
        tau2: None,
        tau2_low: None,
        tau2_high: None,
        i2: None,
        h2: None,
        q: None,
        q_df: None,
        q_p: None,
        pi_low: None,
        pi_high: None,
        pi_method: options.prediction.as_str(),
        bayes: None,
        leave_one_out: Vec::new(),
        by_method: Vec::new(),
        moderators: Vec::new(),
        small_study: SmallStudy::default(),
        scale_doubts: Vec::new(),
        warnings: Vec::new(),
        prob_above: Vec::new(),
    }
}

fn bayes_block(prior: String, posterior: &bayes::Posterior) -> Option<Bayes> {
    let summary = |mean: f64, sd: f64, quantiles: Option<[f64; 9]>| {
        let [q025, _, _, q25, median, q75, _, _, q975] = quantiles?;
        Some(PosteriorSummary { mean, sd, q025, q25, median, q75, q975 })
    };
    let (mu, new, tau) = (&posterior.mu, &posterior.new, &posterior.tau);
    Some(Bayes {
        prior,
        mu: summary(mu.mean, mu.sd, mu.quantiles)?,
        tau: summary(tau.mean, tau.sd, tau.quantiles)?,
        prob_positive: mu.prob_positive,
        prob_new_positive: new.prob_positive,
        new: summary(new.mean, new.sd, new.quantiles)?,
    })
}

fn without_each(
    y: &[f64],
    v: &[f64],
    studies: &[Label],
    method: Tau2Method,
    interval: IntervalMethod,
) -> Vec<WithoutStudy> {
    if y.len() < 2 {
        return Vec::new();
    }
    let rows = meta::leave_one_out(y, v, method, interval, LEVEL).unwrap_or_default();
    rows.into_iter()
        .map(|row| WithoutStudy {
            study: studies[row.omitted].clone(),
            estimate: row.mu,
            std_error: row.std_error,
            ci_low: row.low,
            ci_high: row.high,
            tau2: row.tau2,
            i2: row.i2,
        })
        .collect()
}

fn by_method(y: &[f64], v: &[f64], interval: IntervalMethod) -> Vec<ByMethod> {
    if y.len() < 2 {
        return Vec::new();
    }
    let row = |method: &Tau2Method| {
        let pooled = meta::pool(y, v, *method).ok()?;
        let interval = meta::interval(&pooled, interval, LEVEL).ok()?;
        Some(ByMethod {
            method: method.as_str(),
            estimate: pooled.mu,
            std_error: interval.std_error,
            ci_low: interval.low,
            ci_high: interval.high,
            tau2: pooled.tau2,
        })
    };
    Tau2Method::ALL.iter().filter_map(row).collect()
}

fn small_study(
    y: &[f64],
    v: &[f64],
    method: Tau2Method,
    interval: IntervalMethod,
    in_detail: bool,
) -> SmallStudy {
    if y.len() < 3 {
        return SmallStudy::default();
    }
    let egger = meta::egger_regression(y, v, LEVEL).ok().map(|line| Egger {
        slope: line.slope,
        slope_std_error: line.slope_se,
        t: line.slope_t,
        df: line.df,
        p_value: line.slope_p,
        limit: line.intercept,
        limit_low: line.intercept_low,
        limit_high: line.intercept_high,
    });
    let conditional = |line: &meta::WeightedLine| ConditionalEffect {
        estimate: line.intercept,
        std_error: line.intercept_se,
        p_value: line.intercept_p,
    };
    let pet_peese = meta::pet_peese(y, v, LEVEL).ok().map(|both| PetPeese {
        pet: conditional(&both.pet),
        peese: conditional(&both.peese),
        chosen: match both.choice {
            PetPeeseChoice::Pet => "pet",
            PetPeeseChoice::Peese => "peese",
        },
    });
    let fill = || meta::trim_and_fill(y, v, method, TrimFillEstimator::L0, None, interval, LEVEL).ok();
    let trim_fill = in_detail.then(fill).flatten().map(|fill| TrimFill {
        missing: fill.missing,
        side: match fill.side {
            MissingSide::Left => "left",
            MissingSide::Right => "right",
        },
        estimate: fill.pooled.mu,
        std_error: fill.interval.std_error,
        ci_low: fill.interval.low,
        ci_high: fill.interval.high,
    });
    // A line through points that share one standard error has no slope: its numbers are not finite and are not shown.
    SmallStudy {
        egger: egger.filter(|egger| egger.p_value.is_finite()),
        pet_peese: pet_peese.filter(|both| both.pet.p_value.is_finite() && both.peese.p_value.is_finite()),
        trim_fill,
    }
}

/// Regresses the effects on the moderators asked for; studies that lack a value are left out of it, and named.
fn moderate(
    synthesis: &mut Synthesis,
    effects: &[Effect],
    scaled: &Scaled,
    v: &[f64],
    options: &Options,
    method: Tau2Method,
) {
    if options.moderators.is_empty() {
        return;
    }
    let width = options.moderators.len();
    let known = |index: usize| {
        let values = &effects[index].moderators;
        values.len() == width && values.iter().all(|value| value.is_finite())
    };
    let mut warn =
        |code, study: Option<Label>, text: String| synthesis.warnings.push(Warning { code, study, text });
    let (mut y, mut v_used, mut rows) = (Vec::new(), Vec::new(), Vec::new());
    for (at, &index) in scaled.index.iter().enumerate() {
        let study = &effects[index].study;
        if known(index) {
            y.push(scaled.estimate[at]);
            v_used.push(v[at]);
            rows.push(1.0);
            rows.extend_from_slice(&effects[index].moderators);
        } else {
            let text = format!("{study} has no value for every moderator and is not in the meta-regression");
            warn("moderator_missing", Some(study.clone()), text);
        }
    }
    let mut names = vec!["intercept".to_owned()];
    names.extend(options.moderators.iter().cloned());
    let test = if options.interval == IntervalMethod::Wald { TestKind::Wald } else { TestKind::KnappHartung };
    match meta::meta_regression(&y, &v_used, &Design { names, rows }, method, test, LEVEL) {
        Ok(fit) => {
            for name in &fit.dropped {
                warn(
                    "moderator_dropped",
                    None,
                    format!("{name} says nothing that the others do not: it is left out"),
                );
            }
            let df = (test == TestKind::KnappHartung).then_some((fit.k - fit.p) as f64);
            synthesis.moderators = fit
                .coefficients
                .iter()
                .map(|row| ModeratorEffect {
                    name: row.name.clone(),
                    estimate: row.estimate,
                    std_error: row.std_error,
                    statistic: row.statistic,
                    df,
                    p_value: row.p_value,
                    ci_low: row.low,
                    ci_high: row.high,
                })
                .collect();
        }
        Err(error) => warn("moderators_not_fitted", None, format!("no meta-regression: {error}")),
    }
}
