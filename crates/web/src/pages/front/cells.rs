//! One square of the map in glyphs and in words, and an effect with its interval, unit and number of studies.
//!
//! ▲ clearly better, ▼ clearly worse, △ ▽ leans, = little or no difference, ? cannot tell, ↑ ↓ moves where neither way is
//! good in itself. One, two, three marks: small, medium, large; "n/c" when the size cannot be compared.

use crate::layout;
use crate::text::key;
use crate::visit::Visit;
use whatworks_charts::{Interval, format};
use whatworks_evidence::map::Assessment;
use whatworks_evidence::synthesis::Synthesis;
use whatworks_evidence::verdict::{Reading, Size, Verdict};

/// Direction and size as glyphs, with the class that colours them.
pub(super) fn glyphs(visit: &Visit, verdict: Verdict) -> (Option<&'static str>, String) {
    let (class, glyph) = match verdict.reading {
        Reading::ClearlyBetter => (Some("up"), "▲"),
        Reading::LeansBetter => (Some("up"), "△"),
        Reading::ClearlyWorse => (Some("dn"), "▼"),
        Reading::LeansWorse => (Some("dn"), "▽"),
        Reading::LittleOrNone => return (None, "=".to_owned()),
        Reading::CannotTell => return (None, "?".to_owned()),
        Reading::Higher => (None, "↑"),
        Reading::Lower => (None, "↓"),
    };
    let shown = match verdict.size {
        Some(Size::Small) => glyph.to_owned(),
        Some(Size::Medium) => glyph.repeat(2),
        Some(Size::Large) => glyph.repeat(3),
        None => format!("{glyph}\u{a0}{}", visit.t("front-not-comparable")),
    };
    (class, shown)
}

/// What a verdict says, in words.
pub(super) fn reading(visit: &Visit, reading: Reading) -> String {
    visit.t(match reading {
        Reading::ClearlyBetter => key("front-clearly-better"),
        Reading::LeansBetter => key("front-leans-better"),
        Reading::LittleOrNone => key("front-little"),
        Reading::CannotTell => key("front-cannot-tell"),
        Reading::LeansWorse => key("front-leans-worse"),
        Reading::ClearlyWorse => key("front-clearly-worse"),
        Reading::Higher => key("front-higher"),
        Reading::Lower => key("front-lower"),
    })
}

fn size(visit: &Visit, verdict: Verdict) -> Option<String> {
    if matches!(verdict.reading, Reading::LittleOrNone | Reading::CannotTell) {
        return None;
    }
    Some(visit.t(match verdict.size {
        Some(Size::Small) => key("front-small"),
        Some(Size::Medium) => key("front-medium"),
        Some(Size::Large) => key("front-large"),
        None => key("front-no-size"),
    }))
}

/// Direction, size and certainty in words, for those who do not see the glyphs.
pub(super) fn words(visit: &Visit, assessment: &Assessment) -> String {
    let certainty = layout::certainty_word(visit, assessment.judgement.certainty);
    let certainty = visit.ta("front-certainty", &[("certainty", certainty.into())]);
    match assessment.verdict {
        None => visit.t("front-not-pooled-words"),
        Some(verdict) => match size(visit, verdict) {
            Some(size) => format!("{}, {size}; {certainty}", reading(visit, verdict.reading)),
            None => format!("{}; {certainty}", reading(visit, verdict.reading)),
        },
    }
}

/// Unit in which an effect is shown, and what its numbers are multiplied by: a share is shown in percentage points.
fn shown_unit<'a>(visit: &Visit, unit: &'a str) -> (std::borrow::Cow<'a, str>, f64) {
    if unit == "share" { (visit.t("front-points").into(), 100.0) } else { (unit.into(), 1.0) }
}

/// "+645 INR per week (224 to 1,066)"; `None` when nothing was pooled.
pub(super) fn effect(visit: &Visit, synthesis: &Synthesis) -> Option<String> {
    let (unit, times) = shown_unit(visit, &synthesis.unit);
    let style = visit.style();
    let decimals = format::decimals_for(synthesis.std_error? * times);
    let interval = Interval::new(synthesis.ci_low? * times, synthesis.ci_high? * times);
    let estimate = format::signed(synthesis.estimate? * times, decimals, &style);
    Some(format!("{estimate} {unit} ({})", format::range(interval, decimals, &style)))
}

/// "+9.0 points": the estimate alone, for a tag.
pub(super) fn estimate(visit: &Visit, synthesis: &Synthesis) -> Option<String> {
    let (unit, times) = shown_unit(visit, &synthesis.unit);
    let decimals = format::decimals_for(synthesis.std_error? * times);
    Some(format!("{} {unit}", format::signed(synthesis.estimate? * times, decimals, &visit.style())))
}

/// "7 studies".
pub(super) fn studies(visit: &Visit, count: usize) -> String {
    visit.ta("front-studies", &[("count", count.into())])
}
