//! Everything the commons remembers, on SQLite or PostgreSQL.
//!
//! One module per noun, one SQL text per query, both databases behind one enum. A [`Store`] is opened once and cloned
//! freely. Absence is an `Option`; time is an argument. Left out on purpose: client records, which never reach the
//! commons, and every computation on what is stored.

mod asking;
mod audit;
pub mod backup;
mod consents;
mod consequences;
mod credentials;
mod db;
mod erasure;
mod error;
mod findings;
pub mod forum;
mod jobs;
mod members;
mod moment;
mod outbox;
mod packets;
mod sessions;
pub mod take_out;
mod trust;
mod url;

pub use asking::{Asker, Asking};
pub use audit::{Audit, AuditBreak, AuditFault, AuditRow, AuditVerdict, NewAudit};
pub use consents::{Consent, Consents, NewConsent};
pub use consequences::Consequences;
pub use credentials::{
    CeremonyKind, Credentials, HeldFactors, StoredCeremony, StoredOneTimeCode, StoredPasskey,
};
pub use erasure::{BallotOf, EraseOutcome, ErasureEntry, Erasures};
pub use error::StoreError;
pub use findings::{Findings, LoadOutcome, StoredEvidence};
pub use jobs::{DueJob, JobCounts, Jobs, NewJob};
pub use members::{
    AcceptOutcome, HeldRole, Invitations, JoinOutcome, MemberFilter, Members, NewInvitation, NewMember,
    Organisation, Organisations, Profile, StandingOutcome, StoredInvitation, StoredMember,
};
pub use outbox::{DueMail, MailCounts, NewMail, Outbox};
pub use packets::{
    NewPacket, Packets, ReceiveOutcome, RetractOutcome, RetractedFinding, RetractionAct, StoredPacket,
};
pub use sessions::{NewSession, NewSignInLink, Opening, Sessions, StoredSession, StoredSignInLink};
pub use trust::{KeyOutcome, NewKey, StoredKey, Trust};
pub use url::{DatabaseUrl, DatabaseUrlError};

use db::Db;
use time::OffsetDateTime;

/// An open database, migrated to this version of the program. Clones share the same connections.
#[derive(Debug, Clone)]
pub struct Store {
    db: Db,
}

impl Store {
    /// Opens the database, makes it if it is a SQLite file that does not exist (with its folder), and migrates it.
    ///
    /// # Errors
    /// [`StoreError::NewerSchema`] when a newer version of the program wrote the database, which is then left as it
    /// was; [`StoreError::Corrupt`] when it is not a database of this program; [`StoreError::Unavailable`] when it
    /// cannot be reached.
    pub async fn open(url: &DatabaseUrl) -> Result<Self, StoreError> {
        Ok(Self { db: Db::open(url).await? })
    }

    /// The findings and the version of the evidence that they make up.
    pub fn findings(&self) -> Findings<'_> {
        Findings::new(&self.db)
    }

    /// The signed packets that findings came in, and what was taken back.
    pub fn packets(&self) -> Packets<'_> {
        Packets::new(&self.db)
    }

    /// The keys that are trusted.
    pub fn trust(&self) -> Trust<'_> {
        Trust::new(&self.db)
    }

    /// Members and their roles.
    pub fn members(&self) -> Members<'_> {
        Members::new(&self.db)
    }

    /// Organisations that members belong to.
    pub fn organisations(&self) -> Organisations<'_> {
        Organisations::new(&self.db)
    }

    /// Invitations.
    pub fn invitations(&self) -> Invitations<'_> {
        Invitations::new(&self.db)
    }

    /// Sign-in links and sessions.
    pub fn sessions(&self) -> Sessions<'_> {
        Sessions::new(&self.db)
    }

    /// Passkeys, passwords, one-time and recovery codes.
    pub fn credentials(&self) -> Credentials<'_> {
        Credentials::new(&self.db)
    }

    /// What members agreed to.
    pub fn consents(&self) -> Consents<'_> {
        Consents::new(&self.db)
    }

    /// Being forgotten.
    pub fn erasures(&self) -> Erasures<'_> {
        Erasures::new(&self.db)
    }

    /// Everything that a member has given; none when there is no such member. `ballots` are the member's pseudonyms.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn take_out(
        &self,
        member_id: &str,
        ballots: &[BallotOf],
    ) -> Result<Option<take_out::TakeOut>, StoreError> {
        take_out::load(&self.db, member_id, ballots).await
    }

    /// The chained record of acts with power.
    pub fn audit(&self) -> Audit<'_> {
        Audit::new(&self.db)
    }

    /// Mail to send.
    pub fn outbox(&self) -> Outbox<'_> {
        Outbox::new(&self.db)
    }

    /// Jobs to do.
    pub fn jobs(&self) -> Jobs<'_> {
        Jobs::new(&self.db)
    }

    /// Questions with their dates, days, facilitators and evidence.
    pub fn questions(&self) -> forum::Questions<'_> {
        forum::Questions::new(&self.db)
    }

    /// Posts in threads, and flags on them.
    pub fn posts(&self) -> forum::Posts<'_> {
        forum::Posts::new(&self.db)
    }

    /// Statements that members vote on.
    pub fn statements(&self) -> forum::Statements<'_> {
        forum::Statements::new(&self.db)
    }

    /// The log of votes.
    pub fn votes(&self) -> forum::Votes<'_> {
        forum::Votes::new(&self.db)
    }

    /// What waits for a decision, and appeals.
    pub fn moderation(&self) -> forum::Moderation<'_> {
        forum::Moderation::new(&self.db)
    }

    /// Summaries, comments on them, and what was done.
    pub fn summaries(&self) -> forum::Summaries<'_> {
        forum::Summaries::new(&self.db)
    }

    /// Claims, their changes and who watches them.
    pub fn claims(&self) -> forum::Claims<'_> {
        forum::Claims::new(&self.db)
    }

    /// What the votes say, as computed last.
    pub fn opinions(&self) -> forum::Opinions<'_> {
        forum::Opinions::new(&self.db)
    }

    /// How members stand when an act asks.
    pub fn standings(&self) -> forum::Standings<'_> {
        forum::Standings::new(&self.db)
    }

    /// Writes what follows from an act that itself writes nothing: all of it or nothing.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn write_consequences(
        &self,
        consequences: &Consequences,
        now: OffsetDateTime,
    ) -> Result<(), StoreError> {
        let mut transaction = self.db.begin_write().await?;
        consequences::write(&mut transaction, consequences, now).await?;
        transaction.commit().await
    }

    /// Who asks: sessions with their members.
    pub fn asking(&self) -> Asking<'_> {
        Asking::new(&self.db)
    }

    /// Waits for running work and closes every connection, of all clones; SQLite then folds its log into the file.
    pub async fn close(&self) {
        self.db.close().await;
    }
}

/// Bytes as lower-case hexadecimal digits.
fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut text, byte| {
        // Writing to a text cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
