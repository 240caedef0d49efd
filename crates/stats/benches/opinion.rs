//! How fast opinion groups are: 1,600 people × 200 statements, half of them seen, three true groups.
//!
//! `cargo bench -p whatworks-stats --bench opinion [-- VOTES.csv]` prints the mathematics (axes, number of groups, tests
//! on both folds), the gate of 199 shuffles on one thread and on two, and the formulas of Polis; each line is the median
//! of several runs. With a file (participant, statement, vote by number) the same votes can be given to another program.

#![expect(clippy::print_stdout, reason = "a benchmark reports on stdout")]
#![expect(clippy::unwrap_used, reason = "a benchmark may stop")]

use std::hint::black_box;
use std::num::NonZeroUsize;
use std::time::{Duration, Instant};

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use whatworks_stats::distributions::normal_quantile;
use whatworks_stats::opinion::{
    Vote, VoteCounts, VoteMatrix, choose_groups, common_ground, cross_fit, find_plane, permutation_gate,
    polis,
};

/// Median time of `runs` runs.
#[expect(clippy::disallowed_methods, reason = "a benchmark measures time")]
fn median(runs: usize, mut work: impl FnMut()) -> Duration {
    let mut times: Vec<Duration> = (0..runs)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed()
        })
        .collect();
    times.sort();
    times[runs / 2]
}

/// Three groups with logistic answers: agree above 0.6, disagree below −0.6.
fn simulated(people: usize, statements: usize) -> VoteMatrix {
    let mut rng = ChaCha8Rng::seed_from_u64(5);
    let mut uniform = || ((rng.next_u64() >> 11) as f64 + 0.5) / 9_007_199_254_740_992.0;
    let means: Vec<f64> = (0..3 * statements).map(|_| 1.2 * normal_quantile(uniform())).collect();
    let mut votes = VoteMatrix::unseen(people, statements);
    for i in 0..people {
        for j in 0..statements {
            let (seen, u) = (uniform() < 0.5, uniform());
            let leaning = means[(i % 3) * statements + j] + (u / (1.0 - u)).ln();
            let vote = if leaning > 0.6 {
                Vote::Agree
            } else if leaning < -0.6 {
                Vote::Disagree
            } else {
                Vote::Pass
            };
            votes.set(i, j, seen.then_some(vote));
        }
    }
    votes
}

fn from_file(path: &str) -> VoteMatrix {
    let mut reader = csv::Reader::from_path(path).unwrap();
    let rows: Vec<(usize, usize, i8)> = reader.deserialize().map(Result::unwrap).collect();
    let most = |one: fn(&(usize, usize, i8)) -> usize| rows.iter().map(one).max().unwrap() + 1;
    let mut votes = VoteMatrix::unseen(most(|row| row.0), most(|row| row.1));
    for (i, j, vote) in &rows {
        votes.set(
            *i,
            *j,
            Some(match vote {
                1 => Vote::Agree,
                0 => Vote::Pass,
                _ => Vote::Disagree,
            }),
        );
    }
    votes
}

fn stream(number: u64) -> ChaCha8Rng {
    let mut rng = ChaCha8Rng::seed_from_u64(11);
    rng.set_stream(number);
    rng
}

/// Everything but the gate.
fn mathematics(votes: &VoteMatrix, threads: NonZeroUsize) -> usize {
    let plane = find_plane(votes).unwrap();
    let positions = plane.project(votes).unwrap();
    let smallest = votes.participants().div_ceil(20);
    let Some(partition) =
        choose_groups(&positions, 5, smallest, threads, &|k| stream((1 << 40) + k)).partition
    else {
        return 0;
    };
    let groups = partition.centres.len();
    let folds: Vec<bool> = (0..votes.statements()).map(|j| j % 2 == 0).collect();
    black_box(
        cross_fit(votes, &partition.labels, groups, &folds, 3, threads, &|fold| stream((1 << 41) + fold))
            .unwrap(),
    );
    let labels: Vec<Option<usize>> = partition.labels.iter().map(|label| Some(*label)).collect();
    let counts = votes.counts_by_group(&labels, groups);
    for j in 0..votes.statements() {
        let own: Vec<VoteCounts> = counts.iter().map(|group| group[j]).collect();
        black_box(common_ground(&own));
    }
    groups
}

/// The formulas of Polis from a cold start.
fn polis_formulas(votes: &VoteMatrix) -> usize {
    let ratings = polis::rating_matrix(votes, &[]);
    let plane = polis::components(&ratings).unwrap();
    let found = polis::find_polis_groups(votes, &plane.project(&ratings).unwrap());
    let counts = votes.counts_by_group(&found.labels, found.centres.len());
    let all: Vec<VoteCounts> = votes.all_counts();
    black_box(polis::representative(&counts, &[]));
    black_box(polis::consensus(&all, &[]));
    black_box(polis::group_aware_consensus(&counts));
    black_box(polis::priorities(&all, &polis::extremity(&plane), &[]));
    found.centres.len()
}

fn main() {
    let file = std::env::args().skip(1).find(|argument| !argument.starts_with("--"));
    let votes = file.map_or_else(|| simulated(1_600, 200), |path| from_file(&path));
    println!("{} people x {} statements", votes.participants(), votes.statements());
    let mut groups = 0;
    let time = median(9, || groups = polis_formulas(&votes));
    println!("formulas of Polis, {groups} groups {:>8.3} s", time.as_secs_f64());
    for threads in [1, 2] {
        let threads = NonZeroUsize::new(threads).unwrap();
        let mut p = 0.0;
        let time = median(9, || groups = mathematics(&votes, threads));
        println!("mathematics, {groups} groups, {threads} threads {:>8.3} s", time.as_secs_f64());
        let time = median(1, || p = permutation_gate(&votes, 199, threads, &stream).unwrap().p_value);
        println!("gate, 199 shuffles, {threads} threads {:>8.3} s (p {p})", time.as_secs_f64());
    }
}
