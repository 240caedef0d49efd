//! The opinions of a discussion as text for the terminal, 80 columns wide: whether there are groups first, then where all
//! agree, what divides, what each group says, and every statement.

use std::fmt::Write;
use whatworks_charts::opinion::{GroupMark, OpinionPlot, PlotGroup};
use whatworks_charts::{Interval, NumberStyle, format};
use whatworks_evidence::opinion::{Answers, Engine, NoGroups, OpinionMap, Share, StatementResult};

fn style() -> NumberStyle {
    NumberStyle::english()
}

fn plural(count: usize, one: &str, many: &str) -> String {
    format!("{} {}", format::number(count as f64, 0, &style()), if count == 1 { one } else { many })
}

/// The sentence that answers whether there are groups.
pub(crate) fn verdict(map: &OpinionMap) -> String {
    if map.gate.groups_supported {
        format!("These votes show {}.", plural(map.groups.len(), "group", "groups"))
    } else {
        "These votes show no groups.".into()
    }
}

/// How the verdict came about.
pub(crate) fn method(map: &OpinionMap) -> String {
    let gate = &map.gate;
    let shuffles = |p: f64| (p * (gate.permutations as f64 + 1.0)).round() as usize - 1;
    let tested = gate.p_value.map(|p| {
        format!(
            "Votes shuffled {} times split as strongly in {} of them (p {}).",
            gate.permutations,
            shuffles(p),
            format::number(p, 3, &style())
        )
    });
    let why = match (map.engine, gate.reason) {
        (Engine::Polis, _) => {
            "The formulas of Polis, from a cold start: they always find groups, and test them on the votes that made them."
                .to_owned()
        }
        (_, Some(NoGroups::TooFewVoters)) => format!(
            "{} answered enough statements to be placed; 20 are needed to ask.",
            plural(gate.voters, "person", "people")
        ),
        (_, Some(NoGroups::GroupTooSmall)) => {
            "Every division has a group of fewer than 5 people, or 5 in 100.".to_owned()
        }
        (_, Some(NoGroups::NoStructure)) => "Any camps drawn here would be chance.".to_owned(),
        (_, None) => "Groups are patterns of answers, not kinds of people.".to_owned(),
    };
    tested.map_or(why.clone(), |tested| format!("{tested} {why}"))
}

/// The whole text.
pub(crate) fn text(map: &OpinionMap, replaced: usize) -> String {
    let mut out = String::new();
    let replaced = if replaced == 0 {
        String::new()
    } else {
        format!(" ({} replaced by a later one)", format::number(replaced as f64, 0, &style()))
    };
    let _ = writeln!(
        out,
        "{}, {}, {}{replaced}",
        plural(map.n_participants, "person", "people"),
        plural(map.n_statements, "statement", "statements"),
        plural(map.n_votes, "vote", "votes"),
    );
    let _ = writeln!(out, "{}", verdict(map));
    paragraph(&mut out, &method(map));
    for group in &map.groups {
        let mark = GroupMark::of_letter(&group.id).character();
        let _ = writeln!(out, "  {mark} group {}: {}", group.id, plural(group.size, "person", "people"));
    }
    let width = map.statements.iter().map(|one| one.id.chars().count()).max().unwrap_or(0).clamp(9, 24);
    let common = map.common_ground();
    list(&mut out, map, "Common ground", &common, width);
    if map.gate.groups_supported {
        list(&mut out, map, "Dividing lines", &map.dividing_lines(), width);
    }
    if map.engine == Engine::Default {
        representative(&mut out, map, width);
    } else {
        repness(&mut out, map);
    }
    let all: Vec<&StatementResult> = map.statements.iter().collect();
    list(&mut out, map, "All statements", &all, width);
    let _ = writeln!(out, "vote log {}", map.vote_log_head);
    out
}

