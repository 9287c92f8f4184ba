//! What the use cases promise, on a folder of their own.
#![allow(clippy::unwrap_used, reason = "tests")]

mod packet;
mod pages;
mod preflight;
mod renewals;

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use domain::record::FactKind;
use domain::{Fact, Kind, ProofRole, Unit};
use tempfile::TempDir;

use crate::wire::{
    AnswerInput, AwardInput, CredentialInput, CreditInput, FactInput, FactView, HolderInput, OverrideInput, PinInput,
    ProofOwner, SessionInput,
};
use crate::{Clock, Code, Computer, Error, Recert, check_pack};

/// Rules of her own, as small as they can be.
const OWN: &str = r#"{
  "schema": "recert.pack/1", "version": "1",
  "credentials": [{ "id": "xma-own", "name": "XMA (Own)", "full_name": "X Medical Assistant" }],
  "issuer": { "name": "Own Board", "short": "OB", "approver": "ob" },
  "sources": { "rules": { "title": "Handbook" } },
  "period": [{ "months": 24, "basis": "official", "source": "rules" }],
  "approvers": [{ "id": "ob", "label": "OB" }],
  "categories": [{ "id": "desk", "label": "Desk" }],
  "units": [{ "unit": "point", "label": "points" }],
  "convert": [{ "id": "point", "of": { "units": ["point"] }, "points": "1", "basis": "official", "source": "rules" }],
  "requirements": [{ "kind": "minimum", "id": "total", "label": "Points", "needed": "10", "basis": "official", "source": "rules" }]
}"#;

struct Desk {
    recert: Recert,
    folder: TempDir,
}

impl Desk {
    /// Maria Delgado, certified on 17 March 2021, on 15 January 2026.
    fn of_maria() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock = Clock::fixed("2026-01-15".parse().unwrap());
        let mut recert = Recert::open(&folder.path().join("vault"), &Computer::default(), clock).unwrap();
        recert.start("Maria Delgado", &certified("cma-aama")).unwrap();
        Self { recert, folder }
    }

    fn file(&self, text: &str) -> PathBuf {
        let path = self.folder.path().join("pack.json");
        fs::write(&path, text).unwrap();
        path
    }

    fn credit(&mut self, input: &CreditInput) -> Result<domain::Credit, Error> {
        self.recert.save_credit(input)
    }

    fn set(&mut self, path: &str, value: &str) -> Result<domain::record::Override, Error> {
        let (pack, path, reason) = ("cma-aama".to_owned(), path.to_owned(), "AAMA's letter".to_owned());
        self.recert.set_override(&OverrideInput { pack, path, value: value.to_owned(), reason })
    }
}

fn certified(pack: &str) -> CredentialInput {
    CredentialInput {
        pack: pack.to_owned(),
        certified_on: "2021-03-17".to_owned(),
        recertified_on: String::new(),
        expires_on: String::new(),
        expires_reason: String::new(),
    }
}

fn course() -> CreditInput {
    CreditInput {
        title: "Order of Draw".to_owned(),
        completed_on: "2024-03-04".to_owned(),
        amount: "2.0".to_owned(),
        unit: Some(Unit::ContactHour),
        ..CreditInput::default()
    }
}

fn parts(parts: &[(&str, &str)]) -> BTreeMap<String, String> {
    parts.iter().map(|(category, part)| ((*category).to_owned(), (*part).to_owned())).collect()
}

fn fields(error: &Error) -> Vec<&str> {
    error.fields.iter().map(|fault| fault.field.as_str()).collect()
}

#[test]
fn shares_are_kept_in_the_printed_unit() {
    let mut desk = Desk::of_maria();
    let splits = BTreeMap::from([("rma-arma".to_owned(), parts(&[]))]);
    let split = parts(&[("clinical", "90 min"), ("general", "30 min"), ("administrative", "")]);
    let credit = desk.credit(&CreditInput { split, splits, ..course() }).unwrap();
    let kept: Vec<String> = credit.split.iter().map(|(category, part)| format!("{category} {part}")).collect();
    assert_eq!(kept, ["clinical 1.5", "general 0.5"]);
    assert!(credit.splits.is_empty(), "a pack without parts has no split of its own");
}

