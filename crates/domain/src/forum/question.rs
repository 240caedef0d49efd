//! A question with its dates: the plan of a discussion, and the phase it is in.
//!
//! Rule (D26 of the forum's design): draft → scheduled → open → voting → summary → published → archived. A day lasts
//! from its first moment anywhere on Earth (UTC+14) to its last (UTC−12), so nobody is shut out by living in the east
//! or the west. A phase is a function of the dates, four marks and the clock; with time alone it never goes back.

use crate::member::words;
use time::{Date, Duration, OffsetDateTime, Time, UtcOffset};

/// Longest question, in characters.
pub const MAX_TITLE_LENGTH: usize = 160;
/// Fewest seed statements before a discussion can be scheduled.
pub const MIN_SEED_STATEMENTS: usize = 8;
/// Days in which members may comment on a published summary.
pub const SUMMARY_COMMENT_DAYS: i64 = 14;
/// Longest discussion, in days.
const MAX_DAYS: i64 = 60;

words! {
    /// Where a discussion stands.
    Phase {
        /// Being prepared; only facilitators see it.
        Draft = "draft",
        /// Announced.
        Scheduled = "scheduled",
        /// Posts, statements and votes.
        Open = "open",
        /// The last statements, and votes on all of them.
        Voting = "voting",
        /// Closed; the summary is being written. A late post is held.
        Summary = "summary",
        /// The summary is out; 14 days of comment.
        Published = "published",
        /// Done; kept as it is.
        Archived = "archived",
    }
}

words! {
    /// What a day is for.
    Theme {
        /// What is known.
        Facts = "facts",
        /// What members have seen.
        Experience = "experience",
        /// What could be done.
        Proposals = "proposals",
        /// Votes on all statements.
        Vote = "vote",
        /// The draft of the summary.
        Summary = "summary",
    }
}

/// One day of the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Day {
    /// Its date.
    pub held_on: Date,
    /// What it is for.
    pub theme: Theme,
    /// The day's question.
    pub prompt: String,
}

/// The dates of a discussion, all civil dates and inclusive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// First day.
    pub opens_on: Date,
    /// First day on which nothing but the last statements is new.
    pub votes_on: Date,
    /// Last day.
    pub closes_on: Date,
    /// First and last day of a later round of votes, if there is one.
    pub revote: Option<(Date, Date)>,
}

/// What people did that dates alone cannot say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Marks {
    /// When the draft became an announcement.
    pub scheduled_at: Option<OffsetDateTime>,
    /// When the first version of the summary was published.
    pub published_at: Option<OffsetDateTime>,
    /// When the final version was.
    pub final_at: Option<OffsetDateTime>,
    /// When it was put away.
    pub archived_at: Option<OffsetDateTime>,
}

/// A question's address: lower-case letters, digits and single hyphens, 3 to 60 of them, beginning with a letter. None
/// for any other text, and for the words that pages beside the questions have.
pub fn question_slug(text: &str) -> Option<String> {
    let is_kept = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let has_form = (3..=60).contains(&text.len())
        && text.chars().all(is_kept)
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && !text.ends_with('-')
        && !text.contains("--");
    (has_form && !["new", "calendar", "archive", "claims"].contains(&text)).then(|| text.to_owned())
}

/// Why dates do not make a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PlanFault {
    /// Not open ≤ voting ≤ close.
    #[error("the discussion opens first, then votes, then closes: these dates are not in that order")]
    Order,
    /// Over two months.
    #[error("a discussion lasts at most {MAX_DAYS} days")]
    TooLong,
    /// A re-vote before the close, or that ends before it begins.
    #[error("a later round of votes begins after the close and ends after it begins")]
    Revote,
    /// A day outside the discussion.
    #[error("day {0} lies outside the discussion's dates")]
    Day(usize),
}

/// The first moment of a date anywhere on Earth (UTC+14).
fn begins(date: Date) -> OffsetDateTime {
    OffsetDateTime::new_in_offset(date, Time::MIDNIGHT, hours(14)).to_offset(UtcOffset::UTC)
}

/// The moment after the last of a date anywhere on Earth (UTC−12).
fn ends(date: Date) -> OffsetDateTime {
    let next = date.next_day().unwrap_or(Date::MAX);
    OffsetDateTime::new_in_offset(next, Time::MIDNIGHT, hours(-12)).to_offset(UtcOffset::UTC)
}

fn hours(hours: i8) -> UtcOffset {
    UtcOffset::from_hms(hours, 0, 0).unwrap_or(UtcOffset::UTC)
}

impl Plan {
    /// Checks the dates and the days with them.
    ///
    /// # Errors
    /// [`PlanFault`].
    pub fn check(&self, days: &[Day]) -> Result<(), PlanFault> {
        if self.opens_on > self.votes_on || self.votes_on > self.closes_on {
            return Err(PlanFault::Order);
        }
        if (self.closes_on - self.opens_on).whole_days() >= MAX_DAYS {
            return Err(PlanFault::TooLong);
        }
        if let Some((from, to)) = self.revote
            && (from <= self.closes_on || to < from)
        {
            return Err(PlanFault::Revote);
        }
        let outside = |day: &Day| day.held_on < self.opens_on || day.held_on > self.closes_on;
        days.iter().position(outside).map_or(Ok(()), |at| Err(PlanFault::Day(at + 1)))
    }

    /// When it opens.
    pub fn opens_at(&self) -> OffsetDateTime {
        begins(self.opens_on)
    }
    /// When the voting days begin.
    pub fn votes_at(&self) -> OffsetDateTime {
        begins(self.votes_on)
    }
    /// When it closes: from this moment on it is closed.
    pub fn closes_at(&self) -> OffsetDateTime {
        ends(self.closes_on)
    }

