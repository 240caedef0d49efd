//! The plane of opinion: the two main axes of the votes, where participants and statements lie on it.
//!
//! An unseen vote counts as its statement's mean c_j over those who saw it. With X the votes less c (unseen: 0), the
//! axes are the two leading eigenvectors of XᵀX (Pearson 1901), found exactly through the smaller of XᵀX and XXᵀ. The
//! entry of largest size of an axis is positive (the first of equals). A participant who saw n of the C statements
//! lies at √(C/n)·Σ (v_j − c_j)·axis_j over the seen ones: the projection of Small et al. (2021, Recerca 26), which
//! keeps those who saw little from being drawn to the middle.
//!
//! Left out: more than two axes; imputation by a model.

use super::votes::code;
use super::{OpinionError, Position, Vote, VoteMatrix, same_length};
use faer::linalg::matmul::triangular::{BlockStructure, matmul};
use faer::{Accum, Mat, MatRef, Par, Side};

/// Two axes through the votes.
#[derive(Debug, Clone, PartialEq)]
pub struct Plane {
    /// Mean vote of each statement over those who saw it; 0 when nobody did.
    pub centre: Vec<f64>,
    /// The two axes, each of length 1 over the statements; all zero when the votes do not vary that far.
    pub axes: [Vec<f64>; 2],
    /// Share of the variance that each axis carries.
    pub variance_shares: [f64; 2],
    /// Leading eigenvalue of XᵀX.
    pub leading: f64,
}

/// Mean vote of each statement over those who saw it.
pub(crate) fn centre_of(votes: &VoteMatrix) -> Vec<f64> {
    votes
        .all_counts()
        .into_iter()
        .map(|counts| {
            if counts.seen() == 0 {
                0.0
            } else {
                (counts.agree as f64 - counts.disagree as f64) / counts.seen() as f64
            }
        })
        .collect()
}

/// The lower triangle of XᵀX, or of XXᵀ when that is smaller.
pub(crate) fn smaller_gram(x: MatRef<'_, f64>, gram: &mut Mat<f64>) {
    let full = BlockStructure::Rectangular;
    let (left, right) = if x.ncols() <= x.nrows() { (x.transpose(), x) } else { (x, x.transpose()) };
    matmul(
        gram.as_mut(),
        BlockStructure::TriangularLower,
        Accum::Replace,
        left,
        full,
        right,
        full,
        1.0,
        Par::Seq,
    );
}

/// What each cell adds, by its [`code`]: the vote less the statement's mean, nothing where it was not seen.
fn deviations_from(centre: f64) -> [f64; 4] {
    [Vote::Agree.value() - centre, Vote::Pass.value() - centre, Vote::Disagree.value() - centre, 0.0]
}

/// Votes less their statement's mean, 0 where unseen.
pub(crate) fn centred(votes: &VoteMatrix, centre: &[f64]) -> Mat<f64> {
    let deviations: Vec<[f64; 4]> = centre.iter().map(|centre| deviations_from(*centre)).collect();
    Mat::from_fn(votes.participants(), votes.statements(), |i, j| deviations[j][code(votes.get(i, j))])
}

/// The plane of the votes.
///
/// # Errors
/// [`OpinionError::NoAxes`], which finite votes never cause.
pub fn find_plane(votes: &VoteMatrix) -> Result<Plane, OpinionError> {
    let centre = centre_of(votes);
    let x = centred(votes, &centre);
    plane_of(&x, centre)
}

/// The two main axes of the rows of `x`, which are deviations from `centre`.
pub(crate) fn plane_of(x: &Mat<f64>, centre: Vec<f64>) -> Result<Plane, OpinionError> {
    let (rows, columns) = (x.nrows(), x.ncols());
    let order = rows.min(columns);
    let none = || vec![0.0; columns];
    let total: f64 = (0..columns).map(|j| x.col(j).iter().map(|v| v * v).sum::<f64>()).sum();
    if total <= 0.0 {
        return Ok(Plane { centre, axes: [none(), none()], variance_shares: [0.0; 2], leading: 0.0 });
    }
    let mut gram = Mat::zeros(order, order);
    smaller_gram(x.as_ref(), &mut gram);
    let decomposed = gram.self_adjoint_eigen(Side::Lower).map_err(|_| OpinionError::NoAxes)?;
    // Eigenvalues come in increasing order.
    let value =
        |rank: usize| order.checked_sub(rank + 1).map_or(0.0, |at| decomposed.S().column_vector()[at]);
    let axis = |rank: usize| {
        let Some(at) = order.checked_sub(rank + 1) else { return none() };
        if value(rank) <= 1e-12 * total {
            return none();
        }
        let vector = decomposed.U().col(at);
        let raw: Vec<f64> = if columns <= rows {
            vector.iter().copied().collect()
        } else {
            (0..columns).map(|j| x.col(j).iter().zip(vector.iter()).map(|(a, b)| a * b).sum()).collect()
        };
        signed_unit(raw)
    };
    Ok(Plane {
        axes: [axis(0), axis(1)],
        variance_shares: [value(0) / total, if order > 1 { value(1) / total } else { 0.0 }],
        leading: value(0),
        centre,
    })
}

