//! Features: numbers that a cut gives, each with the theme that its reason in words belongs to.
//!
//! Every number is computed from a [`Cut`] alone. Missing parts give NaN, which the logit takes as the average. Ratios
//! are capped where a few extreme records would lead the fit.

use super::cut::{Cut, History, Periods, Record};
use whatworks_stats::vulnerability::volatility;

/// Periods that "recent" means.
const RECENT: i64 = 6;
/// Most that instalments over income counts as; also that of a client without any income.
const MOST_BURDEN: f64 = 3.0;

/// What a reason is about. Columns of one theme make one reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Theme {
    /// Days late at the last record.
    LateNow,
    /// How often late of late.
    LateOften,
    /// The worst of the last year.
    LateWorst,
    /// Instalments not paid.
    Missed,
    /// The balance grows or shrinks.
    Balance,
    /// Number of loans, and new ones.
    Loans,
    /// Instalments over income.
    Burden,
    /// Income against the year before.
    Income,
    /// How much income swings.
    Volatility,
    /// No income on record.
    IncomeUnknown,
    /// How long a client.
    Tenure,
    /// Time of the year.
    Season,
    /// Line of business.
    Sector,
    /// A feature that the caller added.
    Other,
}

/// One column.
pub struct Feature {
    /// Its name, unique.
    pub name: String,
    /// Its theme.
    pub theme: Theme,
    value: Box<dyn Fn(&Cut<'_>) -> f64 + Send + Sync>,
}

impl Feature {
    /// A feature from a function of the cut.
    pub fn new(
        name: impl Into<String>,
        theme: Theme,
        value: impl Fn(&Cut<'_>) -> f64 + Send + Sync + 'static,
    ) -> Self {
        Self { name: name.into(), theme, value: Box::new(value) }
    }

    /// Its value; NaN when it cannot be told.
    pub fn value(&self, cut: &Cut<'_>) -> f64 {
        let value = (self.value)(cut);
        if value.is_finite() { value } else { f64::NAN }
    }
}

/// The features of every institution, in their order.
pub fn standard_features(history: &History) -> Vec<Feature> {
    use Theme::{
        Balance, Burden, Income, IncomeUnknown, LateNow, LateOften, LateWorst, Loans, Missed, Season, Sector,
        Tenure, Volatility,
    };
    let mut out = vec![
        Feature::new("days_late_now", LateNow, |cut| known_late(cut.last()).ln_1p()),
        Feature::new("late_now", LateNow, |cut| flag(known_late(cut.last()) > 0.0)),
        Feature::new("late_share", LateOften, |cut| {
            let (late, seen) = late_of_recent(cut);
            late as f64 / seen as f64
        }),
        Feature::new("worst_days_late", LateWorst, |cut| worst_days_late(cut).ln_1p()),
        Feature::new("missed_last", Missed, |cut| missed_share(cut.recent(1))),
        Feature::new("missed_share", Missed, |cut| missed_share(cut.recent(RECENT))),
        Feature::new("balance_change", Balance, balance_change),
        Feature::new("loans", Loans, |cut| capped(cut.last().loans, 6.0)),
        Feature::new("loans_added", Loans, loans_added),
        Feature::new("burden", Burden, burden),
        Feature::new("income_change", Income, income_change),
        Feature::new("income_volatility", Volatility, income_volatility),
        Feature::new("income_unknown", IncomeUnknown, |cut| {
            flag(incomes(cut.recent(RECENT)).next().is_none())
        }),
        Feature::new("tenure", Tenure, |cut| tenure(cut).ln_1p()),
        Feature::new("new_client", Tenure, |cut| flag(tenure(cut) < 6.0)),
    ];
    if history.periods == Periods::Months {
        let angle = |cut: &Cut<'_>| std::f64::consts::TAU * cut.at().rem_euclid(12) as f64 / 12.0;
        out.push(Feature::new("season_sine", Season, move |cut| angle(cut).sin()));
        out.push(Feature::new("season_cosine", Season, move |cut| angle(cut).cos()));
    }
    for (code, name) in (0_u32..).zip(&history.sectors) {
        out.push(Feature::new(format!("sector: {name}"), Sector, move |cut| {
            cut.last().sector.map_or(f64::NAN, |own| flag(own == code))
        }));
    }
    out
}

fn flag(yes: bool) -> f64 {
    f64::from(u8::from(yes))
}

/// Keeps NaN.
fn capped(value: f64, most: f64) -> f64 {
    if value > most { most } else { value }
}

/// Days late, a missing or negative number counting as none.
fn known_late(record: &Record) -> f64 {
    if record.days_late > 0.0 { record.days_late } else { 0.0 }
}

/// Periods late and periods seen of the recent ones.
pub(super) fn late_of_recent(cut: &Cut<'_>) -> (i64, i64) {
    let each = cut.recent(RECENT).iter().map(|record| i64::from(known_late(record) > 0.0));
    each.fold((0, 0), |(late, seen), own| (late + own, seen + 1))
}

/// Most days late in the last twelve periods.
pub(super) fn worst_days_late(cut: &Cut<'_>) -> f64 {
    cut.recent(12).iter().map(known_late).fold(0.0, |worst, days| if days > worst { days } else { worst })
}

/// Share of what was due that was not paid; NaN when nothing was due.
pub(super) fn missed_share(records: &[Record]) -> f64 {
    let known = records.iter().filter(|record| record.due.is_finite() && record.paid.is_finite());
    let (due, missed) = known.fold((0.0, 0.0), |(due, missed), record| {
        let short = record.due - record.paid;
        (due + record.due, missed + if short > 0.0 { short } else { 0.0 })
    });
    if due > 0.0 { capped(missed / due, 1.0) } else { f64::NAN }
}

/// The record `back` periods before the last one, or the oldest within that.
fn earlier<'a>(cut: &Cut<'a>, back: i64) -> Option<&'a Record> {
    let last = cut.last().period;
    cut.records().iter().find(|record| record.period >= last - back).filter(|record| record.period < last)
}

