//! The front page: what it shows is what the map and the ranking hold, on the shipped evidence, on parts of it, on none.

use crate::support::{SHIPPED, ask, ask_with, attributes, catalogue, findings, site};
use axum::http::{Method, StatusCode};
use proptest::prelude::*;
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::Arc;
use whatworks_domain::{Certainty, Finding, OutcomeKind};
use whatworks_evidence::map::{Assessment, EvidenceMap, evidence_map};
use whatworks_evidence::verdict::Reading;
use whatworks_web::pages::front::{Why, choose};
use whatworks_web::sentence;
use whatworks_web::text::Lang;
use whatworks_web::visit::{Query, Visit};
use whatworks_web::{Evidence, shown};

fn map() -> EvidenceMap {
    evidence_map(&findings(), &catalogue()).unwrap()
}

fn visit(findings: Vec<Finding>) -> Visit {
    Visit {
        evidence: Arc::new(Evidence::new(1, "d".to_owned(), catalogue(), findings)),
        lang: Lang::English,
        frame: Lang::English,
        path: "/".to_owned(),
        id: String::new(),
        query: Query::default(),
        tried: 0,
    }
}

async fn items(address: &str, name: &str) -> Vec<Value> {
    ask(&SHIPPED, address).await.json()[name].as_array().unwrap().clone()
}

/// The squares of a page: what stands between the opening of a cell and its end.
fn squares(page: &str) -> Vec<&str> {
    let start = page.find("<table class=\"map\"").unwrap();
    let table = &page[start..start + page[start..].find("</table>").unwrap()];
    let cells =
        table.match_indices("<td ").map(|(at, _)| &table[at..at + table[at..].find("</td>").unwrap()]);
    cells.collect()
}

#[tokio::test]
async fn every_pair_of_practice_and_domain_is_in_the_files_as_the_map_has_it() {
    let (map, catalogue) = (map(), catalogue());
    let rows = items("/map.json", "map").await;
    assert_eq!(rows.len(), catalogue.practices.len() * catalogue.domains.len());
    let cells = map.rows.iter().flat_map(|row| row.cells.iter().map(move |cell| (row, cell)));
    for ((row, cell), item) in cells.zip(&rows) {
        assert_eq!(item["practice"], row.practice.as_str());
        assert_eq!(item["domain"], cell.domain.as_str());
        assert_eq!(item["syntheses"], cell.assessments.len());
        assert_eq!(item["harms"].as_array().unwrap().len(), cell.harms.len());
        let Some(at) = cell.assessments.first() else {
            assert_eq!((&item["estimate"], &item["certainty"]), (&Value::Null, &Value::from("")));
            continue;
        };
        let lead = &map.assessments[*at];
        assert_eq!(item["synthesis"], lead.key.to_string());
        assert_eq!(item["certainty"], lead.judgement.certainty.as_str());
        assert_eq!(item["studies"], lead.synthesis.k);
        assert_eq!(item["estimate"].as_f64(), lead.synthesis.estimate);
        assert_eq!(item["smd"].as_f64(), lead.verdict.and_then(|verdict| verdict.smd));
    }
}

#[tokio::test]
async fn the_two_files_hold_the_same() {
    for (list, parameters) in [("map", ""), ("ranking", ""), ("ranking", "?w.food-security=9&w.health=0")] {
        let items = items(&format!("/{list}.json{parameters}"), list).await;
        let text = ask(&SHIPPED, &format!("/{list}.csv{parameters}")).await.text();
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let head = reader.headers().unwrap().clone();
        let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        assert_eq!(rows.len(), items.len());
        for (row, item) in rows.iter().zip(&items) {
            for (name, cell) in head.iter().zip(row) {
                let written = match &item[name] {
                    Value::Null => String::new(),
                    Value::Bool(value) => if *value { "yes" } else { "no" }.to_owned(),
                    Value::String(text) => text.clone(),
                    Value::Array(texts) => {
                        texts.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(";")
                    }
                    other => other.to_string(),
                };
                let same = match (written.parse::<f64>(), cell.parse::<f64>()) {
                    (Ok(one), Ok(other)) => one == other,
                    _ => written == cell,
                };
                assert!(same, "{list} {name}: {written} and {cell}");
            }
        }
    }
}