#[test]
fn every_field_that_does_not_hold_is_named_with_its_place() {
    let mut desk = Desk::of_maria();
    let splits = BTreeMap::from([
        ("cma-aama".to_owned(), parts(&[("dancing", "2")])),
        ("no-such".to_owned(), parts(&[("general", "2")])),
    ]);
    let input = CreditInput {
        split: parts(&[("clinical", "60%"), ("general", "1")]),
        splits,
        awards: vec![AwardInput::default(), AwardInput { number: "77".to_owned(), ..AwardInput::default() }],
        sessions: vec![SessionInput { title: "A".to_owned(), on: "soon".to_owned(), ..SessionInput::default() }],
        minutes: "1.5".to_owned(),
        ..course()
    };
    let error = desk.credit(&input).unwrap_err();
    assert_eq!(error.code, Code::Invalid);
    let mut named = fields(&error);
    named.sort_unstable();
    let expected = [
        "awards[1].amount",
        "awards[1].unit",
        "minutes",
        "sessions[0].amount",
        "sessions[0].on",
        "split",
        "splits.cma-aama",
        "splits.no-such",
    ];
    assert_eq!(named, expected);
}

#[test]
fn the_form_gives_back_everything_it_was_given() {
    let mut desk = Desk::of_maria();
    let input = CreditInput {
        awards: vec![AwardInput {
            amount: "0.20".to_owned(),
            unit: Some(Unit::IacetCeu),
            approver: "iacet".to_owned(),
            number: "77".to_owned(),
        }],
        split: parts(&[("clinical", "1.0"), ("general", "1.0")]),
        sessions: vec![SessionInput {
            title: "Billing".to_owned(),
            amount: "1.0".to_owned(),
            category: "general".to_owned(),
            on: "2024-03-03".to_owned(),
        }],
        minutes: "120".to_owned(),
        format: "live".to_owned(),
        tags: vec!["law".to_owned(), " law ".to_owned(), String::new(), "ethics".to_owned()],
        relevance: "Front desk.".to_owned(),
        name_on_certificate: "Maria Smith".to_owned(),
        kind: Kind::Conference,
        ..course()
    };
    let kept = desk.credit(&input).unwrap();
    let form = CreditInput::from(&kept);
    assert_eq!((&form.awards, &form.split, &form.sessions), (&input.awards, &input.split, &input.sessions));
    assert_eq!((form.minutes.as_str(), form.format.as_str(), form.relevance.as_str()), ("120", "live", "Front desk."));
    assert_eq!(form.tags, ["law", "ethics"]);
    assert_eq!(form.name_on_certificate, "Maria Smith");
    assert_eq!(desk.recert.edit_credit("c1", |_| {}).unwrap(), kept, "what nobody changes stays");
}

#[test]
fn a_fact_is_added_replaced_and_removed() {
    let mut desk = Desk::of_maria();
    let card = FactInput {
        kind: FactKind::CprCard,
        title: "BLS".to_owned(),
        tag: "bls".to_owned(),
        issued_on: "2025-06-02".to_owned(),
        expires_on: "2027-06-30".to_owned(),
        amount: String::new(),
        credential: "cma".to_owned(),
    };
    let kept = desk.recert.save_fact(None, &card).unwrap();
    assert_eq!(FactView::from(&kept).input, card, "the form is given what it gave");
    assert_eq!((kept.id.as_str(), kept.tag.as_deref(), kept.credential.as_deref()), ("f1", Some("bls"), Some("cma")));
    let longer = FactInput { expires_on: "2028-06-30".to_owned(), ..card.clone() };
    let kept = desk.recert.save_fact(Some("f1"), &longer).unwrap();
    assert_eq!(desk.recert.facts().unwrap(), [kept]);
    for (input, code) in [
        (FactInput { expires_on: "2025-06-01".to_owned(), ..card.clone() }, Code::Invalid),
        (FactInput { issued_on: "0001-01-01".to_owned(), ..card.clone() }, Code::Invalid),
        (FactInput { amount: "many".to_owned(), ..card.clone() }, Code::Invalid),
        (FactInput { credential: "xma".to_owned(), ..card.clone() }, Code::NotFound),
    ] {
        assert_eq!(desk.recert.save_fact(None, &input).unwrap_err().code, code, "{input:?}");
    }
    assert_eq!(desk.recert.save_fact(Some("f9"), &card).unwrap_err().code, Code::NotFound);
    desk.recert.remove_fact("f1").unwrap();
    assert_eq!(desk.recert.facts().unwrap(), []);
}

