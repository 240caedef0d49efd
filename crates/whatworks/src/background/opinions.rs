//! The job that computes what the votes of a question say.
//!
//! Rule: at most once a minute for each question, and under a name that holds the count of votes and the time
//! of the last result, so that of several servers one computes. The mathematics takes seconds for a large discussion and runs beside the threads that answer.

use super::{JobError, new_job};
use std::num::NonZeroUsize;
use time::{Duration, OffsetDateTime};
use whatworks_forum::acts::discussion::opinions::compute_opinions;
use whatworks_store::{Store, StoreError};

/// The kind of this job; its body is the question's address.
pub(super) const KIND: &str = "opinion";
/// How old a result must be before another is computed.
const AT_MOST_EVERY: Duration = Duration::MINUTE;

/// Queues the questions whose votes have moved on.
pub(super) async fn queue(
    store: &Store,
    random: fn() -> [u8; 32],
    now: OffsetDateTime,
) -> Result<(), StoreError> {
    for slug in store.opinions().list_behind().await? {
        let last = store.opinions().find(&slug).await?.map(|last| last.computed_at);
        let is_fresh = last.is_some_and(|last| now - last < AT_MOST_EVERY);
        let Some(question) = store.questions().find(&slug).await? else { continue };
        if !is_fresh {
            // A statement taken out changes the result without a vote: the name holds the last result's time too.
            let last = last.map_or(0, OffsetDateTime::unix_timestamp);
            let once = format!("{KIND} {slug} {} {last}", question.votes);
            store.jobs().enqueue(&new_job(KIND, once, slug, random(), now), now).await?;
        }
    }
    Ok(())
}

/// Computes and keeps the opinions of a question.
pub(super) async fn compute(store: &Store, slug: &str, now: OffsetDateTime) -> Result<(), JobError> {
    let (store, slug) = (store.clone(), slug.to_owned());
    let threads = std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
    let runtime = tokio::runtime::Handle::current();
    let beside = move || runtime.block_on(compute_opinions(&store, &slug, threads, now));
    let computed = tokio::task::spawn_blocking(beside).await;
    computed.map_err(|error| JobError::Failed(error.to_string()))??;
    Ok(())
}
