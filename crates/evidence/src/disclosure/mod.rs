//! What may leave an institution: every figure about clients passes this gate before it is released.
//!
//! Policy client-v1 ([`Policy::client_v1`]): at least 10 clients in every cell and in its complement; no total that one
//! or two clients make (both the (2, 85 %) rule and the p % rule with p = 10, on absolute values); no share of 0 or
//! 100 % and none of fewer than 30 people; no quantile with fewer than 10 people on a side, and never a minimum or a
//! maximum; no regression that spells out its cells; counts to the nearest 5 and rates from those counts. Every release
//! is compared with the earlier ones in the [`Ledger`]: two harmless tables can be subtracted from one another.
//! Sources: Hundepool et al. (2012) *Statistical Disclosure Control*, chapters 4 and 5; Brandt et al. (2010)
//! *Guidelines for the checking of output based on microdata research*.
//!
//! The gate fails closed: what it is not told, it does not let pass. The texts of its reasons never print a count below
//! the threshold, because the reasons travel with the finding. Left out: noise (differential privacy), which answers
//! another question, and the second person's reasoned release of a [`Verdict::Review`], which the program records.

mod differencing;
mod ledger;
mod policy;
mod release;
mod rules;
mod suppression;

pub use ledger::{Ledger, LedgerCell, LedgerEntry, LedgerFault};
pub use policy::Policy;
pub use release::{Cell, Content, Filters, Quantile, Regression, Release, Saturation};
pub use suppression::{Margins, SuppressedTable, suppress_table};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// What the gate says about a release; the order is the order of severity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// May leave.
    Pass,
    /// May leave only after a second person's reasoned and recorded decision.
    Review,
    /// May not leave.
    Fail,
}

/// Which rule spoke.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rule {
    /// The release lacks what a rule needs, or holds a number that is none.
    Incomplete,
    /// Too few clients in a cell.
    SmallCell,
    /// Too few clients in what remains when the cell is taken from its whole.
    SmallComplement,
    /// One or two clients make most of a total.
    Dominance,
    /// Everybody, or nobody, in a cell has the property.
    ClassDisclosure,
    /// A share of too few people.
    ShareDenominator,
    /// Few people have, or few lack, the property.
    ShareNumerator,
    /// Too few people below or above a quantile; a minimum or maximum.
    Quantile,
    /// Too many parameters for the observations.
    Parameters,
    /// Too few residual degrees of freedom.
    ResidualDf,
    /// The regression reproduces the means of small cells.
    Saturated,
    /// A count that is not rounded as the policy says.
    Rounding,
    /// A difference with an earlier release isolates a few clients.
    Differencing,
}

/// Why a release does not simply pass.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// The rule.
    pub rule: Rule,
    /// What this reason alone would lead to.
    pub verdict: Verdict,
    /// The cell, quantile or model that it is about.
    pub cell: String,
    /// What is wrong, in one sentence.
    pub text: String,
    /// What to do about it.
    pub hint: String,
}

/// The gate's answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Disclosure {
    /// The most severe of the reasons' verdicts; pass when there is none.
    pub verdict: Verdict,
    /// All that the rules had to say, in the order of the rules.
    pub reasons: Vec<Reason>,
    /// Name and version of the policy.
    pub policy: String,
    /// SHA-256, in hex, of what was judged: policy, release, and the earlier releases it was compared with.
    pub input_digest: String,
}

/// Judges a release by a policy and against the earlier releases of the same institution.
pub fn check_finding(release: &Release, ledger: &Ledger, policy: &Policy) -> Disclosure {
    let earlier = ledger.over(&release.universe, &release.variable);
    let mut reasons = rules::check(release, policy);
    reasons.extend(differencing::check(release, &earlier, policy));
    Disclosure {
        verdict: reasons.iter().map(|r| r.verdict).max().unwrap_or(Verdict::Pass),
        reasons,
        policy: policy.id.to_owned(),
        input_digest: digest(release, &earlier, policy),
    }
}

fn digest(release: &Release, earlier: &[&LedgerEntry], policy: &Policy) -> String {
    let mut hash = Sha256::new();
    hash.update(policy.id.as_bytes());
    // Fields are written in their declared order and maps are ordered, so equal inputs give equal bytes. A value that
    // cannot be written as JSON cannot occur in these types; if it did, the debug text would still tell inputs apart.
    let text =
        serde_json::to_string(&(release, earlier)).unwrap_or_else(|_| format!("{release:?}{earlier:?}"));
    hash.update(text.as_bytes());
    hash.finalize().iter().fold(String::with_capacity(64), |mut hex, byte| {
        // Writing to a string cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

#[cfg(test)]
mod tests;
