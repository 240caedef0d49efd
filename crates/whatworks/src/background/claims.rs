//! The job that holds every claim against the evidence of now, and against what members believe.
//!
//! Rule: once for each version of the evidence, and once an hour, since beliefs move with votes. Of several servers one
//! does it; twice does no harm. Findings that cannot be pooled at all leave the claims as they were.

use super::{JobError, new_job};
use time::OffsetDateTime;
use whatworks_forum::acts::discussion::claims::{EvidenceNow, recheck_claims};
use whatworks_store::{Store, StoreError};
use whatworks_web::Commons;

/// The kind of this job; its body is empty.
pub(super) const KIND: &str = "claims";

/// Queues a look at the claims.
pub(super) async fn queue(
    store: &Store,
    commons: &Commons,
    random: fn() -> [u8; 32],
    now: OffsetDateTime,
) -> Result<(), StoreError> {
    let hour = now.unix_timestamp().div_euclid(3600);
    let once = format!("{KIND} {} {hour}", commons.evidence().version);
    store.jobs().enqueue(&new_job(KIND, once, String::new(), random(), now), now).await
}

/// Looks at every claim.
pub(super) async fn recheck(store: &Store, commons: &Commons, now: OffsetDateTime) -> Result<(), JobError> {
    let evidence = commons.evidence();
    let map = evidence.map().map_err(|refusal| JobError::Failed(format!("{refusal:?}")))?;
    let known = EvidenceNow { map, version: evidence.version, digest: &evidence.digest };
    recheck_claims(store, known, now).await?;
    Ok(())
}
