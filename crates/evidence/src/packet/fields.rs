//! Writing and reading the objects of a statement, field by field; what is left unread is refused.

use super::digest::Digest;
use super::fault::{PacketFault, quoted};
use super::json::{Json, MAX_WHOLE};
use super::moment;
use super::number::{decimal, parse_decimal};
use std::collections::BTreeMap;
use time::OffsetDateTime;
use unicode_normalization::UnicodeNormalization;
use whatworks_domain::IdError;

/// Longest text, in characters.
pub(super) const MAX_TEXT: usize = 4_000;
/// Longest list.
pub(super) const MAX_LIST: usize = 200;

fn path(place: &str, name: &str) -> String {
    if place.is_empty() { name.to_owned() } else { format!("{place}.{name}") }
}

/// An object being written. Texts are brought into normalisation form C.
pub(super) struct ObjectWriter {
    place: &'static str,
    fields: BTreeMap<String, Json>,
}

impl ObjectWriter {
    pub(super) fn new(place: &'static str) -> Self {
        Self { place, fields: BTreeMap::new() }
    }

    pub(super) fn json(&mut self, name: &str, value: Json) {
        self.fields.insert(name.to_owned(), value);
    }

    pub(super) fn text(&mut self, name: &str, text: &str) {
        self.json(name, Json::Text(text.nfc().collect()));
    }

    pub(super) fn optional_text(&mut self, name: &str, text: Option<&str>) {
        match text {
            Some(text) => self.text(name, text),
            None => self.json(name, Json::Null),
        }
    }

    pub(super) fn texts(&mut self, name: &str, texts: &[String]) {
        let values = texts.iter().map(|text| Json::Text(text.nfc().collect())).collect();
        self.json(name, Json::List(values));
    }

    pub(super) fn flag(&mut self, name: &str, flag: bool) {
        self.json(name, Json::Flag(flag));
    }

    pub(super) fn whole(&mut self, name: &str, number: Option<u64>) -> Result<(), PacketFault> {
        let value = match number {
            None => Json::Null,
            Some(number) => {
                let small = i64::try_from(number).ok().filter(|_| number <= MAX_WHOLE);
                Json::Whole(small.ok_or_else(|| PacketFault::Field {
                    place: path(self.place, name),
                    problem: format!("is {number}, beyond 2^53 − 1"),
                })?)
            }
        };
        self.json(name, value);
        Ok(())
    }

    pub(super) fn decimal(&mut self, name: &str, number: Option<f64>) -> Result<(), PacketFault> {
        let value = match number {
            None => Json::Null,
            Some(number) => Json::Text(decimal(number).map_err(|error| PacketFault::Decimal {
                place: path(self.place, name),
                found: error.0.to_string(),
            })?),
        };
        self.json(name, value);
        Ok(())
    }

    pub(super) fn finish(self) -> Json {
        Json::Object(self.fields)
    }
}

/// An object being read; [`Fields::finish`] refuses what nobody took.
pub(super) struct Fields {
    place: String,
    fields: BTreeMap<String, Json>,
}

impl Fields {
    pub(super) fn open(value: Json, place: &str) -> Result<Self, PacketFault> {
        if let Json::Object(fields) = value {
            return Ok(Self { place: place.to_owned(), fields });
        }
        let place = if place.is_empty() { "the statement" } else { place };
        Err(PacketFault::Field { place: place.to_owned(), problem: "is not an object".into() })
    }

    pub(super) fn fault(&self, name: &str, problem: &str) -> PacketFault {
        PacketFault::Field { place: path(&self.place, name), problem: problem.to_owned() }
    }

    fn take(&mut self, name: &str) -> Result<Json, PacketFault> {
        self.fields.remove(name).ok_or_else(|| PacketFault::Missing { place: path(&self.place, name) })
    }

    fn checked(&self, name: &str, text: String) -> Result<String, PacketFault> {
        if text.chars().count() > MAX_TEXT {
            return Err(self.fault(name, &format!("has more than {MAX_TEXT} characters")));
        }
        if text.chars().any(|letter| letter.is_control() && letter != '\n') {
            return Err(self.fault(name, "holds a control character"));
        }
        Ok(text)
    }

    pub(super) fn text(&mut self, name: &str) -> Result<String, PacketFault> {
        match self.take(name)? {
            Json::Text(text) => self.checked(name, text),
            _ => Err(self.fault(name, "is not a text")),
        }
    }

