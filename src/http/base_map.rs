//! A map of somebody else's to draw under the region: none unless it is configured.

use serde::Serialize;
use utoipa::ToSchema;

/// Picture tiles from another server, which must be named and allowed in the page's policy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct BaseMap {
    /// The address of a tile, with `{z}`, `{x}` and `{y}` in it.
    tiles: String,
    /// Who must be named where the map is shown.
    attribution: String,
}

/// Why an address cannot be that of a base map.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoBaseMap {
    /// No address of the web, or one with signs in it that none has.
    #[error("the base map's address must begin with https:// or http:// and a server's name")]
    Address,
    /// One picture for the whole world.
    #[error("the base map's address must hold {{z}}, {{x}} and {{y}}")]
    Places,
}

impl BaseMap {
    /// Checked: nothing of the address can slip into the page's policy but the server's name.
    ///
    /// # Errors
    ///
    /// For what is no address of tiles.
    pub fn new(tiles: &str, attribution: &str) -> Result<Self, NoBaseMap> {
        let map = Self {
            tiles: tiles.to_owned(),
            attribution: attribution.to_owned(),
        };
        if map.server().is_none() {
            return Err(NoBaseMap::Address);
        }
        let has_all = ["{z}", "{x}", "{y}"]
            .iter()
            .all(|place| tiles.contains(place));
        has_all.then_some(map).ok_or(NoBaseMap::Places)
    }

    /// The server, as a page's policy names it: `https://tiles.example:8443`.
    pub fn origin(&self) -> &str {
        self.server().unwrap_or_default()
    }

    fn server(&self) -> Option<&str> {
        let (scheme, rest) = self.tiles.split_once("://")?;
        let host = rest.split(['/', '?', '#']).next()?;
        let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':');
        let is_server = ["https", "http"].contains(&scheme)
            && host.starts_with(|c: char| c.is_ascii_alphanumeric())
            && host.chars().all(is_name);
        is_server.then(|| &self.tiles[..scheme.len() + 3 + host.len()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_server_of_a_base_map_gets_into_the_policy() {
        let map = BaseMap::new("https://tiles.example:8443/a/{z}/{x}/{y}.png", "©").unwrap();
        assert_eq!(map.origin(), "https://tiles.example:8443");
    }

    #[test]
    fn what_is_no_address_of_tiles_is_refused() {
        for address in [
            "tiles.example/{z}/{x}/{y}.png",
            "ftp://tiles.example/{z}/{x}/{y}.png",
            "https:///{z}/{x}/{y}.png",
            "https://tiles.example; script-src */{z}/{x}/{y}.png",
        ] {
            assert_eq!(
                BaseMap::new(address, "©"),
                Err(NoBaseMap::Address),
                "{address}"
            );
        }
        let one = BaseMap::new("https://tiles.example/world.png", "©");
        assert_eq!(one, Err(NoBaseMap::Places));
    }
}
