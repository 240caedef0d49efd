//! What may enter a pool: the double-count guard and the designs that never pool.
//!
//! Rule (statistics.md §2): one estimate per sample in a pool. Of two rows on one sample, the primary stays, else the one
//! with the smaller standard error, else the first; the other is named with what was done. A study that stands twice
//! without a sample id is refused: nobody can tell whether the people are the same. Syntheses of other studies and
//! changes as clients report them are shown beside, never pooled.

use crate::effect::Effect;
use std::collections::BTreeMap;

/// Designs that are shown beside a pool and never enter it.
pub const NEVER_POOLED: [&str; 2] = ["synthesis", "reported-change"];

/// A row that was left out of a pool, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// Position in the slice given.
    pub index: usize,
    /// The row that stays instead, for a double count.
    pub kept: Option<usize>,
    /// Why.
    pub reason: LeftOutReason,
}

/// Why a row was left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeftOutReason {
    /// The same people are already counted by the sample's primary estimate.
    NotPrimary,
    /// The same people, no primary named: the smaller standard error stays.
    LargerStdError,
    /// Its design is never pooled.
    Design,
}

/// A study that stands twice and cannot be told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Twice {
    /// Position of the first row.
    pub first: usize,
    /// Position of the second row.
    pub second: usize,
}

/// Which of the class's effects may be pooled, and which were left out.
///
/// `members` are positions in `effects`, in order; the result keeps that order.
///
/// # Errors
/// [`Twice`] when a study stands twice, without sample id and without a primary mark that tells the rows apart.
pub fn eligible(effects: &[Effect], members: &[usize]) -> Result<(Vec<usize>, Vec<LeftOut>), Twice> {
    let mut left_out = Vec::new();
    let mut by_sample: BTreeMap<(bool, &str), Vec<usize>> = BTreeMap::new();
    for &index in members {
        let effect = &effects[index];
        if NEVER_POOLED.contains(&&*effect.design) {
            left_out.push(LeftOut { index, kept: None, reason: LeftOutReason::Design });
        } else if effect.sample.is_empty() {
            by_sample.entry((false, &effect.study)).or_default().push(index);
        } else {
            by_sample.entry((true, &effect.sample)).or_default().push(index);
        }
    }
    // A row without a sample id, of a study that also has rows with one, may be the same people or others.
    let mut sampled: BTreeMap<&str, usize> = BTreeMap::new();
    for &index in members.iter().filter(|index| !effects[**index].sample.is_empty()) {
        sampled.entry(&effects[index].study).or_insert(index);
    }
    for ((has_sample, study), rows) in &by_sample {
        if !has_sample && let Some(&other) = sampled.get(study) {
            return Err(Twice { first: other.min(rows[0]), second: other.max(rows[0]) });
        }
    }
    let mut kept = Vec::new();
    for ((has_sample, _), rows) in by_sample {
        let &[first, ref others @ ..] = rows.as_slice() else { continue };
        if others.is_empty() {
            kept.push(first);
            continue;
        }
        let primaries = rows.iter().filter(|index| effects[**index].primary == Some(true)).count();
        if !has_sample && primaries != 1 {
            return Err(Twice { first, second: others[0] });
        }
        let stays = rows.iter().copied().reduce(|best, index| {
            let (a, b) = (&effects[best], &effects[index]);
            let is_primary = |effect: &Effect| effect.primary == Some(true);
            let better = match (is_primary(a), is_primary(b)) {
                (true, false) => false,
                (false, true) => true,
                _ => b.std_error < a.std_error,
            };
            if better { index } else { best }
        });
        let Some(stays) = stays else { continue };
        kept.push(stays);
        let reason = |index: usize| {
            let by_primary = primaries > 0 && effects[index].primary != Some(true);
            if by_primary { LeftOutReason::NotPrimary } else { LeftOutReason::LargerStdError }
        };
        let others = rows.iter().filter(|index| **index != stays);
        left_out.extend(others.map(|index| LeftOut {
            index: *index,
            kept: Some(stays),
            reason: reason(*index),
        }));
    }
    kept.sort_unstable();
    left_out.sort_unstable_by_key(|row| row.index);
    Ok((kept, left_out))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::{EffectColumns, effects};

    fn guard(rows: &str) -> Result<(Vec<usize>, Vec<usize>), Twice> {
        let text = format!("study,estimate,std_error,sample_id,primary,design\n{rows}");
        let table = effects(text.as_bytes(), &EffectColumns::default()).unwrap();
        let members: Vec<usize> = (0..table.effects.len()).collect();
        let (kept, left_out) = eligible(&table.effects, &members)?;
        Ok((kept, left_out.iter().map(|row| row.index).collect()))
    }

    #[test]
    fn one_estimate_per_sample() {
        let rows = "A,1,1,s1,false,\nA wave 2,1,0.1,s1,true,\nB,1,1,s2,,\nB2,1,0.5,s2,,\nC,1,1,s3,,\n";
        assert_eq!(guard(rows), Ok((vec![1, 3, 4], vec![0, 2])));
    }

    #[test]
    fn a_study_twice_without_sample_is_refused_unless_one_is_primary() {
        assert_eq!(guard("A,1,1,,,\nB,1,1,,,\nA,2,1,,,\n"), Err(Twice { first: 0, second: 2 }));
        assert_eq!(guard("A,1,1,,true,\nA,2,1,,false,\n"), Ok((vec![0], vec![1])));
        assert_eq!(guard("A,1,1,s1,,\nA,2,1,,,\n"), Err(Twice { first: 0, second: 1 }));
        // Two samples of one study are two sets of people.
        assert_eq!(guard("A,1,1,s1,,\nA,2,1,s2,,\n"), Ok((vec![0, 1], vec![])));
    }

    #[test]
    fn syntheses_never_enter() {
        assert_eq!(guard("A,1,1,,,synthesis\nB,1,1,,,randomised\n"), Ok((vec![1], vec![0])));
    }
}