/// The vector at length 1, its entry of largest size positive.
fn signed_unit(vector: Vec<f64>) -> Vec<f64> {
    let mut largest = 0.0_f64;
    for value in &vector {
        // Equal sizes that differ by rounding must not change the sign from one machine to the next.
        if value.abs() > largest.abs() * (1.0 + 1e-9) {
            largest = *value;
        }
    }
    let length = vector.iter().map(|value| value * value).sum::<f64>().sqrt();
    let scale = if largest < 0.0 { -1.0 / length } else { 1.0 / length };
    vector.into_iter().map(|value| value * scale).collect()
}

impl Plane {
    /// Where each participant lies; `[0, 0]` for one who saw nothing.
    ///
    /// # Errors
    /// [`OpinionError::Shape`] when the votes are on another number of statements.
    pub fn project(&self, votes: &VoteMatrix) -> Result<Vec<Position>, OpinionError> {
        same_length("statements", votes.statements(), self.centre.len())?;
        let all = votes.statements() as f64;
        let deviations: Vec<[f64; 4]> = self.centre.iter().map(|centre| deviations_from(*centre)).collect();
        Ok((0..votes.participants())
            .map(|participant| {
                let mut position = [0.0; 2];
                let mut seen = 0usize;
                for (j, cell) in votes.row(participant).iter().enumerate() {
                    seen += usize::from(cell.is_some());
                    let deviation = deviations[j][code(*cell)];
                    position[0] += deviation * self.axes[0][j];
                    position[1] += deviation * self.axes[1][j];
                }
                let scale = (all / seen.max(1) as f64).sqrt();
                position.map(|along| along * scale)
            })
            .collect())
    }

    /// Where a person would lie who saw one statement only and agreed: √C·(1 − c_j)·axis_j, by statement.
    pub fn statement_positions(&self) -> Vec<Position> {
        self.positions_of_answer(1.0)
    }

    pub(crate) fn positions_of_answer(&self, answer: f64) -> Vec<Position> {
        let root = (self.centre.len() as f64).sqrt();
        self.centre
            .iter()
            .enumerate()
            .map(|(j, centre)| {
                let along = root * (answer - centre);
                [along * self.axes[0][j], along * self.axes[1][j]]
            })
            .collect()
    }

    /// How far each statement's position is from the middle: how much a vote on it says about where a person stands.
    pub fn extremity(&self) -> Vec<f64> {
        self.statement_positions().iter().map(|position| position[0].hypot(position[1])).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two camps that answer alike within and opposite between.
    fn camps(participants: usize, statements: usize) -> VoteMatrix {
        let mut votes = VoteMatrix::unseen(participants, statements);
        for i in 0..participants {
            for j in 0..statements {
                if (i + j) % 5 != 4 {
                    votes.set(i, j, Some(if i % 2 == 0 { Vote::Agree } else { Vote::Disagree }));
                }
            }
        }
        votes
    }

    #[test]
    fn both_grams_give_the_same_plane() {
        let tall = camps(20, 6);
        let x = centred(&tall, &centre_of(&tall));
        let direct = plane_of(&x, centre_of(&tall)).unwrap();
        // Rows of zeros change nothing in XᵀX; columns of zeros make the other Gram the smaller one.
        let wide = Mat::from_fn(20, 60, |i, j| if j < 6 { x[(i, j)] } else { 0.0 });
        let other = plane_of(&wide, vec![0.0; 60]).unwrap();
        for (a, b) in direct.axes[0].iter().zip(&other.axes[0]) {
            assert!((a - b).abs() < 1e-12);
        }
        assert!((direct.leading - other.leading).abs() < 1e-9);
        assert!(direct.variance_shares[0] > 0.7);
    }

    #[test]
    fn camps_lie_on_two_sides_and_the_sign_is_fixed() {
        let votes = camps(20, 6);
        let plane = find_plane(&votes).unwrap();
        let positions = plane.project(&votes).unwrap();
        assert!(positions.iter().enumerate().all(|(i, p)| (p[0] > 0.0) == (i % 2 == 0)));
        let largest =
            plane.axes[0].iter().copied().fold(0.0, |a: f64, b| if b.abs() > a.abs() { b } else { a });
        assert!(largest > 0.0);
        assert_eq!(plane.extremity().len(), 6);
    }

    #[test]
    fn votes_that_do_not_vary_have_no_axes() {
        let mut votes = VoteMatrix::unseen(4, 3);
        assert_eq!(find_plane(&votes).unwrap().axes[0], [0.0; 3]);
        for i in 0..4 {
            votes.set(i, 0, Some(Vote::Agree));
        }
        assert_eq!(find_plane(&votes).unwrap().variance_shares, [0.0; 2]);
        assert_eq!(find_plane(&VoteMatrix::unseen(0, 0)).unwrap().leading, 0.0);
    }
}
