//! The guard against leaks, who is at risk, what counts as distress, and that the answer stays the same.

use super::cut::{ClientHistory, History, Periods, Record};
use super::*;

/// Numbers between 0 and 1 that look drawn (SplitMix64; Steele, Lea and Flood 2014).
fn digit(row: usize, at: usize) -> f64 {
    let mut z = ((row * 4096 + at) as u64).wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    ((z ^ (z >> 31)) >> 11) as f64 / 9_007_199_254_740_992.0
}

const FIRST: i64 = 2023 * 12;

fn record(period: i64, days_late: f64) -> Record {
    Record {
        period,
        days_late,
        due: 100.0,
        paid: if days_late > 0.0 { 60.0 } else { 100.0 },
        balance: 900.0,
        loans: 1.0,
        income: 400.0,
        joined: f64::NAN,
        age: 31.0,
        sector: Some(0),
        sex: Some(0),
        area: None,
    }
}

/// Clients whose lateness tends to come before distress.
fn history(clients: usize, months: i64) -> History {
    let one = |client: usize| {
        let mut records = Vec::new();
        let mut late = false;
        for month in 0..months {
            let luck = digit(client, month as usize);
            let falls = luck < if late { 0.12 } else { 0.02 };
            late = !falls && digit(client, 1000 + month as usize) < 0.3;
            let days = if falls { 45.0 } else { 9.0 * f64::from(u8::from(late)) };
            let mut record = record(FIRST + month, days);
            record.loans = 1.0 + (digit(client, 2000) * 3.0).floor();
            record.income = 300.0 + (200.0 * digit(client, 3000 + month as usize)).round();
            record.sector = Some((client % 2) as u32);
            record.sex = Some((client % 3 / 2) as u32);
            record.age = 20.0 + (client % 45) as f64;
            records.push(record);
        }
        ClientHistory::new(format!("C{client:04}"), records)
    };
    History {
        periods: Periods::Months,
        clients: (0..clients).map(one).collect(),
        sectors: vec!["farming".into(), "trade".into()],
        sexes: vec!["female".into(), "male".into()],
        areas: vec![],
    }
}

fn settings(threads: usize) -> WarningSettings {
    WarningSettings {
        horizon: 1,
        distress_days: 30.0,
        test_from: FIRST + 20,
        capacity: 25,
        threads: NonZeroUsize::new(threads).unwrap(),
    }
}

/// A feature that looks up what the client's next record says.
fn with_leak(history: &History) -> Vec<Feature> {
    let next: std::collections::BTreeMap<(i64, u64), f64> = history
        .clients
        .iter()
        .flat_map(|client| {
            let span = client.span().unwrap();
            client.window(span.0, span.1 + 1).to_vec()
        })
        .map(|record| ((record.period, record.age.to_bits() ^ record.income.to_bits()), record.days_late))
        .collect();
    let mut features = standard_features(history);
    features.push(Feature::new("status", Theme::Other, move |cut| {
        // A table of "current status" that the institution keeps up to date.
        let own = cut.last().age.to_bits();
        next.iter()
            .filter(|((period, _), _)| *period >= cut.at())
            .map(|((_, key), days)| if key & 1 == own & 1 { *days } else { 0.0 })
            .sum()
    }));
    features
}

#[test]
fn what_comes_after_the_cut_changes_no_feature_by_one_bit() {
    let honest = history(60, 24);
    let at = FIRST + 15;
    let mut tampered = honest.clone();
    for client in &mut tampered.clients {
        for record in client.records_mut().iter_mut().filter(|record| record.period >= at) {
            *record = Record { income: -1.0, loans: 9.0, sector: None, age: 0.0, ..record.to_owned() };
            record.days_late = 31.0 - record.days_late;
        }
    }
    let bits = |history: &History, cuts: std::ops::RangeInclusive<i64>| -> Vec<u64> {
        let rows = rows_at(history, &standard_features(history), cuts, 1, 1000.0);
        rows.x.iter().map(|value| value.to_bits()).collect()
    };
    let before = bits(&honest, FIRST + 1..=at);
    assert!(before.len() > 60 * 14 * 15);
    assert_eq!(before, bits(&tampered, FIRST + 1..=at));
    // One period later the tampering is in the past, and shows.
    assert_ne!(bits(&honest, at + 1..=at + 1), bits(&tampered, at + 1..=at + 1));
    assert!(find_leaks(&honest, &standard_features, at).is_empty());
}

