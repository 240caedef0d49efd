//! A table of votes, one row a vote, from any system: who, on which statement, what, and when if it is known.
//!
//! Columns: participant, statement, vote, and optionally time and reason; the names that Polis's export has are accepted
//! (`voter-id`, `comment-id`, `timestamp`), other columns are passed over. The sign: **1 agrees, −1 disagrees, 0 passes**,
//! as in that export; its database and its mathematics have agree as −1, so votes taken from there must be turned first.
//! Of two votes of one person on one statement the later counts: by time, else by place in the file. Left out: tables
//! with one column a statement.

use super::table::{Row, Table, canonical};
use super::{Faults, Oddities, ReadError};
use crate::opinion::{Answer, LoggedVote, PassReason, VoteLog};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

const PARTICIPANT: [&str; 5] = ["participant", "participant_id", "voter_id", "voter", "pid"];
const STATEMENT: [&str; 5] = ["statement", "statement_id", "comment_id", "comment", "tid"];
const VOTE: [&str; 1] = ["vote"];
const TIME: [&str; 4] = ["time", "timestamp", "modified", "created"];
const REASON: [&str; 2] = ["reason", "pass_reason"];
/// Participants times statements at most: the mathematics holds the whole table.
const MAX_CELLS: usize = 40_000_000;
/// Longest name of a participant or statement, in bytes.
const LONGEST_NAME: usize = 200;

/// Votes read, and what was odd about the file.
#[derive(Debug)]
pub struct VoteTable {
    /// The votes in order.
    pub log: VoteLog,
    /// Votes that a later one of the same person on the same statement replaced.
    pub replaced: usize,
    /// How the file was read.
    pub oddities: Oddities,
}

struct Columns {
    participant: usize,
    statement: usize,
    vote: usize,
    time: Option<usize>,
    reason: Option<usize>,
}

fn columns<R: Read>(table: &Table<R>) -> Result<Columns, ReadError> {
    if let Some(double) = table.double_column() {
        return Err(ReadError::file(
            format!("the column {double} stands twice in the header"),
            "rename or remove one of them",
        ));
    }
    let find = |names: &[&str]| names.iter().find_map(|name| table.find_column(&canonical(name)));
    let have = table.columns.iter().take(12).map(String::as_str).collect::<Vec<_>>().join(", ");
    let need = |names: &[&str]| {
        find(names).ok_or_else(|| {
            ReadError::file(
                format!("the column {} is missing", names[0]),
                format!(
                    "one row a vote, with the columns participant, statement, vote; the file has: {have}"
                ),
            )
        })
    };
    Ok(Columns {
        participant: need(&PARTICIPANT)?,
        statement: need(&STATEMENT)?,
        vote: need(&VOTE)?,
        time: find(&TIME),
        reason: find(&REASON),
    })
}

/// Reads one cell after another, collecting faults.
struct Cells<'a> {
    row: &'a Row<'a>,
    names: &'a [String],
    faults: &'a mut Faults,
}

impl Cells<'_> {
    fn fault(&mut self, column: usize, problem: impl Into<String>, hint: &str) {
        self.faults.add(self.row.line, &self.names[column], problem, hint);
    }

    fn name(&mut self, column: usize) -> Option<String> {
        let text = self.row.text(column).into_owned();
        if text.is_empty() {
            self.fault(column, "the cell is empty", "give who voted and on what, or take the row out");
            return None;
        }
        if text.len() > LONGEST_NAME {
            self.fault(column, "the name is too long", "give an id, not the text of a statement");
            return None;
        }
        Some(text)
    }

    fn vote(&mut self, column: usize) -> Option<Answer> {
        let text = self.row.text(column).to_lowercase().replace('\u{2212}', "-");
        match text.as_str() {
            "1" | "+1" | "1.0" | "agree" => Some(Answer::Agree),
            "-1" | "-1.0" | "disagree" => Some(Answer::Disagree),
            "0" | "0.0" | "-0.0" | "pass" => Some(Answer::Pass(None)),
            _ => {
                let shown: String = text.chars().take(40).collect();
                let problem = if shown.is_empty() {
                    "the cell is empty".to_owned()
                } else {
                    format!("“{shown}” is not a vote")
                };
                self.fault(column, problem, "write 1 for agree, −1 for disagree, 0 for pass");
                None
            }
        }
    }

    fn time(&mut self, column: Option<usize>) -> Option<i64> {
        let Some(column) = column else { return Some(0) };
        let text = self.row.text(column).into_owned();
        let whole = text.strip_suffix(".0").unwrap_or(&text).parse::<i64>().ok();
        let date = || {
            let nanoseconds = OffsetDateTime::parse(&text, &Rfc3339).ok()?.unix_timestamp_nanos();
            i64::try_from(nanoseconds / 1_000_000).ok()
        };
        let time = whole.or_else(date);
        if time.is_none() {
            let shown: String = text.chars().take(40).collect();
            self.fault(
                column,
                format!("“{shown}” is not a time"),
                "write a whole number (milliseconds since 1970), or a time such as 2026-10-12T08:30:00Z",
            );
        }
        time
    }

    /// The answer with its reason.
    fn reason(&mut self, column: Option<usize>, answer: Answer) -> Option<Answer> {
        let Some(column) = column else { return Some(answer) };
        let text = canonical(&self.row.text(column));
        let reason = match text.as_str() {
            "" => return Some(answer),
            "unclear" => PassReason::Unclear,
            "no_view" => PassReason::NoView,
            "not_my_field" => PassReason::NotMyField,
            _ => {
                self.fault(
                    column,
                    format!("“{text}” is not a reason"),
                    "write unclear, no view or not my field, or nothing",
                );
                return None;
            }
        };
        if matches!(answer, Answer::Pass(_)) {
            return Some(Answer::Pass(Some(reason)));
        }
        self.fault(column, "a reason stands beside a vote that is no pass", "give reasons for passes only");
        None
    }
}

