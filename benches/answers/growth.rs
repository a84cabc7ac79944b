//! How cost grows: 1, 4 and 16 copies of the bundled sample, laid side by side in memory.

use zhugan::formats::read_region;
use zhugan::model::equipment::EquipmentKind;
use zhugan::plan::coverage::coverage;
use zhugan::plan::survey::ReachByKind;
use zhugan::units::Meters;

use crate::clock::Row;
use crate::clock::forget_peak;
use crate::clock::once;
use crate::clock::section;
use crate::places::built;
use crate::places::poles;
use crate::places::sample;
use crate::places::side_by_side;

pub fn show() {
    section(
        "growth: copies of the bundled sample; n is nodes; as good as n log n where the last but one column stays",
    );
    let (settings, layers) = read_region(&sample(), &|_| ()).unwrap();
    for side in [1, 2, 4] {
        let n_copies = side * side;
        let layers = side_by_side(&layers, side);
        forget_peak();
        let (ground_time, place) = once(|| built("copies", &layers, &settings));
        let n = place.ground.graph.n_nodes();
        let add = |what: &str, ours, note| {
            Row {
                what: &format!("{what}, {n_copies} copies"),
                n,
                ours,
                twin: None,
                note,
            }
            .print();
        };
        let n_edges = place.ground.graph.n_edges();
        add("ground", ground_time, format!("{n_edges} edges"));
        let n_poles = 300 * n_copies;
        let (snap_time, (equipment, standings)) = once(|| poles(&place.ground, n_poles));
        add("snapping", snap_time, format!("{n_poles} poles"));
        let (time, reach) = once(|| ReachByKind::new(&equipment, &standings));
        let (search_time, survey) =
            once(|| reach.survey(&place.ground, &place.closures, &[EquipmentKind::Pole]));
        let reach_time = time + search_time;
        // However far: the front spreads over the whole map at once, and leaves the caches as the map grows.
        add("reach of all poles", reach_time, String::new());
        let (time, gaps) = once(|| coverage(&survey, Meters(50.0)).total.n_gaps);
        add("coverage at 50 m", time, format!("{gaps} gaps"));
        let together = ground_time + snap_time + reach_time + time;
        add("all of it together", together, String::new());
    }
}