#[tokio::test]
async fn squares_show_their_lead_harms_are_framed_and_empties_are_plain() {
    let (map, catalogue) = (map(), catalogue());
    let page = ask(&SHIPPED, "/?show=all").await.text();
    let squares = squares(&page);
    assert_eq!(squares.len(), catalogue.practices.len() * catalogue.domains.len());
    // The page shows practices by family, in the order of families.
    let rows = catalogue.families.iter().flat_map(|family| {
        let of_family = |id: &str| catalogue.find_practice(id).unwrap().family == family.id;
        map.rows.iter().filter(move |row| of_family(row.practice.as_str()))
    });
    let mut harms = 0;
    for (cell, square) in rows.flat_map(|row| &row.cells).zip(squares) {
        let Some(at) = cell.assessments.first() else {
            assert!(square.contains("class=\"n\"") && square.contains(">none<"), "{square}");
            assert!(!square.contains("<a "), "{square}");
            continue;
        };
        let lead = &map.assessments[*at];
        if lead.verdict.is_some() {
            assert_eq!(attributes(square, "href"), [shown::synthesis_path(&lead.key)]);
            let filled = usize::from(lead.judgement.certainty.marks());
            assert_eq!(square.matches('●').count(), filled, "{square}");
            assert_eq!(square.matches('○').count(), 4 - filled, "{square}");
        } else {
            assert!(attributes(square, "href")[0].ends_with("#evidence") && square.contains("not pooled"));
        }
        assert_eq!(
            square.contains("HARM") || square.contains("possible harm"),
            !cell.harms.is_empty(),
            "{square}"
        );
        // Red only where a harm is clear.
        assert_eq!(square.contains("class=\"x\""), square.contains("HARM"), "{square}");
        assert_eq!(square.contains(">lender<"), !cell.lender_losses.is_empty(), "{square}");
        assert_eq!(square.contains("scale?"), !lead.synthesis.scale_doubts.is_empty(), "{square}");
        assert_eq!(square.contains('+'), cell.assessments.len() > 1, "{square}");
        let glyph = match lead.verdict.map(|verdict| verdict.reading) {
            Some(Reading::ClearlyBetter) => "▲",
            Some(Reading::ClearlyWorse) => "▼",
            Some(Reading::LeansBetter) => "△",
            Some(Reading::LeansWorse) => "▽",
            Some(Reading::LittleOrNone) => ">=<",
            Some(Reading::CannotTell) => ">?<",
            Some(Reading::Higher) => "↑",
            Some(Reading::Lower) => "↓",
            None => "not rated",
        };
        assert!(square.contains(glyph), "{square}");
        harms += cell.harms.len();
    }
    assert!(harms > 0, "the shipped evidence holds a harm");
}

#[tokio::test]
async fn practices_without_a_study_are_named_on_the_first_view_too() {
    let page = ask(&SHIPPED, "/").await.text();
    let links = attributes(&page, "href");
    for practice in &catalogue().practices {
        assert!(links.contains(&shown::practice_path(practice.id.as_str())), "{}", practice.id);
    }
    let refused = ask(&SHIPPED, "/?show=some").await;
    assert_eq!(refused.status, StatusCode::BAD_REQUEST);
}

fn inputs(page: &str) -> BTreeMap<String, String> {
    let controls = page.match_indices("<input type=\"number\"").map(|(at, _)| {
        let control = &page[at..at + page[at..].find('>').unwrap()];
        (attributes(control, "name").remove(0), attributes(control, "value").remove(0))
    });
    controls.collect()
}

#[tokio::test]
async fn weights_live_in_the_address_change_the_ranks_and_stay_in_the_form() {
    let equal = items("/ranking.json", "ranking").await;
    let address = "w.food-security=10&w.income-business=0&w.consumption=0.5";
    let weighed = items(&format!("/ranking.json?{address}"), "ranking").await;
    assert_ne!(equal, weighed);
    let page = ask(&SHIPPED, &format!("/?{address}&show=all")).await.text();
    let form = inputs(&page);
    assert_eq!(form["w.food-security"], "10");
    assert_eq!(form["w.income-business"], "0");
    assert_eq!(form["w.consumption"], "0.5");
    assert_eq!(form["w.health"], "1");
    assert!(page.contains("name=\"show\" value=\"all\""), "the form keeps the rows shown");
    let twin = attributes(&page, "href").into_iter().find(|href| href.starts_with("/ranking.csv?")).unwrap();
    for (name, value) in &form {
        assert!(twin.contains(&format!("{name}={value}")), "{twin}: {name}");
    }
    let back = attributes(&page, "href").into_iter().find(|href| href.ends_with("#map")).unwrap();
    assert!(back.contains("w.food-security=10") && !back.contains("show="), "{back}");
}

