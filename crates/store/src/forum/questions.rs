//! Questions: their words, dates, days and the four marks.
//!
//! A phase is not kept: it follows from the dates, the marks and the clock. Dates are ISO 8601 text in both databases.
//! Facilitators and evidence are in `table`.

use super::{lock_question, no_question};
use crate::consequences::{self, Consequences};
use crate::db::{Db, Transaction, on};
use crate::error::StoreError;
use crate::moment::whole;
use time::{Date, Month, OffsetDateTime};
use whatworks_domain::forum::{Day, EvidenceKind, Marks, Plan, Theme};

/// A question to begin.
#[derive(Debug, Clone)]
pub struct NewQuestion<'a> {
    /// Its address.
    pub slug: &'a str,
    /// The question.
    pub title: &'a str,
    /// What a member should know first.
    pub background: &'a str,
    /// The house rules.
    pub house_rules: &'a str,
    /// Its language.
    pub language: &'a str,
    /// Its dates.
    pub plan: &'a Plan,
    /// Most members that may take part; none when all may.
    pub roster_limit: Option<i64>,
    /// Who begins it, and is its first facilitator.
    pub created_by: &'a str,
}

/// A question without its lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Its address.
    pub slug: String,
    /// The question.
    pub title: String,
    /// What a member should know first.
    pub background: String,
    /// The house rules.
    pub house_rules: String,
    /// Its language.
    pub language: String,
    /// Its dates.
    pub plan: Plan,
    /// What people did that dates cannot say.
    pub marks: Marks,
    /// Most members that may take part; none when all may.
    pub roster_limit: Option<i64>,
    /// Who began it.
    pub created_by: String,
    /// When.
    pub created_at: OffsetDateTime,
    /// Posts ever written, whatever became of them.
    pub posts: i64,
    /// Statements ever proposed.
    pub statements: i64,
    /// Votes ever cast: the position of the last.
    pub votes: i64,
}

#[derive(sqlx::FromRow)]
struct Row {
    slug: String,
    title: String,
    background: String,
    house_rules: String,
    language: String,
    opens_on: String,
    votes_on: String,
    closes_on: String,
    revote_opens_on: Option<String>,
    revote_closes_on: Option<String>,
    roster_limit: Option<i64>,
    created_by: String,
    created_at: OffsetDateTime,
    scheduled_at: Option<OffsetDateTime>,
    published_at: Option<OffsetDateTime>,
    final_at: Option<OffsetDateTime>,
    archived_at: Option<OffsetDateTime>,
    next_post: i64,
    next_statement: i64,
    next_vote: i64,
}

impl Row {
    fn question(self) -> Result<Question, StoreError> {
        let date = |text: &str| read_date(text, &self.slug);
        let revote = match (&self.revote_opens_on, &self.revote_closes_on) {
            (Some(from), Some(to)) => Some((date(from)?, date(to)?)),
            _ => None,
        };
        let plan = Plan {
            opens_on: date(&self.opens_on)?,
            votes_on: date(&self.votes_on)?,
            closes_on: date(&self.closes_on)?,
            revote,
        };
        let marks = Marks {
            scheduled_at: self.scheduled_at,
            published_at: self.published_at,
            final_at: self.final_at,
            archived_at: self.archived_at,
        };
        Ok(Question {
            slug: self.slug,
            title: self.title,
            background: self.background,
            house_rules: self.house_rules,
            language: self.language,
            plan,
            marks,
            roster_limit: self.roster_limit,
            created_by: self.created_by,
            created_at: self.created_at,
            posts: self.next_post - 1,
            statements: self.next_statement - 1,
            votes: self.next_vote - 1,
        })
    }
}

/// A mark that someone sets; never taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// The draft becomes an announcement.
    Scheduled,
    /// It is put away.
    Archived,
}

/// The questions of a store.
#[derive(Debug, Clone, Copy)]
pub struct Questions<'store> {
    db: &'store Db,
}

macro_rules! columns {
    () => {
        "select q.slug, q.title, q.background, q.house_rules, q.language, q.opens_on, q.votes_on, q.closes_on, \
         q.revote_opens_on, q.revote_closes_on, q.roster_limit, q.created_by, q.created_at, q.scheduled_at, \
         q.published_at, q.final_at, q.archived_at, q.next_post, q.next_statement, q.next_vote from question q"
    };
}

impl<'store> Questions<'store> {
    pub(crate) fn new(db: &'store Db) -> Self {
        Self { db }
    }

