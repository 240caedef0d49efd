//! The records as rows, and their CSV.

use super::options::SimulatedDesign;
use super::outcomes::{COUNT, OUTCOMES};
use std::fmt::Write;

/// One client in one period.
#[derive(Debug, Clone, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "independent yes-or-no columns of the records")]
pub(super) struct Row {
    pub(super) client: u32,
    pub(super) branch: u32,
    pub(super) urban: bool,
    pub(super) female: bool,
    pub(super) age: u32,
    pub(super) owns_business: bool,
    /// Month of the interview, 1 to 12.
    pub(super) month: u32,
    /// Income a year before, in XTS per month.
    pub(super) income_before: f64,
    /// From 1.
    pub(super) period: u32,
    pub(super) offered: bool,
    pub(super) took_up: bool,
    /// In the order of the outcomes; none when the client was not found.
    pub(super) outcomes: Option<[f64; COUNT]>,
}

/// Column names of the assignment and the take-up by design.
pub(super) fn arm_columns(design: SimulatedDesign) -> &'static [&'static str] {
    match design {
        SimulatedDesign::ClusterRandomised | SimulatedDesign::Randomised | SimulatedDesign::Instrument => {
            &["offered", "took_up"]
        }
        SimulatedDesign::Did => &["period", "early_branch", "took_up"],
        SimulatedDesign::Panel => &["period", "has_grace_period"],
    }
}

/// The records, comma-separated, a header first; a missing outcome is an empty field.
pub(super) fn csv(design: SimulatedDesign, rows: &[Row]) -> String {
    let mut text = String::with_capacity(64 + rows.len() * 72);
    text.push_str("client,branch,urban,female,age,owns_business,month,income_before");
    for column in arm_columns(design).iter().copied().chain(OUTCOMES.iter().map(|outcome| outcome.column)) {
        text.push(',');
        text.push_str(column);
    }
    text.push('\n');
    for row in rows {
        write_row(&mut text, design, row);
    }
    text
}

fn write_row(text: &mut String, design: SimulatedDesign, row: &Row) {
    let flag = u8::from;
    // Writing to a String cannot fail.
    let _ = write!(
        text,
        "C{:07},B{:04},{},{},{},{},{},{}",
        row.client,
        row.branch,
        flag(row.urban),
        flag(row.female),
        row.age,
        flag(row.owns_business),
        row.month,
        row.income_before,
    );
    let _ = match design {
        SimulatedDesign::Did => {
            write!(text, ",{},{},{}", row.period, flag(row.offered), flag(row.took_up))
        }
        SimulatedDesign::Panel => write!(text, ",{},{}", row.period, flag(row.took_up)),
        _ => write!(text, ",{},{}", flag(row.offered), flag(row.took_up)),
    };
    for k in 0..COUNT {
        text.push(',');
        if let Some(outcomes) = &row.outcomes {
            let _ = write!(text, "{}", outcomes[k]);
        }
    }
    text.push('\n');
}
