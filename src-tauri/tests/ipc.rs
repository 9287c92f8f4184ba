//! The window's commands through the real configuration, permissions and serialization, without a display.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use app::{Clock, Computer};
use recert_app::Desk;
use serde_json::{Value, json};
use tauri::ipc::{CallbackFn, InvokeBody};
use tauri::test::{INVOKE_KEY, MockRuntime, get_ipc_response, mock_builder};
use tauri::webview::InvokeRequest;
use tauri::{App, Manager as _, WebviewWindow, WebviewWindowBuilder};
use tempfile::TempDir;

struct Shell {
    app: App<MockRuntime>,
    window: WebviewWindow<MockRuntime>,
    folder: TempDir,
}

impl Shell {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let vault = folder.path().join("vault");
        Self { folder, ..Self::on(&vault) }
    }

    fn on(vault: &Path) -> Self {
        let folder = tempfile::tempdir().unwrap();
        // A computer of its own for each vault.
        let computer = Computer::new(vault.parent().map(|folder| folder.join("settings")));
        let desk = Desk::new(Some(vault.to_owned()), computer, Clock::fixed("2026-01-15".parse().unwrap()));
        let mut context = recert_app::context();
        // Another program's cache, so that this computer's own stays as it is.
        context.config_mut().identifier = format!("org.recert.test-{}", std::process::id());
        let app = recert_app::builder(mock_builder(), desk).build(context).unwrap();
        // The window of the configuration is made only when the application runs.
        let window = WebviewWindowBuilder::new(&app, "main", tauri::WebviewUrl::default()).build().unwrap();
        Self { app, window, folder }
    }

    fn of_maria() -> Self {
        let shell = Self::new();
        shell.ask("start_record", json!({ "name": "Maria Delgado", "credential": credential("2021-03-17") })).unwrap();
        shell
    }

    fn ask(&self, command: &str, arguments: Value) -> Result<Value, Value> {
        ask(&self.window, command, arguments)
    }
}

fn ask(window: &WebviewWindow<MockRuntime>, command: &str, arguments: Value) -> Result<Value, Value> {
    let url = if cfg!(any(windows, target_os = "android")) { "http://tauri.localhost" } else { "tauri://localhost" };
    let request = InvokeRequest {
        cmd: command.into(),
        callback: CallbackFn(0),
        error: CallbackFn(1),
        url: url.parse().unwrap(),
        body: InvokeBody::Json(arguments),
        headers: tauri::http::HeaderMap::default(),
        invoke_key: INVOKE_KEY.to_owned(),
    };
    get_ipc_response(window, request).map(|body| body.deserialize().unwrap())
}

fn credential(certified_on: &str) -> Value {
    json!({ "pack": "cma-aama", "certified_on": certified_on, "recertified_on": "", "expires_on": "", "expires_reason": "" })
}

fn credit(title: &str, amount: &str) -> Value {
    json!({ "id": null, "title": title, "provider": "", "provider_number": "", "kind": "course", "started_on": "",
            "completed_on": "2024-03-04", "expires_on": "", "amount": amount, "unit": "aama_ceu", "approver": "aama",
            "awards": [], "split": { "clinical": amount }, "splits": {}, "sessions": [], "minutes": "", "format": "",
            "tags": [], "issuer_transcript": null, "formal_credit": null, "status": "completed", "description": "",
            "relevance": "", "name_on_certificate": "" })
}