    pub(super) fn db(self) -> &'store Db {
        self.db
    }

    /// Begins a question as a draft, with its first facilitator. The same question by the same member again writes
    /// nothing.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the address is taken; [`StoreError::Unavailable`].
    pub async fn insert_draft(
        &self,
        question: &NewQuestion<'_>,
        also: &Consequences,
        now: OffsetDateTime,
    ) -> Result<(), StoreError> {
        let mut transaction = self.db.begin_write().await?;
        let inserted = on!(&mut transaction, t => {
            sqlx::query(
                "insert into question (slug, title, background, house_rules, language, opens_on, votes_on, closes_on, \
                 revote_opens_on, revote_closes_on, roster_limit, created_by, created_at, next_post, next_statement, \
                 next_vote) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 1, 1, 1) \
                 on conflict (slug) do nothing",
            )
            .bind(question.slug)
            .bind(question.title)
            .bind(question.background)
            .bind(question.house_rules)
            .bind(question.language)
            .bind(question.plan.opens_on.to_string())
            .bind(question.plan.votes_on.to_string())
            .bind(question.plan.closes_on.to_string())
            .bind(question.plan.revote.map(|(from, _)| from.to_string()))
            .bind(question.plan.revote.map(|(_, to)| to.to_string()))
            .bind(question.roster_limit)
            .bind(question.created_by)
            .bind(whole(now))
            .execute(&mut **t)
            .await
            .map(|done| done.rows_affected() == 1)
        })?;
        if !inserted {
            let stored = on!(&mut transaction, t => {
                sqlx::query_as::<_, Row>(concat!(columns!(), " where q.slug = $1"))
                    .bind(question.slug)
                    .fetch_one(&mut **t)
                    .await
            })?;
            if stored.created_by == question.created_by && stored.title == question.title {
                return Ok(());
            }
            return Err(StoreError::Conflict {
                what: format!("another question has the address {}", question.slug),
            });
        }
        on!(&mut transaction, t => {
            sqlx::query("insert into question_facilitator (slug, member_id, shift) values ($1, $2, '')")
                .bind(question.slug)
                .bind(question.created_by)
                .execute(&mut **t)
                .await
                .map(drop)
        })?;
        finish(transaction, also, now).await
    }

    /// The question of an address.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when a date cannot be read; [`StoreError::Unavailable`].
    pub async fn find(&self, slug: &str) -> Result<Option<Question>, StoreError> {
        let row: Option<Row> = on!(self.db, pool => {
            sqlx::query_as(concat!(columns!(), " where q.slug = $1")).bind(slug).fetch_optional(pool).await
        })?;
        row.map(Row::question).transpose()
    }

    /// All questions, the latest to open first, then by address; drafts when they are asked for.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`]; [`StoreError::Unavailable`].
    pub async fn list(&self, with_drafts: bool) -> Result<Vec<Question>, StoreError> {
        let rows: Vec<Row> = on!(self.db, pool => {
            sqlx::query_as(concat!(
                columns!(),
                " where $1 or q.scheduled_at is not null order by q.opens_on desc, q.slug"
            ))
            .bind(with_drafts)
            .fetch_all(pool)
            .await
        })?;
        rows.into_iter().map(Row::question).collect()
    }

    /// The questions that a member facilitates, drafts too, the latest first.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`]; [`StoreError::Unavailable`].
    pub async fn list_facilitated(&self, member_id: &str) -> Result<Vec<Question>, StoreError> {
        let rows: Vec<Row> = on!(self.db, pool => {
            sqlx::query_as(concat!(
                columns!(),
                " join question_facilitator f on f.slug = q.slug where f.member_id = $1 order by q.opens_on desc, q.slug"
            ))
            .bind(member_id)
            .fetch_all(pool)
            .await
        })?;
        rows.into_iter().map(Row::question).collect()
    }

    /// The plan's days, in order.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`]; [`StoreError::Unavailable`].
    pub async fn list_days(&self, slug: &str) -> Result<Vec<Day>, StoreError> {
        let rows: Vec<(String, String, String)> = on!(self.db, pool => {
            sqlx::query_as("select held_on, theme, prompt from question_day where slug = $1 order by number")
                .bind(slug)
                .fetch_all(pool)
                .await
        })?;
        let day = |(held_on, theme, prompt): (String, String, String)| {
            let theme = Theme::find(&theme);
            let theme =
                theme.ok_or_else(|| StoreError::Corrupt { what: format!("a day of question {slug}") })?;
            Ok(Day { held_on: read_date(&held_on, slug)?, theme, prompt })
        };
        rows.into_iter().map(day).collect()
    }

    /// The announced questions that have something on their table, by address.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`]; [`StoreError::Unavailable`].
    pub async fn list_with_evidence(
        &self,
        kind: EvidenceKind,
        target: &str,
    ) -> Result<Vec<Question>, StoreError> {
        let rows: Vec<Row> = on!(self.db, pool => {
            sqlx::query_as(concat!(
                columns!(),
                " join question_evidence e on e.slug = q.slug \
                 where e.kind = $1 and e.target = $2 and q.scheduled_at is not null order by q.slug"
            ))
            .bind(kind.code())
            .bind(target)
            .fetch_all(pool)
            .await
        })?;
        rows.into_iter().map(Row::question).collect()
    }

    /// Changes the words, the language and the roster.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when there is no such question; [`StoreError::Unavailable`].
    pub async fn change_words(
        &self,
        question: &NewQuestion<'_>,
        also: &Consequences,
        now: OffsetDateTime,
    ) -> Result<(), StoreError> {
        let mut transaction = self.db.begin_write().await?;
        lock_question(&mut transaction, question.slug).await?;
        on!(&mut transaction, t => {
            sqlx::query(
                "update question set title = $1, background = $2, house_rules = $3, language = $4, roster_limit = $5 \
                 where slug = $6",
            )
            .bind(question.title)
            .bind(question.background)
            .bind(question.house_rules)
            .bind(question.language)
            .bind(question.roster_limit)
            .bind(question.slug)
            .execute(&mut **t)
            .await
            .map(drop)
        })?;
        finish(transaction, also, now).await
    }

    /// Changes the dates and the days with them.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when there is no such question; [`StoreError::Unavailable`].
    pub async fn change_plan(
        &self,
        slug: &str,
        plan: &Plan,
        days: &[Day],
        also: &Consequences,
        now: OffsetDateTime,
    ) -> Result<(), StoreError> {
        let mut transaction = self.db.begin_write().await?;
        lock_question(&mut transaction, slug).await?;
        on!(&mut transaction, t => {
            sqlx::query(
                "update question set opens_on = $1, votes_on = $2, closes_on = $3, revote_opens_on = $4, \
                 revote_closes_on = $5 where slug = $6",
            )
            .bind(plan.opens_on.to_string())
            .bind(plan.votes_on.to_string())
            .bind(plan.closes_on.to_string())
            .bind(plan.revote.map(|(from, _)| from.to_string()))
            .bind(plan.revote.map(|(_, to)| to.to_string()))
            .bind(slug)
            .execute(&mut **t)
            .await
            .map(drop)
        })?;
        on!(&mut transaction, t => {
            sqlx::query("delete from question_day where slug = $1").bind(slug).execute(&mut **t).await.map(drop)
        })?;
        for (number, day) in (1_i64..).zip(days) {
            on!(&mut transaction, t => {
                sqlx::query(
                    "insert into question_day (slug, number, held_on, theme, prompt) values ($1, $2, $3, $4, $5)",
                )
                .bind(slug)
                .bind(number)
                .bind(day.held_on.to_string())
                .bind(day.theme.code())
                .bind(&day.prompt)
                .execute(&mut **t)
                .await
                .map(drop)
            })?;
        }
        finish(transaction, also, now).await
    }

    /// Sets a mark; one that is set stays as it was.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when there is no such question; [`StoreError::Unavailable`].
    pub async fn mark(
        &self,
        slug: &str,
        mark: Mark,
        also: &Consequences,
        now: OffsetDateTime,
    ) -> Result<(), StoreError> {
        let sql = match mark {
            Mark::Scheduled => {
                "update question set scheduled_at = coalesce(scheduled_at, $1) where slug = $2"
            }
            Mark::Archived => "update question set archived_at = coalesce(archived_at, $1) where slug = $2",
        };
        let mut transaction = self.db.begin_write().await?;
        let changed = on!(&mut transaction, t => {
            sqlx::query(sql).bind(whole(now)).bind(slug).execute(&mut **t).await.map(|done| done.rows_affected())
        })?;
        if changed == 0 {
            return Err(no_question(slug));
        }
        finish(transaction, also, now).await
    }
}

/// Writes what follows from the act, and ends it.
pub(super) async fn finish(
    mut transaction: Transaction,
    also: &Consequences,
    now: OffsetDateTime,
) -> Result<(), StoreError> {
    consequences::write(&mut transaction, also, now).await?;
    transaction.commit().await
}

/// A date as the tables keep it.
fn read_date(text: &str, slug: &str) -> Result<Date, StoreError> {
    let parts: Vec<&str> = text.split('-').collect();
    let read = || {
        let [year, month, day] = parts[..] else { return None };
        let month = Month::try_from(month.parse::<u8>().ok()?).ok()?;
        Date::from_calendar_date(year.parse().ok()?, month, day.parse().ok()?).ok()
    };
    read().ok_or_else(|| StoreError::Corrupt { what: format!("question {slug} has the date “{text}”") })
}
