// How periods and what was sent in for them are called on the screen.
import type { Credit } from '../../ipc/bindings/Credit';
import type { Decided } from '../../ipc/bindings/Decided';
import type { Evaluation } from '../../ipc/bindings/Evaluation';
import type { PeriodView } from '../../ipc/bindings/PeriodView';
import type { Requirement } from '../../ipc/bindings/Requirement';
import type { Submission } from '../../ipc/bindings/Submission';
import type { SubmissionState } from '../../ipc/bindings/SubmissionState';
import type { SubmissionView } from '../../ipc/bindings/SubmissionView';
import { long } from '../../lib/dates';
import { isZero } from '../../lib/decimal';
import { inner } from '../../lib/words';

/** What may have come of it, as she chooses it. */
export const STATES: readonly { value: SubmissionState; label: string }[] = [
  { value: 'sent', label: 'No answer yet' },
  { value: 'questions', label: 'They asked something' },
  { value: 'accepted', label: 'Accepted' },
  { value: 'refused', label: 'Refused' },
];

/** What may have been said of one credit. */
export const DECISIONS: readonly { value: Decided | ''; label: string }[] = [
  { value: '', label: 'Nothing said' },
  { value: 'accepted', label: 'Accepted' },
  { value: 'refused', label: 'Refused' },
  { value: 'questioned', label: 'They asked about it' },
];

/** `No answer yet`, `Accepted on 4 April 2026`. */
export function stateWords({ state, answered_on }: Submission): string {
  const label = STATES.find((known) => known.value === state)?.label ?? '';
  return answered_on && state !== 'sent' ? `${label} on ${long(answered_on)}` : label;
}

/** `Sent on 4 March 2026, by mail`. */
export const sentWords = ({ submission, way_label }: SubmissionView) =>
  `Sent on ${long(submission.sent_on)}${way_label ? `, ${inner(way_label)}` : ''}`;

/** `Renewed on 4 March 2026`, `Your present period`. */
export function periodWords({ current, period }: PeriodView): string {
  if (current) return 'Your present period';
  if (period.state === 'lapsed') return 'It lapsed';
  return period.renewed_on ? `Renewed on ${long(period.renewed_on)}` : 'Renewed';
}

/** The lines with points, for a look back. */
export const minimums = (evaluation: Evaluation): readonly Requirement[] =>
  evaluation.requirements.filter((line) => line.kind === 'minimum');

/** A credit with what it counted for. */
export interface CountedCredit {
  credit: Credit;
  counted: string;
}

/** The credits that counted for something. */
export function countedOf(
  evaluation: Evaluation,
  credits: ReadonlyMap<string, Credit>,
): CountedCredit[] {
  return evaluation.credits.flatMap(({ id, counted }) => {
    const credit = credits.get(id);
    return credit && !isZero(counted) ? [{ credit, counted }] : [];
  });
}

/** What was sent in for a period. */
export const sentFor = (submissions: readonly SubmissionView[], { period }: PeriodView) =>
  submissions.filter(({ submission }) => submission.period.from === period.from);
