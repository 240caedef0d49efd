//! Files of every format, made here or from the reference folder, read to golden values; the quality report on them;
//! scans against regressions in memory; the clients of a loan book by hand.

#[cfg(test)]
mod formats;
#[cfg(test)]
mod loans;
#[cfg(test)]
mod quality;
#[cfg(test)]
mod reference;
#[cfg(test)]
mod scan;
