//! The window's commands through the real configuration, permissions and serialization, without a display.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc::{Receiver, sync_channel};
use std::time::Duration;

use app::{Clock, Computer};
use recert_app::Desk;
use serde_json::{Value, json};
use tauri::ipc::{CallbackFn, InvokeBody, InvokeResponseBody};
use tauri::test::{INVOKE_KEY, MockRuntime, get_ipc_response, mock_builder};
use tauri::webview::InvokeRequest;
use tauri::{App, Manager as _, WebviewWindow, WebviewWindowBuilder};
use tempfile::TempDir;

struct Shell {
    app: App<MockRuntime>,
    window: WebviewWindow<MockRuntime>,
    folder: TempDir,
    /// What the shell tells the page. It waits until it is heard here.
    heard: Receiver<Value>,
    cache: Cache,
}

impl Shell {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let vault = folder.path().join("vault");
        Self { folder, ..Self::on(&vault) }
    }

    fn on(vault: &Path) -> Self {
        app::serve_with(env!("CARGO_BIN_EXE_recert-app").into());
        let folder = tempfile::tempdir().unwrap();
        // A computer of its own for each vault.
        let computer = Computer::new(vault.parent().map(|folder| folder.join("settings")));
        let desk = Desk::new(Some(vault.to_owned()), computer, Clock::fixed("2026-01-15".parse().unwrap()));
        let mut context = recert_app::context();
        // Another program's cache, so that this computer's own stays as it is.
        context.config_mut().identifier = format!("org.recert.test-{}-{}", std::process::id(), cache_number());
        let (tell, heard) = sync_channel(0);
        let builder = mock_builder().channel_interceptor(move |_, _, _, body| {
            let InvokeResponseBody::Json(json) = body else { panic!("the page is told JSON") };
            // Fails once the test listens no more.
            let _ = tell.send(serde_json::from_str(json).unwrap());
            true
        });
        let app = recert_app::builder(builder, desk).build(context).unwrap();
        // The window of the configuration is made only when the application runs.
        let window = WebviewWindowBuilder::new(&app, "main", tauri::WebviewUrl::default()).build().unwrap();
        let cache = Cache(app.path().app_cache_dir().unwrap());
        Self { app, window, folder, heard, cache }
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

/// Each shell has a cache of its own.
fn cache_number() -> u32 {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    NUMBER.fetch_add(1, Ordering::Relaxed)
}

/// The shell's cache, gone at the end of the test.
struct Cache(PathBuf);

impl Drop for Cache {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
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

    let cache = &shell.cache.0;
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
    let plugins =
        ["dialog|open", "dialog|save", "event|emit", "event|emit_to", "window|close", "webview|create_webview"];
    for command in plugins {
        let refusal = shell.ask(&format!("plugin:{command}"), json!({})).unwrap_err();
        assert!(refusal.as_str().is_some_and(|text| text.contains("not allowed")), "{command}: {refusal}");
    }
}

#[test]
fn the_page_may_not_listen_to_tauri_which_names_the_paths_of_dropped_files() {
    let shell = Shell::new();
    for event in ["tauri://drag-enter", "tauri://drag-over", "tauri://drag-drop", "anything"] {
        for command in ["listen", "unlisten"] {
            let asked = json!({ "event": event, "target": { "kind": "Any" }, "handler": 1, "eventId": 1 });
            let refusal = shell.ask(&format!("plugin:event|{command}"), asked).unwrap_err();
            assert!(refusal.as_str().is_some_and(|text| text.contains("not allowed")), "{command}: {refusal}");
        }
    }
    let config: Value = serde_json::from_str(&fs::read_to_string("tauri.conf.json").unwrap()).unwrap();
    let capabilities = config["app"]["security"]["capabilities"].as_array().unwrap();
    assert_eq!(capabilities.len(), 1);
    let granted = capabilities[0]["permissions"].as_array().unwrap();
    let theirs = granted.iter().filter(|permission| permission.as_str().unwrap().contains(':'));
    assert_eq!(theirs.collect::<Vec<_>>(), Vec::<&Value>::new(), "only commands of our own are granted");
}

/// Three certificates at c1, a backup of them, and a page that listens.
fn with_a_backup_and_a_page() -> (Shell, Value) {
    let shell = Shell::of_maria();
    shell.ask("save_credit", json!({ "input": credit("Order of Draw", "2") })).unwrap();
    let files = ["a.pdf", "b.pdf", "c.pdf"].map(|name| shell.folder.path().join(name));
    for file in &files {
        fs::write(file, format!("%PDF-1.4\n% {}\n%%EOF\n", file.display())).unwrap();
    }
    shell.app.state::<Desk>().hold(files.to_vec());
    shell.ask("attach_dropped", json!({ "owner": { "credit": "c1" }, "drop": 1, "roles": ["certificate"] })).unwrap();
    let backup = shell.ask("back_up", json!({})).unwrap()["backup"]["name"].clone();
    shell.ask("watch_shell", json!({ "events": "__CHANNEL__:7" })).unwrap();
    (shell, json!({ "name": backup, "passphrase": null }))
}

#[test]
fn the_window_goes_on_while_a_backup_is_looked_at_or_restored_and_stops_that() {
    for command in ["preview_restore", "restore_backup"] {
        let (shell, backup) = with_a_backup_and_a_page();
        std::thread::scope(|scope| {
            let window = shell.window.clone();
            let working = scope.spawn(move || ask(&window, command, backup));
            // The work waits at its second message until that is heard, so it cannot end before it is stopped.
            let heard = shell.heard.recv_timeout(Duration::from_mins(1));
            let kept = shell.ask("save_credit", json!({ "input": credit("Wound Care", "1") }));
            let stopped = shell.ask("stop_work", json!({}));
            while !working.is_finished() {
                let _ = shell.heard.recv_timeout(Duration::from_millis(10));
            }
            assert_eq!(working.join().unwrap().unwrap_err()["code"], "cancelled", "{command}");
            assert!(heard.is_ok() && kept.is_ok() && stopped.is_ok(), "{command}: {heard:?} {kept:?} {stopped:?}");
        });
        // From here on nobody hears how far anything is.
        let Shell { window, heard, app, folder, cache } = shell;
        drop(heard);
        assert_eq!(ask(&window, "read_credits", json!({})).unwrap().as_array().unwrap().len(), 2, "{command}");
        assert_eq!(ask(&window, "check_everything", json!({})).unwrap()["damage"], json!([]));
        drop((app, folder, cache));
    }
}

#[test]
fn what_was_stopped_before_does_not_stop_what_begins_later() {
    let (shell, backup) = with_a_backup_and_a_page();
    shell.ask("stop_work", json!({})).unwrap();
    let Shell { window, heard, app, folder, cache } = shell;
    drop(heard);
    assert_eq!(ask(&window, "preview_restore", backup).unwrap()["missing"], json!([]));
    drop((app, folder, cache));
}

#[test]
fn the_picture_of_a_file_goes_when_nothing_has_the_file_any_more() {
    let shell = Shell::of_maria();
    for title in ["Order of Draw", "Wound Care"] {
        shell.ask("save_credit", json!({ "input": credit(title, "2") })).unwrap();
    }
    let card = json!({ "kind": "cpr_card", "title": "", "tag": "", "issued_on": "", "expires_on": "2027-03-31",
                       "amount": "", "credential": "" });
    shell.ask("save_fact", json!({ "id": null, "input": card })).unwrap();
    let file = shell.folder.path().join("certificate.png");
    fs::write(&file, include_bytes!("../icons/32x32.png")).unwrap();
    let pictures = shell.cache.0.join("previews");
    let drawn = || fs::read_dir(&pictures).map_or(0, Iterator::count);
    let attach = |owner: Value| {
        let drop = shell.app.state::<Desk>().hold(vec![file.clone()]).drop;
        shell.ask("attach_dropped", json!({ "owner": owner, "drop": drop, "roles": ["certificate"] })).unwrap();
    };
    attach(json!({ "credit": "c1" }));
    let sha256 = shell.ask("read_credits", json!({})).unwrap()[0]["proofs"][0]["sha256"].clone();
    let look = || shell.ask("preview_proof", json!({ "sha256": sha256, "page": 1, "width": 640 }));
    let detach = |owner: Value| shell.ask("detach_proof", json!({ "owner": owner, "sha256": sha256 })).unwrap();

    look().unwrap();
    #[cfg(unix)]
    for (path, mode) in
        [(pictures.clone(), 0o700), (fs::read_dir(&pictures).unwrap().next().unwrap().unwrap().path(), 0o600)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, mode, "{}", path.display());
    }
    attach(json!({ "credit": "c2" }));
    detach(json!({ "credit": "c1" }));
    assert_eq!(drawn(), 1, "another credit has it still");
    detach(json!({ "credit": "c2" }));
    assert_eq!(drawn(), 0);
    assert_eq!(look().unwrap_err()["code"], "not_found");
    assert_eq!(drawn(), 0, "what is in no record leaves no picture");

    shell.ask("undo_last", json!({})).unwrap();
    look().unwrap();
    shell.ask("redo_last", json!({})).unwrap();
    assert_eq!(drawn(), 0, "taken off once more");

    let owner = json!({ "fact": "f1" });
    attach(owner);
    look().unwrap();
    shell.ask("remove_fact", json!({ "id": "f1" })).unwrap();
    assert_eq!(drawn(), 0, "with the card it shows");

    let before = shell.ask("back_up", json!({})).unwrap()["backup"]["name"].clone();
    attach(json!({ "credit": "c1" }));
    look().unwrap();
    shell.ask("restore_backup", json!({ "name": before, "passphrase": null })).unwrap();
    assert_eq!(drawn(), 0, "the record is one from before it was attached");

    attach(json!({ "credit": "c1" }));
    look().unwrap();
    shell.ask("remove_credit", json!({ "id": "c1" })).unwrap();
    assert_eq!(drawn(), 1, "what lies in the trash may come back");
    shell.ask("empty_trash", json!({})).unwrap();
    assert_eq!(drawn(), 0);

    attach(json!({ "credit": "c2" }));
    look().unwrap();
    shell.ask("changed_elsewhere", json!({})).unwrap();
    let other = Shell::on(&shell.folder.path().join("vault"));
    other.ask("undo_last", json!({})).unwrap();
    assert_eq!((shell.ask("changed_elsewhere", json!({})).unwrap(), drawn()), (json!(true), 0), "by another program");
}

