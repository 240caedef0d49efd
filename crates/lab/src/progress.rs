//! Progress on stderr, for a person who waits; silent when stderr is not a terminal.

use indicatif::{ProgressBar, ProgressStyle};

/// A bar from 0 to 1 with what is being done.
pub(crate) struct Progress(ProgressBar);

impl Progress {
    /// Starts a bar.
    pub(crate) fn start() -> Self {
        let bar = ProgressBar::new(1000);
        if let Ok(style) = ProgressStyle::with_template("{bar:30} {percent:>3} % {msg}") {
            bar.set_style(style);
        }
        Self(bar)
    }

    /// Shows what is being done and the share done.
    pub(crate) fn show(&self, what: &str, share: f64) {
        self.0.set_position((1000.0 * share.clamp(0.0, 1.0)) as u64);
        self.0.set_message(what.to_owned());
    }

    /// Takes the bar away.
    pub(crate) fn finish(&self) {
        self.0.finish_and_clear();
    }
}
