// What the overview says beside the numbers the evaluation gives.
import type { Cap } from '../../ipc/bindings/Cap';
import type { Credit } from '../../ipc/bindings/Credit';
import type { CreditOutcome } from '../../ipc/bindings/CreditOutcome';
import type { Evaluation } from '../../ipc/bindings/Evaluation';
import type { PackView } from '../../ipc/bindings/PackView';
import type { Requirement } from '../../ipc/bindings/Requirement';
import type { Way } from '../../ipc/bindings/Way';
import { compare, isZero, larger, minus } from '../../lib/decimal';
import { away, between, long } from '../../lib/dates';
import { about, count, inner, points, supported } from '../../lib/words';

/** Where she stands, in one sentence. That a certification expired comes before any points. */
export const headline = (evaluation: Evaluation) =>
  evaluation.standing === 'current' || evaluation.standing === 'unknown'
    ? evaluation.gap.sentence
    : `Your ${evaluation.credential_name} expired on ${long(evaluation.dates.expires_on)}.`;

/** What belongs beside the headline: the day it runs to, or what a late renewal still needs. */
export function beside(evaluation: Evaluation, today: string): string {
  if (evaluation.standing === 'late') return evaluation.gap.sentence;
  if (evaluation.standing === 'lapsed') return '';
  const { expires_on } = evaluation.dates;
  if (evaluation.standing === 'unknown') {
    return `What is on file ran to ${long(expires_on)}. Enter your last renewal, or the expiry on your card.`;
  }
  return `Your certification expires on ${long(expires_on)}, ${away(today, expires_on)}.`;
}

/** Whether anything has to be earned at all, or only a date matters. */
export const asksForPoints = (evaluation: Evaluation) =>
  evaluation.requirements.some((line) => line.kind === 'minimum');

/** `2 still needed`, `just enough`, `14 more than needed`, `cannot tell yet`. */
export function balance(requirement: Requirement): string {
  if (requirement.state === 'cannot_tell') return 'cannot tell yet';
  if (!isZero(requirement.short))
    return `${about(requirement.short, requirement, 'short')} still needed`;
  const surplus = minus(requirement.counted, requirement.needed);
  return isZero(surplus) ? 'just enough' : `${surplus} more than needed`;
}

/** `room for 6 more`, `full`, `full: 10 more do not count`. */
export function room(cap: Cap): string {
  const left = minus(cap.limit, cap.counted);
  if (!isZero(left)) return `room for ${left} more`;
  const beyond = minus(cap.earned, cap.counted);
  return isZero(beyond)
    ? 'full'
    : `full: ${beyond} more ${beyond === '1' ? 'does' : 'do'} not count`;
}

/** How much of it there is: `24 of at most 30` points; of cards and the like `3 of 4 count`. */
export const countedWords = (cap: Cap) =>
  cap.counts === 'points'
    ? `of at most ${cap.limit}`
    : `of ${cap.earned} ${cap.counted === '1' ? 'counts' : 'count'}`;

/** The limit as a sentence. */
export const ruleWords = (cap: Cap, pack: PackView) =>
  cap.counts === 'points'
    ? `The rule: at most ${points(cap.limit, pack)} count.`
    : `The rule: at most ${cap.limit} of them count, whatever each is worth.`;

/** The longest of the bars that are compared with each other. */
export const scaleOf = (requirements: readonly Requirement[]) =>
  requirements.reduce((scale, line) => larger(scale, larger(line.needed, line.counted)), '0');

/** Credits that earn less than they could, or nothing, the latest first. */
export function notCounted(
  evaluation: Evaluation,
  credits: readonly Credit[],
): { credit: Credit; outcome: CreditOutcome }[] {
  const outcomes = new Map(evaluation.credits.map((outcome) => [outcome.id, outcome]));
  return credits
    .flatMap((credit) => {
      const outcome = outcomes.get(credit.id);
      return outcome && (isZero(outcome.counted) || compare(outcome.counted, outcome.earned) < 0)
        ? [{ credit, outcome }]
        : [];
    })
    .sort((a, b) => (b.credit.completed_on ?? '').localeCompare(a.credit.completed_on ?? ''));
}

/** So many credits are listed inside a line; the list of credits has them all. */
export const LISTED = 100;

