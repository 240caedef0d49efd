//! Just enough of HTTP/1.1 (RFC 9112) for one browser: a connection that stays open, one request at a time, gzip.

use std::io::Read;
use std::net::SocketAddr;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// What came back.
#[derive(Debug)]
pub(crate) struct Response {
    pub(crate) status: u16,
    /// Where to go next; blank when the answer does not say.
    pub(crate) location: String,
    /// The page, uncompressed.
    pub(crate) body: String,
    /// Bytes of the body as sent.
    pub(crate) bytes: usize,
    is_last: bool,
}

/// A request of a member.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    pub(crate) path: String,
    /// The form's fields, encoded; none for reading.
    pub(crate) form: Option<String>,
}

/// A connection, opened when it is first needed and again after it broke.
#[derive(Debug, Default)]
pub(crate) struct Connection {
    stream: Option<TcpStream>,
    to: Option<SocketAddr>,
}

fn broken(what: &str) -> std::io::Error {
    std::io::Error::new(std::io::ErrorKind::InvalidData, what.to_owned())
}

impl Connection {
    /// Sends a request and reads its answer. After an error the next request opens a new connection; whether the program
    /// did what was asked is then not known.
    pub(crate) async fn exchange(
        &mut self,
        address: SocketAddr,
        headers: &str,
        request: &Request,
    ) -> std::io::Result<Response> {
        let held = self.stream.take().filter(|_| self.to == Some(address));
        let mut stream = match held {
            Some(stream) => stream,
            None => TcpStream::connect(address).await?,
        };
        stream.set_nodelay(true)?;
        stream.write_all(text(address, headers, request).as_bytes()).await?;
        let response = read(&mut stream).await?;
        if !response.is_last {
            (self.stream, self.to) = (Some(stream), Some(address));
        }
        Ok(response)
    }
}

fn text(address: SocketAddr, headers: &str, request: &Request) -> String {
    let path = &request.path;
    let common = format!("host: {address}\r\naccept-encoding: gzip\r\n{headers}");
    match &request.form {
        None => format!("GET {path} HTTP/1.1\r\n{common}\r\n"),
        Some(form) => format!(
            "POST {path} HTTP/1.1\r\n{common}content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{form}",
            form.len()
        ),
    }
}

async fn read(stream: &mut TcpStream) -> std::io::Result<Response> {
    let mut bytes = Vec::with_capacity(16 << 10);
    let head = loop {
        if let Some(at) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            break at;
        }
        more(stream, &mut bytes).await?;
    };
    let text = String::from_utf8_lossy(&bytes[..head]).into_owned();
    bytes.drain(..head + 4);
    let field = |name: &str| {
        let mut lines = text.lines().skip(1).filter_map(|line| line.split_once(':'));
        lines.find(|(key, _)| key.eq_ignore_ascii_case(name)).map_or("", |(_, value)| value.trim()).to_owned()
    };
    let status =
        text.split(' ').nth(1).and_then(|code| code.parse().ok()).ok_or_else(|| broken("no status"))?;
    let mut body = if field("transfer-encoding").eq_ignore_ascii_case("chunked") {
        chunks(stream, bytes).await?
    } else {
        let length: usize = field("content-length").parse().unwrap_or(0);
        while bytes.len() < length {
            more(stream, &mut bytes).await?;
        }
        bytes
    };
    let sent = body.len();
    if field("content-encoding") == "gzip" {
        let mut plain = Vec::new();
        flate2::read::GzDecoder::new(body.as_slice()).read_to_end(&mut plain)?;
        body = plain;
    }
    Ok(Response {
        status,
        location: field("location"),
        body: String::from_utf8_lossy(&body).into_owned(),
        bytes: sent,
        is_last: field("connection").eq_ignore_ascii_case("close"),
    })
}

async fn more(stream: &mut TcpStream, bytes: &mut Vec<u8>) -> std::io::Result<()> {
    match stream.read_buf(bytes).await? {
        0 => Err(broken("the connection ended")),
        _ => Ok(()),
    }
}

/// A body in chunks, of which `bytes` has come already.
async fn chunks(stream: &mut TcpStream, mut bytes: Vec<u8>) -> std::io::Result<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let line = loop {
            if let Some(at) = bytes.windows(2).position(|window| window == b"\r\n") {
                break at;
            }
            more(stream, &mut bytes).await?;
        };
        let size =
            std::str::from_utf8(&bytes[..line]).ok().and_then(|size| usize::from_str_radix(size, 16).ok());
        let size = size.ok_or_else(|| broken("no size of a chunk"))?;
        while bytes.len() < line + 2 + size + 2 {
            more(stream, &mut bytes).await?;
        }
        body.extend_from_slice(&bytes[line + 2..line + 2 + size]);
        bytes.drain(..line + 2 + size + 2);
        if size == 0 {
            return Ok(body);
        }
    }
}
