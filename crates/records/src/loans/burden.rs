//! One client's rows judged together. Nothing here depends on the order of the rows.

use super::book::LoanBook;
use super::row::{Kind, PARTS, Row, UNKNOWN};
use super::warning::LoanWarning;

/// Instalments a month over income.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Ratio {
    /// Both are known and the income is above zero.
    Known(f64),
    /// The income is zero or negative: above every bound.
    IncomeNotPositive,
    /// Something is missing or contradicts itself.
    Unknown,
}

/// What a client owes at once on the day.
#[derive(Debug, Clone, PartialEq)]
pub struct ClientBurden {
    /// The id as in the files.
    pub client: String,
    pub(super) key: u64,
    /// Running loans.
    pub loans: u32,
    /// Their lenders, each once.
    pub lenders: u32,
    /// Instalments a month, in ten-thousandths of a unit; absent when one is missing or currencies are mixed.
    pub instalments: Option<i64>,
    /// Income a month.
    pub income: Option<f64>,
    /// Instalments over income.
    pub ratio: Ratio,
    /// Owed, in ten-thousandths; absent when one is missing or currencies are mixed.
    pub outstanding: Option<i64>,
    /// Most days late, of running loans and of instalments in the window.
    pub days_late: u16,
    /// Instalments fallen due in the window.
    pub due: u32,
    /// Those late by more than the days asked for.
    pub late: u32,
    /// Whether a loan was closed before its term by a new one of the same lender.
    pub refinanced: bool,
    /// Groups it counts in.
    pub groups: Vec<String>,
    /// Currency of its amounts; empty when not given or mixed.
    pub currency: String,
    /// Doubts about it.
    pub warnings: Vec<LoanWarning>,
}

/// Doubts about one client.
#[derive(Debug, Clone, Copy, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a warning of its own")]
pub(super) struct Doubts {
    pub(super) loans_without_instalment: u32,
    pub(super) income_missing: bool,
    pub(super) income_not_positive: bool,
    pub(super) incomes_differ: bool,
    pub(super) currencies_mixed: bool,
    pub(super) shared: bool,
    /// Code of the one currency.
    pub(super) currency: u8,
}

impl Doubts {
    /// The doubts that hold, in order.
    pub(super) fn named(&self) -> Vec<LoanWarning> {
        [
            (self.loans_without_instalment > 0, LoanWarning::LoanWithoutInstalment),
            (self.income_missing, LoanWarning::IncomeMissing),
            (self.income_not_positive, LoanWarning::IncomeNotPositive),
            (self.incomes_differ, LoanWarning::IncomesDiffer),
            (self.currencies_mixed, LoanWarning::CurrenciesMixed),
            (self.shared, LoanWarning::ClientShared),
        ]
        .into_iter()
        .filter_map(|(holds, warning)| holds.then_some(warning))
        .collect()
    }
}

/// The burden, doubts and groups of a client; `None` when no loan runs.
pub(super) fn judge(rows: &[Row], book: &LoanBook) -> Option<(ClientBurden, Doubts, Vec<u16>)> {
    let first = rows.iter().find(|row| row.kind == Kind::Loan)?;
    let mut doubts = Doubts { currency: first.currency, ..Doubts::default() };
    let (mut loans, mut instalments, mut outstanding) = (0, 0_i64, Some(0_i64));
    let (mut days_late, mut due, mut late) = (0, 0, 0);
    let (mut income, mut person) = (f64::NAN, 0);
    for row in rows {
        if person != 0 && row.person != 0 && person != row.person {
            doubts.shared = true;
        }
        if row.person != 0 {
            person = row.person;
        }
        if !row.income.is_nan() {
            doubts.incomes_differ |= !income.is_nan() && income != row.income;
            income = row.income;
        }
        match row.kind {
            Kind::Loan => {
                loans += 1;
                days_late = days_late.max(row.days_late);
                doubts.currencies_mixed |= row.currency != doubts.currency;
                if row.instalment == UNKNOWN {
                    doubts.loans_without_instalment += 1;
                } else {
                    instalments = instalments.saturating_add(row.instalment);
                }
                outstanding = outstanding
                    .filter(|_| row.outstanding != UNKNOWN)
                    .map(|sum| sum.saturating_add(row.outstanding));
            }
            Kind::Due => {
                due += 1;
                days_late = days_late.max(row.days_late);
                late += u32::from(row.days_late > book.late_after);
            }
            Kind::Closed | Kind::Client => {}
        }
    }
    if doubts.currencies_mixed {
        doubts.currency = 0;
    }
    doubts.income_missing = income.is_nan();
    doubts.income_not_positive = !doubts.incomes_differ && income <= 0.0;
    let sums = !doubts.currencies_mixed && !doubts.shared;
    let instalments = (sums && doubts.loans_without_instalment == 0).then_some(instalments);
    let income = (!income.is_nan() && !doubts.incomes_differ && !doubts.shared).then_some(income);
    let ratio = match (instalments, income) {
        (_, Some(income)) if income <= 0.0 => Ratio::IncomeNotPositive,
        (Some(instalments), Some(income)) => Ratio::Known(instalments as f64 / PARTS / income),
        _ => Ratio::Unknown,
    };
    let burden = ClientBurden {
        // A text's hash is replaced where ids are kept.
        client: String::new(),
        key: first.client,
        loans,
        lenders: lenders(rows),
        instalments,
        income,
        ratio,
        outstanding: outstanding.filter(|_| sums),
        days_late,
        due,
        late,
        refinanced: refinanced(rows, book),
        groups: Vec::new(),
        currency: String::new(),
        warnings: Vec::new(),
    };
    Some((burden, doubts, groups(rows)))
}

fn lenders(rows: &[Row]) -> u32 {
    let running = |row: &&Row| row.kind == Kind::Loan;
    let (mut few, mut many) = (0_u64, Vec::new());
    for row in rows.iter().filter(running) {
        if row.lender < 64 {
            few |= 1 << row.lender;
        } else if !many.contains(&row.lender) {
            many.push(row.lender);
        }
    }
    few.count_ones() + many.len() as u32
}

/// Whether a loan closed early and a running one of the same lender lie close together.
fn refinanced(rows: &[Row], book: &LoanBook) -> bool {
    rows.iter().filter(|row| row.kind == Kind::Closed).any(|closed| {
        rows.iter().any(|row| {
            row.kind == Kind::Loan
                && row.lender == closed.lender
                && row.day.abs_diff(closed.day) <= u32::from(book.refinance_within)
        })
    })
}

/// The groups of the clients file, or where it names none those of the running loans; each once, in order.
fn groups(rows: &[Row]) -> Vec<u16> {
    let of = |kind: Kind| -> Vec<u16> {
        let mut codes: Vec<u16> =
            rows.iter().filter(|row| row.kind == kind && row.group != 0).map(|row| row.group).collect();
        codes.sort_unstable();
        codes.dedup();
        codes
    };
    let codes = of(Kind::Client);
    if codes.is_empty() { of(Kind::Loan) } else { codes }
}
