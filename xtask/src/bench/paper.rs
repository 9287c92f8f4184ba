//! Transcripts and packets, against programs that set the same table and merge the same files.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use super::{Desk, Noise, quietly, timed};
use crate::places;
use crate::process::{Done, check, program};

const ROUNDS: usize = 5;
const FILES: usize = 200;
/// For the memory of a packet of 500 MB.
const LARGE: usize = 100;
const LARGE_BYTES: u64 = 5_000_000;
/// Of each five files two have two pages and three have three, less one: 500 in all.
const PAGES: [usize; 4] = [2, 3, 2, 3];
/// What sets and merges beside us, pinned.
const PYTHON: &str = "typst==0.14.* weasyprint==65.* pikepdf==9.*";

pub(super) fn compare(desk: &Desk) -> Done {
    let python = python()?;
    for rows in [400, 4_000] {
        table(desk, &python, rows)?;
    }
    packet(desk, &python)
}

/// A Python of its own with the programs to compare with, made anew when others are pinned.
fn python() -> Done<PathBuf> {
    let folder = places::tools()?.join("paper");
    let (python, pinned) = (folder.join("bin/python"), folder.join("pinned"));
    if fs::read_to_string(&pinned).ok().as_deref() != Some(PYTHON) {
        check(program("python3", "-m venv --clear").arg(&folder))?;
        let mut install = program(&python.to_string_lossy(), "-m pip install --quiet");
        check(install.args(PYTHON.split_whitespace()))?;
        fs::write(&pinned, PYTHON).map_err(|e| format!("{}: {e}", pinned.display()))?;
    }
    Ok(python)
}

/// The same rows as a transcript, and as a table with a head that comes again.
fn table(desk: &Desk, python: &Path, rows: usize) -> Done {
    desk.start()?;
    let mut csv = "title,provider,completed_on,amount,unit,approved_by,clinical\n".to_owned();
    let mut typst = "#set document(title: [Transcript])\n#set page(\"us-letter\", margin: 18mm, numbering: \"1 of 1\")\n#set text(9pt)\n\
                     #table(columns: 5, table.header[Date][Activity][As printed][Earned][Counted],\n"
        .to_owned();
    let mut html =
        "<style>@page { size: letter; margin: 18mm } td, th { font: 9pt sans-serif; text-align: left }</style>\
                    <table><thead><tr><th>Date<th>Activity<th>As printed<th>Earned<th>Counted</thead><tbody>"
            .to_owned();
    for row in 0..rows {
        let (month, day) = (row % 12 + 1, row % 28 + 1);
        let title = format!("Infection control in the ambulatory setting, part {row}");
        let _ = writeln!(csv, "\"{title}\",Lakeside Institute,2024-{month:02}-{day:02},1,contact_hour,ancc,1");
        let _ =
            writeln!(typst, "[2024-{month:02}-{day:02}], [{title} \\ Lakeside Institute], [1 contact hour], [1], [1],");
        let _ = write!(
            html,
            "<tr><td>2024-{month:02}-{day:02}<td>{title}<br>Lakeside Institute<td>1 contact hour<td>1<td>1"
        );
    }
    typst += ")\n";
    desk.write("rows.csv", csv.as_bytes())?;
    desk.write("rows.typ", typst.as_bytes())?;
    desk.write("rows.html", html.as_bytes())?;
    quietly(&mut desk.recert("import rows.csv")?)?;
    let ours = || timed(&mut desk.recert("transcript -o t.pdf")?);
    let by = |script: &str| {
        let mut command = program(&python.to_string_lossy(), "-c");
        command.arg(script).current_dir(&desk.folder);
        timed(&mut command)
    };
    let what = |other: &str| format!("transcript of {rows} credits; {other}");
    // Tagged and archival, as ours is.
    let typst = || by("import typst; typst.compile('rows.typ', output='o.pdf', pdf_standards=['a-3a'])");
    super::compare(&what("typst, a tagged table"), "0.1", ROUNDS, ours, typst)?;
    let weasyprint = || by("import weasyprint; weasyprint.HTML('rows.html').write_pdf('o.pdf')");
    super::compare(&what("WeasyPrint"), "–", 1, ours, weasyprint)
}

