//! The signed packets that were received, each kept byte for byte, and what was taken back.
//!
//! Rule: a packet and its finding are stored in one act that raises the evidence's version. The same content again
//! changes nothing; another content for a finding that exists is refused, unless it says that it supersedes the
//! packet that stands. What is withdrawn or superseded leaves the pools, and the act is added to a record that nothing
//! edits. Left out: verification; callers hand in packets that they have verified.

use crate::db::{Db, Transaction, on};
use crate::error::StoreError;
use crate::findings::{insert_packet_finding, lock_evidence, raise_version, read_body};
use crate::trust::find_key;
use time::OffsetDateTime;
use whatworks_domain::Finding;

/// A verified packet to keep.
#[derive(Debug, Clone, Copy)]
pub struct NewPacket<'packet> {
    /// SHA-256 of the signed bytes, as 64 hexadecimal digits.
    pub content_id: &'packet str,
    /// The finding in it.
    pub finding: &'packet Finding,
    /// Id of the key that signed.
    pub key_id: &'packet str,
    /// Institution that signed.
    pub institution: &'packet str,
    /// The envelope, byte for byte.
    pub envelope: &'packet str,
    /// Content id of the packet that it replaces.
    pub supersedes: Option<&'packet str>,
    /// When it says it was issued.
    pub issued_at: OffsetDateTime,
    /// Until when it says it is valid.
    pub valid_until: OffsetDateTime,
}

/// What receiving a packet did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReceiveOutcome {
    /// It is stored, its finding counts, and the evidence has a new version.
    Stored,
    /// The same content was here before; nothing was written.
    Known,
}

/// The packet that a stored finding came in, with what is known of its key now.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct StoredPacket {
    /// SHA-256 of the signed bytes.
    pub content_id: String,
    /// The finding's id.
    pub finding_id: String,
    /// Institution that signed.
    pub institution: String,
    /// Id of the key that signed.
    pub key_id: String,
    /// When that key was added here.
    pub key_added_at: OffsetDateTime,
    /// When it was revoked.
    pub key_revoked_at: Option<OffsetDateTime>,
    /// When the packet says it was issued.
    pub issued_at: OffsetDateTime,
    /// Until when it says it is valid.
    pub valid_until: OffsetDateTime,
    /// When it was received here.
    pub received_at: OffsetDateTime,
    /// The envelope, byte for byte.
    pub envelope: String,
}

/// How a finding stopped counting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RetractionAct {
    /// It is taken back.
    Withdrawn,
    /// A better one stands in its place.
    Superseded,
}

impl RetractionAct {
    /// The word in the record.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Withdrawn => "withdrawn",
            Self::Superseded => "superseded",
        }
    }
}

/// A finding that no longer counts.
#[derive(Debug, Clone, PartialEq)]
pub struct RetractedFinding {
    /// The finding as it stood.
    pub finding: Finding,
    /// What was done.
    pub act: RetractionAct,
    /// Why, in the words of who did it.
    pub reason: String,
    /// Id of the finding that stands in its place, when one was named.
    pub replaced_by: Option<String>,
    /// When.
    pub retracted_at: OffsetDateTime,
}

/// What taking a finding back did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RetractOutcome {
    /// It no longer counts; the evidence has a new version.
    Retracted,
    /// It did not count before; nothing was written.
    Unchanged,
}

/// The packets of a store.
#[derive(Debug, Clone, Copy)]
pub struct Packets<'store> {
    db: &'store Db,
}

impl<'store> Packets<'store> {
    pub(crate) fn new(db: &'store Db) -> Self {
        Self { db }
    }

