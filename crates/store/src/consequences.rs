//! What follows from an act: mail to send, jobs to run, rows of the record of acts with power.
//!
//! Rule: they are written in the transaction of the act, so that none is without the others, and last in it, because
//! the record's lock is held until the transaction ends.

use crate::audit::{self, NewAudit};
use crate::db::Transaction;
use crate::error::StoreError;
use crate::jobs::{self, NewJob};
use crate::outbox::{self, NewMail};
use time::OffsetDateTime;

/// What follows from an act. [`Default`] is nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Consequences {
    /// Mail.
    pub mail: Vec<NewMail>,
    /// Jobs.
    pub jobs: Vec<NewJob>,
    /// Rows of the record.
    pub audit: Vec<NewAudit>,
}

/// Writes them. To be called last before the commit.
pub(crate) async fn write(
    transaction: &mut Transaction,
    consequences: &Consequences,
    now: OffsetDateTime,
) -> Result<(), StoreError> {
    for mail in &consequences.mail {
        outbox::enqueue(transaction, mail, now).await?;
    }
    for job in &consequences.jobs {
        jobs::enqueue(transaction, job, now).await?;
    }
    for entry in &consequences.audit {
        audit::append(transaction, entry, now).await?;
    }
    Ok(())
}
