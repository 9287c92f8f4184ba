// The lines of an evaluation in the order in which they are shown, and what did not make it into one.
import type { Credit } from '../../ipc/bindings/Credit';
import type { CreditOutcome } from '../../ipc/bindings/CreditOutcome';
import type { Evaluation } from '../../ipc/bindings/Evaluation';
import type { FactView } from '../../ipc/bindings/FactView';
import type { PackView } from '../../ipc/bindings/PackView';
import type { PathLabel } from '../../ipc/bindings/PathLabel';
import type { PeriodDates } from '../../ipc/bindings/PeriodDates';
import type { Requirement } from '../../ipc/bindings/Requirement';
import { isZero } from '../../lib/decimal';
import { points } from '../../lib/words';
import { meantFor } from '../facts/fact';
import { notCounted } from './standing';

/** Lines that stand together: what holds in any case, or one of several ways. */
export interface Group {
  path: PathLabel | null;
  /** With a bar. */
  minimums: Requirement[];
  /** In words. */
  conditions: Requirement[];
}

/** What is demanded: first what holds in any case, then the chosen way, then the others. */
export function groups(evaluation: Evaluation): Group[] {
  const chosenFirst = [...evaluation.paths].sort((a, b) => Number(b.chosen) - Number(a.chosen));
  const group = (path: PathLabel | null): Group => {
    const lines = evaluation.requirements.filter((line) => line.path === (path?.id ?? null));
    return {
      path,
      minimums: lines.filter((line) => line.kind === 'minimum'),
      conditions: lines.filter((line) => line.kind === 'condition'),
    };
  };
  return [group(null), ...chosenFirst.map(group)].filter(
    ({ path, minimums, conditions }) => path || minimums.length + conditions.length > 0,
  );
}

/** What is recommended, or to be done, and fails nothing. */
export const advice = (evaluation: Evaluation) =>
  evaluation.requirements.filter((line) => line.kind === 'advice');

/** Credits that could have filled a line and did not, or not wholly. */
export function leftOut(
  line: Requirement,
  evaluation: Evaluation,
  credits: readonly Credit[],
  pack: PackView,
): { credit: Credit; outcome: CreditOutcome }[] {
  const left = notCounted(evaluation, credits).filter(({ credit }) => within(credit, line.within));
  if (pack.categories.some(({ id }) => id === line.id)) {
    return left.filter(({ credit }) => line.id in (credit.splits[pack.id] ?? credit.split));
  }
  if (pack.tags.some(({ id }) => id === line.id)) {
    return left.filter(({ credit }) => credit.tags.includes(line.id));
  }
  return takesAll(line, evaluation) ? left : [];
}

const within = (credit: Credit, dates: PeriodDates | null) =>
  !dates ||
  (credit.completed_on !== null &&
    dates.from <= credit.completed_on &&
    credit.completed_on <= dates.to);

/** Whether whatever counts fills the line. Of a line that takes only some, nobody but the rules knows which. */
function takesAll(line: Requirement, evaluation: Evaluation): boolean {
  const fills = new Set(line.fills.map((fill) => fill.credit));
  return (
    line.within !== null ||
    evaluation.credits.every((outcome) => isZero(outcome.counted) || fills.has(outcome.id))
  );
}

const HELD = {
  met: 'in place',
  not_met: 'not in your record yet',
  cannot_tell: 'cannot tell yet',
} as const;

/** The same where there must be none. */
const NONE = {
  met: 'nothing against it',
  not_met: 'something against it',
  cannot_tell: 'cannot tell yet',
} as const;

/** What stands beside a line without a bar. Advice that is open is no fault, so nothing is said. */
export function heldWords(line: Requirement, onFile: boolean): string {
  if (line.kind === 'advice') return line.state === 'met' ? 'done' : '';
  if (line.shown_by?.none) return NONE[line.state];
  if (line.shown_by?.lacks_paper) return 'in place, paper missing';
  return line.state === 'not_met' && onFile ? 'not shown yet' : HELD[line.state];
}

/** Conditions, in any case or on the chosen way, that lack nothing but the paper of what is on file for them. */
export function lackingPaper(evaluation: Evaluation, facts: readonly FactView[]): Requirement[] {
  const chosen = new Set(evaluation.paths.flatMap((path) => (path.chosen ? [path.id] : [])));
  return evaluation.requirements.filter(
    ({ path, shown_by: by }) =>
      by?.lacks_paper &&
      (path === null || chosen.has(path)) &&
      meantFor(facts, by, evaluation.credential).length > 0,
  );
}

/** What a line without a bar says: the pack's words, or the numbers of what is only recommended. */
export function wordsOf(line: Requirement, pack: PackView): string {
  if (line.words) return line.words;
  return isZero(line.needed) ? '' : `${line.counted} of ${points(line.needed, pack)}, recommended.`;
}
