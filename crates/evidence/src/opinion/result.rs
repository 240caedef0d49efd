//! What the mathematics of opinion hands on: everything that a page, a chart or another program needs, and enough to
//! check a displayed group by hand.
//!
//! Serialised as `whatworks opinions --json`. Fields may be added, never change meaning. A number that does not exist is
//! null, never a zero. [`OpinionMap::for_everyone`] is what may be published of a discussion whose ballots are secret.

use serde::{Deserialize, Serialize};
use whatworks_stats::opinion::{ShareInterval, VoteCounts, wilson};

/// Which mathematics.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Engine {
    /// Ours: says "no groups" when the votes support none, tests what tells groups apart on statements that did not make
    /// them.
    #[default]
    Default,
    /// The published formulas of Polis, from a cold start: for comparison and import.
    Polis,
}

/// Why no groups are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum NoGroups {
    /// Fewer than 20 people answered enough statements.
    TooFewVoters,
    /// Shuffled votes are structured as strongly in more than 1 of 20 tries.
    NoStructure,
    /// Every division has a group of under 5 people, or under 5 in 100.
    GroupTooSmall,
}

/// Whether the votes support groups.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct Gate {
    /// Permutation p-value; null when too few voted to test, and with the engine polis, which does not ask.
    pub p_value: Option<f64>,
    /// Shuffles made.
    pub permutations: usize,
    /// Whether groups are shown.
    pub groups_supported: bool,
    /// Why not.
    pub reason: Option<NoGroups>,
    /// People who answered enough statements to be placed: 7, or all when there are fewer.
    pub voters: usize,
    /// Share of the variance on the first axis.
    pub variance_share: f64,
}

/// A group.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
pub struct OpinionGroup {
    /// Its letter, kept from one computation to the next while most of its people stay.
    pub id: String,
    /// How many people.
    pub size: usize,
}

/// How strongly a number of groups was found again.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize, Serialize)]
pub struct Strength {
    /// Number of groups.
    pub k: usize,
    /// Prediction strength (engine default) or mean silhouette (engine polis).
    pub strength: f64,
}

/// Where a person stands.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct Placed {
    /// Who; absent in what everyone may see.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub participant: Option<String>,
    /// Along the first axis.
    pub x: f64,
    /// Along the second axis.
    pub y: f64,
    /// The person's group; null without groups, and for those who answered too little.
    pub group: Option<String>,
}

/// A share, 0 to 1, or a difference of shares, with its 95 % interval.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize, Serialize)]
pub struct Share {
    /// The share.
    pub value: f64,
    /// Lower limit.
    pub low: f64,
    /// Upper limit.
    pub high: f64,
}

impl From<ShareInterval> for Share {
    fn from(interval: ShareInterval) -> Self {
        Self { value: interval.value, low: interval.low, high: interval.high }
    }
}

/// Answers of one group, or of one segment.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize, Serialize)]
pub struct Answers {
    /// Agree.
    pub agree: usize,
    /// Disagree.
    pub disagree: usize,
    /// Pass.
    pub pass: usize,
    /// All three.
    pub seen: usize,
    /// Share that agrees, of all who saw it (Wilson); null when nobody did.
    pub share: Option<Share>,
}

impl From<VoteCounts> for Answers {
    fn from(counts: VoteCounts) -> Self {
        let seen = counts.seen();
        Self {
            agree: counts.agree,
            disagree: counts.disagree,
            pass: counts.pass,
            seen,
            share: (seen > 0).then(|| wilson(counts.agree, seen).into()),
        }
    }
}

/// Answers of a group.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct GroupAnswers {
    /// The group's letter.
    pub group: String,
    /// Its answers.
    #[serde(flatten)]
    pub answers: Answers,
}

/// A statement that tells a group from the others.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct RepresentativeOf {
    /// The group's letter.
    pub group: String,
    /// Share that agrees in the group less share in the others, −1 to 1, on groups that this statement did not make.
    pub difference: Share,
    /// Fisher's exact test.
    pub p_value: f64,
    /// Benjamini and Hochberg's q-value over all statements and groups; 0.10 or less.
    pub q_value: f64,
}

/// Agreement over the segments of one dimension that people declared.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct SegmentAgreement {
    /// What was declared: role, region.
    pub dimension: String,
    /// Smallest lower limit of the agreeing share over the segments.
    pub score: f64,
    /// Whether the rule of common ground holds in every segment.
    pub common_ground: bool,
    /// Answers of each segment shown; null answers where fewer than 5 saw the statement.
    pub by_segment: Vec<SegmentAnswers>,
}

/// Answers of a segment.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct SegmentAnswers {
    /// The segment; null for the rest: segments of under 10 people together, and those who declared none.
    pub segment: Option<String>,
    /// Its answers; null where fewer than 5 saw the statement.
    pub answers: Option<Answers>,
}

/// What was answered to a statement.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct StatementResult {
    /// Its id.
    pub id: String,
    /// Answers of all, those without a group among them.
    #[serde(flatten)]
    pub answers: Answers,
    /// Passes because it is unclear; not in `seen` (engine default).
    pub unclear: usize,
    /// Passes because it is not the person's field; not in `seen` (engine default).
    pub not_my_field: usize,
    /// Whether it is common ground: in every group, or over all when there are none.
    pub common_ground: bool,
    /// Smallest lower limit of the agreeing share over the groups, or over all.
    pub common_ground_score: f64,
    /// Whether two groups lie on opposite sides and a test on groups that this statement did not make says so too.
    pub divisive: bool,
    /// Answers of each group, in the order of `groups`.
    pub by_group: Vec<GroupAnswers>,
    /// Groups that it tells from the others (engine default).
    pub representative_of: Vec<RepresentativeOf>,
    /// Agreement by declared segment, one entry a dimension.
    pub by_segment: Vec<SegmentAgreement>,
    /// How much a vote on it says about where a person stands.
    pub extremity: f64,
    /// Weight in the draw of the next statement to show (engine default).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub routing_weight: Option<f64>,
    /// Polis's weight in its lottery (engine polis).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub priority: Option<f64>,
    /// Polis's product over groups (engine polis).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group_aware_consensus: Option<f64>,
}

