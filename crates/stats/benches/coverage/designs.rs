//! The simulated studies: each gives the columns of its main regression.
//!
//! Errors are skewed (standardised lognormal, skewness 1.75) and their spread differs between arms, since effects
//! differ between people: what the variances have to cope with. Cluster sizes differ threefold.

use super::interval::Study;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::Rng;
use whatworks_stats::distributions::normal_quantile;

/// The true effect of every study, in SD of the outcome's errors.
pub(crate) const EFFECT: f64 = 0.25;
/// SD of the effect between people.
const EFFECT_SPREAD: f64 = 0.5;
/// Share of the variance between clusters.
const ICC: f64 = 0.1;

fn uniform(rng: &mut ChaCha8Rng) -> f64 {
    ((rng.next_u64() >> 11) as f64 + 0.5) / 9_007_199_254_740_992.0
}

fn normal(rng: &mut ChaCha8Rng) -> f64 {
    normal_quantile(uniform(rng))
}

/// Lognormal with shape 0.5, shifted and scaled to mean 0 and variance 1.
fn skewed(rng: &mut ChaCha8Rng) -> f64 {
    let square: f64 = 0.25;
    ((0.5 * normal(rng)).exp() - (square / 2.0).exp()) / (square.exp() * (square.exp() - 1.0)).sqrt()
}

/// Exactly `treated` ones among `count`, in random order.
fn assign(rng: &mut ChaCha8Rng, count: usize, treated: usize) -> Vec<f64> {
    let mut arm: Vec<f64> = (0..count).map(|at| f64::from(u8::from(at < treated))).collect();
    for last in (1..count).rev() {
        arm.swap(last, ((uniform(rng) * (last + 1) as f64) as usize).min(last));
    }
    arm
}

/// Own effect of a person: mean EFFECT.
fn own_effect(rng: &mut ChaCha8Rng) -> f64 {
    EFFECT + EFFECT_SPREAD * normal(rng)
}

/// Codes of `count` clusters whose sizes rise evenly from half to one and a half times `size`.
fn cluster_codes(count: usize, size: usize) -> Vec<u32> {
    (0..count)
        .flat_map(|g| {
            let share = if count > 1 { g as f64 / (count - 1) as f64 } else { 0.5 };
            let own = ((0.5 + share) * size as f64).round() as usize;
            std::iter::repeat_n(g as u32, own)
        })
        .collect()
}

/// Individually randomised with one covariate; by chance within strata of 20 when `strata` is above 0.
pub(crate) fn randomised(rng: &mut ChaCha8Rng, clients: usize, share: f64, strata: usize) -> Study {
    let mut strata_codes: Vec<u32> = Vec::new();
    let mut arm = Vec::with_capacity(clients);
    let size = clients.checked_div(strata).unwrap_or(clients);
    for stratum in 0..clients / size {
        arm.extend(assign(rng, size, (share * size as f64) as usize));
        strata_codes.extend(std::iter::repeat_n(stratum as u32, if strata > 0 { size } else { 0 }));
    }
    let levels: Vec<f64> = (0..strata).map(|_| normal(rng)).collect();
    let before: Vec<f64> = arm.iter().map(|_| normal(rng)).collect();
    let y = (0..clients)
        .map(|i| {
            let level = strata_codes.get(i).map_or(0.0, |code| levels[*code as usize]);
            level + 0.5 * before[i] + skewed(rng) + arm[i] * own_effect(rng)
        })
        .collect();
    let factors = if strata > 0 { vec![strata_codes] } else { Vec::new() };
    Study { y, columns: vec![arm, before], instrument: None, factors, clusters: Vec::new() }
}

/// Whole clusters assigned, one covariate.
pub(crate) fn clustered(rng: &mut ChaCha8Rng, clusters: usize, size: usize, treated: usize) -> Study {
    let assigned = assign(rng, clusters, treated);
    of_clusters(rng, &assigned, size)
}

