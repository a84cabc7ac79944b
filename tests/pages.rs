//! The pages' own tests, run from here so that one command runs every test: types, lint and units, then a real browser.
//!
//! They need Node, and for the browser Debian's Chromium with Chinese fonts, which are installed where that is possible.
//! What is missing is said, and what needs it does not run.

use std::path::Path;
use std::path::PathBuf;
use std::process::Command;
use std::process::Stdio;
use std::thread;
use std::time::Duration;
use std::time::Instant;

/// Nothing here takes longer on a slow machine.
const PATIENCE: Duration = Duration::from_mins(20);

#[test]
fn the_pages_pass_their_own_tests_and_do_their_job_in_a_browser() {
    let web = Path::new(env!("CARGO_MANIFEST_DIR")).join("web");
    if !is_there("npm") {
        println!("Node is not there: the pages' tests do not run; install Node 20.19 or newer");
        return;
    }
    if !is_installed(&web) {
        run(npm(&web, &["ci", "--no-audit", "--no-fund"]));
    }
    run(npm(&web, &["run", "check"]));
    if std::env::var_os("WEB_BUILD").is_some_and(|wish| wish == "never") {
        println!("WEB_BUILD=never: the program holds no pages, so no browser opens them");
        return;
    }
    let Some(browser) = browser() else {
        println!(
            "Chromium is not there: the browser tests do not run; on Debian: apt-get install chromium fonts-noto-cjk"
        );
        return;
    };
    let mut tests = npm(&web, &["run", "e2e"]);
    tests.env("ZHUGAN", env!("CARGO_BIN_EXE_zhugan"));
    tests.env("CHROMIUM", browser);
    run(tests);
}

/// Whether what the lock file names has been installed since it was last changed.
fn is_installed(web: &Path) -> bool {
    let written = |file: &str| {
        web.join(file)
            .metadata()
            .and_then(|file| file.modified())
            .ok()
    };
    let installed = written("node_modules/.package-lock.json");
    installed.is_some() && installed >= written("package-lock.json")
}

fn npm(web: &Path, arguments: &[&str]) -> Command {
    let mut npm = Command::new("npm");
    npm.args(arguments).current_dir(web);
    npm
}

fn is_there(program: &str) -> bool {
    let asked = Command::new(program).arg("--version").output();
    asked.is_ok_and(|output| output.status.success())
}

/// Where Chromium is; installed first if it is missing and may be.
fn browser() -> Option<PathBuf> {
    if let Some(named) = std::env::var_os("CHROMIUM") {
        return Some(PathBuf::from(named));
    }
    let browser = PathBuf::from("/usr/bin/chromium");
    if !browser.exists() && is_there("apt-get") {
        // Without the right to install this fails at once, and the browser stays missing.
        let steps = [
            "apt-get update",
            "apt-get install --yes --no-install-recommends chromium fonts-noto-cjk",
        ];
        for step in steps {
            let words: Vec<&str> = step.split(' ').collect();
            let mut install = Command::new(words[0]);
            install.args(&words[1..]);
            install.env("DEBIAN_FRONTEND", "noninteractive");
            if !has_worked(install) {
                break;
            }
        }
    }
    browser.exists().then_some(browser)
}

fn run(command: Command) {
    let shown = format!("{command:?}");
    assert!(has_worked(command), "{shown} has failed, see above");
}

/// Runs a command to its end, or ends it when patience does; tells whether it did its work.
fn has_worked(mut command: Command) -> bool {
    let Ok(mut child) = command.stdin(Stdio::null()).spawn() else {
        return false;
    };
    let start = Instant::now();
    while start.elapsed() < PATIENCE {
        if let Some(status) = child.try_wait().unwrap() {
            return status.success();
        }
        thread::sleep(Duration::from_millis(200));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    false
}
