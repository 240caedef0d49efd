//! Statements that members vote on: proposed, seeded, decided, reworded.
//!
//! Rule: a statement that was voted on is never edited; another wording takes its place under a new number that links
//! the old one, and its votes begin anew. Left out: what a statement may say, which the domain holds.

use super::{Counter, Rate, Written, lock_question, take_number, taken_once};
use crate::consequences::{self, Consequences};
use crate::db::{Db, Transaction, on};
use crate::error::StoreError;
use crate::moment::whole;
use time::OffsetDateTime;
use whatworks_domain::forum::{Reasoned, StatementStatus};

/// A statement to propose.
#[derive(Debug, Clone)]
pub struct NewStatement<'a> {
    /// The question.
    pub slug: &'a str,
    /// The sentence.
    pub body: &'a str,
    /// Its language.
    pub language: &'a str,
    /// Who proposes it.
    pub member_id: &'a str,
    /// Whether a facilitator seeds it.
    pub is_seed: bool,
    /// Shown, or held for a facilitator.
    pub status: StatementStatus,
    /// The claim that it says in other words.
    pub claim_id: Option<&'a str>,
    /// Of its form.
    pub once: &'a str,
    /// How often the member may propose; seeds do not count.
    pub rate: Option<Rate>,
}

/// A statement as it stands.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Statement {
    /// The question.
    pub slug: String,
    /// Number within it.
    pub number: i64,
    /// The sentence.
    pub body: String,
    /// Its language.
    pub language: String,
    /// Who proposed it.
    pub member_id: String,
    /// The author's name as shown.
    pub author: String,
    /// Whether the author left and was forgotten.
    pub is_erased: bool,
    /// Whether a facilitator seeded it.
    pub is_seed: bool,
    /// Where it stands.
    #[sqlx(try_from = "String")]
    pub status: StatementStatus,
    /// Why, as the tables keep it; blank before a decision.
    pub reason: String,
    /// The statement whose place it took.
    pub replaces: Option<i64>,
    /// The statement that took its place.
    pub replaced_by: Option<i64>,
    /// The claim that it says in other words.
    pub claim_id: Option<String>,
    /// When it was written.
    pub written_at: OffsetDateTime,
    /// Who decided on it, if anyone did.
    pub decided_by: Option<String>,
    /// When.
    pub decided_at: Option<OffsetDateTime>,
}

impl Statement {
    /// Why it was decided as it was; none before a decision.
    pub fn reasoned(&self) -> Option<Reasoned> {
        Reasoned::find(&self.reason)
    }
}

/// What another wording did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reworded {
    /// Nobody had voted: the statement says it itself now.
    Edited,
    /// It had votes: this number took its place.
    Replaced(i64),
    /// It says this already.
    Unchanged,
    /// It was taken out or replaced before, and stays as it was.
    Closed,
}

/// The statements of a store.
#[derive(Debug, Clone, Copy)]
pub struct Statements<'store> {
    db: &'store Db,
}

macro_rules! columns {
    () => {
        "select s.slug, s.number, s.body, s.language, s.member_id, m.name as author, \
         (m.status = 'erased') as is_erased, s.is_seed, s.status, s.reason, s.replaces, \
         (select max(l.number) from statement l where l.slug = s.slug and l.replaces = s.number) as replaced_by, \
         s.claim_id, s.written_at, s.decided_by, s.decided_at from statement s join member m on m.member_id = s.member_id"
    };
}

impl<'store> Statements<'store> {
    pub(crate) fn new(db: &'store Db) -> Self {
        Self { db }
    }

    /// Writes a statement under the next number of its question.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the question, the claim or the member does not exist, or the form's `once` is
    /// someone else's; [`StoreError::Unavailable`].
    pub async fn insert(
        &self,
        statement: &NewStatement<'_>,
        now: OffsetDateTime,
    ) -> Result<Written, StoreError> {
        let now = whole(now);
        let mut transaction = self.db.begin_write().await?;
        let number = take_number(&mut transaction, statement.slug, Counter::Statement).await?;
        if let Some(first) = find_once(&mut transaction, statement).await? {
            return Ok(Written::Again(first));
        }
        if let Some(rate) = statement.rate {
            let done: Vec<OffsetDateTime> = on!(&mut transaction, t => {
                sqlx::query_scalar(
                    "select written_at from statement where member_id = $1 and not is_seed \
                     order by written_at desc limit $2",
                )
                .bind(statement.member_id)
                .bind(rate.limit())
                .fetch_all(&mut **t)
                .await
            })?;
            if let Some(wait) = rate.wait(done, now) {
                return Ok(Written::TooOften(wait));
            }
        }
        insert_row(&mut transaction, statement, number, None, now).await?;
        outdate(&mut transaction, statement.slug).await?;
        transaction.commit().await?;
        Ok(Written::Done(number))
    }

