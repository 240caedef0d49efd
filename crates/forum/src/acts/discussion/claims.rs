//! Claims: stated by editors, bound to statements, watched by members, held against the evidence as it moves.
//!
//! Rules: what the evidence says of a claim, and when belief parts from it, are those of
//! [`whatworks_evidence::claims`]; belief is the votes on the shown statements that say the claim, in all questions, as
//! computed last. When certainty, direction or divergence changes, the change is kept and the watchers are told, once.

use super::questions::runner;
use super::{allow, audit, fault_with, id_of, language, opinions, standing};
use crate::access::{Act, Actor, Relation, Verdict, may};
use crate::notices::DiscussionNotice;
use crate::refused::Refused;
use std::collections::BTreeMap;
use time::OffsetDateTime;
use whatworks_domain::claim::MAX_SENTENCE_LENGTH;
use whatworks_domain::{Certainty, Claim, ClaimError, PoolKey, Says};
use whatworks_evidence::claims::{Belief, Weighed, is_divergent, weigh_in};
use whatworks_evidence::map::EvidenceMap;
use whatworks_store::forum::{NewClaim, Reassessed, StoredClaim};
use whatworks_store::{Consequences, Store};

/// The evidence at one version.
#[derive(Debug, Clone, Copy)]
pub struct EvidenceNow<'a> {
    /// Every pool, assessed.
    pub map: &'a EvidenceMap,
    /// Grows by one with each act that changes the evidence.
    pub version: i64,
    /// Digest of the findings.
    pub digest: &'a str,
}

/// A claim to state, or to state anew.
#[derive(Debug, Clone, Copy)]
pub struct StateClaim<'a> {
    /// The claim to state anew; none for a new one.
    pub claim_id: Option<&'a str>,
    /// The sentence.
    pub sentence: &'a str,
    /// Code of its language.
    pub language: &'a str,
    /// What it says that the evidence shows.
    pub asserts: Says,
    /// Pool keys of the syntheses under it; none for a claim that nobody has studied something.
    pub rests_on: &'a [String],
    /// Of its form.
    pub once: &'a str,
}

/// The certainty of a word.
pub(crate) fn certainty_of(code: &str) -> Option<Certainty> {
    use Certainty::{High, Low, Moderate, NotRated, VeryLow};
    [NotRated, VeryLow, Low, Moderate, High].into_iter().find(|one| one.as_str() == code)
}

/// States a claim; gives back its id.
///
/// # Errors
/// [`Refused::Fault`]: `text-missing`, `text-long`, `choice`, `no-such-evidence`; [`Refused::Missing`] for a claim to
/// state anew that is not there; refusals of [`Act::StateClaim`]; [`Refused::Store`].
pub async fn state_claim(
    store: &Store,
    actor: Option<&Actor>,
    asked: StateClaim<'_>,
    evidence: EvidenceNow<'_>,
    now: OffsetDateTime,
) -> Result<String, Refused> {
    let actor = allow(actor, Act::StateClaim, Relation::None)?;
    standing(store, actor, Act::StateClaim, now).await?;
    let language = language(asked.language)?;
    let keys = keys(asked.rests_on)?;
    if keys.iter().any(|key| evidence.map.find(key).is_none()) {
        return Err(Refused::fault("rests_on", "no-such-evidence"));
    }
    let weighed = weigh_in(evidence.map, &keys);
    let line = asked.sentence.split_whitespace().collect::<Vec<_>>().join(" ");
    let claim = Claim::new(&line, keys, weighed.certainty).map_err(|error| match error {
        ClaimError::Empty => Refused::fault("sentence", "text-missing"),
        ClaimError::TooLong(_) => fault_with("sentence", "text-long", "most", &MAX_SENTENCE_LENGTH),
        ClaimError::NoSynthesis => Refused::fault("rests_on", "no-such-evidence"),
    })?;
    let claim_id = match asked.claim_id {
        None => id_of("claim", &format!("{}:{}", actor.member_id, asked.once)),
        Some(id) => store.claims().find(id).await?.ok_or(Refused::Missing("claim"))?.claim_id,
    };
    let belief = belief(store, &claim_id).await?;
    let rests_on: Vec<String> = claim.rests_on().iter().map(ToString::to_string).collect();
    let new = NewClaim {
        claim_id: &claim_id,
        sentence: claim.sentence(),
        language: &language,
        asserts: asked.asserts.code(),
        rests_on: &rests_on,
        now_says: reassessed(asked.asserts, weighed, belief, evidence),
        stated_by: &actor.member_id,
    };
    let record = audit(&actor.member_id, "state-claim", &claim_id, "");
    let also = Consequences { audit: vec![record], ..Consequences::default() };
    store.claims().save(&new, &also, now).await?;
    Ok(claim_id)
}

fn keys(rests_on: &[String]) -> Result<Vec<PoolKey>, Refused> {
    let key = |text: &String| text.parse().map_err(|_| Refused::fault("rests_on", "no-such-evidence"));
    rests_on.iter().map(key).collect()
}

