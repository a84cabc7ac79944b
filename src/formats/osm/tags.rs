//! The tags of one element, of which only those are kept that some rule asks for.

use std::sync::Arc;

/// Every key that some rule asks for, sorted; `ref:*` stands for every key that starts like it.
const KEYS: [&str; 60] = [
    "abandoned:emergency",
    "access",
    "admin_level",
    "amenity",
    "area",
    "barrier",
    "boundary",
    "bridge",
    "building",
    "building:min_level",
    "check_date",
    "covered",
    "de:amtlicher_gemeindeschluessel",
    "defibrillator:location",
    "description",
    "disused",
    "disused:emergency",
    "emergency",
    "entrance",
    "est_width",
    "foot",
    "ford",
    "highway",
    "historic",
    "landuse",
    "layer",
    "leisure",
    "location",
    "locked",
    "man_made",
    "min_height",
    "missing:emergency",
    "motorroad",
    "name",
    "national_code",
    "natural",
    "note",
    "official_code",
    "operational_status",
    "place",
    "public_transport",
    "railway",
    "razed:emergency",
    "ref",
    "ref:*",
    "removed:emergency",
    "route",
    "sidewalk",
    "sidewalk:both",
    "sidewalk:left",
    "sidewalk:right",
    "survey:date",
    "swisstopo:BFS_NUMMER",
    "tourism",
    "tunnel",
    "type",
    "was:emergency",
    "water",
    "waterway",
    "width",
];

/// Values of `amenity`, and of `building` where the grounds are not mapped.
const SCHOOLS: [&str; 4] = ["childcare", "kindergarten", "prep_school", "school"];

/// The longest text that is taken over, in characters: what the OpenStreetMap database itself allows.
const MAX_TEXT: usize = 255;

/// The key as one of ours, if some rule asks for it.
pub fn known_key(key: &[u8]) -> Option<&'static str> {
    if key.starts_with(b"ref:") {
        return Some("ref:*");
    }
    KEYS.binary_search_by(|known| known.as_bytes().cmp(key))
        .ok()
        .map(|index| KEYS[index])
}

/// The tags of one element; of a key that stands twice, the first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tags(Vec<(&'static str, Arc<str>)>);

impl Tags {
    /// Adds a tag, unless the key is there already.
    pub fn add(&mut self, key: &'static str, value: Arc<str>) {
        if self.get(key).is_none() {
            self.0.push((key, value));
        }
    }

    /// Whether some rule may ask for a node with these tags.
    pub fn is_of_use_at_a_node(&self) -> bool {
        self.has_one_of(&["ford", "waterway", "barrier", "entrance"])
            || self.0.iter().any(|(key, _)| key.ends_with("emergency"))
            || self.is_school()
    }

    /// Whether they tell of a school or kindergarten; one house of it is told by its grounds, where those are mapped.
    pub fn is_school(&self) -> bool {
        self.is_one_of("amenity", &SCHOOLS)
            || (self.get("amenity").is_none() && self.is_one_of("building", &SCHOOLS))
    }

    /// Whether one of these keys is there.
    pub fn has_one_of(&self, keys: &[&str]) -> bool {
        self.0.iter().any(|(key, _)| keys.contains(key))
    }

    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&str> {
        debug_assert!(known_key(key.as_bytes()).is_some(), "{key} is not kept");
        self.0
            .iter()
            .find(|(known, _)| *known == key)
            .map(|(_, value)| &**value)
    }

    /// Whether a key has this value.
    pub fn is(&self, key: &str, value: &str) -> bool {
        self.get(key) == Some(value)
    }

    /// Whether a key has one of these values.
    pub fn is_one_of(&self, key: &str, values: &[&str]) -> bool {
        self.get(key).is_some_and(|value| values.contains(&value))
    }

    /// Whether a key is there and its value is not `no`.
    pub fn says(&self, key: &str) -> bool {
        self.get(key).is_some_and(|value| value != "no")
    }

    /// The value of a key as text to be shown: trimmed, not empty, not endless.
    pub fn text(&self, key: &str) -> Option<String> {
        let text = self.get(key)?.trim();
        (!text.is_empty()).then(|| text.chars().take(MAX_TEXT).collect())
    }

    /// The name.
    pub fn name(&self) -> Option<String> {
        self.text("name")
    }

    /// Roughly how much memory the tags take, counting shared values as if they were not.
    pub fn n_bytes(&self) -> usize {
        self.0
            .iter()
            .map(|(_, value)| 32 + value.len().min(4 * MAX_TEXT))
            .sum()
    }

    /// Whether people on foot are told that they may.
    pub fn invites_feet(&self) -> bool {
        self.is_one_of("foot", &["yes", "designated", "permissive"])
    }

    /// Whether people on foot are told that they may not.
    pub fn bars_feet(&self) -> bool {
        let is_closed = |key| self.is_one_of(key, &["no", "private"]);
        is_closed("foot") || (is_closed("access") && !self.invites_feet())
    }

    /// Whether it lies below the ground.
    pub fn is_underground(&self) -> bool {
        self.says("tunnel") || self.says("covered") || self.is("location", "underground")
    }
}

/// Tags from pairs, for tests.
#[cfg(test)]
pub fn tags(pairs: &[(&str, &str)]) -> Tags {
    let mut tags = Tags::default();
    for (key, value) in pairs {
        tags.add(known_key(key.as_bytes()).unwrap(), Arc::from(*value));
    }
    tags
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_sorted() {
        assert!(KEYS.is_sorted());
    }
}
