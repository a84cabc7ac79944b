//! From the files to the gaps, as the command does it.

use std::path::Path;

use zhugan::app::gaps::GapsQuestion;
use zhugan::app::gaps::USUAL_KINDS;
use zhugan::app::region::LoadedRegion;

use crate::clock::Row;
use crate::clock::forget_peak;
use crate::clock::middle;
use crate::clock::once;
use crate::clock::section;
use crate::places::Folder;
use crate::places::sample;
use crate::places::shared;

pub fn show() {
    section("start to finish: read, ground, reach and gaps; n is edges of the graph");
    for extract in ["krems-2013.osm.gz", "liechtenstein-2022.osm.pbf"] {
        match shared(extract) {
            Some(path) => run(extract, Folder::of(&path).path()),
            None => println!("   {extract} is not at hand in ../shared/data/osm-places"),
        }
    }
    run("the bundled sample", &sample());
}

fn run(what: &str, folder: &Path) {
    forget_peak();
    let question = GapsQuestion {
        kinds: USUAL_KINDS.into(),
        limit: None,
    };
    let mut build = None;
    let times = (0..3).map(|_| {
        let (time, report) = once(|| {
            let region = LoadedRegion::load(folder, None, &|_| ()).unwrap();
            region.gaps(&question)
        });
        build = Some(report.build);
        time
    });
    let ours = middle(times.collect());
    let build = build.unwrap();
    Row {
        what,
        n: build.edges,
        ours,
        twin: None,
        note: format!(
            "read {:.2} s, ground {:.2} s, reach {:.2} s",
            build.read_s, build.ground_s, build.reach_s
        ),
    }
    .print();
}
