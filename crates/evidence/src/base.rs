//! The evidence base that ships with the program: the catalogue and the curated findings, built in as text.
//!
//! Rule: the texts are read with the same strict readers as anybody's; a fault in them is an error with its row, and a
//! test keeps it from shipping. `digest` names the exact bytes that an answer rests on.

use crate::read::{self, ReadError};
use sha2::{Digest, Sha256};
use whatworks_domain::{Catalogue, CatalogueError, Finding};

const CATALOGUE: &str = include_str!("../../../evidence-base/catalogue.toml");
const FINDINGS: &str = include_str!("../../../evidence-base/findings.csv");

/// The shipped catalogue.
///
/// # Errors
/// [`CatalogueError`] if the shipped text is inconsistent.
pub fn catalogue() -> Result<Catalogue, CatalogueError> {
    Catalogue::parse(CATALOGUE)
}

/// The shipped findings, in the order of the file, each checked against the catalogue.
///
/// # Errors
/// [`ReadError`] with all faulty rows if the shipped table has any.
pub fn findings(catalogue: &Catalogue) -> Result<Vec<Finding>, ReadError> {
    read::findings(FINDINGS.as_bytes(), catalogue)
}

/// SHA-256 over the catalogue's text and each finding as it is stored, as 64 hexadecimal digits: a new field of a finding
/// changes it as much as a new row does.
///
/// # Errors
/// Never for findings that exist; the form is that of the serialiser.
pub fn digest(findings: &[Finding]) -> Result<String, serde_json::Error> {
    let mut hasher = Sha256::new();
    hasher.update(CATALOGUE.as_bytes());
    for finding in findings {
        hasher.update([0]);
        hasher.update(serde_json::to_vec(finding)?);
    }
    Ok(hasher.finalize().iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use whatworks_domain::Direction;

    #[test]
    fn the_base_reads_and_every_reference_resolves() {
        let catalogue = catalogue().unwrap();
        let findings = findings(&catalogue).unwrap();
        assert_eq!(findings.len(), 365);
        let studies: BTreeSet<_> = findings.iter().map(|finding| &finding.study_id).collect();
        let samples: BTreeSet<_> = findings.iter().map(|finding| &finding.sample_id).collect();
        assert_eq!((studies.len(), samples.len()), (40, 47));
        for finding in &findings {
            let practice = catalogue.find_practice(finding.practice.as_str()).unwrap();
            assert!(practice.comparators.contains(&finding.comparator), "{}", finding.finding_id);
        }
        for profile in &catalogue.profiles {
            assert!(samples.contains(&profile.sample), "profile of an unknown sample {}", profile.sample);
        }
    }

    #[test]
    fn no_sample_has_two_primary_estimates_of_one_contrast_and_outcome() {
        let catalogue = catalogue().unwrap();
        let mut seen = BTreeSet::new();
        for finding in findings(&catalogue).unwrap().iter().filter(|finding| finding.primary) {
            let key = (finding.sample_id.clone(), finding.practice.clone(), finding.outcome.clone());
            assert!(seen.insert(key), "{} is a second primary", finding.finding_id);
        }
    }

    #[test]
    fn some_findings_are_unfavourable() {
        let catalogue = catalogue().unwrap();
        let unfavourable = findings(&catalogue)
            .unwrap()
            .iter()
            .filter(|finding| {
                let better = catalogue.find_outcome(finding.outcome.as_str()).unwrap().better;
                Direction::of(finding.estimate, better) == Direction::Unfavourable
            })
            .count();
        // The file itself says 77; the reader refuses rows whose stated direction disagrees with the sign.
        assert_eq!(unfavourable, 77);
    }
}
