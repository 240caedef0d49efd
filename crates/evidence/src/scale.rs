//! Scale suspicion: an entry whose size does not fit its peers is named before it is pooled.
//!
//! Among the entries of one pool with the same unit, and at least two others to compare with: the standard error, the
//! control standard deviation or the control mean (absolute) more than [`RATIO_LIMIT`] times above or below the median
//! of the others; or |t| above [`T_LIMIT`]. The limit is 20 because the fault it was made for, Mongolia's profit in the
//! seven-trial file, has a standard error 49.5 times below its peers' median; 50 would miss it (evidence.md §2, lesson 6).
//! A control mean is compared only in money and other open-ended units: a share may honestly be 0.01 in one place and
//! 0.6 in another. A suspicion is a value that is shown; it removes nothing by itself.

use crate::effect::Effect;
use serde::Serialize;
use std::collections::BTreeMap;

/// How many times off is suspicious.
pub const RATIO_LIMIT: f64 = 20.0;
/// Largest |t| that a field study is expected to have.
pub const T_LIMIT: f64 = 20.0;
/// Fewest peers to compare with.
const FEWEST_PEERS: usize = 2;

/// What looked wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ScaleCheck {
    /// The standard error against the peers' median.
    StdError,
    /// The control standard deviation against the peers' median.
    ControlSd,
    /// The control mean against the peers' median.
    ControlMean,
    /// The ratio of estimate to standard error.
    LargeT,
    /// The curators of the row doubt its scale.
    Declared,
}

/// One check that an entry failed.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct FailedCheck {
    /// Which.
    pub check: ScaleCheck,
    /// The entry's value, in its unit (t for [`ScaleCheck::LargeT`], 1 for declared).
    pub value: f64,
    /// Median of the others, `None` where no peers are compared.
    pub peers_median: Option<f64>,
    /// How many times off, at least 1.
    pub times_off: f64,
}

/// An entry under suspicion.
#[derive(Debug, Clone, PartialEq)]
pub struct Suspicion {
    /// Position in the slice of effects.
    pub index: usize,
    /// What failed, the measured checks before the declared one.
    pub checks: Vec<FailedCheck>,
}

impl Suspicion {
    /// Whether a measured check failed, not only the curators' own doubt.
    pub fn is_measured(&self) -> bool {
        self.checks.iter().any(|failed| failed.check != ScaleCheck::Declared)
    }
}

/// Peers' values of one kind, absolute, sorted: gives the median of the others in O(log k) for each entry.
struct Peers(Vec<f64>);

impl Peers {
    fn of(values: impl Iterator<Item = f64>) -> Self {
        let mut values: Vec<f64> = values.map(f64::abs).filter(|value| *value > 0.0).collect();
        values.sort_unstable_by(f64::total_cmp);
        Self(values)
    }

    /// Median without one of the entries equal to `own`; `None` with fewer than [`FEWEST_PEERS`] others.
    fn median_without(&self, own: f64) -> Option<f64> {
        let skipped = self.0.partition_point(|value| *value < own);
        let others = self.0.len().checked_sub(1).filter(|others| *others >= FEWEST_PEERS)?;
        let at = |place: usize| self.0[if place < skipped { place } else { place + 1 }];
        let middle = others / 2;
        Some(if others % 2 == 1 { at(middle) } else { f64::midpoint(at(middle - 1), at(middle)) })
    }
}

/// Units in which a level near zero is as ordinary as one near one.
fn is_bounded(unit: &str) -> bool {
    let unit = unit.to_lowercase();
    unit == "sd" || unit.starts_with("share") || unit.starts_with("log") || unit.starts_with("index")
}

/// Compares one entry's value, which is among the peers, with the others'.
fn compare(check: ScaleCheck, own: Option<f64>, peers: &Peers) -> Option<FailedCheck> {
    let value = own?.abs();
    if value == 0.0 {
        return None;
    }
    let peers_median = peers.median_without(value)?;
    let ratio = value / peers_median;
    let times_off = if ratio < 1.0 { 1.0 / ratio } else { ratio };
    let failed = FailedCheck { check, value: own?, peers_median: Some(peers_median), times_off };
    (times_off > RATIO_LIMIT).then_some(failed)
}

/// The peers of one unit.
struct UnitPeers {
    std_error: Peers,
    control_sd: Peers,
    control_mean: Peers,
}

