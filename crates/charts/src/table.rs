//! A table with a chart in one of its columns, as forest plots are: labels left, marks in the middle, figures
//! right. Below 600 px of width the figures move up beside the label and the marks run across underneath, so
//! that type never shrinks. The marks are the row fragments of the pages, percent across.

use crate::axis::Axis;
use crate::document::{bold_width, document, line_of_text, stroke};
use crate::format::NumberStyle;
use crate::interval::larger;
use crate::marks::{self, px};
use crate::{rows, text};
use maud::{Markup, html};

/// From this width on the chart is a table; below, a list.
const TABLE_FROM: f64 = 600.0;
/// Narrowest document, px.
const NARROWEST: f64 = 280.0;
/// Widest document, px.
const WIDEST: f64 = 2400.0;
const MARGIN: f64 = 16.0;
const GAP: f64 = 16.0;
/// Air between the plot and the figures, where a label of the last tick may reach.
const PLOT_GAP: f64 = 24.0;
/// Least room for a label beside its figure in a list; with less, the figure moves to a line of its own.
const LEAST_LABEL: f64 = 96.0;

pub(crate) struct TableRow {
    pub(crate) label: String,
    pub(crate) note: String,
    /// A word in a frame beside the label, and whether it marks harm rather than doubt.
    pub(crate) tag: Option<(String, bool)>,
    /// Marks, and the height they are drawn for.
    pub(crate) marks: Markup,
    pub(crate) mark_height: f64,
    /// Printed numbers, one per heading after the first.
    pub(crate) figures: Vec<String>,
    pub(crate) is_sum: bool,
}

pub(crate) struct TableChart<'a> {
    pub(crate) kind: &'a str,
    pub(crate) title: &'a str,
    pub(crate) subtitle: &'a str,
    pub(crate) description: String,
    pub(crate) lower_words: &'a str,
    pub(crate) higher_words: &'a str,
    /// Heading of the labels, then of each figure.
    pub(crate) headings: Vec<&'a str>,
    pub(crate) rows: Vec<TableRow>,
    pub(crate) notes: &'a [String],
    pub(crate) axis: Axis,
    pub(crate) width: f64,
    pub(crate) style: &'a NumberStyle,
}

/// Where the columns lie, px from the left.
struct Columns {
    width: f64,
    is_table: bool,
    label: (f64, f64),
    plot: (f64, f64),
    /// Right edge of each column of figures.
    figures: Vec<f64>,
}

pub(crate) fn render(chart: &TableChart) -> String {
    let width = if chart.width.is_finite() { chart.width.clamp(NARROWEST, WIDEST) } else { 900.0 };
    let columns = lay_out_columns(chart, width);
    let (head, top) = draw_head(chart, &columns);
    let (axis_head, rows_top) = draw_axis_head(chart, &columns, top);
    let mut y = rows_top;
    let mut grounds = html! {};
    let mut drawn = html! {};
    for row in &chart.rows {
        let (ground, row_marks, height) = draw_row(row, &chart.axis, &columns, y);
        grounds = html! { (grounds) (ground) };
        drawn = html! { (drawn) (row_marks) };
        y += height;
    }
    let (notes, bottom) = draw_notes(chart.notes, width, y + 8.0);
    let zero = html! {
        // In a list the line would run through the labels, so there each row draws its own.
        @if columns.is_table {
            svg x=(px(columns.plot.0)) width=(px(columns.plot.1)) height=(px(bottom)) {
                (marks::no_difference(&chart.axis, rows_top, y))
            }
        }
    };
    let body = html! { (grounds) (zero) (head) (axis_head) (drawn) (notes) };
    document(chart.kind, (width, bottom + MARGIN - 4.0), chart.title, &chart.description, &body)
}

