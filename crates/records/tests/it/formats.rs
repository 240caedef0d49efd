//! The same five clients in every format.

use datafusion::arrow::array::{
    ArrayRef, BooleanArray, Date32Array, Float64Array, Int64Array, RecordBatch, StringArray,
};
use datafusion::parquet::arrow::ArrowWriter;
use dta::stata::dta::byte_order::ByteOrder;
use dta::stata::dta::dta_writer::DtaWriter;
use dta::stata::dta::header::Header;
use dta::stata::dta::release::Release;
use dta::stata::dta::schema::Schema;
use dta::stata::dta::value::Value;
use dta::stata::dta::variable::Variable;
use dta::stata::dta::variable_type::VariableType;
use dta::stata::missing_value::MissingValue;
use dta::stata::stata_byte::StataByte;
use dta::stata::stata_double::StataDouble;
use dta::stata::stata_long::StataLong;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use std::io::Cursor;
use std::sync::Arc;
use whatworks_records::{Mapping, ReadOptions, RecordsError, Table, read_bytes};

const CLIENTS: [i32; 3] = [101, 102, 103];
const NAMES: [&str; 3] = ["Böhm", "Çelik", "Nguyễn"];

fn mapped(bytes: &[u8], path: &str) -> Table {
    Mapping::default().apply(read_bytes(bytes, path, &ReadOptions::default()).unwrap()).unwrap().table
}

/// The table as text, one row a line, `-` for missing.
fn shown(table: &Table) -> String {
    let mut text = String::new();
    for row in 0..table.rows() {
        let cells: Vec<String> = table
            .columns
            .iter()
            .map(|column| column.values.code(row).unwrap_or_else(|| "-".to_owned()))
            .collect();
        text.push_str(&cells.join("|"));
        text.push('\n');
    }
    text
}

const EXPECTED: &str = "101|1|10.5|2020-02-29|Böhm\n102|0|-|2021-12-31|Çelik\n103|1|-3.25|-|Nguyễn\n";

fn workbook() -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Clients").unwrap();
    for (at, name) in ["client", "treated", "profit", "visit", "name"].into_iter().enumerate() {
        // Two empty rows above the header, as institutions have them.
        sheet.write(2, at as u16, name).unwrap();
    }
    let day = Format::new().set_num_format("dd/mm/yyyy");
    for (at, (client, name)) in CLIENTS.iter().zip(NAMES).enumerate() {
        let row = at as u32 + 3;
        sheet.write(row, 0, *client).unwrap();
        sheet.write(row, 1, at != 1).unwrap();
        sheet.write(row, 4, name).unwrap();
    }
    sheet.write(3, 2, 10.5).unwrap();
    sheet.write(5, 2, -3.25).unwrap();
    sheet.write_with_format(3, 3, ExcelDateTime::from_ymd(2020, 2, 29).unwrap(), &day).unwrap();
    sheet.write_with_format(4, 3, ExcelDateTime::from_ymd(2021, 12, 31).unwrap(), &day).unwrap();
    book.add_worksheet().set_name("Empty").unwrap();
    book.save_to_buffer().unwrap()
}

#[test]
fn spreadsheets_are_read() {
    let book = workbook();
    let table = mapped(&book, "clients.xlsx");
    assert_eq!(shown(&table), EXPECTED);
    assert_eq!(
        (table.lines.as_slice(), table.provenance.sheet.as_deref()),
        (&[4, 5, 6][..], Some("Clients"))
    );
    for (sheet, expect) in [("Clinets", "the sheets are Clients, Empty"), ("Empty", "the sheet is empty")] {
        let options = ReadOptions { sheet: Some(sheet.to_owned()), ..ReadOptions::default() };
        let refused = read_bytes(&book, "clients.xlsx", &options).unwrap_err().to_string();
        assert!(refused.contains(expect), "{refused}");
    }
    assert!(matches!(
        read_bytes(&book, "clients.zip", &ReadOptions::default()),
        Err(RecordsError::Refused(_))
    ));
    assert!(matches!(
        read_bytes(&book[..200], "clients.xlsx", &ReadOptions::default()),
        Err(RecordsError::Refused(_))
    ));
    assert!(matches!(
        read_bytes(b"a,b", "clients.xlsx", &ReadOptions::default()),
        Err(RecordsError::Refused(_))
    ));
}

