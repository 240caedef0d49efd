//! How a sample was drawn: strata, clusters in one or more stages, weights, finite populations.
//!
//! Rows are respondents. A stage says of each row to which stratum and to which unit it belongs, and how many units the
//! stratum has in the population; without that number units count as drawn with replacement, and later stages add
//! nothing. Codes are the caller's; units of one code in two strata are two units.

use super::SurveyError;
use std::collections::BTreeMap;

/// One stage of sampling. All lists hold one value a row.
#[derive(Debug, Clone, PartialEq)]
pub struct Stage {
    /// Stratum of each row; the same everywhere when there are none.
    pub strata: Vec<u64>,
    /// Unit (cluster) of each row.
    pub units: Vec<u64>,
    /// Units in the population of each row's stratum; none when drawn with replacement or from a very large one.
    pub population: Option<Vec<f64>>,
}

/// What to do with a stratum from which a single unit was drawn: its variance cannot be told from the sample.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LonelyUnit {
    /// Refuse: the design is to be mended, by joining strata.
    #[default]
    Refuse,
    /// It was certain to be drawn and adds nothing.
    Certainty,
    /// Its distance from the mean of all is taken (`lonely.psu = "adjust"` of R's survey).
    Adjust,
    /// It adds what the other strata add on average.
    Average,
}

/// How a sample was drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Design {
    /// Sampling weights: how many of the population a row stands for; none negative, one positive at least.
    pub(super) weights: Vec<f64>,
    pub(super) stages: Vec<Stage>,
    pub(super) lonely: LonelyUnit,
}

impl Design {
    /// A design of these stages, the first one first.
    ///
    /// # Errors
    /// [`SurveyError::Length`], [`SurveyError::Weight`], [`SurveyError::Population`] (fewer units in a stratum than were
    /// drawn), [`SurveyError::NoStage`], [`SurveyError::Lonely`] where [`LonelyUnit::Refuse`] is asked for.
    pub fn new(weights: Vec<f64>, stages: Vec<Stage>, lonely: LonelyUnit) -> Result<Self, SurveyError> {
        let rows = weights.len();
        if let Some(row) = weights.iter().position(|weight| !weight.is_finite() || *weight < 0.0) {
            return Err(SurveyError::Weight { row });
        }
        if weights.iter().sum::<f64>() <= 0.0 {
            return Err(SurveyError::Weight { row: 0 });
        }
        if stages.is_empty() {
            return Err(SurveyError::NoStage);
        }
        for stage in &stages {
            let lengths = [stage.strata.len(), stage.units.len()];
            let population = stage.population.as_ref().map_or(rows, Vec::len);
            if lengths.iter().any(|length| *length != rows) || population != rows {
                return Err(SurveyError::Length { rows });
            }
        }
        let design = Self { weights, stages: nested(stages), lonely };
        design.check()?;
        Ok(design)
    }

    /// Every row drawn by itself from one population of `population` rows, if that is finite.
    ///
    /// # Errors
    /// As [`Design::new`].
    pub fn simple(weights: Vec<f64>, population: Option<f64>) -> Result<Self, SurveyError> {
        let rows = weights.len();
        let stage = Stage {
            strata: vec![0; rows],
            units: (0..rows as u64).collect(),
            population: population.map(|count| vec![count; rows]),
        };
        Self::new(weights, vec![stage], LonelyUnit::Refuse)
    }

    fn check(&self) -> Result<(), SurveyError> {
        for (at, stage) in self.stages.iter().enumerate() {
            let mut units: BTreeMap<u64, std::collections::BTreeSet<u64>> = BTreeMap::new();
            for (stratum, unit) in stage.strata.iter().zip(&stage.units) {
                units.entry(*stratum).or_default().insert(*unit);
            }
            if let Some(population) = &stage.population {
                let small = stage.strata.iter().zip(population).position(|(stratum, count)| {
                    count.is_nan()
                        || *count < units.get(stratum).map_or(0, std::collections::BTreeSet::len) as f64
                });
                if let Some(row) = small {
                    return Err(SurveyError::Population { row });
                }
            }
            let whole = |stratum: &u64| {
                let row = stage.strata.iter().position(|one| one == stratum)?;
                Some(stage.population.as_ref()?.get(row)? <= &1.0)
            };
            let single = units.iter().filter(|(_, set)| set.len() == 1).map(|(stratum, _)| stratum);
            let lonely = single.filter(|stratum| !whole(stratum).unwrap_or(false)).count();
            if at == 0 && lonely > 0 && self.lonely == LonelyUnit::Refuse {
                return Err(SurveyError::Lonely { strata: lonely });
            }
        }
        Ok(())
    }

    /// How many rows.
    pub fn rows(&self) -> usize {
        self.weights.len()
    }

    /// Degrees of freedom: units of the first stage less its strata, over rows of positive weight.
    pub fn degrees_of_freedom(&self) -> f64 {
        let Some(first) = self.stages.first() else { return 0.0 };
        let used = || (0..self.rows()).filter(|row| self.weights[*row] > 0.0);
        let units: std::collections::BTreeSet<(u64, u64)> =
            used().map(|row| (first.strata[row], first.units[row])).collect();
        let strata: std::collections::BTreeSet<u64> = used().map(|row| first.strata[row]).collect();
        units.len() as f64 - strata.len() as f64
    }
}

/// The strata of each later stage within the units of the stage before, so that a code need not differ between them.
fn nested(stages: Vec<Stage>) -> Vec<Stage> {
    let mut found: Vec<Stage> = Vec::new();
    for mut stage in stages {
        if let Some(above) = found.last() {
            let mut codes: BTreeMap<(u64, u64, u64), u64> = BTreeMap::new();
            for row in 0..stage.strata.len() {
                let next = codes.len() as u64;
                let within = (above.strata[row], above.units[row], stage.strata[row]);
                stage.strata[row] = *codes.entry(within).or_insert(next);
            }
        }
        found.push(stage);
    }
    found
}