    /// Keeps a verified packet and counts its finding.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the finding's id is taken by other content, when what it supersedes is not here,
    /// is another institution's, or no longer stands, or when the key is no longer trusted;
    /// [`StoreError::Unavailable`]. The former evidence then stands.
    pub async fn receive_packet(
        &self,
        packet: NewPacket<'_>,
        now: OffsetDateTime,
    ) -> Result<ReceiveOutcome, StoreError> {
        let mut transaction = self.db.begin_write().await?;
        let digest = lock_evidence(&mut transaction).await?;
        if find_standing(&mut transaction, packet.content_id).await?.is_some() {
            return Ok(ReceiveOutcome::Known);
        }
        let conflict = |what: String| Err(StoreError::Conflict { what });
        let key = find_key(&mut transaction, packet.key_id).await?;
        if !key.is_some_and(|key| key.revoked_at.is_none() && key.institution == packet.institution) {
            return conflict(format!("the key {} is not trusted for {}", packet.key_id, packet.institution));
        }
        let id = packet.finding.finding_id.as_str();
        let mut replaces_itself = false;
        if let Some(former_id) = packet.supersedes {
            let Some(former) = find_standing(&mut transaction, former_id).await? else {
                return conflict(format!("the packet {former_id}, which this one supersedes, is not here"));
            };
            if former.institution != packet.institution {
                return conflict(format!("the packet {former_id} is that of {}", former.institution));
            }
            if !former.stands {
                return conflict(format!(
                    "the packet {former_id} no longer stands, so nothing can supersede it"
                ));
            }
            let reason = format!("superseded by the packet {}", packet.content_id);
            let former_finding = former.finding_id.as_str();
            replaces_itself = former_finding == id;
            record(&mut transaction, former_finding, RetractionAct::Superseded, &reason, Some(id), now)
                .await?;
            if !replaces_itself {
                mark_withdrawn(&mut transaction, former_finding, now).await?;
            }
        }
        if !replaces_itself && find_finding(&mut transaction, id).await?.is_some() {
            return conflict(format!("the finding {id} is here already, with other content"));
        }
        insert_packet_finding(&mut transaction, packet.finding, now).await?;
        insert_packet(&mut transaction, packet, now).await?;
        raise_version(&mut transaction, &digest, now).await?;
        transaction.commit().await?;
        Ok(ReceiveOutcome::Stored)
    }

    /// The packet of this content, whether its finding still counts or not.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn find_packet(&self, content_id: &str) -> Result<Option<StoredPacket>, StoreError> {
        Ok(on!(self.db, pool => {
            sqlx::query_as(
                "select p.content_id, p.finding_id, p.institution, p.key_id, k.added_at as key_added_at, \
                 k.revoked_at as key_revoked_at, p.issued_at, p.valid_until, p.received_at, p.envelope \
                 from packet p join trusted_key k on k.key_id = p.key_id where p.content_id = $1",
            )
            .bind(content_id)
            .fetch_optional(pool)
            .await
        })?)
    }

    /// Takes a finding out of the pools, with a reason; a finding of the evidence base too.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when there is no such finding, or none that `replaced_by` names;
    /// [`StoreError::Unavailable`].
    pub async fn retract_finding(
        &self,
        finding_id: &str,
        act: RetractionAct,
        reason: &str,
        replaced_by: Option<&str>,
        now: OffsetDateTime,
    ) -> Result<RetractOutcome, StoreError> {
        let mut transaction = self.db.begin_write().await?;
        let digest = lock_evidence(&mut transaction).await?;
        let absent = |id: &str| StoreError::Conflict { what: format!("there is no finding {id} here") };
        let Some(is_withdrawn) = find_finding(&mut transaction, finding_id).await? else {
            return Err(absent(finding_id));
        };
        if is_withdrawn {
            return Ok(RetractOutcome::Unchanged);
        }
        if let Some(other) = replaced_by {
            match find_finding(&mut transaction, other).await? {
                Some(false) if other != finding_id => {}
                Some(_) => {
                    let what = format!("the finding {other} cannot stand in the place of {finding_id}");
                    return Err(StoreError::Conflict { what });
                }
                None => return Err(absent(other)),
            }
        }
        record(&mut transaction, finding_id, act, reason, replaced_by, now).await?;
        mark_withdrawn(&mut transaction, finding_id, now).await?;
        raise_version(&mut transaction, &digest, now).await?;
        transaction.commit().await?;
        Ok(RetractOutcome::Retracted)
    }
}

/// A stored packet, as far as it matters for the next one.
#[derive(Debug, sqlx::FromRow)]
struct Standing {
    finding_id: String,
    institution: String,
    /// Whether its finding counts and no other packet supersedes it.
    stands: bool,
}

async fn find_standing(
    transaction: &mut Transaction,
    content_id: &str,
) -> Result<Option<Standing>, StoreError> {
    Ok(on!(transaction, t => {
        sqlx::query_as(
            "select p.finding_id, p.institution, \
             (not exists (select 1 from packet q where q.supersedes = p.content_id) \
              and exists (select 1 from finding f where f.finding_id = p.finding_id and f.withdrawn_at is null)) \
             as stands from packet p where p.content_id = $1",
        )
        .bind(content_id)
        .fetch_optional(&mut **t)
        .await
    })?)
}

