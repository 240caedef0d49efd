//! Branches and clients, who is assigned and who takes up, and what every client's outcomes are.

use super::draws::{below, normal, shuffle, skewed, uniform};
use super::options::{Options, SimulatedDesign};
use super::outcomes::{COUNT, Kind, OUTCOMES, Outcome};
use super::rows::Row;
use rand_chacha::rand_core::Rng;
use whatworks_stats::distributions::normal_cdf;

/// How much better off, in SD, those are who would take the practice up: comparing takers with others misleads.
const TAKER_ADVANTAGE: f64 = 0.2;
/// How much better off, in SD, branches are that began, before they began (did only).
const EARLY_BRANCH_ADVANTAGE: f64 = 0.3;
/// Growth of money outcomes a period, in SD.
const GROWTH: f64 = 0.05;
/// Share of a client's person-level variance that stays over time.
const PERSISTENCE: f64 = 0.5;
/// Month of the year, from 0, in which money is most plentiful.
const PEAK_MONTH: f64 = 10.0;

struct Branch {
    urban: bool,
    /// Offered (did: began), when branches are what is assigned.
    treated: bool,
    /// Standard normal, one an outcome.
    level: [f64; COUNT],
    /// Standard normal, one an outcome and period; empty unless the design is did.
    shocks: Vec<[f64; COUNT]>,
}

#[expect(clippy::struct_excessive_bools, reason = "independent yes-or-no facts of a person, a column each")]
struct Client {
    branch: usize,
    female: bool,
    age: u32,
    owns_business: bool,
    /// Month of the first interview, from 0.
    month: u32,
    offered: bool,
    taker: bool,
    /// First period with the practice, from 1 (panel); none who never began.
    began: Option<u32>,
    /// First period without outcomes, from 1; none who stayed.
    left: Option<u32>,
    /// The lasting part of z, one an outcome; standard normal.
    lasting: [f64; COUNT],
    income_before: f64,
}

/// An institution before its surveys.
pub(super) struct Scene<'a> {
    options: &'a Options,
    /// Effect of the take-up on income, in SD.
    effect_sd: f64,
    branches: Vec<Branch>,
    clients: Vec<Client>,
}

impl<'a> Scene<'a> {
    /// Draws branches and clients, and lets chance assign.
    pub(super) fn draw(rng: &mut impl Rng, options: &'a Options, effect_sd: f64) -> Self {
        let branches = draw_branches(rng, options);
        let mut clients = draw_clients(rng, options, &branches);
        if matches!(options.design, SimulatedDesign::Randomised | SimulatedDesign::Instrument) {
            offer_within_branches(rng, &mut clients, branches.len());
        } else {
            for client in &mut clients {
                client.offered = branches[client.branch].treated;
            }
        }
        draw_attrition(rng, options, &mut clients);
        Self { options, effect_sd, branches, clients }
    }

    /// Every client's row in every period, ordered by client and period.
    pub(super) fn rows(&self, rng: &mut impl Rng) -> Vec<Row> {
        let mut rows = Vec::with_capacity(self.clients.len() * self.options.periods as usize);
        for (at, client) in self.clients.iter().enumerate() {
            for period in 1..=self.options.periods {
                let z = client_z(rng, client);
                let took_up = self.took_up(client, period);
                let seen = client.left.is_none_or(|left| period < left);
                rows.push(Row {
                    client: at as u32 + 1,
                    branch: client.branch as u32 + 1,
                    urban: self.branches[client.branch].urban,
                    female: client.female,
                    age: client.age,
                    owns_business: client.owns_business,
                    month: month(client, period) + 1,
                    income_before: client.income_before.round(),
                    period,
                    offered: client.offered,
                    took_up,
                    outcomes: seen
                        .then(|| std::array::from_fn(|k| self.outcome(k, client, period, z[k], took_up))),
                });
            }
        }
        rows
    }

    /// Share of the clients who take up when offered, as drawn.
    pub(super) fn taker_share(&self) -> f64 {
        self.clients.iter().filter(|client| client.taker).count() as f64 / self.clients.len() as f64
    }

