//! The draws themselves, eight at a time: each lane of an array is one draw, so that every lane's sums run in
//! cluster order whatever the width of the machine's registers.

use rand::Rng;

use super::inversion::Shifted;
use super::problem::WildProblem;
use super::weights::Source;

pub(crate) const LANES: usize = 8;
type Lanes = [f64; LANES];

/// Weights of eight draws, one row a cluster; lanes beyond `wanted` stay 0.
pub(crate) fn fill_block<R: Rng + ?Sized>(source: &mut Source<R>, wanted: usize, block: &mut [Lanes]) {
    block.fill([0.0; LANES]);
    for lane in 0..wanted {
        source.fill(block.iter_mut().map(|row| &mut row[lane]));
    }
}

/// All draws of one problem.
pub(crate) fn draw_all<R: Rng + ?Sized>(
    problem: &WildProblem,
    source: &mut Source<R>,
    count: usize,
) -> Vec<Shifted> {
    let mut block = vec![[0.0; LANES]; problem.clusters];
    let mut out = Vec::with_capacity(count);
    while out.len() < count {
        let wanted = LANES.min(count - out.len());
        fill_block(source, wanted, &mut block);
        out.extend(evaluate(problem, &block).into_iter().take(wanted));
    }
    out
}

#[inline]
fn add_scaled(sum: &mut Lanes, factor: f64, values: &Lanes) {
    for (sum, value) in sum.iter_mut().zip(values) {
        *sum += factor * value;
    }
}

/// Eight draws as functions of the shift.
pub(crate) fn evaluate(problem: &WildProblem, block: &[Lanes]) -> [Shifted; LANES] {
    let order = problem.order;
    // Σ v_g s_g and the same of the slopes.
    let mut moved = vec![[0.0; LANES]; order];
    let mut moved_slope = vec![[0.0; LANES]; order];
    let rows = problem.scores.chunks_exact(order).zip(problem.slopes.chunks_exact(order));
    for ((scores, slopes), v) in rows.clone().zip(block) {
        for (j, (score, slope)) in scores.iter().zip(slopes).enumerate() {
            add_scaled(&mut moved[j], *score, v);
            add_scaled(&mut moved_slope[j], *slope, v);
        }
    }
    let along = |moved: &[Lanes]| {
        let mut sum = [0.0; LANES];
        for (c, moved) in problem.direction.iter().zip(moved) {
            add_scaled(&mut sum, *c, moved);
        }
        sum
    };
    let (n0, n1) = (along(&moved), along(&moved_slope));
    // c·X̃_gᵀWX̃_g·A⁻¹m = (slope of g)·(c_j A⁻¹m)
    let pulled = |moved: &[Lanes]| -> Vec<Lanes> {
        problem
            .bread
            .chunks_exact(order)
            .map(|row| {
                let mut sum = [0.0; LANES];
                for (a, moved) in row.iter().zip(moved) {
                    add_scaled(&mut sum, a * problem.leverage, moved);
                }
                sum
            })
            .collect()
    };
    let (pull, pull_slope) = (pulled(&moved), pulled(&moved_slope));
    let (mut q0, mut q1, mut q2) = ([0.0; LANES], [0.0; LANES], [0.0; LANES]);
    let influences = problem.influence.iter().zip(&problem.influence_slope);
    for ((slopes, (a0, a1)), v) in problem.slopes.chunks_exact(order).zip(influences).zip(block) {
        let (mut r0, mut r1) = ([0.0; LANES], [0.0; LANES]);
        add_scaled(&mut r0, *a0, v);
        add_scaled(&mut r1, *a1, v);
        for ((slope, pull), pull_slope) in slopes.iter().zip(&pull).zip(&pull_slope) {
            add_scaled(&mut r0, -slope, pull);
            add_scaled(&mut r1, -slope, pull_slope);
        }
        for lane in 0..LANES {
            q0[lane] += r0[lane] * r0[lane];
            q1[lane] += r0[lane] * r1[lane];
            q2[lane] += r1[lane] * r1[lane];
        }
    }
    std::array::from_fn(|lane| Shifted {
        numerator: [n0[lane], n1[lane]],
        variance: [q0[lane], 2.0 * q1[lane], q2[lane]],
    })
}
