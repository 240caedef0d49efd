//! Every word of a page comes from a Fluent file under `locales/`; this module finds it in the visitor's language.
//!
//! Rule: Accept-Language by quality (RFC 9110 §12.5.4), then English. Bidirectional isolation marks are off for
//! left-to-right languages, because they get into copied text. A language is one entry in [`Lang`] and one folder: its
//! texts, its direction, its number style. `build.rs` lists the files and refuses a folder that differs from English.

use crate::{number, sentence};
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use std::collections::BTreeMap;
use std::sync::LazyLock;
use time::Date;
use unic_langid::LanguageIdentifier;
use whatworks_charts::NumberStyle;

// SOURCES: code of a language, texts of its files.
include!(concat!(env!("OUT_DIR"), "/locales.rs"));

/// An argument of a text: a number (which picks the plural form and is printed in the language's style) or a text.
pub type Arg<'a> = FluentValue<'a>;

/// A language of the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lang {
    /// English, always complete.
    English,
    /// French, complete.
    French,
    /// Spanish, complete.
    Spanish,
    /// Arabic: the frame, the front page and the refusals; see [`Lang::on`].
    Arabic,
}

/// Between groups of digits in French and Spanish: a narrow no-break space.
const NARROW_SPACE: char = '\u{202f}';

impl Lang {
    /// All languages, English first.
    pub const ALL: [Self; 4] = [Self::English, Self::French, Self::Spanish, Self::Arabic];

    /// BCP 47 code.
    pub fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::French => "fr",
            Self::Spanish => "es",
            Self::Arabic => "ar",
        }
    }
    /// The language of this code.
    pub fn find(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lang| lang.code() == code)
    }
    /// Direction of writing, for `dir`.
    pub fn direction(self) -> &'static str {
        match self {
            Self::English | Self::French | Self::Spanish => "ltr",
            Self::Arabic => "rtl",
        }
    }
    /// The language in which the page at this path is written for who reads this one. Arabic has the front page; a page
    /// that it lacks is English in an Arabic frame, and marked as English.
    #[must_use]
    pub fn on(self, path: &str) -> Self {
        match self {
            Self::Arabic if path != "/" => Self::English,
            _ => self,
        }
    }
    /// How the language writes digits.
    fn digits(self) -> NumberStyle {
        let english = NumberStyle::english();
        match self {
            Self::English => english,
            Self::French => NumberStyle { decimal: ',', thousands: Some(NARROW_SPACE), ..english },
            Self::Spanish => {
                NumberStyle { decimal: ',', thousands: Some(NARROW_SPACE), group_from: 5, ..english }
            }
            Self::Arabic => NumberStyle { isolate: true, ..english },
        }
    }
    /// How the language writes numbers.
    pub fn style(self) -> NumberStyle {
        NumberStyle {
            to_word: t(self, "number-to"),
            in_hundred: t(self, "number-in-hundred"),
            under: t(self, "number-under"),
            over: t(self, "number-over"),
            absent: t(self, "number-absent"),
            ..self.digits()
        }
    }
    /// A day in words: "12 October 2026".
    pub fn day(self, day: Date) -> String {
        let args = [
            ("day", day.day().into()),
            ("month", u8::from(day.month()).into()),
            ("year", day.year().to_string().into()),
        ];
        ta(self, "date-long", &args)
    }
    fn sources(self) -> &'static [&'static str] {
        SOURCES.iter().find(|(code, _)| *code == self.code()).map_or(&[], |(_, texts)| texts)
    }
    fn bundle(self) -> &'static Bundle {
        match self {
            Self::English => &ENGLISH,
            Self::French => &FRENCH,
            Self::Spanish => &SPANISH,
            Self::Arabic => &ARABIC,
        }
    }

    /// The best language for an Accept-Language header.
    pub fn choose(accept: Option<&str>) -> Self {
        let mut best = (Self::English, 0.0);
        for part in accept.unwrap_or_default().split(',').take(20) {
            let (tag, parameters) = part.split_once(';').unwrap_or((part, ""));
            let quality =
                parameters.trim().strip_prefix("q=").map_or(Some(1.0), |text| text.parse::<f64>().ok());
            let primary = tag.trim().split('-').next().unwrap_or_default().to_ascii_lowercase();
            let found = Self::ALL.into_iter().find(|lang| lang.code() == primary);
            if let (Some(lang), Some(quality)) = (found, quality)
                && quality > best.1
            {
                best = (lang, quality);
            }
        }
        best.0
    }
}

