//! `/findings`: all findings, filtered by practice, outcome, study, country, design and whether they enter a pool.

use crate::columns::FINDINGS;
use crate::layout::{self, Page, Room};
use crate::serve::Entry;
use crate::shown::{self, About};
use crate::text::key;
use crate::twins;
use crate::visit::{Media, Outcome, Refusal, Visit};
use maud::{Markup, html};
use std::collections::{BTreeMap, BTreeSet};
use whatworks_domain::Finding;

/// Rows on one page.
pub const PER_PAGE: usize = 50;

/// The parameters that filter findings.
pub const FILTERS: &[&str] = &["practice", "outcome", "study", "country", "design", "primary"];
const FILTERS_AND_PAGE: &[&str] = &["practice", "outcome", "study", "country", "design", "primary", "page"];

/// The list and its twins.
pub const ENTRIES: &[Entry] = &[
    Entry::page("/findings", FILTERS_AND_PAGE, page),
    Entry::new("/findings.csv", Media::Csv, FILTERS, csv),
    Entry::new("/findings.json", Media::Json, FILTERS, json),
];

/// The findings that the filters in the address let through, in their stable order.
///
/// # Errors
/// A refusal that names the filter whose value is not in the evidence.
pub fn select(visit: &Visit) -> Result<Vec<&Finding>, Refusal> {
    let evidence = &visit.evidence;
    let query = &visit.query;
    let check = |name: &str, known: &dyn Fn(&str) -> bool, accepted: &str| match query.find(name) {
        Some(value) if !known(value) => Err(Refusal::parameter(visit, name, value, &visit.t(accepted))),
        value => Ok(value),
    };
    let catalogue = &evidence.catalogue;
    let practice = check("practice", &|id| catalogue.find_practice(id).is_some(), key("accepted-practices"))?;
    let outcome = check("outcome", &|id| catalogue.find_outcome(id).is_some(), key("accepted-outcomes"))?;
    let study = check("study", &|id| evidence.by_study.contains_key(id), key("accepted-studies"))?;
    let design = check("design", &|id| catalogue.find_design(id).is_some(), key("accepted-designs"))?;
    let is_code = |code: &str| code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase());
    let country = check("country", &is_code, key("accepted-countries"))?;
    let primary = check("primary", &|value| matches!(value, "yes" | "no"), key("accepted-yes-no"))?;
    // The most selective index first, so that a long list is not walked for a short answer.
    let candidates: Vec<&Finding> = match (study, outcome, practice) {
        (Some(id), _, _) => evidence.list_by_study(id),
        (_, Some(id), _) => evidence.list_by_outcome(id),
        (_, _, Some(id)) => evidence.list_by_practice(id),
        _ => evidence.findings.iter().collect(),
    };
    let passes = |finding: &&Finding| {
        practice.is_none_or(|id| finding.practice.as_str() == id)
            && outcome.is_none_or(|id| finding.outcome.as_str() == id)
            && design.is_none_or(|id| finding.design.as_str() == id)
            && country.is_none_or(|code| finding.countries.iter().any(|one| one == code))
            && primary.is_none_or(|wanted| finding.primary == (wanted == "yes"))
    };
    Ok(candidates.into_iter().filter(passes).collect())
}

/// The page asked for, from 1.
///
/// # Errors
/// A refusal when it is no number from 1 to `pages`.
pub fn page_number(visit: &Visit, pages: usize) -> Result<usize, Refusal> {
    let Some(text) = visit.query.find("page") else { return Ok(1) };
    let number = text.parse::<usize>().ok().filter(|number| (1..=pages).contains(number));
    let accepted = || visit.ta("accepted-pages", &[("pages", pages.into())]);
    number.ok_or_else(|| Refusal::parameter(visit, "page", text, &accepted()))
}

fn csv(visit: &Visit) -> Outcome {
    twins::csv(visit, "findings", FINDINGS, select(visit)?)
}

/// Also the answer of `/api/v1/findings`.
///
/// # Errors
/// As [`select`] and [`twins::json`].
pub fn json(visit: &Visit) -> Outcome {
    twins::json(visit, "findings", FINDINGS, select(visit)?)
}

