//! Ranking of practices by value to clients (statistics.md §3), harm shown beside and never netted.
//!
//! V_p = Σ_d w_d · μ_{p,d}, in SD towards benefit, over seeded exact posterior draws. μ_{p,d}: the average effect of
//! practice p in outcome domain d. Only primary findings of randomised studies on ITT enter, on benefit outcomes that have
//! a direction. Several outcomes of one sample in one domain make one number: the mean of their effects, its standard error
//! the mean of theirs (as if perfectly correlated: the widest honest choice); then samples pool by the exact posterior under
//! μ ~ N(0, 1), τ ~ half-normal(0.5). An empty cell is drawn from N(0, τ_d² + σ_d²) of that domain's practices (REML
//! between practices; σ_d² the mean posterior variance), N(0, 0.2²) where fewer than three practices have evidence; never
//! zero. Under 20 % of the weight on evidence: listed as not ranked. Harm and lender outcomes are never part of V.

use crate::effect::Effect;
use crate::map::EvidenceMap;
use crate::synthesis::control_sd;
use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::collections::{BTreeMap, BTreeSet};
use whatworks_domain::{Catalogue, DomainId, Estimand, Finding, Measure, OutcomeKind, PracticeId};
use whatworks_stats::bayes::{self, Detail, Prior, TauPrior};
use whatworks_stats::distributions::normal_quantile;
use whatworks_stats::meta::{self, Tau2Method};

/// Draws from the joint posterior: a probability is good to about one in a hundred.
pub const DRAWS: usize = 2000;
/// Seed of the draws: the same evidence and weights give the same ranks.
const SEED: u64 = 0x7768_6174_776f_726b;
/// Least share of the weight that must rest on evidence.
pub const LEAST_EVIDENCE: f64 = 0.2;
/// Standard deviation of an empty cell in a domain with fewer than [`PRACTICES_TO_LEARN_FROM`] practices, SD.
const UNKNOWN_SD: f64 = 0.2;
const PRACTICES_TO_LEARN_FROM: usize = 3;

/// Weights of the outcome domains, as clients gave them; any positive scale.
#[derive(Debug, Clone, PartialEq)]
pub struct Weights(BTreeMap<DomainId, f64>);

impl Weights {
    /// Equal weights over the domains that hold a benefit to clients.
    pub fn equal(catalogue: &Catalogue) -> Self {
        Self(rankable_domains(catalogue).into_iter().map(|domain| (domain, 1.0)).collect())
    }

    /// Equal weights with some replaced. Values that are negative or not finite, and domains that cannot be ranked, are
    /// ignored; if nothing is left, all are equal.
    pub fn with(catalogue: &Catalogue, given: &BTreeMap<String, f64>) -> Self {
        let mut weights = Self::equal(catalogue);
        for (domain, weight) in &mut weights.0 {
            if let Some(value) =
                given.get(domain.as_str()).filter(|value| value.is_finite() && **value >= 0.0)
            {
                *weight = *value;
            }
        }
        if weights.0.values().sum::<f64>() > 0.0 { weights } else { Self::equal(catalogue) }
    }

    /// Share of each domain, summing to 1, in the order of ids.
    pub fn shares(&self) -> Vec<(&DomainId, f64)> {
        let total: f64 = self.0.values().sum();
        self.0.iter().map(|(domain, weight)| (domain, weight / total)).collect()
    }

    /// The weight as given.
    pub fn of(&self, domain: &str) -> Option<f64> {
        self.0.get(domain).copied()
    }
}

/// Domains with at least one benefit outcome, in the catalogue's order.
pub fn rankable_domains(catalogue: &Catalogue) -> Vec<DomainId> {
    let holds = |domain: &DomainId| {
        catalogue.outcomes.iter().any(|outcome| {
            outcome.domain == *domain
                && outcome.kind == OutcomeKind::Benefit
                && outcome.better.sign().is_some()
        })
    };
    catalogue.domains.iter().map(|domain| domain.id.clone()).filter(holds).collect()
}

