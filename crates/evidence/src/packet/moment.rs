//! Points in time as texts: UTC to the second, `2026-03-01T12:00:00Z`, in that one spelling.

use time::format_description::well_known::Rfc3339;
use time::{OffsetDateTime, UtcOffset};

/// The text of a time; what is below a second is dropped.
pub fn render(moment: OffsetDateTime) -> String {
    let utc = moment.to_offset(UtcOffset::UTC);
    format!(
        "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z",
        utc.year(),
        u8::from(utc.month()),
        utc.day(),
        utc.hour(),
        utc.minute(),
        utc.second()
    )
}

/// The time of a text; `None` when the text is not the one that [`render`] gives.
pub fn parse(text: &str) -> Option<OffsetDateTime> {
    let moment = OffsetDateTime::parse(text, &Rfc3339).ok()?;
    (render(moment) == text).then_some(moment)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_has_one_spelling() {
        assert_eq!(render(parse("2026-03-01T12:00:00Z").unwrap()), "2026-03-01T12:00:00Z");
        for text in
            ["2026-03-01", "2026-03-01T12:00:00+00:00", "2026-03-01T12:00:00.5Z", "2026-02-30T12:00:00Z", ""]
        {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
