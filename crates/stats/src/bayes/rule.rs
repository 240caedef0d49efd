//! The 32-point Gauss–Legendre rule and Legendre polynomials on [−1, 1].

use std::sync::OnceLock;

/// Points of the rule.
pub(crate) const POINTS: usize = 32;

/// Nodes, weights, barycentric weights, and the Legendre polynomials at the nodes.
#[derive(Debug)]
pub(crate) struct Rule {
    pub nodes: [f64; POINTS],
    pub weights: [f64; POINTS],
    pub barycentric: [f64; POINTS],
    /// `legendre[i][l]` = P_l(nodes[i]).
    pub legendre: [[f64; POINTS]; POINTS],
}

/// P_0..P_32 at x.
pub(crate) fn legendre_at(x: f64) -> [f64; POINTS + 1] {
    let mut p = [1.0; POINTS + 1];
    p[1] = x;
    for l in 1..POINTS {
        let lf = l as f64;
        p[l + 1] = ((2.0 * lf + 1.0) * x * p[l] - lf * p[l - 1]) / (lf + 1.0);
    }
    p
}

/// The rule, computed once by Newton on P_32.
pub(crate) fn rule() -> &'static Rule {
    static RULE: OnceLock<Rule> = OnceLock::new();
    RULE.get_or_init(|| {
        let n = POINTS as f64;
        let mut made = Rule {
            nodes: [0.0; POINTS],
            weights: [0.0; POINTS],
            barycentric: [0.0; POINTS],
            legendre: [[0.0; POINTS]; POINTS],
        };
        for i in 0..POINTS {
            let mut x = -(std::f64::consts::PI * (i as f64 + 0.75) / (n + 0.5)).cos();
            let mut slope = 1.0;
            for _ in 0..20 {
                let p = legendre_at(x);
                slope = n * (x * p[POINTS] - p[POINTS - 1]) / (x * x - 1.0);
                let step = p[POINTS] / slope;
                x -= step;
                if step.abs() < 1e-16 {
                    break;
                }
            }
            let weight = 2.0 / ((1.0 - x * x) * slope * slope);
            made.nodes[i] = x;
            made.weights[i] = weight;
            let sign = if i % 2 == 0 { 1.0 } else { -1.0 };
            made.barycentric[i] = sign * ((1.0 - x * x) * weight).sqrt();
            made.legendre[i].copy_from_slice(&legendre_at(x)[..POINTS]);
        }
        made
    })
}

/// Value at `x` of the polynomial through `values` at the nodes.
pub(crate) fn interpolate(values: impl Fn(usize) -> f64, x: f64) -> f64 {
    let rule = rule();
    let (mut numerator, mut denominator) = (0.0, 0.0);
    for i in 0..POINTS {
        let distance = x - rule.nodes[i];
        if distance == 0.0 {
            return values(i);
        }
        let share = rule.barycentric[i] / distance;
        numerator += share * values(i);
        denominator += share;
    }
    numerator / denominator
}

/// Legendre coefficients of the polynomial through `values` at the nodes.
pub(crate) fn coefficients(values: &[f64; POINTS]) -> [f64; POINTS] {
    let rule = rule();
    let mut c = [0.0; POINTS];
    for ((value, weight), row) in values.iter().zip(&rule.weights).zip(&rule.legendre) {
        let scaled = value * weight;
        for (entry, p) in c.iter_mut().zip(row) {
            *entry += scaled * p;
        }
    }
    for (l, entry) in c.iter_mut().enumerate() {
        *entry *= l as f64 + 0.5;
    }
    c
}

/// Value, and integral from −1, at `x` of the Legendre series `c`.
pub(crate) fn series(c: &[f64; POINTS], x: f64) -> (f64, f64) {
    let p = legendre_at(x);
    let mut value = c[0];
    let mut integral = c[0] * (x + 1.0);
    for l in 1..POINTS {
        value += c[l] * p[l];
        integral += c[l] * (p[l + 1] - p[l - 1]) / (2.0 * l as f64 + 1.0);
    }
    (value, integral)
}