/// One practice's place.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranked {
    /// The practice.
    pub practice: PracticeId,
    /// Mean of V, SD.
    pub value: f64,
    /// Mean rank, 1 is best.
    pub expected_rank: f64,
    /// 5 % quantile of the rank.
    pub rank_low: usize,
    /// 95 % quantile of the rank.
    pub rank_high: usize,
    /// P(rank 1).
    pub prob_best: f64,
    /// P(rank 1, 2 or 3).
    pub prob_top3: f64,
    /// Share of the weight that rests on evidence.
    pub evidence_share: f64,
    /// Positions of the map's assessments that show a harm to clients.
    pub harms: Vec<usize>,
    /// Positions of the map's assessments that show a loss to the lender.
    pub lender_losses: Vec<usize>,
    /// Whether a benefit, a harm and a lender outcome have been studied.
    pub complete: bool,
}

/// A practice with evidence that carries too little of the weight.
#[derive(Debug, Clone, PartialEq)]
pub struct NotRanked {
    /// The practice.
    pub practice: PracticeId,
    /// Share of the weight that rests on evidence.
    pub evidence_share: f64,
}

/// The ranking.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranking {
    /// By expected rank, the best first.
    pub ranked: Vec<Ranked>,
    /// Practices with some evidence that are not ranked, in the catalogue's order.
    pub not_ranked: Vec<NotRanked>,
    /// Practices without any randomised evidence on a benefit.
    pub without_evidence: usize,
}

