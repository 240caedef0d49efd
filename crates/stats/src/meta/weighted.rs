//! Weighted least squares of y on a design, for any τ²: sums, traces and likelihoods of
//! P = W − W X (XᵀWX)⁻¹ XᵀW.
//!
//! The design is orthonormalised under the weights (modified Gram–Schmidt, run twice), U = W^½ X R⁻¹, so
//! that h = diag(UUᵀ) and, for diagonal A and B, tr(P A P B) = Σ w²ab(1 − 2h) + tr[(UᵀWAU)(UᵀWBU)]:
//! every trace costs O(k p²). With an intercept alone U = √(w/Σw), and [`MeanModel`] needs no memory.

use crate::distributions::LN_TWO_PI;
use crate::num::larger;

/// Fixed weights under which a moment estimator is computed.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Weights {
    /// All one.
    Unit,
    /// 1/(v + t).
    Inverse(f64),
}

impl Weights {
    /// The weight of a study with sampling variance `v`.
    #[inline]
    pub(crate) fn of(self, v: f64) -> f64 {
        match self {
            Self::Unit => 1.0,
            Self::Inverse(t) => 1.0 / (v + t),
        }
    }
}

/// Quantities at one τ² that the iterative estimators need.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Score {
    /// yᵀPy: the residual sum of squares under weights 1/(v + τ²).
    pub rss: f64,
    /// yᵀPPy.
    pub ypp: f64,
    /// yᵀPPPy.
    pub yppp: f64,
    /// tr W.
    pub sum_w: f64,
    /// tr W².
    pub sum_w2: f64,
    /// tr P.
    pub trace_p: f64,
    /// tr PP.
    pub trace_pp: f64,
}

/// Residual sum of squares and traces under fixed weights.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Moments {
    /// The fitted mean; NaN for a design with other columns.
    pub mu: f64,
    /// yᵀPy.
    pub rss: f64,
    /// tr P.
    pub trace_p: f64,
    /// tr(PV), V the sampling variances.
    pub trace_pv: f64,
    pub sum_w: f64,
}

/// Second-order traces under fixed weights: tr(PVPV), tr(PVP), tr(PP).
#[derive(Debug, Clone, Copy)]
pub(crate) struct Traces {
    pub pvpv: f64,
    pub pvp: f64,
    pub pp: f64,
}

/// Log-likelihoods with every constant.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LogLikelihood {
    /// −½[k ln 2π + Σ ln(v + τ²) + yᵀPy].
    pub full: f64,
    /// −½[(k − p) ln 2π + Σ ln(v + τ²) + ln|XᵀWX| − ln|XᵀX| + yᵀPy].
    pub restricted: f64,
}

/// A linear model whose τ² can be estimated.
pub(crate) trait Model {
    fn estimates(&self) -> &[f64];
    fn variances(&self) -> &[f64];
    fn columns(&self) -> usize;
    fn score(&mut self, tau2: f64) -> Score;
    fn moments(&mut self, weights: Weights) -> Moments;
    fn traces(&mut self, weights: Weights) -> Traces;
    fn log_likelihood(&mut self, tau2: f64) -> LogLikelihood;
    fn studies(&self) -> usize {
        self.estimates().len()
    }
}

/// Weighted mean and the sum of the weights under weights `w`.
#[inline]
pub(crate) fn weighted_mean(y: &[f64], v: &[f64], weights: Weights) -> (f64, f64) {
    let mut sum = 0.0;
    let mut sum_y = 0.0;
    for (yi, vi) in y.iter().zip(v) {
        let w = weights.of(*vi);
        sum += w;
        sum_y += w * yi;
    }
    (sum_y / sum, sum)
}

/// The intercept-only model. Sums run once over the studies, estimates taken from `centre`; when the
/// weighted mean turns out to lie far from it, compared with the spread, the centre moves there and the
/// sums are taken again, so that no digits cancel.
#[derive(Debug, Clone, Copy)]
pub(crate) struct MeanModel<'a> {
    y: &'a [f64],
    v: &'a [f64],
    centre: f64,
}

/// Squared distance of the mean from the centre, relative to the weighted spread, beyond which the sums
/// are taken again: fewer than two digits are lost below it.
const FAR_FROM_CENTRE: f64 = 64.0;

