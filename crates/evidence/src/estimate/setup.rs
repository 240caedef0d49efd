//! From a plan and a sample to what a regression needs, or the reasons why this sample cannot carry this design.
//!
//! Everything but the outcomes is decided here, once: which rows have an arm, a cluster and every covariate; whether
//! the treatment is coded 0 and 1, is constant within clusters where the plan says that chance decided on clusters,
//! changes over time where the plan says panel. A row without its outcome stays until that outcome's turn.

use super::variance::{ClusterFacts, MANY_CLUSTERS, crossing_fits_cr2, judge_variance};
use whatworks_domain::sample::Category;
use whatworks_domain::study::{FlowStep, Notice, StudyPlan, Variance};
use whatworks_domain::{AnalysisSample, Estimand};

/// Fewest rows in an arm that an estimate may rest on.
pub(super) const FEWEST_IN_ARM: usize = 10;

/// How the effect is identified.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Approach {
    /// Arms differ by chance: their difference.
    Difference,
    /// The offer moves the take-up: two-stage least squares.
    Instrument,
    /// Two groups, before and after: the difference of their changes.
    Changes,
    /// Units over time, their own level and each period's removed.
    Panel,
}

impl Approach {
    pub(super) fn estimand(self) -> Estimand {
        match self {
            Self::Difference => Estimand::Itt,
            Self::Instrument => Estimand::Late,
            Self::Changes => Estimand::Att,
            Self::Panel => Estimand::Association,
        }
    }
}

/// What every regression of the study shares. Columns have one value per row of the sample.
pub(super) struct Setup<'a> {
    pub(super) plan: &'a StudyPlan,
    pub(super) sample: &'a AnalysisSample,
    pub(super) approach: Approach,
    /// 1 for the treated arm; for an instrument, the instrument.
    pub(super) arm: &'a [f64],
    pub(super) arm_name: &'a str,
    /// The take-up that the instrument moved.
    pub(super) endogenous: Option<(&'a str, &'a [f64])>,
    /// 1 from the period on in which the practice was in force.
    pub(super) post: Option<Vec<f64>>,
    pub(super) time: Option<&'a [f64]>,
    pub(super) cluster: Option<(&'a str, &'a Category)>,
    pub(super) absorbed: Vec<(&'a str, &'a Category)>,
    pub(super) covariates: Vec<(&'a str, &'a [f64])>,
    pub(super) weights: Option<&'a [f64]>,
    /// Rows with everything but the outcome.
    pub(super) base: Vec<usize>,
    pub(super) variance: Variance,
    pub(super) clusters: Option<usize>,
    /// An arm consists of fewer clusters than its variance can be learnt from.
    pub(super) few_in_an_arm: bool,
}

/// A refusal or a warning.
pub(super) fn notice(code: &str, text: impl Into<String>, hint: impl Into<String>) -> Notice {
    Notice { code: code.into(), text: text.into(), hint: hint.into() }
}

pub(super) fn arm_not_binary(name: &str, value: f64) -> Notice {
    notice(
        "arm_not_binary",
        format!("{name} holds {value}, where 1 (assigned) and 0 (not assigned) are expected."),
        "Recode it with a mapping; one contrast of two arms per plan.",
    )
}

pub(super) fn arm_too_small(treated: u64, control: u64) -> Notice {
    notice(
        "arm_too_small",
        format!(
            "{treated} rows are treated and {control} are not; an estimate needs {FEWEST_IN_ARM} in each arm."
        ),
        "Check the coding of the arm and which rows the plan keeps.",
    )
}

pub(super) fn arms_within_clusters(mixed: usize, cluster: &str, example: Option<&str>) -> Notice {
    let example = example.map_or_else(String::new, |name| format!(", “{name}” among them"));
    notice(
        "arms_within_clusters",
        format!("{mixed} of the clusters in {cluster} have people in both arms{example}."),
        "If chance decided person by person the design is randomised; else check the cluster column.",
    )
}

