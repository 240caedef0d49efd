//! Uniform numbers from random bits, the same on every machine and version.

use rand::Rng;

/// A uniform number strictly between 0 and 1: 53 random bits, centred in their cell.
pub(crate) fn uniform<R: Rng + ?Sized>(rng: &mut R) -> f64 {
    ((rng.next_u64() >> 11) as f64 + 0.5) * (1.0 / 9_007_199_254_740_992.0)
}

/// A uniform whole number below `count`, by the high half of a 64-bit product; its bias is below count/2⁶⁴.
pub(crate) fn below<R: Rng + ?Sized>(rng: &mut R, count: usize) -> usize {
    ((u128::from(rng.next_u64()) * count as u128) >> 64) as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand_chacha::ChaCha8Rng;
    use rand_chacha::rand_core::SeedableRng;

    #[test]
    fn stays_in_range_and_is_even() {
        let mut rng = ChaCha8Rng::seed_from_u64(1);
        let mut counts = [0; 7];
        for _ in 0..70_000 {
            counts[below(&mut rng, 7)] += 1;
            let u = uniform(&mut rng);
            assert!(u > 0.0 && u < 1.0);
        }
        assert!(counts.iter().all(|count| (9_500..10_500).contains(count)));
    }
}
