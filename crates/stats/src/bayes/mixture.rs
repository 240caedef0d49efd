//! A finite mixture of normals: moments, tail probabilities and quantiles.

use crate::distributions::{normal_cdf_pdf, normal_quantile};
use crate::normal_table::normal_table;
use crate::num::{larger, minimum, smaller};

/// Components with weights that sum to 1.
#[derive(Debug)]
pub(crate) struct Mixture<'a> {
    pub weights: &'a [f64],
    pub means: &'a [f64],
    pub sds: &'a [f64],
}

impl Mixture<'_> {
    /// Mean and standard deviation.
    pub(crate) fn moments(&self) -> (f64, f64) {
        let mean: f64 = self.weights.iter().zip(self.means).map(|(w, m)| w * m).sum();
        let mut variance = 0.0;
        for ((w, m), s) in self.weights.iter().zip(self.means).zip(self.sds) {
            variance += w * (s * s + (m - mean) * (m - mean));
        }
        (mean, variance.sqrt())
    }

    /// P(X > x).
    pub(crate) fn above(&self, x: f64) -> f64 {
        let table = normal_table();
        let mut sum = 0.0;
        for ((w, m), s) in self.weights.iter().zip(self.means).zip(self.sds) {
            sum += w * table.cdf((m - x) / s);
        }
        smaller(sum, 1.0)
    }

    /// Distribution function, density and its derivative at x.
    fn at(&self, x: f64) -> (f64, f64, f64) {
        let (mut cdf, mut density, mut slope) = (0.0, 0.0, 0.0);
        for ((w, m), s) in self.weights.iter().zip(self.means).zip(self.sds) {
            let inverse = 1.0 / s;
            let z = (x - m) * inverse;
            let (below, pdf) = normal_cdf_pdf(z);
            let scaled = w * pdf * inverse;
            cdf += w * below;
            density += scaled;
            slope -= scaled * z * inverse;
        }
        (cdf, density, slope)
    }

    /// Quantiles at increasing `levels`, by Halley's iteration inside a bracket that the components give.
    pub(crate) fn quantiles<const N: usize>(&self, levels: &[f64; N], mean: f64, sd: f64) -> [f64; N] {
        let narrowest = minimum(self.sds);
        let mut found = [0.0; N];
        for (q, level) in found.iter_mut().zip(levels) {
            let z = normal_quantile(*level);
            let ends: (f64, f64) =
                self.means.iter().zip(self.sds).fold((f64::INFINITY, f64::NEG_INFINITY), |ends, (m, s)| {
                    (smaller(ends.0, m + z * s), larger(ends.1, m + z * s))
                });
            *q = self.quantile(*level, ends, mean + z * sd, narrowest);
        }
        found
    }

    fn quantile(&self, level: f64, ends: (f64, f64), start: f64, narrowest: f64) -> f64 {
        let (mut low, mut high) = ends;
        let margin = 1e-12 * narrowest + 1e-15 * larger(low.abs(), high.abs());
        (low, high) = (low - margin, high + margin);
        let mut x = if start > low && start < high { start } else { 0.5 * (low + high) };
        for _ in 0..200 {
            let (cdf, density, slope) = self.at(x);
            let error = cdf - level;
            if error > 0.0 {
                high = x;
            } else {
                low = x;
            }
            let newton = error / density;
            let damping = 1.0 - 0.5 * newton * slope / density;
            let step = if damping > 0.2 { newton / damping } else { newton };
            // Convergence is cubic: after so small a step nothing but rounding is left.
            if step.abs() <= 1e-6 * narrowest {
                return x - step;
            }
            let next = x - step;
            x = if next > low && next < high { next } else { 0.5 * (low + high) };
            if high - low <= 4e-16 * larger(low.abs(), high.abs()) {
                break;
            }
        }
        x
    }
}
