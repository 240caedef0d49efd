//! Dates written by a declared format, so that 03/04 is never guessed.
//!
//! A format is made of `YYYY`, `YY`, `MM`, `MMM`, `DD` and the characters between them. `MM` and `DD` take one or two
//! digits, `MMM` the English month's first three letters. A two-digit year YY is 2000 + YY up to 49, else 1900 + YY. A
//! time of day after the date is passed over.

use std::fmt;
use time::{Date, Month};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Year,
    ShortYear,
    Month,
    MonthName,
    Day,
    Literal(char),
}

/// How the dates of a column are written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateFormat {
    parts: Vec<Part>,
    text: String,
}

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

impl DateFormat {
    /// `YYYY-MM-DD`.
    pub fn iso() -> Self {
        use Part::{Day, Literal, Month, Year};
        Self { parts: vec![Year, Literal('-'), Month, Literal('-'), Day], text: "YYYY-MM-DD".to_owned() }
    }

    /// Reads a format such as `DD/MM/YYYY`; `None` unless it names year, month and day once each.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let known = [
                ("YYYY", Part::Year),
                ("YY", Part::ShortYear),
                ("MMM", Part::MonthName),
                ("MM", Part::Month),
                ("DD", Part::Day),
            ];
            let (length, part) = known
                .iter()
                .find(|(word, _)| rest.starts_with(word))
                .map_or((first.len_utf8(), Part::Literal(first)), |(word, part)| (word.len(), *part));
            if matches!(part, Part::Literal(letter) if letter.is_alphanumeric()) {
                return None;
            }
            parts.push(part);
            rest = &rest[length..];
        }
        let count = |wanted: &[Part]| parts.iter().filter(|part| wanted.contains(part)).count();
        let complete = count(&[Part::Year, Part::ShortYear]) == 1
            && count(&[Part::Month, Part::MonthName]) == 1
            && count(&[Part::Day]) == 1;
        complete.then(|| Self { parts, text: text.to_owned() })
    }

    /// The date of a cell, or `None` when it is not written so or does not exist.
    pub fn read(&self, cell: &str) -> Option<Date> {
        let mut rest = cell;
        let (mut year, mut month, mut day) = (0_i32, 0_u8, 0_u8);
        // Without marks between them (YYYYMMDD) the parts have a fixed width.
        let fixed = !self.parts.iter().any(|part| matches!(part, Part::Literal(_)));
        for part in &self.parts {
            match part {
                Part::Literal(mark) => rest = rest.strip_prefix(*mark)?,
                Part::MonthName => {
                    let letters = rest.len() - rest.trim_start_matches(char::is_alphabetic).len();
                    let name = rest.get(..letters)?.to_lowercase();
                    let found = MONTHS.iter().position(|short| name.starts_with(short))?;
                    month = u8::try_from(found + 1).ok()?;
                    rest = &rest[letters..];
                }
                Part::Year => {
                    year = i32::from(digits(&mut rest, 4, 4)?);
                }
                Part::ShortYear => {
                    let short = i32::from(digits(&mut rest, 2, 2)?);
                    year = if short < 50 { 2000 + short } else { 1900 + short };
                }
                Part::Month => month = u8::try_from(digits(&mut rest, if fixed { 2 } else { 1 }, 2)?).ok()?,
                Part::Day => day = u8::try_from(digits(&mut rest, if fixed { 2 } else { 1 }, 2)?).ok()?,
            }
        }
        let ends_well = rest.is_empty()
            || (rest.starts_with(['T', ' '])
                && rest.len() > 1
                && rest[1..].starts_with(|c: char| c.is_ascii_digit())
                && rest.contains(':'));
        if !ends_well {
            return None;
        }
        Date::from_calendar_date(year, Month::try_from(month).ok()?, day).ok()
    }
}

/// Takes between `least` and `most` digits off the front.
fn digits(rest: &mut &str, least: usize, most: usize) -> Option<u16> {
    let count = rest.bytes().take(most).take_while(u8::is_ascii_digit).count();
    if count < least {
        return None;
    }
    let (number, after) = rest.split_at(count);
    *rest = after;
    number.parse().ok()
}

impl fmt::Display for DateFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_read_only_as_its_format_says() {
        for (format, cell, expect) in [
            ("YYYY-MM-DD", "2021-02-28", Some("2021-02-28")),
            ("YYYY-MM-DD", "2021-02-28T10:30:00", Some("2021-02-28")),
            ("YYYY-MM-DD", "2021-02-29", None),
            ("DD/MM/YYYY", "3/4/2021", Some("2021-04-03")),
            ("MM/DD/YYYY", "3/4/2021", Some("2021-03-04")),
            ("DD/MM/YYYY", "3/14/2021", None),
            ("YYYYMMDD", "20210403", Some("2021-04-03")),
            ("DD MMM YYYY", "3 April 2021", Some("2021-04-03")),
            ("DD.MM.YY", "03.04.99", Some("1999-04-03")),
            ("DD.MM.YY", "03.04.21x", None),
            ("DD.MM.YY", "", None),
        ] {
            let format = DateFormat::parse(format).unwrap();
            assert_eq!(format.read(cell).map(|date| date.to_string()).as_deref(), expect, "{format} {cell}");
        }
        for format in ["", "DD/MM", "YYYY-MM-DD-DD", "year", "YYYY-MMM"] {
            assert_eq!(DateFormat::parse(format), None, "{format}");
        }
        assert_eq!(DateFormat::parse("YYYY-MM-DD"), Some(DateFormat::iso()));
    }
}
