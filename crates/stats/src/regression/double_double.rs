//! Numbers of about 32 significant digits, as the unevaluated sum of two f64 (Dekker 1971; Knuth, TAOCP 2,
//! 4.2.2). A sum of many products kept this way is the same after rounding to f64 in whatever order the
//! rows came, which is how a regression's digits stay independent of row order and thread count.
//!
//! Products use the fused multiply-add, whose result is defined exactly, so every machine gets the same
//! bits. Left out: overflow within a factor of 2 of the largest f64.

use std::ops::{Add, AddAssign, Div, Mul, Neg, Sub};

/// An unevaluated sum `high + low`, |low| ≤ ½ unit in the last place of high.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct DoubleDouble {
    high: f64,
    low: f64,
}

/// a + b and its rounding error, exactly.
#[inline]
fn two_sum(a: f64, b: f64) -> (f64, f64) {
    let sum = a + b;
    let b_part = sum - a;
    (sum, (a - (sum - b_part)) + (b - b_part))
}

/// a + b and its rounding error when |a| ≥ |b|.
#[inline]
fn quick_two_sum(a: f64, b: f64) -> (f64, f64) {
    let sum = a + b;
    (sum, b - (sum - a))
}

impl DoubleDouble {
    pub(crate) const ZERO: Self = Self { high: 0.0, low: 0.0 };

    /// The sum of two numbers of any size.
    #[inline]
    pub(crate) fn sum(a: f64, b: f64) -> Self {
        let (high, low) = two_sum(a, b);
        Self { high, low }
    }

    /// The exact product of two f64.
    #[inline]
    pub(crate) fn product(a: f64, b: f64) -> Self {
        let high = a * b;
        Self { high, low: a.mul_add(b, -high) }
    }

    /// The nearest f64.
    #[inline]
    pub(crate) fn value(self) -> f64 {
        self.high
    }

    /// What [`Self::value`] leaves out.
    #[inline]
    pub(crate) fn error(self) -> f64 {
        self.low
    }

    /// Whether neither part is NaN or infinite.
    #[inline]
    pub(crate) fn is_finite(self) -> bool {
        self.high.is_finite() && self.low.is_finite()
    }

    /// Square root of a number that is not negative.
    pub(crate) fn sqrt(self) -> Self {
        if self.high <= 0.0 {
            return Self::ZERO;
        }
        // One Newton step from the f64 root doubles its digits (Karp and Markstein 1997).
        let root = self.high.sqrt();
        let rest = self - Self::product(root, root);
        Self::sum(root, rest.high / (2.0 * root))
    }
}

impl From<f64> for DoubleDouble {
    #[inline]
    fn from(value: f64) -> Self {
        Self { high: value, low: 0.0 }
    }
}

impl Add for DoubleDouble {
    type Output = Self;

    #[inline]
    fn add(self, other: Self) -> Self {
        let (high, error) = two_sum(self.high, other.high);
        let (low, low_error) = two_sum(self.low, other.low);
        let (high, error) = quick_two_sum(high, error + low);
        let (high, low) = quick_two_sum(high, error + low_error);
        Self { high, low }
    }
}

impl AddAssign for DoubleDouble {
    #[inline]
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Neg for DoubleDouble {
    type Output = Self;

    #[inline]
    fn neg(self) -> Self {
        Self { high: -self.high, low: -self.low }
    }
}

impl Sub for DoubleDouble {
    type Output = Self;

    #[inline]
    fn sub(self, other: Self) -> Self {
        self + -other
    }
}

impl Mul for DoubleDouble {
    type Output = Self;

    #[inline]
    fn mul(self, other: Self) -> Self {
        let exact = Self::product(self.high, other.high);
        let cross = self.high.mul_add(other.low, self.low * other.high);
        let (high, low) = quick_two_sum(exact.high, exact.low + cross);
        Self { high, low }
    }
}

impl Mul<f64> for DoubleDouble {
    type Output = Self;

    #[inline]
    fn mul(self, other: f64) -> Self {
        let exact = Self::product(self.high, other);
        let (high, low) = quick_two_sum(exact.high, self.low.mul_add(other, exact.low));
        Self { high, low }
    }
}

impl Div for DoubleDouble {
    type Output = Self;

    #[inline]
    fn div(self, other: Self) -> Self {
        let first = self.high / other.high;
        let rest = self - other * first;
        let second = rest.high / other.high;
        let third = (rest - other * second).high / other.high;
        let (high, low) = quick_two_sum(first, second);
        Self { high, low } + Self::from(third)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_what_f64_loses() {
        let mut total = DoubleDouble::ZERO;
        for term in [1e16, 1.0, -1e16, 1e-20] {
            total += term.into();
        }
        assert_eq!(total.value(), 1.0);
        assert_eq!((total - 1.0.into()).value(), 1e-20);
    }

    #[test]
    fn division_and_root_invert_multiplication() {
        let third = DoubleDouble::from(1.0) / 3.0.into();
        assert!((third * 3.0 - 1.0.into()).value().abs() < 1e-31);
        let root = DoubleDouble::from(2.0).sqrt();
        assert!((root * root - 2.0.into()).value().abs() < 1e-31);
    }
}
