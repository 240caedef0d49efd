//! The outcomes of a simulated client: what they measure, how large, and their part in the effect.

/// How an outcome comes about.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Kind {
    /// A sum of money, right-skewed: mean and SD of the comparison, and the amplitude of the season in SD.
    Money { mean: f64, sd: f64, season: f64 },
    /// Yes or no: the comparison's share.
    Share { probability: f64 },
}

/// One outcome.
#[derive(Debug)]
pub(super) struct Outcome {
    /// The catalogue's id.
    pub(super) id: &'static str,
    /// Column of the records.
    pub(super) column: &'static str,
    /// Unit in the plan.
    pub(super) unit: &'static str,
    /// What the column is, for the plan.
    pub(super) definition: &'static str,
    /// Recall period, for the plan.
    pub(super) period: &'static str,
    pub(super) primary: bool,
    pub(super) kind: Kind,
    /// Effect in SD as a multiple of the institution's effect on income.
    pub(super) multiple: f64,
    /// Correlation of the outcome's person-level part with the common one.
    pub(super) loading: f64,
}

impl Outcome {
    /// Standard deviation of the comparison, in the outcome's unit.
    pub(super) fn sd(&self) -> f64 {
        match self.kind {
            Kind::Money { sd, .. } => sd,
            Kind::Share { probability } => (probability * (1.0 - probability)).sqrt(),
        }
    }

    /// Mean of the comparison, in the outcome's unit.
    pub(super) fn mean(&self) -> f64 {
        match self.kind {
            Kind::Money { mean, .. } => mean,
            Kind::Share { probability } => probability,
        }
    }
}

/// Number of outcomes.
pub(super) const COUNT: usize = 5;

/// The outcomes. A grace period helps income and consumption, lets debts grow, over-indebts some and costs the
/// lender punctuality: so a reader meets benefit, harm and lender outcome in one study. The currency is XTS,
/// ISO 4217's code for tests, which no real finding can have.
pub(super) const OUTCOMES: [Outcome; COUNT] = [
    Outcome {
        id: "income.household",
        column: "income",
        unit: "XTS per month",
        definition: "Net income of the household, all sources",
        period: "last month",
        primary: true,
        kind: Kind::Money { mean: 12_000.0, sd: 4_000.0, season: 0.3 },
        multiple: 1.0,
        loading: 0.8,
    },
    Outcome {
        id: "consumption.total",
        column: "consumption",
        unit: "XTS per month",
        definition: "Value of what the household consumed",
        period: "last month",
        primary: false,
        kind: Kind::Money { mean: 9_000.0, sd: 2_500.0, season: 0.15 },
        multiple: 0.5,
        loading: 0.7,
    },
    Outcome {
        id: "debt.total",
        column: "debt",
        unit: "XTS",
        definition: "Sum owed to all lenders, formal and informal",
        period: "",
        primary: false,
        kind: Kind::Money { mean: 15_000.0, sd: 6_000.0, season: 0.1 },
        multiple: 0.4,
        loading: 0.2,
    },
    Outcome {
        id: "debt.over-indebted-nii",
        column: "over_indebted",
        unit: "share",
        definition: "1 where the instalments of all debts exceed net income before debt service",
        period: "last month",
        primary: true,
        kind: Kind::Share { probability: 0.3 },
        multiple: 0.3,
        loading: 0.5,
    },
    Outcome {
        id: "repayment.on-time",
        column: "paid_on_time",
        unit: "share",
        definition: "1 where every instalment of the last three months was paid on its date",
        period: "last three months",
        primary: true,
        kind: Kind::Share { probability: 0.8 },
        multiple: -0.25,
        loading: 0.5,
    },
];