fn stata(release: Release) -> Vec<u8> {
    let schema = Schema::builder()
        .add_variable(Variable::builder(VariableType::Long, "client").format("%12.0g"))
        .add_variable(
            Variable::builder(VariableType::Byte, "treated")
                .format("%8.0g")
                .value_label_name("arms")
                .label("Arm"),
        )
        .add_variable(Variable::builder(VariableType::Double, "profit").format("%10.0g"))
        .add_variable(Variable::builder(VariableType::Long, "visit").format("%td"))
        .add_variable(Variable::builder(VariableType::FixedString(20), "name").format("%20s"))
        .build()
        .unwrap();
    let mut rows = DtaWriter::new()
        .from_writer(Cursor::new(Vec::new()))
        .write_header(Header::builder(release, ByteOrder::LittleEndian).build())
        .unwrap()
        .write_schema(schema)
        .unwrap()
        .into_record_writer()
        .unwrap();
    // Days since 1960-01-01.
    let visits =
        [StataLong::Present(21974), StataLong::Present(22645), StataLong::Missing(MissingValue::System)];
    let profits =
        [StataDouble::Present(10.5), StataDouble::Missing(MissingValue::A), StataDouble::Present(-3.25)];
    for at in 0..3 {
        let name = if release == Release::V118 { NAMES[at] } else { ["Böhm", "Çelik", "Nguyen"][at] };
        rows.write_record(&[
            Value::Long(StataLong::Present(CLIENTS[at])),
            Value::Byte(StataByte::Present(i8::from(at != 1))),
            Value::Double(profits[at]),
            Value::Long(visits[at]),
            Value::string(name),
        ])
        .unwrap();
    }
    let labels = rows.into_long_string_writer().unwrap().into_value_label_writer().unwrap();
    let bytes = labels.finish().unwrap().into_inner();
    if release == Release::V118 { with_labels(bytes) } else { bytes }
}

/// Puts the label set `arms` (0 control, 1 loan) into a file of release 118: Stata, "dta file format", section 5.9.
fn with_labels(mut bytes: Vec<u8>) -> Vec<u8> {
    let end = b"</value_labels></stata_dta>";
    assert!(bytes.ends_with(end));
    bytes.truncate(bytes.len() - end.len());
    let mut set = Vec::new();
    for number in [2_u32, 13, 0, 8, 0, 1] {
        set.extend(number.to_le_bytes());
    }
    set.extend(b"control\0loan\0");
    bytes.extend(b"<lbl>");
    bytes.extend((set.len() as u32).to_le_bytes());
    let mut name = [0; 132];
    name[..4].copy_from_slice(b"arms");
    bytes.extend(name);
    bytes.extend(set);
    bytes.extend(b"</lbl>");
    bytes.extend(end);
    bytes
}

#[test]
fn stata_files_are_read_with_labels_dates_and_tagged_missings() {
    let table = mapped(&stata(Release::V118), "clients.dta");
    assert_eq!(shown(&table), EXPECTED);
    let treated = table.find_column("treated").unwrap();
    assert_eq!((treated.label.as_deref(), treated.display(1).as_deref()), (Some("Arm"), Some("control")));
    assert_eq!(table.find_column("profit").unwrap().missing_codes, [(".a".to_owned(), 1)].into());
    // Before Stata 14 the encoding is a guess that can be overruled.
    let old = stata(Release::V114);
    assert_eq!(mapped(&old, "old.dta").find_column("name").unwrap().values.code(1).as_deref(), Some("Çelik"));
    let options = ReadOptions { encoding: Some("iso-8859-5".to_owned()), ..ReadOptions::default() };
    let other = read_bytes(&old, "old.dta", &options).unwrap();
    assert_ne!(other.find_column("name").unwrap().values.code(1).as_deref(), Some("Çelik"));
    assert!(matches!(
        read_bytes(&old[..60], "old.dta", &ReadOptions::default()),
        Err(RecordsError::Refused(_))
    ));
}

#[test]
fn parquet_files_are_read() {
    let columns: Vec<(&str, ArrayRef)> = vec![
        ("client", Arc::new(Int64Array::from(vec![101, 102, 103]))),
        ("treated", Arc::new(BooleanArray::from(vec![true, false, true]))),
        ("profit", Arc::new(Float64Array::from(vec![Some(10.5), None, Some(-3.25)]))),
        ("visit", Arc::new(Date32Array::from(vec![Some(18321), Some(18992), None]))),
        ("name", Arc::new(StringArray::from(NAMES.to_vec()))),
        ("long_key", Arc::new(Int64Array::from(vec![9_007_199_254_740_993, 1, 2]))),
    ];
    let batch = RecordBatch::try_from_iter(columns).unwrap();
    let mut writer = ArrowWriter::try_new(Vec::new(), batch.schema(), None).unwrap();
    writer.write(&batch).unwrap();
    let bytes = writer.into_inner().unwrap();
    let mut table = read_bytes(&bytes, "clients.parquet", &ReadOptions::default()).unwrap();
    assert_eq!(table.find_column("long_key").unwrap().values.code(0).as_deref(), Some("9007199254740993"));
    table.columns.pop();
    assert_eq!(shown(&table), EXPECTED);
    assert!(matches!(
        read_bytes(&bytes[..90], "clients.parquet", &ReadOptions::default()),
        Err(RecordsError::Refused(_))
    ));
}

