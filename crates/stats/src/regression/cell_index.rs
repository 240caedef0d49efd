//! Numbers the distinct combinations of codes in the order they first appear.
//!
//! While the codes are small a table holds a number for every possible combination. When it would be too large,
//! open addressing over 64-bit slots that hold half the hash beside the number, so that a wrong slot is nearly
//! always rejected without reading the codes.

/// Combinations of `width` codes.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct CellIndex {
    width: usize,
    keys: Vec<u32>,
    count: usize,
    lookup: Lookup,
}

#[derive(Debug, Clone, PartialEq)]
enum Lookup {
    /// Bits set aside for each code; the number plus one of each combination, 0 when not seen.
    Table { bits: Vec<u32>, numbers: Vec<u32> },
    /// Half a hash in the upper 32 bits, the number plus one in the lower; 0 is empty.
    Slots(Vec<u64>),
}

/// Most bits of a table: 16 MiB.
const TABLE_BITS: u32 = 22;
/// Odd, with bits well spread: 2⁶⁴ over the golden ratio.
const MULTIPLIER: u64 = 0x9e37_79b9_7f4a_7c15;
const TAG: u64 = 0xffff_ffff_0000_0000;

fn mix(hash: u64, code: u32) -> u64 {
    let mixed = (hash ^ u64::from(code)).wrapping_mul(MULTIPLIER);
    mixed ^ (mixed >> 32)
}

impl CellIndex {
    pub(crate) fn new(width: usize) -> Self {
        let lookup = Lookup::Table { bits: vec![0; width], numbers: vec![0; 1] };
        Self { width, keys: Vec::new(), count: 0, lookup }
    }

    pub(crate) fn count(&self) -> usize {
        self.count
    }

    pub(crate) fn key(&self, cell: usize) -> &[u32] {
        &self.keys[cell * self.width..(cell + 1) * self.width]
    }

    /// The cells of rows `from..to`; `codes` holds one column for each place of the key. New cells get the
    /// next numbers.
    pub(crate) fn find_or_insert(
        &mut self,
        codes: &[&[u32]],
        from: usize,
        to: usize,
        hashes: &mut Vec<u64>,
        out: &mut Vec<u32>,
    ) {
        self.fit_codes(codes, from, to);
        hashes.clear();
        out.clear();
        match &mut self.lookup {
            Lookup::Table { bits, numbers } => {
                hashes.resize(to - from, 0);
                for (column, bits) in codes.iter().zip(bits) {
                    for (hash, code) in hashes.iter_mut().zip(&column[from..to]) {
                        *hash = *hash << *bits | u64::from(*code);
                    }
                }
                for (row, at) in (from..to).zip(hashes.iter()) {
                    let number = &mut numbers[*at as usize];
                    if *number == 0 {
                        self.count += 1;
                        *number = self.count as u32;
                        self.keys.extend(codes.iter().map(|column| column[row]));
                    }
                    out.push(*number - 1);
                }
            }
            Lookup::Slots(_) => {
                hashes.resize(to - from, MULTIPLIER);
                for column in codes {
                    for (hash, code) in hashes.iter_mut().zip(&column[from..to]) {
                        *hash = mix(*hash, *code);
                    }
                }
                for (row, hash) in (from..to).zip(hashes.iter()) {
                    out.push(self.locate(*hash, |place| codes[place][row]));
                }
            }
        }
    }

    /// The cell of one key.
    pub(crate) fn find_or_insert_key(&mut self, key: &[u32]) -> u32 {
        let codes: Vec<&[u32]> = key.iter().map(std::slice::from_ref).collect();
        let mut cell = Vec::with_capacity(1);
        self.find_or_insert(&codes, 0, 1, &mut Vec::new(), &mut cell);
        cell.first().copied().unwrap_or_default()
    }

