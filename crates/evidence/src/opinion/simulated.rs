//! Discussions with a known truth, for calibration: votes without any structure, or two groups that differ by a known
//! amount on half of the statements.
//!
//! Without groups everyone agrees with a statement at the same rate, drawn between 20 and 80 in 100; with a difference δ
//! every second statement has the rates 0.5 ± δ/2 in the two groups, the side drawn for each. 5 to 25 in 100 pass, by
//! statement; each statement is seen by each person with the same chance.

use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;

/// A discussion to simulate.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Truth {
    /// People; even and odd ones are the two groups.
    pub(crate) people: usize,
    /// Statements.
    pub(crate) statements: usize,
    /// Chance that a person sees a statement.
    pub(crate) seen: f64,
    /// Difference between the groups on half of the statements; 0 for no groups.
    pub(crate) delta: f64,
}

/// Person, statement, and 1, 0 or −1.
pub(crate) fn votes(truth: Truth, seed: u64) -> Vec<(usize, usize, i8)> {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let mut votes = Vec::new();
    for statement in 0..truth.statements {
        let pass: f64 = rng.random_range(0.05..0.25);
        let side = if rng.random::<bool>() { 0.5 } else { -0.5 };
        let common: f64 = rng.random_range(0.2..0.8);
        for person in 0..truth.people {
            let agree = if truth.delta > 0.0 && statement % 2 == 0 {
                0.5 + truth.delta * if person % 2 == 0 { side } else { -side }
            } else {
                common
            };
            let (sees, passes, agrees) =
                (rng.random::<f64>() < truth.seen, rng.random::<f64>() < pass, rng.random::<f64>() < agree);
            if sees {
                votes.push((
                    person,
                    statement,
                    if passes {
                        0
                    } else if agrees {
                        1
                    } else {
                        -1
                    },
                ));
            }
        }
    }
    votes
}
