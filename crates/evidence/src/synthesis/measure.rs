//! The scale in force: which measure a pool uses, and who cannot be put on it.
//!
//! Rule (statistics.md §2): native units pool only where unit, currency, price year, purchasing power and period are equal.
//! Unless the caller decides, the measure is native; it is SD when units differ or a scale is in doubt, provided that at
//! least two studies (or the only one) carry a control standard deviation. An estimate already in SD keeps its scale.

use super::report::NotComparable;
use crate::effect::Effect;
use crate::scale::{ScaleCheck, Suspicion};
use std::collections::BTreeMap;
use whatworks_domain::Measure;

/// The entries of one pool on one scale.
#[derive(Debug, Clone, PartialEq)]
pub struct Scaled {
    /// The measure in force.
    pub measure: Measure,
    /// Unit of the scaled numbers, for people.
    pub unit: String,
    /// Whether the caller chose the measure.
    pub chosen: bool,
    /// Whether the units of the entries differ.
    pub units_differ: bool,
    /// Positions of the comparable entries in the effects.
    pub index: Vec<usize>,
    /// Their estimates on the measure.
    pub estimate: Vec<f64>,
    /// Their standard errors on the measure.
    pub std_error: Vec<f64>,
    /// Control standard deviations on the measure, where known: the natural scale for priors.
    pub natural_sd: Vec<f64>,
    /// Entries that cannot be put on the measure.
    pub not_comparable: Vec<NotComparable>,
}

/// The standard deviation that puts an effect in SD: one for an estimate that is in SD already, else the comparison
/// arm's.
pub(crate) fn control_sd(effect: &Effect) -> Option<f64> {
    if effect.unit.eq_ignore_ascii_case("sd") {
        return Some(1.0);
    }
    effect.control_sd.filter(|sd| *sd > 0.0)
}

/// A ratio to the control mean means something only where zero does, and where the mean is more than rounding noise.
const SMALLEST_MEAN_IN_SD: f64 = 0.01;

fn ratio_refused(effect: &Effect) -> Option<&'static str> {
    let unit = effect.unit.to_lowercase();
    if unit == "sd" || ["log", "index", "ladder"].iter().any(|kind| unit.starts_with(kind)) {
        return Some("its unit has no true zero, so a percentage of it means nothing");
    }
    match (effect.control_mean, effect.control_sd) {
        (Some(mean), Some(sd)) if mean > 0.0 && mean < SMALLEST_MEAN_IN_SD * sd => {
            Some("its control mean is too near zero to take a percentage of")
        }
        _ => None,
    }
}

fn choose(effects: &[Effect], kept: &[usize], units_differ: bool, doubts: &[Suspicion]) -> Measure {
    let carry_sd = kept.iter().filter(|index| control_sd(&effects[**index]).is_some()).count();
    let enough = carry_sd >= 2 || (carry_sd == 1 && kept.len() == 1);
    // A large t stays as large in SD: it alone is no reason to change the scale.
    let unit_in_doubt =
        |doubt: &Suspicion| doubt.checks.iter().any(|failed| failed.check != ScaleCheck::LargeT);
    if (units_differ || doubts.iter().any(unit_in_doubt)) && enough { Measure::Smd } else { Measure::Native }
}

/// The unit that most entries share; the first of equals.
fn commonest_unit<'a>(effects: &'a [Effect], kept: &[usize]) -> Option<&'a Effect> {
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (order, index) in kept.iter().enumerate() {
        counts.entry(&effects[*index].unit_key).or_insert((0, order)).0 += 1;
    }
    let (_, order) = counts.values().copied().reduce(|best, next| {
        let better = next.0 > best.0 || (next.0 == best.0 && next.1 < best.1);
        if better { next } else { best }
    })?;
    Some(&effects[kept[order]])
}

fn unit_name(effect: &Effect) -> String {
    if effect.unit.is_empty() { "no unit".into() } else { effect.unit.to_string() }
}

