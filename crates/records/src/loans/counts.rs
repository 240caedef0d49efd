//! Counts and sums of many clients, in all and by group: whole numbers only, so that they add up in any order.

use super::book::LoanBook;
use super::burden::{ClientBurden, Doubts, Ratio};
use super::row::PARTS;
use super::warning::LoanWarning;
use serde::Serialize;
use std::collections::BTreeMap;

/// Classes of clients by number of loans or lenders: 1, 2, … and the last for all above.
pub const CLASSES: usize = 6;
/// Parts of one that ratios are added up in.
const RATIO_PARTS: f64 = (1_u64 << 48) as f64;

/// Counts and sums over clients with a running loan; rates are one count over another.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct BurdenCounts {
    /// Clients with a running loan, less ids that two people share.
    pub clients: u64,
    /// Their running loans.
    pub loans: u64,
    /// Clients by running loans: 1, 2, … 5, six or more.
    pub by_loans: [u64; CLASSES],
    /// Clients by lenders: 1, 2, … 5, six or more.
    pub by_lenders: [u64; CLASSES],
    /// Clients that count in rates of the ratio: known, or income zero or negative.
    pub with_ratio: u64,
    /// Those above each bound asked for.
    pub above: Vec<u64>,
    /// Clients with a known ratio.
    pub ratio_known: u64,
    /// Sum of known ratios, in parts of 2⁻⁴⁸.
    pub ratio_sum: i128,
    /// Clients with an instalment or loan late by more than the days asked for.
    pub late: u64,
    /// Instalments fallen due in the window.
    pub instalments_due: u64,
    /// Those late by more than the days asked for.
    pub instalments_late: u64,
    /// Clients with a loan refinanced before its term.
    pub refinanced: u64,
    /// Instalments a month by currency, in ten-thousandths of a unit, of clients with a sum.
    pub instalments: BTreeMap<String, i128>,
    /// Owed by currency, in ten-thousandths, of clients with a sum.
    pub outstanding: BTreeMap<String, i128>,
}

impl BurdenCounts {
    /// Clients with at least so many running loans, up to six.
    pub fn with_loans(&self, least: usize) -> u64 {
        self.by_loans.iter().skip(least.max(1) - 1).sum()
    }

    /// Clients with at least so many lenders, up to six.
    pub fn with_lenders(&self, least: usize) -> u64 {
        self.by_lenders.iter().skip(least.max(1) - 1).sum()
    }

    /// Mean of the known ratios.
    pub fn mean_ratio(&self) -> Option<f64> {
        (self.ratio_known > 0).then(|| self.ratio_sum as f64 / RATIO_PARTS / self.ratio_known as f64)
    }

    fn merge(&mut self, other: Self) {
        self.clients += other.clients;
        self.loans += other.loans;
        for (one, other) in self.by_loans.iter_mut().zip(other.by_loans) {
            *one += other;
        }
        for (one, other) in self.by_lenders.iter_mut().zip(other.by_lenders) {
            *one += other;
        }
        self.with_ratio += other.with_ratio;
        for (one, other) in self.above.iter_mut().zip(other.above) {
            *one += other;
        }
        self.ratio_known += other.ratio_known;
        self.ratio_sum += other.ratio_sum;
        self.late += other.late;
        self.instalments_due += other.instalments_due;
        self.instalments_late += other.instalments_late;
        self.refinanced += other.refinanced;
    }
}

/// The answer of a loan book.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LoanBookCounts {
    /// Rows of the loans files.
    pub loans_in_files: u64,
    /// All clients.
    pub all: BurdenCounts,
    /// By group; empty when none was asked for. Clients without a group stand under the empty name.
    pub by_group: BTreeMap<String, BurdenCounts>,
    /// Doubts and how many rows or clients they touch.
    pub warnings: BTreeMap<LoanWarning, u64>,
}

/// Money by code of currency.
type Money = BTreeMap<u8, (i128, i128)>;

/// One thread's counts.
pub(super) struct Tally {
    bounds: Vec<f64>,
    late_after: u16,
    grouped: bool,
    all: (BurdenCounts, Money),
    groups: BTreeMap<u16, (BurdenCounts, Money)>,
    warnings: BTreeMap<LoanWarning, u64>,
}

impl Tally {
    pub(super) fn new(book: &LoanBook) -> Self {
        let by_client = book.clients.as_ref().is_some_and(|(_, columns)| columns.group.is_some());
        Self {
            bounds: book.ratios.clone(),
            late_after: book.late_after,
            grouped: by_client || book.columns.group.is_some(),
            all: (empty(book.ratios.len()), Money::new()),
            groups: BTreeMap::new(),
            warnings: BTreeMap::new(),
        }
    }

