//! What the site shows: one immutable snapshot of the evidence, replaced as a whole when the evidence changes.
//!
//! Every page is a pure function of a snapshot, an address and a language, so a page can be kept until the snapshot's
//! version changes. Left out: how the evidence is stored and read; the program hands it in.

use crate::cache::PageCache;
use crate::intake::Intake;
use crate::member::{ForumSetting, ForumSite};
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};
use time::OffsetDateTime;
use whatworks_domain::{Catalogue, Finding, FindingId, OutcomeId, PoolKey, PracticeId, StudyId};
use whatworks_evidence::effect::Effect;
use whatworks_evidence::map::{EvidenceMap, effects_of, evidence_map};
use whatworks_evidence::synthesis::Refusal;
use whatworks_store::{RetractedFinding, Store, StoredPacket};

/// The signed packet of a finding, and whether its validity had passed when the snapshot was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seal {
    /// The packet, with what is known of its key.
    pub packet: StoredPacket,
    /// Whether it was valid only until a moment before the snapshot.
    pub is_expired: bool,
}

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
    /// The signed packets that findings came in; a finding of the evidence base has none.
    pub seals: BTreeMap<FindingId, Seal>,
    /// Findings that were taken back; none of them is in `findings`.
    pub retracted: BTreeMap<FindingId, RetractedFinding>,
    /// The moment that validity was judged at.
    pub as_of: OffsetDateTime,
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
            seals: BTreeMap::new(),
            retracted: BTreeMap::new(),
            as_of: OffsetDateTime::UNIX_EPOCH,
            effects,
            map,
        }
    }

    /// The same evidence with the packets that its findings came in and the findings that were taken back, as of a
    /// moment.
    #[must_use]
    pub fn with_packets(
        mut self,
        packets: Vec<StoredPacket>,
        retracted: Vec<RetractedFinding>,
        as_of: OffsetDateTime,
    ) -> Self {
        for packet in packets {
            if let Ok(id) = FindingId::new(&packet.finding_id) {
                let is_expired = packet.valid_until < as_of;
                self.seals.insert(id, Seal { packet, is_expired });
            }
        }
        let by_id = retracted.into_iter().map(|one| (one.finding.finding_id.clone(), one));
        self.retracted = by_id.collect();
        self.as_of = as_of;
        self
    }

    /// Whether a packet that was valid when the snapshot was made is so no longer.
    pub fn is_outdated(&self, now: OffsetDateTime) -> bool {
        self.seals.values().any(|seal| !seal.is_expired && seal.packet.valid_until < now)
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
    pub(crate) intake: Option<Intake>,
    pub(crate) forum: Option<Arc<ForumSite>>,
}

impl Commons {
    /// A commons that shows this evidence and takes nothing in.
    pub fn new(evidence: Evidence) -> Self {
        Self {
            evidence: RwLock::new(Arc::new(evidence)),
            pages: PageCache::new(crate::cache::DEFAULT_CAPACITY),
            intake: None,
            forum: None,
        }
    }

    /// A commons that shows this evidence, takes signed packets into the store, and asks `clock` for the time.
    pub fn receiving(evidence: Evidence, store: Store, clock: fn() -> OffsetDateTime) -> Self {
        Self { intake: Some(Intake::new(store, clock)), ..Self::new(evidence) }
    }

    /// The same commons with members and their forum.
    #[must_use]
    pub fn with_forum(mut self, setting: ForumSetting) -> Self {
        self.forum = Some(Arc::new(ForumSite::new(setting)));
        self
    }

    /// The snapshot that a request reads from start to end.
    pub fn evidence(&self) -> Arc<Evidence> {
        Arc::clone(&self.evidence.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Puts another snapshot in place, unless it is older than the one there; requests under way finish on the one they
    /// began with.
    pub fn replace(&self, evidence: Evidence) {
        {
            let mut shown = self.evidence.write().unwrap_or_else(PoisonError::into_inner);
            if evidence.version < shown.version {
                return;
            }
            *shown = Arc::new(evidence);
        }
        self.pages.clear();
    }
}
