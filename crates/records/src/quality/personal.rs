//! Personal data that a study does not need: names, telephones, identity numbers, e-mail, places.
//!
//! Two signs: the words of a column's name, and the shape of its cells. A finding names column and lines and gives the
//! shape of the first cell (letters as x, digits as 9), never the cell. Identity numbers: twelve digits with the
//! Verhoeff check digit (Aadhaar), nine in groups of 3-2-4, thirteen with the date-of-birth head (South Africa), letter
//! groups as in a tax number (PAN). Left out: photographs, recordings, and recognising people by rare combinations.

use super::words::{holds, words};
use super::{QualityFinding, Severity, Subject};
use crate::table::{Column, Values, number_code};

/// Share of cells of a shape from which the column is taken to hold that kind.
const MOSTLY: f64 = 0.3;
/// Characters of a shape that are shown.
const SHAPE_CHARACTERS: usize = 24;

/// A kind of personal data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Name,
    Telephone,
    Identity,
    Email,
    Place,
    Address,
    Birth,
}

impl Kind {
    fn text(self) -> &'static str {
        match self {
            Self::Name => "people's names",
            Self::Telephone => "telephone numbers",
            Self::Identity => "national identity or tax numbers",
            Self::Email => "e-mail addresses",
            Self::Place => "GPS coordinates",
            Self::Address => "addresses",
            Self::Birth => "dates of birth",
        }
    }

    fn hint(self) -> &'static str {
        match self {
            Self::Birth => "keep the year or the age only",
            Self::Place => "take the column out, or replace it by the village or district",
            _ => "take the column out before the file goes any further; keep a random client key instead",
        }
    }
}

/// Words of column names, per kind. A word alone is enough.
const NAMES: [(Kind, &[&str]); 7] = [
    (
        Kind::Name,
        &[
            "firstname",
            "lastname",
            "surname",
            "fullname",
            "forename",
            "nickname",
            "prenom",
            "nombre",
            "apellido",
            "nom",
        ],
    ),
    (
        Kind::Telephone,
        &["phone", "telephone", "mobile", "cellphone", "msisdn", "whatsapp", "telefono", "tel"],
    ),
    (
        Kind::Identity,
        &["nid", "ssn", "passport", "aadhaar", "aadhar", "nin", "curp", "bvn", "cedula", "dni", "pan"],
    ),
    (Kind::Email, &["email", "mail"]),
    (Kind::Place, &["gps", "latitude", "longitude", "lat", "lon", "lng", "geolocation", "geopoint"]),
    (Kind::Address, &["address", "street", "postcode", "zip", "direccion", "adresse"]),
    (Kind::Birth, &["dob", "birthdate", "birthday", "dateofbirth"]),
];
/// Pairs of words that stand for a kind together.
const PAIRS: [(Kind, &str, &str); 8] = [
    (Kind::Name, "first", "name"),
    (Kind::Name, "last", "name"),
    (Kind::Name, "client", "name"),
    (Kind::Name, "respondent", "name"),
    (Kind::Name, "member", "name"),
    (Kind::Identity, "national", "id"),
    (Kind::Identity, "id", "card"),
    (Kind::Birth, "birth", "date"),
];

pub(super) fn check(subject: &Subject<'_>) -> Vec<QualityFinding> {
    subject
        .table
        .columns
        .iter()
        .enumerate()
        .filter_map(|(at, column)| by_shape(subject, at, column).or_else(|| by_name(subject, column)))
        .collect()
}

fn named_kind(name: &str) -> Option<Kind> {
    let found = words(name);
    let pair = |first: &str, second: &str| {
        found.iter().any(|word| word == first) && found.iter().any(|word| word == second)
    };
    if found.len() == 1 && found[0] == "name" {
        return Some(Kind::Name);
    }
    NAMES
        .iter()
        .find(|(_, known)| holds(name, known))
        .map(|(kind, _)| *kind)
        .or_else(|| PAIRS.iter().find(|(_, first, second)| pair(first, second)).map(|(kind, ..)| *kind))
}

