//! CMA (AAMA), from its published rules: 60 points in 60 months, 10 in each category, at most 30 from elsewhere.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};
use domain::evaluation::{Standing, Verdict};
use domain::{Approver, Award, Credit, IssuerTranscript, Kind, ProofRole, Record, Status, Unit, evaluate};

use crate::comparison::{Answer, PACKS, compare};
use crate::dates::{day, days_of_month, earlier, later, month_end, month_start};
use crate::fraction::Frac;
use crate::random::{Dice, paper, plain_credit, record_for};
use crate::readings::{Outcome, best, every_choice, every_set, of_repeats, taken_together};

const CATEGORIES: [&str; 3] = ["administrative", "clinical", "general"];

/// Points by category, or points that may be any of them, in shares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Shares {
    Known([Frac; 3]),
    Any(Frac),
}

impl Shares {
    fn of(self, categories: &[usize]) -> Frac {
        match self {
            Self::Known(points) => categories.iter().map(|at| points[*at]).sum(),
            Self::Any(points) => points,
        }
    }
}

/// What one credit is worth on one reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Worth {
    shares: Shares,
    by_aama: bool,
    before_certification: bool,
    is_card: bool,
}

/// What one reading says of days.
#[derive(Debug, Clone, Copy)]
struct Calendar {
    is_first_period: bool,
    expiry: NaiveDate,
    on: NaiveDate,
    /// The first day that counts: the day of certification or the first of its month.
    first_day: NaiveDate,
    /// Where the three months before certification begin.
    before_from: NaiveDate,
    cards_from_before: bool,
    after_expiry: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Period,
    BeforeCertification,
    Outside,
}

impl Calendar {
    fn place(&self, day: NaiveDate) -> Place {
        let last = if self.after_expiry { late_ends(self.expiry)[1] } else { self.expiry };
        if day > self.on || day > last {
            Place::Outside
        } else if day >= self.first_day {
            Place::Period
        } else if self.is_first_period && day >= self.before_from {
            Place::BeforeCertification
        } else {
            Place::Outside
        }
    }
}

/// Three months to the end of the month, or 90 days: the earlier one first.
fn late_ends(expiry: NaiveDate) -> [NaiveDate; 2] {
    let (months, days) = (month_end(later(month_start(expiry), 3)), expiry + Days::new(90));
    [months.min(days), months.max(days)]
}

fn expiry(record: &Record) -> NaiveDate {
    let credential = &record.credentials[0];
    let anchor = credential.recertified_on.or(credential.certified_on);
    credential.expires_on.unwrap_or_else(|| month_end(later(month_start(anchor.unwrap()), 60)))
}

/// When the period may have begun, and whether it may be the first.
fn anchors(record: &Record) -> Vec<(NaiveDate, bool)> {
    let credential = &record.credentials[0];
    let in_the_month = days_of_month(earlier(month_start(expiry(record)), 60));
    match (credential.recertified_on, credential.certified_on) {
        (Some(recertified), _) => vec![(recertified, false)],
        // A card that ends a period or more later shows that she has renewed since, but not on which day.
        (None, Some(certified)) if expiry(record) >= later(certified, 2 * 60) => {
            in_the_month.into_iter().map(|day| (day, false)).collect()
        }
        (None, Some(certified)) => vec![(certified, true)],
        (None, None) => in_the_month.into_iter().flat_map(|day| [(day, true), (day, false)]).collect(),
    }
}

fn calendars(record: &Record, on: NaiveDate) -> Vec<Calendar> {
    let mut calendars = Vec::new();
    for (anchor, is_first_period) in anchors(record) {
        let three_months = [earlier(anchor, 3), month_start(earlier(anchor, 3)), anchor - Days::new(90)];
        for (first_day, before_from) in
            [anchor, month_start(anchor)].into_iter().flat_map(|day| three_months.map(|from| (day, from)))
        {
            for (cards_from_before, after_expiry) in [(false, false), (false, true), (true, false), (true, true)] {
                calendars.push(Calendar {
                    is_first_period,
                    expiry: expiry(record),
                    on,
                    first_day,
                    before_from,
                    cards_from_before,
                    after_expiry,
                });
            }
        }
    }
    calendars
}

