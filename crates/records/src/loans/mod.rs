//! What the clients of a loan book owe at once on a day: loans running, lenders, instalments against income, arrears.
//!
//! One pass over the Parquet files decodes the needed columns only and keeps 48 bytes for each loan that runs on the day
//! (and for each row of the instalments and clients files, where these are given), shared out by client; then share
//! after share is sorted by client and each client's rows are judged together. Money is added up as whole ten-thousandths
//! and ratios as whole parts of 2⁴⁸, so neither threads nor the order of rows can change a result. Nothing is spilt: a
//! book whose kept rows pass the budget is refused with its size ([`LoanBook::most_bytes`]).
//!
//! What a doubt about a client does to the rates is a stated rule each: [`LoanWarning`].

mod book;
mod burden;
mod counts;
mod names;
mod read;
mod row;
mod warning;

pub use book::{ClientColumns, InstalmentColumns, LoanBook, LoanColumns};
pub use burden::{ClientBurden, Ratio};
pub use counts::{BurdenCounts, CLASSES, LoanBookCounts};
pub use warning::LoanWarning;

use crate::error::{Fault, RecordsError};
use burden::judge;
use counts::Tally;
use names::Names;
use read::Reader;
use row::{Kind, Row, SHARES, Shares};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

/// Names that rows carry as codes.
struct Lists {
    lenders: Names,
    groups: Names,
    currencies: Names,
}

/// The counts of a loan book on a day, in all and by group.
///
/// # Errors
/// A file that cannot be read, a column that is missing or of the wrong kind, more rows than the budget holds, more than
/// 65,534 lenders or groups or 254 currencies; [`RecordsError::Cancelled`].
pub fn count_loan_book(book: &LoanBook, cancel: &AtomicBool) -> Result<LoanBookCounts, RecordsError> {
    let lists = Lists::new();
    let gathered = gather(book, &lists, false, cancel)?;
    let tallies = in_shares(
        book,
        &gathered.shares,
        cancel,
        || Tally::new(book),
        |tally, rows| {
            if let Some((burden, doubts, groups)) = judge(rows, book) {
                tally.add(&burden, &doubts, groups);
            }
        },
    )?;
    let mut all = Tally::new(book);
    for tally in tallies {
        all.merge(tally);
    }
    let mut counts = all.finish(&lists.groups.list(), &lists.currencies.list(), gathered.warnings);
    counts.loans_in_files = gathered.rows;
    Ok(counts)
}

/// One row for each client with a running loan, in the order of their ids (numbers by size, before texts). Holds all of
/// them: about 150 bytes a client; for a large book take the counts.
///
/// # Errors
/// As [`count_loan_book`].
pub fn list_client_burdens(book: &LoanBook, cancel: &AtomicBool) -> Result<Vec<ClientBurden>, RecordsError> {
    let lists = Lists::new();
    let gathered = gather(book, &lists, true, cancel)?;
    let (groups, currencies) = (lists.groups.list(), lists.currencies.list());
    let named = |code: u16, list: &[String]| list.get(usize::from(code)).cloned().unwrap_or_default();
    let lists = in_shares(book, &gathered.shares, cancel, Vec::new, |list, rows| {
        if let Some((mut burden, doubts, codes)) = judge(rows, book) {
            if let Some(text) = gathered.ids.get(&burden.key) {
                burden.client.clone_from(text);
            }
            burden.groups = codes.iter().map(|code| named(*code, &groups)).collect();
            burden.groups.sort();
            burden.currency = named(doubts.currency.into(), &currencies);
            burden.warnings = doubts.named();
            list.push(burden);
        }
    })?;
    let mut list: Vec<ClientBurden> = lists.into_iter().flatten().collect();
    list.sort_by_cached_key(|burden| {
        (burden.client.parse::<i64>().map_or((true, 0), |id| (false, id)), burden.client.clone())
    });
    Ok(list)
}

impl Lists {
    fn new() -> Self {
        Self {
            lenders: Names::new("lenders", u16::MAX),
            groups: Names::new("groups", u16::MAX),
            currencies: Names::new("currencies", u8::MAX.into()),
        }
    }
}

