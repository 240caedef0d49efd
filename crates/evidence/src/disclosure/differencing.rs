//! Subtracting releases from one another: which groups an outsider could isolate, and whether one of them is small.
//!
//! Every cell is a set of people given by filters. The dimensions' named values, and "any other value", split the
//! universe into atoms, and a cell is a 0/1 vector over them. "Any other value" may be empty (a file with two sexes),
//! which an outsider may know, so everything is tried with it and without. An outsider can compute any sum of cells with
//! signs; a sum that is again 0 or 1 everywhere is a group, and its count and total are known. The rule: no such group
//! of 1 to 9 clients (policy's minimum less one). Checked exactly: sums of up to four cells (subtraction, complement,
//! inclusion and exclusion of two filters), of up to three where there are more than 40 cells, and, for any number of
//! parts, a whole less disjoint parts along one dimension. Sums that use only earlier releases were judged when those
//! left. Beyond three dimensions, or with more cells than can be combined, a second person reviews.

use super::ledger::LedgerEntry;
use super::policy::Policy;
use super::release::{Filters, Release, name_of};
use super::rules::{fail, review};
use super::{Reason, Rule};
use std::collections::{BTreeMap, BTreeSet};

/// Most dimensions that are checked exactly.
const MOST_DIMENSIONS: usize = 3;
/// Most atoms that are checked exactly.
const MOST_ATOMS: usize = 4096;
/// Most cells that are combined by four, and by three.
const MOST_BY_FOUR: usize = 40;
const MOST_BY_THREE: usize = 200;

/// A cell on the common board of old and new.
struct Piece {
    filters: Filters,
    lowest: i64,
    highest: i64,
    is_new: bool,
    atoms: Vec<i8>,
}

/// Reasons against a release because of what was released before, or of its own cells taken together.
pub(super) fn check(release: &Release, earlier: &[&LedgerEntry], policy: &Policy) -> Vec<Reason> {
    let mut pieces = gather(release, earlier, policy);
    let dimensions: BTreeSet<String> = pieces.iter().flat_map(|p| p.filters.keys().cloned()).collect();
    let countable = dimensions.len() <= MOST_DIMENSIONS && pieces.len() <= MOST_BY_THREE;
    let most = if pieces.len() <= MOST_BY_FOUR { 4 } else { 3 };
    let mut hit = parts_of_wholes(&pieces, &dimensions, policy).or_else(|| nested_pairs(&pieces, policy));
    let mut is_exact = countable;
    for has_others in [true, false] {
        if hit.is_none() && is_exact {
            is_exact = lay_out(&mut pieces, &dimensions, has_others);
            hit = if is_exact { combinations(&pieces, most, policy) } else { None };
        }
    }
    match hit {
        Some(names) => vec![fail(
            Rule::Differencing,
            &names,
            format!(
                "Added to and subtracted from one another, these groups isolate fewer than {} clients.",
                policy.minimum_count
            ),
            "Release only one of them, or change the grouping so that the difference is larger.",
        )],
        None if is_exact => Vec::new(),
        None => vec![review(
            Rule::Differencing,
            &release.id,
            "There are too many dimensions or earlier releases over the same clients to check every difference."
                .to_owned(),
            "A second person compares this release with the earlier ones, and writes down why it may leave.",
        )],
    }
}

/// A count that can be subtracted; more than 2^53 people are as good as 2^53.
fn signed(count: u64) -> i64 {
    count.min(1 << 53).cast_signed()
}

