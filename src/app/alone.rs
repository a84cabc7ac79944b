//! A region by itself: asked from the command line, with no service around it.

use std::sync::Arc;

use crate::app::region::LoadedRegion;
use crate::app::register;
use crate::app::snapshot::RegionBase;
use crate::app::snapshot::Snapshot;
use crate::app::tiles::MapBase;
use crate::app::tiles::backdrop::Backdrop;
use crate::model::prefix::Prefix;

impl Snapshot {
    /// A region that is asked once: nothing is prepared for tiles or for many questions.
    ///
    /// Its codes are those that a service gives it, unless that serves another region with the same letters before it.
    pub fn alone(region: LoadedRegion) -> Self {
        let settings = &region.settings;
        let named = settings.code.clone();
        let prefix = named.unwrap_or_else(|| Prefix::of_region(settings.id.as_str(), |_| false));
        let map = MapBase::new(&region, Backdrop::default());
        let base = RegionBase::new(&region, map, prefix);
        let numbers = register::numbers(&[], &region.equipment);
        Self::first(region, Arc::new(base), numbers)
    }
}
