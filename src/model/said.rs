//! What a change says of something: nothing, that there is none, or what it is.

use serde::Deserialize;
use serde::Deserializer;

/// Something that a change may leave as it is, take away, or set; in JSON: left out, null, or a value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Said<T> {
    /// It stays as it is.
    #[default]
    Nothing,
    /// There is none from now on.
    None,
    /// From now on it is this.
    This(T),
}

impl<T> Said<T> {
    /// The same of what becomes of it.
    ///
    /// # Errors
    ///
    /// The first that `become_` has.
    pub fn try_map<U, E>(self, become_: impl FnOnce(T) -> Result<U, E>) -> Result<Said<U>, E> {
        Ok(match self {
            Self::Nothing => Said::Nothing,
            Self::None => Said::None,
            Self::This(value) => Said::This(become_(value)?),
        })
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Said<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let said = Option::deserialize(deserializer)?;
        Ok(said.map_or(Self::None, Self::This))
    }
}
