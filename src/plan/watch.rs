//! Whoever waits for an answer: is told of every better one, and says when it is enough.

/// How far a search has come.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Standing {
    /// What the best answer so far is worth.
    pub value: f64,
    /// What no answer can be better than.
    pub bound: f64,
}

/// Somebody who waits.
#[derive(Clone, Copy)]
pub struct Watch<'a> {
    /// Whether the search is to end with what it has.
    pub is_over: &'a dyn Fn() -> bool,
    /// Is told of every better answer and every better bound.
    pub tell: &'a dyn Fn(Standing),
}

impl Watch<'_> {
    /// Nobody: the search ends when it is done.
    pub const NOBODY: Self = Watch {
        is_over: &|| false,
        tell: &|_| (),
    };
}