    /// One statement, whatever its status.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`]; [`StoreError::Unavailable`].
    pub async fn find(&self, slug: &str, number: i64) -> Result<Option<Statement>, StoreError> {
        Ok(on!(self.db, pool => {
            sqlx::query_as(concat!(columns!(), " where s.slug = $1 and s.number = $2"))
                .bind(slug)
                .bind(number)
                .fetch_optional(pool)
                .await
        })?)
    }

    /// All statements of a question, by number, whatever their status.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`]; [`StoreError::Unavailable`].
    pub async fn list(&self, slug: &str) -> Result<Vec<Statement>, StoreError> {
        Ok(on!(self.db, pool => {
            sqlx::query_as(concat!(columns!(), " where s.slug = $1 order by s.number"))
                .bind(slug)
                .fetch_all(pool)
                .await
        })?)
    }

    /// The shown statements that say a claim, in all questions, by question and number.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`]; [`StoreError::Unavailable`].
    pub async fn list_of_claim(&self, claim_id: &str) -> Result<Vec<Statement>, StoreError> {
        Ok(on!(self.db, pool => {
            sqlx::query_as(concat!(
                columns!(),
                " where s.claim_id = $1 and s.status = 'shown' order by s.slug, s.number"
            ))
            .bind(claim_id)
            .fetch_all(pool)
            .await
        })?)
    }

    /// Every statement that a member proposed, in all questions, the newest first.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`]; [`StoreError::Unavailable`].
    pub async fn list_by_member(&self, member_id: &str) -> Result<Vec<Statement>, StoreError> {
        Ok(on!(self.db, pool => {
            sqlx::query_as(concat!(
                columns!(),
                " where s.member_id = $1 order by s.written_at desc, s.slug, s.number desc"
            ))
            .bind(member_id)
            .fetch_all(pool)
            .await
        })?)
    }

    /// Gives a statement another wording: in place while nobody voted, else under a new number.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when there is no such statement, or the form's `once` was used before for something
    /// else; [`StoreError::Unavailable`].
    pub async fn reword(
        &self,
        (slug, number): (&str, i64),
        body: &str,
        once: &str,
        also: &Consequences,
        now: OffsetDateTime,
    ) -> Result<Reworded, StoreError> {
        let now = whole(now);
        let mut transaction = self.db.begin_write().await?;
        lock_question(&mut transaction, slug).await?;
        let stored: Option<Statement> = on!(&mut transaction, t => {
            sqlx::query_as(concat!(columns!(), " where s.slug = $1 and s.number = $2"))
                .bind(slug)
                .bind(number)
                .fetch_optional(&mut **t)
                .await
        })?;
        let Some(stored) = stored else { return Err(no_statement(slug, number)) };
        let new = NewStatement {
            slug,
            body,
            language: &stored.language,
            member_id: &stored.member_id,
            is_seed: stored.is_seed,
            status: stored.status,
            claim_id: stored.claim_id.as_deref(),
            once,
            rate: None,
        };
        if let Some(first) = find_once(&mut transaction, &new).await? {
            return Ok(Reworded::Replaced(first));
        }
        if !matches!(stored.status, StatementStatus::Held | StatementStatus::Shown) {
            return Ok(Reworded::Closed);
        }
        if stored.body == body {
            return Ok(Reworded::Unchanged);
        }
        let votes: i64 = on!(&mut transaction, t => {
            sqlx::query_scalar("select count(*) from vote where slug = $1 and statement = $2")
                .bind(slug)
                .bind(number)
                .fetch_one(&mut **t)
                .await
        })?;
        if votes == 0 {
            on!(&mut transaction, t => {
                sqlx::query("update statement set body = $1 where slug = $2 and number = $3")
                    .bind(body)
                    .bind(slug)
                    .bind(number)
                    .execute(&mut **t)
                    .await
                    .map(drop)
            })?;
            consequences::write(&mut transaction, also, now).await?;
            transaction.commit().await?;
            return Ok(Reworded::Edited);
        }
        let next = take_number(&mut transaction, slug, Counter::Statement).await?;
        insert_row(&mut transaction, &new, next, Some(number), now).await?;
        on!(&mut transaction, t => {
            sqlx::query("update statement set status = 'replaced' where slug = $1 and number = $2")
                .bind(slug)
                .bind(number)
                .execute(&mut **t)
                .await
                .map(drop)
        })?;
        outdate(&mut transaction, slug).await?;
        consequences::write(&mut transaction, also, now).await?;
        transaction.commit().await?;
        Ok(Reworded::Replaced(next))
    }