#[test]
fn a_fact_without_what_makes_it_one_is_refused_at_its_field() {
    let mut desk = Desk::of_maria();
    let bare = |kind: FactKind| FactInput {
        kind,
        title: " ".to_owned(),
        tag: String::new(),
        issued_on: "2025-01-01".to_owned(),
        expires_on: "2025-12-31".to_owned(),
        amount: String::new(),
        credential: String::new(),
    };
    for (kind, faulty) in [
        (FactKind::CprCard, &[][..]),
        (FactKind::Credential, &[]),
        (FactKind::Attestation, &[]),
        (FactKind::WorkHours, &["amount"]),
        (FactKind::Fee, &[]),
        (FactKind::Registration, &[]),
        (FactKind::Other, &["title"]),
    ] {
        let refusal = desk.recert.save_fact(None, &bare(kind)).err();
        assert_eq!(refusal.as_ref().map(fields).unwrap_or_default(), faulty, "{kind:?}");
    }
    let backwards = FactInput { expires_on: "2024-12-31".to_owned(), ..bare(FactKind::WorkHours) };
    assert_eq!(fields(&desk.recert.save_fact(None, &backwards).unwrap_err()), ["expires_on", "amount"]);
}

#[test]
fn a_removed_fact_comes_back_with_its_proofs() {
    let mut desk = Desk::of_maria();
    let mut record = desk.recert.without_credits().unwrap().unwrap();
    let fact = |id: &str| Fact {
        id: id.to_owned(),
        kind: FactKind::CprCard,
        title: None,
        issued_on: None,
        expires_on: "2027-06-30".parse().ok(),
        amount: None,
        tag: None,
        credential: None,
        proofs: vec![domain::credit::ProofRef {
            sha256: "a".repeat(64),
            name: "card.pdf".to_owned(),
            role: ProofRole::Certificate,
        }],
    };
    record.facts = vec![fact("old-1"), fact("old-2")];
    let file = desk.folder.path().join("record.json");
    fs::write(&file, record.to_json()).unwrap();
    desk.recert.import_record(&file, true).unwrap();

    desk.recert.remove_fact("old-1").unwrap();
    desk.recert.restore_fact("old-1").unwrap();
    assert!(desk.recert.facts().unwrap().contains(&fact("old-1")));
    assert_eq!(desk.recert.restore_fact("old-1").unwrap_err().code, Code::NotFound, "it is there already");
    desk.recert.remove_fact("old-1").unwrap();
    desk.recert.remove_fact("old-2").unwrap();
    assert_eq!(desk.recert.remove_fact("old-2").unwrap_err().code, Code::NotFound);
    for id in ["old-1", "old-2"] {
        desk.recert.restore_fact(id).unwrap();
    }
    assert_eq!(desk.recert.facts().unwrap().len(), 2);
}