    fn took_up(&self, client: &Client, period: u32) -> bool {
        match self.options.design {
            SimulatedDesign::Panel => client.began.is_some_and(|began| period >= began),
            SimulatedDesign::Did => client.offered && client.taker && period >= self.options.post_from(),
            _ => client.offered && client.taker,
        }
    }

    fn outcome(&self, k: usize, client: &Client, period: u32, z: f64, took_up: bool) -> f64 {
        let outcome = &OUTCOMES[k];
        let effect = if took_up { effect_in_unit(outcome, self.effect_sd) } else { 0.0 };
        let branch = &self.branches[client.branch];
        // In did half of what branches differ by is new in every period: without it, clustering would not matter.
        let between = branch
            .shocks
            .get(period as usize - 1)
            .map_or(branch.level[k], |shock| (branch.level[k] + shock[k]) * std::f64::consts::FRAC_1_SQRT_2);
        match outcome.kind {
            Kind::Money { mean, sd, season } => {
                let own = own_weight(self.options, season) * skewed(z);
                let wave = season * season_at(month(client, period));
                let level = self.advantage(client) + GROWTH * f64::from(period - 1);
                let branch_part = self.options.icc.sqrt() * between;
                (mean + sd * (own + branch_part + wave + level) + effect).round()
            }
            Kind::Share { probability } => {
                let effect_everywhere = effect_in_unit(outcome, self.effect_sd);
                let spread = share_spread(probability, effect_everywhere, self.options.icc);
                // A uniform of the branch, so that the probability stays within 0 and 1 and its mean is exact.
                let shift = spread * (2.0 * normal_cdf(between) - 1.0);
                f64::from(u8::from(normal_cdf(z) < probability + shift + effect))
            }
        }
    }

    /// Who would take up is better off; so are branches that began (did).
    fn advantage(&self, client: &Client) -> f64 {
        let share = self.options.compliance;
        let taker = TAKER_ADVANTAGE * (f64::from(u8::from(client.taker)) - share);
        let early = self.options.design == SimulatedDesign::Did && client.offered;
        taker + if early { EARLY_BRANCH_ADVANTAGE } else { 0.0 }
    }
}

/// Effect of the take-up in the outcome's unit.
pub(super) fn effect_in_unit(outcome: &Outcome, effect_sd: f64) -> f64 {
    effect_sd * outcome.multiple * outcome.sd()
}

/// Weight of a client's own part, so that the comparison's variance is 1.
fn own_weight(options: &Options, season: f64) -> f64 {
    let taker = TAKER_ADVANTAGE * TAKER_ADVANTAGE * options.compliance * (1.0 - options.compliance);
    (1.0 - options.icc - season * season / 2.0 - taker).sqrt()
}

/// Half the range of a branch's probability: for a uniform, variance icc·p(1 − p); less where 0 or 1 is near.
fn share_spread(probability: f64, effect: f64, icc: f64) -> f64 {
    let wanted = (3.0 * icc * probability * (1.0 - probability)).sqrt();
    let room = [probability, 1.0 - probability, probability + effect, 1.0 - probability - effect];
    room.into_iter().fold(wanted, |least, room| if room < least { room } else { least })
}

fn month(client: &Client, period: u32) -> u32 {
    (client.month + 3 * (period - 1)) % 12
}

fn season_at(month: u32) -> f64 {
    (std::f64::consts::TAU * (f64::from(month) - PEAK_MONTH) / 12.0).cos()
}

fn client_z(rng: &mut impl Rng, client: &Client) -> [f64; COUNT] {
    std::array::from_fn(|k| PERSISTENCE.sqrt() * client.lasting[k] + (1.0 - PERSISTENCE).sqrt() * normal(rng))
}

fn draw_branches(rng: &mut impl Rng, options: &Options) -> Vec<Branch> {
    let count = options.branches as usize;
    let mut treated: Vec<bool> = (0..count).map(|at| at < count / 2).collect();
    shuffle(rng, &mut treated);
    let shocked = if options.design == SimulatedDesign::Did { options.periods } else { 0 };
    treated
        .into_iter()
        .map(|treated| Branch {
            urban: uniform(rng) < 0.4,
            treated,
            level: std::array::from_fn(|_| normal(rng)),
            shocks: (0..shocked).map(|_| std::array::from_fn(|_| normal(rng))).collect(),
        })
        .collect()
}

