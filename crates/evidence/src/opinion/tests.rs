//! Discussions with a known truth, from the log to the map.

use super::*;
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;

/// Two camps (participants by parity): statements below 8 divide them, 8 to 11 nobody contests, the rest are open.
fn discussion(people: usize, statements: usize) -> Vec<LoggedVote> {
    let mut rng = ChaCha8Rng::seed_from_u64(7);
    let mut votes = Vec::new();
    for person in 0..people {
        for statement in 0..statements {
            let agree = match statement {
                0..8 if (person + statement) % 2 == 0 => 0.92,
                0..8 => 0.08,
                8..12 => 0.95,
                _ => 0.5,
            };
            let roll: f64 = rng.random();
            let answer = if rng.random::<f64>() < 0.08 {
                Answer::Pass(None)
            } else if roll < agree {
                Answer::Agree
            } else {
                Answer::Disagree
            };
            if rng.random::<f64>() < 0.85 {
                let id = votes.len() as u64;
                let time = i64::try_from(id).unwrap() / 3;
                let (participant, statement) = (format!("p{person}"), statement.to_string());
                votes.push(LoggedVote { time, id, participant, statement, answer });
            }
        }
    }
    votes
}

fn options() -> Options {
    Options { discussion: "d-14".into(), ..Options::default() }
}

fn map(votes: Vec<LoggedVote>, options: &Options) -> OpinionMap {
    map_opinions(&VoteLog::new(votes), options).unwrap()
}

fn statement<'a>(map: &'a OpinionMap, id: &str) -> &'a StatementResult {
    map.statements.iter().find(|statement| statement.id == id).unwrap()
}

#[test]
fn two_camps_their_common_ground_and_what_divides_them() {
    let map = map(discussion(60, 20), &options());
    assert!(map.gate.groups_supported, "{:?}", map.gate);
    assert_eq!(map.gate.p_value, Some(0.005));
    assert_eq!(map.groups.iter().map(|group| &*group.id).collect::<Vec<_>>(), ["A", "B"]);
    assert_eq!(map.groups.iter().map(|group| group.size).sum::<usize>(), map.gate.voters);
    let labels = map.labelling();
    assert!(
        labels
            .iter()
            .filter(|(person, group)| **group
                == labels[if person[1..].parse::<usize>().unwrap() % 2 == 0 { "p0" } else { "p1" }])
            .count()
            >= 57
    );
    let ids = |list: Vec<&StatementResult>| -> BTreeSet<usize> {
        list.iter().map(|statement| statement.id.parse().unwrap()).collect()
    };
    assert_eq!(ids(map.dividing_lines()), (0..8).collect());
    assert_eq!(ids(map.common_ground()), (8..12).collect());
    for id in 0..8 {
        let of = &statement(&map, &id.to_string()).representative_of;
        assert_eq!(of.len(), 2, "{id}");
        assert!(of[0].difference.value * of[1].difference.value < 0.0);
    }
    let open = map.statements.iter().filter(|one| one.id.parse::<usize>().unwrap() >= 12);
    assert!(open.filter(|one| !one.representative_of.is_empty()).count() <= 1);
    assert!(map.stability.unwrap() > 0.5);
}

#[test]
fn the_same_log_gives_the_same_bytes() {
    let votes = discussion(40, 14);
    let mut shuffled = votes.clone();
    shuffled.reverse();
    shuffled.rotate_left(101);
    let text = |votes, threads| {
        let options = Options { threads: NonZeroUsize::new(threads).unwrap(), ..options() };
        serde_json::to_string(&map(votes, &options)).unwrap()
    };
    let first = text(votes.clone(), 1);
    assert_eq!(first, text(shuffled, 2));
    let other = Options { discussion: "d-15".into(), ..options() };
    assert_ne!(map(votes.clone(), &other).seed, map(votes, &options()).seed);
}

#[test]
fn what_was_written_down_reads_back_the_same() {
    for engine in [Engine::Default, Engine::Polis] {
        let map = map(discussion(60, 20), &Options { engine, ..options() });
        let written = serde_json::to_string(&map).unwrap();
        let read: OpinionMap = serde_json::from_str(&written).unwrap();
        assert_eq!(serde_json::to_string(&read).unwrap(), written);
    }
}

