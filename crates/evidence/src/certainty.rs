//! How sure a synthesis is: GRADE's domains (Guyatt et al. 2011, J Clin Epidemiol 64:383) by declared rules.
//!
//! Start where the weakest pooled design starts (an association never above low), then go down, never up:
//!
//! | domain | one level down | two |
//! |---|---|---|
//! | risk of bias | from high: attrition and missing data are not on file, so nothing is rated above moderate; or over a third of the weight rests on numbers not verified or backed out of a p-value or interval | both |
//! | inconsistency | I² over 50 % with p(Q) under 0.1 | I² over 75 % and studies clear of zero on both sides |
//! | indirectness | one study, or one country | |
//! | imprecision | the interval holds both a gain and a loss over 0.1 SD (without SD: it holds zero); or under 400 people | both over 0.2 SD, with under 400 people or one study |
//! | scale | a doubtful scale carries over a tenth of the weight, unless the pool is in SD and it fits there | |
//! | small studies | ten studies or more and Egger's p under 0.1 | |
//!
//! Findings do not carry attrition, blinding or selective reporting yet: what is not known is not taken for good.

use crate::effect::Effect;
use crate::synthesis::Synthesis;
use serde::Serialize;
use std::collections::BTreeSet;
use whatworks_domain::{Catalogue, Certainty, Measure};

/// A domain of doubt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum GradeDomain {
    /// Where the evidence starts.
    Design,
    /// Whether single numbers can be trusted.
    RiskOfBias,
    /// Whether places agree.
    Inconsistency,
    /// Whether it speaks of other places.
    Indirectness,
    /// Whether the interval decides.
    Imprecision,
    /// Whether units can be trusted.
    Scale,
    /// Whether dull small studies seem missing.
    SmallStudies,
}

/// Why a domain took the step it took; the page turns it into a sentence.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "reason", rename_all = "kebab-case")]
pub enum Reason {
    /// All pooled studies are randomised.
    AllRandomised,
    /// The weakest design pooled.
    WeakestDesign {
        /// Design id.
        design: String,
    },
    /// An association cannot start above low.
    Association {
        /// Design id of the weakest.
        design: String,
    },
    /// Share of the weight that rests on numbers not verified or backed out.
    Unverified {
        /// 0 to 1.
        share: f64,
    },
    /// One study: agreement between places cannot be seen.
    OneStudy,
    /// How much places differ.
    Spread {
        /// Percent.
        i2: f64,
        /// p of Cochran's Q.
        q_p: f64,
    },
    /// Studies clear of zero on both sides.
    Opposed {
        /// Percent.
        i2: f64,
    },
    /// How many places.
    Places {
        /// Studies.
        studies: usize,
        /// Countries.
        countries: usize,
    },
    /// The interval in SD, and how many people.
    IntervalSd {
        /// Lower limit, SD.
        low: f64,
        /// Upper limit, SD.
        high: f64,
        /// People, 0 when not known.
        people: u64,
    },
    /// The interval holds zero, or not; no SD.
    IntervalNative {
        /// Whether it holds zero.
        holds_zero: bool,
        /// People, 0 when not known.
        people: u64,
    },
    /// Weight of entries of doubtful scale.
    ScaleDoubt {
        /// 0 to 1.
        share: f64,
        /// Whether the pool is in SD and every doubted entry fits there.
        in_sd: bool,
    },
    /// No entry of doubtful scale.
    ScaleSound,
    /// Egger's test.
    Egger {
        /// Its p-value.
        p: f64,
        /// Studies.
        k: usize,
    },
    /// Too few studies for the test.
    NotTestable {
        /// Studies.
        k: usize,
    },
}

/// One line of the certainty table.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Step {
    /// The domain.
    pub domain: GradeDomain,
    /// Levels down.
    pub down: u8,
    /// Why.
    #[serde(flatten)]
    pub reason: Reason,
    /// The certainty after this step.
    pub after: Certainty,
}