/** A day on the time line. */
export interface Moment {
  kind: 'start' | 'today' | 'opens' | 'submit' | 'expiry' | 'late';
  label: string;
  date: string;
  /** How far off it is; empty for today. */
  away: string;
  /** Whether the day has gone by. */
  gone: boolean;
}

/** `Send it by March 10, 2026. This is our advice.` A day that the issuer names is said as it is. */
export function dayWords(way: Way): string {
  const from = way.opens_on ? `Open from ${long(way.opens_on)}. ` : '';
  const by = `Send it by ${long(way.by)}.`;
  return way.by_basis === 'inference' ? `${from}${by} That day is our advice.` : `${from}${by}`;
}

/** The days that matter, in their order. */
export function moments(evaluation: Evaluation, today: string): Moment[] {
  const { dates, period } = evaluation;
  const list: Omit<Moment, 'away' | 'gone'>[] = [
    { kind: 'today', label: 'Today', date: today },
    ...dates.ways
      .filter((way) => way.barred === null)
      .map((way) => ({
        kind: 'submit' as const,
        label: `Apply by this day${way.by_basis === 'inference' ? ' (our advice)' : ''}: ${inner(way.label)}`,
        date: way.by,
      })),
    ...opening(dates.ways),
    {
      kind: 'expiry',
      label: `Your certification ${between(dates.expires_on, today) > 0 ? 'expired' : 'expires'}`,
      date: dates.expires_on,
    },
  ];
  if (between(period.from, today) > 0) {
    list.push({ kind: 'start', label: 'Your period began', date: period.from });
  }
  if (dates.late_until && dates.late_until !== dates.expires_on) {
    list.push({ kind: 'late', label: 'Last day to renew late', date: dates.late_until });
  }
  const order = (moment: { kind: Moment['kind'] }) => (moment.kind === 'expiry' ? 1 : 0);
  return list
    .sort((a, b) => a.date.localeCompare(b.date) || order(a) - order(b))
    .map((moment) => ({
      ...moment,
      away: moment.kind === 'today' ? '' : away(today, moment.date),
      gone: between(moment.date, today) > 0,
    }));
}

/** The first day on which any way of applying that is open to her opens. */
function opening(ways: readonly Way[]): { kind: 'opens'; label: string; date: string }[] {
  const days = ways.flatMap((way) => (way.barred === null && way.opens_on ? [way.opens_on] : []));
  const [first] = days.sort();
  return first ? [{ kind: 'opens', label: 'You can apply from', date: first }] : [];
}

/** ` It concerns “From other sources”, what 3 activities count for.` Empty if nothing is named. */
function weakest({ weakest }: Evaluation): string {
  const { length } = weakest.credits;
  const credits =
    length === 1 ? 'what 1 activity counts for' : `what ${length} activities count for`;
  const named = length > 0 ? [...weakest.rules, credits] : weakest.rules;
  return named.length > 0 ? ` It concerns ${named.join(', ')}.` : '';
}

/** Which rules judged, how well they are known, and who checked them. */
export function ground(evaluation: Evaluation, issuer: string): string {
  const edition = evaluation.edition
    ? `The edition of ${issuer}’s rules used here: “${evaluation.edition}”. `
    : '';
  const basis =
    evaluation.basis === 'official'
      ? `Every rule used is ${supported('official', issuer)}.`
      : `At least one rule used is ${supported(evaluation.basis, issuer)}.${weakest(evaluation)}`;
  const checked = evaluation.pack_verified_on
    ? `A person last checked them on ${issuer}’s pages on ${long(evaluation.pack_verified_on)}.`
    : `No person has checked them on ${issuer}’s live pages yet, so compare them before you apply.`;
  return `${edition}${basis} ${checked}`;
}

/** What the certificates in hand change about the answer; empty if nothing. */
export function proofWords(evaluation: Evaluation, unproven: number, pack: PackView): string {
  if (evaluation.verdict !== 'met' || evaluation.verdict_with_proof === 'met') return '';
  if (unproven === 0) return 'Some of it still lacks the paper that shows it.';
  return `The ${pack.counts_many} are there, but ${count(unproven, 'credit')} still ${
    unproven === 1 ? 'lacks' : 'lack'
  } a certificate.`;
}
