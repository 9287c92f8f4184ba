//! Changing: all or nothing, and written down.

use std::fs;

use domain::record::{Override, Pin};
use domain::{Fact, FactKind, Record};

use super::{Desk, add, credential, credit, holder, now};
use crate::{Error, Op, Vault};

fn fact(id: &str) -> Fact {
    Fact {
        id: id.to_owned(),
        kind: FactKind::CprCard,
        title: None,
        issued_on: "2025-06-02".parse().ok(),
        expires_on: "2027-06-30".parse().ok(),
        amount: None,
        tag: None,
        credential: None,
        proofs: Vec::new(),
    }
}

/// `operation entity id before→after`, oldest first.
fn history(vault: &Vault) -> Vec<String> {
    let sql = "SELECT o.kind, o.at, c.entity, c.entity_id, c.before ->> ?1, c.after ->> ?1 \
               FROM change c JOIN operation o ON o.id = c.operation ORDER BY c.id";
    crate::rows::collect(&vault.connection, sql, &[&"title"], |row| {
        let text = |index| row.get::<_, Option<String>>(index).map(Option::unwrap_or_default);
        assert_eq!(text(1)?, "2026-03-04T17:05:09Z");
        Ok(format!("{} {} {} {}→{}", text(0)?, text(2)?, text(3)?, text(4)?, text(5)?))
    })
    .unwrap()
}

#[test]
fn a_change_that_fails_changes_nothing() {
    let desk = Desk::new();
    let mut vault = desk.create();
    let result: Result<(), Error> = vault.transact(Op::Import, now(), |change| {
        change.put_credit(&credit("c1"))?;
        change.put_credential(&credential("cma"))?;
        change.remove_credit("c9")
    });
    assert_eq!(result, Err(Error::NotFound { what: "credit", id: "c9".into() }));
    assert_eq!(vault.record().unwrap(), Record::new(holder("Maria Delgado")));
    assert_eq!(history(&vault), ["start holder  →"], "a change that never was is not in the history");
}

#[test]
fn a_computer_that_stops_in_the_middle_of_a_change_has_the_record_from_before() {
    let desk = Desk::new();
    let mut vault = desk.create();
    add(&mut vault, &credit("c1"));
    let found_later = Desk::new();
    fs::create_dir(found_later.folder()).unwrap();
    vault
        .transact(Op::Import, now(), |change| {
            for number in 2..500 {
                change.put_credit(&credit(&format!("c{number}")))?;
            }
            for (file, bytes) in super::contents(&desk.folder()) {
                fs::write(found_later.folder().join(file.file_name().unwrap()), bytes).unwrap();
            }
            Ok(())
        })
        .unwrap();
    assert_eq!(vault.record().unwrap().credits.len(), 499);
    let before = found_later.open();
    assert_eq!(before.record().unwrap().credits, [credit("c1")]);
    assert_eq!(before.verify(&mut |_, _| true).unwrap().damage, []);
}

#[test]
fn every_change_is_written_down_with_what_was_before_and_after() {
    let desk = Desk::new();
    let mut vault = desk.create();
    add(&mut vault, &credit("c1"));
    let mut edited = credit("c1");
    edited.title = "Drawing order".into();
    vault.transact(Op::EditCredit, now(), |change| change.put_credit(&edited)).unwrap();
    vault.transact(Op::RemoveCredit, now(), |change| change.remove_credit("c1")).unwrap();
    vault.transact(Op::RestoreCredit, now(), |change| change.restore_credit("c1")).unwrap();
    assert_eq!(
        history(&vault),
        [
            "start holder  →",
            "add_credit credit c1 →Order of Draw",
            "edit_credit credit c1 Order of Draw→Drawing order",
            "remove_credit credit c1 Drawing order→",
            "restore_credit credit c1 →Drawing order",
        ]
    );
}