type Bundle = FluentBundle<FluentResource>;

static ENGLISH: LazyLock<Bundle> = LazyLock::new(|| build(Lang::English));
static FRENCH: LazyLock<Bundle> = LazyLock::new(|| build(Lang::French));
static SPANISH: LazyLock<Bundle> = LazyLock::new(|| build(Lang::Spanish));
static ARABIC: LazyLock<Bundle> = LazyLock::new(|| build(Lang::Arabic));

fn build(lang: Lang) -> Bundle {
    let id: LanguageIdentifier = lang.code().parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![id]);
    bundle.set_use_isolating(lang.direction() == "rtl");
    // A formatter is a plain function, so each language has one of its own.
    bundle.set_formatter(Some(match lang {
        Lang::English => |value, _| formatted(Lang::English, value),
        Lang::French => |value, _| formatted(Lang::French, value),
        Lang::Spanish => |value, _| formatted(Lang::Spanish, value),
        Lang::Arabic => |value, _| formatted(Lang::Arabic, value),
    }));
    for source in lang.sources() {
        // A file with a faulty entry would still give its good ones; the build refuses any fault.
        let resource = match FluentResource::try_new((*source).to_owned()) {
            Ok(resource) | Err((resource, _)) => resource,
        };
        bundle.add_resource_overriding(resource);
    }
    bundle
}

fn formatted(lang: Lang, value: &FluentValue<'_>) -> Option<String> {
    match value {
        FluentValue::Number(number) => Some(number::plain(number.value, &lang.digits())),
        _ => None,
    }
}

/// The text of a key. A key without text shows itself: visible, harmless, and refused when building.
pub fn t(lang: Lang, key: &str) -> String {
    ta(lang, key, &[])
}

/// The text of a key with arguments.
pub fn ta(lang: Lang, key: &str, args: &[(&str, Arg<'_>)]) -> String {
    let bundle = lang.bundle();
    let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
        return if lang == Lang::English { key.to_owned() } else { ta(Lang::English, key, args) };
    };
    let mut named = FluentArgs::with_capacity(args.len());
    for (name, value) in args {
        named.set(*name, value.clone());
    }
    let mut errors = Vec::new();
    bundle.format_pattern(pattern, Some(&named), &mut errors).into_owned()
}

/// What a language calls something of the catalogue: inside a sentence, and at the start of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase {
    /// With its article, where the language has one.
    pub inside: String,
    /// The same, its first letter large.
    pub opening: String,
}

static PHRASES: LazyLock<BTreeMap<(Lang, String), Phrase>> = LazyLock::new(|| {
    let lines = |lang: Lang| lang.sources().iter().flat_map(|source| source.lines());
    let of = |lang: Lang| lines(lang).filter_map(move |line| phrase_of(lang, line));
    Lang::ALL.into_iter().flat_map(of).collect()
});

fn phrase_of(lang: Lang, line: &str) -> Option<((Lang, String), Phrase)> {
    let (id, text) = line.strip_prefix("phrase-")?.split_once(" = ")?;
    let phrase = Phrase { inside: text.to_owned(), opening: sentence::opening(text) };
    Some(((lang, id.to_owned()), phrase))
}

