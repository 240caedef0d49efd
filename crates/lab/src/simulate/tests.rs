//! The records say what the truth says: by estimators of a few lines, on large simulations.

use super::options::{Options, SimulatedDesign};
use super::outcomes::OUTCOMES;
use super::rows::Row;
use super::*;
use clap::ValueEnum;
use whatworks_domain::Catalogue;
use whatworks_domain::study::StudyPlan;

fn options(design: SimulatedDesign) -> Options {
    Options {
        seed: 20_260_401,
        clients: 2_000,
        branches: 40,
        institutions: 1,
        effect: 0.3,
        tau: 0.1,
        design,
        attrition: 0.1,
        differential: 0.0,
        compliance: Options::usual_compliance(design),
        icc: 0.05,
        periods: Options::usual_periods(design),
    }
}

fn rows_and_truth(options: &Options) -> (Vec<Row>, InstitutionTruth) {
    let mut rng = ChaCha12Rng::seed_from_u64(options.seed);
    let effect_sd = draws::institution_effect(&mut rng, options);
    let scene = Scene::draw(&mut rng, options, effect_sd);
    let rows = scene.rows(&mut rng);
    let truth = truth::of_institution(options, "x", effect_sd, &scene, &rows);
    (rows, truth)
}

fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let (sum, count) = values.fold((0.0, 0.0), |(sum, count), value| (sum + value, count + 1.0));
    sum / count
}

/// Mean of outcome `k` over the rows that have it and are wanted.
fn mean_of(rows: &[Row], k: usize, wanted: impl Fn(&Row) -> bool) -> f64 {
    mean(rows.iter().filter(|row| wanted(row)).filter_map(|row| row.outcomes.map(|outcomes| outcomes[k])))
}

/// Coefficient of the take-up with client and period means taken off; for rows ordered by client, none missing.
fn within(rows: &[Row], k: usize, periods: usize) -> f64 {
    let y = |row: &Row| row.outcomes.unwrap()[k];
    let d = |row: &Row| f64::from(u8::from(row.took_up));
    let of = |value: &dyn Fn(&Row) -> f64| -> Vec<f64> {
        let grand = mean(rows.iter().map(value));
        let by_period: Vec<f64> =
            (0..periods).map(|t| mean(rows.iter().skip(t).step_by(periods).map(value))).collect();
        rows.chunks(periods)
            .flat_map(|client| {
                let own = mean(client.iter().map(value));
                let by_period = &by_period;
                client.iter().enumerate().map(move |(t, row)| value(row) - own - by_period[t] + grand)
            })
            .collect()
    };
    let (y, d) = (of(&y), of(&d));
    y.iter().zip(&d).map(|(y, d)| y * d).sum::<f64>() / d.iter().map(|d| d * d).sum::<f64>()
}

fn estimate(design: SimulatedDesign, rows: &[Row], k: usize, periods: u32) -> f64 {
    let gap = |from: &dyn Fn(&Row) -> bool| {
        mean_of(rows, k, |row| from(row) && row.offered) - mean_of(rows, k, |row| from(row) && !row.offered)
    };
    match design {
        SimulatedDesign::ClusterRandomised | SimulatedDesign::Randomised => gap(&|_| true),
        SimulatedDesign::Instrument => {
            let taken =
                mean(rows.iter().filter(|row| row.offered).map(|row| f64::from(u8::from(row.took_up))));
            gap(&|_| true) / taken
        }
        SimulatedDesign::Did => gap(&|row| row.period > periods / 2) - gap(&|row| row.period <= periods / 2),
        SimulatedDesign::Panel => within(rows, k, periods as usize),
    }
}

#[test]
fn estimators_find_the_truth_in_every_design() {
    for design in SimulatedDesign::value_variants() {
        let asked = Options { clients: 60_000, branches: 1_000, attrition: 0.0, ..options(*design) };
        let (rows, truth) = rows_and_truth(&asked);
        for (k, (outcome, truth)) in OUTCOMES.iter().zip(&truth.outcomes).enumerate() {
            let found = (estimate(*design, &rows, k, asked.periods) - truth.effect) / outcome.sd();
            // Four standard errors of the least precise design: 1,000 branches, icc 0.05, 60,000 clients.
            assert!(found.abs() < 0.08, "{design:?} {}: off by {found} SD", outcome.id);
        }
    }
}