    pub(super) fn list(&mut self, name: &str, most: usize) -> Result<Vec<Json>, PacketFault> {
        match self.take(name)? {
            Json::List(values) if values.len() <= most => Ok(values),
            Json::List(_) => Err(self.fault(name, &format!("has more than {most} entries"))),
            _ => Err(self.fault(name, "is not a list")),
        }
    }

    pub(super) fn texts(&mut self, name: &str) -> Result<Vec<String>, PacketFault> {
        let values = self.list(name, MAX_LIST)?;
        let read = |value| match value {
            Json::Text(text) => self.checked(name, text),
            _ => Err(self.fault(name, "holds something that is not a text")),
        };
        values.into_iter().map(read).collect()
    }

    pub(super) fn object(&mut self, name: &str) -> Result<Self, PacketFault> {
        let value = self.take(name)?;
        Self::open(value, &path(&self.place, name))
    }

    pub(super) fn flag(&mut self, name: &str) -> Result<bool, PacketFault> {
        match self.take(name)? {
            Json::Flag(flag) => Ok(flag),
            _ => Err(self.fault(name, "is neither true nor false")),
        }
    }

    pub(super) fn optional_whole(&mut self, name: &str) -> Result<Option<u64>, PacketFault> {
        match self.take(name)? {
            Json::Null => Ok(None),
            Json::Whole(number) => {
                u64::try_from(number).map(Some).map_err(|_| self.fault(name, "is a negative count"))
            }
            _ => Err(self.fault(name, "is not a whole number")),
        }
    }

    pub(super) fn year(&mut self, name: &str) -> Result<Option<u16>, PacketFault> {
        let year = self.optional_whole(name)?;
        year.map(u16::try_from).transpose().map_err(|_| self.fault(name, "is not a year"))
    }

    pub(super) fn optional_decimal(&mut self, name: &str) -> Result<Option<f64>, PacketFault> {
        match self.take(name)? {
            Json::Null => Ok(None),
            Json::Text(text) => match parse_decimal(&text) {
                Some(number) => Ok(Some(number)),
                None => Err(PacketFault::Decimal { place: path(&self.place, name), found: quoted(&text) }),
            },
            _ => Err(self.fault(name, "is not a decimal text")),
        }
    }

    pub(super) fn decimal(&mut self, name: &str) -> Result<f64, PacketFault> {
        self.optional_decimal(name)?.ok_or_else(|| self.fault(name, "is null"))
    }

    pub(super) fn share(&mut self, name: &str) -> Result<Option<f64>, PacketFault> {
        let share = self.optional_decimal(name)?;
        if share.is_some_and(|share| !(0.0..=1.0).contains(&share)) {
            return Err(self.fault(name, "is not a share between 0 and 1"));
        }
        Ok(share)
    }

    pub(super) fn id<T>(
        &mut self,
        name: &str,
        make: impl Fn(&str) -> Result<T, IdError>,
    ) -> Result<T, PacketFault> {
        let text = self.text(name)?;
        make(&text).map_err(|error| self.fault(name, &format!("is no id: {error}")))
    }

    pub(super) fn digest(&mut self, name: &str) -> Result<Digest, PacketFault> {
        self.optional_digest(name)?.ok_or_else(|| self.fault(name, "is null"))
    }

    pub(super) fn optional_digest(&mut self, name: &str) -> Result<Option<Digest>, PacketFault> {
        match self.take(name)? {
            Json::Null => Ok(None),
            Json::Text(text) => match Digest::parse(&text) {
                Some(digest) => Ok(Some(digest)),
                None => Err(self.fault(name, "is not a SHA-256 of 64 lower-case hexadecimal digits")),
            },
            _ => Err(self.fault(name, "is not a text")),
        }
    }

    pub(super) fn moment(&mut self, name: &str) -> Result<OffsetDateTime, PacketFault> {
        let text = self.text(name)?;
        moment::parse(&text).ok_or_else(|| self.fault(name, "is not a time like 2026-03-01T12:00:00Z"))
    }

    pub(super) fn finish(self) -> Result<(), PacketFault> {
        match self.fields.keys().next() {
            Some(name) => Err(PacketFault::UnknownField { place: path(&self.place, name) }),
            None => Ok(()),
        }
    }
}