#[test]
fn a_record_is_started_and_a_credit_counts() {
    let shell = Shell::new();
    assert_eq!(shell.ask("read_home", json!({})).unwrap()["holder"], Value::Null);
    let preview = shell.ask("preview_credential", json!({ "input": credential("2021-03-17") })).unwrap();
    assert_eq!(preview["sentence"], "You’re current through 31 March 2026. Does your card say the same?");
    shell.ask("start_record", json!({ "name": "Maria Delgado", "credential": credential("2021-03-17") })).unwrap();

    let tried =
        shell.ask("preview_credit", json!({ "credential": "cma", "input": credit("Order of Draw", "2") })).unwrap();
    assert_eq!(tried["evaluation"]["credits"][0]["counted"], "2");
    assert_eq!(shell.ask("read_credits", json!({})).unwrap(), json!([]), "trying out keeps nothing");

    let kept = shell.ask("save_credit", json!({ "input": credit("Order of Draw", "2") })).unwrap();
    assert_eq!(kept["id"], "c1");
    let checks = shell.ask("read_preflight", json!({ "credential": "cma" })).unwrap();
    assert_eq!(checks[0]["code"], "no_proof");
    let evaluation = shell.ask("read_evaluation", json!({ "credential": "cma" })).unwrap();
    assert_eq!(evaluation["requirements"][2]["counted"], "2");

    shell.ask("remove_credit", json!({ "id": "c1" })).unwrap();
    assert_eq!(shell.ask("read_credits", json!({})).unwrap(), json!([]));
    assert_eq!(shell.ask("restore_credit", json!({ "id": "c1" })).unwrap()["title"], "Order of Draw");
    assert_eq!(shell.ask("read_removed", json!({})).unwrap(), json!([]));
    shell.ask("remove_credit", json!({ "id": "c1" })).unwrap();
    assert_eq!(shell.ask("read_removed", json!({})).unwrap()[0]["title"], "Order of Draw");
    assert_eq!(shell.ask("empty_trash", json!({})).unwrap(), 1);
    assert_eq!(shell.ask("read_removed", json!({})).unwrap(), json!([]));
}

/// US Letter, everything.
fn choice() -> Value {
    json!({ "paper": "letter", "large": false, "summary": false, "listed": "all", "hide": [], "originals": false, "reviewer": false })
}

#[test]
fn the_pages_of_the_transcript_are_shown_as_they_would_be_written() {
    let shell = Shell::of_maria();
    shell.ask("save_credit", json!({ "input": credit("Order of Draw", "2") })).unwrap();
    let ask = |page: u32| {
        shell.ask("preview_transcript", json!({ "credential": "cma", "choice": choice(), "page": page, "width": 400 }))
    };
    let first = ask(1).unwrap();
    assert!(first["image"].as_str().unwrap().starts_with("data:image/png;base64,"));
    assert_eq!(ask(99).unwrap_err()["code"], "no_preview");
    assert_eq!(shell.ask("read_packet_lists", json!({ "credential": "cma" })).unwrap(), "all");
    shell.ask("stop_packet", json!({})).unwrap();
}

#[test]
fn what_cannot_be_made_is_not_printed_either() {
    let shell = Shell::of_maria();
    let print = |command: &str, more: Value| {
        let mut asked = json!({ "credential": "nobody", "choice": choice() });
        asked.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        shell.ask(command, asked).unwrap_err()["code"].clone()
    };
    assert_eq!(print("print_transcript", json!({})), "not_found");
    assert_eq!(print("print_sheet", json!({ "kind": "letter", "withNumber": false })), "not_found");
}