#[test]
fn a_file_is_attached_to_a_fact_as_to_a_credit_and_taken_off_again() {
    let mut desk = Desk::of_maria();
    desk.credit(&course()).unwrap();
    let card = FactInput {
        kind: FactKind::CprCard,
        title: String::new(),
        tag: String::new(),
        issued_on: String::new(),
        expires_on: "2027-06-30".to_owned(),
        amount: String::new(),
        credential: String::new(),
    };
    desk.recert.save_fact(None, &card).unwrap();
    let [good, bad] = ["card.pdf", "program.pdf"].map(|name| desk.folder.path().join(name));
    fs::write(&good, "%PDF-1.4\n%%EOF\n").unwrap();
    fs::write(&bad, "MZ").unwrap();
    for id in ["c1", "f1"] {
        let owner = desk.recert.proof_owner(id).unwrap();
        let report = desk
            .recert
            .attach(&owner, &[bad.clone(), good.clone()], &[ProofRole::Certificate], &mut |_, _| true)
            .unwrap();
        assert_eq!((report.attached, report.refused.len()), (vec!["card.pdf".to_owned()], 1), "{id}");
    }
    let proofs = FactView::from(&desk.recert.fact("f1").unwrap()).proofs;
    assert_eq!(proofs, desk.recert.credit("c1").unwrap().proofs, "one file may show several things");
    desk.recert.save_fact(Some("f1"), &FactInput { expires_on: "2028-06-30".to_owned(), ..card }).unwrap();
    assert_eq!(desk.recert.fact("f1").unwrap().proofs, proofs, "a change of its dates leaves its files alone");

    let (owner, sha256) = (ProofOwner::Fact("f1".to_owned()), &proofs[0].sha256);
    desk.recert.detach(&owner, sha256).unwrap();
    assert_eq!(desk.recert.fact("f1").unwrap().proofs, []);
    assert_eq!(desk.recert.credit("c1").unwrap().proofs, proofs, "the other keeps it");
    assert!(desk.recert.original(sha256).unwrap().is_file(), "the file stays");
    for refused in [
        desk.recert.detach(&owner, sha256).unwrap_err(),
        desk.recert
            .attach(&ProofOwner::Fact("c1".to_owned()), &[good], &[ProofRole::Certificate], &mut |_, _| true)
            .unwrap_err(),
    ] {
        assert_eq!(refused.code, Code::NotFound, "{refused}");
    }
    let nobody = desk.recert.proof_owner("x9").unwrap_err();
    assert_eq!(nobody.message, "There is no credit or fact “x9” in the record. Check the name and try again.");
}

#[test]
fn files_take_what_they_show_in_turn_and_it_can_be_changed() {
    let mut desk = Desk::of_maria();
    desk.credit(&course()).unwrap();
    let owner = ProofOwner::Credit("c1".to_owned());
    let files = ["front", "back", "receipt", "bill"].map(|name| desk.folder.path().join(format!("{name}.pdf")));
    for file in &files {
        fs::write(file, format!("%PDF-1.4 {}\n%%EOF\n", file.display())).unwrap();
    }
    let roles = [ProofRole::CardFront, ProofRole::CardBack, ProofRole::Receipt];
    desk.recert.attach(&owner, &files, &roles, &mut |_, _| true).unwrap();
    let shown = |desk: &Desk| -> Vec<ProofRole> {
        desk.recert.credit("c1").unwrap().proofs.iter().map(|proof| proof.role).collect()
    };
    assert_eq!(shown(&desk), [roles[0], roles[1], roles[2], roles[2]], "the last is for all that follow");

    let sha256 = desk.recert.credit("c1").unwrap().proofs[0].sha256.clone();
    desk.recert.set_role(&owner, &sha256, ProofRole::CourseDescription).unwrap();
    assert_eq!(shown(&desk)[0], ProofRole::CourseDescription);
    assert_eq!(desk.recert.undoable().unwrap().undo.unwrap(), "Changed what a file shows for “Order of Draw”");
    let step = desk.recert.history_of("c1").unwrap().pop().unwrap();
    assert_eq!((step.text.as_str(), step.changes.len()), ("What a file shows", 1));
    assert!(step.changes[0].before.starts_with("front.pdf (card front); back.pdf (card back)"), "{step:?}");
    assert!(step.changes[0].after.starts_with("front.pdf (course description); back.pdf"), "{step:?}");
    desk.recert.undo().unwrap();
    assert_eq!(shown(&desk)[0], ProofRole::CardFront);
}

