//! The clients of a loan book on a day: answers by hand, every warning, and the same bytes whatever threads and order.

use datafusion::arrow::array::{
    ArrayRef, Date32Array, Float64Array, Int32Array, Int64Array, RecordBatch, StringArray, UInt32Array,
};
use datafusion::arrow::compute::take_record_batch;
use datafusion::parquet::arrow::ArrowWriter;
use datafusion::parquet::file::properties::WriterProperties;
use std::fs::File;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use tempfile::TempDir;
use whatworks_records::RecordsError;
use whatworks_records::loans::{
    ClientColumns, InstalmentColumns, LoanBook, LoanBookCounts, LoanColumns, LoanWarning, Ratio,
    count_loan_book, list_client_burdens,
};

/// client, lender, disbursed, term, instalment, income, closed, currency, branch, birth year
type Loan = (
    Option<&'static str>,
    &'static str,
    Option<i32>,
    i32,
    Option<f64>,
    Option<f64>,
    Option<i32>,
    &'static str,
    &'static str,
    Option<i64>,
);

/// On day 1000. Ana: 40 + 20.25 of 100, two lenders, one loan over. Ben: 30 of 60 = .5, not above; refinanced on day 990.
const LOANS: [Loan; 15] = [
    (Some("ana"), "A", Some(900), 200, Some(40.0), Some(100.0), None, "USD", "north", Some(1980)),
    (Some("ana"), "B", Some(1000), 1, Some(20.25), Some(100.0), None, "USD", "south", Some(1980)),
    (Some("ana"), "C", Some(900), 100, Some(99.0), Some(100.0), None, "USD", "north", Some(1980)),
    (Some("ben"), "A", Some(992), 90, Some(30.0), Some(60.0), None, "USD", "north", None),
    (Some("ben"), "A", Some(800), 300, Some(50.0), Some(60.0), Some(990), "USD", "north", Some(1990)),
    (Some("zero"), "A", Some(950), 90, Some(10.0), Some(0.0), None, "USD", "south", None),
    (Some("minus"), "A", Some(950), 90, Some(10.0), Some(-5.0), None, "USD", "south", None),
    (Some("none"), "A", Some(950), 90, Some(10.0), None, None, "USD", "south", None),
    (Some("blank"), "A", Some(950), 90, None, Some(50.0), None, "USD", "south", None),
    (Some("two"), "A", Some(950), 90, Some(10.0), Some(50.0), None, "USD", "south", None),
    (Some("two"), "A", Some(951), 90, Some(10.0), Some(70.0), None, "USD", "south", None),
    (Some("mixed"), "A", Some(950), 90, Some(10.0), Some(50.0), None, "USD", "south", None),
    (Some("mixed"), "A", Some(950), 90, Some(10.0), Some(50.0), None, "EUR", "south", None),
    (None, "A", Some(950), 90, Some(10.0), Some(50.0), None, "USD", "south", None),
    (Some("ana"), "A", None, 90, Some(10.0), Some(100.0), None, "USD", "south", Some(1980)),
];

fn shared() -> [Loan; 2] {
    let loan =
        |year| (Some("pair"), "A", Some(950), 90, Some(10.0), Some(50.0), None, "USD", "south", Some(year));
    [loan(1970), loan(1999)]
}

fn write(path: &Path, columns: Vec<(&str, ArrayRef)>, order: &dyn Fn(u32) -> u32) {
    let batch = RecordBatch::try_from_iter_with_nullable(
        columns.into_iter().map(|(name, array)| (name, array, true)),
    )
    .unwrap();
    let rows = u32::try_from(batch.num_rows()).unwrap();
    let batch = take_record_batch(&batch, &UInt32Array::from_iter_values((0..rows).map(order))).unwrap();
    let properties = WriterProperties::builder().set_max_row_group_row_count(Some(4)).build();
    let mut writer =
        ArrowWriter::try_new(File::create(path).unwrap(), batch.schema(), Some(properties)).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
}