/// Checks the entries of one pool. `members` are positions in `effects`.
pub fn suspicions(effects: &[Effect], members: &[usize]) -> Vec<Suspicion> {
    let mut units: BTreeMap<&str, Vec<&Effect>> = BTreeMap::new();
    for &index in members {
        units.entry(&effects[index].unit_key).or_default().push(&effects[index]);
    }
    let units: BTreeMap<&str, UnitPeers> = units
        .into_iter()
        .map(|(unit, entries)| {
            let peers = UnitPeers {
                std_error: Peers::of(entries.iter().map(|entry| entry.std_error)),
                control_sd: Peers::of(entries.iter().filter_map(|entry| entry.control_sd)),
                control_mean: Peers::of(entries.iter().filter_map(|entry| entry.control_mean)),
            };
            (unit, peers)
        })
        .collect();
    let mut found = Vec::new();
    for &index in members {
        let own = &effects[index];
        let Some(peers) = units.get(&*own.unit_key) else { continue };
        let t = own.estimate / own.std_error;
        let open_ended_mean = own.control_mean.filter(|_| !is_bounded(&own.unit));
        let large_t = FailedCheck {
            check: ScaleCheck::LargeT,
            value: t,
            peers_median: None,
            times_off: t.abs() / T_LIMIT,
        };
        let mut checks: Vec<FailedCheck> = [
            compare(ScaleCheck::StdError, Some(own.std_error), &peers.std_error),
            compare(ScaleCheck::ControlSd, own.control_sd, &peers.control_sd),
            compare(ScaleCheck::ControlMean, open_ended_mean, &peers.control_mean),
            (t.abs() > T_LIMIT).then_some(large_t),
        ]
        .into_iter()
        .flatten()
        .collect();
        if own.scale_suspect {
            let declared =
                FailedCheck { check: ScaleCheck::Declared, value: 1.0, peers_median: None, times_off: 1.0 };
            checks.push(declared);
        }
        if !checks.is_empty() {
            found.push(Suspicion { index, checks });
        }
    }
    found
}

/// Whether an entry put in SD still does not fit: its standard error is as far from its peers', or its t is large. A wrong
/// unit is mended by SD only when the control standard deviation carries the same wrong unit.
///
/// `std_error` and `estimate` are those of the pool in SD; the result has one flag for each.
pub fn unresolved_in_sd(estimate: &[f64], std_error: &[f64]) -> Vec<bool> {
    let peers = Peers::of(std_error.iter().copied());
    estimate
        .iter()
        .zip(std_error)
        .map(|(estimate, own)| {
            let far = compare(ScaleCheck::StdError, Some(*own), &peers).is_some();
            far || (estimate / own).abs() > T_LIMIT
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base;
    use crate::eligibility::eligible;

    /// The measured suspicions over all pools of the base, with the curators' own marks blanked.
    fn found_without_marks() -> Vec<(String, String)> {
        let catalogue = base::catalogue().unwrap();
        let effects: Vec<Effect> = base::findings(&catalogue)
            .unwrap()
            .iter()
            .enumerate()
            .map(|(position, finding)| {
                let effect = Effect::from_finding(position, finding, &catalogue);
                Effect { scale_suspect: false, ..effect }
            })
            .collect();
        let mut classes: BTreeMap<_, Vec<usize>> = BTreeMap::new();
        for (index, effect) in effects.iter().enumerate() {
            classes.entry(effect.class.clone()).or_default().push(index);
        }
        let mut found = Vec::new();
        for (class, members) in classes {
            let (kept, _) = eligible(&effects, &members).unwrap();
            for suspicion in suspicions(&effects, &kept) {
                found.push((class.outcome.to_string(), effects[suspicion.index].sample.to_string()));
            }
        }
        found
    }

    #[test]
    fn the_known_faults_are_found_without_the_curators_marks() {
        let found = found_without_marks();
        println!("scale suspicions: {found:?}");
        for (outcome, sample) in [
            ("business.profit", "attanasio2015-mn"),
            ("business.revenue", "attanasio2015-mn"),
            ("business.expenses", "attanasio2015-mn"),
            ("consumption.durables", "augsburg2015-ba"),
        ] {
            assert!(
                found.iter().any(|(o, s)| o.contains(outcome) && s == sample),
                "{outcome} of {sample} is not flagged: {found:?}"
            );
        }
    }

    #[test]
    fn the_median_of_the_others_leaves_one_out() {
        let peers = Peers::of([4.0, -1.0, 2.0, 0.0, 3.0].into_iter());
        assert_eq!(peers.median_without(1.0), Some(3.0));
        assert_eq!(peers.median_without(4.0), Some(2.0));
        assert_eq!(Peers::of([1.0, 2.0].into_iter()).median_without(1.0), None);
        // Equal values: one of them is the entry itself.
        assert_eq!(Peers::of([2.0, 2.0, 5.0].into_iter()).median_without(2.0), Some(3.5));
    }

    #[test]
    fn twenty_times_off_is_the_limit() {
        let text = "study,estimate,std_error\nA,1,1\nB,1,1\nC,1,19\nD,1,21\n";
        let table = crate::read::effects(text.as_bytes(), &crate::read::EffectColumns::default()).unwrap();
        let found = suspicions(&table.effects, &[0, 1, 2, 3]);
        assert_eq!(found.iter().map(|suspicion| suspicion.index).collect::<Vec<_>>(), [3]);
        assert_eq!(found[0].checks[0].times_off, 21.0);
    }
}
