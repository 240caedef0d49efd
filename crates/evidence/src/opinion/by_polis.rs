//! The engine polis: the published formulas over the whole log, from a cold start.

use super::matrix::{Ballots, Reading};
use super::ours::{by_letter, sizes};
use super::result::{
    Engine, Gate, GroupAnswers, GroupRepness, OpinionMap, Placed, PolisConsensusRow, RepnessRow,
    StatementResult, Strength,
};
use super::segments::{self, Merged};
use super::{OpinionError, Options, VoteLog, naming};
use whatworks_stats::opinion::polis::{self, ConsensusRow, Side};
use whatworks_stats::opinion::{VoteCounts, common_ground, common_ground_without_groups, opposite_sides};

pub(super) fn map(log: &VoteLog, options: &Options) -> Result<OpinionMap, OpinionError> {
    let ballots = Ballots::of(log, options, Reading::Plain);
    let named = |names: &std::collections::BTreeSet<String>| -> Vec<bool> {
        ballots.statements.iter().map(|statement| names.contains(statement)).collect()
    };
    let is_meta = named(&options.meta);
    let moderated: Vec<bool> =
        named(&options.moderated_out).iter().zip(&is_meta).map(|(out, meta)| *out || *meta).collect();
    let ratings = polis::rating_matrix(&ballots.votes, &moderated);
    let plane = polis::components(&ratings)?;
    let positions = plane.project(&ratings)?;
    let found = polis::find_polis_groups(&ballots.votes, &positions);
    let letters =
        naming::letters(found.centres.len(), &ballots.participants, &found.labels, &options.previous);
    let counts = ballots.votes.counts_by_group(&found.labels, letters.len());
    let of_groups: Vec<VoteCounts> = (0..ballots.statements.len())
        .map(|at| ballots.votes.counts_where(at, |row| found.labels[row].is_some()))
        .collect();
    let all: Vec<VoteCounts> = ballots.votes.all_counts();
    let merged: Vec<Merged> =
        options.segmentations.iter().filter_map(|one| segments::merge(one, &ballots)).collect();
    let statements = statements(
        &ballots,
        &all,
        &counts,
        &letters,
        &merged,
        &Figures {
            priority: polis::priorities(&of_groups, &polis::extremity(&plane), &is_meta),
            consensus: polis::group_aware_consensus(&counts),
            extremity: polis::extremity(&plane),
        },
    );
    let voters = found.labels.iter().flatten().count();
    Ok(OpinionMap {
        engine: Engine::Polis,
        n_participants: ballots.participants.len(),
        n_statements: ballots.statements.len(),
        n_votes: ballots.count(),
        gate: Gate {
            p_value: None,
            permutations: 0,
            groups_supported: !letters.is_empty(),
            reason: None,
            voters,
            variance_share: plane.variance_shares[0],
        },
        groups: sizes(&letters, &found.labels),
        strengths: found
            .silhouettes
            .iter()
            .map(|(k, strength)| Strength { k: *k, strength: *strength })
            .collect(),
        stability: None,
        projection: (0..positions.len())
            .map(|row| Placed {
                participant: Some(ballots.participants[row].clone()),
                x: positions[row][0],
                y: positions[row][1],
                group: found.labels[row].map(|group| letters[group].clone()),
            })
            .collect(),
        statements,
        group_segments: merged.iter().flat_map(|one| one.people(&found.labels, &letters)).collect(),
        repness: Some(repness(&ballots, &counts, &moderated, &letters)),
        consensus: Some(consensus(&ballots, &polis::consensus(&all, &moderated))),
        seed: ballots.seed_text(),
        vote_log_head: ballots.head.to_string(),
    })
}

struct Figures {
    priority: Vec<f64>,
    consensus: Vec<f64>,
    extremity: Vec<f64>,
}

fn statements(
    ballots: &Ballots,
    all: &[VoteCounts],
    counts: &[Vec<VoteCounts>],
    letters: &[String],
    merged: &[Merged],
    figures: &Figures,
) -> Vec<StatementResult> {
    let by_segment: Vec<Vec<Vec<VoteCounts>>> = merged.iter().map(|one| one.counts(ballots)).collect();
    let order = by_letter(letters);
    let one = |at: usize| {
        let groups: Vec<VoteCounts> = counts.iter().map(|group| group[at]).collect();
        let ground =
            if groups.is_empty() { common_ground_without_groups(all[at]) } else { common_ground(&groups) };
        StatementResult {
            id: ballots.statements[at].clone(),
            answers: all[at].into(),
            unclear: ballots.unclear[at],
            not_my_field: ballots.not_my_field[at],
            common_ground: ground.holds,
            common_ground_score: ground.score,
            divisive: opposite_sides(&groups).is_some(),
            by_group: order
                .iter()
                .map(|group| GroupAnswers { group: letters[*group].clone(), answers: groups[*group].into() })
                .collect(),
            representative_of: Vec::new(),
            by_segment: merged
                .iter()
                .zip(&by_segment)
                .map(|(one, counts)| one.agreement(counts, at))
                .collect(),
            extremity: figures.extremity[at],
            routing_weight: None,
            priority: Some(figures.priority[at]),
            group_aware_consensus: figures.consensus.get(at).copied(),
        }
    };
    (0..ballots.statements.len()).map(one).collect()
}

fn repness(
    ballots: &Ballots,
    counts: &[Vec<VoteCounts>],
    moderated: &[bool],
    letters: &[String],
) -> Vec<GroupRepness> {
    let rows = polis::representative(counts, moderated);
    by_letter(letters)
        .into_iter()
        .map(|group| GroupRepness {
            group: letters[group].clone(),
            rows: rows[group]
                .iter()
                .map(|row| RepnessRow {
                    statement: ballots.statements[row.statement].clone(),
                    side: word(row.side).to_owned(),
                    best_agree: row.best_agree,
                    successes: row.successes,
                    trials: row.trials,
                    p_success: row.share,
                    p_test: row.share_test,
                    repness: row.ratio,
                    repness_test: row.ratio_test,
                })
                .collect(),
        })
        .collect()
}

fn word(side: Side) -> &'static str {
    match side {
        Side::Agree => "agree",
        Side::Disagree => "disagree",
    }
}

fn consensus(ballots: &Ballots, lists: &polis::Consensus) -> Vec<PolisConsensusRow> {
    let rows = |list: &[ConsensusRow], side: Side| -> Vec<PolisConsensusRow> {
        list.iter()
            .map(|row| PolisConsensusRow {
                statement: ballots.statements[row.statement].clone(),
                side: word(side).to_owned(),
                successes: row.successes,
                trials: row.trials,
                p_success: row.share,
                p_test: row.share_test,
            })
            .collect()
    };
    rows(&lists.agree, Side::Agree).into_iter().chain(rows(&lists.disagree, Side::Disagree)).collect()
}
