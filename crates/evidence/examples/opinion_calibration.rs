//! How often opinion groups are shown, and how right they are, over simulated discussions: the table of
//! `docs/methods/opinion-groups.md`. `cargo run -p whatworks-evidence --example opinion_calibration [RUNS]`.

#![expect(clippy::print_stdout, reason = "a program that prints a table")]
#![expect(clippy::unwrap_used, reason = "a simulation may stop")]

#[path = "../src/opinion/simulated.rs"]
mod simulated;

use simulated::{Truth, votes};
use std::num::NonZeroUsize;
use whatworks_evidence::opinion::{Answer, Engine, LoggedVote, OpinionMap, Options, VoteLog, map_opinions};
use whatworks_stats::opinion::adjusted_rand;

fn map(truth: Truth, seed: u64, engine: Engine) -> OpinionMap {
    let log = votes(truth, seed).into_iter().enumerate().map(|(id, (person, statement, vote))| LoggedVote {
        time: 0,
        id: id as u64,
        participant: person.to_string(),
        statement: statement.to_string(),
        answer: match vote {
            1 => Answer::Agree,
            0 => Answer::Pass(None),
            _ => Answer::Disagree,
        },
    });
    let threads = std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
    let options = Options { discussion: format!("run {seed}"), engine, threads, ..Options::default() };
    map_opinions(&VoteLog::new(log.collect()), &options).unwrap()
}

/// Agreement with the truth; 0 where no groups are shown.
fn agreement(map: &OpinionMap) -> f64 {
    let labels = map.labelling();
    let group = |letter: &String| map.groups.iter().position(|group| group.id == *letter);
    let people = map.projection.iter().filter_map(|placed| placed.participant.clone());
    let (found, truth): (Vec<_>, Vec<_>) = people
        .map(|person| (labels.get(&person).and_then(group), Some(person.parse::<usize>().unwrap() % 2)))
        .unzip();
    adjusted_rand(&found, &truth).unwrap_or(0.0)
}

fn main() {
    let runs: u64 = std::env::args().nth(1).map_or(200, |text| text.parse().unwrap());
    println!(
        "people x statements, seen | delta | shown % | k=2 % | ARI | split-half | false or true representative statements a run | Polis: groups, its representative rows"
    );
    let sizes = [(30, 20, 0.8), (60, 30, 0.6), (150, 40, 0.5), (400, 60, 0.3)];
    let null = sizes.map(|(people, statements, seen)| Truth { people, statements, seen, delta: 0.0 });
    let real = [0.3, 0.5, 0.7, 0.9].map(|delta| Truth { people: 60, statements: 30, seen: 0.6, delta });
    for truth in null.into_iter().chain(real) {
        let maps: Vec<OpinionMap> = (0..runs).map(|seed| map(truth, seed, Engine::Default)).collect();
        let shown: Vec<&OpinionMap> = maps.iter().filter(|map| map.gate.groups_supported).collect();
        let mean = |values: Vec<f64>| values.iter().sum::<f64>() / values.len().max(1) as f64;
        let told = |map: &&OpinionMap| {
            map.statements.iter().filter(|one| !one.representative_of.is_empty()).count() as f64
        };
        let polis: Vec<OpinionMap> = (0..runs.min(40)).map(|seed| map(truth, seed, Engine::Polis)).collect();
        println!(
            "{}x{} {:.0} % | {:.1} | {:.1} | {:.1} | {:.2} | {:.2} | {:.2} | {:.1}, {:.1}",
            truth.people,
            truth.statements,
            100.0 * truth.seen,
            truth.delta,
            100.0 * shown.len() as f64 / runs as f64,
            100.0 * shown.iter().filter(|map| map.groups.len() == 2).count() as f64 / runs as f64,
            mean(maps.iter().map(agreement).collect()),
            mean(shown.iter().filter_map(|map| map.stability).collect()),
            shown.iter().map(told).sum::<f64>() / runs as f64,
            mean(polis.iter().map(|map| map.groups.len() as f64).collect()),
            mean(
                polis
                    .iter()
                    .map(|map| map.repness.iter().flatten().map(|group| group.rows.len()).sum::<usize>()
                        as f64)
                    .collect()
            ),
        );
    }
}
