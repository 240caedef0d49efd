//! One sentence about one synthesis, by the rules of the house: certainty picks the verb, size the adverb.
//!
//! high "raises" · moderate "probably raises" · low "may raise" · very low "we cannot tell whether" · nothing pooled
//! "nobody has studied". What only leans (the interval holds zero) is said to lean. Effects on takers speak of taking up.
//! An association only "goes along with". A probability is never put into the verb.

use crate::shown;
use crate::text::key;
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
    let key = format!("phrase-{kind}-{}", id.replace('.', "-"));
    let text = visit.t(&key);
    (text != key).then_some(text)
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
    use whatworks_evidence::base;

    #[test]
    fn every_phrase_is_of_something_in_the_catalogue() {
        let catalogue = base::catalogue().unwrap();
        let practices = catalogue.practices.iter().map(|practice| format!("practice-{}", practice.id));
        let outcomes = catalogue.outcomes.iter().map(|outcome| format!("outcome-{}", outcome.id));
        let known: Vec<String> = practices.chain(outcomes).map(|id| id.replace('.', "-")).collect();
        let text = include_str!("../locales/en/phrases.ftl");
        let keys: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("phrase-")).collect();
        assert!(keys.len() > 30);
        for line in keys {
            let id = line.split(" = ").next().unwrap_or_default();
            assert!(known.iter().any(|one| one == id), "{id}");
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
