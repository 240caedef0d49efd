//! Codes of clusters and factor levels: relabelled densely, in the order of the codes given, so that the
//! order of the rows has no say.

use super::sample::Sample;

/// Dense labels of the rows.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Labels {
    /// 0..count for rows that count; rows of weight 0 get 0.
    pub(crate) codes: Vec<u32>,
    pub(crate) count: usize,
}

/// Relabels codes; only rows that count in the sample define labels.
pub(crate) fn relabel(codes: &[u32], sample: &Sample) -> Labels {
    relabel_where(codes, |row| sample.counts(row))
}

/// Relabels codes; only entries that count define labels.
pub(crate) fn relabel_where(codes: &[u32], counts: impl Fn(usize) -> bool) -> Labels {
    let present = || codes.iter().enumerate().filter(|(row, _)| counts(*row)).map(|(_, code)| *code);
    let largest = present().fold(0, Ord::max) as usize;
    if largest <= 4 * codes.len() + 1024 {
        let mut label = vec![u32::MAX; largest + 1];
        for code in present() {
            label[code as usize] = 0;
        }
        let mut count = 0;
        for slot in &mut label {
            if *slot == 0 {
                *slot = count;
                count += 1;
            }
        }
        let codes = codes
            .iter()
            .enumerate()
            .map(|(row, code)| if counts(row) { label[*code as usize] } else { 0 })
            .collect();
        return Labels { codes, count: count as usize };
    }
    let mut distinct: Vec<u32> = present().collect();
    distinct.sort_unstable();
    distinct.dedup();
    let codes = codes
        .iter()
        .enumerate()
        .map(|(row, code)| if counts(row) { distinct.binary_search(code).map_or(0, |i| i as u32) } else { 0 })
        .collect();
    Labels { codes, count: distinct.len() }
}

/// Labels of the pairs of two label sets, ordered by the first and then the second.
pub(crate) fn pair(a: &Labels, b: &Labels, sample: &Sample) -> Labels {
    let rows = a.codes.len();
    let width = b.count as u64;
    let key = |row: usize| u64::from(a.codes[row]) * width + u64::from(b.codes[row]);
    let possible = a.count.saturating_mul(b.count);
    if possible <= 4 * rows + 1024 {
        let keys: Vec<u32> = (0..rows).map(|row| key(row) as u32).collect();
        return relabel(&keys, sample);
    }
    let mut keyed: Vec<(u64, u32)> =
        (0..rows).filter(|row| sample.counts(*row)).map(|row| (key(row), row as u32)).collect();
    keyed.sort_unstable();
    let mut codes = vec![0; rows];
    let mut count = 0;
    let mut last = None;
    for (key, row) in keyed {
        if last != Some(key) {
            count += 1;
            last = Some(key);
        }
        codes[row as usize] = count - 1;
    }
    Labels { codes, count: count as usize }
}

/// Whether every level lies within one cluster.
pub(crate) fn nested(levels: &Labels, clusters: &Labels, sample: &Sample) -> bool {
    let mut home = vec![u32::MAX; levels.count];
    (0..levels.codes.len()).filter(|row| sample.counts(*row)).all(|row| {
        let slot = &mut home[levels.codes[row] as usize];
        if *slot == u32::MAX {
            *slot = clusters.codes[row];
        }
        *slot == clusters.codes[row]
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_follow_the_codes_not_the_rows() {
        let y = [0.0; 5];
        let weights = [1.0, 1.0, 0.0, 1.0, 1.0];
        let sample = Sample { y: &y, weights: Some(&weights), ..Sample::default() };
        for big in [30, u32::MAX] {
            let found = relabel(&[big, 7, 9, 7, 2], &sample);
            assert_eq!((found.codes.as_slice(), found.count), ([2, 1, 0, 1, 0].as_slice(), 3));
        }
        let clusters = relabel(&[1, 0, 5, 0, 0], &sample);
        assert!(nested(&relabel(&[1, 2, 1, 2, 3], &sample), &clusters, &sample));
        assert!(!nested(&relabel(&[1, 1, 1, 2, 3], &sample), &clusters, &sample));
        let both = pair(&clusters, &relabel(&[0, 1, 0, 0, 1], &sample), &sample);
        assert_eq!((both.codes.as_slice(), both.count), ([2, 1, 0, 0, 1].as_slice(), 3));
    }
}