/// Puts the eligible entries on one scale.
pub(super) fn scale(
    effects: &[Effect],
    kept: &[usize],
    doubts: &[Suspicion],
    chosen: Option<Measure>,
) -> Scaled {
    let common = commonest_unit(effects, kept);
    let units_differ =
        kept.iter().any(|index| Some(&effects[*index].unit_key) != common.map(|c| &c.unit_key));
    let measure = chosen.unwrap_or_else(|| choose(effects, kept, units_differ, doubts));
    let mut scaled = Scaled {
        measure,
        unit: match measure {
            Measure::Native => common.map_or(String::new(), |effect| effect.unit.to_string()),
            Measure::Smd => "SD".into(),
            Measure::Percent => "percent of control mean".into(),
            Measure::LogRatio => "log ratio of means".into(),
        },
        chosen: chosen.is_some(),
        units_differ,
        index: Vec::with_capacity(kept.len()),
        estimate: Vec::with_capacity(kept.len()),
        std_error: Vec::with_capacity(kept.len()),
        natural_sd: Vec::new(),
        not_comparable: Vec::new(),
    };
    for &index in kept {
        let effect = &effects[index];
        let converted = match (measure, common) {
            (Measure::Native, Some(common)) if effect.unit_key != common.unit_key => {
                let (own, pooled) = (unit_name(effect), unit_name(common));
                Err(if own == pooled {
                    format!("same unit ({own}) in other prices or over another period")
                } else {
                    format!("its unit is {own}; the pool is in {pooled}")
                })
            }
            (Measure::Percent | Measure::LogRatio, _) if ratio_refused(effect).is_some() => {
                Err(ratio_refused(effect).unwrap_or_default().to_owned())
            }
            _ => measure
                .convert(effect.estimate, effect.std_error, effect.control_mean, control_sd(effect))
                .map_err(|error| error.to_string()),
        };
        match converted {
            Ok((estimate, std_error)) => {
                scaled.index.push(index);
                scaled.estimate.push(estimate);
                scaled.std_error.push(std_error);
                // The ratio of standard errors carries the control sd to the measure's scale.
                if let Some(sd) = control_sd(effect) {
                    scaled.natural_sd.push(sd * (std_error / effect.std_error));
                }
            }
            Err(reason) => scaled.not_comparable.push(NotComparable {
                study: effect.study.clone(),
                finding_id: effect.finding_id.clone(),
                reason,
                index,
            }),
        }
    }
    scaled
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::{EffectColumns, effects};

    fn scaled(rows: &str, chosen: Option<Measure>) -> Scaled {
        let text = format!("study,estimate,std_error,unit,control_sd\n{rows}");
        let table = effects(text.as_bytes(), &EffectColumns::default()).unwrap();
        let kept: Vec<usize> = (0..table.effects.len()).collect();
        let doubts = crate::scale::suspicions(&table.effects, &kept);
        scale(&table.effects, &kept, &doubts, chosen)
    }

    #[test]
    fn different_units_go_to_sd_and_who_has_none_is_named() {
        let pool = scaled("A,2,1,INR,4\nB,3,1,USD,6\nC,3,1,USD,\n", None);
        assert_eq!((pool.measure, pool.estimate.as_slice()), (Measure::Smd, [0.5, 0.5].as_slice()));
        assert_eq!(pool.not_comparable.len(), 1);
        assert_eq!(&*pool.not_comparable[0].study, "C");
    }

    #[test]
    fn native_pools_only_the_commonest_unit() {
        let pool = scaled("A,2,1,INR,4\nB,3,1,USD,6\nC,3,1,USD,\n", Some(Measure::Native));
        assert_eq!(pool.index, [1, 2]);
        assert!(pool.not_comparable[0].reason.contains("INR"));
    }

    #[test]
    fn a_scale_in_doubt_goes_to_sd_only_if_sds_are_known() {
        assert_eq!(scaled("A,2,1,,\nB,3,1,,\nC,3,0.01,,\n", None).measure, Measure::Native);
        assert_eq!(scaled("A,2,1,,4\nB,3,1,,4\nC,3,0.01,,0.04\n", None).measure, Measure::Smd);
    }
}