    pub(super) fn add(&mut self, burden: &ClientBurden, doubts: &Doubts, mut groups: Vec<u16>) {
        for warning in doubts.named() {
            let count = if warning == LoanWarning::LoanWithoutInstalment {
                doubts.loans_without_instalment.into()
            } else {
                1
            };
            *self.warnings.entry(warning).or_default() += count;
        }
        if doubts.shared {
            return;
        }
        count(&mut self.all, burden, doubts, &self.bounds, self.late_after);
        if !self.grouped {
            return;
        }
        if groups.is_empty() {
            groups.push(0);
        }
        for group in groups {
            let counts = self.groups.entry(group).or_insert_with(|| (empty(self.bounds.len()), Money::new()));
            count(counts, burden, doubts, &self.bounds, self.late_after);
        }
    }

    pub(super) fn merge(&mut self, other: Self) {
        merge(&mut self.all, other.all);
        for (group, counts) in other.groups {
            let bounds = self.bounds.len();
            merge(self.groups.entry(group).or_insert_with(|| (empty(bounds), Money::new())), counts);
        }
        for (warning, count) in other.warnings {
            *self.warnings.entry(warning).or_default() += count;
        }
    }

    pub(super) fn finish(
        self,
        groups: &[String],
        currencies: &[String],
        mut warnings: BTreeMap<LoanWarning, u64>,
    ) -> LoanBookCounts {
        let name = |code: usize, list: &[String]| list.get(code).cloned().unwrap_or_default();
        let spelt = |(mut counts, money): (BurdenCounts, Money)| {
            for (code, (instalments, outstanding)) in money {
                let currency = name(code.into(), currencies);
                counts.instalments.insert(currency.clone(), instalments);
                counts.outstanding.insert(currency, outstanding);
            }
            counts
        };
        warnings.extend(self.warnings);
        let all = spelt(self.all);
        if all.clients > 0 {
            warnings.insert(LoanWarning::InformalDebtAbsent, all.clients);
        }
        LoanBookCounts {
            loans_in_files: 0,
            all,
            by_group: self
                .groups
                .into_iter()
                .map(|(code, counts)| (name(code.into(), groups), spelt(counts)))
                .collect(),
            warnings,
        }
    }
}

fn empty(bounds: usize) -> BurdenCounts {
    BurdenCounts { above: vec![0; bounds], ..BurdenCounts::default() }
}

fn merge(one: &mut (BurdenCounts, Money), other: (BurdenCounts, Money)) {
    one.0.merge(other.0);
    for (currency, (instalments, outstanding)) in other.1 {
        let sums = one.1.entry(currency).or_default();
        sums.0 += instalments;
        sums.1 += outstanding;
    }
}

fn count(
    (counts, money): &mut (BurdenCounts, Money),
    burden: &ClientBurden,
    doubts: &Doubts,
    bounds: &[f64],
    late_after: u16,
) {
    let class = |number: u32| (number.max(1) as usize - 1).min(CLASSES - 1);
    counts.clients += 1;
    counts.loans += u64::from(burden.loans);
    counts.by_loans[class(burden.loans)] += 1;
    counts.by_lenders[class(burden.lenders)] += 1;
    if burden.ratio != Ratio::Unknown {
        counts.with_ratio += 1;
        for (above, bound) in counts.above.iter_mut().zip(bounds) {
            *above += u64::from(match burden.ratio {
                Ratio::Known(ratio) => ratio > *bound,
                _ => true,
            });
        }
    }
    if let Ratio::Known(ratio) = burden.ratio {
        counts.ratio_known += 1;
        counts.ratio_sum += (ratio * RATIO_PARTS).round() as i128;
    }
    counts.late += u64::from(burden.days_late > late_after);
    counts.instalments_due += u64::from(burden.due);
    counts.instalments_late += u64::from(burden.late);
    counts.refinanced += u64::from(burden.refinanced);
    if burden.instalments.is_some() || burden.outstanding.is_some() {
        let sums = money.entry(doubts.currency).or_default();
        sums.0 += i128::from(burden.instalments.unwrap_or_default());
        sums.1 += i128::from(burden.outstanding.unwrap_or_default());
    }
}

/// Amounts are kept in these parts of a unit.
const _: () = assert!(PARTS == 10_000.0);
