//! Every page kind: sound markup, working links, light weight, nothing that the content policy forbids.

use crate::support::{KINDS, SHIPPED, ask, ask_with, attributes};
use axum::http::{Method, StatusCode, header};
use std::collections::BTreeSet;

fn check_markup(address: &str, page: &str) {
    assert_eq!(page.matches("<h1").count(), 1, "{address}: one h1");
    let ids = attributes(page, "id");
    let unique: BTreeSet<_> = ids.iter().collect();
    assert_eq!(unique.len(), ids.len(), "{address}: ids stand once");
    for target in attributes(page, "for").iter().chain(&attributes(page, "aria-labelledby")) {
        assert!(unique.contains(target), "{address}: {target} is named and not there");
    }
    for control in page.match_indices("<select ").map(|(at, _)| &page[at..at + page[at..].find('>').unwrap()])
    {
        let id = attributes(control, "id").pop().unwrap();
        assert!(page.contains(&format!("for=\"{id}\"")), "{address}: {id} has no label");
    }
    for forbidden in ["<script", " style=", "javascript:", " onclick", "&amp;amp;"] {
        assert!(!page.contains(forbidden), "{address}: holds {forbidden}");
    }
    // A method may speak of numbers that are none; no other page prints one.
    let is_prose = address.starts_with("/methods/");
    assert!(
        is_prose || !["NaN", ">inf", " inf "].iter().any(|text| page.contains(text)),
        "{address}: no number"
    );
    for needed in
        ["<!DOCTYPE html>", "lang=\"en\"", "dir=\"ltr\"", "href=\"#main\"", "<title>", "name=\"viewport\""]
    {
        assert!(page.contains(needed), "{address}: lacks {needed}");
    }
    for fragment in attributes(page, "href").iter().filter_map(|href| href.strip_prefix('#')) {
        assert!(unique.contains(&fragment.to_owned()), "{address}: #{fragment} leads nowhere");
    }
}

#[tokio::test]
async fn every_page_kind_is_sound() {
    for address in KINDS {
        let answer = ask(&SHIPPED, address).await;
        assert_eq!(answer.status, StatusCode::OK, "{address}");
        assert_eq!(answer.header(header::CONTENT_TYPE), "text/html; charset=utf-8");
        check_markup(address, &answer.text());
    }
}

#[tokio::test]
async fn every_practice_outcome_study_and_finding_has_a_sound_page_and_every_link_leads_somewhere() {
    let mut to_see: Vec<String> = KINDS.iter().map(ToString::to_string).collect();
    let mut seen: BTreeSet<String> = to_see.iter().cloned().collect();
    let mut pages = 0;
    while let Some(address) = to_see.pop() {
        let answer = ask(&SHIPPED, &address).await;
        // A language is kept, then the visitor is led back.
        if address.starts_with("/language/") {
            assert_eq!(answer.status, StatusCode::SEE_OTHER, "{address}");
            continue;
        }
        assert_eq!(answer.status, StatusCode::OK, "{address}");
        if !answer.header(header::CONTENT_TYPE).starts_with("text/html") {
            continue;
        }
        pages += 1;
        let page = answer.text();
        check_markup(&address, &page);
        for href in attributes(&page, "href") {
            let path = href.split('#').next().unwrap_or_default().to_owned();
            // Method texts are listed by /methods, which has what is under docs/methods and nothing else.
            let is_text = path.starts_with("/methods/") && address != "/methods";
            // A site without members has neither questions nor claims.
            let is_forum = path == "/questions" || path == "/claims";
            if path.starts_with('/') && !is_text && !is_forum && seen.insert(path.clone()) {
                to_see.push(path);
            }
        }
    }
    // 71 practices, 81 outcomes, 40 studies, 365 findings; then syntheses, lists and the filtered lists that pages link.
    assert!(pages > 71 + 81 + 40 + 365, "{pages}");
}

#[tokio::test]
async fn pages_are_light() {
    for address in KINDS {
        let packed = ask_with(&SHIPPED, Method::GET, address, &[("accept-encoding", "gzip")]).await;
        assert_eq!(packed.header(header::CONTENT_ENCODING), "gzip", "{address}");
        assert!(packed.body.len() <= 14 * 1024, "{address}: {} bytes", packed.body.len());
    }
    let sheet = whatworks_web::assets::LOOK;
    assert!(sheet.len() <= 21_000, "{} bytes", sheet.len());
}

#[tokio::test]
async fn what_nobody_studied_is_said_and_what_is_doubted_is_marked() {
    let empty = ask(&SHIPPED, "/practices/protection.affordability-check").await;
    assert!(empty.text().contains("no study"));
    let part =
        ask(&SHIPPED, "/findings/angelucci2015-mx_credit.access_business.profit_usdppp_prior").await.text();
    assert!(
        part.contains("It is not counted in a pool") && part.contains("The finding that is counted instead")
    );
    assert!(part.contains("href=\"/syntheses/credit.access~no-offer~business.profit~ITT\""));
    let doubted = ask(&SHIPPED, "/findings?practice=credit.access&country=MN").await.text();
    assert!(doubted.contains("scale?"));
    let none = ask(&SHIPPED, "/findings?practice=savings.account&country=MX").await.text();
    assert!(none.contains("No finding passes these filters."));
}
