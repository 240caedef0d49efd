//! A standalone SVG document: title, description, embedded style sheet, ground.
//!
//! The style sheet holds the same classes as the page's, with plain colours in place of custom properties, since
//! many programs that open an SVG know nothing of those; a dark scheme follows where it is understood. No web
//! fonts: the stacks name what readers already have. Left out: print, which draws on white anyway.

use crate::marks::px;
use crate::text;
use maud::{Markup, PreEscaped, html};

const STYLE: &str = r#"svg{overflow:visible}
text{font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","DejaVu Sans",sans-serif;font-size:12px;font-variant-numeric:tabular-nums lining-nums;fill:#4b5851}
.title{font-family:Charter,"Bitstream Charter","Noto Serif",Cambria,Georgia,"DejaVu Serif",serif;font-size:19px;font-weight:600;fill:#17201c}
.body{font-size:14px;fill:#17201c}.strong{font-weight:700}.head{font-size:13px;font-weight:700;fill:#17201c}.note{font-size:12px}.sub{font-size:13px}
.tag{font-weight:700;fill:#7a5400}.tag.harm{fill:#a5380d}.tagbox{fill:none;stroke:#7a5400;stroke-width:1.5}.tagbox.harm{stroke:#a5380d}
.paper{fill:#fcfdfb}.tint{fill:#eef4ee}.rule{stroke:#c4d1c7}.under{stroke:#6d8074}
.z{stroke:#17201c;stroke-width:1.25}.g{stroke:#c4d1c7}.gl{stroke:#6d8074;stroke-width:2}.gf{fill:#6d8074}
.ci{stroke:#17201c;stroke-width:2}.e{fill:#17201c}
.sh{fill:#fcfdfb;stroke:#6d8074;stroke-width:1.75}.shl{stroke:#6d8074;stroke-width:1.25;stroke-dasharray:2 2}
.dia,.b{fill:#1a5ca6}.pi{fill:none;stroke:#1a5ca6;stroke-width:2;stroke-dasharray:5 3}.bl{stroke:#1a5ca6;stroke-width:2}
.hl{stroke:#a5380d;stroke-width:2}.hf{fill:#a5380d}.h{fill:url(#hatch);stroke:#a5380d;stroke-width:1.25}.hatch{stroke:#a5380d}
.sus{fill:#fdf3da;stroke:#7a5400;stroke-width:2}.open{fill:none;stroke:#6d8074}
.ga,.gc{fill:#17201c;stroke:#17201c;stroke-width:2}.gb,.gd{fill:#fcfdfb;stroke:#17201c;stroke-width:2}.ge{fill:none;stroke:#17201c;stroke-width:2}
.average{stroke:#1a5ca6;stroke-width:1.5;stroke-dasharray:4 3}.region{fill:#eef4ee}.edge{fill:none;stroke:#6d8074;stroke-dasharray:5 3}.leader{stroke:#6d8074}
.halo{paint-order:stroke;stroke:#fcfdfb;stroke-width:4px;stroke-linejoin:round;fill:#17201c}
@media (prefers-color-scheme:dark){
text{fill:#aab8b0}.title,.body,.head{fill:#e5ece7}
.tag{fill:#e3b650}.tag.harm{fill:#f49a76}.tagbox{stroke:#e3b650}.tagbox.harm{stroke:#f49a76}
.paper{fill:#101715}.tint,.region{fill:#19231f}.rule,.g{stroke:#35453d}.under,.gl,.shl,.open,.edge,.leader{stroke:#84998d}.gf{fill:#84998d}
.z,.ci{stroke:#e5ece7}.e{fill:#e5ece7}.sh{fill:#101715;stroke:#84998d}
.ga,.gc{fill:#e5ece7;stroke:#e5ece7}.gb,.gd{fill:#101715;stroke:#e5ece7}.ge{stroke:#e5ece7}
.dia,.b{fill:#7db6f2}.pi,.bl,.average{stroke:#7db6f2}
.hl,.h,.hatch{stroke:#f49a76}.hf{fill:#f49a76}.sus{fill:#2c2411;stroke:#e3b650}
.halo{stroke:#101715;fill:#e5ece7}
}
"#;

/// The document around `body`. `kind` is a fixed word for the ids; `title` and `description` are shown to
/// assistive technology and may hold anything.
pub(crate) fn document(
    kind: &str,
    size: (f64, f64),
    title: &str,
    description: &str,
    body: &Markup,
) -> String {
    let (width, height) = (px(size.0), px(size.1));
    html! {
        svg xmlns="http://www.w3.org/2000/svg" width=(width) height=(height) viewBox={ "0 0 " (width) " " (height) }
            role="img" direction="ltr" aria-labelledby={ (kind) "-title " (kind) "-desc" } {
            title id={ (kind) "-title" } { (text::clean(title)) }
            desc id={ (kind) "-desc" } { (text::clean(description)) }
            style { (PreEscaped(STYLE)) }
            rect.paper width=(width) height=(height) {}
            (body)
        }
        "\n"
    }
    .into_string()
}

/// Width in px of a line of bold text, which sets wider than regular.
pub(crate) fn bold_width(content: &str, size: f64) -> f64 {
    1.12 * text::width(content, size)
}

/// One line of text with its baseline at `y`; `anchor` is start, middle or end.
pub(crate) fn line_of_text(class: &str, x: f64, y: f64, anchor: &str, content: &str) -> Markup {
    html! { text class=(class) x=(px(x)) y=(px(y)) text-anchor=(anchor) { (content) } }
}

/// A straight line between two points, in px.
pub(crate) fn stroke(class: &str, from: (f64, f64), to: (f64, f64)) -> Markup {
    html! { line class=(class) x1=(px(from.0)) y1=(px(from.1)) x2=(px(to.0)) y2=(px(to.1)) {} }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_set_below_twelve_pixels() {
        let sizes: Vec<f64> =
            STYLE.split("font-size:").skip(1).filter_map(|s| s.split("px").next()?.parse().ok()).collect();
        assert!(sizes.len() >= 5 && sizes.iter().all(|s| *s >= 12.0), "{sizes:?}");
    }

    #[test]
    fn both_schemes_colour_the_same_classes() {
        let (light, dark) = STYLE.split_once("@media").unwrap();
        for class in dark.split('.').skip(1).filter_map(|s| s.split(['{', ',', '.']).next()) {
            assert!(light.contains(&format!(".{class}")), "{class}");
        }
    }

    #[test]
    fn hostile_titles_stay_text() {
        let svg = document("x", (10.0, 10.0), "<script>\u{0}\"&", "d</desc>", &html! {});
        let tree = roxmltree::Document::parse(&svg).unwrap();
        assert_eq!(
            tree.descendants().find(|n| n.has_tag_name("title")).unwrap().text(),
            Some("<script> \"&")
        );
    }
}
