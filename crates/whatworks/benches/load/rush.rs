//! Visits that arrive by chance, whatever became of the earlier ones; and the program killed among them.

use crate::Options;
use crate::simulation::ledger::Acknowledged;
use crate::simulation::member::{Heard, Kind, Line, Member};
use crate::simulation::program::{Program, Setting};
use crate::simulation::seeded::Seat;
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;
use std::time::{Duration, Instant};
use tokio::sync::{mpsc, watch};
use tokio::task::JoinSet;

/// What came of it.
pub(crate) struct Done {
    pub(crate) heard: Vec<Heard>,
    /// By member.
    pub(crate) acknowledged: Vec<Acknowledged>,
    seconds: f64,
    /// Arrivals that found nobody free.
    turned_away: usize,
    /// Processor seconds and peak memory of the program, where the system tells.
    usage: Option<(f64, u64)>,
}

/// Lets members come until the time is over, or until the program was killed often enough; then lets them finish.
#[expect(clippy::disallowed_methods, reason = "a benchmark runs in real time")]
pub(crate) async fn run(setting: &Setting, seats: &[Seat], options: &Options) -> Done {
    let mut program = Program::start(setting);
    let (address, watching) = watch::channel(program.address);
    let (answered, mut answers) = mpsc::unbounded_channel();
    let line = Line { address: watching, answered };
    let member = |seat: &Seat| Member::new(seat.clone(), line.clone(), options.seed);
    let mut free: Vec<Member> = seats.iter().map(member).collect();
    let mut visits: JoinSet<Member> = JoinSet::new();
    let mut rng = ChaCha8Rng::seed_from_u64(options.seed);
    let (start, mut turned_away, mut kills) = (Instant::now(), 0, 0);
    let mut next = start;
    let mut until_kill = rng.random_range(50..500);
    let is_over = |kills: usize| {
        if options.kills > 0 { kills >= options.kills } else { start.elapsed().as_secs() >= options.seconds }
    };
    while !is_over(kills) {
        tokio::select! {
            () = tokio::time::sleep_until(next.into()) => {
                let wait = -rng.random_range(f64::EPSILON..1.0).ln() / options.rate;
                next += Duration::from_secs_f64(wait);
                if free.is_empty() {
                    turned_away += 1;
                } else {
                    let mut member = free.swap_remove(rng.random_range(0..free.len()));
                    visits.spawn(async move { member.visit().await; member });
                }
            }
            Some(member) = visits.join_next(), if !visits.is_empty() => free.push(member.unwrap()),
            Some(()) = answers.recv() => {
                until_kill -= 1;
                if options.kills > 0 && until_kill <= 0 {
                    program.kill();
                    program = Program::start(setting);
                    address.send(program.address).unwrap();
                    until_kill = rng.random_range(50..500);
                    kills += 1;
                }
            }
        }
    }
    let seconds = start.elapsed().as_secs_f64();
    while let Some(member) = visits.join_next().await {
        free.push(member.unwrap());
    }
    let usage = usage(program.child.id());
    program.kill();
    let mut members: Vec<Option<Member>> = seats.iter().map(|_| None).collect();
    for member in free {
        let at = member.number();
        members[at] = Some(member);
    }
    let members: Vec<Member> = members.into_iter().flatten().collect();
    Done {
        heard: members.iter().flat_map(|member| member.heard.iter().copied()).collect(),
        acknowledged: members.into_iter().map(|member| member.acknowledged).collect(),
        seconds,
        turned_away,
        usage,
    }
}

/// Seconds of processor time and bytes of memory at most, from the system's table of processes; none elsewhere.
fn usage(process: u32) -> Option<(f64, u64)> {
    let of = |file: &str| std::fs::read_to_string(format!("/proc/{process}/{file}")).ok();
    let ticks = of("stat")?
        .rsplit(')')
        .next()?
        .split_whitespace()
        .skip(11)
        .take(2)
        .map(str::to_owned)
        .collect::<Vec<_>>();
    let seconds = ticks.iter().filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / 100.0;
    let status = of("status")?;
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some((seconds, peak.split_whitespace().next()?.parse::<u64>().ok()? * 1024))
}

/// Prints the times; whether they and the answers are as they should be.
pub(crate) fn report(options: &Options, done: &Done) -> bool {
    println!(
        "{} members, {} statements, {} visits a second for {:.0} s: {} requests, {:.0} a second; {} arrivals found nobody free",
        options.members,
        options.statements,
        options.rate,
        done.seconds,
        done.heard.len(),
        done.heard.len() as f64 / done.seconds,
        done.turned_away,
    );
    if let Some((processor, memory)) = done.usage {
        println!("program: {processor:.1} s of processor time, {} MB of memory at most", memory >> 20);
    }
    println!(
        "{:>10} {:>8} {:>8} {:>8} {:>8} {:>8}  {:>7}",
        "", "requests", "p50 ms", "p95 ms", "p99 ms", "max ms", "kB p50"
    );
    let kinds = [Some(Kind::Question), Some(Kind::Elsewhere), Some(Kind::Vote), Some(Kind::Post), None];
    let mut worst = 0.0;
    for kind in kinds {
        let of: Vec<&Heard> =
            done.heard.iter().filter(|heard| kind.is_none_or(|kind| kind == heard.kind)).collect();
        let mut times: Vec<f64> = of.iter().map(|heard| heard.took.as_secs_f64() * 1e3).collect();
        let mut sizes: Vec<usize> = of.iter().map(|heard| heard.bytes).collect();
        if times.is_empty() {
            continue;
        }
        times.sort_by(f64::total_cmp);
        sizes.sort_unstable();
        let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize];
        let name = kind.map_or("all".to_owned(), |kind| format!("{kind:?}").to_lowercase());
        println!(
            "{name:>10} {:>8} {:>8.1} {:>8.1} {:>8.1} {:>8.1}  {:>7.1}",
            times.len(),
            at(0.5),
            at(0.95),
            at(0.99),
            at(1.0),
            sizes[sizes.len() / 2] as f64 / 1024.0,
        );
        worst = if at(0.99) > worst { at(0.99) } else { worst };
    }
    let odd = done.heard.iter().filter(|heard| !matches!(heard.status, 200 | 303));
    let mut statuses = std::collections::BTreeMap::new();
    for heard in odd {
        *statuses.entry((heard.status, heard.kind)).or_insert(0) += 1;
    }
    println!("answers that are errors: {statuses:?}");
    let refused = statuses.keys().any(|(status, _)| *status != 503);
    if options.kills > 0 { !refused } else { statuses.is_empty() && worst < 250.0 }
}
