//! The findings, and the version of the evidence that they make up together.
//!
//! A finding is kept twice in one row: whole, as the JSON of its record, and in columns for what is asked by. The
//! whole is the truth: what is loaded is parsed and checked from it. The version grows by one with each act that
//! changes the evidence, in the same transaction, so whatever was computed from one version may be kept under its
//! number. Left out: studies apart from their findings.

use crate::db::{Backend, Db, Transaction, on};
use crate::error::StoreError;
use crate::packets::{RetractedFinding, StoredPacket, load_packets, load_retracted};
use sqlx::QueryBuilder;
use sqlx::types::Json;
use std::collections::{BTreeMap, BTreeSet};
use time::OffsetDateTime;
use whatworks_domain::Finding;

/// Positions from here on are those of findings that came in packets: after every evidence base, in order of receipt.
const FIRST_PACKET_POSITION: i64 = 1 << 32;
/// Rows in one statement: 13 values each stay far below either database's limit (32,766 on SQLite).
const ROWS_AT_ONCE: usize = 200;

/// Everything that can enter a pool, as of one version.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct StoredEvidence {
    /// Number of acts that have changed the evidence; 0 before the first.
    pub version: i64,
    /// Digest given with the evidence base; empty without one.
    pub digest: String,
    /// The findings that are not withdrawn: the evidence base in its order, then packets in order of receipt.
    pub findings: Vec<Finding>,
    /// The packets that findings came in, by finding.
    pub packets: Vec<StoredPacket>,
    /// The findings that no longer count, by id.
    pub retracted: Vec<RetractedFinding>,
}

/// What loading an evidence base did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LoadOutcome {
    /// The base with this digest was loaded already; nothing was written.
    Unchanged,
    /// The base was replaced and the version grew by one. A finding that kept its id and every field counts nowhere.
    Loaded {
        /// Findings with a new id.
        added: usize,
        /// Findings whose id was there with other content.
        changed: usize,
        /// Findings whose id is gone.
        removed: usize,
    },
}

/// The findings of a store.
#[derive(Debug, Clone, Copy)]
pub struct Findings<'store> {
    db: &'store Db,
}

impl<'store> Findings<'store> {
    pub(crate) fn new(db: &'store Db) -> Self {
        Self { db }
    }

    /// Loads the evidence, all of it from one version.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] naming the finding whose record cannot be read or breaks a rule of [`Finding`];
    /// [`StoreError::Unavailable`].
    pub async fn load_evidence(&self) -> Result<StoredEvidence, StoreError> {
        let mut transaction = self.db.begin_read().await?;
        let (version, digest): (i64, String) = on!(&mut transaction, t => {
            sqlx::query_as("select version, digest from evidence_version where id = 1").fetch_one(&mut **t).await
        })?;
        let rows: Vec<(String, String)> = on!(&mut transaction, t => {
            sqlx::query_as(
                "select finding_id, cast(body as text) from finding where withdrawn_at is null \
                 order by position, finding_id",
            )
            .fetch_all(&mut **t)
            .await
        })?;
        let packets = load_packets(&mut transaction).await?;
        let retracted = load_retracted(&mut transaction).await?;
        transaction.commit().await?;
        let findings =
            rows.iter().map(|(finding_id, body)| read_body(finding_id, body)).collect::<Result<_, _>>()?;
        Ok(StoredEvidence { version, digest, findings, packets, retracted })
    }

    /// The version of the evidence, or `None` when nothing has ever changed it. Cheap enough to ask at every turn.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn find_evidence_version(&self) -> Result<Option<i64>, StoreError> {
        let version: i64 = on!(self.db, pool => {
            sqlx::query_scalar("select version from evidence_version where id = 1").fetch_one(pool).await
        })?;
        Ok((version > 0).then_some(version))
    }

    /// Makes the findings of the evidence base these ones, in this order, unless the base with this digest is loaded
    /// already. All or nothing; several servers may do it at once.
    ///
    /// Findings that came in packets stay; where the base has a finding of the same id, the signed one keeps its place.
    /// The date on which a kept finding was added stays too, and so does its withdrawal.
    /// The digest must change whenever a finding or the order does: take it of the findings as they serialise rather
    /// than of the file they were read from, so that a record with a new field is written anew too.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the digest is empty or an id stands twice; [`StoreError::Unavailable`]. The former evidence then stands.
    pub async fn load_base(
        &self,
        findings: &[Finding],
        digest: &str,
        now: OffsetDateTime,
    ) -> Result<LoadOutcome, StoreError> {
        if digest.is_empty() {
            return Err(StoreError::Conflict { what: "the evidence base has no digest".into() });
        }
        self.replace_base(findings, digest, now).await
    }

    /// Takes the evidence base out; findings that came in packets stay.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`]. The former evidence then stands.
    pub async fn empty_base(&self, now: OffsetDateTime) -> Result<LoadOutcome, StoreError> {
        self.replace_base(&[], "", now).await
    }

    async fn replace_base(
        &self,
        findings: &[Finding],
        digest: &str,
        now: OffsetDateTime,
    ) -> Result<LoadOutcome, StoreError> {
        // Asked first without a lock, so that an ordinary start neither writes nor waits for a writer.
        let loaded: String = on!(self.db, pool => {
            sqlx::query_scalar("select digest from evidence_version where id = 1").fetch_one(pool).await
        })?;
        if loaded == digest {
            return Ok(LoadOutcome::Unchanged);
        }
        let mut transaction = self.db.begin_write().await?;
        if lock_evidence(&mut transaction).await? == digest {
            return Ok(LoadOutcome::Unchanged);
        }
        let stored = load_stored(&mut transaction).await?;
        let change = compare_base(&stored, findings)?;
        remove_findings(&mut transaction, &change.removed).await?;
        upsert_studies(&mut transaction, findings).await?;
        upsert_findings(&mut transaction, &change.written, "base", now).await?;
        remove_empty_studies(&mut transaction).await?;
        raise_version(&mut transaction, digest, now).await?;
        transaction.commit().await?;
        Ok(LoadOutcome::Loaded {
            added: change.added,
            changed: change.changed,
            removed: change.removed.len(),
        })
    }
}

