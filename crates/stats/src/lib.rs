//! The mathematics of evidence synthesis: arrays in, small result structs out.
//!
//! * [`distributions`]: normal, Student t, chi-squared and F, accurate in the far tails.
//! * [`meta`]: equal-effects and random-effects meta-analysis, diagnostics, meta-regression and
//!   small-study effects.
//! * [`bayes`]: the exact posterior of the normal–normal hierarchical (Rubin 1981) model.
//! * [`multiple_testing`]: adjusted p-values and q-values over several outcomes.
//! * [`bootstrap`]: wild cluster bootstrap of one coefficient, from cluster sums.
//! * [`instrument`]: two-stage least squares, first stages, weak-instrument diagnostics.
//! * [`logit`]: a penalised logit, its penalty chosen forward in time; calibration, discrimination, lists of stated length.
//! * [`opinion`]: opinion groups, representative statements and common ground from votes.
//! * [`poverty`]: poverty rates of groups from scorecards, their errors and changes, sample sizes.
//! * [`power`]: power, minimum detectable effect, sample size, intracluster correlation.
//! * [`randomisation`]: tests over the assignments that could have been drawn.
//! * [`regression`]: least squares with absorbed factors and robust variances, in memory or from sums.
//! * [`survey`]: means, totals, ratios, domains and quantiles of stratified and clustered samples.
//! * [`vulnerability`]: expected poverty, income volatility, consumption smoothing, coping, recovery.
//!
//! Nothing here reads files, a clock or a global random number generator. Sums run in input order, so the
//! same input gives the same bytes. What the numbers mean (practices, outcomes, units) is the caller's
//! business.

pub mod bayes;
pub mod bootstrap;
pub mod distributions;
pub mod instrument;
pub mod logit;
pub mod meta;
pub mod multiple_testing;
mod normal_table;
pub mod opinion;
pub mod poverty;
pub mod power;
pub mod randomisation;
pub mod regression;
pub mod survey;
pub mod vulnerability;

pub(crate) mod num;
pub(crate) mod parallel;
pub(crate) mod uniform;
