//! Posts in threads and their wordings.
//!
//! Rule: a thread is a tree kept flat. A post's path is its parent's path followed by its own number in six digits, so
//! that the order of paths is that of the thread in both databases and under any collation; from the eighth level on an
//! answer stands beside its parent, in order of time. Every wording is kept; what is read is the last. A removed post
//! keeps its place. Flags are in `flags`. Left out: what may be written when, which
//! the acts hold.

use super::{Counter, Rate, Written, lock_question, take_number, taken_once};
use crate::consequences::{self, Consequences};
use crate::db::{Db, Transaction, on};
use crate::error::StoreError;
use crate::moment::whole;
use time::OffsetDateTime;
use whatworks_domain::forum::{Channel, PostStatus, Reason, Reasoned};

/// Digits of one level of a path.
const DIGITS: usize = 6;
/// Levels of a thread.
const LEVELS: usize = 8;

/// A post to write.
#[derive(Debug, Clone)]
pub struct NewPost<'a> {
    /// The question.
    pub slug: &'a str,
    /// The post that it answers.
    pub parent: Option<i64>,
    /// Who writes.
    pub member_id: &'a str,
    /// The text.
    pub body: &'a str,
    /// Shown, or held for a facilitator.
    pub status: PostStatus,
    /// How it came.
    pub channel: Channel,
    /// Language of the text.
    pub language: &'a str,
    /// Of its form.
    pub once: &'a str,
    /// How often the member may write.
    pub rate: Rate,
}

/// A post as it stands.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Post {
    /// The question.
    pub slug: String,
    /// Number within it: the post's stable address.
    pub number: i64,
    /// The post that it answers.
    pub parent: Option<i64>,
    /// Its place; pages of a thread go on after the last one's.
    pub path: String,
    /// Who wrote it.
    pub member_id: String,
    /// The author's name as shown.
    pub author: String,
    /// The author's country.
    pub country: String,
    /// Whether the author left and was forgotten.
    pub is_erased: bool,
    /// Whether the author runs this discussion.
    pub is_facilitator: bool,
    /// Whether the author is an expert by appointment.
    pub is_expert: bool,
    /// Where it stands.
    #[sqlx(try_from = "String")]
    pub status: PostStatus,
    /// How it came.
    #[sqlx(try_from = "String")]
    pub channel: Channel,
    /// Language of the text.
    pub language: String,
    /// When it was written.
    pub written_at: OffsetDateTime,
    /// Who decided on it, if anyone did.
    pub decided_by: Option<String>,
    /// When.
    pub decided_at: Option<OffsetDateTime>,
    /// Why, as the tables keep it; blank before a decision.
    pub reason: String,
    /// The last wording; blank where the reader may not see it.
    pub body: String,
    /// Number of that wording; 1 for the first.
    pub revision: i64,
    /// When it was written.
    pub revised_at: OffsetDateTime,
    /// Answers that are shown.
    pub replies: i64,
}

impl Post {
    /// Its level in the thread, from 0.
    pub fn depth(&self) -> usize {
        (self.path.len() / DIGITS).saturating_sub(1)
    }
    /// Why it was decided as it was; none before a decision.
    pub fn reasoned(&self) -> Option<Reasoned> {
        Reasoned::find(&self.reason)
    }
}

/// One wording of a post.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Revision {
    /// From 1.
    pub revision: i64,
    /// The text.
    pub body: String,
    /// When it was written.
    pub written_at: OffsetDateTime,
}

/// What a change of a post's wording did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Revised {
    /// The new wording's number.
    Done(i64),
    /// It says this already.
    Unchanged,
    /// It was rejected or removed, and stays as it was.
    Closed,
}

/// Who reads, as far as it changes what is seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Viewer<'a> {
    /// The member; one sees one's own posts whatever became of them.
    pub member_id: Option<&'a str>,
    /// Whether held, rejected and removed posts are seen too: a facilitator's view.
    pub sees_all: bool,
}

/// A page of a thread.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thread {
    /// Its posts, in the order of the thread.
    pub posts: Vec<Post>,
    /// The path to go on after; none at the end.
    pub next: Option<String>,
}

/// The posts of a store.
#[derive(Debug, Clone, Copy)]
pub struct Posts<'store> {
    db: &'store Db,
}

