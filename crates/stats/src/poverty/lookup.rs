//! From a score to the likelihood of being below a poverty line.

use super::PovertyError;

/// Scores that a table has: 0 to 100.
pub const SCORES: usize = 101;

/// The likelihood of being below one poverty line, by score. Some published tables have gaps.
#[derive(Debug, Clone, PartialEq)]
pub struct Lookup(Vec<Option<f64>>);

impl Lookup {
    /// A table of percentages, from score 0 to score 100; `None` where the published table has none.
    ///
    /// # Errors
    /// [`PovertyError::Table`]; [`PovertyError::Percent`].
    pub fn new(percent: Vec<Option<f64>>) -> Result<Self, PovertyError> {
        if percent.len() != SCORES {
            return Err(PovertyError::Table { have: percent.len() });
        }
        let odd = |value: &Option<f64>| value.is_some_and(|value| !(0.0..=100.0).contains(&value));
        if let Some(score) = percent.iter().position(odd) {
            return Err(PovertyError::Percent { score, percent: percent[score].unwrap_or(f64::NAN) });
        }
        Ok(Self(percent))
    }

    /// The likelihood of a score, 0 to 1.
    ///
    /// # Errors
    /// [`PovertyError::Score`]; [`PovertyError::NoLikelihood`].
    pub fn likelihood(&self, score: i64) -> Result<f64, PovertyError> {
        let at = usize::try_from(score).map_err(|_| PovertyError::Score { score })?;
        let percent = self.0.get(at).ok_or(PovertyError::Score { score })?;
        percent.map(|percent| percent / 100.0).ok_or(PovertyError::NoLikelihood { score: at })
    }

    /// The percentages, by score.
    pub fn percent(&self) -> &[Option<f64>] {
        &self.0
    }
}
