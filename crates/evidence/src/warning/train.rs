//! Fit on what was known before the cut-off, judge on what came after, list who to visit now.
//!
//! A cut t belongs to the fit when its outcome was known before the cut-off: t + horizon ≤ `test_from`. The penalty is
//! chosen on the last cuts among these, each judged by a fit on what was known at it. The list for the present is by a
//! fit with the same penalty on every outcome known by now; the figures of performance are those of the earlier fit.

use super::cut::History;
use super::features::{Feature, Theme, words};
use super::judge::{Performance, judge};
use super::leaks::find_leaks;
use super::rows::{Rows, RowsCount, current_at, rows_at};
use super::{FeatureMaker, WarningFault, WarningSettings};
use whatworks_stats::logit::{
    Logit, LogitRows, Penalty, PenaltyChoice, TimedRows, choose_penalty, fit_logit,
};

/// Ridges tried, as multiples of s(1 − s) with s the share in distress: that is what the data weigh a standardised
/// column with, so a multiple of 0.01 takes about one per cent off a coefficient.
const RIDGES: [f64; 8] = [1e-4, 1e-3, 3e-3, 1e-2, 3e-2, 1e-1, 3e-1, 1.0];
/// Cuts on which they are judged, at most; a horizon apart, so that no outcome is judged twice.
const VALIDATIONS: i64 = 6;
/// Periods of history that a cut needs before it is fitted on.
const LOOK_BACK: i64 = 12;
/// Cuts that a short history keeps to learn from.
const LEAST_CUTS: i64 = 9;
/// Least events to fit on.
const LEAST_EVENTS: usize = 50;
/// Reasons given with each client.
const REASONS: usize = 3;

/// One feature's part in the fit.
#[derive(Debug, Clone, PartialEq)]
pub struct Coefficient {
    /// The feature.
    pub feature: String,
    /// Change of the log-odds per standard deviation of it.
    pub coefficient: f64,
    /// Its mean.
    pub mean: f64,
    /// Its standard deviation.
    pub scale: f64,
}

/// A client on the list.
#[derive(Debug, Clone, PartialEq)]
pub struct Listed {
    /// The client's key.
    pub client: String,
    /// Chance of distress within the horizon.
    pub probability: f64,
    /// What raises it most against the average client, strongest first; at most three.
    pub reasons: Vec<String>,
}

/// What an early warning says.
#[derive(Debug, Clone, PartialEq)]
pub struct EarlyWarning {
    /// Who was fitted on.
    pub fitted: RowsCount,
    /// First and last cut fitted on.
    pub fitted_cuts: (i64, i64),
    /// How the penalty was chosen.
    pub penalty: PenaltyChoice,
    /// Log-odds of the average client.
    pub intercept: f64,
    /// The fit that was judged, one a feature.
    pub coefficients: Vec<Coefficient>,
    /// How it did after the cut-off.
    pub performance: Performance,
    /// The cut of the list: the period after the last on record.
    pub list_for: i64,
    /// Clients at risk at that cut.
    pub at_risk: usize,
    /// The list, most likely first, ties in the order of the keys.
    pub list: Vec<Listed>,
}

