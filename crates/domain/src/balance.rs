//! A balance that was entered from the issuer's transcript, beside activities that may be part of it.

use crate::credit::{Credit, IssuerTranscript, Kind};
use crate::filter::class_index;
use crate::judge::Judge;
use crate::judged::Judged;
use crate::question::Ask;

/// Doubts the issuer's own activities from before the day of a balance: nobody knows whether they are in it. Those that do
/// not stand on the issuer's transcript are not.
pub(crate) fn doubt_what_it_may_hold(credits: &[Credit], judged: &mut [Judged<'_>], judge: &Judge<'_>) {
    let is_balance = |credit: &Credit| credit.kind == Kind::OpeningBalance;
    let all = credits.iter().zip(&*judged);
    let balances = all.filter(|(credit, judged)| is_balance(credit) && judged.may_count());
    let Some(last) = balances.filter_map(|(credit, _)| credit.completed_on).max() else { return };
    let pack = judge.book.pack;
    let issuer = class_index(pack, &pack.issuer.approver);
    for (credit, judged) in credits.iter().zip(judged) {
        let may_stand_there =
            !matches!(credit.issuer_transcript, Some(IssuerTranscript::Expected | IssuerTranscript::Missing));
        let is_earlier = credit.completed_on.is_some_and(|day| day <= last);
        let may_be_own = judged.class.is_none_or(|class| class == issuer);
        if is_balance(credit) || !(may_stand_there && is_earlier && may_be_own && judged.may_count()) {
            continue;
        }
        let short = &pack.issuer.short;
        match judge.answers.find("balance", &credit.id) {
            Some(told) if told.is("no") => {}
            Some(told) if told.is("yes") => {
                let text = format!("It is part of the balance from your {short} transcript.");
                judged.refuse("in_balance", text, None);
            }
            _ => {
                judged.may_be_refused();
                judged.ask_once(Ask::Balance);
                let text = format!("It may already be part of the balance from your {short} transcript.");
                judged.say("balance", text, None);
            }
        }
    }
}
