//! A report as one HTML file: style and drawings inside, no script, nothing from elsewhere.
//!
//! The style sheet is that of the commons' pages, so that a report looks like them; tables fold into lists on a phone and
//! say their own column names there. Left out: every word, which comes with the [`Document`].

use crate::content::{Block, Cell, Document, Row, Section, Table, Tone};
use crate::words::Words;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use std::sync::LazyLock;
use whatworks_charts::study as charts;

static STYLE: LazyLock<String> = LazyLock::new(|| {
    let sheet = concat!(include_str!("../../web/assets/look.css"), include_str!("../assets/report.css"));
    // A sheet of paper is narrower than a phone's limit, but set smaller: tables fold on screens only.
    sheet.replace("@media (max-width: 52rem)", "@media screen and (max-width: 52rem)")
});

/// The file.
pub(crate) fn page(document: &Document, words: &Words) -> String {
    let last = document.summary.len().saturating_sub(1);
    html! {
        (DOCTYPE)
        html lang=(document.language) dir="ltr" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width,initial-scale=1";
                meta name="referrer" content="no-referrer";
                // Even if something slipped in, a browser would load and run nothing.
                meta http-equiv="content-security-policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";
                meta name="description" content=(document.description);
                title { (document.title) }
                style { (PreEscaped(STYLE.as_str())) }
            }
            body.sheet {
                a.vh href="#main" { (document.skip) }
                main #main {
                    section.sec.head {
                        header {
                            p.lab { (document.label) }
                            @for note in &document.aside { p { (note) } }
                        }
                        div {
                            h1 { (document.title) }
                            @for sentence in &document.say { p.say { (sentence) } }
                            @for line in &document.context { p.s.m { (line) } }
                        }
                    }
                    @for (index, section) in document.summary.iter().enumerate() {
                        (self::section(section, index == last, words))
                    }
                    @for section in &document.sections { (self::section(section, false, words)) }
                }
                footer.foot { @for line in &document.foot { p { (line) } } }
            }
        }
    }
    .into_string()
}

fn section(section: &Section, ends_summary: bool, words: &Words) -> Markup {
    html! {
        section.sec.summary-end[ends_summary] id=(section.id) {
            header {
                h2 { (section.name) }
                @for note in &section.aside { p { (note) } }
            }
            div { @for block in &section.blocks { (self::block(block, words)) } }
        }
    }
}

fn block(block: &Block, words: &Words) -> Markup {
    match block {
        Block::Heading(text) => html! { h3 { (text) } },
        Block::Text(text) => html! { p { (text) } },
        Block::List(items) => html! { ul { @for item in items { li { (item) } } } },
        Block::Facts(facts) => html! {
            dl.kv { @for (name, value) in facts { dt { (name) } dd { (value) } } }
        },
        Block::Note(text, hint) => html! {
            div.note { p { strong { (text) } } @if !hint.is_empty() { p { (hint) } } }
        },
        Block::Figure(caption, description, drawing) => html! {
            figure.periods { figcaption { (caption) } (drawing.figure(description)) }
        },
        Block::Table(table) => self::table(table, words),
    }
}

fn table(table: &Table, words: &Words) -> Markup {
    html! {
        table.fold role="table" {
            caption { (table.caption) }
            thead role="rowgroup" {
                tr role="row" {
                    th role="columnheader" scope="col" { (table.name) }
                    @if let Some((ends, axis)) = &table.chart {
                        th.ax role="columnheader" scope="col" {
                            (ends)
                            @if let Some(axis) = axis { (charts::head(axis, &words.style).cell()) }
                        }
                    }
                    @for column in &table.columns { th.r role="columnheader" scope="col" { (column) } }
                }
            }
            tbody role="rowgroup" { @for row in &table.rows { (self::row(row, table)) } }
        }
    }
}

fn row(row: &Row, table: &Table) -> Markup {
    html! {
        tr role="row" {
            th.w role="rowheader" scope="row" {
                (row.name)
                @if let Some(tag) = &row.harm { br; span.tag.harm { (tag) } }
                @if let Some((tone, text)) = &row.below {
                    br;
                    span class=(match tone { Tone::Better => "s up", Tone::Worse => "s dn", Tone::Plain => "s m" }) { (text) }
                }
            }
            @if table.chart.is_some() {
                td.p role="cell" { @if let Some(drawing) = &row.drawing { (drawing.cell()) } }
            }
            @for (cell, name) in row.cells.iter().zip(&table.columns) { (self::cell(cell, name)) }
        }
    }
}

fn cell(cell: &Cell, name: &str) -> Markup {
    // What is long gets a line of its own where a row is folded.
    let is_long = !cell.below.is_empty() || cell.text.chars().count() > 12;
    html! {
        td.r.f[is_long] role="cell" data-l=(name) {
            (cell.text)
            @if !cell.below.is_empty() { " " span.below { (cell.below) } }
        }
    }
}