#[tokio::test]
async fn weights_that_make_no_sense_are_not_used_and_named() {
    let equal = items("/ranking.json", "ranking").await;
    for garbage in [
        "w.health=abc",
        "w.health=-1",
        "w.health=NaN",
        "w.health=inf",
        "w.health=1e9",
        "w.nowhere=5",
        "w.=5",
        "w.%3Cscript%3E=%3Cscript%3E",
        "w.debt-stress=9",
    ] {
        assert_eq!(items(&format!("/ranking.json?{garbage}"), "ranking").await, equal, "{garbage}");
        let page = ask(&SHIPPED, &format!("/?{garbage}")).await;
        assert_eq!(page.status, StatusCode::OK, "{garbage}");
        let page = page.text();
        assert!(!page.contains("<script") && page.contains("Equal weights"), "{garbage}");
        assert!(page.contains("Not used:"), "{garbage}");
    }
    let zeros: Vec<String> =
        inputs(&ask(&SHIPPED, "/").await.text()).keys().map(|name| format!("{name}=0")).collect();
    assert_eq!(items(&format!("/ranking.json?{}", zeros.join("&")), "ranking").await, equal);
}

#[tokio::test]
async fn harms_stand_beside_the_rank_and_name_their_outcome() {
    let ranking = items("/ranking.json", "ranking").await;
    let page = ask(&SHIPPED, "/").await.text();
    let section = &page[page.find("id=\"ranking\"").unwrap()..];
    let mut named = 0;
    for row in &ranking {
        for key in ["harms", "lender_losses"].into_iter().flat_map(|name| row[name].as_array().unwrap()) {
            let href = shown::synthesis_path(&key.as_str().unwrap().parse().unwrap());
            let at = section.find(&format!("href=\"{href}\"")).unwrap();
            let tag = &section[at..at + section[at..].find("</a>").unwrap()];
            let is_harm = row["harms"].as_array().unwrap().contains(key);
            let words: &[&str] = if is_harm { &["HARM: ", "possible harm: "] } else { &["lender: "] };
            assert!(words.iter().any(|word| tag.contains(word)), "{tag}");
            named += 1;
        }
    }
    assert!(named > 1);
}

#[tokio::test]
async fn without_findings_the_page_says_so_and_what_would_help() {
    let empty = site(Vec::new());
    for address in ["/", "/?show=all", "/?w.health=3"] {
        let answer = ask(&empty, address).await;
        assert_eq!(answer.status, StatusCode::OK, "{address}");
        let page = answer.text();
        assert!(
            page.contains("no finding is on file") && page.contains("A finding fills a square"),
            "{address}"
        );
        assert_eq!(page.matches("<h1").count(), 1);
        assert!(!page.contains("NaN") && !page.contains("/syntheses/"), "{address}");
    }
    let map = ask(&empty, "/map.json").await.json();
    assert_eq!(map["count"], catalogue().practices.len() * catalogue().domains.len());
    assert_eq!(ask(&empty, "/ranking.json").await.json()["count"], 0);
}

#[tokio::test]
async fn the_page_is_light() {
    for (address, most) in [("/", 14 * 1024), ("/?show=all", 30 * 1024)] {
        let packed = ask_with(&SHIPPED, Method::GET, address, &[("accept-encoding", "gzip")]).await;
        assert!(packed.body.len() <= most, "{address}: {} bytes", packed.body.len());
        let page = ask(&SHIPPED, address).await.text();
        for forbidden in ["<script", " style=", "NaN"] {
            assert!(!page.contains(forbidden), "{address}: {forbidden}");
        }
    }
}

/// Whether the verb of a sentence is the one that the certainty allows.
fn verb_fits(sentence: &str, certainty: Certainty) -> bool {
    let open = sentence.contains("is still open");
    let cannot_tell = sentence.starts_with("We cannot tell");
    let (may, probably) = (sentence.contains(" may "), sentence.contains(" probably "));
    match certainty {
        Certainty::VeryLow => cannot_tell,
        Certainty::Low => (may || open) && !probably && !cannot_tell,
        Certainty::Moderate => (probably || open) && !may && !cannot_tell,
        Certainty::NotRated | Certainty::High => !may && !probably && !cannot_tell,
    }
}

