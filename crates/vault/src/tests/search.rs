//! Searching.

use domain::{Award, Credit, ProofRole, Session, Unit};
use proptest::prelude::*;
use rusqlite::Connection;

use super::{Desk, add, credit, now};
use crate::{DamageKind, Found, Op, Original, Owner, Part, Vault};

fn ids(vault: &Vault, typed: &str) -> Vec<String> {
    vault.search(typed).unwrap().into_iter().map(|found| found.credit.id.to_string()).collect()
}

fn only(vault: &Vault, typed: &str) -> Found {
    let mut found = vault.search(typed).unwrap();
    assert_eq!(found.len(), 1, "{typed}: {found:?}");
    found.remove(0)
}

fn titled(id: &str, title: &str) -> Credit {
    Credit { title: title.to_owned(), provider: None, ..credit(id) }
}

/// One credit with something in each part that is searched.
fn full() -> Credit {
    let award =
        Award { amount: "6".parse().unwrap(), unit: Unit::ContactHour, approver: None, number: Some("A-778".into()) };
    let session =
        Session { title: "Butterfly needles".to_owned(), amount: "1".parse().unwrap(), category: None, on: None };
    Credit {
        title: "Venipuncture and Order of Draw".to_owned(),
        provider: Some("Lakeside Institute".to_owned()),
        provider_number: Some("139482".to_owned()),
        description: Some("Tubes and their colours".to_owned()),
        relevance: Some("I draw blood every day".to_owned()),
        tags: vec!["safety".to_owned()],
        name_on_certificate: Some("Maria Nguyễn".to_owned()),
        awards: vec![award],
        sessions: vec![session],
        proofs: vec![domain::ProofRef {
            sha256: "a".repeat(64),
            name: "scan-of-march.pdf".to_owned(),
            role: ProofRole::Certificate,
        }],
        ..credit("c1")
    }
}

#[test]
fn every_part_of_a_credit_is_searched_and_named() {
    let desk = Desk::new();
    let mut vault = desk.create();
    add(&mut vault, &full());
    add(&mut vault, &titled("c2", "Something else"));
    for (typed, part) in [
        ("venip", Part::Title),
        ("ORDER draw", Part::Title),
        ("lakeside", Part::Provider),
        ("139482", Part::Numbers),
        ("a-778", Part::Numbers),
        ("colours", Part::About),
        ("blood", Part::About),
        ("butterfly", Part::About),
        ("safety", Part::Tags),
        ("nguyen", Part::Name),
        ("scan-of-march.pdf", Part::Files),
        ("venip lakeside", Part::Provider),
    ] {
        let found = only(&vault, typed);
        assert_eq!((found.credit.id.as_str(), found.part), ("c1", part), "{typed}");
    }
}

#[test]
fn an_excerpt_shows_the_words_around_and_which_were_asked_for() {
    let desk = Desk::new();
    let mut vault = desk.create();
    let words = "one two three four five six seven eight nine ten eleven twelve lancet fourteen fifteen";
    add(&mut vault, &Credit { description: Some(words.to_owned()), ..titled("c1", "A") });
    let excerpt = only(&vault, "LANC").excerpt;
    let hits: Vec<_> = excerpt.iter().filter(|piece| piece.hit).map(|piece| piece.text.as_str()).collect();
    assert_eq!(hits, ["lancet"]);
    let whole: String = excerpt.iter().map(|piece| piece.text.as_str()).collect();
    assert!(whole.starts_with('…') && whole.ends_with("fourteen fifteen"), "{whole}");
}

#[test]
fn accents_and_capitals_do_not_matter_however_they_are_written() {
    let desk = Desk::new();
    let mut vault = desk.create();
    add(&mut vault, &titled("c1", "Café hygiène for Nguyễn"));
    for typed in ["cafe", "CAFÉ", "cafe\u{301}", "hygiene", "nguyen", "Nguyễn"] {
        assert_eq!(ids(&vault, typed), ["c1"], "{typed}");
    }
}

#[test]
fn every_word_must_be_found_and_a_title_comes_first() {
    let desk = Desk::new();
    let mut vault = desk.create();
    let about = |id: &str, title: &str, text: &str| Credit { description: Some(text.to_owned()), ..titled(id, title) };
    add(&mut vault, &about("c1", "Front desk", "Privacy, privacy and again privacy: HIPAA"));
    add(&mut vault, &about("c2", "HIPAA privacy in a long title with a good many other words in it", ""));
    add(&mut vault, &about("c3", "Privacy", "nothing"));
    assert_eq!(ids(&vault, "privacy hipaa"), ["c2", "c1"]);
    assert_eq!(ids(&vault, "privacy"), ["c3", "c2", "c1"]);
    assert_eq!(ids(&vault, "privacy unheard-of"), [""; 0]);
}

