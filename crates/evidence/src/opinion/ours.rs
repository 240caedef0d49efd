//! The default engine: gate, groups, tests on statements that did not make the groups, common ground, routing.

use super::matrix::{Ballots, Reading};
use super::result::{
    Engine, Gate, GroupAnswers, NoGroups, OpinionGroup, OpinionMap, Placed, RepresentativeOf,
    StatementResult, Strength,
};
use super::segments::{self, Merged};
use super::{OpinionError, Options, VoteLog, naming};
use sha2::{Digest, Sha256};
use whatworks_stats::opinion::{
    CrossFit, Plane, Position, RoutingCounts, VoteCounts, choose_groups, common_ground,
    common_ground_without_groups, cross_fit, find_plane, opposite_sides, permutation_gate, routing_weights,
};

/// Answers with which a person is placed.
const ENOUGH_ANSWERS: usize = 7;
/// People without whom nothing is tested.
const ENOUGH_VOTERS: usize = 20;
/// p-value above which the votes show no structure.
const LARGEST_P: f64 = 0.05;
/// People in the smallest group, and their share in 100.
const SMALLEST_GROUP: usize = 5;
/// Groups at most.
const MOST_GROUPS: usize = 5;
/// False discovery rate of representative statements.
const FALSE_DISCOVERIES: f64 = 0.10;
/// Streams of the seed: below are the shuffles of the gate.
const CHOICE: u64 = 1 << 40;
const CROSS_FIT: u64 = 1 << 41;

/// What was found of groups.
struct Found {
    gate: Gate,
    /// By row of the ballots.
    labels: Vec<Option<usize>>,
    groups: usize,
    strengths: Vec<Strength>,
    tests: Option<CrossFit>,
}

pub(super) fn map(log: &VoteLog, options: &Options) -> Result<OpinionMap, OpinionError> {
    let ballots = Ballots::of(log, options, Reading::Reasons);
    let enough = ENOUGH_ANSWERS.min(ballots.statements.len()).max(1);
    let placed: Vec<usize> =
        (0..ballots.participants.len()).filter(|row| ballots.votes.seen_by(*row) >= enough).collect();
    let plane = find_plane(&ballots.votes.rows(&placed))?;
    let positions = plane.project(&ballots.votes)?;
    let found = find_groups(&ballots, options, &plane, &positions, &placed)?;
    let letters = naming::letters(found.groups, &ballots.participants, &found.labels, &options.previous);
    let merged: Vec<Merged> =
        options.segmentations.iter().filter_map(|one| segments::merge(one, &ballots)).collect();
    let statements = statements(&ballots, &found, &letters, &merged, &plane);
    let group_segments = merged.iter().flat_map(|one| one.people(&found.labels, &letters)).collect();
    let projection = ballots
        .participants
        .iter()
        .zip(&positions)
        .zip(&found.labels)
        .map(|((participant, position), label)| Placed {
            participant: Some(participant.clone()),
            x: position[0],
            y: position[1],
            group: label.map(|group| letters[group].clone()),
        })
        .collect();
    Ok(OpinionMap {
        engine: Engine::Default,
        n_participants: ballots.participants.len(),
        n_statements: ballots.statements.len(),
        n_votes: ballots.count(),
        stability: found.tests.as_ref().and_then(|tests| tests.stability),
        groups: sizes(&letters, &found.labels),
        gate: found.gate,
        strengths: found.strengths,
        projection,
        statements,
        group_segments,
        repness: None,
        consensus: None,
        seed: ballots.seed_text(),
        vote_log_head: ballots.head.to_string(),
    })
}

/// The groups in the order of their letters.
pub(super) fn sizes(letters: &[String], labels: &[Option<usize>]) -> Vec<OpinionGroup> {
    let size = |group: usize| labels.iter().filter(|label| **label == Some(group)).count();
    let mut groups: Vec<OpinionGroup> = letters
        .iter()
        .enumerate()
        .map(|(group, letter)| OpinionGroup { id: letter.clone(), size: size(group) })
        .collect();
    groups.sort_by(|a, b| a.id.cmp(&b.id));
    groups
}

/// The numbers of the groups in the order of their letters.
pub(super) fn by_letter(letters: &[String]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..letters.len()).collect();
    order.sort_by(|a, b| letters[*a].cmp(&letters[*b]));
    order
}