impl<'a> MeanModel<'a> {
    /// The mean of `y`, sampling variances `v`.
    pub(crate) fn new(y: &'a [f64], v: &'a [f64]) -> Self {
        Self::centred(y, v, crate::num::mean(y))
    }

    /// The same, with a centre that is expected to be near the mean.
    pub(crate) fn centred(y: &'a [f64], v: &'a [f64], centre: f64) -> Self {
        Self { y, v, centre }
    }

    /// Whether the centre was far from `centre + shift`; moves it there.
    #[inline]
    fn recentre(&mut self, shift: f64, shift_weight: f64, rss: f64) -> bool {
        let far = shift_weight > FAR_FROM_CENTRE * rss && self.centre + shift != self.centre;
        self.centre += shift;
        far
    }

    /// The score from sums about the current centre, and whether that centre was too far off.
    #[inline]
    fn score_from_centre(&mut self, tau2: f64) -> (Score, bool) {
        let sums = PowerSums::over(self.y, self.v, tau2, self.centre);
        let (score, shift) = sums.score();
        let far = self.recentre(shift, shift * sums.s1y, score.rss);
        (score, far)
    }
}

/// Sums of powers of the weights times powers of d = y − centre: `s2y` is Σw²d, and so on.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct PowerSums {
    pub s1: f64,
    /// Σ w_i·w_j over pairs i < j: tr P is 2·pairs/Σw, without the cancellation of Σw − Σw²/Σw.
    pub pairs: f64,
    pub s2: f64,
    pub s3: f64,
    pub s1y: f64,
    pub s2y: f64,
    pub s3y: f64,
    pub s1yy: f64,
    pub s2yy: f64,
    pub s3yy: f64,
}

impl PowerSums {
    /// The sums over all studies at τ².
    #[inline]
    pub(crate) fn over(y: &[f64], v: &[f64], tau2: f64, centre: f64) -> Self {
        let mut sums = Self::default();
        for (yi, vi) in y.iter().zip(v) {
            let w = 1.0 / (vi + tau2);
            sums.pairs += w * sums.s1;
            sums.add(yi - centre, w, 1.0);
        }
        sums
    }

    /// Adds `sign` times one study to all but the pairs.
    #[inline]
    fn add(&mut self, d: f64, w: f64, sign: f64) {
        let signed = sign * w;
        let (w2, wd) = (signed * w, signed * d);
        let w2d = w * wd;
        self.s1 += signed;
        self.s2 += w2;
        self.s3 += w2 * w;
        self.s1y += wd;
        self.s2y += w2d;
        self.s3y += w * w2d;
        self.s1yy += wd * d;
        self.s2yy += w2d * d;
        self.s3yy += w * w2d * d;
    }

    /// The sums without one study.
    #[inline]
    pub(crate) fn without(mut self, d: f64, w: f64) -> Self {
        self.add(d, w, -1.0);
        self.pairs -= w * self.s1;
        self
    }

    /// The score, and the distance of the weighted mean from the centre.
    #[inline]
    pub(crate) fn score(&self) -> (Score, f64) {
        let s = self;
        let shift = s.s1y / s.s1;
        let ratio = s.s2 / s.s1;
        // u = Py = w(y − μ); uᵀPu = Σwu² − (Σwu)²/Σw
        let projected = s.s2y - shift * s.s2;
        let score = Score {
            rss: larger(0.0, s.s1yy - shift * s.s1y),
            ypp: larger(0.0, s.s2yy - shift * (2.0 * s.s2y - shift * s.s2)),
            yppp: s.s3yy - shift * (2.0 * s.s3y - shift * s.s3) - projected * projected / s.s1,
            sum_w: s.s1,
            sum_w2: s.s2,
            trace_p: 2.0 * s.pairs / s.s1,
            trace_pp: s.s2 - 2.0 * s.s3 / s.s1 + ratio * ratio,
        };
        (score, shift)
    }
}