pub(super) fn covariates_cost_rows(lost: u64, of: u64) -> Notice {
    notice(
        "covariates_cost_rows",
        format!("Missing covariates cost {lost} of {of} rows."),
        "Leave out covariates with many gaps, or say in the report why the rest still stands for all.",
    )
}

pub(super) fn one_period() -> Notice {
    notice("one_period", "All rows are of one period.", "Check the column of the period.")
}

pub(super) fn treatment_never_changes(arm: &str) -> Notice {
    notice(
        "treatment_never_changes",
        format!("{arm} never changes within a unit, so the unit's own level swallows it."),
        "For a group that got the practice at some date use the design did.",
    )
}

pub(super) fn staggered_start() -> Notice {
    notice(
        "staggered_start",
        "Units took the practice up in different periods, and the early ones serve as comparison for the late ones.",
        "If the effect grows or fades with time, this average can mislead, even in its sign (Goodman-Bacon 2021).",
    )
}

/// Looks up columns, collecting what is missing.
struct Columns<'a> {
    sample: &'a AnalysisSample,
    refusals: Vec<Notice>,
}

impl<'a> Columns<'a> {
    fn number(&mut self, name: &str) -> &'a [f64] {
        if let Some(column) = self.sample.numbers.get(name) {
            return column;
        }
        self.absent(name);
        &[]
    }

    fn category(&mut self, name: &str) -> Option<&'a Category> {
        let found = self.sample.categories.get(name);
        if found.is_none() {
            self.absent(name);
        }
        found
    }

    fn absent(&mut self, name: &str) {
        let text = format!("The records have no column “{name}”.");
        self.refusals.push(notice(
            "no_column",
            text,
            "Check the name in the plan, or map it in [data] columns.",
        ));
    }
}

