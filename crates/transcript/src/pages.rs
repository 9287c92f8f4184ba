//! What stands where: the front with the verdict, the credits, and what a reader needs to check them.

use std::collections::{BTreeMap, BTreeSet};

use domain::evaluation::{Cap, Counts, RequirementKind, Verdict};
use domain::{Amount, Points, Unit, date};

use crate::display::{Anchor, Item, Pages, Print, Shape, Style, Tag};
use crate::fonts::{Face, Fonts, Printable};
use crate::layout::{Align, Cell, Column, Flow, Kind, MARGIN, Mark, Row, Table};
use crate::options::{Extent, Hidden};
use crate::wrap::wrap;
use crate::{Error, Transcript, credits, words};

pub(crate) const TITLE: &str = "Continuing education transcript";

pub(crate) const GREY: f32 = 0.36;
const TITLE_STYLE: Style = Style { face: Face::Semibold, size: 22.0, leading: 28.0, ink: 0.0 };
const HEADING: Style = Style { face: Face::Semibold, size: 13.0, leading: 17.0, ink: 0.0 };
pub(crate) const VERDICT: Style = Style { face: Face::Semibold, size: 12.0, leading: 16.0, ink: 0.0 };
pub(crate) const BODY: Style = Style { face: Face::Regular, size: 10.0, leading: 14.0, ink: 0.0 };
pub(crate) const SMALL: Style = Style { face: Face::Regular, size: 9.0, leading: 12.0, ink: 0.0 };
pub(crate) const NOTE: Style = Style { ink: GREY, ..SMALL };
pub(crate) const STRONG: Style = Style { face: Face::Semibold, ..SMALL };
const ATTACHED: &str = "These files are attached to this document, each as it was added to the record, under the number of \
                        its exhibit. A PDF reader lists them under attachments.";
/// Two lines at most for each part of the foot; whoever has a longer name finds it whole on the first page.
const FOOT_LINES: usize = 2;
/// Above a heading; less of it where all has to stand on one page.
const SECTION_GAP: f32 = 18.0;
const SUMMARY_GAP: f32 = 8.0;
/// What the lines to sign on take.
pub(crate) const SIGNATURE: f32 = 40.0 + 3.0 + NOTE.leading;

