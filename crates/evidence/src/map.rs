//! The evidence map: every pool of the findings assessed, and practices × outcome domains with what each cell says.
//!
//! A cell is never an average over outcomes: it shows its leading synthesis (randomised effects first, then outcomes with a direction of benefit, then the most
//! studies, then the most people, then the catalogue's order), how many others it holds, and every harm among them.

use crate::certainty::{Judgement, judge};
use crate::effect::Effect;
use crate::synthesis::{Options, Refusal, Synthesis, Warning, synthesise};
use crate::verdict::{self, Verdict};
use std::cmp::Reverse;
use std::collections::BTreeMap;
use whatworks_domain::{Catalogue, Certainty, DomainId, Finding, Measure, OutcomeKind, PoolKey, PracticeId};

/// One pool with everything that a page says about it.
#[derive(Debug, Clone)]
pub struct Assessment {
    /// What was pooled.
    pub key: PoolKey,
    /// Positions of all its findings, primary or not.
    pub members: Vec<usize>,
    /// The synthesis on the default measure, or the one asked for.
    pub synthesis: Synthesis,
    /// The same in SD, when at least one study can be put there.
    pub in_sd: Option<Synthesis>,
    /// What it says; `None` when nothing could be pooled.
    pub verdict: Option<Verdict>,
    /// How sure.
    pub judgement: Judgement,
    /// Whether every pooled study is randomised.
    pub randomised: bool,
}

impl Assessment {
    /// People in the pooled studies; 0 when no study says.
    pub fn people(&self, effects: &[Effect]) -> u64 {
        self.synthesis.studies.iter().filter_map(|study| effects[study.index].n).sum()
    }
}

/// One cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// The outcome domain.
    pub domain: DomainId,
    /// Positions of its assessments, the leading one first.
    pub assessments: Vec<usize>,
    /// Those among them that show a harm to clients.
    pub harms: Vec<usize>,
    /// Those among them that show a loss to the lender.
    pub lender_losses: Vec<usize>,
    /// Different samples under it.
    pub samples: usize,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The practice.
    pub practice: PracticeId,
    /// One cell for each of the catalogue's domains, in its order.
    pub cells: Vec<Cell>,
}

/// The whole map.
#[derive(Debug, Clone)]
pub struct EvidenceMap {
    /// Every pool, by key.
    pub assessments: Vec<Assessment>,
    /// One row for each of the catalogue's practices, in its order.
    pub rows: Vec<Row>,
}

/// All findings as effects, at the same positions.
pub fn effects_of(findings: &[Finding], catalogue: &Catalogue) -> Vec<Effect> {
    findings.iter().enumerate().map(|(at, finding)| Effect::from_finding(at, finding, catalogue)).collect()
}

/// Assesses one pool with the options given; the verdict always uses SD where it can.
///
/// # Errors
/// As [`synthesise`].
pub fn assess(
    effects: &[Effect],
    key: &PoolKey,
    members: &[usize],
    catalogue: &Catalogue,
    options: &Options,
) -> Result<Assessment, Refusal> {
    let with_thresholds = Options { thresholds: verdict::THRESHOLDS.to_vec(), ..options.clone() };
    let mut synthesis = synthesise(effects, members, &with_thresholds)?;
    let in_sd = if synthesis.measure == Measure::Smd {
        synthesis.clone()
    } else {
        let sd_options = Options {
            measure: Some(Measure::Smd),
            prior_mu_sd: None,
            prior_tau: None,
            detail: false,
            ..with_thresholds
        };
        synthesise(effects, members, &sd_options)?
    };
    let in_sd = Some(in_sd).filter(|in_sd| in_sd.k > 0);
    let better = catalogue.find_outcome(key.outcome.as_str()).map(|outcome| outcome.better);
    let verdict = better.and_then(|better| verdict::verdict(in_sd.as_ref().unwrap_or(&synthesis), better));
    let mut judgement = judge(effects, &synthesis, in_sd.as_ref(), catalogue);
    if options.measure.is_some() {
        // Choosing a scale must not raise the certainty: the default scale's judgement stands if it is lower.
        let default = synthesise(effects, members, &Options { measure: None, ..options.clone() })?;
        let by_default = judge(effects, &default, in_sd.as_ref(), catalogue);
        if default.k > 0 && by_default.certainty < judgement.certainty {
            judgement = by_default;
        }
    }
    if let Some(in_sd) = in_sd.as_ref().filter(|in_sd| in_sd.k != synthesis.k) {
        synthesis.warnings.push(Warning {
            code: "verdict_on_other_studies",
            study: None,
            text: format!(
                "direction and size are read from the {} of {} studies that carry a standard deviation",
                in_sd.k, synthesis.k
            ),
        });
    }
    let randomised = synthesis.k > 0
        && synthesis.studies.iter().all(|study| {
            catalogue
                .find_design(&effects[study.index].design)
                .is_some_and(whatworks_domain::Design::is_randomised)
        });
    Ok(Assessment {
        key: key.clone(),
        members: members.to_vec(),
        synthesis,
        in_sd,
        verdict,
        judgement,
        randomised,
    })
}

