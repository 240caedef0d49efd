//! How the warnings did on the periods after the cut-off, overall and by group.

use super::WarningFault;
use super::cut::{History, Record};
use super::rows::{Rows, RowsCount};
use whatworks_stats::logit::{
    Calibration, Capacity, Discrimination, GroupReading, at_capacity, by_group, calibration, discrimination,
    flag_most,
};

/// Groups with fewer rows or fewer events than this say too little to compare; they are marked.
pub const SMALL_GROUP: usize = 30;

/// Age bands: lower bounds in years with their names.
pub const AGE_BANDS: [(f64, &str); 5] =
    [(0.0, "under 25"), (25.0, "25 to 34"), (35.0, "35 to 44"), (45.0, "45 to 54"), (55.0, "55 and over")];

/// How the probabilities and the list treated one group.
#[derive(Debug, Clone, PartialEq)]
pub struct Fairness {
    /// By what: sex, age or area.
    pub dimension: &'static str,
    /// Which group.
    pub group: String,
    /// Its figures.
    pub reading: GroupReading,
    /// Whether there are too few rows or events to compare.
    pub small: bool,
}

/// How the warnings did.
#[derive(Debug, Clone, PartialEq)]
pub struct Performance {
    /// First and last cut judged.
    pub from: i64,
    /// Last cut judged.
    pub to: i64,
    /// Who was judged.
    pub count: RowsCount,
    /// Whether probabilities meant what they said; errors clustered by client.
    pub calibration: Calibration,
    /// Whether those in distress ranked above the others; errors clustered by client.
    pub discrimination: Discrimination,
    /// What a list of the stated length found.
    pub capacity: Capacity,
    /// By sex, age band and area.
    pub fairness: Vec<Fairness>,
}

/// Judges probabilities on rows that the fit never saw.
pub(super) fn judge(
    history: &History,
    rows: &Rows,
    probability: &[f64],
    capacity: usize,
) -> Result<Performance, WarningFault> {
    let listed = flag_most(probability, &rows.time, capacity)?;
    let mut fairness = Vec::new();
    let last = |row: usize| {
        history.clients.get(rows.client[row] as usize).and_then(|client| client.before(rows.time[row]))
    };
    let records: Vec<Option<Record>> =
        (0..rows.time.len()).map(|row| last(row).map(|cut| *cut.last())).collect();
    let mut add = |dimension: &'static str, names: &[&str], code: &dyn Fn(&Record) -> Option<usize>| {
        let unknown = names.len();
        let groups: Vec<u32> = records
            .iter()
            .map(|record| {
                let own = record.as_ref().and_then(code).filter(|own| *own < unknown);
                own.unwrap_or(unknown) as u32
            })
            .collect();
        let readings = by_group(probability, &rows.happened, &listed, &groups, unknown + 1)?;
        for (place, reading) in readings.into_iter().enumerate().filter(|(_, reading)| reading.rows > 0) {
            fairness.push(Fairness {
                dimension,
                group: names.get(place).map_or("not known", |name| name).to_owned(),
                reading,
                small: reading.rows < SMALL_GROUP
                    || reading.events < SMALL_GROUP
                    || reading.rows - reading.events < SMALL_GROUP,
            });
        }
        Ok::<(), WarningFault>(())
    };
    let sexes: Vec<&str> = history.sexes.iter().map(String::as_str).collect();
    let areas: Vec<&str> = history.areas.iter().map(String::as_str).collect();
    add("sex", &sexes, &|record| record.sex.map(|code| code as usize))?;
    add("age", &AGE_BANDS.map(|band| band.1), &|record| {
        (record.age >= 0.0).then(|| AGE_BANDS.iter().filter(|band| band.0 <= record.age).count() - 1)
    })?;
    add("area", &areas, &|record| record.area.map(|code| code as usize))?;
    Ok(Performance {
        from: rows.time.first().copied().unwrap_or_default(),
        to: rows.time.last().copied().unwrap_or_default(),
        count: rows.count,
        calibration: calibration(probability, &rows.happened, Some(&rows.client))?,
        discrimination: discrimination(probability, &rows.happened, Some(&rows.client))?,
        capacity: at_capacity(&listed, &rows.happened)?,
        fairness,
    })
}
