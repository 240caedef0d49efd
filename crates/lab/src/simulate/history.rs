//! Monthly histories of borrowers whose true hazard of distress is known.
//!
//! In month t a client who is not in distress falls into it with probability h,
//!
//! logit h = −5.4 + 0.25·ln(1 + days late) + 2.2·share of late months of the last six + 1.6·min(burden, 2) +
//! 0.35·(loans − 1) + 0.6·1(under six months a client) + 0.5·1(farming)·hungry season − 0.9·arc change of income + 0.35·u,
//!
//! all of it as of the end of month t − 1; u is standard normal, of the client alone and on no record. Distress lasts two to
//! four months with more than thirty days late; then seven in ten come back with one loan, the others leave. Income has a
//! level of the client, a season of the sector and luck; the burden is instalments over income of the last six months.
//! Lateness short of distress follows a stress of the client that fades by a fifth each month. Clients join all the
//! time, also in a year before the records begin, and 1.2 % leave each month for their own reasons.
//!
//! Pure: options in, histories and the true hazards out; every client draws from a stream of its own.

use super::draws::{below, normal, uniform};
use rand_chacha::ChaCha12Rng;
use rand_chacha::rand_core::SeedableRng;
use std::fmt::Write;
use whatworks_evidence::warning::{ClientHistory, History, Periods, Record};

/// Months simulated before the first one on record, so that nothing begins with the records.
const BEFORE: i64 = 12;
/// The first month on record: January 2022.
pub(crate) const FIRST_MONTH: i64 = 2022 * 12;
const SECTORS: [&str; 4] = ["farming", "trade", "services", "livestock"];
const AREAS: [&str; 2] = ["rural", "urban"];
const SEXES: [&str; 2] = ["female", "male"];
/// Streams of client histories lie beyond those of other simulations with the same seed.
const STREAMS: u64 = 1 << 40;

/// What to simulate.
#[derive(Debug, Clone, Copy)]
pub(crate) struct HistoryOptions {
    /// Seed of every draw.
    pub(crate) seed: u64,
    /// Which institution of several with the same seed, from 0.
    pub(crate) institution: u32,
    /// Clients, over all months.
    pub(crate) clients: u32,
    /// Months on record.
    pub(crate) months: u32,
}

/// Histories with the truth behind them.
#[derive(Debug)]
pub(crate) struct SimulatedHistory {
    /// What the institution has on record.
    pub(crate) history: History,
    /// Months at risk.
    pub(crate) months_at_risk: u64,
    /// Onsets of distress.
    pub(crate) onsets: u64,
    /// Sum of the true hazards over the months at risk: what `onsets` is a draw from.
    pub(crate) hazard: f64,
}

struct Person {
    sector: u32,
    area: u32,
    sex: u32,
    age: f64,
    joined: i64,
    level: f64,
    instalment: f64,
    frailty: f64,
    /// Income is on record.
    recorded: bool,
}

/// A client from month to month.
struct Life {
    loans: f64,
    balance: f64,
    stress: f64,
    /// Months of distress left; 0 when not in distress.
    distress: u32,
    leaves_after: bool,
    /// The last months: late or not, newest last.
    late: Vec<bool>,
    incomes: Vec<f64>,
    days_late: f64,
}

/// Simulates an institution.
pub(crate) fn simulate_history(options: &HistoryOptions) -> SimulatedHistory {
    let mut out = SimulatedHistory {
        history: History {
            periods: Periods::Months,
            clients: Vec::with_capacity(options.clients as usize),
            sectors: SECTORS.map(str::to_owned).to_vec(),
            sexes: SEXES.map(str::to_owned).to_vec(),
            areas: AREAS.map(str::to_owned).to_vec(),
        },
        months_at_risk: 0,
        onsets: 0,
        hazard: 0.0,
    };
    let end = FIRST_MONTH + i64::from(options.months);
    for number in 0..options.clients {
        let mut rng = ChaCha12Rng::seed_from_u64(options.seed);
        rng.set_stream(STREAMS * (1 + u64::from(options.institution)) + u64::from(number));
        let records = live(&mut rng, end, &mut out);
        if !records.is_empty() {
            out.history.clients.push(ClientHistory::new(format!("C{:07}", number + 1), records));
        }
    }
    out
}

