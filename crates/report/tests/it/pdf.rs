//! The report as PDF: the same bytes each time, tagged, what people typed inert.

use crate::study::{empty, few_clusters, full, hostile};
use whatworks_report::{Lang, render_pdf};

#[test]
fn the_document_is_tagged_and_the_same_each_time() {
    let first = render_pdf(&full(), Lang::English).unwrap();
    assert!(first.starts_with(b"%PDF-"));
    let text = String::from_utf8_lossy(&first);
    assert!(text.contains("/MarkInfo") && text.contains("/StructTreeRoot") && text.contains("/Lang"));
    assert!(!text.contains("CreationDate"));
    assert!(first.len() < 600_000, "{}", first.len());
    assert!(first == render_pdf(&full(), Lang::English).unwrap());
}

#[test]
fn every_kind_of_study_can_be_typeset() {
    for study in [few_clusters(), empty()] {
        assert!(render_pdf(&study, Lang::English).unwrap().len() > 1000);
    }
}

#[test]
fn names_are_never_read_as_markup() {
    // A panic, an unknown label or an unclosed delimiter in any of them would fail the typesetting.
    assert!(render_pdf(&hostile(), Lang::English).unwrap().len() > 1000);
}