fn page(visit: &Visit) -> Outcome {
    let findings = select(visit)?;
    let pages = findings.len().div_ceil(PER_PAGE).max(1);
    let current = page_number(visit, pages)?;
    let start = (current - 1) * PER_PAGE;
    let shown = &findings[start.min(findings.len())..(start + PER_PAGE).min(findings.len())];
    let filters = visit.query.with("page", "");
    let caption = visit.ta(
        "findings-caption-range",
        &[
            ("from", (start + 1).into()),
            ("to", (start + shown.len()).into()),
            ("count", findings.len().into()),
        ],
    );
    let body = layout::section_head(
        &visit.t("findings-label"),
        &html! { p { (visit.t("findings-how")) } p { (visit.t("findings-tags")) } },
        &html! {
            h1 { (visit.t("findings-title")) }
            p.say { (visit.ta("findings-say", &[
                ("count", findings.len().into()), ("total", visit.evidence.findings.len().into()),
            ])) }
            (in_force(visit))
            (filter_form(visit))
            div.gap {
                @if findings.is_empty() {
                    p { span.none { (visit.t("none")) } " " (visit.t("findings-empty")) }
                } @else {
                    (shown::findings_table(visit, &html! { (caption) }, shown, About::Everything))
                }
            }
            (layout::pager(visit, current, pages))
            (layout::twins(visit, &filters.address("/findings.csv"), &filters.address("/findings.json")))
        },
    );
    layout::page(
        visit,
        &Page {
            title: visit.t("findings-title"),
            description: visit.t("findings-description"),
            room: Room::Findings,
            spine: None,
            body,
        },
    )
}

/// The name of a filter and of its value.
fn filter_words(visit: &Visit, name: &str, value: &str) -> (String, String) {
    match name {
        "practice" => (visit.t("practice"), shown::practice(visit, value).to_owned()),
        "outcome" => (visit.t("outcome"), shown::outcome(visit, value).to_owned()),
        "study" => {
            let study = visit.evidence.list_by_study(value).first().map(|finding| finding.study.clone());
            (visit.t("study"), study.unwrap_or_else(|| value.to_owned()))
        }
        "country" => (visit.t("country"), shown::country(visit, value)),
        "design" => (visit.t("design"), shown::design(visit, value).to_owned()),
        _ => (visit.t("filter-primary"), shown::yes_no(visit, value == "yes")),
    }
}

/// The filters in force, each with a link that takes it out.
fn in_force(visit: &Visit) -> Markup {
    let filters: Vec<_> = visit.query.pairs().iter().filter(|(name, _)| name != "page").collect();
    html! {
        @if !filters.is_empty() {
            p.gap { strong { (visit.t("filters-in-force")) } }
            ul.row {
                @for (name, value) in filters {
                    @let (name_words, value_words) = filter_words(visit, name, value);
                    li {
                        (name_words) ": " bdi { (value_words) } " "
                        a href=(visit.query.with(name, "").with("page", "").address(&visit.path)) {
                            (visit.t("filter-remove")) span.vh { " " (name_words) }
                        }
                    }
                }
            }
        }
    }
}

fn filter_form(visit: &Visit) -> Markup {
    let evidence = &visit.evidence;
    let catalogue = &evidence.catalogue;
    let practices =
        catalogue.practices.iter().filter(|practice| evidence.by_practice.contains_key(&practice.id));
    let outcomes = catalogue.outcomes.iter().filter(|outcome| evidence.by_outcome.contains_key(&outcome.id));
    let designs: BTreeSet<&str> = evidence.findings.iter().map(|finding| finding.design.as_str()).collect();
    let codes: BTreeSet<&str> =
        evidence.findings.iter().flat_map(|f| f.countries.iter().map(String::as_str)).collect();
    let countries: BTreeMap<String, &str> =
        codes.into_iter().map(|code| (shown::country(visit, code), code)).collect();
    let designs = catalogue.designs.iter().filter(|design| designs.contains(design.id.as_str()));
    let choices = [
        (
            "practice",
            key("practice"),
            practices
                .map(|p| (p.id.to_string(), shown::practice(visit, p.id.as_str()).to_owned()))
                .collect::<Vec<_>>(),
        ),
        (
            "outcome",
            key("outcome"),
            outcomes.map(|o| (o.id.to_string(), shown::outcome(visit, o.id.as_str()).to_owned())).collect(),
        ),
        (
            "country",
            key("country"),
            countries.into_iter().map(|(name, code)| (code.to_owned(), name)).collect(),
        ),
        (
            "design",
            key("design"),
            designs.map(|d| (d.id.to_string(), shown::design(visit, d.id.as_str()).to_owned())).collect(),
        ),
        (
            "primary",
            key("filter-primary"),
            vec![("yes".to_owned(), visit.t("yes")), ("no".to_owned(), visit.t("no"))],
        ),
    ];
    html! {
        form.filters method="get" action="/findings" {
            @for (name, label, values) in choices {
                @let chosen = visit.query.find(name);
                label for={ "filter-" (name) } {
                    (visit.t(label))
                    select name=(name) id={ "filter-" (name) } {
                        option value="" { (visit.t("filter-any")) }
                        @for (value, words) in values {
                            option value=(value) selected[chosen == Some(value.as_str())] { (words) }
                        }
                    }
                }
            }
            @if let Some(study) = visit.query.find("study") { input type="hidden" name="study" value=(study); }
            button type="submit" { (visit.t("filter-submit")) }
        }
    }
}
