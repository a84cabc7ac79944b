//! The built program, run by a test: ended within bounds, what it printed kept.

use std::io::Read;
use std::path::Path;
use std::process::Child;
use std::process::Command;
use std::process::Stdio;
use std::sync::mpsc::Receiver;
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;
use std::time::Instant;

use serde_json::Value;

/// No command of a test takes longer than this.
pub const PATIENCE: Duration = Duration::from_mins(1);

/// What came of a command.
pub struct Done {
    pub code: Option<i32>,
    pub out: Vec<u8>,
    pub err: String,
}

impl Done {
    pub fn json(&self) -> Value {
        assert_eq!(self.code, Some(0), "{}", self.err);
        assert_eq!(self.err, "", "nothing but the answer");
        serde_json::from_slice(&self.out).unwrap()
    }

    pub fn text(&self) -> String {
        assert_eq!(self.code, Some(0), "{}", self.err);
        String::from_utf8(self.out.clone()).unwrap()
    }

    /// It failed with one line that holds all of these words, and printed nothing else.
    pub fn failed_with(&self, words: &[&str]) {
        assert_eq!(self.code, Some(1), "{}", self.err);
        assert!(self.out.is_empty(), "no half an answer");
        assert!(
            self.err.ends_with('\n') && self.err.lines().count() == 1,
            "one line: {:?}",
            self.err
        );
        for word in words {
            assert!(self.err.contains(word), "no {word:?} in {:?}", self.err);
        }
    }
}

/// Runs the program; it is ended if it does not end by itself.
pub fn zhugan(arguments: &[&str]) -> Done {
    let mut child = started(arguments, None);
    let out = drained(child.stdout.take().unwrap());
    let err = drained(child.stderr.take().unwrap());
    let code = ended(&mut child);
    Done {
        code,
        out: out.recv_timeout(PATIENCE).unwrap(),
        err: String::from_utf8(err.recv_timeout(PATIENCE).unwrap()).unwrap(),
    }
}

pub fn started(arguments: &[&str], from: Option<&Path>) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_zhugan"));
    command.args(arguments).stdin(Stdio::null());
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    // Nothing of a test is kept in the home of whoever runs it: here nothing can be.
    command.env("XDG_DATA_HOME", "/dev/null");
    if let Some(folder) = from {
        command.current_dir(folder);
    }
    command.spawn().unwrap()
}

pub fn drained(mut pipe: impl Read + Send + 'static) -> Receiver<Vec<u8>> {
    let (send, receive) = channel();
    thread::spawn(move || {
        let mut bytes = Vec::new();
        pipe.read_to_end(&mut bytes).unwrap();
        send.send(bytes).unwrap();
    });
    receive
}

pub fn ended(child: &mut Child) -> Option<i32> {
    let start = Instant::now();
    while start.elapsed() < PATIENCE {
        if let Some(status) = child.try_wait().unwrap() {
            return status.code();
        }
        thread::sleep(Duration::from_millis(5));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    panic!("the program did not end within {PATIENCE:?}");
}