/// A column whose name says so and whose cells could be it.
fn by_name(subject: &Subject<'_>, column: &Column) -> Option<QualityFinding> {
    let kind = named_kind(&column.source_name)?;
    let fits = |row: usize| match (&column.values, kind) {
        (Values::Texts(_), _) | (Values::Dates(_), Kind::Birth) => true,
        // A yes/no answer (has a mobile) is no number to call.
        (Values::Numbers(cells), Kind::Telephone | Kind::Identity) => cells[row].abs() >= 1e5,
        (Values::Numbers(cells), Kind::Place) => cells[row].fract() != 0.0,
        _ => false,
    };
    let rows: Vec<usize> =
        (0..subject.table.rows()).filter(|row| !column.values.is_missing(*row) && fits(*row)).collect();
    let first = rows.first().and_then(|row| column.values.code(*row))?;
    let severity = if kind == Kind::Birth { Severity::Warning } else { Severity::Problem };
    Some(finding(subject, column, kind, severity, &rows, &first, "by its name, the column holds"))
}

/// A column, or single cells of it, whose shape says so.
fn by_shape(subject: &Subject<'_>, at: usize, column: &Column) -> Option<QualityFinding> {
    match &column.values {
        Values::Texts(cells) => {
            let present = cells.iter().flatten().count();
            let rows_of = |is: &dyn Fn(&str) -> bool| -> Vec<usize> {
                (0..cells.len()).filter(|row| cells.get(*row).is_some_and(is)).collect()
            };
            let mostly = |rows: &[usize]| rows.len() as f64 >= MOSTLY * present as f64;
            // One e-mail address or international telephone number in a free text is one too many.
            for (kind, is, even_one) in [
                (Kind::Email, &holds_email as &dyn Fn(&str) -> bool, true),
                (Kind::Place, &is_place, true),
                (Kind::Telephone, &holds_international_telephone, true),
                (Kind::Identity, &is_identity, false),
                (Kind::Telephone, &is_telephone, false),
            ] {
                let rows = rows_of(is);
                if let Some(first) = rows.first()
                    && (even_one || mostly(&rows))
                {
                    let first = cells.get(*first).unwrap_or_default().to_owned();
                    return Some(finding(
                        subject,
                        column,
                        kind,
                        Severity::Problem,
                        &rows,
                        &first,
                        "cells look like",
                    ));
                }
            }
            let rows = rows_of(&is_person);
            let different = subject.codes[at].distinct * 2 > present;
            // Names differ from row to row; villages and trades repeat.
            (present >= 5 && different && rows.len() * 2 > present).then(|| {
                let first = rows.first().and_then(|row| cells.get(*row)).unwrap_or_default().to_owned();
                finding(subject, column, Kind::Name, Severity::Warning, &rows, &first, "cells look like")
            })
        }
        Values::Numbers(cells) => {
            let rows: Vec<usize> =
                (0..cells.len()).filter(|row| is_identity(&number_code(cells[*row]))).collect();
            let present = cells.iter().filter(|cell| !cell.is_nan()).count();
            let first = rows.first().map(|row| number_code(cells[*row]))?;
            let mostly = rows.len() as f64 >= MOSTLY * present as f64 && present >= 5;
            let different = subject.codes[at].distinct * 2 > present;
            (mostly && different).then(|| {
                finding(subject, column, Kind::Identity, Severity::Warning, &rows, &first, "cells look like")
            })
        }
        Values::Dates(_) => None,
    }
}

fn finding(
    subject: &Subject<'_>,
    column: &Column,
    kind: Kind,
    severity: Severity,
    rows: &[usize],
    first: &str,
    how: &str,
) -> QualityFinding {
    let text = format!("{how} {} ({} cells, the first shaped {})", kind.text(), rows.len(), shape(first));
    subject.of_rows("personal-data", severity, Some(column), rows, text, kind.hint())
}

