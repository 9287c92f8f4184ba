//! What gets applications refused or questioned.

use std::fmt::Write as _;

use app::wire::Check;

/// A line for each check, under it the rules it rests on, and its credits.
pub(crate) fn checks(checks: &[Check]) -> String {
    if checks.is_empty() {
        return "Nothing found that gets applications rejected.\n".to_owned();
    }
    checks.iter().map(check).collect()
}

fn check(check: &Check) -> String {
    let number = if check.credits.is_empty() { String::new() } else { format!(" ({})", check.credits.len()) };
    let mut text = format!("{}{number}: {}\n", check.label, check.sentence);
    for rule in &check.rules {
        let source = rule.source.as_ref().map(|source| format!(" ({source})")).unwrap_or_default();
        let _ = writeln!(text, "    The rules: {}{source}", rule.text);
    }
    for credit in &check.credits {
        let title = if credit.title.is_empty() { "untitled" } else { &credit.title };
        let note = credit.note.as_ref().map(|note| format!(": {note}")).unwrap_or_default();
        let _ = writeln!(text, "    {}  {title}{note}", credit.id);
    }
    text
}