#[test]
fn what_was_sent_is_kept_followed_and_leads_to_the_next_period() {
    let shell = Shell::of_maria();
    shell.ask("save_credit", json!({ "input": credit("Order of Draw", "2") })).unwrap();
    let sent = json!({ "sent_on": "2026-01-12", "way": "mail", "state": "sent", "answered_on": "", "note": "",
                       "decisions": [] });
    let home = shell.ask("keep_submission", json!({ "credential": "cma", "choice": choice(), "input": sent })).unwrap();
    assert_eq!(home["credentials"][0]["waiting"]["sent_on"], "2026-01-12");
    let frozen = shell.ask("read_frozen", json!({ "id": "s1" })).unwrap();
    assert_eq!(
        (&frozen["credits"][0]["title"], &frozen["view"]["way_label"]),
        (&json!("Order of Draw"), &json!("By mail"))
    );

    let mut input = frozen["view"]["input"].clone();
    input["state"] = "accepted".into();
    input["decisions"] = json!([{ "credit": "c1", "decided": "accepted", "note": null }]);
    let home = shell.ask("save_submission", json!({ "id": "s1", "input": input })).unwrap();
    assert_eq!(home["credentials"][0]["waiting"], Value::Null);
    shell
        .ask(
            "renew_credential",
            json!({ "credential": "cma", "input": { "renewed_on": "2026-01-14", "expires_on": "" } }),
        )
        .unwrap();
    let earlier = json!({ "from": "2016-01-01", "to": "2021-01-31", "renewed_on": "", "state": "renewed" });
    shell.ask("save_period", json!({ "credential": "cma", "input": earlier })).unwrap();
    let renewals = shell.ask("read_renewals", json!({ "credential": "cma" })).unwrap();
    assert_eq!(renewals["periods"].as_array().map(Vec::len), Some(3));
    shell.ask("remove_period", json!({ "credential": "cma", "from": "2016-01-01" })).unwrap();
    shell.ask("remove_submission", json!({ "id": "s1" })).unwrap();
    let renewals = shell.ask("read_renewals", json!({ "credential": "cma" })).unwrap();
    assert_eq!((renewals["periods"].as_array().map(Vec::len), &renewals["submissions"]), (Some(2), &json!([])));
}

#[test]
fn an_answer_closes_its_question_until_it_is_removed() {
    let shell = Shell::of_maria();
    let unsure = json!({ "approver": "unsure", "unit": "contact_hour" });
    let mut input = credit("Order of Draw", "2");
    input.as_object_mut().unwrap().extend(unsure.as_object().unwrap().clone());
    shell.ask("save_credit", json!({ "input": input })).unwrap();
    let asked = || {
        let evaluation = shell.ask("read_evaluation", json!({ "credential": "cma" })).unwrap();
        evaluation["questions"].as_array().unwrap().iter().any(|question| question["id"] == "approver")
    };
    assert!(asked());
    let answer = json!({ "question": "approver", "answer": "Yes", "credential": "cma", "credits": ["c1"],
                         "answered_on": "2026-01-14", "note": "" });
    shell.ask("answer_question", json!({ "input": answer })).unwrap();
    assert!(!asked());
    let kept = shell.ask("read_answers", json!({})).unwrap();
    assert_eq!(kept[0]["answer"], "Yes");
    shell.ask("remove_answer", json!({ "answer": kept[0] })).unwrap();
    assert!(asked());
}

#[test]
fn a_fact_is_read_back_as_it_was_typed_in_and_comes_back_when_it_was_removed() {
    let shell = Shell::of_maria();
    let card = json!({ "kind": "cpr_card", "title": "BLS Provider", "tag": "", "issued_on": "2025-03-04",
                       "expires_on": "2027-03-31", "amount": "", "credential": "" });
    shell.ask("save_fact", json!({ "id": null, "input": card })).unwrap();
    let facts = || shell.ask("read_facts", json!({})).unwrap();
    assert_eq!(facts(), json!([{ "id": "f1", "input": card, "proofs": [] }]));

    let mut over = card.clone();
    over["expires_on"] = json!("2025-03-03");
    let refused = shell.ask("save_fact", json!({ "id": "f1", "input": over })).unwrap_err();
    assert_eq!(refused["fields"][0]["field"], "expires_on");

    shell.ask("remove_fact", json!({ "id": "f1" })).unwrap();
    assert_eq!(facts(), json!([]));
    shell.ask("restore_fact", json!({ "id": "f1" })).unwrap();
    assert_eq!(facts(), json!([{ "id": "f1", "input": card, "proofs": [] }]));
}

