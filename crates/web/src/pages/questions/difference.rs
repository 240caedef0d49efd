//! What changed between two wordings: the words that stayed, went and came.
//!
//! Rule: the longest common subsequence of words and the white space between them (Hunt and McIlroy 1976), after equal
//! beginnings and endings are set aside. Where that table would be too large, the middle is told as one change.

use maud::{Markup, html};

/// Most cells of the table.
const MOST_CELLS: usize = 1_000_000;

/// A stretch of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part<'a> {
    Kept(&'a str),
    Gone(&'a str),
    Came(&'a str),
}

/// The later text with what went struck out and what came marked.
pub(crate) fn difference(before: &str, after: &str) -> Markup {
    html! {
        p.diff dir="auto" {
            @for part in parts(before, after) {
                @match part {
                    Part::Kept(text) => (text),
                    Part::Gone(text) => del { (text) },
                    Part::Came(text) => ins { (text) },
                }
            }
        }
    }
}

/// Words, and the white space between them, in order.
fn tokens(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut was_space = None;
    for (at, c) in text.char_indices() {
        let is_space = c.is_whitespace();
        if was_space.is_some_and(|was| was != is_space) {
            found.extend(text.get(start..at));
            start = at;
        }
        was_space = Some(is_space);
    }
    found.extend(text.get(start..).filter(|rest| !rest.is_empty()));
    found
}

fn parts<'a>(before: &'a str, after: &'a str) -> Vec<Part<'a>> {
    let (old, new) = (tokens(before), tokens(after));
    let head = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let (old_rest, new_rest) = (&old[head..], &new[head..]);
    let tail = old_rest.iter().rev().zip(new_rest.iter().rev()).take_while(|(a, b)| a == b).count();
    let (old_middle, new_middle) = (&old_rest[..old_rest.len() - tail], &new_rest[..new_rest.len() - tail]);
    let mut parts: Vec<Part<'a>> = old[..head].iter().map(|text| Part::Kept(text)).collect();
    parts.extend(middle(old_middle, new_middle));
    parts.extend(old_rest[old_rest.len() - tail..].iter().map(|text| Part::Kept(text)));
    parts
}

fn middle<'a>(old: &[&'a str], new: &[&'a str]) -> Vec<Part<'a>> {
    let width = new.len() + 1;
    if (old.len() + 1).saturating_mul(width) > MOST_CELLS {
        return old.iter().map(|t| Part::Gone(t)).chain(new.iter().map(|t| Part::Came(t))).collect();
    }
    // Length of the longest common subsequence of what follows (i, j).
    let mut length = vec![0_u32; (old.len() + 1) * width];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            length[i * width + j] = if old[i] == new[j] {
                length[(i + 1) * width + j + 1] + 1
            } else {
                length[(i + 1) * width + j].max(length[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut parts = Vec::with_capacity(old.len() + new.len());
    while i < old.len() || j < new.len() {
        if i < old.len() && j < new.len() && old[i] == new[j] {
            parts.push(Part::Kept(old[i]));
            (i, j) = (i + 1, j + 1);
        } else if j == new.len()
            || (i < old.len() && length[(i + 1) * width + j] >= length[i * width + j + 1])
        {
            parts.push(Part::Gone(old[i]));
            i += 1;
        } else {
            parts.push(Part::Came(new[j]));
            j += 1;
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn changed_words_are_told_apart() {
        let shown = difference("Groups break over money.", "Groups break over <b>time</b>.").into_string();
        assert_eq!(
            shown,
            "<p class=\"diff\" dir=\"auto\">Groups break over <del>money.</del><ins>&lt;b&gt;time&lt;/b&gt;.</ins></p>"
        );
        assert!(parts("", "").is_empty());
    }

    proptest! {
        #[test]
        fn both_wordings_can_be_read_out_of_the_parts(before in "[ab \n]{0,30}", after in "[ab \n]{0,30}") {
            let parts = parts(&before, &after);
            let of = |wanted: fn(&Part<'_>) -> Option<String>| parts.iter().filter_map(wanted).collect::<String>();
            let old = of(|part| match part { Part::Kept(t) | Part::Gone(t) => Some((*t).to_owned()), Part::Came(_) => None });
            let new = of(|part| match part { Part::Kept(t) | Part::Came(t) => Some((*t).to_owned()), Part::Gone(_) => None });
            prop_assert_eq!(old, before);
            prop_assert_eq!(new, after);
        }
    }
}
