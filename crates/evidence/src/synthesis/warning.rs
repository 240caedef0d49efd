//! What the reader of a pooled number must know, in words: each names the study and says what was done.

use super::measure::Scaled;
use super::report::{ScaleDoubt, Synthesis, Warning};
use crate::effect::Effect;
use crate::eligibility::{LeftOut, LeftOutReason};
use crate::scale::{ScaleCheck, Suspicion};
use whatworks_domain::Measure;

/// Under this many clusters the error itself is uncertain.
const FEW_CLUSTERS: u64 = 30;
/// Under this many clusters no claim of a difference from zero should be made.
const TOO_FEW_CLUSTERS: u64 = 10;

fn short(value: f64) -> String {
    let digits = if value.abs() >= 100.0 {
        0
    } else if value.abs() >= 1.0 {
        1
    } else {
        3
    };
    format!("{value:.digits$}").replace('-', "−")
}

fn label(effect: &Effect) -> String {
    match (&*effect.finding_id, &*effect.subgroup) {
        ("", _) => format!("{} (row {})", effect.study, effect.line),
        (_, "") => effect.study.to_string(),
        (_, subgroup) => format!("{} ({subgroup})", effect.study),
    }
}

fn scale_text(effects: &[Effect], doubt: &Suspicion, unresolved: bool, scaled: &Scaled) -> String {
    let effect = &effects[doubt.index];
    let reasons: Vec<String> = doubt
        .checks
        .iter()
        .map(|failed| {
            let what = match failed.check {
                ScaleCheck::StdError => "standard error",
                ScaleCheck::ControlSd => "control standard deviation",
                ScaleCheck::ControlMean => "control mean",
                ScaleCheck::LargeT => return format!("its t is {}", short(failed.value)),
                ScaleCheck::Declared => return "the curators doubt its scale".to_owned(),
            };
            let median = failed.peers_median.map_or(String::new(), short);
            let times = format!("{:.0}", failed.times_off);
            format!("its {what} is {}, the others' median {median} ({times} times off)", short(failed.value))
        })
        .collect();
    let pooled = scaled.index.contains(&doubt.index);
    let done = match scaled.measure {
        _ if !pooled => "it is not in this pool",
        Measure::Smd if unresolved => {
            "the pool is in SD and it still does not fit: compare the answer without it"
        }
        Measure::Smd => "the pool is in SD, where it fits: the unit was wrong throughout",
        _ => "it stays in the pool as it is: compare the answer without it, or use --measure smd",
    };
    format!("{}: {}; {done}", label(effect), reasons.join("; "))
}

/// Warnings about rows: counted twice, never pooled, of doubtful scale.
pub(super) fn of_rows(
    effects: &[Effect],
    left_out: &[LeftOut],
    doubts: &[Suspicion],
    shown: &[ScaleDoubt],
    scaled: &Scaled,
) -> Vec<Warning> {
    let mut warnings = Vec::new();
    for row in left_out {
        let effect = &effects[row.index];
        let kept = row.kept.map(|kept| label(&effects[kept])).unwrap_or_default();
        let (code, text) = match row.reason {
            LeftOutReason::NotPrimary => (
                "double_count",
                format!(
                    "{}: the same people as {kept}, which is the primary estimate; left out",
                    label(effect)
                ),
            ),
            LeftOutReason::LargerStdError => (
                "double_count",
                format!(
                    "{}: the same people as {kept}, whose standard error is no larger; left out",
                    label(effect)
                ),
            ),
            LeftOutReason::Design => (
                "never_pooled",
                format!(
                    "{}: its design ({}) is shown beside a pool, never in it",
                    label(effect),
                    effect.design
                ),
            ),
        };
        warnings.push(Warning { code, study: Some(effect.study.clone()), text });
    }
    for (doubt, shown) in doubts.iter().zip(shown) {
        let unresolved = shown.unresolved_in_sd == Some(true);
        warnings.push(Warning {
            code: "scale_suspect",
            study: Some(effects[doubt.index].study.clone()),
            text: scale_text(effects, doubt, unresolved, scaled),
        });
    }
    if scaled.units_differ {
        let done = match scaled.measure {
            Measure::Native => "only the commonest unit is pooled",
            Measure::Smd => "the pool is in standard deviations of the comparison arm",
            Measure::Percent => "the pool is in percent of the control mean",
            Measure::LogRatio => "the pool is in log ratios",
        };
        let text = format!("the studies report in different units; {done}");
        warnings.push(Warning { code: "units_differ", study: None, text });
    }
    warnings
}

/// Warnings about the pool itself.
pub(super) fn of_pool(effects: &[Effect], synthesis: &Synthesis) -> Vec<Warning> {
    let mut warnings = Vec::new();
    let mut warn = |code, study, text: String| warnings.push(Warning { code, study, text });
    match synthesis.k {
        0 => warn("nothing_to_pool", None, "no study can be put on this scale".into()),
        1 => warn("single_study", None, "one study: nothing is pooled, its own interval is shown".into()),
        2 => warn(
            "two_studies",
            None,
            "two studies: the interval is wide because two places say little".into(),
        ),
        _ => {}
    }
    for study in &synthesis.studies {
        if let Some(clusters) = effects[study.index].clusters.filter(|clusters| *clusters < FEW_CLUSTERS) {
            let weight = if clusters < TOO_FEW_CLUSTERS {
                "far too few to call a difference from zero"
            } else {
                "its standard error is itself uncertain"
            };
            let text = format!("{}: {clusters} clusters, {weight}", study.study);
            warn("few_clusters", Some(study.study.clone()), text);
        }
    }
    let error_of = |name: &str| synthesis.cis.iter().find(|ci| ci.method == name).map(|ci| ci.std_error);
    if let (Some(hk), Some(wald)) = (error_of("hk"), error_of("wald"))
        && hk < wald
        && synthesis.k > 1
    {
        let text = format!(
            "Hartung–Knapp without the floor would give a standard error of {}, below the plain {}: the floor is what \
             keeps the interval honest",
            short(hk),
            short(wald)
        );
        warn("hk_below_wald", None, text);
    }
    warnings
}