#[test]
fn what_is_typed_is_words_and_never_syntax() {
    let desk = Desk::new();
    let mut vault = desk.create();
    add(&mut vault, &titled("c1", "NOT near AND or: a \"quoted\" (title) *"));
    for typed in [
        "NOT",
        "AND",
        "near",
        "\"quoted\"",
        "(title)",
        "\"",
        "NEAR(",
        "title:",
        "{title} : not",
        "-a",
        "^not",
        "a*",
        "a + or",
    ] {
        let expected: &[&str] = if typed == "\"" { &[] } else { &["c1"] };
        assert_eq!(ids(&vault, typed), expected, "{typed}");
    }
    for typed in ["", " ", "*", "...", "\0", "( ) : - ^ * \"\""] {
        assert_eq!(ids(&vault, typed), [""; 0], "{typed:?}");
    }
    assert_eq!(ids(&vault, "not\0near"), ["c1"]);
    assert_eq!(ids(&vault, &"title ".repeat(100_000)), ["c1"], "a page pasted by mistake");
}

#[test]
fn the_text_of_a_certificate_is_searched_after_everything_else_and_goes_with_it() {
    let desk = Desk::new();
    let mut vault = desk.create();
    add(&mut vault, &titled("c1", "Phlebotomy"));
    add(&mut vault, &titled("c2", "Tourniquet"));
    let stored = vault.store_original(&desk.file("a.pdf", b"%PDF-1.7 a")).unwrap();
    let original = Original { text: Some("How to place a\ntourniquet".to_owned()), ..stored.clone() };
    let role = ProofRole::Certificate;
    vault
        .transact(Op::Attach, now(), |change| change.attach(Owner::Credit("c1"), &[(original.clone(), role)]))
        .unwrap();
    assert_eq!(ids(&vault, "tourniquet"), ["c2", "c1"]);
    let found = only(&vault, "place phlebotomy");
    assert_eq!(found.part, Part::Text);
    assert_eq!(found.excerpt.iter().map(|piece| piece.text.as_str()).collect::<String>(), "How to place a tourniquet");

    let same = Original { text: None, ..stored };
    vault.transact(Op::Attach, now(), |change| change.attach(Owner::Credit("c2"), &[(same.clone(), role)])).unwrap();
    assert_eq!(ids(&vault, "place"), ["c1", "c2"], "its text was read once");
    vault.undo(now()).unwrap();
    vault.transact(Op::Detach, now(), |change| change.detach(Owner::Credit("c1"), &original.sha256)).unwrap();
    assert_eq!(ids(&vault, "place"), [""; 0]);
    assert_eq!(vault.verify(&mut |_, _| true).unwrap().damage, []);
}

#[test]
fn text_that_is_read_later_is_found_from_then_on() {
    let desk = Desk::new();
    let mut vault = desk.create();
    add(&mut vault, &titled("c1", "Phlebotomy"));
    let original = vault.store_original(&desk.file("a.pdf", b"%PDF-1.7 a")).unwrap();
    vault
        .transact(Op::Attach, now(), |change| {
            change.attach(Owner::Credit("c1"), &[(original.clone(), ProofRole::Certificate)])
        })
        .unwrap();
    assert_eq!(vault.unread(), Ok(vec![original.sha256.to_string()]));
    vault.keep_text(&original.sha256, "tourniquet").unwrap();
    assert_eq!((vault.unread(), ids(&vault, "tourniquet")), (Ok(vec![]), vec!["c1".to_owned()]));
    assert_eq!(vault.verify(&mut |_, _| true).unwrap().damage, []);
    assert_eq!(vault.undo(now()).unwrap().op, Op::Attach, "reading is nothing that could be undone");
}

#[test]
fn what_a_file_says_is_forgotten_with_its_last_owner_and_read_again_when_it_comes_back() {
    let desk = Desk::new();
    let mut vault = desk.create();
    add(&mut vault, &titled("c1", "Phlebotomy"));
    add(&mut vault, &titled("c2", "Spirometry"));
    let stored = vault.store_original(&desk.file("a.pdf", b"%PDF-1.7 a")).unwrap();
    let original = Original { text: Some("tourniquet".to_owned()), ..stored };
    let sha256 = original.sha256.clone();
    for owner in [Owner::Credit("c1"), Owner::Credit("c2"), Owner::Holder] {
        let attached = [(original.clone(), ProofRole::Certificate)];
        vault.transact(Op::Attach, now(), |change| change.attach(owner, &attached)).unwrap();
    }
    let detach = |vault: &mut Vault, owner: Owner<'_>| {
        vault.transact(Op::Detach, now(), |change| change.detach(owner, &sha256)).unwrap();
        vault.text_of(&sha256).unwrap()
    };
    assert_eq!(detach(&mut vault, Owner::Credit("c1")), "tourniquet", "two have it still");
    assert_eq!(detach(&mut vault, Owner::Holder), "tourniquet");
    assert_eq!(vault.attached().unwrap().len(), 1);
    assert_eq!(detach(&mut vault, Owner::Credit("c2")), "");
    assert_eq!((vault.unread(), vault.attached().unwrap().len()), (Ok(vec![]), 0), "what nobody has is not read");
    vault.undo(now()).unwrap();
    assert_eq!(vault.unread(), Ok(vec![sha256.to_string()]));
    vault.keep_text(&sha256, "tourniquet").unwrap();
    assert_eq!(ids(&vault, "tourniquet"), ["c2"]);

    vault.transact(Op::RemoveCredit, now(), |change| change.remove_credit("c2")).unwrap();
    assert_eq!(vault.text_of(&sha256).unwrap(), "tourniquet", "what lies in the trash may come back");
    vault.transact(Op::EmptyTrash, now(), |change| change.empty_trash().map(drop)).unwrap();
    assert_eq!((vault.text_of(&sha256).unwrap().as_str(), vault.attached().unwrap().len()), ("", 0));
    assert_eq!(vault.verify(&mut |_, _| true).unwrap().damage, []);
}