fn find_groups(
    ballots: &Ballots,
    options: &Options,
    plane: &Plane,
    positions: &[Position],
    placed: &[usize],
) -> Result<Found, OpinionError> {
    let none = |gate: Gate| Found {
        gate,
        labels: vec![None; ballots.participants.len()],
        groups: 0,
        strengths: Vec::new(),
        tests: None,
    };
    let mut gate = Gate {
        p_value: None,
        permutations: 0,
        groups_supported: false,
        reason: Some(NoGroups::TooFewVoters),
        voters: placed.len(),
        variance_share: plane.variance_shares[0],
    };
    if placed.len() < ENOUGH_VOTERS {
        return Ok(none(gate));
    }
    let votes = ballots.votes.rows(placed);
    let tested =
        permutation_gate(&votes, options.permutations, options.threads, &|number| ballots.stream(number))?;
    gate.p_value = Some(tested.p_value);
    gate.permutations = tested.permutations;
    gate.reason = Some(NoGroups::NoStructure);
    if tested.p_value > LARGEST_P {
        return Ok(none(gate));
    }
    let points: Vec<Position> = placed.iter().map(|row| positions[*row]).collect();
    let smallest = SMALLEST_GROUP.max(placed.len().div_ceil(20));
    let choice = choose_groups(&points, MOST_GROUPS, smallest, options.threads, &|groups| {
        ballots.stream(CHOICE + groups)
    });
    let strengths =
        choice.strengths.iter().map(|(k, strength)| Strength { k: *k, strength: *strength }).collect();
    gate.reason = Some(NoGroups::GroupTooSmall);
    let Some(partition) = choice.partition else { return Ok(Found { strengths, ..none(gate) }) };
    gate.reason = None;
    gate.groups_supported = true;
    let groups = partition.centres.len();
    let folds = folds(&options.discussion, &ballots.statements);
    let least = (ENOUGH_ANSWERS.min(ballots.statements.len()) / 2).max(1);
    let tests = cross_fit(&votes, &partition.labels, groups, &folds, least, options.threads, &|fold| {
        ballots.stream(CROSS_FIT + fold)
    })?;
    let mut labels = vec![None; ballots.participants.len()];
    for (row, label) in placed.iter().zip(&partition.labels) {
        labels[*row] = Some(*label);
    }
    Ok(Found { gate, labels, groups, strengths, tests: Some(tests) })
}

/// Which statements are in the first fold: every second in the order of SHA-256(discussion, statement), so that neither
/// the order of statements nor their author decides.
fn folds(discussion: &str, statements: &[String]) -> Vec<bool> {
    let digest = |statement: &String| {
        let mut hash = Sha256::new();
        hash.update((discussion.len() as u64).to_be_bytes());
        hash.update(discussion.as_bytes());
        hash.update(statement.as_bytes());
        hash.finalize()
    };
    let mut order: Vec<usize> = (0..statements.len()).collect();
    order.sort_by_cached_key(|at| digest(&statements[*at]));
    let mut in_first = vec![false; statements.len()];
    for at in order.iter().step_by(2) {
        in_first[*at] = true;
    }
    in_first
}

fn statements(
    ballots: &Ballots,
    found: &Found,
    letters: &[String],
    merged: &[Merged],
    plane: &Plane,
) -> Vec<StatementResult> {
    let extremity = plane.extremity();
    let counts = ballots.votes.counts_by_group(&found.labels, found.groups);
    let by_segment: Vec<Vec<Vec<VoteCounts>>> = merged.iter().map(|one| one.counts(ballots)).collect();
    let all: Vec<VoteCounts> = ballots.votes.all_counts();
    let routing: Vec<RoutingCounts> = all
        .iter()
        .enumerate()
        .map(|(at, counts)| RoutingCounts {
            agree: counts.agree,
            counted: counts.seen(),
            unclear: ballots.unclear[at],
            answered: counts.seen() + ballots.unclear[at] + ballots.not_my_field[at],
        })
        .collect();
    let weights = routing_weights(&routing, &extremity);
    let order = by_letter(letters);
    let one = |at: usize| {
        let groups: Vec<VoteCounts> = counts.iter().map(|group| group[at]).collect();
        let ground = if found.gate.groups_supported {
            common_ground(&groups)
        } else {
            common_ground_without_groups(all[at])
        };
        let representative_of = representative_of(found, letters, &order, at);
        StatementResult {
            id: ballots.statements[at].clone(),
            answers: all[at].into(),
            unclear: ballots.unclear[at],
            not_my_field: ballots.not_my_field[at],
            common_ground: ground.holds,
            common_ground_score: ground.score,
            divisive: is_divisive(&groups, &representative_of, letters),
            by_group: order
                .iter()
                .map(|group| GroupAnswers { group: letters[*group].clone(), answers: groups[*group].into() })
                .collect(),
            representative_of,
            by_segment: merged
                .iter()
                .zip(&by_segment)
                .map(|(one, counts)| one.agreement(counts, at))
                .collect(),
            extremity: extremity[at],
            routing_weight: Some(weights[at]),
            priority: None,
            group_aware_consensus: None,
        }
    };
    (0..ballots.statements.len()).map(one).collect()
}

fn representative_of(found: &Found, letters: &[String], order: &[usize], at: usize) -> Vec<RepresentativeOf> {
    let tests = found.tests.iter().flat_map(|fit| &fit.tests).filter(|test| test.statement == at);
    let mut rows: Vec<_> = tests.filter(|test| test.q_value <= FALSE_DISCOVERIES).collect();
    rows.sort_by_key(|test| order.iter().position(|group| *group == test.group));
    rows.into_iter()
        .map(|test| RepresentativeOf {
            group: letters[test.group].clone(),
            difference: test.difference.into(),
            p_value: test.p_value,
            q_value: test.q_value,
        })
        .collect()
}

/// Opposite sides among the groups shown, and in one of the two a test on groups that the statement did not make that
/// points the same way.
fn is_divisive(groups: &[VoteCounts], tests: &[RepresentativeOf], letters: &[String]) -> bool {
    opposite_sides(groups).is_some_and(|(above, below)| {
        tests.iter().any(|test| {
            (test.group == letters[above] && test.difference.value > 0.0)
                || (test.group == letters[below] && test.difference.value < 0.0)
        })
    })
}
