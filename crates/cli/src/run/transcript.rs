//! `recert transcript` and `recert packet`.

use std::path::Path;

use app::wire::{Hidden, Listed, PacketChoice, Paper, TranscriptChoice};
use app::{Code, Error, Recert};
use clap::Args;

use super::{answer, the_credential};
use crate::arguments::named;
use crate::meter::meter;
use crate::print::Output;
use crate::show;

/// What pages show, and how.
#[derive(Debug, Args)]
pub(crate) struct PageOptions {
    /// letter or a4
    #[arg(long, default_value = "letter", value_parser = named::<Paper>)]
    pub paper: Paper,
    /// Letters of 12 points and more
    #[arg(long)]
    pub large_print: bool,
    /// Which credits: all, or other_sources (also non-aama), those that the issuer did not approve itself [default: all;
    /// of a packet and of a sheet other_sources where the issuer approved some of what counts, for those stand on its own
    /// record]
    #[arg(long, value_parser = listed)]
    pub only: Option<Listed>,
    /// What to leave out: numbers, address, former_names, descriptions
    #[arg(long, value_delimiter = ',', value_parser = named::<Hidden>)]
    pub hide: Vec<Hidden>,
    /// The credential, if you have several
    #[arg(long)]
    pub credential: Option<String>,
}

pub(super) fn transcript(
    recert: &mut Recert,
    output: &Path,
    credential: Option<String>,
    choice: &TranscriptChoice,
    json: bool,
) -> Result<Output, Error> {
    let id = the_credential(recert, credential)?;
    let saved = recert.save_transcript(&id, choice, output)?;
    answer(json, &saved, || show::transcript(output, &saved))
}

/// Whether a file is one of hers.
pub(super) fn check(recert: &Recert, file: &Path, json: bool) -> Result<Output, Error> {
    let checked = recert.check_written(file)?;
    if checked.written.is_none() && checked.submission.is_none() {
        let message = format!(
            "{} is none of the files that Recert wrote from this record, or it was changed since.",
            file.display()
        );
        return Err(Error::new(Code::NotFound, message));
    }
    answer(json, &checked, || show::checked(&checked))
}

pub(super) fn packet(
    recert: &mut Recert,
    output: &Path,
    pages: PageOptions,
    mut packet: PacketChoice,
    json: bool,
) -> Result<Output, Error> {
    let id = the_credential(recert, pages.credential.clone())?;
    let listed = recert.packet_lists(&id)?;
    packet.transcript = choice(pages, listed);
    let mut progress = meter("Putting together", json);
    let is_file = output.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("pdf"));
    if !is_file && packet.most_megabytes.is_some() {
        let message = "--under is for one file: name it with .pdf at its end, or leave --under out.".to_owned();
        return Err(Error::new(Code::Invalid, message));
    }
    let report = if is_file {
        recert.save_packet(&id, &packet, output, &mut progress)?
    } else {
        recert.save_packet_folder(&id, &packet, output, &mut progress)?
    };
    answer(json, &report, || show::packet(output, &report))
}

pub(super) fn choice(pages: PageOptions, listed: Listed) -> TranscriptChoice {
    let PageOptions { paper, large_print, only, hide, credential: _ } = pages;
    let listed = only.unwrap_or(listed);
    TranscriptChoice { paper, large: large_print, summary: false, listed, hide, originals: false, reviewer: false }
}

/// `non-aama` is what holders of the most usual certification call it.
fn listed(text: &str) -> Result<Listed, String> {
    if text.starts_with("non-") { Ok(Listed::OtherSources) } else { named(text) }
}
