//! The record that lists hung on the wall.