macro_rules! columns {
    () => {
        "select p.slug, p.number, p.parent, p.path, p.member_id, m.name as author, m.country, \
         (m.status = 'erased') as is_erased, \
         exists (select 1 from question_facilitator f where f.slug = p.slug and f.member_id = p.member_id) \
         as is_facilitator, \
         exists (select 1 from member_role r where r.member_id = p.member_id and r.role = 'expert') as is_expert, \
         p.status, p.channel, p.language, p.written_at, p.decided_by, p.decided_at, p.reason, v.body, v.revision, \
         v.written_at as revised_at, \
         (select count(*) from post c where c.slug = p.slug and c.parent = p.number and c.status = 'shown') as replies \
         from post p join member m on m.member_id = p.member_id \
         join post_revision v on v.slug = p.slug and v.number = p.number and v.revision = \
         (select max(w.revision) from post_revision w where w.slug = p.slug and w.number = p.number)"
    };
}

impl<'store> Posts<'store> {
    pub(crate) fn new(db: &'store Db) -> Self {
        Self { db }
    }

    pub(super) fn db(self) -> &'store Db {
        self.db
    }

    /// Writes a post under the next number of its question.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the question, the parent or the member does not exist, or the form's `once` is
    /// someone else's; [`StoreError::Unavailable`].
    pub async fn insert(&self, post: &NewPost<'_>, now: OffsetDateTime) -> Result<Written, StoreError> {
        let now = whole(now);
        let mut transaction = self.db.begin_write().await?;
        let number = take_number(&mut transaction, post.slug, Counter::Post).await?;
        if let Some(first) = find_once(&mut transaction, post).await? {
            return Ok(Written::Again(first));
        }
        if let Some(wait) = post.rate.wait(list_times(&mut transaction, post).await?, now) {
            return Ok(Written::TooOften(wait));
        }
        let above = match post.parent {
            None => String::new(),
            Some(parent) => find_path(&mut transaction, post.slug, parent).await?,
        };
        on!(&mut transaction, t => {
            sqlx::query(
                "insert into post (slug, number, parent, path, member_id, status, channel, language, once, written_at, \
                 reason) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, '')",
            )
            .bind(post.slug)
            .bind(number)
            .bind(post.parent)
            .bind(path_under(&above, number))
            .bind(post.member_id)
            .bind(post.status.code())
            .bind(post.channel.code())
            .bind(post.language)
            .bind(post.once)
            .bind(now)
            .execute(&mut **t)
            .await
            .map(drop)
        })?;
        insert_revision(&mut transaction, post.slug, number, 1, post.body, now).await?;
        transaction.commit().await?;
        Ok(Written::Done(number))
    }

    /// One post, whole, whatever its status.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`]; [`StoreError::Unavailable`].
    pub async fn find(&self, slug: &str, number: i64) -> Result<Option<Post>, StoreError> {
        Ok(on!(self.db, pool => {
            sqlx::query_as(concat!(columns!(), " where p.slug = $1 and p.number = $2"))
                .bind(slug)
                .bind(number)
                .fetch_optional(pool)
                .await
        })?)
    }

    /// A page of the thread for a reader: at most `most` posts after a path (blank for the first page). Removed posts
    /// keep their place without their text.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`]; [`StoreError::Unavailable`].
    pub async fn list_thread(
        &self,
        slug: &str,
        viewer: Viewer<'_>,
        after: &str,
        most: u32,
    ) -> Result<Thread, StoreError> {
        let mut posts: Vec<Post> = on!(self.db, pool => {
            sqlx::query_as(concat!(
                columns!(),
                " where p.slug = $1 and p.path > $2 and (p.status in ('shown', 'removed') or $3 or p.member_id = $4) \
                 order by p.path limit $5"
            ))
            .bind(slug)
            .bind(after)
            .bind(viewer.sees_all)
            .bind(viewer.member_id.unwrap_or_default())
            .bind(i64::from(most) + 1)
            .fetch_all(pool)
            .await
        })?;
        let has_more = posts.len() > most as usize;
        posts.truncate(most as usize);
        for post in &mut posts {
            if post.status == PostStatus::Removed
                && !viewer.sees_all
                && viewer.member_id != Some(&post.member_id)
            {
                post.body.clear();
            }
        }
        let next = posts.last().filter(|_| has_more).map(|post| post.path.clone());
        Ok(Thread { posts, next })
    }

    /// The posts that a reader would pass before this one: where a page of the thread has to begin to show it.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn count_before(&self, slug: &str, path: &str, viewer: Viewer<'_>) -> Result<i64, StoreError> {
        Ok(on!(self.db, pool => {
            sqlx::query_scalar(
                "select count(*) from post p where p.slug = $1 and p.path < $2 \
                 and (p.status in ('shown', 'removed') or $3 or p.member_id = $4)",
            )
            .bind(slug)
            .bind(path)
            .bind(viewer.sees_all)
            .bind(viewer.member_id.unwrap_or_default())
            .fetch_one(pool)
            .await
        })?)
    }

    /// The last posts shown, the newest first.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`]; [`StoreError::Unavailable`].
    pub async fn list_newest(&self, slug: &str, most: u32) -> Result<Vec<Post>, StoreError> {
        Ok(on!(self.db, pool => {
            sqlx::query_as(concat!(
                columns!(),
                " where p.slug = $1 and p.status = 'shown' order by p.number desc limit $2"
            ))
            .bind(slug)
            .bind(i64::from(most))
            .fetch_all(pool)
            .await
        })?)
    }

    /// Everything that a member wrote, in all questions, the newest first.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`]; [`StoreError::Unavailable`].
    pub async fn list_by_member(&self, member_id: &str, most: u32) -> Result<Vec<Post>, StoreError> {
        Ok(on!(self.db, pool => {
            sqlx::query_as(concat!(
                columns!(),
                " where p.member_id = $1 order by p.written_at desc, p.slug, p.number desc limit $2"
            ))
            .bind(member_id)
            .bind(i64::from(most))
            .fetch_all(pool)
            .await
        })?)
    }

    /// Every wording of a post, the first first.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn list_revisions(&self, slug: &str, number: i64) -> Result<Vec<Revision>, StoreError> {
        Ok(on!(self.db, pool => {
            sqlx::query_as(
                "select revision, body, written_at from post_revision where slug = $1 and number = $2 order by revision",
            )
            .bind(slug)
            .bind(number)
            .fetch_all(pool)
            .await
        })?)
    }

    /// Gives a post another wording, and holds it for a facilitator when `is_held`.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when there is no such post; [`StoreError::Unavailable`].
    pub async fn revise(
        &self,
        slug: &str,
        number: i64,
        body: &str,
        is_held: bool,
        now: OffsetDateTime,
    ) -> Result<Revised, StoreError> {
        let now = whole(now);
        let mut transaction = self.db.begin_write().await?;
        lock_question(&mut transaction, slug).await?;
        let stored: Option<(String, String, i64)> = on!(&mut transaction, t => {
            sqlx::query_as(
                "select p.status, v.body, v.revision from post p \
                 join post_revision v on v.slug = p.slug and v.number = p.number \
                 where p.slug = $1 and p.number = $2 order by v.revision desc limit 1",
            )
            .bind(slug)
            .bind(number)
            .fetch_optional(&mut **t)
            .await
        })?;
        let Some((status, last, revision)) = stored else { return Err(no_post(slug, number)) };
        if ![PostStatus::Held.code(), PostStatus::Shown.code()].contains(&status.as_str()) {
            return Ok(Revised::Closed);
        }
        if last == body {
            return Ok(Revised::Unchanged);
        }
        insert_revision(&mut transaction, slug, number, revision + 1, body, now).await?;
        if is_held {
            on!(&mut transaction, t => {
                sqlx::query("update post set status = 'held' where slug = $1 and number = $2")
                    .bind(slug)
                    .bind(number)
                    .execute(&mut **t)
                    .await
                    .map(drop)
            })?;
        }
        transaction.commit().await?;
        Ok(Revised::Done(revision + 1))
    }

    /// Takes a post back at its author's wish: its place stays, every wording is made blank.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn withdraw(
        &self,
        slug: &str,
        number: i64,
        member_id: &str,
        now: OffsetDateTime,
    ) -> Result<(), StoreError> {
        let now = whole(now);
        let mut transaction = self.db.begin_write().await?;
        lock_question(&mut transaction, slug).await?;
        let changed = on!(&mut transaction, t => {
            sqlx::query(
                "update post set status = 'removed', reason = $1, decided_by = $2, decided_at = $3 \
                 where slug = $4 and number = $5 and member_id = $2",
            )
            .bind(Reason::Withdrawn.code())
            .bind(member_id)
            .bind(now)
            .bind(slug)
            .bind(number)
            .execute(&mut **t)
            .await
            .map(|done| done.rows_affected())
        })?;
        if changed == 1 {
            on!(&mut transaction, t => {
                sqlx::query("update post_revision set body = '' where slug = $1 and number = $2")
                    .bind(slug)
                    .bind(number)
                    .execute(&mut **t)
                    .await
                    .map(drop)
            })?;
        }
        transaction.commit().await
    }

    /// Decides on a post that stands as `from`; says whether it still stood so.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    pub async fn decide(
        &self,
        (slug, number): (&str, i64),
        (from, to): (PostStatus, PostStatus),
        reasoned: &Reasoned,
        decided_by: &str,
        also: &Consequences,
        now: OffsetDateTime,
    ) -> Result<bool, StoreError> {
        let now = whole(now);
        let mut transaction = self.db.begin_write().await?;
        let changed =
            decide_post(&mut transaction, (slug, number), (from, to), reasoned, decided_by, now).await?;
        if changed {
            consequences::write(&mut transaction, also, now).await?;
        }
        transaction.commit().await?;
        Ok(changed)
    }
}

