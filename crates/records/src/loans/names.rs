//! Codes for names that rows carry: given as they are met, so only their being equal means anything until the end.

use crate::error::{Fault, RecordsError};
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// Whole numbers below this are looked up in a table.
const SMALL: usize = 1 << 14;
const NONE: u16 = u16::MAX;

/// Names and their codes, shared by the threads; code 0 is the missing name.
pub(super) struct Names {
    what: &'static str,
    most: u16,
    codes: Mutex<BTreeMap<String, u16>>,
}

impl Names {
    pub(super) fn new(what: &'static str, most: u16) -> Self {
        Self { what, most, codes: Mutex::new(BTreeMap::from([(String::new(), 0)])) }
    }

    fn code(&self, name: &str) -> Result<u16, RecordsError> {
        let mut codes = self.codes.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(code) = codes.get(name) {
            return Ok(*code);
        }
        let code = u16::try_from(codes.len()).unwrap_or(NONE);
        if code >= self.most {
            return Err(RecordsError::refused(Fault::file(
                format!("the files name more than {} {}", self.most - 1, self.what),
                "check the column; it may be an id of something else",
            )));
        }
        codes.insert(name.to_owned(), code);
        Ok(code)
    }

    /// The names by code.
    pub(super) fn list(&self) -> Vec<String> {
        let codes = self.codes.lock().unwrap_or_else(PoisonError::into_inner);
        let mut list = vec![String::new(); codes.len()];
        for (name, code) in codes.iter() {
            list[usize::from(*code)].clone_from(name);
        }
        list
    }
}

/// One thread's memory of codes.
pub(super) struct Known<'a> {
    names: &'a Names,
    small: Vec<u16>,
    texts: BTreeMap<String, u16>,
    last: (String, u16),
}

impl<'a> Known<'a> {
    pub(super) fn new(names: &'a Names) -> Self {
        Self { names, small: vec![NONE; SMALL], texts: BTreeMap::new(), last: (String::new(), 0) }
    }

    pub(super) fn whole(&mut self, number: i64) -> Result<u16, RecordsError> {
        let at = usize::try_from(number).ok().filter(|at| *at < SMALL);
        if let Some(code) = at.map(|at| self.small[at]).filter(|code| *code != NONE) {
            return Ok(code);
        }
        let code = self.text(&number.to_string())?;
        if let Some(at) = at {
            self.small[at] = code;
        }
        Ok(code)
    }

    pub(super) fn text(&mut self, name: &str) -> Result<u16, RecordsError> {
        if self.last.0 == name {
            return Ok(self.last.1);
        }
        let code = if let Some(code) = self.texts.get(name) {
            *code
        } else {
            let code = self.names.code(name)?;
            self.texts.insert(name.to_owned(), code);
            code
        };
        self.last = (name.to_owned(), code);
        Ok(code)
    }
}