fn lay_out_columns(chart: &TableChart, width: f64) -> Columns {
    let inner = width - 2.0 * MARGIN;
    let widest_figure = |column: usize| {
        let heading = chart.headings.get(column + 1).map_or(0.0, |h| text::width(h, 13.5));
        chart
            .rows
            .iter()
            .filter_map(|row| {
                Some(text::width(row.figures.get(column)?, if row.is_sum { 14.8 } else { 14.0 }))
            })
            .fold(heading, larger)
            .clamp(0.0, inner / 3.0)
    };
    let count = chart.headings.len().saturating_sub(1);
    let mut right = width - MARGIN;
    let mut figures = vec![0.0; count];
    for column in (0..count).rev() {
        figures[column] = right;
        right -= widest_figure(column) + GAP;
    }
    if width < TABLE_FROM {
        // Only the first figure fits beside a label.
        return Columns {
            width,
            is_table: false,
            label: (MARGIN, inner),
            plot: (MARGIN + 8.0, inner - 16.0),
            figures: vec![width - MARGIN],
        };
    }
    let widest_label = chart
        .rows
        .iter()
        .map(|row| larger(body_width(&row.label, row.is_sum) + tag_room(row), text::width(&row.note, 12.0)))
        .fold(80.0, larger)
        .clamp(80.0, 0.32 * width);
    let plot_left = MARGIN + widest_label + GAP;
    Columns {
        width,
        is_table: true,
        label: (MARGIN, widest_label),
        plot: (plot_left, larger(right - plot_left - (PLOT_GAP - GAP), 80.0)),
        figures,
    }
}

fn draw_head(chart: &TableChart, columns: &Columns) -> (Markup, f64) {
    let room = columns.width - 2.0 * MARGIN;
    let mut y = 14.0;
    let mut drawn = html! {};
    for line in text::wrap(chart.title, 19.0, room, 3) {
        y += 22.0;
        drawn = html! { (drawn) (line_of_text("title", MARGIN, y, "start", &line)) };
    }
    for line in text::wrap(chart.subtitle, 13.0, room, 8) {
        y += 20.0;
        drawn = html! { (drawn) (line_of_text("sub", MARGIN, y, "start", &line)) };
    }
    (drawn, y + 12.0)
}

/// Headings, the words at both ends of the axis, ticks, and the rule under them.
fn draw_axis_head(chart: &TableChart, columns: &Columns, top: f64) -> (Markup, f64) {
    let (left, width) = columns.plot;
    let lower = (!chart.lower_words.is_empty()).then(|| format!("← {}", chart.lower_words));
    let higher = (!chart.higher_words.is_empty()).then(|| format!("{} →", chart.higher_words));
    let words: Vec<String> = lower.into_iter().chain(higher).collect();
    // Words that do not fit side by side stand in two lines, each at its own end.
    let together = words.join(" · ");
    let in_one_line = bold_width(&together, 13.0) <= width;
    let lines: Vec<(f64, &str, &str)> = if in_one_line {
        vec![(left, "start", together.as_str())]
    } else {
        match words.as_slice() {
            [lower, higher] => vec![(left, "start", lower), (left + width, "end", higher)],
            _ => vec![(left, "start", together.as_str())],
        }
    };
    let height = 18.0 * lines.len() as f64;
    let ticks_top = top + height + 4.0;
    let rule = ticks_top + 24.0;
    let drawn = html! {
        @for (i, (x, anchor, words)) in lines.iter().enumerate() {
            (line_of_text("head", *x, top + 14.0 + 18.0 * i as f64, anchor, &text::fit(words, 13.0, width)))
        }
        svg x=(px(left)) y=(px(ticks_top)) width=(px(width)) height="20" {
            (rows::axis_marks(&chart.axis, chart.style, width))
        }
        @if columns.is_table {
            @for (i, heading) in chart.headings.iter().enumerate() {
                @let (x, anchor, room) = match i.checked_sub(1).and_then(|c| columns.figures.get(c)) {
                    Some(right) => (*right, "end", columns.width / 3.0),
                    None => (columns.label.0, "start", columns.label.1),
                };
                (line_of_text("head", x, rule - 7.0, anchor, &text::fit(heading, 13.0, room)))
            }
        }
        (stroke("under", (MARGIN, rule), (columns.width - MARGIN, rule)))
    };
    (drawn, rule)
}

/// Width of a label or figure in the body of the table; sums are bold.
fn body_width(content: &str, is_sum: bool) -> f64 {
    if is_sum { bold_width(content, 14.0) } else { text::width(content, 14.0) }
}

/// Room that a row's tag takes beside its label.
fn tag_room(row: &TableRow) -> f64 {
    row.tag.as_ref().map_or(0.0, |(tag, _)| bold_width(&text::fit(tag, 12.0, 160.0), 12.0) + 16.0)
}