fn is_from(credit: &Credit, body: &str) -> bool {
    credit.approver.as_ref().is_some_and(|approver| approver.is(body))
}

/// Whether AAMA approved it: yes, no, or either.
fn approvals(credit: &Credit) -> Vec<bool> {
    let is_college = matches!(credit.unit, Some(Unit::SemesterCredit | Unit::QuarterCredit));
    let is_own = matches!(credit.unit, Some(Unit::AamaCeu | Unit::CprCard)) || credit.kind == Kind::OpeningBalance;
    match () {
        () if is_college => vec![false],
        () if is_own || is_from(credit, "aama") => vec![true],
        () if is_from(credit, Approver::UNSURE) => vec![true, false],
        () => vec![false],
    }
}

/// The points it may be worth, before it is asked when it was.
fn points(credit: &Credit, by_aama: bool) -> Vec<Frac> {
    let amount = Frac::printed(credit.amount.unwrap());
    let unit = credit.unit.unwrap();
    if by_aama {
        return match unit {
            // A contact hour has 50 minutes; nobody says whether a certificate in hours is converted.
            Unit::ClockHour => vec![amount, amount * Frac::of(6, 5)],
            Unit::AamaCeu | Unit::ContactHour | Unit::Ceu | Unit::Point => vec![amount],
            _ => panic!("{unit:?} is not approved by AAMA in these records"),
        };
    }
    // Work is no formal class, and without formal credit nothing counts.
    if matches!(credit.kind, Kind::InService | Kind::Employment) || credit.formal_credit == Some(false) {
        return vec![Frac::ZERO];
    }
    let tens = |amount: Frac| match amount * Frac::whole(10) {
        // IACET rounds to a tenth, so that one tenth may be half an hour.
        Frac::ONE => vec![Frac::ZERO, Frac::ONE],
        hours => vec![hours],
    };
    // Each activity must have one contact hour.
    let if_an_hour = |points: Frac| if points < Frac::ONE { Frac::ZERO } else { points };
    match unit {
        Unit::ContactHour => vec![if_an_hour(amount)],
        Unit::ClockHour => {
            let by_50_minutes = amount * Frac::of(6, 5);
            let as_printed = amount.max(Frac::ONE);
            if by_50_minutes < Frac::ONE { vec![Frac::ZERO] } else { vec![as_printed, by_50_minutes] }
        }
        Unit::IacetCeu => {
            let hours = credit.awards.iter().find(|award| award.unit == Unit::ContactHour);
            hours.map_or_else(|| tens(amount), |award| vec![if_an_hour(Frac::printed(award.amount))])
        }
        Unit::Ceu => [if_an_hour(amount)].into_iter().chain(tens(amount)).collect(),
        // A kind that is accepted, at a rate that nobody states.
        Unit::CmeCredit => vec![Frac::ZERO, if amount < Frac::of(5, 6) { Frac::ZERO } else { amount }],
        Unit::SemesterCredit | Unit::QuarterCredit => vec![amount * Frac::whole(15)],
        _ => panic!("{unit:?} does not occur in these records"),
    }
}

/// A card is certain to give points if it is valid for two years.
fn card_points(credit: &Credit) -> Vec<Frac> {
    let issued = credit.completed_on.unwrap();
    let two_years = later(issued, 24);
    let is_for_two_years =
        credit.expires_on.is_some_and(|last| (two_years - Days::new(1)..=month_end(two_years)).contains(&last));
    if is_for_two_years { vec![Frac::whole(4)] } else { vec![Frac::ZERO, Frac::whole(4)] }
}

