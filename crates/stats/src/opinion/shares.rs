//! Shares and their intervals: Wilson for one share, Newcombe for a difference, Fisher's exact test for a table.
//!
//! Wilson (1927, JASA 22): the shares p with |p̂ − p| ≤ z·√(p(1 − p)/n), z for 95 %. Newcombe (1998, Statistics in
//! Medicine 17, method 10): the difference's interval from both shares' Wilson intervals. Fisher's test, two-sided: the
//! chance of all tables with the same margins that are no likelier than the one seen (R's `fisher.test`).
//!
//! Left out: other levels than 95 %, finite populations.

/// Standard normal quantile at 0.975.
const Z: f64 = 1.959_963_984_540_054;

/// A share, 0 to 1, with its 95 % interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ShareInterval {
    /// The share, or the difference of two.
    pub value: f64,
    /// Lower limit.
    pub low: f64,
    /// Upper limit.
    pub high: f64,
}

/// Wilson's 95 % interval of `successes` in `trials`; without trials one half, from 0 to 1. More successes than trials
/// count as all.
pub fn wilson(successes: usize, trials: usize) -> ShareInterval {
    if trials == 0 {
        return ShareInterval { value: 0.5, low: 0.0, high: 1.0 };
    }
    let n = trials as f64;
    let share = successes.min(trials) as f64 / n;
    let z2 = Z * Z;
    let middle = (share + z2 / (2.0 * n)) / (1.0 + z2 / n);
    let half = Z * (share * (1.0 - share) / n + z2 / (4.0 * n * n)).sqrt() / (1.0 + z2 / n);
    // At the ends the limit is the share itself, which rounding would miss.
    let low = if successes == 0 { 0.0 } else { middle - half };
    let high = if successes >= trials { 1.0 } else { middle + half };
    ShareInterval { value: share, low, high }
}

/// The difference of two shares, first less second, with Newcombe's 95 % interval.
pub fn newcombe(first: ShareInterval, second: ShareInterval) -> ShareInterval {
    let value = first.value - second.value;
    let low = value - (first.value - first.low).hypot(second.high - second.value);
    let high = value + (first.high - first.value).hypot(second.value - second.low);
    ShareInterval { value, low, high }
}

/// Two-sided p-value of Fisher's exact test that two shares are equal: `(successes, trials)` twice. A trial that is a
/// success in more ways than there are trials counts as all.
pub fn fisher_exact(first: (usize, usize), second: (usize, usize)) -> f64 {
    let (n, m) = (first.1, second.1);
    let seen = first.0.min(n);
    let successes = seen + second.0.min(m);
    let lowest = successes.saturating_sub(m);
    let highest = successes.min(n);
    if lowest >= highest {
        return 1.0;
    }
    // Chance of x + 1 successes among the first over the chance of x.
    let step = |x: usize| {
        let [up, down] =
            [(n - x) * (successes - x), (x + 1) * (m + x + 1 - successes)].map(|count| count as f64);
        up / down
    };
    // Chances in units of the likeliest table's, walked from it to both ends: nothing overflows, and the tables that
    // underflow to 0 are those that no sum notices.
    let mode = ((n + 1) * (successes + 1) / (n + m + 2)).clamp(lowest, highest);
    let mut chances = vec![1.0; highest - lowest + 1];
    for x in mode..highest {
        chances[x + 1 - lowest] = chances[x - lowest] * step(x);
    }
    for x in (lowest..mode).rev() {
        chances[x - lowest] = chances[x + 1 - lowest] / step(x);
    }
    // Tables as likely as the one seen count, whatever rounding says (the tolerance of R).
    let limit = chances[seen - lowest] * (1.0 + 1e-7);
    let [mut all, mut extreme] = [0.0; 2];
    for chance in chances {
        all += chance;
        extreme += if chance <= limit { chance } else { 0.0 };
    }
    extreme / all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(found: f64, expected: f64) {
        assert!((found - expected).abs() < 5e-5, "{found} against {expected}");
    }

    /// Newcombe 1998, Statistics in Medicine 17:857, table I, method 3: 81 of 263, 15 of 148, 0 of 20, 1 of 29.
    #[test]
    fn wilson_as_printed_by_newcombe() {
        for (x, n, low, high) in [
            (81, 263, 0.2553, 0.3662),
            (15, 148, 0.0624, 0.1605),
            (0, 20, 0.0, 0.1611),
            (1, 29, 0.0061, 0.1718),
        ] {
            let found = wilson(x, n);
            near(found.low, low);
            near(found.high, high);
        }
        assert_eq!(wilson(0, 0).high, 1.0);
        assert_eq!(wilson(9, 9).high, 1.0);
    }

    /// Newcombe 1998, Statistics in Medicine 17:873, table II, method 10: 56/70 − 48/80 and 10/10 − 0/20.
    #[test]
    fn newcombe_as_printed() {
        let found = newcombe(wilson(56, 70), wilson(48, 80));
        near(found.low, 0.0524);
        near(found.high, 0.3339);
        let found = newcombe(wilson(10, 10), wilson(0, 20));
        near(found.low, 0.6791);
        near(found.high, 1.0);
    }

    /// R 4.2.2: `fisher.test(matrix(c(3,1,1,3),2))` 0.4857143 (the tea taster); `matrix(c(10,2,3,15),2)` 0.0005367241.
    #[test]
    fn fisher_as_in_r() {
        assert!((fisher_exact((3, 4), (1, 4)) - 0.485_714_285_714).abs() < 1e-10);
        assert!((fisher_exact((10, 12), (3, 18)) - 0.000_536_724_1).abs() < 1e-9);
        assert_eq!(fisher_exact((0, 5), (0, 9)), 1.0);
        assert_eq!(fisher_exact((0, 0), (4, 9)), 1.0);
    }

    /// Against the chances from logarithms of factorials, over tables of many sizes.
    #[test]
    fn fisher_is_the_sum_of_the_unlikely_tables() {
        use statrs::function::factorial::ln_factorial;
        let choose = |n: usize, k: usize| {
            ln_factorial(n as u64) - ln_factorial(k as u64) - ln_factorial((n - k) as u64)
        };
        for (n, m) in [(5, 9), (40, 40), (300, 900), (1, 700)] {
            for part in 0..=12 {
                let (a, b) = (n * part / 12, m * ((part * 7 + 3) % 13) / 12);
                let chance = |x: usize| (choose(n, x) + choose(m, a + b - x) - choose(n + m, a + b)).exp();
                let tables = (a + b).saturating_sub(m)..=(a + b).min(n);
                let sum: f64 = tables.map(chance).filter(|c| *c <= chance(a) * (1.0 + 1e-7)).sum();
                let found = fisher_exact((a, n), (b, m));
                assert!((found - sum).abs() <= 1e-9 * sum + 1e-290, "{a}/{n} {b}/{m}: {found} {sum}");
            }
        }
    }
}