impl Model for MeanModel<'_> {
    fn estimates(&self) -> &[f64] {
        self.y
    }

    fn variances(&self) -> &[f64] {
        self.v
    }

    fn columns(&self) -> usize {
        1
    }

    #[inline]
    fn score(&mut self, tau2: f64) -> Score {
        let (score, far) = self.score_from_centre(tau2);
        // The centre is now the mean itself.
        if far { self.score_from_centre(tau2).0 } else { score }
    }

    #[inline]
    fn moments(&mut self, weights: Weights) -> Moments {
        let (mut s1, mut pairs, mut s1y, mut s1yy) = (0.0, 0.0, 0.0, 0.0);
        let (mut wv, mut pairs_v) = (0.0, 0.0);
        let centre = self.centre;
        for (yi, vi) in self.y.iter().zip(self.v) {
            let w = weights.of(*vi);
            let d = yi - centre;
            let wd = w * d;
            let own_v = w * vi;
            pairs += w * s1;
            pairs_v += own_v * s1 + w * wv;
            s1 += w;
            wv += own_v;
            s1y += wd;
            s1yy += wd * d;
        }
        let shift = s1y / s1;
        let mu = centre + shift;
        let mut rss = larger(0.0, s1yy - shift * s1y);
        if self.recentre(shift, shift * s1y, rss) {
            rss = self.y.iter().zip(self.v).map(|(y, v)| weights.of(*v) * (y - mu) * (y - mu)).sum();
        }
        Moments { mu, rss, trace_p: 2.0 * pairs / s1, trace_pv: pairs_v / s1, sum_w: s1 }
    }

    fn traces(&mut self, weights: Weights) -> Traces {
        let w: Vec<f64> = self.v.iter().map(|v| weights.of(*v)).collect();
        let total: f64 = w.iter().sum();
        // p_ii = w_i·(Σw − w_i)/Σw, the bracket as a sum of the others; p_ij = −w_i·w_j/Σw.
        let mut others = vec![0.0; w.len()];
        let mut before = 0.0;
        for (rest, w) in others.iter_mut().zip(&w) {
            *rest = before;
            before += w;
        }
        let mut after = 0.0;
        for (rest, w) in others.iter_mut().zip(&w).rev() {
            *rest += after;
            after += w;
        }
        let (mut pvpv, mut pvp, mut pp) = (0.0, 0.0, 0.0);
        let (mut squares, mut squares_v) = (0.0, 0.0);
        for ((w, v), rest) in w.iter().zip(self.v).zip(&others) {
            let own = w * rest / total;
            let (square, square_v) = ((w / total) * w, (w / total) * (w * v));
            pp += own * own + 2.0 * square * squares;
            pvp += own * (own * v) + square * squares_v + square_v * squares;
            pvpv += (own * v) * (own * v) + 2.0 * square_v * squares_v;
            squares += square;
            squares_v += square_v;
        }
        Traces { pvpv, pvp, pp }
    }

    fn log_likelihood(&mut self, tau2: f64) -> LogLikelihood {
        let (mu, s1) = weighted_mean(self.y, self.v, Weights::Inverse(tau2));
        let mut sum = 0.0;
        for (yi, vi) in self.y.iter().zip(self.v) {
            let variance = vi + tau2;
            sum += variance.ln() + (yi - mu) * (yi - mu) / variance;
        }
        let k = self.y.len() as f64;
        LogLikelihood {
            full: -0.5 * (k * LN_TWO_PI + sum),
            restricted: -0.5 * ((k - 1.0) * LN_TWO_PI + sum + s1.ln() - k.ln()),
        }
    }
}

/// A model with a design matrix of full column rank, held by columns.
#[derive(Debug, Clone)]
pub(crate) struct RegressionModel<'a> {
    y: &'a [f64],
    v: &'a [f64],
    columns: Vec<Vec<f64>>,
    log_det_xx: f64,
}

/// A weighted fit: the orthonormal basis and what follows from it.
#[derive(Debug, Clone)]
pub(crate) struct Fit {
    /// Weights.
    pub w: Vec<f64>,
    /// Orthonormal basis of W^½X, by columns.
    pub basis: Vec<Vec<f64>>,
    /// Upper triangular R with W^½X = UR: `r[j][l]` for l ≤ j is the coefficient of basis l in column j.
    pub r: Vec<Vec<f64>>,
    /// Leverages h.
    pub hat: Vec<f64>,
    /// Residuals y − Xb.
    pub residuals: Vec<f64>,
    /// Coefficients b.
    pub coefficients: Vec<f64>,
    /// Σ w e².
    pub rss: f64,
}