fn live(rng: &mut ChaCha12Rng, end: i64, truth: &mut SimulatedHistory) -> Vec<Record> {
    let months = (end - FIRST_MONTH + BEFORE + 36) as u32;
    // Some joined years before the records begin.
    let joined = end - 1 - i64::from(below(rng, months));
    let level = (0.5 * normal(rng)).exp() * 200.0;
    let person = Person {
        sector: below(rng, 4),
        area: u32::from(uniform(rng) < 0.4),
        sex: u32::from(uniform(rng) < 0.3),
        age: 19.0 + f64::from(below(rng, 44)),
        joined,
        level,
        instalment: level * (0.08 + 0.14 * uniform(rng)),
        frailty: normal(rng),
        recorded: uniform(rng) < 0.9,
    };
    let mut life = Life {
        loans: 1.0,
        balance: 10.0 * person.instalment,
        stress: 0.0,
        distress: 0,
        leaves_after: false,
        late: Vec::new(),
        incomes: Vec::new(),
        days_late: 0.0,
    };
    let mut records = Vec::new();
    for month in joined.max(FIRST_MONTH - BEFORE - 24)..end {
        let on_record = month >= FIRST_MONTH;
        let Some(record) = live_month(rng, &person, &mut life, month, on_record, truth) else { break };
        if on_record {
            records.push(record);
        }
        if life.distress == 0 && uniform(rng) < 0.012 {
            break;
        }
    }
    records
}

/// One month; None when the client left at its beginning.
fn live_month(
    rng: &mut ChaCha12Rng,
    person: &Person,
    life: &mut Life,
    month: i64,
    on_record: bool,
    truth: &mut SimulatedHistory,
) -> Option<Record> {
    if life.distress > 0 {
        life.distress -= 1;
        if life.distress == 0 {
            if life.leaves_after {
                return None;
            }
            life.loans = 1.0;
            life.balance = 10.0 * person.instalment;
        }
    } else if !life.incomes.is_empty() {
        let hazard = hazard(person, life, month);
        let falls = uniform(rng) < hazard;
        if on_record {
            truth.months_at_risk += 1;
            truth.hazard += hazard;
            truth.onsets += u64::from(falls);
        }
        if falls {
            life.distress = 2 + below(rng, 3);
            life.leaves_after = uniform(rng) < 0.3;
        }
    }

    let season = season_of(person.sector, month);
    let income = (person.level * season * (0.25 * normal(rng)).exp()).round();
    life.incomes.push(income);
    life.stress = 0.8 * life.stress + 0.6 * normal(rng);
    let due = (life.loans * person.instalment).round();
    let (days_late, paid) = if life.distress > 0 {
        let days =
            if life.days_late > 30.0 { life.days_late + 30.0 } else { 31.0 + f64::from(below(rng, 29)) };
        (days, (0.2 * due * uniform(rng)).round())
    } else if uniform(rng) < logistic(-2.2 + 1.1 * life.stress + 0.4 * person.frailty) {
        let days = 1.0 + f64::from(below(rng, 29));
        (days, (due * (1.0 - uniform(rng) * days / 30.0)).round())
    } else {
        (0.0, due)
    };
    life.days_late = days_late;
    life.late.push(days_late > 0.0);
    life.balance = at_least(0.0, life.balance - 0.8 * paid).round();
    if life.distress == 0 && days_late == 0.0 {
        if life.balance < 2.0 * person.instalment {
            life.balance += (12.0 * person.instalment).round();
        } else if life.loans < 4.0 && uniform(rng) < 0.02 {
            life.loans += 1.0;
            life.balance += (8.0 * person.instalment).round();
        } else if life.loans > 1.0 && uniform(rng) < 0.05 {
            life.loans -= 1.0;
        }
    }
    Some(Record {
        period: month,
        days_late,
        due,
        paid,
        balance: life.balance,
        loans: life.loans,
        income: if person.recorded { income } else { f64::NAN },
        joined: person.joined as f64,
        age: person.age,
        sector: Some(person.sector),
        sex: Some(person.sex),
        area: Some(person.area),
    })
}