/// What the page could ask if it were not ours: paths, the names of devices, nothing, and far too much.
fn hostile() -> Vec<String> {
    let plain = [
        "",
        ".",
        "..",
        "../../canary/file",
        "/etc/passwd",
        "C:\\x",
        "\\\\server\\share",
        "file:///etc/passwd",
        "NUL",
        "a\0b",
    ];
    let canary = std::env::temp_dir().join("canary").display().to_string();
    plain.into_iter().map(str::to_owned).chain([canary, "x".repeat(10_000), "%2e%2e%2f".to_owned()]).collect()
}

/// The value with each text in it, and each name of a free list, replaced once.
fn replaced(value: &Value, by: &str) -> Vec<Value> {
    match value {
        Value::String(_) => vec![by.into()],
        Value::Array(values) => (0..values.len())
            .flat_map(|at| {
                replaced(&values[at], by).into_iter().map(move |one| {
                    let mut values = values.clone();
                    values[at] = one;
                    values.into()
                })
            })
            .collect(),
        Value::Object(fields) => {
            let mut all = Vec::new();
            for (name, field) in fields {
                for one in replaced(field, by) {
                    let mut fields = fields.clone();
                    fields.insert(name.clone(), one);
                    all.push(fields.into());
                }
                if ["clinical", "aama"].contains(&name.as_str()) {
                    let mut fields = fields.clone();
                    fields.remove(name);
                    fields.insert(by.to_owned(), field.clone());
                    all.push(fields.into());
                }
            }
            all
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => Vec::new(),
    }
}

/// Every command that takes a text of the page, with what it is asked usually.
fn asked_with_text() -> Vec<(&'static str, Value)> {
    let mut full = credit("Order of Draw", "2");
    full["id"] = "c1".into();
    full["awards"] = json!([{ "amount": "2", "unit": "aama_ceu", "approver": "aama", "number": "1" }]);
    full["splits"] = json!({ "aama": { "clinical": "2" } });
    full["sessions"] = json!([{ "title": "One", "amount": "2", "category": "clinical", "on": "2024-03-04" }]);
    full["tags"] = json!(["ethics"]);
    let holder = json!({ "name": "Maria Delgado", "former_names": ["Maria Lopez"], "address": ["1 Main St"],
                         "born_on": "", "issuer_ids": { "aama": "1" } });
    let fact = json!({ "kind": "cpr_card", "title": "a", "tag": "b", "issued_on": "2025-01-01",
                       "expires_on": "2027-03-31", "amount": "", "credential": "cma" });
    let answer = json!({ "question": "approver", "answer": "Yes", "credential": "cma", "credits": ["c1"],
                         "answered_on": "2026-01-14", "note": "a" });
    let sent = json!({ "sent_on": "2026-01-12", "way": "mail", "state": "sent", "answered_on": "", "note": "a",
                       "decisions": [{ "credit": "c1", "decided": "accepted", "note": "a" }] });
    let period = json!({ "from": "2016-01-01", "to": "2021-01-31", "renewed_on": "", "state": "renewed" });
    let hash = "0".repeat(64);
    vec![
        ("read_evaluation", json!({ "credential": "cma" })),
        ("read_preflight", json!({ "credential": "cma" })),
        ("preview_credential", json!({ "input": credential("2021-03-17") })),
        ("start_record", json!({ "name": "Maria", "credential": credential("2021-03-17") })),
        ("save_holder", json!({ "input": holder })),
        ("save_credential", json!({ "id": "cma", "input": credential("2021-03-17") })),
        ("preview_credit", json!({ "credential": "cma", "input": full })),
        ("save_credit", json!({ "input": full })),
        ("remove_credit", json!({ "id": "c1" })),
        ("restore_credit", json!({ "id": "c1" })),
        ("search_credits", json!({ "typed": "draw" })),
        ("save_fact", json!({ "id": "f1", "input": fact })),
        ("remove_fact", json!({ "id": "f1" })),
        ("restore_fact", json!({ "id": "f1" })),
        ("answer_question", json!({ "input": answer })),
        ("remove_answer", json!({ "answer": answer })),
        ("what_if", json!({ "credential": "cma", "on": "2026-03-10", "planned": true })),
        ("read_history_of", json!({ "id": "c1" })),
        ("attach_dropped", json!({ "owner": { "credit": "c1" }, "drop": 1, "roles": ["certificate"] })),
        ("attach_dropped", json!({ "owner": { "fact": "f1" }, "drop": 1, "roles": ["certificate"] })),
        ("set_proof_role", json!({ "owner": { "credit": "c1" }, "sha256": hash, "role": "certificate" })),
        ("detach_proof", json!({ "owner": { "credit": "c1" }, "sha256": hash })),
        ("open_proof", json!({ "sha256": hash })),
        ("preview_proof", json!({ "sha256": hash, "page": 1, "width": 640 })),
        ("preview_transcript", json!({ "credential": "cma", "choice": choice(), "page": 1, "width": 400 })),
        ("print_transcript", json!({ "credential": "cma", "choice": choice() })),
        ("print_sheet", json!({ "kind": "letter", "credential": "cma", "choice": choice(), "withNumber": false })),
        ("read_packet_lists", json!({ "credential": "cma" })),
        ("read_renewals", json!({ "credential": "cma" })),
        ("read_frozen", json!({ "id": "s1" })),
        ("keep_submission", json!({ "credential": "cma", "choice": choice(), "input": sent })),
        ("save_submission", json!({ "id": "s1", "input": sent })),
        ("remove_submission", json!({ "id": "s1" })),
        ("open_sent_transcript", json!({ "id": "s1" })),
        ("renew_credential", json!({ "credential": "cma", "input": { "renewed_on": "2026-01-14", "expires_on": "" } })),
        ("save_period", json!({ "credential": "cma", "input": period })),
        ("remove_period", json!({ "credential": "cma", "from": "2016-01-01" })),
        ("preview_restore", json!({ "name": "20260115T000000Z-asked", "passphrase": "a" })),
        ("restore_backup", json!({ "name": "20260115T000000Z-asked", "passphrase": "a" })),
        ("watch_shell", json!({ "events": "__CHANNEL__:7" })),
    ]
}

/// Commands that take no text of the page.
const WITHOUT_TEXT: &[&str] = &[
    "read_home",
    "read_packs",
    "read_credits",
    "changed_elsewhere",
    "read_removed",
    "empty_trash",
    "read_texts",
    "read_facts",
    "read_answers",
    "read_undoable",
    "undo_last",
    "redo_last",
    "import_spreadsheet",
    "open_saved",
    "preview_deletion",
    "delete_everything",
    "read_backups",
    "back_up",
    "forget_outside_place",
    "move_record",
    "read_copies",
    "check_everything",
    "put_off_outside_place",
    "resume_outside_place",
    "stop_work",
];

/// Commands that open one of the system's dialogs, where she herself names the file. What else they take is an id, or a
/// passphrase, and goes the way of its like above.
const WITH_A_DIALOG: &[&str] = &[
    "attach_proofs",
    "choose_spreadsheet",
    "save_transcript",
    "save_packet",
    "save_packet_folder",
    "check_file",
    "save_sheet",
    "save_sent_transcript",
    "choose_outside_place",
    "choose_backup_file",
    "choose_backup_folder",
    "save_backup_file",
    "export_record",
];

/// All files below a folder and their bytes.
fn below(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(below(&path));
        } else {
            found.push((path.clone(), fs::read(&path).unwrap()));
        }
    }
    found.sort();
    found
}