/// A path of at most [`LEVELS`] levels: from there on an answer takes its parent's place for its own.
fn path_under(above: &str, number: i64) -> String {
    let kept = above.get(..DIGITS * (LEVELS - 1)).unwrap_or(above);
    format!("{kept}{number:06}")
}

async fn find_once(transaction: &mut Transaction, post: &NewPost<'_>) -> Result<Option<i64>, StoreError> {
    let found: Option<(String, i64, String)> = on!(transaction, t => {
        sqlx::query_as("select slug, number, member_id from post where once = $1")
            .bind(post.once)
            .fetch_optional(&mut **t)
            .await
    })?;
    match found {
        None => Ok(None),
        Some((slug, number, member_id)) if slug == post.slug && member_id == post.member_id => {
            Ok(Some(number))
        }
        Some(_) => Err(taken_once()),
    }
}

/// When the member last wrote, in any question: as many times as the rate asks for.
async fn list_times(
    transaction: &mut Transaction,
    post: &NewPost<'_>,
) -> Result<Vec<OffsetDateTime>, StoreError> {
    Ok(on!(transaction, t => {
        sqlx::query_scalar("select written_at from post where member_id = $1 order by written_at desc limit $2")
            .bind(post.member_id)
            .bind(post.rate.limit())
            .fetch_all(&mut **t)
            .await
    })?)
}