/// Builds the map.
///
/// # Errors
/// [`Refusal`] when findings of the commons cannot be pooled; the shipped base never refuses (a test).
pub fn evidence_map(findings: &[Finding], catalogue: &Catalogue) -> Result<EvidenceMap, Refusal> {
    let effects = effects_of(findings, catalogue);
    let mut pools: BTreeMap<PoolKey, Vec<usize>> = BTreeMap::new();
    for (index, finding) in findings.iter().enumerate() {
        pools.entry(finding.pool_key()).or_default().push(index);
    }
    let assessments = pools
        .iter()
        .map(|(key, members)| assess(&effects, key, members, catalogue, &Options::default()))
        .collect::<Result<Vec<_>, _>>()?;
    let rows = rows(&assessments, findings, &effects, catalogue);
    Ok(EvidenceMap { assessments, rows })
}

fn rows(
    assessments: &[Assessment],
    findings: &[Finding],
    effects: &[Effect],
    catalogue: &Catalogue,
) -> Vec<Row> {
    let mut by_cell: BTreeMap<(&PracticeId, &DomainId), Vec<usize>> = BTreeMap::new();
    for (at, assessment) in assessments.iter().enumerate() {
        if let Some(outcome) = catalogue.find_outcome(assessment.key.outcome.as_str()) {
            by_cell.entry((&assessment.key.practice, &outcome.domain)).or_default().push(at);
        }
    }
    let has_direction = |assessment: &Assessment| {
        let outcome = catalogue.find_outcome(assessment.key.outcome.as_str());
        outcome.is_some_and(|outcome| outcome.better.sign().is_some())
    };
    let order = |at: usize| {
        let assessment = &assessments[at];
        let place = catalogue.outcomes.iter().position(|outcome| outcome.id == assessment.key.outcome);
        (
            assessment.synthesis.k == 0,
            !assessment.randomised,
            !has_direction(assessment),
            assessment.key.estimand,
            Reverse(assessment.synthesis.k),
            Reverse(assessment.people(effects)),
            place,
            at,
        )
    };
    let cell = |practice: &PracticeId, domain: &DomainId| {
        let mut held = by_cell.get(&(practice, domain)).cloned().unwrap_or_default();
        held.sort_by_key(|at| order(*at));
        let losses = |kind: OutcomeKind| {
            let is_loss = |at: &usize| {
                let assessment = &assessments[*at];
                let outcome = catalogue.find_outcome(assessment.key.outcome.as_str());
                outcome.is_some_and(|outcome| outcome.kind == kind)
                    && assessment.randomised
                    && assessment.verdict.is_some_and(|verdict| verdict.is_harmful())
            };
            held.iter().copied().filter(is_loss).collect::<Vec<_>>()
        };
        let mut samples: Vec<&str> = held
            .iter()
            .flat_map(|at| assessments[*at].members.iter().map(|index| findings[*index].sample_id.as_str()))
            .collect();
        samples.sort_unstable();
        samples.dedup();
        Cell {
            domain: domain.clone(),
            harms: losses(OutcomeKind::Harm),
            lender_losses: losses(OutcomeKind::Lender),
            samples: samples.len(),
            assessments: held,
        }
    };
    catalogue
        .practices
        .iter()
        .map(|practice| Row {
            practice: practice.id.clone(),
            cells: catalogue.domains.iter().map(|domain| cell(&practice.id, &domain.id)).collect(),
        })
        .collect()
}

impl EvidenceMap {
    /// The assessment of a pool.
    pub fn find(&self, key: &PoolKey) -> Option<&Assessment> {
        self.assessments
            .binary_search_by(|assessment| assessment.key.cmp(key))
            .ok()
            .map(|at| &self.assessments[at])
    }

    /// How many pools are rated at each level, the highest first.
    pub fn count_by_certainty(&self) -> Vec<(Certainty, usize)> {
        let levels =
            [Certainty::High, Certainty::Moderate, Certainty::Low, Certainty::VeryLow, Certainty::NotRated];
        let count = |level| self.assessments.iter().filter(|one| one.judgement.certainty == level).count();
        levels.into_iter().map(|level| (level, count(level))).collect()
    }
}