    /// Makes the table wide enough for the codes of these rows, or leaves it for slots.
    fn fit_codes(&mut self, codes: &[&[u32]], from: usize, to: usize) {
        let Lookup::Table { bits, numbers } = &mut self.lookup else { return };
        let mut wider = false;
        for (column, bits) in codes.iter().zip(bits.iter_mut()) {
            let all = column[from..to].iter().fold(0, |all, code| all | code);
            let need = u32::BITS - all.leading_zeros();
            if need > *bits {
                *bits = need;
                wider = true;
            }
        }
        if !wider {
            return;
        }
        let total: u32 = bits.iter().sum();
        if total > TABLE_BITS {
            let capacity = (4 * self.count).next_power_of_two().max(1024);
            self.lookup = Lookup::Slots(self.slots(capacity));
            return;
        }
        numbers.clear();
        numbers.resize(1 << total, 0);
        if self.width > 0 {
            for (key, number) in self.keys.chunks_exact(self.width).zip(1..) {
                let at =
                    key.iter().zip(bits.iter()).fold(0_usize, |at, (code, bits)| at << bits | *code as usize);
                numbers[at] = number;
            }
        }
    }

    fn slots(&self, capacity: usize) -> Vec<u64> {
        let mut slots = vec![0_u64; capacity];
        let mask = capacity - 1;
        for cell in 0..self.count {
            let hash = self.key(cell).iter().fold(MULTIPLIER, |hash, code| mix(hash, *code));
            let mut place = hash as usize & mask;
            while slots[place] != 0 {
                place = (place + 1) & mask;
            }
            slots[place] = (hash & TAG) | (cell as u64 + 1);
        }
        slots
    }

    #[inline]
    fn locate(&mut self, hash: u64, code: impl Fn(usize) -> u32) -> u32 {
        if let Lookup::Slots(slots) = &self.lookup
            && self.count * 2 >= slots.len()
        {
            self.lookup = Lookup::Slots(self.slots(slots.len() * 4));
        }
        let Lookup::Slots(slots) = &mut self.lookup else { return 0 };
        let mask = slots.len() - 1;
        let mut place = hash as usize & mask;
        loop {
            let slot = slots[place];
            if slot == 0 {
                let cell = self.count as u32;
                slots[place] = (hash & TAG) | u64::from(cell + 1);
                self.keys.extend((0..self.width).map(code));
                self.count += 1;
                return cell;
            }
            if slot & TAG == hash & TAG {
                let cell = (slot as u32) - 1;
                let key = &self.keys[cell as usize * self.width..];
                if (0..self.width).all(|i| key[i] == code(i)) {
                    return cell;
                }
            }
            place = (place + 1) & mask;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn check(a: impl Fn(u32) -> u32, b: impl Fn(u32) -> u32, table: bool) {
        let mut index = CellIndex::new(2);
        let a: Vec<u32> = (0..30_000).map(a).collect();
        let b: Vec<u32> = (0..30_000).map(b).collect();
        let (mut hashes, mut cells, mut tile) = (Vec::new(), Vec::new(), Vec::new());
        for from in (0..a.len()).step_by(100) {
            index.find_or_insert(&[&a, &b], from, from + 100, &mut hashes, &mut tile);
            cells.extend_from_slice(&tile);
        }
        let distinct: BTreeSet<(u32, u32)> = a.iter().copied().zip(b.iter().copied()).collect();
        assert_eq!(index.count(), distinct.len());
        for (row, cell) in cells.iter().enumerate() {
            assert_eq!(index.key(*cell as usize), [a[row], b[row]]);
        }
        assert_eq!(index.find_or_insert_key(&[a[500], b[500]]), cells[500]);
        assert_eq!(matches!(index.lookup, Lookup::Table { .. }), table);
    }

    #[test]
    fn every_combination_has_one_number() {
        check(|i| i % 117, |i| (i / 117) % 90, true);
        check(|i| (i % 117) * 1_000, |i| (i / 117) % 90 + (i / 20_000) * 5_000_000, false);
    }

    #[test]
    fn without_codes_there_is_one_cell() {
        let mut index = CellIndex::new(0);
        let mut cells = Vec::new();
        index.find_or_insert(&[], 0, 3, &mut Vec::new(), &mut cells);
        assert_eq!((cells.as_slice(), index.count()), ([0, 0, 0].as_slice(), 1));
    }
}
