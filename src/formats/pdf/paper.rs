//! What is drawn on the pages of a paper, as plain data: text, lines, areas, each where it is.

use crate::formats::pdf::text;

/// The width of A4, points of 1/72 inch.
pub const WIDTH: f32 = 595.28;

/// The height of A4, points.
pub const HEIGHT: f32 = 841.89;

/// A color: red, green, blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Color(pub u8, pub u8, pub u8);

impl Color {
    /// Text.
    pub const INK: Self = Self(0x1d, 0x2a, 0x2e);
    /// Text of less weight.
    pub const SOFT: Self = Self(0x4f, 0x5d, 0x61);
    /// Fine lines.
    pub const LINE: Self = Self(0xdf, 0xda, 0xd0);
    /// Headings.
    pub const ACCENT: Self = Self(0x0f, 0x5e, 0x5a);
    /// Behind headings.
    pub const PALE: Self = Self(0xe3, 0xef, 0xed);
    /// Land on the map.
    pub const LAND: Self = Self(0xf7, 0xf5, 0xf0);
    /// Water on the map.
    pub const WATER: Self = Self(0xa9, 0xd3, 0xe6);
    /// Houses on the map.
    pub const HOUSE: Self = Self(0xde, 0xd8, 0xcf);
    /// The edges of ways on the map.
    pub const WAY: Self = Self(0xe2, 0xdd, 0xd4);
    /// Banks within reach, as on the page.
    pub const WITHIN: Self = Self(0x18, 0x45, 0xbc);
    /// Banks beyond reach, as on the page.
    pub const GAP: Self = Self(0x9c, 0x2a, 0x17);
    /// Behind what is made up.
    pub const MADE_UP: Self = Self(0xff, 0xf3, 0xcf);
    /// Around what is made up.
    pub const MADE_UP_LINE: Self = Self(0xd9, 0xae, 0x3c);
    /// Paper.
    pub const WHITE: Self = Self(0xff, 0xff, 0xff);
}

/// How heavy letters are; there is one font, and bold letters have an edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// As the font is.
    Regular,
    /// With an edge of their own color.
    Bold,
    /// With a white edge behind, to be read on a map.
    Haloed,
}

/// Where a text stands at its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// It begins there.
    Left,
    /// It ends there.
    Right,
    /// Its middle is there.
    Middle,
}

/// A line, or several: each through its points, points from the upper left corner of the page.
pub type Lines = Vec<Vec<[f32; 2]>>;

/// A rectangle: left, top, right, bottom, points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frame {
    /// Left.
    pub left: f32,
    /// Top.
    pub top: f32,
    /// Right.
    pub right: f32,
    /// Bottom.
    pub bottom: f32,
}

impl Frame {
    /// Its corners, around.
    pub fn ring(self) -> Vec<[f32; 2]> {
        vec![
            [self.left, self.top],
            [self.right, self.top],
            [self.right, self.bottom],
            [self.left, self.bottom],
        ]
    }

    /// Whether it meets another.
    pub fn meets(self, other: Self) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }
}

/// One thing that is drawn.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    /// One line of harmless text.
    Text {
        /// Where it begins on its base line.
        at: [f32; 2],
        /// Points.
        size: f32,
        /// Of the letters.
        color: Color,
        /// Of the letters.
        weight: Weight,
        /// What it says.
        text: String,
    },
    /// Areas of one color; where they lie over each other twice, there is a hole.
    Areas {
        /// Around each area.
        rings: Lines,
        /// Inside.
        color: Color,
    },
    /// Lines of one color.
    Strokes {
        /// The lines.
        lines: Lines,
        /// Along them.
        color: Color,
        /// Points.
        width: f32,
        /// Lengths of dashes and of the gaps between, points; none for whole lines.
        dash: Option<[f32; 2]>,
    },
    /// What is seen through a frame.
    Clipped {
        /// The frame.
        frame: Frame,
        /// What is behind it.
        items: Vec<Item>,
    },
}

/// A paper: its pages, and what the file says of itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Paper {
    /// What it is called.
    pub title: String,
    /// The language that it is in: `zh-CN` or `en`.
    pub language: String,
    /// Page by page, what is drawn, in order.
    pub pages: Vec<Vec<Item>>,
}

impl Paper {
    /// The page that is being drawn: the last one.
    pub fn page(&mut self) -> &mut Vec<Item> {
        if self.pages.is_empty() {
            self.pages.push(Vec::new());
        }
        let last = self.pages.len() - 1;
        &mut self.pages[last]
    }
}

/// How a text looks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Look {
    /// Points.
    pub size: f32,
    /// Of the letters.
    pub color: Color,
    /// Of the letters.
    pub weight: Weight,
}

impl Look {
    /// Letters of a size.
    pub const fn new(size: f32, color: Color, weight: Weight) -> Self {
        Self {
            size,
            color,
            weight,
        }
    }
}

/// A line of text at a place.
pub fn text(said: &str, [x, y]: [f32; 2], align: Align, look: Look) -> Item {
    let said = text::harmless(said);
    let left = match align {
        Align::Left => x,
        Align::Right => x - text::width(&said, look.size),
        Align::Middle => x - text::width(&said, look.size) / 2.0,
    };
    Item::Text {
        at: [left, y],
        size: look.size,
        color: look.color,
        weight: look.weight,
        text: said,
    }
}

/// A filled frame.
pub fn filled(frame: Frame, color: Color) -> Item {
    Item::Areas {
        rings: vec![frame.ring()],
        color,
    }
}

/// A straight line.
pub fn rule(from: [f32; 2], to: [f32; 2], color: Color, width: f32) -> Item {
    Item::Strokes {
        lines: vec![vec![from, to]],
        color,
        width,
        dash: None,
    }
}

/// The ring around a disk.
pub fn circle([x, y]: [f32; 2], radius: f32) -> Vec<[f32; 2]> {
    let corner = |index: u8| {
        let angle = f32::from(index) * std::f32::consts::TAU / 24.0;
        [x + radius * angle.cos(), y + radius * angle.sin()]
    };
    (0..24).map(corner).collect()
}
