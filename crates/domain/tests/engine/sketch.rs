//! Small random packs and records, and an answer found by trying everything.
//! All amounts are a few hundredths, so that trying everything is quick and rounding has nowhere to hide.

use chrono::NaiveDate;
use domain::{Credential, Credit, Holder, Pack, Packs, Record};
use proptest::prelude::*;
use serde_json::{Value, json};

/// Of which points a rule speaks: any of these, where there are any.
#[derive(Debug, Clone, Default)]
pub(crate) struct Of {
    pub categories: Vec<usize>,
    pub classes: Vec<usize>,
    pub tags: Vec<usize>,
}

#[derive(Debug, Clone)]
pub(crate) struct Rule {
    pub of: Of,
    /// In hundredths.
    pub amount: i64,
}

#[derive(Debug, Clone)]
pub(crate) struct PackSketch {
    pub categories: usize,
    /// Besides `other`.
    pub classes: usize,
    pub tags: usize,
    pub lines: Vec<Rule>,
    pub caps: Vec<Rule>,
    /// At most so many credits of these.
    pub count: Option<(Of, usize)>,
    /// One of these as well, if there are any.
    pub paths: Vec<Vec<Rule>>,
}

#[derive(Debug, Clone)]
pub(crate) struct CreditSketch {
    /// None is not known.
    pub category: Option<usize>,
    /// None is not known.
    pub class: Option<usize>,
    pub tags: Vec<usize>,
    /// In hundredths.
    pub amount: i64,
    /// What else its certificate states: for which class, and how much.
    pub award: Option<(usize, i64)>,
    pub proven: bool,
    pub day: u32,
}

const CLASSES: [&str; 3] = ["alpha", "beta", "other"];

impl PackSketch {
    /// Its classes of approvers with `other` at last.
    fn class(&self, index: usize) -> &'static str {
        if index >= self.classes { "other" } else { CLASSES[index] }
    }

    fn of(&self, of: &Of) -> Value {
        json!({
            "categories": of.categories.iter().map(|c| format!("k{c}")).collect::<Vec<_>>(),
            "approvers": of.classes.iter().map(|c| self.class(*c)).collect::<Vec<_>>(),
            "tags": of.tags.iter().map(|t| format!("t{t}")).collect::<Vec<_>>(),
        })
    }

    pub(crate) fn packs(&self) -> Packs {
        let minimum = |id: String, rule: &Rule| {
            json!({ "kind": "minimum", "id": id, "label": id, "needed": points(rule.amount), "of": self.of(&rule.of),
                    "basis": "official", "source": "s" })
        };
        let lines = |name: &str, lines: &[Rule]| -> Vec<Value> {
            lines.iter().enumerate().map(|(i, rule)| minimum(format!("{name}{i}"), rule)).collect()
        };
        let mut requirements = lines("line", &self.lines);
        if !self.paths.is_empty() {
            let paths: Vec<Value> = self
                .paths
                .iter()
                .enumerate()
                .map(|(i, path)| json!({ "id": format!("p{i}"), "label": "p", "requirements": lines(&format!("p{i}line"), path) }))
                .collect();
            requirements.push(json!({ "kind": "any_of", "id": "ways", "label": "ways", "paths": paths }));
        }
        let mut limits: Vec<Value> = self
            .caps
            .iter()
            .enumerate()
            .map(|(i, rule)| {
                json!({ "id": format!("cap{i}"), "label": "cap", "of": self.of(&rule.of), "points": points(rule.amount),
                        "words": "At most.", "basis": "official", "source": "s" })
            })
            .collect();
        if let Some((of, count)) = &self.count {
            let of = self.of(&Of { categories: Vec::new(), ..of.clone() });
            limits.push(json!({ "id": "count", "label": "count", "of": of, "count": count, "words": "At most.",
                                "basis": "official", "source": "s" }));
        }
        let approvers: Vec<Value> =
            (0..self.classes).map(|c| json!({ "id": self.class(c), "label": self.class(c), "names": [] })).collect();
        let categories: Vec<Value> =
            (0..self.categories).map(|c| json!({ "id": format!("k{c}"), "label": "k" })).collect();
        let tags: Vec<Value> = (0..self.tags).map(|t| json!({ "id": format!("t{t}"), "label": "t" })).collect();
        let pack = json!({
            "schema": "recert.pack/1", "version": "1", "credentials": [{ "id": "x-y", "name": "X (Y)", "full_name": "X" }],
            "issuer": { "name": "Y", "short": "Y", "approver": if self.classes > 0 { "alpha" } else { "nobody" } },
            "sources": { "s": { "title": "S" } },
            "period": [{ "months": 60, "basis": "official", "source": "s" }],
            "approvers": approvers, "categories": categories, "tags": tags,
            "units": [{ "unit": "contact_hour", "label": "hours" }],
            "convert": [{ "id": "hours", "of": {}, "points": "1", "basis": "official", "source": "s" }],
            "limits": limits, "requirements": requirements, "parts": "counted",
        });
        Packs::from_packs(Pack::from_json(&pack.to_string()).unwrap())
    }

    pub(crate) fn record(&self, credits: &[CreditSketch]) -> Record {
        let mut record = Record::new(Holder { name: "M".into(), ..Holder::default() });
        record.credentials.push(Credential {
            id: "x".into(),
            pack: "x-y".into(),
            certified_on: Some(day(1)),
            recertified_on: None,
            expires_on: None,
            expires_reason: None,
            periods: Vec::new(),
        });
        record.credits = credits.iter().enumerate().map(|(i, credit)| self.credit(&format!("c{i}"), credit)).collect();
        record
    }

    pub(crate) fn credit(&self, id: &str, credit: &CreditSketch) -> Credit {
        let amount = points(credit.amount);
        let split: Value = match credit.category {
            Some(category) if self.categories > 0 => json!({ format!("k{category}"): amount }),
            _ => json!({}),
        };
        let proofs = if credit.proven {
            json!([{ "sha256": "0".repeat(64), "name": "c.pdf", "role": "certificate" }])
        } else {
            json!([])
        };
        let award = |(class, amount)| json!({ "amount": points(amount), "unit": "contact_hour", "approver": self.class(class) });
        let awards: Vec<Value> = credit.award.into_iter().map(award).collect();
        let credit = json!({
            "id": id, "title": format!("Activity {id}"), "completed_on": day(credit.day + 2), "amount": amount,
            "unit": "contact_hour", "approver": credit.class.map_or("unsure", |class| self.class(class)),
            "awards": awards, "split": split, "tags": credit.tags.iter().map(|t| format!("t{t}")).collect::<Vec<_>>(), "proofs": proofs,
        });
        serde_json::from_value(credit).unwrap()
    }
}

