//! Shares as people read them: in percentage points, not as parts of one.
//!
//! Outcomes whose unit is a share (0 to 1) are multiplied by 100 everywhere in the report; `study.json` and the findings
//! keep the share. An outcome that was transformed (a logarithm) has no such reading and stays as it is.

use std::collections::BTreeSet;
use whatworks_domain::study::{StudyResult, Transform};

/// Whether a unit says that the number is a part of one.
fn is_share(unit: &str) -> bool {
    ["share", "proportion", "probability", "fraction"].contains(&unit.trim().to_lowercase().as_str())
}

/// The study with its shares in points, whose unit is called `points`.
pub(super) fn in_points(study: &StudyResult, points: &str) -> StudyResult {
    let mut study = study.clone();
    let shares: BTreeSet<String> = study
        .outcomes
        .iter()
        .filter(|o| is_share(&o.unit) && matches!(o.transform, Transform::None | Transform::Winsorise))
        .map(|outcome| outcome.id.to_string())
        .collect();
    for row in study.estimates.iter_mut().filter(|row| shares.contains(&row.outcome)) {
        points.clone_into(&mut row.unit);
        for x in [
            &mut row.estimate,
            &mut row.std_error,
            &mut row.ci_low,
            &mut row.ci_high,
            &mut row.control_mean,
            &mut row.control_sd,
        ] {
            *x *= 100.0;
        }
        row.wild_ci = row.wild_ci.map(|(low, high)| (100.0 * low, 100.0 * high));
    }
    for row in study.sensitivity.iter_mut().filter(|row| shares.contains(&row.outcome)) {
        for x in [&mut row.estimate, &mut row.std_error, &mut row.ci_low, &mut row.ci_high] {
            *x *= 100.0;
        }
    }
    for row in study.diagnostics.periods.iter_mut().filter(|row| shares.contains(&row.outcome)) {
        for x in [&mut row.estimate, &mut row.std_error, &mut row.ci_low, &mut row.ci_high] {
            *x *= 100.0;
        }
    }
    for row in study.diagnostics.mde.iter_mut().filter(|row| shares.contains(&row.outcome)) {
        row.mde *= 100.0;
    }
    for row in study.diagnostics.anderson_rubin.iter_mut().filter(|row| shares.contains(&row.outcome)) {
        for (low, high) in &mut row.pieces {
            *low = low.map(|x| 100.0 * x);
            *high = high.map(|x| 100.0 * x);
        }
    }
    study
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_and_only_shares_become_points() {
        let study: StudyResult = serde_json::from_str(include_str!("../../fixtures/study.json")).unwrap();
        let shown = in_points(&study, "points");
        for (before, after) in study.estimates.iter().zip(&shown.estimates) {
            let times = if before.unit == "share" { 100.0 } else { 1.0 };
            assert_eq!(after.unit == "points", before.unit == "share");
            assert!((after.estimate - times * before.estimate).abs() < 1e-9);
            assert!((after.estimate / after.control_sd - before.estimate / before.control_sd).abs() < 1e-12);
        }
        assert!((shown.sensitivity[6].ci_low - 100.0 * study.sensitivity[6].ci_low).abs() < 1e-9);
    }
}