    /// The phase at a moment.
    pub fn phase(&self, marks: &Marks, now: OffsetDateTime) -> Phase {
        let past = |mark: Option<OffsetDateTime>| mark.is_some_and(|at| at <= now);
        if past(marks.archived_at) {
            Phase::Archived
        } else if !past(marks.scheduled_at) {
            Phase::Draft
        } else if now < self.opens_at() {
            Phase::Scheduled
        } else if now < self.votes_at() {
            Phase::Open
        } else if now < self.closes_at() {
            Phase::Voting
        } else if past(marks.published_at) {
            Phase::Published
        } else {
            Phase::Summary
        }
    }

    /// Whether the later round of votes is on.
    pub fn is_revote(&self, now: OffsetDateTime) -> bool {
        self.revote.is_some_and(|(from, to)| begins(from) <= now && now < ends(to))
    }

    /// Whether votes count now: while open, while voting, and in a later round until it is put away.
    pub fn takes_votes(&self, marks: &Marks, now: OffsetDateTime) -> bool {
        match self.phase(marks, now) {
            Phase::Open | Phase::Voting => true,
            Phase::Summary | Phase::Published => self.is_revote(now),
            _ => false,
        }
    }

    /// The day of the plan that a moment falls on by universal time.
    pub fn day_of<'days>(&self, days: &'days [Day], now: OffsetDateTime) -> Option<&'days Day> {
        let today = now.to_offset(UtcOffset::UTC).date();
        days.iter().find(|day| day.held_on == today)
    }
}

impl Marks {
    /// Whether members may comment on the summary: 14 days from its publication, until it is final.
    pub fn takes_comments(&self, now: OffsetDateTime) -> bool {
        let until = Duration::days(SUMMARY_COMMENT_DAYS);
        self.published_at.is_some_and(|at| at <= now && now < at + until) && self.final_at.is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use time::macros::{date, datetime};

    fn plan() -> Plan {
        Plan {
            opens_on: date!(2026 - 10 - 10),
            votes_on: date!(2026 - 10 - 13),
            closes_on: date!(2026 - 10 - 14),
            revote: Some((date!(2026 - 10 - 29), date!(2026 - 10 - 30))),
        }
    }

    #[test]
    fn a_day_lasts_as_long_as_it_is_that_day_somewhere() {
        let marks = Marks { scheduled_at: Some(datetime!(2026-10-01 0:00 UTC)), ..Marks::default() };
        for (now, phase) in [
            (datetime!(2026-09-30 0:00 UTC), Phase::Draft),
            (datetime!(2026-10-09 9:59:59 UTC), Phase::Scheduled),
            (datetime!(2026-10-09 10:00 UTC), Phase::Open),
            (datetime!(2026-10-12 10:00 UTC), Phase::Voting),
            (datetime!(2026-10-15 11:59:59 UTC), Phase::Voting),
            (datetime!(2026-10-15 12:00 UTC), Phase::Summary),
        ] {
            assert_eq!(plan().phase(&marks, now), phase, "{now}");
        }
        assert!(plan().takes_votes(&marks, datetime!(2026-10-28 10:00 UTC)));
        assert!(!plan().takes_votes(&marks, datetime!(2026-10-31 12:00 UTC)));
    }

    #[test]
    fn an_address_needs_no_escaping() {
        assert_eq!(question_slug("grace-periods-2026").as_deref(), Some("grace-periods-2026"));
        for bad in
            ["", "ab", "new", "Grace", "grace period", "grace--period", "grace-", "1grace", "é-grace", "a/b"]
        {
            assert_eq!(question_slug(bad), None, "{bad}");
        }
        assert_eq!(question_slug(&"a".repeat(61)), None);
    }

    #[test]
    fn faulty_dates_are_refused() {
        let day = |held_on| Day { held_on, theme: Theme::Facts, prompt: String::new() };
        assert_eq!(
            plan().check(&[day(date!(2026 - 10 - 10)), day(date!(2026 - 10 - 15))]),
            Err(PlanFault::Day(2))
        );
        assert_eq!(Plan { votes_on: date!(2026 - 10 - 09), ..plan() }.check(&[]), Err(PlanFault::Order));
        assert_eq!(Plan { closes_on: date!(2026 - 12 - 14), ..plan() }.check(&[]), Err(PlanFault::TooLong));
        let revote = Some((date!(2026 - 10 - 14), date!(2026 - 10 - 16)));
        assert_eq!(Plan { revote, ..plan() }.check(&[]), Err(PlanFault::Revote));
    }

    #[test]
    fn comments_end_after_fourteen_days_or_with_the_final_version() {
        let marks = Marks { published_at: Some(datetime!(2026-10-16 0:00 UTC)), ..Marks::default() };
        assert!(marks.takes_comments(datetime!(2026-10-29 23:59 UTC)));
        assert!(!marks.takes_comments(datetime!(2026-10-30 0:00 UTC)));
        let done = Marks { final_at: Some(datetime!(2026-10-20 0:00 UTC)), ..marks };
        assert!(!done.takes_comments(datetime!(2026-10-21 0:00 UTC)));
    }

    proptest! {
        #[test]
        fn with_time_alone_a_phase_never_goes_back(
            scheduled in 0_i64..60, published in 0_i64..60, archived in 0_i64..60, one in 0_i64..1800, later in 0_i64..1800,
        ) {
            let start = datetime!(2026-09-20 0:00 UTC);
            let at = |days| Some(start + Duration::days(days));
            let marks = Marks {
                scheduled_at: at(scheduled), published_at: at(published), archived_at: at(archived), final_at: None,
            };
            let phase = |hours| plan().phase(&marks, start + Duration::hours(hours));
            prop_assert!(phase(one) <= phase(one + later));
        }
    }
}
