//! The two quantities every chart draws: an interval, and an estimate inside its interval.
//!
//! Numbers arrive as plain `f64`, in the unit of the axis. A limit that is not finite is absent: it is neither
//! drawn nor printed as a number. Left out: where the numbers come from, and which way is better for clients.

/// A pair of limits in the unit of the axis, the smaller first.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// Lower limit.
    pub lower: f64,
    /// Upper limit.
    pub upper: f64,
}

/// A point estimate with the limits of its interval, in the unit of the axis.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// Point estimate.
    pub value: f64,
    /// Lower limit of the interval.
    pub lower: f64,
    /// Upper limit of the interval.
    pub upper: f64,
}

impl Interval {
    /// The interval from `lower` to `upper`.
    pub fn new(lower: f64, upper: f64) -> Self {
        Self { lower, upper }
    }

    /// The interval when both limits are finite and in order, otherwise `None`.
    pub fn known(self) -> Option<Self> {
        (self.lower.is_finite() && self.upper.is_finite() && self.lower <= self.upper).then_some(self)
    }
}

impl Estimate {
    /// The estimate `value` with its limits.
    pub fn new(value: f64, lower: f64, upper: f64) -> Self {
        Self { value, lower, upper }
    }

    /// The limits, when both are finite and in order.
    pub fn interval(self) -> Option<Interval> {
        Interval::new(self.lower, self.upper).known()
    }

    /// The point estimate, when finite.
    pub fn point(self) -> Option<f64> {
        self.value.is_finite().then_some(self.value)
    }

    /// Whether point and limits are all known.
    pub fn is_complete(self) -> bool {
        self.point().is_some() && self.interval().is_some()
    }
}

/// The larger of two numbers that are known to be finite; `f64::max` would hide one that is not.
pub(crate) fn larger(a: f64, b: f64) -> f64 {
    if a >= b { a } else { b }
}

/// The smaller of two numbers that are known to be finite.
pub(crate) fn smaller(a: f64, b: f64) -> f64 {
    if a <= b { a } else { b }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_or_reversed_limits_are_absent() {
        assert!(Estimate::new(1.0, 0.0, 2.0).is_complete());
        assert!(Estimate::new(1.0, f64::NAN, 2.0).interval().is_none());
        assert!(Estimate::new(1.0, f64::NEG_INFINITY, 2.0).interval().is_none());
        assert!(Interval::new(2.0, 1.0).known().is_none());
        assert!(Estimate::new(f64::INFINITY, 0.0, 1.0).point().is_none());
    }
}
