//! Opinion groups from votes: whether there are any, what tells them apart, where all of them agree.
//!
//! The road of the default engine, each step a function of its own: a [`VoteMatrix`]; its plane of opinion
//! ([`find_plane`]: the two main axes of the votes by an exact eigen-decomposition, and positions that allow for
//! statements not seen); whether the votes hold more structure than shuffled ones ([`permutation_gate`]); how many
//! groups ([`choose_groups`]: seeded k-means++, prediction strength); what each group says that the others do not,
//! tested on statements that did not make the groups ([`cross_fit`]); common ground and dividing lines
//! ([`common_ground`], [`opposite_sides`]) by Wilson intervals; which statement to show next ([`routing_weights`]);
//! signs of coordinated voting ([`integrity`]). [`polis`] holds the published mathematics of the Polis system, for
//! comparison and import.
//!
//! Random numbers come from the caller, every tie goes to the lowest number, and nothing depends on the count of
//! threads. Left out: who voted, what statements say, reasons for a pass (the caller leaves out or counts such votes),
//! the one-factor bridging model (it needs more votes than a discussion has).

mod agreement;
mod choice;
mod cross_fit;
mod gate;
pub mod integrity;
mod kmeans;
mod matching;
mod plane;
pub mod polis;
mod routing;
mod shares;
mod votes;

use thiserror::Error;

pub use agreement::{CommonGround, common_ground, common_ground_without_groups, opposite_sides};
pub use choice::{GroupChoice, choose_groups, prediction_strength};
pub use cross_fit::{CrossFit, Representative, cross_fit};
pub use gate::{PermutationGate, permutation_gate};
pub use kmeans::{Partition, kmeans};
pub use matching::{adjusted_rand, match_by_overlap};
pub use plane::{Plane, find_plane};
pub use routing::{RoutingCounts, draw_weighted, routing_weights};
pub use shares::{ShareInterval, fisher_exact, newcombe, wilson};
pub use votes::{Vote, VoteCounts, VoteMatrix};

/// A place in the plane of opinion.
pub type Position = [f64; 2];

/// Why the mathematics of opinion stopped.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum OpinionError {
    /// The eigen-decomposition did not converge; the votes are then not finite numbers.
    #[error("the axes of the votes could not be found")]
    NoAxes,
    /// Slices that belong together differ in length.
    #[error("{what}: {have} given, {want} needed")]
    Shape {
        /// What was given.
        what: &'static str,
        /// How many.
        have: usize,
        /// How many are needed.
        want: usize,
    },
}

pub(crate) fn same_length(what: &'static str, have: usize, want: usize) -> Result<(), OpinionError> {
    if have == want { Ok(()) } else { Err(OpinionError::Shape { what, have, want }) }
}