#[test]
fn what_was_done_last_is_named_undone_and_done_again() {
    let shell = Shell::of_maria();
    shell.ask("save_credit", json!({ "input": credit("Order of Draw", "2") })).unwrap();
    shell.ask("remove_credit", json!({ "id": "c1" })).unwrap();
    let undoable = || shell.ask("read_undoable", json!({})).unwrap();
    let removed = "Removed “Order of Draw”";
    assert_eq!(undoable(), json!({ "undo": removed, "redo": null }));
    assert_eq!(shell.ask("undo_last", json!({})).unwrap(), removed);
    assert_eq!(undoable(), json!({ "undo": "Added “Order of Draw”", "redo": removed }));
    assert_eq!(shell.ask("redo_last", json!({})).unwrap(), removed);
    assert_eq!(shell.ask("read_credits", json!({})).unwrap(), json!([]));
    assert_eq!(shell.ask("redo_last", json!({})).unwrap_err()["code"], "not_found");
    let history = shell.ask("read_history_of", json!({ "id": "c1" })).unwrap();
    assert_eq!(history.as_array().unwrap().len(), 4, "added, removed, undone, done again: {history}");
}

#[test]
fn a_credit_is_found_by_how_its_words_begin() {
    let shell = Shell::of_maria();
    shell.ask("save_credit", json!({ "input": credit("Order of Draw", "2") })).unwrap();
    assert_eq!(shell.ask("read_texts", json!({})).unwrap(), 0, "no file waits to be read");
    let found = shell.ask("search_credits", json!({ "typed": "dra ord" })).unwrap();
    assert_eq!((&found[0]["credit"]["id"], &found[0]["found_in"]), (&json!("c1"), &json!("title")));
    assert_eq!(shell.ask("search_credits", json!({ "typed": "zebra" })).unwrap(), json!([]));
}

#[test]
fn another_day_is_tried_and_nothing_is_kept() {
    let shell = Shell::of_maria();
    let mut input = credit("Order of Draw", "2");
    input["completed_on"] = json!("2026-03-04");
    input["status"] = json!("planned");
    shell.ask("save_credit", json!({ "input": input })).unwrap();
    let counted = |on: &str, planned: bool| {
        let asked = json!({ "credential": "cma", "on": on, "planned": planned });
        shell.ask("what_if", asked).unwrap()["credits"][0]["counted"].clone()
    };
    assert_eq!(counted("2026-03-10", true), "2");
    assert_eq!(counted("2026-03-10", false), "0");
    let nobody = shell.ask("what_if", json!({ "credential": "nobody", "on": "2026-03-10", "planned": true }));
    assert_eq!(nobody.unwrap_err()["code"], "not_found");
}

#[test]
fn an_error_of_the_domain_arrives_with_its_code_and_fields() {
    let error = Shell::of_maria().ask("save_credit", json!({ "input": credit("Order of Draw", "two") })).unwrap_err();
    assert_eq!(error["code"], "invalid");
    assert_eq!(error["fields"][0]["field"], "amount");
    assert!(error["message"].as_str().unwrap().contains("“two”"), "{error}");
}

#[test]
fn dropped_files_are_attached_by_their_number_and_paths_stay_in_the_shell() {
    let shell = Shell::of_maria();
    shell.ask("save_credit", json!({ "input": credit("Order of Draw", "2") })).unwrap();
    let file = shell.folder.path().join("certificate.pdf");
    fs::write(&file, "%PDF-1.4\n%%EOF\n").unwrap();

    let dropped = shell.app.state::<Desk>().hold(vec![file]);
    assert_eq!(serde_json::to_value(&dropped).unwrap(), json!({ "drop": 1, "names": ["certificate.pdf"] }));

    let certificate = json!(["certificate"]);
    let lost =
        shell.ask("attach_dropped", json!({ "owner": { "credit": "c99" }, "drop": 1, "roles": [] })).unwrap_err();
    assert_eq!(lost["code"], "not_found", "no such credit; the files go on waiting");
    let report =
        shell.ask("attach_dropped", json!({ "owner": { "credit": "c1" }, "drop": 1, "roles": certificate })).unwrap();
    assert_eq!(report["attached"], json!(["certificate.pdf"]));
    let sha256 = shell.ask("read_credits", json!({})).unwrap()[0]["proofs"][0]["sha256"].clone();
    let picture = shell.ask("preview_proof", json!({ "sha256": sha256, "page": 1, "width": 640 })).unwrap_err();
    assert_eq!(picture["code"], "no_preview", "there is no page in it: {picture}");
    let again = shell
        .ask("attach_dropped", json!({ "owner": { "credit": "c1" }, "drop": 1, "roles": certificate }))
        .unwrap_err();
    assert_eq!(again["code"], "not_found", "a drop is attached once");
}