/// Ground and rule of a row, its text and marks, and its height.
fn draw_row(row: &TableRow, axis: &Axis, columns: &Columns, top: f64) -> (Markup, Markup, f64) {
    let weight = if row.is_sum { "body strong" } else { "body" };
    let (label_x, column_room) = columns.label;
    let figure_width = row.figures.first().map_or(0.0, |figure| body_width(figure, row.is_sum));
    let beside = if columns.is_table { column_room } else { column_room - figure_width - GAP };
    let figure_below = beside < larger(LEAST_LABEL, tag_room(row) + 40.0);
    let label_room = if figure_below { column_room } else { beside };
    let size = if row.is_sum { 14.0 * 1.12 } else { 14.0 };
    let labels = text::wrap(&row.label, size, larger(label_room - tag_room(row), 40.0), 2);
    // On a narrow drawing the note has the whole width to itself.
    let note_room = if columns.is_table { column_room } else { columns.width - 2.0 * MARGIN };
    let notes = text::wrap(&row.note, 12.0, note_room, 2);
    let figure_down = if figure_below { 18.0 * labels.len() as f64 + 16.0 * notes.len() as f64 } else { 0.0 };
    let figure_room = if figure_below { 18.0 } else { 0.0 };
    let text_height = 18.0 * labels.len() as f64 + 16.0 * notes.len() as f64 + 10.0 + figure_room;
    let (mark_top, height) = if columns.is_table {
        let height = larger(text_height, row.mark_height + 4.0);
        // A row of one line has its marks in the middle; a taller one beside its first line.
        (if notes.is_empty() && labels.len() < 2 { (height - row.mark_height) / 2.0 } else { 2.0 }, height)
    } else {
        (text_height - 4.0, text_height + row.mark_height)
    };
    let middle = notes.is_empty() && labels.len() < 2 && columns.is_table;
    let baseline = if middle { top + height / 2.0 + 5.0 } else { top + 20.0 };
    let ground = html! {
        @if row.is_sum {
            rect.tint x=(px(MARGIN / 2.0)) y=(px(top)) width=(px(columns.width - MARGIN)) height=(px(height)) {}
        }
        (stroke("rule", (MARGIN, top + height), (columns.width - MARGIN, top + height)))
    };
    let drawn = html! {
        @for (i, line) in labels.iter().enumerate() {
            (line_of_text(weight, label_x, baseline + 18.0 * i as f64, "start", line))
        }
        @for (i, line) in notes.iter().enumerate() {
            (line_of_text("note", label_x, baseline + 18.0 * labels.len() as f64 - 2.0 + 16.0 * i as f64, "start", line))
        }
        @if let Some((tag, is_harm)) = &row.tag {
            (draw_tag(tag, *is_harm, label_x + labels.first().map_or(0.0, |l| text::width(l, 14.0)) + 6.0, baseline))
        }
        svg x=(px(columns.plot.0)) y=(px(top + mark_top)) width=(px(columns.plot.1)) height=(px(row.mark_height)) {
            @if !columns.is_table { (marks::no_difference(axis, 0.0, row.mark_height)) }
            (row.marks)
        }
        @for (figure, right) in row.figures.iter().zip(&columns.figures) {
            (line_of_text(weight, *right, baseline + figure_down, "end", figure))
        }
    };
    (ground, drawn, height)
}

fn draw_tag(tag: &str, is_harm: bool, x: f64, baseline: f64) -> Markup {
    let tag = text::fit(tag, 12.0, 160.0);
    let width = bold_width(&tag, 12.0) + 8.0;
    let harm = if is_harm { " harm" } else { "" };
    html! {
        rect class={ "tagbox" (harm) } x=(px(x)) y=(px(baseline - 12.5)) width=(px(width)) height="17" rx="2" {}
        (line_of_text(&format!("tag{harm}"), x + width / 2.0, baseline, "middle", &tag))
    }
}

fn draw_notes(notes: &[String], width: f64, top: f64) -> (Markup, f64) {
    let mut y = top;
    let mut drawn = html! {};
    for line in notes.iter().flat_map(|note| text::wrap(note, 12.0, width - 2.0 * MARGIN, 6)) {
        y += 17.0;
        drawn = html! { (drawn) (line_of_text("note", MARGIN, y, "start", &line)) };
    }
    (drawn, y)
}