async fn find_path(transaction: &mut Transaction, slug: &str, number: i64) -> Result<String, StoreError> {
    let path: Option<String> = on!(transaction, t => {
        sqlx::query_scalar("select path from post where slug = $1 and number = $2")
            .bind(slug)
            .bind(number)
            .fetch_optional(&mut **t)
            .await
    })?;
    path.ok_or_else(|| no_post(slug, number))
}

async fn insert_revision(
    transaction: &mut Transaction,
    slug: &str,
    number: i64,
    revision: i64,
    body: &str,
    now: OffsetDateTime,
) -> Result<(), StoreError> {
    Ok(on!(transaction, t => {
        sqlx::query(
            "insert into post_revision (slug, number, revision, body, written_at) values ($1, $2, $3, $4, $5)",
        )
        .bind(slug)
        .bind(number)
        .bind(revision)
        .bind(body)
        .bind(now)
        .execute(&mut **t)
        .await
        .map(drop)
    })?)
}

/// Moves a post from one status to another; says whether it stood as `from`.
pub(super) async fn decide_post(
    transaction: &mut Transaction,
    (slug, number): (&str, i64),
    (from, to): (PostStatus, PostStatus),
    reasoned: &Reasoned,
    decided_by: &str,
    now: OffsetDateTime,
) -> Result<bool, StoreError> {
    Ok(on!(transaction, t => {
        sqlx::query(
            "update post set status = $1, reason = $2, decided_by = $3, decided_at = $4 \
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
    })?)
}

fn no_post(slug: &str, number: i64) -> StoreError {
    StoreError::Conflict { what: format!("there is no post {number} in question {slug}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_sorts_as_the_thread_reads_and_stops_growing() {
        let first = path_under("", 1);
        let answer = path_under(&first, 12);
        let second = path_under("", 2);
        assert!(first < answer && answer < second, "{first} {answer} {second}");
        let deep = (3..20).fold(first, |above, number| path_under(&above, number));
        assert_eq!(deep.len(), DIGITS * LEVELS);
        assert!(deep.ends_with("000019"));
    }
}
