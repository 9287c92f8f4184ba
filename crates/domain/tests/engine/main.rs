//! The engine against an answer found by trying everything, on thousands of random packs and records.
#![allow(clippy::unwrap_used, reason = "tests")]

mod sketch;

use domain::evaluation::{Bound, Evaluation, Verdict};
use domain::{Points, evaluate};
use proptest::prelude::*;
use sketch::{CreditSketch, PackSketch, by_trying_everything, credits, known, pack, resolutions, today};

fn judged(pack: &PackSketch, credits: &[CreditSketch]) -> Evaluation {
    evaluate(&pack.record(credits), "x", &pack.packs(), today()).unwrap()
}

fn with_credits(doubt: u32, count: std::ops::Range<usize>) -> impl Strategy<Value = (PackSketch, Vec<CreditSketch>)> {
    pack().prop_flat_map(move |pack| {
        let credits = credits(&pack, doubt, count.clone());
        (Just(pack), credits)
    })
}

fn counted(evaluation: &Evaluation) -> i64 {
    evaluation.credits.iter().map(|credit| credit.counted.hundredths()).sum()
}

/// Whether an addition satisfies a bound.
fn given(bound: &Bound, pack: &PackSketch, further: &[CreditSketch]) -> i64 {
    let fits = |credit: &CreditSketch, categories: &[String], approver: &str, tags: &[String], without: &[String]| {
        let has = |tag: &String| credit.tags.iter().any(|own| format!("t{own}") == *tag);
        let category = format!("k{}", credit.category.unwrap());
        let class = credit.class.unwrap();
        let class = if class >= pack.classes { "other" } else { ["alpha", "beta"][class] };
        (categories.is_empty() || categories.contains(&category))
            && (approver == "any" || approver == class)
            && tags.iter().all(has)
            && !without.iter().any(has)
    };
    let any = |credit: &&CreditSketch| {
        fits(credit, &bound.categories, &bound.approver, &bound.tags, &bound.without_tags)
            || bound.or.iter().any(|of| fits(credit, &of.categories, &of.approver, &of.tags, &of.without_tags))
    };
    further.iter().filter(any).map(|credit| credit.amount).sum()
}

