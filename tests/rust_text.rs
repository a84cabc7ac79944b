//! Rust source as plain text: its code without comments and strings, its names, its test modules.

/// The code with every comment, string and character literal blanked; each line keeps its number.
pub fn code(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while at < chars.len() {
        let end = literal_end(&chars, at);
        if end == at {
            out.push(chars[at]);
            at += 1;
        } else {
            out.extend(chars[at..end].iter().map(|&c| blank(c)));
            at = end;
        }
    }
    out
}

/// The code (as [`code`] gives it) with every item behind `#[cfg(test)]` blanked.
pub fn without_tests(code: &str) -> String {
    let mut out = code.to_owned();
    while let Some(start) = out.find(CFG_TEST) {
        let end = item_end(&out, start + CFG_TEST.len());
        let blanked: String = out[start..end].chars().map(blank).collect();
        out.replace_range(start..end, &blanked);
    }
    out
}

/// The names of modules that stand behind `#[cfg(test)]` in files of their own.
pub fn test_modules(code: &str) -> Vec<&str> {
    code.split(CFG_TEST)
        .skip(1)
        .filter_map(|rest| {
            rest.trim_start()
                .trim_start_matches("pub ")
                .strip_prefix("mod ")
        })
        .filter_map(|rest| rest.split_once(';'))
        .map(|(name, _)| name.trim())
        .filter(|name| name.chars().all(is_name))
        .collect()
}

/// Where a word stands, and is not part of a longer name: (line, what comes before it, what comes after it on the line).
pub fn words<'a>(code: &'a str, word: &str) -> Vec<(usize, &'a str, &'a str)> {
    let mut found = Vec::new();
    for (n, line) in code.lines().enumerate() {
        for (at, _) in line.match_indices(word) {
            let (before, after) = (&line[..at], &line[at + word.len()..]);
            let starts = !word.starts_with(is_name) || !before.ends_with(is_name);
            let ends = !word.ends_with(is_name) || !after.starts_with(is_name);
            if starts && ends {
                found.push((n + 1, before, after));
            }
        }
    }
    found
}

/// The name that a text begins with, or nothing.
pub fn first_name(text: &str) -> &str {
    &text[..text.find(|c| !is_name(c)).unwrap_or(text.len())]
}

const CFG_TEST: &str = "#[cfg(test)]";

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn blank(c: char) -> char {
    if c == '\n' { '\n' } else { ' ' }
}

/// Where the comment or literal that begins at `at` ends; `at` itself where none begins.
fn literal_end(chars: &[char], at: usize) -> usize {
    let next = chars.get(at + 1).copied();
    match chars[at] {
        '/' if next == Some('/') => line_end(chars, at),
        '/' if next == Some('*') => block_comment_end(chars, at),
        '"' => string_end(chars, at, raw_hashes(chars, at)),
        '\'' if next == Some('\\') => close(chars, at + 3, '\''),
        '\'' if chars.get(at + 2) == Some(&'\'') => at + 3,
        _ => at,
    }
}

fn line_end(chars: &[char], at: usize) -> usize {
    let length = chars[at..].iter().position(|&c| c == '\n');
    length.map_or(chars.len(), |length| at + length)
}

fn block_comment_end(chars: &[char], at: usize) -> usize {
    let mut depth = 0;
    let mut here = at;
    while here + 1 < chars.len() {
        match (chars[here], chars[here + 1]) {
            ('/', '*') => depth += 1,
            ('*', '/') => depth -= 1,
            _ => {
                here += 1;
                continue;
            }
        }
        here += 2;
        if depth == 0 {
            return here;
        }
    }
    chars.len()
}

/// How many `#` stand between the `r` of a raw string and its quote; nothing for a plain string.
fn raw_hashes(chars: &[char], quote: usize) -> Option<usize> {
    let hashes = chars[..quote]
        .iter()
        .rev()
        .take_while(|&&c| c == '#')
        .count();
    let before = &chars[..quote - hashes];
    let is_raw = match before {
        ['r'] | ['b' | 'c', 'r'] => true,
        [.., c, 'b' | 'c', 'r'] | [.., c, 'r'] => !is_name(*c),
        _ => false,
    };
    is_raw.then_some(hashes)
}

fn string_end(chars: &[char], quote: usize, raw_hashes: Option<usize>) -> usize {
    let Some(hashes) = raw_hashes else {
        return close(chars, quote + 1, '"');
    };
    let mut here = quote + 1;
    while here < chars.len() {
        let follows = chars[here + 1..].iter().take(hashes);
        if chars[here] == '"' && follows.filter(|&&c| c == '#').count() == hashes {
            return here + 1 + hashes;
        }
        here += 1;
    }
    chars.len()
}

/// Just behind the first unescaped `mark` from `at` on.
fn close(chars: &[char], at: usize, mark: char) -> usize {
    let mut here = at;
    while here < chars.len() && chars[here] != mark {
        here += if chars[here] == '\\' { 2 } else { 1 };
    }
    (here + 1).min(chars.len())
}

/// Where the item ends that begins at `at`: behind its `;`, or behind the brace that closes its first.
fn item_end(code: &str, at: usize) -> usize {
    let mut depth = 0;
    for (offset, c) in code[at..].char_indices() {
        match c {
            ';' if depth == 0 => return at + offset + 1,
            '{' => depth += 1,
            '}' => {
                depth -= 1;
                if depth == 0 {
                    return at + offset + 1;
                }
            }
            _ => {}
        }
    }
    code.len()
}

#[test]
fn comments_and_literals_are_blanked_and_lines_kept() {
    let text = "a // b\nc /* d /* e */\nf */ g \"h \\\" i\" 'j' '\\'' '\\u{41}' k\nr#\"l\n\"m\"# n: &'o str\n\"\\\\\" p";
    let blanked = code(text);
    assert_eq!(
        blanked.split_whitespace().collect::<String>(),
        "acgkr#n:&'ostrp"
    );
    assert_eq!(blanked.lines().count(), text.lines().count());
}

#[test]
fn test_items_are_blanked_and_lines_kept() {
    let text = "a\n#[cfg(test)]\nmod tests {\n  { b }\n}\nc\n#[cfg(test)]\nmod oracle;\nd";
    let blanked = without_tests(text);
    assert_eq!(blanked.split_whitespace().collect::<String>(), "acd");
    assert_eq!(blanked.lines().count(), text.lines().count());
    assert_eq!(test_modules(text), ["oracle"]);
}
