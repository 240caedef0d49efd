//! Draws one of every standalone chart into a folder, to be looked at:
//! `cargo run -p whatworks-charts --example draw_charts -- FOLDER`.
//!
//! The seven trials are those of Meager 2019 (AEJ Applied 11:57), business profit; the hostile chart shows what
//! odd names and unknown numbers come to.

use std::path::PathBuf;
use whatworks_charts::forest::{CumulativeStep, ForestAverage, ForestPrediction, ForestRow};
use whatworks_charts::funnel::FunnelPoint;
use whatworks_charts::rows::StudyMark;
use whatworks_charts::{
    CumulativeForest, Estimate, EvidenceSquares, Forest, Funnel, Interval, NumberStyle, Scale, Square,
    Standing, render_cumulative_forest, render_evidence_squares, render_forest, render_funnel,
};

/// Place, authors, effect, standard error, share of the weight, shrunken effect, its standard error.
type Trial = (&'static str, &'static str, f64, f64, f64, f64, f64);

const TRIALS: [Trial; 7] = [
    ("Mongolia", "Attanasio et al. 2015", -0.34, 0.25, 0.493, -0.3, 0.25),
    ("Mexico", "Angelucci, Karlan & Zinman 2015", -4.55, 6.20, 0.203, -0.6, 4.8),
    ("Ethiopia", "Tarozzi, Desai & Johnson 2015", 7.29, 7.78, 0.152, 4.4, 5.6),
    ("India", "Banerjee et al. 2015", 16.72, 12.47, 0.073, 6.4, 7.9),
    ("Morocco", "Crépon et al. 2015", 17.54, 16.43, 0.045, 5.8, 8.7),
    ("Bosnia and Herzegovina", "Augsburg et al. 2015", 37.53, 19.71, 0.03, 8.0, 9.4),
    ("Philippines", "Karlan & Zinman 2011", 66.56, 55.48, 0.004, 5.5, 11.1),
];

fn around(effect: f64, standard_error: f64) -> Estimate {
    Estimate::new(effect, effect - 1.96 * standard_error, effect + 1.96 * standard_error)
}

fn forest(width: f64) -> Forest {
    let rows = TRIALS.map(|(place, authors, effect, error, weight, shrunken, shrunken_error)| ForestRow {
        label: place.to_owned(),
        note: authors.to_owned(),
        tag: (place == "Mongolia").then(|| "scale?".to_owned()),
        study: StudyMark {
            effect: around(effect, error),
            weight: Some(weight),
            shrunken: Some(around(shrunken, shrunken_error)),
            standing: if place == "Mongolia" { Standing::Suspected } else { Standing::Ordinary },
        },
    });
    Forest {
        title: "Does access to microcredit raise business profit?".to_owned(),
        subtitle: "2009 USD PPP per household per two weeks. Black square: the study, its area the weight. Grey ring: \
                   the same study after borrowing strength from the others."
            .to_owned(),
        lower_words: "lower profit".to_owned(),
        higher_words: "higher profit".to_owned(),
        study_heading: "Study".to_owned(),
        effect_heading: "Effect (95\u{a0}% interval)".to_owned(),
        weight_heading: Some("Weight".to_owned()),
        rows: rows.to_vec(),
        average: Some(ForestAverage {
            label: "Average effect, 7 trials".to_owned(),
            effect: Estimate::new(3.54, -6.4, 13.5),
            worse: false,
        }),
        new_institution: Some(ForestPrediction {
            label: "At a new institution".to_owned(),
            interval: Interval::new(-13.5, 20.6),
        }),
        notes: vec![
            "REML, Hartung–Knapp interval. τ 5.3, I² 34\u{a0}%, Q 9.6 (p 0.14).".to_owned(),
            "Recomputed from the microdata gathered by Meager 2019; errors clustered where the trial was.".to_owned(),
        ],
        scale: Scale::Difference,
        decimals: 1,
        width,
        style: NumberStyle::english(),
    }
}