#[test]
fn a_file_dropped_for_a_card_stands_with_the_card_until_it_is_taken_off() {
    let shell = Shell::of_maria();
    let card = json!({ "kind": "cpr_card", "title": "", "tag": "", "issued_on": "", "expires_on": "2027-03-31",
                       "amount": "", "credential": "" });
    assert_eq!(shell.ask("save_fact", json!({ "id": null, "input": card })).unwrap()["id"], "f1");
    let file = shell.folder.path().join("card.pdf");
    fs::write(&file, "%PDF-1.4\n%%EOF\n").unwrap();
    shell.app.state::<Desk>().hold(vec![file]);

    let owner = json!({ "fact": "f1" });
    shell.ask("attach_dropped", json!({ "owner": owner, "drop": 1, "roles": ["card_front"] })).unwrap();
    let proofs = || shell.ask("read_facts", json!({})).unwrap()[0]["proofs"].clone();
    assert_eq!((&proofs()[0]["name"], &proofs()[0]["role"]), (&json!("card.pdf"), &json!("card_front")));
    let shown = json!({ "owner": owner, "sha256": proofs()[0]["sha256"], "role": "card_back" });
    shell.ask("set_proof_role", shown).unwrap();
    assert_eq!(proofs()[0]["role"], "card_back");
    shell.ask("detach_proof", json!({ "owner": owner, "sha256": proofs()[0]["sha256"] })).unwrap();
    assert_eq!(proofs(), json!([]));
}

#[test]
fn a_document_of_the_holder_stands_with_her_name() {
    let shell = Shell::of_maria();
    let file = shell.folder.path().join("marriage.pdf");
    fs::write(&file, "%PDF-1.4\n%%EOF\n").unwrap();
    shell.app.state::<Desk>().hold(vec![file]);
    shell.ask("attach_dropped", json!({ "owner": "holder", "drop": 1, "roles": ["name_change"] })).unwrap();
    let documents = || shell.ask("read_home", json!({})).unwrap()["holder"]["documents"].clone();
    assert_eq!((&documents()[0]["name"], &documents()[0]["role"]), (&json!("marriage.pdf"), &json!("name_change")));
    shell.ask("detach_proof", json!({ "owner": "holder", "sha256": documents()[0]["sha256"] })).unwrap();
    assert_eq!(documents(), json!([]));
    shell.ask("undo_last", json!({})).unwrap();
    assert_eq!(documents()[0]["name"], "marriage.pdf");
}

#[test]
fn a_folder_that_holds_no_record_is_an_error_the_window_can_show() {
    let shell = Shell::new();
    let vault = shell.folder.path().join("vault");
    fs::create_dir(&vault).unwrap();
    fs::write(vault.join("recert.db"), "not a database").unwrap();
    assert_eq!(shell.ask("read_home", json!({})).unwrap_err()["code"], "vault_damaged");
    fs::remove_file(vault.join("recert.db")).unwrap();
    assert_eq!(shell.ask("read_home", json!({})).unwrap()["holder"], Value::Null, "it opens as soon as it can");
}