fn gather(release: &Release, earlier: &[&LedgerEntry], policy: &Policy) -> Vec<Piece> {
    // Equal cells teach nothing twice; an earlier one that is released again unchanged counts as earlier.
    let mut board: BTreeMap<(Filters, i64, i64), bool> = BTreeMap::new();
    for cell in earlier.iter().flat_map(|entry| &entry.cells) {
        let reach = if cell.n.is_some() { 0 } else { signed(policy.rounding_base / 2) };
        let near = signed(cell.n.unwrap_or(cell.released_n));
        let (lowest, highest) = (near - reach, near + reach);
        board.insert((cell.filters.clone(), lowest, highest), false);
    }
    for cell in &release.cells {
        let n = signed(cell.n);
        board.entry((cell.filters.clone(), n, n)).or_insert(true);
    }
    board
        .into_iter()
        .map(|((filters, lowest, highest), is_new)| Piece {
            filters,
            lowest,
            highest,
            is_new,
            atoms: Vec::new(),
        })
        .collect()
}

/// Writes each piece as a 0/1 vector; `false` when there are too many atoms. Without `has_others` a dimension with two
/// or more named values has no further ones.
fn lay_out(pieces: &mut [Piece], dimensions: &BTreeSet<String>, has_others: bool) -> bool {
    let values: Vec<(&String, Vec<Option<String>>)> = dimensions
        .iter()
        .map(|dimension| {
            let named: BTreeSet<&String> =
                pieces.iter().filter_map(|p| p.filters.get(dimension)).flatten().collect();
            let others = (has_others || named.len() < 2).then_some(None);
            (dimension, named.into_iter().cloned().map(Some).chain(others).collect())
        })
        .collect();
    if values.iter().map(|(_, v)| v.len()).product::<usize>() > MOST_ATOMS {
        return false;
    }
    for piece in pieces {
        let mut atoms = vec![1i8];
        for (dimension, values) in &values {
            let allowed = piece.filters.get(*dimension);
            let inside = |value: &Option<String>| match (allowed, value) {
                (None, _) => 1,
                (Some(set), Some(value)) => i8::from(set.contains(value)),
                (Some(_), None) => 0,
            };
            atoms = atoms.iter().flat_map(|a| values.iter().map(move |v| a * inside(v))).collect();
        }
        piece.atoms = atoms;
    }
    true
}

/// Whether a count that lies between the two limits may be 1 to 9.
fn may_be_small(lowest: i64, highest: i64, policy: &Policy) -> bool {
    highest >= 1 && lowest < signed(policy.minimum_count)
}

/// A whole less all its disjoint parts along one dimension.
fn parts_of_wholes(pieces: &[Piece], dimensions: &BTreeSet<String>, policy: &Policy) -> Option<String> {
    for (index, whole) in pieces.iter().enumerate() {
        for dimension in dimensions {
            let mut parts: Vec<&Piece> = Vec::new();
            // The larger parts first: they leave the smaller remainder when parts overlap.
            let mut candidates: Vec<&Piece> = pieces
                .iter()
                .enumerate()
                .filter(|(other, p)| *other != index && is_part(p, whole, dimension))
                .map(|(_, p)| p)
                .collect();
            candidates.sort_by_key(|p| std::cmp::Reverse(p.highest));
            for candidate in candidates {
                if parts.iter().all(|p| are_disjoint(p, candidate, dimension)) {
                    parts.push(candidate);
                }
            }
            let touches_new = whole.is_new || parts.iter().any(|p| p.is_new);
            let lowest = whole.lowest - parts.iter().map(|p| p.highest).sum::<i64>();
            let highest = whole.highest - parts.iter().map(|p| p.lowest).sum::<i64>();
            if touches_new && !parts.is_empty() && may_be_small(lowest, highest, policy) {
                return Some(names([whole].into_iter().chain(parts)));
            }
        }
    }
    None
}

fn is_part(part: &Piece, whole: &Piece, dimension: &str) -> bool {
    let others_equal = part
        .filters
        .iter()
        .filter(|(d, _)| *d != dimension)
        .eq(whole.filters.iter().filter(|(d, _)| *d != dimension));
    others_equal
        && match (part.filters.get(dimension), whole.filters.get(dimension)) {
            (Some(_), None) => true,
            (Some(part), Some(whole)) => part.is_subset(whole) && part != whole,
            (None, _) => false,
        }
}

