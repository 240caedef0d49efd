//! Rows of the logit: who was at risk at a cut, what the features said, what happened next.

use super::cut::{Cut, History, Record};
use super::features::Feature;

/// Who was and was not taken at one or more cuts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RowsCount {
    /// Clients with an earlier record but none in the period before the cut: they left, or have no loan.
    pub not_current: usize,
    /// In distress already.
    pub in_distress: usize,
    /// At risk, and what happened is not fully seen.
    pub unseen: usize,
    /// At risk with a known outcome.
    pub taken: usize,
    /// Those of them in distress later.
    pub events: usize,
}

/// Rows of one or more cuts, in the order of the cuts and then of the clients.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Rows {
    /// Row after row, one number a feature; NaN where missing.
    pub x: Vec<f64>,
    /// The cut of each row.
    pub time: Vec<i64>,
    /// The client of each row: a place in [`History::clients`].
    pub client: Vec<u32>,
    /// Whether distress came.
    pub happened: Vec<bool>,
    /// Who was taken.
    pub count: RowsCount,
}

/// What is known of the client, when current and not in distress.
fn at_risk<'a>(
    history: &'a History,
    client: usize,
    at: i64,
    distress_days: f64,
    count: &mut RowsCount,
) -> Option<Cut<'a>> {
    let cut = history.clients[client].before(at)?;
    if cut.last().period != at - 1 {
        count.not_current += 1;
        return None;
    }
    if cut.last().days_late > distress_days {
        count.in_distress += 1;
        return None;
    }
    Some(cut)
}

/// Clients at risk at a cut, whatever came after; with what is known of them.
pub(super) fn current_at(history: &History, at: i64, distress_days: f64) -> Vec<(u32, Cut<'_>)> {
    let mut count = RowsCount::default();
    (0..history.clients.len())
        .filter_map(|client| {
            at_risk(history, client, at, distress_days, &mut count).map(|cut| (client as u32, cut))
        })
        .collect()
}

/// Distress in the window, when it can be told: yes as soon as it was seen, no only when every period was.
fn outcome(window: &[Record], horizon: i64, distress_days: f64) -> Option<bool> {
    if window.iter().any(|record| record.days_late > distress_days) {
        return Some(true);
    }
    (i64::try_from(window.len()) == Ok(horizon)).then_some(false)
}

/// Rows of these cuts with known outcomes.
pub fn rows_at(
    history: &History,
    features: &[Feature],
    cuts: impl IntoIterator<Item = i64>,
    horizon: i64,
    distress_days: f64,
) -> Rows {
    let mut rows = Rows::default();
    for at in cuts {
        for client in 0..history.clients.len() {
            let Some(cut) = at_risk(history, client, at, distress_days, &mut rows.count) else { continue };
            let window = history.clients[client].window(at, at + horizon);
            let Some(happened) = outcome(window, horizon, distress_days) else {
                rows.count.unseen += 1;
                continue;
            };
            rows.x.extend(features.iter().map(|feature| feature.value(&cut)));
            rows.time.push(at);
            rows.client.push(client as u32);
            rows.happened.push(happened);
            rows.count.taken += 1;
            rows.count.events += usize::from(happened);
        }
    }
    rows
}
