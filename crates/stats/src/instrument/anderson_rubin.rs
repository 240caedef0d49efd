//! The Anderson–Rubin (1949) test of the coefficient of one endogenous regressor, and the region it does not
//! reject.
//!
//! Under β₂ = b the instruments explain nothing of y − b·x₂. Their coefficients in that regression are
//! ρ − bπ, reduced form less b times first stage, and their variance V(b) is quadratic in b, as every variance
//! here is quadratic in the residuals. The statistic is (ρ − bπ)ᵀV(b)⁻¹(ρ − bπ)/q by F(q, df). With one
//! instrument the region solves a quadratic inequality: an interval, all numbers, or two half-lines; with
//! several it is found on a fine grid of angles and by bisection, and may be empty.

use super::quadratic::inverse_form;
use crate::distributions::{f_quantile, f_sf};
use crate::num::{larger, smaller};

/// Test and region.
#[derive(Debug, Clone, PartialEq)]
pub struct AndersonRubin {
    /// Statistic of β₂ = 0.
    pub statistic: f64,
    /// Instruments q.
    pub df1: f64,
    /// Denominator degrees of freedom.
    pub df2: f64,
    /// p-value of β₂ = 0.
    pub p_value: f64,
    /// The values that are not rejected at the level asked for, as disjoint intervals in order; ends may be
    /// infinite. Empty: the model with these instruments is rejected at every value.
    pub region: Vec<(f64, f64)>,
}

impl AndersonRubin {
    /// Whether the region reaches to infinity: the instruments do not bound the coefficient.
    pub fn is_unbounded(&self) -> bool {
        self.region.iter().any(|(low, high)| low.is_infinite() || high.is_infinite())
    }
}

/// Coefficients of the instruments and their variances; matrices q × q, row-major.
pub(crate) struct ReducedForm {
    /// ρ, of the outcome.
    pub(crate) outcome: Vec<f64>,
    /// π, of the endogenous regressor.
    pub(crate) endogenous: Vec<f64>,
    /// V(ρ).
    pub(crate) outcome_variance: Vec<f64>,
    /// cov(ρ, π) + cov(π, ρ).
    pub(crate) cross: Vec<f64>,
    /// V(π).
    pub(crate) endogenous_variance: Vec<f64>,
    pub(crate) df2: f64,
}

impl ReducedForm {
    fn order(&self) -> usize {
        self.outcome.len()
    }

    /// The statistic at cos·y − sin·x₂ (b = tan); any b, infinite ones included. NaN where V is singular.
    fn at_angle(&self, cos: f64, sin: f64) -> f64 {
        let order = self.order();
        let difference: Vec<f64> =
            self.outcome.iter().zip(&self.endogenous).map(|(rho, pi)| cos * rho - sin * pi).collect();
        let entry = |i: usize, j: usize| {
            let at = i * order + j;
            cos * cos * self.outcome_variance[at] - cos * sin * self.cross[at]
                + sin * sin * self.endogenous_variance[at]
        };
        inverse_form(order, entry, &difference).map_or(f64::NAN, |form| form / order as f64)
    }

    /// Test of 0 and region of the given level; `centre` and `scale` place the grid when q > 1.
    pub(crate) fn test(&self, level: f64, centre: f64, scale: f64) -> AndersonRubin {
        let df1 = self.order() as f64;
        let statistic = self.at_angle(1.0, 0.0);
        let critical = f_quantile(level, df1, self.df2);
        let region =
            if self.order() == 1 { self.single(critical) } else { self.several(critical, centre, scale) };
        AndersonRubin { statistic, df1, df2: self.df2, p_value: f_sf(statistic, df1, self.df2), region }
    }

    /// (π² − cV_π)b² + (c·cross − 2ρπ)b + ρ² − cV_ρ ≤ 0.
    fn single(&self, critical: f64) -> Vec<(f64, f64)> {
        let (rho, pi) = (self.outcome[0], self.endogenous[0]);
        let a = pi * pi - critical * self.endogenous_variance[0];
        let b = critical * self.cross[0] - 2.0 * rho * pi;
        let c = rho * rho - critical * self.outcome_variance[0];
        solve_quadratic(a, b, c)
    }

