//! Degrees as people write them: decimal, or degrees, minutes and seconds with whatever signs they have at hand.

/// Of degrees, minutes and seconds.
const SIGNS: [char; 3] = ['°', '\'', '"'];

/// An angle in decimal degrees, from text like `29.7901`, `29°47'24.4"N`, `E 120° 24.5′` or `东经120度24分41秒`.
///
/// None for anything else: parts out of order, minutes or seconds of 60 and more, a sign beside a compass letter.
pub(super) fn degrees(text: &str) -> Option<f64> {
    let text = text.trim();
    if let Ok(plain) = text.parse::<f64>() {
        return plain.is_finite().then_some(plain);
    }
    let (text, is_negative) = without_side(text)?;
    let mut parts = [0.0; 3];
    let mut n_parts = 0;
    for (place, number) in numbers(&plain_signs(text))? {
        // No part twice and none out of order; degrees come first.
        let is_next = if n_parts == 0 {
            place == 0
        } else {
            place >= n_parts
        };
        if !is_next || place > 2 {
            return None;
        }
        parts[place] = number.parse::<f64>().ok()?;
        n_parts = place + 1;
    }
    let [whole, minutes, seconds] = parts;
    if n_parts == 0 || minutes >= 60.0 || seconds >= 60.0 {
        return None;
    }
    let angle = whole + minutes / 60.0 + seconds / 3600.0;
    Some(if is_negative { -angle } else { angle })
}

/// With one sign each for degrees, minutes and seconds.
fn plain_signs(text: &str) -> String {
    let signs = text.chars().map(|letter| match letter {
        'º' | '˚' | '度' => '°',
        '’' | '‘' | '′' | '＇' | '分' => '\'',
        '”' | '“' | '″' | '＂' | '秒' => '"',
        '\u{3000}' | '\u{a0}' | ':' => ' ',
        other => other,
    });
    signs.collect::<String>().replace("''", "\"")
}

/// The numbers of a text with plain signs, each with its place: degrees 0, minutes 1, seconds 2. A number without a sign
/// is in the place after the one before it. None if there is anything else.
fn numbers(text: &str) -> Option<Vec<(usize, String)>> {
    let mut found: Vec<(usize, String)> = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let end = rest.find(|letter: char| !letter.is_ascii_digit() && letter != '.');
        let (number, after) = rest.split_at(end.unwrap_or(rest.len()));
        let signed = SIGNS
            .iter()
            .zip(0..)
            .find_map(|(sign, place)| Some((place, after.trim_start().strip_prefix(*sign)?)));
        let is_ended = signed.is_some() || after.is_empty() || after.starts_with(' ');
        if number.is_empty() || !is_ended || found.len() == SIGNS.len() {
            return None;
        }
        let next = found.last().map_or(0, |(place, _)| place + 1);
        let (place, left) = signed.unwrap_or((next, after));
        found.push((place, number.to_owned()));
        rest = left.trim_start();
    }
    Some(found)
}

/// The text without its compass letter or its sign, and whether it lies south or west.
fn without_side(text: &str) -> Option<(&str, bool)> {
    const SIDES: [(&str, bool); 14] = [
        ("东经", false),
        ("西经", true),
        ("北纬", false),
        ("南纬", true),
        ("N", false),
        ("E", false),
        ("S", true),
        ("W", true),
        ("n", false),
        ("e", false),
        ("s", true),
        ("w", true),
        ("+", false),
        ("-", true),
    ];
    let first = SIDES
        .iter()
        .find_map(|(side, is_negative)| Some((text.strip_prefix(side)?, *is_negative)));
    let (text, is_negative) = first.unwrap_or((text, false));
    let last = SIDES[..12]
        .iter()
        .find_map(|(side, is_negative)| Some((text.strip_suffix(side)?, *is_negative)));
    match (first, last) {
        (Some(_), Some(_)) => None,
        (_, Some((text, is_negative))) => Some((text.trim(), is_negative)),
        (_, None) => Some((text.trim(), is_negative)),
    }
}