#[test]
fn a_backup_is_made_when_asked_for_and_says_what_it_holds() {
    let shell = Shell::of_maria();
    shell.ask("save_credit", json!({ "input": credit("Order of Draw", "2") })).unwrap();
    let taken = shell.ask("back_up", json!({})).unwrap();
    let backups = shell.ask("read_backups", json!({})).unwrap();
    assert_eq!(backups["backups"][0], taken["backup"]);
    assert_eq!(taken["backup"]["holds"], json!({ "credits": 1, "files": 0 }));
    assert_eq!(backups["outside"], Value::Null);
    shell.ask("forget_outside_place", json!({})).unwrap();
}

#[test]
fn a_restore_says_what_it_would_do_and_can_be_taken_back() {
    let shell = Shell::of_maria();
    let backup = shell.ask("back_up", json!({})).unwrap()["backup"]["name"].clone();
    shell.ask("save_credit", json!({ "input": credit("Order of Draw", "2") })).unwrap();
    let asked = |name: &Value| json!({ "name": name, "passphrase": null });
    let preview = shell.ask("preview_restore", asked(&backup)).unwrap();
    assert_eq!(preview["removed"][0]["title"], "Order of Draw");
    let credits = || shell.ask("read_credits", json!({})).unwrap().as_array().unwrap().len();
    assert_eq!(credits(), 1);
    let restored = shell.ask("restore_backup", asked(&backup)).unwrap();
    assert_eq!(credits(), 0);
    shell.ask("restore_backup", asked(&restored["way_back"])).unwrap();
    assert_eq!(credits(), 1);
    let nothing = shell.ask("preview_restore", asked(&Value::Null)).unwrap_err();
    assert_eq!(nothing["code"], "not_found", "no file was chosen");
}

#[test]
fn the_page_names_a_backup_of_the_list_and_never_a_path() {
    let shell = Shell::of_maria();
    let name = shell.ask("back_up", json!({})).unwrap()["backup"]["name"].as_str().unwrap().to_owned();
    let backups = shell.folder.path().join("vault/backups");
    let file = backups.join(format!("recert-{name}.db"));
    let elsewhere = shell.folder.path().join("elsewhere");
    fs::create_dir(&elsewhere).unwrap();
    fs::copy(&file, elsewhere.join(file.file_name().unwrap())).unwrap();
    let paths = [&file, &backups, &elsewhere].map(|path| path.to_str().unwrap().to_owned());
    let relative = ["/etc/x", "../x", ".", "", "backups", &format!("recert-{name}.db"), &format!("../{name}")];
    for path in paths.into_iter().chain(relative.map(str::to_owned)) {
        for command in ["preview_restore", "restore_backup"] {
            let refused = shell.ask(command, json!({ "name": path, "passphrase": null })).unwrap_err();
            assert_eq!(refused["code"], "not_found", "{path}: {refused}");
        }
    }
    let backups = shell.ask("read_backups", json!({})).unwrap();
    assert_eq!(
        backups["backups"].as_array().unwrap().len(),
        1,
        "nothing was restored, so nothing was backed up before it"
    );
    shell.ask("preview_restore", json!({ "name": name, "passphrase": null })).unwrap();
}

#[test]
fn everything_is_deleted_after_a_look_and_the_window_starts_anew() {
    let shell = Shell::of_maria();
    shell.ask("save_credit", json!({ "input": credit("Order of Draw", "2") })).unwrap();
    shell.ask("back_up", json!({})).unwrap();
    let vault = shell.folder.path().join("vault");
    let look = shell.ask("preview_deletion", json!({ "outside": false })).unwrap();
    assert!(look["going"].as_array().unwrap().contains(&json!({ "kind": "backup", "files": 1 })), "{look}");
    assert!(vault.join("recert.db").exists(), "a look deletes nothing");

    let cache = shell.app.path().app_cache_dir().unwrap();
    for folder in ["previews", "printed"] {
        fs::create_dir_all(cache.join(folder)).unwrap();
        fs::write(cache.join(folder).join("certificate"), "her certificate").unwrap();
    }
    let deleted = shell.ask("delete_everything", json!({ "outside": false })).unwrap();
    assert_eq!(deleted["folder"], json!(vault));
    assert!(!vault.exists(), "the window itself has nothing open there any more");
    fs::remove_dir(cache).unwrap(); // nothing is left in it
    assert_eq!(shell.ask("read_home", json!({})).unwrap()["holder"], Value::Null);
    assert_eq!(shell.ask("changed_elsewhere", json!({})).unwrap(), json!(false));
    assert!(!vault.exists(), "looking makes nothing");
}