/// The phrase of a practice, an outcome, a comparator, a design, a family or a domain, by its id in the catalogue.
pub fn find_phrase(lang: Lang, kind: &str, id: &str) -> Option<&'static Phrase> {
    PHRASES.get(&(lang, format!("{kind}-{}", id.replace('.', "-"))))
}

/// Every phrase: its language, kind and id.
#[cfg(test)]
pub(crate) fn list_phrases() -> impl Iterator<Item = (Lang, &'static str)> {
    PHRASES.keys().map(|(lang, id)| (*lang, id.as_str()))
}

/// Marks a text key in a table of constants, so that the test of keys finds it.
pub const fn key(name: &'static str) -> &'static str {
    name
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::messages;
    use std::fs;
    use std::path::Path;
    use time::Month;

    #[test]
    fn language_follows_the_header_then_english() {
        assert_eq!(Lang::choose(None), Lang::English);
        assert_eq!(Lang::choose(Some("xx;q=0.9, en-GB;q=0.4, *;q=0")), Lang::English);
        assert_eq!(Lang::choose(Some(";;q=,,q=x")), Lang::English);
        assert_eq!(Lang::choose(Some("de, fr-CA;q=0.8, es;q=0.9")), Lang::Spanish);
        assert_eq!(Lang::choose(Some("AR-EG")), Lang::Arabic);
        assert!(Lang::ALL.into_iter().all(|lang| Lang::find(lang.code()) == Some(lang)));
    }

    #[test]
    fn numbers_and_days_are_written_as_the_language_does() {
        let day = Date::from_calendar_date(2026, Month::October, 12).unwrap();
        let first = Date::from_calendar_date(2026, Month::January, 1).unwrap();
        let number = |lang: Lang, value: f64| formatted(lang, &value.into()).unwrap();
        for (lang, words, opening, thousands, more) in [
            (Lang::English, "12 October 2026", "1 January 2026", "1,950", "−11,950"),
            (Lang::French, "12 octobre 2026", "1er janvier 2026", "1\u{202f}950", "−11\u{202f}950"),
            (Lang::Spanish, "12 de octubre de 2026", "1 de enero de 2026", "1950", "−11\u{202f}950"),
        ] {
            assert_eq!((lang.day(day), lang.day(first)), (words.to_owned(), opening.to_owned()));
            assert_eq!(
                (number(lang, 1_950.0), number(lang, -11_950.0)),
                (thousands.to_owned(), more.to_owned())
            );
            assert!(
                number(lang, 0.5).len() == 3 && (lang == Lang::English) == number(lang, 0.5).contains('.')
            );
        }
        assert_eq!(number(Lang::Arabic, -11_950.0), "\u{2066}−11,950\u{2069}");
        assert!(Lang::Arabic.day(day).contains("2026"));
    }

    #[test]
    fn a_text_that_a_language_lacks_is_english() {
        assert_eq!(t(Lang::Arabic, "no-such-key"), "no-such-key");
        assert_eq!(t(Lang::Arabic, "about-title"), t(Lang::English, "about-title"));
        assert_ne!(t(Lang::Arabic, "nav-about"), t(Lang::English, "nav-about"));
    }

    #[test]
    fn the_frame_and_the_front_page_are_whole_in_arabic() {
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let mut files: Vec<_> = ["language.rs", "layout.rs", "sentence.rs", "pages/front.rs"]
            .iter()
            .map(|name| source.join(name))
            .collect();
        files.extend(fs::read_dir(source.join("pages/front")).unwrap().map(|entry| entry.unwrap().path()));
        let code: String = files.iter().map(|path| fs::read_to_string(path).unwrap()).collect();
        let asked = messages::asked(&code);
        assert!(asked.len() > 150, "{}", asked.len());
        let lacking: Vec<_> = asked.iter().filter(|key| !Lang::Arabic.bundle().has_message(key)).collect();
        assert!(lacking.is_empty(), "{lacking:?}");
    }
}
