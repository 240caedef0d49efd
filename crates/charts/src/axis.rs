//! The horizontal axis of a chart: which stretch of numbers is shown, where its round ticks lie, and where a
//! number falls in percent of the width.
//!
//! Stretch: numbers more than 2.5 scaled median absolute deviations from their median (Leys et al. 2013, J Exp Soc
//! Psychol 49:764) do not decide it; half the studies may be wild before they do. The core is the hull of no
//! difference and the other limits and point estimates, widened for summaries and for outlying points that are not
//! too far off; the stretch may exceed it by 40 % on a side for outlying limits. What is longer still is cut, and
//! drawn with an arrowhead.
//! Ticks: 5 to 8 multiples of 1, 2, 2.5 or 5 times a power of ten; on a ratio axis also the series 1-2-5 and
//! powers of two, four and ten. Left out: axes that run from right to left (charts never do) and dates.

use crate::interval::{Estimate, Interval, larger, smaller};

/// Largest magnitude an axis shows. Anything further out is cut, so that no sum on the way can overflow.
const LARGEST: f64 = 1e15;
/// Smallest stretch an axis shows.
const NARROWEST: f64 = 1e-9;
/// Distance from the median, in scaled median absolute deviations, beyond which a number is outlying.
const FENCE: f64 = 2.5;
/// How far outlying limits may push the axis, as a share of the core.
const OUTLYING_SHARE: f64 = 0.4;
/// How far summaries, and outlying point estimates, may push the axis, as a multiple of the studies' stretch.
const SUMMARY_MULTIPLE: f64 = 1.5;
/// Air at both ends, as a share of the stretch, so that no mark sits on the edge.
const AIR: f64 = 0.025;

/// How numbers spread along the axis, and what "no difference" is on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scale {
    /// Differences: evenly spread, no difference is 0.
    Difference,
    /// Ratios (risk ratio, odds ratio): spread by their logarithm, no difference is 1.
    Ratio,
}

/// Where a number falls on an axis.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Position {
    /// Inside, in percent of the width from the left.
    At(f64),
    /// Left of the axis.
    Below,
    /// Right of the axis.
    Above,
}

/// A horizontal axis. Larger numbers are always to the right.
#[derive(Debug, Clone, PartialEq)]
pub struct Axis {
    lower: f64,
    upper: f64,
    ticks: Vec<f64>,
    decimals: usize,
    scale: Scale,
    has_no_difference: bool,
}

impl Axis {
    /// An axis for the `rows` of a chart, whose outlying limits may be cut, and its `summaries` (average
    /// effect, prediction interval), which are kept whole as far as the studies stay readable. The number that
    /// means no difference is always inside. Numbers that are not finite are ignored, as are ratios that are
    /// not positive; with nothing to show the axis runs a little either side of no difference.
    pub fn fit(scale: Scale, rows: &[Estimate], summaries: &[Interval]) -> Self {
        let to_line = |x: f64| line_of(scale, x);
        let points: Vec<f64> = rows.iter().filter_map(|row| to_line(row.value)).collect();
        let limits: Vec<(f64, f64)> = rows
            .iter()
            .filter_map(|row| row.interval())
            .filter_map(|i| Some((to_line(i.lower)?, to_line(i.upper)?)))
            .collect();
        let lowers: Vec<f64> = limits.iter().map(|l| l.0).chain(points.iter().copied()).collect();
        let uppers: Vec<f64> = limits.iter().map(|l| l.1).chain(points.iter().copied()).collect();
        let whole = hull(lowers.iter().chain(&uppers).copied()).unwrap_or((0.0, 0.0));
        let inner_lower = inside_fences(&limits.iter().map(|l| l.0).collect::<Vec<_>>());
        let inner_upper = inside_fences(&limits.iter().map(|l| l.1).collect::<Vec<_>>());
        let inner_points = inside_fences(&points);
        let studies =
            hull([inner_lower, inner_upper, inner_points].iter().flatten().flat_map(|h| [h.0, h.1]))
                .unwrap_or((0.0, 0.0));
        let studies = (smaller(studies.0, 0.0), larger(studies.1, 0.0));
        let reach = SUMMARY_MULTIPLE * (studies.1 - studies.0);
        let room = if reach > 0.0 { (studies.0 - reach, studies.1 + reach) } else { (-LARGEST, LARGEST) };
        let ends = summaries
            .iter()
            .filter_map(|s| s.known())
            .filter_map(|s| Some([to_line(s.lower)?, to_line(s.upper)?]))
            .flatten()
            .map(|x| x.clamp(room.0, room.1));
        let near_points = points.iter().copied().filter(|x| *x >= room.0 && *x <= room.1);
        let core = hull(ends.chain(near_points).chain([studies.0, studies.1])).unwrap_or(studies);
        let more = OUTLYING_SHARE * (core.1 - core.0);
        let lower = smaller(core.0, larger(whole.0, core.0 - more));
        let upper = larger(core.1, smaller(whole.1, core.1 + more));
        let span = upper - lower;
        let (lower, upper) = if span < NARROWEST {
            let half = if scale == Scale::Ratio { std::f64::consts::LN_2 } else { 1.0 };
            (lower - half, upper + half)
        } else {
            (lower - AIR * span, upper + AIR * span)
        };
        match scale {
            Scale::Difference => Self::linear(lower, upper, true),
            Scale::Ratio => Self::ratio(lower.exp(), upper.exp()),
        }
    }

