// What a credit being typed in would do, in words, for each of her certifications.
import type { CredentialView } from '../../ipc/bindings/CredentialView';
import type { Credit } from '../../ipc/bindings/Credit';
import type { CreditOutcome } from '../../ipc/bindings/CreditOutcome';
import type { Evaluation } from '../../ipc/bindings/Evaluation';
import type { PackView } from '../../ipc/bindings/PackView';
import type { Question } from '../../ipc/bindings/Question';
import type { Reason } from '../../ipc/bindings/Reason';
import { compare, isZero, parse } from '../../lib/decimal';
import { parts, points, printed } from '../../lib/words';

/** The id a new credit has in a preview. */
const PREVIEW = 'preview';

/** As much of a credit as its arithmetic needs. */
type Printed = Pick<Credit, 'amount' | 'unit'>;

export interface Effect {
  /** The certification's id. */
  credential: string;
  pack: PackView;
  /** `Counts 2 clinical points`. */
  headline: string;
  counts: boolean;
  /** `2.0 AAMA CEUs = 2 points`; empty where a reason says it, or where nobody can. */
  arithmetic: string;
  reasons: Reason[];
  /** The requirements it moves. */
  changes: Change[];
  /** Where she would stand with it. */
  gap: string;
  /** What is open about it. */
  questions: Question[];
}

/** A requirement's points without the change in the form, and with it. */
export interface Change {
  id: string;
  label: string;
  before: string;
  after: string;
  needed: string;
}

/** A certification with its evaluation as it is, and with the credit. */
export interface Judged {
  view: CredentialView;
  preview: Evaluation | null;
  now: Evaluation | null;
}

/** The effects on all certifications that know the credit, on the one looked at first. */
export function effectsOf(
  judged: readonly Judged[],
  id: string | null,
  credit: Printed,
  looked: string,
): Effect[] {
  const first = (effect: Effect) => (effect.credential === looked ? 0 : 1);
  return judged
    .flatMap(
      ({ view, preview, now }) => (preview && effectOf(preview, now, id, view.pack, credit)) ?? [],
    )
    .sort((a, b) => first(a) - first(b));
}

/** The effect of the credit with this id, or of a new one; null if the evaluation does not know it. */
export function effectOf(
  evaluation: Evaluation,
  now: Evaluation | null,
  id: string | null,
  pack: PackView,
  credit: Printed = { amount: null, unit: null },
): Effect | null {
  const known = id ?? PREVIEW;
  const outcome = evaluation.credits.find((outcome) => outcome.id === known);
  if (!outcome) return null;
  const counts = !isZero(outcome.counted);
  const questions = evaluation.questions
    .filter((question) => question.credits.includes(known))
    .map((question) => ({ ...question, credits: [known] }));
  const open = questions.some((question) => question.decides);
  return {
    credential: evaluation.credential,
    pack,
    headline: counts
      ? `Counts ${inCategories(outcome.split, outcome.counted, pack)}${
          compare(outcome.counted, outcome.earned) < 0
            ? `, of the ${outcome.earned} it is worth`
            : ''
        }`
      : `Counts nothing${open ? ' yet' : ''}`,
    counts,
    arithmetic: arithmetic(outcome, credit, pack),
    reasons: outcome.reasons,
    changes: changes(evaluation, now),
    gap: evaluation.gap.sentence,
    questions,
  };
}

/** How the points come of what is printed, where it is that simple. */
function arithmetic(outcome: CreditOutcome, credit: Printed, pack: PackView): string {
  if (isZero(outcome.earned) || outcome.reasons.some(({ code }) => code === 'converted')) return '';
  const amount = parse(credit.amount ?? '');
  const rate = parse(outcome.rate ?? '');
  const worth = points(outcome.earned, pack);
  if (amount === null || rate === null) return '';
  if ((amount * rate) / 10_000 !== parse(outcome.earned)) return `Worth ${worth}`;
  return rate === 10_000 || amount === 10_000
    ? `${printed(credit, pack)} = ${worth}`
    : `${printed(credit, pack)} × ${outcome.rate} = ${worth}`;
}

function changes(evaluation: Evaluation, now: Evaluation | null): Change[] {
  const before = new Map(now?.requirements.map((line) => [line.id, line.counted]));
  return evaluation.requirements.flatMap(({ id, label, counted, needed }) => {
    const was = before.get(id) ?? counted;
    return compare(was, counted) === 0 ? [] : [{ id, label, before: was, after: counted, needed }];
  });
}

/** `2 clinical points`, `3 points: 2 clinical, 1 general`, `2 points`. */
function inCategories(split: Readonly<Record<string, string>>, total: string, pack: PackView) {
  const named = parts(split, pack);
  const [first] = named;
  if (!first) return points(total, pack);
  if (named.length > 1 || compare(first.amount, total) !== 0) {
    return `${points(total, pack)}: ${named.map((part) => `${part.amount} ${part.label}`).join(', ')}`;
  }
  return first.label.startsWith('in no ')
    ? `${points(total, pack)}, ${first.label}`
    : points(total, pack).replace(' ', ` ${first.label} `);
}