/// A certainty with its reasons, in the order in which they were applied.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Judgement {
    /// The result.
    pub certainty: Certainty,
    /// Every domain, also those that took no step.
    pub steps: Vec<Step>,
}

const MANY_PEOPLE: u64 = 400;
const TESTABLE_FROM: usize = 10;

fn start(effects: &[Effect], synthesis: &Synthesis, catalogue: &Catalogue) -> (Certainty, Reason) {
    let designs = synthesis.studies.iter().map(|study| &*effects[study.index].design);
    let weakest = designs
        .filter_map(|id| catalogue.find_design(id))
        .min_by_key(|design| (design.starting_certainty, design.id.clone()));
    let Some(design) = weakest else { return (Certainty::NotRated, Reason::NotTestable { k: 0 }) };
    let id = design.id.to_string();
    if synthesis.estimand.as_deref() == Some("association") {
        let level = design.starting_certainty;
        return (
            if level > Certainty::Low { Certainty::Low } else { level },
            Reason::Association { design: id },
        );
    }
    let reason =
        if design.is_randomised() { Reason::AllRandomised } else { Reason::WeakestDesign { design: id } };
    (design.starting_certainty, reason)
}

fn share_of<'a>(synthesis: &'a Synthesis, is: impl Fn(usize) -> bool + 'a) -> f64 {
    // A sum over none is −0.0 in floating point; a share is not negative.
    synthesis.studies.iter().filter(|study| is(study.index)).map(|study| study.weight).sum::<f64>() + 0.0
}

fn inconsistency(synthesis: &Synthesis) -> (u8, Reason) {
    let (Some(i2), Some(q_p)) = (synthesis.i2, synthesis.q_p) else { return (0, Reason::OneStudy) };
    if synthesis.k < 2 {
        return (0, Reason::OneStudy);
    }
    let clear =
        |sign: f64| synthesis.studies.iter().any(|study| sign * study.estimate > 1.96 * study.std_error);
    if i2 > 75.0 && clear(1.0) && clear(-1.0) {
        return (2, Reason::Opposed { i2 });
    }
    (u8::from(i2 > 50.0 && q_p < 0.1), Reason::Spread { i2, q_p })
}

fn imprecision(
    synthesis: &Synthesis,
    in_sd: Option<&Synthesis>,
    people: u64,
    people_known: bool,
) -> (u8, Reason) {
    // A number that nobody stated is not a small number.
    let few = people_known && people < MANY_PEOPLE;
    let limits = in_sd.and_then(|synthesis| Some((synthesis.ci_low?, synthesis.ci_high?)));
    if let Some((low, high)) = limits {
        let both = |limit: f64| low < -limit && high > limit;
        let down = if both(0.2) && (few || synthesis.k == 1) { 2 } else { u8::from(both(0.1) || few) };
        return (down, Reason::IntervalSd { low, high, people });
    }
    let holds_zero =
        matches!((synthesis.ci_low, synthesis.ci_high), (Some(low), Some(high)) if low < 0.0 && high > 0.0);
    (u8::from(holds_zero || few), Reason::IntervalNative { holds_zero, people })
}

fn small_studies(synthesis: &Synthesis) -> (u8, Reason) {
    match synthesis.small_study.egger {
        Some(egger) if synthesis.k >= TESTABLE_FROM => {
            (u8::from(egger.p_value < 0.1), Reason::Egger { p: egger.p_value, k: synthesis.k })
        }
        _ => (0, Reason::NotTestable { k: synthesis.k }),
    }
}

