//! What waits for a decision, and appeals against decisions.
//!
//! Rule: a facilitator's queue holds the questions that the facilitator runs, a steward's all of them. An appeal is
//! answered once; upheld, it brings what was taken down back in the same transaction. Left out: that the one who
//! answers is not the one who decided, which is the act's to hold.

use super::lock_question;
use super::posts::decide_post;
use super::statements::decide_statement;
use crate::consequences::{self, Consequences};
use crate::db::{Db, on};
use crate::error::StoreError;
use crate::moment::whole;
use time::OffsetDateTime;
use whatworks_domain::forum::{PostStatus, Reason, Reasoned, StatementStatus, Subject};

/// A post that waits.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct HeldPost {
    /// The question.
    pub slug: String,
    /// What it asks.
    pub title: String,
    /// The post.
    pub number: i64,
    /// Its author.
    pub member_id: String,
    /// The author's name.
    pub author: String,
    /// Its text.
    pub body: String,
    /// Since when it waits.
    pub since: OffsetDateTime,
}

/// A statement that waits.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct HeldStatement {
    /// The question.
    pub slug: String,
    /// What it asks.
    pub title: String,
    /// The statement.
    pub number: i64,
    /// Its author.
    pub member_id: String,
    /// The author's name.
    pub author: String,
    /// The sentence.
    pub body: String,
    /// Since when it waits.
    pub since: OffsetDateTime,
}

#[derive(sqlx::FromRow)]
struct FlagRow {
    slug: String,
    title: String,
    number: i64,
    member_id: String,
    author: String,
    body: String,
    reason: String,
    raised_at: OffsetDateTime,
}

/// A post with open flags. Who raised them is not told: a flag is a word to the facilitators, not a quarrel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FlaggedPost {
    /// The question.
    pub slug: String,
    /// What it asks.
    pub title: String,
    /// The post.
    pub number: i64,
    /// Its author.
    pub member_id: String,
    /// The author's name.
    pub author: String,
    /// Its text.
    pub body: String,
    /// The flags' reasons, the first first.
    pub reasons: Vec<Reasoned>,
    /// When the first was raised.
    pub since: OffsetDateTime,
}

/// An appeal.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Appeal {
    /// Its id.
    pub appeal_id: String,
    /// The question.
    pub slug: String,
    /// What it asks.
    pub title: String,
    /// What it is about.
    #[sqlx(try_from = "String")]
    pub kind: Subject,
    /// Number of the post or statement.
    pub number: i64,
    /// Who appeals.
    pub member_id: String,
    /// Their name.
    pub author: String,
    /// Their word.
    pub body: String,
    /// When.
    pub raised_at: OffsetDateTime,
    /// Whether it was upheld; none while it is open.
    pub is_upheld: Option<bool>,
    /// The answer; blank while it is open.
    pub answer: String,
    /// Who answered.
    pub decided_by: Option<String>,
    /// When.
    pub decided_at: Option<OffsetDateTime>,
}

/// An appeal to raise.
#[derive(Debug, Clone)]
pub struct NewAppeal<'a> {
    /// Its id; the same id again is the same appeal.
    pub appeal_id: &'a str,
    /// The question.
    pub slug: &'a str,
    /// What it is about.
    pub kind: Subject,
    /// Number of the post or statement.
    pub number: i64,
    /// Who appeals.
    pub member_id: &'a str,
    /// Their word.
    pub body: &'a str,
}

/// What an appeal or its answer did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AppealOutcome {
    /// It is so now.
    Done,
    /// It was so before: raised, or answered.
    Unchanged,
}

/// Everything that waits, the oldest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Queue {
    /// Posts to read.
    pub posts: Vec<HeldPost>,
    /// Statements to read.
    pub statements: Vec<HeldStatement>,
    /// Posts with flags.
    pub flags: Vec<FlaggedPost>,
    /// Appeals to answer.
    pub appeals: Vec<Appeal>,
}