#[test]
fn a_feature_that_reads_the_future_is_named_and_stops_the_warning() {
    let history = history(300, 26);
    assert_eq!(find_leaks(&history, &with_leak, FIRST + 20), ["status"]);
    let refused = warn(&history, &settings(1), &with_leak).unwrap_err();
    assert_eq!(refused, WarningFault::Leak("status".into()));
    assert!(warn(&history, &settings(1), &standard_features).is_ok());
    // Nor may the list of features itself depend on what came later.
    let depends = |history: &History| {
        let seen = history.clients[0].span().map_or(0, |span| span.1);
        vec![Feature::new(format!("until {seen}"), Theme::Other, |_| 1.0)]
    };
    assert_eq!(find_leaks(&history, &depends, FIRST + 20).len(), 1);
}

#[test]
fn at_risk_are_the_current_who_are_not_in_distress() {
    let client = |records: &[(i64, f64)]| {
        ClientHistory::new("a", records.iter().map(|(at, days)| record(*at, *days)).collect())
    };
    let history = |client: ClientHistory| History {
        periods: Periods::Numbers,
        clients: vec![client],
        sectors: vec![],
        sexes: vec![],
        areas: vec![],
    };
    let count = |records: &[(i64, f64)], horizon: i64| {
        let history = history(client(records));
        rows_at(&history, &standard_features(&history), [5], horizon, 30.0).count
    };
    let quiet = RowsCount { taken: 1, ..RowsCount::default() };
    assert_eq!(count(&[(4, 0.0), (5, 0.0)], 1), quiet);
    assert_eq!(count(&[(4, 30.0), (5, 31.0)], 1), RowsCount { events: 1, ..quiet });
    assert_eq!(count(&[(4, 31.0), (5, 0.0)], 1), RowsCount { in_distress: 1, ..RowsCount::default() });
    assert_eq!(count(&[(3, 0.0), (5, 0.0)], 1), RowsCount { not_current: 1, ..RowsCount::default() });
    assert_eq!(count(&[(6, 0.0)], 1), RowsCount::default());
    // A window that ends early without distress is unseen; distress that was seen is distress.
    assert_eq!(count(&[(4, 0.0), (5, 0.0)], 3), RowsCount { unseen: 1, ..RowsCount::default() });
    assert_eq!(count(&[(4, 0.0), (5, 50.0)], 3), RowsCount { events: 1, ..quiet });
    assert_eq!(count(&[(4, 0.0), (5, 0.0), (6, 1.0), (7, 0.0)], 3), quiet);
}

#[test]
fn the_warning_ranks_explains_and_does_not_depend_on_the_threads() {
    let history = history(900, 30);
    let found = warn(&history, &settings(1), &standard_features).unwrap();
    assert_eq!(found, warn(&history, &settings(2), &standard_features).unwrap());
    let performance = &found.performance;
    assert!(performance.discrimination.low > 0.6, "{:?}", performance.discrimination);
    assert_eq!((performance.from, performance.to), (FIRST + 20, FIRST + 29));
    assert_eq!(found.fitted_cuts.1, FIRST + 19);
    assert_eq!(found.list_for, FIRST + 30);
    assert_eq!(found.list.len(), 25);
    assert!(found.list.windows(2).all(|pair| pair[0].probability >= pair[1].probability));
    let first = &found.list[0];
    assert!(!first.reasons.is_empty() && first.reasons.len() <= 3);
    assert!(first.reasons.iter().any(|reason| reason.contains("late")), "{first:?}");
    let dimensions: Vec<&str> = performance.fairness.iter().map(|row| row.dimension).collect();
    assert_eq!(dimensions.iter().filter(|name| **name == "sex").count(), 2);
    assert_eq!(dimensions.iter().filter(|name| **name == "age").count(), 5);
    // Nobody's area is on record: one group, said so.
    let area: Vec<&str> = performance
        .fairness
        .iter()
        .filter(|row| row.dimension == "area")
        .map(|row| row.group.as_str())
        .collect();
    assert_eq!(area, ["not known"]);
    let rows: usize =
        performance.fairness.iter().filter(|row| row.dimension == "sex").map(|row| row.reading.rows).sum();
    assert_eq!(rows, performance.count.taken);
}

#[test]
fn a_history_too_short_to_learn_from_is_refused() {
    let long = history(900, 30);
    let refused = |history: &History, settings: &WarningSettings| {
        matches!(warn(history, settings, &standard_features), Err(WarningFault::TooLittle(_)))
    };
    assert!(refused(&history(20, 30), &settings(1)));
    assert!(refused(&long, &WarningSettings { test_from: FIRST + 2, ..settings(1) }));
    assert!(refused(&long, &WarningSettings { test_from: FIRST + 30, ..settings(1) }));
    assert!(refused(&History { clients: vec![], ..long.clone() }, &settings(1)));
    for wrong in [
        WarningSettings { horizon: 0, ..settings(1) },
        WarningSettings { capacity: 0, ..settings(1) },
        WarningSettings { distress_days: f64::NAN, ..settings(1) },
    ] {
        assert!(matches!(warn(&long, &wrong, &standard_features), Err(WarningFault::Setting(_))));
    }
}