fn check_sentence(visit: &Visit, assessment: &Assessment) {
    let sentence = sentence::answer(visit, assessment);
    assert!(
        verb_fits(&sentence, assessment.judgement.certainty),
        "{:?}: {sentence}",
        assessment.judgement.certainty
    );
    assert!(sentence.ends_with('.') && sentence.chars().next().is_some_and(char::is_uppercase), "{sentence}");
    if assessment.key.estimand == whatworks_domain::Estimand::Association {
        for cause in [" raises ", " may raise ", " lowers ", " may lower ", " make little", " makes little"] {
            assert!(!sentence.contains(cause), "{sentence}");
        }
    }
}

#[test]
fn every_sentence_has_the_verb_of_its_certainty() {
    let visit = visit(findings());
    let map = visit.evidence.map().unwrap();
    for assessment in &map.assessments {
        for certainty in
            [Certainty::High, Certainty::Moderate, Certainty::Low, Certainty::VeryLow, Certainty::NotRated]
        {
            let mut other = assessment.clone();
            // Nothing pooled is not rated, and an association is never above low.
            let possible = match (assessment.verdict, assessment.key.estimand) {
                (None, _) => certainty == Certainty::NotRated,
                (_, whatworks_domain::Estimand::Association) => certainty <= Certainty::Low,
                _ => true,
            };
            if possible {
                other.judgement.certainty = certainty;
                check_sentence(&visit, &other);
            }
        }
        check_sentence(&visit, assessment);
    }
}

#[test]
fn the_answers_at_the_top_are_what_their_rules_say() {
    let visit = visit(findings());
    let evidence = &visit.evidence;
    let map = evidence.map().unwrap();
    let chosen = choose(map, evidence.effects(), &evidence.catalogue);
    let kind = |at: usize| {
        let outcome = evidence.catalogue.find_outcome(map.assessments[at].key.outcome.as_str()).unwrap();
        outcome.better.sign().map(|_| outcome.kind)
    };
    let benefits: Vec<usize> = (0..map.assessments.len())
        .filter(|at| map.assessments[*at].randomised && kind(*at) == Some(OutcomeKind::Benefit))
        .collect();
    let people = |at: usize| map.assessments[at].people(evidence.effects());
    let studies = |at: usize| map.assessments[at].synthesis.k;
    let by = |why: Why| chosen.iter().find(|one| one.why == why).unwrap();
    let most = by(Why::MostPeople).assessment.unwrap();
    assert_eq!(people(most), benefits.iter().map(|at| people(*at)).max().unwrap());
    let most = by(Why::MostStudies).assessment.unwrap();
    assert_eq!(studies(most), benefits.iter().map(|at| studies(*at)).max().unwrap());
    let loss = by(Why::ClearestLoss);
    let at = loss.assessment.unwrap();
    assert!(map.assessments[at].verdict.unwrap().is_harmful() && map.assessments[at].randomised);
    let practice = &map.assessments[at].key.practice;
    assert!(loss.beside.iter().all(|other| map.assessments[*other].key.practice == *practice));
    assert!(loss.beside.iter().any(|other| kind(*other) == Some(OutcomeKind::Benefit)), "its other side");
    assert_eq!(by(Why::Asked).assessment, None, "nobody has given us a study of protection and debt");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]
    #[test]
    fn any_part_of_the_evidence_gives_a_sound_page(part in proptest::collection::vec(0_u8..6, 365)) {
        let all = findings();
        let some: Vec<Finding> = all.into_iter().zip(part).filter(|(_, draw)| *draw == 0).map(|(finding, _)| finding).collect();
        let visit = visit(some.clone());
        let map = visit.evidence.map().unwrap();
        for assessment in &map.assessments {
            check_sentence(&visit, assessment);
        }
        for one in choose(map, visit.evidence.effects(), &visit.evidence.catalogue) {
            for at in one.assessment.into_iter().chain(one.beside) {
                prop_assert!(map.assessments[at].randomised && map.assessments[at].verdict.is_some());
            }
        }
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let page = runtime.block_on(async { ask(&site(some), "/").await });
        prop_assert_eq!(page.status, StatusCode::OK);
        let page = page.text();
        prop_assert!(page.matches("<h1").count() == 1 && !page.contains("NaN") && !page.contains("inf "));
    }
}
