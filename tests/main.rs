//! All tests that go through public doors, in one binary: it links once.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stderr,
    unreachable_pub,
    reason = "a test stops where it is"
)]

mod against;
mod audit;
mod bad_input;
mod bounded;
mod cascades;
mod charts;
mod clerks;
mod command_line;
mod coverage;
mod diff;
mod diff_folders;
mod diff_keys;
mod disclosures;
mod example_board;
mod example_reception;
mod foot;
mod handbook;
mod harness;
mod import;
mod layers;
mod ledger;
mod ledger_cases;
mod ledger_laws;
mod ledger_page;
mod messages;
mod names_and_addresses;
#[cfg(unix)]
mod permissions;
mod pictures;
mod planted_number;
mod postings;
mod printing;
mod privacy;
mod private_phone;
mod programs;
mod publishing;
mod reception;
mod results;
mod schemes;
#[cfg(feature = "sheets")]
mod sheets;
mod slips;
mod slips_in_tables;
mod theme;
