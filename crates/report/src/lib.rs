//! The report of a study, for a board and for a referee: one content, written as HTML and as PDF.
//!
//! `content` turns a [`StudyResult`] into sections of plain blocks; every word comes from the Fluent files under
//! `locales/`. [`render_html`] writes one file that needs nothing else (style and pictures inside, no script), and
//! [`render_pdf`] typesets the same blocks with fonts that are part of the program. Equal inputs give equal bytes: no clock
//! is read. Left out: what the numbers mean beyond the rules printed in the report, and anything that leaves the
//! institution; both documents hold exact counts and stay inside.

mod content;
mod html;
mod pdf;
mod source;
mod words;

pub use pdf::PdfError;
pub use words::Lang;

use whatworks_domain::study::StudyResult;

/// The report as one self-contained HTML file.
pub fn render_html(study: &StudyResult, lang: Lang) -> String {
    html::page(&content::build(study, lang), &words::Words::of(lang))
}

/// The report as a PDF: A4, tagged, fonts embedded.
///
/// # Errors
/// When the typesetter refuses the document; the texts are its own.
pub fn render_pdf(study: &StudyResult, lang: Lang) -> Result<Vec<u8>, PdfError> {
    pdf::typeset(&content::build(study, lang), &words::Words::of(lang))
}