/// The rows that are kept, by share.
struct Gathered {
    shares: Vec<Mutex<Vec<Vec<Row>>>>,
    rows: u64,
    warnings: BTreeMap<LoanWarning, u64>,
    /// Ids by key, where asked for.
    ids: BTreeMap<u64, String>,
}

fn gather(
    book: &LoanBook,
    lists: &Lists,
    keep_ids: bool,
    cancel: &AtomicBool,
) -> Result<Gathered, RecordsError> {
    let mut tasks = Vec::new();
    let mut sources: Vec<(&Path, Kind)> = vec![(&book.loans, Kind::Loan)];
    sources.extend(book.instalments.as_ref().map(|(path, _)| (path.as_path(), Kind::Due)));
    sources.extend(book.clients.as_ref().map(|(path, _)| (path.as_path(), Kind::Client)));
    for (path, kind) in sources {
        tasks.extend(read::parts(path, kind, book)?);
    }
    let mut shared: Vec<Mutex<Vec<Vec<Row>>>> = Vec::with_capacity(SHARES);
    shared.resize_with(SHARES, Mutex::default);
    let (next, held) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let most = usize::try_from(book.most_bytes).unwrap_or(usize::MAX) / size_of::<Row>();
    let work = || {
        let mut reader = Reader::new(book, lists, keep_ids);
        let mut shares = Shares::new(&held);
        while let Some(task) = tasks.get(next.fetch_add(1, Ordering::Relaxed)) {
            reader.read(task, &mut shares, &|rows| {
                if cancel.load(Ordering::Relaxed) {
                    return Err(RecordsError::Cancelled);
                }
                if rows <= most { Ok(()) } else { Err(too_many(book)) }
            })?;
        }
        shares.hand_over(&shared);
        Ok(reader.ended())
    };
    let ended = on_threads(book.threads, work)?;
    let (mut rows, mut warnings, mut ids) = (0, BTreeMap::new(), BTreeMap::new());
    for part in ended {
        rows += part.rows;
        for (warning, count) in part.warnings {
            *warnings.entry(warning).or_default() += count;
        }
        ids.extend(part.ids);
    }
    Ok(Gathered { shares: shared, rows, warnings, ids })
}

/// Sorts share after share by client and hands over each client's rows; gives the threads' states.
fn in_shares<W: Send>(
    book: &LoanBook,
    shares: &[Mutex<Vec<Vec<Row>>>],
    cancel: &AtomicBool,
    make: impl Fn() -> W + Sync,
    each: impl Fn(&mut W, &[Row]) + Sync,
) -> Result<Vec<W>, RecordsError> {
    let next = AtomicUsize::new(0);
    on_threads(book.threads, || {
        let (mut state, mut rows) = (make(), Vec::new());
        while let Some(share) = shares.get(next.fetch_add(1, Ordering::Relaxed)) {
            if cancel.load(Ordering::Relaxed) {
                return Err(RecordsError::Cancelled);
            }
            rows.clear();
            for chunk in std::mem::take(&mut *share.lock().unwrap_or_else(PoisonError::into_inner)) {
                rows.extend_from_slice(&chunk);
            }
            rows.sort_unstable_by_key(|row: &Row| row.client);
            for rows in rows.chunk_by(|a, b| a.client == b.client) {
                each(&mut state, rows);
            }
        }
        Ok(state)
    })
}

fn on_threads<T: Send>(
    threads: usize,
    work: impl Fn() -> Result<T, RecordsError> + Sync,
) -> Result<Vec<T>, RecordsError> {
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..threads.max(1)).map(|_| scope.spawn(&work)).collect();
        let ended: Vec<_> = threads
            .into_iter()
            .map(|thread| {
                thread
                    .join()
                    .unwrap_or_else(|_| Err(RecordsError::Engine("a reading thread broke off".to_owned())))
            })
            .collect();
        ended.into_iter().collect()
    })
}

fn too_many(book: &LoanBook) -> RecordsError {
    RecordsError::refused(Fault::file(
        format!(
            "the rows kept take more than the budget of {} MB, at {} bytes each",
            book.most_bytes / 1_000_000,
            size_of::<Row>()
        ),
        "raise the budget, or choose fewer rows",
    ))
}
