//! What proofs look like in a packet, told by a renderer that has nothing to do with Recert.

use std::path::Path;
use std::process::Command;

use crate::command::{Desk, pdf_that_draws, small_pdf};

/// Left and right of a proof, above it and below it, in points.
const EDGE: f64 = 28.0;
const BAND: f64 = 50.0;
const FOOT: f64 = 36.0;
/// How finely two pictures of a page are compared.
const CELLS: usize = 12;

/// A page in greys, from the top.
struct Picture {
    size: (usize, usize),
    greys: Vec<u8>,
}

impl Picture {
    fn of(pdf: &Path, page: usize, dots_per_inch: f64) -> Self {
        let page = page.to_string();
        let output = Command::new("pdftoppm")
            .args(["-gray", "-cropbox", "-f", &page, "-l", &page, "-r", &dots_per_inch.to_string()])
            .arg(pdf)
            .output()
            .unwrap();
        assert!(output.status.success(), "{output:?}");
        // A netpbm file: “P5”, width, height, the whitest white, one white space, the greys.
        let mut words = output.stdout.splitn(4, |byte| byte.is_ascii_whitespace());
        let mut word = || words.next().unwrap();
        assert_eq!(word(), b"P5");
        let mut number = || String::from_utf8_lossy(word()).parse::<usize>().unwrap();
        let size = (number(), number());
        let greys = output.stdout[output.stdout.len() - size.0 * size.1..].to_vec();
        Self { size, greys }
    }

    /// How dark each cell of a part of it is, from 0 to 255; the part is from left, top to right, bottom.
    fn ink(&self, (left, top, right, bottom): (f64, f64, f64, f64)) -> Vec<f64> {
        let step = |from: f64, to: f64, cell: usize| (from + (to - from) * cell as f64 / CELLS as f64).round() as usize;
        let mut cells = Vec::new();
        for (row, column) in (0..CELLS).flat_map(|row| (0..CELLS).map(move |column| (row, column))) {
            let ys = step(top, bottom, row)..step(top, bottom, row + 1).min(self.size.1);
            let xs = step(left, right, column)..step(left, right, column + 1).min(self.size.0);
            let all: Vec<f64> = ys
                .flat_map(|y| xs.clone().map(move |x| y * self.size.0 + x))
                .map(|at| 255.0 - f64::from(self.greys[at]))
                .collect();
            cells.push(all.iter().sum::<f64>() / all.len().max(1) as f64);
        }
        cells
    }

    fn whole(&self) -> (f64, f64, f64, f64) {
        (0.0, 0.0, self.size.0 as f64, self.size.1 as f64)
    }
}

/// In what an exhibit's page differs from the proof's own first one, if in anything.
fn difference(proof: &Path, packet: &Path, at: usize) -> Option<String> {
    const DOTS: f64 = 100.0;
    let points = |pdf: &Path, page: usize| {
        let (width, height) = Picture::of(pdf, page, 72.0).size;
        (width as f64, height as f64)
    };
    let ((width, height), (across, down)) = (points(proof, 1), points(packet, at));
    let scale = ((across - 2.0 * EDGE) / width).min((down - BAND - FOOT) / height).min(1.0);
    let own = Picture::of(proof, 1, DOTS * scale);
    let here = Picture::of(packet, at, DOTS);
    let dots = |points: f64| points * DOTS / 72.0;
    let (left, right) = ((across - width * scale) / 2.0, (across + width * scale) / 2.0);
    let part = (dots(left), dots(BAND), dots(right), dots(BAND + height * scale));
    let (own, here) = (own.ink(own.whole()), here.ink(part));
    let (all, seen): (f64, f64) = (own.iter().sum(), here.iter().sum());
    if (all - seen).abs() > all * 0.05 + 30.0 {
        return Some(format!("{seen:.0} of {all:.0} are drawn"));
    }
    let darkest = own.iter().copied().fold(0.0, f64::max);
    let apart = own.iter().zip(&here).map(|(own, here)| (own - here).abs()).fold(0.0, f64::max);
    (apart > darkest * 0.25 + 6.0).then(|| format!("a part differs by {apart:.0} of {darkest:.0}"))
}

/// Relies on how a page begins: black, solid lines of one point, letters as wide as they are.
const PLAIN: &str =
    "BT /F1 40 Tf 72 620 Td (Certificate) Tj ET 72 500 300 60 re f 72 300 m 500 300 l S 72 200 400 50 re S";

#[test]
fn a_proof_looks_in_a_packet_as_it_does_alone() {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let mut proofs = vec![fixtures.join("sample-certificate.pdf")];
    let desk = Desk::of_maria();
    for (name, bytes) in [("small.pdf", small_pdf("Order of Draw")), ("plain.pdf", pdf_that_draws(PLAIN))] {
        desk.write(name, bytes);
        proofs.push(desk.path(name));
    }
    let mut faults = Vec::new();
    for proof in &proofs {
        let id = desk.credit(&["--title", "T", "--completed", "2024-03-04", "--amount", "2", "--unit", "contact_hour"]);
        desk.done(&["attach", &id, &proof.display().to_string()]);
        desk.done(&["packet", "-o", "packet.pdf", "--only", "all"]);
        let last = all_pages(&desk.path("packet.pdf"));
        let different = difference(proof, &desk.path("packet.pdf"), last);
        faults.extend(different.map(|different| format!("{}: {different}", proof.display())));
        desk.done(&["credit", "remove", &id]);
    }
    assert_eq!(faults, Vec::<String>::new());
}

fn all_pages(pdf: &Path) -> usize {
    let told = Command::new("pdfinfo").arg(pdf).output().unwrap().stdout;
    let told = String::from_utf8_lossy(&told).into_owned();
    told.lines().find_map(|line| line.strip_prefix("Pages:")).unwrap().trim().parse().unwrap()
}