/// Gives the warning: checks the features for leaks, fits, judges, lists.
///
/// # Errors
/// [`WarningFault::Leak`] for a feature that reads the future; [`WarningFault::TooLittle`] for a history too short.
pub fn warn(
    history: &History,
    settings: &WarningSettings,
    make: &FeatureMaker<'_>,
) -> Result<EarlyWarning, WarningFault> {
    let WarningSettings { horizon, distress_days, test_from, capacity, threads } = *settings;
    if horizon < 1 || !(0.0..10_000.0).contains(&distress_days) || capacity == 0 {
        return Err(WarningFault::Setting(
            "the horizon is at least 1, the days of distress at least 0, the capacity at least 1",
        ));
    }
    let name = |period: i64| history.periods.name(period);
    let Some((first, last)) = history.span() else {
        return Err(WarningFault::TooLittle("there are no records".into()));
    };
    if let Some(leak) = find_leaks(history, make, test_from).into_iter().next() {
        return Err(WarningFault::Leak(leak));
    }
    let features = make(history);
    let take = |from: i64, to: i64| rows_at(history, &features, from..=to, horizon, distress_days);

    let known = test_from - horizon;
    let fit_from = first + look_back(known - first);
    let fitted = take(fit_from, known);
    if fitted.count.events < LEAST_EVENTS || fitted.count.events == fitted.count.taken {
        return Err(WarningFault::TooLittle(format!(
            "before {} there are {} cases of distress among {} client-periods; {LEAST_EVENTS} are the least to learn from",
            name(test_from),
            fitted.count.events,
            fitted.count.taken
        )));
    }
    let judged = take(test_from, last - horizon + 1);
    if judged.count.events == 0 || judged.count.events == judged.count.taken {
        return Err(WarningFault::TooLittle(format!(
            "from {} on there are {} cases of distress among {} client-periods, so the warnings cannot be judged",
            name(test_from),
            judged.count.events,
            judged.count.taken
        )));
    }
    let columns = features.len();
    let share = fitted.count.events as f64 / fitted.count.taken as f64;
    let candidates = RIDGES.map(|ridge| Penalty { lambda: ridge * share * (1.0 - share), mixing: 0.0 });
    let earliest = fit_from + (known - fit_from) / 3;
    let validation: Vec<i64> =
        (0..VALIDATIONS).map(|back| known - back * horizon).filter(|at| *at > earliest).collect();
    let timed = TimedRows { rows: logit_rows(&fitted, columns), time: &fitted.time, horizon };
    let penalty = choose_penalty(&timed, &candidates, &validation, threads)?;
    let logit = fit_logit(&timed.rows, penalty.chosen)?;
    let probability: Vec<f64> = judged.x.chunks_exact(columns).map(|row| logit.probability(row)).collect();
    let performance = judge(history, &judged, &probability, capacity)?;
    drop(judged);

    let everything = take(fit_from, last - horizon + 1);
    let present = fit_logit(&logit_rows(&everything, columns), penalty.chosen)?;
    let (at_risk, list) = list_now(history, &features, &present, last + 1, settings);
    let coefficients = features.iter().enumerate().map(|(j, feature)| Coefficient {
        feature: feature.name.clone(),
        coefficient: logit.coefficients[j],
        mean: logit.means[j],
        scale: logit.scales[j],
    });
    Ok(EarlyWarning {
        fitted: fitted.count,
        fitted_cuts: (fit_from, known),
        intercept: logit.intercept,
        coefficients: coefficients.collect(),
        penalty,
        performance,
        list_for: last + 1,
        at_risk,
        list,
    })
}

/// Periods before the first cut. Early in the records everybody's history is short, and "late in one month of one" is
/// not the same as late in six of six: coefficients learned there are too small for later, and the slope of calibration
/// exceeds 1. Of a short history at most a third goes to this, or what leaves nine cuts to learn from.
fn look_back(periods: i64) -> i64 {
    LOOK_BACK.min((periods / 3).max(periods - LEAST_CUTS)).max(1)
}

fn logit_rows(rows: &Rows, columns: usize) -> LogitRows<'_> {
    LogitRows { x: &rows.x, columns, happened: &rows.happened }
}

fn list_now(
    history: &History,
    features: &[Feature],
    logit: &Logit,
    at: i64,
    settings: &WarningSettings,
) -> (usize, Vec<Listed>) {
    let current = current_at(history, at, settings.distress_days);
    let row = |place: usize| -> Vec<f64> {
        features.iter().map(|feature| feature.value(&current[place].1)).collect()
    };
    let mut order: Vec<(f64, usize)> =
        (0..current.len()).map(|place| (logit.probability(&row(place)), place)).collect();
    order.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let list = order.iter().take(settings.capacity).map(|(probability, place)| {
        let (client, cut) = &current[*place];
        let reasons = top_themes(features, &logit.contributions(&row(*place)))
            .into_iter()
            .map(|theme| words(theme, cut, history))
            .collect();
        Listed {
            client: history.clients[*client as usize].client.clone(),
            probability: *probability,
            reasons,
        }
    });
    (current.len(), list.collect())
}

/// The themes that add most to the log-odds, strongest first; none that add nothing.
fn top_themes(features: &[Feature], contributions: &[f64]) -> Vec<Theme> {
    let mut sums: Vec<(Theme, f64)> = Vec::new();
    for (feature, part) in features.iter().zip(contributions) {
        match sums.iter_mut().find(|(theme, _)| *theme == feature.theme) {
            Some((_, sum)) => *sum += part,
            None => sums.push((feature.theme, *part)),
        }
    }
    sums.retain(|(_, sum)| *sum > 0.0);
    sums.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    sums.into_iter().take(REASONS).map(|(theme, _)| theme).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_of_a_theme_make_one_reason() {
        let feature = |theme| Feature::new("f", theme, |_| 0.0);
        let features =
            [Theme::LateNow, Theme::Loans, Theme::LateNow, Theme::Season, Theme::Tenure, Theme::Burden]
                .map(feature);
        let found = top_themes(&features, &[0.3, 0.5, 0.4, -1.0, 0.1, 0.2]);
        assert_eq!(found, [Theme::LateNow, Theme::Loans, Theme::Burden]);
        assert_eq!(top_themes(&features, &[-0.1; 6]), []);
    }
}