#[test]
fn few_voters_see_the_overall_result_only() {
    let map = map(discussion(19, 20), &options());
    assert_eq!((map.gate.p_value, map.gate.reason), (None, Some(NoGroups::TooFewVoters)));
    assert!(map.groups.is_empty() && map.projection.iter().all(|placed| placed.group.is_none()));
    assert!(statement(&map, "9").common_ground && statement(&map, "9").by_group.is_empty());
    assert!(statement(&map, "9").answers.share.unwrap().low > 0.6);
    let empty = super::map_opinions(&VoteLog::default(), &options()).unwrap();
    assert!(empty.statements.is_empty() && !empty.gate.groups_supported);
}

#[test]
fn noise_has_no_groups() {
    let mut rng = ChaCha8Rng::seed_from_u64(3);
    let answers = [Answer::Agree, Answer::Agree, Answer::Disagree];
    let votes = discussion(40, 14)
        .into_iter()
        .map(|vote| LoggedVote { answer: answers[rng.random_range(0..3)], ..vote });
    let map = map(votes.collect(), &options());
    assert_eq!(map.gate.reason, Some(NoGroups::NoStructure));
    assert!(map.gate.p_value.unwrap() > 0.05 && map.dividing_lines().is_empty());
}

#[test]
fn only_no_view_is_a_pass() {
    let mut votes = discussion(30, 12);
    for (at, vote) in votes.iter_mut().filter(|vote| vote.statement == "3").enumerate() {
        let reasons =
            [None, Some(PassReason::NoView), Some(PassReason::Unclear), Some(PassReason::NotMyField)];
        vote.answer = Answer::Pass(reasons[at % 4]);
    }
    let all = votes.iter().filter(|vote| vote.statement == "3").count();
    let ours = map(votes.clone(), &options());
    let one = statement(&ours, "3");
    assert_eq!(one.answers.pass + one.unclear + one.not_my_field, all);
    assert_eq!((one.answers.seen, one.unclear), (one.answers.pass, (all + 1) / 4));
    let polis = map(votes, &Options { engine: Engine::Polis, ..options() });
    assert_eq!(statement(&polis, "3").answers.pass, all);
}

#[test]
fn the_last_vote_counts_and_moderation_leaves_out() {
    let mut votes = discussion(30, 12);
    let last = votes.last().unwrap().time + 1;
    let again = |id: u64, answer| LoggedVote {
        time: last,
        id,
        participant: "p0".into(),
        statement: "0".into(),
        answer,
    };
    votes.push(again(2, Answer::Disagree));
    votes.push(again(1, Answer::Agree));
    let before = map(votes.clone(), &options());
    let agree = votes
        .iter()
        .filter(|vote| vote.statement == "0" && vote.participant != "p0" && vote.answer == Answer::Agree);
    assert_eq!(statement(&before, "0").answers.agree, agree.count());
    let moderated = Options { moderated_out: ["0".to_owned()].into(), ..options() };
    let ours = map(votes.clone(), &moderated);
    assert_eq!(ours.n_statements, 11);
    let without: Vec<LoggedVote> = votes.iter().filter(|vote| vote.statement != "0").cloned().collect();
    let same =
        |map: &OpinionMap| map.projection.iter().map(|placed| (placed.x, placed.y)).collect::<Vec<_>>();
    assert_eq!(same(&ours), same(&map(without, &options())), "moderation must not rescale anyone");
    let polis = map(votes, &Options { engine: Engine::Polis, ..moderated });
    assert_eq!((polis.n_statements, statement(&polis, "0").extremity), (12, 0.0));
    assert!(polis.repness.unwrap().iter().flat_map(|group| &group.rows).all(|row| row.statement != "0"));
}

#[test]
fn letters_stay_with_their_people() {
    let votes = discussion(60, 20);
    let first = map(votes.clone(), &options());
    let swapped = first
        .labelling()
        .into_iter()
        .map(|(person, group)| (person, if group == "A" { "B" } else { "A" }.to_owned()));
    let again = map(votes, &Options { previous: swapped.collect(), ..options() });
    for (before, after) in first.projection.iter().zip(&again.projection) {
        assert_eq!(before.group.is_some(), after.group.is_some());
        assert!(before.group.is_none() || before.group != after.group);
    }
    for (before, after) in first.statements.iter().zip(&again.statements) {
        assert_eq!(before.by_group[0].answers, after.by_group[1].answers);
    }
}