#[test]
fn csv_of_every_encoding_gives_the_same_table() {
    let text = "client;treated;profit;visit;name\n101;1;10,5;2020-02-29;Böhm\n102;0;NA;2021-12-31;Çelik\n103;1;-3,25;;Nguyễn\n";
    let mark = format!("\u{feff}{text}");
    let wide: Vec<u8> = mark.encode_utf16().flat_map(u16::to_le_bytes).collect();
    for bytes in [text.as_bytes(), mark.as_bytes(), &wide, text.replace('\n', "\r\n").as_bytes()] {
        let table = mapped(bytes, "clients.csv");
        assert_eq!(shown(&table), EXPECTED);
        assert!(table.provenance.decimal_comma);
    }
}

#[cfg(feature = "spss")]
#[test]
fn spss_files_are_read_with_labels_dates_and_declared_missings() {
    use ambers::{Compression, MissingSpec, SpssMetadata, Value};
    use arrow57::array::{ArrayRef, Date32Array, Float64Array, RecordBatch, StringViewArray};
    let columns: Vec<(&str, ArrayRef)> = vec![
        ("client", Arc::new(Float64Array::from(vec![101.0, 102.0, 103.0]))),
        ("treated", Arc::new(Float64Array::from(vec![1.0, 0.0, 1.0]))),
        ("profit", Arc::new(Float64Array::from(vec![10.5, -99.0, -3.25]))),
        ("visit", Arc::new(Date32Array::from(vec![Some(18321), Some(18992), None]))),
        ("name", Arc::new(StringViewArray::from_iter_values(NAMES))),
    ];
    let batch = RecordBatch::try_from_iter(columns).unwrap();
    let mut about = SpssMetadata::from_arrow_schema(batch.schema().as_ref());
    about.variable_labels.insert("treated".to_owned(), "Arm".to_owned());
    let arms = [(Value::Numeric(0.0), "control".to_owned()), (Value::Numeric(1.0), "loan".to_owned())];
    about.variable_value_labels.insert("treated".to_owned(), arms.into_iter().collect());
    about.variable_missing_values.insert("profit".to_owned(), vec![MissingSpec::Value(-99.0)]);
    let mut file = Cursor::new(Vec::new());
    ambers::write_sav_to_writer(&mut file, &batch, &about, Compression::Bytecode, None).unwrap();
    let table = mapped(file.get_ref(), "clients.sav");
    assert_eq!(shown(&table), EXPECTED);
    let treated = table.find_column("treated").unwrap();
    assert_eq!((treated.label.as_deref(), treated.display(1).as_deref()), (Some("Arm"), Some("control")));
    assert_eq!(table.find_column("profit").unwrap().missing_codes, [("-99".to_owned(), 1)].into());
    assert!(matches!(
        read_bytes(&file.get_ref()[..90], "clients.sav", &ReadOptions::default()),
        Err(RecordsError::Refused(_))
    ));
}

#[test]
fn without_the_feature_spss_is_refused_by_name() {
    if cfg!(not(feature = "spss")) {
        let refused =
            read_bytes(b"$FL2@(#)", "clients.sav", &ReadOptions::default()).unwrap_err().to_string();
        assert!(refused.contains("feature `spss`"), "{refused}");
    }
}

#[test]
fn a_file_too_large_is_refused() {
    let options = ReadOptions { most_bytes: 10, ..ReadOptions::default() };
    assert!(matches!(read_bytes(b"client\n1\n2\n3\n", "a.csv", &options), Err(RecordsError::Refused(_))));
}

#[test]
fn fuzz_entry_points_take_any_bytes() {
    for bytes in
        [&b""[..], b"\xff\xfe", b"a,b\n\"", b"[columns]\nx = 1", b"sep=", b"\"\"\"", b"a\r\r\"b", &[0; 9]]
    {
        whatworks_records::fuzz_csv(bytes);
        whatworks_records::fuzz_mapping(bytes);
    }
}
