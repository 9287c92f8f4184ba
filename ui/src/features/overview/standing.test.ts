import { expect, test } from 'vitest';

import { judge } from '../../ipc/fake/judge';
import { CREDITS, credit, TODAY } from '../../ipc/fake/sample';
import {
  balance,
  beside,
  ground,
  headline,
  moments,
  notCounted,
  proofWords,
  room,
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
});

test('shortage and surplus are said in words', () => {
  const line = { ...total, needed: '10' };
  expect(balance({ ...line, counted: '8.5', short: '1.5', state: 'not_met' })).toBe(
    '1.5 still needed',
  );
  expect(balance({ ...line, counted: '10', short: '0', state: 'met' })).toBe('just enough');
  expect(balance({ ...line, counted: '24', short: '0', state: 'met' })).toBe('14 more than needed');
  expect(balance({ ...line, counted: '8', short: '2', state: 'cannot_tell' })).toBe(
    'cannot tell yet',
  );
});

test('a limit says how much room is left, and what went beyond it', () => {
  const cap = { id: 'non_aama', label: 'Other', limit: '30', source: '' };
  expect(room({ ...cap, earned: '24', counted: '24' })).toBe('room for 6 more');
  expect(room({ ...cap, earned: '30', counted: '30' })).toBe('full');
  expect(room({ ...cap, earned: '40', counted: '30' })).toBe('full: 10 more do not count');
});

test('bars that are compared share the longest scale', () => {
  const line = (needed: string, counted: string) => ({ ...total, needed, counted });
  expect(scaleOf([line('10', '4'), line('10', '28.5')])).toBe('28.5');
});

test('the days that matter stand in their order', () => {
  expect(moments(evaluation, TODAY).map(({ label, date }) => `${label} ${date}`)).toEqual([
    'Your period began 2021-03-17',
    'Today 2025-11-22',
    'Mail your application by 2026-03-01',
    'Apply online by 2026-03-10',
    'Your certification expires 2026-03-31',
    'Last day to renew late by points 2026-06-29',
  ]);
});

test('days that have gone by are told from those to come', () => {
  const gone = moments(evaluation, '2026-05-01').filter((moment) => moment.gone);
  expect(gone.map(({ label }) => label)).toEqual([
    'Your period began',
    'Mail your application by',
    'Apply online by',
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
  expect(proofWords(met, 1)).toContain('1 credit still lacks a certificate');
  expect(proofWords({ ...met, verdict_with_proof: 'met' }, 0)).toBe('');
  expect(proofWords({ ...met, verdict: 'not_met' }, 4)).toBe('');
});

test('rules that nobody has checked are called so', () => {
  expect(ground(evaluation, 'AAMA')).toBe(
    'At least one rule used is our reading; AAMA does not say it in so many words. ' +
      'No person has checked them on AAMA’s live pages yet, so compare them before you apply.',
  );
  expect(ground({ ...evaluation, pack_verified_on: '2026-02-01' }, 'AAMA')).toContain(
    '1 February 2026',
  );
});

test('an empty record has nothing that did not count', () => {
  expect(notCounted(judge([]), [])).toEqual([]);
  expect(notCounted(judge([credit('x', { status: 'draft' })]), [])).toEqual([]);
});
