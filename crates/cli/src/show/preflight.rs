//! What gets applications refused or questioned.

use app::wire::Check;

use crate::print::Text;

/// A line for each check, under it the rules it rests on, and its credits.
pub(crate) fn checks(checks: &[Check]) -> Text {
    if checks.is_empty() {
        return "Nothing found that gets applications rejected.".into();
    }
    checks.iter().map(check).collect()
}

fn check(check: &Check) -> Text {
    let number = if check.credits.is_empty() { String::new() } else { format!(" ({})", check.credits.len()) };
    let mut text = Text::from(format!("{}{number}: {}", check.label, check.sentence));
    for rule in &check.rules {
        let source = rule.source.as_ref().map(|source| format!(" ({source})")).unwrap_or_default();
        text.push(format!("    The rules: {}{source}", rule.text));
    }
    for credit in &check.credits {
        let title = if credit.title.is_empty() { "untitled" } else { &credit.title };
        let note = credit.note.as_ref().map(|note| format!(": {note}")).unwrap_or_default();
        text.push(format!("    {}  {title}{note}", credit.id));
    }
    text
}
