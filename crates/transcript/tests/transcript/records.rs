//! Records and evaluations to print, made in code.
#![allow(dead_code, unreachable_pub, missing_docs, clippy::unwrap_used, reason = "shared by tests and the example")]

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use domain::evaluation::{
    Basis, Bound, Cap, Counts, CreditOutcome, Dates, Gap, PeriodDates, Question, Reason, Requirement, RequirementKind,
    Standing, Verdict,
};
use domain::evaluation::{ShownBy, Way, Weakest};
use domain::{
    Approver, Credential, Credit, Evaluation, Fact, FactKind, Holder, IssuerTranscript, Kind, Papers, Points, ProofRef,
    ProofRole, Record, Status, Unit,
};
use transcript::{Labels, Material, Options, Original, Paper};

pub struct Sample {
    pub record: Record,
    pub evaluation: Evaluation,
    pub labels: Labels,
    pub options: Options,
    pub pages: BTreeMap<String, u32>,
    pub papers: BTreeMap<String, Papers>,
}

impl Sample {
    pub fn material(&self) -> Material<'_> {
        let Self { record, evaluation, labels, pages, papers, .. } = self;
        Material { record, evaluation, labels, pages, papers }
    }
}

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub fn points(text: &str) -> Points {
    text.parse().unwrap()
}

pub fn reason(text: &str) -> Reason {
    Reason { code: "sample".into(), text: text.into(), source: None }
}

fn labels() -> Labels {
    Labels {
        credential: "Certified Medical Assistant".into(),
        issuer: "American Association of Medical Assistants".into(),
        issuer_short: "AAMA".into(),
        approver: "aama".into(),
        by_birthday: false,
        place: Some("aama-ntl.org".into()),
        tags: Vec::new(),
        counts_in: ("point".into(), "points".into()),
        verify: Some("AAMA gives a digital badge that shows when the credential expires.".into()),
        categories: [("administrative", "Administrative"), ("clinical", "Clinical"), ("general", "General")]
            .map(|(id, label)| (id.to_owned(), label.to_owned()))
            .into(),
    }
}

/// What somebody lacks who has nothing yet.
fn sixty_points() -> Gap {
    Gap {
        exact: BTreeMap::new(),
        points: points("60"),
        at_least: vec![Bound {
            exact: BTreeMap::new(),
            points: points("30"),
            categories: Vec::new(),
            approver: "aama".into(),
            tags: Vec::new(),
            without_tags: Vec::new(),
            within: None,
            or: Vec::new(),
        }],
        conditions: Vec::new(),
        impossible: Vec::new(),
        sentence: "You still need 60 points: at least 30 approved by AAMA, 10 administrative, 10 clinical and 10 \
                   general."
            .into(),
    }
}