    /// An evenly spread axis from `lower` to `upper` exactly, without a line of no difference: shares, counts.
    /// The ends are put in order; ends that are not finite, equal, or beyond 10¹⁵ give the axis from 0 to 1.
    pub fn between(lower: f64, upper: f64) -> Self {
        let (low, high) = (smaller(lower, upper), larger(lower, upper));
        let usable = low >= -LARGEST && high <= LARGEST && high - low >= NARROWEST;
        let (low, high) = if usable { (low, high) } else { (0.0, 1.0) };
        let step = finest_step(low, high, 8);
        Self {
            lower: low,
            upper: high,
            ticks: multiples(low, high, step),
            decimals: decimals_of(step),
            scale: Scale::Difference,
            has_no_difference: false,
        }
    }

    /// An evenly spread axis from 0 to a little past `largest`, with at most five ticks: standard errors.
    pub(crate) fn from_zero(largest: f64) -> Self {
        let mut axis = Self::between(0.0, 1.05 * largest);
        let step = finest_step(axis.lower, axis.upper, 5);
        axis.ticks = multiples(axis.lower, axis.upper, step);
        axis.decimals = decimals_of(step);
        axis
    }

    /// The axis 0 to 100 with ticks at every 25.
    pub fn percentages() -> Self {
        Self {
            lower: 0.0,
            upper: 100.0,
            ticks: vec![0.0, 25.0, 50.0, 75.0, 100.0],
            decimals: 0,
            scale: Scale::Difference,
            has_no_difference: false,
        }
    }

    /// The axis of ranks 1 to `count`, half a rank of air at both ends; at most 8 of the ranks carry a tick.
    pub fn ranks(count: usize) -> Self {
        let count = count.max(1);
        let stride = count.div_ceil(8);
        Self {
            lower: 0.5,
            upper: count as f64 + 0.5,
            ticks: (1..=count).step_by(stride).map(|rank| rank as f64).collect(),
            decimals: 0,
            scale: Scale::Difference,
            has_no_difference: false,
        }
    }

    fn linear(mut lower: f64, mut upper: f64, has_no_difference: bool) -> Self {
        let step = finest_step(lower, upper, 8);
        // Steps grow by at most a factor of two, so a stretch can hold four ticks of one and nine of the next:
        // then it is widened to the nearest further tick.
        while multiples(lower, upper, step).len() < 5 {
            let below = ((lower / step).floor() - f64::from(u8::from(lower % step == 0.0))) * step;
            let above = ((upper / step).ceil() + f64::from(u8::from(upper % step == 0.0))) * step;
            if lower - below < above - upper { lower = below } else { upper = above }
        }
        Self {
            lower,
            upper,
            ticks: multiples(lower, upper, step),
            decimals: decimals_of(step),
            scale: Scale::Difference,
            has_no_difference,
        }
    }

    fn ratio(mut lower: f64, mut upper: f64) -> Self {
        loop {
            if let Some((ticks, decimals)) = ratio_ticks(lower, upper) {
                return Self { lower, upper, ticks, decimals, scale: Scale::Ratio, has_no_difference: true };
            }
            lower /= 1.25;
            upper *= 1.25;
        }
    }