/// What a credit may be worth in one calendar.
fn worths(credit: &Credit, calendar: &Calendar) -> Vec<Option<Worth>> {
    if credit.status != Status::Completed {
        return vec![None];
    }
    let is_card = credit.unit == Some(Unit::CprCard);
    let mut worths = BTreeSet::new();
    // Nobody says which day of several counts.
    for day in [credit.completed_on, credit.started_on].into_iter().flatten() {
        let place = calendar.place(day);
        for by_aama in approvals(credit) {
            for points in if is_card { card_points(credit) } else { points(credit, by_aama) } {
                let is_out = place == Place::Outside
                    || (is_card && place == Place::BeforeCertification && !calendar.cards_from_before);
                if is_out || points == Frac::ZERO {
                    worths.insert(None);
                    continue;
                }
                let before_certification = place == Place::BeforeCertification;
                let worth = |shares| Some(Worth { shares, by_aama, before_certification, is_card });
                worths.extend(shares(credit, points).into_iter().map(worth));
            }
        }
    }
    worths.into_iter().collect()
}

/// In which categories the points may be. Where it is not known: all in one, or in shares.
fn shares(credit: &Credit, points: Frac) -> Vec<Shares> {
    let only = |at: usize| {
        let mut all = [Frac::ZERO; 3];
        all[at] = points;
        Shares::Known(all)
    };
    if credit.unit == Some(Unit::CprCard) {
        return vec![only(1)];
    }
    if credit.split.is_empty() {
        return vec![only(0), only(1), only(2), Shares::Any(points)];
    }
    let amount = Frac::printed(credit.amount.unwrap());
    let share = |name| credit.split.get(name).map_or(Frac::ZERO, |part| points * Frac::printed(*part) / amount);
    vec![Shares::Known(CATEGORIES.map(share))]
}

/// The credits with what each is worth on one reading, without those that are worth nothing.
type Reading<'a> = Vec<(&'a Credit, Worth)>;

fn readings(credits: &[&Credit], calendars: &[Calendar]) -> BTreeSet<Vec<(usize, Worth)>> {
    let lists: BTreeSet<Vec<Vec<Option<Worth>>>> =
        calendars.iter().map(|calendar| credits.iter().map(|credit| worths(credit, calendar)).collect()).collect();
    let worth_something = |reading: Vec<Option<Worth>>| {
        reading.into_iter().enumerate().filter_map(|(at, worth)| Some((at, worth?))).collect()
    };
    lists.iter().flat_map(|lists| every_choice(lists)).map(worth_something).collect()
}

/// The most points that count, where parts of an activity may. Those from elsewhere before certification are under both
/// limits, so every share of the two that can matter is tried for them.
fn counting(worths: &[Worth]) -> Outcome {
    let sums = |by_aama: bool, before: bool, of: &[usize]| -> Frac {
        let meant = |worth: &&Worth| worth.by_aama == by_aama && worth.before_certification == before;
        worths.iter().filter(meant).map(|worth| worth.shares.of(of)).sum()
    };
    let (twenty, thirty) = (Frac::whole(20), Frac::whole(30));
    let most = |both: Frac, of: &[usize]| {
        let under_both = sums(false, true, of).min(both);
        let elsewhere = sums(false, false, of).min(thirty - both);
        let before = sums(true, true, of).min(twenty - both);
        under_both + elsewhere + before + sums(true, false, of)
    };
    // Points of a set of categories come from four sorts, each with its own limit: by Hall's theorem each demand can be
    // served at once if each set of categories has enough for its demands together.
    let mut demands: Vec<(Vec<usize>, Frac)> = every_set(&[0, 1, 2])
        .into_iter()
        .map(|of| {
            let needed = Frac::whole(10 * of.len() as i128);
            (of, needed)
        })
        .filter(|(of, _)| !of.is_empty())
        .collect();
    demands.push((vec![0, 1, 2], Frac::whole(60)));
    let mut corners = BTreeSet::from([Frac::ZERO, twenty]);
    for (of, _) in &demands {
        corners.extend([sums(false, true, of), thirty - sums(false, false, of), twenty - sums(true, true, of)]);
    }
    corners.retain(|both| (Frac::ZERO..=twenty).contains(both));
    let mut tried = corners.clone();
    for (left, right) in corners.iter().zip(corners.iter().skip(1)) {
        for (of, needed) in &demands {
            let (from, to) = (most(*left, of) - *needed, most(*right, of) - *needed);
            if from != to {
                let crossing = *left + (*right - *left) * (Frac::ZERO - from) / (to - from);
                tried.extend(Some(crossing).filter(|both| (*left..=*right).contains(both)));
            }
        }
    }
    best(tried.into_iter().map(|both| {
        let passes = demands.iter().all(|(of, needed)| most(both, of) >= *needed);
        (passes, most(both, &[0, 1, 2]))
    }))
}

