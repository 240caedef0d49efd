//! What is kept of a row, and the shares that rows are dealt into by client.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

/// Shares; each is sorted at once, so it should fit a processor's cache: 20 million rows make shares of 1 MB.
pub(super) const SHARES: usize = 1024;
/// Rows of a chunk: small, since each thread has one begun in each share.
const CHUNK: usize = 256;
/// An amount that is not known.
pub(super) const UNKNOWN: i64 = i64::MIN;
/// Parts of a unit of money that amounts are kept in: some currencies have three decimals.
pub(super) const PARTS: f64 = 10_000.0;

/// What a row is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A loan that runs on the day.
    Loan,
    /// A loan that was closed before its term.
    Closed,
    /// An instalment fallen due.
    Due,
    /// A row of the clients file.
    Client,
}

/// A row, in 48 bytes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row {
    /// The client's id, or the hash of its text.
    pub(super) client: u64,
    /// Instalment in parts.
    pub(super) instalment: i64,
    /// Owed in parts.
    pub(super) outstanding: i64,
    /// NaN when missing.
    pub(super) income: f64,
    /// Hash of the person's fields; 0 when none is known.
    pub(super) person: u32,
    /// Disbursed, or closed.
    pub(super) day: i32,
    pub(super) lender: u16,
    pub(super) group: u16,
    pub(super) days_late: u16,
    pub(super) currency: u8,
    pub(super) kind: Kind,
}

impl Row {
    pub(super) fn of(kind: Kind, client: u64) -> Self {
        Self {
            client,
            instalment: UNKNOWN,
            outstanding: UNKNOWN,
            income: f64::NAN,
            person: 0,
            day: 0,
            lender: 0,
            group: 0,
            days_late: 0,
            currency: 0,
            kind,
        }
    }
}

/// One thread's rows, by share.
pub(super) struct Shares<'a> {
    begun: Vec<Vec<Row>>,
    full: Vec<Vec<Vec<Row>>>,
    held: &'a AtomicUsize,
}

impl<'a> Shares<'a> {
    /// Empty shares that add what they hold to the count.
    pub(super) fn new(held: &'a AtomicUsize) -> Self {
        Self { begun: vec![Vec::new(); SHARES], full: vec![Vec::new(); SHARES], held }
    }

    pub(super) fn add(&mut self, row: Row) {
        // Fibonacci hashing: neighbouring ids spread over the shares.
        let share = (row.client.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 54) as usize % SHARES;
        let begun = &mut self.begun[share];
        if begun.len() == begun.capacity() {
            let full = std::mem::replace(begun, Vec::with_capacity(CHUNK));
            if !full.is_empty() {
                self.full[share].push(full);
            }
            self.held.fetch_add(CHUNK, Ordering::Relaxed);
        }
        begun.push(row);
    }

    /// Rows that all threads hold room for.
    pub(super) fn held(&self) -> usize {
        self.held.load(Ordering::Relaxed)
    }

    pub(super) fn hand_over(self, shared: &[Mutex<Vec<Vec<Row>>>]) {
        for ((share, full), begun) in shared.iter().zip(self.full).zip(self.begun) {
            let mut share = share.lock().unwrap_or_else(PoisonError::into_inner);
            share.extend(full);
            share.push(begun);
        }
    }
}