pub(crate) fn points(hundredths: i64) -> String {
    domain::Points::from_hundredths(hundredths).to_string()
}

pub(crate) fn day(number: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2022, 1, 1).unwrap() + chrono::Days::new(u64::from(number))
}

pub(crate) fn today() -> NaiveDate {
    day(700)
}

/// What a credit is where nothing is in doubt: category, class, tags, amount.
#[derive(Debug, Clone)]
pub(crate) struct Known {
    pub category: usize,
    pub class: usize,
    pub tags: Vec<usize>,
    pub amount: i64,
    pub award: Option<(usize, i64)>,
}

impl Of {
    pub(crate) fn holds(&self, credit: &Known) -> bool {
        let any = |list: &[usize], value: usize| list.is_empty() || list.contains(&value);
        any(&self.categories, credit.category)
            && any(&self.classes, credit.class)
            && (self.tags.is_empty() || self.tags.iter().any(|tag| credit.tags.contains(tag)))
    }
}

/// The best there is: whether it passes, and the most points counted on a way that passes (or on any).
pub(crate) fn by_trying_everything(pack: &PackSketch, credits: &[Known]) -> (bool, i64) {
    // Of several statements of one certificate one counts.
    if let Some((at, (class, amount))) = credits.iter().enumerate().find_map(|(at, credit)| Some((at, credit.award?))) {
        let (mut printed, mut other) = (credits.to_vec(), credits.to_vec());
        printed[at].award = None;
        other[at] = Known { class, amount, award: None, ..other[at].clone() };
        return by_trying_everything(pack, &printed).max(by_trying_everything(pack, &other));
    }
    let mut best = (false, 0);
    let mut counted = vec![0; credits.len()];
    try_from(pack, credits, 0, &mut counted, &mut best);
    best
}

fn try_from(pack: &PackSketch, credits: &[Known], next: usize, counted: &mut Vec<i64>, best: &mut (bool, i64)) {
    let sum = |of: &Of, upto: usize| -> i64 {
        credits[..upto]
            .iter()
            .zip(counted.iter())
            .filter(|(credit, _)| of.holds(credit))
            .map(|(_, points)| points)
            .sum()
    };
    if pack.caps.iter().any(|cap| sum(&cap.of, next) > cap.amount) {
        return;
    }
    if let Some((of, most)) = &pack.count {
        let of = Of { categories: Vec::new(), ..of.clone() };
        let used = credits[..next].iter().zip(counted.iter()).filter(|(c, points)| of.holds(c) && **points > 0).count();
        if used > *most {
            return;
        }
    }
    if next == credits.len() {
        let holds = |rules: &[Rule]| rules.iter().all(|rule| sum(&rule.of, next) >= rule.amount);
        let passes = holds(&pack.lines) && (pack.paths.is_empty() || pack.paths.iter().any(|path| holds(path)));
        *best = (*best).max((passes, counted.iter().sum()));
        return;
    }
    for points in 0..=credits[next].amount {
        counted[next] = points;
        try_from(pack, credits, next + 1, counted, best);
    }
    counted[next] = 0;
}

