//! The job that forgets what nobody needs any more: ended sessions and used links, done jobs, mail that was sent.
//!
//! Rule: once a day; each is kept for 90 days, so that a question about last month can still be answered.

use super::{JobError, new_job};
use time::{Duration, OffsetDateTime};
use whatworks_store::{Store, StoreError};

/// The kind of this job; its body is empty.
pub(super) const KIND: &str = "housekeeping";
/// How long what is over is kept.
const KEPT: Duration = Duration::days(90);

/// Queues the day's round.
pub(super) async fn queue(
    store: &Store,
    random: fn() -> [u8; 32],
    now: OffsetDateTime,
) -> Result<(), StoreError> {
    let once = format!("{KIND} {}", now.date());
    store.jobs().enqueue(&new_job(KIND, once, String::new(), random(), now), now).await
}

/// Forgets what is over.
pub(super) async fn run(store: &Store, now: OffsetDateTime) -> Result<(), JobError> {
    let before = now - KEPT;
    let forget = async {
        store.sessions().forget_before(before).await?;
        store.outbox().forget_before(before).await?;
        store.jobs().forget_before(before).await
    };
    forget.await.map_err(|error: StoreError| JobError::Failed(error.to_string()))?;
    Ok(())
}
