//! What each check says.

use domain::Pack;

use crate::wire::CheckCode;

const UNPRINTABLE: &str = "The pages can show Latin, Greek and Cyrillic letters. With other characters, such as emoji, no transcript can be made.";

/// A check in a few words, and what it is with why it matters. `good_sense` is whether no rule of the pack stands behind it.
pub(crate) fn of(code: CheckCode, pack: &Pack, good_sense: bool) -> (&'static str, String) {
    let issuer = &pack.issuer.short;
    let (label, why) = match code {
        CheckCode::UnprintableDetails => (
            "Your details cannot be printed",
            format!("{UNPRINTABLE} Write your name, former names, address and number in those letters."),
        ),
        CheckCode::Unprintable => (
            "Cannot be printed",
            format!("{UNPRINTABLE} Write this in those letters, or take the characters out."),
        ),
        CheckCode::NoProof => (
            "No certificate attached",
            "Nothing attached shows this. Credits without proof are refused, or asked about, which takes weeks.".to_owned(),
        ),
        CheckCode::NoCardBack => (
            "Back of the card missing",
            "The front of the card is attached and its back is not. A card that is shown by half is sent back.".to_owned(),
        ),
        CheckCode::NoAmount => (
            "No hours",
            "How many hours it stands for is not known. A certificate that does not say so is refused; ask the provider."
                .to_owned(),
        ),
        CheckCode::OutsidePeriod => (
            "Outside your period",
            format!(
                "{issuer} counts what was done for the period that you apply for. Compare the date with the certificate."
            ),
        ),
        CheckCode::Duplicate => (
            "There twice",
            "Title, provider and day are the same. A course that is sent twice counts once, and makes a reader doubt the rest: \
             remove one, or answer that they are different."
                .to_owned(),
        ),
        CheckCode::InHouse => (
            "Training at work, or without formal credit",
            format!("{issuer} refuses this. What is sent in all the same makes a reader doubt the rest."),
        ),
        CheckCode::OtherName => (
            "Another name on the certificate",
            "The name is neither yours nor a former name in your details, so a reader cannot tell that the certificate is \
             yours. Add it as a former name, or ask the provider for a corrected certificate."
                .to_owned(),
        ),
        CheckCode::UnclearTitle => (
            "Title that explains nothing",
            "A reader cannot tell from the title what it was about, and asks. Add a line about it, or the course description."
                .to_owned(),
        ),
        CheckCode::NoProviderNumber => (
            "No provider number",
            "A reader looks up by the approval number whether the provider was approved then. It is mostly printed near the \
             signature."
                .to_owned(),
        ),
        CheckCode::NotFilledIn => (
            "Not filled in",
            format!("{issuer} wants to know this beside the certificate. An application that leaves it open is sent back."),
        ),
        CheckCode::Picture => (
            "Photo or screenshot",
            "A picture is harder to read than the provider’s own file and easier to change, so some readers ask for the \
             original PDF. Attach it if you can still get it."
                .to_owned(),
        ),
        CheckCode::ShowsMore => (
            "School transcript that shows more than needed",
            "Nobody needs this to count a course. Cover it in a copy, and attach the copy instead.".to_owned(),
        ),
    };
    let is_own_check = match code {
        CheckCode::OtherName
        | CheckCode::UnclearTitle
        | CheckCode::NoProviderNumber
        | CheckCode::Picture
        | CheckCode::ShowsMore => true,
        CheckCode::UnprintableDetails
        | CheckCode::Unprintable
        | CheckCode::NoProof
        | CheckCode::NoCardBack
        | CheckCode::NoAmount
        | CheckCode::OutsidePeriod
        | CheckCode::Duplicate
        | CheckCode::InHouse
        | CheckCode::NotFilledIn => false,
    };
    if is_own_check && good_sense {
        (label, format!("Good sense rather than a rule: {}", uncapital(&why)))
    } else {
        (label, why)
    }
}

fn uncapital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().into_iter().flat_map(char::to_lowercase).chain(letters).collect()
}
