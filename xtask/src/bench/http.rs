//! As much HTTP as a bench needs: one GET per connection, the body as it came.

use anyhow::{Context, Result};
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// Status and undecoded body.
#[derive(Debug)]
pub(super) struct Answer {
    /// The status code.
    pub(super) status: u16,
    /// The body, compressed when the server compressed it.
    pub(super) body: Vec<u8>,
}

/// Asks for a path; with `compressed`, offers gzip.
pub(super) fn get(address: SocketAddr, path: &str, compressed: bool) -> Result<Answer> {
    let mut stream = TcpStream::connect_timeout(&address, Duration::from_secs(2))?;
    stream.set_read_timeout(Some(Duration::from_secs(30)))?;
    let offer = if compressed { "Accept-Encoding: gzip\r\n" } else { "" };
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {address}\r\n{offer}Connection: close\r\n\r\n")?;
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes)?;
    parse(&bytes).with_context(|| format!("GET {path}"))
}

fn parse(bytes: &[u8]) -> Result<Answer> {
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").context("no end of headers")?;
    let head = String::from_utf8_lossy(&bytes[..end]);
    let status = head.split(' ').nth(1).and_then(|code| code.parse().ok()).context("no status")?;
    Ok(Answer { status, body: bytes[end + 4..].to_vec() })
}

/// Addresses of ours that an HTML page links to and that begin with `prefix`, sorted, each once.
pub(super) fn links(html: &str, prefix: &str) -> Vec<String> {
    let targets = html.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let mut found: Vec<String> = targets
        .map(|target| target.replace("&amp;", "&"))
        .map(|target| target.split('#').next().unwrap_or_default().to_owned())
        .filter(|target| target.starts_with(prefix))
        .collect();
    found.sort();
    found.dedup();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_taken_apart() {
        let answer = parse(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nhi").unwrap();
        assert_eq!((answer.status, answer.body), (200, b"hi".to_vec()));
        assert!(parse(b"nothing").is_err());
    }

    #[test]
    fn links_are_found_once() {
        let html =
            r#"<a href="/s/b#x"></a><a href="/s/a?x=1&amp;y=2"></a><a href="/s/b"></a><a href="/t"></a>"#;
        assert_eq!(links(html, "/s/"), ["/s/a?x=1&y=2", "/s/b"]);
    }
}
