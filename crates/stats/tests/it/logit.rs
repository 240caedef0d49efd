//! The penalised logit and the measures of a forecast against base R, on the households of 1998/99 of the Bangladesh panel.

use serde_json::json;
use whatworks_stats::logit::{LogitRows, Penalty, calibration, discrimination, fit_logit};

use crate::reference::{Tally, Tolerance, external, fixture};
use crate::regression::{Table, codes, table};

/// Both programs iterate to where steps vanish in f64.
const ITERATED: Tolerance = Tolerance { relative: 1e-8, absolute: 1e-15 };

fn columns(data: &Table, rows: &[usize]) -> Vec<f64> {
    rows.iter()
        .flat_map(|row| {
            let cell = |name: &str| data.column(name)[*row];
            [
                cell("agehead"),
                cell("sexhead"),
                cell("educhead"),
                cell("famsize"),
                (1.0 + cell("hhland")).ln(),
                cell("exptot").ln(),
                cell("pcirr"),
            ]
        })
        .collect()
}

#[test]
fn logit_and_its_measures_equal_plain_r() {
    let Some([text]) = external("logit", ["khandker_hh_98.csv"]) else { return };
    let data = table(&text, &[]);
    let all: Vec<usize> = (0..data.column("dfmfd").len()).collect();
    let x = columns(&data, &all);
    let happened: Vec<bool> = data.column("dfmfd").iter().map(|yes| *yes > 0.5).collect();
    let rows = LogitRows { x: &x, columns: 7, happened: &happened };
    let with = |lambda: f64| {
        let logit = fit_logit(&rows, Penalty { lambda, mixing: 0.0 }).unwrap();
        assert!(logit.converged);
        [vec![logit.intercept], logit.coefficients].concat()
    };

    let (odd, even): (Vec<usize>, Vec<usize>) =
        all.iter().partition(|row| data.column("thanaid")[**row].rem_euclid(2.0) > 0.5);
    let part = columns(&data, &odd);
    let part_happened: Vec<bool> = odd.iter().map(|row| happened[*row]).collect();
    let part = LogitRows { x: &part, columns: 7, happened: &part_happened };
    let fitted = fit_logit(&part, Penalty { lambda: 0.0, mixing: 0.0 }).unwrap();
    let judged = columns(&data, &even);
    let probability: Vec<f64> = judged.chunks_exact(7).map(|row| fitted.probability(row)).collect();
    let outcome: Vec<bool> = even.iter().map(|row| happened[*row]).collect();
    let village: Vec<f64> =
        even.iter().map(|row| data.column("thanaid")[*row] * 10.0 + data.column("villid")[*row]).collect();
    let plain = calibration(&probability, &outcome, None).unwrap();
    let clustered = calibration(&probability, &outcome, Some(&codes(&village))).unwrap();
    let area = discrimination(&probability, &outcome, None).unwrap();

    let here = json!({
        "rows": all.len(), "events": happened.iter().filter(|yes| **yes).count(),
        "free": with(0.0), "ridge_weak": with(0.001), "ridge_strong": with(0.2),
        "judged": {
            "rows": plain.rows, "events": plain.events,
            "intercept": plain.intercept, "slope": plain.slope,
            "intercept_std_error": plain.intercept_std_error, "slope_std_error": plain.slope_std_error,
            "intercept_clustered": clustered.intercept_std_error, "slope_clustered": clustered.slope_std_error,
            "in_the_large": plain.in_the_large, "in_the_large_std_error": plain.in_the_large_std_error,
            "brier": plain.brier, "brier_of_share": plain.brier_of_share, "log_loss": plain.log_loss,
            "area": area.area, "area_std_error": area.std_error, "area_interval": [area.low, area.high],
        },
    });
    let mut tally = Tally::default();
    tally.tree("logit", &fixture("logit/logit_r.json"), &here, &["r"], &|_| ITERATED);
    eprintln!("logit: largest relative difference {:e}", tally.worst);
    tally.finish(2 + 3 * 8 + 17);
}
