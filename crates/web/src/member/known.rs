//! What votes say, as everyone may see it, read once for each result and not for each reader.
//!
//! A result of 1,600 people is hundreds of kilobytes of JSON. It is kept in memory with its stamp, which each page asks
//! the store for: a new result shows at once, whichever server computed it.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use time::OffsetDateTime;
use whatworks_evidence::opinion::{OpinionMap, Signs};
use whatworks_forum::Refused;
use whatworks_forum::acts::discussion::opinions::find_results;
use whatworks_store::Store;
use whatworks_store::forum::OpinionStamp;

/// Questions whose results are kept; one more, and all are read anew.
const MOST: usize = 64;

/// A computed result.
#[derive(Debug)]
pub(crate) struct Known {
    pub(crate) map: OpinionMap,
    /// The same without voters whose votes look coordinated.
    pub(crate) without_flagged: Option<OpinionMap>,
    /// How many carry which sign; for those who run the question.
    pub(crate) signs: Signs,
    pub(crate) computed_at: OffsetDateTime,
}

/// The results read so far, by question.
#[derive(Debug, Default)]
pub(crate) struct KnownResults(Mutex<BTreeMap<String, (OpinionStamp, Arc<Known>)>>);

impl KnownResults {
    /// The result of a question that was computed last.
    ///
    /// # Errors
    /// [`Refused::Store`].
    pub(crate) async fn find(&self, store: &Store, slug: &str) -> Result<Option<Arc<Known>>, Refused> {
        let Some(stamp) = store.opinions().find_stamp(slug).await? else { return Ok(None) };
        if let Some(known) = self.kept(slug, &stamp) {
            return Ok(Some(known));
        }
        let Some((results, computed_at)) = find_results(store, slug).await? else { return Ok(None) };
        let known = Arc::new(Known {
            map: results.map.for_everyone(),
            without_flagged: results.without_flagged.map(|map| map.for_everyone()),
            signs: results.signs,
            computed_at,
        });
        // Between the two questions to the store a newer result may have come: it is then read again next time.
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= MOST {
            kept.clear();
        }
        kept.insert(slug.to_owned(), (stamp, Arc::clone(&known)));
        Ok(Some(known))
    }

    fn kept(&self, slug: &str, stamp: &OpinionStamp) -> Option<Arc<Known>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.get(slug).filter(|(own, _)| own == stamp).map(|(_, known)| Arc::clone(known))
    }
}
