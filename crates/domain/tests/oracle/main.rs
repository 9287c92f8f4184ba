//! The rules of each issuer once more, written from what it publishes and not from the packs. Every open question is answered
//! in every way and every choice is tried, in exact fractions: slow and plain, so that it can be seen to be right. Where few
//! words are published there are worked cases instead.
#![allow(clippy::unwrap_used, reason = "tests")]

mod aama;
mod aha;
mod amca;
mod amt;
mod arma;
mod ccbma;
mod cdph;
mod comparison;
mod dates;
mod fraction;
mod ncct;
mod ncmanow;
mod nha;
mod nhco;
mod nhcwa;
mod ptcb;
mod random;
mod readings;
mod south_dakota;
mod washington;
mod worked;
