//! The setting that says how mail leaves, read into a mail server or a folder.
//!
//! Rules: `smtps://` (port 465) speaks TLS from the first byte, `smtp+starttls://` (587) insists on turning to it,
//! `smtp://` (25) speaks in the clear, and is refused a password that would travel so: with one it insists on STARTTLS
//! too, unless the server is this machine. User and password are percent-encoded. `file:DIR` writes to a folder.

use crate::outbox::Outbox;
use crate::smtp::{Security, Smtp};
use lettre::transport::smtp::authentication::Credentials;
use percent_encoding::percent_decode_str;
use std::net::IpAddr;
use std::path::PathBuf;

/// Why a setting cannot be used. Never shows the password.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SettingError {
    /// Not one of the forms.
    #[error(
        "mail leaves by smtps://user:password@host, smtp+starttls://user:password@host, smtp://host or file:FOLDER; \
         “{0}…” is none of these"
    )]
    Scheme(String),
    /// No host.
    #[error("the mail server's address names no host")]
    NoHost,
    /// Not a port.
    #[error("“{0}” is not a port of the mail server")]
    Port(String),
    /// A user without a password or the other way round, or not percent-encoded UTF-8.
    #[error(
        "the mail server's address needs both user and password, percent-encoded: @ is %40, : is %3A, / is %2F"
    )]
    Credentials,
    /// Something after host and port.
    #[error("the mail server's address ends after host and port; “{0}” is too much")]
    Rest(String),
    /// The folder cannot be made or written to.
    #[error("the folder for mail {folder} cannot be used: {reason}")]
    Folder {
        /// The folder.
        folder: String,
        /// The system's word.
        reason: String,
    },
    /// The system's certificates cannot be read.
    #[error("the certificates that prove the mail server cannot be read: {0}")]
    Certificates(String),
}

/// Where mail goes.
#[derive(Debug, Clone)]
pub(crate) enum Way {
    Smtp(Smtp),
    Folder(Outbox),
}

pub(crate) fn read(setting: &str) -> Result<Way, SettingError> {
    let setting = setting.trim();
    if let Some(folder) = setting.strip_prefix("file:").filter(|folder| !folder.is_empty()) {
        return Outbox::new(PathBuf::from(folder)).map(Way::Folder);
    }
    let forms = [
        ("smtps://", 465, Security::Tls),
        ("smtp+starttls://", 587, Security::StartTls),
        ("smtp://", 25, Security::None),
    ];
    let found = forms
        .into_iter()
        .find_map(|(start, port, security)| setting.strip_prefix(start).map(|rest| (rest, port, security)));
    let Some((rest, port, security)) = found else {
        let start = setting.split(['/', '@', ':']).next().unwrap_or_default();
        return Err(SettingError::Scheme(start.chars().take(20).collect()));
    };
    let (credentials, place) = match rest.rsplit_once('@') {
        Some((credentials, place)) => (Some(read_credentials(credentials)?), place),
        None => (None, rest),
    };
    let (host, port) = read_place(place, port)?;
    let security = match security {
        Security::None if credentials.is_some() && !is_this_machine(&host) => Security::StartTls,
        asked => asked,
    };
    Smtp::new(host, port, security, credentials).map(Way::Smtp)
}

fn read_credentials(text: &str) -> Result<Credentials, SettingError> {
    let decoded = |part: &str| {
        let part = percent_decode_str(part).decode_utf8().map_err(|_| SettingError::Credentials)?;
        if part.is_empty() || part.chars().any(char::is_control) {
            return Err(SettingError::Credentials);
        }
        Ok(part.into_owned())
    };
    let (user, password) = text.split_once(':').ok_or(SettingError::Credentials)?;
    Ok(Credentials::new(decoded(user)?, decoded(password)?))
}

/// `host`, `host:port`, `[::1]` or `[::1]:port`, with a slash after it or not.
fn read_place(place: &str, usual: u16) -> Result<(String, u16), SettingError> {
    let place = place.strip_suffix('/').unwrap_or(place);
    if let Some(at) = place.find(['/', '?', '#']) {
        return Err(SettingError::Rest(place[at..].to_owned()));
    }
    let (host, port) = match place.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((host, port)) => (host, port.strip_prefix(':')),
        None => place.split_once(':').map_or((place, None), |(host, port)| (host, Some(port))),
    };
    if host.is_empty() || host.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return Err(SettingError::NoHost);
    }
    let port = match port {
        None => usual,
        Some(text) => {
            let port = text.parse().ok().filter(|port| *port > 0);
            port.ok_or_else(|| SettingError::Port(text.to_owned()))?
        }
    };
    Ok((host.to_owned(), port))
}

fn is_this_machine(host: &str) -> bool {
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn server(setting: &str) -> Smtp {
        match read(setting) {
            Ok(Way::Smtp(smtp)) => smtp,
            other => panic!("{setting}: {other:?}"),
        }
    }

    #[test]
    fn each_form_has_its_port_and_security() {
        for (setting, host, port, security, has_password) in [
            ("smtps://user:pass@mail.example.org", "mail.example.org", 465, Security::Tls, true),
            (
                "smtp+starttls://user:pass@mail.example.org/",
                "mail.example.org",
                587,
                Security::StartTls,
                true,
            ),
            ("smtp+starttls://mail.example.org:25", "mail.example.org", 25, Security::StartTls, false),
            ("smtp://mailpit:1025", "mailpit", 1025, Security::None, false),
            ("smtp://[::1]:2525", "::1", 2525, Security::None, false),
            // A password does not travel in the clear.
            ("smtp://user:pass@mail.example.org:587", "mail.example.org", 587, Security::StartTls, true),
            ("smtp://user:pass@localhost", "localhost", 25, Security::None, true),
            ("smtp://user:pass@127.0.0.1", "127.0.0.1", 25, Security::None, true),
        ] {
            let smtp = server(setting);
            assert_eq!((smtp.host.as_str(), smtp.port, smtp.security), (host, port, security), "{setting}");
            assert_eq!(smtp.credentials.is_some(), has_password, "{setting}");
        }
    }

    #[test]
    fn user_and_password_may_hold_anything() {
        let smtp = server("smtps://amina%40example.org:p%3Aa%2Fs%40s@mail.example.org");
        assert_eq!(smtp.credentials, Some(Credentials::new("amina@example.org".into(), "p:a/s@s".into())));
    }

    #[test]
    fn a_wrong_setting_is_refused_without_showing_the_password() {
        for bad in [
            "",
            "mail.example.org",
            "http://secret@x",
            "smtp://",
            "smtp://:25",
            "smtps://user:secret@",
            "smtps://secret@mail.example.org",
            "smtps://:secret@h",
            "smtps://user:@h",
            "smtps://u:%ffsecret@h",
            "smtps://u:secret@h:0",
            "smtps://u:secret@h:99999",
            "smtps://u:secret@h:25x",
            "smtps://u:secret@h/x?y",
            "secret:x@h",
            "file:",
        ] {
            let error = read(bad).map(|_| ()).unwrap_err();
            if !bad.starts_with("secret") {
                assert!(!error.to_string().contains("secret"), "{bad}: {error}");
            }
        }
        let shown = format!("{:?}", server("smtps://user:secret@mail.example.org"));
        assert!(!shown.contains("secret"), "{shown}");
    }
}
