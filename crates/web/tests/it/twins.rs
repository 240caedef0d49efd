//! The files say the same as the pages, the API describes what it serves, and a downloaded list reads back.

use crate::support::{SHIPPED, ask, attributes, catalogue, findings};
use std::collections::BTreeSet;
use whatworks_web::member::Verb;

fn csv_rows(text: &str) -> (Vec<String>, Vec<Vec<String>>) {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let head = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let rows = reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
    (head, rows)
}

#[tokio::test]
async fn a_filtered_list_and_its_twins_hold_the_same_findings() {
    for filter in [
        "?practice=savings.account",
        "?country=KE&primary=yes",
        "?design=cross-section&outcome=repayment.default",
    ] {
        let page = ask(&SHIPPED, &format!("/findings{filter}")).await;
        let on_page: BTreeSet<String> = attributes(&page.text(), "href")
            .iter()
            .filter_map(|href| href.strip_prefix("/findings/").map(str::to_owned))
            .collect();
        let (head, rows) = csv_rows(&ask(&SHIPPED, &format!("/findings.csv{filter}")).await.text());
        assert_eq!(head[0], "finding_id");
        let in_csv: BTreeSet<String> = rows.iter().map(|row| row[0].clone()).collect();
        let json = ask(&SHIPPED, &format!("/findings.json{filter}")).await.json();
        let in_json: BTreeSet<String> = json["findings"]
            .as_array()
            .unwrap()
            .iter()
            .map(|finding| finding["finding_id"].as_str().unwrap().to_owned())
            .collect();
        assert_eq!(on_page, in_csv, "{filter}");
        assert_eq!(in_csv, in_json, "{filter}");
        assert_eq!(json["count"], in_csv.len());
    }
}

#[tokio::test]
async fn a_downloaded_list_reads_back_to_the_same_findings() {
    let text = ask(&SHIPPED, "/findings.csv").await.text();
    assert!(text.contains("\r\n"));
    let (head, rows) = csv_rows(&text);
    let column = |name: &str| head.iter().position(|one| one == name).unwrap();
    let (id, estimate, error) = (column("finding_id"), column("estimate"), column("std_error"));
    for (row, finding) in rows.iter().zip(findings()) {
        assert_eq!(row[id], finding.finding_id.as_str());
        assert_eq!(row[estimate].parse::<f64>().unwrap(), finding.estimate);
        assert_eq!(row[error].parse::<f64>().unwrap(), finding.std_error);
    }
    assert_eq!(rows.len(), 365);
    let read = whatworks_evidence::read::findings(text.as_bytes(), &catalogue()).unwrap();
    assert_eq!(read, findings());
}

#[tokio::test]
async fn lists_hold_every_item() {
    for (address, name, count) in [
        ("/api/v1/practices", "practices", catalogue().practices.len()),
        ("/api/v1/outcomes", "outcomes", catalogue().outcomes.len()),
        ("/studies.json", "studies", 40),
        ("/api/v1/findings", "findings", 365),
    ] {
        let json = ask(&SHIPPED, address).await.json();
        assert_eq!(json[name].as_array().unwrap().len(), count, "{address}");
        assert_eq!(json["version"], 7);
    }
    for name in ["practices", "outcomes", "studies"] {
        let (_, rows) = csv_rows(&ask(&SHIPPED, &format!("/{name}.csv")).await.text());
        let json = ask(&SHIPPED, &format!("/{name}.json")).await.json();
        assert_eq!(rows.len(), json[name].as_array().unwrap().len());
    }
}

#[tokio::test]
async fn the_description_covers_every_address_and_every_field() {
    let description = ask(&SHIPPED, "/api/v1/openapi.json").await.json();
    let described: BTreeSet<&str> =
        description["paths"].as_object().unwrap().keys().map(String::as_str).collect();
    let entries = whatworks_web::pages::entries();
    let ways = whatworks_web::member::ways();
    let read = ways.iter().filter(|way| way.verb == Verb::Get).map(|way| way.route);
    let routes = entries.iter().map(|entry| entry.route).chain(read);
    let served: BTreeSet<&str> = routes.filter(|route| route.starts_with("/api/")).collect();
    assert_eq!(described, served);
    let address = "/api/v1/findings/angelucci2015-mx_credit.access_business.profit_usdppp";
    let finding = ask(&SHIPPED, address).await.json();
    let fields: BTreeSet<&String> = finding.as_object().unwrap().keys().collect();
    let schema = &description["components"]["schemas"]["Finding"]["properties"];
    assert_eq!(fields, schema.as_object().unwrap().keys().collect::<BTreeSet<_>>());
    for (name, property) in schema.as_object().unwrap() {
        assert!(property["description"].as_str().is_some_and(|text| text.len() > 10), "{name}");
    }
}
