//! The answer of `warn`: figures as JSON and words, the list as CSV.

use super::read::Reading;
use crate::output::say;
use serde_json::{Value, json};
use std::fmt::Write;
use std::path::Path;
use whatworks_evidence::warning::{EarlyWarning, Fairness, RowsCount, WarningSettings};
use whatworks_stats::logit::Capacity;
use whatworks_stats::opinion::ShareInterval;

/// A warning with what it rests on.
#[derive(Debug)]
pub(crate) struct WarningAnswer {
    /// The warning.
    pub(crate) warning: EarlyWarning,
    /// What was asked.
    pub(crate) settings: WarningSettings,
    /// The histories, and what was odd about them.
    pub(crate) reading: Reading,
}

fn share(interval: Option<ShareInterval>) -> Value {
    interval
        .map_or(Value::Null, |share| json!({ "value": share.value, "low": share.low, "high": share.high }))
}

fn count(count: RowsCount) -> Value {
    json!({
        "client_periods": count.taken, "in_distress_later": count.events,
        "left_out": {
            "not_current": count.not_current, "in_distress_already": count.in_distress, "outcome_unseen": count.unseen,
        },
    })
}

fn capacity(found: &Capacity) -> Value {
    json!({
        "listed": found.listed, "found": found.found,
        "precision": share(found.precision), "recall": share(found.recall),
    })
}

fn fairness(row: &Fairness) -> Value {
    let reading = &row.reading;
    json!({
        "dimension": row.dimension, "group": row.group, "client_periods": reading.rows,
        "in_distress_later": reading.events, "listed": reading.listed, "expected": reading.expected,
        "observed": share(reading.observed), "observed_less_expected": share(reading.in_the_large),
        "false_negative_rate": share(reading.false_negative),
        "false_positive_rate": share(reading.false_positive), "too_few_to_compare": row.small,
    })
}

/// Per cent of a share; below ten with a decimal.
fn percent(share: f64) -> String {
    if share < 0.095 { format!("{:.1} %", 100.0 * share) } else { format!("{:.0} %", 100.0 * share) }
}

fn with_interval(interval: Option<ShareInterval>) -> String {
    interval.map_or_else(
        || "not known".into(),
        |share| format!("{} ({} to {})", percent(share.value), percent(share.low), percent(share.high)),
    )
}

impl WarningAnswer {
    fn period(&self, at: i64) -> String {
        self.reading.history.periods.name(at)
    }

    /// What the sealed list is called in the open.
    pub(super) fn title(&self) -> String {
        format!("Early warning for {}", self.period(self.warning.list_for))
    }

    /// Everything but who is on the list.
    pub(crate) fn figures(&self) -> Value {
        let (warning, settings) = (&self.warning, &self.settings);
        let judged = &warning.performance;
        let calibration = &judged.calibration;
        let tenths = calibration.tenths.iter().map(|tenth| {
            json!({
                "client_periods": tenth.rows, "expected": tenth.expected, "in_distress_later": tenth.events,
                "observed": share(Some(tenth.observed)),
            })
        });
        let coefficients = warning.coefficients.iter().map(|one| {
            json!({
                "feature": one.feature, "log_odds_per_sd": one.coefficient, "mean": one.mean, "sd": one.scale,
            })
        });
        let losses = warning
            .penalty
            .losses
            .iter()
            .map(|(penalty, loss)| json!({ "lambda": penalty.lambda, "mean_log_loss": loss }));
        let warnings = self.reading.warnings.iter().map(|(code, text)| json!({ "code": code, "text": text }));
        json!({
            "data": {
                "sha256": self.reading.sha256, "rows": self.reading.rows,
                "clients": self.reading.history.clients.len(),
            },
            "settings": {
                "horizon": settings.horizon, "distress_days": settings.distress_days,
                "test_from": self.period(settings.test_from), "capacity": settings.capacity,
            },
            "fitted": {
                "from": self.period(warning.fitted_cuts.0), "to": self.period(warning.fitted_cuts.1),
                "count": count(warning.fitted), "intercept": warning.intercept,
                "coefficients": coefficients.collect::<Vec<_>>(),
            },
            "penalty": {
                "kind": "ridge", "lambda": warning.penalty.chosen.lambda,
                "validated_at":
                    warning.penalty.times.iter().map(|at| self.period(*at)).collect::<Vec<_>>(),
                "client_periods": warning.penalty.judged, "candidates": losses.collect::<Vec<_>>(),
            },
            "judged": {
                "from": self.period(judged.from), "to": self.period(judged.to), "count": count(judged.count),
                "calibration": {
                    "intercept": calibration.intercept, "intercept_std_error": calibration.intercept_std_error,
                    "slope": calibration.slope, "slope_std_error": calibration.slope_std_error,
                    "in_the_large": calibration.in_the_large,
                    "in_the_large_std_error": calibration.in_the_large_std_error,
                    "tenths": tenths.collect::<Vec<_>>(),
                },
                "brier": calibration.brier, "brier_of_overall_share": calibration.brier_of_share,
                "mean_log_loss": calibration.log_loss,
                "area_under_curve": {
                    "value": judged.discrimination.area, "std_error": judged.discrimination.std_error,
                    "low": judged.discrimination.low, "high": judged.discrimination.high,
                },
                "at_capacity": capacity(&judged.capacity),
                "fairness": judged.fairness.iter().map(fairness).collect::<Vec<_>>(),
            },
            "list": {
                "for": self.period(warning.list_for), "at_risk": warning.at_risk, "listed": warning.list.len(),
            },
            "warnings": warnings.collect::<Vec<_>>(),
        })
    }

