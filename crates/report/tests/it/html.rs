//! The report as HTML: what it says, that it needs nothing else, that what people typed is inert.

use crate::study::{empty, few_clusters, full, hostile};
use whatworks_report::{Lang, render_html};

fn page(study: &whatworks_domain::study::StudyResult) -> String {
    render_html(study, Lang::English)
}

#[test]
fn the_file_needs_nothing_else() {
    let page = page(&full());
    for forbidden in
        ["<script", "http://", "https://", "src=", "@import", "url(http", "style=\"", "NaN", "inf "]
    {
        assert!(!page.contains(forbidden), "{forbidden}");
    }
    assert!(page.contains("prefers-color-scheme: dark") && page.contains("@media print"));
    assert!(page.len() < 120_000, "{}", page.len());
    assert_eq!(page, super::html::page(&full()));
}

#[test]
fn the_first_page_tells_benefit_and_harm_apart() {
    let page = page(&full());
    assert!(page.contains("Business profit went up by"), "{page}");
    assert!(page.contains("better for clients"));
    assert!(page.contains("HARM"));
    assert!(page.contains("Harm to clients"));
    assert!(page.contains("Never averaged with a benefit."));
}

#[test]
fn every_section_and_number_is_there() {
    let page = page(&full());
    for id in [
        "answer",
        "harm",
        "cannot-say",
        "sample",
        "design",
        "estimates",
        "subgroups",
        "arms",
        "take-up",
        "periods",
        "power",
        "sensitivity",
        "limits",
        "released",
    ] {
        assert!(page.contains(&format!("id=\"{id}\"")), "{id}");
    }
    for text in ["held back", "1,195", "SHA-256 of the plan", "Anderson", "Effective F", "Intracluster"] {
        assert!(page.contains(text), "{text}");
    }
}

#[test]
fn few_clusters_make_nothing_clear() {
    let page = page(&few_clusters());
    let main = &page[page.find("<main").unwrap()..];
    assert!(!main.to_lowercase().contains("significan"));
    assert!(!main.contains("went up by") && !main.contains("went down by") && !main.contains("HARM"));
    assert!(main.contains("so few clusters cannot tell") && main.contains("Fewer than 10 clusters"));
}

#[test]
fn a_study_without_results_says_so() {
    let page = page(&empty());
    assert!(page.contains("No effect could be estimated"));
    assert!(page.contains("Nothing was released"));
    assert!(page.contains("No harm was measured"));
}

#[test]
fn names_stay_text() {
    let page = page(&hostile());
    assert!(!page.contains("<script>alert") && page.contains("&lt;script&gt;alert"));
    assert_eq!(page.matches("<b>").count(), 0);
}
