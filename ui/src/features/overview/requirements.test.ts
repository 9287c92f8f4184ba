import { expect, test } from 'vitest';

import type { FactView } from '../../ipc/bindings/FactView';
import { judge } from '../../ipc/fake/judge';
import { credit, CREDITS, PACK } from '../../ipc/fake/sample';
import { judgeSecond, SECOND_PACK } from '../../ipc/fake/second';
import { blank } from '../facts/fact';
import { advice, groups, heldWords, lackingPaper, leftOut, wordsOf } from './requirements';

const second = judgeSecond(CREDITS);
const line = (id: string, evaluation = second) => {
  const found = evaluation.requirements.find((line) => line.id === id);
  if (!found) throw new Error(`invariant: the sample has ${id}`);
  return found;
};

test('what holds in any case comes first, then the chosen way, then the others', () => {
  expect(groups(second).map(({ path }) => path?.id ?? 'always')).toEqual([
    'always',
    'ten_and_work',
    'twenty',
  ]);
  const [, chosen] = groups(second);
  expect(chosen?.minimums.map(({ id }) => id)).toEqual(['ten_hours']);
  expect(chosen?.conditions.map(({ id }) => id)).toEqual(['work']);
});

test('every line is shown once', () => {
  const shown = groups(second).flatMap(({ minimums, conditions }) => [...minimums, ...conditions]);
  expect(shown.length + advice(second).length).toBe(second.requirements.length);
});

test('where nothing but a date is asked for, there is no group at all', () => {
  expect(groups({ ...second, requirements: [line('fee')], paths: [] })).toEqual([]);
});

test('open advice is no fault, done advice is said', () => {
  expect(heldWords(line('fee'), false)).toBe('');
  expect(heldWords({ ...line('fee'), state: 'met' }, true)).toBe('done');
});

test('a condition says whether it holds, and does not call absent what is on file', () => {
  expect(heldWords(line('work'), false)).toBe('not in your record yet');
  expect(heldWords(line('work'), true)).toBe('not shown yet');
  expect(heldWords({ ...line('work'), state: 'cannot_tell' }, true)).toBe('cannot tell yet');
  expect(heldWords(line('complaint'), false)).toBe('nothing against it');
  expect(heldWords({ ...line('complaint'), state: 'not_met' }, true)).toBe('something against it');
});

test('a paper is missed only on the chosen way, and for what is on file', () => {
  const work = line('work');
  const by = work.shown_by && { ...work.shown_by, lacks_paper: true };
  const worked: FactView = { id: 'f1', input: blank('work_hours'), proofs: [] };
  const missed = (path: string, facts: FactView[]) =>
    lackingPaper({ ...second, requirements: [{ ...work, shown_by: by, path }] }, facts).length;
  expect(missed('ten_and_work', [worked])).toBe(1);
  expect(missed('twenty', [worked]), 'another way').toBe(0);
  expect(missed('ten_and_work', []), 'the credit that serves lacks its certificate').toBe(0);
});

test('a recommendation with a number says the number', () => {
  const advised = { ...line('fee'), words: null, needed: '5', counted: '2' };
  expect(wordsOf(advised, SECOND_PACK)).toBe('2 of 5 credit hours, recommended.');
});

test('a category lists what did not count of it, the total everything', () => {
  const evaluation = judge(CREDITS);
  const titles = (id: string) =>
    leftOut(line(id, evaluation), evaluation, CREDITS, PACK).map(({ credit }) => credit.title);
  expect(titles('clinical')).toEqual(['Injection Safety']);
  expect(titles('total')).toEqual([
    'New Employee Orientation',
    'Injection Safety',
    'Scheduling for Access',
  ]);
  expect(titles('aama_approved'), 'nobody can tell which would have filled it').toEqual([]);
});

test('a stretch lists only what lies within it', () => {
  const credits = [
    credit('before', { completed_on: '2024-06-30', amount: '1' }),
    credit('inside', { completed_on: '2024-07-01', status: 'planned' }),
    credit('undated', { status: 'draft' }),
  ];
  const evaluation = judgeSecond(credits);
  const left = leftOut(line('each_year', evaluation), evaluation, credits, SECOND_PACK);
  expect(left.map(({ credit }) => credit.id)).toEqual(['inside']);
});