#[test]
fn a_damaged_record_is_brought_back_from_its_backups() {
    let shell = Shell::of_maria();
    let backup = shell.ask("back_up", json!({})).unwrap()["backup"]["name"].clone();
    let vault = shell.folder.path().join("vault");
    let shell = Shell { folder: shell.folder, ..Shell::on(&vault) };
    for file in ["recert.db", "recert.db-wal", "recert.db-shm"] {
        let _ = fs::remove_file(vault.join(file));
    }
    fs::write(vault.join("recert.db"), "not a database").unwrap();
    assert_eq!(shell.ask("read_home", json!({})).unwrap_err()["code"], "vault_damaged");
    assert_eq!(shell.ask("read_backups", json!({})).unwrap()["backups"][0]["name"], backup);
    assert_eq!(shell.ask("read_home", json!({})).unwrap_err()["code"], "vault_damaged", "it goes on saying so");
    shell.ask("restore_backup", json!({ "name": backup, "passphrase": null })).unwrap();
    assert_eq!(shell.ask("read_home", json!({})).unwrap()["holder"]["name"], "Maria Delgado");
}

#[test]
fn a_place_outside_is_asked_for_until_it_is_put_off() {
    let shell = Shell::of_maria();
    let copies = || shell.ask("read_copies", json!({})).unwrap();
    let asked = json!({ "place": false, "last_outside": null, "overdue": false, "ask": true, "former_place": null });
    assert_eq!(copies(), asked);
    assert_eq!(shell.ask("resume_outside_place", json!({})).unwrap_err()["code"], "not_found", "there was none before");
    shell.ask("put_off_outside_place", json!({})).unwrap();
    assert_eq!(copies()["ask"], false);
}

#[test]
fn a_window_that_is_left_open_is_backed_up_once_a_day() {
    let shell = Shell::of_maria();
    let backups = || shell.ask("read_backups", json!({})).unwrap()["backups"].clone();
    assert_eq!(backups(), json!([]));
    for _ in 0..2 {
        shell.app.state::<Desk>().back_up_by_itself();
        assert_eq!(backups().as_array().unwrap().len(), 1, "the second one is not due");
    }
    assert_eq!(backups()[0]["reason"], "daily");
}

#[test]
fn everything_is_read_again_and_what_is_lost_is_named() {
    let shell = Shell::of_maria();
    shell.ask("save_credit", json!({ "input": credit("Order of Draw", "2") })).unwrap();
    let file = shell.folder.path().join("certificate.pdf");
    fs::write(&file, "%PDF-1.4\n%%EOF\n").unwrap();
    shell.app.state::<Desk>().hold(vec![file]);
    shell.ask("attach_dropped", json!({ "owner": { "credit": "c1" }, "drop": 1, "roles": ["certificate"] })).unwrap();
    let checked = shell.ask("check_everything", json!({})).unwrap();
    assert_eq!((&checked["originals"], &checked["damage"]), (&json!(1), &json!([])));

    fs::remove_dir_all(shell.folder.path().join("vault/originals")).unwrap();
    let checked = shell.ask("check_everything", json!({})).unwrap();
    assert_eq!(checked["damage"].as_array().unwrap().len(), 1, "{checked}");
}

