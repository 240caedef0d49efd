//! What the program does beside answering: jobs that several servers on one database share.
//!
//! Rule: a job is queued once under a name that says what it is about, held by one server for a lease, and may run twice
//! (a server that stops in the middle loses its lease), so every kind gives the same outcome again. A job that fails is
//! tried later, each time after a longer while, and given up after a day with its error kept.

mod claims;
mod housekeeping;
mod opinions;

use crate::commands::now;
use std::sync::Arc;
use time::{Duration, OffsetDateTime};
use whatworks_forum::Refused;
use whatworks_store::{DueJob, NewJob, Store, StoreError};
use whatworks_web::Commons;

/// How often the queue is looked at.
const LOOK_EVERY: std::time::Duration = std::time::Duration::from_secs(5);
/// How long a server holds a job before another may take it.
const LEASE: Duration = Duration::minutes(5);
/// Jobs taken at a time.
const AT_ONCE: u32 = 4;
/// Tries before a job is given up; with the waits between them, about a day.
const MOST_TRIES: i64 = 12;

/// Why a job did not come to its end.
#[derive(Debug, thiserror::Error)]
enum JobError {
    #[error(transparent)]
    Refused(#[from] Refused),
    #[error("{0}")]
    Failed(String),
}

/// Looks at the queue until the program stops.
pub(crate) async fn work(store: Store, commons: Arc<Commons>, random: fn() -> [u8; 32]) {
    let mut ticks = tokio::time::interval(LOOK_EVERY);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        // A database that is out of reach now is looked at again in five seconds.
        let _ = turn(&store, &commons, random, now()).await;
    }
}

/// Queues what is due by the state of things, then does what is queued.
async fn turn(
    store: &Store,
    commons: &Commons,
    random: fn() -> [u8; 32],
    now: OffsetDateTime,
) -> Result<(), StoreError> {
    opinions::queue(store, random, now).await?;
    claims::queue(store, commons, random, now).await?;
    housekeeping::queue(store, random, now).await?;
    for job in store.jobs().claim_due(AT_ONCE, LEASE, now).await? {
        match run(store, commons, &job, now).await {
            Ok(()) => store.jobs().mark_done(&job, now).await?,
            Err(error) if job.tries >= MOST_TRIES => {
                store.jobs().give_up(&job, &error.to_string(), now).await?;
            }
            Err(error) => store.jobs().try_later(&job, now + wait(job.tries), &error.to_string()).await?,
        }
    }
    Ok(())
}

async fn run(store: &Store, commons: &Commons, job: &DueJob, now: OffsetDateTime) -> Result<(), JobError> {
    match job.kind.as_str() {
        claims::KIND => claims::recheck(store, commons, now).await,
        housekeeping::KIND => housekeeping::run(store, now).await,
        opinions::KIND => opinions::compute(store, &job.body, now).await,
        other => Err(JobError::Failed(format!("this version of the program knows no job “{other}”"))),
    }
}

/// 1, 2, 4 … minutes, at most four hours.
fn wait(tries: i64) -> Duration {
    let doublings = u32::try_from(tries.clamp(1, 9) - 1).unwrap_or(0);
    Duration::minutes(1_i64 << doublings).min(Duration::hours(4))
}

/// A job's random id.
fn job_id(random: [u8; 32]) -> String {
    data_encoding::BASE32_NOPAD.encode(&random[..16]).to_lowercase()
}

/// A job that may run at once.
fn new_job(kind: &str, once: String, body: String, random: [u8; 32], now: OffsetDateTime) -> NewJob {
    NewJob { job_id: job_id(random), once, kind: kind.to_owned(), body, run_at: now }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failing_job_waits_longer_each_time() {
        let waits: Vec<i64> = (1..=12).map(|tries| wait(tries).whole_minutes()).collect();
        assert_eq!(waits, [1, 2, 4, 8, 16, 32, 64, 128, 240, 240, 240, 240]);
        assert!(waits.iter().sum::<i64>() > 16 * 60);
    }
}
