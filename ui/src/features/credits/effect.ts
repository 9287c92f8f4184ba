// What a credit being typed in would do, in words.
import type { Evaluation } from '../../ipc/bindings/Evaluation';
import type { PackView } from '../../ipc/bindings/PackView';
import type { Reason } from '../../ipc/bindings/Reason';
import { compare, isZero } from '../../lib/decimal';
import { categoryLabel, points } from '../../lib/words';

/** The id a new credit has in a preview. */
const PREVIEW = 'preview';

export interface Effect {
  /** `Counts 2 clinical points`. */
  headline: string;
  counts: boolean;
  reasons: Reason[];
  /** The requirements it moves. */
  changes: Change[];
  /** Where she would stand with it. */
  gap: string;
}

/** A requirement's points without the change in the form, and with it. */
export interface Change {
  label: string;
  before: string;
  after: string;
  needed: string;
}

/** The effect of the credit with this id, or of a new one; null if the evaluation does not know it. */
export function effectOf(
  evaluation: Evaluation,
  now: Evaluation | null,
  id: string | null,
  pack: PackView,
): Effect | null {
  const outcome = evaluation.credits.find((outcome) => outcome.id === (id ?? PREVIEW));
  if (!outcome) return null;
  const counts = !isZero(outcome.counted);
  return {
    headline: counts
      ? `Counts ${inCategories(outcome.split, outcome.counted, pack)}${
          compare(outcome.counted, outcome.earned) < 0
            ? `, of the ${outcome.earned} it is worth`
            : ''
        }`
      : 'Counts nothing',
    counts,
    reasons: outcome.reasons,
    changes: changes(evaluation, now),
    gap: evaluation.gap.sentence,
  };
}

function changes(evaluation: Evaluation, now: Evaluation | null): Change[] {
  const before = new Map(now?.requirements.map((line) => [line.id, line.counted]));
  return evaluation.requirements.flatMap(({ id, label, counted, needed }) => {
    const was = before.get(id) ?? counted;
    return compare(was, counted) === 0 ? [] : [{ label, before: was, after: counted, needed }];
  });
}

/** `2 clinical points`, `3 points: 2 clinical, 1 general`, `2 points`. */
function inCategories(split: Readonly<Record<string, string>>, total: string, pack: PackView) {
  const parts = Object.entries(split).filter(([, amount]) => !isZero(amount));
  const [first] = parts;
  if (!first) return points(total);
  if (parts.length === 1 && compare(first[1], total) === 0) {
    return points(total).replace(' ', ` ${categoryLabel(pack, first[0]).toLowerCase()} `);
  }
  const list = parts.map(([id, amount]) => `${amount} ${categoryLabel(pack, id).toLowerCase()}`);
  return `${points(total)}: ${list.join(', ')}`;
}
