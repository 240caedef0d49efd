//! Votes as a matrix, rows participants, columns statements; agree is +1, disagree −1, pass 0, and a statement that
//! was not seen is none of these.

/// What a participant said of a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Vote {
    /// +1.
    Agree,
    /// 0: seen, and neither.
    Pass,
    /// −1.
    Disagree,
}

impl Vote {
    /// The vote as a number: agree +1, pass 0, disagree −1.
    pub fn value(self) -> f64 {
        match self {
            Self::Agree => 1.0,
            Self::Pass => 0.0,
            Self::Disagree => -1.0,
        }
    }
}

/// How a statement was answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct VoteCounts {
    /// Votes for it.
    pub agree: usize,
    /// Votes against it.
    pub disagree: usize,
    /// Seen, and neither.
    pub pass: usize,
}

impl VoteCounts {
    /// All who saw it, passes among them.
    pub fn seen(self) -> usize {
        self.agree + self.disagree + self.pass
    }

    /// Adds one vote.
    pub fn add(&mut self, vote: Vote) {
        match vote {
            Vote::Agree => self.agree += 1,
            Vote::Pass => self.pass += 1,
            Vote::Disagree => self.disagree += 1,
        }
    }
}

/// How often each cell of [`code`] came.
type Tally = [usize; 4];

/// The place of a cell in a table of four.
pub(crate) fn code(cell: Option<Vote>) -> usize {
    match cell {
        Some(Vote::Agree) => 0,
        Some(Vote::Pass) => 1,
        Some(Vote::Disagree) => 2,
        None => 3,
    }
}

/// Adds a row to the tallies of its statements. Votes come in no order that a processor could guess, so the cell picks
/// a place instead of a branch.
fn tally(tallies: &mut [Tally], row: &[Option<Vote>]) {
    for (tally, cell) in tallies.iter_mut().zip(row) {
        tally[code(*cell)] += 1;
    }
}

impl From<Tally> for VoteCounts {
    fn from(tally: Tally) -> Self {
        Self { agree: tally[0], pass: tally[1], disagree: tally[2] }
    }
}

/// Votes of participants (rows) on statements (columns). Starts with nothing seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VoteMatrix {
    participants: usize,
    statements: usize,
    cells: Vec<Option<Vote>>,
}

impl VoteMatrix {
    /// A matrix in which nobody has seen anything.
    pub fn unseen(participants: usize, statements: usize) -> Self {
        Self { participants, statements, cells: vec![None; participants * statements] }
    }

    /// Sets a cell; out of range is a fault of the caller and panics, as indexing does.
    pub fn set(&mut self, participant: usize, statement: usize, vote: Option<Vote>) {
        self.cells[participant * self.statements + statement] = vote;
    }

    /// What the participant said; `None` when the statement was not seen.
    pub fn get(&self, participant: usize, statement: usize) -> Option<Vote> {
        self.cells[participant * self.statements + statement]
    }

    /// How many rows.
    pub fn participants(&self) -> usize {
        self.participants
    }

    /// How many columns.
    pub fn statements(&self) -> usize {
        self.statements
    }

    /// The votes of one participant, by statement.
    pub fn row(&self, participant: usize) -> &[Option<Vote>] {
        &self.cells[participant * self.statements..][..self.statements]
    }

    /// How many statements a participant has seen.
    pub fn seen_by(&self, participant: usize) -> usize {
        self.row(participant).iter().flatten().count()
    }

    /// How a statement was answered by all.
    pub fn counts(&self, statement: usize) -> VoteCounts {
        self.counts_where(statement, |_| true)
    }

    /// How every statement was answered by all, by statement.
    pub fn all_counts(&self) -> Vec<VoteCounts> {
        let mut tallies = vec![Tally::default(); self.statements];
        for participant in 0..self.participants {
            tally(&mut tallies, self.row(participant));
        }
        tallies.into_iter().map(VoteCounts::from).collect()
    }

    /// How a statement was answered by the participants that `wanted` names.
    pub fn counts_where(&self, statement: usize, wanted: impl Fn(usize) -> bool) -> VoteCounts {
        let mut counts = VoteCounts::default();
        for participant in (0..self.participants).filter(|participant| wanted(*participant)) {
            if let Some(vote) = self.get(participant, statement) {
                counts.add(vote);
            }
        }
        counts
    }

    /// How every statement was answered within each of `groups` groups: `[group][statement]`. Participants without a
    /// group are not counted.
    pub fn counts_by_group(&self, labels: &[Option<usize>], groups: usize) -> Vec<Vec<VoteCounts>> {
        let mut tallies = vec![vec![Tally::default(); self.statements]; groups];
        for (participant, label) in labels.iter().enumerate() {
            if let Some(own) = label.and_then(|group| tallies.get_mut(group)) {
                tally(own, self.row(participant));
            }
        }
        tallies.into_iter().map(|group| group.into_iter().map(VoteCounts::from).collect()).collect()
    }

    /// The rows of these participants, in this order.
    #[must_use]
    pub fn rows(&self, participants: &[usize]) -> Self {
        let cells = participants.iter().flat_map(|participant| self.row(*participant)).copied().collect();
        Self { participants: participants.len(), statements: self.statements, cells }
    }

    /// The columns of these statements, in this order.
    #[must_use]
    pub fn columns(&self, statements: &[usize]) -> Self {
        let cells = (0..self.participants)
            .flat_map(|participant| statements.iter().map(move |statement| self.get(participant, *statement)))
            .collect();
        Self { participants: self.participants, statements: statements.len(), cells }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_follow_groups_and_leave_out_the_unseen() {
        let mut votes = VoteMatrix::unseen(3, 2);
        votes.set(0, 0, Some(Vote::Agree));
        votes.set(1, 0, Some(Vote::Disagree));
        votes.set(2, 1, Some(Vote::Pass));
        assert_eq!(votes.counts(0), VoteCounts { agree: 1, disagree: 1, pass: 0 });
        let by_group = votes.counts_by_group(&[Some(0), None, Some(1)], 2);
        assert_eq!(by_group[0][0].seen(), 1);
        assert_eq!(by_group[1][1].pass, 1);
        assert_eq!(votes.rows(&[2]).columns(&[1]).get(0, 0), Some(Vote::Pass));
        assert_eq!(votes.seen_by(1), 1);
        assert_eq!(votes.all_counts(), [votes.counts(0), votes.counts(1)]);
    }
}