/// No more than three cards, whichever are best.
fn judged(worths: &[Worth]) -> Outcome {
    let (cards, others): (Vec<_>, Vec<_>) = worths.iter().copied().partition(|worth| worth.is_card);
    best(every_set(&cards).into_iter().filter(|chosen| chosen.len() <= 3).map(|chosen| {
        let all: Vec<_> = others.iter().copied().chain(chosen).collect();
        counting(&all)
    }))
}

/// The ways in which what AAMA lists one by one may stand in a balance already: the lines that are left.
fn beside_balances(reading: &Reading<'_>) -> Vec<Vec<usize>> {
    let is_balance = |at: &usize| reading[*at].0.kind == Kind::OpeningBalance;
    let all: Vec<usize> = (0..reading.len()).collect();
    let (balances, lines): (Vec<_>, Vec<_>) = all.iter().copied().partition(is_balance);
    let Some(as_of) = balances.iter().filter_map(|at| reading[*at].0.completed_on).max() else {
        return vec![all];
    };
    let may_be_in = |at: &usize| reading[*at].1.by_aama && reading[*at].0.completed_on.is_some_and(|day| day <= as_of);
    let inside: Vec<usize> = lines.iter().copied().filter(may_be_in).collect();
    let sum =
        |of: &[usize], categories: &[usize]| -> Frac { of.iter().map(|at| reading[*at].1.shares.of(categories)).sum() };
    let fits = |set: &Vec<usize>| {
        every_set(&[0, 1, 2]).iter().filter(|of| !of.is_empty()).all(|of| {
            let known = set.iter().filter(|at| matches!(reading[**at].1.shares, Shares::Known(_)));
            let known: Frac = known.map(|at| reading[*at].1.shares.of(of)).sum();
            known <= sum(&balances, of)
        }) && sum(set, &[0, 1, 2]) <= sum(&balances, &[0, 1, 2])
    };
    let left = |set: Vec<usize>| all.iter().copied().filter(|at| !set.contains(at)).collect();
    every_set(&inside).into_iter().filter(fits).map(left).collect()
}

/// What every reading of the record comes to.
fn outcomes(record: &Record, on: NaiveDate, of: fn(&Credit) -> bool) -> BTreeSet<Outcome> {
    let credits: Vec<&Credit> = record.credits.iter().filter(|credit| of(credit)).collect();
    let [safe, latest] = late_ends(expiry(record));
    let open: &[bool] = if on <= safe {
        &[true]
    } else if on <= latest {
        &[true, false]
    } else {
        &[false]
    };
    let mut outcomes = BTreeSet::new();
    for reading in readings(&credits, &calendars(record, on)) {
        let reading: Reading<'_> = reading.into_iter().map(|(at, worth)| (credits[at], worth)).collect();
        for left in beside_balances(&reading) {
            let left: Vec<_> = left.into_iter().map(|at| reading[at]).collect();
            let entries: Vec<&Credit> = left.iter().map(|(credit, _)| *credit).collect();
            for choices in of_repeats(&entries) {
                let (passes, total) = best(choices.iter().map(|kept| {
                    let worths: Vec<_> = kept.iter().map(|at| left[*at].1).collect();
                    judged(&worths)
                }));
                outcomes.extend(open.iter().map(|open| (passes && *open, total)));
            }
        }
    }
    outcomes
}