/// A label, what it labels, and how that looks.
pub(crate) type Line = (&'static str, String, Style);

/// All pages.
pub(crate) fn compose(fonts: &Fonts, transcript: &Transcript) -> Result<Pages, Error> {
    let foot = Foot::new(fonts, transcript)?;
    let options = transcript.options;
    let mut sheet = Sheet { flow: Flow::new(fonts, options.room(), foot.height()), fonts, transcript };
    sheet.front()?;
    sheet.requirements()?;
    match options.extent {
        Extent::Whole => {
            credits::list(&mut sheet)?;
            sheet.questions()?;
            sheet.conversions()?;
            sheet.exhibits()?;
            sheet.legend()?;
        }
        Extent::Summary => credits::sums(&mut sheet)?,
    }
    sheet.statement()?;
    sheet.finish(&foot)
}

/// The flow of the pages together with what they are made from.
pub(crate) struct Sheet<'t, 'r> {
    pub(crate) flow: Flow<'t>,
    pub(crate) fonts: &'t Fonts,
    pub(crate) transcript: &'t Transcript<'r>,
}

impl<'r> Sheet<'_, 'r> {
    /// The pages with their foot, in the size they are printed in.
    pub(crate) fn finish(self, foot: &Foot) -> Result<Pages, Error> {
        let mut pages = self.flow.finish();
        foot.stamp(self.fonts, &mut pages)?;
        Ok(match self.transcript.options.print {
            Print::Regular => pages,
            Print::Large => pages.enlarged(Print::LARGER),
        })
    }

    /// A cell with one text.
    pub(crate) fn cell(&self, tag: Tag, style: Style, place: &str, text: &str) -> Result<Cell, Error> {
        let texts = if text.is_empty() { Vec::new() } else { vec![(style, self.fonts.printable(place, text)?)] };
        Ok(Cell { tag, span: 1, mark: None, texts, links: Vec::new(), anchor: None })
    }

    pub(crate) fn text(&mut self, style: Style, place: &str, text: &str) -> Result<(), Error> {
        let text = self.fonts.printable(place, text)?;
        self.flow.paragraph(Tag::P, style, &text, 0.0);
        Ok(())
    }

    pub(crate) fn gap(&mut self) {
        let gap = match self.transcript.options.extent {
            Extent::Whole => SECTION_GAP,
            Extent::Summary => SUMMARY_GAP,
        };
        self.flow.space(gap);
    }

    pub(crate) fn section(&mut self, heading: &str, table: &Table) -> Result<(), Error> {
        let heading = self.fonts.printable("a heading", heading)?;
        self.gap();
        self.flow.table(Some((HEADING, &heading)), table)
    }

    pub(crate) fn heading(&mut self, heading: &str) -> Result<(), Error> {
        let heading = self.fonts.printable("a heading", heading)?;
        self.gap();
        self.flow.heading(Tag::H2, HEADING, &heading, 3.0 * BODY.leading);
        self.flow.space(3.0);
        Ok(())
    }

    fn front(&mut self) -> Result<(), Error> {
        let Transcript { record, evaluation, labels, .. } = self.transcript;
        let nature = format!(
            "Personal record prepared by the credential holder. Self-reported; not an {} transcript, and not affiliated \
             with or endorsed by the {}.",
            labels.issuer_short, labels.issuer
        );
        let (mut who, basis) = (self.who(), self.basis());
        let born = record.holder.born_on.filter(|_| labels.by_birthday);
        who.extend(born.map(|born| ("Born", date::short(born), SMALL)));
        // One page has no room for it.
        let address = self.address().filter(|_| self.transcript.options.extent == Extent::Whole);
        let lines = address.into_iter().flatten().enumerate();
        who.extend(lines.map(|(index, line)| (if index == 0 { "Address" } else { "" }, line.clone(), SMALL)));
        self.head(TITLE, &nature, &who, &basis)?;
        let sentence = match (evaluation.gap.sentence.trim(), evaluation.verdict) {
            ("", Verdict::Met) => "The requirements are met.",
            ("", Verdict::NotMet) => "The requirements are not met yet.",
            ("", Verdict::CannotTell) => "It is not known yet whether the requirements are met.",
            (sentence, _) => sentence,
        };
        self.verdict(mark(evaluation.verdict), sentence)?;
        let more = format!(
            "{} {}{}",
            words::standing(evaluation),
            words::with_proof(evaluation),
            words::basis(evaluation.basis, labels)
        );
        self.flow.space(2.0);
        let more = self.fonts.printable("the verdict", &more)?;
        self.flow.paragraph(Tag::P, BODY, &more, 17.0);
        for note in &evaluation.notes {
            let note = self.fonts.printable("a note", &note.text)?;
            self.flow.space(2.0);
            self.flow.paragraph(Tag::P, BODY, &note, 17.0);
        }
        Ok(())
    }

    /// The title, what sort of document this is, and two columns of labelled lines between rules.
    pub(crate) fn head(&mut self, title: &str, nature: &str, left: &[Line], right: &[Line]) -> Result<(), Error> {
        let title = self.fonts.printable("the title", title)?;
        self.flow.paragraph(Tag::H1, TITLE_STYLE, &title, 0.0);
        self.text(Style { ink: GREY, ..BODY }, "the issuer’s name", nature)?;
        self.flow.space(9.0);
        self.flow.rule(0.0, self.flow.width(), 0.8, 0.0);
        self.flow.space(9.0);
        self.labelled(left, right)?;
        self.flow.space(9.0);
        self.flow.rule(0.0, self.flow.width(), 0.4, 0.6);
        self.flow.space(14.0);
        Ok(())
    }

    /// One sentence that says it all, beside its sign.
    pub(crate) fn verdict(&mut self, mark: Mark, sentence: &str) -> Result<(), Error> {
        let sentence = self.fonts.printable("the verdict", sentence)?;
        self.flow.mark(mark, VERDICT, 0.0);
        self.flow.paragraph(Tag::P, VERDICT, &sentence, 17.0);
        Ok(())
    }

    /// Who holds what.
    pub(crate) fn who(&self) -> Vec<Line> {
        let Transcript { record, credential, evaluation, labels, options, .. } = self.transcript;
        let holder = &record.holder;
        let mut who = vec![("Holder", holder.name.clone(), STRONG)];
        if !holder.former_names.is_empty() && !options.hides(Hidden::FormerNames) {
            who.push(("Former names", holder.former_names.join(", "), SMALL));
        }
        who.push(("Credential", labels.in_full(&evaluation.credential_name), SMALL));
        if let Some(number) = holder.issuer_ids.get(&labels.approver).filter(|_| !options.hides(Hidden::Numbers)) {
            who.push(("Member no.", number.clone(), SMALL));
        }
        for (label, day) in [("Certified", credential.certified_on), ("Recertified", credential.recertified_on)] {
            if let Some(day) = day {
                who.push((label, date::short(day), SMALL));
            }
        }
        who
    }

    /// Where letters reach the holder, if that is known and shown.
    pub(crate) fn address(&self) -> Option<&'r [String]> {
        let Transcript { record, options, .. } = self.transcript;
        let address = &record.holder.address;
        (!address.is_empty() && !options.hides(Hidden::Address)).then_some(&**address)
    }

    /// What the pages rest on.
    pub(crate) fn basis(&self) -> Vec<Line> {
        let Transcript { evaluation, options, .. } = self.transcript;
        let issuer = &self.transcript.labels.issuer_short;
        let checked = match evaluation.pack_verified_on {
            Some(day) => format!("Against {issuer}’s website on {}", date::short(day)),
            None => format!("Not yet against {issuer}’s website"),
        };
        let period = evaluation.period;
        vec![
            ("Period", words::span(Some(period.from), Some(period.to)), STRONG),
            ("Status as of", date::short(evaluation.on), SMALL),
            ("Printed on", date::short(options.printed_on), SMALL),
            ("Rules", format!("{}, version {}", evaluation.pack, evaluation.pack_version), SMALL),
            ("Rules checked", checked, SMALL),
            ("Made with", format!("Recert {}", options.app_version), SMALL),
        ]
    }

    fn labelled(&mut self, left: &[Line], right: &[Line]) -> Result<(), Error> {
        let mut rows = Vec::new();
        for index in 0..left.len().max(right.len()) {
            let mut cells = Vec::new();
            for side in [left, right] {
                match side.get(index) {
                    Some((label, value, style)) => {
                        // A line that goes on has no label of its own.
                        let tag = if label.is_empty() { Tag::Cell } else { Tag::RowHead };
                        cells.push(self.cell(tag, NOTE, "a label", label)?);
                        cells.push(self.cell(Tag::Cell, *style, &format!("The line “{label}”"), value)?);
                    }
                    None => cells.extend([self.cell(Tag::Cell, SMALL, "", "")?, self.cell(Tag::Cell, SMALL, "", "")?]),
                }
            }
            rows.push(Row { kind: Kind::Plain, cells });
        }
        let value = self.flow.width() / 2.0 - 76.0;
        let columns = [76.0, value, 76.0, value].map(|width| Column { head: "", width, align: Align::Left });
        self.flow.table(None, &Table { columns: columns.into(), headed: false, style: SMALL, rows })
    }

    fn requirements(&mut self) -> Result<(), Error> {
        let evaluation = self.transcript.evaluation;
        let mut rows = Vec::new();
        // What is only advised is between her and the issuer's page, not for those who read this one.
        for requirement in evaluation.requirements.iter().filter(|line| line.kind != RequirementKind::Advice) {
            let place = format!("the requirement “{}”", requirement.label);
            let mut label = self.cell(Tag::RowHead, SMALL, &place, &requirement.label)?;
            let of_path = evaluation.paths.iter().find(|path| Some(&path.id) == requirement.path.as_ref());
            let path = of_path.map(|path| format!("One of several ways: {}", path.label));
            let within = requirement.within.map(|dates| words::span(Some(dates.from), Some(dates.to)));
            for note in within.into_iter().chain(path).chain(requirement.words.clone()).chain(requirement.hours()) {
                label.texts.push((NOTE, self.fonts.printable(&place, &note)?));
            }
            let mut cells = vec![label];
            let points = [requirement.needed, requirement.earned, requirement.counted, requirement.short];
            for points in points {
                let text = match requirement.kind {
                    RequirementKind::Minimum => points.to_string(),
                    RequirementKind::Condition | RequirementKind::Advice => String::new(),
                };
                cells.push(self.cell(Tag::Cell, SMALL, &place, &text)?);
            }
            let style = if requirement.state == Verdict::Met { SMALL } else { STRONG };
            let state = self.cell(Tag::Cell, style, &place, words::state(requirement.state))?;
            cells.push(Cell { mark: Some(mark(requirement.state)), ..state });
            rows.push(Row { kind: Kind::Body, cells });
        }
        if rows.is_empty() {
            return Ok(());
        }
        let number = |head, width| Column { head, width, align: Align::Decimal };
        let numbers =
            [number("Needed", 56.0), number("Earned", 56.0), number("Counted", 60.0), number("Still needed", 88.0)];
        let taken: f32 = numbers.iter().map(|column| column.width).sum();
        let state = 84.0;
        let mut columns =
            vec![Column { head: "Requirement", width: self.flow.width() - taken - state, align: Align::Left }];
        columns.extend(numbers);
        columns.push(Column { head: "Status", width: state, align: Align::Left });
        // A reader must not see one line met and miss another overleaf that is not.
        let table = Table { columns, headed: true, style: SMALL, rows };
        self.flow.keep_whole(SECTION_GAP + HEADING.leading + 4.0, &table)?;
        self.section("Requirements", &table)?;
        self.flow.space(6.0);
        for cap in &evaluation.caps {
            let Cap { label, limit, earned, counted, .. } = cap;
            let line = match cap.counts {
                Counts::Points => format!("{label}: at most {limit} count; earned {earned}, counted {counted}."),
                Counts::Credits => {
                    format!("{label}: at most {limit} count, whatever each is worth; {}.", cap.of_credits())
                }
            };
            self.text(SMALL, "the name of a limit", &line)?;
        }
        Ok(())
    }

    fn questions(&mut self) -> Result<(), Error> {
        let Transcript { evaluation, entries, .. } = self.transcript;
        if evaluation.questions.is_empty() {
            return Ok(());
        }
        self.heading("Open questions")?;
        let numbers: BTreeMap<&str, usize> = entries.all().map(|entry| (&*entry.credit.id, entry.number)).collect();
        for question in &evaluation.questions {
            let about: BTreeSet<usize> =
                question.credits.iter().filter_map(|id| numbers.get(id.as_str()).copied()).collect();
            let about = about.iter().map(usize::to_string).collect::<Vec<_>>();
            let about = match about.as_slice() {
                [] => String::new(),
                [one] => format!(" (credit {one})"),
                several => format!(" (credits {})", several.join(", ")),
            };
            self.text(SMALL, "an open question", &format!("{}{about}", question.text))?;
            self.flow.space(3.0);
        }
        Ok(())
    }

    /// How printed amounts became points, one line for each unit and rate that occurs.
    fn conversions(&mut self) -> Result<(), Error> {
        let mut sums: BTreeMap<(Unit, Amount), (usize, i64, Points)> = BTreeMap::new();
        for entry in self.transcript.entries.sections.iter().flat_map(|s| &s.groups).flat_map(|group| &group.entries) {
            let (Some(amount), Some(unit)) = (entry.credit.amount, entry.credit.unit) else { continue };
            let Some(rate) = entry.outcome.rate else { continue };
            let sum = sums.entry((unit, rate)).or_default();
            sum.0 += 1;
            sum.1 += amount.ten_thousandths();
            sum.2 += entry.outcome.earned;
        }
        if sums.is_empty() {
            return Ok(());
        }
        self.heading("Conversions used")?;
        for ((unit, rate), (credits, amount, points)) in sums {
            let line = format!(
                "{} = {}. {}: {} = {}.",
                words::amount("1", unit),
                words::amount(&rate.to_string(), Unit::Point),
                words::count(credits, "credit", "credits"),
                words::amount(&decimal(amount), unit),
                words::amount(&points.to_string(), Unit::Point),
            );
            self.text(SMALL, "a conversion", &line)?;
        }
        Ok(())
    }

    /// Every file: in a packet with its pages, to which its number leads.
    fn exhibits(&mut self) -> Result<(), Error> {
        let Transcript { entries, packed, .. } = self.transcript;
        if entries.exhibits.is_empty() {
            return Ok(());
        }
        let mut rows = Vec::new();
        for (index, exhibit) in entries.exhibits.iter().enumerate() {
            let place = format!("The name of exhibit {}", index + 1);
            let mut number = self.cell(Tag::RowHead, SMALL, &place, &(index + 1).to_string())?;
            match packed {
                Some(_) => number.links.push((0, Anchor::Exhibit(index + 1))),
                None => number.anchor = Some(Anchor::Exhibit(index + 1)),
            }
            let name = words::file_name(self.fonts, exhibit.name)?;
            let mut cells = vec![number, self.cell(Tag::Cell, SMALL, &place, name.as_str())?];
            let mut shows = self.cell(Tag::Cell, SMALL, &place, "")?;
            if let Some(laid) = packed.as_ref().and_then(|packed| packed.get(index)) {
                let credits = Some(words::numbers("Credit", "Credits", &exhibit.credits));
                let credits = credits.filter(|_| !exhibit.credits.is_empty());
                for text in credits.iter().chain(&exhibit.others) {
                    shows.texts.push((SMALL, self.fonts.printable("the name of a card or another paper", text)?));
                }
                cells.push(shows);
                cells.push(self.cell(Tag::Cell, SMALL, &place, &words::laid(laid))?);
                cells.push(self.cell(Tag::Cell, SMALL, &place, exhibit.sha256)?);
            } else {
                for role in &exhibit.roles {
                    shows.texts.push((SMALL, self.fonts.printable(&place, words::role(*role))?));
                }
                let credits = exhibit.credits.iter().map(usize::to_string).collect::<Vec<_>>().join(", ");
                let credits = self.cell(Tag::Cell, SMALL, &place, &credits)?;
                let beginning = exhibit.sha256.get(..12).unwrap_or(exhibit.sha256);
                cells.extend([shows, credits]);
                cells.push(self.cell(Tag::Cell, SMALL, &place, beginning)?);
            }
            rows.push(Row { kind: Kind::Body, cells });
        }
        let after: &[(&str, f32)] = match packed {
            Some(_) => &[("Shows", 108.0), ("Pages", 62.0), ("SHA-256", 160.0)],
            None => &[("What it shows", 104.0), ("Of credit", 72.0), ("SHA-256 begins with", 92.0)],
        };
        let taken: f32 = after.iter().map(|(_, width)| width).sum();
        let columns = [("Exhibit", 54.0), ("File", self.flow.width() - 54.0 - taken)].into_iter();
        let columns = columns.chain(after.iter().copied());
        let columns = columns.map(|(head, width)| Column { head, width, align: Align::Left }).collect();
        self.section("Exhibits", &Table { columns, headed: true, style: SMALL, rows })?;
        if self.transcript.options.attaches() && packed.is_none() {
            self.flow.space(6.0);
            self.text(SMALL, "", ATTACHED)?;
        }
        Ok(())
    }

    fn legend(&mut self) -> Result<(), Error> {
        let Transcript { evaluation, labels, entries, .. } = self.transcript;
        let short = &labels.issuer_short;
        let mut lines = vec![
            "Earned: what a credit is worth in points before any limit. Counted: what is left once limits are applied and \
             each point is used once."
                .to_owned(),
        ];
        if entries.all().next().is_some() {
            lines.push("As printed: the amount and the unit as they stand on the certificate.".to_owned());
            lines.push(format!(
                "Proof: files the holder keeps, listed under Exhibits, or {short}’s own transcript. Details missing: \
                 something that {short} asks for is not shown or not filled in yet."
            ));
            let amounts = entries.all().flat_map(|entry| credits::amounts(entry.credit));
            lines.push(words::abbreviations(labels, &amounts.map(|(_, unit)| unit).collect()));
        }
        if !entries.exhibits.is_empty() {
            lines.push("SHA-256 is a fingerprint of a file: a changed file has another one.".to_owned());
        }
        lines.push("This file carries the same record in machine-readable form (record.json).".to_owned());
        let sources: BTreeSet<&str> = evaluation
            .requirements
            .iter()
            .map(|requirement| requirement.source.trim())
            .chain(evaluation.caps.iter().map(|cap| cap.source.trim()))
            .filter(|source| !source.is_empty())
            .collect();
        if !sources.is_empty() {
            lines.push(format!("Sources of the rules: {}", sources.into_iter().collect::<Vec<_>>().join("; ")));
        }
        if entries.all().next().is_some() {
            lines.push(format!(
                "To the holder: keep a copy of these pages and the originals of the certificates until {short} has \
                 confirmed the renewal, and as long after that as it may ask for them."
            ));
        }
        let mut texts = Vec::new();
        let mut keep = 3.0;
        for line in lines {
            let text = self.fonts.printable("the issuer’s name or the source of a rule", &line)?;
            keep += wrap(self.fonts, SMALL, &text, self.flow.width()).iter().map(|_| SMALL.leading).sum::<f32>();
            texts.push(text);
        }
        let heading = self.fonts.printable("a heading", "How to read these pages")?;
        self.gap();
        self.flow.heading(Tag::H2, HEADING, &heading, keep);
        self.flow.space(3.0);
        for text in &texts {
            self.flow.paragraph(Tag::P, SMALL, text, 0.0);
        }
        Ok(())
    }

    pub(crate) fn statement(&mut self) -> Result<(), Error> {
        let heading = self.fonts.printable("a heading", "Statement by the holder")?;
        self.gap();
        let signatures = if self.transcript.options.is_reviewed() { 2.0 * SIGNATURE } else { SIGNATURE };
        self.flow.heading(Tag::H2, HEADING, &heading, 3.0 + BODY.leading + signatures);
        self.flow.space(3.0);
        self.text(
            BODY,
            "the statement",
            "I prepared this record myself. To the best of my knowledge it is complete and correct.",
        )?;
        self.signature()?;
        if self.transcript.options.is_reviewed() {
            self.signed("Reviewed by: signature, name and title")?;
        }
        Ok(())
    }

    /// Lines to sign and date on.
    pub(crate) fn signature(&mut self) -> Result<(), Error> {
        self.signed(&format!("Signature of {}", self.transcript.record.holder.name))
    }

    /// Lines for a signature and its date.
    fn signed(&mut self, whose: &str) -> Result<(), Error> {
        self.flow.need(SIGNATURE);
        self.flow.space(40.0);
        let (date_from, width) = (self.flow.width() - 130.0, self.flow.width());
        self.flow.rule(0.0, date_from - 24.0, 0.6, 0.0);
        self.flow.rule(date_from, width, 0.6, 0.0);
        self.flow.space(3.0);
        let date = self.fonts.printable("a label", "Date")?;
        self.flow.label(NOTE, &date, date_from);
        // The name may be long: it stands last and wraps below the lines.
        let name = self.fonts.printable("the holder’s name", whose)?;
        self.flow.paragraph_within(Tag::P, NOTE, &name, 0.0, date_from - 24.0);
        Ok(())
    }
}

