//! What can be asked of a simulation, and which wishes exclude each other.

use clap::ValueEnum;
use serde::Serialize;

/// Designs that can be simulated; the names are the catalogue's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum SimulatedDesign {
    /// Chance decided branch by branch
    ClusterRandomised,
    /// Chance decided client by client, within branches
    Randomised,
    /// A random offer moved the take-up; the effect of the take-up is sought
    Instrument,
    /// Some branches began, others did not, before and after
    Did,
    /// Clients followed over time who began at different dates
    Panel,
}

impl SimulatedDesign {
    /// The catalogue's id.
    pub(crate) fn id(self) -> &'static str {
        match self {
            Self::ClusterRandomised => "cluster-randomised",
            Self::Randomised => "randomised",
            Self::Instrument => "instrument",
            Self::Did => "did",
            Self::Panel => "panel",
        }
    }

    /// Whether clients are seen more than once after the start.
    pub(crate) fn is_over_time(self) -> bool {
        matches!(self, Self::Did | Self::Panel)
    }
}

/// A simulation.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Options {
    /// Seed of every draw.
    pub(crate) seed: u64,
    /// Clients of each institution.
    pub(crate) clients: u32,
    /// Branches of each institution.
    pub(crate) branches: u32,
    /// Institutions.
    pub(crate) institutions: u32,
    /// Mean effect of the take-up on income, in SD of the comparison.
    pub(crate) effect: f64,
    /// SD of that effect between institutions, in SD of the comparison.
    pub(crate) tau: f64,
    /// How the practice was assigned.
    pub(crate) design: SimulatedDesign,
    /// Share of clients whose outcomes are missing (by the last period).
    pub(crate) attrition: f64,
    /// How much more of the comparison's poorer half is missing.
    pub(crate) differential: f64,
    /// Share of those offered who take the practice up.
    pub(crate) compliance: f64,
    /// Share of the outcomes' variance that lies between branches; for a share less, where branches at that
    /// distance would pass 0 or 1.
    pub(crate) icc: f64,
    /// Periods; 1 unless the design follows clients over time.
    pub(crate) periods: u32,
}

/// A wish that cannot be met, and what to ask for instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) problem: String,
    pub(crate) hint: String,
}

/// Most clients times periods of one institution; its records are made in memory.
const MOST_ROWS: u64 = 20_000_000;

impl Options {
    /// Share of those offered who take up unless the person says otherwise.
    pub(crate) fn usual_compliance(design: SimulatedDesign) -> f64 {
        if design == SimulatedDesign::Panel { 1.0 } else { 0.8 }
    }

    /// Periods unless the person says otherwise.
    pub(crate) fn usual_periods(design: SimulatedDesign) -> u32 {
        match design {
            SimulatedDesign::Did => 2,
            SimulatedDesign::Panel => 6,
            _ => 1,
        }
    }

    /// First period in which the practice is in force, from 1.
    pub(super) fn post_from(&self) -> u32 {
        self.periods / 2 + 1
    }

    /// Refuses what cannot be simulated.
    ///
    /// # Errors
    /// The first [`Fault`].
    pub(crate) fn check(&self) -> Result<(), Fault> {
        let refuse = |refused: bool, problem: String, hint: &str| {
            if refused { Err(Fault { problem, hint: hint.into() }) } else { Ok(()) }
        };
        let within = |name: &str, value: f64, low: f64, high: f64| {
            refuse(
                !(value >= low && value <= high),
                format!("--{name} {value} is not between {low} and {high}"),
                "see `whatworks-lab simulate --help`",
            )
        };
        within("effect", self.effect, -1.0, 1.0)?;
        within("tau", self.tau, 0.0, 0.25)?;
        within("attrition", self.attrition, 0.0, 0.5)?;
        within("differential", self.differential, 0.0, 0.4)?;
        within("compliance", self.compliance, 0.05, 1.0)?;
        within("icc", self.icc, 0.0, 0.5)?;
        let rows = u64::from(self.clients) * u64::from(self.periods);
        refuse(
            rows > MOST_ROWS,
            format!("{rows} rows are too many for one institution"),
            "20 million rows (clients times periods) are the most; ask for more institutions",
        )?;
        refuse(
            self.institutions == 0 || self.institutions > 999,
            format!("--institutions {} is not between 1 and 999", self.institutions),
            "one network has at most 999 institutions",
        )?;
        refuse(
            self.branches < 4,
            format!("--branches {} is below 4", self.branches),
            "two in each arm, at least",
        )?;
        refuse(
            self.clients < 40.max(self.branches.saturating_mul(2)),
            format!("{} clients are too few for {} branches", self.clients, self.branches),
            "at least 40 clients, and two for every branch",
        )?;
        let over_time = self.design.is_over_time();
        refuse(
            over_time && !(2..=120).contains(&self.periods),
            format!("the design {} takes 2 to 120 periods, not {}", self.design.id(), self.periods),
            "leave --periods out for the usual number",
        )?;
        refuse(
            !over_time && self.periods != 1,
            format!("the design {} has one survey after the start", self.design.id()),
            "leave --periods out, or choose --design did or panel",
        )?;
        refuse(
            self.design == SimulatedDesign::Panel && self.compliance < 1.0,
            "in a panel the practice is what each client had, so nobody is offered it in vain".into(),
            "leave --compliance out, or choose another design",
        )?;
        refuse(
            self.design == SimulatedDesign::Panel && self.differential > 0.0,
            "a panel has no arms whose attrition could differ".into(),
            "leave --differential out, or choose another design",
        )
    }
}
