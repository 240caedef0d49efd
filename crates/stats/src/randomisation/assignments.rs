//! The assignments that could have been drawn: all of them when few, else random ones.

use rand::Rng;

use crate::uniform::below;

/// Units of one stratum and how many of them are treated.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Stratum {
    /// Positions of its units.
    pub(crate) units: Vec<usize>,
    pub(crate) treated: usize,
}

/// The number of assignments; infinite where it exceeds f64.
pub(crate) fn count(strata: &[Stratum]) -> f64 {
    strata.iter().map(|stratum| choose(stratum.units.len(), stratum.treated)).product()
}

/// Binomial coefficient, exact below 2⁵³.
fn choose(n: usize, k: usize) -> f64 {
    let k = k.min(n - k);
    (0..k).fold(1.0, |product, i| product * (n - i) as f64 / (i + 1) as f64).round()
}

/// Visits every assignment once; `visit` sees 1 for treated units.
pub(crate) fn visit_all(strata: &[Stratum], units: usize, mut visit: impl FnMut(&[f64])) {
    let mut assignment = vec![0.0; units];
    let mut chosen: Vec<Vec<usize>> = strata.iter().map(|stratum| (0..stratum.treated).collect()).collect();
    let write = |assignment: &mut [f64], stratum: &Stratum, chosen: &[usize]| {
        for unit in &stratum.units {
            assignment[*unit] = 0.0;
        }
        for i in chosen {
            assignment[stratum.units[*i]] = 1.0;
        }
    };
    for (stratum, chosen) in strata.iter().zip(&chosen) {
        write(&mut assignment, stratum, chosen);
    }
    loop {
        visit(&assignment);
        // The last stratum turns fastest; one that is through starts again and moves the one before it.
        let mut moved = false;
        for (stratum, chosen) in strata.iter().zip(&mut chosen).rev() {
            moved = next_combination(chosen, stratum.units.len());
            write(&mut assignment, stratum, chosen);
            if moved {
                break;
            }
        }
        if !moved {
            return;
        }
    }
}

/// The next k of n in lexicographic order; back to the first, and false, after the last.
fn next_combination(chosen: &mut [usize], n: usize) -> bool {
    let k = chosen.len();
    let Some(i) = (0..k).rev().find(|i| chosen[*i] < n - k + i) else {
        for (i, value) in chosen.iter_mut().enumerate() {
            *value = i;
        }
        return false;
    };
    let start = chosen[i] + 1;
    for (step, value) in chosen[i..].iter_mut().enumerate() {
        *value = start + step;
    }
    true
}

/// Draws one assignment, every possible one equally likely (Fisher and Yates's partial shuffle per stratum).
/// `order` holds each stratum's units in some order and is shuffled in place.
pub(crate) fn draw<R: Rng + ?Sized>(
    strata: &[Stratum],
    order: &mut [Vec<usize>],
    assignment: &mut [f64],
    rng: &mut R,
) {
    for (stratum, order) in strata.iter().zip(order) {
        for i in 0..stratum.treated {
            let other = i + below(rng, order.len() - i);
            order.swap(i, other);
        }
        for (i, unit) in order.iter().enumerate() {
            assignment[*unit] = f64::from(u8::from(i < stratum.treated));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand_chacha::ChaCha8Rng;
    use rand_chacha::rand_core::SeedableRng;
    use std::collections::BTreeMap;

    fn strata() -> Vec<Stratum> {
        vec![
            Stratum { units: vec![0, 2, 5, 6], treated: 2 },
            Stratum { units: vec![1], treated: 1 },
            Stratum { units: vec![3, 4, 7], treated: 1 },
        ]
    }

    fn key(assignment: &[f64]) -> Vec<u64> {
        assignment.iter().map(|d| d.to_bits()).collect()
    }

    #[test]
    fn all_assignments_once_and_draws_evenly() {
        let strata = strata();
        assert_eq!(count(&strata), 18.0);
        let mut seen: BTreeMap<Vec<u64>, u32> = BTreeMap::new();
        visit_all(&strata, 8, |assignment| {
            assert_eq!(assignment.iter().sum::<f64>(), 4.0);
            seen.insert(key(assignment), 0);
        });
        assert_eq!(seen.len(), 18);
        let mut rng = ChaCha8Rng::seed_from_u64(1);
        let mut order: Vec<Vec<usize>> = strata.iter().map(|s| s.units.clone()).collect();
        let mut assignment = vec![0.0; 8];
        for _ in 0..18_000 {
            draw(&strata, &mut order, &mut assignment, &mut rng);
            *seen.get_mut(&key(&assignment)).unwrap() += 1;
        }
        // Six standard deviations of a count of 1,000.
        assert!(seen.values().all(|count| (815..1185).contains(count)), "{seen:?}");
    }

    #[test]
    fn large_counts() {
        assert_eq!(choose(50, 25), 126_410_606_437_752.0);
        assert!(choose(5_000, 2_500).is_infinite());
    }
}