    fn several(&self, critical: f64, centre: f64, scale: f64) -> Vec<(f64, f64)> {
        const STEPS: usize = 4_000;
        let value = |angle: f64| centre + scale * angle.tan();
        let excess = |angle: f64| {
            let b = value(angle);
            let length = (1.0 + b * b).sqrt();
            self.at_angle(1.0 / length, b / length) - critical
        };
        let limit = std::f64::consts::FRAC_PI_2 * (1.0 - 1e-9);
        let mut angles: Vec<f64> =
            (0..=STEPS).map(|i| limit * (2.0 * i as f64 / STEPS as f64 - 1.0)).collect();
        // The lowest point between grid points, so that a narrow region is not stepped over.
        let lowest =
            (0..=STEPS).fold(0, |best, i| if excess(angles[i]) < excess(angles[best]) { i } else { best });
        let (mut low, mut high) = (angles[lowest.saturating_sub(1)], angles[STEPS.min(lowest + 1)]);
        for _ in 0..80 {
            let (left, right) = (low + (high - low) / 3.0, high - (high - low) / 3.0);
            if excess(left) < excess(right) {
                high = right;
            } else {
                low = left;
            }
        }
        angles.push(0.5 * (low + high));
        angles.sort_by(f64::total_cmp);
        let inside: Vec<bool> = angles.iter().map(|angle| excess(*angle) <= 0.0).collect();
        let crossing = |i: usize| {
            let (mut low, mut high) = (angles[i], angles[i + 1]);
            for _ in 0..60 {
                let middle = 0.5 * (low + high);
                if (excess(middle) <= 0.0) == inside[i] {
                    low = middle;
                } else {
                    high = middle;
                }
            }
            value(0.5 * (low + high))
        };
        let mut region = Vec::new();
        let mut start = inside[0].then_some(f64::NEG_INFINITY);
        for i in 0..angles.len() - 1 {
            if inside[i] != inside[i + 1] {
                match start.take() {
                    Some(from) => region.push((from, crossing(i))),
                    None => start = Some(crossing(i)),
                }
            }
        }
        if let Some(from) = start {
            region.push((from, f64::INFINITY));
        }
        region
    }
}

/// Where ab² + bb + c ≤ 0.
fn solve_quadratic(a: f64, b: f64, c: f64) -> Vec<(f64, f64)> {
    let everything = (f64::NEG_INFINITY, f64::INFINITY);
    if a == 0.0 {
        return if b == 0.0 {
            if c <= 0.0 { vec![everything] } else { Vec::new() }
        } else if b > 0.0 {
            vec![(f64::NEG_INFINITY, -c / b)]
        } else {
            vec![(-c / b, f64::INFINITY)]
        };
    }
    let discriminant = b * b - 4.0 * a * c;
    if discriminant.is_nan() {
        return Vec::new();
    }
    if discriminant < 0.0 {
        return if a < 0.0 { vec![everything] } else { Vec::new() };
    }
    // The root of larger size first: no cancellation.
    let q = -0.5 * (b + if b < 0.0 { -discriminant.sqrt() } else { discriminant.sqrt() });
    let (first, second) = if q == 0.0 { (0.0, 0.0) } else { (q / a, c / q) };
    let (low, high) = (smaller(first, second), larger(first, second));
    if a > 0.0 { vec![(low, high)] } else { vec![(everything.0, low), (high, everything.1)] }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_of_the_region() {
        let infinite = f64::INFINITY;
        assert_eq!(solve_quadratic(1.0, -3.0, 2.0), [(1.0, 2.0)]);
        assert_eq!(solve_quadratic(-1.0, 3.0, -2.0), [(-infinite, 1.0), (2.0, infinite)]);
        assert_eq!(solve_quadratic(-1.0, 0.0, -2.0), [(-infinite, infinite)]);
        assert_eq!(solve_quadratic(0.0, 2.0, -2.0), [(-infinite, 1.0)]);
        assert_eq!(solve_quadratic(0.0, -2.0, -2.0), [(-1.0, infinite)]);
        assert!(solve_quadratic(1.0, 0.0, 2.0).is_empty());
    }
}
