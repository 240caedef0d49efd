//! Client records: readers, column mapping, quality report, samples and loan-book scans.
