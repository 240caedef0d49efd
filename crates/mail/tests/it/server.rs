//! A mail server in a thread, which follows a script.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::thread::{JoinHandle, spawn};

/// What the server does.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Script {
    /// The greeting, if not `220`.
    pub(crate) greeting: Option<&'static str>,
    /// The answer to `AUTH`, if not `235`.
    pub(crate) auth: Option<&'static str>,
    /// The answer to `MAIL`.
    pub(crate) mail: Option<&'static str>,
    /// The answer to `RCPT`.
    pub(crate) rcpt: Option<&'static str>,
    /// The answer to the text.
    pub(crate) text: Option<&'static str>,
    /// Hangs up instead of answering to the text.
    pub(crate) drops_after_text: bool,
    /// Says nothing at all.
    pub(crate) is_silent: bool,
}

/// What the server saw: commands, and the text as it came, dots undoubled.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    pub(crate) commands: Vec<String>,
    pub(crate) text: String,
}

/// Serves one connection on a free port of this machine.
pub(crate) fn serve(script: Script) -> (u16, JoinHandle<Seen>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let thread = spawn(move || {
        let (stream, _) = listener.accept().unwrap();
        converse(stream, script)
    });
    (port, thread)
}

fn converse(mut stream: TcpStream, script: Script) -> Seen {
    let mut seen = Seen::default();
    let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
    if script.is_silent {
        // Reads until the client has had enough.
        lines.by_ref().take_while(Result::is_ok).for_each(drop);
        return seen;
    }
    let mut say = |line: &str| stream.write_all(format!("{line}\r\n").as_bytes()).is_ok();
    say(script.greeting.unwrap_or("220 test ready"));
    while let Some(Ok(line)) = lines.next() {
        seen.commands.push(line.clone());
        let verb = line.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase();
        match verb.as_str() {
            "EHLO" => say("250-test\r\n250 AUTH PLAIN"),
            "AUTH" => say(script.auth.unwrap_or("235 2.7.0 welcome")),
            "MAIL" => say(script.mail.unwrap_or("250 2.1.0 ok")),
            "RCPT" => say(script.rcpt.unwrap_or("250 2.1.5 ok")),
            "DATA" => {
                say("354 go on");
                for line in lines.by_ref().map_while(Result::ok).take_while(|line| line != ".") {
                    seen.text.push_str(line.strip_prefix('.').unwrap_or(&line));
                    seen.text.push_str("\r\n");
                }
                if script.drops_after_text {
                    return seen;
                }
                say(script.text.unwrap_or("250 2.0.0 taken"))
            }
            "QUIT" => {
                say("221 bye");
                return seen;
            }
            _ => say("500 what?"),
        };
    }
    seen
}
