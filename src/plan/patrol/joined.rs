//! How strongly places are joined, and what is cut off from a start most cheaply: as much flows from there as the weakest border
//! between lets through (Ford and Fulkerson 1956).

use std::collections::VecDeque;

/// What is joined less than this is not joined.
const FAINT: f64 = 1e-7;

/// Places, and how strongly they are joined, both ways alike.
pub struct Joined {
    /// For each place its links, by index.
    links_of: Vec<Vec<u32>>,
    /// Where each link leads; the link back is its neighbor.
    to: Vec<u32>,
    strength: Vec<f64>,
}

/// How a place is reached.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reached {
    Not,
    /// It is one of those from which is looked.
    Here,
    /// Over a link.
    Over(u32),
}

impl Joined {
    /// No places joined.
    pub fn new(n_places: usize) -> Self {
        Self {
            links_of: vec![Vec::new(); n_places],
            to: Vec::new(),
            strength: Vec::new(),
        }
    }

    /// Joins two places, or joins them more strongly.
    pub fn join(&mut self, [a, b]: [u32; 2], strength: f64) {
        if strength <= FAINT || a == b {
            return;
        }
        let mut own = self.links_of[a as usize].iter();
        if let Some(&known) = own.find(|&&link| self.to[link as usize] == b) {
            self.strength[known as usize] += strength;
            self.strength[known as usize ^ 1] += strength;
            return;
        }
        for (from, to) in [(a, b), (b, a)] {
            self.links_of[from as usize].push(self.to.len() as u32);
            self.to.push(to);
            self.strength.push(strength);
        }
    }

    /// Joins two places that are joined already more strongly, or less.
    pub fn add(&mut self, [a, b]: [u32; 2], strength: f64) {
        let mut own = self.links_of[a as usize].iter();
        if let Some(&known) = own.find(|&&link| self.to[link as usize] == b) {
            self.strength[known as usize] += strength;
            self.strength[known as usize ^ 1] += strength;
        }
    }

    /// The places that are cut off from others together with some, where the border between is weakest; none if as much as is
    /// asked leads over every border.
    pub fn cut_off(&self, some: &[u32], others: &[u32], asked: f64) -> Option<Vec<bool>> {
        let mut left = self.strength.clone();
        let mut flow = 0.0;
        // Every round uses up a link.
        for _ in 0..=self.to.len() {
            if flow >= asked {
                return None;
            }
            let reached = self.reached(&left, some, others);
            let end = others
                .iter()
                .copied()
                .find(|&end| reached[end as usize] != Reached::Not);
            let Some(end) = end else {
                let is_within = reached.iter().map(|how| *how != Reached::Not);
                return Some(is_within.collect());
            };
            let mut way = Vec::new();
            let mut place = end;
            while let Reached::Over(link) = reached[place as usize] {
                way.push(link as usize);
                place = self.to[link as usize ^ 1];
            }
            let most = way
                .iter()
                .map(|&link| left[link])
                .fold(f64::INFINITY, f64::min);
            for link in way {
                left[link] -= most;
                left[link ^ 1] += most;
            }
            flow += most;
        }
        None
    }

    /// What is reached from some places over what is left, up to the first of others.
    fn reached(&self, left: &[f64], from: &[u32], others: &[u32]) -> Vec<Reached> {
        let mut reached = vec![Reached::Not; self.links_of.len()];
        let mut queue: VecDeque<u32> = from.iter().copied().collect();
        for &place in from {
            reached[place as usize] = Reached::Here;
        }
        while let Some(place) = queue.pop_front() {
            for &link in &self.links_of[place as usize] {
                let to = self.to[link as usize];
                if left[link as usize] > FAINT && reached[to as usize] == Reached::Not {
                    reached[to as usize] = Reached::Over(link);
                    if others.contains(&to) {
                        return reached;
                    }
                    queue.push_back(to);
                }
            }
        }
        reached
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_hangs_on_a_weak_link_is_cut_off_there() {
        // 0 = 1 - 2 = 3, and 4 on its own.
        let mut joined = Joined::new(5);
        joined.join([0, 1], 2.0);
        joined.join([2, 1], 0.5);
        joined.join([1, 2], 0.5);
        joined.join([2, 3], 3.0);
        let cut = joined.cut_off(&[3], &[0, 4], 1.5);
        assert_eq!(cut, Some(vec![false, false, true, true, false]));
        assert_eq!(joined.cut_off(&[3], &[0, 4], 1.0), None);
        let alone = joined.cut_off(&[4], &[0, 0], 0.1);
        assert_eq!(alone, Some(vec![false, false, false, false, true]));
    }

    #[test]
    fn what_is_led_around_counts() {
        // A ring of four, and a link across it.
        let mut joined = Joined::new(4);
        for (a, b) in [(0, 1), (1, 2), (2, 3), (3, 0), (1, 3)] {
            joined.join([a, b], 1.0);
        }
        assert_eq!(joined.cut_off(&[2], &[0, 0], 2.0), None);
        assert!(joined.cut_off(&[2], &[0, 0], 2.1).is_some());
    }
}