/// Whether what is in hand shows it.
fn is_proven(credit: &Credit) -> bool {
    let has = |role| credit.proofs.iter().any(|proof| proof.role == role);
    let is_filled = |text: &Option<String>| text.as_ref().is_some_and(|text| !text.is_empty());
    let named = is_filled(&credit.provider) && (is_filled(&credit.description) || has(ProofRole::CourseDescription));
    match credit.unit {
        _ if credit.issuer_transcript == Some(IssuerTranscript::Posted) => true,
        Some(Unit::CprCard) => has(ProofRole::CardBothSides) || (has(ProofRole::CardFront) && has(ProofRole::CardBack)),
        Some(Unit::SemesterCredit | Unit::QuarterCredit) => has(ProofRole::TranscriptPage) && named,
        _ => has(ProofRole::Certificate) && named,
    }
}

fn answer(record: &Record, on: NaiveDate) -> Answer {
    let expires_on = expiry(record);
    let [safe, latest] = late_ends(expires_on);
    let (verdict, counted) = taken_together(&outcomes(record, on, |_| true));
    let (with_proof, _) = taken_together(&outcomes(record, on, is_proven));
    let standing = match on {
        on if on <= expires_on => Standing::Current,
        on if on <= latest => Standing::Late,
        _ => Standing::Lapsed,
    };
    Answer {
        verdict,
        with_proof,
        standing: Some(standing),
        expires_on,
        late_until: Some((safe, latest)),
        next_expiry: Some(month_end(later(month_start(on), 60))),
        counted,
    }
}

/// A credential of chance with the day of the question: in its period, or in the months after.
fn holder(dice: &mut Dice) -> (Record, NaiveDate) {
    let mut record = record_for("cma-aama");
    let year = |dice: &mut Dice, from: i32| {
        let first = NaiveDate::from_ymd_opt(from, 1, 1).unwrap();
        first + Days::new(dice.below(365 * 6))
    };
    let credential = &mut record.credentials[0];
    match dice.below(8) {
        0 => credential.expires_on = Some(month_end(year(dice, 2023))),
        1 => {
            credential.certified_on = Some(year(dice, 2004));
            credential.expires_on = Some(month_end(year(dice, 2023)));
        }
        2 | 3 => {
            credential.certified_on = Some(year(dice, 2010));
            credential.recertified_on = Some(year(dice, 2018));
        }
        _ => credential.certified_on = Some(year(dice, 2018)),
    }
    let expires_on = expiry(&record);
    let [safe, latest] = late_ends(expires_on);
    let on = match dice.below(8) {
        0 => dice.day(expires_on, expires_on + Days::new(85)),
        1 => dice.pick(&[safe, safe + Days::new(1), latest, latest + Days::new(1), latest + Days::new(20)]),
        2 => dice.pick(&[expires_on, expires_on + Days::new(1)]),
        _ => dice.day(expires_on - Days::new(400), expires_on),
    };
    // Long after the last date she may have renewed since; the card she holds says whether.
    if on > expires_on || dice.one_in(4) {
        record.credentials[0].expires_on = Some(expires_on);
    }
    (record, on)
}

fn split(dice: &mut Dice, credit: &mut Credit) {
    let amount = credit.amount.unwrap();
    let first = dice.pick(&CATEGORIES);
    if dice.one_in(6) && amount.ten_thousandths() % 20_000 == 0 {
        let half: domain::Amount = (amount.ten_thousandths() / 20_000).to_string().parse().unwrap();
        let second = CATEGORIES[(CATEGORIES.iter().position(|name| *name == first).unwrap() + 1) % 3];
        credit.split = [(first.to_owned(), half), (second.to_owned(), half)].into();
    } else {
        credit.split = [(first.to_owned(), amount)].into();
    }
}

