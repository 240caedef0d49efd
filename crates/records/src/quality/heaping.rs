//! Digit preference: answers rounded to 5, 10 or 100 by respondent or enumerator.
//!
//! Whole values of 10 and more: the share ending in 0 or 5 against 1/5 by chance (for ages 23 to 62 that is Whipple's
//! index, 500 times the share: 100 none, above 175 very rough), and of values of 1,000 and more the share ending in 00
//! against 1/100. Tested by the normal approximation to the binomial.

use super::words::holds;
use super::{QualityFinding, Severity, Subject, percent};
use crate::table::{Quantity, Role};
use whatworks_stats::distributions::normal_sf;

/// Fewest whole values for a test.
const FEWEST: u64 = 100;
/// Chance below which a preference is told.
const SMALL_P: f64 = 1e-4;
/// Shares from which it matters: 0 or 5 at the end, and 00.
const ROUND_SHARE: f64 = 0.35;
const HUNDREDS_SHARE: f64 = 0.35;

pub(super) fn check(subject: &Subject<'_>) -> Vec<QualityFinding> {
    let mut findings = Vec::new();
    for (at, column, cells) in subject.numeric() {
        let is_key = matches!(
            column.role,
            Some(Role::Client | Role::Cluster | Role::Strata | Role::Time | Role::Cohort)
        );
        if is_key || !column.value_labels.is_empty() || subject.codes[at].distinct < 20 {
            continue;
        }
        let is_age = column.quantity == Some(Quantity::Age) || holds(&column.source_name, &["age"]);
        let judged = |value: f64| {
            let size = value.abs();
            let within = if is_age { (23.0..=62.0).contains(&size) } else { (10.0..1e15).contains(&size) };
            (within && size.fract() == 0.0).then_some(size as u64)
        };
        let present = cells.iter().filter(|value| value.abs() >= 10.0).count() as u64;
        let (mut whole, mut round, mut large, mut hundreds) = (0_u64, 0_u64, 0_u64, 0_u64);
        for value in cells.iter().filter_map(|value| judged(*value)) {
            whole += 1;
            round += u64::from(value % 5 == 0);
            if value >= 1000 {
                large += 1;
                hundreds += u64::from(value % 100 == 0);
            }
        }
        // Mostly fractional values (converted money) have no digits of their own to prefer.
        if whole < FEWEST || (!is_age && whole * 10 < present * 9) {
            continue;
        }
        let share = |part: u64, of: u64| part as f64 / of as f64;
        let chance = |part: u64, of: u64, expected: f64| {
            let spread = (expected * (1.0 - expected) / of as f64).sqrt();
            normal_sf((share(part, of) - expected) / spread)
        };
        let hint = "rounding adds noise and hides small effects; say so in the report, and ask for exact amounts next time";
        if share(round, whole) > ROUND_SHARE && chance(round, whole, 0.2) < SMALL_P {
            let index = if is_age {
                format!(", Whipple's index {:.0}", 500.0 * share(round, whole))
            } else {
                String::new()
            };
            let text = format!(
                "{} of {whole} whole values end in 0 or 5 (20 % by chance){index}",
                percent(round, whole)
            );
            findings.push(Subject::of_column("heaping", Severity::Note, column, round, text, hint));
        }
        if large >= FEWEST
            && share(hundreds, large) > HUNDREDS_SHARE
            && chance(hundreds, large, 0.01) < SMALL_P
        {
            let text = format!(
                "{} of {large} values of 1,000 and more end in 00 (1 % by chance)",
                percent(hundreds, large)
            );
            findings.push(Subject::of_column("heaping", Severity::Note, column, hundreds, text, hint));
        }
    }
    findings
}
