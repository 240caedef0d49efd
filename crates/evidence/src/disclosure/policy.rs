//! The numbers of a policy, and the rounding that it asks for.

use serde::Serialize;

/// A named and versioned set of limits. A change of any number is a new version.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Policy {
    /// Name and version, as it is written into a finding.
    pub id: &'static str,
    /// Fewest clients in a cell, in a complement, on each side of a quantile, and in any derivable difference.
    pub minimum_count: u64,
    /// Fewest people that a share may be of.
    pub share_denominator: u64,
    /// The two largest contributions may not be more than this share of a total.
    pub two_largest: f64,
    /// Without the two largest, a total must be at least this share of the largest (the p % rule).
    pub remainder: f64,
    /// Most parameters per observation.
    pub parameters_per_observation: f64,
    /// Fewest residual degrees of freedom.
    pub residual_df: f64,
    /// Counts are released as multiples of this.
    pub rounding_base: u64,
}

impl Policy {
    /// The policy that an institution's own findings must pass.
    pub const fn client_v1() -> Self {
        Self {
            id: "client-v1",
            minimum_count: 10,
            share_denominator: 30,
            two_largest: 0.85,
            remainder: 0.10,
            parameters_per_observation: 0.33,
            residual_df: 10.0,
            rounding_base: 5,
        }
    }

    /// The policy of that name; `None` for one that does not exist.
    pub fn named(id: &str) -> Option<Self> {
        (id == "client-v1").then(Self::client_v1)
    }

    /// A count as it may be released: the nearest multiple of the base, halves up. The same count always gives the same
    /// number, so that asking again teaches nothing.
    pub fn rounded(&self, count: u64) -> u64 {
        let base = self.rounding_base;
        (count / base + u64::from(count % base * 2 >= base)).saturating_mul(base)
    }

    /// A rate as it may be released, from the rounded counts; `None` when the policy releases none of so few people.
    pub fn rate(&self, numerator: u64, denominator: u64) -> Option<f64> {
        (denominator >= self.share_denominator && numerator <= denominator)
            .then(|| self.rounded(numerator) as f64 / self.rounded(denominator) as f64)
    }

    /// Whether a count is above zero and below the minimum.
    pub(super) fn is_small(&self, count: u64) -> bool {
        (1..self.minimum_count).contains(&count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_go_to_the_nearest_five_and_rates_follow_them() {
        let policy = Policy::client_v1();
        let rounded: Vec<u64> = [0, 2, 3, 7, 8, 10, 12, 13, 1183].map(|n| policy.rounded(n)).to_vec();
        assert_eq!(rounded, [0, 0, 5, 5, 10, 10, 10, 15, 1185]);
        assert_eq!(policy.rate(12, 41), Some(10.0 / 40.0));
        assert_eq!(policy.rate(3, 29), None);
        assert_eq!(policy.rate(50, 41), None);
    }

    #[test]
    fn only_policies_that_exist_have_a_name() {
        assert_eq!(Policy::named("client-v1"), Some(Policy::client_v1()));
        assert_eq!(Policy::named("client-v2"), None);
    }
}
