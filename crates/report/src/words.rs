//! Every word of a report, from the Fluent files under `locales/`, in one language.
//!
//! A language is one entry in [`Lang`]: its files and its number style. Names that came from the plan (outcomes, columns,
//! the institution) are not translated; they are passed in as arguments.

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use std::sync::LazyLock;
use unic_langid::LanguageIdentifier;
use whatworks_charts::{NumberStyle, format};

/// A language of reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lang {
    /// English, always complete.
    English,
}

type Bundle = FluentBundle<FluentResource>;

static ENGLISH: LazyLock<Bundle> = LazyLock::new(|| build(Lang::English));

impl Lang {
    /// All languages, English first.
    pub const ALL: [Self; 1] = [Self::English];

    /// BCP 47 code.
    pub fn code(self) -> &'static str {
        match self {
            Self::English => "en",
        }
    }

    fn sources(self) -> &'static [&'static str] {
        match self {
            Self::English => &[
                include_str!("../locales/en/frame.ftl"),
                include_str!("../locales/en/summary.ftl"),
                include_str!("../locales/en/design.ftl"),
                include_str!("../locales/en/estimates.ftl"),
                include_str!("../locales/en/checks.ftl"),
                include_str!("../locales/en/release.ftl"),
            ],
        }
    }

    fn bundle(self) -> &'static Bundle {
        match self {
            Self::English => &ENGLISH,
        }
    }
}

fn build(lang: Lang) -> Bundle {
    let id: LanguageIdentifier = lang.code().parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![id]);
    // The marks get into copied text, and no right-to-left language is written yet.
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(|value, _| match value {
        FluentValue::Number(number) => Some(format::number(number.value, 0, &NumberStyle::english())),
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

/// The words and the number style of one language.
pub(crate) struct Words {
    /// The language.
    pub(crate) lang: Lang,
    /// How it writes numbers.
    pub(crate) style: NumberStyle,
}

impl Words {
    /// The words of a language.
    pub(crate) fn of(lang: Lang) -> Self {
        let mut words = Self { lang, style: NumberStyle::english() };
        words.style.to_word = words.t("number-to");
        words.style.absent = words.t("number-absent");
        words
    }

    /// The text of a key.
    pub(crate) fn t(&self, key: &str) -> String {
        self.ta(key, &[])
    }

    /// The text of a key with arguments. A key without text shows itself: visible, harmless, refused by the tests.
    pub(crate) fn ta(&self, key: &str, arguments: &[(&str, FluentValue<'_>)]) -> String {
        let bundle = self.lang.bundle();
        let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
            return key.to_owned();
        };
        let mut named = FluentArgs::with_capacity(arguments.len());
        for (name, value) in arguments {
            named.set(*name, value.clone());
        }
        bundle.format_pattern(pattern, Some(&named), &mut Vec::new()).into_owned()
    }

    /// "a", "a and b", "a, b and c".
    pub(crate) fn list(&self, items: &[String]) -> String {
        match items {
            [] => String::new(),
            [one] => one.clone(),
            [first @ .., last] => {
                self.ta("list-and", &[("first", first.join(", ").into()), ("last", last.as_str().into())])
            }
        }
    }
}

/// Marks a text key in a table of constants, so that the test of keys finds it.
pub(crate) const fn key(name: &'static str) -> &'static str {
    name
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::Path;

    fn written(lang: Lang) -> Vec<String> {
        let lines = lang.sources().iter().flat_map(|source| source.lines());
        lines
            .filter_map(|line| line.split_once(" =").map(|(name, _)| name))
            .filter(|name| name.starts_with(|c: char| c.is_ascii_lowercase()) && !name.contains(' '))
            .map(str::to_owned)
            .collect()
    }

    fn code(folder: &Path, into: &mut String) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                code(&path, into);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                into.push_str(&fs::read_to_string(path).unwrap());
            }
        }
    }

    /// The names that follow `t(`, `ta(` and `key(` in the sources, on the same line or the next.
    fn asked(code: &str) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        for opening in [".t(", ".ta(", "key("] {
            for (at, _) in code.match_indices(opening) {
                let rest = code[at + opening.len()..].trim_start();
                if let Some(rest) = rest.strip_prefix('"') {
                    let name: String = rest.chars().take_while(|c| *c != '"').collect();
                    if name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-') {
                        found.insert(name);
                    }
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
            let all = written(lang);
            let unique: BTreeSet<&String> = all.iter().collect();
            assert_eq!(all.len(), unique.len());
        }
    }

    #[test]
    fn every_key_asked_for_has_a_text_and_every_text_is_asked_for() {
        let mut text = String::new();
        code(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut text);
        let asked = asked(&text);
        assert!(asked.len() > 60);
        for lang in Lang::ALL {
            let written: BTreeSet<String> = written(lang).into_iter().collect();
            let missing: Vec<_> = asked.difference(&written).collect();
            assert!(missing.is_empty(), "asked for, not written: {missing:?}");
            let unused: Vec<_> = written.difference(&asked).collect();
            assert!(unused.is_empty(), "written, not asked for: {unused:?}");
        }
    }
}
