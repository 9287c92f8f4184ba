//! A vault of its own for each test, and the command run on it.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;
use sha2::{Digest as _, Sha256};
use tempfile::TempDir;

/// The day on which every test takes place unless it says otherwise.
pub const TODAY: &str = "2026-01-15";
/// Who owns nothing, on Linux and macOS alike as far as rights go.
#[cfg(unix)]
const NOBODY: u32 = 65534;

/// A folder of its own, with a vault in it once `init` has run.
pub struct Desk {
    folder: TempDir,
    /// The program, and before it whatever it is run by.
    program: Vec<OsString>,
    /// As its files are seen from here: below this, if it is run where they are not in their place.
    seen_below: PathBuf,
    /// The user it is run as, if not the present one.
    #[cfg(unix)]
    user: Option<u32>,
}

impl Desk {
    pub fn new() -> Self {
        // Spaces, and letters from several scripts, as in people's folders.
        Self {
            folder: tempfile::Builder::new().prefix("Zoë’s desk 記録 ").tempdir().unwrap(),
            program: vec![env!("CARGO_BIN_EXE_recert-under-test").into()],
            seen_below: PathBuf::from("/"),
            #[cfg(unix)]
            user: None,
        }
    }

    /// Runs the program by another one, which shows it files that are seen from here below `seen_below`.
    #[cfg(target_os = "linux")]
    pub fn run_by(&mut self, words: &[&str], seen_below: PathBuf) {
        self.program.splice(..0, words.iter().map(OsString::from));
        self.seen_below = seen_below;
    }

    /// Where a file of the program is seen from here.
    pub fn seen(&self, path: &Path) -> PathBuf {
        self.seen_below.join(path.strip_prefix("/").unwrap_or(path))
    }

    /// Runs the program as somebody whom rights hold: the superuser may do everything, so it is nobody instead.
    #[cfg(unix)]
    pub fn run_by_somebody(&mut self) {
        use std::os::unix::fs::MetadataExt as _;
        if fs::metadata(self.folder.path()).unwrap().uid() == 0 {
            self.user = Some(NOBODY);
            // Where it was built, nobody else may have to look.
            let program = self.path("recert");
            fs::copy(&self.program[0], &program).unwrap();
            self.program = vec![program.into()];
            self.hand_over(self.folder.path());
        }
    }

    /// Gives everything below a path to whom the program is run as.
    #[cfg(unix)]
    pub fn hand_over(&self, path: &Path) {
        std::os::unix::fs::chown(path, self.user, self.user).unwrap();
        if path.is_dir() {
            for entry in fs::read_dir(path).unwrap() {
                self.hand_over(&entry.unwrap().path());
            }
        }
    }

    /// Maria Delgado, certified on 17 March 2021.
    pub fn of_maria() -> Self {
        let desk = Self::new();
        desk.done(&["init", "--name", "Maria Delgado"]);
        desk.done(&["credential", "add", "cma-aama", "--certified", "2021-03-17"]);
        desk
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn vault(&self) -> PathBuf {
        self.path("vault")
    }

    /// The folder of settings of its computer, as the system names it.
    pub fn settings(&self) -> PathBuf {
        self.path("settings")
    }

    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::write(&path, bytes).unwrap();
        path
    }

    pub fn recert(&self, words: &[&str]) -> Output {
        self.recert_on(&self.vault(), words).output().unwrap()
    }

    /// The command on some vault, not yet started.
    pub fn recert_on(&self, vault: &Path, words: &[&str]) -> Command {
        self.recert_in(vault, TODAY, words)
    }

    /// The same on another day.
    pub fn recert_in(&self, vault: &Path, today: &str, words: &[&str]) -> Command {
        let mut command = Command::new(&self.program[0]);
        command.args(&self.program[1..]).current_dir(self.folder.path()).env_remove("RECERT_VAULT");
        // A computer of its own, too. Windows alone does not ask the environment for its folder of settings.
        command.env("HOME", self.folder.path()).env("XDG_CONFIG_HOME", self.settings());
        #[cfg(unix)]
        if let Some(user) = self.user {
            std::os::unix::process::CommandExt::uid(&mut command, user);
            std::os::unix::process::CommandExt::gid(&mut command, user);
        }
        command.args(["--today", today]).arg("--vault").arg(vault).args(words);
        command
    }