/// One sample's effects in one domain, as one number.
#[derive(Default)]
struct SampleEffect {
    estimates: Vec<f64>,
    std_errors: Vec<f64>,
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

type Cells = BTreeMap<PracticeId, BTreeMap<DomainId, bayes::Posterior>>;

/// The exact posterior of each practice and domain with evidence.
fn posteriors(findings: &[Finding], effects: &[Effect], catalogue: &Catalogue) -> Cells {
    let mut samples: BTreeMap<(PracticeId, DomainId), BTreeMap<&str, SampleEffect>> = BTreeMap::new();
    for (finding, effect) in findings.iter().zip(effects) {
        let outcome = catalogue.find_outcome(finding.outcome.as_str());
        let design = catalogue.find_design(finding.design.as_str());
        let enters = finding.primary
            && finding.estimand == Estimand::Itt
            && design.is_some_and(whatworks_domain::Design::is_randomised);
        let Some(outcome) = outcome.filter(|outcome| enters && outcome.kind == OutcomeKind::Benefit) else {
            continue;
        };
        let Some(sign) = outcome.better.sign() else { continue };
        let sd = control_sd(effect);
        let Ok((estimate, std_error)) = Measure::Smd.convert(effect.estimate, effect.std_error, None, sd)
        else {
            continue;
        };
        let cell = samples.entry((finding.practice.clone(), outcome.domain.clone())).or_default();
        let sample = cell.entry(finding.sample_id.as_str()).or_default();
        sample.estimates.push(sign * estimate);
        sample.std_errors.push(std_error);
    }
    let prior = Prior { mu_mean: 0.0, mu_sd: 1.0, tau: TauPrior::HalfNormal(0.5) };
    let mut cells = Cells::new();
    for ((practice, domain), samples) in samples {
        let y: Vec<f64> = samples.values().map(|sample| mean(&sample.estimates)).collect();
        let v: Vec<f64> = samples.values().map(|sample| mean(&sample.std_errors).powi(2)).collect();
        if let Ok(posterior) = bayes::posterior(&y, &v, &prior, &Detail::default()) {
            cells.entry(practice).or_default().insert(domain, posterior);
        }
    }
    cells
}

/// Standard deviation of what an unstudied practice may do in each domain.
fn unknown_sd(cells: &Cells, domain: &DomainId) -> f64 {
    let known: Vec<&bayes::Posterior> = cells.values().filter_map(|domains| domains.get(domain)).collect();
    if known.len() < PRACTICES_TO_LEARN_FROM {
        return UNKNOWN_SD;
    }
    let y: Vec<f64> = known.iter().map(|posterior| posterior.mu.mean).collect();
    let v: Vec<f64> = known.iter().map(|posterior| posterior.mu.sd * posterior.mu.sd).collect();
    let tau2 = meta::pool(&y, &v, Tau2Method::Reml).map_or(UNKNOWN_SD * UNKNOWN_SD, |pooled| pooled.tau2);
    (tau2 + mean(&v)).sqrt()
}

fn normal<R: Rng + ?Sized>(sd: f64, rng: &mut R) -> f64 {
    // Open interval: a quantile at 0 or 1 is infinite.
    let u: f64 = rng.random_range(f64::EPSILON..1.0);
    sd * normal_quantile(u)
}

/// Values of each practice in each draw: `values[p][draw]`.
fn draw_values(cells: &Cells, practices: &[&PracticeId], shares: &[(&DomainId, f64)]) -> Vec<Vec<f64>> {
    let mut rng = ChaCha8Rng::seed_from_u64(SEED);
    practices
        .iter()
        .map(|practice| {
            let mut values = vec![0.0; DRAWS];
            for (domain, share) in shares {
                if let Some(posterior) = cells.get(*practice).and_then(|domains| domains.get(*domain)) {
                    let draws = bayes::draws(posterior, DRAWS, &mut rng);
                    for (value, draw) in values.iter_mut().zip(draws) {
                        *value += share * draw.mu;
                    }
                } else {
                    let sd = unknown_sd(cells, domain);
                    for value in &mut values {
                        *value += share * normal(sd, &mut rng);
                    }
                }
            }
            values
        })
        .collect()
}

/// How often each practice has each rank: `counts[p][rank − 1]`.
#[expect(clippy::needless_range_loop, reason = "a draw runs across the practices, not along one of them")]
fn rank_counts(values: &[Vec<f64>]) -> Vec<Vec<usize>> {
    let count = values.len();
    let mut counts = vec![vec![0; count]; count];
    let mut order: Vec<usize> = (0..count).collect();
    for draw in 0..DRAWS {
        order.sort_unstable_by(|a, b| values[*b][draw].total_cmp(&values[*a][draw]).then(a.cmp(b)));
        for (rank, practice) in order.iter().enumerate() {
            counts[*practice][rank] += 1;
        }
    }
    counts
}

fn rank_quantile(counts: &[usize], p: f64) -> usize {
    let wanted = p * DRAWS as f64;
    let mut seen = 0;
    for (rank, count) in counts.iter().enumerate() {
        seen += count;
        if seen as f64 >= wanted {
            return rank + 1;
        }
    }
    counts.len()
}

/// Ranks the practices.
pub fn rank(
    findings: &[Finding],
    effects: &[Effect],
    map: &EvidenceMap,
    catalogue: &Catalogue,
    weights: &Weights,
) -> Ranking {
    let cells = posteriors(findings, effects, catalogue);
    let shares = weights.shares();
    let evidence_share = |practice: &PracticeId| -> f64 {
        let Some(domains) = cells.get(practice) else { return 0.0 };
        shares.iter().filter(|(domain, _)| domains.contains_key(*domain)).map(|(_, share)| share).sum()
    };
    let with_evidence: Vec<&PracticeId> = catalogue
        .practices
        .iter()
        .map(|practice| &practice.id)
        .filter(|id| cells.contains_key(*id))
        .collect();
    // Ten weights of one tenth sum to a hair under one: the limit is met with a hair to spare.
    let (ranked, not_ranked): (Vec<&PracticeId>, Vec<&PracticeId>) =
        with_evidence.iter().partition(|practice| evidence_share(practice) >= LEAST_EVIDENCE - 1e-9);
    let values = draw_values(&cells, &ranked, &shares);
    let counts = rank_counts(&values);
    let mut rows: Vec<Ranked> = ranked
        .iter()
        .enumerate()
        .map(|(at, practice)| {
            let counts = &counts[at];
            let probability = |upto: usize| counts.iter().take(upto).sum::<usize>() as f64 / DRAWS as f64;
            let ranks = counts.iter().enumerate().map(|(rank, count)| (rank + 1) * count).sum::<usize>();
            let row = map.rows.iter().find(|row| row.practice == **practice);
            let gather = |part: fn(&crate::map::Cell) -> &Vec<usize>| {
                row.map(|row| {
                    row.cells.iter().flat_map(|cell| part(cell).iter().copied()).collect::<Vec<_>>()
                })
                .unwrap_or_default()
            };
            let kinds: BTreeSet<OutcomeKind> = map
                .assessments
                .iter()
                .filter(|one| one.key.practice == **practice && one.synthesis.k > 0)
                .filter_map(|one| {
                    catalogue.find_outcome(one.key.outcome.as_str()).map(|outcome| outcome.kind)
                })
                .collect();
            Ranked {
                practice: (*practice).clone(),
                value: mean(&values[at]),
                expected_rank: ranks as f64 / DRAWS as f64,
                rank_low: rank_quantile(counts, 0.05),
                rank_high: rank_quantile(counts, 0.95),
                prob_best: probability(1),
                prob_top3: probability(3),
                evidence_share: evidence_share(practice),
                harms: gather(|cell| &cell.harms),
                lender_losses: gather(|cell| &cell.lender_losses),
                complete: kinds.len() == 3,
            }
        })
        .collect();
    rows.sort_by(|a, b| {
        a.expected_rank.total_cmp(&b.expected_rank).then_with(|| a.practice.cmp(&b.practice))
    });
    let not_ranked = not_ranked
        .into_iter()
        .map(|practice| NotRanked { practice: practice.clone(), evidence_share: evidence_share(practice) })
        .collect();
    let without_evidence = catalogue.practices.len() - with_evidence.len();
    Ranking { ranked: rows, not_ranked, without_evidence }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base;
    use crate::map::{effects_of, evidence_map};

    fn ranking(given: &[(&str, f64)]) -> Ranking {
        let catalogue = base::catalogue().unwrap();
        let findings = base::findings(&catalogue).unwrap();
        let effects = effects_of(&findings, &catalogue);
        let map = evidence_map(&findings, &catalogue).unwrap();
        let given = given.iter().map(|(domain, weight)| ((*domain).to_owned(), *weight)).collect();
        rank(&findings, &effects, &map, &catalogue, &Weights::with(&catalogue, &given))
    }

    #[test]
    fn ranks_are_probabilities_and_repeat() {
        let one = ranking(&[]);
        assert_eq!(one, ranking(&[]));
        assert!(one.ranked.len() >= 3, "{:?}", one.ranked);
        let best: f64 = one.ranked.iter().map(|row| row.prob_best).sum();
        assert!((best - 1.0).abs() < 1e-12);
        assert!(one.ranked.iter().all(|row| row.evidence_share >= 0.199 && row.rank_low <= row.rank_high));
        assert!(one.not_ranked.iter().all(|row| row.evidence_share < 0.2));
        let total = one.ranked.len() + one.not_ranked.len() + one.without_evidence;
        assert_eq!(total, base::catalogue().unwrap().practices.len());
    }

    #[test]
    fn weights_move_the_ranks_and_bad_ones_are_ignored() {
        assert_eq!(ranking(&[]), ranking(&[("food-security", f64::NAN), ("nowhere", 3.0), ("health", -1.0)]));
        let food = ranking(&[("food-security", 1000.0)]);
        assert_eq!(food.ranked[0].practice.as_str(), "graduation.package");
        assert!(food.ranked[0].evidence_share > 0.9);
    }

    #[test]
    fn a_harm_stands_beside_the_rank() {
        let grace = "credit.repayment.grace-period";
        let row = ranking(&[]).ranked.into_iter().find(|row| row.practice.as_str() == grace).unwrap();
        assert!(!row.lender_losses.is_empty(), "default rose by nine points and nothing shows it: {row:?}");
    }
}