/// Prepares a study.
///
/// # Errors
/// Every reason why the design cannot be estimated on this sample.
pub(super) fn setup<'a>(
    plan: &'a StudyPlan,
    sample: &'a AnalysisSample,
    flow: &mut Vec<FlowStep>,
    warnings: &mut Vec<Notice>,
) -> Result<Setup<'a>, Vec<Notice>> {
    let design = &plan.design;
    let approach = match design.kind.as_str() {
        "randomised" | "cluster-randomised" => Approach::Difference,
        "instrument" => Approach::Instrument,
        "did" => Approach::Changes,
        "panel" => Approach::Panel,
        other => {
            return Err(vec![notice(
                "design_not_offered",
                format!("This edition has no estimator for the design {other}."),
                "There are randomised, cluster-randomised, instrument, did and panel.",
            )]);
        }
    };
    let mut columns = Columns { sample, refusals: Vec::new() };
    let arm_name = match approach {
        Approach::Instrument => design.instrument.as_deref(),
        _ => design.treatment.as_deref(),
    }
    .unwrap_or_default();
    let arm = columns.number(arm_name);
    let endogenous = match (approach, &design.endogenous) {
        (Approach::Instrument, Some(name)) => Some((name.as_str(), columns.number(name))),
        _ => None,
    };
    let over_time = matches!(approach, Approach::Changes | Approach::Panel);
    let time = design.time.as_deref().filter(|_| over_time).map(|name| columns.number(name));
    let cluster_name = design.cluster.as_deref().or(design.unit.as_deref().filter(|_| over_time));
    let cluster = cluster_name.and_then(|name| columns.category(name).map(|category| (name, category)));
    let mut absorbed: Vec<(&str, &Category)> = Vec::new();
    let mut factors: Vec<&str> = design.fixed_effects.iter().map(String::as_str).collect();
    factors.extend(design.strata.as_deref());
    if approach == Approach::Panel {
        factors.extend(design.unit.as_deref());
        factors.extend(design.time.as_deref());
    } else if approach == Approach::Changes && design.post_from.is_some() {
        // With more than two periods each has its own level.
        factors.extend(design.time.as_deref());
    }
    for name in factors {
        if let Some(category) = columns.category(name)
            && absorbed.iter().all(|(other, _)| *other != name)
        {
            absorbed.push((name, category));
        }
    }
    let covariates: Vec<(&str, &[f64])> =
        design.covariates.iter().map(|name| (name.as_str(), columns.number(name))).collect();
    let weights = design.weights.as_deref().map(|name| columns.number(name));
    if !columns.refusals.is_empty() {
        return Err(columns.refusals);
    }

    let mut base: Vec<usize> = (0..sample.rows).collect();
    keep(&mut base, flow, "assigned to an arm", &format!("{arm_name} is missing"), |row| !arm[row].is_nan());
    if let Some((name, column)) = endogenous {
        keep(&mut base, flow, "take-up known", &format!("{name} is missing"), |row| !column[row].is_nan());
    }
    if let Some(time) = time {
        keep(&mut base, flow, "period known", "the period is missing", |row| !time[row].is_nan());
    }
    for (name, category) in cluster.iter().chain(&absorbed) {
        let known = |row: usize| category.codes[row] != Category::MISSING;
        keep(&mut base, flow, &format!("{name} known"), &format!("{name} is missing"), known);
    }
    let before_covariates = base.len();
    for (name, column) in &covariates {
        keep(&mut base, flow, &format!("{name} known"), &format!("{name} is missing"), |row| {
            !column[row].is_nan()
        });
    }
    if (base.len() as f64) < 0.95 * before_covariates as f64 {
        warnings
            .push(covariates_cost_rows((before_covariates - base.len()) as u64, before_covariates as u64));
    }
    if let Some(weights) = weights {
        keep(&mut base, flow, "weight above zero", "the weight is missing, zero or negative", |row| {
            weights[row] > 0.0
        });
    }

    let mut setup = Setup {
        plan,
        sample,
        approach,
        arm,
        arm_name,
        endogenous,
        post: None,
        time,
        cluster,
        absorbed,
        covariates,
        weights,
        base,
        variance: Variance::HC2,
        clusters: None,
        few_in_an_arm: false,
    };
    let mut refusals = Vec::new();
    check_arms(&setup, &mut refusals);
    if refusals.is_empty() && over_time {
        check_periods(&mut setup, warnings, &mut refusals);
    }
    if refusals.is_empty() {
        choose_variance(&mut setup, warnings, &mut refusals);
    }
    if refusals.is_empty() { Ok(setup) } else { Err(refusals) }
}

fn keep(
    rows: &mut Vec<usize>,
    flow: &mut Vec<FlowStep>,
    step: &str,
    reason: &str,
    wanted: impl Fn(usize) -> bool,
) {
    let before = rows.len();
    rows.retain(|row| wanted(*row));
    let dropped = (before - rows.len()) as u64;
    if dropped > 0 {
        flow.push(FlowStep { step: step.into(), rows: rows.len() as u64, dropped, reason: reason.into() });
    }
}

fn check_arms(setup: &Setup<'_>, refusals: &mut Vec<Notice>) {
    let name = setup.arm_name;
    let strange = setup.base.iter().map(|row| setup.arm[*row]).find(|value| *value != 0.0 && *value != 1.0);
    if let Some(value) = strange {
        refusals.push(arm_not_binary(name, value));
        return;
    }
    let treated = setup.base.iter().filter(|row| setup.arm[**row] == 1.0).count();
    let control = setup.base.len() - treated;
    if treated < FEWEST_IN_ARM || control < FEWEST_IN_ARM {
        refusals.push(arm_too_small(treated as u64, control as u64));
        return;
    }
    let on_clusters = setup.plan.design.kind.as_str() == "cluster-randomised"
        || (setup.approach == Approach::Instrument && setup.cluster.is_some());
    if let (true, Some((cluster, category))) = (on_clusters, setup.cluster) {
        let mut arm_of: Vec<Option<f64>> = vec![None; category.levels.len()];
        let mut mixed: Vec<&str> = Vec::new();
        for row in &setup.base {
            let code = category.codes[*row] as usize;
            match arm_of[code] {
                None => arm_of[code] = Some(setup.arm[*row]),
                Some(arm) if arm != setup.arm[*row] && !mixed.contains(&category.levels[code].as_str()) => {
                    mixed.push(&category.levels[code]);
                }
                Some(_) => {}
            }
        }
        if let (Some(first), "cluster-randomised") = (mixed.first(), setup.plan.design.kind.as_str()) {
            refusals.push(arms_within_clusters(mixed.len(), cluster, Some(first)));
        }
    }
    if let (Approach::Instrument, Some((name, column))) = (setup.approach, setup.endogenous) {
        let first = column[setup.base[0]];
        if setup.base.iter().all(|row| column[*row] == first) {
            let text = format!("{name} is {first} for everyone, so the instrument moved nothing.");
            refusals.push(notice("no_take_up", text, "Check the column of the take-up."));
        }
    }
}

