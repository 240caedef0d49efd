//! What may be wrong with the records of a client, and what that does to the rates.

use serde::Serialize;

/// A doubt, counted; its rule says what is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum LoanWarning {
    /// Loans, instalments or client rows without a client's id.
    RowWithoutClient,
    /// Loans without a day of disbursement or a term, or with a term below one day.
    LoanWithoutDates,
    /// Running loans without an instalment, or with a negative one.
    LoanWithoutInstalment,
    /// Instalment rows without a due day or an amount.
    InstalmentIncomplete,
    /// Clients without any income.
    IncomeMissing,
    /// Clients whose income is zero or negative.
    IncomeNotPositive,
    /// Clients with two different incomes.
    IncomesDiffer,
    /// Clients whose running loans are in two currencies.
    CurrenciesMixed,
    /// Ids that two people share: birth year, sex or name differ.
    ClientShared,
    /// Clients whose debt outside the book is not known.
    InformalDebtAbsent,
}

impl LoanWarning {
    /// What is done about it.
    pub fn rule(self) -> &'static str {
        match self {
            Self::RowWithoutClient => "left out: the row is of nobody",
            Self::LoanWithoutDates => "left out: whether the loan runs is not known",
            Self::LoanWithoutInstalment => {
                "the loan counts; its client has no ratio, since the sum would be too low"
            }
            Self::InstalmentIncomplete => "left out of arrears",
            Self::IncomeMissing => "the client has no ratio and is in no rate of ratios",
            Self::IncomeNotPositive => {
                "the ratio is not defined; the client counts above every bound and is not in the mean"
            }
            Self::IncomesDiffer => "the client has no ratio: incomes are neither chosen nor averaged",
            Self::CurrenciesMixed => {
                "the client has no ratio and no sums of money: currencies are not added up"
            }
            Self::ClientShared => "the id is in no rate and no sum: whose loans they are is not known",
            Self::InformalDebtAbsent => {
                "every ratio is a lower bound: debt outside the book must be asked for"
            }
        }
    }
}
