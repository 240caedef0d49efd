//! Φ without an exponential: Taylor polynomials of the upper tail around a grid.
//!
//! Q(x_j + h) = Q_j − φ_j·Σ_n (−1)ⁿ·He_n(x_j)·hⁿ⁺¹/(n + 1)!, with x_j = j/32, |h| ≤ 1/64, He_n Hermite's polynomials
//! and n ≤ 8: within 4·10⁻¹⁵ of Q(x) relative to it for 0 ≤ x ≤ 8.3. It serves the mixtures, which ask for Φ at every
//! node of every effect; single values come from [`normal_cdf`].

use crate::distributions::{normal_cdf, normal_cdf_pdf};
use std::sync::LazyLock;

const STEPS_PER_UNIT: f64 = 32.0;
/// Beyond it Φ is 1 to the last place, and the lower tail is taken exactly.
const END: f64 = 8.25;
const POINTS: usize = 265;
const ORDER: usize = 10;

/// Coefficients of the polynomial around each point, the constant first.
pub(crate) struct NormalTable {
    coefficients: Vec<[f64; ORDER]>,
}

static TABLE: LazyLock<NormalTable> = LazyLock::new(NormalTable::new);

/// The table, made at its first use.
pub(crate) fn normal_table() -> &'static NormalTable {
    &TABLE
}

impl NormalTable {
    fn new() -> Self {
        let coefficients = (0..POINTS).map(|j| around(j as f64 / STEPS_PER_UNIT)).collect();
        Self { coefficients }
    }

    /// Φ(x).
    #[inline]
    pub(crate) fn cdf(&self, x: f64) -> f64 {
        let size = x.abs();
        let position = size * STEPS_PER_UNIT + 0.5;
        let Some(c) = self.coefficients.get(position as usize).filter(|_| size < END) else {
            return normal_cdf(x);
        };
        let h = size - f64::from(position as u32) / STEPS_PER_UNIT;
        let mut tail = c[ORDER - 1];
        for coefficient in c[..ORDER - 1].iter().rev() {
            tail = tail * h + coefficient;
        }
        if x > 0.0 { 1.0 - tail } else { tail }
    }
}

fn around(x: f64) -> [f64; ORDER] {
    let (tail, density) = normal_cdf_pdf(-x);
    let mut c = [0.0; ORDER];
    c[0] = tail;
    let (mut before, mut hermite, mut sign, mut factorial) = (0.0, 1.0, -1.0, 1.0);
    for n in 0..ORDER - 1 {
        factorial *= (n + 1) as f64;
        c[n + 1] = sign * density * hermite / factorial;
        (before, hermite) = (hermite, x * hermite - n as f64 * before);
        sign = -sign;
    }
    c
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_agrees_with_the_function_in_both_tails() {
        let table = normal_table();
        for i in -90_000..=90_000 {
            let x = f64::from(i) * 1e-4;
            let (fast, exact) = (table.cdf(x), normal_cdf(x));
            assert!((fast - exact).abs() <= 4e-15 * exact, "{x}: {fast} {exact}");
        }
        assert!(table.cdf(f64::NAN).is_nan());
        assert_eq!((table.cdf(f64::INFINITY), table.cdf(f64::NEG_INFINITY)), (1.0, 0.0));
    }
}
