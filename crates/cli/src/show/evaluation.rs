//! An evaluation as text: where she stands first, then every line, then what is open.

use domain::date::{long, short};
use domain::evaluation::{
    Basis, Cap, Counts, Evaluation, Question, Requirement, RequirementKind, Standing, Verdict, Way,
};

use crate::print::Text;

/// In letters; only a name too long for its column makes a line longer.
const WIDTH: usize = 100;

/// The four numbers of a line and its state.
const NUMBERS: usize = 4 * 9 + 2 + 15;

pub(crate) fn evaluation(evaluation: &Evaluation) -> Text {
    let mut text = heading(evaluation);
    paragraph(&mut text, &evaluation.gap.sentence);
    if evaluation.verdict == Verdict::Met && evaluation.verdict_with_proof != Verdict::Met {
        paragraph(&mut text, "Some of what counts still lacks its paper: a certificate, or what shows a condition.");
    }
    numbers(&mut text, evaluation);
    limited_in_number(&mut text, evaluation);
    conditions(&mut text, evaluation);
    advice(&mut text, evaluation);
    if is_judged(evaluation) {
        left_out(&mut text, evaluation);
    }
    ways(&mut text, &evaluation.dates.ways);
    if let Some(renewal) = &evaluation.renewal {
        paragraph(&mut text, &renewal.sentence);
    }
    questions(&mut text, &evaluation.questions);
    for note in evaluation.notes.iter().filter(|note| note.code != "draft") {
        paragraph(&mut text, &note.text);
    }
    if is_judged(evaluation) {
        rules(&mut text, evaluation);
    }
    text
}

/// Otherwise nobody has the rules.
fn is_judged(evaluation: &Evaluation) -> bool {
    !evaluation.pack_version.is_empty()
}

fn heading(evaluation: &Evaluation) -> Text {
    let standing = match evaluation.standing {
        _ if !is_judged(evaluation) => "no rules here",
        Standing::Current => "current",
        Standing::Late => "expired, renewal still open",
        Standing::Lapsed if evaluation.dates.late_until.is_none() => {
            "expired, whether renewal is still open is not known"
        }
        Standing::Lapsed => "expired, renewal closed",
        Standing::Unknown => "whether it was renewed since is not known",
    };
    let mut text = Text::from(format!("{} on {}: {standing}", evaluation.credential_name, long(evaluation.on)));
    let period = evaluation.period;
    if period.from != period.to {
        text.push(format!("Period {} to {}", short(period.from), short(period.to)));
    }
    if let Some(edition) = &evaluation.edition {
        text.push(format!("Edition of the rules: {edition}"));
    }
    let chosen: Vec<&str> =
        evaluation.paths.iter().filter(|path| path.chosen).map(|path| path.label.as_str()).collect();
    if !chosen.is_empty() {
        text.push(format!("The way that serves best: {}", chosen.join("; ")));
    }
    if let Some(draft) = &evaluation.draft {
        block(&mut text, "", &format!("These rules are a draft: {draft}"));
    }
    text
}

/// A path in words.
fn way<'a>(evaluation: &'a Evaluation, id: &'a str) -> &'a str {
    evaluation.paths.iter().find(|path| path.id == id).map_or(id, |path| &path.label)
}

