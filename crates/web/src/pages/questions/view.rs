//! What the pages of a question show, as plain values: gathered from the store once, drawn by the sections.
//!
//! Rule: a section gets what it draws and asks nobody. Votes are counts; no value here says who cast one, except the
//! reader's own ballots, which only the reader's page holds.

use crate::visit::segment;
use std::collections::BTreeMap;
use time::{Date, OffsetDateTime, UtcOffset};
use whatworks_domain::forum::{Ballot, Day, Marks, Phase, Plan, PostStatus, StatementStatus};

/// What the slug of a made-up discussion begins with.
pub(crate) const DEMONSTRATION: &str = "demonstration-";

/// A question with its dates and who runs it.
#[derive(Debug, Clone)]
pub(crate) struct QuestionView {
    pub(crate) slug: String,
    pub(crate) title: String,
    pub(crate) background: String,
    pub(crate) house_rules: String,
    pub(crate) language: String,
    /// How many may take part; none for everyone.
    pub(crate) roster_limit: Option<i64>,
    pub(crate) plan: Plan,
    pub(crate) marks: Marks,
    pub(crate) days: Vec<Day>,
    pub(crate) facilitators: Vec<Facilitator>,
    pub(crate) participation: Participation,
    /// The moment that the page is of.
    pub(crate) now: OffsetDateTime,
}

/// Who runs a question, and when they are there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Facilitator {
    pub(crate) name: String,
    pub(crate) shift: String,
}

/// How many took part.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Participation {
    pub(crate) voters: u64,
    pub(crate) votes: u64,
    pub(crate) posts: u64,
    pub(crate) posts_by_mail: u64,
    pub(crate) countries: u64,
    pub(crate) statements: u64,
    /// Exposures of the statement that was shown least.
    pub(crate) fewest_seen: u64,
    /// Median number of votes of a voter.
    pub(crate) median_votes: u64,
}

impl QuestionView {
    /// The address of its page.
    pub(crate) fn path(&self) -> String {
        question_path(&self.slug)
    }
    /// An address under its page.
    pub(crate) fn at(&self, rest: &str) -> String {
        format!("{}/{rest}", self.path())
    }
    /// Where it stands.
    pub(crate) fn phase(&self) -> Phase {
        self.plan.phase(&self.marks, self.now)
    }
    /// Whether votes count now.
    pub(crate) fn takes_votes(&self) -> bool {
        self.plan.takes_votes(&self.marks, self.now)
    }
    /// Whether a post that is written now may be shown without a facilitator reading it first.
    pub(crate) fn is_running(&self) -> bool {
        matches!(self.phase(), Phase::Open | Phase::Voting)
    }
    /// Whether posts are taken at all: late ones are held.
    pub(crate) fn takes_posts(&self) -> bool {
        matches!(self.phase(), Phase::Open | Phase::Voting | Phase::Summary)
    }
    /// Whether it is made up, to show how the forum works.
    pub(crate) fn is_demonstration(&self) -> bool {
        self.slug.starts_with(DEMONSTRATION)
    }
    /// Today by universal time.
    pub(crate) fn today(&self) -> Date {
        self.now.to_offset(UtcOffset::UTC).date()
    }
    /// Which day of how many; none outside the dates.
    pub(crate) fn day_number(&self) -> Option<(i64, i64)> {
        let all = (self.plan.closes_on - self.plan.opens_on).whole_days() + 1;
        let here = (self.today() - self.plan.opens_on).whole_days() + 1;
        self.is_running().then(|| (here.clamp(1, all), all))
    }
}

/// The address of a question's page.
pub(crate) fn question_path(slug: &str) -> String {
    format!("/questions/{}", segment(slug))
}

/// Votes on one statement.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) agree: u64,
    pub(crate) disagree: u64,
    pub(crate) unclear: u64,
    pub(crate) no_view: u64,
    pub(crate) not_my_field: u64,
}

impl Counts {
    /// Passes of every sort.
    pub(crate) fn passes(&self) -> u64 {
        self.unclear + self.no_view + self.not_my_field
    }
    /// How many times it was put before somebody who answered.
    pub(crate) fn exposures(&self) -> u64 {
        self.agree + self.disagree + self.passes()
    }
}

/// A statement with its votes.
#[derive(Debug, Clone)]
pub(crate) struct StatementView {
    pub(crate) number: i64,
    pub(crate) body: String,
    pub(crate) language: String,
    pub(crate) is_seed: bool,
    pub(crate) status: StatementStatus,
    /// Why it is held or out, in words.
    pub(crate) reason: String,
    /// The statement whose wording this one replaced.
    pub(crate) replaces: Option<i64>,
    pub(crate) claim_id: Option<String>,
    pub(crate) written_at: OffsetDateTime,
    /// Whether the reader wrote it.
    pub(crate) is_mine: bool,
    pub(crate) counts: Counts,
}

/// Who wrote a post, as far as members are told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Author {
    /// Blank when the member left and was forgotten.
    pub(crate) name: String,
    pub(crate) country: String,
    pub(crate) is_facilitator: bool,
    pub(crate) is_expert: bool,
}

/// A post in its thread.
#[derive(Debug, Clone)]
pub(crate) struct PostView {
    pub(crate) number: i64,
    pub(crate) parent: Option<i64>,
    /// How many posts stand above it.
    pub(crate) depth: usize,
    pub(crate) author: Author,
    pub(crate) written_at: OffsetDateTime,
    pub(crate) is_by_mail: bool,
    pub(crate) language: String,
    pub(crate) status: PostStatus,
    /// Why it was held, rejected or removed.
    pub(crate) reason: String,
    pub(crate) body: String,
    pub(crate) is_edited: bool,
    pub(crate) is_mine: bool,
}

/// One wording of a post.
#[derive(Debug, Clone)]
pub(crate) struct Revision {
    pub(crate) body: String,
    pub(crate) written_at: OffsetDateTime,
}

/// The reader's own votes, by statement.
pub(crate) type Ballots = BTreeMap<i64, Ballot>;

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::{date, datetime};

    #[test]
    fn a_day_has_its_number_while_the_discussion_runs() {
        let mut question = super::super::example::question();
        question.now = datetime!(2026-10-12 12:00 UTC);
        assert_eq!(question.day_number(), Some((3, 5)));
        // Already open in the east, not yet the first day in universal time.
        question.now = datetime!(2026-10-09 12:00 UTC);
        assert_eq!(question.day_number(), Some((1, 5)));
        question.now = datetime!(2026-10-15 11:00 UTC);
        assert_eq!((question.day_number(), question.plan.closes_on), (Some((5, 5)), date!(2026 - 10 - 14)));
        question.now = datetime!(2026-10-15 13:00 UTC);
        assert_eq!((question.day_number(), question.takes_posts()), (None, true));
    }

    #[test]
    fn every_answer_is_an_exposure() {
        let counts = Counts { agree: 5, disagree: 3, unclear: 1, no_view: 2, not_my_field: 4 };
        assert_eq!((counts.passes(), counts.exposures()), (7, 15));
    }
}