#[test]
fn a_document_of_the_holder_stays_through_a_change_of_her_name_and_is_named_in_what_can_be_undone() {
    let mut desk = Desk::of_maria();
    let file = desk.folder.path().join("marriage.pdf");
    fs::write(&file, "%PDF-1.4\n%%EOF\n").unwrap();
    desk.recert.attach(&ProofOwner::Holder, &[file], &[ProofRole::NameChange], &mut |_, _| true).unwrap();
    let undo = |desk: &Desk| desk.recert.undoable().unwrap().undo.unwrap();
    assert_eq!(undo(&desk), "Attached files to your documents");
    let holder = HolderInput { name: "Maria Delgado-Ruiz".to_owned(), ..HolderInput::default() };
    let home = desk.recert.save_holder(&holder).unwrap();
    let documents = home.holder.unwrap().documents;
    assert_eq!((documents[0].name.as_str(), documents[0].role), ("marriage.pdf", ProofRole::NameChange));

    desk.recert.set_role(&ProofOwner::Holder, &documents[0].sha256, ProofRole::Letter).unwrap();
    assert_eq!(undo(&desk), "Changed what a file shows for your documents");
    desk.recert.detach(&ProofOwner::Holder, &documents[0].sha256).unwrap();
    assert_eq!(undo(&desk), "Took a file off your documents");
    assert_eq!(desk.recert.documents().unwrap(), []);
    desk.recert.undo().unwrap();
    assert_eq!(desk.recert.documents().unwrap()[0].role, ProofRole::Letter);
}

#[test]
fn files_that_are_attached_at_once_are_taken_back_at_once() {
    let mut desk = Desk::of_maria();
    desk.credit(&course()).unwrap();
    let paths = ["a.pdf", "program.exe", "b.pdf"].map(|name| desk.folder.path().join(name));
    for (path, bytes) in paths.iter().zip(["%PDF-1.4 a", "MZ", "%PDF-1.4 b"]) {
        fs::write(path, bytes).unwrap();
    }
    let mut told = Vec::new();
    let owner = ProofOwner::Credit("c1".to_owned());
    let progress = &mut |done, all| {
        told.push((done, all));
        true
    };
    let report = desk.recert.attach(&owner, &paths, &[ProofRole::Certificate], progress).unwrap();
    assert_eq!(report.attached, ["a.pdf", "b.pdf"]);
    assert_eq!(told, [(1, 3), (2, 3), (3, 3)]);
    assert_eq!(desk.recert.history_of("c1").unwrap().last().unwrap().text, "2 files attached");
    assert_eq!(desk.recert.undo().unwrap(), "Attached files to “Order of Draw”");
    assert_eq!(desk.recert.credit("c1").unwrap().proofs, []);
}

#[test]
fn an_answer_is_kept_until_it_is_corrected_or_removed() {
    let mut desk = Desk::of_maria();
    desk.credit(&course()).unwrap();
    let told = |answer: &str, on: &str| AnswerInput {
        question: "approver".to_owned(),
        answer: answer.to_owned(),
        credential: String::new(),
        credits: vec!["c1".to_owned()],
        answered_on: on.to_owned(),
        note: String::new(),
    };
    let today = desk.recert.add_answer(&told("No", "")).unwrap();
    assert_eq!(today.answered_on.to_string(), "2026-01-15");
    desk.recert.add_answer(&told("Unclear", "2025-01-02")).unwrap();
    desk.recert.add_answer(&told("Yes", "")).unwrap();
    let given = |desk: &Desk| -> Vec<String> {
        desk.recert.answers().unwrap().into_iter().map(|answer| answer.answer).collect()
    };
    assert_eq!(given(&desk), ["Unclear", "Yes"], "said on the same day, “Yes” corrects “No”");
    let unclear = told("Unclear", "2025-01-02");
    desk.recert.remove_answer(&unclear).unwrap();
    assert_eq!(given(&desk), ["Yes"]);
    let gone = desk.recert.remove_answer(&unclear).unwrap_err();
    assert_eq!(gone.code, Code::NotFound, "and what moved into its place stays");
    assert_eq!(
        desk.recert.remove_answer(&AnswerInput::from(&today)).unwrap_err().code,
        Code::NotFound,
        "corrected since"
    );
    assert_eq!(given(&desk), ["Yes"]);
    assert_eq!(fields(&desk.recert.add_answer(&told(" ", "never")).unwrap_err()), ["answer", "answered_on"]);
    let about_nothing = AnswerInput { credits: vec!["c9".to_owned()], ..told("Yes", "") };
    assert_eq!(desk.recert.add_answer(&about_nothing).unwrap_err().code, Code::NotFound);
}

