//! Text that came from outside, made safe to draw: cleaned of control characters, measured, cut and broken.
//!
//! Escaping is maud's. Widths are estimated per character for a common sans-serif face, rounded up, since no
//! font is at hand; a line that is estimated to fit does fit. Left out: shaping and hyphenation.

/// The one character that says something was cut.
pub const ELLIPSIS: char = '…';

/// `text` on one line without characters that XML forbids or that steer the direction of what follows: control
/// characters become spaces, runs of white space one space; directional overrides and isolates are dropped.
pub fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_whitespace() && c != '\u{a0}' && c != '\u{202f}' || c.is_control() {
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
        } else if !is_steering(c) {
            out.push(c);
        }
    }
    out.truncate(out.trim_end_matches(' ').len());
    out
}

/// Directional formatting, byte order marks and non-characters.
fn is_steering(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
        || (c as u32) & 0xfffe == 0xfffe
        || matches!(c, '\u{fdd0}'..='\u{fdef}')
}

/// Whether `c` joins the character before it and takes no room of its own.
fn joins(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5bd}' | '\u{610}'..='\u{61a}'
        | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6ed}' | '\u{93c}' | '\u{941}'..='\u{948}' | '\u{94d}'
        | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{200b}'..='\u{200d}' | '\u{20d0}'..='\u{20ff}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{fe20}'..='\u{fe2f}' | '\u{1f3fb}'..='\u{1f3ff}')
}

/// Width of one character as a share of the type size.
fn advance(c: char) -> f64 {
    match c {
        _ if joins(c) => 0.0,
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | 'ı' | 'í' | 'ì' => 0.32,
        ' ' | '\u{a0}' | '\u{202f}' | 'f' | 't' | 'r' | '(' | ')' | '[' | ']' | '/' | '-' => 0.42,
        'm' | 'M' | 'w' | 'W' | '%' | '@' | '…' => 0.98,
        '0'..='9' => 0.64,
        'A'..='Z' | '−' | '+' | '=' | '<' | '>' | '&' => 0.74,
        '\u{1100}'..='\u{115f}'
        | '\u{2e80}'..='\u{a4cf}'
        | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}' => 1.05,
        '\u{ff00}'..='\u{ff60}' | '\u{1f000}'..='\u{3fffd}' | '\u{2190}'..='\u{2bff}' => 1.1,
        _ => 0.63,
    }
}

/// Estimated width of `text` in px when set at `size` px.
pub fn width(text: &str, size: f64) -> f64 {
    text.chars().map(advance).sum::<f64>() * size
}

/// `text` cleaned and, when wider than `room` px at `size` px, cut and ended with an ellipsis.
pub fn fit(text: &str, size: f64, room: f64) -> String {
    let text = clean(text);
    if width(&text, size) <= room { text } else { cut(&text, size, room) }
}

fn cut(text: &str, size: f64, room: f64) -> String {
    let mut used = advance(ELLIPSIS) * size;
    let mut out = String::new();
    for c in text.chars() {
        used += advance(c) * size;
        if used > room {
            break;
        }
        out.push(c);
    }
    // A joiner at the end would take hold of the ellipsis.
    let kept = out.trim_end_matches([' ', '\u{200d}']).len();
    out.truncate(kept);
    out.push(ELLIPSIS);
    out
}

/// `text` cleaned and broken at spaces into at most `lines` lines of `room` px; what is left over is cut.
pub fn wrap(text: &str, size: f64, room: f64, lines: usize) -> Vec<String> {
    let text = clean(text);
    let mut out: Vec<String> = Vec::new();
    let mut line = String::new();
    let mut words = text.split(' ').peekable();
    while let Some(word) = words.next() {
        let joined = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
        if width(&joined, size) <= room {
            line = joined;
            continue;
        }
        if out.len() + 1 >= lines.max(1) {
            let rest: Vec<&str> = words.by_ref().collect();
            let rest = if rest.is_empty() { joined } else { format!("{joined} {}", rest.join(" ")) };
            out.push(cut(&rest, size, room));
            return out;
        }
        if !line.is_empty() {
            out.push(std::mem::take(&mut line));
        }
        line = if width(word, size) <= room { word.to_owned() } else { cut(word, size, room) };
    }
    if !line.is_empty() {
        out.push(line);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn control_characters_and_overrides_go() {
        assert_eq!(clean("a\u{0}b\n\n c\t"), "a b c");
        assert_eq!(clean("abc\u{202e}fed\u{ffff}\u{feff}"), "abcfed");
        assert_eq!(clean("34\u{a0}%"), "34\u{a0}%");
        assert_eq!(clean("دراسة"), "دراسة");
    }

    #[test]
    fn long_names_end_in_an_ellipsis() {
        let long = "A very long name of a study that nobody will ever read to its end".repeat(9);
        let short = fit(&long, 12.0, 120.0);
        assert!(short.ends_with('…') && width(&short, 12.0) <= 120.0);
        assert_eq!(fit("Mexico", 12.0, 120.0), "Mexico");
    }

    #[test]
    fn words_are_broken_at_spaces() {
        let lines = wrap("Angelucci, Karlan and Zinman 2015", 12.0, 120.0, 2);
        assert_eq!(lines.len(), 2);
        assert!(lines.iter().all(|l| width(l, 12.0) <= 120.0));
        assert_eq!(lines.join(" "), "Angelucci, Karlan and Zinman 2015");
        let cut = wrap("one two three four five six seven eight nine", 12.0, 60.0, 2);
        assert_eq!(cut.len(), 2);
        assert!(cut[1].ends_with('…'));
        assert!(wrap("", 12.0, 60.0, 2).is_empty());
    }

    proptest! {
        #[test]
        fn nothing_is_wider_than_its_room(text in ".{0,80}", room in 20.0..300.0f64, lines in 1..4usize) {
            let broken = wrap(&text, 12.0, room, lines);
            prop_assert!(broken.len() <= lines);
            for line in broken.iter().chain([&fit(&text, 12.0, room)]) {
                prop_assert!(width(line, 12.0) <= room + 1e-9);
                prop_assert!(!line.chars().any(char::is_control));
            }
        }
    }
}
