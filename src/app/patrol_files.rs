//! A patrol as files for other programs: JSON, GeoJSON, GPX.

use serde::Deserialize;
use serde_json::json;

use crate::app::gap_files::as_json;
use crate::app::gap_files::members;
use crate::app::patrol::CarriedQuestion;
use crate::app::patrol::PatrolReport;
use crate::app::patrol_rows::TeamRow;
use crate::formats::geojson_lines;
use crate::formats::geojson_lines::Line;
use crate::formats::gpx_routes;
use crate::formats::gpx_routes::Route;
use crate::formats::gpx_routes::Waypoint;

/// What an evening's plan, as [`PatrolReport::json`] writes it, did not come to.
///
/// # Errors
///
/// What is wrong with a text that is no such plan.
pub fn carried(json: &[u8]) -> Result<Vec<CarriedQuestion>, String> {
    let plan: Earlier = serde_json::from_slice(json).map_err(|fault| fault.to_string())?;
    Ok(plan.carried)
}

/// What is read of an earlier plan.
#[derive(Deserialize)]
struct Earlier {
    carried: Vec<CarriedQuestion>,
}

impl TeamRow {
    /// Its name, or its number.
    pub fn called(&self) -> String {
        match &self.name {
            Some(name) => name.clone(),
            None => format!("{}", self.number),
        }
    }
}

impl PatrolReport {
    /// One JSON document.
    pub fn json(&self) -> Vec<u8> {
        as_json(self)
    }

    /// A GeoJSON feature collection: each team's way and each stretch, what is said of all of them beside.
    pub fn geojson(&self) -> Vec<u8> {
        let mut lines = Vec::new();
        for team in &self.teams {
            let mut properties = members(json!(team));
            properties.remove("line");
            properties.remove("stops");
            properties.insert("what".to_owned(), json!("team"));
            if !team.line.is_empty() {
                lines.push(Line {
                    id: format!("team-{}", team.number),
                    properties,
                    points: team.line.clone(),
                });
            }
            for stop in &team.stops {
                let mut properties = members(json!(stop));
                properties.remove("line");
                properties.insert("what".to_owned(), json!("stretch"));
                properties.insert("team".to_owned(), json!(team.number));
                lines.push(Line {
                    id: format!("team-{}-{}", team.number, stop.rank),
                    properties,
                    points: stop.line.clone(),
                });
            }
        }
        for (number, carried) in (1..).zip(&self.carried) {
            let mut properties = members(json!(carried));
            properties.remove("line");
            properties.insert("what".to_owned(), json!("carried"));
            lines.push(Line {
                id: format!("carried-{number}"),
                properties,
                points: carried.line.clone(),
            });
        }
        let mut about = members(json!(self));
        about.remove("teams");
        about.remove("carried");
        let mut text = geojson_lines::text(lines, about);
        text.push('\n');
        text.into_bytes()
    }

    /// GPX 1.1: of each team, or of one, by its number, its way as a route and as a track, and where each stretch begins.
    pub fn gpx(&self, only: Option<usize>) -> Vec<u8> {
        let teams = self.teams.iter();
        let teams = teams.filter(|team| only.is_none_or(|only| only == team.number));
        let routes = teams
            .filter(|team| !team.line.is_empty())
            .map(|team| Route {
                name: team.called(),
                line: &team.line,
                waypoints: team
                    .stops
                    .iter()
                    .map(|stop| Waypoint {
                        name: format!("{}-{}", team.called(), stop.rank),
                        words: stop.water_body_name.clone(),
                        at: stop.line[0],
                    })
                    .collect(),
            });
        let name = format!("{} {}", self.region, self.day.as_str());
        gpx_routes::bytes(
            &name,
            self.attribution.as_deref(),
            &routes.collect::<Vec<_>>(),
        )
    }
}