    /// The list, comma-separated, a header first, most likely first.
    pub(super) fn list_csv(&self) -> String {
        let mut text = "rank,client,probability,reason_1,reason_2,reason_3\n".to_owned();
        for (at, listed) in self.warning.list.iter().enumerate() {
            // Writing to a String cannot fail.
            let _ = write!(text, "{},{},{:.3}", at + 1, cell(&listed.client), listed.probability);
            for place in 0..3 {
                text.push(',');
                text.push_str(&listed.reasons.get(place).map(|reason| cell(reason)).unwrap_or_default());
            }
            text.push('\n');
        }
        text
    }

    /// The figures that an officer and a board need, in words.
    pub(super) fn print(&self, list: &Path) {
        let (warning, settings) = (&self.warning, &self.settings);
        let judged = &warning.performance;
        let ahead = format!("{} {}", settings.horizon, self.reading.history.periods.word(settings.horizon));
        for (_, text) in &self.reading.warnings {
            say!("warning: {text}");
        }
        say!(
            "learned from {} client-periods of {} to {}, {} of them in distress within {ahead}",
            warning.fitted.taken,
            self.period(warning.fitted_cuts.0),
            self.period(warning.fitted_cuts.1),
            warning.fitted.events
        );
        say!(
            "judged on {} client-periods of {} to {} that it had not seen, {} of them in distress",
            judged.count.taken,
            self.period(judged.from),
            self.period(judged.to),
            judged.count.events
        );
        let calibration = &judged.calibration;
        say!(
            "calibration: slope {:.2} (standard error {:.2}; 1 is right), in the large {:+.2} ({:.2}; 0 is right)",
            calibration.slope,
            calibration.slope_std_error,
            calibration.in_the_large,
            calibration.in_the_large_std_error
        );
        let area = &judged.discrimination;
        say!("ranking: area {:.2} ({:.2} to {:.2}; 0.5 is chance)", area.area, area.low, area.high);
        say!(
            "a list of {}: {} were in distress within {ahead}; it held {} of all who were",
            settings.capacity,
            with_interval(judged.capacity.precision),
            with_interval(judged.capacity.recall)
        );
        say!(
            "by group, of the listed period's clients: missed among those in distress, listed among the others"
        );
        for row in &judged.fairness {
            let small = if row.small { "; too few to compare" } else { "" };
            say!(
                "  {} {}: not listed {}, listed in vain {}, observed less expected {:+.1} points{small}",
                row.dimension,
                row.group,
                with_interval(row.reading.false_negative),
                with_interval(row.reading.false_positive),
                100.0 * row.reading.in_the_large.map_or(f64::NAN, |share| share.value)
            );
        }
        say!(
            "the list for {}: {} of {} clients at risk, sealed in {}",
            self.period(warning.list_for),
            warning.list.len(),
            warning.at_risk,
            list.display()
        );
        say!("open it: whatworks-lab list open {}", list.display());
    }
}

/// A cell of a CSV file; one that a spreadsheet would take for a formula begins with an apostrophe.
fn cell(text: &str) -> String {
    let guarded =
        if text.starts_with(['=', '+', '-', '@', '\t']) { format!("'{text}") } else { text.to_owned() };
    if guarded.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", guarded.replace('"', "\"\""))
    } else {
        guarded
    }
}

#[cfg(test)]
mod tests {
    use super::cell;

    #[test]
    fn cells_are_quoted_and_formulas_disarmed() {
        assert_eq!(cell("C0001"), "C0001");
        assert_eq!(cell("has 2 loans, 1 more"), "\"has 2 loans, 1 more\"");
        assert_eq!(cell("a \"b\""), "\"a \"\"b\"\"\"");
        assert_eq!(cell("=1+1"), "'=1+1");
    }
}