fn numbers(text: &mut Text, evaluation: &Evaluation) {
    let lines: Vec<&Requirement> = evaluation.requirements.iter().filter(|line| line.words.is_none()).collect();
    let caps: Vec<&Cap> = caps(evaluation, Counts::Points).collect();
    if lines.is_empty() && caps.is_empty() {
        return;
    }
    let labels = lines.iter().map(|line| label(evaluation, line)).chain(caps.iter().map(|cap| cap.label.clone()));
    let labels: Vec<String> = labels.collect();
    let widest = labels.iter().map(|label| label.chars().count()).max().unwrap_or_default();
    let width = widest.clamp(20, WIDTH - NUMBERS);
    let mut row = |label: &str, cells: [&str; 4], state: &str| {
        let mut lines = wrapped(label, width);
        let last = lines.pop().unwrap_or_default();
        for line in lines {
            text.push(line);
        }
        let [needed, earned, counted, short] = cells;
        text.push(format!("{last:<width$} {needed:>8} {earned:>8} {counted:>8} {short:>8}  {state}"));
    };
    row("", [""; 4], "");
    row("", ["needed", "earned", "counted", "short"], "");
    for (line, label) in lines.iter().zip(&labels) {
        let [needed, earned, counted] = [line.needed, line.earned, line.counted].map(|points| points.to_string());
        let points = [needed, earned, counted, line.short.lacking()];
        let [needed, earned, counted, short] = &points;
        row(label, [needed, earned, counted, short], state(line));
    }
    for cap in caps {
        let (limit, earned, counted) = (format!("max {}", cap.limit), cap.earned.to_string(), cap.counted.to_string());
        row(&cap.label, [&limit, &earned, &counted, ""], "");
    }
}

fn caps(evaluation: &Evaluation, counts: Counts) -> impl Iterator<Item = &Cap> {
    evaluation.caps.iter().filter(move |cap| cap.counts == counts)
}

/// Beside the table, whose numbers are points.
fn limited_in_number(text: &mut Text, evaluation: &Evaluation) {
    let line =
        |cap: &Cap| format!("{}: {}. At most {} may, whatever each is worth.", cap.label, cap.of_credits(), cap.limit);
    section(text, "Limited in number:", caps(evaluation, Counts::Credits).map(line));
}

/// With the stretch of the period and the way it belongs to.
fn label(evaluation: &Evaluation, line: &Requirement) -> String {
    let stretch = line.within.map(|within| format!(", {} to {}", short(within.from), short(within.to)));
    let way = line.path.as_ref().map(|path| format!(" (way: {})", way(evaluation, path)));
    format!("{}{}{}", line.label, stretch.unwrap_or_default(), way.unwrap_or_default())
}

fn state(line: &Requirement) -> &'static str {
    match (line.state, line.kind) {
        (Verdict::Met, _) if line.shown_by.as_ref().is_some_and(|by| by.lacks_paper) => "met, paper missing",
        (Verdict::Met, _) => "met",
        (_, RequirementKind::Advice) => "recommended",
        (Verdict::NotMet, _) => "not met",
        (Verdict::CannotTell, _) => "cannot tell yet",
    }
}

fn conditions(text: &mut Text, evaluation: &Evaluation) {
    let lines = evaluation.requirements.iter().filter(|line| line.kind != RequirementKind::Advice);
    let lines = lines.filter_map(|line| Some((line, line.words.as_ref()?)));
    let told = |(line, words): (&Requirement, &String)| {
        let hours = line.hours().map(|hours| format!(" {hours}")).unwrap_or_default();
        format!("{}, {}: {words}{hours}", label(evaluation, line), state(line))
    };
    section(text, "Also asked for:", lines.map(told));
}

fn advice(text: &mut Text, evaluation: &Evaluation) {
    let lines = evaluation.requirements.iter().filter(|line| line.kind == RequirementKind::Advice);
    let lines = lines.filter_map(|line| Some((line, line.words.as_ref()?)));
    let done = |line: &Requirement| if line.state == Verdict::Met { " (done)" } else { "" };
    section(
        text,
        "To think of:",
        lines.map(|(line, words)| format!("{}{}: {words}", label(evaluation, line), done(line))),
    );
}

fn left_out(text: &mut Text, evaluation: &Evaluation) {
    let credits = evaluation.credits.iter();
    let left_out = credits.filter(|credit| credit.counted < credit.earned || credit.earned.is_zero());
    let line = |credit: &domain::evaluation::CreditOutcome| {
        let reasons: Vec<&str> = credit.reasons.iter().map(|reason| &*reason.text).collect();
        format!("{}: {}", credit.id, reasons.join(" "))
    };
    section(text, "Not counted, or only in part:", left_out.map(line));
}

