//! Early warning against a known hazard: trained before a month, judged on the months after it.

use super::history::{FIRST_MONTH, HistoryOptions, SimulatedHistory, simulate_history};
use std::num::NonZeroUsize;
use whatworks_evidence::warning::{EarlyWarning, WarningSettings, standard_features, warn};

fn simulated(seed: u64, clients: u32) -> SimulatedHistory {
    simulate_history(&HistoryOptions { seed, institution: 0, clients, months: 48 })
}

/// Trained on three years, judged on the fourth.
fn warned(made: &SimulatedHistory) -> EarlyWarning {
    let settings = WarningSettings {
        horizon: 3,
        distress_days: 30.0,
        test_from: FIRST_MONTH + 36,
        capacity: 200,
        threads: NonZeroUsize::new(2).unwrap(),
    };
    warn(&made.history, &settings, &standard_features).unwrap()
}

/// The bar: at least 20,000 clients, the slope within 0.9 and 1.1 on months after the training.
fn holds_the_bar(seed: u64) {
    let made = simulated(seed, 26_000);
    assert!(made.history.clients.len() >= 20_000, "{}", made.history.clients.len());
    let found = warned(&made);
    let judged = &found.performance;
    assert!(judged.from >= FIRST_MONTH + 36 && found.fitted_cuts.1 + 3 <= FIRST_MONTH + 36);
    let (slope, error) = (judged.calibration.slope, judged.calibration.slope_std_error);
    eprintln!(
        "seed {seed}: {} clients, {} judged, {} in distress; slope {slope:.3} (se {error:.3}), in the large {:.3} \
         (se {:.3}), area {:.3}, precision {:.3}, recall {:.3}",
        made.history.clients.len(),
        judged.count.taken,
        judged.count.events,
        judged.calibration.in_the_large,
        judged.calibration.in_the_large_std_error,
        judged.discrimination.area,
        judged.capacity.precision.map_or(f64::NAN, |share| share.value),
        judged.capacity.recall.map_or(f64::NAN, |share| share.value),
    );
    assert!((0.9..=1.1).contains(&slope), "{slope}");
    assert!(judged.discrimination.low > 0.65, "{:?}", judged.discrimination);
    // The list holds three times the distress of a list by chance.
    let share = judged.count.events as f64 / judged.count.taken as f64;
    assert!(judged.capacity.precision.unwrap().low > 3.0 * share, "{:?}", judged.capacity);
}

#[test]
fn early_warning_is_calibrated_after_training_on_seed_1() {
    holds_the_bar(1);
}

#[test]
fn early_warning_is_calibrated_after_training_on_seed_2() {
    holds_the_bar(2);
}

#[test]
fn early_warning_is_calibrated_after_training_on_seed_3() {
    holds_the_bar(3);
}

#[test]
fn onsets_are_draws_from_the_true_hazard() {
    let made = simulated(11, 4_000);
    // A sum of independent draws has a variance below its mean.
    assert!(
        (made.onsets as f64 - made.hazard).abs() < 4.0 * made.hazard.sqrt(),
        "{} {}",
        made.onsets,
        made.hazard
    );
    assert!(made.months_at_risk > 50_000);
    let again = simulated(11, 4_000);
    assert_eq!((made.history.clients.len(), made.csv()), (again.history.clients.len(), again.csv()));
    assert_ne!(made.csv(), simulated(12, 4_000).csv());
    // A client's life does not depend on how many others there are.
    assert!(made.csv().starts_with(&simulated(11, 400).csv()));
}
