//! The distribution function of τ and its inverse.
//!
//! The log density of τ is nearly a parabola or a line, so it is interpolated from the quadrature nodes
//! without new likelihoods; pieces are halved until the density itself is a Legendre series to 1e-11, which
//! is integrated term by term.

use super::grid::{Panel, TauGrid};
use super::rule::{POINTS, coefficients, interpolate, rule, series};
use crate::num::{larger, smaller};

/// Size of the last two coefficients of a piece, relative to the whole mass, above which it is halved.
const PIECE_TOLERANCE: f64 = 1e-11;
/// Most halvings of one panel.
const DEEPEST: u32 = 12;

/// A piece of a panel.
#[derive(Debug)]
struct Piece {
    panel: usize,
    /// The piece in the panel's coordinate, within [−1, 1].
    low: f64,
    high: f64,
    below: f64,
    mass: f64,
    /// Legendre series of the density over the piece's own coordinate.
    series: [f64; POINTS],
}

/// The distribution of τ, ready to be inverted.
#[derive(Debug)]
pub(crate) struct TauDistribution<'a> {
    grid: &'a TauGrid,
    pieces: Vec<Piece>,
    total: f64,
}

/// A place on the grid: a panel and the coordinate in it.
struct Place<'a> {
    panel: &'a Panel,
    coordinate: f64,
}

impl<'a> TauDistribution<'a> {
    pub(crate) fn new(grid: &'a TauGrid) -> Self {
        let mut found = Self { grid, pieces: Vec::with_capacity(4 * grid.panels.len()), total: 0.0 };
        for panel in 0..grid.panels.len() {
            found.add(panel, -1.0, 1.0, 0);
        }
        found
    }

    /// Adds a piece, halved as often as its density needs.
    fn add(&mut self, panel: usize, low: f64, high: f64, depth: u32) {
        let source = &self.grid.panels[panel];
        let scale = 0.25 * (source.high - source.low) * (high - low);
        let mut density = [0.0; POINTS];
        for (i, value) in density.iter_mut().enumerate() {
            let log = if depth == 0 {
                source.log_density[i]
            } else {
                let at = 0.5 * (low + high) + 0.5 * (high - low) * rule().nodes[i];
                interpolate(|j| source.log_density[j], at)
            };
            *value = scale * log.exp();
        }
        let series = coefficients(&density);
        let rest = series[POINTS - 1].abs() + series[POINTS - 2].abs();
        if rest > PIECE_TOLERANCE && depth < DEEPEST {
            let middle = 0.5 * (low + high);
            self.add(panel, low, middle, depth + 1);
            self.add(panel, middle, high, depth + 1);
            return;
        }
        let mass = 2.0 * series[0];
        self.pieces.push(Piece { panel, low, high, below: self.total, mass, series });
        self.total += mass;
    }

    /// Where the distribution function is `p`, by safeguarded Newton on the integrated series.
    fn locate(&self, p: f64) -> Option<Place<'_>> {
        let p = p * self.total;
        let index = self.pieces.partition_point(|piece| piece.below <= p).saturating_sub(1);
        let piece = self.pieces.get(index)?;
        let target = p - piece.below;
        let (mut low, mut high) = (-1.0, 1.0);
        let mut x = if piece.mass > 0.0 { 2.0 * target / piece.mass - 1.0 } else { 0.0 };
        x = smaller(larger(x, -1.0), 1.0);
        for _ in 0..100 {
            let (density, integral) = series(&piece.series, x);
            let error = integral - target;
            if error > 0.0 {
                high = x;
            } else {
                low = x;
            }
            let step = error / density;
            if step.abs() <= 1e-14 {
                break;
            }
            let next = x - step;
            x = if next > low && next < high { next } else { 0.5 * (low + high) };
            if high - low < 1e-16 {
                break;
            }
        }
        let coordinate = 0.5 * (piece.low + piece.high) + 0.5 * (piece.high - piece.low) * x;
        Some(Place { panel: &self.grid.panels[piece.panel], coordinate })
    }

    /// τ at a place.
    fn tau(&self, place: &Place<'_>) -> f64 {
        let (low, high) = (place.panel.low, place.panel.high);
        self.grid.scale * (0.5 * (low + high) + 0.5 * (high - low) * place.coordinate).sinh()
    }

    /// Quantile of τ.
    pub(crate) fn quantile(&self, p: f64) -> f64 {
        self.locate(p).map_or(f64::NAN, |place| self.tau(&place))
    }

    /// Quantile of τ, with the mean and standard deviation of μ given that τ.
    pub(crate) fn quantile_with_mu(&self, p: f64) -> (f64, f64, f64) {
        let Some(place) = self.locate(p) else { return (f64::NAN, f64::NAN, f64::NAN) };
        let nodes = &self.grid.nodes[place.panel.first..place.panel.first + POINTS];
        let mean = interpolate(|i| nodes[i].mu_mean, place.coordinate);
        let variance = interpolate(|i| nodes[i].mu_variance, place.coordinate);
        (self.tau(&place), mean, variance.sqrt())
    }
}
