//! Forest plots for download: the studies of a synthesis with their average and prediction interval, and the
//! cumulative form, in which each row is the average after one more study.
//!
//! Squares grow in area with weight; the diamond is as wide as its interval (Lewis and Clarke 2001, BMJ 322:1479);
//! the prediction interval has a row of its own (Higgins, Thompson and Spiegelhalter 2009, JRSS A 172:137).
//! Left out: subgroups on one sheet (draw one forest for each).

use crate::axis::{Axis, Scale};
use crate::format::{self, NumberStyle};
use crate::interval::{Estimate, Interval};
use crate::marks::{self, SquareScale, Standing};
use crate::rows::{self, StudyMark};
use crate::table::{self, TableChart, TableRow};
use crate::text;

/// A forest plot. Texts are in the reader's language; numbers in the unit named by `subtitle`.
#[derive(Debug, Clone, PartialEq)]
pub struct Forest {
    /// What is asked: "Microcredit access and business profit".
    pub title: String,
    /// Unit, period, price year, and what the marks mean.
    pub subtitle: String,
    /// What lies left of no difference: "lower profit". May be empty.
    pub lower_words: String,
    /// What lies right of it. May be empty.
    pub higher_words: String,
    /// Heading of the studies' names: "Study".
    pub study_heading: String,
    /// Heading of the printed effects: "Effect (95 % interval)".
    pub effect_heading: String,
    /// Heading of the weights: "Weight"; without a heading weights are not printed.
    pub weight_heading: Option<String>,
    /// The studies, in the order they are drawn.
    pub rows: Vec<ForestRow>,
    /// The average effect, when there is one.
    pub average: Option<ForestAverage>,
    /// The prediction interval, when there is one.
    pub new_institution: Option<ForestPrediction>,
    /// Method, source, citation; below the plot.
    pub notes: Vec<String>,
    /// Differences or ratios.
    pub scale: Scale,
    /// Decimals shared by all printed effects; [`format::decimals_for`] the average's standard error.
    pub decimals: usize,
    /// Width in px, 280 to 2400: from 600 on the plot is a table, below a list.
    pub width: f64,
    /// How the language writes numbers.
    pub style: NumberStyle,
}

/// A study in a forest plot.
#[derive(Debug, Clone, PartialEq)]
pub struct ForestRow {
    /// The study's name.
    pub label: String,
    /// A second line: authors and year, place, arm. May be empty.
    pub note: String,
    /// A word in a frame: "scale?", "HARM".
    pub tag: Option<String>,
    /// The marks.
    pub study: StudyMark,
}

/// The average effect in a forest plot.
#[derive(Debug, Clone, PartialEq)]
pub struct ForestAverage {
    /// "Average effect, 7 trials".
    pub label: String,
    /// Effect and interval.
    pub effect: Estimate,
    /// Whether the whole interval is worse for clients: the diamond is then red.
    pub worse: bool,
}

/// The prediction interval in a forest plot.
#[derive(Debug, Clone, PartialEq)]
pub struct ForestPrediction {
    /// "At a new institution".
    pub label: String,
    /// The interval.
    pub interval: Interval,
}

/// A cumulative forest plot: each row is the average of all studies up to it.
#[derive(Debug, Clone, PartialEq)]
pub struct CumulativeForest {
    /// What is asked.
    pub title: String,
    /// Unit, and the order in which studies were added.
    pub subtitle: String,
    /// What lies left of no difference. May be empty.
    pub lower_words: String,
    /// What lies right of it. May be empty.
    pub higher_words: String,
    /// Heading of the names: "Study added".
    pub study_heading: String,
    /// Heading of the printed averages: "Average so far (95 % interval)".
    pub effect_heading: String,
    /// The averages in the order studies were added; the last is drawn as the diamond.
    pub steps: Vec<CumulativeStep>,
    /// Whether the last interval is wholly worse for clients.
    pub worse: bool,
    /// Method, source, citation; below the plot.
    pub notes: Vec<String>,
    /// Differences or ratios.
    pub scale: Scale,
    /// Decimals shared by all printed averages.
    pub decimals: usize,
    /// Width in px, 280 to 2400.
    pub width: f64,
    /// How the language writes numbers.
    pub style: NumberStyle,
}

/// One step of a cumulative forest plot.
#[derive(Debug, Clone, PartialEq)]
pub struct CumulativeStep {
    /// The study added: "2015 Banerjee et al.".
    pub label: String,
    /// A second line. May be empty.
    pub note: String,
    /// The average of all studies so far.
    pub average: Estimate,
}

