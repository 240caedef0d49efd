//! A synthesis as people read it: shares in percentage points, and no borrowing of strength where there is one study.
//!
//! Display only: files carry the numbers as they were computed. Estimates and limits of a share are multiplied by 100,
//! variances by 100². Numbers without a unit (p-values, I², weights, the slope of Egger's regression) stay.

use crate::shown;
use whatworks_domain::Measure;
use whatworks_evidence::synthesis::Synthesis;

/// What the native numbers of this synthesis are multiplied by on a page.
pub(super) fn times(synthesis: &Synthesis) -> f64 {
    if synthesis.measure == Measure::Native { shown::times(&synthesis.unit) } else { 1.0 }
}

/// The synthesis for the page.
pub(super) fn shown(computed: &Synthesis) -> Synthesis {
    let mut synthesis = computed.clone();
    if synthesis.k == 1 {
        for study in &mut synthesis.studies {
            study.shrunk = None;
        }
    }
    let times = times(computed);
    if times == 1.0 {
        return synthesis;
    }
    let scale = |values: &mut [&mut f64]| {
        for value in values {
            **value *= times;
        }
    };
    for value in [
        &mut synthesis.estimate,
        &mut synthesis.std_error,
        &mut synthesis.ci_low,
        &mut synthesis.ci_high,
        &mut synthesis.pi_low,
        &mut synthesis.pi_high,
    ] {
        *value = value.map(|value| value * times);
    }
    for value in [&mut synthesis.tau2, &mut synthesis.tau2_low, &mut synthesis.tau2_high] {
        *value = value.map(|value| value * times * times);
    }
    for ci in &mut synthesis.cis {
        scale(&mut [&mut ci.std_error, &mut ci.ci_low, &mut ci.ci_high]);
    }
    for study in &mut synthesis.studies {
        scale(&mut [&mut study.estimate, &mut study.std_error]);
        if let Some(shrunk) = &mut study.shrunk {
            scale(&mut [&mut shrunk.mean, &mut shrunk.sd, &mut shrunk.q025, &mut shrunk.q975]);
        }
    }
    if let Some(bayes) = &mut synthesis.bayes {
        for summary in [&mut bayes.mu, &mut bayes.tau, &mut bayes.new] {
            scale(&mut [&mut summary.mean, &mut summary.sd, &mut summary.median]);
            scale(&mut [&mut summary.q025, &mut summary.q25, &mut summary.q75, &mut summary.q975]);
        }
    }
    for row in &mut synthesis.leave_one_out {
        scale(&mut [&mut row.estimate, &mut row.std_error, &mut row.ci_low, &mut row.ci_high]);
    }
    for row in &mut synthesis.by_method {
        scale(&mut [&mut row.estimate, &mut row.std_error, &mut row.ci_low, &mut row.ci_high]);
    }
    if let Some(both) = &mut synthesis.small_study.pet_peese {
        for line in [&mut both.pet, &mut both.peese] {
            scale(&mut [&mut line.estimate, &mut line.std_error]);
        }
    }
    if let Some(fill) = &mut synthesis.small_study.trim_fill {
        scale(&mut [&mut fill.estimate, &mut fill.std_error, &mut fill.ci_low, &mut fill.ci_high]);
    }
    synthesis
}
