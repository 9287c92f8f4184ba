import { expect, test } from 'vitest';

import { judge } from '../../ipc/fake/judge';
import { CREDITS, credit, PACK, TODAY } from '../../ipc/fake/sample';
import {
  balance,
  beside,
  countedWords,
  ground,
  headline,
  moments,
  notCounted,
  proofWords,
  room,
  ruleWords,
  scaleOf,
} from './standing';

const evaluation = judge(CREDITS);
const [total] = evaluation.requirements;
if (!total) throw new Error('invariant: the sample has requirements');

test('the headline is what is missing; once it expired, that', () => {
  expect(headline(evaluation)).toBe(evaluation.gap.sentence);
  expect(beside(evaluation, TODAY)).toBe(
    'Your certification expires on 31 March 2026, in 4 months.',
  );
  const late = { ...evaluation, standing: 'late' } as const;
  expect(headline(late)).toBe('Your CMA (AAMA) expired on 31 March 2026.');
  expect(beside(late, '2026-05-01')).toBe(evaluation.gap.sentence);
  expect(beside({ ...evaluation, standing: 'lapsed' }, '2026-09-01')).toBe('');
  const unknown = { ...evaluation, standing: 'unknown' } as const;
  expect(headline(unknown)).toBe(evaluation.gap.sentence);
  expect(beside(unknown, '2030-01-01')).toContain('Enter your last renewal');
});

test('shortage and surplus are said in words', () => {
  const line = { ...total, needed: '10' };
  expect(balance({ ...line, counted: '8.5', short: '1.5', state: 'not_met' })).toBe(
    '1.5 still needed',
  );
  expect(balance({ ...line, counted: '10', short: '0', state: 'met' })).toBe('just enough');
  const rounded = {
    ...line,
    counted: '9.12',
    short: '0.88',
    state: 'not_met',
    exact: { short: '7/8' },
  } as const;
  expect(balance(rounded)).toBe('about 0.88 still needed');
  expect(balance({ ...line, counted: '24', short: '0', state: 'met' })).toBe('14 more than needed');
  expect(balance({ ...line, counted: '8', short: '2', state: 'cannot_tell' })).toBe(
    'cannot tell yet',
  );
});

test('a limit says how much room is left, and what went beyond it', () => {
  const cap = {
    id: 'non_aama',
    label: 'Other',
    counts: 'points',
    limit: '30',
    source: '',
  } as const;
  expect(room({ ...cap, earned: '24', counted: '24' })).toBe('room for 6 more');
  expect(room({ ...cap, earned: '30', counted: '30' })).toBe('full');
  expect(room({ ...cap, earned: '40', counted: '30' })).toBe('full: 10 more do not count');
  expect(room({ ...cap, earned: '31', counted: '30' })).toBe('full: 1 more does not count');
  expect(room({ ...cap, earned: '30', counted: '28' }), 'something else is in the way').toBe(
    'room for 2 more',
  );
});

test('a limit on points is told in points, one on cards in cards', () => {
  const cap = { id: 'x', label: 'X', limit: '3', earned: '4', counted: '3', source: '' };
  const [points, cards] = [
    { ...cap, counts: 'points' } as const,
    { ...cap, counts: 'credits' } as const,
  ];
  expect(countedWords(points)).toBe('of at most 3');
  expect(ruleWords(points, PACK)).toBe('The rule: at most 3 points count.');
  expect(countedWords(cards)).toBe('of 4 count');
  expect(countedWords({ ...cards, counted: '1' })).toBe('of 4 counts');
  expect(ruleWords(cards, PACK)).toBe('The rule: at most 3 of them count, whatever each is worth.');
});

test('bars that are compared share the longest scale', () => {
  const line = (needed: string, counted: string) => ({ ...total, needed, counted });
  expect(scaleOf([line('10', '4'), line('10', '28.5')])).toBe('28.5');
});

test('the days that matter stand in their order', () => {
  expect(moments(evaluation, TODAY).map(({ label, date }) => `${label} ${date}`)).toEqual([
    'Your period began 2021-03-17',
    'Today 2025-11-22',
    'Apply by this day (our advice): by mail 2026-03-01',
    'Apply by this day (our advice): online 2026-03-10',
    'Your certification expires 2026-03-31',
    'Last day to renew late 2026-06-29',
  ]);
});

test('a way that is barred has no day, and one that opens has its first', () => {
  const [barred, online, mail] = evaluation.dates.ways;
  if (!barred || !online || !mail) throw new Error('invariant: the sample has three ways');
  const ways = [{ ...barred, opens_on: '2025-01-01' }, { ...online, opens_on: '2026-01-02' }, mail];
  const days = moments({ ...evaluation, dates: { ...evaluation.dates, ways } }, TODAY);
  expect(days.filter(({ kind }) => kind === 'opens').map(({ date }) => date)).toEqual([
    '2026-01-02',
  ]);
  expect(days.some(({ label }) => label.includes('at once'))).toBe(false);
});

test('where nothing is left after the expiry, no late day is named', () => {
  const dates = { ...evaluation.dates, late_until: evaluation.dates.expires_on };
  expect(moments({ ...evaluation, dates }, TODAY).some(({ kind }) => kind === 'late')).toBe(false);
});

test('days that have gone by are told from those to come', () => {
  const gone = moments(evaluation, '2026-05-01').filter((moment) => moment.gone);
  expect(gone.map(({ label }) => label)).toEqual([
    'Your period began',
    'Apply by this day (our advice): by mail',
    'Apply by this day (our advice): online',
    'Your certification expired',
  ]);
});

test('what did not count is listed, drafts too, the latest first', () => {
  expect(notCounted(evaluation, CREDITS).map(({ credit }) => credit.title)).toEqual([
    'New Employee Orientation',
    'Injection Safety',
    'Scheduling for Access',
  ]);
});

test('a verdict that lacks certificates says so', () => {
  const met = { ...evaluation, verdict: 'met', verdict_with_proof: 'not_met' } as const;
  expect(proofWords(met, 1, PACK)).toContain('1 credit still lacks a certificate');
  expect(proofWords({ ...met, verdict_with_proof: 'met' }, 0, PACK)).toBe('');
  expect(proofWords({ ...met, verdict: 'not_met' }, 4, PACK)).toBe('');
});

test('rules that nobody has checked are called so', () => {
  expect(ground(evaluation, 'AAMA')).toBe(
    'At least one rule used is our reading; AAMA does not say it in so many words. It concerns the period. ' +
      'No person has checked them on AAMA’s live pages yet, so compare them before you apply.',
  );
  expect(ground({ ...evaluation, pack_verified_on: '2026-02-01' }, 'AAMA')).toContain(
    '1 February 2026',
  );
  expect(ground({ ...evaluation, edition: 'Two ways since 2024' }, 'AAMA')).toContain(
    'The edition of AAMA’s rules used here: “Two ways since 2024”.',
  );
});

test('an empty record has nothing that did not count', () => {
  expect(notCounted(judge([]), [])).toEqual([]);
  expect(notCounted(judge([credit('x', { status: 'draft' })]), [])).toEqual([]);
});