pub(crate) fn read_body(finding_id: &str, body: &str) -> Result<Finding, StoreError> {
    let corrupt = |problem: String| StoreError::Corrupt { what: format!("finding {finding_id}: {problem}") };
    let finding: Finding = serde_json::from_str(body).map_err(|error| corrupt(error.to_string()))?;
    if finding.finding_id.as_str() != finding_id {
        return Err(corrupt(format!("its record is that of {}", finding.finding_id)));
    }
    Ok(finding)
}

/// Holds off other changes of the evidence to the end of the transaction, and gives the digest of the loaded base.
pub(crate) async fn lock_evidence(transaction: &mut Transaction) -> Result<String, StoreError> {
    Ok(match transaction {
        // On SQLite every writer is alone from the start.
        Backend::Sqlite(t) => {
            sqlx::query_scalar("select digest from evidence_version where id = 1").fetch_one(&mut **t).await
        }
        Backend::Postgres(t) => {
            sqlx::query_scalar("select digest from evidence_version where id = 1 for update")
                .fetch_one(&mut **t)
                .await
        }
    }?)
}

/// A stored row, as far as it matters for what a new base changes.
#[derive(Debug, sqlx::FromRow)]
struct StoredRow {
    finding_id: String,
    origin: String,
    position: i64,
    body: String,
}

async fn load_stored(transaction: &mut Transaction) -> Result<Vec<StoredRow>, StoreError> {
    Ok(on!(transaction, t => {
        sqlx::query_as("select finding_id, origin, position, cast(body as text) as body from finding")
            .fetch_all(&mut **t)
            .await
    })?)
}

/// What must be written to turn the stored base into another.
#[derive(Debug, PartialEq)]
struct BaseChange<'base> {
    /// Findings to insert or overwrite, each with its position; also those that only moved.
    written: Vec<(i64, &'base Finding)>,
    removed: Vec<String>,
    added: usize,
    changed: usize,
}

fn compare_base<'base>(
    stored: &[StoredRow],
    findings: &'base [Finding],
) -> Result<BaseChange<'base>, StoreError> {
    let stored: BTreeMap<&str, &StoredRow> =
        stored.iter().map(|row| (row.finding_id.as_str(), row)).collect();
    let mut change = BaseChange { written: Vec::new(), removed: Vec::new(), added: 0, changed: 0 };
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    for (position, finding) in (0_i64..).zip(findings) {
        let id = finding.finding_id.as_str();
        if !seen.insert(id) {
            return Err(StoreError::Conflict {
                what: format!("the finding {id} stands twice in the evidence base"),
            });
        }
        let kept = match stored.get(id) {
            None => {
                change.added += 1;
                false
            }
            // A refusal would keep the server from starting, and no command could mend that.
            Some(row) if row.origin != "base" => continue,
            // A record that no longer parses differs from every finding, so a new base mends it.
            Some(row) if read_body(id, &row.body).is_ok_and(|before| before == *finding) => {
                row.position == position
            }
            Some(_) => {
                change.changed += 1;
                false
            }
        };
        if !kept {
            change.written.push((position, finding));
        }
    }
    let gone = stored.values().filter(|row| row.origin == "base" && !seen.contains(row.finding_id.as_str()));
    change.removed = gone.map(|row| row.finding_id.clone()).collect();
    Ok(change)
}