#[test]
fn search_follows_every_change_and_every_way_back() {
    let desk = Desk::new();
    let mut vault = desk.create();
    add(&mut vault, &titled("c1", "Phlebotomy"));
    vault.transact(Op::EditCredit, now(), |change| change.put_credit(&titled("c1", "Spirometry"))).unwrap();
    assert_eq!((ids(&vault, "phlebotomy").len(), ids(&vault, "spirometry").len()), (0, 1));
    vault.undo(now()).unwrap();
    assert_eq!((ids(&vault, "phlebotomy").len(), ids(&vault, "spirometry").len()), (1, 0));
    vault.redo(now()).unwrap();
    vault.transact(Op::RemoveCredit, now(), |change| change.remove_credit("c1")).unwrap();
    assert_eq!(ids(&vault, "spirometry"), [""; 0], "the trash is not searched");
    vault.transact(Op::EmptyTrash, now(), |change| change.empty_trash().map(drop)).unwrap();
    vault.undo(now()).unwrap();
    vault.undo(now()).unwrap();
    assert_eq!(ids(&vault, "spirometry"), ["c1"]);
    vault.undo(now()).unwrap();
    vault.undo(now()).unwrap();
    assert_eq!(ids(&vault, "phlebotomy"), [""; 0], "it was never added");
    let failed = vault.transact(Op::AddCredit, now(), |change| {
        change.put_credit(&titled("c9", "Audiometry"))?;
        Err::<(), _>(crate::Error::NothingToUndo)
    });
    assert!(failed.is_err() && ids(&vault, "audiometry").is_empty(), "what did not happen is not found");
    assert_eq!(vault.verify(&mut |_, _| true).unwrap().damage, []);
}

#[test]
fn verify_notices_an_index_that_is_out_of_step_and_it_can_be_made_anew() {
    let desk = Desk::new();
    let mut vault = desk.create();
    add(&mut vault, &titled("c1", "Phlebotomy"));
    for wrong in [
        "DELETE FROM search",
        "INSERT INTO search (rowid, title) VALUES (77, 'nobody')",
        "UPDATE credit SET title = 'Spirometry'",
        "DELETE FROM search_idx; UPDATE search_data SET block = zeroblob(9) WHERE id > 10",
    ] {
        Connection::open(desk.database()).unwrap().execute_batch(wrong).unwrap();
        // A title that was changed behind the history is damage of its own.
        let kinds = |vault: &Vault| -> Vec<DamageKind> {
            let damage = vault.verify(&mut |_, _| true).unwrap().damage.into_iter().map(|damage| damage.kind);
            damage.filter(|kind| *kind != DamageKind::Row).collect()
        };
        assert_eq!(kinds(&vault), [DamageKind::Search], "{wrong}");
        vault.rebuild_search().unwrap();
        assert_eq!(kinds(&vault), [], "{wrong}");
    }
    assert_eq!(ids(&vault, "spirometry"), ["c1"]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_that_can_be_typed_is_an_error(typed in any::<String>(), syntax in "[\"*():{}^+ANDORTNE \\-]{0,20}") {
        let desk = Desk::new();
        let mut vault = desk.create();
        add(&mut vault, &full());
        prop_assert!(vault.search(&typed).is_ok());
        prop_assert!(vault.search(&syntax).is_ok());
    }

    #[test]
    fn the_index_is_in_step_after_any_changes(steps in prop::collection::vec((0..6_u8, 1..4_u8), 1..25)) {
        let desk = Desk::new();
        let mut vault = desk.create();
        for (number, (step, which)) in steps.into_iter().enumerate() {
            let id = format!("c{which}");
            // Some of these have nothing to work on; that is as good a case as any.
            let _ = match step {
                0 | 1 => vault.transact(Op::AddCredit, now(), |change| change.put_credit(&titled(&id, &format!("t{number}")))),
                2 => vault.transact(Op::RemoveCredit, now(), |change| change.remove_credit(&id)),
                3 => vault.transact(Op::EmptyTrash, now(), |change| change.empty_trash().map(drop)),
                4 => vault.undo(now()).map(drop),
                _ => vault.redo(now()).map(drop),
            };
            prop_assert_eq!(vault.verify(&mut |_, _| true).unwrap().damage, vec![]);
        }
    }
}