impl Queue {
    /// How many things wait.
    pub fn len(&self) -> usize {
        self.posts.len() + self.statements.len() + self.flags.len() + self.appeals.len()
    }
    /// Whether nothing waits.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// What waits in a store.
#[derive(Debug, Clone, Copy)]
pub struct Moderation<'store> {
    db: &'store Db,
}

macro_rules! mine {
    ($slug:literal) => {
        concat!(
            "($1 = '' or exists (select 1 from question_facilitator f where f.slug = ",
            $slug,
            " and f.member_id = $1))"
        )
    };
}

macro_rules! appeals {
    () => {
        "select a.appeal_id, a.slug, q.title, a.kind, a.number, a.member_id, m.name as author, a.body, a.raised_at, \
         a.is_upheld, a.answer, a.decided_by, a.decided_at from appeal a join question q on q.slug = a.slug \
         join member m on m.member_id = a.member_id"
    };
}

impl<'store> Moderation<'store> {
    pub(crate) fn new(db: &'store Db) -> Self {
        Self { db }
    }

    /// Everything that waits in the questions of a facilitator, or in all of them.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`]; [`StoreError::Unavailable`].
    pub async fn list_queue(&self, facilitator: Option<&str>) -> Result<Queue, StoreError> {
        let who = facilitator.unwrap_or_default();
        let posts = on!(self.db, pool => {
            sqlx::query_as(concat!(
                "select p.slug, q.title, p.number, p.member_id, m.name as author, v.body, v.written_at as since \
                 from post p join question q on q.slug = p.slug join member m on m.member_id = p.member_id \
                 join post_revision v on v.slug = p.slug and v.number = p.number and v.revision = \
                 (select max(w.revision) from post_revision w where w.slug = p.slug and w.number = p.number) \
                 where p.status = 'held' and ",
                mine!("p.slug"),
                " order by v.written_at, p.slug, p.number"
            ))
            .bind(who)
            .fetch_all(pool)
            .await
        })?;
        let statements = on!(self.db, pool => {
            sqlx::query_as(concat!(
                "select s.slug, q.title, s.number, s.member_id, m.name as author, s.body, s.written_at as since \
                 from statement s join question q on q.slug = s.slug join member m on m.member_id = s.member_id \
                 where s.status = 'held' and ",
                mine!("s.slug"),
                " order by s.written_at, s.slug, s.number"
            ))
            .bind(who)
            .fetch_all(pool)
            .await
        })?;
        let rows: Vec<FlagRow> = on!(self.db, pool => {
            sqlx::query_as(concat!(
                "select g.slug, q.title, g.number, p.member_id, m.name as author, v.body, g.reason, g.raised_at \
                 from flag g join post p on p.slug = g.slug and p.number = g.number \
                 join question q on q.slug = p.slug join member m on m.member_id = p.member_id \
                 join post_revision v on v.slug = p.slug and v.number = p.number and v.revision = \
                 (select max(w.revision) from post_revision w where w.slug = p.slug and w.number = p.number) \
                 where g.is_upheld is null and p.status = 'shown' and ",
                mine!("g.slug"),
                " order by g.raised_at, g.slug, g.number, g.member_id"
            ))
            .bind(who)
            .fetch_all(pool)
            .await
        })?;
        let appeals = on!(self.db, pool => {
            sqlx::query_as(concat!(
                appeals!(),
                " where a.is_upheld is null and ",
                mine!("a.slug"),
                " order by a.raised_at, a.appeal_id"
            ))
            .bind(who)
            .fetch_all(pool)
            .await
        })?;
        Ok(Queue { posts, statements, flags: by_post(rows), appeals })
    }

    /// One appeal.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`]; [`StoreError::Unavailable`].
    pub async fn find_appeal(&self, appeal_id: &str) -> Result<Option<Appeal>, StoreError> {
        Ok(on!(self.db, pool => {
            sqlx::query_as(concat!(appeals!(), " where a.appeal_id = $1"))
                .bind(appeal_id)
                .fetch_optional(pool)
                .await
        })?)
    }

