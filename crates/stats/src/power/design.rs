//! The standard error of a planned comparison, in standard deviations of the outcome.

use super::PowerError;
use super::panel::Panel;

/// The units that are assigned.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Units {
    /// Clients one by one.
    Individuals {
        /// Clients in both arms, with an outcome.
        count: f64,
    },
    /// Whole clusters.
    Clusters {
        /// Clusters in both arms.
        count: f64,
        /// Mean number of clients per cluster, with an outcome.
        mean_size: f64,
        /// Coefficient of variation of the cluster sizes (standard deviation ÷ mean); 0 when equal.
        size_cv: f64,
        /// Intracluster correlation ρ.
        icc: f64,
    },
}

/// A planned two-arm comparison.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Design {
    /// Units and their number.
    pub units: Units,
    /// Share of the units that is treated, strictly between 0 and 1.
    pub treated_share: f64,
    /// Share of the individual (within-cluster) variance that covariates and strata explain, in [0, 1).
    pub r2_individual: f64,
    /// Share of the between-cluster variance that covariates and strata explain, in [0, 1); not used for
    /// individual assignment.
    pub r2_cluster: f64,
    /// Covariates that vary at the level of assignment; each costs a degree of freedom.
    pub covariates: usize,
    /// Strata within which units are assigned; 1 when there are none.
    pub strata: usize,
    /// Difference in take-up between the arms, in (0, 1]; 1 when everyone complies.
    pub take_up: f64,
    /// Rounds of measurement; none: one round after treatment.
    pub panel: Option<Panel>,
}

/// What a design can tell apart.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Precision {
    /// Standard error of the intention-to-treat effect, in standard deviations of the outcome.
    pub std_error: f64,
    /// Degrees of freedom of its t statistic.
    pub df: f64,
    /// Variance relative to the same clients assigned one by one, one round, no covariates.
    pub design_effect: f64,
    /// Clients ÷ design effect.
    pub effective_sample: f64,
}

pub(crate) fn within(
    what: &'static str,
    value: f64,
    range: &'static str,
    inside: impl Fn(f64) -> bool,
) -> Result<(), PowerError> {
    if value.is_finite() && inside(value) {
        Ok(())
    } else {
        Err(PowerError::OutOfRange { what, value, range })
    }
}

fn check(design: &Design) -> Result<(), PowerError> {
    within("treated share", design.treated_share, "between 0 and 1", |x| x > 0.0 && x < 1.0)?;
    for (what, r2) in [("individual R²", design.r2_individual), ("cluster R²", design.r2_cluster)] {
        within(what, r2, "in [0, 1)", |x| (0.0..1.0).contains(&x))?;
    }
    within("take-up difference", design.take_up, "in (0, 1]", |x| x > 0.0 && x <= 1.0)?;
    within("number of strata", design.strata as f64, "at least 1", |x| x >= 1.0)?;
    match design.units {
        Units::Individuals { count } => within("number of clients", count, "at least 1", |x| x >= 1.0)?,
        Units::Clusters { count, mean_size, size_cv, icc } => {
            within("number of clusters", count, "at least 1", |x| x >= 1.0)?;
            within("mean cluster size", mean_size, "at least 1", |x| x >= 1.0)?;
            within("variation of cluster sizes", size_cv, "at least 0", |x| x >= 0.0)?;
            within("intracluster correlation", icc, "in [0, 1]", |x| (0.0..=1.0).contains(&x))?;
        }
    }
    design.panel.map_or(Ok(()), |panel| panel.check())
}

/// Standard error and degrees of freedom of a design.
///
/// # Errors
/// [`PowerError::OutOfRange`]; [`PowerError::DegreesOfFreedom`] when fewer than one is left.
pub fn precision(design: &Design) -> Result<Precision, PowerError> {
    check(design)?;
    let spent = 1.0 + design.strata as f64 + design.covariates as f64;
    let individual_part =
        (1.0 - design.r2_individual) * design.panel.map_or(1.0, |panel| panel.factor(panel.individual));
    let (clients, assigned, design_effect) = match design.units {
        Units::Individuals { count } => (count, count, individual_part),
        Units::Clusters { count, mean_size, size_cv, icc } => {
            let cluster_part =
                (1.0 - design.r2_cluster) * design.panel.map_or(1.0, |panel| panel.factor(panel.cluster));
            let between = icc * cluster_part * (1.0 + size_cv * size_cv) * mean_size;
            (count * mean_size, count, between + (1.0 - icc) * individual_part)
        }
    };
    let df = assigned - spent;
    if df < 1.0 {
        return Err(PowerError::DegreesOfFreedom(df));
    }
    let variance = design_effect / (clients * design.treated_share * (1.0 - design.treated_share));
    Ok(Precision { std_error: variance.sqrt(), df, design_effect, effective_sample: clients / design_effect })
}
