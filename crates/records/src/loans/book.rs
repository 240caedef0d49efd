//! The description of a loan book: which files, which column plays which role, which day.

use std::collections::BTreeMap;
use std::path::PathBuf;

/// Columns of the loans file by role; days are dates, or whole numbers of days counted as the as-of day is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LoanColumns {
    /// The client's id: whole number or text.
    pub client: String,
    /// The lender, or any account of one: whole number or text. One lender when absent.
    pub lender: Option<String>,
    /// Day of disbursement.
    pub disbursed: String,
    /// Term in days.
    pub term_days: String,
    /// Instalment a month.
    pub instalment: String,
    /// The client's income a month, net of costs but not of debt service; may stand in the clients file instead.
    pub income: Option<String>,
    /// What is still owed on the day.
    pub outstanding: Option<String>,
    /// Days in arrears on the day.
    pub days_late: Option<String>,
    /// Day the loan was closed, empty while it runs; needed to see refinancing.
    pub closed: Option<String>,
    /// Currency of the amounts.
    pub currency: Option<String>,
    /// What to count by: branch, product, officer, segment. A client counts once in each group of its running loans.
    pub group: Option<String>,
    /// What tells people apart under one id: birth year, sex, name.
    pub person: Vec<String>,
}

/// Columns of the instalments file by role.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct InstalmentColumns {
    /// The client's id, as in the loans file.
    pub client: String,
    /// Day the instalment falls due.
    pub due: String,
    /// Amount due.
    pub amount: String,
    /// Day it was paid, empty while it is not.
    pub paid: String,
    /// Amount paid.
    pub paid_amount: String,
}

/// Columns of the clients file by role.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ClientColumns {
    /// The client's id, as in the loans file.
    pub client: String,
    /// Income a month.
    pub income: Option<String>,
    /// What to count by; goes before the loans' group.
    pub group: Option<String>,
    /// What tells people apart under one id.
    pub person: Vec<String>,
}

/// A loan book and the question put to it.
#[derive(Debug, Clone, PartialEq)]
pub struct LoanBook {
    /// A Parquet file of loans, or a folder of them.
    pub loans: PathBuf,
    /// Its columns.
    pub columns: LoanColumns,
    /// Instalments, a Parquet file or folder, and their columns.
    pub instalments: Option<(PathBuf, InstalmentColumns)>,
    /// Clients, a Parquet file or folder, and their columns.
    pub clients: Option<(PathBuf, ClientColumns)>,
    /// The day: a loan runs on it when it was disbursed by then and matures, and was closed, only after.
    pub as_of: i32,
    /// Only loans whose column holds this value.
    pub rows: BTreeMap<String, String>,
    /// Ratios of instalments to income above which clients are counted, in rising order.
    pub ratios: Vec<f64>,
    /// Days after which an instalment counts as late.
    pub late_after: u16,
    /// Days before the day in which instalments and closings are looked at.
    pub look_back: u16,
    /// Days between an early closing and a new loan of the same lender that make it a refinancing.
    pub refinance_within: u16,
    /// Threads that read and count.
    pub threads: usize,
    /// Budget for the rows kept, in bytes; 48 a row.
    pub most_bytes: u64,
}

impl Default for LoanBook {
    fn default() -> Self {
        Self {
            loans: PathBuf::new(),
            columns: LoanColumns::default(),
            instalments: None,
            clients: None,
            as_of: 0,
            rows: BTreeMap::new(),
            ratios: vec![0.5, 0.75, 1.0],
            late_after: 30,
            look_back: 365,
            refinance_within: 7,
            threads: 2,
            most_bytes: 8_000_000_000,
        }
    }
}
