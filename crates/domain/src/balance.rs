//! A balance that was entered from the issuer's transcript, beside activities that may be part of it.

use crate::credit::{Credit, IssuerTranscript, Kind};
use crate::filter::class_index;
use crate::judge::Judge;
use crate::judged::{Judged, Piece};
use crate::question::Ask;

/// Doubts the issuer's own activities from before the day of a balance: nobody knows whether they are in it. Those that do
/// not stand on the issuer's transcript are not, nor are those with more points in a category than the balances have.
pub(crate) fn doubt_what_it_may_hold(credits: &[Credit], judged: &mut [Judged<'_>], judge: &Judge<'_>) {
    let is_balance = |credit: &Credit| credit.kind == Kind::OpeningBalance;
    let balances: Vec<usize> =
        (0..credits.len()).filter(|&index| is_balance(&credits[index]) && judged[index].may_count()).collect();
    if balances.is_empty() {
        return;
    }
    let pack = judge.book.pack;
    let (issuer, unknown) = (class_index(pack, &pack.issuer.approver), pack.categories.len());
    for index in 0..credits.len() {
        let credit = &credits[index];
        let may_stand_there =
            !matches!(credit.issuer_transcript, Some(IssuerTranscript::Expected | IssuerTranscript::Missing));
        let may_be_own = judged[index].class.is_none_or(|class| class == issuer);
        if is_balance(credit) || !(may_stand_there && may_be_own && judged[index].may_count()) {
            continue;
        }
        let later = balances.iter().filter(|&&balance| credits[balance].completed_on >= credit.completed_on);
        let held: Vec<&Piece> = later.flat_map(|&balance| judged[balance].kind()).collect();
        let sum = |pieces: &mut dyn Iterator<Item = &Piece>, category: usize| -> i64 {
            let in_it = pieces.filter(|piece| [category, unknown].contains(&piece.category));
            in_it.map(|piece| piece.points).sum()
        };
        let pieces = judged[index].kind();
        let fits = |piece: &Piece| {
            let of_it = sum(&mut pieces.iter().filter(|own| own.category == piece.category), piece.category);
            let of_balances = if piece.category == unknown {
                held.iter().map(|piece| piece.points).sum()
            } else {
                sum(&mut held.iter().copied(), piece.category)
            };
            of_it <= of_balances
        };
        if !pieces.iter().all(fits) {
            continue;
        }
        let short = &pack.issuer.short;
        match judge.answers.find("balance", &credit.id) {
            Some(told) if told.is("no") => {}
            Some(told) if told.is("yes") => {
                let text = format!("It is part of the balance from your {short} transcript.");
                judged[index].refuse("in_balance", text, None);
            }
            _ => {
                let text = format!("It may already be part of the balance from your {short} transcript.");
                judged[index].may_be_refused();
                judged[index].ask_once(Ask::Balance);
                judged[index].say("balance", text, None);
            }
        }
    }
}
