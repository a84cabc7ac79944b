//! Every file of the project as text, and how a rule is held against all of them.

use std::fmt;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

/// A broken rule, where, and what is wrong.
pub struct Fault {
    /// The file, from the project's root.
    pub path: String,
    /// Counted from 1.
    pub line: usize,
    /// What is wrong.
    pub what: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.path, self.line, self.what)
    }
}

/// The rule refuses the bad example at these lines, and every file of the project keeps it.
pub fn holds(
    rule: impl Fn(&str, &str) -> Vec<Fault>,
    bad_path: &str,
    bad_text: &str,
    lines: &[usize],
) {
    let refused: Vec<usize> = rule(bad_path, bad_text).iter().map(|f| f.line).collect();
    assert_eq!(refused, lines, "the rule lets the bad example through");
    let faults: Vec<String> = PROJECT
        .iter()
        .flat_map(|(path, text)| rule(path, text))
        .map(|fault| fault.to_string())
        .collect();
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

/// Faults of one file, in the order of its lines.
pub fn faults(path: &str, found: impl IntoIterator<Item = (usize, String)>) -> Vec<Fault> {
    let fault = |(line, what)| Fault {
        path: path.to_owned(),
        line,
        what,
    };
    let mut faults: Vec<Fault> = found.into_iter().map(fault).collect();
    faults.sort_by_key(|fault| fault.line);
    faults
}

/// Whether a file's name ends so.
pub fn has_ending(path: &str, ending: &str) -> bool {
    Path::new(path).extension().is_some_and(|e| e == ending)
}

/// Every file of text: its path from the project's root, and what it says.
pub static PROJECT: LazyLock<Vec<(String, String)>> = LazyLock::new(|| {
    let mut files = Vec::new();
    collect(root(), &mut files);
    files.sort();
    assert!(files.iter().any(|(path, _)| path == "src/lib.rs"));
    files
});

fn collect(folder: &Path, files: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).expect("a folder of the project") {
        let path = entry.expect("a file of the project").path();
        let relative = path.strip_prefix(root()).expect("below the root");
        let relative = relative.to_str().expect("a name in UTF-8");
        let name = relative.rsplit('/').next().unwrap_or(relative);
        let is_text = ["rs", "md", "toml", "ts", "tsx", "css", "html"]
            .iter()
            .any(|ending| has_ending(name, ending));
        if path.is_dir() && !["target", ".git", "node_modules", "dist"].contains(&name) {
            collect(&path, files);
        } else if is_text || relative == ".ci/run" {
            files.push((relative.to_owned(), read(relative)));
        }
    }
}

/// The text of a file.
pub fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|why| panic!("{path}: {why}"))
}

/// The project's folder.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
