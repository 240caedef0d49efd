//! The penalty by validation forward in time.
//!
//! For every validation time v a candidate is fitted on the rows whose outcome was known at v, those with time + horizon
//! ≤ v, and judged by the mean log loss on the rows of v; the candidate with the least sum over all validation rows is
//! chosen, the strongest penalty among equals. Rows that overlap v in time are in neither part: with random folds a row
//! of March would help to predict February of the same client.

use std::num::NonZeroUsize;

use super::fit::{LogitRows, Prepared, STILL_TO_COMPARE, check_penalty};
use super::{LogitError, Penalty, same_length};
use crate::parallel::in_parallel;

/// Rows with their time.
#[derive(Debug, Clone, Copy)]
pub struct TimedRows<'a> {
    /// The rows.
    pub rows: LogitRows<'a>,
    /// When each row's columns were known.
    pub time: &'a [i64],
    /// How much later its outcome was known; at least 1.
    pub horizon: i64,
}

/// How the candidates did.
#[derive(Debug, Clone, PartialEq)]
pub struct PenaltyChoice {
    /// The best candidate.
    pub chosen: Penalty,
    /// Every candidate with its mean log loss, in the order given.
    pub losses: Vec<(Penalty, f64)>,
    /// The validation times that had rows on both sides of them.
    pub times: Vec<i64>,
    /// Rows judged.
    pub judged: usize,
}

/// Chooses among candidates.
///
/// # Errors
/// As [`super::fit_logit`]; and when no validation time has both outcomes before it and a row at it.
pub fn choose_penalty(
    timed: &TimedRows,
    candidates: &[Penalty],
    validation: &[i64],
    threads: NonZeroUsize,
) -> Result<PenaltyChoice, LogitError> {
    timed.rows.check()?;
    same_length("times", timed.time.len(), timed.rows.happened.len())?;
    if timed.horizon < 1 {
        return Err(LogitError::Setting("an outcome is known at least one period after the columns"));
    }
    candidates.iter().try_for_each(|candidate| check_penalty(*candidate))?;
    // From the strongest to the weakest, so that each fit begins where the last ended.
    let mut order: Vec<usize> = (0..candidates.len()).collect();
    order.sort_by(|a, b| candidates[*b].lambda.total_cmp(&candidates[*a].lambda).then(a.cmp(b)));

    let judged: Vec<Option<(usize, Vec<f64>)>> =
        in_parallel(validation.len(), threads, |at| judge(timed, candidates, &order, validation[at]));
    let mut sums = vec![0.0; candidates.len()];
    let (mut times, mut rows) = (Vec::new(), 0);
    for (time, found) in validation.iter().zip(judged) {
        let Some((count, losses)) = found else { continue };
        times.push(*time);
        rows += count;
        sums.iter_mut().zip(losses).for_each(|(sum, loss)| *sum += loss);
    }
    let best =
        order.iter().copied().reduce(|best, other| if sums[other] < sums[best] { other } else { best });
    let Some(best) = best.filter(|_| rows > 0) else {
        return Err(LogitError::Setting(
            "no validation time has outcomes of both kinds before it and rows at it",
        ));
    };
    Ok(PenaltyChoice {
        chosen: candidates[best],
        losses: candidates
            .iter()
            .zip(&sums)
            .map(|(candidate, sum)| (*candidate, sum / rows as f64))
            .collect(),
        times,
        judged: rows,
    })
}

/// Rows at a time and the sum of their log loss under each candidate. None when there is nothing to fit or to judge.
fn judge(timed: &TimedRows, candidates: &[Penalty], order: &[usize], at: i64) -> Option<(usize, Vec<f64>)> {
    let LogitRows { columns, happened, .. } = timed.rows;
    let (mut x, mut known) = (Vec::new(), Vec::new());
    for (row, time) in timed.time.iter().enumerate() {
        if time.checked_add(timed.horizon).is_some_and(|known_at| known_at <= at) {
            x.extend_from_slice(timed.rows.row(row));
            known.push(happened[row]);
        }
    }
    let later: Vec<usize> = (0..happened.len()).filter(|row| timed.time[*row] == at).collect();
    let earlier = LogitRows { x: &x, columns, happened: &known };
    if later.is_empty() || earlier.check().is_err() {
        return None;
    }
    let prepared = Prepared::new(&earlier);
    let mut losses = vec![0.0; candidates.len()];
    let mut last = None;
    for candidate in order {
        let logit = prepared.fit(candidates[*candidate], last.as_ref(), STILL_TO_COMPARE);
        losses[*candidate] = later
            .iter()
            .map(|row| {
                let eta = logit.log_odds(timed.rows.row(*row));
                let signed = if happened[*row] { -eta } else { eta };
                if signed > 0.0 { signed + (-signed).exp().ln_1p() } else { signed.exp().ln_1p() }
            })
            .sum();
        last = Some(logit);
    }
    Some((later.len(), losses))
}

