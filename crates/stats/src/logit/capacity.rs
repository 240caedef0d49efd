//! A list of stated length: who stands on it, whom it found, and the same by group.
//!
//! Precision: the share of the listed to whom it happened. Recall: the share, of all to whom it happened, that was listed.
//! By group: the false negative rate (of those to whom it happened, who was not listed), the false positive rate (of
//! the others, who was listed) and calibration in the large (observed less expected share). All shares with Wilson's
//! 95 % interval, which takes rows as independent. A list of fixed length cannot make both rates and precision equal
//! between groups whose shares differ (Chouldechova 2017, Big Data 5): the table shows them, it does not mend them.

use super::{LogitError, same_length};
use crate::opinion::{ShareInterval, wilson};
use std::collections::BTreeMap;

/// What a list found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Capacity {
    /// Rows.
    pub rows: usize,
    /// Rows where it happened.
    pub events: usize,
    /// Rows listed.
    pub listed: usize,
    /// Listed rows where it happened.
    pub found: usize,
    /// found/listed; None for an empty list.
    pub precision: Option<ShareInterval>,
    /// found/events; None when it never happened.
    pub recall: Option<ShareInterval>,
}

/// How a list and its probabilities treated one group.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GroupReading {
    /// Rows.
    pub rows: usize,
    /// Rows where it happened.
    pub events: usize,
    /// Rows listed.
    pub listed: usize,
    /// Mean probability.
    pub expected: f64,
    /// Share where it happened; None without rows.
    pub observed: Option<ShareInterval>,
    /// Observed less expected, with the interval of the observed share moved by the expected one.
    pub in_the_large: Option<ShareInterval>,
    /// Of those to whom it happened, the share not listed; None when it never happened.
    pub false_negative: Option<ShareInterval>,
    /// Of those to whom it did not happen, the share listed; None when it always happened.
    pub false_positive: Option<ShareInterval>,
}

fn share(part: usize, whole: usize) -> Option<ShareInterval> {
    (whole > 0).then(|| wilson(part, whole))
}

/// Lists the `capacity` highest probabilities of every time; equals in the order of the rows.
///
/// # Errors
/// Slices of different lengths.
pub fn flag_most(probability: &[f64], time: &[i64], capacity: usize) -> Result<Vec<bool>, LogitError> {
    same_length("times", time.len(), probability.len())?;
    let mut by_time: BTreeMap<i64, Vec<usize>> = BTreeMap::new();
    for (row, time) in time.iter().enumerate() {
        by_time.entry(*time).or_default().push(row);
    }
    let mut listed = vec![false; probability.len()];
    for mut rows in by_time.into_values() {
        rows.sort_by(|a, b| probability[*b].total_cmp(&probability[*a]).then(a.cmp(b)));
        rows.iter().take(capacity).for_each(|row| listed[*row] = true);
    }
    Ok(listed)
}

/// What a list found.
///
/// # Errors
/// Slices of different lengths.
pub fn at_capacity(listed: &[bool], happened: &[bool]) -> Result<Capacity, LogitError> {
    same_length("outcomes", happened.len(), listed.len())?;
    let count = |wanted: &dyn Fn(bool, bool) -> bool| {
        listed.iter().zip(happened).filter(|(listed, yes)| wanted(**listed, **yes)).count()
    };
    let (on_list, events) = (count(&|listed, _| listed), count(&|_, yes| yes));
    let found = count(&|listed, yes| listed && yes);
    Ok(Capacity {
        rows: listed.len(),
        events,
        listed: on_list,
        found,
        precision: share(found, on_list),
        recall: share(found, events),
    })
}

/// The same by group: dense codes from 0 below `groups`.
///
/// # Errors
/// Slices of different lengths, or a code that is not below `groups`.
pub fn by_group(
    probability: &[f64],
    happened: &[bool],
    listed: &[bool],
    group: &[u32],
    groups: usize,
) -> Result<Vec<GroupReading>, LogitError> {
    let rows = probability.len();
    same_length("outcomes", happened.len(), rows)?;
    same_length("listed", listed.len(), rows)?;
    same_length("groups", group.len(), rows)?;
    if group.iter().any(|code| *code as usize >= groups) {
        return Err(LogitError::Setting("a group's code is not below the number of groups"));
    }
    let read = |code: usize| {
        let members = || (0..rows).filter(move |row| group[*row] as usize == code);
        let count = |wanted: &dyn Fn(usize) -> bool| members().filter(|row| wanted(*row)).count();
        let all = count(&|_| true);
        let events = count(&|row| happened[row]);
        let expected = members().map(|row| probability[row]).sum::<f64>() / all as f64;
        let observed = share(events, all);
        GroupReading {
            rows: all,
            events,
            listed: count(&|row| listed[row]),
            expected,
            observed,
            in_the_large: observed.map(|observed| ShareInterval {
                value: observed.value - expected,
                low: observed.low - expected,
                high: observed.high - expected,
            }),
            false_negative: share(count(&|row| happened[row] && !listed[row]), events),
            false_positive: share(count(&|row| !happened[row] && listed[row]), all - events),
        }
    };
    Ok((0..groups).map(read).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_made_anew_every_time_with_ties_in_order() {
        let probability = [0.2, 0.9, 0.9, 0.9, 0.1, 0.3];
        let time = [1, 1, 1, 1, 2, 2];
        assert_eq!(flag_most(&probability, &time, 2).unwrap(), [false, true, true, false, true, true]);
        assert_eq!(flag_most(&probability, &time, 1).unwrap(), [false, true, false, false, false, true]);
        assert_eq!(flag_most(&probability, &time, 0).unwrap(), [false; 6]);
        assert!(flag_most(&probability, &time[1..], 1).is_err());
    }

    #[test]
    fn shares_have_the_right_numerators() {
        let happened = [true, true, true, false, false, false, false, true];
        let listed = [true, true, false, true, false, false, false, false];
        let found = at_capacity(&listed, &happened).unwrap();
        assert_eq!((found.rows, found.events, found.listed, found.found), (8, 4, 3, 2));
        assert!((found.precision.unwrap().value - 2.0 / 3.0).abs() < 1e-15);
        assert!((found.recall.unwrap().value - 0.5).abs() < 1e-15);
        let group = [0, 0, 0, 0, 1, 1, 1, 1];
        let groups = by_group(&[0.5; 8], &happened, &listed, &group, 3).unwrap();
        assert!((groups[0].false_negative.unwrap().value - 1.0 / 3.0).abs() < 1e-15);
        assert!((groups[0].false_positive.unwrap().value - 1.0).abs() < 1e-15);
        assert!((groups[0].in_the_large.unwrap().value - 0.25).abs() < 1e-15);
        assert!((groups[1].false_negative.unwrap().value - 1.0).abs() < 1e-15);
        assert!((groups[1].false_positive.unwrap().value).abs() < 1e-15);
        assert!((groups[1].in_the_large.unwrap().value + 0.25).abs() < 1e-15);
        assert_eq!((groups[2].rows, groups[2].observed, groups[2].false_negative), (0, None, None));
        assert!(by_group(&[0.5; 8], &happened, &listed, &group, 1).is_err());
        assert_eq!(at_capacity(&[false; 2], &[false; 2]).unwrap().precision, None);
    }
}
