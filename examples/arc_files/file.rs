//! The published files of arc routing (CARPLIB's format, with Spanish keywords).

use std::collections::HashMap;

use zhugan::plan::patrol::network::Edge;
use zhugan::plan::patrol::network::Network;
use zhugan::plan::patrol::problem::Cost;

/// What a file says.
#[derive(Debug)]
pub struct ArcFile {
    /// The vertices, from 0 on, and the edges.
    pub network: Network,
    /// What a vehicle takes; none where the file has no loads.
    pub capacity: Option<Cost>,
    /// Where every walk begins and ends.
    pub depot: u32,
}

/// No file has more vertices; the ways between all of them are kept.
const MOST_VERTICES: usize = 2_000;

/// Reads a file. The costs of an edge are its own in each direction where two are given; a load follows `demanda`.
pub fn read(text: &str) -> Result<ArcFile, String> {
    let mut heads = HashMap::new();
    let mut edges = Vec::new();
    let mut is_required = true;
    for line in text.lines() {
        let line = line.trim();
        if line.starts_with('(') {
            edges.push(edge(line, is_required).ok_or(format!("no edge: {line}"))?);
        } else if let Some((key, value)) = line.split_once(':') {
            let key = key.trim();
            is_required &= key != "LISTA_ARISTAS_NOREQ";
            heads.insert(key.to_owned(), value.trim().to_owned());
        }
    }
    let number = |key: &str| heads.get(key).and_then(|value| value.parse::<u32>().ok());
    let n_vertices = number("VERTICES").ok_or("VERTICES : is not there")? as usize;
    if n_vertices == 0 || n_vertices > MOST_VERTICES {
        return Err(format!("VERTICES : is not from 1 to {MOST_VERTICES}"));
    }
    let mut ends = edges.iter().flat_map(|edge| edge.ends);
    if ends.any(|end| end as usize >= n_vertices) {
        return Err("an edge has a vertex that is not there".to_owned());
    }
    let depot = number("DEPOSITO").unwrap_or(1).checked_sub(1);
    let depot = depot.filter(|depot| (*depot as usize) < n_vertices);
    Ok(ArcFile {
        network: Network::new(n_vertices, edges),
        capacity: number("CAPACIDAD").map(Cost::from),
        depot: depot.ok_or("DEPOSITO : is no vertex")?,
    })
}

/// `( 1, 2)  coste 13 demanda 1`, or `( 1, 2)   coste    4     5`.
fn edge(line: &str, is_required: bool) -> Option<Edge> {
    let numbers = line.split(|letter: char| !letter.is_ascii_digit());
    let numbers: Vec<u32> = numbers.filter_map(|number| number.parse().ok()).collect();
    let has_load = line.contains("demanda");
    let (&[a, b, there], rest) = numbers.split_first_chunk::<3>()?;
    let ends = [a.checked_sub(1)?, b.checked_sub(1)?];
    let more = rest.first().copied();
    let (back, load) = if has_load {
        (there, more?)
    } else {
        (more.unwrap_or(there), 0)
    };
    Some(Edge {
        ends,
        costs: [there, back],
        required: is_required.then_some(Cost::from(load)),
    })
}
