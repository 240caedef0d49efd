//! One sentence about one synthesis, by the rules of the house: certainty picks the verb, size the adverb.
//!
//! high "raises" · moderate "probably raises" · low "may raise" · very low "we cannot tell whether" · nothing pooled
//! "nobody has studied". What only leans (the interval holds zero) is said to lean. Effects on takers speak of taking up.
//! An association only "goes along with". A probability is never put into the verb.

use crate::shown;
use crate::text::{self, key};
use crate::visit::Visit;
use whatworks_domain::{Certainty, Estimand};
use whatworks_evidence::map::Assessment;
use whatworks_evidence::verdict::{Reading, Size};

/// The first letter in lower case, for a name inside a sentence; abbreviations stay.
pub fn inside(name: &str) -> String {
    let mut letters = name.chars();
    match (letters.next(), letters.next()) {
        (Some(first), Some(second)) if !second.is_uppercase() => {
            first.to_lowercase().chain(name.chars().skip(1)).collect()
        }
        _ => name.to_owned(),
    }
}

/// A practice inside a sentence: its phrase, or its name with a small first letter.
pub fn practice(visit: &Visit, id: &str) -> String {
    phrase(visit, "practice", id).unwrap_or_else(|| inside(shown::practice(visit, id)))
}

/// An outcome inside a sentence: its phrase, or its name with a small first letter.
pub fn outcome(visit: &Visit, id: &str) -> String {
    phrase(visit, "outcome", id).unwrap_or_else(|| inside(shown::outcome(visit, id)))
}

fn phrase(visit: &Visit, kind: &str, id: &str) -> Option<String> {
    text::find_phrase(visit.lang, kind, id).map(|phrase| phrase.inside.clone())
}

/// A sentence, its first letter large.
pub fn opening(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Which way the estimate points, whatever is good.
fn way(assessment: &Assessment) -> &'static str {
    let estimate = assessment.synthesis.estimate.unwrap_or(0.0);
    if estimate < 0.0 { "lower" } else { "higher" }
}

/// The adverb of a size.
fn size(assessment: &Assessment) -> &'static str {
    match assessment.verdict.and_then(|verdict| verdict.size) {
        Some(Size::Small) => "small",
        Some(Size::Large) => "large",
        Some(Size::Medium) | None => "plain",
    }
}

/// The answer in one sentence.
pub fn answer(visit: &Visit, assessment: &Assessment) -> String {
    let practice = practice(visit, assessment.key.practice.as_str());
    let outcome = outcome(visit, assessment.key.outcome.as_str());
    let certainty = assessment.judgement.certainty;
    let args = [
        ("practice", practice.into()),
        ("outcome", outcome.into()),
        ("certainty", certainty.as_str().into()),
        ("way", way(assessment).into()),
        ("size", size(assessment).into()),
        ("estimand", assessment.key.estimand.as_str().into()),
    ];
    let Some(verdict) = assessment.verdict else {
        return opening(&visit.ta(key("answer-nothing-pooled"), &args));
    };
    let leans = matches!(verdict.reading, Reading::LeansBetter | Reading::LeansWorse);
    let pattern = match (assessment.key.estimand, verdict.reading, certainty) {
        (_, _, Certainty::NotRated) => key("answer-not-rated"),
        (_, _, Certainty::VeryLow) => key("answer-very-low"),
        (Estimand::Association, Reading::CannotTell | Reading::LittleOrNone, _) => {
            key("answer-association-open")
        }
        (Estimand::Association, ..) => key("answer-association"),
        (_, Reading::LittleOrNone, _) => key("answer-little"),
        (_, Reading::CannotTell, _) => key("answer-open"),
        _ if leans => key("answer-leans"),
        _ => key("answer-moves"),
    };
    opening(&visit.ta(pattern, &args))
}

#[cfg(test)]
mod tests {
    use super::{inside, opening};
    use crate::text;
    use whatworks_evidence::base;

    #[test]
    fn every_phrase_is_of_something_in_the_catalogue() {
        let catalogue = base::catalogue().unwrap();
        let known = |kind: &str, ids: Vec<String>| -> Vec<String> {
            ids.iter().map(|id| format!("{kind}-{}", id.replace('.', "-"))).collect()
        };
        let known = [
            known("practice", catalogue.practices.iter().map(|one| one.id.to_string()).collect()),
            known("outcome", catalogue.outcomes.iter().map(|one| one.id.to_string()).collect()),
            known("comparator", catalogue.comparators.iter().map(|one| one.id.to_string()).collect()),
            known("design", catalogue.designs.iter().map(|one| one.id.to_string()).collect()),
            known("family", catalogue.families.iter().map(|one| one.id.to_string()).collect()),
            known("domain", catalogue.domains.iter().map(|one| one.id.to_string()).collect()),
        ]
        .concat();
        let phrases: Vec<_> = text::list_phrases().collect();
        assert!(phrases.len() > 400);
        for (lang, id) in phrases {
            assert!(known.iter().any(|one| one == id), "{lang:?}: {id}");
        }
        assert_eq!(opening("a savings account"), "A savings account");
    }

    #[test]
    fn a_name_inside_a_sentence_begins_small_unless_it_is_an_abbreviation() {
        assert_eq!(inside("Business profit"), "business profit");
        assert_eq!(inside("PPI likelihood"), "PPI likelihood");
        assert_eq!(inside(""), "");
    }
}