#[test]
fn everyone_sees_no_participant_and_no_small_cell() {
    let role = |at: usize| {
        if at < 30 {
            "lender"
        } else if at < 50 {
            "network"
        } else {
            "researcher"
        }
    };
    let of = (0..60).filter(|at| *at < 56).map(|at| (format!("p{at}"), role(at).to_owned())).collect();
    let segmentations = vec![Segmentation { dimension: "role".into(), of }];
    let full = map(discussion(60, 20), &Options { segmentations, ..options() });
    let public = full.for_everyone();
    let text = serde_json::to_string(&public).unwrap();
    assert!(!text.contains("participant\"") && !text.contains("p17"));
    assert!(public.projection.windows(2).all(|two| two[0].group <= two[1].group));
    // Six researchers and four who declared nothing are one rest of ten.
    let segments: BTreeSet<Option<String>> =
        full.group_segments.iter().map(|cell| cell.segment.clone()).collect();
    assert_eq!(segments, [None, Some("lender".to_owned()), Some("network".to_owned())].into());
    assert!(full.group_segments.iter().all(|cell| cell.people.is_none_or(|people| people >= 5)));
    let shown = statement(&full, "9").by_segment[0].by_segment.iter().filter_map(|one| one.answers);
    assert!(shown.clone().count() >= 2 && shown.into_iter().all(|answers| answers.seen >= 5));
    assert!(statement(&full, "9").by_segment[0].score > 0.5);
    assert!(!statement(&full, "0").by_segment[0].common_ground);
}

#[test]
fn the_next_statement_can_be_recomputed() {
    let open = Options { statements: ["new".to_owned()].into(), ..options() };
    let map = map(discussion(40, 14), &open);
    let answered: BTreeSet<String> = (0..13).map(|at| at.to_string()).collect();
    let draw = |position| next_statement(&map, "d-14", "m-1", position, &answered);
    assert_eq!(draw(4), draw(4));
    let drawn: BTreeSet<&str> = (0..40).filter_map(draw).collect();
    assert_eq!(drawn, ["13", "new"].into());
    let often = (0..200).filter(|position| draw(*position) == Some("new")).count();
    assert!(often > 150, "a statement that nobody has seen comes first: {often}");
    let all = map.statements.iter().map(|one| one.id.clone()).collect();
    assert_eq!(next_statement(&map, "d-14", "m-1", 0, &all), None);
}

fn simulated_map(truth: simulated::Truth, seed: u64) -> OpinionMap {
    let votes =
        simulated::votes(truth, seed).into_iter().enumerate().map(|(id, (person, statement, vote))| {
            LoggedVote {
                time: 0,
                id: id as u64,
                participant: person.to_string(),
                statement: statement.to_string(),
                answer: [Answer::Disagree, Answer::Pass(None), Answer::Agree]
                    [usize::try_from(vote + 1).unwrap()],
            }
        });
    map(votes.collect(), &Options { discussion: format!("run {seed}"), ..Options::default() })
}

/// The gate's level is 5 %; 14 of 200 is the bar (7 %), two standard errors above it.
#[test]
fn two_hundred_discussions_without_structure_rarely_show_groups() {
    let truth = simulated::Truth { people: 60, statements: 30, seen: 0.6, delta: 0.0 };
    let shown = (0..200).filter(|seed| simulated_map(truth, *seed).gate.groups_supported).count();
    assert!(shown <= 14, "{shown} of 200");
    assert!(shown >= 2, "{shown} of 200: a gate that never opens is not one of 5 %");
}

#[test]
fn two_real_groups_are_shown_and_right() {
    let truth = simulated::Truth { people: 60, statements: 30, seen: 0.6, delta: 0.7 };
    let runs = 40;
    let (mut shown, mut agreement) = (0, 0.0);
    for seed in 0..runs {
        let map = simulated_map(truth, seed);
        shown += u64::from(map.gate.groups_supported);
        let group = |letter: &String| map.groups.iter().position(|group| group.id == *letter);
        let labels: Vec<_> =
            map.projection.iter().map(|placed| placed.group.as_ref().and_then(group)).collect();
        let truth: Vec<_> = map
            .projection
            .iter()
            .map(|placed| Some(placed.participant.as_ref().unwrap().parse::<usize>().unwrap() % 2))
            .collect();
        agreement += whatworks_stats::opinion::adjusted_rand(&labels, &truth).unwrap_or(0.0);
    }
    let mean = agreement / runs as f64;
    assert!(10 * shown >= 9 * runs, "{shown} of {runs}");
    assert!(mean >= 0.7, "mean adjusted Rand index {mean}");
}