/// The chance of falling into distress this month, from what was so at the end of the last.
fn hazard(person: &Person, life: &Life, month: i64) -> f64 {
    let recent = &life.late[life.late.len().saturating_sub(6)..];
    let late_share = recent.iter().filter(|late| **late).count() as f64 / recent.len() as f64;
    let mean = |incomes: &[f64]| incomes.iter().sum::<f64>() / incomes.len() as f64;
    let incomes = &life.incomes;
    let half_year = mean(&incomes[incomes.len().saturating_sub(6)..]);
    let burden = at_most(2.0, life.loans * person.instalment / half_year);
    let now = mean(&incomes[incomes.len().saturating_sub(3)..]);
    let before = &incomes[..incomes.len().saturating_sub(3)];
    let change = if before.is_empty() {
        0.0
    } else {
        let before = mean(&before[before.len().saturating_sub(12)..]);
        2.0 * (now - before) / (now + before)
    };
    let farming = if person.sector == 0 { hungry_season(month) } else { 0.0 };
    logistic(
        -5.4 + 0.25 * life.days_late.ln_1p()
            + 2.2 * late_share
            + 1.6 * burden
            + 0.35 * (life.loans - 1.0)
            + if month - person.joined < 6 { 0.6 } else { 0.0 }
            + 0.5 * farming
            - 0.9 * change
            + 0.35 * person.frailty,
    )
}

/// −1 to 1, highest in March, before the harvest.
fn hungry_season(month: i64) -> f64 {
    (std::f64::consts::TAU * (month.rem_euclid(12) as f64 - 2.0) / 12.0).cos()
}

fn season_of(sector: u32, month: i64) -> f64 {
    let swing = [0.35, 0.1, 0.05, 0.2][sector as usize % 4];
    1.0 - swing * hungry_season(month)
}

fn logistic(eta: f64) -> f64 {
    1.0 / (1.0 + (-eta).exp())
}

/// The larger of two numbers.
fn at_least(least: f64, value: f64) -> f64 {
    if value < least { least } else { value }
}

/// The smaller of two numbers.
fn at_most(most: f64, value: f64) -> f64 {
    if value > most { most } else { value }
}

/// A plan that warns from `histories.csv` beside it: learned from all but the last year, judged on that.
pub(crate) fn warning_plan(months: u32) -> String {
    let test_from = Periods::Months.name(FIRST_MONTH + i64::from(months.saturating_sub(12)));
    format!(
        "# Simulated histories: nobody is described. hazard.json says how many onsets of distress were expected.

[early_warning]
file = \"histories.csv\"
period = \"month\"
horizon = 3
distress_days = 30
test_from = \"{test_from}\"
capacity = 200

[early_warning.columns]
client = \"client\"
period = \"month\"
days_late = \"days_late\"
due = \"due\"
paid = \"paid\"
balance = \"balance\"
loans = \"loans\"
income = \"income\"
joined = \"joined\"
age = \"age\"
sector = \"sector\"
sex = \"sex\"
area = \"area\"
"
    )
}

impl SimulatedHistory {
    /// The records, comma-separated, a header first, by client and month; what is not known is an empty field.
    pub(crate) fn csv(&self) -> String {
        let history = &self.history;
        let name = |names: &[String], code: Option<u32>| {
            code.and_then(|code| names.get(code as usize).cloned()).unwrap_or_default()
        };
        let mut text =
            String::from("client,month,days_late,due,paid,balance,loans,income,joined,age,sector,sex,area\n");
        for client in &history.clients {
            // Every record lies before the month after the last.
            let Some(cut) = client.span().and_then(|span| client.before(span.1 + 1)) else { continue };
            for record in cut.records() {
                let income = if record.income.is_nan() { String::new() } else { record.income.to_string() };
                // Writing to a String cannot fail.
                let _ = writeln!(
                    text,
                    "{},{},{},{},{},{},{},{income},{},{},{},{},{}",
                    client.client,
                    Periods::Months.name(record.period),
                    record.days_late,
                    record.due,
                    record.paid,
                    record.balance,
                    record.loans,
                    Periods::Months.name(record.joined as i64),
                    record.age,
                    name(&history.sectors, record.sector),
                    name(&history.sexes, record.sex),
                    name(&history.areas, record.area),
                );
            }
        }
        text
    }
}
