//! `/studies/{id}`: a study as its findings tell it: citation, country, design, samples with their context, findings.

use crate::columns::{Study, Tally};
use crate::layout::{self, Fact, Head, Page, Room};
use crate::number;
use crate::pages::practice::findings_list;
use crate::pages::studies::designs;
use crate::serve::Entry;
use crate::shown::{self, About};
use crate::visit::{Outcome, Refusal, Visit};
use maud::{Markup, html};
use std::collections::BTreeMap;
use whatworks_domain::{Finding, Profile};

/// The page.
pub const ENTRIES: &[Entry] = &[Entry::page("/studies/{id}", &[], page)];

/// The address of a DOI's resolver. The slash inside a DOI stays, as its handbook asks.
pub fn doi_address(doi: &str) -> String {
    format!("https://doi.org/{}", doi.split('/').map(crate::visit::segment).collect::<Vec<_>>().join("/"))
}

fn page(visit: &Visit) -> Outcome {
    let findings = visit.evidence.list_by_study(&visit.id);
    let study = Study::of(&findings).ok_or_else(|| Refusal::unknown(visit, "/studies"))?;
    let body = html! {
        (head(visit, &study))
        (layout::section(
            "findings",
            &visit.t("findings"),
            &html! { p { (visit.t("findings-how")) } },
            &findings_list(visit, "study", &findings, About::Study),
        ))
        (layout::section(
            "samples",
            &visit.t("samples"),
            &html! { p { (visit.t("study-samples-how")) } },
            &samples(visit, &findings),
        ))
    };
    let description = if study.title.is_empty() { study.citation.clone() } else { study.title.clone() };
    layout::page(
        visit,
        &Page { title: study.citation.clone(), description, room: Room::Studies, spine: None, body },
    )
}

fn head(visit: &Visit, study: &Study) -> Markup {
    let year = study.year.map_or_else(|| visit.t("not-stated"), |year| year.to_string());
    let under = visit.ta("study-from", &[("samples", study.tally.samples.into())]);
    layout::section_head(
        &visit.t("study"),
        &html! { p { (visit.t("study-how")) } },
        &html! {
            p.s { a href="/studies" { (visit.t("nav-studies")) } }
            h1 { bdi { (study.citation) } }
            p.say {
                @if study.title.is_empty() { (visit.t("study-no-title")) } @else { cite { bdi { (study.title) } } }
            }
            p.gap {
                @if study.doi.is_empty() {
                    (visit.t("study-no-doi"))
                } @else {
                    a href=(doi_address(&study.doi)) rel="external noreferrer" { "doi:" (study.doi) }
                }
            }
            (layout::facts(&[
                Fact::new(visit.t("country"), &shown::countries(visit, &study.countries), String::new()),
                Fact::new(visit.t("design"), &designs(visit, &study.designs), String::new()),
                Fact::new(visit.t("year-published"), &year, String::new()),
                Fact::new(visit.t("findings"), &study.tally.findings.to_string(), under),
            ]))
        },
    )
}

fn samples(visit: &Visit, findings: &[&Finding]) -> Markup {
    let mut by_sample: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
    for finding in findings {
        by_sample.entry(finding.sample_id.as_str()).or_default().push(finding);
    }
    let style = visit.style();
    html! {
        @for (sample, findings) in by_sample {
            @let tally = Tally::of(findings.iter().copied());
            @let rows = findings.iter().filter_map(|finding| finding.n).max();
            @let population = findings.iter().map(|finding| finding.population.as_str()).find(|text| !text.is_empty());
            h3 { (sample) }
            @if let Some(population) = population { p { bdi { (population) } } }
            p.s.m {
                (visit.ta("study-sample-findings", &[("findings", tally.findings.into()), ("primary", tally.primary.into())]))
                @if let Some(rows) = rows { " " (visit.ta("study-sample-rows", &[("rows", number::count(rows, &style).into())])) }
            }
            @if let Some(profile) = visit.evidence.catalogue.find_profile(sample) { (context(visit, profile)) }
        }
    }
}

/// The institution's and the loan's features in that sample, as the catalogue's moderators define them.
fn context(visit: &Visit, profile: &Profile) -> Markup {
    let numeric = profile.numeric();
    let rows: Vec<Vec<Markup>> = visit
        .evidence
        .catalogue
        .moderators
        .iter()
        .filter_map(|moderator| {
            let words = match moderator.id.as_str() {
                "liability" => profile.liability.clone(),
                "urban" => profile.urban.clone(),
                id => {
                    let value = numeric.iter().find(|(name, _)| *name == id)?.1?;
                    match moderator.kind.as_str() {
                        "flag" => shown::yes_no(visit, value > 0.5),
                        _ => number::plain(value, &visit.style()),
                    }
                }
            };
            Some(vec![
                html! {
                    (shown::in_english(visit, &moderator.name))
                    @if let Some(definition) = &moderator.definition { br; span.s.m { (shown::in_english(visit, definition)) } }
                },
                html! { (words) },
                html! { (moderator.unit) },
            ])
        })
        .collect();
    let heads = [
        Head::words(visit.t("study-feature")),
        Head::figures(visit.t("study-value")),
        Head::words(visit.t("unit")),
    ];
    html! {
        details.gap {
            summary { (visit.t("study-context")) }
            (layout::fold_table(&html! { (visit.t("study-context-caption")) }, &heads, &rows))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_doi_becomes_a_safe_address() {
        assert_eq!(doi_address("10.1257/app.20130537"), "https://doi.org/10.1257/app.20130537");
        assert_eq!(doi_address("10.1/<\"x>#?"), "https://doi.org/10.1/%3C%22x%3E%23%3F");
    }
}