#[test]
fn the_comparison_has_the_mean_and_spread_that_the_truth_says() {
    let asked = Options { clients: 60_000, branches: 2_000, ..options(SimulatedDesign::Randomised) };
    let (rows, truth) = rows_and_truth(&asked);
    for (k, truth) in truth.outcomes.iter().enumerate() {
        let centre = mean_of(&rows, k, |row| !row.offered);
        let square = mean(
            rows.iter()
                .filter(|row| !row.offered)
                .filter_map(|row| row.outcomes.map(|outcomes| (outcomes[k] - centre).powi(2))),
        );
        let off = (centre - truth.control_mean) / truth.control_sd;
        assert!(off.abs() < 0.03, "{}: mean off by {off} SD", truth.outcome);
        assert!(
            (square.sqrt() / truth.control_sd - 1.0).abs() < 0.03,
            "{}: sd {}",
            truth.outcome,
            square.sqrt()
        );
    }
}

#[test]
fn branches_differ_as_the_icc_says() {
    let asked =
        Options { clients: 50_000, branches: 1_000, icc: 0.08, ..options(SimulatedDesign::Randomised) };
    let (rows, _) = rows_and_truth(&asked);
    let groups: Vec<u32> =
        rows.iter().filter(|row| row.outcomes.is_some()).map(|row| row.branch - 1).collect();
    for (k, outcome) in OUTCOMES.iter().enumerate() {
        let values: Vec<f64> =
            rows.iter().filter_map(|row| row.outcomes.map(|outcomes| outcomes[k])).collect();
        let found = anova_icc(&values, &groups, 1_000);
        assert!((found - 0.08).abs() < 0.02, "{}: icc {found}", outcome.id);
    }
}

/// One-way analysis of variance: (MSB − MSW)/(MSB + (m − 1)·MSW), m the usual adjusted mean size.
fn anova_icc(values: &[f64], groups: &[u32], count: usize) -> f64 {
    let (mut sizes, mut sums) = (vec![0.0; count], vec![0.0; count]);
    for (value, group) in values.iter().zip(groups) {
        sizes[*group as usize] += 1.0;
        sums[*group as usize] += value;
    }
    let (n, k) = (values.len() as f64, count as f64);
    let grand = values.iter().sum::<f64>() / n;
    let own = |group: u32| sums[group as usize] / sizes[group as usize];
    let between: f64 = groups.iter().map(|group| (own(*group) - grand).powi(2)).sum::<f64>() / (k - 1.0);
    let within: f64 =
        values.iter().zip(groups).map(|(value, group)| (value - own(*group)).powi(2)).sum::<f64>() / (n - k);
    let m = (n - sizes.iter().map(|size| size * size).sum::<f64>() / n) / (k - 1.0);
    (between - within) / (between + (m - 1.0) * within)
}

#[test]
fn differential_attrition_misleads_as_training_needs_it_to() {
    let asked = Options {
        clients: 60_000,
        branches: 1_000,
        differential: 0.4,
        effect: 0.0,
        tau: 0.0,
        ..options(SimulatedDesign::Randomised)
    };
    let (rows, _) = rows_and_truth(&asked);
    let missing = |offered: bool| {
        mean(
            rows.iter()
                .filter(|row| row.offered == offered)
                .map(|row| f64::from(u8::from(row.outcomes.is_none()))),
        )
    };
    assert!((missing(true) - 0.1).abs() < 0.01 && (missing(false) - 0.3).abs() < 0.01);
    // The comparison that is left is better off than the comparison was: the practice seems to do harm.
    assert!(estimate(SimulatedDesign::Randomised, &rows, 0, 1) / OUTCOMES[0].sd() < -0.05);
}