/// Half the clusters of every stratum assigned, the strata absorbed.
pub(crate) fn clustered_in_strata(
    rng: &mut ChaCha8Rng,
    clusters: usize,
    size: usize,
    strata: usize,
) -> Study {
    let own = clusters / strata;
    // An odd stratum gives its last cluster to the treated and to the others in turn.
    let assigned: Vec<f64> =
        (0..strata).flat_map(|stratum| assign(rng, own, usize::midpoint(own, stratum % 2))).collect();
    let mut study = of_clusters(rng, &assigned, size);
    let stratum = |code: &u32| code * strata as u32 / clusters as u32;
    study.factors = vec![study.clusters.iter().map(stratum).collect()];
    for (y, stratum) in study.y.iter_mut().zip(&study.factors[0]) {
        *y += 0.2 * f64::from(stratum % 4);
    }
    study
}

fn of_clusters(rng: &mut ChaCha8Rng, assigned: &[f64], size: usize) -> Study {
    let clusters = assigned.len();
    let codes = cluster_codes(clusters, size);
    let levels: Vec<f64> = (0..clusters).map(|_| ICC.sqrt() * normal(rng)).collect();
    // The practice does not do the same everywhere either.
    let local: Vec<f64> = (0..clusters).map(|_| 0.1 * normal(rng)).collect();
    let mut columns = vec![Vec::new(), Vec::new()];
    let y = codes
        .iter()
        .map(|code| {
            let g = *code as usize;
            let before = normal(rng) + levels[g];
            columns[0].push(assigned[g]);
            columns[1].push(before);
            let error = (1.0 - ICC).sqrt() * skewed(rng);
            0.5 * before + levels[g] + error + assigned[g] * (own_effect(rng) + local[g])
        })
        .collect();
    Study { y, columns, instrument: None, factors: Vec::new(), clusters: codes }
}

/// An offer moves the take-up of some; takers are better off anyway. The effect is the same for all, so that
/// everybody's average is that of those whom the offer moved.
fn take_up(rng: &mut ChaCha8Rng, offer: f64) -> (f64, f64) {
    let kind = uniform(rng);
    // Half take up when offered, a tenth always.
    let takes = if kind < 0.1 {
        1.0
    } else if kind < 0.6 {
        offer
    } else {
        0.0
    };
    let advantage = if kind < 0.6 { 0.3 } else { 0.0 };
    (takes, advantage)
}

/// Two-stage least squares with individually randomised offers; within strata when `strata` is above 0.
pub(crate) fn offered(rng: &mut ChaCha8Rng, clients: usize, strata: usize) -> Study {
    let mut study = randomised(rng, clients, 0.5, strata);
    let offer = std::mem::take(&mut study.columns[0]);
    for (i, offer) in offer.iter().enumerate() {
        let (takes, advantage) = take_up(rng, *offer);
        let level = study.factors.first().map_or(0.0, |codes| f64::from(codes[i] % 5) * 0.3);
        study.y[i] = level + 0.5 * study.columns[1][i] + advantage + skewed(rng) + EFFECT * takes;
        study.columns[0].push(takes);
    }
    study.instrument = Some(offer);
    study
}

/// Two-stage least squares with offers to whole clusters.
pub(crate) fn offered_clusters(rng: &mut ChaCha8Rng, clusters: usize, size: usize) -> Study {
    let codes = cluster_codes(clusters, size);
    let assigned = assign(rng, clusters, clusters / 2);
    let levels: Vec<f64> = (0..clusters).map(|_| ICC.sqrt() * normal(rng)).collect();
    let (mut y, mut takes, mut before, mut offer) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for code in &codes {
        let g = *code as usize;
        let (taken, advantage) = take_up(rng, assigned[g]);
        let past = normal(rng);
        let error = (1.0 - ICC).sqrt() * skewed(rng);
        y.push(0.5 * past + levels[g] + advantage + error + EFFECT * taken);
        takes.push(taken);
        before.push(past);
        offer.push(assigned[g]);
    }
    Study { y, columns: vec![takes, before], instrument: Some(offer), factors: Vec::new(), clusters: codes }
}

