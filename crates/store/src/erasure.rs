//! Being forgotten: what goes, what stays without a name, and the ledger that makes it last.
//!
//! Rules: the row of a member stays without address, name, profile, request, organisation and ballot key, so that the
//! answers of others keep their sense under “former member”. Roles, sign-ins, passkeys, password, codes, watches,
//! invitations to the address and mail that waits go. Posts, statements and closed votes stay; closed votes lead to
//! nobody once the key is gone. Votes in a discussion that still takes them are taken out, the log is numbered anew
//! without a gap, and what was computed from it goes. The ledger holds a salted hash of the id, which names nobody but
//! tells whether a restored member had been erased. The last steward stays. Left out: the decision, and which
//! discussions take votes.

use crate::consequences::{self, Consequences};
use crate::db::{Backend, Db, Transaction, execute, fetch, read};
use crate::error::StoreError;
use crate::members::{is_last, lock_stewards};
use crate::moment::whole;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// A line of the ledger.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct ErasureEntry {
    /// Salted hash of the member's id.
    pub member_hash: String,
    /// The salt.
    pub salt: String,
    /// When the member was erased.
    pub erased_at: OffsetDateTime,
}

impl ErasureEntry {
    /// The line for a member; `salt` is random text.
    pub fn new(member_id: &str, salt: &str, now: OffsetDateTime) -> Self {
        Self { member_hash: hash_of(member_id, salt), salt: salt.to_owned(), erased_at: whole(now) }
    }

    /// Reads a line as [`crate::backup::erasures_in`] gives it.
    pub fn read(row: &serde_json::Value) -> Option<Self> {
        #[derive(Deserialize)]
        struct Row {
            member_hash: String,
            salt: String,
            erased_at: String,
        }
        let row = Row::deserialize(row).ok()?;
        let erased_at = OffsetDateTime::parse(&row.erased_at, &Rfc3339).ok()?;
        Some(Self { member_hash: row.member_hash, salt: row.salt, erased_at })
    }

    /// Whether the line is about this member.
    pub fn is_about(&self, member_id: &str) -> bool {
        hash_of(member_id, &self.salt) == self.member_hash
    }
}

fn hash_of(member_id: &str, salt: &str) -> String {
    crate::hex(&Sha256::digest(format!("whatworks erasure 1\n{salt}\n{member_id}")))
}

/// What erasing did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EraseOutcome {
    /// The member is forgotten.
    Erased,
    /// There is no such member, or they were erased before. Nothing was written.
    Missing,
    /// Nobody would be left who could make a steward. Nothing was written.
    LastSteward,
}

/// A member's pseudonym in one discussion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BallotOf {
    /// The discussion.
    pub slug: String,
    /// The pseudonym.
    pub voter: String,
}

/// The erasures of a store.
#[derive(Debug, Clone, Copy)]
pub struct Erasures<'store> {
    db: &'store Db,
}

impl<'store> Erasures<'store> {
    pub(crate) fn new(db: &'store Db) -> Self {
        Self { db }
    }

