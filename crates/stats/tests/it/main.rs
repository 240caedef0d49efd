//! Reference values, properties and brute-force comparisons, in one test program.

mod metafor;
mod moderators;
mod pooled_reference;
mod properties_bayes;
mod properties_meta;
mod reference;
mod rubin;
mod tails;