#[cfg(test)]
mod tests {
    use super::super::digit;
    use super::*;

    /// One useful column, five useless ones, ten times.
    fn made_up() -> (Vec<f64>, Vec<bool>, Vec<i64>) {
        let (mut x, mut happened, mut time) = (Vec::new(), Vec::new(), Vec::new());
        for row in 0..400 {
            x.extend((0..6).map(|at| digit(row, at)));
            happened.push(digit(row, 9) < 0.1 + 0.6 * digit(row, 0));
            time.push(i64::try_from(row % 10).unwrap());
        }
        (x, happened, time)
    }

    const CANDIDATES: [Penalty; 4] = [
        Penalty { lambda: 1e-4, mixing: 0.0 },
        Penalty { lambda: 1e-2, mixing: 0.0 },
        Penalty { lambda: 1e-1, mixing: 0.0 },
        Penalty { lambda: 1e3, mixing: 0.0 },
    ];

    #[test]
    fn what_comes_after_a_validation_time_does_not_change_its_loss() {
        let (x, happened, time) = made_up();
        let choose = |x: &[f64], happened: &[bool], validation: &[i64], threads: usize| {
            let rows = LogitRows { x, columns: 6, happened };
            let timed = TimedRows { rows, time: &time, horizon: 2 };
            choose_penalty(&timed, &CANDIDATES, validation, NonZeroUsize::new(threads).unwrap()).unwrap()
        };
        let found = choose(&x, &happened, &[5, 6, 7], 1);
        assert_eq!(found, choose(&x, &happened, &[5, 6, 7], 3));
        assert_eq!((found.judged, found.times.len()), (120, 3));
        // Everything unknown at 5 but the rows of 5 itself: times 4 (outcome known at 6), and 6 to 9.
        let (mut other, mut flipped) = (x.clone(), happened.clone());
        for row in 0..400 {
            if time[row] == 4 || time[row] > 5 {
                flipped[row] = !flipped[row];
                other[row * 6..(row + 1) * 6].fill(123.0);
            }
        }
        assert_eq!(choose(&x, &happened, &[5], 1), choose(&other, &flipped, &[5], 1));
        flipped[3] = !flipped[3];
        assert_ne!(choose(&x, &happened, &[5], 1).losses, choose(&other, &flipped, &[5], 1).losses);
    }

    #[test]
    fn the_best_candidate_is_neither_none_nor_all() {
        let (x, happened, time) = made_up();
        let rows = LogitRows { x: &x, columns: 6, happened: &happened };
        let timed = TimedRows { rows, time: &time, horizon: 1 };
        let found = choose_penalty(&timed, &CANDIDATES, &[6, 7, 8, 9], NonZeroUsize::MIN).unwrap();
        assert!(found.chosen.lambda < 1e3);
        assert!(
            found
                .losses
                .iter()
                .all(|(_, loss)| *loss >= found.losses.iter().find(|l| l.0 == found.chosen).unwrap().1)
        );
        let twice = [CANDIDATES[1], CANDIDATES[1]];
        let tie = choose_penalty(&timed, &twice, &[6], NonZeroUsize::MIN).unwrap();
        assert!((tie.losses[0].1 - tie.losses[1].1).abs() < 1e-9);
        assert!(choose_penalty(&timed, &CANDIDATES, &[0], NonZeroUsize::MIN).is_err());
        assert!(choose_penalty(&timed, &[], &[6], NonZeroUsize::MIN).is_err());
        let now = TimedRows { horizon: 0, ..timed };
        assert!(choose_penalty(&now, &CANDIDATES, &[6], NonZeroUsize::MIN).is_err());
    }
}
