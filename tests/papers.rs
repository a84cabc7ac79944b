//! The rules of the papers: how long, no dead link, the same commands everywhere.

use std::path::Path;

use crate::project::Fault;
use crate::project::faults;
use crate::project::has_ending;
use crate::project::holds;
use crate::project::read;
use crate::project::root;

/// The most lines that a paper may have.
const PAPERS: [(&str, usize); 4] = [
    ("README.md", 120),
    ("README.zh-CN.md", 120),
    ("ARCHITECTURE.md", 120),
    ("CONTRIBUTING.md", 70),
];

#[test]
fn no_paper_is_too_long() {
    holds(
        paper_length,
        "ARCHITECTURE.md",
        &"word\n".repeat(121),
        &[121],
    );
}

#[test]
fn every_link_of_a_paper_leads_somewhere() {
    let text = "[a](README.md) [b](nowhere.md#b)\n```\n[c](c.md)\n```\n[d](https://example.org) [e](../e.md)";
    holds(dead_links, "CHANGELOG.md", text, &[1, 5]);
    holds(
        dead_links,
        "maps/README.md",
        "[f](liechtenstein/nothing.md)",
        &[1],
    );
}

#[test]
fn both_readmes_give_the_same_commands_and_ci_runs_their_tests() {
    let english = read("README.md");
    let chinese = |path: &str, text: &str| other_commands(path, text, &english);
    holds(chinese, "README.zh-CN.md", "```sh\ncargo run\n```", &[1]);
    let ci = |path: &str, text: &str| untested(path, text, &english);
    holds(ci, ".ci/run", "cargo fmt --check", &[1]);
}

fn paper_length(path: &str, text: &str) -> Vec<Fault> {
    let paper = PAPERS.iter().find(|(name, _)| *name == path);
    let n_lines = text.lines().count();
    let too_long = paper.filter(|(_, most)| *most < n_lines);
    let fault = too_long.map(|(_, most)| (most + 1, format!("{n_lines} lines; at most {most}")));
    faults(path, fault)
}

fn dead_links(path: &str, text: &str) -> Vec<Fault> {
    let mut found = Vec::new();
    let mut is_code = false;
    for (n, line) in text.lines().enumerate() {
        is_code ^= line.starts_with("```");
        let targets = line.split("](").skip(1).map(|rest| rest.split(')').next());
        for target in targets.flatten() {
            if has_ending(path, "md") && !is_code && !leads_somewhere(path, target) {
                found.push((n + 1, format!("nothing stands at {target}")));
            }
        }
    }
    faults(path, found)
}

/// Whether a link of a paper names a file or folder of the project, a place in the paper itself, or another site.
fn leads_somewhere(path: &str, target: &str) -> bool {
    let folder = root().join(Path::new(path).parent().unwrap_or(Path::new("")));
    let file = target.split('#').next().unwrap_or_default();
    target.contains("://") || target.starts_with("mailto:") || folder.join(file).exists()
}

fn other_commands(path: &str, text: &str, english: &str) -> Vec<Fault> {
    let differs = path == "README.zh-CN.md" && commands(text) != commands(english);
    let what = "gives other commands than README.md";
    faults(path, differs.then(|| (1, what.to_owned())))
}

fn untested(path: &str, text: &str, readme: &str) -> Vec<Fault> {
    let mut tests = commands(readme);
    tests.retain(|command| command.starts_with("cargo test"));
    assert!(!tests.is_empty(), "README.md names no test command");
    let is_run = |test: &str| text.lines().any(|line| line.trim() == test);
    let is_missing = path == ".ci/run" && !tests.into_iter().all(is_run);
    let what = "does not run the test command of README.md";
    faults(path, is_missing.then(|| (1, what.to_owned())))
}

/// The lines of every block of shell commands.
fn commands(text: &str) -> Vec<&str> {
    let blocks = text.split("```sh\n").skip(1);
    blocks
        .filter_map(|block| block.split("```").next())
        .flat_map(str::lines)
        .collect()
}
