//! The section `[early_warning]` of a plan.
//!
//! ```toml
//! [early_warning]
//! file = "histories.csv"         # one row a client and period, relative to the plan
//! period = "month"               # or "number": periods numbered one after another
//! horizon = 3                    # periods ahead
//! distress_days = 30             # more days late than this is distress
//! test_from = "2025-01"          # learn from what was known before, judge from here on
//! capacity = 200                 # clients that can be visited in a period
//! columns = { client = "client", period = "month", days_late = "days_late" }
//! ```
//!
//! Columns besides these three are optional: due, paid, balance, loans, income, joined, age, sector, sex, area. A column
//! that is not named is not read. Sex, age and area are for the table of fairness alone.

use crate::commands::{Failure, read_text};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use whatworks_evidence::warning::Periods;

/// Columns that must be there.
pub(super) const NEEDED: [&str; 3] = ["client", "period", "days_late"];
/// Columns that may be there: numbers, then the rest.
pub(super) const NUMBERS: [&str; 6] = ["due", "paid", "balance", "loans", "income", "age"];
pub(super) const WORDS: [&str; 4] = ["joined", "sector", "sex", "area"];

/// How periods are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum PeriodKind {
    Month,
    Number,
}

/// What the section says.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct EarlyWarningPlan {
    /// The period records, relative to the plan.
    pub(crate) file: PathBuf,
    #[serde(default = "month")]
    period: PeriodKind,
    /// Periods ahead.
    #[serde(default = "one")]
    pub(crate) horizon: i64,
    /// More days late than this is distress.
    #[serde(default = "thirty")]
    pub(crate) distress_days: f64,
    test_from: toml::Value,
    /// Clients on a period's list.
    pub(crate) capacity: usize,
    /// What the columns are called in the file.
    pub(crate) columns: BTreeMap<String, String>,
}

fn month() -> PeriodKind {
    PeriodKind::Month
}

fn one() -> i64 {
    1
}

fn thirty() -> f64 {
    30.0
}

/// The other sections are other commands'.
#[derive(Deserialize)]
struct Whole {
    early_warning: Option<EarlyWarningPlan>,
}

impl EarlyWarningPlan {
    /// Reads the section of a plan.
    pub(crate) fn read(path: &Path) -> Result<Self, Failure> {
        let refused = |problem: String| {
            let hint = "see docs/methods/early-warning.md for the section [early_warning]";
            Failure::refused(format!("{}: {problem}", path.display()), hint)
        };
        let whole: Whole = toml::from_str(&read_text(path)?).map_err(|error| refused(error.to_string()))?;
        let section =
            whole.early_warning.ok_or_else(|| refused("it has no section [early_warning]".into()))?;
        section.check().map_err(refused)?;
        Ok(section)
    }

    /// What serde cannot see.
    fn check(&self) -> Result<(), String> {
        let known = || NEEDED.iter().chain(&NUMBERS).chain(&WORDS);
        if let Some(needed) = NEEDED.iter().find(|name| !self.columns.contains_key(**name)) {
            return Err(format!("[early_warning] columns do not name {needed}"));
        }
        if let Some(name) = self.columns.keys().find(|name| !known().any(|word| word == name)) {
            let all: Vec<&str> = known().copied().collect();
            return Err(format!("[early_warning] columns name “{name}”; the names are {}", all.join(", ")));
        }
        if !(1..=60).contains(&self.horizon) {
            return Err(format!("horizon {} is not between 1 and 60 periods", self.horizon));
        }
        if !(0.0..10_000.0).contains(&self.distress_days) {
            return Err(format!("distress_days {} is not a number of days", self.distress_days));
        }
        if self.capacity == 0 {
            return Err("a capacity of 0 lists nobody".into());
        }
        Ok(())
    }

    /// How long a period is.
    pub(crate) fn periods(&self) -> Periods {
        match self.period {
            PeriodKind::Month => Periods::Months,
            PeriodKind::Number => Periods::Numbers,
        }
    }

    /// The cut-off.
    pub(crate) fn test_from(&self) -> Result<i64, Failure> {
        let text = match &self.test_from {
            toml::Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        self.periods().parse(&text).ok_or_else(|| {
            Failure::refused(
                format!("[early_warning] test_from “{text}” is not a period"),
                "write a month like \"2025-01\", or a whole number with period = \"number\"",
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<EarlyWarningPlan, String> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("plan.toml");
        std::fs::write(&path, text).unwrap();
        EarlyWarningPlan::read(&path).map_err(|failure| match failure {
            Failure::Refused { problem, .. } => problem,
            other => panic!("{other:?}"),
        })
    }

    const PLAN: &str = "[study]\ntitle = \"other commands'\"\n[early_warning]\nfile = \"h.csv\"\n\
                        test_from = \"2025-01\"\ncapacity = 5\n\
                        columns = { client = \"id\", period = \"month\", days_late = \"late\" }\n";

    #[test]
    fn a_section_is_read_with_its_defaults() {
        let section = parse(PLAN).unwrap();
        assert_eq!((section.horizon, section.distress_days), (1, 30.0));
        assert_eq!(section.test_from().unwrap(), 2025 * 12);
        let numbered = parse(&PLAN.replace("\"2025-01\"", "17\nperiod = \"number\"")).unwrap();
        assert_eq!(numbered.test_from().unwrap(), 17);
        assert!(parse(&PLAN.replace("2025-01", "January")).unwrap().test_from().is_err());
    }

    #[test]
    fn what_is_wrong_is_named() {
        for (from, to, word) in [
            ("capacity = 5", "capacity = 0", "capacity"),
            ("capacity = 5", "capacity = 5\nhorizon = 0", "horizon"),
            ("capacity = 5", "capacity = 5\ndistress_days = -1", "distress_days"),
            ("capacity = 5", "capacity = 5\nsurprise = 1", "surprise"),
            ("days_late = \"late\"", "days = \"late\"", "days_late"),
            ("client = \"id\"", "client = \"id\", status = \"s\"", "status"),
            ("[early_warning]", "[late_warning]", "early_warning"),
        ] {
            let problem = parse(&PLAN.replace(from, to)).unwrap_err();
            assert!(problem.contains(word), "{word}: {problem}");
        }
    }
}
