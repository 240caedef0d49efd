//! Corrections for looking at several outcomes: over the whole-sample estimates of one estimand.
//!
//! Holm (1979) guards against any false alarm; Benjamini and Hochberg (1995) and Anderson's (2008) sharpened q bound the
//! share of false alarms among what is called an effect. Given whether asked for or not when there are two outcomes or
//! more: the plan's list decides which the report leads with.

use whatworks_domain::study::EstimateRow;
use whatworks_stats::multiple_testing::{Adjustment, adjust};

pub(super) fn correct(rows: &mut [EstimateRow]) {
    let finite: Vec<usize> = (0..rows.len()).filter(|index| rows[*index].p_value.is_finite()).collect();
    if finite.len() < 2 {
        return;
    }
    let p: Vec<f64> = finite.iter().map(|index| rows[*index].p_value).collect();
    let adjusted =
        [Adjustment::Holm, Adjustment::BenjaminiHochberg, Adjustment::SharpenedQ].map(|by| adjust(&p, by));
    let [Ok(holm), Ok(bh), Ok(q)] = adjusted else { return };
    for (place, index) in finite.into_iter().enumerate() {
        rows[index].holm_p = Some(holm[place]);
        rows[index].bh_p = Some(bh[place]);
        rows[index].q_value = Some(q[place]);
    }
}