/// A record without credits.
pub fn empty() -> Sample {
    let mut record = Record::new(Holder {
        name: "Maria Delgado".into(),
        former_names: Vec::new(),
        address: Vec::new(),
        born_on: None,
        issuer_ids: BTreeMap::from([("aama".to_owned(), "123456".to_owned())]),
        documents: Vec::new(),
    });
    record.credentials.push(Credential {
        id: "cma".into(),
        pack: "cma-aama".into(),
        certified_on: Some(day("2021-03-17")),
        recertified_on: None,
        expires_on: None,
        expires_reason: None,
        periods: Vec::new(),
    });
    let line = |id: &str, label: &str, needed: &str| Requirement {
        exact: BTreeMap::new(),
        id: id.into(),
        label: label.into(),
        kind: RequirementKind::Minimum,
        path: None,
        within: None,
        needed: points(needed),
        earned: Points::ZERO,
        counted: Points::ZERO,
        short: points(needed),
        state: Verdict::NotMet,
        fills: Vec::new(),
        words: None,
        shown_by: None,
        basis: Basis::Official,
        source: "AAMA, Recertification by continuing education".into(),
    };
    let evaluation = Evaluation {
        credential: "cma".into(),
        credential_name: "CMA (AAMA)".into(),
        pack: "cma-aama".into(),
        pack_version: "2020.1".into(),
        pack_verified_on: None,
        draft: None,
        edition: None,
        on: day("2026-01-15"),
        period: PeriodDates { from: day("2021-03-17"), to: day("2026-03-31") },
        standing: Standing::Current,
        verdict: Verdict::NotMet,
        verdict_with_proof: Verdict::NotMet,
        basis: Basis::Inference,
        weakest: Weakest { rules: vec!["the period".into()], credits: Vec::new() },
        path: None,
        paths: Vec::new(),
        requirements: vec![
            line("total", "All points", "60"),
            line("administrative", "Administrative", "10"),
            line("clinical", "Clinical", "10"),
            line("general", "General", "10"),
            line("aama_approved", "Approved by AAMA", "30"),
        ],
        caps: vec![Cap {
            exact: BTreeMap::new(),
            id: "non_aama".into(),
            label: "From other sources".into(),
            counts: Counts::Points,
            limit: points("30"),
            earned: Points::ZERO,
            counted: Points::ZERO,
            source: "AAMA, Recertification by continuing education".into(),
        }],
        credits: Vec::new(),
        gap: sixty_points(),
        dates: Dates {
            expires_on: day("2026-03-31"),
            late_until: Some(day("2026-06-29")),
            late_until_latest: Some(day("2026-06-30")),
            submit_by: BTreeMap::new(),
            ways: Vec::new(),
        },
        renewal: None,
        questions: Vec::new(),
        notes: Vec::new(),
    };
    let labels = labels();
    let options = Options::new(Paper::Letter, day("2026-01-15"), "0.1.0");
    Sample { record, evaluation, labels, options, pages: BTreeMap::new(), papers: BTreeMap::new() }
}

impl Sample {
    /// Adds a credit of contact hours or AAMA CEUs with its outcome.
    pub fn add(&mut self, title: &str, completed: NaiveDate, split: &[(&str, &str)], is_approved: bool) -> &mut Credit {
        let id = format!("c{}", self.record.credits.len() + 1);
        let sum: Points = split.iter().map(|(_, part)| points(part)).sum();
        let mut credit = Credit::empty(id.clone());
        credit.title = title.into();
        credit.provider = Some(if is_approved { "AAMA e-Learning Center" } else { "Lakeside Institute" }.into());
        credit.completed_on = Some(completed);
        credit.amount = sum.to_string().parse().ok();
        credit.unit = Some(if is_approved { Unit::AamaCeu } else { Unit::ContactHour });
        credit.approver = Some(Approver::new(if is_approved { "aama" } else { "ANCC" }));
        credit.issuer_transcript = is_approved.then_some(IssuerTranscript::Posted);
        self.record.credits.push(credit);
        self.evaluation.credits.push(CreditOutcome {
            exact: BTreeMap::new(),
            id: id.into(),
            earned: sum,
            counted: sum,
            rate: "1".parse().ok(),
            split: split.iter().map(|(category, part)| ((*category).into(), points(part))).collect(),
            approved: Some(is_approved),
            proven: is_approved,
            reasons: Vec::new().into(),
        });
        self.record.credits.last_mut().unwrap()
    }

    /// What the last credit counts for.
    pub fn outcome(&mut self) -> &mut CreditOutcome {
        self.evaluation.credits.last_mut().unwrap()
    }
}