#[test]
fn a_wish_replaces_the_one_before_and_names_what_is_there() {
    let mut desk = Desk::of_maria();
    desk.credit(&course()).unwrap();
    let wish = |credit: &str, counted: bool, category: &str| PinInput {
        credential: "cma".to_owned(),
        credit: credit.to_owned(),
        counted,
        category: category.to_owned(),
    };
    desk.recert.set_pin(&wish("c1", true, "clinical")).unwrap();
    desk.recert.set_pin(&wish("c1", false, "")).unwrap();
    let pins = desk.recert.pins().unwrap();
    assert_eq!((pins.len(), pins[0].counted, &pins[0].category), (1, false, &None));
    assert_eq!(desk.recert.set_pin(&wish("c9", true, "")).unwrap_err().code, Code::NotFound);
    let error = desk.recert.set_pin(&wish("c1", true, "dancing")).unwrap_err();
    assert_eq!(fields(&error), ["category"]);
    assert!(error.message.contains("administrative, clinical, general"), "{error}");
    desk.recert.remove_pin("cma", "c1").unwrap();
    assert_eq!(desk.recert.remove_pin("cma", "c1").unwrap_err().code, Code::NotFound);
}

#[test]
fn a_changed_value_holds_and_one_that_cannot_is_refused_with_its_place() {
    let mut desk = Desk::of_maria();
    assert_eq!(desk.set("requirements.total.needed", "50").unwrap().value, "50", "points are text");
    assert_eq!(desk.recert.evaluation("cma").unwrap().requirements[0].needed.to_string(), "50");
    desk.set("requirements.total.needed", "\"48\"").unwrap();
    desk.set("period.0.months", "36").unwrap();
    let changed = desk.recert.overrides().unwrap();
    assert_eq!(changed.len(), 2, "a second change of a value replaces the first");
    assert_eq!(changed[1].value, 36);

    for (path, value, told) in [
        ("requirements.total.needed", "a lot", "needed: must be points"),
        ("requirements.totl.needed", "40", "no “totl”"),
        ("period.0.months", "0", "period[0].months: must be"),
        ("", "1", "no field"),
    ] {
        let error = desk.set(path, value).unwrap_err();
        assert_eq!(error.code, Code::PackRefused, "{path} {value}: {error}");
        assert!(error.message.contains(told) && !error.message.contains("overrides"), "{error}");
    }
    assert_eq!(desk.recert.overrides().unwrap(), changed, "what is refused changes nothing");
    let unknown = OverrideInput {
        pack: "no-such".to_owned(),
        path: "period.0.months".to_owned(),
        value: "1".to_owned(),
        reason: "-".to_owned(),
    };
    assert_eq!(desk.recert.set_override(&unknown).unwrap_err().code, Code::NotFound);
    let unexplained = OverrideInput { pack: "cma-aama".to_owned(), reason: " ".to_owned(), ..unknown };
    assert_eq!(fields(&desk.recert.set_override(&unexplained).unwrap_err()), ["reason"]);

    desk.recert.remove_override("cma-aama", "requirements.total.needed").unwrap();
    assert_eq!(desk.recert.evaluation("cma").unwrap().requirements[0].needed.to_string(), "60");
    let again = desk.recert.remove_override("cma-aama", "requirements.total.needed");
    assert_eq!(again.unwrap_err().code, Code::NotFound);
}

