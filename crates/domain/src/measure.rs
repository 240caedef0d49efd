//! The scale on which effects are compared: native unit, standard deviations, percent of the control mean, log ratio.
//!
//! With estimate b, standard error s, control mean m and control standard deviation d (same rows, same unit):
//! smd = b/d, s/d (no small-sample factor) · percent = 100·b/m, 100·s/m, m > 0 · log ratio = ln(1 + b/m),
//! standard error (s/m)/(1 + b/m), m > 0 and b > −m (delta method). The control mean and standard deviation are
//! taken as known, as the literature does.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A scale for effects.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Measure {
    /// The unit of the finding itself.
    Native,
    /// Standard deviations of the comparison arm.
    Smd,
    /// Percent of the comparison arm's mean.
    Percent,
    /// Natural logarithm of the ratio of means.
    LogRatio,
}

/// Why an effect cannot be put on a scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MeasureError {
    /// Standard deviations were asked for and the control standard deviation is missing or not positive.
    #[error("no control standard deviation")]
    NoControlSd,
    /// A ratio was asked for and there is no control mean.
    #[error("no control mean")]
    NoControlMean,
    /// A ratio was asked for and the control mean is not above zero.
    #[error("the control mean is not above zero, so a percentage of it means nothing")]
    ControlMeanNotPositive,
    /// The treated mean is not above zero, so it has no logarithm.
    #[error("the mean with the practice is not above zero, so the ratio has no logarithm")]
    TreatedMeanNotPositive,
}

impl Measure {
    /// All measures, native first.
    pub const ALL: [Self; 4] = [Self::Native, Self::Smd, Self::Percent, Self::LogRatio];

    /// The name used on the command line and in addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Native => "native",
            Self::Smd => "smd",
            Self::Percent => "percent",
            Self::LogRatio => "log-ratio",
        }
    }

    /// Puts an estimate and its standard error on this scale.
    ///
    /// # Errors
    /// [`MeasureError`] when the comparison arm's mean or standard deviation does not carry the scale.
    pub fn convert(
        self,
        estimate: f64,
        std_error: f64,
        control_mean: Option<f64>,
        control_sd: Option<f64>,
    ) -> Result<(f64, f64), MeasureError> {
        let ratio_base = || match control_mean {
            None => Err(MeasureError::NoControlMean),
            Some(mean) if mean > 0.0 => Ok(mean),
            Some(_) => Err(MeasureError::ControlMeanNotPositive),
        };
        match self {
            Self::Native => Ok((estimate, std_error)),
            Self::Smd => match control_sd {
                Some(sd) if sd > 0.0 => Ok((estimate / sd, std_error / sd)),
                _ => Err(MeasureError::NoControlSd),
            },
            Self::Percent => {
                let mean = ratio_base()?;
                Ok((100.0 * estimate / mean, 100.0 * std_error / mean))
            }
            Self::LogRatio => {
                let mean = ratio_base()?;
                let ratio = 1.0 + estimate / mean;
                if ratio <= 0.0 {
                    return Err(MeasureError::TreatedMeanNotPositive);
                }
                Ok((ratio.ln(), std_error / mean / ratio))
            }
        }
    }
}

impl fmt::Display for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Measure {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL
            .into_iter()
            .find(|measure| measure.as_str() == text.trim())
            .ok_or_else(|| format!("“{text}” is no measure; native, smd, percent or log-ratio"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scales_by_the_comparison_arm() {
        assert_eq!(Measure::Smd.convert(3.0, 1.5, None, Some(6.0)), Ok((0.5, 0.25)));
        assert_eq!(Measure::Percent.convert(3.0, 1.5, Some(30.0), None), Ok((10.0, 5.0)));
        let (log_ratio, std_error) = Measure::LogRatio.convert(3.0, 1.5, Some(30.0), None).unwrap();
        assert!((log_ratio - 1.1_f64.ln()).abs() < 1e-15 && (std_error - 0.05 / 1.1).abs() < 1e-15);
    }

    #[test]
    fn a_negative_control_mean_carries_no_percentage() {
        // Mongolia's control mean of −0.68 would turn a loss of 0.34 into a gain of 50 %.
        let refused = Measure::Percent.convert(-0.34, 0.25, Some(-0.68), None);
        assert_eq!(refused, Err(MeasureError::ControlMeanNotPositive));
        assert_eq!(
            Measure::LogRatio.convert(-40.0, 1.0, Some(30.0), None),
            Err(MeasureError::TreatedMeanNotPositive)
        );
        assert_eq!(Measure::Smd.convert(1.0, 1.0, None, Some(0.0)), Err(MeasureError::NoControlSd));
    }
}