fn ways(text: &mut Text, ways: &[Way]) {
    let line = |way: &Way| {
        if let Some(barred) = &way.barred {
            return format!("{}: not open to you now. {}", way.label, barred.text);
        }
        let opens = way.opens_on.map(|day| format!(", from {} on", long(day))).unwrap_or_default();
        let whose = if way.by_basis == Basis::Inference { " (our reading)" } else { "" };
        let by = format!("send it by {}{whose}{opens}.", long(way.by));
        let after = way.afterwards.as_ref().map(|after| format!(" After that day: {after}"));
        let outlook = way.outlook.as_ref().map(|outlook| format!(" {}", outlook.text));
        format!("{}: {by}{}{}", way.label, after.unwrap_or_default(), outlook.unwrap_or_default())
    };
    section(text, "How to apply:", ways.iter().map(line));
}

fn questions(text: &mut Text, questions: &[Question]) {
    let line = |question: &Question| {
        let about =
            if question.credits.is_empty() { String::new() } else { format!(" ({})", question.credits.join(", ")) };
        let options =
            if question.options.is_empty() { String::new() } else { format!(" [{}]", question.options.join(" / ")) };
        format!("{}{about}: {}{options}", question.id, question.text)
    };
    let (deciding, others): (Vec<&Question>, Vec<&Question>) = questions.iter().partition(|question| question.decides);
    section(text, "Open, and it may decide:", deciding.into_iter().map(line));
    section(text, "Open:", others.into_iter().map(line));
}

fn rules(text: &mut Text, evaluation: &Evaluation) {
    let basis = match evaluation.basis {
        Basis::Official => "the issuer's own texts",
        Basis::Relayed => "the issuer's texts as passed on by others",
        Basis::Inference => "our reading where the issuer is silent",
        Basis::Secondary => "what third parties say",
    };
    let checked = match evaluation.pack_verified_on {
        Some(date) => format!("checked on {}", short(date)),
        None => "not yet checked by a person on the issuer's live pages".to_owned(),
    };
    let (pack, version) = (&evaluation.pack, &evaluation.pack_version);
    let weakest = Some(evaluation.weakest.named()).filter(|named| !named.is_empty());
    let weakest = weakest.map(|named| format!(" ({named})")).unwrap_or_default();
    paragraph(text, &format!("Rules {pack} {version}, {checked}; the weakest value rests on {basis}{weakest}."));
}

/// After an empty line.
fn paragraph(text: &mut Text, words: &str) {
    text.push("");
    block(text, "", words);
}

/// A heading and its lines, or nothing where there are none.
fn section(text: &mut Text, heading: &str, lines: impl Iterator<Item = String>) {
    for (index, line) in lines.enumerate() {
        if index == 0 {
            text.push("");
            text.push(heading);
        }
        block(text, "  ", &line);
    }
}

/// Lines after the first are set in.
fn block(text: &mut Text, indent: &str, words: &str) {
    let further = if indent.is_empty() { "" } else { "    " };
    for (index, line) in wrapped(words, WIDTH - further.len()).iter().enumerate() {
        text.push(format!("{}{line}", if index == 0 { indent } else { further }));
    }
}

