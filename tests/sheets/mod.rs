//! The printed sheets, as a person has them in the hand: what stands on the paper, what a phone reads off it, what a
//! reader aloud is told.

mod bad_input;
mod boards;
mod example;
mod long_lists;
mod paper;
mod posting;
mod printer;
mod same;
mod verbatim;
