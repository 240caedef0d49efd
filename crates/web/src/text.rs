//! Every word on a page comes from a Fluent file under `locales/`; this module finds it in the visitor's language.
//!
//! Rule: Accept-Language by quality (RFC 9110 §12.5.4), then English. Bidirectional isolation marks are off for
//! left-to-right languages, because they get into copied text. A language is one entry in [`Lang`]: its files, its
//! direction, its number style.

use crate::number;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use std::sync::LazyLock;
use unic_langid::LanguageIdentifier;
use whatworks_charts::NumberStyle;

/// An argument of a text: a number (which picks the plural form and is printed in the language's style) or a text.
pub type Arg<'a> = FluentValue<'a>;

/// A language of the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lang {
    /// English, always complete.
    English,
}

impl Lang {
    /// All languages, English first.
    pub const ALL: [Self; 1] = [Self::English];

    /// BCP 47 code.
    pub fn code(self) -> &'static str {
        match self {
            Self::English => "en",
        }
    }
    /// Direction of writing, for `dir`.
    pub fn direction(self) -> &'static str {
        match self {
            Self::English => "ltr",
        }
    }
    /// How the language writes numbers.
    pub fn style(self) -> NumberStyle {
        match self {
            Self::English => NumberStyle {
                to_word: t(self, "number-to"),
                in_hundred: t(self, "number-in-hundred"),
                under: t(self, "number-under"),
                over: t(self, "number-over"),
                absent: t(self, "number-absent"),
                ..NumberStyle::english()
            },
        }
    }
    fn sources(self) -> &'static [&'static str] {
        match self {
            Self::English => &[
                include_str!("../locales/en/common.ftl"),
                include_str!("../locales/en/refusals.ftl"),
                include_str!("../locales/en/fields.ftl"),
                include_str!("../locales/en/countries.ftl"),
                include_str!("../locales/en/practices.ftl"),
                include_str!("../locales/en/outcomes.ftl"),
                include_str!("../locales/en/studies.ftl"),
                include_str!("../locales/en/findings.ftl"),
                include_str!("../locales/en/methods.ftl"),
                include_str!("../locales/en/about.ftl"),
                include_str!("../locales/en/front.ftl"),
                include_str!("../locales/en/sentence.ftl"),
                include_str!("../locales/en/phrases.ftl"),
                include_str!("../locales/en/synthesis.ftl"),
            ],
        }
    }
    fn bundle(self) -> &'static Bundle {
        match self {
            Self::English => &ENGLISH,
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

fn build(lang: Lang) -> Bundle {
    let id: LanguageIdentifier = lang.code().parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![id]);
    bundle.set_use_isolating(lang.direction() == "rtl");
    bundle.set_formatter(Some(|value, _| match value {
        FluentValue::Number(number) => Some(number::plain(number.value, &NumberStyle::english())),
        _ => None,
    }));
    for source in lang.sources() {
        // A file with a faulty entry still gives its good ones; the tests refuse any fault.
        let resource = match FluentResource::try_new((*source).to_owned()) {
            Ok(resource) | Err((resource, _)) => resource,
        };
        bundle.add_resource_overriding(resource);
    }
    bundle
}

/// The text of a key. A key without text shows itself: visible, harmless, and refused by the tests.
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

/// Marks a text key in a table of constants, so that the test of keys finds it.
pub const fn key(name: &'static str) -> &'static str {
    name
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::Path;

    fn keys(lang: Lang) -> Vec<String> {
        let lines = lang.sources().iter().flat_map(|source| source.lines());
        lines
            .filter_map(|line| line.split_once(" ="))
            .map(|(name, _)| name)
            .filter(|name| name.starts_with(|c: char| c.is_ascii_lowercase()) && !name.contains(' '))
            .map(str::to_owned)
            .collect()
    }

    fn sources(folder: &Path, into: &mut String) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                sources(&path, into);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                into.push_str(&fs::read_to_string(path).unwrap());
            }
        }
    }

    fn asked(code: &str) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        for opening in ["t(\"", "ta(\"", "t(lang, \"", "t(self, \"", "ta(lang, \"", "key(\"", "ta(\n"] {
            for (at, _) in code.match_indices(opening) {
                // `assert(` and the like end in the same letters: the character before must not be a word's.
                if code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_') {
                    continue;
                }
                let rest = code[at + opening.len()..].trim_start().trim_start_matches('"');
                let name: String = rest.chars().take_while(|c| *c != '"').collect();
                if name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-') {
                    found.insert(name);
                }
            }
        }
        found
    }

    #[test]
    fn every_file_is_sound_and_no_key_stands_twice() {
        for lang in Lang::ALL {
            for source in lang.sources() {
                if let Err((_, errors)) = FluentResource::try_new((*source).to_owned()) {
                    panic!("{errors:?}");
                }
            }
            let all = keys(lang);
            let unique: BTreeSet<_> = all.iter().collect();
            let twice: Vec<_> =
                unique.iter().filter(|key| all.iter().filter(|other| other == *key).count() > 1).collect();
            assert!(twice.is_empty(), "{twice:?}");
        }
    }

    #[test]
    fn every_key_asked_for_has_a_text_and_every_text_is_asked_for() {
        let mut code = String::new();
        sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut code);
        let asked = asked(&code);
        let written: BTreeSet<String> = keys(Lang::English).into_iter().collect();
        assert!(asked.len() > 40);
        let missing: Vec<_> = asked.difference(&written).collect();
        assert!(missing.is_empty(), "asked for, not written: {missing:?}");
        // Countries and phrases are looked up by the code in the data.
        let by_code = |key: &str| key.starts_with("country-") || key.starts_with("phrase-");
        let named = |key: &str| code.contains(&format!("\"{key}\""));
        let unused: Vec<_> = written.iter().filter(|key| !by_code(key) && !named(key)).collect();
        assert!(unused.is_empty(), "written, not asked for: {unused:?}");
    }

    #[test]
    fn language_follows_the_header_then_english() {
        assert_eq!(Lang::choose(None), Lang::English);
        assert_eq!(Lang::choose(Some("xx;q=0.9, en-GB;q=0.4, *;q=0")), Lang::English);
        assert_eq!(Lang::choose(Some(";;q=,,q=x")), Lang::English);
    }
}
