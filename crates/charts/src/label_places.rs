//! Where the labels of points go so that none covers another label or another point.
//!
//! Greedy: crowded points choose first among eight directions at three distances; a label that fits nowhere is
//! left out, and the table beside the plot carries it. Left out: moving labels already placed.

use crate::interval::{larger, smaller};

const SIZE: f64 = 12.0;
const DISTANCES: [f64; 3] = [8.0, 17.0, 28.0];
/// Directions in order of preference: right, left, then the diagonals, then straight above and below.
const DIRECTIONS: [(f64, f64); 8] =
    [(1.0, 0.0), (-1.0, 0.0), (0.8, -0.8), (0.8, 0.8), (-0.8, -0.8), (-0.8, 0.8), (0.0, -1.3), (0.0, 1.4)];

/// A label's place: its anchor point, baseline, and whether a line should lead back to the point.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Place {
    pub(crate) x: f64,
    pub(crate) y: f64,
    pub(crate) anchor: &'static str,
    pub(crate) needs_leader: bool,
}

/// A rectangle: left, top, right, bottom.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Frame(pub(crate) f64, pub(crate) f64, pub(crate) f64, pub(crate) f64);

impl Frame {
    fn overlaps(self, other: Self) -> bool {
        self.0 < other.2 && other.0 < self.2 && self.1 < other.3 && other.1 < self.3
    }

    fn holds(self, other: Self) -> bool {
        self.0 <= other.0 && self.1 <= other.1 && self.2 >= other.2 && self.3 >= other.3
    }

    /// Whether a disc overlaps the rectangle.
    fn touches(self, centre: (f64, f64), radius: f64) -> bool {
        let dx = centre.0 - centre.0.clamp(self.0, self.2);
        let dy = centre.1 - centre.1.clamp(self.1, self.3);
        dx.hypot(dy) < radius
    }
}

/// A place for each label of the given width, inside `bounds`, or `None`. `points` and `widths` run in parallel;
/// a label of width 0 asks for no place.
pub(crate) fn place_labels(
    points: &[(f64, f64)],
    widths: &[f64],
    radius: f64,
    bounds: Frame,
) -> Vec<Option<Place>> {
    let nearest = |i: usize| {
        points
            .iter()
            .enumerate()
            .filter(|(j, _)| *j != i)
            .map(|(_, p)| (p.0 - points[i].0).hypot(p.1 - points[i].1))
            .fold(1e9, smaller)
    };
    let mut order: Vec<(f64, usize)> = (0..points.len()).map(|i| (nearest(i), i)).collect();
    order.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let mut taken: Vec<Frame> = Vec::new();
    let mut places = vec![None; points.len()];
    for (_, i) in order {
        let Some(width) = widths.get(i).copied().filter(|w| *w > 0.0) else { continue };
        let found = candidates(points[i], width).find(|(_, frame)| {
            bounds.holds(*frame)
                && !taken.iter().any(|t| t.overlaps(*frame))
                && !points.iter().any(|p| frame.touches(*p, radius + 1.0))
        });
        if let Some((place, frame)) = found {
            taken.push(frame);
            places[i] = Some(place);
        }
    }
    places
}

fn candidates(point: (f64, f64), width: f64) -> impl Iterator<Item = (Place, Frame)> {
    DISTANCES.into_iter().flat_map(move |distance| {
        DIRECTIONS.into_iter().map(move |(across, down)| {
            let x = point.0 + across * distance;
            let y = point.1 + 4.0 + down * larger(distance, 10.0);
            let (anchor, left) = match across {
                a if a > 0.0 => ("start", x),
                a if a < 0.0 => ("end", x - width),
                _ => ("middle", x - width / 2.0),
            };
            let frame = Frame(left, y - 0.8 * SIZE, left + width, y + 0.25 * SIZE);
            (Place { x, y, anchor, needs_leader: distance > DISTANCES[0] }, frame)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_lone_point_is_labelled_on_its_right_and_at_the_edge_on_its_left() {
        let bounds = Frame(0.0, 0.0, 300.0, 200.0);
        let place = place_labels(&[(100.0, 100.0), (295.0, 50.0)], &[50.0, 50.0], 4.5, bounds);
        assert_eq!(place[0].unwrap().anchor, "start");
        assert_eq!(place[1].unwrap().anchor, "end");
    }

    proptest! {
        #[test]
        fn labels_never_overlap(points in proptest::collection::vec((0.0..300.0f64, 0.0..200.0f64), 0..40)) {
            let widths = vec![60.0; points.len()];
            let places = place_labels(&points, &widths, 4.5, Frame(0.0, 0.0, 300.0, 200.0));
            let frames: Vec<Frame> = places
                .iter()
                .flatten()
                .map(|p| {
                    let left = match p.anchor { "start" => p.x, "end" => p.x - 60.0, _ => p.x - 30.0 };
                    Frame(left, p.y - 9.6, left + 60.0, p.y + 3.0)
                })
                .collect();
            for (i, a) in frames.iter().enumerate() {
                prop_assert!(frames.iter().skip(i + 1).all(|b| !a.overlaps(*b)));
                prop_assert!(points.iter().all(|p| !a.touches(*p, 4.5)));
            }
        }
    }
}
