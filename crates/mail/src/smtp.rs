//! One message to one mail server, on a connection of its own.
//!
//! Rule: whatever goes wrong before the message is offered (no connection, no TLS, password refused) is the server's or
//! the setting's trouble, and the message waits; from then on the server's word counts: 4xx waits, 5xx is refused. A
//! connection that breaks after the text was sent leaves it open whether the message was taken: it is sent again, with
//! the same Message-ID. Connections are not kept: the library's pool would hand on one that was left in the middle of a
//! message, and its time limit covers connecting only, so that a limit of ours lies around the whole.

use crate::mailer::Outcome;
use crate::message::Composed;
use crate::setting::SettingError;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{AsyncSmtpConnection, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use std::fmt;
use std::time::Duration;

/// How long connecting may take.
const CONNECT_LIMIT: Duration = Duration::from_secs(20);
/// How long all of it may take; RFC 5321 §4.5.3.2 would wait ten minutes for the last word alone, which a queue of
/// one-person messages to one's own server need not.
const WHOLE_LIMIT: Duration = Duration::from_mins(2);
/// Replies that speak of our standing with the server, not of this message: no password, a wrong one, no encryption
/// (RFC 4954 §6).
const ABOUT_US: [u16; 4] = [530, 534, 535, 538];
/// Longest reason that is kept, in characters.
const MAX_REASON: usize = 300;

/// How the connection is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Security {
    /// Not at all.
    None,
    /// By STARTTLS, or not used.
    StartTls,
    /// From the first byte.
    Tls,
}

/// A mail server.
#[derive(Clone)]
pub(crate) struct Smtp {
    pub(crate) host: String,
    pub(crate) port: u16,
    pub(crate) security: Security,
    pub(crate) credentials: Option<Credentials>,
    tls: Option<TlsParameters>,
    limit: Duration,
}

impl fmt::Debug for Smtp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Smtp({}:{}, {:?})", self.host, self.port, self.security)
    }
}

impl Smtp {
    pub(crate) fn new(
        host: String,
        port: u16,
        security: Security,
        credentials: Option<Credentials>,
    ) -> Result<Self, SettingError> {
        let tls = if security == Security::None {
            None
        } else {
            let parameters = TlsParameters::new(host.clone());
            Some(parameters.map_err(|error| SettingError::Certificates(error.to_string()))?)
        };
        Ok(Self { host, port, security, credentials, tls, limit: WHOLE_LIMIT })
    }

    pub(crate) fn with_limit(self, limit: Duration) -> Self {
        Self { limit, ..self }
    }

    pub(crate) async fn deliver(&self, composed: &Composed) -> Outcome {
        match tokio::time::timeout(self.limit, self.attempt(composed)).await {
            Ok(outcome) => outcome,
            Err(_) => Outcome::TryLater(format!(
                "the mail server {} did not finish within {} seconds",
                self.host,
                self.limit.as_secs_f32()
            )),
        }
    }

    async fn attempt(&self, composed: &Composed) -> Outcome {
        let mut connection = match self.connect().await {
            Ok(connection) => connection,
            Err(error) => return Outcome::TryLater(self.reason("no connection", &error)),
        };
        // The library ends the text with a line break of its own.
        let text = composed.bytes.strip_suffix(b"\r\n").unwrap_or(&composed.bytes);
        match connection.send(&composed.envelope, text).await {
            Ok(_) => {
                // Taken; whether the server says goodbye changes nothing.
                let _ = connection.quit().await;
                Outcome::Sent
            }
            Err(error) => self.judge(&error),
        }
    }

    async fn connect(&self) -> Result<AsyncSmtpConnection, Error> {
        let hello = ClientId::default();
        let first = self.tls.clone().filter(|_| self.security == Security::Tls);
        let place = (self.host.as_str(), self.port);
        let limit = Some(CONNECT_LIMIT);
        let mut connection = AsyncSmtpConnection::connect_tokio1(place, limit, &hello, first, None).await?;
        if self.security == Security::StartTls
            && let Some(tls) = self.tls.clone()
        {
            connection.starttls(tls, &hello).await?;
        }
        if let Some(credentials) = &self.credentials {
            connection.auth(DEFAULT_MECHANISMS, credentials).await?;
        }
        Ok(connection)
    }

    fn judge(&self, error: &Error) -> Outcome {
        let is_about_us = error.status().is_some_and(|code| ABOUT_US.contains(&u16::from(code)));
        if error.is_permanent() && !is_about_us {
            Outcome::Refused(self.reason("refused", error))
        } else {
            Outcome::TryLater(self.reason("not taken", error))
        }
    }

    /// What happened, in one line: the server's own words are part of it and may hold anything.
    fn reason(&self, what: &str, error: &Error) -> String {
        let mut text = format!("{what} by {}:{}: {error}", self.host, self.port);
        let mut source = std::error::Error::source(error);
        while let Some(cause) = source {
            let cause_text = cause.to_string();
            if !text.contains(&cause_text) {
                text = format!("{text}: {cause_text}");
            }
            source = cause.source();
        }
        let words = text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
        words.collect::<Vec<_>>().join(" ").chars().take(MAX_REASON).collect()
    }
}
