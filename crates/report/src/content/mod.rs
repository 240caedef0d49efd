//! What a report says, as sections of plain blocks, before it is HTML or a typeset page.
//!
//! The order is that of the questions a reader has: what came out and whom it hurts (one page), how many people it rests
//! on, how it was made, the numbers in full, whether the design held, whether the answer depends on a choice, what it
//! cannot say, and what left the institution.

mod checks;
mod design;
mod estimates;
mod points;
mod reading;
mod release;
mod summary;

use crate::words::{Lang, Words};
use whatworks_charts::{Axis, Drawing};
use whatworks_domain::study::StudyResult;

/// A report, ready to be written down.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Document {
    /// BCP 47 code of its language.
    pub(crate) language: &'static str,
    /// Title of the study.
    pub(crate) title: String,
    /// The institution: the document's author.
    pub(crate) institution: String,
    /// The line above the title in the margin.
    pub(crate) label: String,
    /// What the document is, for a list of documents.
    pub(crate) description: String,
    /// "Skip to the answer".
    pub(crate) skip: String,
    /// Notes beside the title.
    pub(crate) aside: Vec<String>,
    /// The answer, in sentences that someone could be quoted on.
    pub(crate) say: Vec<String>,
    /// Below the answer: on whom it rests.
    pub(crate) context: Vec<String>,
    /// Sections of the first page.
    pub(crate) summary: Vec<Section>,
    /// All further sections.
    pub(crate) sections: Vec<Section>,
    /// Last lines.
    pub(crate) foot: Vec<String>,
}

/// A section: a name and notes in the margin, blocks in the body.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Section {
    /// Anchor.
    pub(crate) id: &'static str,
    /// Name.
    pub(crate) name: String,
    /// How it was made.
    pub(crate) aside: Vec<String>,
    /// What was found.
    pub(crate) blocks: Vec<Block>,
}

/// A part of a section.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Block {
    /// A heading inside the section.
    Heading(String),
    /// A paragraph.
    Text(String),
    /// A list.
    List(Vec<String>),
    /// Names with their values.
    Facts(Vec<(String, String)>),
    /// Something to doubt or to know: what, and what to do about it (may be empty).
    Note(String, String),
    /// A table, perhaps with a column of charts.
    Table(Table),
    /// A figure: its caption, its description in words, the drawing.
    Figure(String, String, Drawing),
}

/// A table. The first column holds the rows' names; a chart, if any, stands second.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Table {
    /// What it shows.
    pub(crate) caption: String,
    /// Head of the first column.
    pub(crate) name: String,
    /// Words above the axis and the axis, when there is a column of charts; no axis for shares of a whole.
    pub(crate) chart: Option<(String, Option<Axis>)>,
    /// Heads of the further columns.
    pub(crate) columns: Vec<String>,
    /// Rows.
    pub(crate) rows: Vec<Row>,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Row {
    /// Its name.
    pub(crate) name: String,
    /// A line below the name, in its tone.
    pub(crate) below: Option<(Tone, String)>,
    /// A harm to clients that is clear, as a tag.
    pub(crate) harm: Option<String>,
    /// The chart in its cell.
    pub(crate) drawing: Option<Drawing>,
    /// One cell for each further column.
    pub(crate) cells: Vec<Cell>,
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Cell {
    /// What it says.
    pub(crate) text: String,
    /// A smaller line below; may be empty.
    pub(crate) below: String,
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self { text, below: String::new() }
    }
}

/// How a line below a name is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tone {
    /// Better for clients.
    Better,
    /// Worse for clients.
    Worse,
    /// Neither.
    Plain,
}

/// Builds a report.
pub(crate) fn build(study: &StudyResult, lang: Lang) -> Document {
    let words = Words::of(lang);
    let study = &points::in_points(study, &words.t("unit-points"));
    let sections = [
        design::flow(study, &words),
        Some(design::how(study, &words)),
        estimates::full(study, &words),
        estimates::subgroups(study, &words),
        checks::arms(study, &words),
        checks::take_up(study, &words),
        checks::periods(study, &words),
        checks::power(study, &words),
        estimates::sensitivity(study, &words),
        Some(release::limits(study, &words)),
        Some(release::released(study, &words)),
    ];
    Document {
        language: lang.code(),
        title: study.study.title.clone(),
        institution: study.study.institution.clone(),
        label: words.t("label"),
        description: words.ta("description", &[("institution", study.study.institution.as_str().into())]),
        skip: words.t("skip"),
        aside: summary::aside(study, &words),
        say: summary::say(study, &words),
        context: summary::context(study, &words),
        summary: summary::sections(study, &words),
        sections: sections.into_iter().flatten().collect(),
        foot: vec![
            words.t("foot-inside"),
            words.ta(
                "foot-made",
                &[("software", study.software.as_str().into()), ("seed", study.seed.to_string().into())],
            ),
        ],
    }
}
