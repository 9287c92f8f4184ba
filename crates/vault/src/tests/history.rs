//! Whatever was done can be taken back and done again.

use domain::record::{Answer, FactKind};
use domain::{Fact, Holder, ProofRole, Record};
use proptest::prelude::*;

use super::{Desk, add, credential, credit, holder, now};
use crate::{Error, Op, Owner, Vault};

fn fact(id: &str) -> Fact {
    Fact {
        id: id.to_owned(),
        kind: FactKind::CprCard,
        title: Some("BLS".to_owned()),
        issued_on: None,
        expires_on: None,
        amount: None,
        tag: None,
        credential: None,
        proofs: Vec::new(),
    }
}

/// The record and the trash, as text: to the domain 2.0 and 2 are equal, on a certificate they are not.
fn state(vault: &Vault) -> (String, Vec<String>) {
    (vault.record().unwrap().to_json(), vault.removed().unwrap().iter().map(|credit| format!("{credit:?}")).collect())
}

#[test]
fn what_was_done_last_is_taken_back_named_and_done_again_also_after_a_restart() {
    let desk = Desk::new();
    let mut vault = desk.create();
    add(&mut vault, &credit("c1"));
    let with_one = state(&vault);
    vault.transact(Op::RemoveCredit, now(), |change| change.remove_credit("c1")).unwrap();
    let removed = state(&vault);
    drop(vault);

    let mut vault = desk.open();
    let next = vault.undoable().unwrap().unwrap();
    assert_eq!((next.op, next.touched[0].title.as_deref()), (Op::RemoveCredit, Some("Order of Draw")));
    assert_eq!(vault.undo(now()).unwrap(), next);
    assert_eq!(state(&vault), with_one);
    drop(vault);

    let mut vault = desk.open();
    assert_eq!(vault.redo(now()).unwrap().op, Op::RemoveCredit);
    assert_eq!(state(&vault), removed);
    assert_eq!(vault.redo(now()), Err(Error::NothingToRedo));
    vault.undo(now()).unwrap();
    vault.undo(now()).unwrap();
    assert_eq!(vault.record().unwrap().credits, []);
    assert_eq!(vault.undo(now()), Err(Error::NothingToUndo), "the start itself stays");
}

#[test]
fn whoever_goes_on_leaves_behind_what_was_taken_back() {
    let desk = Desk::new();
    let mut vault = desk.create();
    add(&mut vault, &credit("c1"));
    vault.undo(now()).unwrap();
    add(&mut vault, &credit("c2"));
    assert_eq!(vault.redo(now()), Err(Error::NothingToRedo));
    let told: Vec<_> = vault.history(10).unwrap().iter().map(|done| (done.op, done.of)).collect();
    let all = [(Op::AddCredit, None), (Op::Undo, Some(Op::AddCredit)), (Op::AddCredit, None), (Op::Start, None)];
    assert_eq!(told, all, "and it stays in the history");
}

#[test]
fn an_import_is_taken_back_whole_and_files_stay() {
    let desk = Desk::new();
    let mut vault = desk.create();
    let original = vault.store_original(&desk.file("a.pdf", b"%PDF-1.7 a")).unwrap();
    let before = state(&vault);
    let mut record = Record::new(holder("Maria Delgado"));
    record.credits = (1..=20).map(|number| credit(&format!("c{number}"))).collect();
    record.facts = vec![fact("f1")];
    vault
        .transact(Op::Import, now(), |change| {
            change.import(&record)?;
            change.attach(Owner::Credit("c1"), &[(original.clone(), ProofRole::Certificate)])
        })
        .unwrap();
    let done = vault.undo(now()).unwrap();
    assert_eq!((done.op, done.count), (Op::Import, 21));
    assert_eq!(state(&vault), before);
    assert!(vault.original_path(&original.sha256).unwrap().is_some());
    vault.redo(now()).unwrap();
    assert_eq!(vault.record().unwrap().credits[0].proofs.len(), 1);
}

#[test]
fn an_emptied_trash_can_be_filled_again() {
    let desk = Desk::new();
    let mut vault = desk.create();
    for id in ["c1", "c2", "c3"] {
        add(&mut vault, &credit(id));
    }
    vault.transact(Op::RemoveCredit, now(), |change| change.remove_credit("c2")).unwrap();
    let before = state(&vault);
    vault.transact(Op::EmptyTrash, now(), |change| change.empty_trash().map(|count| assert_eq!(count, 1))).unwrap();
    assert_eq!(vault.removed().unwrap(), []);
    vault.undo(now()).unwrap();
    assert_eq!(state(&vault), before);
    vault.undo(now()).unwrap();
    let ids: Vec<_> = vault.record().unwrap().credits.iter().map(|credit| credit.id.to_string()).collect();
    assert_eq!(ids, ["c1", "c2", "c3"], "it is back in its place");
}

