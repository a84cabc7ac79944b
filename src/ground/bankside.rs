//! Points of banks: where an edge ends, where a meter of a bank is, and what lies a step behind it.

use crate::ground::Ground;
use crate::ground::OnBank;
use crate::ground::place::BankSpot;
use crate::ground::spot::Spot;
use crate::units::Meters;

impl BankSpot {
    /// The edge that it is on.
    pub fn on(&self) -> OnBank {
        OnBank {
            bank: self.bank,
            edge: self.edge,
        }
    }
}

impl Ground {
    /// The ends of an edge of a bank, in the bank's direction.
    pub fn ends(&self, on: OnBank) -> [Spot; 2] {
        let nodes = self.bank_edges[on.bank as usize][on.edge as usize];
        nodes.map(|node| self.nodes[node as usize])
    }

    /// The point of a bank at a chainage; none beyond its ends.
    pub fn spot_at(&self, bank: u32, chainage: Meters) -> Option<BankSpot> {
        let line = &self.banks[bank as usize];
        if chainage < Meters::ZERO || chainage > line.length() {
            return None;
        }
        let after = line.chainage.partition_point(|&start| start <= chainage);
        let index = after.clamp(1, line.line.len() - 1) - 1;
        let (start, end) = (line.chainage[index], line.chainage[index + 1]);
        let share = ((chainage - start).0 / (end - start).0.max(1e-9)).clamp(0.0, 1.0);
        let edge = index as u32;
        let [from, to] = self.ends(OnBank { bank, edge });
        Some(BankSpot {
            bank,
            edge,
            chainage,
            offset: Meters::ZERO,
            at: from.toward(to, share),
        })
    }

    /// The spot so far behind a point of an edge, on the left of it, where the land of a bank lies; the point itself where the edge
    /// has no length.
    ///
    /// # Units
    ///
    /// Millimeters.
    pub fn ashore(&self, on: OnBank, at: Spot, millimeters: f64) -> Spot {
        let [from, to] = self.ends(on);
        let [x, y] = from.to(to);
        let length = x.hypot(y).max(1.0);
        let aside = |part: f64| (part / length * millimeters).round() as i32;
        Spot {
            x: at.x - aside(y),
            y: at.y + aside(x),
        }
    }
}
