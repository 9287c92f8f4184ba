// What a transcript would hold.
import type { Credit } from '../../ipc/bindings/Credit';
import type { CreditOutcome } from '../../ipc/bindings/CreditOutcome';
import { isZero } from '../../lib/decimal';

export interface Contents {
  /** Credits that count. */
  counted: number;
  /** Credits that are listed without points. */
  listed: number;
  /** Drafts and plans, which are left out. */
  leftOut: number;
}

export function contents(
  credits: readonly Credit[],
  outcomes: ReadonlyMap<string, CreditOutcome>,
): Contents {
  const earned = credits.filter((credit) => credit.status === 'completed');
  const counted = earned.filter((credit) => !isZero(outcomes.get(credit.id)?.counted ?? '0'));
  return {
    counted: counted.length,
    listed: earned.length - counted.length,
    leftOut: credits.length - earned.length,
  };
}