fn check_periods(setup: &mut Setup<'_>, warnings: &mut Vec<Notice>, refusals: &mut Vec<Notice>) {
    let Some(time) = setup.time else { return };
    let mut periods: Vec<f64> = setup.base.iter().map(|row| time[*row]).collect();
    periods.sort_by(f64::total_cmp);
    periods.dedup();
    if periods.len() < 2 {
        refusals.push(one_period());
        return;
    }
    let arm_changes = arm_changes_within(setup);
    match setup.approach {
        Approach::Changes => {
            let from = setup.plan.design.post_from.map(|value| value as f64);
            let Some(from) = from.or_else(|| (periods.len() == 2).then(|| periods[1])) else {
                refusals.push(notice(
                    "when_did_it_start",
                    format!(
                        "There are {} periods and the plan does not say when the practice began.",
                        periods.len()
                    ),
                    "Add post_from = PERIOD to [design].",
                ));
                return;
            };
            if arm_changes == Some(true) {
                refusals.push(notice(
                    "group_changes",
                    format!("{} changes over time within a unit; for difference-in-differences it marks the group.", setup.arm_name),
                    "Give the column of the group that got the practice at any time, or use the design panel.",
                ));
            }
            let post: Vec<f64> = time.iter().map(|value| f64::from(u8::from(*value >= from))).collect();
            let count = |arm: f64, after: f64| {
                setup.base.iter().filter(|row| setup.arm[**row] == arm && post[**row] == after).count()
            };
            if [(0.0, 0.0), (0.0, 1.0), (1.0, 0.0), (1.0, 1.0)]
                .iter()
                .any(|(a, p)| count(*a, *p) < FEWEST_IN_ARM)
            {
                refusals.push(notice(
                    "period_too_small",
                    format!("Before and after {from}, each group needs {FEWEST_IN_ARM} rows."),
                    "Check post_from and the column of the period.",
                ));
            }
            setup.post = Some(post);
        }
        Approach::Panel if arm_changes == Some(false) => {
            refusals.push(treatment_never_changes(setup.arm_name));
        }
        Approach::Panel if starts_differ(setup, time) => warnings.push(staggered_start()),
        _ => {}
    }
}

/// Whether units were first treated in different periods.
fn starts_differ(setup: &Setup<'_>, time: &[f64]) -> bool {
    let Some(unit) = setup.plan.design.unit.as_deref().and_then(|name| setup.sample.categories.get(name))
    else {
        return false;
    };
    let mut first: Vec<Option<f64>> = vec![None; unit.levels.len()];
    for row in
        setup.base.iter().filter(|row| setup.arm[**row] == 1.0 && unit.codes[**row] != Category::MISSING)
    {
        let start = &mut first[unit.codes[*row] as usize];
        if start.is_none_or(|period| time[*row] < period) {
            *start = Some(time[*row]);
        }
    }
    let mut starts = first.into_iter().flatten();
    let one = starts.next();
    starts.any(|period| Some(period) != one)
}