/// Orthonormalises scaled columns by modified Gram–Schmidt run twice.
pub(crate) fn orthonormalise(columns: &[Vec<f64>], root_w: &[f64]) -> (Vec<Vec<f64>>, Vec<Vec<f64>>) {
    let mut basis: Vec<Vec<f64>> = Vec::with_capacity(columns.len());
    let mut r = Vec::with_capacity(columns.len());
    for column in columns {
        let mut current: Vec<f64> = column.iter().zip(root_w).map(|(x, s)| x * s).collect();
        let mut row = vec![0.0; basis.len() + 1];
        for _ in 0..2 {
            for (l, unit) in basis.iter().enumerate() {
                let projection = dot(unit, &current);
                row[l] += projection;
                for (c, u) in current.iter_mut().zip(unit) {
                    *c -= projection * u;
                }
            }
        }
        let norm = dot(&current, &current).sqrt();
        row[basis.len()] = norm;
        if norm > 0.0 {
            for c in &mut current {
                *c /= norm;
            }
        }
        basis.push(current);
        r.push(row);
    }
    (basis, r)
}

/// Inner product in input order.
#[inline]
pub(crate) fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

impl Fit {
    /// Fits y on the columns under weights `w`.
    pub(crate) fn new(y: &[f64], columns: &[Vec<f64>], w: Vec<f64>) -> Self {
        let root_w: Vec<f64> = w.iter().map(|w| w.sqrt()).collect();
        let (basis, r) = orthonormalise(columns, &root_w);
        let mut z: Vec<f64> = y.iter().zip(&root_w).map(|(y, s)| y * s).collect();
        let mut rotated = vec![0.0; basis.len()];
        for _ in 0..2 {
            for (l, unit) in basis.iter().enumerate() {
                let projection = dot(unit, &z);
                rotated[l] += projection;
                for (zi, u) in z.iter_mut().zip(unit) {
                    *zi -= projection * u;
                }
            }
        }
        let rss = dot(&z, &z);
        let residuals: Vec<f64> = z.iter().zip(&root_w).map(|(z, s)| z / s).collect();
        let mut hat = vec![0.0; y.len()];
        for unit in &basis {
            for (h, u) in hat.iter_mut().zip(unit) {
                *h += u * u;
            }
        }
        let coefficients = solve_upper(&r, &rotated);
        Self { w, basis, r, hat, residuals, coefficients, rss }
    }

    /// UᵀWAU for diagonal A.
    fn inner(&self, a: impl Fn(usize) -> f64) -> Vec<Vec<f64>> {
        let p = self.basis.len();
        let mut b = vec![vec![0.0; p]; p];
        for (i, w) in self.w.iter().enumerate() {
            let weight = w * a(i);
            for (j, row) in b.iter_mut().enumerate() {
                let scaled = weight * self.basis[j][i];
                for (l, entry) in row.iter_mut().enumerate() {
                    *entry += scaled * self.basis[l][i];
                }
            }
        }
        b
    }

    /// tr(P A P B) for diagonal A and B.
    fn trace(&self, a: impl Fn(usize) -> f64, b: impl Fn(usize) -> f64) -> f64 {
        let (left, right) = (self.inner(&a), self.inner(&b));
        let mut sum = 0.0;
        for (i, w) in self.w.iter().enumerate() {
            sum += w * w * a(i) * b(i) * (1.0 - 2.0 * self.hat[i]);
        }
        for (j, row) in left.iter().enumerate() {
            for (l, entry) in row.iter().enumerate() {
                sum += entry * right[l][j];
            }
        }
        sum
    }

    /// ln|XᵀWX|.
    fn log_det(&self) -> f64 {
        self.r.iter().map(|row| 2.0 * row[row.len() - 1].ln()).sum()
    }

