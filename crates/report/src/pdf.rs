//! Typesetting in process: a small world of one source file and the fonts that are part of the program.
//!
//! There is no file system, no network, no package and no clock in that world, so a document is a pure function of its
//! source. The PDF is tagged (headings, tables, lists, language, title), and its identifier is the digest of its source.
//! Fonts: Libertinus Serif and DejaVu Sans Mono (part of the typesetter's assets), Source Sans Pro (`fonts/`, OFL 1.1).

use crate::content::Document;
use crate::source;
use crate::words::Words;
use std::sync::LazyLock;
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandards};

/// Why a document could not be typeset.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the report could not be typeset: {}", .texts.join("; "))]
pub struct PdfError {
    /// What the typesetter said.
    pub texts: Vec<String>,
}

impl PdfError {
    fn of(errors: impl IntoIterator<Item = SourceDiagnostic>) -> Self {
        Self { texts: errors.into_iter().map(|error| error.message.to_string()).collect() }
    }
}

static FONTS: LazyLock<Vec<Font>> = LazyLock::new(|| {
    let own: [&'static [u8]; 2] = [
        include_bytes!("../fonts/SourceSansPro-Regular.ttf"),
        include_bytes!("../fonts/SourceSansPro-Bold.ttf"),
    ];
    own.into_iter().chain(typst_assets::fonts()).flat_map(|data| Font::iter(Bytes::new(data))).collect()
});

/// One source file and nothing else.
struct OneFile {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    source: Source,
}

impl OneFile {
    fn new(text: String) -> Result<Self, PdfError> {
        let path =
            VirtualPath::new("report.typ").map_err(|error| PdfError { texts: vec![format!("{error:?}")] })?;
        let id = RootedPath::new(VirtualRoot::Project, path).intern();
        Ok(Self {
            library: LazyHash::new(Library::default()),
            book: LazyHash::new(FontBook::from_fonts(FONTS.iter())),
            source: Source::new(id, text),
        })
    }
}

impl World for OneFile {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }
    fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }
    fn main(&self) -> FileId {
        self.source.id()
    }
    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.source.id() { Ok(self.source.clone()) } else { Err(missing(id)) }
    }
    fn file(&self, id: FileId) -> FileResult<Bytes> {
        Err(missing(id))
    }
    fn font(&self, index: usize) -> Option<Font> {
        FONTS.get(index).cloned()
    }
    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}

fn missing(id: FileId) -> FileError {
    FileError::NotFound(id.vpath().get_without_slash().into())
}

/// Typesets a report.
pub(crate) fn typeset(document: &Document, words: &Words) -> Result<Vec<u8>, PdfError> {
    typeset_source(source::write(document, words), &PdfStandards::default())
}

fn typeset_source(text: String, standards: &PdfStandards) -> Result<Vec<u8>, PdfError> {
    let identifier = text.clone();
    let world = OneFile::new(text)?;
    let pages = typst::compile::<PagedDocument>(&world).output.map_err(PdfError::of)?;
    let options = PdfOptions {
        ident: Smart::Custom(identifier),
        creator: Smart::Custom(Some("whatworks".into())),
        timestamp: None,
        standards: standards.clone(),
        ..PdfOptions::default()
    };
    let bytes = typst_pdf::pdf(&pages, &options).map_err(PdfError::of);
    // Keep what a next report of the same run can use, forget the rest.
    typst::comemo::evict(10);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content;
    use crate::words::Lang;
    use typst_pdf::PdfStandard;

    #[test]
    fn the_report_conforms_to_the_standard_for_accessible_documents() {
        let study = serde_json::from_str(include_str!("../fixtures/study.json")).unwrap();
        let text = source::write(&content::build(&study, Lang::English), &Words::of(Lang::English));
        let standards = PdfStandards::new(&[PdfStandard::Ua_1]).unwrap();
        typeset_source(text, &standards).unwrap();
    }
}
