//! Whether the votes hold more structure than shuffled ones: parallel analysis (Horn 1965) by permutation.
//!
//! The seen votes of each statement are shuffled among those who saw it, so every statement keeps its answers and
//! everyone what they saw, and only the connection between statements is lost. The statistic is the first axis's share
//! of the variance. Means and total variance are the same in every shuffle, so comparing shares is comparing leading
//! eigenvalues λ₁; and λ₁ < σ exactly when σI − XᵀX is positive definite (Sylvester 1852), so one Cholesky
//! factorisation decides each shuffle, with nothing iterated and nothing left to a tolerance but rounding.
//! p = (1 + shuffles with λ₁ ≥ the observed)/(1 + B) (Phipson and Smyth 2010).
//!
//! Left out: tests of the second axis; the shuffles' own eigenvalues, which the p-value does not need.

use super::plane::{centre_of, centred, plane_of, smaller_gram};
use super::{OpinionError, VoteMatrix};
use crate::uniform::below;
use faer::{Mat, Side};
use rand::Rng;
use std::cmp::Ordering;
use std::num::NonZeroUsize;

/// Equal eigenvalues that differ by rounding count as equal.
const ROUNDING: f64 = 1e-10;

/// What the shuffles say.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PermutationGate {
    /// Share of the variance on the first axis, as voted.
    pub variance_share: f64,
    /// Shuffles made.
    pub permutations: usize,
    /// Shuffles whose share was as large or larger.
    pub as_large: usize,
    /// (1 + as large)/(1 + shuffles).
    pub p_value: f64,
}

/// The votes of one statement, ready to be shuffled.
struct Column {
    statement: usize,
    rows: Vec<usize>,
    deviations: Vec<f64>,
}

/// Shuffles the votes `permutations` times on `threads` threads. `stream` makes the random generator of a shuffle from
/// its number, so that neither the number of threads nor their order matters.
///
/// # Errors
/// [`OpinionError::NoAxes`], which finite votes never cause.
pub fn permutation_gate<R, S>(
    votes: &VoteMatrix,
    permutations: usize,
    threads: NonZeroUsize,
    stream: &S,
) -> Result<PermutationGate, OpinionError>
where
    R: Rng,
    S: Fn(u64) -> R + Sync,
{
    let centre = centre_of(votes);
    let observed = centred(votes, &centre);
    let plane = plane_of(&observed, centre)?;
    let limit = plane.leading * (1.0 - ROUNDING);
    let columns = columns_of(votes, &observed);
    let one = |first: usize| {
        let mut x = Mat::zeros(votes.participants(), votes.statements());
        let order = votes.participants().min(votes.statements());
        let mut gram = Mat::zeros(order, order);
        let mut shuffled = Vec::new();
        (first..permutations)
            .step_by(threads.get())
            .filter(|number| {
                shuffle_into(&mut x, &columns, &mut stream(*number as u64), &mut shuffled);
                smaller_gram(x.as_ref(), &mut gram);
                reaches(&gram, limit)
            })
            .count()
    };
    let as_large = if plane.leading <= 0.0 {
        permutations
    } else if threads.get() == 1 {
        one(0)
    } else {
        std::thread::scope(|scope| {
            let work: Vec<_> = (0..threads.get()).map(|first| scope.spawn(move || one(first))).collect();
            work.into_iter()
                .map(|thread| thread.join().map_err(|_| OpinionError::NoAxes))
                .sum::<Result<_, _>>()
        })?
    };
    Ok(PermutationGate {
        variance_share: plane.variance_shares[0],
        permutations,
        as_large,
        p_value: (1.0 + as_large as f64) / (1.0 + permutations as f64),
    })
}

/// The statements on which more than one vote was cast, with what differs from their mean.
fn columns_of(votes: &VoteMatrix, observed: &Mat<f64>) -> Vec<Column> {
    (0..votes.statements())
        .map(|statement| {
            let rows: Vec<usize> =
                (0..votes.participants()).filter(|i| votes.get(*i, statement).is_some()).collect();
            let deviations = rows.iter().map(|i| observed[(*i, statement)]).collect();
            Column { statement, rows, deviations }
        })
        .filter(|column| column.rows.len() > 1)
        .collect()
}