/// 2(b − a)/(b + a), −2 to 2; 0 for two zeros.
fn arc(before: f64, after: f64) -> f64 {
    let sum = before + after;
    if sum > 0.0 {
        2.0 * (after - before) / sum
    } else if sum == 0.0 {
        0.0
    } else {
        f64::NAN
    }
}

fn balance_change(cut: &Cut<'_>) -> f64 {
    earlier(cut, 3).map_or(f64::NAN, |before| arc(before.balance, cut.last().balance))
}

/// Change of the balance in three periods, as a share of what it was; None when it was nothing or is not known.
pub(super) fn balance_growth(cut: &Cut<'_>) -> Option<f64> {
    let before = earlier(cut, 3)?.balance;
    (before > 0.0).then(|| cut.last().balance / before - 1.0).filter(|growth| growth.is_finite())
}

/// Loans more than six periods ago; fewer count as none.
pub(super) fn loans_added(cut: &Cut<'_>) -> f64 {
    let more = earlier(cut, RECENT).map_or(f64::NAN, |before| cut.last().loans - before.loans);
    if more < 0.0 { 0.0 } else { capped(more, 4.0) }
}

fn incomes(records: &[Record]) -> impl Iterator<Item = f64> + '_ {
    records.iter().map(|record| record.income).filter(|income| income.is_finite())
}

fn mean_income(records: &[Record]) -> Option<f64> {
    let (sum, count) = incomes(records).fold((0.0, 0), |(sum, count), income| (sum + income, count + 1));
    (count > 0).then(|| sum / f64::from(count))
}

/// Instalments of the last period over the mean recent income; at the cap without a positive income; NaN when unknown.
pub(super) fn burden(cut: &Cut<'_>) -> f64 {
    let due = cut.last().due;
    match mean_income(cut.recent(RECENT)) {
        _ if due.is_nan() => f64::NAN,
        Some(income) if income > 0.0 => capped(due / income, MOST_BURDEN),
        Some(_) if due > 0.0 => MOST_BURDEN,
        Some(_) => 0.0,
        None => f64::NAN,
    }
}

/// Mean income of the last three periods and of the twelve before them.
pub(super) fn incomes_then_and_now(cut: &Cut<'_>) -> Option<(f64, f64)> {
    let recent = cut.recent(3);
    let year = cut.recent(15);
    let before = &year[..year.len() - recent.len()];
    Some((mean_income(before)?, mean_income(recent)?))
}

fn income_change(cut: &Cut<'_>) -> f64 {
    incomes_then_and_now(cut).map_or(f64::NAN, |(before, now)| arc(before, now))
}

