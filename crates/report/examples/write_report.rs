//! Writes the report of a `study.json` as HTML and PDF: `write_report STUDY.json FOLDER`.

use std::{env, error::Error, fs, path::Path};
use whatworks_report::{Lang, render_html, render_pdf};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [study, folder] = arguments.as_slice() else {
        return Err("give a study.json and a folder".into());
    };
    let study = serde_json::from_str(&fs::read_to_string(study)?)?;
    fs::write(Path::new(folder).join("report.html"), render_html(&study, Lang::English))?;
    fs::write(Path::new(folder).join("report.pdf"), render_pdf(&study, Lang::English)?)?;
    Ok(())
}
