//! What the site shows: one immutable snapshot of the evidence, replaced as a whole when the evidence changes.
//!
//! Every page is a pure function of a snapshot, an address and a language, so a page can be kept until the snapshot's
//! version changes. Left out: how the evidence is stored and read; the program hands it in.

use crate::cache::PageCache;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};
use whatworks_domain::{Catalogue, Finding, FindingId, OutcomeId, PoolKey, PracticeId, StudyId};
use whatworks_evidence::effect::Effect;
use whatworks_evidence::map::{EvidenceMap, effects_of, evidence_map};
use whatworks_evidence::synthesis::Refusal;

/// The evidence at one version, with the indexes that pages need. Positions point into `findings`.
#[derive(Debug)]
pub struct Evidence {
    /// Grows by one with each act that changes the evidence.
    pub version: i64,
    /// Digest of the findings, for citations.
    pub digest: String,
    /// Practices, outcomes and the rest of the words.
    pub catalogue: Catalogue,
    /// All findings in their stable order.
    pub findings: Vec<Finding>,
    /// Findings by id.
    pub by_id: BTreeMap<FindingId, usize>,
    /// Findings by the pool they can enter.
    pub by_key: BTreeMap<PoolKey, Vec<usize>>,
    /// Findings by practice.
    pub by_practice: BTreeMap<PracticeId, Vec<usize>>,
    /// Findings by outcome.
    pub by_outcome: BTreeMap<OutcomeId, Vec<usize>>,
    /// Findings by study.
    pub by_study: BTreeMap<StudyId, Vec<usize>>,
    effects: OnceLock<Vec<Effect>>,
    map: OnceLock<Result<EvidenceMap, Refusal>>,
}

impl Evidence {
    /// Indexes a catalogue and its findings.
    pub fn new(version: i64, digest: String, catalogue: Catalogue, findings: Vec<Finding>) -> Self {
        let mut by_id = BTreeMap::new();
        let mut by_key: BTreeMap<PoolKey, Vec<usize>> = BTreeMap::new();
        let mut by_practice: BTreeMap<PracticeId, Vec<usize>> = BTreeMap::new();
        let mut by_outcome: BTreeMap<OutcomeId, Vec<usize>> = BTreeMap::new();
        let mut by_study: BTreeMap<StudyId, Vec<usize>> = BTreeMap::new();
        for (at, finding) in findings.iter().enumerate() {
            by_id.insert(finding.finding_id.clone(), at);
            by_key.entry(finding.pool_key()).or_default().push(at);
            by_practice.entry(finding.practice.clone()).or_default().push(at);
            by_outcome.entry(finding.outcome.clone()).or_default().push(at);
            by_study.entry(finding.study_id.clone()).or_default().push(at);
        }
        let (effects, map) = (OnceLock::new(), OnceLock::new());
        Self {
            version,
            digest,
            catalogue,
            findings,
            by_id,
            by_key,
            by_practice,
            by_outcome,
            by_study,
            effects,
            map,
        }
    }

    /// The findings as effects, at the same positions; made when first asked for.
    pub fn effects(&self) -> &[Effect] {
        self.effects.get_or_init(|| effects_of(&self.findings, &self.catalogue))
    }

    /// Every pool assessed, and the evidence map; made when first asked for.
    ///
    /// # Errors
    /// [`Refusal`] when the findings cannot be pooled.
    pub fn map(&self) -> Result<&EvidenceMap, &Refusal> {
        self.map.get_or_init(|| evidence_map(&self.findings, &self.catalogue)).as_ref()
    }

    /// The finding of this id.
    pub fn find_finding(&self, id: &str) -> Option<&Finding> {
        self.by_id.get(id).and_then(|at| self.findings.get(*at))
    }
    /// The findings on a practice, in their stable order.
    pub fn list_by_practice(&self, id: &str) -> Vec<&Finding> {
        self.at(self.by_practice.get(id))
    }
    /// The findings on an outcome, in their stable order.
    pub fn list_by_outcome(&self, id: &str) -> Vec<&Finding> {
        self.at(self.by_outcome.get(id))
    }
    /// The findings of a study, in their stable order.
    pub fn list_by_study(&self, id: &str) -> Vec<&Finding> {
        self.at(self.by_study.get(id))
    }
    /// The findings of a pool, primary or not, in their stable order.
    pub fn list_by_key(&self, key: &PoolKey) -> Vec<&Finding> {
        self.at(self.by_key.get(key))
    }

    fn at(&self, positions: Option<&Vec<usize>>) -> Vec<&Finding> {
        positions.into_iter().flatten().filter_map(|at| self.findings.get(*at)).collect()
    }
}

/// What all requests share.
#[derive(Debug)]
pub struct Commons {
    evidence: RwLock<Arc<Evidence>>,
    pub(crate) pages: PageCache,
}

impl Commons {
    /// A commons that shows this evidence.
    pub fn new(evidence: Evidence) -> Self {
        Self {
            evidence: RwLock::new(Arc::new(evidence)),
            pages: PageCache::new(crate::cache::DEFAULT_CAPACITY),
        }
    }

    /// The snapshot that a request reads from start to end.
    pub fn evidence(&self) -> Arc<Evidence> {
        Arc::clone(&self.evidence.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Puts another snapshot in place; requests under way finish on the one they began with.
    pub fn replace(&self, evidence: Evidence) {
        *self.evidence.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(evidence);
        self.pages.clear();
    }
}