/// Letters as x, digits as 9, at most 24 characters: says what kind of thing it is and nothing more.
fn shape(cell: &str) -> String {
    let mask = |letter: char| match letter {
        letter if letter.is_alphabetic() => 'x',
        letter if letter.is_numeric() => '9',
        letter => letter,
    };
    let mut shown: String = cell.chars().take(SHAPE_CHARACTERS).map(mask).collect();
    if cell.chars().nth(SHAPE_CHARACTERS).is_some() {
        shown.push('…');
    }
    shown
}

fn holds_email(cell: &str) -> bool {
    cell.split(|letter: char| letter.is_whitespace() || matches!(letter, ',' | ';' | '<' | '>' | '(' | ')'))
        .any(|word| {
            let Some((user, host)) = word.split_once('@') else { return false };
            let host = host.trim_end_matches('.');
            !user.is_empty()
                && host.contains('.')
                && host
                    .split('.')
                    .all(|part| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || c == '-'))
        })
}

/// Digits of a text made of digits and the marks people put between them.
fn digits_of(cell: &str) -> Option<String> {
    let body = cell.trim().strip_prefix('+').unwrap_or_else(|| cell.trim());
    let allowed =
        |letter: char| letter.is_ascii_digit() || matches!(letter, ' ' | '-' | '(' | ')' | '.' | '/');
    body.chars().all(allowed).then(|| body.chars().filter(char::is_ascii_digit).collect())
}

/// `+91 98765 43210`, alone or inside a text.
fn holds_international_telephone(cell: &str) -> bool {
    cell.match_indices('+').any(|(at, _)| {
        let rest = &cell[at + 1..];
        let end = rest
            .find(|letter: char| !(letter.is_ascii_digit() || matches!(letter, ' ' | '-' | '(' | ')')))
            .unwrap_or(rest.len());
        let count = rest[..end].bytes().filter(u8::is_ascii_digit).count();
        rest.starts_with(|first: char| first.is_ascii_digit() || first == '(') && (9..=15).contains(&count)
    })
}

/// A national number: nine to twelve digits, with a leading zero or marks between them.
fn is_telephone(cell: &str) -> bool {
    let marked = cell.trim().contains([' ', '-', '(']) || cell.starts_with('0');
    // A number with a decimal point is an amount.
    let is_amount = cell.contains('.') && cell.trim().parse::<f64>().is_ok();
    marked && !is_amount && digits_of(cell).is_some_and(|digits| (9..=12).contains(&digits.len()))
}

fn is_identity(cell: &str) -> bool {
    let cell = cell.trim();
    let shape = shape(cell);
    if shape == "999-99-9999" {
        return true;
    }
    // India's tax number: five letters, four digits, a letter.
    if shape == "xxxxx9999x"
        && cell.is_ascii()
        && cell.bytes().filter(u8::is_ascii_alphabetic).all(|b| b.is_ascii_uppercase())
    {
        return true;
    }
    let Some(digits) = digits_of(cell) else { return false };
    match digits.len() {
        12 => verhoeff_holds(&digits) && !digits.starts_with(['0', '1']),
        13 => luhn_holds(&digits) && is_day_and_month(&digits[2..6]),
        _ => false,
    }
}

fn is_day_and_month(month_day: &str) -> bool {
    let number = |text: &str| text.parse::<u8>().unwrap_or(0);
    (1..=12).contains(&number(&month_day[..2])) && (1..=31).contains(&number(&month_day[2..]))
}

fn luhn_holds(digits: &str) -> bool {
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(at, byte)| {
            let digit = u32::from(byte - b'0');
            let doubled = if at % 2 == 1 { 2 * digit } else { digit };
            if doubled > 9 { doubled - 9 } else { doubled }
        })
        .sum();
    sum.is_multiple_of(10)
}

