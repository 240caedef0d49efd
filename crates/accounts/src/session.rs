//! How long a session lasts, and how much it may do.
//!
//! Rules: a member's session ends after 14 days unused and after 90 days whatever happens; that of a member who holds
//! a role with power after 30 minutes and 12 hours. A session is strong when a second factor opened it or was shown in
//! it since; some acts (export, role changes, keys, adding a factor) want one that was shown within ten minutes. The
//! session gets a new token whenever its strength changes, so that one seen before signing in is worth nothing after.
//! Left out: who may do what, which is the forum's.

use time::{Duration, OffsetDateTime};

/// How long a shown second factor counts as just shown.
pub const FRESH: Duration = Duration::minutes(10);
/// How much the stored time of last use may lag, so that reading does not write at each page.
pub const SEEN_STEP: Duration = Duration::minutes(1);

/// When a session ends by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Without use.
    pub idle: Duration,
    /// From its start.
    pub absolute: Duration,
}

/// The limits for a member, by whether the member holds a role with power.
pub fn limits(has_power: bool) -> Limits {
    if has_power {
        Limits { idle: Duration::minutes(30), absolute: Duration::hours(12) }
    } else {
        Limits { idle: Duration::days(14), absolute: Duration::days(90) }
    }
}

/// A session as it is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Session {
    /// When it began.
    pub created_at: OffsetDateTime,
    /// When it was last used, to within [`SEEN_STEP`].
    pub seen_at: OffsetDateTime,
    /// When a second factor was last shown in it.
    pub strong_at: Option<OffsetDateTime>,
    /// When it was ended: signed out, ended from another device, account disabled.
    pub ended_at: Option<OffsetDateTime>,
}

/// What a session is worth now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It counts.
    Live,
    /// It was ended.
    Ended,
    /// Too long unused.
    Idle,
    /// Too old.
    Old,
}

/// Whether the session counts at `now`, for a member who holds a role with power or does not.
pub fn judge(session: &Session, has_power: bool, now: OffsetDateTime) -> Verdict {
    let limits = limits(has_power);
    if session.ended_at.is_some() {
        Verdict::Ended
    } else if now - session.created_at >= limits.absolute {
        Verdict::Old
    } else if now - session.seen_at >= limits.idle {
        Verdict::Idle
    } else {
        Verdict::Live
    }
}

/// When the session ends if it is not used again: for the cookie's life and the list of sessions.
pub fn ends_at(session: &Session, has_power: bool) -> OffsetDateTime {
    let limits = limits(has_power);
    (session.created_at + limits.absolute).min(session.seen_at + limits.idle)
}

/// Whether a second factor was shown in it.
pub fn is_strong(session: &Session) -> bool {
    session.strong_at.is_some()
}

/// Whether a second factor was shown within [`FRESH`]: what a step-up asks for.
pub fn is_fresh(session: &Session, now: OffsetDateTime) -> bool {
    // A time ahead of the clock is no proof of anything recent.
    session.strong_at.is_some_and(|at| at <= now && now - at < FRESH)
}

/// Whether `seen_at` is due to be stored again.
pub fn should_store_seen(session: &Session, now: OffsetDateTime) -> bool {
    now - session.seen_at >= SEEN_STEP
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    const START: OffsetDateTime = datetime!(2026-03-01 12:00 UTC);

    fn session(seen_after: Duration) -> Session {
        Session { created_at: START, seen_at: START + seen_after, strong_at: None, ended_at: None }
    }

    #[test]
    fn members_and_people_with_power_have_their_limits() {
        let second = Duration::SECOND;
        for (has_power, idle, absolute) in [
            (false, Duration::days(14), Duration::days(90)),
            (true, Duration::minutes(30), Duration::hours(12)),
        ] {
            let at = |seen, since_start| judge(&session(seen), has_power, START + since_start);
            assert_eq!(at(Duration::ZERO, idle - second), Verdict::Live);
            assert_eq!(at(Duration::ZERO, idle), Verdict::Idle);
            assert_eq!(at(absolute - second * 2, absolute - second), Verdict::Live);
            assert_eq!(at(absolute - second, absolute), Verdict::Old);
            assert_eq!(ends_at(&session(Duration::ZERO), has_power), START + idle);
            assert_eq!(ends_at(&session(absolute - second), has_power), START + absolute);
        }
    }

    #[test]
    fn what_was_ended_stays_ended() {
        let ended = Session { ended_at: Some(START), ..session(Duration::ZERO) };
        assert_eq!(judge(&ended, false, START), Verdict::Ended);
    }

    #[test]
    fn strength_lasts_and_freshness_does_not() {
        let weak = session(Duration::ZERO);
        let strong = Session { strong_at: Some(START), ..weak };
        assert!(!is_strong(&weak) && !is_fresh(&weak, START));
        assert!(is_strong(&strong) && is_fresh(&strong, START + Duration::seconds(599)));
        assert!(!is_fresh(&strong, START + FRESH));
        assert!(!is_fresh(&strong, START - Duration::SECOND));
    }

    #[test]
    fn reading_writes_once_a_minute() {
        assert!(!should_store_seen(&session(Duration::ZERO), START + Duration::seconds(59)));
        assert!(should_store_seen(&session(Duration::ZERO), START + Duration::seconds(60)));
    }
}