/// Whether the arm changes within any unit; `None` without a unit.
fn arm_changes_within(setup: &Setup<'_>) -> Option<bool> {
    let unit = setup.sample.categories.get(setup.plan.design.unit.as_deref()?)?;
    let mut arm_of: Vec<Option<f64>> = vec![None; unit.levels.len()];
    Some(setup.base.iter().filter(|row| unit.codes[**row] != Category::MISSING).any(|row| {
        let seen = &mut arm_of[unit.codes[*row] as usize];
        let changed = seen.is_some_and(|arm| arm != setup.arm[*row]);
        *seen = Some(setup.arm[*row]);
        changed
    }))
}

fn choose_variance(setup: &mut Setup<'_>, warnings: &mut Vec<Notice>, refusals: &mut Vec<Notice>) {
    let clusters = setup.cluster.map(|(_, category)| distinct(category, &setup.base));
    setup.clusters = clusters;
    let facts = setup.cluster.zip(clusters).map(|((name, category), count)| {
        let of = |arm: f64| {
            let rows: Vec<usize> = setup.base.iter().copied().filter(|row| setup.arm[*row] == arm).collect();
            distinct(category, &rows)
        };
        ClusterFacts {
            name,
            count,
            fewest_in_arm: of(0.0).min(of(1.0)),
            room_for_cr2: count <= MANY_CLUSTERS && has_room_for_cr2(setup),
        }
    });
    let judged = judge_variance(setup.plan, setup.absorbed.len(), facts.as_ref(), warnings, refusals);
    (setup.variance, setup.few_in_an_arm) = judged;
    let repeats = setup.cluster.is_none() && !matches!(setup.approach, Approach::Panel);
    if repeats && refusals.is_empty() {
        let mut clients: Vec<&str> =
            setup.base.iter().map(|row| setup.sample.clients[*row].as_str()).collect();
        let rows = clients.len();
        clients.sort_unstable();
        clients.dedup();
        if clients.len() < rows {
            refusals.push(notice(
                "repeated_clients",
                format!("{} rows are further rows of a client who is there already.", rows - clients.len()),
                "Keep one row a client with [data] rows, or name the client's column as cluster or unit.",
            ));
        }
    }
    if setup.approach == Approach::Changes && clusters.is_none() {
        warnings.push(notice(
            "periods_as_independent",
            "The same people appear in several periods and the plan names neither cluster nor unit.",
            "Add unit (or cluster) to [design], so that repeated answers do not count as new ones.",
        ));
    }
}

/// Whether the absorbed factors that cross the clusters are small enough for CR2. Strata cross them; a client who lies
/// in one cluster does not.
fn has_room_for_cr2(setup: &Setup<'_>) -> bool {
    let Some((_, cluster)) = setup.cluster else { return false };
    let crossing = setup.absorbed.iter().filter(|(_, factor)| !lies_within(factor, cluster, &setup.base));
    let levels: usize = crossing.map(|(_, factor)| distinct(factor, &setup.base)).sum();
    crossing_fits_cr2(levels, setup.base.len())
}

/// Whether every level of `factor` lies in one cluster.
fn lies_within(factor: &Category, cluster: &Category, rows: &[usize]) -> bool {
    let mut cluster_of = vec![Category::MISSING; factor.levels.len()];
    rows.iter().all(|row| match cluster_of.get_mut(factor.codes[*row] as usize) {
        Some(first) if *first == Category::MISSING => {
            *first = cluster.codes[*row];
            true
        }
        Some(first) => *first == cluster.codes[*row],
        None => true,
    })
}

/// Number of levels of `category` among `rows`.
pub(super) fn distinct(category: &Category, rows: &[usize]) -> usize {
    let mut seen = vec![false; category.levels.len()];
    for row in rows {
        if let Some(slot) = seen.get_mut(category.codes[*row] as usize) {
            *slot = true;
        }
    }
    seen.into_iter().filter(|seen| *seen).count()
}