#[test]
fn a_pack_of_her_own_judges_as_any_other_until_it_is_removed() {
    let mut desk = Desk::of_maria();
    let file = desk.file(OWN);
    assert_eq!(check_pack(&file).unwrap(), []);
    let added = desk.recert.add_pack(&file).unwrap();
    assert_eq!((added[0].id.as_str(), added[0].counts_many.as_str()), ("xma-own", "points"));
    assert!(desk.recert.packs().unwrap().iter().any(|pack| pack.id == "xma-own"));

    desk.recert.save_credential(None, &certified("xma-own")).unwrap();
    desk.credit(&CreditInput { unit: Some(Unit::Point), split: parts(&[("desk", "100%")]), ..course() }).unwrap();
    assert_eq!(desk.recert.evaluation("xma").unwrap().requirements[0].counted.to_string(), "0", "long expired");
    assert_eq!(desk.recert.home().unwrap().credentials.len(), 2);

    let file = desk.file(&OWN.replace("\"10\"", "\"12\""));
    desk.recert.add_pack(&file).unwrap();
    assert_eq!(desk.recert.evaluation("xma").unwrap().requirements[0].needed.to_string(), "12", "it was replaced");

    desk.recert.remove_pack("xma-own").unwrap();
    assert_eq!(desk.recert.remove_pack("xma-own").unwrap_err().code, Code::NotFound);
    assert_eq!(desk.recert.remove_pack("cma-aama").unwrap_err().code, Code::NotFound, "that one is not hers");
    assert_eq!(desk.recert.home().unwrap().credentials.len(), 1, "the window leaves it out");
    let told = desk.recert.status(None, None, false).unwrap();
    let verdicts: Vec<_> = told.iter().map(|told| (told.credential.as_str(), told.questions[0].id.as_str())).collect();
    assert_eq!(verdicts[1], ("xma", "rules"), "nobody can tell");
    desk.recert.edit_credit("c1", |input| input.title = "Desk".to_owned()).unwrap();
}

#[test]
fn a_pack_that_cannot_be_judged_by_is_refused_with_every_fault() {
    let mut desk = Desk::of_maria();
    for (text, place) in [
        (OWN.replace("24", "0"), "period"),
        (OWN.replace("\"xma-own\"", "\"cma-aama\""), "credentials"),
        (OWN.replace("\"version\"", "\"colour\""), "colour"),
        (OWN.replace("\"rules\" }]", "\"nowhere\" }]"), "source"),
        ("{".to_owned(), ""),
    ] {
        let file = desk.file(&text);
        let error = desk.recert.add_pack(&file).unwrap_err();
        assert_eq!(error.code, Code::PackRefused, "{error}");
        assert!(error.fields[0].field.contains(place) && !error.message.contains("packs["), "{error:?}");
    }
    let broken = desk.file(&OWN.replace("\"rules\" }]", "\"nowhere\" }]"));
    assert!(check_pack(&broken).unwrap().len() > 1);
    fs::write(&broken, [0xff, 0xfe]).unwrap();
    assert_eq!(check_pack(&broken).unwrap()[0].reason, "is not text in UTF-8");
    assert_eq!(check_pack(&desk.folder.path().join("none")).unwrap_err().code, Code::FileUnreadable);
}

#[test]
fn a_record_whose_own_rules_cannot_be_used_still_opens_and_says_so() {
    let mut desk = Desk::of_maria();
    let exported = desk.folder.path().join("a.json");
    desk.recert.export_record(&exported).unwrap();
    let text = fs::read_to_string(&exported).unwrap();
    fs::write(&exported, text.replace("\"packs\": []", "\"packs\": [{ \"schema\": \"recert.pack/0\" }]")).unwrap();
    desk.recert.import_record(&exported, true).unwrap();
    assert_eq!(desk.recert.home().unwrap().credentials.len(), 1);
    desk.credit(&course()).unwrap();
    let notes = desk.recert.evaluation("cma").unwrap().notes;
    let unused = notes.iter().find(|note| note.code == "rules_not_used").unwrap();
    assert!(unused.text.contains("packs[0]"), "{unused:?}");
}

