//! A client's history, and the only way to read it: cut before a period.
//!
//! [`Cut`] borrows the records before the cut and has no road to later ones, so a feature that is a function of a cut
//! cannot read the future. What a feature captured elsewhere is found by [`super::find_leaks`].

/// How long a period is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Periods {
    /// Months, numbered year × 12 + month − 1.
    Months,
    /// Any other length, numbered one after another; without seasons.
    Numbers,
}

impl Periods {
    /// The word for `count` of them.
    pub fn word(self, count: i64) -> &'static str {
        match (self, count) {
            (Self::Months, 1) => "month",
            (Self::Months, _) => "months",
            (Self::Numbers, 1) => "period",
            (Self::Numbers, _) => "periods",
        }
    }

    /// A period as it is written: 2024-03, or its number.
    pub fn name(self, period: i64) -> String {
        match self {
            Self::Months => format!("{:04}-{:02}", period.div_euclid(12), period.rem_euclid(12) + 1),
            Self::Numbers => period.to_string(),
        }
    }

    /// Reads a period as [`Periods::name`] writes it; a date counts as its month.
    pub fn parse(self, text: &str) -> Option<i64> {
        match self {
            Self::Numbers => text.trim().parse().ok().filter(|at: &i64| at.abs() < 1_000_000),
            Self::Months => {
                let mut parts = text.trim().split('-');
                let (year, month) = (parts.next()?, parts.next()?);
                let year: i64 = year.parse().ok().filter(|_| year.len() == 4)?;
                let month: i64 = month.parse().ok()?;
                ((1..=12).contains(&month) && (1900..2200).contains(&year)).then(|| year * 12 + month - 1)
            }
        }
    }
}

/// One client in one period; NaN where a number is missing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Record {
    /// The period.
    pub period: i64,
    /// Days late at the end of it; 0 when on time.
    pub days_late: f64,
    /// Instalments due in it.
    pub due: f64,
    /// Paid of them.
    pub paid: f64,
    /// Owed at the end of it.
    pub balance: f64,
    /// Loans open at the end of it.
    pub loans: f64,
    /// Income in it, as known.
    pub income: f64,
    /// When the client joined, as a period; NaN when not known.
    pub joined: f64,
    /// Years of age.
    pub age: f64,
    /// Code of the sector: a place in [`History::sectors`]; None when not known.
    pub sector: Option<u32>,
    /// Code of the sex: a place in [`History::sexes`].
    pub sex: Option<u32>,
    /// Code of the area: a place in [`History::areas`].
    pub area: Option<u32>,
}

/// One client.
#[derive(Debug, Clone, PartialEq)]
pub struct ClientHistory {
    /// The client's key, as the institution writes it.
    pub client: String,
    /// Records in the order of the periods, one each.
    records: Vec<Record>,
}

impl ClientHistory {
    /// A client with records in any order; of two in one period the later in the list stays.
    pub fn new(client: impl Into<String>, mut records: Vec<Record>) -> Self {
        records.sort_by_key(|record| record.period);
        records.reverse();
        records.dedup_by_key(|record| record.period);
        records.reverse();
        Self { client: client.into(), records }
    }

    /// What was known before a period. None for a client with no record before it.
    pub fn before(&self, period: i64) -> Option<Cut<'_>> {
        let end = self.records.partition_point(|record| record.period < period);
        let records = &self.records[..end];
        records.last().map(|last| Cut { records, last, at: period })
    }

    /// Records of periods from `from` to below `to`: outcomes, never features.
    pub(super) fn window(&self, from: i64, to: i64) -> &[Record] {
        let start = self.records.partition_point(|record| record.period < from);
        let end = self.records.partition_point(|record| record.period < to);
        &self.records[start..end.max(start)]
    }

    pub(super) fn records_mut(&mut self) -> &mut Vec<Record> {
        &mut self.records
    }

    /// First and last period; None without records.
    pub fn span(&self) -> Option<(i64, i64)> {
        Some((self.records.first()?.period, self.records.last()?.period))
    }

    /// Records.
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }
}

/// All clients of an institution.
#[derive(Debug, Clone, PartialEq)]
pub struct History {
    /// How long a period is.
    pub periods: Periods,
    /// Clients, in the order of their keys.
    pub clients: Vec<ClientHistory>,
    /// Names of the sectors.
    pub sectors: Vec<String>,
    /// Names of the sexes, as recorded.
    pub sexes: Vec<String>,
    /// Names of the areas.
    pub areas: Vec<String>,
}

impl History {
    /// First and last period of any client; None without records.
    pub fn span(&self) -> Option<(i64, i64)> {
        let spans = || self.clients.iter().filter_map(ClientHistory::span);
        Some((spans().map(|span| span.0).min()?, spans().map(|span| span.1).max()?))
    }
}

/// What was known of a client before a period.
#[derive(Debug, Clone, Copy)]
pub struct Cut<'a> {
    records: &'a [Record],
    last: &'a Record,
    at: i64,
}

impl<'a> Cut<'a> {
    /// The cut: everything in it is of an earlier period.
    pub fn at(&self) -> i64 {
        self.at
    }

    /// The last record, of whatever earlier period.
    pub fn last(&self) -> &'a Record {
        self.last
    }

    /// Every record, in the order of the periods.
    pub fn records(&self) -> &'a [Record] {
        self.records
    }

    /// Records of the last `count` periods before the cut.
    pub fn recent(&self, count: i64) -> &'a [Record] {
        let start = self.records.partition_point(|record| record.period < self.at - count);
        &self.records[start..]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(crate) fn record(period: i64) -> Record {
        Record {
            period,
            days_late: 0.0,
            due: 10.0,
            paid: 10.0,
            balance: 100.0,
            loans: 1.0,
            income: 50.0,
            joined: f64::NAN,
            age: 30.0,
            sector: None,
            sex: None,
            area: None,
        }
    }

    #[test]
    fn a_cut_holds_what_is_before_it() {
        let twice = Record { balance: 7.0, ..record(4) };
        let client = ClientHistory::new("a", vec![record(5), record(2), record(4), twice]);
        let cut = client.before(5).unwrap();
        assert_eq!(cut.records().iter().map(|r| r.period).collect::<Vec<_>>(), [2, 4]);
        assert_eq!(cut.last().balance, 7.0);
        assert_eq!(cut.recent(2).len(), 1);
        assert_eq!(cut.recent(3).len(), 2);
        assert!(client.before(2).is_none());
        assert_eq!(client.window(4, 6).len(), 2);
        assert_eq!(client.window(6, 4).len(), 0);
    }

    #[test]
    fn periods_survive_their_writing() {
        for period in [2024 * 12, 2024 * 12 + 11, 1999 * 12 + 5] {
            assert_eq!(Periods::Months.parse(&Periods::Months.name(period)), Some(period));
        }
        assert_eq!(Periods::Months.parse("2024-03-31"), Some(2024 * 12 + 2));
        for wrong in ["2024", "2024-13", "24-03", "", "march"] {
            assert_eq!(Periods::Months.parse(wrong), None, "{wrong}");
        }
        assert_eq!(Periods::Numbers.parse(" 17 "), Some(17));
        assert_eq!(Periods::Numbers.parse("1e3"), None);
    }
}