#[test]
fn the_history_of_a_credit_says_what_it_was_before_and_after() {
    let desk = Desk::new();
    let mut vault = desk.create();
    add(&mut vault, &credit("c1"));
    let changed = domain::Credit { title: "Venipuncture".to_owned(), ..credit("c1") };
    vault.transact(Op::EditCredit, now(), |change| change.put_credit(&changed)).unwrap();
    vault.undo(now()).unwrap();
    let steps = vault.history_of("c1").unwrap();
    let told: Vec<_> = steps
        .iter()
        .map(|step| {
            let title = |value: &Option<serde_json::Value>| value.as_ref().map(|value| value["title"].to_string());
            (step.op, title(&step.before), title(&step.after))
        })
        .collect();
    let [draw, venipuncture] = ["Order of Draw", "Venipuncture"].map(|title| Some(format!("\"{title}\"")));
    let all = [
        (Op::AddCredit, None, draw.clone()),
        (Op::EditCredit, draw.clone(), venipuncture.clone()),
        (Op::Undo, venipuncture, draw),
    ];
    assert_eq!(told, all);
}

/// Something that a person may do; numbers pick among what is there.
fn act(vault: &mut Vault, what: u8, which: usize) -> Result<(), Error> {
    let (record, trash) = (vault.record()?, vault.removed()?);
    let of = |count: usize| if count == 0 { None } else { Some(which % count) };
    match what {
        0 | 1 => vault.transact(Op::AddCredit, now(), |change| {
            let id = change.next_id("c")?;
            change.put_credit(&credit(&id))
        }),
        2 => of(record.credits.len()).map_or(Ok(()), |at| {
            let changed = domain::Credit { title: format!("Changed {which}"), ..record.credits[at].clone() };
            vault.transact(Op::EditCredit, now(), |change| change.put_credit(&changed))
        }),
        3 => of(record.credits.len()).map_or(Ok(()), |at| {
            vault.transact(Op::RemoveCredit, now(), |change| change.remove_credit(&record.credits[at].id))
        }),
        4 => of(trash.len()).map_or(Ok(()), |at| {
            vault.transact(Op::RestoreCredit, now(), |change| change.restore_credit(&trash[at].id))
        }),
        5 => vault.transact(Op::EmptyTrash, now(), |change| change.empty_trash().map(|_| ())),
        6 => vault.transact(Op::AddFact, now(), |change| {
            let id = change.next_id("f")?;
            change.put_fact(&fact(&id))
        }),
        7 => of(record.facts.len()).map_or(Ok(()), |at| {
            vault.transact(Op::RemoveFact, now(), |change| change.remove_fact(&record.facts[at].id))
        }),
        8 => vault.transact(Op::EditHolder, now(), |change| {
            change.set_holder(&Holder { former_names: vec![format!("Name {which}")], ..holder("Maria Delgado") })
        }),
        9 => vault.transact(Op::AddAnswer, now(), |change| {
            let answer = Answer {
                question: format!("q{which}"),
                credential: None,
                credits: Vec::new(),
                answer: "Yes".to_owned(),
                answered_on: now().date_naive(),
                note: None,
            };
            let list = [change.list::<Answer>()?, vec![answer]].concat();
            change.set_list(&list)
        }),
        10 => {
            vault.transact(Op::AddCredential, now(), |change| change.put_credential(&credential(&format!("x{which}"))))
        }
        _ => of(record.credentials.len()).map_or(Ok(()), |at| {
            vault.transact(Op::RemoveCredential, now(), |change| change.remove_credential(&record.credentials[at].id))
        }),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn every_step_is_taken_back_and_done_again_exactly(steps in prop::collection::vec((0..12_u8, 0..5_usize), 1..25)) {
        let desk = Desk::new();
        let mut vault = desk.create();
        let mut states = vec![state(&vault)];
        for (what, which) in steps {
            let before = vault.undoable().unwrap().map(|done| done.id);
            act(&mut vault, what, which).unwrap();
            // What changes nothing is not a step.
            if vault.undoable().unwrap().map(|done| done.id) != before {
                states.push(state(&vault));
            }
        }
        for expected in states.iter().rev().skip(1) {
            vault.undo(now()).unwrap();
            prop_assert_eq!(&state(&vault), expected);
        }
        prop_assert_eq!(vault.undo(now()), Err(Error::NothingToUndo));
        for expected in states.iter().skip(1) {
            vault.redo(now()).unwrap();
            prop_assert_eq!(&state(&vault), expected);
        }
        prop_assert_eq!(vault.redo(now()), Err(Error::NothingToRedo));
        prop_assert_eq!(vault.verify(&mut |_, _| true).unwrap().damage, vec![]);
    }
}
