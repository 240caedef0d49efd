//! A report as the source of a typeset document.
//!
//! The template (`assets/report.typ`) defines how each block looks; this module writes one call for each block. Every text
//! goes in as a quoted string, never as markup, so that nothing that a person typed (an institution's name, a column, a
//! reason) can be read as an instruction. Numbers are written with two decimals. Left out: colours and sizes.

use crate::content::{Block, Cell, Document, Row, Section, Table, Tone};
use crate::words::Words;
use std::fmt::Write;
use whatworks_charts::{Anchor, Drawing, Ink, Shape, study as charts, text};

/// The template.
pub(crate) const TEMPLATE: &str = include_str!("../assets/report.typ");

/// The whole source: template, then the calls.
pub(crate) fn write(document: &Document, words: &Words) -> String {
    let mut out = String::from(TEMPLATE);
    let strings = |items: &[String]| array(items.iter().map(|item| quoted(item)));
    // Writing to a string cannot fail, here and below.
    let _ = write!(
        out,
        "\n#show: report.with(title: {}, author: {}, language: {}, foot: {})\n#opening({}, {}, {}, {}, {})\n",
        quoted(&document.title),
        quoted(&document.institution),
        quoted(document.language),
        strings(&document.foot),
        quoted(&document.label),
        quoted(&document.title),
        strings(&document.aside),
        strings(&document.say),
        strings(&document.context),
    );
    for section in &document.summary {
        write_section(section, words, &mut out);
    }
    out.push_str("#pagebreak(weak: true)\n");
    for section in &document.sections {
        write_section(section, words, &mut out);
    }
    out
}

/// A text as a string literal. Everything but quote, backslash and control characters stands for itself in one.
pub(crate) fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    // Cleaned of characters that steer direction and of control characters first.
    for c in text::clean(text).chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// An array literal; a comma after every item makes it one even with a single item.
fn array(items: impl IntoIterator<Item = String>) -> String {
    let items: Vec<String> = items.into_iter().collect();
    if items.is_empty() { "()".to_owned() } else { format!("({},)", items.join(", ")) }
}

fn write_section(section: &Section, words: &Words, out: &mut String) {
    let aside = array(section.aside.iter().map(|note| quoted(note)));
    let _ = writeln!(out, "#part({}, {aside})[", quoted(&section.name));
    for block in &section.blocks {
        write_block(block, words, out);
    }
    out.push_str("]\n");
}

fn write_block(block: &Block, words: &Words, out: &mut String) {
    let _ = match block {
        Block::Heading(text) => writeln!(out, "#heading(level: 3, {})", quoted(text)),
        Block::Text(text) => writeln!(out, "#par({})", quoted(text)),
        Block::List(items) => {
            let items: Vec<String> = items.iter().map(|item| quoted(item)).collect();
            writeln!(out, "#list({})", items.join(", "))
        }
        Block::Facts(facts) => {
            let pairs = facts.iter().map(|(name, value)| format!("({}, {})", quoted(name), quoted(value)));
            writeln!(out, "#facts({})", array(pairs))
        }
        Block::Note(text, hint) => writeln!(out, "#note({}, {})", quoted(text), quoted(hint)),
        Block::Figure(caption, description, drawing) => {
            writeln!(out, "#picture({}, {}, {})", quoted(caption), quoted(description), shapes(drawing))
        }
        Block::Table(table) => writeln!(out, "{}", table_call(table, words)),
    };
}

fn table_call(table: &Table, words: &Words) -> String {
    let chart = match &table.chart {
        None => "none".to_owned(),
        Some((ends, None)) => format!("({}, none)", quoted(ends)),
        Some((ends, Some(axis))) => {
            format!("({}, {})", quoted(ends), shapes(&charts::head(axis, &words.style)))
        }
    };
    format!(
        "#ledger(caption: {}, name: {}, chart: {chart}, columns: {}, rows: {})",
        quoted(&table.caption),
        quoted(&table.name),
        array(table.columns.iter().map(|column| quoted(column))),
        array(table.rows.iter().map(row)),
    )
}

fn row(row: &Row) -> String {
    let below = match &row.below {
        None => "none".to_owned(),
        Some((tone, text)) => {
            let tone = match tone {
                Tone::Better => "better",
                Tone::Worse => "worse",
                Tone::Plain => "plain",
            };
            format!("(\"{tone}\", {})", quoted(text))
        }
    };
    let harm = row.harm.as_ref().map_or_else(|| "none".to_owned(), |tag| quoted(tag));
    let drawing = row.drawing.as_ref().map_or_else(|| "none".to_owned(), shapes);
    let cells = row.cells.iter().map(|Cell { text, below }| format!("({}, {})", quoted(text), quoted(below)));
    format!(
        "(name: {}, below: {below}, harm: {harm}, drawing: {drawing}, cells: {})",
        quoted(&row.name),
        array(cells)
    )
}

fn ink(ink: Ink) -> &'static str {
    match ink {
        Ink::Zero => "zero",
        Ink::Rule => "rule",
        Ink::Plain => "plain",
        Ink::Better => "better",
        Ink::Worse => "worse",
        Ink::Grey => "grey",
        Ink::Tint => "tint",
    }
}

fn shapes(drawing: &Drawing) -> String {
    let point = |(x, y): (f64, f64)| format!("({x:.2}, {y:.2})");
    let shapes = drawing.shapes.iter().map(|shape| match shape {
        Shape::Line { ink: of, from, to } => {
            format!("(\"line\", \"{}\", {}, {})", ink(*of), point(*from), point(*to))
        }
        Shape::Square { ink: of, at, side } => {
            format!("(\"square\", \"{}\", {}, {side:.2})", ink(*of), point(*at))
        }
        Shape::Dot { ink: of, at, radius, is_open } => {
            format!("(\"dot\", \"{}\", {}, {radius:.2}, {is_open})", ink(*of), point(*at))
        }
        Shape::Bar { ink: of, from, to } => {
            format!("(\"bar\", \"{}\", {}, {})", ink(*of), point(*from), point(*to))
        }
        Shape::Cut { ink: of, is_right, y } => format!("(\"cut\", \"{}\", {is_right}, {y:.2})", ink(*of)),
        Shape::Label { at, anchor, text } => {
            let anchor = match anchor {
                Anchor::Start => "start",
                Anchor::Middle => "middle",
                Anchor::End => "end",
            };
            format!("(\"label\", \"{anchor}\", {}, {})", point(*at), quoted(text))
        }
    });
    format!("(height: {:.2}, shapes: {})", drawing.height, array(shapes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_cannot_leave_its_quotes() {
        assert_eq!(quoted("a\"b\\c\n#d\u{202e}"), "\"a\\\"b\\\\c #d\"");
        assert_eq!(array(["1".to_owned()]), "(1,)");
        assert_eq!(array([]), "()");
    }
}