/// Clients in branches of unequal size (two at least), with what was known of them before.
fn draw_clients(rng: &mut impl Rng, options: &Options, branches: &[Branch]) -> Vec<Client> {
    let count = branches.len();
    // Cumulative shares of branch sizes that differ up to threefold.
    let mut total = 0.0;
    let edges: Vec<f64> = branches
        .iter()
        .map(|_| {
            total += 0.5 + uniform(rng);
            total
        })
        .collect();
    (0..options.clients as usize)
        .map(|at| {
            let place = uniform(rng) * total;
            let drawn = edges.partition_point(|edge| *edge <= place).min(count - 1);
            let branch = if at < 2 * count { at % count } else { drawn };
            let common = normal(rng);
            let lasting = std::array::from_fn(|k| {
                let loading = OUTCOMES[k].loading;
                // Over-indebtedness, a share, falls with money; so does paying on time rise with it.
                let sign = if OUTCOMES[k].column == "paid_on_time" { -1.0 } else { 1.0 };
                sign * loading * common + (1.0 - loading * loading).sqrt() * normal(rng)
            });
            let month = below(rng, 12);
            let taker = uniform(rng) < options.compliance;
            let mut client = Client {
                branch,
                female: uniform(rng) < 0.7,
                age: 18 + below(rng, 48),
                owns_business: uniform(rng) < 0.55,
                month,
                offered: false,
                taker,
                began: began(rng, options, common),
                left: None,
                lasting,
                income_before: 0.0,
            };
            client.income_before = income_before(rng, options, &client, &branches[branch]);
            client
        })
        .collect()
}

/// Income a year earlier: the same lasting part, branch and season, new luck.
fn income_before(rng: &mut impl Rng, options: &Options, client: &Client, branch: &Branch) -> f64 {
    let outcome = &OUTCOMES[0];
    let Kind::Money { mean, sd, season } = outcome.kind else { return outcome.mean() };
    let z = client_z(rng, client)[0];
    let taker = TAKER_ADVANTAGE * (f64::from(u8::from(client.taker)) - options.compliance);
    let own = own_weight(options, season) * skewed(z);
    mean + sd
        * (own + options.icc.sqrt() * branch.level[0] + season * season_at(client.month) + taker
            - 4.0 * GROWTH)
}

/// First period with the practice in a panel: the better off begin more often; some never do.
fn began(rng: &mut impl Rng, options: &Options, common: f64) -> Option<u32> {
    let luck = uniform(rng);
    let at = 2 + below(rng, options.periods.saturating_sub(1).max(1));
    let never = if common > 0.0 { 0.2 } else { 0.5 };
    (options.design == SimulatedDesign::Panel && luck >= never).then_some(at)
}

/// Offers the practice to half the clients of every branch.
fn offer_within_branches(rng: &mut impl Rng, clients: &mut [Client], branches: usize) {
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); branches];
    for (at, client) in clients.iter().enumerate() {
        members[client.branch].push(at);
    }
    for members in &mut members {
        shuffle(rng, members);
        // An odd branch gives its last client to either arm by chance.
        let half = usize::midpoint(members.len(), usize::from(uniform(rng) < 0.5));
        for at in &members[..half] {
            clients[*at].offered = true;
        }
    }
}

/// Decides who is not found again: by chance alone, and with `differential` more of the comparison's poorer half.
fn draw_attrition(rng: &mut impl Rng, options: &Options, clients: &mut [Client]) {
    let first = if options.design.is_over_time() { 2 } else { 1 };
    for client in clients {
        let poorer = !client.offered && client.lasting[0] < 0.0;
        let chance = options.attrition + if poorer { options.differential } else { 0.0 };
        let lost = uniform(rng) < chance;
        let when = first + below(rng, options.periods + 1 - first);
        client.left = lost.then_some(when);
    }
}