fn of(categories: usize, classes: usize, tags: usize) -> impl Strategy<Value = Of> {
    let some = |count: usize, from: usize| {
        if count == 0 {
            Just(Vec::new()).boxed()
        } else {
            prop_oneof![2 => Just(Vec::new()), 2 => (0..count + from).prop_map(|one| vec![one]), 1 => (0..count, 0..count).prop_map(|(a, b)| if a == b { vec![a] } else { vec![a, b] })].boxed()
        }
    };
    (some(categories, 0), some(classes, 1), some(tags, 0)).prop_map(|(categories, classes, tags)| Of {
        categories,
        classes,
        tags,
    })
}

fn rules(count: std::ops::Range<usize>, sizes: (usize, usize, usize), most: i64) -> impl Strategy<Value = Vec<Rule>> {
    let rule = (of(sizes.0, sizes.1, sizes.2), 1..=most).prop_map(|(of, amount)| Rule { of, amount });
    prop::collection::vec(rule, count)
}

pub(crate) fn pack() -> impl Strategy<Value = PackSketch> {
    (0..=3_usize, 0..=2_usize, 0..=2_usize).prop_flat_map(|sizes| {
        let count = (of(0, sizes.1, sizes.2), 1..=2_usize);
        (
            rules(0..4, sizes, 7),
            rules(0..4, sizes, 6),
            prop::option::weighted(0.3, count),
            prop_oneof![3 => Just(Vec::new()), 1 => prop::collection::vec(rules(1..3, sizes, 6), 2)],
        )
            .prop_map(move |(lines, caps, count, paths)| PackSketch {
                categories: sizes.0,
                classes: sizes.1,
                tags: sizes.2,
                lines,
                caps,
                count,
                paths,
            })
    })
}

/// `doubt`: how often, in percent, a category or an approver is not known.
pub(crate) fn credits(
    pack: &PackSketch,
    doubt: u32,
    count: std::ops::Range<usize>,
) -> impl Strategy<Value = Vec<CreditSketch>> + use<> {
    let (categories, classes, tags) = (pack.categories.max(1), pack.classes, pack.tags);
    let known = move |percent: u32| (0..100_u32).prop_map(move |roll| roll >= percent);
    let credit = (
        (known(doubt), 0..categories),
        (known(doubt), 0..=classes),
        prop::collection::vec(any::<bool>(), tags),
        (1..=4_i64, prop::option::weighted(0.15, (0..=classes, 1..=4_i64))),
        any::<bool>(),
        0..500_u32,
    );
    let credit =
        credit.prop_map(|((knows_category, category), (knows_class, class), tags, (amount, award), proven, day)| {
            CreditSketch {
                category: knows_category.then_some(category),
                class: knows_class.then_some(class),
                tags: tags.iter().enumerate().filter(|(_, has)| **has).map(|(tag, _)| tag).collect(),
                amount,
                award,
                proven,
                day,
            }
        });
    prop::collection::vec(credit, count)
}

pub(crate) fn known(credit: &CreditSketch) -> Known {
    Known {
        category: credit.category.unwrap_or(usize::MAX),
        class: credit.class.unwrap_or(usize::MAX),
        tags: credit.tags.clone(),
        amount: credit.amount,
        award: credit.award,
    }
}

/// Every way in which what is in doubt can turn out: an approver is any of those that the pack names, or another.
pub(crate) fn resolutions(pack: &PackSketch, credits: &[CreditSketch]) -> Vec<Vec<Known>> {
    let mut all: Vec<Vec<Known>> = vec![Vec::new()];
    for credit in credits {
        let categories = match credit.category {
            Some(category) => vec![category],
            None => (0..pack.categories.max(1)).collect(),
        };
        let classes = match credit.class {
            Some(class) => vec![class],
            None => (0..=pack.classes).collect(),
        };
        let mut next = Vec::new();
        for before in &all {
            for &category in &categories {
                for &class in &classes {
                    let mut after = before.clone();
                    after.push(Known { category, class, ..known(credit) });
                    next.push(after);
                }
            }
        }
        all = next;
    }
    all
}
