// What a transcript would hold.
import type { Credit } from '../../ipc/bindings/Credit';
import type { CreditOutcome } from '../../ipc/bindings/CreditOutcome';
import { isZero } from '../../lib/decimal';
import { lacksProof } from '../credits/list';

export interface Contents {
  /** Credits that count. */
  counted: number;
  /** Credits that are listed without points. */
  listed: number;
  /** Counted credits that nothing shows yet. */
  unproven: number;
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
    unproven: counted.filter((credit) => lacksProof(credit, outcomes.get(credit.id))).length,
    leftOut: credits.length - earned.length,
  };
}