/// A packet of many certificates, and the same files merged.
fn packet(desk: &Desk, python: &Path) -> Done {
    desk.start()?;
    let certificates = desk.anew("certificates");
    fs::create_dir(&certificates).map_err(|e| format!("{}: {e}", certificates.display()))?;
    let mut csv = "title,provider,completed_on,amount,unit,approved_by,clinical\n".to_owned();
    for number in 0..FILES {
        let _ = writeln!(csv, "Course {number},Lakeside,2024-{:02}-01,1,contact_hour,ancc,1", number % 12 + 1);
    }
    desk.write("rows.csv", csv.as_bytes())?;
    quietly(&mut desk.recert("import rows.csv")?)?;
    let mut noise = Noise(20_240_304);
    let mut pages = 0;
    for number in 0..FILES {
        let name = format!("certificates/{number:03}.pdf");
        let of = PAGES[number % PAGES.len()];
        pages += of;
        desk.write(&name, &certificate(of, &noise.bytes(60_000)))?;
        quietly(&mut desk.recert(&format!("attach c{} {name}", number + 1))?)?;
    }
    let ours = || timed(&mut desk.recert("packet -o p.pdf")?);
    let what = |other: &str| format!("packet of {FILES} files, {pages} pages; {other}");
    let qpdf = || timed(&mut desk.shell("qpdf --empty --pages certificates/*.pdf -- o.pdf"));
    super::compare(&what("qpdf"), "1", ROUNDS, ours, qpdf)?;
    let merge = "import glob, pikepdf\nwith pikepdf.new() as o:\n    for f in sorted(glob.glob('certificates/*.pdf')):\n        \
                 o.pages.extend(pikepdf.open(f).pages)\n    o.save('o.pdf')";
    let pikepdf = || {
        let mut command = program(&python.to_string_lossy(), "-c");
        timed(command.arg(merge).current_dir(&desk.folder))
    };
    super::compare(&what("pikepdf"), "–", ROUNDS, ours, pikepdf)?;
    memory(desk)
}

/// A packet of large scans: how much memory it takes.
fn memory(desk: &Desk) -> Done {
    desk.start()?;
    let mut noise = Noise(20_240_304);
    for number in 1..=LARGE {
        let added = format!("credit add --title Scan{number} --completed 2024-03-04 --amount 1 --unit contact_hour");
        quietly(&mut desk.recert(&added)?)?;
        desk.write("large.pdf", &certificate(1, &noise.bytes(LARGE_BYTES)))?;
        quietly(&mut desk.recert(&format!("attach c{number} large.pdf"))?)?;
    }
    println!("packet of {LARGE} files of {} MB:", LARGE_BYTES / 1_000_000);
    let mut peak = desk.shell("/usr/bin/env python3 -c \"import resource, subprocess, sys; subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True); print('memory of the packet:', resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1000, 'MB')\" \"$0\" --vault vault packet -o p.pdf");
    check(peak.arg(places::binary("release", "recert")?))
}

/// Pages with a line of text each, over one scan.
fn certificate(pages: usize, scan: &[u8]) -> Vec<u8> {
    let kids: Vec<String> = (0..pages).map(|page| format!("{} 0 R", 5 + 2 * page)).collect();
    let resources = "<< /Font << /F1 3 0 R >> /XObject << /I 4 0 R >> >>";
    let image = format!(
        "<< /Type /XObject /Subtype /Image /Width 245 /Height 245 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length {} >>\nstream\n",
        scan.len()
    );
    let mut objects: Vec<Vec<u8>> = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        format!("<< /Type /Pages /Kids [{}] /Count {pages} >>", kids.join(" ")).into(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_vec(),
        [image.as_bytes(), scan, b"\nendstream"].concat(),
    ];
    for page in 0..pages {
        let line = format!("BT /F1 18 Tf 72 720 Td (Certificate, page {page}) Tj ET q 245 0 0 245 72 400 cm /I Do Q");
        let content = 6 + 2 * page;
        objects.push(
            format!(
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {content} 0 R /Resources {resources} >>"
            )
            .into(),
        );
        objects.push(format!("<< /Length {} >>\nstream\n{line}\nendstream", line.len()).into());
    }
    super::attach::file(&objects)
}