    /// What it prints when it succeeds.
    pub fn done(&self, words: &[&str]) -> String {
        self.done_on(&self.vault(), words)
    }

    /// The same on some vault.
    pub fn done_on(&self, vault: &Path, words: &[&str]) -> String {
        let output = self.recert_on(vault, words).output().unwrap();
        assert_eq!(output.status.code(), Some(0), "recert {words:?} failed: {}", stderr(&output));
        assert_eq!(stderr(&output), "", "recert {words:?} complained though it succeeded");
        String::from_utf8(output.stdout).unwrap()
    }

    /// Its answer as JSON.
    pub fn asked(&self, words: &[&str]) -> Value {
        let mut words = words.to_vec();
        words.push("--json");
        serde_json::from_str(&self.done(&words)).unwrap()
    }

    /// The error it ends with: exit code 1, one line, nothing on standard output.
    pub fn refused(&self, words: &[&str]) -> (String, String) {
        let output = self.recert(words);
        assert_eq!(output.status.code(), Some(1), "recert {words:?} should fail: {}", stderr(&output));
        assert!(output.stdout.is_empty(), "recert {words:?} failed and still printed an answer");
        assert_eq!(stderr(&output).lines().count(), 1, "an error is one line: {}", stderr(&output));
        let mut json = words.to_vec();
        json.push("--json");
        let error: Value = serde_json::from_slice(&self.recert(&json).stderr).unwrap();
        let text = |field: &str| error["error"][field].as_str().unwrap().to_owned();
        assert_eq!(stderr(&output).trim_end(), format!("recert: {}", text("message")));
        (text("code"), text("message"))
    }

    /// Adds a credit and returns its id.
    pub fn credit(&self, words: &[&str]) -> String {
        let mut all = vec!["credit", "add"];
        all.extend(words);
        self.asked(&all)["id"].as_str().unwrap().to_owned()
    }
}

pub fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Every file below a folder with its bytes, to see that nothing changed.
pub fn contents(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() { folders.push(path) } else { files.push((path.clone(), fs::read(path).unwrap())) }
        }
    }
    files.sort();
    files
}

/// The whole record as JSON.
pub fn record(desk: &Desk, vault: &Path) -> String {
    desk.done_on(vault, &["export", "record.json"]);
    fs::read_to_string(desk.path("record.json")).unwrap()
}

/// A folder with everything in it, once more.
pub fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let (path, target) = entry.map(|entry| (entry.path(), to.join(entry.file_name()))).unwrap();
        if path.is_dir() {
            copy_folder(&path, &target);
        } else {
            fs::copy(path, target).unwrap();
        }
    }
}

/// The hash of a file.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A one-page PDF with some text.
pub fn small_pdf(text: &str) -> Vec<u8> {
    pdf_that_draws(&format!("BT /F1 18 Tf 72 720 Td ({text}) Tj ET"))
}

/// A PDF of one page with this content; its font is `F1`.
pub fn pdf_that_draws(stream: &str) -> Vec<u8> {
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>".to_owned(),
        format!("<< /Length {} >>\nstream\n{stream}\nendstream", stream.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    let mut pdf = "%PDF-1.4\n".to_owned();
    let mut offsets = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        offsets.push(pdf.len());
        pdf.push_str(&format!("{} 0 obj\n{object}\nendobj\n", index + 1));
    }
    let table = pdf.len();
    pdf.push_str(&format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1));
    for offset in offsets {
        pdf.push_str(&format!("{offset:010} 00000 n \n"));
    }
    pdf.push_str(&format!("trailer << /Size {} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n", objects.len() + 1));
    pdf.into_bytes()
}
