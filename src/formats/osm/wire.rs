//! The wire format of protocol buffers: fields, packed numbers, nothing that is not checked.
//!
//! The `osmpbf` library panics on an unknown member type and on differences that overflow, and holds a block's every
//! element in objects of hundreds of bytes; so it is the judge in the tests, and this is what reads.

/// Which rule of the wire format is broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct BadWire(pub &'static str);

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value<'a> {
    /// A number.
    Number(u64),
    /// A text, a message, or packed numbers.
    Bytes(&'a [u8]),
    /// A number of fixed size, of which this format has none.
    Fixed,
}

impl<'a> Value<'a> {
    /// The number.
    pub fn number(self) -> Result<u64, BadWire> {
        match self {
            Self::Number(number) => Ok(number),
            Self::Bytes(_) | Self::Fixed => Err(BadWire("a number is expected in a field")),
        }
    }

    /// The bytes.
    pub fn bytes(self) -> Result<&'a [u8], BadWire> {
        match self {
            Self::Bytes(bytes) => Ok(bytes),
            Self::Number(_) | Self::Fixed => Err(BadWire("bytes are expected in a field")),
        }
    }

    /// The packed numbers.
    pub fn packed(self) -> Result<Packed<'a>, BadWire> {
        self.bytes().map(Packed)
    }
}

/// The fields of a message, one after the other.
#[derive(Clone, Debug)]
pub struct Fields<'a>(pub &'a [u8]);

impl<'a> Fields<'a> {
    fn field(&mut self) -> Result<(u64, Value<'a>), BadWire> {
        let tag = varint(&mut self.0)?;
        let value = match tag & 7 {
            0 => Value::Number(varint(&mut self.0)?),
            1 => self.take(8).map(|_| Value::Fixed)?,
            2 => {
                let length = varint(&mut self.0)?;
                Value::Bytes(self.take(length)?)
            }
            5 => self.take(4).map(|_| Value::Fixed)?,
            _ => return Err(BadWire("a field has an unknown type")),
        };
        Ok((tag >> 3, value))
    }

    fn take(&mut self, length: u64) -> Result<&'a [u8], BadWire> {
        let length = usize::try_from(length).unwrap_or(usize::MAX);
        let (taken, rest) = self
            .0
            .split_at_checked(length)
            .ok_or(BadWire("a field is longer than its message"))?;
        self.0 = rest;
        Ok(taken)
    }
}

impl<'a> Iterator for Fields<'a> {
    type Item = Result<(u64, Value<'a>), BadWire>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.0.is_empty() {
            return None;
        }
        let field = self.field();
        if field.is_err() {
            self.0 = &[];
        }
        Some(field)
    }
}

/// Packed numbers, one after the other.
#[derive(Clone, Debug, Default)]
pub struct Packed<'a>(&'a [u8]);

impl Packed<'_> {
    /// How many numbers there are: each ends with a byte below 128.
    pub fn n_numbers(&self) -> usize {
        self.0.iter().filter(|byte| **byte < 0x80).count()
    }
}

impl Iterator for Packed<'_> {
    type Item = Result<u64, BadWire>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        if self.0.is_empty() {
            return None;
        }
        let number = varint(&mut self.0);
        if number.is_err() {
            self.0 = &[];
        }
        Some(number)
    }
}

/// Running sums of zigzag numbers: how ids and coordinates are packed.
#[derive(Clone, Debug, Default)]
pub struct Deltas<'a> {
    packed: Packed<'a>,
    sum: i64,
}

impl<'a> Deltas<'a> {
    /// The running sums of these numbers.
    pub fn new(packed: Packed<'a>) -> Self {
        Self { packed, sum: 0 }
    }
}

impl Iterator for Deltas<'_> {
    type Item = Result<i64, BadWire>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let sum = match self.packed.next()? {
            Ok(number) => self
                .sum
                .checked_add(zigzag(number))
                .ok_or(BadWire("a sum of differences overflows")),
            Err(fault) => Err(fault),
        };
        self.sum = sum.unwrap_or(0);
        Some(sum)
    }
}

/// A signed number from its zigzag form.
#[inline]
pub fn zigzag(number: u64) -> i64 {
    (number >> 1).cast_signed() ^ -(number & 1).cast_signed()
}

#[inline]
fn varint(bytes: &mut &[u8]) -> Result<u64, BadWire> {
    let mut number = 0;
    for (index, &byte) in bytes.iter().enumerate().take(10) {
        number |= u64::from(byte & 0x7f) << (7 * index);
        if byte < 0x80 {
            *bytes = &bytes[index + 1..];
            return Ok(number);
        }
    }
    Err(BadWire("a number is cut off or too long"))
}