/// One row a statement: the share of all that agrees with its interval, then the share of each group.
fn list(out: &mut String, map: &OpinionMap, title: &str, statements: &[&StatementResult], width: usize) {
    let _ = writeln!(out, "{title}");
    if statements.is_empty() {
        let _ = writeln!(out, "  none");
        return;
    }
    let _ = write!(out, "  {:<width$}  {:>5}  {:>22}", "statement", "seen", "agree, of 100");
    for group in &map.groups {
        let _ = write!(out, "  {:>8}", group.id);
    }
    out.push('\n');
    for one in statements {
        let _ = write!(
            out,
            "  {:<width$}  {:>5}  {:>22}",
            shorten(&one.id, width),
            one.answers.seen,
            share(&one.answers)
        );
        for group in &one.by_group {
            let _ = write!(out, "  {:>8}", of(&group.answers));
        }
        out.push('\n');
    }
}

fn hundredths(share: Share) -> String {
    let interval = Interval::new(100.0 * share.low, 100.0 * share.high);
    format!("{} ({})", format::number(100.0 * share.value, 0, &style()), format::range(interval, 0, &style()))
}

fn share(answers: &Answers) -> String {
    answers.share.map_or("nobody answered".into(), hundredths)
}

fn of(answers: &Answers) -> String {
    answers.share.map_or("–".into(), |share| {
        format!("{} of {}", format::number(100.0 * share.value, 0, &style()), answers.seen)
    })
}

fn shorten(text: &str, width: usize) -> String {
    if text.chars().count() <= width {
        return text.to_owned();
    }
    text.chars().take(width - 1).chain(['…']).collect()
}

/// What tells each group from the others, the largest differences first. Of two groups the second's list is the first's,
/// turned.
fn representative(out: &mut String, map: &OpinionMap, width: usize) {
    let told = if map.groups.len() == 2 { 1 } else { map.groups.len() };
    for group in &map.groups[..told] {
        let mut rows: Vec<(&StatementResult, Share)> = map
            .statements
            .iter()
            .flat_map(|one| one.representative_of.iter().map(move |row| (one, row)))
            .filter(|(_, row)| row.group == group.id)
            .map(|(one, row)| (one, row.difference))
            .collect();
        rows.sort_by(|a, b| b.1.value.abs().total_cmp(&a.1.value.abs()));
        let _ = writeln!(out, "What tells group {} from the others", group.id);
        if rows.is_empty() {
            let _ = writeln!(out, "  nothing that holds on statements which did not make the groups");
        }
        for (one, difference) in rows {
            let points = 100.0 * difference.value;
            let limits = Interval::new(100.0 * difference.low, 100.0 * difference.high);
            let _ = writeln!(
                out,
                "  {:<width$}  agrees {} by {} points ({})",
                shorten(&one.id, width),
                if points > 0.0 { "more" } else { "less" },
                format::number(points.abs(), 0, &style()),
                format::range(limits, 0, &style())
            );
        }
    }
}

fn repness(out: &mut String, map: &OpinionMap) {
    for group in map.repness.iter().flatten() {
        let _ = writeln!(out, "Representative of group {} (Polis)", group.group);
        for row in &group.rows {
            let _ = writeln!(
                out,
                "  {}  {}: {} of {} (ratio {}, z {})",
                row.statement,
                row.side,
                row.successes,
                row.trials,
                format::number(row.repness, 2, &style()),
                format::number(row.repness_test, 2, &style())
            );
        }
    }
}

/// A paragraph of at most 80 columns, indented.
fn paragraph(out: &mut String, text: &str) {
    let mut width = 0;
    for word in text.split_whitespace() {
        let length = word.chars().count();
        if width == 0 {
            let _ = write!(out, "  {word}");
            width = 2 + length;
        } else if width + 1 + length <= 80 {
            let _ = write!(out, " {word}");
            width += 1 + length;
        } else {
            let _ = write!(out, "\n  {word}");
            width = 2 + length;
        }
    }
    out.push('\n');
}

/// The map as a chart: groups in the order of their letters, people without one left out.
pub(crate) fn plot(map: &OpinionMap, title: &str) -> OpinionPlot {
    let groups = map
        .groups
        .iter()
        .map(|group| PlotGroup {
            mark: GroupMark::of_letter(&group.id),
            words: format!("Group {}, {}", group.id, plural(group.size, "voter", "voters")),
            places: map
                .projection
                .iter()
                .filter(|placed| placed.group.as_deref() == Some(&group.id))
                .map(|placed| (placed.x, placed.y))
                .collect(),
        })
        .collect();
    OpinionPlot { title: title.to_owned(), description: verdict(map), groups, notes: vec![method(map)] }
}