fn reassessed(asserts: Says, weighed: Weighed, belief: Belief, evidence: EvidenceNow<'_>) -> Reassessed<'_> {
    Reassessed {
        certainty: weighed.certainty.as_str(),
        direction: weighed.says.code(),
        is_divergent: is_divergent(asserts, weighed, belief),
        evidence_version: evidence.version,
        evidence_digest: evidence.digest,
    }
}

/// What members believe of a claim: the votes on its shown statements, in all questions, as computed last.
///
/// # Errors
/// [`Refused::Store`].
pub async fn belief(store: &Store, claim_id: &str) -> Result<Belief, Refused> {
    let mut numbers: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for statement in store.statements().list_of_claim(claim_id).await? {
        numbers.entry(statement.slug).or_default().push(statement.number.to_string());
    }
    let mut belief = Belief::default();
    for (slug, numbers) in numbers {
        let Some(map) = opinions::find_opinions(store, &slug).await? else { continue };
        for result in map.statements.iter().filter(|result| numbers.contains(&result.id)) {
            belief.agree += result.answers.agree;
            belief.disagree += result.answers.disagree;
            belief.pass += result.answers.pass;
        }
    }
    Ok(belief)
}

/// Says that a statement says a claim in other words, or that it says none. Editors may, and who runs the question.
///
/// # Errors
/// [`Refused::Missing`]; [`Refused::NotAllowed`]; refusals of [`Act::RunQuestion`]; [`Refused::Store`].
pub async fn bind_statement(
    store: &Store,
    actor: Option<&Actor>,
    (slug, number): (&str, i64),
    claim_id: Option<&str>,
    now: OffsetDateTime,
) -> Result<(), Refused> {
    if may(actor, Act::StateClaim, Relation::None) == Verdict::Allowed {
        super::open_question(store, actor, slug, now).await?;
    } else {
        runner(store, actor, slug, Act::RunQuestion, now).await?;
    }
    if store.statements().find(slug, number).await?.is_none() {
        return Err(Refused::Missing("statement"));
    }
    if let Some(id) = claim_id
        && store.claims().find(id).await?.is_none()
    {
        return Err(Refused::Missing("claim"));
    }
    Ok(store.statements().link_claim(slug, number, claim_id).await?)
}

/// Begins or ends the actor's watch on a claim.
///
/// # Errors
/// [`Refused::Missing`]; refusals of [`Act::WatchClaim`]; [`Refused::Store`].
pub async fn watch_claim(
    store: &Store,
    actor: Option<&Actor>,
    claim_id: &str,
    is_watched: bool,
    now: OffsetDateTime,
) -> Result<(), Refused> {
    let actor = allow(actor, Act::WatchClaim, Relation::None)?;
    standing(store, actor, Act::WatchClaim, now).await?;
    if store.claims().find(claim_id).await?.is_none() {
        return Err(Refused::Missing("claim"));
    }
    Ok(store.claims().watch(claim_id, &actor.member_id, is_watched, now).await?)
}

/// Holds every claim against the evidence, and against what members believe: the body of a job that may run twice and
/// on several servers. Gives back how many claims moved.
///
/// # Errors
/// [`Refused::Store`].
pub async fn recheck_claims(
    store: &Store,
    evidence: EvidenceNow<'_>,
    now: OffsetDateTime,
) -> Result<usize, Refused> {
    let mut moved = 0;
    for claim in store.claims().list().await? {
        moved += usize::from(recheck(store, &claim, evidence, now).await?);
    }
    Ok(moved)
}

async fn recheck(
    store: &Store,
    claim: &StoredClaim,
    evidence: EvidenceNow<'_>,
    now: OffsetDateTime,
) -> Result<bool, Refused> {
    let keys: Vec<PoolKey> = claim.rests_on.iter().filter_map(|key| key.parse().ok()).collect();
    let weighed = weigh_in(evidence.map, &keys);
    let asserts = Says::find(&claim.asserts).unwrap_or(Says::Open);
    let says = reassessed(asserts, weighed, belief(store, &claim.claim_id).await?, evidence);
    let before = told(&claim.certainty, &claim.direction, claim.is_divergent);
    let after = told(says.certainty, says.direction, says.is_divergent);
    if before == after {
        if claim.evidence_version < evidence.version {
            store.claims().reassess(claim, says, None, &Consequences::default(), now).await?;
        }
        return Ok(false);
    }
    let notice = DiscussionNotice::ClaimMoved {
        claim: claim.sentence.clone(),
        path: format!("/claims/{}", claim.claim_id),
        certainty_before: claim.certainty.clone(),
        certainty: says.certainty.into(),
        says_before: claim.direction.clone(),
        says: says.direction.into(),
        is_divergent: says.is_divergent,
    };
    let number = store.claims().list_changes(&claim.claim_id).await?.len() + 1;
    let once = format!("claim-moved:{}:{number}", claim.claim_id);
    let watchers = store.claims().list_watchers(&claim.claim_id).await?;
    let mail = watchers.iter().map(|watcher| notice.mail(watcher, &once)).collect();
    let also = Consequences { mail, ..Consequences::default() };
    Ok(store.claims().reassess(claim, says, Some((&before, &after)), &also, now).await?)
}

/// What is told of a claim at one time, as the record of its changes keeps it: certainty, direction, and whether belief
/// parts from it.
fn told(certainty: &str, direction: &str, is_divergent: bool) -> String {
    format!("{certainty} {direction} {}", if is_divergent { "divergent" } else { "together" })
}
