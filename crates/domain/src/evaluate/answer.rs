//! What an evaluation found, as the answer that leaves.

use std::collections::BTreeMap;
use std::sync::Arc;

use smallvec::SmallVec;
use smol_str::SmolStr;

use super::applying::{self, Unposted};
use super::{Evaluating, Found};
use crate::assign::Depth;
use crate::choice::{Why, is_limited};
use crate::condition;
use crate::credit::{Credit, IssuerTranscript, Status};
use crate::date::long;
use crate::evaluation::{
    Basis, Cap, Counts, CreditOutcome, Dates, Exact, Fill, Gap, PathLabel, PeriodDates, Question, Reason, Renewal,
    Requirement, RequirementKind, ShownBy, Standing, UNASSIGNED, Verdict, Weakest, exact,
};
use crate::filter::long_bit;
use crate::gap;
use crate::judged::Judged;
use crate::pack::PackFault;
use crate::points::Points;
use crate::pool::{Serves, Side, certain};
use crate::question::Ask;
use crate::record::{FactKind, Override};
use crate::rulebook::{Count, Way};
use crate::words;

/// What a line has, in parts of the scale.
#[derive(Debug, Clone, Default)]
struct Sums {
    /// Before limits.
    earned: i64,
    /// After them.
    counted: i64,
    /// Of which credits.
    fills: Vec<(usize, i64)>,
}