fn book(folder: &TempDir, order: &dyn Fn(u32) -> u32) -> LoanBook {
    let loans: Vec<Loan> = LOANS.into_iter().chain(shared()).collect();
    let path = folder.path().join("loans.parquet");
    let texts = |of: &dyn Fn(&Loan) -> Option<&'static str>| -> ArrayRef {
        Arc::new(loans.iter().map(of).collect::<StringArray>())
    };
    let numbers = |of: &dyn Fn(&Loan) -> Option<f64>| -> ArrayRef {
        Arc::new(loans.iter().map(of).collect::<Float64Array>())
    };
    let columns: Vec<(&str, ArrayRef)> = vec![
        ("client", texts(&|loan| loan.0)),
        ("lender", texts(&|loan| Some(loan.1))),
        ("disbursed", Arc::new(loans.iter().map(|loan| loan.2).collect::<Date32Array>())),
        ("term", Arc::new(loans.iter().map(|loan| Some(loan.3)).collect::<Int32Array>())),
        ("instalment", numbers(&|loan| loan.4)),
        ("income", numbers(&|loan| loan.5)),
        ("closed", Arc::new(loans.iter().map(|loan| loan.6).collect::<Date32Array>())),
        ("currency", texts(&|loan| Some(loan.7))),
        ("branch", texts(&|loan| Some(loan.8))),
        ("born", Arc::new(loans.iter().map(|loan| loan.9).collect::<Int64Array>())),
    ];
    write(&path, columns, order);
    let name = |name: &str| Some(name.to_owned());
    LoanBook {
        loans: path,
        columns: LoanColumns {
            client: "client".into(),
            lender: name("lender"),
            disbursed: "disbursed".into(),
            term_days: "term".into(),
            instalment: "instalment".into(),
            income: name("income"),
            closed: name("closed"),
            currency: name("currency"),
            group: name("branch"),
            person: vec!["born".into()],
            ..LoanColumns::default()
        },
        as_of: 1000,
        ..LoanBook::default()
    }
}

fn count(book: &LoanBook) -> LoanBookCounts {
    count_loan_book(book, &AtomicBool::new(false)).unwrap()
}

#[test]
fn answers_by_hand() {
    let folder = TempDir::new().unwrap();
    let counts = count(&book(&folder, &|row| row));
    let all = &counts.all;
    assert_eq!((counts.loans_in_files, all.clients, all.loans), (17, 8, 11));
    assert_eq!((all.with_loans(2), all.with_lenders(2)), (3, 1));
    // Known: .6025 and .5; zero and negative income count above every bound and not in the mean.
    assert_eq!((all.with_ratio, all.ratio_known, &*all.above), (4, 2, &[3, 2, 2][..]));
    assert!((all.mean_ratio().unwrap() - 0.55125).abs() < 1e-14);
    assert_eq!(all.refinanced, 1);
    // 60.25 + 30 + 10 + 10 + 10 + 20, without blank, mixed and pair.
    assert_eq!(all.instalments["USD"], 1_402_500);
    assert_eq!(all.instalments.keys().collect::<Vec<_>>(), ["USD"]);
    // Ana counts in both her branches.
    assert_eq!((counts.by_group["north"].clients, counts.by_group["south"].clients), (2, 7));
}

#[test]
fn every_doubt_is_named() {
    let folder = TempDir::new().unwrap();
    let counts = count(&book(&folder, &|row| row));
    let expected = [
        (LoanWarning::RowWithoutClient, 1),
        (LoanWarning::LoanWithoutDates, 1),
        (LoanWarning::LoanWithoutInstalment, 1),
        (LoanWarning::IncomeMissing, 1),
        (LoanWarning::IncomeNotPositive, 2),
        (LoanWarning::IncomesDiffer, 1),
        (LoanWarning::CurrenciesMixed, 1),
        (LoanWarning::ClientShared, 1),
        (LoanWarning::InformalDebtAbsent, 8),
    ];
    assert_eq!(counts.warnings.into_iter().collect::<Vec<_>>(), expected);
}

#[test]
fn neither_threads_nor_order_change_a_byte() {
    let mut texts = Vec::new();
    // 5 and 17 have no common factor, so the second order meets every row once.
    for order in [&(|row| row) as &dyn Fn(u32) -> u32, &|row| (row * 5 + 3) % 17] {
        for threads in [1, 2] {
            let folder = TempDir::new().unwrap();
            let book = LoanBook { threads, ..book(&folder, order) };
            let list = list_client_burdens(&book, &AtomicBool::new(false)).unwrap();
            texts.push(format!("{}{list:?}", serde_json::to_string(&count(&book)).unwrap()));
        }
    }
    assert!(texts.iter().all(|text| *text == texts[0]), "{texts:#?}");
}

