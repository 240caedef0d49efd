//! One file in which everything is wrong, and one in which nothing is.

use std::fmt::Write;
use time::macros::date;
use whatworks_records::quality::{QualityFinding, QualityOptions, QualityReport, Severity, check_quality};
use whatworks_records::{Mapping, ReadOptions, read_bytes};

fn report(mapping: &str, text: &str) -> QualityReport {
    let mapping = Mapping::parse(mapping).unwrap();
    let table = read_bytes(text.as_bytes(), "clients.csv", &ReadOptions::default()).unwrap();
    check_quality(&mapping.apply(table).unwrap(), &QualityOptions::new(date!(2024 - 06 - 30)))
}

fn found<'a>(report: &'a QualityReport, check: &str, column: &str) -> &'a QualityFinding {
    report
        .findings
        .iter()
        .find(|finding| finding.check == check && finding.column.as_deref() == Some(column))
        .unwrap_or_else(|| panic!("{check} on {column} in {:#?}", report.findings))
}

const MAPPING: &str = r#"
[columns]
client = "hhid"
treatment = "arm"
[columns.sex]
labels = {1 = "woman", 2 = "man"}
[columns.savings]
from = "savings"
quantity = "share"
[columns.income]
from = "income"
type = "number"
missing = [-99]
[columns.visit]
from = "visit"
type = "date"
"#;

/// 240 clients with one fault of every kind.
fn faulty() -> String {
    let mut text = String::from(
        "hhid,arm,sex,age,savings,income,income_k,visit,start_date,end_date,country,phone,contact,loan,seen,amount\n",
    );
    for at in 0..240_u32 {
        let income = if at == 7 { "1000000".to_owned() } else { format!("{}", 1000 + (at * 37) % 211) };
        let income = if at % 2 == 0 && at % 3 == 0 { "-99".to_owned() } else { income };
        let row = [
            if at == 9 { "8".to_owned() } else { at.to_string() },
            (at % 2).to_string(),
            if at == 5 { "3".to_owned() } else { (1 + at % 2).to_string() },
            if at == 11 { "161".to_owned() } else { (20 + at % 50).to_string() },
            if at == 12 { "1.5".to_owned() } else { "0.25".to_owned() },
            income,
            format!("{}", 0.5 * f64::from(at * at)),
            if at == 3 {
                "2024-13-01".to_owned()
            } else if at == 4 {
                "2031-01-01".to_owned()
            } else {
                "2024-01-05".to_owned()
            },
            "2023-03-01".to_owned(),
            if at == 6 { "2023-02-01".to_owned() } else { "2023-09-01".to_owned() },
            "IN".to_owned(),
            format!("0987654{at:03}"),
            if at == 20 { "ask sita@example.org".to_owned() } else { "none".to_owned() },
            (at * at).to_string(),
            if at == 2 { "yesterday".to_owned() } else { format!("{}/01/2024", 1 + at % 28) },
            (100 * (10 + (at * 7) % 83)).to_string(),
        ];
        text.push_str(&row.join(","));
        text.push('\n');
    }
    text
}

#[test]
fn every_fault_is_found_with_its_column_and_line() {
    let report = report(MAPPING, &faulty());
    assert_eq!((report.rows, report.columns.len()), (240, 16));
    for (check, column, line, severity) in [
        ("bad-cell", "visit", Some(5), Severity::Problem),
        ("repeated-client", "hhid", Some(11), Severity::Problem),
        ("impossible-value", "age", Some(13), Severity::Warning),
        ("impossible-value", "savings", Some(14), Severity::Problem),
        ("outlier", "income", Some(9), Severity::Warning),
        ("missing-by-arm", "income", None, Severity::Warning),
        ("missing", "income", None, Severity::Note),
        ("unknown-code", "sex", Some(7), Severity::Problem),
        ("date-range", "visit", Some(6), Severity::Problem),
        ("date-order", "start_date", Some(8), Severity::Problem),
        ("date-form", "seen", Some(4), Severity::Warning),
        ("constant", "country", None, Severity::Note),
        ("collinear", "loan", None, Severity::Note),
        ("heaping", "amount", None, Severity::Note),
        ("personal-data", "phone", Some(2), Severity::Problem),
        ("personal-data", "contact", Some(22), Severity::Problem),
    ] {
        let finding = found(&report, check, column);
        assert_eq!(finding.rows.first().copied(), line, "{check} {column}");
        assert_eq!(finding.severity, severity, "{check} {column}: {}", finding.text);
        assert!(!finding.hint.is_empty());
    }
    let json = serde_json::to_string(&report).unwrap();
    for secret in ["0987654", "sita", "example"] {
        assert!(!json.contains(secret), "{secret} must not be repeated");
    }
    assert!(json.contains("the first shaped 9999999999"), "{json}");
    // The order is fixed: problems first.
    assert!(report.findings.is_sorted_by_key(|finding| finding.severity));
}

#[test]
fn a_clean_file_has_no_findings() {
    let mut text = String::from("client,treatment,profit,village\n");
    for at in 0..200_u32 {
        writeln!(text, "c{at},{},{}.{},v{}", at % 2, 100 + (at * 31) % 97, at % 9 + 1, at % 10).unwrap();
    }
    let report = report("[columns]\nclient = \"client\"\ntreatment = \"treatment\"\n", &text);
    assert_eq!(report.findings, []);
}

#[test]
fn rows_that_repeat_are_found() {
    let report = report("", "a,b\n1,x\n2,y\n1,x\n");
    let finding = &report.findings[0];
    assert_eq!((finding.check, finding.rows.as_slice(), finding.count), ("duplicate-row", &[4][..], 1));
}