#[test]
fn no_text_of_the_page_leads_out_of_the_record() {
    let shell = Shell::of_maria();
    shell.ask("save_credit", json!({ "input": credit("Order of Draw", "2") })).unwrap();
    let root = shell.folder.path();
    let canary = root.join("canary");
    fs::create_dir(&canary).unwrap();
    fs::write(canary.join("file"), "stays").unwrap();
    let outside = |folder: &Path| {
        let vault = folder.join("vault");
        below(folder).into_iter().filter(|(path, _)| !path.starts_with(&vault)).collect::<Vec<_>>()
    };
    let before = outside(root);
    for (command, usual) in asked_with_text() {
        for text in hostile().iter().chain([&canary.join("file").display().to_string()]) {
            for asked in replaced(&usual, text) {
                // Whatever it answers, it answers.
                let answer = shell.ask(command, asked);
                let code = answer.as_ref().err().map(|error| error["code"].clone());
                assert!(code.as_ref().is_none_or(|code| code != "internal"), "{command} {text:.40}: {answer:?}");
            }
        }
        assert_eq!(outside(root), before, "{command}");
    }
    assert_eq!(shell.ask("check_everything", json!({})).unwrap()["damage"], json!([]));
    let ours = |name: &str| {
        let known = ["README.txt", "backups", "originals", ".lock"];
        name.starts_with("recert.db") || known.contains(&name)
    };
    for entry in fs::read_dir(root.join("vault")).unwrap() {
        let name = entry.unwrap().file_name().to_string_lossy().into_owned();
        assert!(ours(&name), "{name}");
    }
    for folder in ["previews", "printed"] {
        assert_eq!(fs::read_dir(shell.cache.0.join(folder)).map_or(0, Iterator::count), 0, "{folder}");
    }
}

