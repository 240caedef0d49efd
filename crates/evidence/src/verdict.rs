//! What a pooled number says, in the few words that the map has room for: direction, size class, harm.
//!
//! Rules (printed on the methods page). In SD of the comparison arm, towards benefit: **little or no difference** when the
//! whole 95 % interval lies within 0.1 SD of zero (takes precedence); **clearly** better or worse when the interval leaves
//! zero out; **leans** when the chance of that side is 80 in 100 or more; else **cannot tell**. Size: small under 0.15 SD,
//! medium to 0.30, large above. Without SD there is no size and no "little or no difference". A **harm** is shown when the
//! chance that a harm outcome is worse by more than 0.05 SD is over one half (without SD: worse at all, 80 in 100).
//! The chance is the exact posterior's; from one study it is that study's own, normal around its estimate, since how much
//! places differ cannot be learned from one.

use crate::synthesis::Synthesis;
use serde::Serialize;
use whatworks_domain::{Better, Measure};
use whatworks_stats::distributions::normal_cdf;

/// Half-width of "little or no difference", SD.
pub const LITTLE: f64 = 0.1;
/// From this size on an effect is medium, SD.
pub const MEDIUM: f64 = 0.15;
/// Above this size an effect is large, SD.
pub const LARGE: f64 = 0.30;
/// A harm counts from this size on, SD.
pub const HARM: f64 = 0.05;
/// Chance from which an effect leans to a side.
pub const LEAN: f64 = 0.8;
/// The thresholds that a synthesis in SD must carry for a verdict.
pub const THRESHOLDS: [f64; 2] = [HARM, -HARM];

/// What the number says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reading {
    /// The interval lies wholly on the side of benefit.
    ClearlyBetter,
    /// 80 in 100 or more for benefit.
    LeansBetter,
    /// The whole interval within 0.1 SD of zero.
    LittleOrNone,
    /// Studied, and still open.
    CannotTell,
    /// 80 in 100 or more against.
    LeansWorse,
    /// The interval lies wholly on the side of loss.
    ClearlyWorse,
    /// It moves, and neither direction is good in itself: higher.
    Higher,
    /// It moves, and neither direction is good in itself: lower.
    Lower,
}

/// How large.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Size {
    /// Under 0.15 SD.
    Small,
    /// 0.15 to 0.30 SD.
    Medium,
    /// Over 0.30 SD.
    Large,
}

/// A reading with its numbers.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Verdict {
    /// What the number says.
    pub reading: Reading,
    /// How large; `None` when it cannot be put in SD.
    pub size: Option<Size>,
    /// Average effect in SD, sign as the outcome's own.
    pub smd: Option<f64>,
    /// Chance that the average effect is a benefit; `None` when the outcome has no direction.
    pub chance_better: Option<f64>,
    /// Chance that it is worse by more than 0.05 SD; `None` without SD or direction.
    #[serde(rename = "chance_worse_by_0_05_sd")]
    pub chance_harm: Option<f64>,
}

impl Verdict {
    /// Whether a harm of this outcome has to be shown.
    pub fn is_harmful(&self) -> bool {
        match self.smd {
            Some(_) => self.chance_harm.is_some_and(|chance| chance > 0.5),
            None => self.chance_better.is_some_and(|chance| 1.0 - chance > LEAN),
        }
    }
}

/// Size class of an effect in SD.
pub fn size(smd: f64) -> Size {
    match smd.abs() {
        x if x < MEDIUM => Size::Small,
        x if x <= LARGE => Size::Medium,
        _ => Size::Large,
    }
}

/// The verdict on a pool; `None` when nothing could be pooled. In SD if the synthesis is, with [`THRESHOLDS`].
pub fn verdict(synthesis: &Synthesis, better: Better) -> Option<Verdict> {
    let (mean, low, high) = (synthesis.estimate?, synthesis.ci_low?, synthesis.ci_high?);
    let bayes = synthesis.bayes.as_ref()?;
    let in_sd = synthesis.measure == Measure::Smd;
    let sign = better.sign();
    let chance_above = |x: f64| match (synthesis.k, synthesis.std_error) {
        (1, Some(std_error)) => Some(normal_cdf((mean - x) / std_error)),
        _ => synthesis.prob_above.iter().find(|(at, _)| *at == x).map(|(_, chance)| *chance),
    };
    let above_zero = chance_above(0.0).filter(|_| synthesis.k == 1).unwrap_or(bayes.prob_positive);
    let chance_better = sign.map(|sign| if sign > 0.0 { above_zero } else { 1.0 - above_zero });
    let chance_harm = sign.filter(|_| in_sd).and_then(|sign| {
        if sign > 0.0 { chance_above(-HARM).map(|chance| 1.0 - chance) } else { chance_above(HARM) }
    });
    let towards = sign.unwrap_or(1.0);
    let (from, to) = if towards > 0.0 { (low, high) } else { (-high, -low) };
    let chance = chance_better.unwrap_or(above_zero);
    let reading = if in_sd && from >= -LITTLE && to <= LITTLE {
        Reading::LittleOrNone
    } else if from > 0.0 {
        if sign.is_some() { Reading::ClearlyBetter } else { Reading::Higher }
    } else if to < 0.0 {
        if sign.is_some() { Reading::ClearlyWorse } else { Reading::Lower }
    } else if sign.is_some() && chance >= LEAN {
        Reading::LeansBetter
    } else if sign.is_some() && chance <= 1.0 - LEAN {
        Reading::LeansWorse
    } else {
        Reading::CannotTell
    };
    Some(Verdict {
        reading,
        size: (in_sd && reading != Reading::LittleOrNone).then(|| size(mean)),
        smd: in_sd.then_some(mean),
        chance_better,
        chance_harm,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::{EffectColumns, effects};
    use crate::synthesis::{Options, synthesise_all};

    fn reading(rows: &str, better: Better) -> Verdict {
        let text = format!("study,estimate,std_error,control_sd\n{rows}");
        let table = effects(text.as_bytes(), &EffectColumns::default()).unwrap();
        let options =
            Options { measure: Some(Measure::Smd), thresholds: THRESHOLDS.to_vec(), ..Options::default() };
        verdict(&synthesise_all(&table.effects, &options).unwrap()[0], better).unwrap()
    }

    #[test]
    fn the_map_s_words() {
        assert_eq!(reading("A,0.01,0.02,1\n", Better::Higher).reading, Reading::LittleOrNone);
        assert_eq!(reading("A,0.4,0.1,1\n", Better::Higher).reading, Reading::ClearlyBetter);
        assert_eq!(reading("A,0.4,0.1,1\n", Better::Lower).reading, Reading::ClearlyWorse);
        assert_eq!(reading("A,0.4,0.1,1\n", Better::Neither).reading, Reading::Higher);
        assert_eq!(
            reading("A,0.2,0.15,1\nB,0.1,0.15,1\nC,0.15,0.15,1\n", Better::Higher).reading,
            Reading::LeansBetter
        );
        assert_eq!(reading("A,0.02,0.3,1\n", Better::Higher).reading, Reading::CannotTell);
        assert_eq!(reading("A,0.4,0.1,1\n", Better::Higher).size, Some(Size::Large));
    }

    #[test]
    fn a_harm_shows_from_a_twentieth_of_an_sd_on() {
        assert!(reading("A,0.2,0.08,1\n", Better::Lower).is_harmful());
        assert!(!reading("A,0.03,0.08,1\n", Better::Lower).is_harmful());
        assert!(!reading("A,-0.2,0.08,1\n", Better::Lower).is_harmful());
    }
}