#[test]
fn an_entity_changed_twice_at_once_is_written_down_once_and_one_left_as_it_was_not_at_all() {
    let desk = Desk::new();
    let mut vault = desk.create();
    add(&mut vault, &credit("c1"));
    let with_title = |title: &str| domain::Credit { title: title.into(), ..credit("c1") };
    vault
        .transact(Op::EditCredit, now(), |change| {
            change.put_credit(&with_title("first"))?;
            change.put_credit(&with_title("second"))
        })
        .unwrap();
    vault
        .transact(Op::EditCredit, now(), |change| {
            change.put_credit(&with_title("third"))?;
            change.put_credit(&with_title("second"))
        })
        .unwrap();
    vault.transact(Op::EditCredit, now(), |change| change.put_credit(&with_title("second"))).unwrap();
    assert_eq!(history(&vault)[2..], ["edit_credit credit c1 Order of Draw→second"]);
}

#[test]
fn a_replaced_credit_keeps_its_place_and_its_printed_amount() {
    let desk = Desk::new();
    let mut vault = desk.create();
    for id in ["c1", "c2", "c3"] {
        add(&mut vault, &credit(id));
    }
    let mut edited = credit("c2");
    edited.amount = "2".parse().ok();
    vault.transact(Op::EditCredit, now(), |change| change.put_credit(&edited)).unwrap();
    let record = vault.record().unwrap();
    let ids: Vec<_> = record.credits.iter().map(|credit| &*credit.id).collect();
    assert_eq!(ids, ["c1", "c2", "c3"]);
    assert_eq!(record.credits[1].amount.unwrap().to_string(), "2", "2.0 became 2, though both are worth the same");
}

#[test]
fn a_removed_credit_lies_in_the_trash_until_it_is_restored_to_its_place() {
    let desk = Desk::new();
    let mut vault = desk.create();
    for id in ["c1", "c2"] {
        add(&mut vault, &credit(id));
    }
    vault.transact(Op::RemoveCredit, now(), |change| change.remove_credit("c1")).unwrap();
    assert_eq!(vault.record().unwrap().credits, [credit("c2")]);
    assert_eq!(vault.removed().unwrap(), [credit("c1")]);
    assert_eq!(vault.credit("c1"), Err(Error::NotFound { what: "credit", id: "c1".into() }));
    let again = vault.transact(Op::RemoveCredit, now(), |change| change.remove_credit("c1"));
    assert_eq!(again, Err(Error::NotFound { what: "credit", id: "c1".into() }));

    vault.transact(Op::RestoreCredit, now(), |change| change.restore_credit("c1")).unwrap();
    assert_eq!(vault.record().unwrap().credits, [credit("c1"), credit("c2")]);
    assert_eq!(vault.removed().unwrap(), []);
    let again = vault.transact(Op::RestoreCredit, now(), |change| change.restore_credit("c1"));
    assert_eq!(again, Err(Error::NotFound { what: "removed credit", id: "c1".into() }));
}

#[test]
fn a_list_without_ids_is_replaced_as_a_whole_and_written_down() {
    let desk = Desk::new();
    let mut vault = desk.create();
    let pin = |credit: &str| Pin { credential: "cma".into(), credit: credit.into(), counted: true, category: None };
    let set = |vault: &mut Vault, pins: &[Pin]| vault.transact(Op::SetPin, now(), |change| change.set_list(pins));
    set(&mut vault, &[pin("c1"), pin("c2")]).unwrap();
    set(&mut vault, &[pin("c1"), pin("c2")]).unwrap();
    set(&mut vault, &[pin("c2")]).unwrap();
    assert_eq!(vault.record().unwrap().pins, [pin("c2")]);
    assert_eq!(vault.transact(Op::SetPin, now(), |change| change.list::<Pin>()), Ok(vec![pin("c2")]));
    assert_eq!(history(&vault)[1..], ["set_pin list pins →"; 2], "what changes nothing is not written down");
    vault
        .transact(Op::AddPack, now(), |change| {
            change.set_list(&[serde_json::json!({ "schema": "mine" })])?;
            change.set_list(&[] as &[Override])
        })
        .unwrap();
    let record = vault.record().unwrap();
    assert_eq!((record.packs.len(), record.pins.len(), record.overrides.len()), (1, 1, 0));
}