/// Reads a table of votes.
///
/// # Errors
/// [`ReadError`] with row, column and hint for each fault: a missing column, an empty name, something that is no vote, no
/// time or no reason, too many people and statements for one table, a file that is no table.
pub fn votes<R: Read>(source: R) -> Result<VoteTable, ReadError> {
    let mut table = Table::open(source)?;
    let columns = columns(&table)?;
    let (names, oddities) = (table.columns.clone(), table.oddities);
    let mut faults = Faults::default();
    let mut votes: Vec<LoggedVote> = Vec::new();
    // How often this person has voted on this statement at this time: the place in the file, as far as it decides.
    let mut earlier: BTreeMap<(i64, String, String), u64> = BTreeMap::new();
    let (mut participants, mut statements) = (BTreeSet::new(), BTreeSet::new());
    while !faults.full() {
        let Some(row) = table.next_row(&mut faults)? else { break };
        let mut cells = Cells { row: &row, names: &names, faults: &mut faults };
        let participant = cells.name(columns.participant);
        let statement = cells.name(columns.statement);
        let answer = cells.vote(columns.vote).and_then(|answer| cells.reason(columns.reason, answer));
        let time = cells.time(columns.time);
        let (Some(participant), Some(statement), Some(answer), Some(time)) =
            (participant, statement, answer, time)
        else {
            continue;
        };
        participants.insert(participant.clone());
        statements.insert(statement.clone());
        if participants.len().saturating_mul(statements.len()) > MAX_CELLS {
            return Err(ReadError::file(
                format!("{} people and {} statements are too many", participants.len(), statements.len()),
                format!("people times statements may be {MAX_CELLS} at most: give one discussion a file"),
            ));
        }
        let place = earlier.entry((time, participant.clone(), statement.clone())).or_default();
        let id = *place;
        *place += 1;
        votes.push(LoggedVote { time, id, participant, statement, answer });
    }
    if votes.is_empty() && faults.0.is_empty() {
        return Err(ReadError::file("the file has a header and no votes", "give one row a vote"));
    }
    let pairs: BTreeSet<(&str, &str)> =
        votes.iter().map(|vote| (vote.participant.as_str(), vote.statement.as_str())).collect();
    let replaced = votes.len() - pairs.len();
    faults.finish(VoteTable { log: VoteLog::new(votes), replaced, oddities })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> VoteTable {
        votes(text.as_bytes()).unwrap()
    }

    fn refused(text: &str) -> String {
        let error = votes(text.as_bytes()).unwrap_err();
        error.faults.iter().map(|fault| format!("{fault} | {}", fault.hint)).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn ours_and_the_export_of_polis_are_one_log() {
        let ours = read("participant,statement,vote,time\n7,1,1,20\n7,1,-1,10\n9,2,0,15\n");
        let polis =
            read("timestamp,datetime,comment-id,voter-id,vote\n10,x,1,7,-1\n15,x,2,9,0\n20,x,1,7,1\n");
        assert_eq!(ours.log, polis.log);
        assert_eq!(ours.log.head(), polis.log.head());
        assert_eq!((ours.replaced, ours.log.votes()[2].answer), (1, Answer::Agree));
    }

    #[test]
    fn without_times_the_later_row_counts_and_nothing_else_depends_on_order() {
        let last = |text| read(text).log.votes().last().unwrap().answer;
        assert_eq!(last("participant;statement;vote\na;1;agree\na;1;\u{2212}1\n"), Answer::Disagree);
        let one = read("participant,statement,vote\na,1,1\nb,2,0\n").log;
        assert_eq!(one.head(), read("participant,statement,vote\nb,2,0\na,1,1\n").log.head());
    }

    #[test]
    fn reasons_and_dates_are_read() {
        let text = "pid,tid,vote,created,reason\n1,1,0,2026-10-12T08:30:00Z,not my field\n1,2,pass,2026-10-12T08:31:00Z,\n";
        let log = read(text).log;
        assert_eq!(log.votes()[0].answer, Answer::Pass(Some(PassReason::NotMyField)));
        assert_eq!(log.votes()[1].time - log.votes()[0].time, 60_000);
    }

    #[test]
    fn every_bad_cell_is_named_with_its_line() {
        let text = "participant,statement,vote,time,reason\na,1,2,5,\n,1,1,5,\nb,2,1,noon,\nb,3,1,6,unclear\nb,4,0,6,tired\n";
        let found = refused(text);
        for part in [
            "row 2, column vote: “2” is not a vote | write 1 for agree, −1 for disagree, 0 for pass",
            "row 3, column participant: the cell is empty",
            "row 4, column time: “noon” is not a time",
            "row 5, column reason: a reason stands beside a vote",
            "row 6, column reason: “tired” is not a reason",
        ] {
            assert!(found.contains(part), "{part} in {found}");
        }
        assert!(refused("participant,vote\na,1\n").contains("the column statement is missing"));
        assert!(refused("participant,statement,vote\n").contains("no votes"));
        assert!(refused("participant,voter,participant,vote\n").contains("stands twice"));
    }
}