    /// (XᵀWX)⁻¹, row-major.
    pub(crate) fn covariance(&self) -> Vec<Vec<f64>> {
        let p = self.r.len();
        let inverse: Vec<Vec<f64>> = (0..p)
            .map(|l| {
                let mut unit = vec![0.0; p];
                unit[l] = 1.0;
                solve_upper(&self.r, &unit)
            })
            .collect();
        // R⁻¹R⁻ᵀ: column l of R⁻¹ is inverse[l].
        (0..p)
            .map(|i| (0..p).map(|j| (0..p).map(|l| inverse[l][i] * inverse[l][j]).sum()).collect())
            .collect()
    }
}

/// Solves R b = c with R stored by columns.
pub(crate) fn solve_upper(r: &[Vec<f64>], c: &[f64]) -> Vec<f64> {
    let mut b = c.to_vec();
    for j in (0..r.len()).rev() {
        b[j] /= r[j][j];
        let value = b[j];
        for (entry, coefficient) in b[..j].iter_mut().zip(&r[j][..j]) {
            *entry -= coefficient * value;
        }
    }
    b
}

impl<'a> RegressionModel<'a> {
    /// A model of full column rank; `columns[j][i]` is moderator j of study i.
    pub(crate) fn new(y: &'a [f64], v: &'a [f64], columns: Vec<Vec<f64>>) -> Self {
        let (_, r) = orthonormalise(&columns, &vec![1.0; y.len()]);
        let log_det_xx = r.iter().map(|row| 2.0 * row[row.len() - 1].ln()).sum();
        Self { y, v, columns, log_det_xx }
    }

    /// The fit under the given weights.
    pub(crate) fn fit(&self, weights: Weights) -> Fit {
        let w = self.v.iter().map(|v| weights.of(*v)).collect();
        Fit::new(self.y, &self.columns, w)
    }
}

impl Model for RegressionModel<'_> {
    fn estimates(&self) -> &[f64] {
        self.y
    }

    fn variances(&self) -> &[f64] {
        self.v
    }

    fn columns(&self) -> usize {
        self.columns.len()
    }

    fn score(&mut self, tau2: f64) -> Score {
        let fit = self.fit(Weights::Inverse(tau2));
        let u: Vec<f64> = fit.w.iter().zip(&fit.residuals).map(|(w, e)| w * e).collect();
        let mut yppp: f64 = fit.w.iter().zip(&u).map(|(w, u)| w * u * u).sum();
        for unit in &fit.basis {
            let projection: f64 = unit.iter().zip(&fit.w).zip(&u).map(|((b, w), u)| b * w.sqrt() * u).sum();
            yppp -= projection * projection;
        }
        Score {
            rss: fit.rss,
            ypp: dot(&u, &u),
            yppp,
            sum_w: fit.w.iter().sum(),
            sum_w2: dot(&fit.w, &fit.w),
            trace_p: fit.w.iter().zip(&fit.hat).map(|(w, h)| w * (1.0 - h)).sum(),
            trace_pp: fit.trace(|_| 1.0, |_| 1.0),
        }
    }

    fn moments(&mut self, weights: Weights) -> Moments {
        let fit = self.fit(weights);
        let kept = |i: usize| fit.w[i] * (1.0 - fit.hat[i]);
        Moments {
            mu: f64::NAN,
            rss: fit.rss,
            trace_p: (0..self.v.len()).map(kept).sum(),
            trace_pv: (0..self.v.len()).map(|i| kept(i) * self.v[i]).sum(),
            sum_w: fit.w.iter().sum(),
        }
    }

    fn traces(&mut self, weights: Weights) -> Traces {
        let fit = self.fit(weights);
        let v = |i: usize| self.v[i];
        Traces { pvpv: fit.trace(v, v), pvp: fit.trace(v, |_| 1.0), pp: fit.trace(|_| 1.0, |_| 1.0) }
    }

    fn log_likelihood(&mut self, tau2: f64) -> LogLikelihood {
        let fit = self.fit(Weights::Inverse(tau2));
        let sum: f64 = self.v.iter().map(|v| (v + tau2).ln()).sum::<f64>() + fit.rss;
        let (k, p) = (self.y.len() as f64, self.columns.len() as f64);
        LogLikelihood {
            full: -0.5 * (k * LN_TWO_PI + sum),
            restricted: -0.5 * ((k - p) * LN_TWO_PI + sum + fit.log_det() - self.log_det_xx),
        }
    }
}
