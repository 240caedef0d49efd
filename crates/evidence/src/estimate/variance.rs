//! Which variance the design asks for, and what its clusters warn of or forbid.
//!
//! Up to 500 clusters CR2, beyond CR1S; without clusters HC2, with something absorbed HC1; the plan may name another. The
//! same rules hold for rows in memory and for sums from a scan: both bring only the counts.

use super::setup::notice;
use whatworks_domain::study::{Notice, StudyPlan, Variance};

/// Up to this many clusters the default variance is CR2. Beyond, CR1S covers as well (`docs/methods/coverage.md`) and
/// costs less.
pub(super) const MANY_CLUSTERS: usize = 500;
/// Fewest clusters of an arm with which its share of the variance is known at all well.
const FEWEST_CLUSTERS_IN_ARM: usize = 5;
/// CR2 holds a column for every level of an absorbed factor that crosses the clusters: most such levels …
const MOST_CROSSING_LEVELS: usize = 256;
/// … and most numbers in those columns.
const MOST_CROSSING_CELLS: usize = 100_000_000;

/// What there is to know about the clusters.
pub(super) struct ClusterFacts<'a> {
    pub(super) name: &'a str,
    pub(super) count: usize,
    /// Clusters with rows of an arm, of the arm that has fewer.
    pub(super) fewest_in_arm: usize,
    /// Whether the factors that cross them are small enough for CR2.
    pub(super) room_for_cr2: bool,
}

/// Whether CR2's columns for levels of factors that cross the clusters stay within memory.
pub(super) fn crossing_fits_cr2(levels: usize, rows: usize) -> bool {
    levels <= MOST_CROSSING_LEVELS && levels.saturating_mul(rows) <= MOST_CROSSING_CELLS
}

/// The variance, and whether an arm consists of fewer clusters than its variance can be learnt from.
pub(super) fn judge_variance(
    plan: &StudyPlan,
    absorbed: usize,
    clusters: Option<&ClusterFacts<'_>>,
    warnings: &mut Vec<Notice>,
    refusals: &mut Vec<Notice>,
) -> (Variance, bool) {
    // HC2 is for where nothing is absorbed: with strata it covers no better than HC1.
    let default = match clusters {
        Some(facts) if facts.count <= MANY_CLUSTERS && facts.room_for_cr2 => Variance::CR2,
        Some(_) => Variance::CR1S,
        None if absorbed == 0 => Variance::HC2,
        None => Variance::HC1,
    };
    let wanted = plan.inference.vcov.unwrap_or(default);
    if absorbed > 1 && matches!(wanted, Variance::HC2 | Variance::HC3) {
        let text = format!("{} is not offered where two factors or more are absorbed.", wanted.as_str());
        refusals.push(notice(
            "variance_not_offered",
            text,
            "Leave vcov out, or choose HC1 or a clustered variance.",
        ));
    }
    match clusters.map(|facts| facts.count) {
        Some(count) if count < 2 => refusals.push(notice(
            "one_cluster",
            "There is one cluster only, so nothing says how much clusters differ.",
            "Check the cluster column; a practice tried in one place cannot be told from the place.",
        )),
        Some(count) if count < 30 => warnings.push(notice(
            "few_clusters",
            format!("There are {count} clusters: intervals rest on few independent pieces of information."),
            "Read the wild cluster bootstrap beside them; below 10 clusters the word “significant” is withheld.",
        )),
        None if wanted.is_clustered() => refusals.push(notice(
            "no_clusters",
            format!("The plan asks for {} and names no cluster.", wanted.as_str()),
            "Add cluster to [design], or choose HC1 or HC2.",
        )),
        _ => {}
    }
    if clusters.is_some() && !wanted.is_clustered() {
        warnings.push(notice(
            "not_clustered",
            format!(
                "The plan overrides the clustered default with {}: intervals may be far too narrow.",
                wanted.as_str()
            ),
            "Leave vcov out unless there is a reason.",
        ));
    }
    let mut few_in_an_arm = false;
    if let Some(facts) = clusters.filter(|_| refusals.is_empty()) {
        if facts.fewest_in_arm < 2 {
            let name = facts.name;
            refusals.push(notice(
                "one_cluster_in_an_arm",
                format!("One arm lies in a single cluster of {name}, so the practice cannot be told from the place."),
                "Nothing mends this but more clusters.",
            ));
        } else if facts.fewest_in_arm < FEWEST_CLUSTERS_IN_ARM {
            few_in_an_arm = true;
            let fewest = facts.fewest_in_arm;
            warnings.push(notice(
                "few_clusters_in_an_arm",
                format!("One arm consists of {fewest} clusters: standard errors are likely far too small."),
                "Read the wild cluster bootstrap; the word “significant” is withheld.",
            ));
        }
    }
    (wanted, few_in_an_arm)
}
