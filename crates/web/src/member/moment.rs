//! Times as the reader's clock shows them.
//!
//! Rule: a member's time zone from the profile (IANA data base, shipped with the program), otherwise UTC, which the
//! text then says. The machine-readable form is always UTC.

use super::way::Asked;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use maud::{Markup, html};
use time::format_description::well_known::Rfc3339;
use time::{Date, Month, OffsetDateTime, UtcOffset};

/// The zone of this name; none when there is none.
pub(crate) fn zone(name: &str) -> Option<TimeZone> {
    TimeZone::get(name).ok()
}

/// Day, hour and minute in a zone; none for times that no calendar reaches.
fn clock(at: OffsetDateTime, zone: &TimeZone) -> Option<(Date, String)> {
    let here = zone.to_datetime(Timestamp::from_second(at.unix_timestamp()).ok()?);
    let month = Month::try_from(u8::try_from(here.month()).ok()?).ok()?;
    let day = Date::from_calendar_date(here.year().into(), month, u8::try_from(here.day()).ok()?).ok()?;
    Some((day, format!("{:02}:{:02}", here.hour(), here.minute())))
}

/// A moment, as the reader's clock shows it.
pub(crate) fn moment(asked: &Asked, at: OffsetDateTime) -> Markup {
    let chosen = asked.member.as_ref().and_then(|member| zone(&member.time_zone));
    let utc = at.to_offset(UtcOffset::UTC).replace_nanosecond(0).unwrap_or(at);
    let shown = clock(at, chosen.as_ref().unwrap_or(&TimeZone::UTC));
    html! {
        @if let Some((day, time)) = shown {
            time datetime=(utc.format(&Rfc3339).unwrap_or_default()) {
                (asked.visit.lang.day(day)) ", " (time)
                @if chosen.is_none() { " UTC" }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Lang;

    #[test]
    fn a_clock_shows_its_zone() {
        let at = OffsetDateTime::from_unix_timestamp(1_767_225_600).unwrap();
        for (name, day, time) in [
            ("UTC", "1 January 2026", "00:00"),
            ("Africa/Nairobi", "1 January 2026", "03:00"),
            ("America/Lima", "31 December 2025", "19:00"),
        ] {
            let (date, shown) = clock(at, &zone(name).unwrap()).unwrap();
            assert_eq!((Lang::English.day(date).as_str(), shown.as_str()), (day, time));
        }
        assert!(zone("Nowhere/Nothing").is_none() && zone("").is_none());
    }
}