    /// The smallest number shown.
    pub fn lower(&self) -> f64 {
        self.lower
    }

    /// The largest number shown.
    pub fn upper(&self) -> f64 {
        self.upper
    }

    /// The round numbers that carry a tick, increasing.
    pub fn ticks(&self) -> &[f64] {
        &self.ticks
    }

    /// How many decimals the labels of the ticks need.
    pub fn decimals(&self) -> usize {
        self.decimals
    }

    /// How numbers spread along the axis.
    pub fn scale(&self) -> Scale {
        self.scale
    }

    /// The number that means no difference (0, or 1 for ratios), when this axis has one.
    pub fn no_difference(&self) -> Option<f64> {
        self.has_no_difference.then_some(match self.scale {
            Scale::Difference => 0.0,
            Scale::Ratio => 1.0,
        })
    }

    /// Where no difference lies, in percent of the width; `None` for an axis without such a line.
    pub fn no_difference_percent(&self) -> Option<f64> {
        self.no_difference().map(|x| self.percent(x))
    }

    /// Where `x` falls; `None` when it is not finite, or not positive on a ratio axis.
    pub fn position(&self, x: f64) -> Option<Position> {
        let here = line_of(self.scale, x)?;
        let (lower, upper) = (line_of(self.scale, self.lower)?, line_of(self.scale, self.upper)?);
        let percent = (here - lower) / (upper - lower) * 100.0;
        Some(if percent < 0.0 {
            Position::Below
        } else if percent > 100.0 {
            Position::Above
        } else {
            Position::At(percent)
        })
    }

    /// Percent of the width from the left, 0 to 100; a number off the axis is put on the nearer edge. A number
    /// that has no place on the axis is put on the left edge: test it with [`Axis::position`] first.
    pub fn percent(&self, x: f64) -> f64 {
        match self.position(x) {
            Some(Position::At(percent)) => percent,
            Some(Position::Above) => 100.0,
            Some(Position::Below) | None => 0.0,
        }
    }
}

/// `x` on the line along which the axis is evenly spread.
fn line_of(scale: Scale, x: f64) -> Option<f64> {
    if !x.is_finite() {
        return None;
    }
    match scale {
        Scale::Difference => Some(x.clamp(-LARGEST, LARGEST)),
        Scale::Ratio => (x > 0.0).then(|| x.clamp(1.0 / LARGEST, LARGEST).ln()),
    }
}

fn hull(numbers: impl IntoIterator<Item = f64>) -> Option<(f64, f64)> {
    numbers.into_iter().fold(None, |hull, x| match hull {
        None => Some((x, x)),
        Some((low, high)) => Some((smaller(low, x), larger(high, x))),
    })
}

/// Smallest and largest of the numbers that are not outlying.
fn inside_fences(numbers: &[f64]) -> Option<(f64, f64)> {
    let centre = median(numbers)?;
    let distances: Vec<f64> = numbers.iter().map(|x| (x - centre).abs()).collect();
    // 1.4826 makes the median absolute deviation, and 1.2533 the mean one, equal the standard deviation of a normal
    // sample; the mean stands in when more than half of the numbers are the same.
    let spread = match median(&distances)? {
        0.0 => 1.2533 * distances.iter().sum::<f64>() / distances.len() as f64,
        deviation => 1.4826 * deviation,
    };
    hull(numbers.iter().copied().filter(|x| (x - centre).abs() <= FENCE * spread))
}

fn median(numbers: &[f64]) -> Option<f64> {
    let mut sorted = numbers.to_vec();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    let upper = *sorted.get(middle)?;
    if sorted.len() % 2 == 1 { Some(upper) } else { Some(f64::midpoint(*sorted.get(middle - 1)?, upper)) }
}

/// The finest round step with at most `most` multiples between `lower` and `upper`.
fn finest_step(lower: f64, upper: f64, most: u8) -> f64 {
    let span = upper - lower;
    let mut exponent = (span / f64::from(most)).log10().floor() as i32 - 1;
    loop {
        for mantissa in [1.0, 2.0, 2.5, 5.0] {
            let step = scaled(mantissa, exponent);
            if span / step < f64::from(most) + 1.0 && multiples(lower, upper, step).len() <= usize::from(most)
            {
                return step;
            }
        }
        exponent += 1;
    }
}

