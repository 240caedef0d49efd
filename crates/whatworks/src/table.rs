//! A synthesis as a table for the terminal, 80 columns wide: the answer first, then the studies, then what to doubt.

use std::fmt::Write;
use whatworks_charts::{Estimate, Interval, NumberStyle, format};
use whatworks_evidence::synthesis::Synthesis;

/// What is asked, from the parts of the key that are there.
pub(crate) fn title(synthesis: &Synthesis) -> String {
    let part = |part: &Option<whatworks_evidence::effect::Label>| part.as_deref().map(str::to_owned);
    let contrast = match (part(&synthesis.practice), part(&synthesis.comparator)) {
        (Some(practice), Some(comparator)) => Some(format!("{practice} against {comparator}")),
        (practice, comparator) => practice.or(comparator),
    };
    let mut parts: Vec<String> =
        [contrast, part(&synthesis.outcome), part(&synthesis.estimand)].into_iter().flatten().collect();
    parts.extend(synthesis.by.iter().map(|(column, value)| format!("{column} {value}")));
    if parts.is_empty() { "All studies".into() } else { parts.join(" · ") }
}

/// The unit, or that there is none.
pub(crate) fn unit(synthesis: &Synthesis) -> &str {
    if synthesis.unit.is_empty() { "as given" } else { &synthesis.unit }
}

/// How the mean and its intervals were made.
pub(crate) fn method(synthesis: &Synthesis) -> String {
    format!(
        "method {}, interval {}, prediction {}, measure {}",
        synthesis.method, synthesis.ci_method, synthesis.pi_method, synthesis.measure
    )
}

fn shorten(text: &str, width: usize) -> String {
    if text.chars().count() <= width {
        return text.to_owned();
    }
    text.chars().take(width - 1).chain(['…']).collect()
}

/// The whole table.
pub(crate) fn text(synthesis: &Synthesis) -> String {
    let style = NumberStyle::english();
    let mut out = String::new();
    let _ = writeln!(out, "{}", title(synthesis));
    paragraph(&mut out, &format!("k {} · unit {} · {}", synthesis.k, unit(synthesis), method(synthesis)));
    let (Some(mean), Some(low), Some(high)) = (synthesis.estimate, synthesis.ci_low, synthesis.ci_high)
    else {
        let _ = writeln!(out, "  nothing could be pooled");
        notes(&mut out, synthesis);
        return out;
    };
    let decimals = synthesis.std_error.map_or(2, format::decimals_for);
    let interval = |low, high| format::range(Interval::new(low, high), decimals, &style);
    let _ = writeln!(
        out,
        "  average effect      {} (95 % interval {})",
        format::signed(mean, decimals, &style),
        interval(low, high)
    );
    match (synthesis.pi_low, synthesis.pi_high) {
        (Some(low), Some(high)) => {
            let _ = writeln!(out, "  at a new institution {} (95 % prediction)", interval(low, high));
        }
        _ => {
            let _ =
                writeln!(out, "  at a new institution: cannot be predicted from {} place(s)", synthesis.k);
        }
    }
    if let Some(bayes) = &synthesis.bayes {
        let _ = writeln!(
            out,
            "  above zero          on average {}, at a new institution {}",
            format::in_hundred(bayes.prob_positive, &style),
            format::in_hundred(bayes.prob_new_positive, &style)
        );
        let _ = writeln!(out, "  prior               {}", bayes.prior);
    }
    if let (Some(tau2), Some(i2), Some(q), Some(q_df)) =
        (synthesis.tau2, synthesis.i2, synthesis.q, synthesis.q_df)
    {
        let p = synthesis.q_p.map_or("–".to_owned(), |p| format::number(p, 3, &style));
        let _ = writeln!(
            out,
            "  between places      tau {}, I² {} %, Q {} on {q_df} df (p {p})",
            format::number(tau2.sqrt(), decimals, &style),
            format::number(i2, 0, &style),
            format::number(q, 1, &style)
        );
    }
    let width =
        synthesis.studies.iter().map(|study| study.study.chars().count()).max().unwrap_or(5).clamp(5, 28);
    let _ = writeln!(
        out,
        "  {:<width$}  {:>26}  {:>7}  {:>9}",
        "study", "effect (95 % interval)", "weight", "shrunken"
    );
    for study in &synthesis.studies {
        let half = 1.959_963_984_540_054 * study.std_error;
        let own = Estimate::new(study.estimate, study.estimate - half, study.estimate + half);
        let own_decimals = format::decimals_for(study.std_error);
        let shrunk =
            study.shrunk.map_or("–".to_owned(), |shrunk| format::signed(shrunk.mean, decimals, &style));
        let _ = writeln!(
            out,
            "  {:<width$}  {:>26}  {:>7}  {:>9}",
            shorten(&study.study, width),
            format::signed_estimate(own, own_decimals, &style),
            format::weight(study.weight, &style),
            shrunk
        );
    }
    for row in &synthesis.moderators {
        let decimals = format::decimals_for(row.std_error);
        let effect = Estimate::new(row.estimate, row.ci_low, row.ci_high);
        let _ = writeln!(
            out,
            "  moderator {}: {} (p {})",
            row.name,
            format::signed_estimate(effect, decimals, &style),
            format::number(row.p_value, 3, &style)
        );
    }
    notes(&mut out, synthesis);
    out
}

/// A paragraph of at most 80 columns, its later lines indented.
fn paragraph(out: &mut String, text: &str) {
    let mut width = 0;
    for word in text.split_whitespace() {
        let length = word.chars().count();
        if width == 0 {
            let _ = write!(out, "  {word}");
            width = 2 + length;
        } else if width + 1 + length <= 80 {
            let _ = write!(out, " {word}");
            width += 1 + length;
        } else {
            let _ = write!(out, "\n    {word}");
            width = 4 + length;
        }
    }
    out.push('\n');
}

fn notes(out: &mut String, synthesis: &Synthesis) {
    for row in &synthesis.not_comparable {
        paragraph(out, &format!("not comparable: {}: {}", row.study, row.reason));
    }
    let doubles = synthesis.warnings.iter().filter(|warning| warning.code == "double_count").count();
    if doubles > 0 {
        let text =
            format!("double_count: {doubles} other estimates of the same people left out; --json lists them");
        paragraph(out, &text);
    }
    for warning in synthesis.warnings.iter().filter(|warning| warning.code != "double_count") {
        paragraph(out, &format!("{}: {}", warning.code, warning.text));
    }
}