/// As many credits as asked, of every source and category, some of them with files.
pub fn many(count: usize) -> Sample {
    const TITLES: [&str; 8] = [
        "Order of Draw",
        "Infection control in the ambulatory setting: staff safety, sharps and standard precautions",
        "Insurance billing and coding update",
        "Law and ethics for medical assistants",
        "Telephone triage",
        "Working with interpreters",
        "Diabetes care: insulin delivery, foot examination and motivational interviewing in primary care",
        "Electrocardiography basics",
    ];
    const AMOUNTS: [&str; 5] = ["1", "1.5", "2", "0.25", "12.75"];
    const CATEGORIES: [&str; 3] = ["administrative", "clinical", "general"];
    let mut sample = empty();
    for index in 0..count {
        let completed = day("2021-04-02").checked_add_days(Days::new((index as u64 * 37) % 1_700)).unwrap();
        let is_approved = index % 3 != 2;
        let amount = AMOUNTS[index % AMOUNTS.len()];
        let category = CATEGORIES[(index / 2) % 3];
        let split: &[(&str, &str)] =
            if index % 11 == 10 { &[("clinical", "3"), ("general", "2.5")] } else { &[(category, amount)] };
        let credit = sample.add(TITLES[index % TITLES.len()], completed, split, is_approved);
        if index % 4 == 0 {
            credit.provider_number = Some(format!("{:06}", 104_729 + index * 17));
        }
        if index % 6 == 5 {
            credit.started_on = completed.checked_sub_days(Days::new(2));
        }
        if !is_approved && index % 2 == 0 {
            let sha256 = format!("{:016x}", 0x9e37_79b9_7f4a_7c15_u64.wrapping_mul(index as u64 + 1)).repeat(4);
            let name = format!("certificate {index}.pdf");
            credit.proofs.push(ProofRef { sha256, name, role: ProofRole::Certificate });
            sample.outcome().proven = true;
        }
    }
    sample
}

/// A record of five years with everything that makes a page difficult.
pub fn lived_in() -> Sample {
    let mut sample = many(34);
    sample.record.holder.name = "Łucja Ångström-O’Neill".into();
    sample.record.holder.former_names = vec!["Lucja Nowak".into(), "Lucja Nguyễn".into()];
    sample.evaluation.verdict = Verdict::NotMet;
    sample.evaluation.gap.points = points("2");
    sample.evaluation.gap.sentence = "You still need 2 administrative points, from any source.".into();
    let earned = ["70.25", "8", "34.5", "27.75", "47.75"];
    for (requirement, earned) in sample.evaluation.requirements.iter_mut().zip(earned) {
        requirement.earned = points(earned);
        requirement.counted = points(earned);
        requirement.short = requirement.counted.short_of(requirement.needed);
        requirement.state = if requirement.short.is_zero() { Verdict::Met } else { Verdict::NotMet };
    }
    sample.evaluation.requirements[2].state = Verdict::CannotTell;
    sample.evaluation.caps[0].earned = points("22.5");
    sample.evaluation.caps[0].counted = points("22.5");
    let completed = day("2024-05-06");
    sample.add(
        "Conference on pediatric vaccines, wound care and office leadership",
        completed,
        &[("clinical", "5")],
        false,
    );
    sample.outcome().counted = points("2.5");
    sample.outcome().split = [("clinical".into(), points("2.5"))].into_iter().collect();
    sample.outcome().reasons =
        vec![reason("At most 30 points from other sources count; this would be more.").into()].into();
    sample.add("Orientation to the new front desk software", day("2024-09-02"), &[("administrative", "8")], false);
    let outcome = sample.outcome();
    (outcome.earned, outcome.counted) = (Points::ZERO, Points::ZERO);
    outcome.reasons = vec![reason("Training on the job without formal credit earns no points.").into()].into();
    sample.add("Long before", day("2016-09-02"), &[("clinical", "8")], false);
    (sample.outcome().earned, sample.outcome().counted) = (Points::ZERO, Points::ZERO);
    sample.evaluation.questions.push(Question {
        id: "q1".into(),
        text: "Ask AAMA: does it count one CME credit as one point?".into(),
        topic: "how many points the amount on the certificate gives".into(),
        credits: vec!["c3".into(), "c6".into()],
        options: vec!["yes".into(), "no".into()],
        decides: true,
    });
    sample
}

