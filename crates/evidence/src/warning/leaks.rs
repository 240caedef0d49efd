//! The guard against features that read the future.
//!
//! Features are made anew from two histories that differ from the given one only from the cut on: one in which every
//! later record says the opposite, one that has no later record. A feature whose value at the cut differs in any bit
//! for any client reads what it could not have known. What the guard cannot see: a record from before the cut that the
//! institution overwrote afterwards.

use super::cut::{History, Record};
use super::{Feature, FeatureMaker};

/// Names of the features that change when what came after the cut changes; empty when all is well.
pub fn find_leaks(history: &History, make: &FeatureMaker<'_>, at: i64) -> Vec<String> {
    let honest = make(history);
    let mut leaking = vec![false; honest.len()];
    let all_opposite = |records: &mut Vec<Record>, at: i64| opposite(records, at);
    for tamper in [all_opposite as fn(&mut Vec<Record>, i64), removed] {
        let mut other = history.clone();
        for client in &mut other.clients {
            tamper(client.records_mut(), at);
        }
        let features = make(&other);
        mark(history, &honest, &other, &features, at, &mut leaking);
    }
    honest.into_iter().zip(leaking).filter(|(_, leaks)| *leaks).map(|(feature, _)| feature.name).collect()
}

fn mark(
    history: &History,
    honest: &[Feature],
    other: &History,
    features: &[Feature],
    at: i64,
    leaking: &mut [bool],
) {
    for (client, tampered) in history.clients.iter().zip(&other.clients) {
        let (Some(cut), Some(tampered)) = (client.before(at), tampered.before(at)) else { continue };
        for (place, feature) in honest.iter().enumerate() {
            // A list of features that depends on the future is a leak of its own.
            leaking[place] |= features.get(place).is_none_or(|again| {
                again.name != feature.name
                    || again.value(&tampered).to_bits() != feature.value(&cut).to_bits()
            });
        }
    }
}

/// Every later record turned around.
fn opposite(records: &mut [Record], at: i64) {
    for record in records.iter_mut().filter(|record| record.period >= at) {
        let late = record.days_late > 0.0;
        *record = Record {
            period: record.period,
            days_late: if late { 0.0 } else { 97.0 },
            due: 2.0 * record.due + 1.0,
            paid: record.due - record.paid,
            balance: 3.0 * record.balance + 1.0,
            loans: record.loans + 2.0,
            income: if record.income.is_nan() { 1.0 } else { f64::NAN },
            joined: 0.0,
            age: record.age + 20.0,
            sector: record.sector.map(|code| code ^ 1),
            sex: None,
            area: None,
        };
    }
}

fn removed(records: &mut Vec<Record>, at: i64) {
    records.retain(|record| record.period < at);
}
