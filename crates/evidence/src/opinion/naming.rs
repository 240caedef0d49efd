//! Letters of groups: A, B, C … by size at first, and afterwards the letter that most of a group's people had before.

use std::collections::{BTreeMap, BTreeSet};
use whatworks_stats::opinion::match_by_overlap;

/// The letter of each of `groups` groups. `labels` gives the group of each participant, `previous` the letters of an
/// earlier computation; a letter that nobody continues is given to a new group only when no fresh one is before it.
pub(super) fn letters(
    groups: usize,
    participants: &[String],
    labels: &[Option<usize>],
    previous: &BTreeMap<String, String>,
) -> Vec<String> {
    let known: Vec<&String> = previous.values().collect::<BTreeSet<_>>().into_iter().collect();
    let mut overlap = vec![vec![0; known.len()]; groups];
    for (participant, label) in participants.iter().zip(labels) {
        let before =
            previous.get(participant).and_then(|letter| known.iter().position(|known| *known == letter));
        if let (Some(group), Some(before)) = (label, before) {
            overlap[*group][before] += 1;
        }
    }
    let kept = match_by_overlap(&overlap);
    let taken: BTreeSet<&String> = kept.iter().flatten().map(|before| known[*before]).collect();
    // Letters never used come first: a reader who knew group C should not meet another C.
    let alphabet: Vec<String> = ('A'..='Z').map(String::from).collect();
    let unused = |letter: &&String| !known.contains(letter);
    let free_again = |letter: &&String| known.contains(letter) && !taken.contains(letter);
    let mut fresh = alphabet.iter().filter(unused).chain(alphabet.iter().filter(free_again));
    kept.iter()
        .map(|before| match before {
            Some(before) => known[*before].clone(),
            None => fresh.next().cloned().unwrap_or_default(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn people(count: usize) -> Vec<String> {
        (0..count).map(|at| at.to_string()).collect()
    }

    #[test]
    fn letters_follow_people() {
        let labels: Vec<Option<usize>> = (0..10).map(|at| Some(usize::from(at < 4))).collect();
        assert_eq!(letters(2, &people(10), &labels, &BTreeMap::new()), ["A", "B"]);
        let before = |at: usize| if at < 4 { "A" } else { "B" };
        let previous: BTreeMap<String, String> =
            (0..10).map(|at| (at.to_string(), before(at).to_owned())).collect();
        assert_eq!(letters(2, &people(10), &labels, &previous), ["B", "A"]);
    }

    #[test]
    fn a_new_group_has_a_new_letter() {
        let labels: Vec<Option<usize>> = (0..9).map(|at| Some(at / 3)).collect();
        let previous: BTreeMap<String, String> = [("0", "A"), ("1", "A"), ("2", "C"), ("6", "C"), ("7", "C")]
            .map(|(p, g)| (p.into(), g.into()))
            .into();
        assert_eq!(letters(3, &people(9), &labels, &previous), ["A", "B", "C"]);
    }
}
