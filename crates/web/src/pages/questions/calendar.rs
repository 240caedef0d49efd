//! Discussions as a calendar that a calendar program subscribes to (iCalendar, RFC 5545).
//!
//! Rule: one all-day event per discussion, its end exclusive (§3.6.1); lines end in CRLF and are folded at 75 octets
//! (§3.1); text is escaped (§3.3.11). A draft is in no calendar.

use time::{Date, OffsetDateTime, UtcOffset};

/// One discussion.
#[derive(Debug, Clone)]
pub(crate) struct Event {
    pub(crate) slug: String,
    pub(crate) title: String,
    pub(crate) description: String,
    pub(crate) first: Date,
    pub(crate) last: Date,
    pub(crate) announced_at: OffsetDateTime,
    pub(crate) address: String,
}

/// The calendar, named `name`, of the site at `host`.
pub(crate) fn calendar(name: &str, host: &str, events: &[Event]) -> String {
    let mut out = String::new();
    let mut line = |text: &str| fold(&mut out, text);
    line("BEGIN:VCALENDAR");
    line("VERSION:2.0");
    line("PRODID:-//whatworks//questions//EN");
    line("METHOD:PUBLISH");
    line(&format!("X-WR-CALNAME:{}", escape(name)));
    for event in events {
        let after = event.last.next_day().unwrap_or(event.last);
        line("BEGIN:VEVENT");
        line(&format!("UID:question-{}@{host}", event.slug));
        line(&format!("DTSTAMP:{}", basic(event.announced_at)));
        line(&format!("DTSTART;VALUE=DATE:{}", basic_day(event.first)));
        line(&format!("DTEND;VALUE=DATE:{}", basic_day(after)));
        line(&format!("SUMMARY:{}", escape(&event.title)));
        line(&format!("DESCRIPTION:{}", escape(&event.description)));
        line(&format!("URL:{}", event.address));
        line("TRANSP:TRANSPARENT");
        line("END:VEVENT");
    }
    line("END:VCALENDAR");
    out
}

fn basic_day(date: Date) -> String {
    format!("{:04}{:02}{:02}", date.year(), u8::from(date.month()), date.day())
}

fn basic(moment: OffsetDateTime) -> String {
    let moment = moment.to_offset(UtcOffset::UTC);
    let (hour, minute, second) = moment.to_hms();
    format!("{}T{hour:02}{minute:02}{second:02}Z", basic_day(moment.date()))
}

fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ',' | ';' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// Adds a line, broken before the 76th octet and never inside a character.
fn fold(out: &mut String, text: &str) {
    const MOST: usize = 75;
    let mut filled = 0;
    for c in text.chars() {
        if filled + c.len_utf8() > MOST {
            out.push_str("\r\n ");
            filled = 1;
        }
        out.push(c);
        filled += c.len_utf8();
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::{date, datetime};

    #[test]
    fn a_discussion_is_an_event_of_whole_days() {
        let event = Event {
            slug: "barriers".into(),
            title: format!("What, then; works?\nEND:VEVENT {}", "é".repeat(60)),
            description: "Five days.".into(),
            first: date!(2026 - 10 - 10),
            last: date!(2026 - 10 - 31),
            announced_at: datetime!(2026-09-01 08:00 +02:00),
            address: "https://a.org/questions/barriers".into(),
        };
        let text = calendar("Questions", "a.org", &[event]);
        assert!(text.contains("DTSTART;VALUE=DATE:20261010\r\nDTEND;VALUE=DATE:20261101\r\n"), "{text}");
        assert!(
            text.contains("DTSTAMP:20260901T060000Z\r\n") && text.contains("UID:question-barriers@a.org")
        );
        assert!(text.contains("SUMMARY:What\\, then\\; works?\\nEND:VEVENT"), "{text}");
        assert_eq!(text.matches("\r\nEND:VEVENT\r\n").count(), 1);
        assert!(text.split("\r\n").all(|line| line.len() <= 75), "{text}");
        assert!(text.ends_with("END:VCALENDAR\r\n"));
    }
}