/// Two groups before and after. Whole clusters begin; with `size` 1 every client is a cluster, else shocks hit
/// clusters anew in each period.
pub(crate) fn changes(rng: &mut ChaCha8Rng, clusters: usize, size: usize) -> Study {
    let by_client = size == 1;
    let codes = if by_client { (0..clusters as u32).collect() } else { cluster_codes(clusters, size) };
    let began = assign(rng, clusters, clusters / 2);
    let levels: Vec<f64> = (0..clusters).map(|_| ICC.sqrt() * normal(rng)).collect();
    let people: Vec<f64> = codes.iter().map(|_| skewed(rng)).collect();
    let (mut y, mut columns, mut both) = (Vec::new(), vec![Vec::new(); 3], Vec::new());
    for after in [0.0, 1.0] {
        let shocks: Vec<f64> =
            (0..clusters).map(|_| if by_client { 0.0 } else { 0.2 * normal(rng) }).collect();
        for (code, person) in codes.iter().zip(&people) {
            let g = *code as usize;
            let effect = if after * began[g] == 1.0 { own_effect(rng) } else { 0.0 };
            let lasting = person + levels[g] + 0.3 * began[g];
            y.push(lasting + 0.8 * skewed(rng) + shocks[g] + 0.2 * after + effect);
            columns[0].push(after * began[g]);
            columns[1].push(began[g]);
            columns[2].push(after);
            both.push(*code);
        }
    }
    Study { y, columns, instrument: None, factors: Vec::new(), clusters: both }
}

/// Units over six periods that begin at different dates, the better off more often; their errors are
/// autocorrelated (0.5). Clustered by unit, or by group when `groups` is above 0: then whole groups begin together
/// and share shocks.
pub(crate) fn panel(rng: &mut ChaCha8Rng, units: usize, groups: usize) -> Study {
    const PERIODS: usize = 6;
    let start = |rng: &mut ChaCha8Rng, level: f64| {
        let never = uniform(rng) < if level > 0.0 { 0.2 } else { 0.5 };
        let at = 1 + ((uniform(rng) * (PERIODS - 1) as f64) as usize).min(PERIODS - 2);
        if never { PERIODS } else { at }
    };
    // A third of the groups never begin; the others begin at dates that differ.
    let order = assign(rng, groups, groups / 3);
    let group_starts: Vec<usize> = order
        .iter()
        .enumerate()
        .map(|(group, never)| if *never == 1.0 { PERIODS } else { 1 + group % (PERIODS - 1) })
        .collect();
    let shocks: Vec<f64> = (0..groups * PERIODS).map(|_| 0.3 * normal(rng)).collect();
    let waves: Vec<f64> = (0..PERIODS).map(|_| 0.2 * normal(rng)).collect();
    let (mut y, mut treated, mut unit_codes, mut periods, mut clusters) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for unit in 0..units {
        let group = if groups > 0 { unit * groups / units } else { unit };
        let level = normal(rng);
        let begins = group_starts.get(group).copied().unwrap_or_else(|| start(rng, level));
        let mut error = skewed(rng);
        for (period, wave) in waves.iter().enumerate() {
            if period > 0 {
                error = 0.5 * error + 0.75_f64.sqrt() * skewed(rng);
            }
            let shock = if groups > 0 { shocks[group * PERIODS + period] } else { 0.0 };
            let on = f64::from(u8::from(period >= begins));
            y.push(level + wave + shock + error + EFFECT * on);
            treated.push(on);
            unit_codes.push(unit as u32);
            periods.push(period as u32);
            clusters.push(group as u32);
        }
    }
    Study { y, columns: vec![treated], instrument: None, factors: vec![unit_codes, periods], clusters }
}
