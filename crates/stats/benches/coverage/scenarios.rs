//! The rows of the table: which studies, which variance is the design's default, which others stand beside it.
//!
//! The defaults are those that `evidence/estimate` chooses: HC2 without strata, HC1 with; with clusters CR2 up to 500
//! and CR1S beyond.

use super::designs::{
    EFFECT, changes, clustered, clustered_in_strata, offered, offered_clusters, panel, randomised,
};
use super::interval::Study;
use rand_chacha::ChaCha8Rng;
use whatworks_stats::regression::Variance;

type Draw = Box<dyn Fn(&mut ChaCha8Rng) -> Study + Sync>;

/// One kind of study and the variances tried on it.
pub(crate) struct Scenario {
    /// The design, as the table names it.
    pub(crate) design: &'static str,
    /// Size and what is special.
    pub(crate) detail: &'static str,
    /// The default comes first.
    pub(crate) variances: Vec<Variance>,
    /// Whether the first variance is a default that has to hold here; else the row is there to warn.
    pub(crate) has_default: bool,
    /// The true effect.
    pub(crate) truth: f64,
    pub(crate) draw: Draw,
}

impl Scenario {
    /// Seeds the row: estimator, design, size.
    pub(crate) fn name(&self) -> String {
        format!("{}, {}, {}", self.design, self.detail, self.variances[0])
    }
}

fn holds(
    design: &'static str,
    detail: &'static str,
    variances: &[Variance],
    draw: impl Fn(&mut ChaCha8Rng) -> Study + Sync + 'static,
) -> Scenario {
    Scenario {
        design,
        detail,
        variances: variances.to_vec(),
        has_default: true,
        truth: EFFECT,
        draw: Box::new(draw),
    }
}

fn warns(
    design: &'static str,
    detail: &'static str,
    variances: &[Variance],
    draw: impl Fn(&mut ChaCha8Rng) -> Study + Sync + 'static,
) -> Scenario {
    Scenario { has_default: false, ..holds(design, detail, variances, draw) }
}

