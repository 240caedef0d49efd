//! The table at the end: what was measured, the bar, the figure, and whether the bar holds.

use std::fmt;

/// A bar.
#[derive(Debug, Clone, Copy)]
pub(super) enum Bar {
    /// The figure may be this large.
    AtMost(f64),
    /// The figure must be this large.
    AtLeast(f64),
}

#[derive(Debug)]
struct Row {
    what: String,
    bar: Bar,
    unit: &'static str,
    figure: Option<f64>,
    remark: String,
}

/// Rows in the order of measuring.
#[derive(Debug, Default)]
pub(super) struct Report {
    rows: Vec<Row>,
}

impl Report {
    /// Adds a figure.
    pub(super) fn add(&mut self, what: &str, bar: Bar, unit: &'static str, figure: f64, remark: String) {
        self.rows.push(Row { what: what.to_owned(), bar, unit, figure: Some(figure), remark });
    }

    /// Adds what could not be measured here, with the reason.
    pub(super) fn leave_out(&mut self, what: &str, bar: Bar, unit: &'static str, reason: &str) {
        self.rows.push(Row { what: what.to_owned(), bar, unit, figure: None, remark: reason.to_owned() });
    }

    /// Whether every figure that was measured keeps its bar.
    pub(super) fn all_hold(&self) -> bool {
        self.rows.iter().all(|row| row.figure.is_none_or(|figure| row.bar.holds(figure)))
    }
}

impl Bar {
    fn holds(self, figure: f64) -> bool {
        match self {
            Self::AtMost(most) => figure <= most,
            Self::AtLeast(least) => figure >= least,
        }
    }
}

impl fmt::Display for Bar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AtMost(most) => write!(f, "≤ {most}"),
            Self::AtLeast(least) => write!(f, "≥ {least}"),
        }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:<70} {:>16} {:>16}  holds  remark", "what", "bar", "figure")?;
        for Row { what, bar, unit, figure, remark } in &self.rows {
            let bar_text = format!("{bar} {unit}");
            match figure {
                Some(figure) => {
                    let holds = if bar.holds(*figure) { "yes" } else { "NO" };
                    let digits = if *figure < 10.0 { 3 } else { 1 };
                    let figure = format!("{figure:.digits$} {unit}");
                    writeln!(f, "{what:<70} {bar_text:>16} {figure:>16}  {holds:<5}  {remark}")?;
                }
                None => writeln!(f, "{what:<70} {bar_text:>16} {:>16}  {:<5}  {remark}", "–", "–")?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_missed_bar_is_enough() {
        let mut report = Report::default();
        report.add("speed", Bar::AtLeast(50.0), "×", 60.0, String::new());
        report.leave_out("pages", Bar::AtMost(1.0), "ms", "wrk is not installed");
        assert!(report.all_hold());
        report.add("weight", Bar::AtMost(14.0), "kB", 14.1, String::new());
        assert!(!report.all_hold());
        assert!(report.to_string().contains("NO"));
    }
}