/// Draws a forest plot as an SVG document. The same input gives the same bytes. An effect that is not finite is
/// not drawn, and its row says so in words.
pub fn render_forest(forest: &Forest) -> String {
    let style = &forest.style;
    let effects: Vec<Estimate> = forest
        .rows
        .iter()
        .flat_map(|row| std::iter::once(row.study.effect).chain(row.study.shrunken))
        .collect();
    let summaries: Vec<Interval> = forest
        .average
        .iter()
        .map(|a| Interval::new(a.effect.lower, a.effect.upper))
        .chain(forest.new_institution.iter().map(|p| p.interval))
        .collect();
    let axis = Axis::fit(forest.scale, &effects, &summaries);
    let squares = SquareScale::of(forest.rows.iter().filter_map(|row| row.study.weight));
    let mut table_rows: Vec<TableRow> = forest
        .rows
        .iter()
        .map(|row| TableRow {
            label: text::clean(&row.label),
            note: text::clean(&row.note),
            tag: row.tag.as_ref().map(|tag| (text::clean(tag), row.study.standing == Standing::Worse)),
            marks: rows::study_marks(&axis, &row.study, squares),
            mark_height: rows::study_height(&row.study),
            figures: vec![
                format::estimate(row.study.effect, forest.decimals, style),
                row.study.weight.map_or_else(String::new, |w| format::weight(w, style)),
            ],
            is_sum: false,
        })
        .collect();
    if let Some(average) = &forest.average {
        table_rows.push(TableRow {
            label: text::clean(&average.label),
            note: String::new(),
            tag: None,
            marks: marks::diamond(&axis, average.effect, rows::diamond_class(average.worse), 15.0),
            mark_height: 30.0,
            figures: vec![format::estimate(average.effect, forest.decimals, style), String::new()],
            is_sum: true,
        });
    }
    if let Some(prediction) = &forest.new_institution {
        table_rows.push(TableRow {
            label: text::clean(&prediction.label),
            note: String::new(),
            tag: None,
            marks: marks::prediction(&axis, prediction.interval, 15.0),
            mark_height: 30.0,
            figures: vec![format::range(prediction.interval, forest.decimals, style), String::new()],
            is_sum: true,
        });
    }
    let mut headings = vec![forest.study_heading.as_str(), forest.effect_heading.as_str()];
    match &forest.weight_heading {
        Some(heading) => headings.push(heading),
        None => table_rows.iter_mut().for_each(|row| row.figures.truncate(1)),
    }
    table::render(&TableChart {
        kind: "forest",
        title: &forest.title,
        subtitle: &forest.subtitle,
        description: describe(&forest.subtitle, &table_rows),
        lower_words: &forest.lower_words,
        higher_words: &forest.higher_words,
        headings,
        rows: table_rows,
        notes: &forest.notes,
        axis,
        width: forest.width,
        style,
    })
}

/// Draws a cumulative forest plot as an SVG document. The same input gives the same bytes.
pub fn render_cumulative_forest(forest: &CumulativeForest) -> String {
    let style = &forest.style;
    let averages: Vec<Estimate> = forest.steps.iter().map(|step| step.average).collect();
    let last = averages.last().map(|a| Interval::new(a.lower, a.upper));
    let axis = Axis::fit(forest.scale, &averages, last.as_slice());
    let final_step = forest.steps.len().saturating_sub(1);
    let table_rows: Vec<TableRow> = forest
        .steps
        .iter()
        .enumerate()
        .map(|(i, step)| TableRow {
            label: text::clean(&step.label),
            note: text::clean(&step.note),
            tag: None,
            marks: if i == final_step {
                marks::diamond(&axis, step.average, rows::diamond_class(forest.worse), 13.0)
            } else {
                marks::study(&axis, step.average, Standing::Ordinary, 9.0, 13.0)
            },
            mark_height: 26.0,
            figures: vec![format::estimate(step.average, forest.decimals, style)],
            is_sum: i == final_step,
        })
        .collect();
    table::render(&TableChart {
        kind: "cumulative",
        title: &forest.title,
        subtitle: &forest.subtitle,
        description: describe(&forest.subtitle, &table_rows),
        lower_words: &forest.lower_words,
        higher_words: &forest.higher_words,
        headings: vec![&forest.study_heading, &forest.effect_heading],
        rows: table_rows,
        notes: &forest.notes,
        axis,
        width: forest.width,
        style,
    })
}

/// The whole plot in words, summaries first: it needs no word of its own, so it is right in every language.
fn describe(subtitle: &str, rows: &[TableRow]) -> String {
    let (sums, studies): (Vec<&TableRow>, Vec<&TableRow>) = rows.iter().partition(|row| row.is_sum);
    let mut sentences = vec![text::clean(subtitle)];
    for row in sums.into_iter().chain(studies) {
        let tag = row.tag.as_ref().map_or_else(String::new, |(tag, _)| format!(" [{tag}]"));
        let figure = row.figures.first().map_or("", String::as_str);
        sentences.push(format!("{}{tag}: {figure}", row.label));
    }
    sentences.retain(|s| !s.is_empty());
    sentences.join(". ")
}