impl<'a> Evaluating<'a, '_> {
    pub(super) fn questions(&self, found: &Found<'a>) -> Vec<Question> {
        let ids = |credits: &[usize]| credits.iter().map(|&index| self.record.credits[index].id.to_string()).collect();
        let decides = |ask: &Ask<'_>| match ask {
            Ask::Parts => true,
            Ask::Confirm(_) => false,
            _ => found.verdict == Verdict::CannotTell,
        };
        found.asks.iter().map(|(ask, credits)| ask.question(self.judge.term, ids(credits), decides(ask))).collect()
    }

    pub(super) fn gap(&self, found: &Found<'a>, way: &Way, questions: &[Question]) -> Gap {
        let (book, term) = (self.judge.book, self.judge.term);
        let assignment = &found.chosen.assignment;
        let closed_on = match (term.standing, term.late_until) {
            (Standing::Lapsed, Some((_, latest))) if found.verdict == Verdict::NotMet => Some(latest),
            _ => None,
        };
        let unmet = (0..found.conditions.len())
            .filter(|index| way.conditions & long_bit(*index) != 0 && found.conditions[*index].0 != Verdict::Met);
        let mut conditions: Vec<String> = unmet.map(|index| book.conditions[index].rule.words.clone()).collect();
        let mut impossible: Vec<String> =
            closed_on.map(|day| words::closed(book.pack, term, day)).into_iter().collect();
        let told_late = self.judge.answers.find("late", "").filter(|told| told.is("no"));
        if let Some(told) = told_late.filter(|_| term.is_late_or_lapsed() && closed_on.is_none()) {
            let name = &book.pack.name;
            impossible.push(format!("Your {name} can no longer be renewed this way: {}.", told.told()));
        } else if closed_on.is_none() && assignment.lacking > 0 {
            impossible.extend(self.out_of_reach(found, way));
        }
        if assignment.further > 0 && found.further.iter().all(|sort| sort.in_doubt) && !found.further.is_empty() {
            conditions.push(format!(
                "{} does not say whether {} earned after {} count; ask before you rely on them.",
                book.pack.issuer.short,
                book.pack.counts_in.many,
                long(term.dates.to)
            ));
        }
        let bounds = if assignment.further > 0 {
            let pool = &found.strict;
            let mut there: Vec<(Serves, i64)> = pool.cells.iter().map(|cell| (cell.serves[0], cell.total)).collect();
            there.extend(assignment.singles.iter().map(|placed| (pool.cells[placed.cell].serves[0], placed.points)));
            gap::bounds(book, way, &there, &found.further)
        } else {
            Vec::new()
        };
        let short = book.lines.iter().enumerate().filter(|(index, _)| way.lines & long_bit(*index) != 0);
        let short = short.filter_map(|(index, line)| {
            let lack = line.needed - assignment.lines.get(index).copied().unwrap_or(0);
            (0 < lack && lack < assignment.further).then(|| (line.label.clone(), book.scale.of_parts(lack)))
        });
        let open = match found.verdict {
            Verdict::NotMet if !self.may_need_less(found, way) => 0,
            Verdict::NotMet => found.asks.iter().filter(|(ask, _)| !matches!(ask, Ask::Confirm(_))).count(),
            _ => questions.iter().filter(|question| question.decides).count(),
        };
        let stand = words::Stand {
            verdict: found.verdict,
            questions: open,
            closed_on,
            demands_nothing: self.demands_nothing(),
            has_sources: self.asks_who_approved(),
            short: short.collect(),
        };
        let points = book.scale.of_parts(assignment.further);
        let mut gap = Gap {
            points,
            exact: exact([("points", points)]),
            at_least: bounds,
            conditions,
            impossible,
            sentence: String::new(),
        };
        gap.sentence = words::gap_sentence(term, &stand, &gap);
        gap
    }

    /// Whether fewer further points are enough on the kind reading.
    fn may_need_less(&self, found: &Found<'a>, way: &Way) -> bool {
        let useful = gap::most_useful(&found.further);
        let before = &found.chosen.assignment;
        found.kind.as_ref().is_some_and(|kind| {
            let kindly = kind.assign(self.judge.book, way, &useful, Depth::Verdict);
            kindly.lacking < before.lacking || kindly.lacking == before.lacking && kindly.further < before.further
        })
    }

    /// Whether it makes a difference to what counts who approved an activity.
    fn asks_who_approved(&self) -> bool {
        let book = self.judge.book;
        let of_lines = book.lines.iter().map(|line| &line.rule.of);
        let of_caps = book.caps.iter().map(|cap| &cap.rule.of);
        let of_refusals = book.pack.refuse.iter().map(|rule| &rule.of);
        of_lines.chain(of_caps).chain(of_refusals).any(|of| !of.approvers.is_empty())
    }

    /// Lines that no further points can fill any more.
    fn out_of_reach(&self, found: &Found<'a>, way: &Way) -> Vec<String> {
        let (book, term) = (self.judge.book, self.judge.term);
        let issuer = &book.pack.issuer.short;
        let reachable = found.further.iter().fold(0, |all, sort| all | sort.serves.lines);
        let short = book.lines.iter().enumerate().filter(|(index, line)| {
            let sum = found.chosen.assignment.lines.get(*index).copied().unwrap_or(0);
            way.lines & long_bit(*index) != 0 && reachable & long_bit(*index) == 0 && sum < line.needed
        });
        let lacks = |(index, line): (usize, &crate::rulebook::Line<'_>)| {
            let sum = found.chosen.assignment.lines.get(index).copied().unwrap_or(0);
            (line.within, format!("“{}” lacks {}", line.label, book.scale.of_parts(line.needed - sum).lacking()))
        };
        if term.standing == Standing::Lapsed && term.late_until.is_none() {
            let lacking: Vec<String> = short.map(lacks).map(|(_, lacks)| lacks).collect();
            let (many, expired) = (&book.pack.counts_in.many, long(term.dates.to));
            let lacking = words::list(&lacking, "and");
            return vec![format!("{lacking}; ask {issuer} whether {many} earned after {expired} count.")];
        }
        let sentence = |(within, lacks): (Option<PeriodDates>, String)| {
            let when = within.map(|dates| format!(", due by {}", long(dates.to))).unwrap_or_default();
            format!("{lacks}{when}; that can no longer be earned.")
        };
        let mut all: Vec<String> = short.map(lacks).map(sentence).collect();
        if all.is_empty() {
            all.push(format!("The limits leave no room for all that {issuer} asks for; ask about it."));
        }
        all
    }

    pub(super) fn requirements(&self, found: &Found<'a>, way: &Way) -> Vec<Requirement> {
        let (book, pack) = (self.judge.book, self.pack());
        let scale = &book.scale;
        let sums = self.sums(found);
        let fill = |(credit, parts): &(usize, i64)| {
            let points = scale.of_parts(*parts);
            Fill { credit: found.ids[*credit].clone(), points, exact: exact([("points", points)]) }
        };
        let mut lines: Vec<Requirement> = Vec::new();
        for (index, line) in book.lines.iter().enumerate() {
            let Sums { earned, counted, fills } = &sums[index];
            let of_parts = |parts: i64| scale.of_parts(parts);
            let (needed, short) = (of_parts(line.needed), of_parts((line.needed - counted).max(0)));
            let is_chosen = way.lines & long_bit(index) != 0 || line.rule.advice;
            let state = if short.is_zero() {
                Verdict::Met
            } else if self.may_be_filled(found, index) && (found.kind.is_some() || !is_chosen) {
                Verdict::CannotTell
            } else {
                Verdict::NotMet
            };
            lines.push(Requirement {
                id: line.id.clone(),
                label: line.label.clone(),
                kind: if line.rule.advice { RequirementKind::Advice } else { RequirementKind::Minimum },
                path: line.path.map(ToOwned::to_owned),
                within: line.within,
                needed,
                earned: of_parts(*earned),
                counted: of_parts(*counted),
                short,
                exact: exact([("earned", of_parts(*earned)), ("counted", of_parts(*counted)), ("short", short)]),
                state,
                fills: fills.iter().map(fill).collect(),
                words: None,
                shown_by: None,
                basis: line.rule.basis,
                source: pack.source(&line.rule.source),
            });
        }
        let plain = |id: &str, label: &str, kind, state, words: &str, basis, source: &str| Requirement {
            id: id.to_owned(),
            label: label.to_owned(),
            kind,
            path: None,
            within: None,
            needed: Points::ZERO,
            earned: Points::ZERO,
            counted: Points::ZERO,
            short: Points::ZERO,
            exact: Exact::new(),
            state,
            fills: Vec::new(),
            words: Some(words.to_owned()),
            shown_by: None,
            basis,
            source: pack.source(source),
        };
        for (must, (state, proven)) in book.conditions.iter().zip(&found.conditions) {
            let rule = must.rule;
            let kind = RequirementKind::Condition;
            let line = plain(&rule.id, &rule.label, kind, *state, &rule.words, rule.basis, &rule.source);
            let amounts =
                condition::hours(rule, self.judge.term, self.record, &found.judged, &self.judge.answers, self.others);
            let line = match amounts {
                Some(condition::Hours { within, needed, earned, counted, short, exact }) => {
                    Requirement { within, needed, earned, counted, short, exact, ..line }
                }
                None => line,
            };
            let hours = rule.amount.is_some();
            let lacks_paper = *state == Verdict::Met && *proven != Verdict::Met;
            let shown_by =
                Some(ShownBy { fact: rule.fact, tag: rule.tag.clone(), hours, none: rule.none, lacks_paper });
            lines.push(Requirement { path: must.path.map(ToOwned::to_owned), shown_by, ..line });
        }
        for rule in &book.advice {
            let done = rule.fact.is_some_and(|kind| self.is_done(kind));
            let state = if done { Verdict::Met } else { Verdict::NotMet };
            let kind = RequirementKind::Advice;
            let line = plain(&rule.id, &rule.label, kind, state, &rule.words, rule.basis, &rule.source);
            let shown_by =
                rule.fact.map(|fact| ShownBy { fact, tag: None, hours: false, none: false, lacks_paper: false });
            lines.push(Requirement { shown_by, ..line });
        }
        lines
    }

    /// Whether a fact says that it was done: for this credential, and in this period if it has its day.
    fn is_done(&self, kind: FactKind) -> bool {
        let term = self.judge.term;
        self.record.facts.iter().any(|fact| {
            fact.kind == kind
                && fact.credential.as_deref().is_none_or(|id| id == term.credential.id)
                && fact.issued_on.is_none_or(|day| term.dates.from <= day && day <= term.on)
        })
    }

    pub(super) fn paths(&self, way: &Way) -> Vec<PathLabel> {
        let open = self.judge.book.any_of.iter().flat_map(|any_of| &any_of.paths);
        let open = open.filter(|path| self.judge.term.holds(&path.when));
        let taken = way.path.as_deref().unwrap_or_default();
        let label = |path: &crate::pack::Path| PathLabel {
            id: path.id.clone(),
            label: path.label.clone(),
            chosen: taken.split('+').any(|id| id == path.id),
        };
        open.map(label).collect()
    }

    /// For each line what eligible credits are worth, what counts, and of which credits.
    fn sums(&self, found: &Found<'a>) -> Vec<Sums> {
        let book = self.judge.book;
        let mut sums = vec![Sums::default(); book.lines.len()];
        for (index, judged) in found.judged.iter().enumerate() {
            if judged.low.is_empty() || found.left.contains_key(&index) {
                continue;
            }
            for piece in &judged.low {
                let lines = certain(piece, book).lines;
                let under = sums.iter_mut().enumerate().filter(|(line, _)| lines & long_bit(*line) != 0);
                under.for_each(|(_, sums)| sums.earned += piece.points);
            }
            for given in found.counted.of(index) {
                let filled = sums.iter_mut().enumerate().filter(|(line, _)| given.lines & long_bit(*line) != 0);
                for (_, Sums { counted, fills, .. }) in filled {
                    *counted += given.points;
                    match fills.last_mut().filter(|(credit, _)| *credit == index) {
                        Some((_, points)) => *points += given.points,
                        None => fills.push((index, given.points)),
                    }
                }
            }
        }
        sums
    }

    /// Whether a line alone could be filled, on the kind reading.
    fn may_be_filled(&self, found: &Found<'a>, line: usize) -> bool {
        let alone = Way { lines: long_bit(line), ..Way::default() };
        found.kind.as_ref().unwrap_or(&found.strict).assign(self.judge.book, &alone, &[], Depth::Verdict).may_pass()
    }

    pub(super) fn caps(&self, found: &Found<'a>) -> Vec<Cap> {
        let book = self.judge.book;
        let mut earned = vec![0_i64; book.caps.len()];
        for (index, judged) in found.judged.iter().enumerate().filter(|(index, _)| !found.left.contains_key(index)) {
            let _ = index;
            for piece in &judged.low {
                let mask = piece.caps & book.category_caps[piece.category];
                for (cap, sum) in earned.iter_mut().enumerate().filter(|(cap, _)| mask & long_bit(*cap) != 0) {
                    let _ = cap;
                    *sum += piece.points;
                }
            }
        }
        let caps = book.caps.iter().zip(earned).enumerate();
        let cap = |(index, (cap, earned)): (usize, (&crate::rulebook::Cap<'_>, i64))| {
            let counted = found.chosen.assignment.caps.get(index).copied().unwrap_or(0);
            let [limit, earned, counted] = [cap.limit, earned, counted].map(|parts| book.scale.of_parts(parts));
            Cap {
                id: cap.id.clone(),
                label: cap.label.clone(),
                counts: Counts::Points,
                limit,
                earned,
                counted,
                exact: exact([("limit", limit), ("earned", earned), ("counted", counted)]),
                source: self.pack().source(&cap.rule.source),
            }
        };
        let mut all: Vec<Cap> = caps.map(cap).collect();
        all.retain(|cap| !(cap.earned.is_zero() && self.is_special(&cap.id)));
        let counts = book.counts.iter().enumerate().map(|(place, count)| self.count(found, place, count));
        all.extend(counts.filter(|cap| !cap.earned.is_zero()));
        all
    }

    /// A limit on the number of credits.
    fn count(&self, found: &Found<'a>, place: usize, count: &Count<'a>) -> Cap {
        let is_under = |index: &usize| {
            let (judged, credit) = (&found.judged[*index], &self.record.credits[*index]);
            match found.left.get(index) {
                Some(Why::Duplicate | Why::Repeat { .. }) => false,
                Some(Why::Limit { count, .. }) if *count == place => true,
                Some(Why::Limit { .. }) | None => {
                    !judged.low.is_empty() && is_limited(self.judge.book, count, Side::Strict, judged, credit)
                }
            }
        };
        let under: Vec<usize> = (0..found.judged.len()).filter(is_under).collect();
        let counted = under.iter().filter(|index| found.counted.sum(**index) > 0).count();
        let credits = |number: usize| Points::from_hundredths(i64::try_from(number).unwrap_or(0).saturating_mul(100));
        Cap {
            id: count.id.clone(),
            label: count.label.clone(),
            counts: Counts::Credits,
            limit: credits(count.at_most),
            earned: credits(under.len()),
            counted: credits(counted),
            exact: Exact::new(),
            source: self.pack().source(&count.rule.source),
        }
    }

    /// A limit on what most holders never have is shown only to those who have it.
    fn is_special(&self, id: &str) -> bool {
        self.judge.book.caps.iter().any(|cap| cap.id == id && !cap.rule.of.windows.is_empty())
    }

    /// One for each credit, in the record's order. Takes what was judged along.
    pub(super) fn outcomes(&self, found: &mut Found<'a>) -> Vec<CreditOutcome> {
        let (book, pack) = (self.judge.book, self.pack());
        let issuer = pack.approvers.iter().position(|class| class.id == pack.issuer.approver);
        let full: u64 = (0..book.caps.len())
            .filter(|&cap| found.chosen.assignment.caps.get(cap) == Some(&book.caps[cap].limit))
            .map(long_bit)
            .sum();
        let all = std::mem::take(&mut found.judged);
        let found = &*found;
        let ids: Vec<SmolStr> =
            pack.categories.iter().map(|category| category.id.as_str()).chain([UNASSIGNED]).map(Into::into).collect();
        let outcome = |(index, mut judged): (usize, Judged<'a>)| {
            let earned: i64 = judged.low.iter().map(|piece| piece.points).sum();
            let counted = found.counted.of(index);
            let sum = found.counted.sum(index);
            let mut split: SmallVec<[(SmolStr, Points); 1]> = SmallVec::new();
            for given in counted {
                let (id, points) = (&ids[given.category], book.scale.of_parts(given.points));
                match split.iter_mut().find(|(known, _)| known == id) {
                    Some((_, sum)) => *sum += points,
                    None => split.push((id.clone(), points)),
                }
            }
            split.sort_unstable_by(|a, b| a.0.cmp(&b.0));
            let mut reasons = std::mem::take(&mut judged.reasons);
            if sum < earned {
                reasons.push(self.why_less(index, &judged, found.left.get(&index), full, (sum, earned)));
            }
            let (earned, counted) = (book.scale.of_parts(earned), book.scale.of_parts(sum));
            let mut exact = exact([("earned", earned), ("counted", counted)]);
            let of_split = |(id, points): &(SmolStr, Points)| Some((format!("split.{id}").into(), points.fraction()?));
            exact.extend(split.iter().filter_map(of_split));
            CreditOutcome {
                id: found.ids[index].clone(),
                earned,
                counted,
                exact,
                rate: judged.rate,
                split,
                approved: judged.class.map(|class| Some(class) == issuer),
                proven: judged.proven,
                reasons,
            }
        };
        all.into_iter().enumerate().map(outcome).collect()
    }

    fn why_less(
        &self,
        index: usize,
        judged: &Judged<'a>,
        left: Option<&Why<'a>>,
        full: u64,
        (sum, earned): (i64, i64),
    ) -> Arc<Reason> {
        let (book, pack) = (self.judge.book, self.pack());
        match left {
            Some(Why::Duplicate) => {
                let text = format!(
                    "Counted once: another entry has the title “{}” and the same day, and may be the same activity.",
                    self.record.credits[index].title
                );
                return Arc::new(Reason { code: "duplicate".into(), text: text.into(), source: None });
            }
            Some(Why::Repeat { rule, is_certain }) => {
                let text = if *is_certain { rule.words.clone() } else { format!("It may not count: {}", rule.words) };
                let source = book.source(&rule.source);
                return Arc::new(Reason { code: rule.id.clone().into(), text: text.into(), source });
            }
            Some(Why::Limit { rule, .. }) => {
                let source = book.source(&rule.source);
                return Arc::new(Reason { code: rule.id.clone().into(), text: rule.words.as_str().into(), source });
            }
            None => {}
        }
        let caps = judged.low.iter().fold(0, |all, piece| all | certain(piece, book).caps) & full;
        let cap = (0..book.caps.len()).find(|&cap| caps & long_bit(cap) != 0);
        // Many credits lose alike to the same limit.
        let mut last = self.last_less.borrow_mut();
        if let Some((_, reason)) = last.as_ref().filter(|(of, _)| *of == (sum, earned, cap)) {
            return reason.clone();
        }
        let (why, source) = match cap.map(|cap| book.caps[cap].rule) {
            Some(rule) => (rule.words.as_str(), book.source(&rule.source)),
            None => ("The limits leave no room for the rest.", None),
        };
        let (counted, of) = (book.scale.of_parts(sum), book.scale.of_parts(earned));
        let text = format!("{counted} of {of} {} count: {why}", words::noun(pack, of));
        let reason = Arc::new(Reason { code: "capped".into(), text: text.into(), source });
        *last = Some(((sum, earned, cap), reason.clone()));
        reason
    }

    /// The weakest basis that the verdict rests on, and what has it: of the demands, the limits that were reached, and what
    /// counted.
    pub(super) fn basis(&self, found: &Found<'a>, way: &Way) -> (Basis, Weakest) {
        let (book, term) = (self.judge.book, self.judge.term);
        let lines = book.lines.iter().enumerate().filter(|(index, _)| way.lines & long_bit(*index) != 0);
        let musts = book.conditions.iter().enumerate().filter(|(index, _)| way.conditions & long_bit(*index) != 0);
        let caps = book
            .caps
            .iter()
            .enumerate()
            .filter(|(index, cap)| found.chosen.assignment.caps.get(*index).is_some_and(|used| *used >= cap.limit));
        let late = term
            .late
            .filter(|_| term.standing != Standing::Current)
            .map(|rule| (rule.basis, "late renewal".to_owned()));
        let parts = found.asks.iter().any(|(ask, _)| matches!(ask, Ask::Parts));
        let named = |label: &str| format!("“{label}”");
        let rules: Vec<(Basis, String)> = lines
            .map(|(_, line)| (line.rule.basis, named(&line.rule.label)))
            .chain(musts.map(|(_, must)| (must.rule.basis, named(&must.rule.label))))
            .chain(caps.map(|(_, cap)| (cap.rule.basis, named(&cap.rule.label))))
            .chain([(term.rule.basis, "the period".to_owned())])
            .chain(late)
            .chain(parts.then_some((Basis::Inference, "what a part of an activity counts for".to_owned())))
            .collect();
        let counted = found.judged.iter().enumerate().filter(|(index, _)| !found.counted.of(*index).is_empty());
        let credits: Vec<(Basis, &SmolStr)> =
            counted.filter_map(|(index, judged)| Some((judged.basis?, &found.ids[index]))).collect();
        let all = rules.iter().map(|(basis, _)| *basis).chain(credits.iter().map(|(basis, _)| *basis));
        let weakest = all.max().unwrap_or(Basis::Official);
        if weakest == Basis::Official {
            return (weakest, Weakest::default());
        }
        let rules = rules.iter().filter(|(basis, _)| *basis == weakest).map(|(_, name)| name.clone());
        let credits = credits.iter().filter(|(basis, _)| *basis == weakest).map(|(_, id)| id.to_string());
        (weakest, Weakest { rules: rules.collect(), credits: credits.collect() })
    }

    pub(super) fn dates(&self, found: &Found<'a>) -> Dates {
        let term = self.judge.term;
        let ways = applying::ways(term, self.unposted(found));
        let (safe, latest) = term.late_until.unzip();
        Dates {
            expires_on: term.dates.to,
            late_until: safe,
            late_until_latest: latest.filter(|latest| Some(*latest) != safe),
            submit_by: ways.iter().filter(|way| way.barred.is_none()).map(|way| (way.way.clone(), way.by)).collect(),
            ways,
        }
    }

    /// What of that which counts does not stand on the issuer's own transcript.
    fn unposted(&self, found: &Found<'a>) -> Unposted {
        let pack = self.pack();
        let own = pack.approvers.iter().position(|class| class.id == pack.issuer.approver);
        let counted = (0..found.judged.len()).filter(|&index| !found.counted.of(index).is_empty());
        let mut unposted = Unposted::default();
        for index in counted {
            if found.judged[index].class != own {
                unposted.others += 1;
            } else if self.record.credits[index].issuer_transcript != Some(IssuerTranscript::Posted) {
                unposted.waiting += 1;
            }
        }
        unposted
    }

    pub(super) fn renewal(&self) -> Option<Renewal> {
        let term = self.judge.term;
        let (expires_on, months_given_up) = term.renewed()?;
        let later = |credit: &&Credit| {
            credit.status != Status::Draft && credit.completed_on.is_some_and(|day| day > term.on && day <= expires_on)
        };
        let next_period: Vec<String> =
            self.record.credits.iter().filter(later).map(|credit| credit.id.to_string()).collect();
        let sentence = words::renewal(term, expires_on, months_given_up, next_period.len());
        let basis = if months_given_up > 0 { term.rule.basis.max(Basis::Inference) } else { term.rule.basis };
        let source = self.pack().source(&term.rule.source);
        Some(Renewal { on: term.on, expires_on, months_given_up, next_period, sentence, basis, source })
    }

    /// What of the holder's own rules is not used, and why.
    fn unused(&self, fault: &PackFault) -> String {
        let overrides = self.record.overrides.iter().enumerate();
        let mut changed = overrides.filter(|(index, _)| fault.path == format!("overrides[{index}]"));
        match changed.next() {
            Some((_, changed)) => {
                let reason = fault.reason.strip_prefix(&format!("{}: ", changed.path)).unwrap_or(&fault.reason);
                format!("Your change of a rule ({}) is not used: it {reason}.", changed.path)
            }
            None if fault.path.starts_with("overrides") => {
                format!("Your changes of the rules are not used: {}.", fault.reason)
            }
            None => format!("Rules that you added are not used ({}): {}.", fault.path, fault.reason),
        }
    }

    pub(super) fn notes(&self, mut notes: Vec<Reason>) -> Vec<Reason> {
        let (term, pack) = (self.judge.term, self.pack());
        let issuer = &pack.issuer.short;
        let mut note = |code: &'static str, text: String, source: Option<&String>| {
            let source = source.and_then(|key| self.judge.book.source(key));
            notes.push(Reason { code: code.into(), text: text.into(), source });
        };
        let source = Some(&term.rule.source);
        if let Some(computed) = term.computed_to {
            let (expires, computed) = (long(term.dates.to), long(computed));
            let moved = term.extension.map(|extension| format!(" {}.", extension.reason)).unwrap_or_default();
            let given = term.credential.expires_reason.as_ref();
            let reason =
                given.map(|text| format!(" The reason given: {}.", text.trim_end_matches('.'))).unwrap_or_default();
            let extended = term.extension.map(|extension| &extension.source);
            if term.credential.expires_on == Some(term.dates.to) {
                let text = format!(
                    "The card says {expires}; {issuer}'s rule gives {computed}. The date on the card is used.{moved}{reason}"
                );
                note("printed_expiry", text, extended.or(source));
            } else {
                note("extended_expiry", format!("{issuer}'s rule gives {computed}; it is {expires}.{moved}"), extended);
            }
        }
        if term.on < term.dates.from {
            let text = format!("{} lies before this period, which began on {}.", long(term.on), long(term.dates.from));
            note("before_period", text, source);
        }
        if term.missing_renewal {
            let text = "A renewal between this period and the next is not on file; until it is added, the days between are not judged.";
            note("missing_renewal", text.to_owned(), None);
        }
        // What she was told holds, not what is printed.
        let told_late = self.judge.answers.find("late", "").filter(|told| told.is("yes") || told.is("no"));
        if let Some((code, text)) = words::standing(term, told_late.map(|told| (told.is("yes"), told.told()))) {
            note(code, text, term.late.map(|rule| &rule.source));
        }
        if let Some(draft) = &pack.draft {
            note("draft", format!("These rules are a draft: {draft}"), None);
        }
        for fault in self.unused {
            note("rules_not_used", self.unused(fault), None);
        }
        let is_used = |index: usize| !self.unused.iter().any(|fault| fault.path == format!("overrides[{index}]"));
        let changed = self.record.overrides.iter().enumerate();
        let changed = changed.filter(|(index, changed)| changed.pack == pack.id && is_used(*index));
        // Of several changes of one rule the last one holds.
        let changed: BTreeMap<&str, &Override> = changed.map(|(_, changed)| (changed.path.as_str(), changed)).collect();
        for changed in changed.into_values() {
            let text =
                format!("A rule was changed by hand ({}) on {}: {}", changed.path, long(changed.on), changed.reason);
            note("override", text, None);
        }
        notes
    }
}
