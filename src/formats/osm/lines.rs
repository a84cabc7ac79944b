//! Ways as lines: in pieces where the file lacks nodes.

use rayon::iter::IntoParallelRefIterator;
use rayon::iter::ParallelIterator;

use crate::formats::osm::elements::Elements;
use crate::formats::osm::elements::Way;
use crate::formats::osm::elements::oddity;
use crate::geometry::lon_lat::LonLat;
use crate::model::oddity::Oddity;
use crate::model::oddity::OddityKind;

/// A piece of a way without a gap.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// `w1` for the first piece of way 1, `w1.2` and so on for the next.
    pub source: String,
    /// At least two, no two of them the same in a row.
    pub points: Vec<LonLat>,
    /// Whether nodes before the first point are missing.
    pub is_cut_at_start: bool,
    /// Whether nodes after the last point are missing.
    pub is_cut_at_end: bool,
}

/// The pieces of a way, and what was odd.
pub fn lines(elements: &Elements, way: &Way) -> (Vec<Line>, Option<Oddity>) {
    let mut finder = elements.finder();
    let mut lines = Vec::new();
    let mut points: Vec<LonLat> = Vec::with_capacity(way.refs.len());
    let mut n_missing = 0;
    let mut is_cut_at_start = false;
    for node in &way.refs {
        if let Some(place) = finder.find(*node) {
            if points.last() != Some(&place) {
                points.push(place);
            }
            continue;
        }
        n_missing += 1;
        let piece = std::mem::take(&mut points);
        lines.extend(line(way, lines.len(), piece, is_cut_at_start, true));
        is_cut_at_start = true;
    }
    lines.extend(line(way, lines.len(), points, is_cut_at_start, false));
    let odd = oddity_of(way, n_missing, &lines);
    (lines, odd)
}

fn line(
    way: &Way,
    n_before: usize,
    points: Vec<LonLat>,
    is_cut_at_start: bool,
    is_cut_at_end: bool,
) -> Option<Line> {
    let source = match n_before {
        0 => format!("w{}", way.id),
        n => format!("w{}.{}", way.id, n + 1),
    };
    (points.len() > 1).then_some(Line {
        source,
        points,
        is_cut_at_start,
        is_cut_at_end,
    })
}

fn oddity_of(way: &Way, n_missing: usize, lines: &[Line]) -> Option<Oddity> {
    let id = format!("w{}", way.id);
    if n_missing == 0 {
        return lines.is_empty().then(|| {
            let detail = "all points of the line are the same: left out";
            oddity(id, None, OddityKind::TooFewPoints, detail)
        });
    }
    let place = lines.first().map(|line| line.points[0]);
    let done = match lines.len() {
        0 => "left out".to_owned(),
        1 => "the rest is one piece".to_owned(),
        n => format!("the rest is {n} pieces"),
    };
    let n_nodes = way.refs.len();
    let detail = format!("{n_missing} of {n_nodes} nodes are not in the file: {done}");
    Some(oddity(id, place, OddityKind::MissingMember, detail))
}

/// What a layer makes of every way that it wants, in order of id, and what was odd.
pub fn from_ways<T: Send>(
    elements: &Elements,
    make: impl Fn(&Way, &mut Vec<T>, &mut Vec<Oddity>) + Sync,
) -> (Vec<T>, Vec<Oddity>) {
    elements
        .ways
        .par_iter()
        .fold(
            || (Vec::new(), Vec::new()),
            |(mut made, mut odd), way| {
                make(way, &mut made, &mut odd);
                (made, odd)
            },
        )
        .reduce(
            || (Vec::new(), Vec::new()),
            |(mut made, mut odd), (mut next_made, mut next_odd)| {
                made.append(&mut next_made);
                odd.append(&mut next_odd);
                (made, odd)
            },
        )
}