fn income_volatility(cut: &Cut<'_>) -> f64 {
    let year = cut.recent(12);
    let Some(first) = year.first() else { return f64::NAN };
    // Periods without a record are gaps across which no change is computed.
    let (mut row, mut next) = (Vec::with_capacity(12), first.period);
    for record in year {
        row.extend(std::iter::repeat_n(f64::NAN, usize::try_from(record.period - next).unwrap_or_default()));
        row.push(record.income);
        next = record.period + 1;
    }
    volatility(&row).arc_change_sd.unwrap_or(f64::NAN)
}

/// Periods since joining; since the first record when that is not known or lies after it.
pub(super) fn tenure(cut: &Cut<'_>) -> f64 {
    let first = cut.records().first().map_or(cut.at(), |record| record.period) as f64;
    let joined = cut.last().joined;
    let since = if joined <= first { joined } else { first };
    cut.at() as f64 - since
}

/// A reason in words: what the client's records say on a theme.
pub(super) fn words(theme: Theme, cut: &Cut<'_>, history: &History) -> String {
    let periods = history.periods;
    let percent = |share: f64| format!("{:.0} %", 100.0 * share);
    let many = |count: i64| format!("{count} {}", periods.word(count));
    match theme {
        Theme::LateNow if known_late(cut.last()) > 0.0 => match known_late(cut.last()) {
            days if days < 1.5 => "1 day late now".to_owned(),
            days => format!("{days:.0} days late now"),
        },
        Theme::LateNow => "on time now".into(),
        Theme::LateOften => {
            let (late, seen) = late_of_recent(cut);
            match (late, seen) {
                (0, _) => format!("paid on time in the last {}", many(seen)),
                (_, 1) => format!("paid late in the last {}", periods.word(1)),
                _ => format!("paid late in {late} of the last {}", many(seen)),
            }
        }
        Theme::LateWorst => {
            format!("was {:.0} days late at worst in the last {}", worst_days_late(cut), many(12))
        }
        Theme::Missed => {
            let share = missed_share(cut.recent(RECENT));
            if share.is_nan() {
                format!("nothing was due in the last {}", many(RECENT))
            } else {
                format!("left {} of what was due in the last {} unpaid", percent(share), many(RECENT))
            }
        }
        Theme::Balance => match balance_growth(cut) {
            Some(growth) if growth >= 0.005 => {
                format!("owes {} more than {} ago", percent(growth), many(3))
            }
            Some(growth) if growth <= -0.005 => {
                format!("owes {} less than {} ago", percent(-growth), many(3))
            }
            _ => format!("owes about as much as {} ago", many(3)),
        },
        Theme::Loans => {
            let loans = cut.last().loans;
            let noun = if (loans - 1.0).abs() < 0.5 { "loan" } else { "loans" };
            let added = loans_added(cut);
            let more = if added >= 1.0 {
                format!(", {added:.0} more than {} ago", many(RECENT))
            } else {
                String::new()
            };
            format!("has {loans:.0} {noun}{more}")
        }
        Theme::Burden => {
            let share = burden(cut);
            if share >= MOST_BURDEN {
                "instalments are three times the income or more".into()
            } else if share.is_nan() {
                "instalments against income are not known".into()
            } else {
                format!("instalments take {} of income", percent(share))
            }
        }
        Theme::Income => match incomes_then_and_now(cut) {
            Some((before, now)) if before > 0.0 && now < before => {
                format!("income is {} below the year before", percent(1.0 - now / before))
            }
            Some((before, now)) if before > 0.0 => {
                format!("income is {} above the year before", percent(now / before - 1.0))
            }
            _ => "how income changed is not known".into(),
        },
        Theme::Volatility => format!("income differs much from {0} to {0}", periods.word(1)),
        Theme::IncomeUnknown => "no income is on record".into(),
        Theme::Tenure => format!("a client for {}", many(tenure(cut) as i64)),
        Theme::Season => "this time of the year is harder".into(),
        Theme::Sector => {
            let name = cut.last().sector.and_then(|code| history.sectors.get(code as usize));
            name.map_or_else(|| "the line of business is not known".into(), |name| format!("works in {name}"))
        }
        Theme::Other => "another feature of the institution's own".into(),
    }
}