fn credit(dice: &mut Dice, number: usize, on: NaiveDate) -> Credit {
    let mut credit = plain_credit(number, on);
    credit.description = Some("About it".into());
    let mut proofs = vec![paper(ProofRole::Certificate)];
    let (most, unit) = match dice.below(16) {
        0..=4 => (20, Unit::AamaCeu),
        5..=8 => (25, Unit::ContactHour),
        9 => (9, Unit::ClockHour),
        10 => (2, Unit::Ceu),
        11 => (2, Unit::IacetCeu),
        12 => (6, Unit::CmeCredit),
        13 => (2, Unit::SemesterCredit),
        14 => (1, Unit::QuarterCredit),
        _ => (1, Unit::CprCard),
    };
    credit.unit = Some(unit);
    credit.amount = Some(dice.amount(most));
    match unit {
        Unit::CmeCredit => credit.amount = Some(quarters(1 + dice.below(24))),
        Unit::IacetCeu => credit.amount = Some(tenths(1 + dice.below(20))),
        Unit::Ceu => credit.amount = Some(tenths(1 + dice.below(30))),
        Unit::ContactHour | Unit::ClockHour if dice.one_in(4) => {
            credit.amount = Some(dice.pick(&["0.5", "0.8", "0.83", "0.84", "0.9", "1", "0.99"]).parse().unwrap());
        }
        Unit::SemesterCredit | Unit::QuarterCredit => {
            credit.kind = Kind::College;
            credit.amount = Some(1.to_string().parse().unwrap());
            proofs = vec![paper(ProofRole::TranscriptPage)];
        }
        Unit::CprCard => {
            credit.kind = Kind::CprCard;
            credit.amount = Some("1".parse().unwrap());
            let last = dice.pick(&[Some(24), Some(24), Some(24), Some(12), None]).map(|months| later(on, months));
            credit.expires_on = if dice.one_in(2) { last.map(month_end) } else { last };
            proofs = match dice.below(3) {
                0 => vec![paper(ProofRole::CardBothSides)],
                1 => vec![paper(ProofRole::CardFront)],
                _ => vec![paper(ProofRole::CardFront), paper(ProofRole::CardBack)],
            };
        }
        _ => {}
    }
    if unit == Unit::IacetCeu && dice.one_in(2) {
        let hours = credit.amount.unwrap().ten_thousandths() / 1000;
        let amount = hours.to_string().parse().unwrap();
        credit.awards = vec![Award { amount, unit: Unit::ContactHour, approver: None, number: None }];
    }
    if unit != Unit::CprCard && !dice.one_in(8) {
        split(dice, &mut credit);
    }
    if matches!(unit, Unit::AamaCeu | Unit::ContactHour | Unit::Ceu | Unit::ClockHour) {
        credit.approver = match dice.below(10) {
            0 => Some(Approver::new("ancc")),
            1 if unit != Unit::AamaCeu => Some(Approver::new(Approver::UNSURE)),
            2..=4 => Some(Approver::new("aama")),
            _ => None,
        };
    }
    if is_from(&credit, "ancc") && unit == Unit::AamaCeu {
        credit.approver = None;
    }
    let approvals = approvals(&credit);
    credit.formal_credit = Some(!dice.one_in(20)).filter(|_| unit == Unit::ClockHour || dice.one_in(2));
    if approvals == [false] && unit == Unit::ContactHour && dice.one_in(12) {
        credit.kind = Kind::InService;
    }
    if dice.one_in(8) {
        credit.minutes = Some(u32::try_from(dice.below(600)).unwrap());
    }
    match (approvals.as_slice(), dice.below(6)) {
        (_, 0) => {}
        ([true], _) if unit != Unit::CprCard => credit.issuer_transcript = Some(IssuerTranscript::Posted),
        ([false], 1) => {
            credit.description = None;
            credit.proofs = proofs;
        }
        ([false], 2) => credit.proofs = vec![paper(ProofRole::Receipt)],
        ([false], 3) => {
            credit.provider = None;
            credit.proofs = proofs;
        }
        _ => credit.proofs = proofs,
    }
    credit
}