/// Verhoeff's permutation of the digits.
const PERMUTATION: [usize; 10] = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];

/// Verhoeff 1969: the dihedral group D5 and the permutation (1 5 8 9 4 2 7 0)(3 6).
fn verhoeff_holds(digits: &str) -> bool {
    let multiply = |a: usize, b: usize| match (a < 5, b < 5) {
        (true, true) => (a + b) % 5,
        (true, false) => 5 + (a + b - 5) % 5,
        (false, true) => 5 + (a - 5 + 5 - b) % 5,
        (false, false) => (a - 5 + 5 - (b - 5)) % 5,
    };
    let permuted = |times: usize, digit: usize| (0..times).fold(digit, |digit, _| PERMUTATION[digit]);
    let check = digits
        .bytes()
        .rev()
        .enumerate()
        .fold(0, |check, (at, byte)| multiply(check, permuted(at % 8, usize::from(byte - b'0'))));
    check == 0
}

/// `12.9716, 77.5946` or `POINT (…)`.
fn is_place(cell: &str) -> bool {
    if cell.to_ascii_uppercase().starts_with("POINT") && cell.contains('(') {
        return true;
    }
    let parts: Vec<&str> = cell.split([',', ' ', ';']).filter(|part| !part.is_empty()).collect();
    let precise = |part: &str, most: f64| {
        let places = part.split_once('.').map_or(0, |(_, places)| places.len());
        places >= 3 && part.parse::<f64>().is_ok_and(|degrees| degrees.abs() <= most)
    };
    matches!(parts.as_slice(), [latitude, longitude, ..] if precise(latitude, 90.0) && precise(longitude, 180.0))
}

/// Two to four capitalised words and nothing else.
fn is_person(cell: &str) -> bool {
    let parts: Vec<&str> = cell.split_whitespace().collect();
    (2..=4).contains(&parts.len())
        && parts.iter().all(|part| {
            let mut letters = part.chars();
            letters.next().is_some_and(char::is_uppercase)
                && letters.all(|letter| letter.is_alphabetic() || matches!(letter, '.' | '\'' | '-'))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_are_told_apart() {
        assert!(
            holds_email("write to ana.b@example.org, please")
                && !holds_email("5 @ 3.50")
                && !holds_email("a@b")
        );
        assert!(
            holds_international_telephone("call +91 98765-43210")
                && !holds_international_telephone("2 + 3 goats")
        );
        assert!(
            is_telephone("098 765 4321")
                && !is_telephone("12345")
                && !is_telephone("1 234.50")
                && !is_telephone("987654321")
        );
        assert!(is_place("12.9716, 77.5946") && is_place("POINT (77.5 12.9)") && !is_place("12.5, 3"));
        assert!(is_person("Amina O. Yusuf") && !is_person("North") && !is_person("rice and beans"));
        assert_eq!(shape("Ana 12"), "xxx 99");
    }

    #[test]
    fn check_digits_are_computed() {
        // 236 with its Verhoeff check digit 3, and a classic Luhn number.
        assert!(verhoeff_holds("2363") && !verhoeff_holds("2364"));
        assert!(luhn_holds("79927398713") && !luhn_holds("79927398710"));
        assert!(is_identity("078-05-1120") && is_identity("ABCDE1234F") && !is_identity("123456"));
    }

    #[test]
    fn names_of_columns_are_told_apart() {
        for (name, expect) in [
            ("client_name", Some(Kind::Name)),
            ("name", Some(Kind::Name)),
            ("village_name", None),
            ("PhoneNumber", Some(Kind::Telephone)),
            ("gps_lat", Some(Kind::Place)),
            ("hotel", None),
            ("national_id", Some(Kind::Identity)),
            ("latrine", None),
        ] {
            assert_eq!(named_kind(name), expect, "{name}");
        }
    }
}
