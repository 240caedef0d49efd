//! Syntheses: filters that mean what they say, scales that stay, shares in points, one study said as one study.

use crate::support::{SHIPPED, ask, attributes};
use axum::http::StatusCode;

const EXPENSES: &str = "/syntheses/credit.access~no-offer~business.expenses~ITT";
const PROFIT: &str = "/syntheses/credit.access~no-offer~business.profit~ITT";
const DEFAULT: &str = "/syntheses/credit.repayment.grace-period~immediate-repayment~repayment.default~ITT";

async fn page(address: &str) -> String {
    let answer = ask(&SHIPPED, address).await;
    assert_eq!(answer.status, StatusCode::OK, "{address}");
    answer.text()
}

async fn json(address: &str) -> serde_json::Value {
    let answer = ask(&SHIPPED, address).await;
    assert_eq!(answer.status, StatusCode::OK, "{address}");
    answer.json()["syntheses"][0].clone()
}

#[tokio::test]
async fn the_pool_without_the_doubted_entries_leaves_all_of_them_out() {
    let whole = json(&format!("{EXPENSES}/synthesis.json?measure=native")).await;
    let doubts = whole["scale_doubts"].as_array().unwrap().len();
    assert!(doubts >= 2, "{doubts}");
    let link = attributes(&page(EXPENSES).await, "href")
        .into_iter()
        .find(|href| href.starts_with(EXPENSES) && href.contains("without=") && !href.contains(".csv"))
        .unwrap();
    assert_eq!(link.matches("without=").count(), doubts, "{link}");
    let query = link.split_once('?').unwrap().1;
    let clean = json(&format!("{EXPENSES}/synthesis.json?{query}")).await;
    assert_eq!(clean["k"].as_u64().unwrap() + doubts as u64, whole["k"].as_u64().unwrap());
}

#[tokio::test]
async fn repeated_filters_mean_any_of_them_and_what_cannot_be_is_refused() {
    let k =
        async |query: &str| json(&format!("{PROFIT}/synthesis.json?{query}")).await["k"].as_u64().unwrap();
    let (mexico, india, both) =
        (k("country=MX").await, k("country=IN").await, k("country=MX&country=IN").await);
    assert!(mexico > 0 && india > 0);
    assert_eq!(both, mexico + india);
    let (sample, study) = (k("without=angelucci2015-mx").await, k("without=angelucci2015").await);
    assert_eq!(sample, study);
    for query in [
        "from=2012&from=2015",
        "measure=smd&measure=native",
        "country=AQ",
        "design=guess",
        "without=nobody2000",
    ] {
        let answer = ask(&SHIPPED, &format!("{PROFIT}?{query}")).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{query}");
        let api = ask(&SHIPPED, &format!("/api/v1/syntheses?outcome=business.profit&{query}")).await;
        assert_eq!(api.status, StatusCode::BAD_REQUEST, "{query}");
    }
    let named = ask(&SHIPPED, &format!("{PROFIT}?country=AQ")).await.text();
    assert!(named.contains("BA, ET, IN"), "the accepted values are named");
    let api = ask(&SHIPPED, "/api/v1/syntheses?practice=no.such").await;
    assert_eq!(api.status, StatusCode::BAD_REQUEST);
    let api = ask(&SHIPPED, "/api/v1/syntheses?practice=credit.access&without=angelucci2015").await.json();
    let profit = "credit.access~no-offer~business.profit~ITT";
    let found = api["syntheses"].as_array().unwrap().iter().find(|one| one["id"] == profit).unwrap();
    assert_eq!(found["k"], sample);
}

#[tokio::test]
async fn filters_that_leave_nothing_are_named_as_the_cause() {
    let nothing = page(&format!("{PROFIT}?from=2099")).await;
    assert!(nothing.contains("No study on file matches these filters."));
    assert!(!nothing.contains("Nobody has"));
}

#[tokio::test]
async fn a_filter_does_not_change_the_scale() {
    for pool in [PROFIT, EXPENSES] {
        let whole = json(&format!("{pool}/synthesis.json")).await;
        let part = json(&format!("{pool}/synthesis.json?without=angelucci2015-mx")).await;
        let one = json(&format!("{pool}/synthesis.json?country=MX")).await;
        assert_eq!(whole["measure"], part["measure"]);
        assert_eq!(whole["measure"], one["measure"]);
    }
    assert!(page(EXPENSES).await.contains(" SD<span>95"), "the unit stands beside the average");
}

#[tokio::test]
async fn a_share_is_shown_in_points_and_filed_as_a_share() {
    let shown = page(DEFAULT).await;
    assert!(shown.contains("+6.1 points"), "{shown}");
    assert!(shown.contains("1.6\u{a0}%"));
    assert!(shown.contains("<span>mean of the comparison group</span>"));
    assert!(shown.contains("percentage points"));
    let filed = json(&format!("{DEFAULT}/synthesis.json")).await;
    assert!(filed["estimate"].as_f64().unwrap() < 0.07);
    assert_eq!(filed["unit"], "share");
}

#[tokio::test]
async fn one_study_is_said_to_be_one_study() {
    let shown = page(DEFAULT).await;
    assert!(shown.contains("One study: its own interval is all that is known."));
    assert!(shown.contains("needs three studies") && shown.contains("normal interval"));
    for absent in ["REML", "Hartung", "Shrunken", "In 100", "cannot be predicted"] {
        assert!(!shown.contains(absent), "{absent}");
    }
}

#[tokio::test]
async fn practice_and_outcome_pages_say_what_each_pool_says() {
    for address in ["/practices/credit.repayment.grace-period", "/outcomes/business.profit"] {
        let shown = page(address).await;
        for column in ["What it says", "Estimate (95 % interval)", "Certainty", "Studies"] {
            assert!(shown.contains(&format!("data-l=\"{column}\"")), "{address}: {column}");
        }
        assert!(shown.contains("Effect of the offer (ITT)") && shown.contains("href=\"/syntheses\""));
    }
    let grace = page("/practices/credit.repayment.grace-period").await;
    assert!(grace.contains("+6.1 (") && grace.contains("points") && grace.contains("harm outcome"));
    assert!(grace.contains("clearly worse for the lender"));
    for address in ["/practices", "/outcomes"] {
        assert!(page(address).await.contains("href=\"/syntheses\""), "{address}");
    }
}