fn quarters(number: u64) -> domain::Amount {
    ["", ".25", ".5", ".75"].map(|part| format!("{}{part}", number / 4))[usize::try_from(number % 4).unwrap()]
        .parse()
        .unwrap()
}

fn tenths(number: u64) -> domain::Amount {
    format!("{}.{}", number / 10, number % 10).parse().unwrap()
}

/// A day somewhere in the period, or at one of its edges.
fn earned_on(dice: &mut Dice, record: &Record, on: NaiveDate) -> NaiveDate {
    let expires_on = expiry(record);
    let credential = &record.credentials[0];
    let anchor = credential.recertified_on.or(credential.certified_on.filter(|day| later(*day, 61) > expires_on));
    let anchor = anchor.unwrap_or(earlier(expires_on, 60));
    let near = |dice: &mut Dice, edge: NaiveDate| edge - Days::new(2) + Days::new(dice.below(5));
    match dice.below(16) {
        0 => near(dice, anchor),
        1 => near(dice, month_start(anchor)),
        2 => near(dice, earlier(anchor, 3)),
        3 | 4 => dice.day(earlier(anchor, 3), anchor),
        5 => near(dice, expires_on),
        6 => near(dice, on),
        _ => dice.day(anchor, on.min(expires_on)),
    }
}

fn random(dice: &mut Dice) -> (Record, NaiveDate) {
    let (mut record, on) = holder(dice);
    let within = expiry(&record) - Days::new(450);
    if dice.one_in(2) {
        for (at, category) in CATEGORIES.iter().enumerate() {
            let mut credit = plain_credit(100 + at, within);
            credit.amount = Some(dice.pick(&["10", "12", "16", "9.99"]).parse().unwrap());
            credit.unit = Some(Unit::AamaCeu);
            credit.issuer_transcript = Some(IssuerTranscript::Posted);
            credit.split = [((*category).to_owned(), credit.amount.unwrap())].into();
            if dice.one_in(10) {
                credit.kind = Kind::OpeningBalance;
                credit.unit = Some(Unit::Point);
                credit.proofs = vec![paper(ProofRole::TranscriptPage)];
            }
            record.credits.push(credit);
        }
    }
    let has_balance = record.credits.iter().any(|credit| credit.kind == Kind::OpeningBalance);
    for number in 0..usize::try_from(dice.below(6)).unwrap() {
        let day = earned_on(dice, &record, on);
        let mut credit = credit(dice, number, day);
        // Whether a balance has cards in it is one question too many.
        if has_balance && credit.kind == Kind::CprCard {
            continue;
        }
        let began = day - Days::new(dice.below(40));
        credit.started_on = Some(began).filter(|_| credit.kind != Kind::CprCard && dice.one_in(10));
        if let Some(before) = record.credits.last().filter(|_| dice.one_in(10)).cloned()
            && before.kind == credit.kind
            && before.kind == Kind::Course
        {
            (credit.title, credit.provider) = (before.title.clone(), before.provider.clone());
            if dice.one_in(3) {
                let id = credit.id;
                credit = Credit { id, ..before };
            }
        }
        if dice.one_in(25) {
            credit.status = dice.pick(&[Status::Draft, Status::Planned]);
        }
        record.credits.push(credit);
    }
    (record, on)
}

#[test]
fn cma_aama_is_judged_as_by_trying_every_reading() {
    compare(random, answer, 2);
}

#[test]
fn who_was_certified_long_ago_may_have_renewed_since() {
    let mut record = record_for("cma-aama");
    record.credentials[0].certified_on = Some(day("2011-03-17"));
    for (number, category) in CATEGORIES.iter().enumerate() {
        let mut credit = plain_credit(number, day("2024-05-02"));
        (credit.amount, credit.unit) = (Some("20".parse().unwrap()), Some(Unit::AamaCeu));
        credit.split = [((*category).to_owned(), credit.amount.unwrap())].into();
        record.credits.push(credit);
    }
    assert_eq!(evaluate(&record, "x", &PACKS, day("2025-08-01")).unwrap().verdict, Verdict::CannotTell);
}
