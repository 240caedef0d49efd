//! Moments and spans of time in words: "12 Oct, 06:40", "2 days 9 hours".
//!
//! Rule: the largest unit and the one below it, rounded down; times of day are universal time, which the page says once.
//! The machine's form stands in `datetime`.

use crate::text::key;
use crate::visit::Visit;
use maud::{Markup, html};
use time::{Date, Duration, OffsetDateTime, UtcOffset};

/// A day without its year: "12 Oct".
pub(crate) fn short(visit: &Visit, date: Date) -> String {
    visit.ta("date-short", &[("day", date.day().into()), ("month", u8::from(date.month()).into())])
}

/// A date as ISO 8601 writes it.
pub(crate) fn iso_day(date: Date) -> String {
    format!("{:04}-{:02}-{:02}", date.year(), u8::from(date.month()), date.day())
}

/// A moment as RFC 3339 writes it, to the second, in universal time.
pub(crate) fn iso(moment: OffsetDateTime) -> String {
    let moment = moment.to_offset(UtcOffset::UTC);
    let (hour, minute, second) = moment.to_hms();
    format!("{}T{hour:02}:{minute:02}:{second:02}Z", iso_day(moment.date()))
}

/// A day with its machine form.
pub(crate) fn day(visit: &Visit, date: Date) -> Markup {
    html! { time datetime=(iso_day(date)) { (visit.lang.day(date)) } }
}

/// A moment with its machine form: "12 Oct, 06:40".
pub(crate) fn stamp(visit: &Visit, moment: OffsetDateTime) -> Markup {
    let moment = moment.to_offset(UtcOffset::UTC);
    let clock = format!("{:02}:{:02}", moment.hour(), moment.minute());
    html! { time datetime=(iso(moment)) { (short(visit, moment.date())) ", " (clock) } }
}

/// A span in words; under a minute is no time at all.
pub(crate) fn span(visit: &Visit, span: Duration) -> String {
    let minutes = span.whole_minutes().max(0);
    let (days, hours, rest) = (minutes / 1_440, minutes / 60 % 24, minutes % 60);
    let count = |name, many: i64| visit.ta(name, &[("count", many.into())]);
    let (large, small) = match (days, hours) {
        (0, 0) => return count(key("span-minutes"), rest),
        (0, _) => (count(key("span-hours"), hours), (rest > 0).then(|| count(key("span-minutes"), rest))),
        _ => (count(key("span-days"), days), (hours > 0).then(|| count(key("span-hours"), hours))),
    };
    small.map_or_else(|| large.clone(), |small| format!("{large} {small}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::questions::example::visit;
    use time::macros::datetime;

    #[test]
    fn a_span_has_two_units_at_most() {
        let visit = visit();
        for (minutes, words) in [
            (0, "0 minutes"),
            (1, "1 minute"),
            (61, "1 hour 1 minute"),
            (120, "2 hours"),
            (1_440 + 59, "1 day"),
            (3 * 1_440 - 15 * 60 + 5, "2 days 9 hours"),
            (-5, "0 minutes"),
        ] {
            assert_eq!(span(&visit, Duration::minutes(minutes)), words, "{minutes}");
        }
    }

    #[test]
    fn a_moment_is_told_in_universal_time() {
        let moment = datetime!(2026-10-12 01:40 -05:00);
        let shown = stamp(&visit(), moment).into_string();
        assert_eq!(shown, "<time datetime=\"2026-10-12T06:40:00Z\">12 Oct, 06:40</time>");
    }
}
