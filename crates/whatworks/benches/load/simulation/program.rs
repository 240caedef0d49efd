//! The program as a child process that can be killed and started again on the same database.

use std::io::{BufRead, BufReader, Read};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

/// A running server.
pub(crate) struct Program {
    pub(crate) child: Child,
    /// Where it listens.
    pub(crate) address: SocketAddr,
}

/// How to start it.
#[derive(Debug, Clone)]
pub(crate) struct Setting {
    pub(crate) binary: PathBuf,
    pub(crate) data_dir: PathBuf,
    /// Address of the database.
    pub(crate) database: String,
}

impl Program {
    /// Starts it on a spare port, and comes back when it listens.
    pub(crate) fn start(setting: &Setting) -> Self {
        let mut child = Command::new(&setting.binary)
            .args(["serve", "--listen", "127.0.0.1:0", "--proxies", "1", "--database", &setting.database])
            .arg("--data-dir")
            .arg(&setting.data_dir)
            .env_remove("WHATWORKS_DATABASE")
            .env_remove("WHATWORKS_DATA_DIR")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        output.read_line(&mut line).unwrap();
        let address = line.split("http://").nth(1).and_then(|rest| rest.split_whitespace().next());
        let address = address.and_then(|text| text.parse().ok());
        // Whatever it says later is read, so that it never waits for a reader.
        std::thread::spawn(move || output.read_to_end(&mut Vec::new()));
        let address = address.unwrap_or_else(|| panic!("the program did not say where it listens: {line}"));
        Self { child, address }
    }

    /// Kills it as `kill -9` does: nothing in it runs any more.
    pub(crate) fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