/// All rows, in the order of the table.
pub(crate) fn scenarios() -> Vec<Scenario> {
    use Variance::{Cr0, Cr1, Cr1s, Cr1sFull, Cr2, Hc0, Hc1, Hc2, Hc3, Iid};
    const RANDOMISED: &str = "randomised";
    const CLUSTERED: &str = "cluster-randomised";
    const INSTRUMENT: &str = "instrument (2SLS)";
    const CHANGES: &str = "difference-in-differences";
    const PANEL: &str = "panel";
    vec![
        holds(RANDOMISED, "400 clients", &[Hc2, Iid, Hc0, Hc1, Hc3], |rng| randomised(rng, 400, 0.5, 0)),
        holds(RANDOMISED, "400 clients, 30 % treated", &[Hc2, Iid, Hc0, Hc1, Hc3], |rng| {
            randomised(rng, 400, 0.3, 0)
        }),
        holds(RANDOMISED, "400 clients in 20 strata", &[Hc1, Iid, Hc2, Hc3], |rng| {
            randomised(rng, 400, 0.5, 20)
        }),
        holds(RANDOMISED, "200 clients in 100 pairs", &[Hc1, Iid, Hc2, Hc3], |rng| {
            randomised(rng, 200, 0.5, 100)
        }),
        warns(RANDOMISED, "60 clients, 20 % treated", &[Hc2, Iid, Hc0, Hc1, Hc3], |rng| {
            randomised(rng, 60, 0.2, 0)
        }),
        holds(CLUSTERED, "10 clusters of 20", &[Cr2, Cr0, Cr1, Cr1s], |rng| clustered(rng, 10, 20, 5)),
        holds(CLUSTERED, "20 clusters of 20", &[Cr2, Cr0, Cr1, Cr1s], |rng| clustered(rng, 20, 20, 10)),
        holds(CLUSTERED, "50 clusters of 20", &[Cr2, Hc2, Cr0, Cr1, Cr1s], |rng| clustered(rng, 50, 20, 25)),
        holds(CLUSTERED, "150 clusters of 10", &[Cr2, Cr0, Cr1, Cr1s], |rng| clustered(rng, 150, 10, 75)),
        holds(CLUSTERED, "600 clusters of 4", &[Cr1s, Cr0, Cr1], |rng| clustered(rng, 600, 4, 300)),
        holds(CLUSTERED, "60 clusters of 20, 9 treated", &[Cr2, Cr0, Cr1, Cr1s], |rng| {
            clustered(rng, 60, 20, 9)
        }),
        holds(CLUSTERED, "60 clusters of 20 in 12 strata", &[Cr2, Cr0, Cr1, Cr1s], |rng| {
            clustered_in_strata(rng, 60, 20, 12)
        }),
        holds(CLUSTERED, "20 clusters of 20 in 5 strata", &[Cr2, Cr0, Cr1, Cr1s], |rng| {
            clustered_in_strata(rng, 20, 20, 5)
        }),
        holds(CLUSTERED, "40 clusters of 10 in 20 pairs", &[Cr2, Cr0, Cr1, Cr1s], |rng| {
            clustered_in_strata(rng, 40, 10, 20)
        }),
        warns(CLUSTERED, "6 clusters of 20", &[Cr2, Cr0, Cr1, Cr1s], |rng| clustered(rng, 6, 20, 3)),
        warns(CLUSTERED, "20 clusters of 20, 4 treated", &[Cr2, Cr0, Cr1, Cr1s], |rng| {
            clustered(rng, 20, 20, 4)
        }),
        holds(INSTRUMENT, "500 clients", &[Hc2, Iid, Hc0, Hc1, Hc3], |rng| offered(rng, 500, 0)),
        holds(INSTRUMENT, "500 clients in 25 strata", &[Hc1, Iid], |rng| offered(rng, 500, 25)),
        holds(INSTRUMENT, "20 clusters of 20", &[Cr2, Cr0, Cr1, Cr1s], |rng| offered_clusters(rng, 20, 20)),
        holds(INSTRUMENT, "60 clusters of 20", &[Cr2, Cr0, Cr1, Cr1s], |rng| offered_clusters(rng, 60, 20)),
        holds(INSTRUMENT, "510 clusters of 2", &[Cr1s, Cr0, Cr1], |rng| offered_clusters(rng, 510, 2)),
        holds(CHANGES, "20 clusters of 20", &[Cr2, Cr0, Cr1, Cr1s], |rng| changes(rng, 20, 20)),
        holds(CHANGES, "60 clusters of 10", &[Cr2, Hc2, Cr0, Cr1, Cr1s], |rng| changes(rng, 60, 10)),
        holds(CHANGES, "200 clients, clustered by client", &[Cr2, Iid, Hc2, Cr1s], |rng| {
            changes(rng, 200, 1)
        }),
        holds(CHANGES, "600 clients, clustered by client", &[Cr1s, Iid, Hc2], |rng| changes(rng, 600, 1)),
        holds(PANEL, "20 units, 6 periods", &[Cr2, Iid, Hc1, Cr1s, Cr1sFull], |rng| panel(rng, 20, 0)),
        holds(PANEL, "60 units, 6 periods", &[Cr2, Iid, Hc1, Cr1s, Cr1sFull], |rng| panel(rng, 60, 0)),
        holds(PANEL, "120 units, 6 periods, in 12 groups", &[Cr2, Iid, Hc1, Cr1s, Cr1sFull], |rng| {
            panel(rng, 120, 12)
        }),
        holds(PANEL, "240 units, 6 periods, in 60 groups", &[Cr2, Iid, Hc1, Cr1s, Cr1sFull], |rng| {
            panel(rng, 240, 60)
        }),
        holds(PANEL, "600 units, 6 periods", &[Cr1s, Iid, Hc1, Cr1sFull], |rng| panel(rng, 600, 0)),
    ]
}