fn file(name: &str, role: ProofRole) -> ProofRef {
    let sha256 = format!("{:08x}", name.bytes().fold(7_u32, |sum, byte| sum.wrapping_mul(31) ^ u32::from(byte)));
    ProofRef { sha256: sha256.repeat(8), name: name.into(), role }
}

/// The same with cards, documents, plans, ways of applying and a fee: what sheets show besides.
pub fn equipped(mut sample: Sample) -> Sample {
    sample.record.holder.address = vec!["12 Harbor Lane, Apartment 4".into(), "Duluth, MN 55802".into()];
    sample.record.holder.documents = vec![
        file("CMA certificate 2021.pdf", ProofRole::CredentialCertificate),
        file("Heiratsurkunde – Świadectwo małżeństwa.pdf", ProofRole::NameChange),
    ];
    let card = |id: &str, title: Option<&str>, issued: &str, expires: &str| Fact {
        id: id.into(),
        kind: FactKind::CprCard,
        title: title.map(ToOwned::to_owned),
        issued_on: Some(day(issued)),
        expires_on: Some(day(expires)),
        amount: None,
        tag: Some("bls".into()),
        credential: None,
        proofs: vec![file(&format!("{id} front.jpg"), ProofRole::CardFront)],
    };
    sample.record.facts = vec![
        card("f1", Some("BLS Provider, American Heart Association"), "2025-06-02", "2027-06-30"),
        card("f2", None, "2023-05-04", "2025-05-31"),
    ];
    let earned = sample.add("Heartsaver First Aid CPR AED", day("2024-10-21"), &[("clinical", "4")], true);
    (earned.kind, earned.unit, earned.amount) = (Kind::CprCard, Some(Unit::CprCard), "1".parse().ok());
    earned.expires_on = Some(day("2026-10-31"));
    earned.proofs = vec![file("cpr front.jpg", ProofRole::CardFront), file("cpr back.jpg", ProofRole::CardBack)];
    for (title, on) in [("Coding update for 2026", Some("2026-02-12")), ("Regional spring meeting", None)] {
        let planned = sample.add(title, day("2026-02-12"), &[("administrative", "2")], true);
        (planned.status, planned.completed_on) = (Status::Planned, on.map(day));
        let outcome = sample.outcome();
        (outcome.earned, outcome.counted) = (Points::ZERO, Points::ZERO);
    }
    let way = |way: &str, label: &str, by: &str| Way {
        way: way.into(),
        label: label.into(),
        opens_on: None,
        by: day(by),
        by_basis: Basis::Official,
        barred: None,
        answer_by: None,
        in_time: None,
        outlook: None,
        afterwards: None,
        source: String::new(),
    };
    sample.evaluation.dates.ways = vec![
        way("at_once", "By phone or online, with every point on AAMA’s transcript", "2026-03-31"),
        way("online", "Online", "2026-03-10"),
        way("mail", "By mail", "2026-03-01"),
    ];
    let fee = Requirement {
        id: "fee".into(),
        label: "Fee".into(),
        kind: RequirementKind::Advice,
        shown_by: Some(ShownBy { fact: FactKind::Fee, tag: None, hours: false, none: false, lacks_paper: false }),
        words: Some("Ask AAMA for the current fee.".into()),
        ..sample.evaluation.requirements[0].clone()
    };
    sample.evaluation.requirements.push(fee);
    sample.pages = page_counts(&sample);
    sample
}

/// For every second file how many pages it has.
fn page_counts(sample: &Sample) -> BTreeMap<String, u32> {
    let files = sample.record.credits.iter().flat_map(|credit| &credit.proofs);
    files.step_by(2).zip(1..).map(|(file, pages)| (file.sha256.clone(), pages % 4 + 1)).collect()
}

/// A file as it may come from anywhere: it holds what ends a stream of a PDF, and ends in half a line end.
pub fn original(sha256: &str) -> Original {
    let bytes = format!("%PDF-1.7\r\nstream\r\n{sha256}\r\nendstream\r\n%%EOF\r").into_bytes();
    Original { bytes, media_type: "application/pdf".into() }
}
