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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn row(label: &str, effect: Estimate, standing: Standing) -> ForestRow {
        ForestRow {
            label: label.to_owned(),
            note: "Author 2015".to_owned(),
            tag: (standing == Standing::Worse).then(|| "HARM".to_owned()),
            study: StudyMark { effect, weight: Some(0.5), shrunken: None, standing },
        }
    }

    fn forest(rows: Vec<ForestRow>, width: f64) -> Forest {
        Forest {
            title: "Question".to_owned(),
            subtitle: "Unit".to_owned(),
            lower_words: "lower".to_owned(),
            higher_words: "higher".to_owned(),
            study_heading: "Study".to_owned(),
            effect_heading: "Effect".to_owned(),
            weight_heading: Some("Weight".to_owned()),
            rows,
            average: Some(ForestAverage {
                label: "Average".to_owned(),
                effect: Estimate::new(3.5, -6.4, 13.5),
                worse: false,
            }),
            new_institution: Some(ForestPrediction {
                label: "At a new institution".to_owned(),
                interval: Interval::new(-13.5, 20.6),
            }),
            notes: vec!["Method".to_owned()],
            scale: Scale::Difference,
            decimals: 1,
            width,
            style: NumberStyle::english(),
        }
    }

    /// Every attribute that is a length or a place, in the documents' own units or percent.
    fn check(svg: &str) {
        let tree = roxmltree::Document::parse(svg).unwrap();
        let root = tree.root_element();
        assert_eq!(root.attribute("role"), Some("img"));
        for name in ["title", "desc"] {
            assert!(root.children().any(|n| n.has_tag_name(name)));
        }
        let allowed = ["svg", "title", "desc", "style", "rect", "line", "circle", "path", "text", "g"];
        for node in tree.descendants().filter(roxmltree::Node::is_element) {
            assert!(allowed.contains(&node.tag_name().name()), "{}", node.tag_name().name());
            for attribute in node.attributes() {
                assert!(attribute.name() != "style" && !attribute.name().starts_with("on"));
                assert!(!attribute.value().contains("NaN") && !attribute.value().contains("inf"));
                if let Some(percent) = attribute.value().strip_suffix('%') {
                    assert!((0.0..=100.0).contains(&percent.parse::<f64>().unwrap()));
                }
            }
        }
    }

    fn texts(svg: &str) -> Vec<String> {
        let tree = roxmltree::Document::parse(svg).unwrap();
        tree.descendants()
            .filter(|n| n.has_tag_name("text"))
            .filter_map(|n| n.text().map(str::to_owned))
            .collect()
    }

    #[test]
    fn the_numbers_stand_beside_the_marks_in_both_layouts() {
        let rows = vec![row("Mexico", Estimate::new(-4.55, -16.7, 7.6), Standing::Ordinary)];
        for width in [340.0, 900.0] {
            let svg = render_forest(&forest(rows.clone(), width));
            check(&svg);
            let texts = texts(&svg);
            for expected in ["Mexico", "−4.5 (−16.7 to 7.6)", "3.5 (−6.4 to 13.5)", "−13.5 to 20.6"] {
                assert!(texts.iter().any(|t| t == expected), "{expected} in {texts:?}");
            }
            assert_eq!(texts.iter().any(|t| t == "50\u{a0}%"), width > 600.0);
            assert_eq!(svg.matches("class=\"dia\"").count(), 1);
        }
    }

    #[test]
    fn a_study_without_numbers_is_named_and_not_drawn() {
        let rows = vec![row("Lost", Estimate::new(f64::NAN, f64::NAN, f64::INFINITY), Standing::Ordinary)];
        let svg = render_forest(&forest(rows, 900.0));
        check(&svg);
        assert!(texts(&svg).iter().any(|t| t == "not known"));
        assert!(svg.contains("Lost: not known"));
        assert!(!svg.contains("<rect class=\"e\""));
    }

    #[test]
    fn hostile_names_stay_text() {
        let hostile = "<script>alert('x')</script>\u{0}\u{202e}\"&amp;";
        let rows = vec![row(hostile, Estimate::new(1.0, 0.0, 2.0), Standing::Worse)];
        let plot =
            Forest { title: hostile.to_owned(), notes: vec![hostile.to_owned()], ..forest(rows, 900.0) };
        let svg = render_forest(&plot);
        check(&svg);
        assert!(!svg.contains("<script") && !svg.contains('\u{202e}'));
        assert!(svg.contains("HARM"));
    }

    #[test]
    fn nothing_to_pool_is_still_a_plot() {
        let empty = Forest { average: None, new_institution: None, ..forest(vec![], f64::NAN) };
        check(&render_forest(&empty));
        let cumulative = CumulativeForest {
            title: "Question".to_owned(),
            subtitle: String::new(),
            lower_words: String::new(),
            higher_words: String::new(),
            study_heading: "Study added".to_owned(),
            effect_heading: "Average so far".to_owned(),
            steps: vec![],
            worse: false,
            notes: vec![],
            scale: Scale::Ratio,
            decimals: 2,
            width: 900.0,
            style: NumberStyle::english(),
        };
        check(&render_cumulative_forest(&cumulative));
        let step = |value: f64| CumulativeStep {
            label: "Trial".to_owned(),
            note: String::new(),
            average: Estimate::new(value, value / 2.0, value * 2.0),
        };
        let svg =
            render_cumulative_forest(&CumulativeForest { steps: vec![step(0.5), step(0.8)], ..cumulative });
        check(&svg);
        assert_eq!((svg.matches("class=\"dia\"").count(), svg.matches("<rect class=\"e\"").count()), (1, 1));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn any_input_gives_a_well_formed_document_and_the_same_bytes(
            numbers in proptest::collection::vec(proptest::num::f64::ANY, 12),
            label in "\\PC{0,60}", control in any::<String>(), width in 0.0..3000.0f64, ratio: bool,
        ) {
            let rows = numbers
                .chunks_exact(3)
                .map(|n| row(&label, Estimate::new(n[0], n[1], n[2]), Standing::Suspected))
                .collect();
            let scale = if ratio { Scale::Ratio } else { Scale::Difference };
            let plot = Forest { title: control, scale, ..forest(rows, width) };
            let svg = render_forest(&plot);
            check(&svg);
            prop_assert_eq!(svg, render_forest(&plot));
        }
    }
}
