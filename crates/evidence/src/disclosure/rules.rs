//! The rules that judge a release by itself: cells, shares, totals, quantiles, the regression, rounding.

use super::policy::Policy;
use super::release::{Cell, Content, Quantile, Regression, Release};
use super::{Reason, Rule, Verdict};

/// All reasons against a release, in the order of its cells, then quantiles, then the regression.
pub(super) fn check(release: &Release, policy: &Policy) -> Vec<Reason> {
    let mut reasons = Vec::new();
    if release.universe.trim().is_empty() || release.variable.trim().is_empty() {
        reasons.push(fail(
            Rule::Incomplete,
            &release.id,
            "The release does not say whom it could be about, or which variable.".to_owned(),
            "Name the sample and the outcome: without them earlier releases cannot be compared.",
        ));
    }
    if release.cells.is_empty() {
        reasons.push(fail(
            Rule::Incomplete,
            &release.id,
            "The release names no cell, so nothing can be judged.".to_owned(),
            "Give every arm, and every arm of every subgroup, with its count.",
        ));
    }
    for cell in &release.cells {
        check_cell(cell, policy, &mut reasons);
    }
    for quantile in &release.quantiles {
        check_quantile(quantile, policy, &mut reasons);
    }
    if let Some(regression) = &release.regression {
        check_regression(regression, policy, &release.id, &mut reasons);
    }
    reasons
}

pub(super) fn fail(rule: Rule, cell: &str, text: String, hint: &str) -> Reason {
    Reason { rule, verdict: Verdict::Fail, cell: cell.to_owned(), text, hint: hint.to_owned() }
}

pub(super) fn review(rule: Rule, cell: &str, text: String, hint: &str) -> Reason {
    Reason { verdict: Verdict::Review, ..fail(rule, cell, text, hint) }
}

fn check_cell(cell: &Cell, policy: &Policy, reasons: &mut Vec<Reason>) {
    let name = cell.name();
    let least = policy.minimum_count;
    if cell.n < least {
        reasons.push(fail(
            Rule::SmallCell,
            &name,
            format!("Fewer than {least} clients: someone could be recognised."),
            "Leave this subgroup out, or join it with another one.",
        ));
    }
    if cell.complement.is_some_and(|rest| policy.is_small(rest)) {
        reasons.push(fail(
            Rule::SmallComplement,
            &name,
            format!(
                "The whole without this cell is fewer than {least} clients, and can be found by subtraction."
            ),
            "Release the whole alone.",
        ));
    }
    if cell.released_n.is_some_and(|shown| shown != policy.rounded(cell.n)) {
        reasons.push(fail(
            Rule::Rounding,
            &name,
            format!("The count to be shown is not the count to the nearest {}.", policy.rounding_base),
            "Show the rounded count.",
        ));
    }
    match cell.content {
        Content::Count => {}
        Content::Magnitude { absolute_sum, largest } => {
            check_magnitude(&name, cell.n, absolute_sum, largest, policy, reasons);
        }
        Content::Share { numerator, structural } => {
            check_share(&name, cell.n, numerator, structural, policy, reasons);
        }
    }
}

fn check_magnitude(
    name: &str,
    n: u64,
    absolute_sum: f64,
    [first, second]: [f64; 2],
    policy: &Policy,
    reasons: &mut Vec<Reason>,
) {
    // A sum of many terms differs from its parts in the last digits; only more than that is a contradiction.
    let slack = 1e-9 * absolute_sum;
    let known = absolute_sum.is_finite() && first.is_finite() && second.is_finite();
    if !known || second < 0.0 || first < second || absolute_sum + slack < first + second {
        reasons.push(fail(
            Rule::Incomplete,
            name,
            "The total or its two largest contributions are missing or contradict one another.".to_owned(),
            "Give the sum of absolute values and the two largest of them, by person.",
        ));
        return;
    }
    if absolute_sum == 0.0 {
        if n > 0 {
            reasons.push(fail(
                Rule::ClassDisclosure,
                name,
                "Everybody in this cell has the value zero, so the mean tells it of each of them.".to_owned(),
                "Leave this cell out, or join it with another one.",
            ));
        }
        return;
    }
    let two = first + second;
    if two > policy.two_largest * absolute_sum || absolute_sum - two < policy.remainder * first {
        reasons.push(fail(
            Rule::Dominance,
            name,
            "One or two clients make most of the total, and could be estimated from it.".to_owned(),
            "Join the cell with another one, or name a transformation in the plan (rank, logarithm, a ceiling).",
        ));
    }
}