/// The sign beside a status.
fn mark(verdict: Verdict) -> Mark {
    match verdict {
        Verdict::Met => Mark::Tick,
        Verdict::NotMet => Mark::Cross,
        Verdict::CannotTell => Mark::Dash,
    }
}

/// Ten-thousandths as a decimal without needless zeros.
fn decimal(ten_thousandths: i64) -> String {
    let text = format!("{}.{:04}", ten_thousandths / 10_000, ten_thousandths % 10_000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// What stands at the foot of every page.
pub(crate) struct Foot {
    left: Vec<Vec<String>>,
    document: Printable,
}

impl Foot {
    const GAP: f32 = 18.0;
    const RIGHT: f32 = 120.0;

    pub(crate) fn new(fonts: &Fonts, transcript: &Transcript) -> Result<Self, Error> {
        let Transcript { record, evaluation, labels, options, hash, .. } = transcript;
        let width = options.room().0 - 2.0 * MARGIN - Self::RIGHT;
        let period = words::span(Some(evaluation.period.from), Some(evaluation.period.to));
        let who = format!("{} · {} · {period}", record.holder.name, evaluation.credential_name);
        let nature =
            format!("Personal record prepared by the credential holder; not an {} transcript", labels.issuer_short);
        let mut left = Vec::new();
        for (place, text) in [("the holder’s name", who), ("the issuer’s name", nature)] {
            let mut lines = wrap(fonts, NOTE, &fonts.printable(place, &text)?, width);
            if lines.len() > FOOT_LINES {
                lines.truncate(FOOT_LINES);
                if let Some(last) = lines.last_mut() {
                    while fonts.width(NOTE.face, NOTE.size, &format!("{last}…")) > width {
                        last.pop();
                    }
                    last.push('…');
                }
            }
            left.push(lines);
        }
        let id: Vec<String> = hash.iter().take(6).map(|byte| format!("{byte:02x}")).collect();
        let id = id.chunks(2).map(<[String]>::concat).collect::<Vec<_>>().join(" ");
        let document = fonts.printable("the document’s number", &format!("Document {id}"))?;
        Ok(Self { left, document })
    }

    pub(crate) fn height(&self) -> f32 {
        let lines: usize = self.left.iter().map(Vec::len).sum();
        #[allow(clippy::cast_precision_loss, reason = "four lines at most")]
        let lines = lines as f32;
        Self::GAP + lines * NOTE.leading
    }

    /// Artifacts on every page: a reader hears them once, from the first page's text.
    fn stamp(&self, fonts: &Fonts, pages: &mut Pages) -> Result<(), Error> {
        let total = pages.pages.len();
        for (index, page) in pages.pages.iter_mut().enumerate() {
            let (width, height) = page.size;
            let (left, right) = (MARGIN, width - MARGIN);
            let mut draw = |shape| page.items.push(Item { element: None, shape });
            let mut y = height - MARGIN - self.height() + Self::GAP;
            draw(Shape::Stroke { points: vec![(left, y - 5.0), (right, y - 5.0)], weight: 0.4, ink: 0.6 });
            let number = fonts.printable("the page’s number", &format!("Page {} of {total}", index + 1))?;
            for (lines, beside) in self.left.iter().zip([&number, &self.document]) {
                let beside = beside.as_str();
                let x = right - fonts.width(NOTE.face, NOTE.size, beside);
                let bounds = (right - Self::RIGHT + 6.0, right);
                draw(Shape::Text { x, y: y + 9.0, style: NOTE, text: beside.to_owned(), bounds });
                for line in lines {
                    let bounds = (left, right - Self::RIGHT);
                    draw(Shape::Text { x: left, y: y + 9.0, style: NOTE, text: line.clone(), bounds });
                    y += NOTE.leading;
                }
            }
        }
        Ok(())
    }
}