async fn remove_findings(transaction: &mut Transaction, ids: &[String]) -> Result<(), StoreError> {
    for ids in ids.chunks(ROWS_AT_ONCE) {
        on!(transaction, t => {
            let mut query = QueryBuilder::new("delete from finding where finding_id in ");
            query.push_tuples(ids, |mut row, id| {
                row.push_bind(id);
            });
            query.build().persistent(false).execute(&mut **t).await.map(drop)
        })?;
    }
    Ok(())
}

async fn upsert_studies(transaction: &mut Transaction, findings: &[Finding]) -> Result<(), StoreError> {
    let mut studies: BTreeMap<&str, &Finding> = BTreeMap::new();
    for finding in findings {
        studies.entry(finding.study_id.as_str()).or_insert(finding);
    }
    let studies: Vec<&Finding> = studies.into_values().collect();
    for rows in studies.chunks(ROWS_AT_ONCE) {
        on!(transaction, t => {
            let mut query = QueryBuilder::new("insert into study (study_id, name, title, doi) ");
            query.push_values(rows, |mut row, finding| {
                row.push_bind(finding.study_id.as_str())
                    .push_bind(&finding.study)
                    .push_bind(&finding.title)
                    .push_bind(&finding.doi);
            });
            query.push(
                " on conflict (study_id) do update \
                 set name = excluded.name, title = excluded.title, doi = excluded.doi",
            );
            query.build().persistent(false).execute(&mut **t).await.map(drop)
        })?;
    }
    Ok(())
}

async fn upsert_findings(
    transaction: &mut Transaction,
    written: &[(i64, &Finding)],
    origin: &str,
    now: OffsetDateTime,
) -> Result<(), StoreError> {
    for rows in written.chunks(ROWS_AT_ONCE) {
        on!(transaction, t => {
            let mut query = QueryBuilder::new(
                "insert into finding (finding_id, study_id, practice, comparator, outcome, estimand, design, \
                 sample_id, is_primary, origin, position, body, added_at) ",
            );
            query.push_values(rows, |mut row, (position, finding)| {
                row.push_bind(finding.finding_id.as_str())
                    .push_bind(finding.study_id.as_str())
                    .push_bind(finding.practice.as_str())
                    .push_bind(finding.comparator.as_str())
                    .push_bind(finding.outcome.as_str())
                    .push_bind(finding.estimand.as_str())
                    .push_bind(finding.design.as_str())
                    .push_bind(finding.sample_id.as_str())
                    .push_bind(finding.primary)
                    .push_bind(origin)
                    .push_bind(position)
                    .push_bind(Json(finding))
                    .push_bind(now);
            });
            query.push(
                " on conflict (finding_id) do update set study_id = excluded.study_id, \
                 practice = excluded.practice, comparator = excluded.comparator, outcome = excluded.outcome, \
                 estimand = excluded.estimand, design = excluded.design, sample_id = excluded.sample_id, \
                 is_primary = excluded.is_primary, position = excluded.position, body = excluded.body",
            );
            query.build().persistent(false).execute(&mut **t).await.map(drop)
        })?;
    }
    Ok(())
}

/// Puts the finding of a packet behind all others, or in the place of the one with its id. A study that is known keeps
/// the names that it has: a packet speaks for its finding, not for others of the study.
pub(crate) async fn insert_packet_finding(
    transaction: &mut Transaction,
    finding: &Finding,
    now: OffsetDateTime,
) -> Result<(), StoreError> {
    let last: Option<i64> = on!(transaction, t => {
        sqlx::query_scalar("select max(position) from finding where origin = 'packet'").fetch_one(&mut **t).await
    })?;
    let position = last.map_or(FIRST_PACKET_POSITION, |last| FIRST_PACKET_POSITION.max(last + 1));
    on!(transaction, t => {
        sqlx::query(
            "insert into study (study_id, name, title, doi) values ($1, $2, $3, $4) \
             on conflict (study_id) do nothing",
        )
        .bind(finding.study_id.as_str())
        .bind(&finding.study)
        .bind(&finding.title)
        .bind(&finding.doi)
        .execute(&mut **t)
        .await
        .map(drop)
    })?;
    upsert_findings(transaction, &[(position, finding)], "packet", now).await
}

async fn remove_empty_studies(transaction: &mut Transaction) -> Result<(), StoreError> {
    on!(transaction, t => {
        sqlx::query(
            "delete from study \
             where not exists (select 1 from finding where finding.study_id = study.study_id)",
        )
        .execute(&mut **t)
        .await
        .map(drop)
    })?;
    Ok(())
}

pub(crate) async fn raise_version(
    transaction: &mut Transaction,
    digest: &str,
    now: OffsetDateTime,
) -> Result<(), StoreError> {
    on!(transaction, t => {
        sqlx::query("update evidence_version set version = version + 1, digest = $1, changed_at = $2 where id = 1")
            .bind(digest)
            .bind(now)
            .execute(&mut **t)
            .await
            .map(drop)
    })?;
    Ok(())
}
