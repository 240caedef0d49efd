//! Numbers the distinct combinations of codes in the order they first appear: open addressing over 64-bit
//! slots that hold half the hash beside the number, so a wrong slot is nearly always rejected without reading
//! the codes.

/// Combinations of `width` codes.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct CellIndex {
    width: usize,
    keys: Vec<u32>,
    count: usize,
    /// Half a hash in the upper 32 bits, the number plus one in the lower; 0 is empty.
    slots: Vec<u64>,
}

/// Odd, with bits well spread: 2⁶⁴ over the golden ratio.
const MULTIPLIER: u64 = 0x9e37_79b9_7f4a_7c15;

fn mix(hash: u64, code: u32) -> u64 {
    let mixed = (hash ^ u64::from(code)).wrapping_mul(MULTIPLIER);
    mixed ^ (mixed >> 32)
}

impl CellIndex {
    pub(crate) fn new(width: usize) -> Self {
        Self { width, keys: Vec::new(), count: 0, slots: vec![0; 1024] }
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
        hashes.clear();
        hashes.resize(to - from, MULTIPLIER);
        for column in codes {
            for (hash, code) in hashes.iter_mut().zip(&column[from..to]) {
                *hash = mix(*hash, *code);
            }
        }
        out.clear();
        for (row, hash) in (from..to).zip(hashes.iter()) {
            out.push(self.locate(*hash, |place| codes[place][row]));
        }
    }

    /// The cell of one key.
    pub(crate) fn find_or_insert_key(&mut self, key: &[u32]) -> u32 {
        let hash = key.iter().fold(MULTIPLIER, |hash, code| mix(hash, *code));
        self.locate(hash, |place| key[place])
    }

    #[inline]
    fn locate(&mut self, hash: u64, code: impl Fn(usize) -> u32) -> u32 {
        if self.count * 2 >= self.slots.len() {
            self.grow();
        }
        let mask = self.slots.len() - 1;
        let tag = hash & 0xffff_ffff_0000_0000;
        let mut place = hash as usize & mask;
        loop {
            let slot = self.slots[place];
            if slot == 0 {
                let cell = self.count as u32;
                self.slots[place] = tag | u64::from(cell + 1);
                self.keys.extend((0..self.width).map(code));
                self.count += 1;
                return cell;
            }
            if slot & 0xffff_ffff_0000_0000 == tag {
                let cell = (slot as u32) - 1;
                let key = &self.keys[cell as usize * self.width..];
                if (0..self.width).all(|i| key[i] == code(i)) {
                    return cell;
                }
            }
            place = (place + 1) & mask;
        }
    }

    fn grow(&mut self) {
        let mut slots = vec![0_u64; self.slots.len() * 4];
        let mask = slots.len() - 1;
        for cell in 0..self.count {
            let hash = self.key(cell).iter().fold(MULTIPLIER, |hash, code| mix(hash, *code));
            let mut place = hash as usize & mask;
            while slots[place] != 0 {
                place = (place + 1) & mask;
            }
            slots[place] = (hash & 0xffff_ffff_0000_0000) | (cell as u64 + 1);
        }
        self.slots = slots;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_combination_has_one_number() {
        let mut index = CellIndex::new(2);
        let a: Vec<u32> = (0..20_000).map(|i| i % 117).collect();
        let b: Vec<u32> = (0..20_000).map(|i| (i / 117) % 90).collect();
        let (mut hashes, mut cells) = (Vec::new(), Vec::new());
        index.find_or_insert(&[&a, &b], 0, a.len(), &mut hashes, &mut cells);
        assert_eq!(index.count(), 117 * 90);
        for (row, cell) in cells.iter().enumerate() {
            assert_eq!(index.key(*cell as usize), [a[row], b[row]]);
        }
        assert_eq!(index.find_or_insert_key(&[a[500], b[500]]), cells[500]);
    }
}