proptest! {
    // Some packs ask for what their own limits forbid; those are passed over where nothing can be said of them.
    #![proptest_config(ProptestConfig { cases: 10_000, max_global_rejects: 100_000, ..ProptestConfig::default() })]

    #[test]
    fn the_verdict_and_the_points_counted_are_those_of_trying_everything((pack, credits) in with_credits(0, 0..5)) {
        let evaluation = judged(&pack, &credits);
        let known: Vec<_> = credits.iter().map(known).collect();
        let (passes, most) = by_trying_everything(&pack, &known);
        prop_assert_eq!(evaluation.verdict, if passes { Verdict::Met } else { Verdict::NotMet });
        if passes {
            prop_assert_eq!(counted(&evaluation), most);
        }
    }

    #[test]
    fn met_holds_whatever_the_answers_and_anything_but_not_met_has_an_answer_that_passes((pack, credits) in with_credits(40, 0..4)) {
        let evaluation = judged(&pack, &credits);
        let answers: Vec<bool> =
            resolutions(&pack, &credits).iter().map(|known| by_trying_everything(&pack, known).0).collect();
        match evaluation.verdict {
            Verdict::Met => prop_assert!(answers.iter().all(|passes| *passes)),
            Verdict::NotMet => prop_assert!(answers.iter().all(|passes| !passes)),
            Verdict::CannotTell => {
                prop_assert!(!evaluation.questions.is_empty());
                // Which category it is may be answered with a share for each, which is not tried here.
                let are_whole = credits.iter().all(|credit| credit.category.is_some());
                prop_assert!(!are_whole || answers.iter().any(|passes| *passes));
            }
        }
    }

    #[test]
    fn with_proof_in_hand_only_what_is_proven_counts((pack, credits) in with_credits(0, 0..5)) {
        let evaluation = judged(&pack, &credits);
        let proven: Vec<_> = credits.iter().filter(|credit| credit.proven).map(known).collect();
        let passes = by_trying_everything(&pack, &proven).0;
        prop_assert_eq!(evaluation.verdict_with_proof, if passes { Verdict::Met } else { Verdict::NotMet });
    }

    #[test]
    fn the_order_of_credits_does_not_matter((pack, credits) in with_credits(20, 0..6)) {
        let record = pack.record(&credits);
        let mut turned = record.clone();
        turned.credits.reverse();
        let (mut one, mut other) = (
            evaluate(&record, "x", &pack.packs(), today()).unwrap(),
            evaluate(&turned, "x", &pack.packs(), today()).unwrap(),
        );
        for evaluation in [&mut one, &mut other] {
            evaluation.credits.sort_by(|a, b| a.id.cmp(&b.id));
            evaluation.requirements.iter_mut().for_each(|line| line.fills.sort_by(|a, b| a.credit.cmp(&b.credit)));
            evaluation.questions.iter_mut().for_each(|question| question.credits.sort());
        }
        prop_assert_eq!(one, other);
    }

    #[test]
    fn counted_never_exceeds_earned_nor_any_limit_and_sums_agree((pack, credits) in with_credits(20, 0..8)) {
        let evaluation = judged(&pack, &credits);
        for credit in &evaluation.credits {
            prop_assert!(credit.counted <= credit.earned);
            prop_assert_eq!(credit.split.iter().map(|(_, points)| *points).sum::<Points>(), credit.counted);
        }
        for cap in &evaluation.caps {
            prop_assert!(cap.counted <= cap.limit && cap.counted <= cap.earned);
        }
        for line in &evaluation.requirements {
            prop_assert_eq!(line.fills.iter().map(|fill| fill.points).sum::<Points>(), line.counted);
            prop_assert!(line.counted <= line.earned);
        }
        let counts = pack.count.iter().all(|(of, most)| {
            let meant = |(credit, outcome): &(&CreditSketch, &domain::evaluation::CreditOutcome)| {
                let of = sketch::Of { categories: Vec::new(), ..of.clone() };
                !outcome.counted.is_zero() && credit.award.is_none() && of.holds(&known(credit))
            };
            credits.iter().zip(&evaluation.credits).filter(meant).count() <= *most
        });
        prop_assert!(counts);
    }

    #[test]
    fn a_further_certain_and_proven_credit_never_makes_a_verdict_worse(
        (pack, credits) in with_credits(20, 1..7),
        at in any::<prop::sample::Index>(),
    ) {
        let at = at.index(credits.len());
        let mut credits = credits;
        let one = &mut credits[at];
        (one.category, one.class, one.proven) = (one.category.or(Some(0)), one.class.or(Some(0)), true);
        let mut fewer = credits.clone();
        fewer.remove(at);
        let (before, after) = (judged(&pack, &fewer), judged(&pack, &credits));
        prop_assert!(after.verdict >= before.verdict);
        prop_assert!(after.verdict_with_proof >= before.verdict_with_proof);
    }

    #[test]
    fn what_is_added_gives_met_if_it_satisfies_the_bounds_and_without_shared_limits_only_then(
        ((pack, credits), further) in with_credits(0, 0..4).prop_flat_map(|(pack, there)| {
            let further = credits(&pack, 0, 0..4);
            (Just((pack, there)), further)
        }),
    ) {
        // Under a limit on numbers a further credit may take another's place, which bounds on points do not say.
        let pack = PackSketch { count: None, paths: Vec::new(), ..pack };
        let one_statement = |credit: CreditSketch| CreditSketch { award: None, ..credit };
        let [credits, further] = [credits, further].map(|list| list.into_iter().map(one_statement).collect::<Vec<_>>());
        let evaluation = judged(&pack, &credits);
        prop_assume!(evaluation.gap.impossible.is_empty());
        let enough = evaluation.gap.at_least.iter().all(|bound| given(bound, &pack, &further) >= bound.points.hundredths());
        let all: Vec<CreditSketch> = credits.iter().chain(&further).cloned().collect();
        let after = judged(&pack, &all);
        prop_assert!(!enough || after.verdict == Verdict::Met, "{:?} {:?}", evaluation.gap, further);
        // Where lines share limits, a bound may ask for more than is needed; see docs/rules/algorithm.md.
        if pack.caps.is_empty() || pack.lines.len() < 2 {
            prop_assert_eq!(after.verdict == Verdict::Met, enough, "{:?} {:?}", evaluation.gap, further);
        }
        if after.verdict == Verdict::Met {
            let added: i64 = further.iter().map(|credit| credit.amount).sum();
            prop_assert!(added >= evaluation.gap.points.hundredths());
        }
    }
}
