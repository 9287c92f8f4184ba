import { expect, test } from 'vitest';

import { judge } from '../../ipc/fake/judge';
import { CREDITS, credit, PACK } from '../../ipc/fake/sample';
import type { Credit } from '../../ipc/bindings/Credit';
import { filtered, line, sorted, turned } from './list';

const outcomes = new Map(judge(CREDITS).credits.map((outcome) => [outcome.id, outcome]));
const lines = CREDITS.map((credit) => line(credit, outcomes.get(credit.id), PACK));
const titles = (some: readonly { credit: Credit }[]) => some.map(({ credit }) => credit.title);

test('a search finds every word, in title or provider, in any order', () => {
  expect(titles(filtered(lines, 'all', '', 'draw lakeside'))).toEqual([
    'Order of Draw and Specimen Integrity',
    'Order of Draw',
  ]);
  expect(filtered(lines, 'all', '', 'nowhere')).toEqual([]);
});

test('the filters split the list into what counts and what does not', () => {
  const counted = filtered(lines, 'counted', '', '');
  const not = filtered(lines, 'not_counted', '', '');
  expect(counted.length + not.length).toBe(lines.length);
  expect(titles(not)).toContain('Injection Safety');
});

test('posted points need no certificate, earned ones without file lack it', () => {
  const unproven = titles(filtered(lines, 'unproven', '', ''));
  expect(unproven).toContain('Motivational Interviewing');
  expect(unproven).not.toContain('Medical Assisting Today: Autumn Test');
  expect(unproven).not.toContain('Scheduling for Access');
});

test('a category shows the credits that have part of it', () => {
  expect(titles(filtered(lines, 'all', 'administrative', 'spring'))).toEqual([
    'State Society Spring Meeting',
  ]);
  expect(titles(filtered(lines, 'all', 'clinical', 'BLS'))).toHaveLength(2);
});

test('sorting by amount is by value, and a second click turns it round', () => {
  const order = turned({ by: 'date', down: true }, 'printed');
  expect(order).toEqual({ by: 'printed', down: false });
  const amounts = sorted(lines, turned(order, 'printed')).map(({ credit }) => credit.amount);
  expect(amounts.slice(0, 3)).toEqual(['8', '6.0', '5.0']);
});

test('what has no date yet stands where the newest stand', () => {
  expect(titles(sorted(lines, { by: 'date', down: true }))[0]).toBe('Scheduling for Access');
});

test('ten thousand credits are searched in less than a frame', () => {
  const many = Array.from({ length: 10_000 }, (_, i) =>
    line(
      credit(`m${i}`, { title: `Course ${i}`, provider: 'Lakeside Institute' }),
      undefined,
      PACK,
    ),
  );
  const times = Array.from({ length: 5 }, () => {
    const start = performance.now();
    expect(filtered(many, 'all', '', 'lakeside 9999')).toHaveLength(1);
    return performance.now() - start;
  });
  expect(
    Math.min(...times),
    'the best of five, so that a busy machine does not matter',
  ).toBeLessThan(16);
});