fn are_disjoint(a: &Piece, b: &Piece, dimension: &str) -> bool {
    match (a.filters.get(dimension), b.filters.get(dimension)) {
        (Some(a), Some(b)) => a.is_disjoint(b),
        _ => false,
    }
}

/// One cell inside another on all dimensions, or the same cell with another count: the clients who came or went.
fn nested_pairs(pieces: &[Piece], policy: &Policy) -> Option<String> {
    for (index, inner) in pieces.iter().enumerate() {
        for (other, outer) in pieces.iter().enumerate() {
            let is_inside = outer.filters.iter().all(|(dimension, allowed)| {
                inner.filters.get(dimension).is_some_and(|values| values.is_subset(allowed))
            });
            if index == other || !is_inside || !(inner.is_new || outer.is_new) {
                continue;
            }
            let (mut lowest, mut highest) = (outer.lowest - inner.highest, outer.highest - inner.lowest);
            if inner.filters == outer.filters && lowest < 0 && highest <= 0 {
                (lowest, highest) = (-highest, -lowest);
            }
            // The same filters with a count known only as rounded is most likely the same release again.
            let is_rounding = inner.filters == outer.filters && lowest <= 0 && highest >= 0;
            if !is_rounding && may_be_small(lowest, highest, policy) {
                return Some(names([outer, inner]));
            }
        }
    }
    None
}

/// Signed sums of up to `most` cells that are again a group.
fn combinations(pieces: &[Piece], most: usize, policy: &Policy) -> Option<String> {
    for (index, first) in pieces.iter().enumerate().filter(|(_, p)| p.is_new) {
        let sum: Vec<i8> = first.atoms.clone();
        let chosen = vec![(index, 1)];
        if let Some(found) = extend(pieces, &sum, &chosen, 0, most, policy) {
            return Some(found);
        }
    }
    None
}

fn extend(
    pieces: &[Piece],
    sum: &[i8],
    chosen: &[(usize, i64)],
    from: usize,
    most: usize,
    policy: &Policy,
) -> Option<String> {
    if chosen.len() > 2 {
        let is_group =
            |sign: i8| sum.iter().all(|a| (0..=1).contains(&(a * sign))) && sum.iter().any(|a| *a != 0);
        for sign in [1i8, -1] {
            let (lowest, highest) = limits(pieces, chosen, i64::from(sign));
            if is_group(sign) && may_be_small(lowest, highest, policy) {
                return Some(names(chosen.iter().map(|(i, _)| &pieces[*i])));
            }
        }
    }
    if chosen.len() == most {
        return None;
    }
    for (index, piece) in pieces.iter().enumerate().skip(from) {
        if chosen.iter().any(|(i, _)| *i == index) {
            continue;
        }
        for sign in [1i8, -1] {
            let next: Vec<i8> = sum.iter().zip(&piece.atoms).map(|(a, b)| a + sign * b).collect();
            let mut with = chosen.to_vec();
            with.push((index, i64::from(sign)));
            if let Some(found) = extend(pieces, &next, &with, index + 1, most, policy) {
                return Some(found);
            }
        }
    }
    None
}

/// Least and most people in a signed sum of cells.
fn limits(pieces: &[Piece], chosen: &[(usize, i64)], sign: i64) -> (i64, i64) {
    chosen.iter().fold((0, 0), |(lowest, highest), (index, own)| {
        let piece = &pieces[*index];
        if own * sign > 0 {
            (lowest + piece.lowest, highest + piece.highest)
        } else {
            (lowest - piece.highest, highest - piece.lowest)
        }
    })
}

fn names<'a>(pieces: impl IntoIterator<Item = &'a Piece>) -> String {
    let names: Vec<String> = pieces.into_iter().map(|p| name_of(&p.filters)).collect();
    names.join(" / ")
}
