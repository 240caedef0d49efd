//! The job that computes what the votes of a question say, and its result as pages and other acts read it.
//!
//! Rule (D13): the result is kept with the head of the log that it was computed from; computing again from the same
//! votes gives the same bytes, so the job may run twice and on several servers. Segments are region and sector as noted
//! at the first vote. Groups keep their letters from one result to the next. Beside the result stands the same without
//! the voters who carry a sign of coordination (D12), where they are five or more.

use crate::refused::Refused;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::num::NonZeroUsize;
use time::OffsetDateTime;
use whatworks_domain::forum::{Ballot, PassReason, StatementStatus};
use whatworks_evidence::opinion::{
    self, Answer, FirstVote, LoggedVote, OpinionMap, Options, Segmentation, Signs, VoteLog, find_signs,
    map_opinions,
};
use whatworks_store::forum::Voter;
use whatworks_store::{Store, StoreError};

/// People whom a number may tell of.
pub const FEWEST_TOLD: usize = 5;

/// The log of a question as the mathematics reads it.
///
/// # Errors
/// [`Refused::Store`].
pub async fn load_log(store: &Store, slug: &str) -> Result<VoteLog, Refused> {
    let logged = store.votes().load_log(slug).await?;
    let vote = |vote: whatworks_store::forum::LoggedVote| LoggedVote {
        // The place in the log says which vote is the last, as it does where ballots are read: two servers' clocks differ.
        time: vote.position,
        id: vote.position.unsigned_abs(),
        participant: vote.voter,
        statement: vote.statement.to_string(),
        answer: answer(vote.ballot),
    };
    Ok(VoteLog::new(logged.into_iter().map(vote).collect()))
}

fn answer(ballot: Ballot) -> Answer {
    match ballot {
        Ballot::Agree => Answer::Agree,
        Ballot::Disagree => Answer::Disagree,
        Ballot::Pass(PassReason::Unclear) => Answer::Pass(Some(opinion::PassReason::Unclear)),
        Ballot::Pass(PassReason::NoView) => Answer::Pass(Some(opinion::PassReason::NoView)),
        Ballot::Pass(PassReason::NotMyField) => Answer::Pass(Some(opinion::PassReason::NotMyField)),
    }
}

fn segmentation(dimension: &str, voters: &[Voter], of: impl Fn(&Voter) -> &str) -> Segmentation {
    let declared = voters.iter().filter(|voter| !of(voter).is_empty());
    let of = declared.map(|voter| (voter.voter.clone(), of(voter).to_owned())).collect();
    Segmentation { dimension: dimension.to_owned(), of }
}

/// What is computed of a question's votes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Results {
    /// What they say.
    pub map: OpinionMap,
    /// The same without the voters who carry a sign of coordination; none when they are too few to be told of.
    pub without_flagged: Option<OpinionMap>,
    /// How many carry which sign. For facilitators, and for them from [`FEWEST_TOLD`] on.
    pub signs: Signs,
}

/// Computes what the votes of a question say and keeps it, unless the result that is kept counts them all.
/// Gives back whether it computed.
///
/// # Errors
/// [`Refused::Store`]; damage of the store when the mathematics cannot read the log.
pub async fn compute_opinions(
    store: &Store,
    slug: &str,
    threads: NonZeroUsize,
    now: OffsetDateTime,
) -> Result<bool, Refused> {
    let kept = store.opinions().find(slug).await?;
    let log = load_log(store, slug).await?;
    let statements = store.statements().list(slug).await?;
    let of = |wanted: &dyn Fn(StatementStatus) -> bool| -> BTreeSet<String> {
        let some = statements.iter().filter(|one| wanted(one.status));
        some.map(|one| one.number.to_string()).collect()
    };
    let is_open = |status| status == StatementStatus::Shown;
    let voters = store.votes().list_voters(slug).await?;
    let previous = kept.as_ref().and_then(|kept| read(&kept.body)).map(|kept| kept.map.labelling());
    let options = Options {
        discussion: slug.to_owned(),
        statements: of(&is_open),
        moderated_out: of(&|status| !is_open(status)),
        segmentations: vec![
            segmentation("region", &voters, |voter| &voter.region),
            segmentation("sector", &voters, |voter| &voter.sector),
        ],
        previous: previous.unwrap_or_default(),
        threads,
        ..Options::default()
    };
    let votes = log.votes().len();
    let mapped = |log: &VoteLog| {
        map_opinions(log, &options)
            .map_err(|error| StoreError::Corrupt { what: format!("the votes of question {slug}: {error}") })
    };
    let first: Vec<FirstVote<'_>> = voters.iter().map(first_vote).collect();
    let (signs, flagged) = find_signs(&log, &first);
    // The difference between two results must not tell how a few people voted.
    let is_told = flagged.len() >= FEWEST_TOLD;
    let without_flagged = is_told.then(|| mapped(&log.without(&flagged))).transpose()?;
    let results = Results { map: mapped(&log)?, without_flagged, signs };
    let body = serde_json::to_string(&results)
        .map_err(|error| StoreError::Corrupt { what: format!("the opinions of question {slug}: {error}") })?;
    let votes = i64::try_from(votes).unwrap_or(i64::MAX);
    if kept.is_some_and(|kept| kept.body == body && kept.votes == votes) {
        return Ok(false);
    }
    Ok(store.opinions().save(slug, &results.map.vote_log_head, votes, &body, now).await?)
}

fn first_vote(voter: &Voter) -> FirstVote<'_> {
    FirstVote {
        participant: &voter.voter,
        network: &voter.network_hash,
        minute: voter.first_at.unix_timestamp().div_euclid(60),
        is_new: voter.is_new,
    }
}

fn read(body: &str) -> Option<Results> {
    serde_json::from_str(body).ok()
}

/// All that was computed last, with the moment; none before that. It names pseudonyms, as [`find_opinions`] does.
///
/// # Errors
/// [`Refused::Store`].
pub async fn find_results(store: &Store, slug: &str) -> Result<Option<(Results, OffsetDateTime)>, Refused> {
    let kept = store.opinions().find(slug).await?;
    Ok(kept.and_then(|kept| Some((read(&kept.body)?, kept.computed_at))))
}

/// What the votes of a question say, as computed last; none before that. It names pseudonyms: what everyone may see is
/// [`OpinionMap::for_everyone`].
///
/// # Errors
/// [`Refused::Store`].
pub async fn find_opinions(store: &Store, slug: &str) -> Result<Option<OpinionMap>, Refused> {
    Ok(find_results(store, slug).await?.map(|(results, _)| results.map))
}