#[test]
fn ids_are_never_given_twice() {
    let desk = Desk::new();
    let mut vault = desk.create();
    let next = |vault: &mut Vault, prefix: &'static str| {
        vault
            .transact(Op::AddCredit, now(), |change| {
                let id = change.next_id(prefix)?;
                change.put_credit(&credit(&id))?;
                Ok(id)
            })
            .unwrap()
    };
    assert_eq!(next(&mut vault, "c"), "c1");
    assert_eq!(next(&mut vault, "c"), "c2");
    vault.transact(Op::RemoveCredit, now(), |change| change.remove_credit("c2")).unwrap();
    add(&mut vault, &credit("c4")); // imported
    assert_eq!(next(&mut vault, "c"), "c3", "not c2, which lies in the trash");
    assert_eq!(next(&mut vault, "c"), "c5", "not c4, which came in from elsewhere");
    assert_eq!(next(&mut vault, "p"), "p1", "each sort counts for itself");

    let fact_id = vault
        .transact(Op::AddFact, now(), |change| {
            let id = change.next_id("f")?;
            change.put_fact(&fact(&id))?;
            change.put_fact(&fact("f2"))?;
            Ok(id)
        })
        .unwrap();
    vault.transact(Op::RemoveFact, now(), |change| change.remove_fact("f2")).unwrap();
    vault.transact(Op::RemoveFact, now(), |change| change.remove_fact(&fact_id)).unwrap();
    assert_eq!(vault.transact(Op::AddFact, now(), |change| change.next_id("f")), Ok("f3".to_owned()));
}

#[test]
fn credentials_facts_and_the_holder_are_put_and_removed() {
    let desk = Desk::new();
    let mut vault = desk.create();
    let renamed = domain::Holder { former_names: vec!["Maria Ruiz".into()], ..holder("Maria Delgado") };
    vault
        .transact(Op::EditHolder, now(), |change| {
            change.set_holder(&renamed)?;
            change.put_credential(&credential("cma"))?;
            change.put_fact(&fact("f1"))
        })
        .unwrap();
    let record = vault.record().unwrap();
    assert_eq!((record.holder, record.credentials, record.facts), (renamed, vec![credential("cma")], vec![fact("f1")]));
    vault
        .transact(Op::RemoveCredential, now(), |change| {
            change.remove_credential("cma")?;
            change.remove_fact("f1")
        })
        .unwrap();
    let record = vault.record().unwrap();
    assert_eq!((record.credentials, record.facts), (vec![], vec![]));
    let again = vault.transact(Op::RemoveCredential, now(), |change| change.remove_credential("cma"));
    assert_eq!(again, Err(Error::NotFound { what: "credential", id: "cma".into() }));
}

#[test]
fn what_does_not_hold_is_refused_with_its_field_and_reason() {
    let desk = Desk::new();
    let mut vault = desk.create();
    let mut faulty = credit("c1");
    faulty.split.insert("clinical".into(), "1".parse().unwrap());
    let mut check = |f: &dyn Fn(&mut crate::Change<'_>) -> Result<(), Error>, field: &str| {
        let error = vault.transact(Op::Import, now(), f).unwrap_err();
        let Error::Invalid { faults, .. } = &error else { panic!("{error:?}") };
        assert_eq!(faults[0].field, field);
        assert!(error.to_string().contains(&faults[0].reason), "{error}");
    };
    check(&|change| change.put_credit(&faulty), "split");
    check(&|change| change.put_credit(&credit("")), "id");
    check(&|change| change.put_credit(&credit(&"x".repeat(65))), "id");
    check(&|change| change.put_credential(&credential("")), "id");
    check(
        &|change| change.put_credential(&domain::Credential { certified_on: None, ..credential("x") }),
        "certified_on",
    );
    check(&|change| change.put_fact(&fact("")), "id");
    check(&|change| change.set_holder(&holder(" ")), "holder.name");
    assert_eq!(vault.record().unwrap(), Record::new(holder("Maria Delgado")));
}

#[test]
fn ten_thousand_credits_come_back_in_their_order() {
    let desk = Desk::new();
    let mut vault = desk.create();
    vault
        .transact(Op::Import, now(), |change| {
            for _ in 0..10_000 {
                let id = change.next_id("c")?;
                change.put_credit(&credit(&id))?;
            }
            Ok(())
        })
        .unwrap();
    let record = vault.record().unwrap();
    assert_eq!(record.credits.len(), 10_000);
    assert_eq!(&*record.credits[9_999].id, "c10000");
}
