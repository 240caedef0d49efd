//! The program `whatworks serve` as a child, on a spare port, stopped when dropped.

use super::{http, now};
use anyhow::{Result, bail};
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

const PATIENCE: Duration = Duration::from_secs(30);

/// A running commons.
#[derive(Debug)]
pub(super) struct Server {
    child: Child,
    /// Where it listens.
    pub(super) address: SocketAddr,
    /// From starting the process to the whole front page.
    pub(super) to_first_page: Duration,
}

impl Server {
    /// Starts it on a data folder and waits for the front page.
    pub(super) fn start(program: &Path, data: &Path) -> Result<Self> {
        // The port is free a moment before the program takes it; nothing else here takes ports meanwhile.
        let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let mut command = Command::new(program);
        command.args(["serve", "--listen", &address.to_string(), "--data-dir"]).arg(data);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        let started: Instant = now();
        let child = command.spawn()?;
        let mut server = Self { child, address, to_first_page: Duration::ZERO };
        loop {
            if http::get(address, "/", true).is_ok_and(|answer| answer.status == 200) {
                server.to_first_page = started.elapsed();
                return Ok(server);
            }
            if let Some(status) = server.child.try_wait()? {
                bail!("whatworks serve ended at its start: {status}");
            }
            if started.elapsed() > PATIENCE {
                bail!("whatworks serve gave no page in {PATIENCE:?}");
            }
            thread::sleep(Duration::from_millis(1));
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // A child that has already ended cannot be killed, which is what was wanted.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
