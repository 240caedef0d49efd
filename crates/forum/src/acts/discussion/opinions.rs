//! The job that computes what the votes of a question say, and its result as pages and other acts read it.
//!
//! Rule (D13): the result is kept with the head of the log that it was computed from; computing again from the same
//! votes gives the same bytes, so the job may run twice and on several servers. Segments are region and sector as noted
//! at the first vote. Groups keep their letters from one result to the next. Left out: results without whom
//! the signals of integrity name (D12), which need the log and are made when asked for.

use crate::refused::Refused;
use std::collections::BTreeSet;
use std::num::NonZeroUsize;
use time::OffsetDateTime;
use whatworks_domain::forum::{Ballot, PassReason, StatementStatus};
use whatworks_evidence::opinion::{
    self, Answer, LoggedVote, OpinionMap, Options, Segmentation, VoteLog, map_opinions,
};
use whatworks_store::forum::Voter;
use whatworks_store::{Store, StoreError};

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
    let previous = kept.as_ref().and_then(|kept| read(&kept.body)).map(|map| map.labelling());
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
    let map = map_opinions(&log, &options)
        .map_err(|error| StoreError::Corrupt { what: format!("the votes of question {slug}: {error}") })?;
    let body = serde_json::to_string(&map)
        .map_err(|error| StoreError::Corrupt { what: format!("the opinions of question {slug}: {error}") })?;
    let votes = i64::try_from(votes).unwrap_or(i64::MAX);
    if kept.is_some_and(|kept| kept.body == body && kept.votes == votes) {
        return Ok(false);
    }
    Ok(store.opinions().save(slug, &map.vote_log_head, votes, &body, now).await?)
}

fn read(body: &str) -> Option<OpinionMap> {
    serde_json::from_str(body).ok()
}

/// What the votes of a question say, as computed last; none before that. It names pseudonyms: what everyone may see is
/// [`OpinionMap::for_everyone`].
///
/// # Errors
/// [`Refused::Store`].
pub async fn find_opinions(store: &Store, slug: &str) -> Result<Option<OpinionMap>, Refused> {
    Ok(store.opinions().find(slug).await?.and_then(|kept| read(&kept.body)))
}