/// Fisher and Yates's shuffle of every column, written over the seen cells of `x`.
fn shuffle_into<R: Rng>(x: &mut Mat<f64>, columns: &[Column], rng: &mut R, shuffled: &mut Vec<f64>) {
    for column in columns {
        shuffled.clone_from(&column.deviations);
        for last in (1..shuffled.len()).rev() {
            shuffled.swap(last, below(rng, last + 1));
        }
        for (row, deviation) in column.rows.iter().zip(shuffled.iter()) {
            x[(*row, column.statement)] = *deviation;
        }
    }
}

/// Whether the largest eigenvalue of the matrix whose lower triangle this is reaches `limit`.
fn reaches(gram: &Mat<f64>, limit: f64) -> bool {
    let order = gram.nrows();
    let shifted = Mat::from_fn(order, order, |i, j| match i.cmp(&j) {
        Ordering::Less => 0.0,
        Ordering::Equal => limit - gram[(i, j)],
        Ordering::Greater => -gram[(i, j)],
    });
    shifted.llt(Side::Lower).is_err()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::opinion::Vote;
    use rand_chacha::ChaCha8Rng;
    use rand_chacha::rand_core::SeedableRng;

    fn stream(number: u64) -> ChaCha8Rng {
        let mut rng = ChaCha8Rng::seed_from_u64(11);
        rng.set_stream(number);
        rng
    }

    fn votes(participants: usize, statements: usize, camps: bool) -> VoteMatrix {
        let mut rng = ChaCha8Rng::seed_from_u64(5);
        let mut votes = VoteMatrix::unseen(participants, statements);
        for i in 0..participants {
            for j in 0..statements {
                let vote = if camps && below(&mut rng, 4) > 0 {
                    if (i + j) % 2 == 0 { Vote::Agree } else { Vote::Disagree }
                } else {
                    [Vote::Agree, Vote::Pass, Vote::Disagree][below(&mut rng, 3)]
                };
                if below(&mut rng, 3) > 0 {
                    votes.set(i, j, Some(vote));
                }
            }
        }
        votes
    }

    #[test]
    fn the_cholesky_test_is_the_eigenvalue_comparison() {
        for (participants, statements) in [(40, 9), (9, 40)] {
            let votes = votes(participants, statements, false);
            let centre = centre_of(&votes);
            let observed = centred(&votes, &centre);
            let plane = plane_of(&observed, centre).unwrap();
            let columns = columns_of(&votes, &observed);
            let mut x = Mat::zeros(participants, statements);
            let mut gram = Mat::zeros(9, 9);
            let mut both = [0, 0];
            for number in 0..60 {
                shuffle_into(&mut x, &columns, &mut stream(number), &mut Vec::new());
                smaller_gram(x.as_ref(), &mut gram);
                let values = gram.self_adjoint_eigenvalues(Side::Lower).unwrap();
                let larger = values[8] >= plane.leading;
                assert_eq!(reaches(&gram, plane.leading * (1.0 - ROUNDING)), larger);
                both[usize::from(larger)] += 1;
            }
            assert!(both[0] > 0 && both[1] > 0, "{both:?}");
        }
    }

    #[test]
    fn camps_pass_and_threads_do_not_matter() {
        let camps = votes(60, 12, true);
        let run =
            |threads| permutation_gate(&camps, 99, NonZeroUsize::new(threads).unwrap(), &stream).unwrap();
        assert_eq!(run(1).as_large, 0);
        assert_eq!(run(1).p_value, 0.01);
        let none = votes(60, 12, false);
        let run =
            |threads| permutation_gate(&none, 99, NonZeroUsize::new(threads).unwrap(), &stream).unwrap();
        assert!(run(1).p_value > 0.05);
        assert_eq!(run(1), run(3));
    }

    #[test]
    fn votes_that_do_not_vary_show_nothing() {
        let mut same = VoteMatrix::unseen(30, 8);
        let gate = permutation_gate(&same, 19, NonZeroUsize::MIN, &stream).unwrap();
        assert_eq!(gate.p_value, 1.0);
        for i in 0..30 {
            same.set(i, 0, Some(Vote::Agree));
            same.set(i, 1, Some(if i == 0 { Vote::Agree } else { Vote::Disagree }));
        }
        assert_eq!(permutation_gate(&same, 19, NonZeroUsize::MIN, &stream).unwrap().p_value, 1.0);
    }
}
