//! Text in the one font: harmless characters only, measured, cut and wrapped to a width.

use std::iter::Peekable;
use std::str::Chars;
use std::sync::OnceLock;

use krilla::text::Font;
use krilla::text::GlyphId;
use krilla::text::KrillaGlyph;
use skrifa::FontRef;
use skrifa::MetadataProvider;
use skrifa::charmap::Charmap;
use skrifa::instance::LocationRef;
use skrifa::instance::Size;
use skrifa::metrics::GlyphMetrics;

use crate::formats::pdf::PdfError;

/// The font of every paper.
const BYTES: &[u8] = include_bytes!("noto-sans-sc.otf");

/// What stands for a character that the font lacks.
const BOX: char = '□';

/// What stands for the rest of a text that was cut.
const REST: char = '…';

/// The font, read once.
#[derive(Clone)]
pub(super) struct Face {
    pub font: Font,
    charmap: Charmap<'static>,
    metrics: GlyphMetrics<'static>,
    units_per_em: f32,
}

impl Face {
    /// The font that comes with the program.
    pub fn get() -> Result<&'static Self, PdfError> {
        static FACE: OnceLock<Option<Face>> = OnceLock::new();
        let face = FACE.get_or_init(Self::read).as_ref();
        face.ok_or_else(|| PdfError::NotMade("its font cannot be read".to_owned()))
    }

    fn read() -> Option<Self> {
        let font = FontRef::new(BYTES).ok()?;
        Some(Self {
            units_per_em: f32::from(
                font.metrics(Size::unscaled(), LocationRef::default())
                    .units_per_em,
            ),
            charmap: font.charmap(),
            metrics: font.glyph_metrics(Size::unscaled(), LocationRef::default()),
            font: Font::new(BYTES.into(), 0)?,
        })
    }

    /// The glyphs of a text that has been made harmless.
    pub fn glyphs(&self, text: &str) -> Vec<KrillaGlyph> {
        let glyph = |(at, letter): (usize, char)| {
            let id = self.charmap.map(letter).unwrap_or_default();
            let range = at..at + letter.len_utf8();
            KrillaGlyph::new(
                GlyphId::new(id.to_u32()),
                self.em(letter),
                0.0,
                0.0,
                0.0,
                range,
                None,
            )
        };
        text.char_indices().map(glyph).collect()
    }

    fn holds(&self, letter: char) -> bool {
        self.charmap.map(letter).is_some_and(|id| id.to_u32() != 0)
    }

    /// The width of a character, in its size.
    fn em(&self, letter: char) -> f32 {
        let id = self.charmap.map(letter).unwrap_or_default();
        self.metrics.advance_width(id).unwrap_or_default() / self.units_per_em
    }
}

/// A text without what cannot be seen or turns the text around; what the font lacks is a box.
pub fn harmless(text: &str) -> String {
    let face = Face::get().ok();
    let shown = text.chars().filter_map(|letter| match letter {
        '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}' => Some(' '),
        _ if letter.is_control() || is_invisible(letter) => None,
        _ if face.is_none_or(|face| face.holds(letter)) => Some(letter),
        _ => Some(BOX),
    });
    shown.collect()
}

fn is_invisible(letter: char) -> bool {
    matches!(
        letter,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}

/// How wide a harmless text is, points.
pub fn width(text: &str, size: f32) -> f32 {
    let Ok(face) = Face::get() else { return 0.0 };
    text.chars().map(|letter| face.em(letter)).sum::<f32>() * size
}

/// A text, or as much of it as a width takes, with dots for the rest.
pub fn fitted(text: &str, size: f32, most: f32) -> String {
    if width(text, size) <= most {
        return text.to_owned();
    }
    let mut cut: String = String::new();
    let dots = width("…", size);
    let mut wide = 0.0;
    for letter in text.chars() {
        let own = width(letter.encode_utf8(&mut [0; 4]), size);
        if most < wide + own + dots {
            break;
        }
        wide += own;
        cut.push(letter);
    }
    let mut cut = cut.trim_end().to_owned();
    cut.push(REST);
    cut
}

/// The largest size, down from one, at which a text fits into a width.
pub fn size_for(text: &str, size: f32, most: f32) -> f32 {
    let wide = width(text, size);
    if wide <= most {
        size
    } else {
        size * most / wide
    }
}

/// A text in at most so many lines of a width; the last one is cut where there is more.
pub fn wrapped(text: &str, size: f32, most: f32, n_lines: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    let mut words = text.chars().peekable();
    while let Some(word) = next_word(&mut words) {
        let is_full = most < width(&line, size) + width(word.trim_end(), size);
        if is_full && !line.is_empty() {
            if lines.len() + 1 == n_lines {
                line.push_str(&word);
                line.extend(words);
                break;
            }
            lines.push(fitted(line.trim_end(), size, most));
            line = String::new();
        }
        line.push_str(&word);
    }
    lines.push(fitted(line.trim_end(), size, most));
    lines
}

/// The next part after which a line may end: a word with its blanks, or one hanzi with the punctuation behind it.
fn next_word(letters: &mut Peekable<Chars<'_>>) -> Option<String> {
    let first = letters.next()?;
    let mut word = String::from(first);
    let mut is_over = first == ' ' || is_wide(first);
    while let Some(&next) = letters.peek() {
        let is_closing = matches!(
            next,
            '，' | '。' | '、' | '；' | '：' | '）' | '！' | '？' | '」' | '》' | '”'
        );
        let may_end = if is_over { next != ' ' } else { is_wide(next) };
        if may_end && !is_closing {
            break;
        }
        is_over |= next == ' ';
        word.push(next);
        letters.next();
    }
    Some(word)
}

fn is_wide(letter: char) -> bool {
    matches!(letter, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ff60}')
}
