//! Ways as GPX 1.1: each as a route and as a track, since some programs read only one of them.

use std::fmt::Write as _;

use crate::formats::points::markup;

/// One way.
#[derive(Clone, Debug, PartialEq)]
pub struct Route<'a> {
    /// What it is called.
    pub name: String,
    /// Its points: WGS-84 longitude and latitude, degrees.
    pub line: &'a [[f64; 2]],
    /// What is met on it.
    pub waypoints: Vec<Waypoint>,
}

/// Something that is met on a way.
#[derive(Clone, Debug, PartialEq)]
pub struct Waypoint {
    /// What it is called.
    pub name: String,
    /// What is to be known of it, if anything.
    pub words: Option<String>,
    /// WGS-84 longitude and latitude, degrees.
    pub at: [f64; 2],
}

/// The document.
pub fn bytes(name: &str, attribution: Option<&str>, routes: &[Route<'_>]) -> Vec<u8> {
    let why = "writing to memory does not fail";
    let mut text = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gpx version=\"1.1\" creator=\"zhugan\" \
         xmlns=\"http://www.topografix.com/GPX/1/1\">\n",
    );
    write!(text, "<metadata><name>{}</name>", markup::plain(name)).expect(why);
    if let Some(attribution) = attribution {
        write!(text, "<desc>{}</desc>", markup::plain(attribution)).expect(why);
    }
    text.push_str("</metadata>\n");
    for waypoint in routes.iter().flat_map(|route| &route.waypoints) {
        let [lon, lat] = waypoint.at;
        let name = markup::plain(&waypoint.name);
        write!(text, "<wpt lat=\"{lat}\" lon=\"{lon}\"><name>{name}</name>").expect(why);
        if let Some(words) = &waypoint.words {
            write!(text, "<desc>{}</desc>", markup::plain(words)).expect(why);
        }
        text.push_str("</wpt>\n");
    }
    // The order of the standard: all routes, then all tracks.
    for (group, point, inner) in [("rte", "rtept", ""), ("trk", "trkpt", "trkseg")] {
        for route in routes {
            write!(text, "<{group}><name>{}</name>", markup::plain(&route.name)).expect(why);
            if !inner.is_empty() {
                write!(text, "<{inner}>").expect(why);
            }
            for [lon, lat] in route.line {
                write!(text, "<{point} lat=\"{lat}\" lon=\"{lon}\"/>").expect(why);
            }
            if !inner.is_empty() {
                write!(text, "</{inner}>").expect(why);
            }
            writeln!(text, "</{group}>").expect(why);
        }
    }
    text.push_str("</gpx>\n");
    text.into_bytes()
}