#[test]
fn every_command_is_tried_with_hostile_text_or_takes_none() {
    let mut tried: BTreeSet<&str> = asked_with_text().into_iter().map(|(command, _)| command).collect();
    tried.extend(WITHOUT_TEXT.iter().chain(WITH_A_DIALOG));
    let shell = fs::read_to_string("src-tauri/src/lib.rs").unwrap();
    let handlers = between(&shell, "generate_handler![", "]");
    let handled = handlers.split(',').filter_map(|path| path.trim().rsplit("::").next());
    assert_eq!(tried, handled.filter(|name| !name.is_empty()).collect());
    for file in fs::read_dir("src-tauri/src/commands").unwrap() {
        let text = fs::read_to_string(file.unwrap().path()).unwrap();
        for command in text.split("#[tauri::command").skip(1) {
            let (name, arguments) = between(command, "fn ", " {\n").split_once('(').unwrap();
            let name = name.split('<').next().unwrap();
            assert!(!arguments.contains("Path"), "{name} takes a path of the page");
            assert_eq!(command.contains(".blocking_"), WITH_A_DIALOG.contains(&name), "{name}: a dialog");
            let has_text = ["str", "String", "Input", "Choice", "Owner", "Date", "Channel"]
                .iter()
                .any(|kind| arguments.split("->").next().unwrap().contains(kind));
            assert_eq!(
                has_text && !WITH_A_DIALOG.contains(&name),
                !WITHOUT_TEXT.contains(&name) && !WITH_A_DIALOG.contains(&name),
                "{name}: text of the page"
            );
        }
    }
}

#[test]
fn a_message_longer_than_any_form_is_refused_before_it_is_read() {
    let shell = Shell::of_maria();
    for asked in [json!({ "typed": "x".repeat(5 << 20) }), json!({ "typed": "", "more": vec![Value::Null; 1 << 20] })] {
        let refused = shell.ask("search_credits", asked).unwrap_err();
        assert_eq!(refused["code"], "invalid", "{refused}");
    }
    assert_eq!(shell.ask("search_credits", json!({ "typed": "x".repeat(1 << 20) })).unwrap(), json!([]));
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
