//! The messages of a language, compared with those of English, when the program is built (`build.rs`).
//!
//! Rule: a complete language has every message of English with the same arguments and none besides; an incomplete one may
//! lack whole files. English has exactly the messages that the program asks for. Names are free: English takes those of
//! practices and outcomes from the catalogue, other languages write them as `phrase-…`. Reading is by line: an id stands
//! at the start of a line before ` =`, and every `$name` up to the next id is an argument of it. Left out: the syntax
//! inside a message, which Fluent itself reads in `build.rs`.

use std::collections::{BTreeMap, BTreeSet};

/// Arguments by id of the message.
pub(crate) type Messages = BTreeMap<String, BTreeSet<String>>;

/// Messages that are asked for by a code in the data, not by name.
const BY_CODE: [&str; 4] = ["country-", "fault-", "mail-", "phrase-"];
/// Messages that a language may have beside those of English.
const FREE: &str = "phrase-";
/// What stands before a key in the program.
const ASKING: [&str; 7] = ["t(\"", "ta(\"", "t(lang, \"", "t(self, \"", "ta(lang, \"", "key(\"", "ta(\n"];

fn is_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_')
}

/// Reads one file into `found`; returns the ids that stood there already.
pub(crate) fn read(text: &str, found: &mut Messages) -> Vec<String> {
    let mut twice = Vec::new();
    let mut current: Option<String> = None;
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        if let Some((id, _)) = line.split_once(" =")
            && id.starts_with(|c: char| c.is_ascii_lowercase())
            && id.chars().all(is_name)
        {
            if found.insert(id.to_owned(), BTreeSet::new()).is_some() {
                twice.push(id.to_owned());
            }
            current = Some(id.to_owned());
        }
        let Some(arguments) = current.as_ref().and_then(|id| found.get_mut(id)) else { continue };
        for rest in line.split('$').skip(1) {
            arguments.insert(rest.chars().take_while(|c| is_name(*c)).collect());
        }
    }
    twice
}

/// The keys that a program asks for by name.
pub(crate) fn asked(code: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for opening in ASKING {
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

/// What is asked for and not written, or written and never named.
pub(crate) fn faults_of_use(english: &Messages, code: &str) -> Vec<String> {
    let missing = asked(code).into_iter().filter(|key| !english.contains_key(key));
    let named = |key: &str| code.contains(&format!("\"{key}\""));
    let unused =
        english.keys().filter(|key| !BY_CODE.iter().any(|start| key.starts_with(start)) && !named(key));
    let missing = missing.map(|key| format!("en: {key} is asked for and not written"));
    missing.chain(unused.map(|key| format!("en: {key} is written and never asked for"))).collect()
}

/// What differs between one language's messages and those of English.
pub(crate) fn faults_of_language(code: &str, english: &Messages, own: &Messages) -> Vec<String> {
    let missing = english.keys().filter(|key| !own.contains_key(*key));
    let missing = missing.map(|key| format!("{code}: {key} is missing"));
    let besides = own.keys().filter(|key| !english.contains_key(*key) && !key.starts_with(FREE));
    let besides = besides.map(|key| format!("{code}: {key} is not in English"));
    let differing = own.iter().filter_map(|(key, arguments)| {
        let wanted = english.get(key).filter(|wanted| *wanted != arguments)?;
        Some(format!("{code}: {key} has the arguments {arguments:?}, in English {wanted:?}"))
    });
    missing.chain(besides).chain(differing).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENGLISH: &str = "# A comment = with $sign.\na = Text\nb = { $count ->\n    [one] One $x\n   *[other] \
                           { $count } of { $total-all }.\n }\ncountry-fr = France\n";

    fn messages(text: &str) -> Messages {
        let mut found = Messages::new();
        assert!(read(text, &mut found).is_empty());
        found
    }

    #[test]
    fn ids_and_arguments_are_found() {
        let found = messages(ENGLISH);
        assert_eq!(found.keys().collect::<Vec<_>>(), ["a", "b", "country-fr"]);
        assert_eq!(found["b"].iter().collect::<Vec<_>>(), ["count", "total-all", "x"]);
        assert!(found["a"].is_empty());
        assert_eq!(read("a = Again\n", &mut messages(ENGLISH)), ["a"]);
    }

    #[test]
    fn a_language_that_differs_is_told_where() {
        let english = messages(ENGLISH);
        assert!(faults_of_language("fr", &english, &english).is_empty());
        let french =
            messages("b = { $count } de { $total } $x\ncountry-fr = France\nc = trop\nphrase-x = y\n");
        let faults = faults_of_language("fr", &english, &french);
        assert_eq!(faults.len(), 3, "{faults:?}");
        for (fault, part) in faults.iter().zip(["a is missing", "c is not in English", "b has the arguments"])
        {
            assert!(fault.contains(part), "{fault}");
        }
    }

    #[test]
    fn keys_without_text_and_texts_without_use_are_found() {
        let english = messages(ENGLISH);
        let code = "let x = visit.ta(\n    \"b\", &[]); visit.t(\"a\"); assert(\"zzz\");";
        assert!(faults_of_use(&english, code).is_empty(), "{:?}", faults_of_use(&english, code));
        let faults = faults_of_use(&english, "t(\"b\") key(\"gone\")");
        assert_eq!(faults.len(), 2, "{faults:?}");
        assert!(faults[0].contains("gone") && faults[1].contains("a is written"));
    }
}