/// Cut at blanks into lines of so many letters; a longer word has a line of its own.
fn wrapped(words: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in words.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use domain::{Packs, Record, evaluate, without_rules};

    fn record(pack: &str) -> Record {
        let text = format!(
            r#"{{ "schema": "recert.record/1", "holder": {{ "name": "Maria" }},
                  "credentials": [{{ "id": "one", "pack": "{pack}", "certified_on": "2024-03-17" }}],
                  "credits": [{{ "id": "c1", "title": "Draw", "completed_on": "2024-06-04", "amount": "2", "unit": "ceu",
                                 "approver": "unsure" }}] }}"#
        );
        Record::from_json(&text).unwrap()
    }

    #[test]
    fn every_pack_fits_the_page_and_leaves_nothing_unsaid() {
        let packs = Packs::shipped().unwrap();
        for (pack, on) in packs.iter().flat_map(|pack| ["2025-01-15", "2026-04-01", "2031-01-15"].map(|on| (pack, on)))
        {
            let told = evaluate(&record(&pack.id), "one", &packs, on.parse::<chrono::NaiveDate>().unwrap()).unwrap();
            let text = evaluation(&told).to_string();
            let plain = text.split_whitespace().collect::<Vec<_>>().join(" ");
            for line in text.lines() {
                assert!(line.chars().count() <= WIDTH, "{} on {on}: {line}", pack.id);
            }
            let conditions = told.requirements.iter().filter_map(|line| line.words.as_ref());
            let ways = told.dates.ways.iter().map(|way| &way.label);
            let said = conditions.chain(ways).chain(told.renewal.iter().map(|renewal| &renewal.sentence));
            for words in said.chain([&told.gap.sentence]).chain(&told.draft).chain(&told.edition) {
                let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
                assert!(plain.contains(&words), "{} on {on} does not say “{words}”: {text}", pack.id);
            }
        }
    }

    #[test]
    fn a_condition_has_its_way_a_state_and_words_instead_of_numbers() {
        let packs = Packs::shipped().unwrap();
        let on = "2025-01-15".parse::<chrono::NaiveDate>().unwrap();
        let text = evaluation(&evaluate(&record("phlebotomy-nhco"), "one", &packs, on).unwrap()).to_string();
        let plain = text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(
            plain.contains(
                " Hours worked, 17 Mar 2024 to 16 Mar 2025 (way: 10 hours, and 1,040 hours of work a year), not met: \
                 Show at least"
            ),
            "{text}"
        );
        assert!(plain.contains("in each of the two years. 0 of 1,040 hours are on file."), "{text}");
        assert_eq!(text.matches("Hours worked").count(), 1, "it stands in no row of numbers");
    }

    #[test]
    fn a_limit_on_a_number_of_cards_is_told_in_cards_and_stands_in_no_row_of_points() {
        let packs = Packs::shipped().unwrap();
        let mut cards = record("cma-aama");
        let day = |year: i32| chrono::NaiveDate::from_ymd_opt(year, 4, 1);
        cards.credits = (2024..2028)
            .map(|year| {
                let mut card = cards.credits[0].clone();
                (card.id, card.title) = (format!("card-{year}").into(), format!("CPR {year}"));
                (card.completed_on, card.unit) = (day(year), Some(domain::Unit::CprCard));
                card.amount = "1".parse().ok();
                card
            })
            .collect();
        let text = evaluation(&evaluate(&cards, "one", &packs, day(2028).unwrap()).unwrap()).to_string();
        let told = "Limited in number:\n  CPR cards: 3 of 4 count. At most 3 may, whatever each is worth.\n";
        assert!(text.contains(told), "{text}");
        assert_eq!(text.matches("CPR cards:").count(), 1, "{text}");
        let without =
            evaluation(&evaluate(&record("cma-aama"), "one", &packs, day(2028).unwrap()).unwrap()).to_string();
        assert!(!without.contains("Limited in number"), "{without}");
    }

    #[test]
    fn without_rules_nothing_is_called_current_and_no_version_is_named() {
        let record = record("x-unheard-of");
        let text =
            evaluation(&without_rules(&record, &record.credentials[0], "2025-01-15".parse().unwrap())).to_string();
        assert!(text.starts_with("x-unheard-of on 15 January 2025: no rules here\n"), "{text}");
        assert!(!text.contains("current") && !text.contains("Rules x") && !text.contains("needed"), "{text}");
        assert!(text.contains("rules: My certification"), "{text}");
    }

    #[test]
    fn a_word_longer_than_the_page_has_a_line_of_its_own() {
        let long = "x".repeat(120);
        assert_eq!(wrapped(&format!("a {long} b c"), 100), ["a", &long, "b c"]);
        assert_eq!(wrapped(" ", 100), [""; 0]);
    }
}
