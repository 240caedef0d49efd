//! Codes for the levels of a key: u32, in the order of the levels.

use super::ScanRequest;
use super::engine::{Source, engine};
use crate::error::{Fault, RecordsError};
use datafusion::arrow::array::{Array, ArrayRef, AsArray};
use datafusion::arrow::compute::cast;
use datafusion::arrow::datatypes::{DataType, Float64Type, Int64Type};
use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};

/// A look-up only; what comes out is ordered by the sorted levels it was built from.
#[expect(clippy::disallowed_types, reason = "looked up once a row and never iterated")]
type Unsorted<K> = std::collections::HashMap<K, u32>;

/// How a key becomes a code.
pub(super) enum Coding {
    /// Whole numbers less an offset.
    Shift(i64),
    /// Texts in the sorted list.
    Texts(Unsorted<String>),
    /// Whole numbers in the sorted list.
    Whole(Unsorted<i64>),
    /// Numbers in the sorted list, by their bits.
    Numbers(Unsorted<u64>),
}

/// What a key is read as.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Whole,
    Number,
    Text,
}

impl Coding {
    /// The coding of a key; `None` when it has more levels than the request allows cells.
    pub(super) fn find(
        source: &Source,
        name: &str,
        request: &ScanRequest,
        cancel: &AtomicBool,
    ) -> Result<Option<Self>, RecordsError> {
        use DataType::{
            Boolean, Date32, Date64, Int8, Int16, Int32, Int64, Timestamp, UInt8, UInt16, UInt32, UInt64,
        };
        let kind = match source.kind(name) {
            Some(Boolean | UInt8 | UInt16 | UInt32) => return Ok(Some(Self::Shift(0))),
            // Small codes find their cell in a table; without the least value any offset keeps the order.
            Some(Int8 | Int16 | Int32 | Date32) => {
                let least = source.range(name).map_or(i64::from(i32::MIN), |(least, _)| least);
                return Ok(Some(Self::Shift(least)));
            }
            Some(Int64) => match source.range(name) {
                Some((least, most)) if u32::try_from(most.saturating_sub(least)).is_ok() => {
                    return Ok(Some(Self::Shift(least)));
                }
                _ => Kind::Whole,
            },
            Some(Date64 | Timestamp(..) | UInt64) => Kind::Whole,
            Some(kind) if kind.is_numeric() => Kind::Number,
            Some(DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View | DataType::Dictionary(..)) => {
                Kind::Text
            }
            _ => {
                return Err(RecordsError::refused(
                    Fault::file(
                        "a column of this kind cannot tell groups apart",
                        "use a number, date or text",
                    )
                    .in_column(name),
                ));
            }
        };
        let most = usize::try_from(request.most_cells).unwrap_or(usize::MAX);
        Ok(match kind {
            Kind::Text => {
                let levels =
                    levels(source, name, request, cancel, |array, levels: &mut BTreeSet<String>| {
                        let texts = cast(array, &DataType::Utf8View).map_err(engine)?;
                        let mut last = None;
                        for text in texts.as_string_view().iter().flatten() {
                            if last != Some(text) && !levels.contains(text) {
                                levels.insert(text.to_owned());
                            }
                            last = Some(text);
                        }
                        Ok(())
                    })?;
                (levels.len() <= most).then(|| Self::Texts(numbered(levels)))
            }
            Kind::Whole => {
                let levels = levels(source, name, request, cancel, |array, levels: &mut BTreeSet<i64>| {
                    let whole = cast(array, &DataType::Int64).map_err(engine)?;
                    levels.extend(whole.as_primitive::<Int64Type>().iter().flatten());
                    Ok(())
                })?;
                (levels.len() <= most).then(|| Self::Whole(numbered(levels)))
            }
            Kind::Number => {
                let levels =
                    levels(source, name, request, cancel, |array, levels: &mut BTreeSet<Ordered>| {
                        let numbers = cast(array, &DataType::Float64).map_err(engine)?;
                        levels
                            .extend(numbers.as_primitive::<Float64Type>().iter().flatten().map(Ordered::new));
                        Ok(())
                    })?;
                (levels.len() <= most).then(|| {
                    Self::Numbers(
                        levels.into_iter().zip(0..).map(|(level, code)| (level.bits(), code)).collect(),
                    )
                })
            }
        })
    }

    /// One code a row; whatever where the key is null, since such rows are left out.
    pub(super) fn codes(&self, array: &ArrayRef) -> Result<Vec<u32>, RecordsError> {
        Ok(match self {
            Self::Shift(offset) => {
                let whole = whole(array)?;
                whole
                    .as_primitive::<Int64Type>()
                    .values()
                    .iter()
                    .map(|key| key.wrapping_sub(*offset) as u32)
                    .collect()
            }
            Self::Texts(codes) => {
                let texts = cast(array, &DataType::Utf8View).map_err(engine)?;
                let code =
                    |text: Option<&str>| text.and_then(|text| codes.get(text)).copied().unwrap_or_default();
                texts.as_string_view().iter().map(code).collect()
            }
            Self::Whole(codes) => {
                let whole = whole(array)?;
                let code = |key: &i64| codes.get(key).copied().unwrap_or_default();
                whole.as_primitive::<Int64Type>().values().iter().map(code).collect()
            }
            Self::Numbers(codes) => {
                let numbers = cast(array, &DataType::Float64).map_err(engine)?;
                let code = |key: &f64| codes.get(&Ordered::new(*key).bits()).copied().unwrap_or_default();
                numbers.as_primitive::<Float64Type>().values().iter().map(code).collect()
            }
        })
    }
}

fn whole(array: &ArrayRef) -> Result<ArrayRef, RecordsError> {
    if *array.data_type() == DataType::Int64 {
        return Ok(array.clone());
    }
    // Dates are whole numbers of days, but only their own width casts to a number.
    let array = if *array.data_type() == DataType::Date32 {
        cast(array, &DataType::Int32).map_err(engine)?
    } else {
        array.clone()
    };
    cast(&array, &DataType::Int64).map_err(engine)
}

/// A number as a set's key: its total order, zero and negative zero one.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Ordered(f64);

impl Ordered {
    fn new(number: f64) -> Self {
        Self(number + 0.0)
    }

    fn bits(self) -> u64 {
        self.0.to_bits()
    }
}

impl Eq for Ordered {}

impl PartialOrd for Ordered {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ordered {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.total_cmp(&other.0)
    }
}

/// The distinct levels of a key over the selected rows; reading stops once there are too many.
fn levels<K: Ord + Send>(
    source: &Source,
    name: &str,
    request: &ScanRequest,
    cancel: &AtomicBool,
    add: impl Fn(&ArrayRef, &mut BTreeSet<K>) -> Result<(), RecordsError> + Sync,
) -> Result<BTreeSet<K>, RecordsError> {
    let most = usize::try_from(request.most_cells).unwrap_or(usize::MAX);
    let parts = source.drive(&[name], &request.rows, BTreeSet::new, |levels, batch| {
        if cancel.load(Ordering::Relaxed) {
            return Err(RecordsError::Cancelled);
        }
        add(batch.column(0), levels)?;
        Ok(if levels.len() > most { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
    })?;
    let mut all = BTreeSet::new();
    for part in parts {
        all.extend(part);
    }
    Ok(all)
}

fn numbered<K: Ord + std::hash::Hash>(levels: BTreeSet<K>) -> Unsorted<K> {
    levels.into_iter().zip(0..).collect()
}