#[test]
fn takers_are_better_off_so_comparing_them_misleads() {
    let asked = Options { clients: 60_000, compliance: 0.5, ..options(SimulatedDesign::Instrument) };
    let (rows, truth) = rows_and_truth(&asked);
    let naive = mean_of(&rows, 0, |row| row.took_up) - mean_of(&rows, 0, |row| !row.took_up);
    assert!((naive - truth.outcomes[0].effect) / OUTCOMES[0].sd() > 0.08);
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_another_seed_others() {
    for design in SimulatedDesign::value_variants() {
        let asked = options(*design);
        let one = simulate_institution(&asked, 0).unwrap();
        let two = simulate_institution(&asked, 0).unwrap();
        assert_eq!(
            (&one.clients_csv, &one.plan_toml, &one.truth),
            (&two.clients_csv, &two.plan_toml, &two.truth)
        );
        let other = simulate_institution(&Options { seed: 2, ..asked }, 0).unwrap();
        assert_ne!(one.clients_csv, other.clients_csv);
    }
}

#[test]
fn institutions_of_a_network_differ_around_its_mean() {
    let asked =
        Options { clients: 100, branches: 4, institutions: 300, ..options(SimulatedDesign::Randomised) };
    let truths: Vec<InstitutionTruth> =
        (0..300).map(|index| simulate_institution(&asked, index).unwrap().truth).collect();
    let effects: Vec<f64> = truths.iter().map(|truth| truth.take_up_effect_sd).collect();
    let centre = mean(effects.iter().copied());
    let spread = mean(effects.iter().map(|effect| (effect - centre).powi(2))).sqrt();
    assert!((centre - 0.3).abs() < 0.03 && (spread - 0.1).abs() < 0.02, "{centre} {spread}");
    let network = NetworkTruth::new(&asked, truths);
    assert!(
        (network.outcomes[0].mean_sd - 0.24).abs() < 1e-12
            && (network.outcomes[4].tau_sd - 0.02).abs() < 1e-12
    );
    let alone = Options { institutions: 1, ..asked };
    let first = simulate_institution(&alone, 0).unwrap();
    assert_eq!(
        first.clients_csv,
        simulate_institution(&Options { institutions: 9, ..alone }, 0).unwrap().clients_csv
    );
}

#[test]
fn every_plan_reads_names_columns_that_are_there_and_asks_for_benefit_harm_and_lender() {
    let catalogue = Catalogue::parse(include_str!("../../../../evidence-base/catalogue.toml")).unwrap();
    for design in SimulatedDesign::value_variants() {
        let made = simulate_institution(&options(*design), 0).unwrap();
        let plan = StudyPlan::parse(&made.plan_toml, &catalogue).unwrap();
        let header = made.clients_csv.lines().next().unwrap();
        let columns: Vec<&str> = header.split(',').collect();
        for column in plan.columns() {
            assert!(columns.contains(&column), "{design:?}: {column}");
        }
        assert!(made.clients_csv.lines().all(|line| line.split(',').count() == columns.len()));
        for kind in ["benefit", "harm", "lender"] {
            assert!(plan.outcomes.iter().any(|outcome| outcome.kind == kind && outcome.primary), "{kind}");
        }
        assert_eq!(made.truth.outcomes.len(), plan.outcomes.len());
    }
}

#[test]
fn extremes_stay_possible_and_wishes_that_exclude_each_other_are_refused() {
    for (effect, icc) in [(1.0, 0.5), (-1.0, 0.5), (1.0, 0.0)] {
        let asked = Options {
            effect,
            icc,
            tau: 0.25,
            compliance: 1.0,
            ..options(SimulatedDesign::ClusterRandomised)
        };
        let (rows, _) = rows_and_truth(&asked);
        let outcomes: Vec<f64> = rows.iter().filter_map(|row| row.outcomes).flatten().collect();
        assert!(outcomes.iter().all(|value| value.is_finite()));
    }
    let base = options(SimulatedDesign::Randomised);
    for bad in [
        Options { effect: 1.5, ..base.clone() },
        Options { icc: f64::NAN, ..base.clone() },
        Options { branches: 3, ..base.clone() },
        Options { clients: 50, branches: 40, ..base.clone() },
        Options { periods: 4, ..base.clone() },
        Options { institutions: 0, ..base.clone() },
        Options { compliance: 0.5, ..options(SimulatedDesign::Panel) },
        Options { periods: 1, ..options(SimulatedDesign::Did) },
    ] {
        assert!(simulate_institution(&bad, 0).is_err(), "{bad:?}");
    }
}
