//! Moments as they are stored and compared.
//!
//! Rule: UTC and whole seconds. SQLite holds a moment as text and compares it as text, and “12:00:00.5Z” stands before
//! “12:00:00Z” there; without fractions the order of texts is that of time, on both databases.

use time::{OffsetDateTime, UtcOffset};

/// The moment in UTC, its fraction of a second left off.
pub(crate) fn whole(at: OffsetDateTime) -> OffsetDateTime {
    let at = at.to_offset(UtcOffset::UTC);
    at.replace_nanosecond(0).unwrap_or(at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    #[test]
    fn a_moment_is_whole_and_in_utc() {
        let at = whole(datetime!(2026-03-01 01:30:00.75 +03:00));
        assert_eq!(at, datetime!(2026-02-28 22:30 UTC));
        assert_eq!(at.offset(), UtcOffset::UTC);
    }
}
