//! How an estimate is read: which way, how clearly, and for whom that is good.
//!
//! Rule: the direction is clear when the whole 95 % interval is on one side of zero; the difference is little when the
//! whole interval lies within 0.1 standard deviations of the comparison arm (which takes precedence); otherwise the study
//! cannot tell. With fewer than 10 clusters nothing is clear: the interval is not to be trusted that far
//! (`may_say_significant`). Nothing here averages a harm with a benefit.

use crate::words::{Words, key};
use std::cmp::Ordering;
use whatworks_charts::{Estimate, Ink, format};
use whatworks_domain::estimand::EstimandClass;
use whatworks_domain::study::EstimateRow;

use super::Tone;

/// Half-width, in standard deviations of the comparison arm, of what counts as little or no difference.
const LITTLE_SD: f64 = 0.1;

/// What an estimate says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    /// The number went up.
    Higher,
    /// The number went down.
    Lower,
    /// Little or no difference.
    Little,
    /// The study cannot tell.
    Unclear,
}

/// Whether it is good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Good {
    /// Better.
    Better,
    /// Worse.
    Worse,
    /// Neither, or not known.
    Neither,
}

/// Reads an estimate.
pub(super) fn read(row: &EstimateRow) -> Reading {
    let limits = [row.ci_low, row.ci_high];
    if !row.may_say_significant || limits.iter().any(|x| !x.is_finite()) {
        return Reading::Unclear;
    }
    let little = LITTLE_SD * row.control_sd;
    if little > 0.0 && row.ci_low > -little && row.ci_high < little {
        return Reading::Little;
    }
    match (row.ci_low.partial_cmp(&0.0), row.ci_high.partial_cmp(&0.0)) {
        (Some(Ordering::Greater), _) => Reading::Higher,
        (_, Some(Ordering::Less)) => Reading::Lower,
        _ => Reading::Unclear,
    }
}

/// What a clear reading is worth, by the outcome's better side.
pub(super) fn worth(row: &EstimateRow) -> Good {
    match (read(row), row.better.as_str()) {
        (Reading::Higher, "higher") | (Reading::Lower, "lower") => Good::Better,
        (Reading::Higher, "lower") | (Reading::Lower, "higher") => Good::Worse,
        _ => Good::Neither,
    }
}

/// Whether the outcome concerns the lender and not the clients.
pub(super) fn is_lender(row: &EstimateRow) -> bool {
    row.kind == "lender"
}

/// Whether the estimate is for everybody in the sample.
pub(super) fn is_whole(row: &EstimateRow) -> bool {
    row.subgroup.is_empty()
}

/// Whether the estimate speaks of cause.
pub(super) fn is_causal(row: &EstimateRow) -> bool {
    row.estimand.class() == EstimandClass::Effect
}

/// Ink of the marks. Blue and red are for clients; the lender's outcomes stay plain.
pub(super) fn ink(row: &EstimateRow) -> Ink {
    match worth(row) {
        _ if is_lender(row) => Ink::Plain,
        Good::Better => Ink::Better,
        Good::Worse => Ink::Worse,
        Good::Neither => Ink::Plain,
    }
}

/// The few words below an outcome's name.
pub(super) fn verdict(row: &EstimateRow, words: &Words) -> (Tone, String) {
    let lender = is_lender(row);
    let (tone, text) = match (read(row), worth(row)) {
        (_, Good::Better) if lender => (Tone::Plain, key("verdict-better-lender")),
        (_, Good::Worse) if lender => (Tone::Plain, key("verdict-worse-lender")),
        (_, Good::Better) => (Tone::Better, key("verdict-better")),
        (_, Good::Worse) => (Tone::Worse, key("verdict-worse")),
        (Reading::Higher, Good::Neither) => (Tone::Plain, key("verdict-higher")),
        (Reading::Lower, Good::Neither) => (Tone::Plain, key("verdict-lower")),
        (Reading::Little, Good::Neither) => (Tone::Plain, key("verdict-little")),
        (Reading::Unclear, Good::Neither) if !row.may_say_significant => (Tone::Plain, key("verdict-few")),
        (Reading::Unclear, Good::Neither) => (Tone::Plain, key("verdict-unclear")),
    };
    (tone, words.t(text))
}

/// The tag of a harm: something that is bad for clients by its kind, and clearly went the wrong way.
pub(super) fn harm_tag(row: &EstimateRow, words: &Words) -> Option<String> {
    (row.kind == "harm" && worth(row) == Good::Worse).then(|| words.t("tag-harm"))
}

/// The effect with its interval.
pub(super) fn effect(row: &EstimateRow) -> Estimate {
    Estimate::new(row.estimate, row.ci_low, row.ci_high)
}

/// "+17.5 (3.1 to 31.9)".
pub(super) fn amount(row: &EstimateRow, words: &Words) -> String {
    format::signed_estimate(effect(row), format::decimals_for(row.std_error), &words.style)
}

/// A number in the decimals that the estimate's error permits.
pub(super) fn like(row: &EstimateRow, x: f64, words: &Words) -> String {
    format::number(x, format::decimals_for(row.std_error), &words.style)
}

/// An effect in standard deviations of the comparison arm, turned so that right is better where a better side exists;
/// `None` without a standard deviation.
pub(super) fn turned(row: &EstimateRow) -> Option<Estimate> {
    if !(row.control_sd.is_finite() && row.control_sd > 0.0) {
        return None;
    }
    let [value, low, high] = [row.estimate, row.ci_low, row.ci_high].map(|x| x / row.control_sd);
    Some(if row.better == "lower" {
        Estimate::new(-value, -high, -low)
    } else {
        Estimate::new(value, low, high)
    })
}

/// p-values as referees read them: three decimals, "under 0.001".
pub(super) fn p_value(p: f64, words: &Words) -> String {
    if p.is_finite() && p < 0.001 {
        return words.t("p-under");
    }
    format::number(p, 3, &words.style)
}

/// A count.
pub(super) fn count(n: u64, words: &Words) -> String {
    format::number(n as f64, 0, &words.style)
}

/// The outcome's name, with its column where two estimates share the name.
pub(super) fn name(row: &EstimateRow, all: &[EstimateRow]) -> String {
    let is_shared =
        all.iter().any(|other| other.outcome_name == row.outcome_name && other.column != row.column);
    if is_shared { format!("{} ({})", row.outcome_name, row.column) } else { row.outcome_name.clone() }
}

/// The outcome as the subject of a sentence, its first letter small: a share is a share of clients with a property.
pub(super) fn subject(row: &EstimateRow, all: &[EstimateRow], words: &Words) -> String {
    let name = name(row, all);
    if row.unit == words.t("unit-points") {
        words.ta("share-with", &[("name", name.into())])
    } else {
        inside(&name)
    }
}

/// A sentence's first letter large.
pub(super) fn opening(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The comparison arm's mean with its unit: per cent for a share.
pub(super) fn control(row: &EstimateRow, words: &Words) -> String {
    let mean = like(row, row.control_mean, words);
    if row.unit == words.t("unit-points") { format!("{mean}\u{a0}%") } else { mean }
}

/// A name inside a sentence: its first letter small, unless the word is an abbreviation.
fn inside(name: &str) -> String {
    let mut letters = name.chars();
    match (letters.next(), letters.next()) {
        (Some(first), Some(second)) if second.is_lowercase() || second == ' ' => {
            first.to_lowercase().chain(name.chars().skip(1)).collect()
        }
        _ => name.to_owned(),
    }
}