/// People of a group who declared a segment.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
pub struct GroupSegment {
    /// What was declared.
    pub dimension: String,
    /// The segment; null for the rest.
    pub segment: Option<String>,
    /// The group's letter.
    pub group: String,
    /// How many; null when fewer than 5, or when the cell would give such a one away.
    pub people: Option<usize>,
}

/// A row of Polis's representative statements.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct RepnessRow {
    /// The statement.
    pub statement: String,
    /// agree or disagree.
    pub side: String,
    /// Whether it is the group's best agreeing statement.
    pub best_agree: bool,
    /// Votes of that side.
    pub successes: usize,
    /// All votes of the group.
    pub trials: usize,
    /// Smoothed share.
    pub p_success: f64,
    /// One-proportion statistic.
    pub p_test: f64,
    /// Ratio to the share outside.
    pub repness: f64,
    /// Two-proportion statistic.
    pub repness_test: f64,
}

/// Polis's representative statements of a group.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct GroupRepness {
    /// The group's letter.
    pub group: String,
    /// Its rows.
    pub rows: Vec<RepnessRow>,
}

/// A row of Polis's consensus lists.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct PolisConsensusRow {
    /// The statement.
    pub statement: String,
    /// agree or disagree.
    pub side: String,
    /// Votes of that side.
    pub successes: usize,
    /// All votes.
    pub trials: usize,
    /// Smoothed share.
    pub p_success: f64,
    /// One-proportion statistic.
    pub p_test: f64,
}

/// The opinions of a discussion.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub struct OpinionMap {
    /// Which mathematics.
    pub engine: Engine,
    /// People who answered anything.
    pub n_participants: usize,
    /// Statements in force (engine polis: all).
    pub n_statements: usize,
    /// Answers that count: the last of each person to each statement in force.
    pub n_votes: usize,
    /// Whether there are groups.
    pub gate: Gate,
    /// The groups by letter; empty when there are none.
    pub groups: Vec<OpinionGroup>,
    /// The numbers of groups tried.
    pub strengths: Vec<Strength>,
    /// Adjusted Rand index between the groups of two halves of the statements; null without groups.
    pub stability: Option<f64>,
    /// Where people stand: by participant, or by place in what everyone may see.
    pub projection: Vec<Placed>,
    /// Statements by id.
    pub statements: Vec<StatementResult>,
    /// People by group and declared segment.
    pub group_segments: Vec<GroupSegment>,
    /// Polis's representative statements (engine polis).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repness: Option<Vec<GroupRepness>>,
    /// Polis's consensus lists (engine polis).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub consensus: Option<Vec<PolisConsensusRow>>,
    /// SHA-256 over the vote log.
    pub vote_log_head: String,
    /// Seed of every draw: SHA-256 of discussion id and head.
    pub seed: String,
}

impl OpinionMap {
    /// The same without participants: positions rounded to one tenth and sorted, so that neither a name nor an order of
    /// arrival is left.
    #[must_use]
    pub fn for_everyone(&self) -> Self {
        // Adding zero turns a rounded −0 into 0.
        let rounded = |x: f64| (x * 10.0).round() / 10.0 + 0.0;
        let mut projection: Vec<Placed> = self
            .projection
            .iter()
            .map(|placed| Placed {
                participant: None,
                x: rounded(placed.x),
                y: rounded(placed.y),
                group: placed.group.clone(),
            })
            .collect();
        projection.sort_by(|a, b| a.group.cmp(&b.group).then(a.x.total_cmp(&b.x)).then(a.y.total_cmp(&b.y)));
        Self { projection, ..self.clone() }
    }

    /// Statements that are common ground, the strongest first.
    pub fn common_ground(&self) -> Vec<&StatementResult> {
        let mut found: Vec<_> = self.statements.iter().filter(|statement| statement.common_ground).collect();
        found.sort_by(|a, b| b.common_ground_score.total_cmp(&a.common_ground_score));
        found
    }

    /// Statements on which groups lie on opposite sides, those furthest apart first.
    pub fn dividing_lines(&self) -> Vec<&StatementResult> {
        let gap = |statement: &StatementResult| {
            let shares =
                || statement.by_group.iter().filter_map(|group| group.answers.share).map(|share| share.value);
            let most = shares().fold(0.0, |a: f64, b| if b > a { b } else { a });
            most - shares().fold(1.0, |a: f64, b| if b < a { b } else { a })
        };
        let mut found: Vec<_> = self.statements.iter().filter(|statement| statement.divisive).collect();
        found.sort_by(|a, b| gap(b).total_cmp(&gap(a)));
        found
    }

    /// Which group each participant is in, for the next computation's [`super::Options::previous`].
    pub fn labelling(&self) -> std::collections::BTreeMap<String, String> {
        self.projection
            .iter()
            .filter_map(|placed| Some((placed.participant.clone()?, placed.group.clone()?)))
            .collect()
    }
}