    /// A member's appeals, the newest first.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`]; [`StoreError::Unavailable`].
    pub async fn list_appeals(&self, member_id: &str) -> Result<Vec<Appeal>, StoreError> {
        Ok(on!(self.db, pool => {
            sqlx::query_as(concat!(appeals!(), " where a.member_id = $1 order by a.raised_at desc, a.appeal_id"))
                .bind(member_id)
                .fetch_all(pool)
                .await
        })?)
    }

    /// Raises an appeal; one decision has one, so a second changes nothing.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when there is no such question or member; [`StoreError::Unavailable`].
    pub async fn insert_appeal(
        &self,
        appeal: &NewAppeal<'_>,
        now: OffsetDateTime,
    ) -> Result<AppealOutcome, StoreError> {
        let mut transaction = self.db.begin_write().await?;
        lock_question(&mut transaction, appeal.slug).await?;
        let inserted = on!(&mut transaction, t => {
            sqlx::query(
                "insert into appeal (appeal_id, slug, kind, number, member_id, body, raised_at, answer) \
                 select $1, $2, $3, $4, $5, $6, $7, '' where not exists \
                 (select 1 from appeal where slug = $2 and kind = $3 and number = $4)",
            )
            .bind(appeal.appeal_id)
            .bind(appeal.slug)
            .bind(appeal.kind.code())
            .bind(appeal.number)
            .bind(appeal.member_id)
            .bind(appeal.body)
            .bind(whole(now))
            .execute(&mut **t)
            .await
            .map(|done| done.rows_affected() == 1)
        })?;
        transaction.commit().await?;
        Ok(if inserted { AppealOutcome::Done } else { AppealOutcome::Unchanged })
    }

    /// Answers an appeal; upheld, what was taken down is shown again.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn decide_appeal(
        &self,
        appeal: &Appeal,
        is_upheld: bool,
        answer: &str,
        decided_by: &str,
        also: &Consequences,
        now: OffsetDateTime,
    ) -> Result<AppealOutcome, StoreError> {
        let now = whole(now);
        let mut transaction = self.db.begin_write().await?;
        lock_question(&mut transaction, &appeal.slug).await?;
        let changed = on!(&mut transaction, t => {
            sqlx::query(
                "update appeal set is_upheld = $1, answer = $2, decided_by = $3, decided_at = $4 \
                 where appeal_id = $5 and is_upheld is null",
            )
            .bind(is_upheld)
            .bind(answer)
            .bind(decided_by)
            .bind(now)
            .bind(&appeal.appeal_id)
            .execute(&mut **t)
            .await
            .map(|done| done.rows_affected())
        })?;
        if changed == 0 {
            return Ok(AppealOutcome::Unchanged);
        }
        if is_upheld {
            let fine = Reasoned { reason: Reason::Fine, words: answer.to_owned() };
            let place = (appeal.slug.as_str(), appeal.number);
            match appeal.kind {
                Subject::Post => {
                    for from in [PostStatus::Rejected, PostStatus::Removed] {
                        let back = (from, PostStatus::Shown);
                        decide_post(&mut transaction, place, back, &fine, decided_by, now).await?;
                    }
                }
                Subject::Statement => {
                    let back = (StatementStatus::Out, StatementStatus::Shown);
                    decide_statement(&mut transaction, place, back, &fine, decided_by, now).await?;
                }
            }
        }
        consequences::write(&mut transaction, also, now).await?;
        transaction.commit().await?;
        Ok(AppealOutcome::Done)
    }
}

/// The flags of one post together, in the order of the first.
fn by_post(rows: Vec<FlagRow>) -> Vec<FlaggedPost> {
    let mut posts: Vec<FlaggedPost> = Vec::new();
    for row in rows {
        let reason = Reasoned::find(&row.reason);
        let known = posts.iter_mut().find(|post| post.slug == row.slug && post.number == row.number);
        if let Some(post) = known {
            post.reasons.extend(reason);
            continue;
        }
        posts.push(FlaggedPost {
            slug: row.slug,
            title: row.title,
            number: row.number,
            member_id: row.member_id,
            author: row.author,
            body: row.body,
            reasons: reason.into_iter().collect(),
            since: row.raised_at,
        });
    }
    posts
}