/// Odd names, unknown and enormous numbers, every standing, right-to-left text.
fn hostile(width: f64) -> Forest {
    let row = |label: &str, note: &str, tag: Option<&str>, effect, weight, standing| ForestRow {
        label: label.to_owned(),
        note: note.to_owned(),
        tag: tag.map(str::to_owned),
        study: StudyMark { effect, weight, shrunken: None, standing },
    };
    let long = "A name that goes on and on, as names of collaborations sometimes do, until nobody can tell any more \
                which of the many institutions that signed the protocol had in the end done the work";
    Forest {
        title: "<script>alert(\"late repayment\")</script> & ‘quotes’".to_owned(),
        lower_words: "less default".to_owned(),
        higher_words: "more default".to_owned(),
        rows: vec![
            row(
                "<script>alert(1)</script>",
                "\"quoted\" & 'single'",
                None,
                around(2.0, 1.5),
                Some(0.3),
                Standing::Ordinary,
            ),
            row(long, long, None, around(4.0, 1.0), Some(0.4), Standing::Ordinary),
            row("دراسة التمويل الأصغر", "المغرب 2015", None, around(1.0, 2.0), Some(0.2), Standing::Ordinary),
            row("Two-month grace", "India 2013", Some("HARM"), around(9.0, 3.3), Some(0.1), Standing::Worse),
            row(
                "No standard error",
                "published without",
                None,
                Estimate::new(5.0, f64::NAN, f64::NAN),
                None,
                Standing::Excluded,
            ),
            row(
                "Unknown effect",
                "",
                None,
                Estimate::new(f64::NAN, f64::INFINITY, 0.0),
                None,
                Standing::Ordinary,
            ),
            row("Superseded", "by a corrected table", None, around(3.0, 2.0), None, Standing::Superseded),
            row("Enormous", "", None, around(2000.0, 4000.0), Some(0.001), Standing::Ordinary),
            row(
                "Far away",
                "off the axis",
                Some("scale?"),
                around(-3000.0, 10.0),
                Some(0.001),
                Standing::Suspected,
            ),
        ],
        average: Some(ForestAverage {
            label: "Average effect".to_owned(),
            effect: Estimate::new(3.5, 1.2, 5.8),
            worse: true,
        }),
        new_institution: Some(ForestPrediction {
            label: "At a new institution".to_owned(),
            interval: Interval::new(f64::NEG_INFINITY, f64::NAN),
        }),
        ..forest(width)
    }
}

fn ratios(width: f64) -> Forest {
    let trials =
        [(0.41, 0.57), (0.20, 0.44), (0.26, 0.64), (0.24, 0.14), (0.46, 0.08), (1.01, 0.06), (0.80, 0.23)];
    let rows = trials.iter().enumerate().map(|(i, (ratio, error)): (usize, &(f64, f64))| ForestRow {
        label: format!("Trial {}", i + 1),
        note: String::new(),
        tag: None,
        study: StudyMark {
            effect: Estimate::new(*ratio, ratio * (-1.96 * error).exp(), ratio * (1.96 * error).exp()),
            weight: Some(1.0 / 7.0),
            shrunken: None,
            standing: Standing::Ordinary,
        },
    });
    Forest {
        title: "A risk ratio".to_owned(),
        subtitle: "Risk ratio, offered against not offered".to_owned(),
        lower_words: "lower risk".to_owned(),
        higher_words: "higher risk".to_owned(),
        rows: rows.collect(),
        average: Some(ForestAverage {
            label: "Average".to_owned(),
            effect: Estimate::new(0.49, 0.34, 0.70),
            worse: false,
        }),
        new_institution: Some(ForestPrediction {
            label: "At a new institution".to_owned(),
            interval: Interval::new(0.16, 1.54),
        }),
        notes: vec![],
        scale: Scale::Ratio,
        decimals: 2,
        ..forest(width)
    }
}

fn cumulative(width: f64) -> CumulativeForest {
    let averages =
        [(66.6, 55.5), (45.0, 18.6), (24.0, 11.4), (19.0, 9.6), (11.7, 7.0), (5.3, 5.2), (3.5, 5.1)];
    let order =
        ["Philippines", "Bosnia and Herzegovina", "India", "Morocco", "Ethiopia", "Mexico", "Mongolia"];
    let plain = forest(width);
    CumulativeForest {
        title: "The average as the trials came in".to_owned(),
        subtitle: "2009 USD PPP per household per two weeks, in order of publication".to_owned(),
        lower_words: plain.lower_words,
        higher_words: plain.higher_words,
        study_heading: "Study added".to_owned(),
        effect_heading: "Average so far (95\u{a0}% interval)".to_owned(),
        steps: order
            .iter()
            .zip(averages)
            .map(|(label, (effect, error))| CumulativeStep {
                label: (*label).to_owned(),
                note: String::new(),
                average: around(effect, error),
            })
            .collect(),
        worse: false,
        notes: vec!["Drawn with invented averages, to show the form.".to_owned()],
        scale: Scale::Difference,
        decimals: 1,
        width,
        style: NumberStyle::english(),
    }
}