/// `mantissa` times ten to `exponent`, exact for whole results and correctly rounded for the rest.
fn scaled(mantissa: f64, exponent: i32) -> f64 {
    if exponent >= 0 { mantissa * 10f64.powi(exponent) } else { mantissa / 10f64.powi(-exponent) }
}

/// The multiples of `step` from `lower` to `upper`.
fn multiples(lower: f64, upper: f64, step: f64) -> Vec<f64> {
    let slack = 1e-9;
    let first = (lower / step - slack).ceil() as i64;
    let last = (upper / step + slack).floor() as i64;
    (first..=last).map(|i| if i == 0 { 0.0 } else { i as f64 * step }).collect()
}

/// Decimals that print `step`, and so every multiple of it, in full.
pub(crate) fn decimals_of(step: f64) -> usize {
    (0..=12)
        .find(|&d| {
            let shifted = step * 10f64.powi(d);
            (shifted - shifted.round()).abs() < 1e-6 * shifted
        })
        .map_or(12, |d| d as usize)
}

/// 5 to 8 round ratios from `lower` to `upper`, 1 among them, with the decimals that print them.
fn ratio_ticks(lower: f64, upper: f64) -> Option<(Vec<f64>, usize)> {
    let powers = |base: f64| -> Vec<f64> { (-60..=60).map(|e| base.powi(e)).collect() };
    let mut candidates: Vec<Vec<f64>> = Vec::new();
    if upper / lower < 16.0 {
        for step in [0.01, 0.02, 0.05, 0.1, 0.2, 0.25, 0.5, 1.0] {
            if (upper - lower) / step < 9.0 {
                candidates.push(multiples(lower, upper, step));
            }
        }
    }
    candidates.push((-16..=16).flat_map(|e| [1.0, 2.0, 5.0].map(|m| scaled(m, e))).collect());
    candidates.extend([powers(2.0), powers(4.0), powers(10.0), powers(100.0), powers(1000.0), powers(1e5)]);
    candidates.into_iter().find_map(|ticks| {
        let inside: Vec<f64> = ticks
            .into_iter()
            .filter(|t| *t > 0.0 && *t >= lower * (1.0 - 1e-9) && *t <= upper * (1.0 + 1e-9))
            .collect();
        let has_one = inside.iter().any(|t| (t - 1.0).abs() < 1e-9);
        let decimals = inside.iter().map(|t| decimals_of(*t)).max()?;
        (has_one && (5..=8).contains(&inside.len())).then_some((inside, decimals))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn trials() -> Vec<Estimate> {
        [
            (-0.34, -0.83, 0.15),
            (-4.55, -16.7, 7.6),
            (7.29, -8.0, 22.5),
            (16.7, -7.7, 41.2),
            (17.5, -14.7, 49.8),
            (37.5, -1.1, 76.2),
            (66.6, -42.2, 175.3),
        ]
        .map(|(v, l, u)| Estimate::new(v, l, u))
        .to_vec()
    }

    #[test]
    fn an_outlying_limit_is_cut_and_its_neighbours_are_not() {
        let axis = Axis::fit(Scale::Difference, &trials(), &[Interval::new(-6.4, 13.5)]);
        assert_eq!(axis.position(175.3), Some(Position::Above));
        assert!(matches!(axis.position(-42.2), Some(Position::At(_))));
        assert!(matches!(axis.position(76.2), Some(Position::At(_))));
        assert!(matches!(axis.position(66.6), Some(Position::At(_))));
        assert!(axis.ticks().contains(&0.0) && axis.ticks().contains(&-20.0), "{:?}", axis.ticks());
    }

    #[test]
    fn wild_studies_do_not_squeeze_the_rest() {
        let mut rows =
            vec![Estimate::new(2.0, -1.0, 5.0), Estimate::new(4.0, 2.0, 6.0), Estimate::new(1.0, -3.0, 5.0)];
        rows.extend([Estimate::new(9.0, 2.5, 15.5), Estimate::new(3.0, -1.0, 7.0)]);
        rows.extend([Estimate::new(2000.0, -5840.0, 9840.0), Estimate::new(-3000.0, -3020.0, -2980.0)]);
        let axis = Axis::fit(Scale::Difference, &rows, &[Interval::new(1.2, 5.8)]);
        assert!(axis.upper() - axis.lower() < 60.0, "{axis:?}");
        assert_eq!(axis.position(-2980.0), Some(Position::Below));
    }

    #[test]
    fn a_summary_far_wider_than_its_studies_is_cut() {
        let rows = [Estimate::new(2.0, 1.0, 3.0), Estimate::new(3.0, 2.0, 4.0)];
        let axis = Axis::fit(Scale::Difference, &rows, &[Interval::new(-900.0, 900.0)]);
        assert!(axis.upper() - axis.lower() < 20.0, "{axis:?}");
    }

    #[test]
    fn nothing_to_show_is_still_an_axis() {
        for scale in [Scale::Difference, Scale::Ratio] {
            let axis = Axis::fit(scale, &[], &[]);
            assert!((5..=8).contains(&axis.ticks().len()));
            assert!((axis.no_difference_percent().unwrap() - 50.0).abs() < 1e-9);
        }
    }

    #[test]
    fn ranks_and_percentages() {
        let axis = Axis::ranks(7);
        assert!((axis.percent(1.0) - 100.0 / 14.0).abs() < 1e-9);
        assert_eq!(axis.ticks().len(), 7);
        assert_eq!(Axis::ranks(14).ticks().len(), 7);
        assert_eq!(Axis::percentages().percent(25.0), 25.0);
        assert!(Axis::percentages().no_difference().is_none());
        assert_eq!(Axis::between(f64::NAN, 3.0).upper(), 1.0);
    }

    #[test]
    fn ratios_spread_by_their_logarithm() {
        let rows = [Estimate::new(0.5, 0.25, 1.0), Estimate::new(0.4, 0.1, 1.5)];
        let axis = Axis::fit(Scale::Ratio, &rows, &[]);
        let step = axis.percent(1.0) - axis.percent(0.5);
        assert!((axis.percent(0.5) - axis.percent(0.25) - step).abs() < 1e-9);
        assert!(axis.position(-1.0).is_none());
        assert!(axis.ticks().iter().any(|t| (t - 1.0).abs() < 1e-9));
    }

    proptest! {
        #[test]
        fn every_axis_has_five_to_eight_ticks_and_holds_no_difference(
            rows in proptest::collection::vec((-1e6..1e6f64, 1e-4..1e6f64), 0..12),
            power in -8..8i32,
        ) {
            let unit = 10f64.powi(power);
            let rows: Vec<Estimate> =
                rows.iter().map(|(v, h)| Estimate::new(v * unit, (v - h) * unit, (v + h) * unit)).collect();
            let axis = Axis::fit(Scale::Difference, &rows, &[]);
            prop_assert!((5..=8).contains(&axis.ticks().len()), "{:?}", axis);
            prop_assert!(axis.lower() <= 0.0 && axis.upper() >= 0.0);
            prop_assert!(axis.ticks().windows(2).all(|w| w[0] < w[1]));
            for tick in axis.ticks() {
                prop_assert!(matches!(axis.position(*tick), Some(Position::At(_))) || axis.percent(*tick) % 100.0 == 0.0);
            }
        }

        #[test]
        fn position_is_monotone(a in -1e9..1e9f64, b in -1e9..1e9f64) {
            let axis = Axis::fit(Scale::Difference, &trials(), &[]);
            let (low, high) = (smaller(a, b), larger(a, b));
            prop_assert!(axis.percent(low) <= axis.percent(high));
            prop_assert!((0.0..=100.0).contains(&axis.percent(a)));
        }

        #[test]
        fn ratio_axes_end(logs in proptest::collection::vec((-12.0..12.0f64, 1e-3..6.0f64), 0..10)) {
            let rows: Vec<Estimate> = logs
                .iter()
                .map(|(m, h)| Estimate::new(m.exp(), (m - h).exp(), (m + h).exp()))
                .collect();
            let axis = Axis::fit(Scale::Ratio, &rows, &[]);
            prop_assert!((5..=8).contains(&axis.ticks().len()));
            prop_assert!(axis.lower() <= 1.0 && axis.upper() >= 1.0);
        }
    }
}
