//! Reference values, properties and brute-force comparisons, in one test program.

#![expect(clippy::disallowed_methods, reason = "tests compare finite numbers; a NaN fails the comparison")]

#[cfg(test)]
mod households;
#[cfg(test)]
mod instruments;
#[cfg(test)]
mod logit;
#[cfg(test)]
mod metafor;
#[cfg(test)]
mod moderators;
#[cfg(test)]
mod multiple_testing;
#[cfg(test)]
mod opinion_polis;
#[cfg(test)]
mod pooled_reference;
#[cfg(test)]
mod poverty;
#[cfg(test)]
mod power;
#[cfg(test)]
mod properties_bayes;
#[cfg(test)]
mod properties_meta;
#[cfg(test)]
mod properties_regression;
#[cfg(test)]
mod randomisation;
#[cfg(test)]
mod reference;
#[cfg(test)]
mod regression;
#[cfg(test)]
mod regression_absorbed;
#[cfg(test)]
mod regression_edges;
#[cfg(test)]
mod rubin;
#[cfg(test)]
mod survey;
#[cfg(test)]
mod tails;
#[cfg(test)]
mod vulnerability;
#[cfg(test)]
mod wild_bootstrap;
