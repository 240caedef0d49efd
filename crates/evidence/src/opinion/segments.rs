//! Opinions by what people declared of themselves: a role, a region.
//!
//! Segments of under 10 people are put together with those who declared none; when these are still under 10, the smallest
//! of the others joins them, since what is not shown could be told from the total. A dimension left with one segment is
//! not shown. Counts of a group in a segment are shown from 5 on; where one cell of a row or column is hidden, the
//! smallest other one is hidden with it, for the same reason.

use super::matrix::Ballots;
use super::result::{GroupSegment, SegmentAgreement, SegmentAnswers};
use std::collections::BTreeMap;
use whatworks_stats::opinion::{VoteCounts, common_ground};

/// People that a segment needs to be shown.
const LEAST_PEOPLE: usize = 10;
/// What a cell needs to be shown.
const LEAST_CELL: usize = 5;

/// What people declared in one dimension.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Segmentation {
    /// The dimension: role, region.
    pub dimension: String,
    /// The segment of each participant; those who declared none are absent.
    pub of: BTreeMap<String, String>,
}

/// A dimension after merging, ready to count.
pub(super) struct Merged {
    dimension: String,
    segments: Vec<Option<String>>,
    labels: Vec<Option<usize>>,
}

/// Merges what is too small; `None` when a single segment is left.
pub(super) fn merge(segmentation: &Segmentation, ballots: &Ballots) -> Option<Merged> {
    let declared = |participant: &String| segmentation.of.get(participant).cloned();
    let mut sizes: BTreeMap<String, usize> = BTreeMap::new();
    let mut rest = 0;
    for participant in &ballots.participants {
        match declared(participant) {
            Some(segment) => *sizes.entry(segment).or_default() += 1,
            None => rest += 1,
        }
    }
    let mut by_size: Vec<(usize, String)> =
        sizes.into_iter().map(|(segment, size)| (size, segment)).collect();
    by_size.sort();
    let mut kept: Vec<String> = Vec::new();
    for (size, segment) in by_size {
        if size < LEAST_PEOPLE || (rest > 0 && rest < LEAST_PEOPLE) {
            rest += size;
        } else {
            kept.push(segment);
        }
    }
    kept.sort();
    let mut segments: Vec<Option<String>> = kept.into_iter().map(Some).collect();
    if rest > 0 {
        segments.push(None);
    }
    if segments.len() < 2 {
        return None;
    }
    let place = |participant: &String| {
        let own = declared(participant);
        segments.iter().position(|segment| *segment == own).or(Some(segments.len() - 1))
    };
    let labels = ballots.participants.iter().map(place).collect();
    Some(Merged { dimension: segmentation.dimension.clone(), segments, labels })
}

impl Merged {
    /// The answers of every segment to every statement: `[segment][statement]`.
    pub(super) fn counts(&self, ballots: &Ballots) -> Vec<Vec<VoteCounts>> {
        ballots.votes.counts_by_group(&self.labels, self.segments.len())
    }

    /// Agreement on one statement.
    pub(super) fn agreement(&self, counts: &[Vec<VoteCounts>], statement: usize) -> SegmentAgreement {
        let own: Vec<VoteCounts> = counts.iter().map(|segment| segment[statement]).collect();
        let ground = common_ground(&own);
        let shown = hide_small(&[own.iter().map(|counts| counts.seen()).collect()]);
        let by_segment = self
            .segments
            .iter()
            .zip(&own)
            .zip(&shown[0])
            .map(|((segment, counts), shown)| SegmentAnswers {
                segment: segment.clone(),
                answers: shown.is_some().then(|| (*counts).into()),
            })
            .collect();
        SegmentAgreement {
            dimension: self.dimension.clone(),
            score: ground.score,
            common_ground: ground.holds,
            by_segment,
        }
    }

    /// People by group and segment.
    pub(super) fn people(&self, labels: &[Option<usize>], letters: &[String]) -> Vec<GroupSegment> {
        let mut table = vec![vec![0; self.segments.len()]; letters.len()];
        for (group, segment) in labels.iter().zip(&self.labels) {
            if let (Some(group), Some(segment)) = (group, segment) {
                table[*group][*segment] += 1;
            }
        }
        let shown = hide_small(&table);
        let cell = |group: usize, segment: usize| GroupSegment {
            dimension: self.dimension.clone(),
            segment: self.segments[segment].clone(),
            group: letters[group].clone(),
            people: shown[group][segment],
        };
        (0..letters.len())
            .flat_map(|group| (0..self.segments.len()).map(move |segment| (group, segment)))
            .map(|(group, segment)| cell(group, segment))
            .collect()
    }
}

/// The table without cells under 5, and without those that would give one of them away: in a row or column with one
/// hidden cell the smallest other is hidden too, until there is none such.
fn hide_small(table: &[Vec<usize>]) -> Vec<Vec<Option<usize>>> {
    let mut shown: Vec<Vec<Option<usize>>> = table
        .iter()
        .map(|row| row.iter().map(|count| (*count >= LEAST_CELL).then_some(*count)).collect())
        .collect();
    let columns = table.first().map_or(0, Vec::len);
    let rows: Vec<Vec<(usize, usize)>> =
        (0..table.len()).map(|i| (0..columns).map(|j| (i, j)).collect()).collect();
    let across: Vec<Vec<(usize, usize)>> =
        (0..columns).map(|j| (0..table.len()).map(|i| (i, j)).collect()).collect();
    let lines: Vec<Vec<(usize, usize)>> =
        rows.into_iter().chain(across).filter(|line| line.len() > 1).collect();
    loop {
        let alone = lines.iter().find_map(|line| {
            let hidden = line.iter().filter(|(i, j)| shown[*i][*j].is_none()).count();
            let open = line.iter().filter(|(i, j)| shown[*i][*j].is_some());
            (hidden == 1).then(|| open.min_by_key(|(i, j)| table[*i][*j]).copied()).flatten()
        });
        let Some((i, j)) = alone else { return shown };
        shown[i][j] = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_under_five_can_be_told() {
        let shown = hide_small(&[vec![12, 3, 20], vec![9, 8, 30]]);
        assert_eq!(shown, [[None, None, Some(20)], [None, None, Some(30)]]);
        assert_eq!(hide_small(&[vec![12, 13]]), [[Some(12), Some(13)]]);
        assert_eq!(hide_small(&[vec![12, 0]]), [[None, None]]);
        assert!(hide_small(&[]).is_empty());
    }
}
