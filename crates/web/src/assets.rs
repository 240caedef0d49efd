//! The style sheet, the mark and the one script, at addresses that hold the digest of their content, so a browser asks
//! once a year.

use crate::cache::{Stored, digest_hex};
use crate::visit::{Media, Rendered};
use std::sync::LazyLock;

/// The style sheet as written.
pub const LOOK: &str = include_str!("../assets/look.css");
/// The script of the two pages that talk to a passkey.
pub const PASSKEY: &str = include_str!("../assets/passkey.js");
const MARK: &str = include_str!("../assets/mark.svg");

/// A file with its address.
pub(crate) struct Asset {
    /// Address.
    pub(crate) path: String,
    /// Content.
    pub(crate) stored: Stored,
}

fn asset(name: &str, extension: &str, media: Media, body: &str) -> Asset {
    let path = format!("/assets/{name}-{}.{extension}", digest_hex(body.as_bytes(), 12));
    Asset { path, stored: Stored::new(Rendered::new(media, body.as_bytes().to_vec())) }
}

/// The style sheet.
pub(crate) static LOOK_SHEET: LazyLock<Asset> = LazyLock::new(|| asset("look", "css", Media::Css, LOOK));
/// The script that asks the device for a passkey.
pub(crate) static PASSKEY_SCRIPT: LazyLock<Asset> =
    LazyLock::new(|| asset("passkey", "js", Media::Script, PASSKEY));
/// The mark: an interval with its zero line.
pub(crate) static MARK_PICTURE: LazyLock<Asset> = LazyLock::new(|| asset("mark", "svg", Media::Svg, MARK));