#[test]
fn what_another_program_changes_is_noticed_once() {
    let shell = Shell::of_maria();
    shell.ask("changed_elsewhere", json!({})).unwrap();
    let changed = |shell: &Shell| shell.ask("changed_elsewhere", json!({})).unwrap();
    shell.ask("save_credit", json!({ "input": credit("Order of Draw", "2") })).unwrap();
    assert_eq!(changed(&shell), false, "its own changes are known");
    let other = Shell::on(&shell.folder.path().join("vault"));
    other.ask("save_credit", json!({ "input": credit("Wound Care", "1") })).unwrap();
    assert_eq!(changed(&shell), true);
    assert_eq!(changed(&shell), false);
    assert_eq!(shell.ask("read_credits", json!({})).unwrap().as_array().unwrap().len(), 2);
}

#[test]
fn a_command_without_permission_is_refused() {
    let shell = Shell::new();
    for command in ["plugin:dialog|open", "plugin:dialog|save", "plugin:event|emit", "plugin:window|close"] {
        let refusal = shell.ask(command, json!({})).unwrap_err();
        assert!(refusal.as_str().is_some_and(|text| text.contains("not allowed")), "{command}: {refusal}");
    }
}

#[test]
fn another_window_may_do_nothing() {
    let shell = Shell::new();
    let other = WebviewWindowBuilder::new(&shell.app, "other", tauri::WebviewUrl::default()).build().unwrap();
    let refusal = ask(&other, "read_home", json!({})).unwrap_err();
    assert!(refusal.as_str().is_some_and(|text| text.contains("not allowed on window \"other\"")), "{refusal}");
}

#[test]
fn handlers_permissions_and_the_windows_own_list_name_the_same_commands() {
    let read = |path: &str| fs::read_to_string(path).unwrap();
    let shell = read("src-tauri/src/lib.rs");
    let handlers = between(&shell, "generate_handler![", "]");
    let handled: BTreeSet<String> = handlers
        .split(',')
        .filter_map(|path| path.trim().rsplit("::").next())
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect();

    let mut permitted = BTreeSet::new();
    let mut identifiers = BTreeSet::new();
    for file in fs::read_dir("src-tauri/permissions").unwrap() {
        let text = fs::read_to_string(file.unwrap().path()).unwrap();
        for list in text.split("commands.allow = [").skip(1) {
            permitted.extend(quoted(list.split(']').next().unwrap()));
        }
        for line in text.lines().filter(|line| line.starts_with("identifier")) {
            identifiers.extend(quoted(line));
        }
    }

    let commands = read("ui/src/ipc/commands.ts");
    let named: BTreeSet<String> = commands
        .match_indices("invoke")
        .filter_map(|(at, _)| {
            let call = commands[at + "invoke".len()..].trim_start_matches(|c: char| c != '(' && c != '\n' && c != ';');
            let first = call.strip_prefix('(')?.trim_start();
            let name = first.strip_prefix(['\'', '"'])?;
            Some(name[..name.find(['\'', '"'])?].to_owned())
        })
        .collect();
    assert_eq!(handled, permitted, "generate_handler! and src-tauri/permissions differ");
    assert_eq!(handled, named, "generate_handler! and ui/src/ipc/commands.ts differ");

    let config: Value = serde_json::from_str(&read("tauri.conf.json")).unwrap();
    let granted: BTreeSet<String> = config["app"]["security"]["capabilities"][0]["permissions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|permission| permission.as_str().unwrap().to_owned())
        .filter(|permission| !permission.starts_with("core:"))
        .collect();
    assert_eq!(identifiers, granted, "every permission of our own is granted, and no other");
}

#[test]
fn commands_are_at_most_five_lines() {
    for file in fs::read_dir("src-tauri/src/commands").unwrap() {
        let path = file.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        for command in text.split("#[tauri::command").skip(1) {
            let body = between(command, "{\n", "\n}");
            assert!(body.lines().count() <= 5, "{}:\n{body}", path.display());
        }
    }
}

fn between<'a>(text: &'a str, from: &str, to: &str) -> &'a str {
    let rest = &text[text.find(from).unwrap() + from.len()..];
    &rest[..rest.find(to).unwrap()]
}

fn quoted(text: &str) -> Vec<String> {
    text.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}