#[test]
fn a_birthday_is_kept_and_a_wrong_one_is_named() {
    let mut desk = Desk::of_maria();
    let born =
        |day: &str| HolderInput { name: "Maria Delgado".to_owned(), born_on: day.to_owned(), ..HolderInput::default() };
    let home = desk.recert.save_holder(&born("1990-02-28")).unwrap();
    assert_eq!(home.holder.unwrap().born_on, "1990-02-28".parse().ok());
    assert_eq!(fields(&desk.recert.save_holder(&born("28 Feb")).unwrap_err()), ["born_on"]);
}

/// One page without anything on it.
const BLANK: &[u8] = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n\
    2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n\
    3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 100] >>\nendobj\n\
    xref\n0 4\n0000000000 65535 f \n0000000009 00000 n \n0000000058 00000 n \n0000000115 00000 n \n\
    trailer << /Size 4 /Root 1 0 R >>\nstartxref\n186\n%%EOF\n";

#[test]
fn a_preview_is_made_once_and_again_when_what_was_kept_of_it_is_spoilt() {
    let mut desk = Desk::of_maria();
    let credit = desk.credit(&course()).unwrap();
    let path = desk.folder.path().join("blank.pdf");
    fs::write(&path, BLANK).unwrap();
    let owner = ProofOwner::Credit(credit.id.to_string());
    let report = desk.recert.attach(&owner, &[path], &[ProofRole::Certificate], &mut |_, _| true).unwrap();
    assert!(report.refused.is_empty() && report.remarks.is_empty(), "{report:?}");
    let sha256 = desk.recert.credit(&credit.id).unwrap().proofs[0].sha256.clone();

    let cache = desk.folder.path().join("cache");
    let first = desk.recert.preview(&sha256, 1, 100, &cache).unwrap();
    assert_eq!(first.pages, 1);
    assert!(first.image.starts_with("data:image/png;base64,iVBOR"), "{}", first.image);
    let kept: Vec<PathBuf> = fs::read_dir(&cache).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(kept.len(), 1);
    let whole = fs::read(&kept[0]).unwrap();
    for spoilt in [&b""[..], b"<script>", &whole[..whole.len() / 2]] {
        fs::write(&kept[0], spoilt).unwrap();
        assert_eq!(desk.recert.preview(&sha256, 1, 100, &cache).unwrap().image, first.image);
        assert_eq!(fs::read(&kept[0]).unwrap(), whole);
    }
    let error = desk.recert.preview(&sha256, 2, 100, &cache).unwrap_err();
    assert_eq!(error.code, Code::NoPreview);
    let nowhere = desk.recert.preview(&"0".repeat(64), 1, 100, &cache).unwrap_err();
    assert_eq!(nowhere.code, Code::NotFound);
}

#[test]
fn a_photo_in_place_of_a_certificate_is_kept_with_a_gentle_word() {
    let mut desk = Desk::of_maria();
    let credit = desk.credit(&course()).unwrap();
    let path = desk.folder.path().join("IMG_0042.HEIC");
    fs::write(&path, b"\0\0\0\x18ftypheic\0\0\0\0mif1heic and nothing more").unwrap();
    let owner = ProofOwner::Credit(credit.id.to_string());
    let report = desk.recert.attach(&owner, &[path], &[ProofRole::Certificate], &mut |_, _| true).unwrap();
    assert_eq!(report.attached, ["IMG_0042.HEIC"]);
    assert!(report.remarks[0].message.starts_with("This looks like a photo."), "{report:?}");
    let path = desk.folder.path().join("sent halfway.jpg");
    fs::write(&path, b"\xff\xd8\xff\xe0\0\x10JFIF\0").unwrap();
    let report = desk.recert.attach(&owner, &[path], &[ProofRole::Certificate], &mut |_, _| true).unwrap();
    assert!(report.remarks[0].message.starts_with("Part of this picture is missing"), "{report:?}");
}