fn check_share(
    name: &str,
    n: u64,
    numerator: u64,
    structural: bool,
    policy: &Policy,
    reasons: &mut Vec<Reason>,
) {
    if numerator > n {
        reasons.push(fail(
            Rule::Incomplete,
            name,
            "More clients have the property than are in the cell.".to_owned(),
            "Check the counts of this cell.",
        ));
        return;
    }
    if n < policy.share_denominator {
        reasons.push(fail(
            Rule::ShareDenominator,
            name,
            format!("A share of fewer than {} people.", policy.share_denominator),
            "Join the cell with another one, or release the count.",
        ));
    }
    if numerator == 0 || numerator == n {
        if !structural {
            reasons.push(fail(
                Rule::ClassDisclosure,
                name,
                "A share of 0 or 100 % tells the answer of every client in the cell.".to_owned(),
                "Leave this cell out, or join it with another one; say so when it follows from the design.",
            ));
        }
    } else if policy.is_small(numerator) || policy.is_small(n - numerator) {
        reasons.push(review(
            Rule::ShareNumerator,
            name,
            format!("Fewer than {} clients have, or lack, the property.", policy.minimum_count),
            "A second person decides whether the share may be shown, and writes down why.",
        ));
    }
}

fn check_quantile(quantile: &Quantile, policy: &Policy, reasons: &mut Vec<Reason>) {
    let inside = quantile.probability > 0.0 && quantile.probability < 1.0;
    if !inside {
        reasons.push(fail(
            Rule::Quantile,
            &quantile.name,
            "A minimum or a maximum is one client's own value.".to_owned(),
            "Show a quantile with enough people on both sides, or none.",
        ));
    } else if quantile.below < policy.minimum_count || quantile.above < policy.minimum_count {
        reasons.push(fail(
            Rule::Quantile,
            &quantile.name,
            format!("Fewer than {} clients lie below or above it.", policy.minimum_count),
            "Show a quantile nearer to the middle.",
        ));
    }
}

fn check_regression(regression: &Regression, policy: &Policy, id: &str, reasons: &mut Vec<Reason>) {
    let Regression { observations, parameters, residual_df, saturation } = *regression;
    if parameters == 0 || observations == 0 {
        reasons.push(fail(
            Rule::Incomplete,
            id,
            "The regression does not say how many rows and parameters it has.".to_owned(),
            "Give both.",
        ));
        return;
    }
    if parameters as f64 > policy.parameters_per_observation * observations as f64 {
        reasons.push(fail(
            Rule::Parameters,
            id,
            "More than a third as many parameters as observations: the fit follows single clients."
                .to_owned(),
            "Use fewer covariates.",
        ));
    }
    // Written so that a residual df that is no number fails as well.
    if residual_df.is_nan() || residual_df < policy.residual_df {
        reasons.push(fail(
            Rule::ResidualDf,
            id,
            format!("Fewer than {} residual degrees of freedom.", policy.residual_df),
            "Use fewer covariates or coarser fixed effects.",
        ));
    }
    match saturation {
        None => reasons.push(fail(
            Rule::Incomplete,
            id,
            "It is not known into how many cells the covariates split the clients.".to_owned(),
            "Count the different rows of covariates and the clients in the smallest.",
        )),
        // A model with as many parameters as cells gives back every cell's mean. That is a table of means, which is
        // harmless when all its cells are large (two arms and nothing else), and otherwise is not.
        Some(cells) if parameters >= cells.distinct_cells && cells.smallest_cell < policy.minimum_count => {
            reasons.push(fail(
                Rule::Saturated,
                id,
                "The model has as many parameters as its covariates have cells, and gives back the mean of a small \
                 one."
                    .to_owned(),
                "Drop interactions, or join small categories.",
            ));
        }
        Some(_) => {}
    }
}