/// Judges a synthesis; `in_sd` is the same pool in SD where it can be made.
pub fn judge(
    effects: &[Effect],
    synthesis: &Synthesis,
    in_sd: Option<&Synthesis>,
    catalogue: &Catalogue,
) -> Judgement {
    let (mut certainty, reason) = start(effects, synthesis, catalogue);
    let mut steps = vec![Step { domain: GradeDomain::Design, down: 0, reason, after: certainty }];
    if certainty == Certainty::NotRated {
        return Judgement { certainty, steps };
    }
    let counted = in_sd.unwrap_or(synthesis);
    let people: u64 = counted.studies.iter().filter_map(|study| effects[study.index].n).sum();
    let people_known = counted.studies.iter().any(|study| effects[study.index].n.is_some());
    let countries: BTreeSet<&str> = synthesis
        .studies
        .iter()
        .map(|study| &*effects[study.index].country)
        .filter(|code| !code.is_empty())
        .collect();
    let unverified = share_of(synthesis, |index| !effects[index].verified);
    let doubted: BTreeSet<usize> = synthesis.scale_doubts.iter().map(|doubt| doubt.index).collect();
    let doubt_share = share_of(synthesis, |index| doubted.contains(&index));
    let mended_in_sd = synthesis.measure == Measure::Smd
        && synthesis.scale_doubts.iter().all(|doubt| doubt.unresolved_in_sd != Some(true));
    let (inconsistency_down, inconsistency_reason) = inconsistency(synthesis);
    let (imprecision_down, imprecision_reason) = imprecision(synthesis, in_sd, people, people_known);
    let (small_down, small_reason) = small_studies(synthesis);
    let scale_reason = if doubted.is_empty() {
        Reason::ScaleSound
    } else {
        Reason::ScaleDoubt { share: doubt_share, in_sd: mended_in_sd }
    };
    let judged = [
        (
            GradeDomain::RiskOfBias,
            u8::from(certainty == Certainty::High) + u8::from(unverified > 1.0 / 3.0),
            Reason::Unverified { share: unverified },
        ),
        (GradeDomain::Inconsistency, inconsistency_down, inconsistency_reason),
        (
            GradeDomain::Indirectness,
            u8::from(synthesis.k == 1 || countries.len() == 1),
            Reason::Places { studies: synthesis.k, countries: countries.len() },
        ),
        (GradeDomain::Imprecision, imprecision_down, imprecision_reason),
        (GradeDomain::Scale, u8::from(doubt_share > 0.1 && !mended_in_sd), scale_reason),
        (GradeDomain::SmallStudies, small_down, small_reason),
    ];
    for (domain, down, reason) in judged {
        certainty = certainty.down(down);
        steps.push(Step { domain, down, reason, after: certainty });
    }
    Judgement { certainty, steps }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base;
    use crate::map::evidence_map;

    #[test]
    fn certainty_only_goes_down_and_nothing_is_above_moderate() {
        let catalogue = base::catalogue().unwrap();
        let map = evidence_map(&base::findings(&catalogue).unwrap(), &catalogue).unwrap();
        for one in &map.assessments {
            let steps = &one.judgement.steps;
            assert!(steps.windows(2).all(|pair| pair[1].after <= pair[0].after), "{:?}", one.key);
            assert_eq!(steps.last().map(|step| step.after), Some(one.judgement.certainty));
            assert!(one.judgement.certainty <= Certainty::Moderate, "{:?}", one.key);
            if one.key.estimand == whatworks_domain::Estimand::Association {
                assert!(one.judgement.certainty <= Certainty::Low, "{:?}", one.key);
            }
        }
    }

    #[test]
    fn seven_trials_in_seven_countries_are_moderate_and_one_trial_is_less() {
        let catalogue = base::catalogue().unwrap();
        let map = evidence_map(&base::findings(&catalogue).unwrap(), &catalogue).unwrap();
        let of = |key: &str| map.find(&key.parse().unwrap()).unwrap().judgement.certainty;
        assert_eq!(of("credit.access~no-offer~business.profit~ITT"), Certainty::Moderate);
        let default = "credit.repayment.grace-period~immediate-repayment~repayment.default~ITT";
        assert_eq!(of(default), Certainty::Low);
    }
}