    /// Forgets a member. `open` are the member's ballots in discussions that take votes now.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn erase(
        &self,
        member_id: &str,
        entry: &ErasureEntry,
        open: &[BallotOf],
        consequences: &Consequences,
        now: OffsetDateTime,
    ) -> Result<EraseOutcome, StoreError> {
        let mut transaction = self.db.begin_write().await?;
        let t = &mut transaction;
        // Questions before stewards before the record: whoever locks several takes them in this order.
        let mut open = open.to_vec();
        open.sort_by(|a, b| a.slug.cmp(&b.slug));
        for ballot in &open {
            delete_votes(t, ballot).await?;
        }
        if is_last(&lock_stewards(t).await?, member_id) {
            return Ok(EraseOutcome::LastSteward);
        }
        let found: Option<(Option<String>,)> = fetch!(
            &mut *t,
            fetch_optional,
            "select email from member where member_id = $1 and status <> 'erased'",
            member_id
        )?;
        let Some((address,)) = found else { return Ok(EraseOutcome::Missing) };
        if let Some(address) = address {
            execute!(&mut *t, "delete from invitation where email = $1", &address)?;
            execute!(&mut *t, "delete from outgoing_mail where address = $1", &address)?;
        }
        for statement in [
            "delete from outgoing_mail where member_id = $1 and sent_at is null",
            "update outgoing_mail set member_id = null where member_id = $1",
            "delete from session where member_id = $1",
            "delete from sign_in_link where member_id = $1",
            "delete from ceremony where member_id = $1",
            "delete from passkey where member_id = $1",
            "delete from password where member_id = $1",
            "delete from one_time_code where member_id = $1",
            "delete from recovery_code where member_id = $1",
            "delete from consent where member_id = $1",
            "delete from claim_watch where member_id = $1",
            "delete from member_role where member_id = $1",
        ] {
            execute!(&mut *t, statement, member_id)?;
        }
        execute!(
            &mut *t,
            "update member set email = null, name = '', status = 'erased', language = '', time_zone = '', \
             country = '', organisation_id = null, profile = '', request_note = '', delivery = 'none', \
             is_vouched = false, ballot_key = null, erased_at = $1 where member_id = $2",
            whole(now),
            member_id
        )?;
        execute!(
            &mut *t,
            "insert into erasure (member_hash, salt, erased_at) values ($1, $2, $3) \
             on conflict (member_hash) do nothing",
            &entry.member_hash,
            &entry.salt,
            entry.erased_at
        )?;
        consequences::write(t, consequences, now).await?;
        transaction.commit().await?;
        Ok(EraseOutcome::Erased)
    }

    /// The ledger, by hash.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn list_ledger(&self) -> Result<Vec<ErasureEntry>, StoreError> {
        Ok(read!(
            self.db,
            fetch_all,
            "select member_hash, salt, erased_at from erasure order by member_hash"
        )?)
    }

    /// Members who are here and whom a ledger says were erased: after an older backup was restored. Each with the line
    /// that says so.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn find_returned(
        &self,
        ledger: &[ErasureEntry],
    ) -> Result<Vec<(String, ErasureEntry)>, StoreError> {
        let rows: Vec<(String,)> = read!(
            self.db,
            fetch_all,
            "select member_id from member where status <> 'erased' order by member_id"
        )?;
        let returned = rows.into_iter().filter_map(|(member_id,)| {
            let entry = ledger.iter().find(|entry| entry.is_about(&member_id))?;
            Some((member_id, entry.clone()))
        });
        Ok(returned.collect())
    }
}

/// Takes a voter out of a discussion and numbers the rest of the log anew.
async fn delete_votes(transaction: &mut Transaction, ballot: &BallotOf) -> Result<(), StoreError> {
    if let Backend::Postgres(t) = transaction {
        sqlx::query("select slug from question where slug = $1 for update")
            .bind(&ballot.slug)
            .execute(&mut **t)
            .await?;
    }
    let deleted = execute!(
        transaction,
        "delete from vote where slug = $1 and voter = $2",
        &ballot.slug,
        &ballot.voter
    )?;
    execute!(transaction, "delete from voter where slug = $1 and voter = $2", &ballot.slug, &ballot.voter)?;
    if deleted == 0 {
        return Ok(());
    }
    let left: Vec<(i64,)> = fetch!(
        transaction,
        fetch_all,
        "select position from vote where slug = $1 order by position",
        &ballot.slug
    )?;
    let mut last = 0;
    for (position,) in left {
        last += 1;
        if position != last {
            execute!(
                transaction,
                "update vote set position = $1 where slug = $2 and position = $3",
                last,
                &ballot.slug,
                position
            )?;
        }
    }
    execute!(transaction, "update question set next_vote = $1 where slug = $2", last + 1, &ballot.slug)?;
    execute!(transaction, "delete from opinion where slug = $1", &ballot.slug)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    #[test]
    fn a_line_knows_its_member_and_no_other() {
        let now = datetime!(2026-03-01 12:00 UTC);
        let entry = ErasureEntry::new("m", "salt", now);
        assert!(entry.is_about("m") && !entry.is_about("n"));
        assert_ne!(entry.member_hash, ErasureEntry::new("m", "other", now).member_hash);
        let row = serde_json::json!({
            "member_hash": entry.member_hash, "salt": "salt", "erased_at": "2026-03-01T12:00:00Z"
        });
        assert_eq!(ErasureEntry::read(&row), Some(entry));
        assert_eq!(ErasureEntry::read(&serde_json::json!({"salt": "salt"})), None);
    }
}