fn small_studies() -> Funnel {
    Funnel {
        title: "Small studies: microcredit access and business profit".to_owned(),
        description: "Effect across, standard error down. The least precise trials have the larger effects."
            .to_owned(),
        points: TRIALS
            .iter()
            .map(|t| FunnelPoint {
                label: t.0.to_owned(),
                effect: t.2,
                standard_error: t.3,
                standing: if t.0 == "Mongolia" { Standing::Suspected } else { Standing::Ordinary },
            })
            .collect(),
        average: Some(3.54),
        average_words:
            "Blue dashes: average effect. Shaded: where 95 in 100 studies would fall if all shared one \
                        effect."
                .to_owned(),
        effect_words: "effect, USD PPP a fortnight".to_owned(),
        error_words: "standard error".to_owned(),
        scale: Scale::Difference,
        style: NumberStyle::english(),
    }
}

/// Many studies, some of which cannot be drawn.
fn crowded() -> Funnel {
    let mut points: Vec<FunnelPoint> = (0..30)
        .map(|i| {
            let (spread, depth) = (f64::from((i * 7) % 13) - 6.0, f64::from((i * 5) % 11) + 1.0);
            FunnelPoint {
                label: format!("Study number {i}"),
                effect: 0.3 + spread * depth / 60.0,
                standard_error: depth / 20.0,
                standing: if i % 9 == 4 { Standing::Worse } else { Standing::Ordinary },
            }
        })
        .collect();
    points.push(FunnelPoint {
        label: "No standard error & <b>".to_owned(),
        effect: 0.2,
        standard_error: f64::NAN,
        standing: Standing::Ordinary,
    });
    Funnel { title: "Thirty studies".to_owned(), points, average: Some(0.3), ..small_studies() }
}

fn squares() -> EvidenceSquares {
    let row = |marks: &str| -> Vec<Square> {
        marks
            .chars()
            .map(|mark| match mark {
                'x' => Square::Finding,
                '!' => Square::Harm,
                '-' => Square::NotRated,
                _ => Square::NoStudy,
            })
            .collect()
    };
    EvidenceSquares {
        title: "What has been tested".to_owned(),
        description:
            "14 practices down, 8 outcomes for clients across; 24 of 112 pairs have a usable finding."
                .to_owned(),
        groups: vec![
            ["xxxxx...", "xxx...!.", ".....--.", "......-.", "xx.x..-.", "x.x....."].map(row).to_vec(),
            ["xxxx....", "........"].map(row).to_vec(),
            ["x.......", "x.......", ".xxx.x.."].map(row).to_vec(),
            ["........", "........", "........"].map(row).to_vec(),
        ],
        legend: vec![
            (Square::Finding, "a usable finding".to_owned()),
            (Square::Harm, "harm found".to_owned()),
            (Square::NotRated, "studied, not rated".to_owned()),
            (Square::NoStudy, "nobody has looked".to_owned()),
        ],
    }
}

fn main() -> std::io::Result<()> {
    let folder = PathBuf::from(std::env::args().nth(1).unwrap_or_else(|| "charts".to_owned()));
    std::fs::create_dir_all(&folder)?;
    for width in [340.0, 900.0] {
        for (name, svg) in [
            ("forest", render_forest(&forest(width))),
            ("hostile", render_forest(&hostile(width))),
            ("ratio", render_forest(&ratios(width))),
            ("cumulative", render_cumulative_forest(&cumulative(width))),
        ] {
            std::fs::write(folder.join(format!("{name}-{width}.svg")), svg)?;
        }
    }
    std::fs::write(folder.join("funnel.svg"), render_funnel(&small_studies()))?;
    std::fs::write(folder.join("funnel-crowded.svg"), render_funnel(&crowded()))?;
    std::fs::write(folder.join("squares.svg"), render_evidence_squares(&squares()))
}