    /// Decides on a statement that stands as `from`; says whether it still stood so.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn decide(
        &self,
        (slug, number): (&str, i64),
        (from, to): (StatementStatus, StatementStatus),
        reasoned: &Reasoned,
        decided_by: &str,
        also: &Consequences,
        now: OffsetDateTime,
    ) -> Result<bool, StoreError> {
        let now = whole(now);
        let mut transaction = self.db.begin_write().await?;
        let changed =
            decide_statement(&mut transaction, (slug, number), (from, to), reasoned, decided_by, now).await?;
        if changed {
            consequences::write(&mut transaction, also, now).await?;
        }
        transaction.commit().await?;
        Ok(changed)
    }

    /// Says which claim a statement says in other words, or that it says none.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when there is no such statement or claim; [`StoreError::Unavailable`].
    pub async fn link_claim(
        &self,
        slug: &str,
        number: i64,
        claim_id: Option<&str>,
    ) -> Result<(), StoreError> {
        let mut transaction = self.db.begin_write().await?;
        let changed = on!(&mut transaction, t => {
            sqlx::query("update statement set claim_id = $1 where slug = $2 and number = $3")
                .bind(claim_id)
                .bind(slug)
                .bind(number)
                .execute(&mut **t)
                .await
                .map(|done| done.rows_affected())
        })?;
        if changed == 0 {
            return Err(no_statement(slug, number));
        }
        transaction.commit().await
    }
}

async fn find_once(transaction: &mut Transaction, new: &NewStatement<'_>) -> Result<Option<i64>, StoreError> {
    let found: Option<(String, i64, String)> = on!(transaction, t => {
        sqlx::query_as("select slug, number, member_id from statement where once = $1")
            .bind(new.once)
            .fetch_optional(&mut **t)
            .await
    })?;
    match found {
        None => Ok(None),
        Some((slug, number, member_id)) if slug == new.slug && member_id == new.member_id => Ok(Some(number)),
        Some(_) => Err(taken_once()),
    }
}

async fn insert_row(
    transaction: &mut Transaction,
    statement: &NewStatement<'_>,
    number: i64,
    replaces: Option<i64>,
    now: OffsetDateTime,
) -> Result<(), StoreError> {
    Ok(on!(transaction, t => {
        sqlx::query(
            "insert into statement (slug, number, body, language, member_id, is_seed, status, reason, replaces, claim_id, \
             once, written_at) values ($1, $2, $3, $4, $5, $6, $7, '', $8, $9, $10, $11)",
        )
        .bind(statement.slug)
        .bind(number)
        .bind(statement.body)
        .bind(statement.language)
        .bind(statement.member_id)
        .bind(statement.is_seed)
        .bind(statement.status.code())
        .bind(replaces)
        .bind(statement.claim_id)
        .bind(statement.once)
        .bind(now)
        .execute(&mut **t)
        .await
        .map(drop)
    })?)
}

/// Has what the votes say computed anew although nobody voted: which statements are open has changed, and a new one is
/// shown to voters only once it is on the map.
async fn outdate(transaction: &mut Transaction, slug: &str) -> Result<(), StoreError> {
    Ok(on!(transaction, t => {
        sqlx::query("update opinion set votes = 0 where slug = $1").bind(slug).execute(&mut **t).await.map(drop)
    })?)
}

/// Moves a statement from one status to another; says whether it stood as `from`.
pub(super) async fn decide_statement(
    transaction: &mut Transaction,
    (slug, number): (&str, i64),
    (from, to): (StatementStatus, StatementStatus),
    reasoned: &Reasoned,
    decided_by: &str,
    now: OffsetDateTime,
) -> Result<bool, StoreError> {
    let changed = on!(transaction, t => {
        sqlx::query(
            "update statement set status = $1, reason = $2, decided_by = $3, decided_at = $4 \
             where slug = $5 and number = $6 and status = $7",
        )
        .bind(to.code())
        .bind(reasoned.to_text())
        .bind(decided_by)
        .bind(now)
        .bind(slug)
        .bind(number)
        .bind(from.code())
        .execute(&mut **t)
        .await
        .map(|done| done.rows_affected() == 1)
    })?;
    if changed {
        outdate(transaction, slug).await?;
    }
    Ok(changed)
}

fn no_statement(slug: &str, number: i64) -> StoreError {
    StoreError::Conflict { what: format!("there is no statement {number} in question {slug}") }
}