#[test]
fn rows_of_clients() {
    let folder = TempDir::new().unwrap();
    let list = list_client_burdens(&book(&folder, &|row| row), &AtomicBool::new(false)).unwrap();
    let names: Vec<&str> = list.iter().map(|burden| burden.client.as_str()).collect();
    assert_eq!(names, ["ana", "ben", "blank", "minus", "mixed", "none", "pair", "two", "zero"]);
    assert_eq!(list[0].ratio, Ratio::Known(0.6025));
    assert_eq!((list[0].loans, list[0].lenders, list[0].groups.len()), (2, 2, 2));
    assert!(list[1].refinanced && !list[0].refinanced);
    assert_eq!((list[4].instalments, &*list[4].warnings), (None, &[LoanWarning::CurrenciesMixed][..]));
}

#[test]
fn arrears_and_groups_of_other_files() {
    let folder = TempDir::new().unwrap();
    let mut book = book(&folder, &|row| row);
    let instalments = folder.path().join("instalments.parquet");
    // Ana: paid 31 days late; paid in part, so 40 days late on the day; paid on time; after the day. Ben: no amount.
    write(
        &instalments,
        vec![
            ("who", Arc::new(StringArray::from(vec!["ana", "ana", "ana", "ana", "ben"])) as ArrayRef),
            ("due", Arc::new(Int32Array::from(vec![900, 960, 980, 1001, 990]))),
            ("amount", Arc::new(Float64Array::from(vec![Some(5.0), Some(5.0), Some(5.0), Some(5.0), None]))),
            ("paid", Arc::new(Int32Array::from(vec![Some(931), Some(970), Some(980), None, None]))),
            ("sum", Arc::new(Float64Array::from(vec![Some(5.0), Some(4.0), Some(5.0), None, None]))),
        ],
        &|row| row,
    );
    let columns = InstalmentColumns {
        client: "who".into(),
        due: "due".into(),
        amount: "amount".into(),
        paid: "paid".into(),
        paid_amount: "sum".into(),
    };
    book.instalments = Some((instalments, columns));
    let clients = folder.path().join("clients.parquet");
    write(
        &clients,
        vec![
            ("who", Arc::new(StringArray::from(vec!["ana", "none"])) as ArrayRef),
            ("income", Arc::new(Float64Array::from(vec![None, Some(40.0)]))),
            ("officer", Arc::new(StringArray::from(vec!["o1", "o2"]))),
        ],
        &|row| row,
    );
    let columns = ClientColumns {
        client: "who".into(),
        income: Some("income".into()),
        group: Some("officer".into()),
        person: Vec::new(),
    };
    book.clients = Some((clients, columns));
    let counts = count(&book);
    let ana = &counts.by_group["o1"];
    assert_eq!((ana.clients, ana.late, ana.instalments_due, ana.instalments_late), (1, 1, 3, 2));
    assert_eq!((counts.by_group["o2"].ratio_known, counts.by_group["north"].clients), (1, 1));
    assert_eq!(counts.warnings[&LoanWarning::InstalmentIncomplete], 1);
    assert!(!counts.warnings.contains_key(&LoanWarning::IncomeMissing));
}

#[test]
fn refusals() {
    let folder = TempDir::new().unwrap();
    let plain = book(&folder, &|row| row);
    let refused = |book: &LoanBook| match count_loan_book(book, &AtomicBool::new(false)) {
        Err(RecordsError::Refused(faults)) => faults.to_string(),
        other => panic!("{other:?}"),
    };
    assert!(refused(&LoanBook { most_bytes: 1000, ..plain.clone() }).contains("budget"));
    let mut book = plain.clone();
    book.columns.instalment = "nothing".into();
    assert!(refused(&book).contains("column nothing"));
    book.columns.instalment = "branch".into();
    assert!(refused(&book).contains("wrong kind"));
    let stopped = count_loan_book(&plain, &AtomicBool::new(true));
    assert!(matches!(stopped, Err(RecordsError::Cancelled)));
    let some = LoanBook { rows: [("branch".to_owned(), "north".to_owned())].into(), ..plain };
    assert_eq!(count(&some).all.clients, 2);
}