/// Whether the finding of this id is withdrawn; `None` when there is none.
async fn find_finding(transaction: &mut Transaction, finding_id: &str) -> Result<Option<bool>, StoreError> {
    Ok(on!(transaction, t => {
        sqlx::query_scalar("select withdrawn_at is not null from finding where finding_id = $1")
            .bind(finding_id)
            .fetch_optional(&mut **t)
            .await
    })?)
}

async fn mark_withdrawn(
    transaction: &mut Transaction,
    finding_id: &str,
    now: OffsetDateTime,
) -> Result<(), StoreError> {
    on!(transaction, t => {
        sqlx::query("update finding set withdrawn_at = $1 where finding_id = $2")
            .bind(now)
            .bind(finding_id)
            .execute(&mut **t)
            .await
            .map(drop)
    })?;
    Ok(())
}

async fn record(
    transaction: &mut Transaction,
    finding_id: &str,
    act: RetractionAct,
    reason: &str,
    replaced_by: Option<&str>,
    now: OffsetDateTime,
) -> Result<(), StoreError> {
    on!(transaction, t => {
        sqlx::query(
            "insert into retraction (finding_id, number, act, reason, replaced_by, retracted_at) \
             values ($1, (select count(*) + 1 from retraction where finding_id = $1), $2, $3, $4, $5)",
        )
        .bind(finding_id)
        .bind(act.as_str())
        .bind(reason)
        .bind(replaced_by)
        .bind(now)
        .execute(&mut **t)
        .await
        .map(drop)
    })?;
    Ok(())
}

async fn insert_packet(
    transaction: &mut Transaction,
    packet: NewPacket<'_>,
    now: OffsetDateTime,
) -> Result<(), StoreError> {
    on!(transaction, t => {
        sqlx::query(
            "insert into packet (content_id, finding_id, key_id, institution, envelope, supersedes, issued_at, \
             valid_until, received_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        )
        .bind(packet.content_id)
        .bind(packet.finding.finding_id.as_str())
        .bind(packet.key_id)
        .bind(packet.institution)
        .bind(packet.envelope)
        .bind(packet.supersedes)
        .bind(packet.issued_at)
        .bind(packet.valid_until)
        .bind(now)
        .execute(&mut **t)
        .await
        .map(drop)
    })?;
    Ok(())
}

/// The packets whose findings are here, the one that stands for each, by finding.
pub(crate) async fn load_packets(transaction: &mut Transaction) -> Result<Vec<StoredPacket>, StoreError> {
    Ok(on!(transaction, t => {
        sqlx::query_as(
            "select p.content_id, p.finding_id, p.institution, p.key_id, k.added_at as key_added_at, \
             k.revoked_at as key_revoked_at, p.issued_at, p.valid_until, p.received_at, p.envelope \
             from packet p join trusted_key k on k.key_id = p.key_id \
             where not exists (select 1 from packet q \
                               where q.supersedes = p.content_id and q.finding_id = p.finding_id) \
             order by p.finding_id",
        )
        .fetch_all(&mut **t)
        .await
    })?)
}

/// A withdrawn finding's row with the last act on it, if one was recorded.
type RetractedRow = (String, String, OffsetDateTime, Option<String>, Option<String>, Option<String>);

/// The findings that no longer count, by id.
pub(crate) async fn load_retracted(
    transaction: &mut Transaction,
) -> Result<Vec<RetractedFinding>, StoreError> {
    let rows: Vec<RetractedRow> = on!(transaction, t => {
        sqlx::query_as(
            "select f.finding_id, cast(f.body as text), f.withdrawn_at, r.act, r.reason, r.replaced_by \
             from finding f left join retraction r on r.finding_id = f.finding_id and r.number = \
             (select max(s.number) from retraction s where s.finding_id = f.finding_id) \
             where f.withdrawn_at is not null order by f.finding_id",
        )
        .fetch_all(&mut **t)
        .await
    })?;
    rows.into_iter()
        .map(|(finding_id, body, retracted_at, act, reason, replaced_by)| {
            let superseded = act.as_deref() == Some(RetractionAct::Superseded.as_str());
            Ok(RetractedFinding {
                finding: read_body(&finding_id, &body)?,
                act: if superseded { RetractionAct::Superseded } else { RetractionAct::Withdrawn },
                reason: reason.unwrap_or_default(),
                replaced_by,
                retracted_at,
            })
        })
        .collect()
}
